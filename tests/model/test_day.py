"""What a portfolio holds on a day: later events are not known, and what ended later still runs."""

from datetime import date

from factory import agreement, day, make_portfolio

from toolkit.model.sheets import Agreement, Decision, Engagement, Milestone, Outcome
from toolkit.model.vocabulary import Status

THEN = date(2023, 12, 31)


def on(policy, *agreements, **sheets):
    return make_portfolio(policy, *agreements, **sheets).on(THEN)


def the_agreement(policy, **changes):
    (found,) = on(policy, agreement(**changes)).rows(Agreement)
    return found


def test_an_agreement_signed_later_is_proposed(policy):
    found = the_agreement(policy, signed=day("2024-09-16"))
    assert found.status is Status.PROPOSED
    assert "after the date of the review" in found.conclusion_reason


def test_an_agreement_concluded_later_is_in_force(policy):
    over = {"status": Status.CONCLUDED, "concluded_on": day("2024-06-30")}
    found = the_agreement(policy, conclusion_reason="Done.", **over)
    assert (found.status, found.concluded_on, found.conclusion_reason) == ("active", None, None)


def test_one_concluded_in_a_year_counts_until_its_last_day(policy):
    over = {"status": Status.CONCLUDED, "concluded_on": day("2023")}
    assert the_agreement(policy, **over).status is Status.CONCLUDED


def test_an_agreement_reclassified_later_has_its_class_of_then(policy):
    changed = {"original_class": "MOU", "reclassified_on": day("2024-11-26")}
    found = the_agreement(policy, **changed)
    assert (found.classification, found.original_class, found.reclassified_on) == (
        "MOU",
        None,
        None,
    )


def test_what_happened_later_is_not_known_and_what_is_planned_stays(policy):
    dates = {"last_contact": day("2024"), "published_text": day("2024-01-01")}
    found = the_agreement(policy, ends=day("2027-12-31"), **dates)
    assert (found.last_contact, found.published_text) == (None, None)
    assert found.ends == day("2027-12-31")


def test_a_day_known_only_by_its_year_is_known_from_its_first_day(policy):
    assert the_agreement(policy, last_contact=day("2023")).last_contact == day("2023")


def test_a_milestone_done_later_is_still_to_be_done(policy):
    done = {"project_id": "P-1", "name": "Begun", "due": day("2023-06"), "done_on": day("2024-02")}
    (found,) = on(policy, agreement(), Milestones=[done]).rows(Milestone)
    assert found.done_on is None


def test_a_role_is_named_before_its_days_and_an_outcome_or_decision_is_not_known(policy):
    later, soon = day("2024-03-01"), day("2023-03-01")
    role = {"agreement_id": "A-1", "partner_id": "PT-1", "role": "could lead"}
    portfolio = on(
        policy,
        agreement(),
        Engagements=[
            role | {"signed_on": later},
            role | {"signed_on": later, "willing_on": soon},
            role,
        ],
        Outcomes=[{"outcome_ref": "O-1", "agreement_id": "A-1", "what": "Jobs", "on": later}],
        Decisions=[{"subject_id": "A-1", "year": 2023, "decided_on": later}],
    )
    seen = [(row.signed_on, row.willing_on) for row in portfolio.rows(Engagement)]
    assert seen == [(None, None), (None, soon), (None, None)]
    assert not portfolio.rows(Outcome)
    assert not portfolio.rows(Decision)


def test_what_is_supplied_is_settled_when_the_workbook_is_read(policy):
    decided = [{"subject_id": "A-1", "year": 2024, "decided_on": day("2024-03-01")}]
    assert on(policy, agreement(), Decisions=decided).has(Decision)


def test_a_column_that_is_typed_is_used_even_where_nothing_of_it_was_known_yet(policy):
    published = on(policy, agreement(published_outcomes=day("2025-03")))
    assert published.uses(Agreement, "published_outcomes")
    assert not published.uses(Agreement, "published_goals")
