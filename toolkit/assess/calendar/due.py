"""What falls due on an agreement under review, on which day, and whether it waits when late."""

from collections.abc import Iterator
from datetime import date

from toolkit.assess.calendar.diary import Diary, Due
from toolkit.assess.calendar.due_decisions import due_by_decision
from toolkit.assess.record.activity import known_by
from toolkit.assess.record.conditions import endorsed, sponsor_confirmed
from toolkit.assess.record.decided import decided_day
from toolkit.model.dates import When, add_months
from toolkit.model.sheets import Agreement, Objective
from toolkit.model.vocabulary import Condition, Finding, ProjectState


def find_due(agreement: Agreement, diary: Diary) -> Iterator[Due]:
    """Yield all that falls due on one agreement, past and ahead, in no order."""
    yield from _terms(agreement, diary)
    yield from _endorsements(agreement, diary)
    yield from _reviews(agreement, diary)
    yield from _milestones(agreement, diary)
    yield from due_by_decision(agreement, diary)


def _terms(a: Agreement, d: Diary) -> Iterator[Due]:
    periods, where = d.policy.periods, ((a,),)
    leaving = d.leaving(a.agreement_id)
    if isinstance(a.ends, When):
        end = a.ends.last
        opens = add_months(end, -periods.evaluation_lead_months)
        why = _why_it_ends(a, opens, d)
        yield Due(end, "Agreement ends", why, *where, ("ends",), waits=True)
        if not leaving:
            why = "Its last months begin: evaluate it, then renew or sunset."
            yield Due(opens, "Decision point D3 opens", why, *where, ("ends",))
    if a.signed and not leaving:
        on = add_months(a.signed.first, periods.too_early_months)
        yield Due(
            on, "Results can be examined", "The first review on results.", *where, ("signed",)
        )


def _why_it_ends(a: Agreement, opens: date, d: Diary) -> str:
    """Return what is to be done before an end: what was decided, or to decide."""
    decided = [
        row for row in d.renewals.get(a.agreement_id, ()) if decided_day(row, d.policy) >= opens
    ]
    word = decided[-1].decision if decided else d.leaving(a.agreement_id)
    return f"Decided: {word}." if word else "Renew it or record it as concluded before."


def _endorsements(a: Agreement, d: Diary) -> Iterator[Due]:
    cls = d.policy.class_named(a.classification)
    asked = cls.conditions if cls else ()
    due = d.policy.endorsement_renewal_due(d.as_of)
    where = ((a,),)
    if Condition.ENDORSED in asked and due is not None:
        found = endorsed(a, d.policy, as_of=d.as_of)
        why = (
            "An endorsement of the previous council term counts until then."
            if found == Finding.MET
            else "No endorsement that counts is on record; obtain one of the new council by then."
        )
        columns = ("endorsed_by", "endorsed_on")
        what, waits = "Councillor's endorsement due", found == Finding.NOT_MET
        yield Due(due, what, why, *where, columns, waits)
    if Condition.SPONSOR_CONFIRMED in asked and a.community_sponsor and a.sponsor_confirmed:
        on = add_months(a.sponsor_confirmed.last, d.policy.periods.sponsor_months)
        waits = sponsor_confirmed(a, d.policy, as_of=d.as_of) == Finding.NOT_MET
        why = "The sponsor's last confirmation counts until then."
        columns = ("community_sponsor", "sponsor_confirmed")
        yield Due(on, "Sponsor's confirmation due", why, *where, columns, waits)


def _reviews(a: Agreement, d: Diary) -> Iterator[Due]:
    """Yield the review dates of the objectives, each day once, unless a decision settled them."""
    if d.leaving(a.agreement_id):
        return
    days: dict[date, list[Objective]] = {}
    for row in d.objectives.get(a.agreement_id, ()):
        if row.review_on:
            days.setdefault(row.review_on.last, []).append(row)
    for on, rows in days.items():
        if not _is_settled(a.agreement_id, on, d):
            why = "The review date that its objectives state."
            where = (tuple(rows), ("review_on",))
            yield Due(on, "Objectives to be reviewed", why, *where, waits=True)


def _is_settled(agreement_id: str, on: date, d: Diary) -> bool:
    """Whether a review or D3 decision was taken for the year of this day, or since."""
    decisions = [*d.reviews.get(agreement_id, ()), *d.renewals.get(agreement_id, ())]
    year = d.policy.year_of(on)
    return any(row.year >= year or decided_day(row, d.policy) >= on for row in decisions)


def _milestones(a: Agreement, d: Diary) -> Iterator[Due]:
    for project in d.projects.get(a.agreement_id, ()):
        if project.state == ProjectState.CANCELLED:
            continue
        for row in d.milestones.get(project.project_id, ()):
            if known_by(row.done_on, d.as_of) is None:
                what = f"Milestone: {row.name} ({project.name})"
                why = "A milestone of its project that is not on record as done."
                columns = ("due", "done_on")
                where = ((row,), columns)
                yield Due(row.due.last, what, why, *where, waits=True)
