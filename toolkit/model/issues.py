"""What is wrong with an input, said in the reader's coordinates: sheet, cell, column, remedy."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toolkit.model.vocabulary import Severity

WIDEST = 28  # characters of a place or a column name before the lines stop lining up
LONGEST_QUOTE = 60  # characters of what was found; the cell itself holds the rest


@dataclass(frozen=True)
class Issue:
    """One problem in one place of a workbook. `cell` is blank where a whole sheet is meant.

    `touches`: a number or a decision may follow from it, so that the pages tell it too.
    `pattern` is what cells of one column have in common whose messages quote their own values;
    they share a line. Blank: only the same message does.
    """

    severity: Severity
    sheet: str
    cell: str
    column: str
    message: str
    touches: bool = False
    pattern: str = ""

    @property
    def place(self) -> str:
        """Where to look, as Excel writes it."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet

    @property
    def row(self) -> int | None:
        """The number of its row, the first where it is an area."""
        number = re.search(r"\d+", self.cell)
        return int(number[0]) if number else None


class WorkbookError(Exception):
    """A workbook that cannot be used; carries every problem found in it."""

    def __init__(self, file_name: str, issues: Sequence[Issue]) -> None:
        self.file_name = file_name
        self.issues = tuple(issues)
        super().__init__(format_issues(file_name, issues))

    def _render_traceback_(self) -> list[str]:
        """Show an analyst in JupyterLab the problems, not the program."""
        return [str(self)]


class InputError(Exception):
    """A file, setting or word that cannot be used; the message is the whole story."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def quoted(text: str) -> str:
    r"""Return what was found in quotes, on one line, without unprintable characters.

    >>> print(quoted("two\nlines"), quoted("long " * 20))
    "two lines" "long long long long long long long long long long long lo..."
    """
    return f'"{_one_line(text, LONGEST_QUOTE)}"'


def errors(issues: Iterable[Issue]) -> list[Issue]:
    """Return the problems that stop the work."""
    return [issue for issue in issues if issue.severity is Severity.ERROR]


def format_issues(file_name: str, issues: Sequence[Issue]) -> str:
    """Return the message of `partnerships check`: one line a cause, errors first, then by sheet.

    Cells of one column with the same problem share a line.
    """
    to_fix = len(errors(issues))
    lines = [f"{file_name}: {to_fix} to fix, {len(issues) - to_fix} to look at"]
    sheets = list(dict.fromkeys(issue.sheet for issue in issues))
    ordered = sorted(issues, key=lambda i: (i.severity is Severity.NOTICE, sheets.index(i.sheet)))
    rows = [
        (place, _one_line(column, WIDEST), message) for place, column, message in by_cause(ordered)
    ]
    widths = [min(max((len(row[i]) for row in rows), default=0), WIDEST) for i in (0, 1)]
    return "\n".join([*lines, *(_line(*row, *widths) for row in rows)])


def by_cause(issues: Iterable[Issue]) -> list[tuple[str, str, str]]:
    """Return place, column and message of each cause; cells with the same problem share one.

    Where each message quotes its own cell the first one stands for all.
    """
    causes: dict[tuple[str, str, str, str], list[Issue]] = {}
    for issue in issues:
        key = (issue.severity, issue.sheet, issue.column, issue.pattern or issue.message)
        causes.setdefault(key, []).append(issue)
    return [(_places(group), group[0].column, _counted(group)) for group in causes.values()]


def _line(place: str, column: str, message: str, place_width: int, column_width: int) -> str:
    """Return one cause; a place too long for its column stands on a line of its own."""
    if len(place) > place_width:
        place = f"{place}\n  {'':<{place_width}}"
    return f"  {place:<{place_width}}  {column:<{column_width}}  {message}".rstrip()


def _places(group: Sequence[Issue]) -> str:
    """Return one address, a run of rows as `A2:A4`, or the first few of scattered cells."""
    cells = list(dict.fromkeys(issue.cell for issue in group if issue.cell))
    place = _one_line(group[0].place)
    if len(cells) < 2:
        return place
    if _is_run(cells):
        return f"{place}:{cells[-1]}"
    return f"{place}, {', '.join(cells[1:3])}{' ...' if len(cells) > 3 else ''}"


def _is_run(cells: Sequence[str]) -> bool:
    """Whether these are single cells of one column in rows that follow each other."""
    found = [m.groups() for cell in cells if (m := re.fullmatch(r"([A-Z]+)(\d+)", cell))]
    if len(found) < len(cells):
        return False
    letters, rows = zip(*found, strict=True)
    first = int(rows[0])
    return len(set(letters)) == 1 and [*map(int, rows)] == [*range(first, first + len(rows))]


def _one_line(text: str, longest: int | None = None) -> str:
    """Return printable text on one line, cut where it is longer than `longest`."""
    plain = "".join(c if c.isprintable() else " " for c in text)
    plain = " ".join(plain.split())
    if longest is None or len(plain) <= longest:
        return plain
    return f"{plain[: longest - 3]}..."


def _counted(group: Sequence[Issue]) -> str:
    if len(group) < 2:
        return group[0].message
    alike = " alike" if len({issue.message for issue in group}) > 1 else ""
    return f"{group[0].message} ({len(group)} cells{alike})"
