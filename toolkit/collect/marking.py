"""A copy of a workbook in which every cell to fix is marked and says what to type.

A sheet Problems lists them with links, what is only to look at apart. The workbook itself is never
written to.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.collect.copying import Copy, link_to, write_lines
from toolkit.files.outputs import put_value
from toolkit.model.issues import InputError, Issue, errors
from toolkit.model.vocabulary import Severity

PROBLEMS = "Problems"
MOST = 2000  # cells that are marked; the list holds all
LARGEST = 5_000_000  # bytes of a workbook that is copied
LONGEST = 900  # characters of a comment
FIX = PatternFill("solid", start_color="FFF8C9C4")
LOOK = PatternFill("solid", start_color="FFFFE9B8")
TOP = Alignment(wrap_text=True, vertical="top")
WIDTHS = {"A": 14, "B": 24, "C": 22, "D": 110}


def write_checked(workbook: Path, issues: Sequence[Issue], when: date) -> str:
    """Write the checked copy and the list of problems beside a workbook; say what was made.

    Of a workbook too large to be copied with its looks there is the list alone; where nothing can
    be written, as while a spreadsheet program has the copy open, that is said.
    """
    checked = workbook.with_name(f"{workbook.stem} - checked.xlsx")
    listed = workbook.with_name(f"{workbook.stem} - problems.csv")
    lines = [(_kind(i), i.sheet, i.cell, i.column, i.message) for i in _ordered(issues)]
    try:
        write_lines(listed, [("what", "sheet", "cell", "column", "message"), *lines])
        if workbook.stat().st_size > LARGEST:
            return f"Too large for a marked copy; the list: {listed}."
        _write_copy(Copy(workbook), _ordered(issues), checked, when)
    except InputError as error:
        return str(error)
    return f"The cells are marked in {checked}; the list: {listed}."


def _write_copy(copy: Copy, issues: Sequence[Issue], path: Path, when: date) -> None:
    for issue in issues[:MOST]:
        _mark_cell(copy, issue)
    if PROBLEMS in copy.workbook.sheetnames:
        del copy.workbook[PROBLEMS]
    _list_problems(copy.workbook.create_sheet(PROBLEMS, 0), issues, copy)
    copy.workbook.active = 0
    for page in copy.workbook.worksheets[1:]:
        page.sheet_view.tabSelected = False
    copy.save(path, when)


def _ordered(issues: Sequence[Issue]) -> list[Issue]:
    return [*errors(issues), *(i for i in issues if i.severity is not Severity.ERROR)]


def _kind(issue: Issue) -> str:
    return "to fix" if issue.severity is Severity.ERROR else "to look at"


def _page_of(copy: Copy, issue: Issue) -> Worksheet | None:
    name = copy.names.get(issue.sheet, issue.sheet)
    return copy.workbook[name] if name in copy.workbook.sheetnames else None


def _cells_of(issue: Issue) -> Iterator[str]:
    """Yield the first cell of each place an issue names."""
    for place in issue.cell.split(","):
        first = place.strip().partition(":")[0]
        if first and first.rstrip("0123456789") and first[-1].isdigit():
            yield first


def _mark_cell(copy: Copy, issue: Issue) -> None:
    page = _page_of(copy, issue)
    if page is None:
        return
    for address in _cells_of(issue):
        if range_boundaries(address)[1] > page.max_row + 1:
            continue
        cell = page[address]
        if not hasattr(cell, "comment") or type(cell).__name__ == "MergedCell":
            continue
        is_fix = issue.severity is Severity.ERROR
        if is_fix or cell.fill != FIX:
            cell.fill = FIX if is_fix else LOOK
        before = f"{cell.comment.text}\n" if cell.comment else ""
        cell.comment = Comment(f"{before}{issue.message}"[:LONGEST], "check", height=120, width=320)


def _list_problems(page: Worksheet, issues: Sequence[Issue], copy: Copy) -> None:
    for column, text in enumerate(("What", "Where", "Column", "What is wrong, what to type"), 1):
        page.cell(1, column, text).font = Font(bold=True)
    for row, issue in enumerate(issues, start=2):
        texts = (_kind(issue), issue.place, issue.column, issue.message)
        for column, text in enumerate(texts, start=1):
            cell = page.cell(row, column)
            put_value(cell, text)
            cell.alignment = TOP
        target, cells = _page_of(copy, issue), list(_cells_of(issue))
        if target is not None and cells:
            link_to(page.cell(row, 2), target.title, cells[0])
        page.cell(row, 1).fill = FIX if issue.severity is Severity.ERROR else LOOK
    for letter, width in WIDTHS.items():
        page.column_dimensions[letter].width = width
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:D{max(len(issues), 1) + 1}"
