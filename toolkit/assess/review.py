"""What is proposed for each agreement: the rule that matched, its facts, and the second option."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from toolkit.assess.activity import known_by
from toolkit.assess.criteria import Sources, gather_sources
from toolkit.assess.decided import decisions_in_force
from toolkit.assess.defects import Record, counted, find_defects, gather
from toolkit.assess.facts import Facts
from toolkit.assess.relationships import is_inside
from toolkit.assess.results import joined, make_result
from toolkit.assess.rules import Rule
from toolkit.assess.scores import stand
from toolkit.assess.weighing import BY_SCORE, Weighed, settling_criterion, weigh_evidence
from toolkit.model.dates import add_months
from toolkit.model.policy import Policy
from toolkit.model.portfolio import ROW, Portfolio, is_reviewed
from toolkit.model.vocabulary import ClassFinding, Finding, Recommendation

COLUMNS = (
    "agreement_id", "decision", "reason", "partner", "country", "classification", "rule",
    "firmness", "proposed_class", "conditions", "second_option", "facts", "defects",
    "not_looked_at", "cells",
)  # fmt: skip


def review_agreements(
    portfolio: Portfolio,
    policy: Policy,
    classification: pd.DataFrame,
    achievement: pd.DataFrame,
    *,
    as_of: date,
) -> pd.DataFrame:
    """Return the review of every agreement by the fifteen rules of the domain, section 4.

    Parameters
    ----------
    classification
        The result of `reclassify` for the same portfolio, policy and date.
    achievement
        The result of `evaluate_agreements`: achievement (criterion C5) and share of objectives
        that are SMART.

    Returns
    -------
    DataFrame by agreement_id: decision (a `Recommendation`), reason, partner, country,
    classification, rule, firmness (by rule, stands, provisional or open), proposed_class,
    conditions, second_option, facts, defects, not_looked_at, cells.
    """
    record = gather(portfolio, policy, achievement.smart_share, as_of=as_of)
    sources = gather_sources(portfolio, policy, achievement.achievement, as_of=as_of)
    decided = decisions_in_force(portfolio, policy, as_of=as_of)
    outcomes = {row.Index: row for row in classification.itertuples()}
    records = [
        {
            "agreement_id": a.agreement_id,
            "partner": portfolio.labels[a.agreement_id],
            "country": a.country,
            "classification": a.classification,
        }
        | _review(a, outcomes[a.agreement_id], decided, record, sources)
        for a in portfolio.rows("Agreements")
    ]
    return make_result(records, COLUMNS, "agreement_id")


def _review(
    agreement: tuple,
    outcome: tuple,
    decided: Mapping[str, tuple],
    record: Record,
    sources: Sources,
) -> dict[str, object]:
    if not is_reviewed(agreement):
        return _not_reviewed(agreement, outcome, record)
    facts = _facts(agreement, outcome, decided, record, sources)
    weighed = weigh_evidence(facts)
    matching, first = weighed.matching, weighed.matching[0]
    return {
        "decision": Recommendation.INSUFFICIENT if weighed.insufficient else first.decision,
        "reason": _open_reason(facts, first) if weighed.insufficient else first.reason(facts),
        "rule": f"rule {first.number}, {first.decision}",
        "firmness": _firmness(first, weighed, facts),
        "proposed_class": _proposed_class(first, outcome),
        "conditions": _conditions(first, facts),
        "second_option": _second_option(matching, facts),
        "facts": _seen(facts),
        "defects": tuple(str(d) for d in counted(facts.defects)),
        "not_looked_at": tuple(d.name for d in facts.defects if d.finding == Finding.NOT_LOOKED_AT),
        "cells": _cells(first, facts),
    }


def _conditions(rule: Rule, facts: Facts) -> tuple[str, ...]:
    """Return on which conditions an instrument outside the framework is reclassified."""
    if rule.decision != Recommendation.RECLASSIFY or facts.inside:
        return ()
    return (*facts.outcome.conditional, "a first project")


def _firmness(rule: Rule, weighed: Weighed, facts: Facts) -> str:
    """Return how firm a proposal is; only one that rests on a score can be more than by rule."""
    if rule.number < 9 or not facts.is_scored:
        return "by rule"
    if weighed.insufficient:
        return "open"
    return "provisional" if weighed.provisional else "stands"


def _open_reason(facts: Facts, rule: Rule) -> str:
    """Return why the evidence is insufficient, and the one fact that would settle it."""
    key = settling_criterion(facts.ratings, facts.judged_as.weights)
    names = {c.id: c.name.lower() for c in facts.record.policy.criteria}
    fact = f" The fact that would settle it: {names[key]} ({key})." if key else ""
    return f"{rule.reason(facts)} At its worst it would end, at its best it would be kept.{fact}"


def _not_reviewed(agreement: tuple, outcome: tuple, record: Record) -> dict[str, object]:
    return {
        "decision": Recommendation.NOT_REVIEWED,
        "reason": outcome.reason,
        "conditions": (),
        "facts": (f"status {agreement.status}",),
        "defects": (),
        "not_looked_at": (),
        "cells": record.portfolio.cell("Agreements", getattr(agreement, ROW), "status"),
    }


def _facts(
    agreement: tuple,
    outcome: tuple,
    decided: Mapping[str, tuple],
    record: Record,
    sources: Sources,
) -> Facts:
    inside = is_inside(agreement, record.policy)
    word = agreement.classification if inside else outcome.decision
    judged_as = record.policy.class_named(word)
    defects = find_defects(agreement, judged_as, record)
    held = decided.get(agreement.agreement_id)
    own = stand(agreement, judged_as, sources) if judged_as else None
    other = record.policy.class_named(outcome.decision)
    return Facts(
        agreement,
        outcome,
        inside,
        judged_as,
        defects,
        held,
        record,
        score=own.score if own else None,
        score_there=stand(agreement, other, sources).score if other else None,
        ratings=own.ratings if own else {},
        offers=_offers(agreement, sources),
    )


def _offers(agreement: tuple, sources: Sources) -> tuple[str, ...]:
    """Return the partners that could lead and said so within the policy's months."""
    since = add_months(sources.as_of, -sources.policy.periods.transfer_willing_months)
    names = {row.partner_id: row.name for row in sources.portfolio.rows("Partners")}
    return tuple(
        names.get(row.partner_id, row.partner_id)
        for row in sources.engagements.get(agreement.agreement_id, ())
        if row.role in ("lead", "could lead")
        and (willing := known_by(row.willing_on, sources.as_of))
        and willing.last >= since
    )


def _proposed_class(rule: Rule, outcome: tuple) -> str | None:
    return outcome.decision if rule.decision == Recommendation.RECLASSIFY else None


def _second_option(matching: list[Rule], facts: Facts) -> str | None:
    """Return what would be proposed otherwise: the next rule, or the class the purposes give."""
    other = next((r for r in matching[1:] if r.decision != matching[0].decision), None)
    if other:
        target = _proposed_class(other, facts.outcome)
        return f"{other.decision} as {target}" if target else str(other.decision)
    if matching[0].decision == Recommendation.CLASS_FIRST and facts.outcome.suggestion:
        return f"{Recommendation.RECLASSIFY} as {facts.outcome.suggestion}"
    return _other_class(facts) if facts.inside and matching[0].number != 9 else None


def _other_class(facts: Facts) -> str | None:
    """Return, inside the framework, the class that the stated purposes point to instead."""
    policy, own = facts.record.policy, facts.agreement.classification
    if facts.outcome.decision == ClassFinding.BORDERLINE:
        others = [band.agreement_class for band in policy.bands if band.agreement_class != own]
    else:
        found = policy.class_named(facts.outcome.decision)
        others = [found.name] if found and found.name != own else []
    return f"{Recommendation.RECLASSIFY} as {others[0]}" if others else None


def _seen(facts: Facts) -> tuple[str, ...]:
    agreement, outcome = facts.agreement, facts.outcome
    return (
        f"status {agreement.status}",
        f"signed {agreement.signed or 'not on record'}",
        f"ends {agreement.ends or 'not on record'}",
        f"{outcome.framework} the framework",
        f"purposes: {outcome.purposes or 'none on record'}",
    )


def _cells(rule: Rule, facts: Facts) -> str:
    row = getattr(facts.agreement, ROW)
    portfolio = facts.record.portfolio
    parts = [portfolio.cells("Agreements", row, rule.columns)]
    if facts.decided is not None:
        parts.append(portfolio.cell("Decisions", getattr(facts.decided, ROW), "decision"))
    if rule.decision == Recommendation.CONTINUE:
        columns = dict.fromkeys(c for d in counted(facts.defects) for c in d.columns)
        parts.append(portfolio.cells("Agreements", row, columns))
    if rule.number in BY_SCORE:
        weights = facts.judged_as.weights
        parts += [rating.cells for key, rating in facts.ratings.items() if weights.get(key)]
    return joined(parts) or portfolio.cell("Agreements", row, "")
