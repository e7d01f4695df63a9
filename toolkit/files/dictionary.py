"""What every sheet and column means, as a page written from the declaration."""

from collections.abc import Iterable, Iterator

from toolkit.model.policy import Policy
from toolkit.model.schema import Column, Kind, Sheet, WordList, words_of
from toolkit.model.sheets import SHEETS

POLICY_LISTS = {
    WordList.CLASSIFICATIONS: "a classification of the policy",
    WordList.SECTORS: "a sector of the policy",
    WordList.ACTIVITIES: "an activity of the policy",
    WordList.OBJECTIVE_TYPES: "an objective type of the policy",
    WordList.GOALS: "the id of a goal of the policy",
}
INTRODUCTION = """\
# Data dictionary

Every sheet and column of the workbook, written from its declaration in `toolkit/model/sheets.py`.
Only Agreements is needed; the level is the evidence level a sheet belongs to. A public column may
appear in the public register, an internal one never does.
"""
HEADINGS = ("Column", "Must be filled", "Holds", "Words", "Who sees it", "Meaning")


def data_dictionary(policy: Policy) -> str:
    """Return the data dictionary as Markdown: a section a sheet, a table row a column.

    Lists that the policy sets are named, not spelt out: they change with its edition.
    """
    return "\n".join([INTRODUCTION, *(_section(sheet, policy) for sheet in SHEETS)])


def _section(sheet: Sheet, policy: Policy) -> str:
    lines = [f"## {sheet.name}", "", f"One row is {sheet.row}. Level {sheet.level}.", ""]
    lines += [table_row(HEADINGS), table_row(["---"] * len(HEADINGS))]
    lines += [table_row(_describe(column, policy)) for column in sheet.columns]
    return "\n".join([*lines, ""])


def _describe(column: Column, policy: Policy) -> Iterator[str]:
    yield f"`{column.name}`"
    yield "yes" if column.required else ""
    yield _holds(column)
    yield _words(column, policy)
    yield "public" if column.public else "internal"
    yield column.about


def _holds(column: Column) -> str:
    if column.kind is Kind.REFERENCE:
        return f"id in {' or '.join(column.refers)}"
    if column.kind is Kind.DATE:
        meant = "last" if column.at_end else "first"
        return f"{column.kind.value}; less than a day means its {meant} day"
    return f"{column.kind.value}, several with ;" if column.many else column.kind.value


def _words(column: Column, policy: Policy) -> str:
    if isinstance(column.words, WordList):
        return POLICY_LISTS[column.words]
    return ", ".join((*words_of(column, policy), *column.also))


def table_row(cells: Iterable[str]) -> str:
    """Return one row of a Markdown table."""
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
