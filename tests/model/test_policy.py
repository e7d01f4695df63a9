"""What the policy says of years and of council terms."""

from dataclasses import replace
from datetime import date

import pytest

from toolkit.model.policy import CouncilTerms


@pytest.fixture
def to_march(policy):
    return replace(policy, programme=replace(policy.programme, fiscal_year_end="03-31"))


def test_a_calendar_year_ends_in_december(policy):
    assert policy.year_end(2018) == date(2018, 12, 31)
    assert policy.year_of(date(2018, 12, 31)) == 2018


def test_a_fiscal_year_is_named_after_the_year_it_ends_in(to_march):
    assert to_march.year_end(2019) == date(2019, 3, 31)
    assert to_march.year_of(date(2019, 3, 31)) == 2019
    assert to_march.year_of(date(2019, 4, 1)) == 2020


@pytest.mark.parametrize(
    ("as_of", "since"),
    [
        ("2018-11-30", "2014-12-01"),
        ("2018-12-01", "2014-12-01"),
        ("2019-11-30", "2014-12-01"),
        ("2019-12-01", "2018-12-01"),
        ("2023-11-14", "2018-12-01"),
        ("2023-11-15", "2022-11-15"),
        ("2001-01-01", "2000-12-01"),
    ],
)
def test_an_endorsement_of_the_term_before_counts_in_the_first_twelve_months(policy, as_of, since):
    assert policy.endorsed_since(date.fromisoformat(as_of)) == date.fromisoformat(since)


def test_an_old_endorsement_is_due_for_renewal_twelve_months_into_the_term(policy):
    assert policy.endorsement_renewal_due(date(2018, 12, 31)) == date(2019, 12, 1)


def test_before_the_first_term_no_day_is_known(policy):
    empty = replace(policy, council_terms=CouncilTerms(()))
    for rules, day in ((policy, date(1999, 12, 31)), (empty, date(2018, 12, 31))):
        assert rules.endorsed_since(day) is None
        assert rules.endorsement_renewal_due(day) is None


def test_a_class_is_found_by_its_name_and_its_former_names(policy):
    partnership = policy.classes[0]
    renamed = replace(policy, classes=(replace(partnership, formerly=("Partner City",)),))
    assert renamed.class_named("Partner City").name == partnership.name
    assert renamed.class_named("MOU") is None
    assert renamed.class_named(None) is None
