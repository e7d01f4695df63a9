"""Domain, section 10, R9: the four public items of each agreement in force."""

import pytest
from factory import TODAY, agreement, day, make_portfolio

from toolkit.assess.stock.publication import count_publications, find_publications

FULL = {
    "published_text": day("1999"),
    "published_goals": day("2025-02"),
    "published_timeline": day("2025-02-14"),
    "published_outcomes": day("2025-03-20"),
}


def published(policy, *rows):
    """Return what of some agreements is published."""
    return find_publications(make_portfolio(policy, *rows).on(TODAY), policy, as_of=TODAY)


def test_an_agreement_is_complete_with_all_four_items(policy):
    found = published(policy, agreement(**FULL))["A-1"]
    assert (found.decision, found.complete, found.missing) == ("4 of 4", 4, ())
    assert found.outcome_days == 79  # 31 January, 28 February, 20 March


@pytest.mark.parametrize(
    ("column", "name"),
    [
        ("published_text", "signed text"),
        ("published_goals", "goals"),
        ("published_timeline", "timeline"),
        ("published_outcomes", "outcomes"),
    ],
)
def test_what_is_published_after_the_review_is_not_known_yet(policy, column, name):
    found = published(policy, agreement(**FULL | {column: day("2026-01-01")}))["A-1"]
    assert (found.decision, found.missing, getattr(found, column)) == ("3 of 4", (name,), None)
    assert name in found.reason


@pytest.mark.parametrize(
    ("on", "days"), [("2024-12-31", None), ("2025-01-01", 1), ("2025-12-31", 365)]
)
def test_outcomes_of_an_earlier_year_have_no_days(policy, on, days):
    found = published(policy, agreement(**FULL | {"published_outcomes": day(on)}))["A-1"]
    assert found.outcome_days == days


def test_an_agreement_that_is_over_is_not_asked(policy):
    assert not published(policy, agreement(status="historical"))


def test_the_programme_counts_item_by_item_and_all_four(policy):
    rows = agreement(**FULL), agreement("A-2", **FULL | {"published_timeline": None})
    counts = count_publications(published(policy, *rows))
    assert [row.decision for row in counts] == ["2 of 2", "2 of 2", "1 of 2", "2 of 2", "1 of 2"]
    assert counts["timeline"].missing == counts["all four"].missing == ("City A-2",)


def test_trap_30_without_agreements_in_force_nothing_is_counted(policy):
    counts = count_publications(published(policy, agreement(status="concluded")))
    assert {row.decision for row in counts} == {"n/a"}
