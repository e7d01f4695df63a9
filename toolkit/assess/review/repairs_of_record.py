"""What can be put on record or agreed of the agreement itself: class, term, people, standing."""

import math
from collections.abc import Iterator

from toolkit.assess.record.evidence import latest_profile
from toolkit.assess.record.relationships import is_inside
from toolkit.assess.review.criteria import HALF_OF_COST
from toolkit.assess.review.entries import Entry, in_row, new_row
from toolkit.assess.review.facts import Facts
from toolkit.assess.review.repairs import (
    NAMED,
    Ladder,
    Repair,
    end_of_term,
    in_months,
    ladder,
    names,
    on_the_day,
    single,
)
from toolkit.model.dates import When, long_date, spoken
from toolkit.model.sheets import Decision, Engagement, Objective, Partner, Profile
from toolkit.model.vocabulary import ClassFinding, DecisionPoint, Purpose, ReviewWord

TRADE_STEPS = 20
OPEN_CLASSES = (ClassFinding.BORDERLINE, ClassFinding.NO_OBJECTIVES)


def purposes(facts: Facts) -> Iterator[Ladder]:
    """Yield what is stated or coded to be the purpose, where nobody did."""
    own = facts.agreement
    blank = [o for o in facts.portfolio.of(own, Objective) if o.purpose is None]
    words = {Purpose.ECON: "economic", Purpose.CULT: "cultural"}
    for purpose, said in words.items():
        if blank:
            which = names(row.objective_id for row in blank)
            typed = [e for row in blank for e in in_row(row, purpose=purpose)]
            yield from single("purpose", f"code the purpose of {which} as {said}", *typed)
        elif not facts.portfolio.of(own, Objective) and not own.main_purpose:
            typed_one = in_row(own, main_purpose=(purpose,))
            yield from single("purpose", f"type a main purpose, if it is {said}", *typed_one)


def classes(facts: Facts) -> Iterator[Ladder]:
    """Yield the classes that people may settle on, where a person is to decide."""
    own = facts.agreement
    if is_inside(own, facts.policy) or facts.outcome.decision not in OPEN_CLASSES:
        return
    for name in dict.fromkeys(band.agreement_class for band in facts.policy.bands):
        typed = in_row(
            own,
            classification=name,
            original_class=own.original_class or own.classification,
            reclassified_on=on_the_day(facts),
        )
        yield from single("class", f"settle its class as {name}", *typed)


def terms(facts: Facts) -> Iterator[Ladder]:
    """Yield an end, a date of signing, or a renewed term; not where D3 decides on the term."""
    own = facts.agreement
    begun = own.renewed or own.signed
    if not isinstance(own.ends, When) and begun:
        end = end_of_term(facts, begun.last)
        if end.last > facts.as_of:
            words = f"agree that it ends on {long_date(end.last)}"
            yield from single("end", words, *in_row(own, ends=end))
    if facts.renewal is None:
        end = end_of_term(facts, facts.as_of)
        dates = f"from {long_date(facts.as_of)} to {long_date(end.last)}"
        typed = in_row(own, renewed=on_the_day(facts), ends=end)
        yield from single("term", f"renew it for a term {dates}", *typed)


def people(facts: Facts) -> Iterator[Ladder]:
    """Yield who leads, carries and endorses it, and that they were heard of."""
    own, day = facts.agreement, on_the_day(facts)
    if not own.lead_unit:
        yield from single("lead", "name the unit that leads it", *in_row(own, lead_unit=NAMED))
    sponsor = own.community_sponsor or "a community sponsor"
    typed = in_row(own, community_sponsor=own.community_sponsor or NAMED, sponsor_confirmed=day)
    yield from single("sponsor", f"have {sponsor} confirm its role", *typed)
    typed = in_row(own, endorsed_by=own.endorsed_by or NAMED, endorsed_on=day)
    yield from single("endorsement", "obtain a Councillor's endorsement", *typed)
    if own.asked_on:
        words = f"obtain an answer to the question of {spoken(own.asked_on)}"
        yield from single("answer", words, *in_row(own, answered_on=day))
    yield from single("contact", "hear from the partner", *in_row(own, last_contact=day))


def papers(facts: Facts) -> Iterator[Ladder]:
    """Yield the text, the records, and what was published."""
    own, day = facts.agreement, on_the_day(facts)
    if own.text_on_file != "y":
        yield from single("text", "put the signed text on file", *in_row(own, text_on_file="y"))
    typed = in_row(own, records_complete_to=day)
    yield from single("records", "state that its records are complete to this day", *typed)
    if facts.renewal is not None:
        typed = in_row(own, published_outcomes=day)
        yield from single("outcomes", "publish its outcomes", *typed)
        if not own.external_cause:
            typed = in_row(own, external_cause=NAMED)
            yield from single("cause", "state the external cause that held it back", *typed)


def partners(facts: Facts) -> Iterator[Ladder]:
    """Yield what partners confirm, sign or offer."""
    engaged = facts.portfolio.of(facts.agreement, Engagement)
    rows = sorted(engaged, key=lambda row: (row.partner_id, row.role))
    unmet = [row for row in rows if row.signed_on and row.duty_met != "y"]
    unsigned = [row for row in rows if not row.signed_on]
    yield from ladder("duties of partners", _confirming(facts, unmet))
    day = on_the_day(facts)
    for row in unsigned:
        who = facts.portfolio.partner_name(row.partner_id)
        typed = in_row(row, signed_on=day, duty_met="y")
        words = f"have {who} sign its role and meet its duty"
        yield from single(f"role of {who}", words, *typed, by_points=True)
    yield from ladder("new partners", _joining(facts, {row.partner_id for row in rows}))
    for row in rows:
        if row.role in ("lead", "could lead"):
            who = facts.portfolio.partner_name(row.partner_id)
            typed = in_row(row, willing_on=day)
            yield from single("offer", f"have {who} offer to lead it", *typed)


def _confirming(facts: Facts, rows: list[Engagement]) -> Iterator[Repair]:
    for number in range(1, len(rows) + 1):
        some = rows[:number]
        who = names(
            dict.fromkeys(facts.portfolio.partner_name(row.partner_id) or "" for row in some)
        )
        typed = [entry for row in some for entry in in_row(row, duty_met="y")]
        yield Repair(f"show that {who} did what was agreed", tuple(typed))


def _joining(facts: Facts, engaged: set[str]) -> Iterator[Repair]:
    """Yield one further partner, and two, with a signed role and a duty that is met."""
    known = {row.partner_id for row in facts.portfolio.rows(Partner)}
    free = sorted(known - engaged)
    key, typed = facts.agreement.agreement_id, list[Entry]()
    for number in (1, 2):
        if len(free) >= number:
            partner_id = free[number - 1]
        else:
            partner_id = f"NEW-{number}-{key}"[:32]
            typed += new_row(Partner, partner_id=partner_id, name=NAMED)
        typed += new_row(
            Engagement,
            agreement_id=key,
            partner_id=partner_id,
            role="deliver",
            signed_on=on_the_day(facts),
            duty_met="y",
        )
        who = "another partner" if number == 1 else "two more partners"
        yield Repair(f"have {who} sign a role and meet the duty", tuple(typed))


def standing(facts: Facts) -> Iterator[Ladder]:
    """Yield what the profile does not tell: shared sectors, trade, ties of history and cost."""
    found = latest_profile(facts.agreement, facts.portfolio)
    sectors, currency = facts.policy.sectors.names, facts.policy.programme.currency
    shared = found.sectors_shared if found else None
    if shared is None or None in map(facts.policy.sectors.find, shared):
        yield from ladder(
            "sectors",
            (
                Repair(
                    f"record {n} priority sector{'s' * (n > 1)} that both sides are strong in",
                    _in_profile(facts, found, sectors_shared=tuple(sectors[:n])),
                )
                for n in (1, 2)
                if len(sectors) >= n
            ),
        )
    if found is None or found.yearly_trade is None:
        yield from ladder(
            "trade",
            (
                Repair(
                    f"record the yearly trade, if it is {currency} {amount:,.0f} at least",
                    _in_profile(facts, found, yearly_trade=amount),
                )
                for amount in _amounts(facts)
            ),
        )
    for column, (words, value) in TIES.items():
        if found is None or getattr(found, column) is None:
            typed = _in_profile(facts, found, **{column: value})
            yield from single(column, words, *typed, by_points=True)


TIES: dict[str, tuple[str, object]] = {
    "historic_link": ("record a historic link, if there is one", "y"),
    "host_community": ("record a host community, if there is one", "y"),
    "non_city_share": (
        f"record that others bear {HALF_OF_COST} % of the cost, if they do",
        float(HALF_OF_COST),
    ),
}


def _in_profile(facts: Facts, found: Profile | None, **values: object) -> tuple[Entry, ...]:
    """Return what to type in the latest profile, or in a first one of this day."""
    if found is not None:
        return in_row(found, **values)
    if facts.portfolio.of(facts.agreement, Profile):
        return ()  # it cannot be told which of them is the latest
    subject, day = facts.agreement.agreement_id, on_the_day(facts)
    return new_row(Profile, subject_id=subject, dated=day, confidence="high", **values)


def _amounts(facts: Facts) -> Iterator[float]:
    """Yield amounts of trade from the lowest that counts to the highest, two digits each."""
    criterion = next(c for c in facts.policy.criteria if c.id == "C3")
    low, _, high = criterion.economic
    for step in range(1, TRADE_STEPS + 1):
        exact = low * (high / low) ** (step / TRADE_STEPS)
        digits = 10 ** (math.floor(math.log10(exact)) - 1)
        yield float(math.ceil(exact / digits - 1e-9) * digits)


def direction(facts: Facts) -> Iterator[Ladder]:
    """Yield that people direct it to be kept: what is left where nothing else helps."""
    year = facts.policy.year_of(facts.as_of)
    key = facts.agreement.agreement_id
    row = next(
        (
            row
            for row in facts.portfolio.of(facts.agreement, Decision)
            if row.year == year and row.decision_point == DecisionPoint.REVIEW
        ),
        None,
    )
    values = {
        "decision": ReviewWord.KEEP_BY_DIRECTION,
        "decided_on": on_the_day(facts),
        "expires": in_months(facts, 12),
    }
    typed = (
        in_row(row, **values)
        if row
        else new_row(
            Decision, subject_id=key, year=year, decision_point=DecisionPoint.REVIEW, **values
        )
    )
    yield from single("direction", "have council decide to keep it by direction", *typed)
