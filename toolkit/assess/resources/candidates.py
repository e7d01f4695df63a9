"""Which agreements of the framework ask for next year's money, and which of them are ranked.

Source: domain, section 7. An agreement without a score cannot be ranked: it counts in what the
recommended set costs, and people decide on it. One without a cost blocks its own selection.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

import pandas as pd

from toolkit.assess.record.decided import decision_word, decisions_in_force
from toolkit.assess.record.relationships import is_inside, relationship_key
from toolkit.assess.record.results import Fields, joined, make_result
from toolkit.assess.resources.selection import Candidate
from toolkit.assess.seating.seats import GIVE_UP
from toolkit.model.policy import AgreementClass, Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.rounding import one_decimal
from toolkit.model.sheets import Agreement
from toolkit.model.vocabulary import Claim, Recommendation, Seat

COLUMNS = (
    "agreement_id", "decision", "reason", "partner", "agreement_class", "score", "cost",
    "must_keep", "firm", "relationship", "has_defects", "record", "cells",
)  # fmt: skip
DROPPED = (Recommendation.SUNSET, Recommendation.TRANSFER)


@dataclass(frozen=True)
class _Case:
    """What the rules see of one agreement."""

    agreement: Agreement
    agreement_class: AgreementClass
    proposed: str
    held: tuple | None  # the decision of people that binds it
    seat: str
    score: float | None
    cost: tuple  # its row of the planning costs

    @property
    def decided(self) -> Recommendation | None:
        """The word of the decision that binds it."""
        return None if self.held is None else decision_word(self.held)

    @property
    def printed_score(self) -> str:
        """Its score as a reader sees it; only what is ranked has one to print."""
        return one_decimal(self.score)

    @property
    def is_kept(self) -> bool:
        """Whether people decided to keep it, and the decision still holds."""
        return self.decided == Recommendation.KEEP_BY_DIRECTION

    @property
    def gives_up(self) -> bool:
        """Whether it is to be dropped, by decision or by the review."""
        without_seat = self.agreement_class.seats and self.seat == Seat.NONE
        return self.decided in DROPPED or self.proposed in GIVE_UP or without_seat


RULES: tuple[tuple[Claim, Callable[[_Case], bool], str], ...] = (
    (Claim.GIVEN_UP, lambda c: c.gives_up, "{c.proposed}: it is not in the recommended set."),
    (
        Claim.SUSPENDED,
        lambda c: c.proposed == Recommendation.SUSPEND,
        "Suspended: nothing is to be funded while it is.",
    ),
    (Claim.NO_COST, lambda c: c.cost.cost is None, "{c.cost.reason}"),
    (Claim.KEPT, lambda c: c.is_kept, "Kept by direction: it is funded before the others."),
    (
        Claim.NO_SCORE,
        lambda c: c.score is None,
        "Too little of its weight is known to rank it: its cost counts, people decide on it.",
    ),
    (Claim.RANKED, lambda c: True, "Score {c.printed_score} in its class. {c.cost.reason}"),
)


def find_candidates(
    portfolio: Portfolio,
    policy: Policy,
    review: pd.DataFrame,
    seats: pd.DataFrame,
    scores: pd.DataFrame,
    costs: pd.DataFrame,
    *,
    firm: Collection[str],
    as_of: date,
) -> pd.DataFrame:
    """Return what each agreement of the framework under review asks of next year's money.

    Parameters
    ----------
    firm
        Ids of the agreements whose decision is firm.

    Returns
    -------
    DataFrame by agreement_id: decision (a `Claim`), reason, partner, agreement_class (its class
    now), score (None where it is not scored), cost, must_keep, firm, relationship, has_defects,
    record, cells.
    """
    decided = decisions_in_force(portfolio, policy, as_of=as_of)
    scored = {row.Index: row for row in scores.itertuples() if row.decision == "scored"}
    priced = {row.Index: row for row in costs.itertuples()}
    records = []
    for a in portfolio.rows(Agreement):
        key = a.agreement_id
        if is_reviewed(a) and is_inside(a, policy):
            case = _Case(
                agreement=a,
                agreement_class=policy.class_named(a.classification),
                proposed=review.decision[key],
                held=decided.get(key),
                seat=seats.decision[key],
                score=scored[key].mean if key in scored else None,
                cost=priced[key],
            )
            ties = {
                "has_defects": bool(review.defects[key]),
                "record": scored[key].record if key in scored else None,
            }
            records.append(_record(portfolio, case) | ties | {"firm": key in firm})
    return make_result(records, COLUMNS, "agreement_id")


def _record(portfolio: Portfolio, case: _Case) -> Fields:
    claim, _, reason = next(rule for rule in RULES if rule[1](case))
    decision = case.held.cell("decision") if case.held else ""
    return {
        "agreement_id": case.agreement.agreement_id,
        "decision": claim,
        "reason": reason.format(c=case),
        "partner": case.cost.partner,
        "agreement_class": case.agreement_class.name,
        "score": case.score,
        "cost": case.cost.cost,
        "must_keep": case.is_kept,
        "relationship": relationship_key(case.agreement),
        "cells": joined((case.cost.cells, decision)),
    }


def rankable(candidates: pd.DataFrame) -> tuple[Candidate, ...]:
    """Return those that take part in a selection: what must be kept, and what is ranked."""
    return tuple(
        Candidate(
            row.Index,
            row.score,
            row.cost,
            must_keep=row.decision == Claim.KEPT,
            seat=row.relationship,
            has_defects=row.has_defects,
            record=row.record,
        )
        for row in candidates.itertuples()
        if row.decision in (Claim.KEPT, Claim.RANKED)
    )
