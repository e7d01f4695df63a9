"""Domain, section 6: achievement of one value, and to date."""

import csv

import pytest

from toolkit.assess.year.achievement import (
    Reported,
    measure_achievement,
    measure_maintained,
    measure_to_date,
    pool_percentages,
)


def number(text):
    """Return the number of a vector's cell, `None` for a blank."""
    return float(text) if text else None


def test_the_reference_vectors_of_achievement_pass(shared):
    rows = list(csv.DictReader((shared / "vectors/achievement.csv").open(encoding="utf-8")))
    assert len(rows) == 33
    for row in rows:
        found = measure_achievement(
            row["kind"],
            row["direction"],
            baseline=number(row["baseline"]),
            target=number(row["target"]),
            actual=number(row["actual"]),
        )
        expected = number(row["achievement"])
        assert found.reason == row["reason"], row
        assert found.value == (None if expected is None else pytest.approx(expected)), row


def test_the_reference_vectors_to_date_pass(shared):
    rows = list(csv.DictReader((shared / "vectors/to_date.csv").open(encoding="utf-8")))
    assert len(rows) == 7
    for row in rows:
        check_to_date(row)


def check_to_date(row):
    """Compare one vector: headline, lower bound, coverage, stale and status."""
    periods = [part.split(":") for part in row["periods (period:target:actual)"].split(";")]
    due = [Reported(p, number(t), number(a)) for p, t, a in periods if p <= row["as_of"]]
    found = measure_to_date(
        due,
        lambda target, actual: measure_achievement(
            row["kind"],
            row["direction"],
            baseline=number(row["baseline"]),
            target=target,
            actual=actual,
        ),
        adds_up=row["accumulation"] == "incremental",
        rising=row["direction"] == "increase",
    )
    approx = lambda text: None if not text else pytest.approx(float(text), abs=5e-5)  # noqa: E731 - one expression, used twice
    assert found.headline.value == approx(row["headline"]), row
    assert found.lower_bound == approx(row["lower_bound"]), row
    assert f"{found.reported}/{found.due}" == (row["coverage"] or "0/0"), row
    assert found.stale == (row["stale"] == "True"), row
    if row["status"]:
        assert found.headline.reason == row["status"], row


def rising(target, actual):
    """Measure a flow that should rise."""
    return measure_achievement("flow", "increase", baseline=None, target=target, actual=actual)


def test_trap_1_percentages_pool(policy):
    periods = [Reported("", None, None, n, d) for n, d in ((15, 50), (15, 50), (9, 10))]
    assert round(pool_percentages(periods), 2) == 35.45


def test_trap_2_running_totals_are_not_added_up():
    periods = [Reported(str(v), v, v) for v in (10, 20, 30)]
    found = measure_to_date(periods, rising, adds_up=False, rising=True)
    assert found.headline.value == 1.0


def test_trap_3_a_decrease_counts_from_the_baseline():
    def at(actual):
        return measure_achievement("level", "decrease", baseline=40, target=20, actual=actual).value

    assert (at(30), at(45)) == (0.5, -0.25)


def test_trap_4_a_level_counts_from_the_baseline():
    def at(actual):
        found = measure_achievement("level", "increase", baseline=100, target=110, actual=actual)
        return found.value

    assert (at(101), at(95)) == (pytest.approx(0.1), pytest.approx(-0.5))


def test_trap_5_a_target_of_zero_can_be_reached_from_a_baseline():
    def at(actual):
        return measure_achievement("level", "decrease", baseline=5, target=0, actual=actual).value

    assert [at(0), at(1), at(6)] == [1.0, pytest.approx(0.8), pytest.approx(-0.2)]


def test_trap_6_a_target_of_zero_gives_no_number_for_a_flow():
    assert rising(0, 3) == rising(0, 0)
    assert (rising(0, 3).value, rising(0, 3).reason) == (None, "ZERO_TARGET")


def test_trap_7_a_target_equal_to_the_baseline_is_held_or_not():
    found = measure_achievement("level", "increase", baseline=50, target=50, actual=48)
    assert (found.value, found.reason) == (0.0, "REGRESSED")


def test_trap_8_a_missing_year_is_neither_zero_nor_counted():
    periods = [Reported("2023", 10, 10), Reported("2024", 10, None), Reported("2025", 10, 0)]
    found = measure_to_date(periods, rising, adds_up=True, rising=True)
    assert found.headline.value == 0.5
    assert found.lower_bound == pytest.approx(1 / 3)
    assert (found.reported, found.due) == (2, 3)


def test_trap_9_a_stale_running_total_is_marked_and_bounded():
    periods = [Reported("2025", 30, 30), Reported("2026", 40, None)]
    found = measure_to_date(periods, rising, adds_up=False, rising=True)
    assert (found.headline.value, found.lower_bound, found.stale) == (1.0, 0.75, True)


def test_trap_10_a_flow_never_subtracts_its_baseline():
    found = measure_achievement("flow", "increase", baseline=8, target=10, actual=12)
    assert found.value == 1.2


def test_trap_11_each_period_has_its_own_target_once():
    periods = [Reported("2024", 10, 10), Reported("2025", 10, 10)]
    found = measure_to_date(periods, rising, adds_up=True, rising=True)
    assert (found.target, found.actual) == (20, 20)


def test_trap_13_a_direction_conflict_gives_no_number():
    found = measure_achievement("level", "increase", baseline=50, target=40, actual=45)
    assert (found.value, found.reason) == (None, "DIRECTION_CONFLICT")


def test_trap_33_negatives_and_decimals_survive():
    found = measure_achievement("level", "increase", baseline=-0.5, target=0.25, actual=-0.125)
    assert found.value == pytest.approx(0.5)


def test_no_target_comes_before_no_actual():
    assert rising(None, None).reason == "NO_TARGET"


@pytest.mark.parametrize(("actual", "value"), [(4, 0.0), (5, 1.0), (7, 1.0), (7.1, 0.0)])
def test_a_range_to_maintain_is_met_inside_its_ends(actual, value):
    assert measure_maintained(5, 7, actual).value == value


def test_a_range_without_ends_has_no_target():
    assert measure_maintained(None, None, 3).reason == "NO_TARGET"
