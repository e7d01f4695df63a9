"""What a cell answers: yes or no, in the words and boxes people use."""

from toolkit.files.grid import RawCell
from toolkit.files.readings import Reader, RefusedError, shown
from toolkit.model.issues import quoted

TICKS, CROSSES = {"\u2713", "\u2714", "\u2611", "\u2705"}, {"\u2610", "\u2717", "\u2718"}
YES = {"y", "yes", "true", "checked", "ticked", "ja", "oui", "s\u00ed", "si"} | TICKS
NO = {"n", "no", "false", "unchecked", "unticked", "nein", "non"} | CROSSES


def read_yes_no(reader: Reader, value: object, _cell: RawCell) -> str:
    """Return y or n; another word for it is a notice."""
    answer = answer_of(value)
    if answer is None:
        found = quoted(shown(value))
        raise RefusedError(f"{found} is neither y nor n. Type y or n, or leave the cell blank.")
    if shown(value) != answer:
        reader.note(f'"{shown(value)}" was read as "{answer}".', pattern="spelling")
    return answer


def answer_of(value: object) -> str | None:
    """Return y or n for one of the usual words or a ticked box; nothing for anything else."""
    word = shown(value).casefold()
    return "y" if word in YES else "n" if word in NO else None
