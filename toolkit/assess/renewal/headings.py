"""What is on record of an agreement under the six headings of an evaluation: facts, no rating.

Source: domain, section 8. A fact that is missing reads "not on record".
"""

from collections import Counter

from toolkit.assess.record.evidence import latest_profile
from toolkit.assess.record.markets import market_score
from toolkit.assess.record.relationships import relationship_key
from toolkit.assess.renewal.facts import RenewalCase, figure
from toolkit.assess.year.outcomes import OutcomeCost
from toolkit.model.sheets import Engagement, Outcome, Project
from toolkit.model.told import Told, fact, money_fact, tell

NOT_ON_RECORD = "not on record"


Lines = tuple[str, ...]


def _fact(name: str, value: object) -> str:
    known = NOT_ON_RECORD if value in (None, "", ()) else value
    return tell("{name}: {value}", name=name, value=known)


def relevance(case: RenewalCase) -> Lines:
    """Return what the agreement is for, and how that fits with the framework."""
    agreement, score = case.agreement, case.record.scores.get(case.key)
    fit = None if score is None or score.fit is None else f"{figure(score.fit)} of 100"
    market = market_score(agreement, case.record.policy)
    return (
        _fact("stated purpose", ", ".join(agreement.main_purpose or ())),
        _fact("goals of the framework", ", ".join(agreement.goals or ())),
        _fact("priority market (C1)", None if market is None else f"{market} of 100"),
        _fact("fit with the criteria", fit),
    )


def coherence(case: RenewalCase) -> Lines:
    """Return what else there is with this partner, and who else takes part."""
    agreement, portfolio = case.agreement, case.record.portfolio
    others = [
        f"{row.agreement_id} ({row.classification}, {row.status})"
        for row in case.record.related[relationship_key(agreement)]
        if row.id != agreement.id
    ]
    projects = portfolio.of(agreement, Project)
    shared = sum(bool(project.other_divisions) for project in projects)
    partners = {row.partner_id for row in portfolio.of(agreement, Engagement)}
    return (
        _fact("other instruments with this partner", ", ".join(sorted(others)) or "none"),
        _fact("projects with another division", f"{shared} of {len(projects)}" if projects else ""),
        _fact("alternative partners engaged", len(partners) or ""),
    )


def effectiveness(case: RenewalCase) -> Lines:
    """Return what was achieved to date, and what stood in the way."""
    evaluation = case.record.evaluation
    row = evaluation.agreements[case.key]
    share = None if row.achievement is None else f"{figure(100 * row.achievement)} %"
    worst = evaluation.objectives.get(row.worst_objective)
    least = worst.achievement if worst else None
    return (
        _fact("achievement to date", share),
        _fact("objectives measured", f"{row.measured} of {row.objectives}"),
        _fact(
            "weakest objective",
            None if least is None else f"{row.worst_objective}, {figure(100 * least)} %",
        ),
        _fact("values due that are approved", f"{row.reported} of {row.due}" if row.due else "n/a"),
        _fact("partner duties met", case.duties_met),
        _fact("external cause", case.agreement.external_cause),
    )


def efficiency(case: RenewalCase) -> Lines:
    """Return what the agreement cost in its latest year on record."""
    evaluation = case.record.evaluation
    row = max(evaluation.costs.of(case.key), key=lambda row: row.year, default=None)
    if row is None or row.full_cost is None:
        return (_fact("full cost", None),)
    whose = f"{case.key}, {row.year}"
    spent = money_fact("money.full_cost", row.full_cost, of=whose, currency=row.currency)
    against = None if row.variance is None else f"{100 * row.variance:+.1f} %"
    return (
        _fact(f"full cost of {row.year}", spent),
        _fact(f"money of {row.year} against its budget line", against),
        *(
            tell(
                "cost per outcome ({unit}): {currency} {cost}",
                unit=unit.unit,
                currency=row.currency,
                cost=_per_unit(unit),
            )
            for unit in evaluation.unit_costs.of(case.key)
        ),
    )


def _per_unit(unit: OutcomeCost) -> Told:
    whose = f"{unit.agreement_id}, {unit.unit}"
    return fact("money.per_unit", unit.cost_per_unit, f"{unit.cost_per_unit:,.2f}", of=whose)


def impact(case: RenewalCase) -> Lines:
    """Return what was achieved by name, and for whom."""
    rows = [row for row in case.record.portfolio.of(case.agreement, Outcome)]
    places = Counter(row.benefit or NOT_ON_RECORD for row in rows)
    benefit = ", ".join(f"{place} {count}" for place, count in sorted(places.items()))
    return (
        _fact("named achievements", len(rows) or None),
        _fact("benefit", benefit),
        *sorted(f"achieved: {row.what} ({row.outcome_ref})" for row in rows),
    )


def sustainability(case: RenewalCase) -> Lines:
    """Return what is planned beyond the end, who bears it, and how the text ends."""
    agreement, record = case.agreement, case.record
    profile = latest_profile(agreement, record.portfolio)
    share = None if profile is None else profile.non_city_share
    beyond = ", ".join(f"{key} ({level})" for key, level in case.beyond.items())
    return (
        _fact("objectives beyond the end", beyond),
        _fact("share of the cost that others bear", None if share is None else f"{share:g} %"),
        _fact("renewal clause", agreement.renewal_clause),
        _fact("termination clause", agreement.termination_clause),
    )
