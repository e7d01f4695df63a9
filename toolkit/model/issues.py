"""What is wrong with an input, said in the reader's coordinates: sheet, cell, column, remedy."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toolkit.model.vocabulary import Severity


@dataclass(frozen=True)
class Issue:
    """One problem in one place of a workbook. `cell` is blank where a whole sheet is meant."""

    severity: Severity
    sheet: str
    cell: str
    column: str
    message: str

    @property
    def place(self) -> str:
        """Where to look, as Excel writes it."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet


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


def errors(issues: Iterable[Issue]) -> list[Issue]:
    """Return the problems that stop the work."""
    return [issue for issue in issues if issue.severity is Severity.ERROR]


def format_issues(file_name: str, issues: Sequence[Issue]) -> str:
    """Return the message of `partnerships check`: one line a cause, errors first.

    Cells of one column with the same problem share a line.
    """
    to_fix = len(errors(issues))
    lines = [f"{file_name}: {to_fix} to fix, {len(issues) - to_fix} to look at"]
    causes: dict[tuple[str, str, str, str], list[Issue]] = {}
    for issue in sorted(issues, key=lambda i: i.severity is Severity.NOTICE):
        key = (issue.severity, issue.sheet, issue.column, issue.message)
        causes.setdefault(key, []).append(issue)
    rows = [(_places(group), group[0].column, _counted(group)) for group in causes.values()]
    widths = [min(max((len(row[i]) for row in rows), default=0), 28) for i in (0, 1)]
    lines += [f"  {p:<{widths[0]}}  {c:<{widths[1]}}  {m}".rstrip() for p, c, m in rows]
    return "\n".join(lines)


def _places(group: Sequence[Issue]) -> str:
    """Return one address, a run of rows as `A2:A4`, or the first few of scattered cells."""
    cells = [issue.cell for issue in group]
    if len(group) == 1:
        return group[0].place
    if _is_run(cells):
        return f"{group[0].place}:{cells[-1]}"
    return f"{group[0].place}, {', '.join(cells[1:3])}{' ...' if len(cells) > 3 else ''}"


def _is_run(cells: Sequence[str]) -> bool:
    rows = [int("".join(filter(str.isdigit, cell)) or 0) for cell in cells]
    return rows == list(range(rows[0], rows[0] + len(rows)))


def _counted(group: Sequence[Issue]) -> str:
    return group[0].message + (f" ({len(group)} cells)" if len(group) > 1 else "")
