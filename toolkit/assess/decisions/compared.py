"""What people decided beside what the rules propose.

Source: domain, section 4 (Words of decision_point; rule 2).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from toolkit.assess.decisions.followup import followed
from toolkit.assess.decisions.ledger import (
    Ledger,
    Question,
    gather_ledger,
    question_of,
    ran_out,
    rationale,
)
from toolkit.assess.record.decided import runs_out
from toolkit.assess.record.results import joined, make_result
from toolkit.model.decisions import UNDECIDED, Agrees, FollowUp, decision_words
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import Decision
from toolkit.model.vocabulary import ClassFinding, DecisionPoint, Recommendation

COLUMNS = (
    "subject_id", "decision", "reason", "subject", "point", "year", "proposed", "why_proposed",
    "agrees", "standing", "reason_code", "decided_by", "decided_on", "expires", "consulted",
    "in_force", "logged", "cells",
)  # fmt: skip
YEARLY = (DecisionPoint.REVIEW, DecisionPoint.RESOURCES)  # asked anew in each reporting year
ENDS = ("Renew", "Renew with conditions", "Conclude as achieved", Recommendation.SUNSET)
RECLASSIFY = str(Recommendation.RECLASSIFY)


@dataclass(frozen=True)
class Proposal:
    """What the rules propose on one question. `asks` means people are to decide on it."""

    point: DecisionPoint
    word: str
    reason: str
    cells: str
    asks: bool = True


def compare_decisions(
    portfolio: Portfolio,
    policy: Policy,
    *,
    review: pd.DataFrame,
    classification: pd.DataFrame,
    proposals: pd.DataFrame | None = None,
    readiness: pd.DataFrame | None = None,
    renewals: pd.DataFrame | None = None,
    as_of: date,
) -> pd.DataFrame:
    """Return every question of the reporting year with its proposal and what people decided.

    A question is a subject and a decision point; for one agreement, D3 and the review are one
    question. The review and the resources are asked each year: a decision of an earlier year
    answers them only where it binds (rule 2), else it is `standing`. A class, D1 and D2 are asked
    once, D3 once a term.

    Parameters
    ----------
    review, classification
        The results of `review_agreements` and `reclassify` for the same portfolio and date.
    proposals, readiness, renewals
        The proposals of D1 by proposal_id, of D2 and D3 by agreement_id, with `decision`.

    Returns
    -------
    DataFrame by subject_id (repeated), by decision point and id: decision (the word people chose,
    or undecided), reason (their rationale, or a sentence), subject, point, year, proposed (the
    rules' word), why_proposed, agrees (an `Agrees`), standing (an earlier decision still in
    force), reason_code, decided_by, decided_on, expires, consulted, in_force, logged (has a
    reason code and a rationale), cells.
    """
    ledger = gather_ledger(portfolio, policy, as_of=as_of)
    tables = {
        DecisionPoint.RECLASSIFICATION: classification,
        DecisionPoint.REVIEW: review,
        DecisionPoint.D1: proposals,
        DecisionPoint.D2: readiness,
        DecisionPoint.D3: renewals,  # after the review: its result replaces the review's
    }
    asked: dict[Question, Proposal] = {}
    for point, table in tables.items():
        for subject, proposal in _proposed(point, table, policy):
            asked[subject, question_of(point)] = proposal
    keys = [key for key, p in asked.items() if p.asks or key in ledger.latest]
    records = (_compared(key, asked.get(key), ledger) for key in {*keys, *ledger.latest})
    points = list(DecisionPoint)
    ordered = sorted(filter(None, records), key=lambda r: (points.index(r["point"]), r[KEY]))
    return make_result(ordered, COLUMNS, KEY)


KEY = "subject_id"


def _proposed(
    point: DecisionPoint, table: pd.DataFrame | None, policy: Policy
) -> Iterator[tuple[str, Proposal]]:
    """Return what one table proposes; words that are no decision of its point are not."""
    if table is None:
        return
    words = set(decision_words(point, policy))
    for row in table.itertuples():
        if row.decision in words:
            word, why = _own_word(row)
            asks = getattr(row, "framework", "outside") == "outside"
            yield row.Index, Proposal(point, word, why, getattr(row, "cells", ""), asks)


def _own_word(row: tuple) -> tuple[str, str]:
    """Return what the rules say by themselves: beside a decision it is the second option."""
    rule = getattr(row, "rule", None)
    if rule is not None and rule.by_people:
        return row.second_option or str(row.decision), "What the rules say beside the decision."
    target = row.proposed_class if row.decision == RECLASSIFY else None
    return f"{row.decision} as {target}" if target else str(row.decision), row.reason


def _compared(key: Question, proposal: Proposal | None, ledger: Ledger) -> dict[str, object] | None:
    """Return one row; nothing where there is neither a proposal nor a decision that matters."""
    row = ledger.latest.get(key)
    if row is not None and _answers(row, proposal, ledger):
        agrees = _agrees(row, proposal, ledger.policy)
        return _decided(key, row, proposal, ledger) | {"agrees": agrees}
    if row is not None and _has_expired(row, ledger):
        why = f"Decided for {row.year}; it ran out on {ran_out(row, ledger.policy)}."
        point = str(proposal.point if proposal else row.decision_point)
        expired = {"agrees": Agrees.EXPIRED, "reason": why, "point": point}
        return _decided(key, row, proposal, ledger) | expired
    return _undecided(key, row, proposal, ledger) if proposal and proposal.asks else None


def _answers(row: Decision, proposal: Proposal | None, ledger: Ledger) -> bool:
    """Whether a decision answers the question as it is asked this year."""
    if row.year == ledger.year:
        last = runs_out(row, ledger.policy)
        return last is None or ledger.as_of <= last
    if proposal is None or ledger.is_binding(row):
        return ledger.in_force(row)
    if row.decision_point != proposal.point or row.decision_point in YEARLY:
        return False
    return ledger.in_force(row) or (
        proposal.asks and row.decision_point != DecisionPoint.D3 and _is_acted_on(row, ledger)
    )


def _is_acted_on(row: Decision, ledger: Ledger) -> bool:
    return followed(row, ledger, {}).decision in (FollowUp.CARRIED_OUT, FollowUp.UNDER_WAY)


def _has_expired(row: Decision, ledger: Ledger) -> bool:
    """Whether a decision ran out; one asked once and acted on does not."""
    if ledger.in_force(row) or row.decision in (Recommendation.SUNSET, Recommendation.TRANSFER):
        return False
    return row.decision_point in YEARLY or not _is_acted_on(row, ledger)


def _agrees(row: Decision, proposal: Proposal | None, policy: Policy) -> Agrees:
    if proposal is None:
        return Agrees.NO_PROPOSAL
    is_same = _is_same(row.decision, proposal.word, policy)
    return Agrees.YES if is_same else Agrees.OVERRIDE


def _is_same(decided: str, proposed: str, policy: Policy) -> bool:
    """Whether people did as proposed; some proposals leave the choice to them."""
    if proposed == ClassFinding.BORDERLINE:
        return decided == proposed or policy.class_named(decided) is not None
    if proposed == Recommendation.CLASS_FIRST:
        return decided == proposed or decided.startswith(RECLASSIFY)
    if proposed == Recommendation.LAPSED:
        return decided == proposed or decided in ENDS
    if decided == RECLASSIFY:
        return proposed.startswith(RECLASSIFY)
    return decided.casefold() == proposed.casefold()


def _asked(key: Question, proposal: Proposal | None, ledger: Ledger) -> dict[str, object]:
    return {
        KEY: key[0],
        "subject": ledger.label(key[0]),
        "proposed": proposal.word if proposal else None,
        "why_proposed": proposal.reason if proposal else None,
    }


def _decided(
    key: Question, row: Decision, proposal: Proposal | None, ledger: Ledger
) -> dict[str, object]:
    return (
        _asked(key, proposal, ledger)
        | ledger.told(row)
        | {
            "decision": row.decision,
            "reason": rationale(row),
            "point": str(row.decision_point),
            "logged": bool(row.reason_code and row.rationale),
            "cells": joined([ledger.cells(row), proposal.cells if proposal else ""]),
        }
    )


def _undecided(
    key: Question, row: Decision | None, proposal: Proposal, ledger: Ledger
) -> dict[str, object]:
    standing = row is not None and ledger.in_force(row)
    until = f"for {row.year}, until {ledger.until(row)}" if standing else ""
    return _asked(key, proposal, ledger) | {
        "decision": UNDECIDED,
        "reason": f"No decision for {ledger.year} is on record.",
        "point": str(proposal.point),
        "year": ledger.year,
        "agrees": Agrees.UNDECIDED,
        "standing": f"{row.decision}, {until}" if standing else None,
        "cells": joined([ledger.cells(row) if standing else "", proposal.cells]),
    }
