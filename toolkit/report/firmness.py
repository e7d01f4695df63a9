"""How firm each recommendation is, in words and tables, and what would change it."""

import pandas as pd

from toolkit.model.policy import Policy
from toolkit.model.sentences import sentence
from toolkit.model.vocabulary import DecisionPoint, Evidence, Firm
from toolkit.report.markup import Sentences, Table

MEANING = {
    Evidence.BY_RULE: "decided by a rule that looks at no score",
    Evidence.STANDS: "it stands whatever the missing facts turn out to be",
    Evidence.PROVISIONAL: "provisional: a missing fact may still change it",
    Evidence.OPEN: "open: the missing facts decide it",
}


def evidence_words(row: pd.Series) -> str:
    """Return how far one proposal holds over what is missing."""
    if row.rule.point == DecisionPoint.D3:
        return "results, duties, score and plan are measured, not drawn"
    return MEANING[row.evidence]


def firmness_words(row: tuple | pd.Series) -> str | None:
    """Return how firm a proposal of the review is, short enough for a table."""
    if row.firmness is None or row.firmness == Firm.BY_RULE:
        return row.firmness
    words = f"{row.firmness}, {100 * row.share:.0f} of 100 draws"
    return words if row.evidence == Evidence.STANDS else f"{words}; {row.evidence}"


def second_option(row: tuple | pd.Series) -> str | None:
    """Return what would be proposed otherwise; beside a decision, what the rules say."""
    if row.second_option and row.second_option == row.decision:
        return "the rules say the same"
    return row.second_option


def firmness_sentence(review: pd.DataFrame, policy: Policy) -> Sentences:
    """Return how many recommendations are firm, contested or by rule, and what was shaken."""
    counts = review.firmness.value_counts()
    words = [f"{counts[word]} {word}" for word in Firm if word in counts]
    settings = policy.firmness
    shaken = (
        f"A recommendation is firm where {policy.thresholds.firm_share:g} of 100 draws give it "
        f"again. In each of {settings.draws:,} draws every weight is up to "
        f"{settings.weight_spread:g} per cent higher or lower, a rating from a profile is off by "
        f"up to {settings.medium_spread:g} points at medium and {settings.low_spread:g} at low "
        "confidence, and a missing rating may be anything."
    )
    return Sentences((f"Of the recommendations: {', '.join(words) or 'none'}.", shaken))


def firmness_table(firmness: pd.DataFrame) -> Table:
    """Return what the draws gave for every recommendation that rests on a score."""
    rows = tuple(
        (row.partner, row.decision, f"{100 * row.share:.0f}", row.outcomes)
        for row in sorted(firmness.itertuples(), key=lambda r: (r.share or 0, r.partner))
        if row.share is not None
    )
    headings = ("Agreement", "Firmness", "Draws of 100 with the proposal", "All that was drawn")
    empty = "No recommendation rests on a score yet; all are by rule."
    caption = "How firm the recommendations are"
    return Table(caption, headings, rows, frozenset({2}), empty=empty)


def rank_table(ranks: pd.DataFrame) -> Table:
    """Return the rank of every agreement within its class, and its range over the draws."""
    ordered = sorted(ranks.itertuples(), key=lambda r: (r.judged_as, r.rank, r.partner))
    rows = tuple(
        (
            row.judged_as,
            row.partner,
            f"{row.mean:.1f}",
            row.decision,
            f"{row.lowest} to {row.highest}",
        )
        for row in ordered
    )
    headings = ("Class", "Agreement", "Score", "Rank", "Ranks in the draws")
    empty = "No agreement is scored, so none can be ranked."
    note = "Ranked within the class: scores of two classes are not comparable."
    numeric = frozenset({2, 3, 4})
    return Table("Ranks within the class", headings, rows, numeric, note if rows else "", empty)


def rule_table(rules: pd.DataFrame, review: pd.DataFrame) -> Table:
    """Return the rules in the order they are tried, and where each decided."""
    matched = [(row.rule, row.partner) for row in review.itertuples() if row.rule]
    rows = tuple(
        (
            f"{row.Index} {row.decision}",
            sentence(row.reason),
            _named([partner for rule, partner in matched if row.Index.covers(rule)]),
        )
        for row in rules.itertuples()
    )
    headings = ("Rule", "Applies if", "Decided for")
    note = "The first rule that applies decides. The numbers are those of the policy."
    return Table("The rules of the review", headings, rows, note=note)


def dominance_sentence(dominance: pd.DataFrame) -> Sentences:
    """Return whether any agreement is better on everything and yet scores lower."""
    lines = [
        " ".join((f"{row.Index}: {row.reason}", *(f"{c}: a fault." for c in row.contradictions)))
        for row in dominance.itertuples()
    ]
    return Sentences(tuple(lines) or ("No agreement is scored, so there is nothing to compare.",))


def _named(partners: list[str]) -> str:
    """Return the agreements a rule decided; many of them as a count, the table names each."""
    return "; ".join(partners) if len(partners) <= FEW else f"{len(partners)} agreements"


FEW = 12


def remedy_table(remedies: pd.DataFrame, policy: Policy) -> Table:
    """Return, over all agreements, which single repair gives a better decision."""
    names = {repair.id: repair.name for repair in policy.repairs}
    rows = tuple(
        (row.partner, row.now, names[row.repair], row.then)
        for row in remedies.itertuples()
        if row.decision == "better"
    )
    headings = ("Agreement", "Proposed now", "Single repair", "Then")
    empty = "For no agreement does a single repair of the policy's list give a better decision."
    return Table("What would change a recommendation", headings, rows, empty=empty)


def remedy_sentences(remedies: pd.DataFrame) -> Sentences:
    """Return what would change one agreement's recommendation."""
    words = {"worse": "Known in full, it may stand worse. ", "other": "A change of kind. "}
    lines = [f"{words.get(row.decision, '')}{row.reason}" for row in remedies.itertuples()]
    return Sentences(tuple(lines) or ("It is not under review.",), "list")
