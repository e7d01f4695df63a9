"""Every rule of every decision point, as a page written from the lists of rules."""

from collections.abc import Mapping, Sequence

from toolkit.files.dictionary import table_row
from toolkit.model.rules import RuleInWords
from toolkit.model.vocabulary import DecisionPoint

INTRODUCTION = """\
# Rules

Every rule by which the toolkit proposes something, in the order they are tried: the first that
matches decides. Written by `make data` from the lists in `toolkit/assess` with the numbers of
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
        "What D3 proposes near the end stands in for the rules 9 to 15. A rule that rests on a "
        "score is tried with what is missing at its worst, left out, and at its best."
    ),
    DecisionPoint.D1: "Fit is the score on the criteria C1, C2, C3 and C7.",
    DecisionPoint.D3: "Asked of an agreement near its end. The score is that of the review.",
}
HEADINGS = ("Rule", "Proposes", "Applies if", "Rests on")


def rules_page(
    rules: Mapping[DecisionPoint, Sequence[RuleInWords]], conditions: Sequence[str]
) -> str:
    """Return the rules as Markdown, a section a decision point; `conditions` are those of D2."""
    sections = {point: _section(point, rules[point]) for point in rules}
    sections[DecisionPoint.D2] = _conditions(conditions)
    return "\n".join([INTRODUCTION, *(sections[p] for p in DecisionPoint if p in sections)])


def _section(point: DecisionPoint, rules: Sequence[RuleInWords]) -> str:
    lines = [f"## {TITLES[point]}", "", NOTES[point], ""]
    lines += [table_row(HEADINGS), table_row(["---"] * len(HEADINGS))]
    lines += [table_row((r.name, r.decision, r.when, _rests_on(r))) for r in rules]
    return "\n".join([*lines, ""])


def _rests_on(rule: RuleInWords) -> str:
    return ", ".join(word if " " in word else f"`{word}`" for word in rule.rests_on)


def _conditions(conditions: Sequence[str]) -> str:
    lines = ["## D2: drafts", "", "Sign where each is on record as met, else Go back:", ""]
    return "\n".join([*lines, *(f"- {name}" for name in conditions), ""])
