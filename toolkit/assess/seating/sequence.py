"""In which order the work is done: new terms by year, this year's priorities, paths of a Sunset.

Source: domain, section 4, Sequence and Path of a Sunset; the report, prioritising two to three
partnerships per year.
"""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from toolkit.assess.record.decided import notice_ends
from toolkit.assess.record.results import make_result
from toolkit.assess.review.facts import Facts
from toolkit.model.dates import When, add_months, long_date
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import Agreement
from toolkit.model.vocabulary import Recommendation, Renewal

COLUMNS = (
    "agreement_id", "decision", "reason", "partner", "proposed", "ends", "mean", "at_most",
    "at_least", "cells",
)  # fmt: skip
NEW_TERMS = frozenset(
    {
        Recommendation.RENEGOTIATE,
        Recommendation.KEEP_ON_NEW_TERMS,
        Renewal.RENEGOTIATE_DUTIES,
        Renewal.RENEW_WITH_CONDITIONS,
        Renewal.ONE_CONDITIONAL,
    }
)


def plan_sequence(
    portfolio: Portfolio, policy: Policy, facts: Mapping[str, Facts], review: pd.DataFrame
) -> pd.DataFrame:
    """Return in which year each renegotiation is taken up: earliest end first, then the score.

    Returns
    -------
    DataFrame by agreement_id: decision (the year at the policy's higher number a year), reason,
    partner, proposed, ends, mean, at_most and at_least (the year at the higher and at the lower
    number a year), cells.
    """
    waiting = [found for key, found in facts.items() if review.decision[key] in NEW_TERMS]
    ordered = sorted(waiting, key=_urgency)
    fewest, most = policy.counts.prioritised_per_year
    records = [
        _turn(portfolio, found, review, place // most, place // fewest)
        for place, found in enumerate(ordered)
    ]
    return make_result(records, COLUMNS, "agreement_id")


def _urgency(facts: Facts) -> tuple[date, float, str]:
    """Sort key: earliest end first, no known end last, then the higher score, then the id."""
    ends = facts.agreement.ends
    last = ends.last if isinstance(ends, When) else date.max
    return last, -(facts.score.mean or 0.0), facts.agreement.agreement_id


def _turn(
    portfolio: Portfolio, facts: Facts, review: pd.DataFrame, wait: int, longest_wait: int
) -> dict[str, object]:
    agreement, next_year = facts.agreement, facts.policy.year_of(facts.as_of) + 1
    year = next_year + wait
    return {
        "agreement_id": agreement.agreement_id,
        "decision": str(year),
        "reason": _turn_reason(facts, year),
        "partner": portfolio.labels[agreement.agreement_id],
        "proposed": review.decision[agreement.agreement_id],
        "ends": agreement.ends,
        "mean": facts.score.mean,
        "at_most": year,
        "at_least": next_year + longest_wait,
        "cells": agreement.cells("ends"),
    }


def _turn_reason(facts: Facts, year: int) -> str:
    ends = facts.agreement.ends
    if not isinstance(ends, When):
        return "No known end, so it waits behind those that end."
    if facts.policy.year_of(ends.last) < year:
        return f"It ends on {long_date(ends.last)}, before its turn: extend it or take it first."
    return f"It ends on {long_date(ends.last)}."


PATH = ("agreement_id", "decision", "reason", "partner", "ends_on", "steps", "cells")
PUBLIC_WORD = "concluded, historical"


def plan_sunsets(
    portfolio: Portfolio, facts: Mapping[str, Facts], review: pd.DataFrame
) -> pd.DataFrame:
    """Return the path of each Sunset, decided or proposed: who is heard, and when it ends.

    Returns
    -------
    DataFrame by agreement_id: decision (the public word afterwards), reason, partner, ends_on (ISO
    date), steps, cells.
    """
    records = [
        _path(portfolio, found)
        for key, found in facts.items()
        if review.decision[key] == Recommendation.SUNSET
    ]
    return make_result(records, PATH, "agreement_id")


def _path(portfolio: Portfolio, facts: Facts) -> dict[str, object]:
    agreement, policy = facts.agreement, facts.policy
    at_expiry = isinstance(agreement.ends, When) and agreement.ends.last >= facts.as_of
    notice = policy.periods.notice_months
    ends_on = agreement.ends.last if at_expiry else _end_of_notice(facts)
    event = "the decision" if facts.decided is not None else "the review"
    why = "at its own end" if at_expiry else f"{notice} months after {event}, as notice"
    return {
        "agreement_id": agreement.agreement_id,
        "decision": PUBLIC_WORD,
        "reason": f"It ends on {long_date(ends_on)}, {why}.",
        "partner": portfolio.labels[agreement.agreement_id],
        "ends_on": ends_on.isoformat(),
        "steps": (
            f"Notify {agreement.partner}{', if that was not done' if facts.decided else ''}",
            f"Hear {_sponsor(agreement)} and {_councillor(agreement)}",
            _hand_on(facts),
            f"End it on {long_date(ends_on)} and keep its record as historical",
        ),
        "cells": agreement.cells("ends", "endorsed_by"),
    }


def _end_of_notice(facts: Facts) -> date:
    """Return when notice runs out: from the decision where one was taken, else from the review."""
    if facts.decided is not None:
        return notice_ends(facts.decided, facts.policy)
    return add_months(facts.as_of, facts.policy.periods.notice_months)


def _sponsor(agreement: Agreement) -> str:
    return agreement.community_sponsor or "a sponsor, where there is one,"


def _councillor(agreement: Agreement) -> str:
    return agreement.endorsed_by or "the Councillor concerned"


def _hand_on(facts: Facts) -> str:
    offers = " or ".join(facts.offers) or "local alternative partners"
    return f"Offer to hand it on to {offers}"
