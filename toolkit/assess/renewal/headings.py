"""What is on record of an agreement under the six headings of an evaluation: facts, no rating.

Source: domain, section 8. A fact that is missing reads "not on record".
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from toolkit.assess.record.activity import known_by, market_score
from toolkit.assess.record.relationships import relationship_key
from toolkit.assess.record.results import grouped
from toolkit.assess.renewal.facts import figure
from toolkit.assess.review.criteria import Sources, gather_sources
from toolkit.assess.year.yearly import Evaluation
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import Agreement, Outcome

HEADINGS = (
    "relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability",
)  # fmt: skip
NOT_ON_RECORD = "not on record"
Facts = tuple[str, ...]


@dataclass(frozen=True)
class Background:
    """What the headings look at, gathered once from a portfolio and its evaluation."""

    sources: Sources
    related: Mapping[str, Sequence[tuple]]
    outcomes: Mapping[str, Sequence[tuple]]
    achieved: Mapping[str, tuple]
    objectives: Mapping[str, tuple]
    indicators: Mapping[str, Sequence[tuple]]
    costs: Mapping[str, tuple]
    unit_costs: Mapping[str, Sequence[tuple]]
    scores: Mapping[str, tuple]


def gather_background(
    portfolio: Portfolio,
    policy: Policy,
    evaluation: Evaluation,
    scores: Mapping[str, tuple],
    *,
    as_of: date,
) -> Background:
    """Return what the headings look at; of the costs, each agreement's latest year."""
    related: dict[str, list[tuple]] = {}
    for row in portfolio.rows(Agreement):
        related.setdefault(relationship_key(row), []).append(row)
    by_year = sorted(evaluation.costs.itertuples(), key=lambda row: row.year)
    return Background(
        gather_sources(portfolio, policy, evaluation.agreements.achievement, as_of=as_of),
        related,
        grouped(portfolio.rows(Outcome), "agreement_id"),
        {row.Index: row for row in evaluation.agreements.itertuples()},
        {row.Index: row for row in evaluation.objectives.itertuples()},
        grouped(evaluation.indicators.itertuples(), "agreement_id"),
        {row.Index: row for row in by_year},
        grouped(evaluation.unit_costs.itertuples(), "Index"),
        scores,
    )


def describe(
    agreement: Agreement, beyond: Sequence[str], duties: str | None, background: Background
) -> dict[str, Facts]:
    """Return the facts of one agreement by heading.

    Parameters
    ----------
    beyond
        Its objectives beyond the end, each with how SMART it is.
    duties
        Partner duties met, such as "2 of 3".
    """
    return {
        "relevance": _relevance(agreement, background),
        "coherence": _coherence(agreement, background),
        "effectiveness": _effectiveness(agreement, duties, background),
        "efficiency": _efficiency(agreement, background),
        "impact": _impact(agreement, background),
        "sustainability": _sustainability(agreement, beyond, background),
    }


def _fact(name: str, value: object) -> str:
    return f"{name}: {NOT_ON_RECORD if value in (None, '', ()) else value}"


def _relevance(a: Agreement, b: Background) -> Facts:
    score = b.scores.get(a.agreement_id)
    fit = None if score is None or score.fit is None else f"{figure(score.fit)} of 100"
    return (
        _fact("stated purpose", ", ".join(a.main_purpose or ())),
        _fact("goals of the framework", ", ".join(a.goals or ())),
        _fact("priority market (C1)", f"{market_score(a, b.sources.policy)} of 100"),
        _fact("fit with the criteria", fit),
    )


def _coherence(a: Agreement, b: Background) -> Facts:
    others = [
        f"{row.agreement_id} ({row.classification}, {row.status})"
        for row in b.related[relationship_key(a)]
        if row.agreement_id != a.agreement_id
    ]
    projects = b.sources.projects.get(a.agreement_id, ())
    shared = sum(bool(project.other_divisions) for project in projects)
    partners = {row.partner_id for row in b.sources.engagements.get(a.agreement_id, ())}
    return (
        _fact("other instruments with this partner", ", ".join(sorted(others)) or "none"),
        _fact("projects with another division", f"{shared} of {len(projects)}" if projects else ""),
        _fact("alternative partners engaged", len(partners) or ""),
    )


def _effectiveness(a: Agreement, duties: str | None, b: Background) -> Facts:
    row = b.achieved[a.agreement_id]
    share = None if row.achievement is None else f"{figure(100 * row.achievement)} %"
    worst = b.objectives.get(row.worst_objective)
    return (
        _fact("achievement to date", share),
        _fact("objectives measured", f"{row.measured} of {row.objectives}"),
        _fact(
            "weakest objective",
            worst and f"{row.worst_objective}, {figure(100 * worst.achievement)} %",
        ),
        _fact("values due that are approved", f"{row.reported} of {row.due}" if row.due else "n/a"),
        _fact("partner duties met", duties),
        _fact("external cause", a.external_cause),
    )


def _efficiency(a: Agreement, b: Background) -> Facts:
    row = b.costs.get(a.agreement_id)
    if row is None or row.full_cost is None:
        return (_fact("full cost", None),)
    against = None if row.variance is None else f"{100 * row.variance:+.1f} %"
    return (
        _fact(f"full cost of {row.year}", f"{row.currency} {row.full_cost:,.0f}"),
        _fact(f"money of {row.year} against its budget line", against),
        *(
            f"cost per outcome ({unit.unit}): {row.currency} {unit.cost_per_unit:,.2f}"
            for unit in b.unit_costs.get(a.agreement_id, ())
        ),
    )


def _impact(a: Agreement, b: Background) -> Facts:
    rows = [
        row
        for row in b.outcomes.get(a.agreement_id, ())
        if row.on is None or known_by(row.on, b.sources.as_of)
    ]
    places = Counter(row.benefit or NOT_ON_RECORD for row in rows)
    benefit = ", ".join(f"{place} {count}" for place, count in sorted(places.items()))
    return (
        _fact("named achievements", len(rows) or None),
        _fact("benefit", benefit),
        *sorted(f"achieved: {row.what} ({row.outcome_ref})" for row in rows),
    )


def _sustainability(a: Agreement, beyond: Sequence[str], b: Background) -> Facts:
    profile = b.sources.profiles.get(a.agreement_id)
    share = None if profile is None else profile.non_city_share
    return (
        _fact("objectives beyond the end", ", ".join(beyond)),
        _fact("share of the cost that others bear", None if share is None else f"{share:g} %"),
        _fact("renewal clause", a.renewal_clause),
        _fact("termination clause", a.termination_clause),
    )
