"""The pages of docs that are written from the code: the data dictionary and the list of rules."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from toolkit.model.policy import Policy
from toolkit.model.rules import RuleInWords
from toolkit.model.schema import Column, Kind, Sheet, WordList, words_of
from toolkit.model.sheets import SHEETS
from toolkit.model.vocabulary import DecisionPoint

POLICY_LISTS = {
    WordList.CLASSIFICATIONS: "a classification of the policy",
    WordList.SECTORS: "a sector of the policy",
    WordList.ACTIVITIES: "an activity of the policy",
    WordList.OBJECTIVE_TYPES: "an objective type of the policy",
    WordList.GOALS: "the id of a goal of the policy",
}
DICTIONARY = """\
# Data dictionary

Every sheet and column of the workbook, written from its declaration in `toolkit/model/sheets.py`.
Only Agreements is needed; the level is the evidence level a sheet belongs to. A public column may
appear in the public register, an internal one never does.
"""
COLUMN_HEADINGS = ("Column", "Must be filled", "Holds", "Words", "Who sees it", "Meaning")
RULES = """\
# Rules

Every rule by which the toolkit proposes something, in the order they are tried: the first that
matches decides. Written by `make docs` from the lists in `toolkit/assess` with the numbers of
`data/policy.toml`; change a rule there, not here. Names in code are the columns a rule rests on: of
Agreements at the review and at D3, of Proposals at D1, or of the sheet that is named.
"""
TITLES = {
    DecisionPoint.REVIEW: "Review",
    DecisionPoint.D1: "D1: proposals",
    DecisionPoint.D3: "D3: renew or sunset",
}
NOTES = {
    DecisionPoint.REVIEW: (
        "What D3 proposes near the end stands in for the rules 9 to 16. A rule that rests on a "
        "score is tried with what is missing at its worst, left out, and at its best."
    ),
    DecisionPoint.D1: "Fit is the score on the criteria C1, C2, C3 and C7.",
    DecisionPoint.D3: "Asked of an agreement near its end. The score is that of the review.",
}
RULE_HEADINGS = ("Rule", "Proposes", "Applies if", "Rests on")


def data_dictionary(policy: Policy) -> str:
    """Return the data dictionary as Markdown: a section a sheet, a table row a column.

    Lists that the policy sets are named, not spelt out: they change with its edition.
    """
    return "\n".join([DICTIONARY, *(_section(sheet, policy) for sheet in SHEETS)])


def _section(sheet: Sheet, policy: Policy) -> str:
    lines = [f"## {sheet.name}", "", f"One row is {sheet.row}. Level {sheet.level}.", ""]
    lines += markdown_table(
        COLUMN_HEADINGS, (_describe(column, policy) for column in sheet.columns)
    )
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


def rules_page(
    rules: Mapping[DecisionPoint, Sequence[RuleInWords]], conditions: Sequence[str]
) -> str:
    """Return the rules as Markdown, a section a decision point; `conditions` are those of D2."""
    sections = {point: _point(point, rules[point]) for point in rules}
    sections[DecisionPoint.D2] = _conditions(conditions)
    return "\n".join([RULES, *(sections[p] for p in DecisionPoint if p in sections)])


def _point(point: DecisionPoint, rules: Sequence[RuleInWords]) -> str:
    lines = [f"## {TITLES[point]}", "", NOTES[point], ""]
    lines += markdown_table(
        RULE_HEADINGS, ((r.name, r.decision, r.when, _rests_on(r)) for r in rules)
    )
    return "\n".join([*lines, ""])


def _rests_on(rule: RuleInWords) -> str:
    return ", ".join(word if " " in word else f"`{word}`" for word in rule.rests_on)


def _conditions(conditions: Sequence[str]) -> str:
    lines = ["## D2: drafts", "", "Sign where each is on record as met, else Go back:", ""]
    return "\n".join([*lines, *(f"- {name}" for name in conditions), ""])


def markdown_table(headings: Sequence[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """Return the lines of a Markdown table."""
    return [_row(headings), _row(["---"] * len(headings)), *map(_row, rows)]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
