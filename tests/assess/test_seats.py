"""Domain, section 4: seats are held, asked for and shared by relationship."""

import pytest
from factory import TODAY, agreement, day, make_portfolio, mou, results_of

from toolkit.assess.review.agreements import Reviewed
from toolkit.assess.seating.seats import SeatOf
from toolkit.assess.seating.statement import count_seats, free_seats
from toolkit.model.decisions import Seating, find_word
from toolkit.model.results import Table
from toolkit.model.vocabulary import DecisionPoint, Evidence, Purpose, Seat


def seats(policy, *agreements, **sheets):
    """Return the results of a small portfolio."""
    return results_of(make_portfolio(policy, *agreements, **sheets), policy)


def decided(found):
    """Return what each agreement means for the seats."""
    return {row.agreement_id: row.decision for row in found.seats}


def test_an_agreement_of_a_class_with_seats_holds_one(policy):
    assert seats(policy, agreement()).seats["A-1"].decision == "holds"


def test_instruments_that_need_a_class_ask_for_a_seat(policy):
    found = seats(policy, mou("M-1"), mou("M-2", main_purpose=(Purpose.CULT,)))
    assert set(decided(found).values()) == {"asks"}


def test_a_new_instrument_outside_the_framework_asks_for_a_seat(policy):
    assert seats(policy, mou(signed=day("2025-03"))).seats["M-1"].decision == "asks"


def test_trap_28_folded_instruments_share_one_seat(policy):
    pair = agreement("A-1", partner="Milan"), mou("M-1", partner="Milan")
    result = seats(policy, *pair)
    assert decided(result) == {"A-1": "holds", "M-1": "folded"}
    assert result.seat_counts.rows[0].proposed == 1


def test_two_agreements_of_one_relationship_hold_one_seat_the_older_first(policy):
    young = agreement("A-1", partner="Milan", signed=day("2010"))
    old = agreement("A-2", partner="Milan", signed=day("1990"))
    assert decided(seats(policy, young, old)) == {"A-1": "folded", "A-2": "holds"}


def test_lapsed_and_partner_owned_agreements_hold_no_seat(policy):
    found = seats(policy, agreement("A-1", ends=day("2020")), agreement("A-2", owner="P-1"))
    assert set(decided(found).values()) == {"none"}


def test_the_counts_say_how_many_seats_would_be_missing(policy):
    members = [agreement(f"A-{i}") for i in range(9)] + [mou(f"M-{i}") for i in range(3)]
    row = seats(policy, *members).seat_counts.rows[0]
    assert (row.cap, row.proposed, row.asking, row.free, row.short) == (10, 9, 3, 1, 2)


def test_without_a_cap_nothing_is_free_and_nothing_is_missing(policy_2024):
    row = seats(policy_2024, agreement()).seat_counts.rows[0]
    assert (row.cap, row.free, row.short) == (None, None, None)


def test_several_relationships_in_a_country_are_a_note_and_no_defect(policy):
    two = seats(policy, agreement("A-1", partner="Milan"), agreement("A-2", partner="Rome"))
    one = seats(policy, agreement("A-1", partner="Milan"), mou("M-1", partner="Milan"))
    assert {row.in_country for row in two.seats} == {2}
    assert {row.in_country for row in one.seats} == {1}
    assert two.review["A-1"].defects == one.review["A-1"].defects


def test_a_lapsed_agreement_holds_no_seat_today(policy):
    found = seats(policy, agreement("A-1"), agreement("A-2", ends=day("2020")))
    assert found.seat_counts.rows[0].today == 1


def test_the_three_counts_are_today_as_proposed_and_with_all_motions_adopted(policy):
    lost = agreement("A-2", ends=day("2020"))
    waiting = mou("M-1", main_purpose=(Purpose.ECON,))
    row = seats(policy, agreement("A-1"), lost, waiting).seat_counts.rows[0]
    assert (row.today, row.given_up, row.proposed, row.adopted) == (1, 0, 1, 2)
    assert row.reason.startswith(
        "1 of 10 seats are held today; as proposed 1 of 10 would be, with all motions adopted "
        "2 of 10."
    )


def test_a_suspended_agreement_past_its_end_holds_no_seat(policy):
    found = seats(policy, agreement(status="suspended", ends=day("2020")))
    assert (found.seats["A-1"].decision, found.seat_counts.rows[0].today) == ("none", 0)


def test_a_class_on_condition_takes_its_seat_only_once_all_motions_are_adopted(policy):
    row = seats(policy, mou(main_purpose=(Purpose.ECON,))).seat_counts.rows[0]
    assert (row.proposed, row.adopted) == (0, 1)


def test_what_is_held_today_less_what_is_given_up_is_held_as_proposed(policy):
    gone = {"subject_id": "A-1", "year": 2025, "decision_point": "review", "decision": "Sunset"}
    found = seats(policy, agreement("A-1"), agreement("A-2"), Decisions=[gone])
    row = found.seat_counts.rows[0]
    assert (row.today, row.given_up, row.proposed) == (2, 1, 1)


def test_every_sentence_on_seats_takes_its_figures_from_the_one_statement(policy):
    found = seats(policy, *(agreement(f"A-{i}") for i in range(11)))
    row, line = found.seat_counts.rows[0], found.scorecard["R4b"]
    assert line.decision == f"{row.today} of {row.cap}"
    assert str(row.reason) in line.reason


@pytest.mark.parametrize("point", [DecisionPoint.REVIEW, DecisionPoint.D3])
def test_an_agreement_on_notice_holds_its_seat(point):
    assert find_word("On notice", point).seat is Seating.HOLDS


NAME = {"partner": "A", "country": "Italy", "classification": "MOU", "reason": ""}


def classed(key, **more):
    """Return an instrument that the review proposes to class, and its seat."""
    known = {"agreement_id": key} | NAME
    proposed = {"decision": "Reclassify", "proposed_class": "Partnership", "facts": ()}
    seat = SeatOf(**known, decision=Seat.ASKS, relationship=key, in_country=1)
    return Reviewed(**known, **proposed, **more), seat


def counted(policy, *pairs, coming=None):
    review, places = zip(*pairs, strict=True)
    tables = Table(Reviewed, review), Table(SeatOf, places)
    (row,) = count_seats(policy, *tables, coming or {}, as_of=TODAY)
    return row, free_seats(policy, *tables)


def test_a_class_without_a_condition_takes_its_seat_as_proposed(policy):
    row, free = counted(policy, classed("M-1", evidence=Evidence.STANDS))
    assert (row.today, row.proposed, row.adopted) == (0, 1, 1)
    assert (row.free, row.short, free["Partnership"]) == (9, 0, 9)


def test_a_class_that_rests_on_a_missing_fact_is_counted_apart(policy):
    row, _ = counted(policy, classed("M-1", evidence=Evidence.PROVISIONAL))
    assert (row.proposed, row.adopted) == (0, 1)
    assert (row.provisional, row.adopted_provisional) == (0, 1)
    assert row.reason.endswith(
        "Provisional, for want of a fact: 0 of those as proposed, 1 of those with all motions."
    )


def test_what_may_proceed_or_be_signed_is_counted_with_all_motions(policy):
    lacking = classed("M-1", conditions=("lead unit",), evidence=Evidence.STANDS)
    row, _ = counted(policy, lacking, coming={"PR-1": True, "A-30": False})
    assert (row.proposed, row.adopted, row.adopted_provisional) == (0, 3, 1)
