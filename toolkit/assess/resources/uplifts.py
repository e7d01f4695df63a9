"""What each step of a raised budget funds, and how far it must rise for all firm agreements.

Source: domain, section 7, both. The steps are the policy's, in per cent of what is available.
"""

from collections.abc import Sequence

import pandas as pd

from toolkit.assess.record.results import Fields, joined, make_result
from toolkit.assess.record.sentences import needed
from toolkit.assess.resources.available import Available
from toolkit.assess.resources.carrying import NOT_KNOWN, begin
from toolkit.assess.resources.contests import ALL, Contest
from toolkit.assess.resources.reducing import closed, named, walk_reason, walk_word
from toolkit.assess.resources.selection import (
    CENTS,
    cost_of,
    rank,
    seats_of,
    value_of,
    walk_ranking,
    whole_cents,
)
from toolkit.model.policy import Policy
from toolkit.model.sentences import listed
from toolkit.model.vocabulary import Scenario

COLUMNS = (
    "step", "decision", "reason", "agreement_class", "uplift", "money", "agreements", "value",
    "cost", "funded", "added", "last_in", "first_out", "currency", "cells",
)  # fmt: skip


def fund_the_firm(contest: Contest, policy: Policy) -> Fields:
    """Return the smallest uplift at which the ranking reaches every firm agreement of a class."""
    record = begin(Scenario.BOTH, contest)
    if reason := closed(contest):
        return record | {"decision": NOT_KNOWN, "reason": reason}
    groups = rank(contest.ranked)
    firm = {row.Index for row in contest.members.itertuples() if row.firm}
    last = max((i for i, group in enumerate(groups) if firm & {c.id for c in group}), default=None)
    if last is None:
        reason = "No agreement that is ranked has a firm decision."
        return record | {"decision": "none is firm", "reason": reason, "uplift": 0.0}
    reached = [c for group in groups[: last + 1] for c in group]
    uplift = max(round(cost_of(reached) - contest.money, 2), 0.0)
    seats = 0 if contest.seats is None else max(seats_of(reached) - contest.seats, 0)
    names = contest.names
    who, need = listed(names[c.id] for c in groups[last]), needed(uplift, seats)
    return record | {
        "decision": f"needs {need}" if need else "no uplift needed",
        "reason": f"With {need} every firm agreement is funded, the last being {who}."
        if need
        else f"Every firm agreement is funded; the last of them down the ranking is {who}.",
        "agreements": len(reached),
        "cost": cost_of(reached),
        "value": value_of(reached),
        "uplift": uplift,
        "funded": tuple(names[c.id] for c in reached),
        "unfunded": tuple(names[c.id] for group in groups[last + 1 :] for c in group),
    }


def find_uplifts(contests: Sequence[Contest], available: Available, policy: Policy) -> pd.DataFrame:
    """Return what each uplift funds, by class and for all classes, until all are funded.

    Returns
    -------
    DataFrame by step ("5 %", repeated): decision, reason, agreement_class, uplift, money (with
    it), agreements (funded), value (sum of scores, None over classes), cost, funded, added (since
    the step before), last_in, first_out (partners in the order of the ranking), currency, cells.
    Empty where no money is available or nothing can be selected.
    """
    opened = [c for c in contests if not closed(c)]
    if not opened or available.amount <= 0:
        return make_result((), COLUMNS, "step")
    records: list[Fields] = []
    before: dict[str, tuple[str, ...]] = {}
    for number in range(policy.resources.uplift_steps + 1):
        step = number * policy.resources.uplift_step
        rows = [_uplifted(contest, step, before) for contest in opened]
        records += [*rows, _all(rows, available, step)]
        before = {row["agreement_class"]: row["funded"] for row in rows}
        if not any(row["first_out"] for row in rows):
            break
    common = {"currency": policy.programme.currency}
    return make_result([record | common for record in records], COLUMNS, "step")


def _uplifted(contest: Contest, step: float, before: dict[str, tuple[str, ...]]) -> Fields:
    money = whole_cents(contest.money * (100 + step) / 100) / CENTS
    walk = walk_ranking(contest.ranked, money=money, seats=contest.seats)
    found = named(walk, contest.names)
    known = before.get(contest.agreement_class, found["funded"])
    return {
        "step": f"{step:g} %",
        **walk_word(walk),
        "reason": walk_reason(walk, contest.names),
        "agreement_class": contest.agreement_class,
        "uplift": round(money - contest.money, 2),
        "money": money,
        "agreements": len(walk.funded),
        "value": walk.value,
        "cost": walk.spent,
        "funded": found["funded"],
        "added": tuple(name for name in found["funded"] if name not in known),
        "last_in": found["funded"][-1:],
        "first_out": found["first_unfunded"],
        "cells": joined(contest.members.cells),
    }


def _all(rows: Sequence[Fields], available: Available, step: float) -> Fields:
    """Return one step over all classes; scores are not added up over classes."""
    names = {
        column: tuple(name for row in rows for name in row[column])
        for column in ("funded", "added", "last_in", "first_out")
    }
    out = listed(names["first_out"])
    return {
        "step": rows[0]["step"],
        "decision": f"{len(names['funded'])} funded",
        "reason": f"First not funded: {out}." if out else "Every ranked agreement is funded.",
        "agreement_class": ALL,
        "uplift": round(available.amount * step / 100, 2),
        "money": round(available.amount * (100 + step) / 100, 2),
        "agreements": len(names["funded"]),
        "cost": round(sum(row["cost"] for row in rows), 2),
        "cells": joined([available.cells, *(row["cells"] for row in rows)]),
        **names,
    }
