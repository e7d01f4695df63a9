"""How the first five recommendations are counted: others' work, criteria, classes, seats, partners.

Source: domain, section 10, R1 to R5. Each function returns who counts, and what the others lack.
"""

from collections.abc import Sequence
from dataclasses import replace

from toolkit.assess.proposals.screened import ScreenedProposal
from toolkit.assess.record.relationships import is_inside
from toolkit.assess.seating.statement import of_cap
from toolkit.assess.stock.counting import NOT_LOOKED_AT, Count, Year, split
from toolkit.assess.stock.partners import EngagementOf
from toolkit.model.dates import When, add_months, spoken
from toolkit.model.results import Table
from toolkit.model.rows import joined
from toolkit.model.sheets import Agreement, Decision, Proposal
from toolkit.model.vocabulary import (
    DecisionPoint,
    Engaged,
    LedBy,
    PartnerOwned,
    Seat,
    Standing,
    Status,
)


def count_new_partner_owned(year: Year) -> Count:
    """R1: partner-owned agreements the City helped; met if any is new this year."""
    helped = [row for row in year.tables.partner_owned if row.decision != PartnerOwned.ALONE]
    count = split(
        (
            (row.partner, "" if row.decision == PartnerOwned.NEW else _since(row.since))
            for row in helped
        ),
        joined(row.cells for row in helped),
    )
    return replace(count, status=Standing.MET if count.counted else Standing.NOT_MET)


def _since(day: When | None) -> str:
    return f"since {spoken(day)}" if day else "since when is not on record"


def count_partner_led(year: Year) -> Count:
    """R1: projects of the year that a partner leads."""
    return split(
        (
            (row.name, "" if row.decision == LedBy.PARTNER else row.led_by or row.decision)
            for row in year.tables.project_leads
        ),
        year.cells(year.projects, "led_by_partner"),
    )


def count_criteria(year: Year) -> Count:
    """R2: criteria that council adopted, of an edition in date, each naming a goal."""
    policy = year.policy
    oldest = add_months(year.as_of, -12 * policy.periods.criteria_review_years)
    out_of_date = "" if oldest <= policy.dated <= year.as_of else f"edition of {policy.dated}"
    if policy.adopted is None or policy.adopted > year.as_of:
        out_of_date = "a draft of the policy, which council has not adopted"
    return split(
        (f"{c.id} {c.name}", out_of_date or ("" if c.goals else "names no goal"))
        for c in policy.criteria
    )


def count_scored_proposals(year: Year) -> Count:
    """R2: proposals decided at the first decision point of which the fit was known."""
    proposals = year.tables.proposals
    if proposals is None:
        return NOT_LOOKED_AT
    decided = [row for row in year.decisions if row.decision_point == DecisionPoint.D1]
    return split(
        (
            (_proposed(row, year), "" if _is_scored(row, proposals) else "not scored")
            for row in decided
        ),
        year.cells(decided, "decision"),
    )


def _proposed(decision: Decision, year: Year) -> str:
    proposal = year.portfolio.get(Proposal, decision.subject_id)
    return proposal.partner if proposal else decision.subject_id


def _is_scored(decision: Decision, proposals: Table[ScreenedProposal]) -> bool:
    proposal = proposals.get(decision.subject_id)
    return proposal is not None and proposal.fit is not None


def count_classed(year: Year) -> Count:
    """R3: instruments from outside the framework that got a class, of all that stood outside."""
    rows = [row for row in year.portfolio.rows(Agreement) if row.status != Status.PROPOSED]
    done = [row for row in rows if _came_from_outside(row, year)]
    waiting = [row for row in year.in_force if not is_inside(row, year.policy)]
    subjects = [(year.label(row.agreement_id), "") for row in done]
    subjects += [(year.label(row.agreement_id), row.classification) for row in waiting]
    columns = ("classification", "original_class")
    return split(subjects, year.cells([*done, *waiting], *columns))


def _came_from_outside(agreement: Agreement, year: Year) -> bool:
    before = agreement.original_class
    stood_outside = bool(before) and year.policy.class_named(before) is None
    return stood_outside and is_inside(agreement, year.policy)


REVIEWS = (DecisionPoint.REVIEW, DecisionPoint.RECLASSIFICATION, DecisionPoint.D3)


def count_reviewed(year: Year) -> Count:
    """R4: agreements in force on which people decided this year."""
    decisions = [row for row in year.decisions if row.decision_point in REVIEWS]
    decided = {row.subject_id for row in decisions}
    return split(
        (
            (year.label(row.agreement_id), "" if row.agreement_id in decided else "no decision")
            for row in year.in_force
        ),
        year.cells(decisions, "decision"),
    )


def count_seats_held(year: Year) -> Count:
    """R4: seats held today; met within the cap. The two counts of what is proposed beside it."""
    seats, counts = year.tables.seats, year.tables.seat_counts
    if seats is None or counts is None:
        return NOT_LOOKED_AT
    count = counts.rows[0]
    cap, today = count.cap, count.today
    held = [row for row in seats if row.today]
    asking = [row for row in seats if row.decision == Seat.ASKS]
    return Count(
        tuple(year.label(row.agreement_id) for row in held),
        tuple((year.label(row.agreement_id), "asks for a seat") for row in asking),
        joined(row.cells for row in (*held, *asking)),
        n=today,
        of=cap or 0,
        words=of_cap("seats.today", today, cap),
        status=Standing.MET if cap and today <= cap else Standing.NOT_MET,
        note=count.reason if cap else "The policy sets no cap.",
    )


def count_prioritised(year: Year) -> Count:
    """R4: the year's short list; met within the number of the policy."""
    if year.tables.priorities is None:
        return NOT_LOOKED_AT
    low, high = year.policy.counts.prioritised_per_year
    chosen = tuple(map(year.label, year.tables.priorities))
    status = Standing.MET if low <= len(chosen) <= high else Standing.PARTLY
    return Count(
        chosen,
        n=len(chosen),
        of=high,
        words=f"{len(chosen)} (policy: {low} to {high})",
        status=status if chosen else Standing.NOT_MET,
    )


SIDES = {"home": "here", "abroad": "abroad"}


def count_both_sides(year: Year) -> Count:
    """R5: economic agreements with a signed partner at home and one abroad."""
    asked = {row.agreement_id for row in year.partnerships}
    signed = year.tables.engagements.where(lambda row: row.decision == Engaged.SIGNED)
    return split(
        (
            (year.label(row.agreement_id), _without_side(signed.of(row.agreement_id)))
            for row in year.partnerships
        ),
        joined(row.cells for row in signed if row.agreement_id in asked),
    )


def _without_side(signed: Sequence[EngagementOf]) -> str:
    """Return on which side no partner signed."""
    found = {row.home_or_abroad for row in signed}
    lacks = [told for side, told in SIDES.items() if side not in found]
    return f"no signed partner {' or '.join(lacks)}" if lacks else ""
