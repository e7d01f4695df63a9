"""Which days ahead call for a decision, a renewal or an answer, and which have passed undone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from toolkit.assess.record.conditions import endorsed, find_conditions, sponsor_confirmed, unmet
from toolkit.assess.record.decided import (
    decided_day,
    decisions_in_force,
    decisions_known,
    evidence_due,
    is_word,
    notice_ends,
    runs_out,
    word_of,
)
from toolkit.model.dates import When, add_months, long_date
from toolkit.model.decisions import Binds, Word
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.rows import Row, joined
from toolkit.model.sheets import Agreement, Decision, Milestone, Objective, Project
from toolkit.model.vocabulary import (
    Condition,
    DecisionPoint,
    Finding,
    ProjectState,
    RenewalWord,
    ReviewWord,
)


@dataclass(frozen=True)
class Due:
    """One thing that is due: when, what, why, the columns it rests on.

    `waits`: once its day has passed it is still to be done, so it is overdue.
    """

    on: date
    what: str
    why: str
    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    waits: bool = False


@dataclass(frozen=True)
class Diary:
    """What the calendar looks at: a portfolio and what people decided, by agreement."""

    portfolio: Portfolio
    policy: Policy
    as_of: date
    in_force: Mapping[str, Decision]
    reviews: Mapping[str, Sequence[Decision]]
    renewals: Mapping[str, Sequence[Decision]]
    reclassifications: Mapping[str, Sequence[Decision]]

    def leaving(self, agreement: Agreement) -> Word | None:
        """Return Sunset or Transfer where people decided it and it is still to be done."""
        row = self.in_force.get(agreement.agreement_id)
        word = None if row is None else word_of(row, self.policy).word
        return word if word is not None and word.binds is Binds.UNTIL_DONE else None


def find_due(agreement: Agreement, diary: Diary) -> Iterator[Due]:
    """Yield all that falls due on one agreement, past and ahead, in no order."""
    yield from _terms(agreement, diary)
    yield from _endorsements(agreement, diary)
    yield from _reviews(agreement, diary)
    yield from _milestones(agreement, diary)
    yield from _decisions(agreement, diary)


def _terms(a: Agreement, d: Diary) -> Iterator[Due]:
    periods, leaving = d.policy.periods, d.leaving(a)
    if isinstance(a.ends, When):
        end = a.ends.last
        opens = add_months(end, -periods.evaluation_lead_months)
        yield Due(end, "Agreement ends", _why_it_ends(a, opens, d), (a,), ("ends",), waits=True)
        if not leaving:
            why = "Its last months begin: evaluate it, then renew or sunset."
            yield Due(opens, "Decision point D3 opens", why, (a,), ("ends",))
    if a.signed and not leaving:
        on = add_months(a.signed.first, periods.too_early_months)
        yield Due(on, "Results can be examined", "The first review on results.", (a,), ("signed",))


def _why_it_ends(a: Agreement, opens: date, d: Diary) -> str:
    """Return what is to be done before an end: what was decided, or to decide."""
    known = d.renewals.get(a.agreement_id, ())
    decided = [row for row in known if decided_day(row, d.policy) >= opens]
    leaving = d.leaving(a)
    word = decided[-1].decision if decided else leaving and leaving.text
    return f"Decided: {word}." if word else "Renew it or record it as concluded before."


def _endorsements(a: Agreement, d: Diary) -> Iterator[Due]:
    cls = d.policy.class_named(a.classification)
    asked = cls.conditions if cls else ()
    due = d.policy.endorsement_renewal_due(d.as_of)
    if Condition.ENDORSED in asked and due is not None:
        found = endorsed(a, d.policy, as_of=d.as_of)
        why = (
            "An endorsement of the previous council term counts until then."
            if found == Finding.MET
            else "No endorsement that counts is on record; obtain one of the new council by then."
        )
        columns = ("endorsed_by", "endorsed_on")
        yield Due(due, "Councillor's endorsement due", why, (a,), columns, found == Finding.NOT_MET)
    if Condition.SPONSOR_CONFIRMED in asked and a.community_sponsor and a.sponsor_confirmed:
        on = add_months(a.sponsor_confirmed.last, d.policy.periods.sponsor_months)
        waits = sponsor_confirmed(a, d.policy, as_of=d.as_of) == Finding.NOT_MET
        why = "The sponsor's last confirmation counts until then."
        columns = ("community_sponsor", "sponsor_confirmed")
        yield Due(on, "Sponsor's confirmation due", why, (a,), columns, waits)


def _reviews(a: Agreement, d: Diary) -> Iterator[Due]:
    """Yield the review dates of the objectives, each day once, unless a decision settled them."""
    if d.leaving(a):
        return
    days: dict[date, list[Objective]] = {}
    for row in d.portfolio.of(a, Objective):
        if row.review_on:
            days.setdefault(row.review_on.last, []).append(row)
    for on, rows in days.items():
        if not _is_settled(a, on, d):
            why = "The review date that its objectives state."
            columns = ("review_on",)
            yield Due(on, "Objectives to be reviewed", why, tuple(rows), columns, waits=True)


def _is_settled(a: Agreement, on: date, d: Diary) -> bool:
    """Whether a review or D3 decision was taken for the year of this day, or since."""
    decisions = [*d.reviews.get(a.agreement_id, ()), *d.renewals.get(a.agreement_id, ())]
    year = d.policy.year_of(on)
    return any(row.year >= year or decided_day(row, d.policy) >= on for row in decisions)


def _milestones(a: Agreement, d: Diary) -> Iterator[Due]:
    for project in d.portfolio.of(a, Project):
        if project.state == ProjectState.CANCELLED:
            continue
        for row in d.portfolio.of(project, Milestone):
            if row.done_on is None:
                what = f"Milestone: {row.name} ({project.name})"
                why = "A milestone of its project that is not on record as done."
                yield Due(row.due.last, what, why, (row,), ("due", "done_on"), waits=True)


def _decisions(a: Agreement, d: Diary) -> Iterator[Due]:
    """Yield the days on which a decision expires, takes effect, or asks for its conditions."""
    row = d.in_force.get(a.agreement_id)
    if row is not None:
        yield from _in_force(row, a, d)
    for row in d.renewals.get(a.agreement_id, ())[-1:]:
        if is_word(row, RenewalWord.NOT_EVALUABLE, d.policy):
            on, why = evidence_due(row, d.policy), "The extension given for it runs out."
            columns = ("decided_on", "expires")
            yield Due(on, "Evidence for the renewal due", why, (row,), columns, waits=True)
    for row in d.reclassifications.get(a.agreement_id, ())[-1:]:
        yield from _reclassification(row, a, d)


def _in_force(row: Decision, a: Agreement, d: Diary) -> Iterator[Due]:
    last = runs_out(row, d.policy)
    if is_word(row, ReviewWord.KEEP_BY_DIRECTION, d.policy) and last is not None:
        why = "The direction counts until then; after it the rules decide."
        yield Due(last, "Keep by direction expires", why, (row,), ("year", "expires"))
    elif is_word(row, ReviewWord.SUNSET, d.policy) and not isinstance(a.ends, When):
        on, decided = notice_ends(row, d.policy), decided_day(row, d.policy)
        why = f"Sunset was decided on {long_date(decided)}; the notice runs out."
        columns = ("decision", "decided_on")
        yield Due(on, "Conclude as historical", why, (row,), columns, waits=True)


def _reclassification(row: Decision, a: Agreement, d: Diary) -> Iterator[Due]:
    """Yield the day by which a decided reclassification is to be carried out in full."""
    cls, on = word_of(row, d.policy).agreement_class, runs_out(row, d.policy)
    if cls is None or on is None:
        return
    lacking = unmet(find_conditions(a, cls, d.policy, as_of=d.as_of))
    if a.classification == cls.name and not lacking:
        return
    missing = f"not met: {'; '.join(lacking)}" if lacking else "its conditions are met"
    why = f"Decided for {row.year}: {cls.name}; {missing}."
    columns = ("decision", "expires")
    yield Due(on, "Reclassification to be carried out", why, (row,), columns, waits=True)


@result(key="agreement_id", repeats=True, serves=("R7",))
class Deadline(Result):
    """One day on which something falls due on an agreement under review."""

    agreement_id: str = out("Id")
    decision: str = out("What", "What is due.")
    on: str = out("On", "The day, as year-month-day.", fmt=Format.DATE)
    partner: str = out("Agreement")
    public: bool = out("Public", "Whether it rests on public columns alone.", fmt=Format.YES_NO)


def find_deadlines(portfolio: Portfolio, policy: Policy, *, as_of: date) -> Table[Deadline]:
    """Return the decision calendar, earliest first: what falls due from `as_of` on."""
    found = _find_all(portfolio, policy, as_of)
    return _calendar(portfolio, ((a, due) for a, due in found if due.on >= as_of))


def find_overdue(portfolio: Portfolio, policy: Policy, *, as_of: date) -> Table[Deadline]:
    """Return what fell due before `as_of` and is still to be done, earliest first."""
    found = _find_all(portfolio, policy, as_of)
    return _calendar(portfolio, ((a, due) for a, due in found if due.on < as_of and due.waits))


def _find_all(portfolio: Portfolio, policy: Policy, as_of: date) -> Iterator[tuple[Agreement, Due]]:
    """Yield all that falls due on the agreements under review, past and ahead."""
    diary = _gather_diary(portfolio, policy, as_of)
    for agreement in filter(is_reviewed, portfolio.rows(Agreement)):
        for due in find_due(agreement, diary):
            yield agreement, due


def _gather_diary(portfolio: Portfolio, policy: Policy, as_of: date) -> Diary:
    points = (DecisionPoint.REVIEW, DecisionPoint.D3, DecisionPoint.RECLASSIFICATION)
    return Diary(
        portfolio,
        policy,
        as_of,
        decisions_in_force(portfolio, policy, as_of=as_of),
        *(decisions_known(portfolio, policy, point, as_of=as_of) for point in points),
    )


def _calendar(portfolio: Portfolio, found: Iterator[tuple[Agreement, Due]]) -> Table[Deadline]:
    rows = (_deadline(due, agreement, portfolio) for agreement, due in found)
    return Table(Deadline, sorted(rows, key=_order))


def _deadline(due: Due, agreement: Agreement, portfolio: Portfolio) -> Deadline:
    return Deadline(
        agreement_id=agreement.agreement_id,
        decision=due.what,
        reason=due.why,
        on=due.on.isoformat(),
        partner=portfolio.labels[agreement.agreement_id],
        public=_is_public(due),
        cells=joined(row.cells(*due.columns) for row in due.rows),
    )


def _is_public(due: Due) -> bool:
    sheet = due.rows[0].sheet
    return all(sheet.column(name).public for name in due.columns)


def _order(row: Deadline) -> tuple[str, ...]:
    return row.on, row.agreement_id, row.decision, row.reason, row.cells
