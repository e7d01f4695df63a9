"""How the first five recommendations are counted: others' work, criteria, classes, seats, partners.

Source: domain, section 10, R1 to R5. Each function returns who counts, and what the others lack.
"""

from dataclasses import replace

import pandas as pd

from toolkit.assess.record.relationships import is_inside
from toolkit.assess.record.results import grouped, joined
from toolkit.assess.seating.seats import HELD
from toolkit.assess.stock.catalyst import BY_PARTNER, find_partner_owned, find_project_leads
from toolkit.assess.stock.counting import Count, Year, split
from toolkit.assess.stock.partners import find_engagements
from toolkit.model.dates import add_months
from toolkit.model.sheets import Agreement, Decision, Proposal
from toolkit.model.vocabulary import (
    DecisionPoint,
    Engaged,
    PartnerOwned,
    Seat,
    Standing,
    Status,
)


def count_new_partner_owned(y: Year) -> Count:
    """R1: partner-owned agreements the City helped; met if any is new this year."""
    table = find_partner_owned(y.portfolio, y.policy, as_of=y.as_of)
    helped = [row for row in table.itertuples() if row.decision != PartnerOwned.ALONE]
    count = split(
        ((r.partner, "" if r.decision == PartnerOwned.NEW else _since(r.since)) for r in helped),
        joined(row.cells for row in helped),
    )
    return replace(count, status=Standing.MET if count.counted else Standing.NOT_MET)


def _since(day: object) -> str:
    return f"since {day}" if day else "since when is not on record"


def count_partner_led(y: Year) -> Count:
    """R1: projects of the year that a partner leads."""
    leads = list(find_project_leads(y.portfolio, y.policy, as_of=y.as_of).itertuples())
    return split(
        ((r.name, "" if r.decision == BY_PARTNER else r.led_by or r.decision) for r in leads),
        y.cells(y.projects, "led_by_partner"),
    )


def count_criteria(y: Year) -> Count:
    """R2: criteria that council adopted, of an edition in date, each naming a goal."""
    policy = y.policy
    oldest = add_months(y.as_of, -12 * policy.periods.criteria_review_years)
    out_of_date = "" if oldest <= policy.dated <= y.as_of else f"edition of {policy.dated}"
    if policy.adopted is None or policy.adopted > y.as_of:
        out_of_date = "a draft of the policy, which council has not adopted"
    return split(
        (f"{c.id} {c.name}", out_of_date or ("" if c.goals else "names no goal"))
        for c in policy.criteria
    )


def count_scored_proposals(y: Year) -> Count:
    """R2: proposals decided at the first decision point of which the fit was known."""
    fit = y.tables.proposals.fit
    decided = [row for row in y.decisions if row.decision_point == DecisionPoint.D1]
    names = {row.proposal_id: row.partner for row in y.portfolio.rows(Proposal)}
    return split(
        (
            (names.get(r.subject_id, r.subject_id), "" if _is_known(fit, r) else "not scored")
            for r in decided
        ),
        y.cells(decided, "decision"),
    )


def _is_known(fit: pd.Series, decision: Decision) -> bool:
    return not pd.isna(fit.get(decision.subject_id))


def count_classed(y: Year) -> Count:
    """R3: instruments from outside the framework that got a class, of all that stood outside."""
    rows = [row for row in y.portfolio.rows(Agreement) if row.status != Status.PROPOSED]
    classed = [row for row in rows if _came_from_outside(row, y)]
    outside = [row for row in y.in_force if not is_inside(row, y.policy)]
    done = [row for row in classed if not _is_later(row, y)]
    waiting = [*outside, *(row for row in classed if _is_later(row, y))]
    subjects = [(y.label(row.agreement_id), "") for row in done]
    subjects += [(y.label(row.agreement_id), row.classification) for row in waiting]
    columns = ("classification", "original_class")
    return split(subjects, y.cells([*done, *waiting], *columns))


def _came_from_outside(agreement: Agreement, y: Year) -> bool:
    before = agreement.original_class
    return bool(before) and y.policy.class_named(before) is None and is_inside(agreement, y.policy)


def _is_later(agreement: Agreement, y: Year) -> bool:
    return bool(agreement.reclassified_on) and agreement.reclassified_on.first > y.as_of


REVIEWS = (DecisionPoint.REVIEW, DecisionPoint.RECLASSIFICATION, DecisionPoint.D3)


def count_reviewed(y: Year) -> Count:
    """R4: agreements in force on which people decided this year."""
    decided = grouped((r for r in y.decisions if r.decision_point in REVIEWS), "subject_id")
    found = [row for key in decided for row in decided[key]]
    return split(
        (
            (
                y.label(r.agreement_id),
                "" if r.agreement_id in decided else "no decision",
            )
            for r in y.in_force
        ),
        y.cells(found, "decision"),
    )


def count_seats(y: Year) -> Count:
    """R4: seats held; met within the cap."""
    seats, cap = y.tables.seats, y.policy.cap.total
    held, asking = (list(seats.index[seats.decision.isin(s)]) for s in (HELD, [Seat.ASKS]))
    return Count(
        tuple(map(y.label, held)),
        tuple((y.label(key), "asks for a seat") for key in asking),
        joined(seats.cells[[*held, *asking]]),
        n=len(held),
        of=cap or 0,
        status=Standing.MET if cap and len(held) <= cap else Standing.NOT_MET,
        note=f"{len(asking)} more ask for one." if cap else "The policy sets no cap.",
    )


def count_prioritised(y: Year) -> Count:
    """R4: the year's short list; met within the number of the policy."""
    low, high = y.policy.counts.prioritised_per_year
    chosen = tuple(map(y.label, y.tables.priorities))
    status = Standing.MET if low <= len(chosen) <= high else Standing.PARTLY
    return Count(
        chosen,
        n=len(chosen),
        of=high,
        words=f"{len(chosen)} (policy: {low} to {high})",
        status=status if chosen else Standing.NOT_MET,
    )


def count_both_sides(y: Year) -> Count:
    """R5: economic agreements with a signed partner at home and one abroad."""
    sides: dict[str, set[str]] = {}
    rows = find_engagements(y.portfolio, as_of=y.as_of)
    signed = [r for r in rows.itertuples() if r.decision == Engaged.SIGNED]
    for row in signed:
        sides.setdefault(row.Index, set()).add(row.home_or_abroad)
    wanted = {"home": "here", "abroad": "abroad"}
    missing = {
        row.agreement_id: [
            w for side, w in wanted.items() if side not in sides.get(row.agreement_id, ())
        ]
        for row in y.partnerships
    }
    return split(
        (
            (y.label(key), f"no signed partner {' or '.join(lacks)}" if lacks else "")
            for key, lacks in missing.items()
        ),
        joined(row.cells for row in signed if row.Index in missing),
    )
