"""Periods of one indicator that lie within one another count once, whichever holds the target."""

from datetime import date

import pytest
from factory import results_of

from toolkit.files.periods import read_period
from toolkit.files.readings import Reader
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import BY_NAME, Agreement, Indicator, Objective, PeriodResult

YEAR_END = date(2025, 12, 31)
QUARTERS = ("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4")
MISSIONS = {"kind": "flow", "measure": "count", "unit": "missions", "direction": "increase"}
CEILING = MISSIONS | {"direction": "decrease", "baseline": 20.0}
LEVEL = {"kind": "level", "measure": "count", "direction": "increase", "accumulation": "snapshot"}
SHARE = {"kind": "flow", "measure": "percent", "direction": "increase"}


@pytest.fixture
def reached(policy):
    """Return what an indicator of this way reached with rows of period, target and actual."""

    def reach(own, *rows, as_of=YEAR_END, previous=None):
        now, before = (portfolio_of(own, told, policy) for told in (rows, previous or ()))
        results = results_of(now, policy, as_of=as_of, previous=before if previous else None)
        return results.indicators["I-1"], results

    return reach


def portfolio_of(own, rows, policy):
    reader = Reader(BY_NAME["Results"].column("period"), policy)
    made = [
        PeriodResult.made(
            {"indicator_id": "I-1", "period": read_period(reader, period, None), "target": target}
            | {"actual": actual, "state": None if actual is None else "approved", **others}
        )
        for period, target, actual, *more in rows
        for others in (more[0] if more else {},)
    ]
    agreement = {"agreement_id": "A-1", "partner": "Porto", "country": "Portugal"}
    indicator = {"indicator_id": "I-1", "objective_id": "O-1", "name": "Missions", **own}
    objective = {"objective_id": "O-1", "agreement_id": "A-1", "statement": "Missions."}
    sheets = {
        Agreement: (Agreement.made(agreement | {"classification": "Partnership"}),),
        Objective: (Objective.made(objective),),
        Indicator: (Indicator.made(indicator),),
        PeriodResult: tuple(made),
    }
    supplied = frozenset({"Agreements", "Objectives", "Indicators", "Results"})
    return Portfolio("city.xlsx", "A city", "", sheets, supplied)


def quarters(*actuals, target=None):
    return [(period, target, actual) for period, actual in zip(QUARTERS, actuals, strict=True)]


def test_a_target_of_the_year_meets_the_actuals_of_its_quarters(reached):
    found, results = reached(MISSIONS, ("2025", 12.0, None), *quarters(3.0, 3.0, 3.0, 3.0))
    assert (found.target, found.actual, found.achievement) == pytest.approx((12, 12, 1))
    assert (found.reported, found.due) == (4, 4)
    assert [row.total for row in results.like_unit_sums] == [12]


def test_a_year_and_its_quarters_that_agree_count_once(reached):
    rows = [("2025", 12.0, 12.0), *quarters(3.0, 3.0, 3.0, 3.0, target=3.0)]
    found, results = reached(MISSIONS, *rows)
    assert (found.target, found.actual, found.achievement) == (12, 12, 1)
    assert [row.total for row in results.like_unit_sums] == [12]


def test_months_in_quarters_in_a_year_count_once(reached):
    months = [(f"2025-{month:02}", None, 1.0) for month in range(1, 4)]
    rows = [("2025", 12.0, None), *quarters(None, 3.0, 3.0, 3.0), *months]
    found, _ = reached(MISSIONS, *rows)
    assert (found.actual, found.target) == pytest.approx((12, 12))
    assert (found.reported, found.due) == (6, 6)


def test_a_quarter_that_is_not_reported_weighs_by_its_days(reached):
    rows = (("2025", 12.0, None), *quarters(3.0, 3.0, None, 3.0))
    found, _ = reached(MISSIONS | {"accumulation": "incremental"}, *rows)
    assert (found.reported, found.due) == (3, 4)
    assert found.rated_low == pytest.approx(9 / 12)
    unsaid, _ = reached(MISSIONS, *rows)
    assert (unsaid.rated, unsaid.rated_low) == pytest.approx((1, 3 / 12))  # as a running total: 3
    assert "accumulation" in unsaid.lacking
    assert found.lacking == ("actual of 2025-Q3",)


def test_in_the_middle_of_the_year_the_quarters_have_their_share_of_its_target(reached):
    rows = [("2025", 12.0, None), *quarters(3.0, 3.0, None, None)]
    found, _ = reached(MISSIONS, *rows, as_of=date(2025, 6, 30))
    assert found.target == pytest.approx(12 * 181 / 365)
    assert (found.reported, found.due) == (2, 2)


def test_an_actual_of_the_year_stands_where_the_quarters_lack_theirs(reached):
    found, _ = reached(MISSIONS, ("2025", None, 12.0), *quarters(3.0, None, None, None, target=3.0))
    assert (found.actual, found.target, found.achievement) == (12, 12, 1)


def test_a_ceiling_of_the_year_is_judged_for_the_year(reached):
    found, _ = reached(CEILING, ("2025", 10.0, None), *quarters(4.0, 4.0, 4.0, 3.0))
    assert (found.actual, found.target) == (15, 10)
    assert found.achievement == pytest.approx((20 - 15) / (20 - 10))


def test_a_level_at_the_end_of_the_last_quarter_is_that_of_the_year(reached):
    found, _ = reached(LEVEL, ("2025", 50.0, None), *quarters(10.0, 20.0, 30.0, 45.0))
    assert (found.actual, found.target, found.reported, found.due) == (45, 50, 1, 1)


def test_a_level_of_quarters_is_not_due_before_the_year_that_has_the_target(reached):
    rows = [("2025", 50.0, None), *quarters(10.0, 20.0, None, None)]
    found, _ = reached(LEVEL, *rows, as_of=date(2025, 6, 30))
    assert (found.decision, found.code) == ("not due", "NOT_DUE")


def test_percentages_of_quarters_are_pooled_against_the_target_of_the_year(reached):
    pairs = [(15.0, 50.0), (15.0, 50.0), (9.0, 10.0), (1.0, 10.0)]
    rows = [
        (period, None, None, {"numerator": above, "denominator": below, "state": "approved"})
        for period, (above, below) in zip(QUARTERS, pairs, strict=True)
    ]
    found, _ = reached(SHARE, ("2025", 50.0, None), *rows)
    assert found.actual == pytest.approx(100 * 40 / 120)
    assert found.target == 50


def test_a_target_raised_since_last_year_is_read_as_first_agreed_by_the_quarters_too(reached):
    rows = [("2025", 20.0, None), *quarters(3.0, 3.0, 3.0, 3.0)]
    found, _ = reached(MISSIONS, *rows, previous=[("2025", 12.0, None)])
    assert found.achievement == pytest.approx(12 / 20)
    assert found.rated == pytest.approx(1.0)


def test_three_years_in_one_row_count_to_date_and_in_no_year(reached):
    found, results = reached(MISSIONS, ("2023-01/2025-12", 30.0, 30.0))
    assert found.achievement == 1
    assert "2023-01/2025-12 is longer than a year: it counts in no single year" in found.notes
    assert not results.like_unit_sums


def test_parts_that_leave_days_out_are_no_parts_of_the_whole(reached):
    found, _ = reached(MISSIONS, ("2025", 12.0, 12.0), ("2025-Q1", 3.0, 3.0))
    assert found.due == 2
