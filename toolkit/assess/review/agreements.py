"""What is proposed for each agreement: the rule that matched, its facts, and the second option."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import timedelta

import pandas as pd

from toolkit.assess.record.results import joined, make_result
from toolkit.assess.review.bounds import Bounds, Missing, find_bounds, find_missing
from toolkit.assess.review.defects import counted
from toolkit.assess.review.facts import Facts
from toolkit.assess.review.weighing import is_scored
from toolkit.assess.rules import Match
from toolkit.model.dates import long_date
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.rounding import one_decimal
from toolkit.model.sheets import Agreement
from toolkit.model.vocabulary import (
    ClassFinding,
    DecisionPoint,
    Evidence,
    Family,
    Finding,
    Recommendation,
)

COLUMNS = (
    "agreement_id", "decision", "reason", "partner", "country", "classification", "rule",
    "evidence", "firmness", "share", "proposed_class", "conditions", "second_option", "missing",
    "facts", "defects", "not_looked_at", "cells", "grounds",
)  # fmt: skip


def review_agreements(
    portfolio: Portfolio,
    policy: Policy,
    classification: pd.DataFrame,
    facts: Mapping[str, Facts],
    firmness: pd.DataFrame,
    *,
    open_before: Set[str] = frozenset(),
) -> pd.DataFrame:
    """Return the review of every agreement by the fifteen rules of `docs/rules.md`.

    Parameters
    ----------
    classification, facts, firmness
        The results of `reclassify`, `gather_facts` and `find_firmness`.
    open_before
        Agreements whose evidence was insufficient in last year's review.

    Returns
    -------
    DataFrame by agreement_id: decision (a `Recommendation` or, by D3, a `Renewal`), reason,
    partner, country, classification, rule (a `RuleRef`), evidence (an `Evidence`), firmness (a
    `Firm`), share (of draws, 0-1), proposed_class, conditions, second_option, missing (the
    criterion that would settle an open case), facts, defects (each a `Defect`), not_looked_at,
    cells, grounds (the reason without the conditions, for a motion; in no file).
    """
    outcomes = {row.Index: row for row in classification.itertuples()}
    records = [
        {
            "agreement_id": a.agreement_id,
            "partner": portfolio.labels[a.agreement_id],
            "country": a.country,
            "classification": a.classification,
        }
        | (
            _review(facts[a.agreement_id], firmness.loc[a.agreement_id], open_before)
            if a.agreement_id in facts
            else _not_reviewed(portfolio, a, outcomes[a.agreement_id])
        )
        for a in portfolio.rows(Agreement)
    ]
    return make_result(records, COLUMNS, "agreement_id")


def decide(facts: Mapping[str, Facts]) -> Mapping[str, str]:
    """Return only what is proposed for each agreement under review."""
    return {key: _decision(find_bounds(found)) for key, found in facts.items()}


def _decision(bounds: Bounds) -> str:
    return Recommendation.INSUFFICIENT if bounds.insufficient else bounds.first.decision


def _review(facts: Facts, firmness: pd.Series, open_before: Set[str]) -> dict[str, object]:
    bounds = find_bounds(facts)
    first = bounds.first
    missing = find_missing(facts) if bounds.insufficient else None
    said = _said(facts, bounds, missing, again=facts.agreement.agreement_id in open_before)
    return {
        "second_option": _second_option(bounds.matching, facts),
        "evidence": _evidence(bounds),
        "firmness": firmness.decision,
        "share": firmness.share,
        "proposed_class": _proposed_class(first, facts.outcome),
        "conditions": first.conditions,
        "missing": missing.criterion if missing else None,
        "facts": _seen(facts),
        "defects": counted(facts.defects),
        "not_looked_at": tuple(d.name for d in facts.defects if d.finding == Finding.NOT_LOOKED_AT),
        "cells": _cells(first),
        "grounds": first.grounds,
    } | said


def _said(
    facts: Facts, bounds: Bounds, missing: Missing | None, *, again: bool
) -> dict[str, object]:
    """Return decision, reason and rule; an economic case open for a second year is to end."""
    first = bounds.first
    if not bounds.insufficient:
        return {"decision": first.decision, "reason": first.reason, "rule": first.ref}
    reason = _open_reason(first, missing)
    decision = Recommendation.INSUFFICIENT
    if again and facts.judged_as.family == Family.ECONOMIC:
        decision = Recommendation.SUNSET
        reason = f"The evidence is insufficient for the second year running. {reason}"
    return {
        "decision": decision,
        "reason": reason,
        "rule": replace(first.ref, outcome=decision),
        "second_option": str(first.decision),
    }


def _evidence(bounds: Bounds) -> Evidence:
    """Return how far a proposal holds; only one that rests on a score can be more than by rule."""
    if not bounds.first.is_scored:
        return Evidence.BY_RULE
    if bounds.insufficient:
        return Evidence.OPEN
    return Evidence.PROVISIONAL if bounds.provisional else Evidence.STANDS


def _open_reason(first: Match[Facts], missing: Missing | None) -> str:
    """Return why the evidence is insufficient: the one fact, who has it, by when."""
    facts = first.facts
    open_case = f"{first.reason} At its worst it would end, at its best it would be kept."
    if missing is None:
        return open_case
    criterion = next(c for c in facts.policy.criteria if c.id == missing.criterion)
    holder = criterion.holder or facts.agreement.lead_unit or "the unit that leads it"
    by = long_date(facts.as_of + timedelta(days=facts.policy.periods.data_call_days))
    what = "would settle it" if missing.settles else "would come closest to settling it"
    name = f"{criterion.name.lower()} ({criterion.id})"
    return f"{open_case} The fact that {what}: {name}, from {holder}, by {by}."


def _not_reviewed(portfolio: Portfolio, agreement: Agreement, outcome: tuple) -> dict[str, object]:
    return {
        "decision": Recommendation.NOT_REVIEWED,
        "reason": outcome.reason,
        "conditions": (),
        "facts": (_status(agreement),),
        "defects": (),
        "not_looked_at": (),
        "cells": agreement.cell("status"),
    }


def _proposed_class(match: Match[Facts], outcome: tuple) -> str | None:
    return outcome.decision if match.decision == Recommendation.RECLASSIFY else None


def _second_option(matching: Sequence[Match[Facts]], facts: Facts) -> str | None:
    """Return what would be proposed otherwise: the next rule, or the class the purposes give.

    An agreement that is too young to be judged has none; one that people decided has what the
    rules say, be it the same.
    """
    first, *rest = matching
    if first.decision == Recommendation.TOO_EARLY:
        return None
    if first.rule.point == DecisionPoint.D3:
        return facts.renewal.second_option
    others = [m for m in rest if first.rule.by_people or m.decision != first.decision]
    other = others[0] if others else None
    if other:
        target = _proposed_class(other, facts.outcome)
        return f"{other.decision} as {target}" if target else str(other.decision)
    if first.decision == Recommendation.CLASS_FIRST and facts.outcome.suggestion:
        return f"{Recommendation.RECLASSIFY} as {facts.outcome.suggestion}"
    stays = facts.inside and first.decision != Recommendation.RECLASSIFY
    return _other_class(facts) if stays else None


def _other_class(facts: Facts) -> str | None:
    """Return, inside the framework, the class that the stated purposes point to instead."""
    policy, own = facts.policy, facts.agreement.classification
    if facts.outcome.decision == ClassFinding.BORDERLINE:
        others = [band.agreement_class for band in policy.bands if band.agreement_class != own]
    else:
        found = policy.class_named(facts.outcome.decision)
        others = [found.name] if found and found.name != own else []
    return f"{Recommendation.RECLASSIFY} as {others[0]}" if others else None


def _seen(facts: Facts) -> tuple[str, ...]:
    agreement, outcome = facts.agreement, facts.outcome
    return (
        _status(agreement),
        f"signed {agreement.signed or 'not on record'}",
        f"ends {agreement.ends or 'not on record'}",
        f"{outcome.framework} the framework",
        f"purposes: {outcome.purposes or 'none on record'}",
        *_seen_scores(facts),
    )


def _status(agreement: Agreement) -> str:
    given = "" if agreement.has_status else " (blank, so reviewed as active)"
    return f"status {agreement.status}{given}"


def _seen_scores(facts: Facts) -> tuple[str, ...]:
    """Return the score as a rule compares it, to one decimal, with its ends."""
    score, there = facts.score, facts.score_there
    if score is None:
        return ()
    known = f"{score.known:.0f} of 100 of the weight of its class known"
    if not facts.is_scored:
        return (known,)
    ends = f"{one_decimal(score.low)} to {one_decimal(score.high)}"
    own = f"score as {facts.judged_as.name} {one_decimal(score.mean)} ({ends})"
    if facts.there in (None, facts.judged_as) or not is_scored(there, facts.policy):
        return own, known
    return own, known, f"score as {facts.there.name} {one_decimal(there.mean)}"


def _cells(match: Match[Facts]) -> str:
    rule, facts = match.rule, match.facts
    agreement = facts.agreement
    parts = [agreement.cells(*rule.columns)]
    if facts.decided is not None:
        parts.append(facts.decided.cell("decision"))
    if rule.decision == Recommendation.CONTINUE:
        columns = dict.fromkeys(c for d in counted(facts.defects) for c in d.columns)
        parts.append(agreement.cells(*columns))
    if facts.renewal is not None:
        parts.append(facts.renewal.cells)
    if rule.decision == Recommendation.TRANSFER:
        parts.append(facts.offer_cells)
    if rule.decision == Recommendation.RECLASSIFY:
        parts.append(facts.outcome.cells)
        columns = ("lead_unit", "sponsor_confirmed", "endorsed_by", "endorsed_on")
        parts.append(agreement.cells(*columns))
    if match.is_scored:
        elsewhere = facts.inside and rule.decision == Recommendation.RECLASSIFY
        ratings = facts.ratings_there if elsewhere else facts.ratings
        weights = (facts.there if elsewhere else facts.judged_as).weights
        parts += [rating.cells for key, rating in ratings.items() if weights.get(key)]
    return joined(parts) or agreement.cell("")
