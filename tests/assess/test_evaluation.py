"""Domain, section 6: indicators to date, roll-ups, sums, money; traps as named tests."""

from datetime import date
from operator import attrgetter

import pytest
from factory import agreement, day, make_portfolio, results_of
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.assess.year.costs import constant_money, variance
from toolkit.files.policy import read_policy
from toolkit.files.shipped import ROOT
from toolkit.model.dates import Period, When

AS_OF = date(2025, 12, 31)
POLICY = read_policy(ROOT / "data" / "policy.toml")


def period(label):
    """Return a calendar year as a period."""
    return Period(date(int(label), 1, 1), date(int(label), 12, 31), label)


def objective(objective_id="O-1", **changes):
    """Return a stated objective of agreement A-1."""
    usual = {"objective_id": objective_id, "agreement_id": "A-1", "statement": "Grow trade"}
    return usual | changes


def indicator(indicator_id="I-1", **changes):
    """Return a flow that should rise."""
    usual = {
        "indicator_id": indicator_id,
        "objective_id": "O-1",
        "name": f"Measure {indicator_id}",
        "kind": "flow",
        "measure": "count",
        "unit": "missions",
        "direction": "increase",
        "accumulation": "incremental",
    }
    return usual | changes


def result(year, target, actual, indicator_id="I-1", **changes):
    """Return an approved result of a calendar year."""
    usual = {"indicator_id": indicator_id, "period": period(year), "target": target}
    return usual | {"actual": actual, "state": "approved"} | changes


def evaluated(results, *, indicators=None, objectives=None, agreements=None, **sheets):
    """Return what follows from a small portfolio at the end of 2025."""
    portfolio = make_portfolio(
        POLICY,
        *(agreements or [agreement()]),
        Objectives=objectives or [objective()],
        Indicators=indicators or [indicator()],
        Results=results,
        **sheets,
    )
    return results_of(portfolio, POLICY, as_of=AS_OF)


def first(results, **options):
    """Return the first indicator's line."""
    return only(evaluated(results, **options).indicators)


def only(table):
    """Return the first row of a table."""
    return next(iter(table))


def totals(results):
    """Return the sums of like units by unit."""
    return {row.unit: row.total for row in results.like_unit_sums}


def test_trap_12_a_roll_up_clips_what_is_far_above_the_target():
    two = [indicator("I-1"), indicator("I-2")]
    rows = [result("2025", 10, 30), result("2025", 10, 2, "I-2")]
    found = evaluated(rows, indicators=two)
    assert only(found.objectives).achievement == pytest.approx(0.6)
    assert [row.achievement for row in found.indicators] == [3.0, 0.2]


def test_trap_14_a_partial_year_counts_by_days_and_says_so():
    late = [objective(starts=When.day_of(date(2025, 9, 1)))]
    row = first([result("2025", 12, 4)], objectives=late)
    assert round(row.target, 1) == 4.0
    assert "target of 2025 counted for 122 of 365 days" in row.notes


def test_trap_15_what_is_not_due_is_grey_and_no_failure():
    found = evaluated([result("2026", 10, None, state=None)])
    assert only(found.indicators).decision == "not due"
    assert only(found.achievement).failures == 0


def test_what_is_due_and_missing_is_grey_and_a_reporting_failure():
    found = evaluated([result("2025", 10, None, state=None)])
    assert only(found.indicators).decision == "not reported"
    assert only(found.achievement).failures == 1
    assert found.named_failures.keys() == ("I-1",)


def test_trap_16_a_status_rests_on_the_unrounded_value():
    assert first([result("2025", 10000, 8496)]).decision == "behind"
    assert first([result("2025", 10000, 8500)]).decision == "on track"


def shared_investment(**second):
    """Return one investment named under two agreements."""
    objectives = [objective(), objective("O-2", agreement_id="A-2")]
    indicators = [
        indicator(measure="amount", currency="CAD"),
        indicator("I-2", objective_id="O-2", measure="amount", currency="CAD"),
    ]
    rows = [
        result("2025", 10, 5, outcome_ref=("INV-1",)),
        result("2025", 10, 5, "I-2", outcome_ref=("INV-1",)) | second,
    ]
    members = [agreement("A-1"), agreement("A-2")]
    return evaluated(rows, objectives=objectives, indicators=indicators, agreements=members)


def test_trap_18_one_investment_under_two_agreements_counts_once():
    def delivered(results):
        return sum(row.total for row in results.like_unit_sums)

    assert delivered(shared_investment()) == 5
    assert delivered(shared_investment(outcome_ref=("INV-2",))) == 10


def test_trap_19_units_and_currencies_are_never_added():
    units = [indicator("I-1"), indicator("I-2", unit="jobs")]
    units += [indicator("I-3", measure="amount", unit=None, currency="EUR")]
    rows = [result("2025", 1, 1, i) for i in ("I-1", "I-2", "I-3")]
    found = evaluated(rows, indicators=units)
    assert totals(found) == {"EUR": 1.0, "jobs": 1.0, "missions": 1.0}


def money_of(*named):
    """Return the sums of money by measure, of indicators with these names, units and amounts."""
    made = [
        indicator(f"I-{n}", name=name, measure="amount", unit=unit, currency="CAD")
        for n, (name, unit, _) in enumerate(named)
    ]
    rows = [result("2025", 1, amount, f"I-{n}") for n, (_, _, amount) in enumerate(named)]
    found = evaluated(rows, indicators=made)
    return {row.measure: row.total for row in found.like_unit_sums}


def test_contracts_investment_and_sales_are_never_one_sum():
    found = money_of(("Investment announced", None, 5), ("Sales", None, 7), ("sales ", "CAD", 1))
    assert found == {"CAD, investment announced": 5.0, "CAD, sales": 8.0}


def test_thousands_of_a_currency_are_not_added_to_the_currency():
    found = money_of(("Sales", "CAD", 5), ("Sales", "CAD thousand", 7))
    assert found == {"CAD, sales": 5.0, "CAD thousand, sales": 7.0}


def test_trap_20_what_is_only_associated_stays_out_of_the_sums():
    rows = [result("2025", 10, 5, contribution="associated")]
    found = evaluated(rows).like_unit_sums["missions"]
    assert (found.total, found.left_out) == (0, 1)


def test_trap_30_nothing_to_divide_by_gives_no_number():
    assert variance(100, 0) is None
    assert variance(None, 100) is None
    found = only(evaluated([], indicators=[indicator()]).achievement)
    assert (found.achievement, found.measured, found.objectives) == (None, 0, 1)


def test_trap_32_results_belong_to_their_indicator_and_period():
    two = [indicator("I-1"), indicator("I-2")]
    rows = [result("2024", 10, 1), result("2025", 20, 20, "I-2"), result("2025", 10, 9)]
    found = evaluated(rows, indicators=two).indicators
    assert {row.indicator_id: row.achievement for row in found} == {"I-1": 0.5, "I-2": 1.0}


def test_a_draft_is_shown_and_never_counted():
    rows = [result("2024", 10, 10), result("2025", 10, 2, state="draft")]
    row = first(rows)
    assert (row.achievement, row.reported, row.due) == (1.0, 1, 2)
    assert any("draft" in note for note in row.notes)


def percentages(*pairs):
    """Return one result a year with its numerator and denominator."""
    years = ("2023", "2024", "2025")
    return [
        result(year, 50, None, numerator=n, denominator=d)
        for year, (n, d) in zip(years, pairs, strict=False)
    ]


def test_percentages_are_pooled_before_they_are_compared():
    one = [indicator(measure="percent", unit="%", baseline=0)]
    row = first(percentages((15, 50), (15, 50), (9, 10)), indicators=one)
    assert row.actual == pytest.approx(35.4545, abs=1e-4)
    assert row.achievement == pytest.approx(0.709090, abs=1e-5)


def test_a_bare_percentage_cannot_be_pooled_but_a_snapshot_counts_by_its_latest():
    bare = [result("2024", 50, 30), result("2025", 50, 40)]
    assert first(bare, indicators=[indicator(measure="percent")]).code == "NOT_POOLABLE"
    level = indicator(measure="percent", kind="level", accumulation="snapshot", baseline=30)
    assert first(bare, indicators=[level]).achievement == 0.5


def test_a_ratio_is_a_level_and_never_summed():
    ratio = [indicator(measure="ratio", baseline=1)]
    assert (
        first([result("2024", 2, 1.5), result("2025", 3, 2)], indicators=ratio).achievement == 0.5
    )


def test_a_qualitative_indicator_is_rated_and_has_no_percentage():
    row = first([result("2025", None, 3)], indicators=[indicator(kind="qualitative")])
    assert (row.achievement, row.decision) == (None, "not measurable")
    assert row.reason.startswith("Rated 3 of 4")


def test_a_milestone_done_a_year_late_counts_and_is_marked():
    rows = [result("2024", 1, 0), result("2025", None, 1)]
    rows[1]["target"] = 1
    row = first(rows, indicators=[indicator(kind="milestone")])
    assert (row.achievement, "done late" in row.notes) == (1.0, True)


def test_a_range_to_maintain_needs_no_target():
    keep = [
        indicator(kind="level", direction="maintain", lower=5, upper=7, accumulation="snapshot")
    ]
    assert first([result("2025", None, 6)], indicators=keep).decision == "on track"
    assert first([result("2025", None, 8)], indicators=keep).decision == "off track"


def test_a_target_below_last_years_result_is_flagged():
    row = first([result("2024", 10, 12), result("2025", 8, 9)])
    assert any("below what was reached" in note for note in row.notes)


def test_an_agreement_without_objectives_is_not_measured_and_counts_as_not_smart():
    members = [agreement("A-1"), agreement("A-2")]
    row = evaluated([result("2025", 10, 10)], agreements=members).achievement["A-2"]
    assert (row.achievement, row.smart_share, row.smart_mean) == (None, 0.0, None)


def test_every_indicator_names_the_cells_of_its_values():
    row = first([result("2024", 10, 5), result("2025", 10, 5)])
    assert row.cells == "Results!D2:D3; Results!F2:F3"


def project(**changes):
    """Return a project of agreement A-1 in 2025."""
    usual = {"project_id": "P-1", "agreement_id": "A-1", "name": "Visit", "state": "done"}
    return usual | {"starts": day("2025-03"), "ends": day("2025-03")} | changes


def cost(*, projects, budget=()):
    """Return the cost of A-1 in 2025."""
    found = evaluated([result("2025", 10, 10)], Projects=projects, Budget=list(budget)).costs
    return next((row for row in found if row.year == 2025), None)


def test_a_full_cost_is_money_and_staff_with_in_kind_apart():
    row = cost(projects=[project(actual_cost=1000, staff_days=10, in_kind=500)])
    rate = POLICY.staff_day_rate.values["2025"]
    assert (row.full_cost, row.in_kind) == (1000 + 10 * rate, 500)


def test_a_budget_line_replaces_the_projects_money_but_not_the_staff():
    line = {"year": 2025, "line": "agreement", "agreement_id": "A-1", "budget": 900, "actual": 990}
    row = cost(projects=[project(actual_cost=1, staff_days=1)], budget=[line])
    assert row.money == 990
    assert row.variance == pytest.approx(0.1)
    assert row.staff == POLICY.staff_day_rate.values["2025"]


def test_a_project_over_two_years_is_pro_rated_by_days():
    row = cost(projects=[project(starts=day("2024"), ends=day("2025"), actual_cost=731)])
    assert row.full_cost == pytest.approx(365)


def test_a_cost_that_is_not_on_record_is_missing_and_not_zero():
    assert cost(projects=[project()]) is None


def test_a_year_without_index_has_no_constant_money():
    assert constant_money(100, 2050, POLICY) is None
    assert constant_money(130.4, 2017, POLICY) == pytest.approx(160.9)


def test_a_cost_per_outcome_needs_a_cost_and_something_delivered():
    costly = {"Projects": [project(actual_cost=1000)]}
    found = only(evaluated([result("2025", 10, 4)], **costly).cost_per_outcome)
    assert (found.unit, found.cost_per_unit) == ("missions", 250)
    assert not evaluated([result("2025", 10, 0)], **costly).cost_per_outcome.rows


def test_missions_are_counted_by_tier_inside_and_outside_agreements():
    missions = [
        project(kind="outbound mission", country="Germany", actual_cost=100),
        project(kind="inbound mission", country="Germany", agreement_id="PROGRAMME"),
        project(kind="event", country="Germany"),
    ]
    found = evaluated([result("2025", 1, 1)], Projects=missions).missions_by_tier
    counts = {row.tier: row.missions for row in found}
    assert counts == {"tier 1": 2, "tier 2": 0, "no priority market": 0}
    assert found["tier 1"].of_agreements == 1


def test_the_history_has_what_was_reached_at_the_end_of_each_year():
    rows = [result("2024", 10, 5), result("2025", 10, 10)]
    found = evaluated(rows).history
    assert [(row.year, row.achievement) for row in found] == [(2024, 0.5), (2025, 0.75)]


def test_a_ceiling_over_several_years_counts_its_baseline_for_each():
    down = [indicator(direction="decrease", baseline=80)]
    rows = [result("2023", 50, 66), result("2024", 50, 60), result("2025", 50, 50)]
    assert first(rows, indicators=down).achievement == pytest.approx((240 - 176) / (240 - 150))


VALUES = st.lists(
    st.tuples(st.integers(1, 50), st.one_of(st.none(), st.integers(0, 80))), min_size=1, max_size=3
)


def years(values):
    """Return one result a year from 2023 on."""
    return [
        result(str(2023 + i), target, actual, state=None if actual is None else "approved")
        for i, (target, actual) in enumerate(values)
    ]


@settings(max_examples=30, deadline=None)
@given(VALUES, st.sampled_from([0.5, 2, 10, 1000]))
def test_scaling_the_unit_changes_no_percentage(values, factor):
    scaled = [(t * factor, None if a is None else a * factor) for t, a in values]
    left, right = first(years(values)), first(years(scaled))
    assert left.achievement == (
        None if right.achievement is None else pytest.approx(right.achievement)
    )


@settings(max_examples=30, deadline=None)
@given(VALUES, st.integers(0, 2), st.integers(1, 20))
def test_a_better_actual_never_lowers_the_achievement(values, place, more):
    known = [(t, 0 if a is None else a) for t, a in values]
    index = place % len(known)
    better = [(t, a + more if i == index else a) for i, (t, a) in enumerate(known)]
    assert first(years(better)).achievement >= first(years(known)).achievement


@settings(max_examples=30, deadline=None)
@given(VALUES)
def test_a_blank_never_acts_as_zero(values):
    if all(actual is None for _, actual in values):
        assert first(years(values)).achievement is None
    else:
        known = [(t, a) for t, a in values if a is not None]
        expected = sum(a for _, a in known) / sum(t for t, _ in known)
        assert first(years(values)).achievement == pytest.approx(expected)


@settings(max_examples=20, deadline=None)
@given(VALUES, st.randoms(use_true_random=False))
def test_the_order_of_results_is_irrelevant(values, random):
    rows = years(values)
    shuffled = random.sample(rows, len(rows))
    left, right = first(rows), first(shuffled)
    read = attrgetter("decision", "achievement", "lower_bound", "reported", "due", "stale")
    assert read(left) == read(right)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(["A", "B", "C"]), min_size=1, max_size=3, unique=True))
def test_naming_two_outcomes_instead_of_one_changes_no_total(refs):
    one = totals(evaluated([result("2025", 10, 6, outcome_ref=("A",))]))
    more = totals(evaluated([result("2025", 10, 6, outcome_ref=tuple(refs))]))
    assert one == more == {"missions": 6}
