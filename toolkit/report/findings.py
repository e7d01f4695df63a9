"""What the results say in sentences a committee can adopt."""

from collections.abc import Iterable
from datetime import date

import pandas as pd

from toolkit import __version__
from toolkit.model.dates import long_date
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.rounding import one_decimal
from toolkit.model.sentences import listed
from toolkit.model.vocabulary import Basis, ClassFinding, Recommendation
from toolkit.report.firmness import evidence_words, firmness_words, second_option
from toolkit.report.markup import FICTIONAL, Banner, Header, Provenance, Sentences, Table

R = Recommendation
LEVELS = {
    1: ("Agreements", "triage, first classes, ages, seats and a calendar"),
    2: ("Projects and Profiles", "scores by the decision criteria"),
    3: (
        "Objectives, Indicators, Results, Milestones and Outcomes",
        "SMART objectives and achievement against targets",
    ),
    4: (
        "Budget, Partners, Engagements, Proposals and Decisions",
        "the programme's money, delivery partners, and decisions already taken",
    ),
}


def page_header(
    title: str, portfolio: Portfolio, policy: Policy, *, as_of: date, level: int
) -> Header:
    """Return a page's title with what no reader may miss."""
    banners = [
        Banner("Internal", "draft advice. The tool proposes by rule; people decide.", "draft")
    ]
    if portfolio.is_illustrative:
        banners.append(FICTIONAL)
    elif portfolio.bases == {Basis.PUBLIC_RECORD}:
        text = "worked out from public sources; not a document of the city it describes."
        banners.append(Banner("Public record", text))
    if invented := illustrative_settings(policy):
        text = f"illustrative until the city sets its own: {listed(invented)}."
        banners.append(Banner("Policy", text))
    subtitle = f"{portfolio.title}. As of {long_date(as_of)}. Evidence level {level} of 4."
    return Header(title, subtitle, tuple(banners))


def illustrative_settings(policy: Policy) -> list[str]:
    """Return the settings of the policy that say of themselves that they are illustrative."""
    named = {
        f"criterion {number}": f"the scale of {criterion.name.lower()}"
        for number, criterion in enumerate(policy.criteria, start=1)
    }
    keys = [key for key, why in policy.reasons.items() if why.startswith("rationale: illustrative")]
    return [named.get(key, key.replace("_", " ")) for key in keys]


def evidence_sentence(level: int) -> Sentences:
    """Return what the level of evidence allows, and what the next would settle."""
    given = "; ".join(LEVELS[n][1] for n in range(1, level + 1))
    lines = [f"Evidence level {level} of 4 gives {given}."]
    if level < 4:
        sheets, settles = LEVELS[level + 1]
        lines.append(f"Level {level + 1} (sheets {sheets}) would settle: {settles}.")
    return Sentences(tuple(lines))


MANY = 12  # more names than a sentence holds


def briefly(names: Iterable[str]) -> str:
    """Return names as a list in a sentence; many of them as a few and a count."""
    words = list(names)
    if len(words) <= MANY:
        return listed(words)
    return f"{', '.join(words[:3])} and {len(words) - 3} others named in the decision table"


def money_sentence(money: pd.DataFrame, programme: pd.DataFrame, policy: Policy) -> Sentences:
    """Return what is known of the money: budget and actual, or the stated budget."""
    stated, currency = policy.programme, policy.programme.currency
    if len(programme):
        years = [_year_of_money(row) for row in programme.itertuples()]
        if len(money):
            latest = max(row.Index for row in programme.itertuples() if row.budget is not None)
            years.append(
                "No project or budget line of an agreement has a cost on record. The shares below "
                f"divide the budget of {latest} evenly: arithmetic, not cost."
            )
        return Sentences(tuple(years), "list")
    if money.empty:
        return Sentences(("Neither a sheet Budget nor a stated budget of the policy is at hand.",))
    return Sentences(
        (
            f"No budget is in the workbook. The policy in use ({policy.file_name}) states "
            f"{currency} {stated.budget:,.0f} for {stated.budget_year}, of the {stated.name}; if "
            "that is another programme than yours, set your own in a copy of the policy. The "
            "shares below are arithmetic, not cost.",
        )
    )


def _year_of_money(row: tuple) -> str:
    budget = "no budget" if row.budget is None else f"budget {row.currency} {row.budget:,.0f}"
    if row.actual is None:
        return f"{row.Index}: {budget}; no actual on record."
    return f"{row.Index}: {budget}, actual {row.currency} {row.actual:,.0f}: {row.decision}."


def reclassification_adds(
    classification: pd.DataFrame, review: pd.DataFrame, costs: pd.DataFrame
) -> Sentences:
    """Return what reclassifying adds: seats, duties, reporting and money.

    Parameters
    ----------
    costs
        What each agreement is planned to cost next year, None where that is not on record.
    """
    outside = classification[classification.framework == "outside"]
    named = review[review.decision == R.RECLASSIFY]
    open_cases = review[review.decision == R.CLASS_FIRST]
    folded = outside[outside.decision == ClassFinding.FOLD_IN]
    return Sentences(
        (
            f"Seats: {len(named)} to be classed and {len(open_cases)} to be settled each ask for "
            f"one; {len(folded)} folded in asks for none.",
            "Duties: each brings the conditions of its class, a first project and yearly reporting "
            "under the framework, from which it was exempt before.",
            f"Money: {_planned([*named.index, *open_cases.index], costs)}; a class brings a claim "
            "on the budget.",
        ),
        "list",
    )


def _planned(keys: list[str], costs: pd.DataFrame) -> str:
    known = [row for row in costs.itertuples() if row.Index in keys and row.cost is not None]
    if not known:
        return "no planned cost is on record for any of them"
    each = listed(f"{row.partner} {row.cost:,.0f}" for row in known)
    rest = len(keys) - len(known)
    return f"planned for next year, {each}" + (f"; of {rest} no cost is on record" if rest else "")


def verdict(row: pd.Series, seat: pd.Series) -> Sentences:
    """Return one agreement's proposal, the rule it matched and the second option."""
    proposed = f"{row.decision} as {row.proposed_class}" if row.proposed_class else row.decision
    lines = [f"Proposed: {proposed}. {row.reason}"]
    if row.rule:
        lines.append(f"Matched {row.rule}. Evidence: {evidence_words(row)}.")
    if row.share is not None:
        lines.append(f"Firmness: {firmness_words(row)}.")
    lines.append(f"Second option: {second_option(row) or 'none at this level of evidence'}.")
    lines.append(f"Seat: {seat.decision}. {seat.reason}")
    return Sentences(tuple(lines))


def agreement_header(
    review: pd.Series, portfolio: Portfolio, policy: Policy, *, year: int, as_of: date, level: int
) -> Header:
    """Return the title of one agreement's report."""
    title = f"{review.partner}, {review.country}: agreement report {year}"
    return page_header(title, portfolio, policy, as_of=as_of, level=level)


def class_sentence(outcome: pd.Series) -> Sentences:
    """Return what the stated purposes of one agreement give, and what would flip it."""
    lines = [f"Finding: {outcome.decision}. {outcome.reason}"]
    if outcome.conditional:
        lines.append(f"Conditions not met: {'; '.join(outcome.conditional)}.")
    if outcome.flips:
        lines.append(f"What would flip it: {'; '.join(outcome.flips)}.")
    return Sentences(tuple(lines))


def term_sentence(terms: pd.DataFrame) -> Sentences:
    """Return one agreement's age and end in words."""
    return Sentences(tuple(terms.reason) or ("It is not in force, so no term runs.",))


def worked_out(review: pd.Series) -> Sentences:
    """Return which rule decided, the facts it saw and the cells it rests on."""
    facts = f"Facts seen: {'; '.join(review.facts)}."
    rule = f"Rule matched: {review.rule}." if review.rule else "No rule was tried."
    return Sentences((rule, facts, f"Cells: {review.cells}."))


def evidence_table(review: pd.DataFrame) -> Table:
    """Return, for each agreement, the rule that matched, the facts it saw, and their cells."""
    rows = tuple(
        (row.partner, row.rule, row.facts, row.cells) for row in review.itertuples() if row.rule
    )
    headings = ("Agreement", "Rule", "Facts seen", "Cells")
    return Table("Facts and cells of every recommendation", headings, rows)


def class_standing(ranks: pd.DataFrame, agreement_id: str) -> Table | Sentences:
    """Return where one agreement stands in its class: the list where it is short, else the rank."""
    if agreement_id not in ranks.index:
        return Sentences(("It is not ranked within its class.",))
    own = ranks.loc[agreement_id]
    if own.of >= SHORT_LIST:
        return Sentences((f"Against its class: {own.decision}. {own.reason}",))
    peers = ranks[ranks.judged_as == own.judged_as].sort_values(["rank", "partner"])
    rows = tuple((row.partner, one_decimal(row.mean), row.decision) for row in peers.itertuples())
    return Table("Against its class", ("Agreement", "Score", "Rank"), rows, frozenset({1, 2}))


SHORT_LIST = 8  # from so many agreements on, a class is told by rank and not by list


def answer_day(gaps: pd.DataFrame, as_of: date) -> date:
    """Return the day by which open requests are due; as_of where there is none."""
    return date.fromisoformat(gaps.by.max()) if len(gaps) else as_of


def provenance(portfolio: Portfolio, policy: Policy, *, as_of: date) -> Provenance:
    """Return what a page was made from."""
    words = policy.wording
    return Provenance(
        (
            ("Workbook", f"{portfolio.file_name} ({portfolio.sha256[:12]})"),
            ("Policy", f"{policy.edition}, {policy.file_name} ({policy.sha256[:12]})"),
            ("Wording", f"{words.edition}, {words.file_name} ({words.sha256[:12]})"),
            ("As of", as_of.isoformat()),
            ("Toolkit", __version__),
        )
    )
