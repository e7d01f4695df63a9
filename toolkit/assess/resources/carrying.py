"""What the agreements cost against what is available: as they are, and as recommended.

Source: domain, section 7, status quo and raise.
"""

import pandas as pd

from toolkit.assess.record.results import Fields, joined
from toolkit.assess.record.sentences import missing_text, money_text
from toolkit.assess.resources.contests import Contest
from toolkit.model.policy import Policy
from toolkit.model.sentences import listed
from toolkit.model.vocabulary import Scenario

NOT_KNOWN = "not known"
WHICH = {Scenario.STATUS_QUO: "under review", Scenario.RAISE: "of the recommended set"}


def carry_all(contest: Contest, policy: Policy) -> Fields:
    """Return the status quo: every agreement of the class under review, as if nothing changes."""
    return _carry(Scenario.STATUS_QUO, contest, contest.members)


def raise_budget(contest: Contest, policy: Policy) -> Fields:
    """Return what funds the recommended set: all that the review does not give up."""
    return _carry(Scenario.RAISE, contest, contest.recommended)


def begin(scenario: Scenario, contest: Contest) -> Fields:
    """Return what every scenario of a class says."""
    return {
        "scenario": scenario,
        "agreement_class": contest.agreement_class,
        "available": contest.money,
        "cells": joined(contest.members.cells),
    }


def _carry(scenario: Scenario, contest: Contest, rows: pd.DataFrame) -> Fields:
    known = [cost for cost in rows.cost if cost is not None]
    return set_against(
        begin(scenario, contest)
        | {
            "agreements": len(rows),
            "cost": round(sum(known), 2) if known or rows.empty else None,
            "unfunded": tuple(row.partner for row in rows.itertuples() if row.cost is None),
        }
    )


def set_against(record: Fields) -> Fields:
    """Return a scenario with its cost set against what is available.

    Where a cost is not on record, what is left is at most, and what is missing at least, this.
    """
    cost, available = record["cost"], record["available"]
    left = None if cost is None or available is None else round(available - cost, 2)
    return record | {
        "decision": _word(record, left),
        "reason": _reason(record, left),
        "left": left,
        "funded_ratio": available / cost if left is not None and cost else None,
        "uplift": None if left is None else max(-left, 0.0),
    }


def _word(record: Fields, left: float | None) -> str:
    if left is None:
        return NOT_KNOWN
    if record["scenario"] == Scenario.STATUS_QUO:
        return "short of money" if left < 0 else "within the money"
    least = "at least " if record["unfunded"] else ""
    return f"raise by {least}{missing_text(-left)}" if left < 0 else "no raise needed"


def _reason(record: Fields, left: float | None) -> str:
    without, count = record["unfunded"], record["agreements"]
    who = f"{count} agreement{'s' if count != 1 else ''} {WHICH[record['scenario']]}"
    if record["cost"] is None:
        return f"No cost is on record of the {who}: {listed(without)}."
    cost = f"{'at least ' if without else ''}{money_text(record['cost'])}"
    against = "what is available is not known"
    if left is not None:
        end = f"{missing_text(-left)} is missing" if left < 0 else f"{money_text(left)} is left"
        against = f"{money_text(record['available'])} is available, so {end}"
    unknown = f" No cost is on record of {listed(without)}." if without else ""
    return f"The {who} cost{'s' if count == 1 else ''} {cost}; {against}.{unknown}"
