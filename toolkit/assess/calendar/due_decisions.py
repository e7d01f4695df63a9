"""On which days a decision that people took expires, takes effect, or asks for its conditions."""

from collections.abc import Iterator

from toolkit.assess.calendar.diary import Diary, Due
from toolkit.assess.record.conditions import find_conditions, unmet
from toolkit.assess.record.decided import (
    decided_day,
    decision_word,
    evidence_due,
    is_word,
    notice_ends,
    runs_out,
)
from toolkit.model.dates import When, long_date
from toolkit.model.sheets import Agreement
from toolkit.model.vocabulary import Recommendation, Renewal


def due_by_decision(a: Agreement, d: Diary) -> Iterator[Due]:
    """Yield the days on which a decision expires, takes effect, or asks for its conditions."""
    row = d.in_force.get(a.agreement_id)
    if row is not None:
        yield from _in_force(row, a, d)
    for row in d.renewals.get(a.agreement_id, ())[-1:]:
        if is_word(row, Renewal.NOT_EVALUABLE):
            on, why = evidence_due(row, d.policy), "The extension given for it runs out."
            where = ((row,), ("decided_on", "expires"))
            yield Due(on, "Evidence for the renewal due", why, *where, waits=True)
    for row in d.reclassifications.get(a.agreement_id, ())[-1:]:
        yield from _reclassification(row, a, d)


def _in_force(row: tuple, a: Agreement, d: Diary) -> Iterator[Due]:
    word, place = decision_word(row), ((row,),)
    if word == Recommendation.KEEP_BY_DIRECTION:
        on = runs_out(row, d.policy)
        why = "The direction counts until then; after it the rules decide."
        yield Due(on, "Keep by direction expires", why, *place, ("year", "expires"))
    elif word == Recommendation.SUNSET and not isinstance(a.ends, When):
        on, decided = notice_ends(row, d.policy), decided_day(row, d.policy)
        why = f"Sunset was decided on {long_date(decided)}; the notice runs out."
        columns = ("decision", "decided_on")
        yield Due(on, "Conclude as historical", why, *place, columns, waits=True)


def _reclassification(row: tuple, a: Agreement, d: Diary) -> Iterator[Due]:
    """Yield the day by which a decided reclassification is to be carried out in full."""
    cls = d.policy.class_named(row.decision)
    if cls is None:
        return
    lacking = unmet(find_conditions(a, cls, d.policy, as_of=d.as_of))
    if a.classification == cls.name and not lacking:
        return
    on = runs_out(row, d.policy)
    missing = f"not met: {'; '.join(lacking)}" if lacking else "its conditions are met"
    why = f"Decided for {row.year}: {cls.name}; {missing}."
    where = ((row,), ("decision", "expires"))
    yield Due(on, "Reclassification to be carried out", why, *where, waits=True)
