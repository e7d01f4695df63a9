"""Which sheet and which column a name means: the form's own, or one that holds it.

"Results (2)" is Results and "Signed (date)" is signed where no other name could be meant, said in a
notice; where one could, nothing is guessed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from toolkit.files.loading import RawSheet, RawWorkbook
from toolkit.files.words import INVISIBLE
from toolkit.model.issues import Issue, quoted
from toolkit.model.schema import Sheet
from toolkit.model.sheets import BY_NAME
from toolkit.model.vocabulary import Severity

ANSWERS = "Answers"  # the sheet that says who answered a data call
NOT_DATA = {"read me", "problems", "lists", "questions", "as sent", "answers", "indicator library"}
DECORATION = {"date", "day", "first", "last", "y", "n", "yes", "no", "optional", "required", "copy"}
LIKE = 0.8  # from which likeness on a misspelt name is asked about


def match_sheets(raw: RawWorkbook) -> tuple[dict[str, RawSheet], list[Issue]]:
    """Return the sheets by the name of the form, and what is said of names that differ."""
    found = {name: sheet for name, sheet in raw.sheets.items() if name in BY_NAME}
    claims: dict[str, list[RawSheet]] = defaultdict(list)
    issues: list[Issue] = []
    others = [s for name, s in raw.sheets.items() if name not in BY_NAME and not _is_ours(name)]
    for sheet in others:
        held = _held(sheet.name, BY_NAME)
        open_ = [name for name in held if name not in found]
        if len(open_) == 1:
            claims[open_[0]].append(sheet)
        else:
            issues.append(_unclaimed(sheet, held, open_, found))
    for name, sheets in claims.items():
        if len(sheets) == 1:
            found[name] = sheets[0]
            message = f'This sheet was read as "{name}"; its cells are named so here.'
            issues.append(Issue(Severity.NOTICE, sheets[0].name, "", "", message))
        for sheet in sheets if len(sheets) > 1 else ():
            message = f'Several sheets may be "{name}": keep their rows in one that is called so.'
            issues.append(Issue(Severity.ERROR, sheet.name, "", "", message))
    if "Agreements" not in found:
        issues.append(Issue(Severity.ERROR, "Agreements", "", "", _no_agreements(others)))
    return {name: found[name] for name in BY_NAME if name in found}, issues


def _is_ours(name: str) -> bool:
    return name.casefold().strip() in NOT_DATA


def _no_agreements(others: Iterable[RawSheet]) -> str:
    message = "The sheet is missing. It is the one sheet every workbook needs."
    likely = [s.name for s in others if _has_columns(s, BY_NAME["Agreements"])]
    return f"{message} Rename {quoted(likely[0])}, which has its columns." if likely else message


def _unclaimed(
    sheet: RawSheet, held: list[str], open_: list[str], found: Mapping[str, RawSheet]
) -> Issue:
    """Return what is said of a sheet that is not read."""
    near = get_close_matches(sheet.name.casefold(), [n.casefold() for n in BY_NAME], 1, LIKE)
    meant = [name for name in BY_NAME if near and name.casefold() == near[0] and name not in found]
    copied = [name for name in held if name in found and _has_columns(sheet, BY_NAME[name])]
    severity = Severity.ERROR
    if len(open_) > 1:
        message = f"This sheet may be {' or '.join(open_)} and was not read. Rename it."
    elif meant and not held:
        message = f'This sheet is not read. Did you mean "{meant[0]}"? Rename it.'
    elif copied and sheet.rows:
        message = (
            f'This sheet may be "{copied[0]}" too and was not read. Move its rows there, or give '
            f'it a name without "{copied[0]}".'
        )
    else:
        severity = Severity.NOTICE
        message = "This sheet is not part of the workbook's form and was not read."
    return Issue(severity, sheet.name, "", "", message)


def _has_columns(raw: RawSheet, sheet: Sheet) -> bool:
    """Whether a sheet has the columns that every row of the form's sheet must fill."""
    names = {plain_header(text) for text in raw.header.values()}
    return all(column.name in names for column in sheet.columns if column.required)


def match_header(raw: RawSheet, sheet: Sheet) -> tuple[dict[str, str], list[Issue]]:
    """Return column name -> letter, and what is wrong with the header row."""
    letters: dict[str, str] = {}
    issues: list[Issue] = []
    others: dict[str, str] = {}
    for letter, text in raw.header.items():
        name = plain_header(text)
        if name in letters:
            first = f"{letters[name]}1"
            message = f"The column {quoted(text)} is there twice, first in {first}. Keep one."
            issues.append(Issue(Severity.ERROR, sheet.name, f"{letter}1", text, message))
        elif name in sheet.names:
            letters[name] = letter
        elif name:
            others[letter] = text
    issues += _match_others(raw, sheet, letters, others)
    missing = [c.name for c in sheet.columns if c.required and c.name not in letters]
    guessed = " ".join(issue.message for issue in issues)
    needed = [name for name in missing if f'"{name}"' not in guessed]
    issues = _missing_columns(raw, sheet, needed) + issues
    return letters, issues + ([] if needed else _blank_headers(raw, sheet))


def plain_header(header: str) -> str:
    """Return a header as the form spells it: `Agreement ID` is agreement_id."""
    words = header.translate(INVISIBLE).casefold().replace("-", " ").split()
    return "_".join(words)


def _tokens(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", name.translate(INVISIBLE).casefold())


def _held(text: str, names: Iterable[str]) -> list[str]:
    """Return the known names that a text holds word for word, the longer before those in it.

    >>> _held("Ends (last day)", ["ends", "signed"])
    ['ends']
    >>> _held("First target*", ["target", "first_target"])
    ['first_target']
    """
    words, spans = _tokens(text), []
    for name in names:
        known = _tokens(name)
        for start in range(len(words) - len(known) + 1):
            if words[start : start + len(known)] == known:
                spans.append((start, start + len(known), name))
    widest = [
        (start, end, name)
        for start, end, name in spans
        if not any(a <= start and end <= b and b - a > end - start for a, b, _ in spans)
    ]
    return list(dict.fromkeys(name for *_, name in widest))


def _match_others(
    raw: RawSheet, sheet: Sheet, letters: dict[str, str], others: Mapping[str, str]
) -> list[Issue]:
    """Find the columns that other headers hold, where no two could be meant; say so."""
    claims: dict[str, list[str]] = defaultdict(list)
    issues = []
    for letter, text in others.items():
        held = _held(text, sheet.names)
        open_ = [name for name in held if name not in letters]
        if len(open_) == 1:
            claims[open_[0]].append(letter)
        else:
            severity, message = _unread(raw, letter, text, held, open_, sheet, letters)
            issues.append(Issue(severity, sheet.name, f"{letter}1", text, message))
    for name, claiming in claims.items():
        if len(claiming) == 1:
            letters[name] = claiming[0]
        for letter in claiming:
            severity = Severity.NOTICE if len(claiming) == 1 else Severity.ERROR
            message = f'The column {quoted(others[letter])} was read as "{name}".'
            if len(claiming) > 1:
                message = f'Several columns may be "{name}". Call the right one so.'
            issues.append(Issue(severity, sheet.name, f"{letter}1", others[letter], message))
    return issues


def _unread(
    raw: RawSheet,
    letter: str,
    text: str,
    held: list[str],
    open_: list[str],
    sheet: Sheet,
    letters: Mapping[str, str],
) -> tuple[Severity, str]:
    """Return what is said of a column that is not read, and how much it weighs."""
    missing = [name for name in sheet.names if name not in letters]
    near = [] if held else get_close_matches(plain_header(text), missing, 1, LIKE)
    rest = {word for word in _tokens(text) if not word.isdigit()} - DECORATION
    is_decorated = len(held) == 1 and rest == set(_tokens(held[0]))
    has_data = any(letter in cells for cells in raw.rows.values())
    if near:
        return Severity.ERROR, (
            f'There is no column {quoted(text)}. Did you mean "{near[0]}"? Rename it.'
        )
    if len(open_) > 1 and has_data:
        names = " or ".join(f'"{name}"' for name in open_)
        return Severity.ERROR, f"The column {quoted(text)} may be {names}. Rename it."
    if is_decorated and has_data:
        first = f"{letters[held[0]]}1"
        return Severity.ERROR, (
            f'The column {quoted(text)} may be "{held[0]}" too, which is in {first}. Keep one.'
        )
    message = f"The column {quoted(text)} is not part of the form and was not read."
    return Severity.NOTICE, message


def _missing_columns(raw: RawSheet, sheet: Sheet, names: list[str]) -> list[Issue]:
    """Return one problem for each missing column, or one for a header row further down."""
    for row in range(2, 12):
        found = {plain_header(str(cell.value)) for cell in raw.rows.get(row, {}).values()}
        if names and found.issuperset(names):
            message = f"The column names are in row {row}. Move them to row 1."
            return [Issue(Severity.ERROR, sheet.name, f"{row}:{row}", "", message)]
    message = 'The column "{}" is missing. Add it to row 1.'
    return [Issue(Severity.ERROR, sheet.name, "", name, message.format(name)) for name in names]


def _blank_headers(raw: RawSheet, sheet: Sheet) -> list[Issue]:
    """Name values under a blank header, which are not read."""
    named = {letter for letter, text in raw.header.items() if plain_header(text)}
    rows: dict[str, list[int]] = defaultdict(list)
    for row, cells in raw.rows.items():
        for letter in cells.keys() - named:
            rows[letter].append(row)
    issues = []
    for letter, filled in sorted(rows.items(), key=lambda pair: (len(pair[0]), pair[0])):
        area = f"{letter}{filled[0]}" + (f":{letter}{filled[-1]}" if len(filled) > 1 else "")
        message = f"Values stand under a blank header and were not read. Name it in {letter}1."
        issues.append(Issue(Severity.NOTICE, sheet.name, area, "", message))
    return issues
