"""Domain, sections 0 and 3: between which ends results lie while facts are missing."""

from dataclasses import replace
from datetime import date

import pytest
from factory import agreement, day, make_portfolio, results_of
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.files.policy import read_policy
from toolkit.files.shipped import ROOT
from toolkit.model.dates import Period
from toolkit.model.sheets import Indicator, Objective, PeriodResult

AS_OF = date(2025, 12, 31)
POLICY = read_policy(ROOT / "data" / "policy.toml")
OLD = {"starts": day("2023-01-01"), "ends": day("2027-12-31")}


def objective(objective_id="O-1", **changes):
    """Return an objective that began before the year."""
    usual = {"objective_id": objective_id, "agreement_id": "A-1", "statement": "Grow trade"}
    return usual | OLD | changes


def indicator(indicator_id="I-1", **changes):
    """Return a flow that should rise."""
    usual = {
        "indicator_id": indicator_id,
        "objective_id": "O-1",
        "name": "Missions held",
        "kind": "flow",
        "measure": "count",
        "unit": "missions",
        "direction": "increase",
        "accumulation": "incremental",
    }
    return usual | changes


def level(**changes):
    """Return a level that should rise from 10."""
    return indicator(kind="level", accumulation="snapshot", baseline=10) | changes


def year(label, target, actual, indicator_id="I-1", **changes):
    """Return the row of one calendar year; approved where something is reported."""
    span = Period(date(int(label), 1, 1), date(int(label), 12, 31), label)
    usual = {"indicator_id": indicator_id, "period": span, "target": target, "actual": actual}
    return usual | {"state": None if actual is None else "approved"} | changes


def portfolio_of(rows, *, indicators=None, objectives=None):
    """Return the portfolio of one agreement and its results."""
    return make_portfolio(
        POLICY,
        agreement(),
        Objectives=[objective()] if objectives is None else objectives,
        Indicators=[indicator()] if indicators is None else indicators,
        Results=rows,
    )


def reached(rows, *, previous=None, **sheets):
    """Return what the agreement reached at the end of 2025."""
    portfolio = portfolio_of(rows, **sheets)
    return results_of(portfolio, POLICY, as_of=AS_OF, previous=previous).achievement["A-1"]


def ends(rows, **sheets):
    """Return what the rules read: the rating, its two ends and the share that is known."""
    row = reached(rows, **sheets)
    values = (row.rated, row.rated_low, row.rated_high, row.rated_known)
    return tuple(None if value is None else round(value, 4) for value in values)


NOTHING = (None, 0, 1, 0)


def test_what_is_all_reported_has_no_width():
    rows = [year("2023", 10, 10), year("2024", 10, 5), year("2025", 20, 15)]
    assert ends(rows) == (0.75, 0.75, 0.75, 1)


def test_a_missing_period_of_a_sum_weighs_by_its_share_of_the_target():
    rows = [year("2023", 10, 10), year("2024", 20, None), year("2025", 10, 0)]
    assert ends(rows) == (0.5, 0.25, 0.75, 0.5)


def test_a_year_without_a_row_is_due_with_the_usual_target():
    assert ends([year("2023", 10, 10), year("2025", 10, 10)]) == (1, 0.6667, 1, 0.6667)


def test_a_year_after_the_objectives_end_is_not_due():
    over = [objective(ends=day("2024-12-31"))]
    assert ends([year("2023", 10, 5), year("2024", 10, 5)], objectives=over) == (0.5, 0.5, 0.5, 1)


def test_older_results_are_not_read_as_this_years():
    assert ends([year("2023", 10, 10), year("2024", 10, 10)]) == NOTHING
    assert ends([year("2024", 10, 10), year("2025", 10, None)]) == NOTHING


def test_a_row_without_target_might_have_had_any():
    rows = [year("2023", 10, 10), year("2024", None, 10), year("2025", 10, 10)]
    assert ends(rows) == (1, 0, 1, 0.6667)


def test_without_any_target_nothing_is_known():
    assert ends([year("2025", None, 10)]) == NOTHING


@pytest.mark.parametrize("accumulation", ["snapshot", "running total"])
def test_a_value_that_does_not_add_up_counts_by_its_latest_period(accumulation):
    one = [level(accumulation=accumulation)]
    rows = [year("2023", 20, None), year("2024", 20, None), year("2025", 20, 15)]
    assert ends(rows, indicators=one) == (0.5, 0.5, 0.5, 1)
    assert ends([*rows[:2], year("2025", None, 15)], indicators=one) == NOTHING


def test_a_level_without_baseline_counts_nothing_at_the_low_end_only():
    rows = [year("2025", 20, 15)]
    assert ends(rows, indicators=[level(baseline=None)]) == (0.75, 0, 0.75, 1)


def test_a_ceiling_is_known_as_a_whole_or_not_at_all():
    down = [indicator(direction="decrease", baseline=20)]
    rows = [year("2023", 10, 10), year("2024", 10, 15), year("2025", 10, 10)]
    assert ends(rows, indicators=down) == (0.8333, 0.8333, 0.8333, 1)
    rows[1] = year("2024", 10, None)
    assert ends(rows, indicators=down) == (1, 0, 1, 0.6667)


def test_a_range_with_one_bound_is_no_target():
    def keep(**bounds):
        return [level(direction="maintain", baseline=None) | bounds]

    rows = [year("2025", None, 6)]
    assert ends(rows, indicators=keep(lower=5, upper=7)) == (1, 1, 1, 1)
    assert ends(rows, indicators=keep(lower=5)) == NOTHING


def test_without_a_direction_nobody_can_say_what_is_better():
    assert ends([year("2025", 10, 15)], indicators=[indicator(direction=None)]) == NOTHING


def test_a_flow_that_does_not_say_how_it_adds_up_is_read_both_ways():
    unsaid = [indicator(accumulation=None)]
    rows = [year("2023", 10, 10), year("2024", 20, 10), year("2025", 30, 10)]
    assert ends(rows, indicators=unsaid) == (0.5, 0.3333, 0.5, 1)


def test_an_objective_begun_before_the_year_without_indicator_is_not_known():
    two = [objective(), objective("O-2")]
    assert ends([year("2025", 10, 10)], objectives=two) == (1, 0.5, 1, 0.5)


def test_an_honest_new_objective_costs_nothing_in_its_year():
    new = objective("O-2", starts=day("2025-09-01"))
    planned = indicator("I-2", objective_id="O-2")
    rows = [year("2025", 10, 10)]
    for more in ([], [planned]):
        sheets = {"objectives": [objective(), new], "indicators": [indicator(), *more]}
        assert ends(rows, **sheets) == (1, 1, 1, 1)
        assert ends([*rows, year("2026", 5, None, "I-2")], **sheets) == (1, 1, 1, 1)


def test_a_plan_for_a_later_year_costs_nothing():
    two = [indicator(), indicator("I-2")]
    rows = [year("2025", 10, 10), year("2027", 5, None, "I-2")]
    assert ends(rows, indicators=two) == (1, 1, 1, 1)


def test_a_rating_in_words_is_never_a_percentage_but_is_missed_when_blank():
    two = [indicator(), indicator("I-2", kind="qualitative", direction=None, accumulation=None)]
    rows = [year("2025", 10, 10)]
    assert ends([*rows, year("2025", None, 3, "I-2")], indicators=two) == (1, 1, 1, 1)
    assert ends([*rows, year("2025", None, None, "I-2")], indicators=two) == (1, 0.5, 1, 0.5)


def test_an_agreement_without_objectives_is_not_known():
    assert ends([], objectives=[], indicators=[]) == NOTHING


def test_the_rows_of_a_part_are_never_added_to_the_whole():
    rows = [year("2025", 10, 5), year("2025", 10, 10, part="women")]
    assert ends(rows) == (0.5, 0.5, 0.5, 1)
    found = results_of(portfolio_of(rows), POLICY, as_of=AS_OF)
    assert found.like_unit_sums["missions"].total == 5


def test_a_void_row_counts_as_if_nothing_had_been_reported():
    rows = [year("2024", 10, 0, state="void"), year("2025", 10, 10)]
    assert ends(rows) == ends([year("2024", 10, None), year("2025", 10, 10)])
    again = [year("2025", 10, 0, state="void"), year("2025", 10, 10)]
    assert ends(again) == (1, 1, 1, 1)


def test_a_raised_target_is_not_punished_and_a_lowered_one_not_rewarded():
    raised = reached([year("2025", 60, 20, first_target=20)])
    assert (round(raised.achievement, 4), raised.rated, raised.rated_low) == (0.3333, 1, 1)
    assert "raised from 20 to 60: the rules read the one first agreed" in raised.reason
    lowered = reached([year("2025", 5, 6, first_target=60)])
    assert (lowered.achievement, round(lowered.rated, 4)) == (1, 0.1)
    assert "lowered from 60 to 5" in lowered.reason


def test_a_lower_target_is_the_more_ambitious_where_less_is_better():
    fewer = [level(direction="decrease", baseline=40)]
    found = reached([year("2025", 10, 20, first_target=20)], indicators=fewer)
    assert found.rated == 1
    assert "raised from 20 to 10" in found.reason


def test_a_target_that_last_years_workbook_had_otherwise_was_the_first():
    before = portfolio_of([year("2025", 60, None)])
    assert reached([year("2025", 5, 6)], previous=before).rated == pytest.approx(0.1)


def dropped(when, reason="the partner closed its office"):
    """Return what is read of two objectives of which a failing one is given up."""
    gone = objective("O-2", dropped_on=day(when), dropped_reason=reason)
    return ends(
        [year("2025", 10, 10), year("2024", 10, 0, "I-2"), year("2025", 10, 0, "I-2")],
        objectives=[objective(), gone],
        indicators=[indicator(), indicator("I-2", objective_id="O-2")],
    )


def test_an_objective_given_up_counts_as_it_stood_for_the_last_time_in_that_year():
    assert dropped("2025-06-30") == (0.5, 0.5, 0.5, 1)
    assert dropped("2024-12-31") == (1, 1, 1, 1)


def test_an_objective_given_up_without_a_reason_counts_on():
    assert dropped("2024-06-30", reason=None) == (0.5, 0.5, 0.5, 1)


FULL = {
    "type": "grow trade",
    "activity": "outbound mission",
    "sector": "music",
    "city_unit": "Trade office",
    "city_duty": "Organise",
    "partner_unit": "Chamber",
    "partner_duty": "Host",
    "estimated_cost": 100,
    "approved_budget": 100,
    "funding_source": "Budget line 4",
    "staff_days": 5,
    "review_on": day("2025-06-30"),
}


def test_a_new_objective_does_not_count_against_the_share_of_smart_ones_before_the_next_year():
    new = objective("O-2", starts=day("2025-02-01"))
    found = reached([year("2025", 10, 10)], objectives=[objective(**FULL), new])
    assert (found.smart_share, found.smart_share_judged) == (0.5, 1)


# Silence never pays: whatever single figure is blanked, the low end does not rise.

NUMBER = st.one_of(st.none(), st.integers(0, 30))
COLUMNS = {
    PeriodResult: ("target", "actual", "numerator", "denominator"),
    Indicator: (
        "unit", "currency", "direction", "measure", "accumulation", "baseline", "lower", "upper",
    ),
    Objective: ("starts", "ends", *FULL),
}  # fmt: skip


SUMS = {"flow": ["incremental", "incremental", "running total", None],
        "level": ["running total", "snapshot", None]}  # fmt: skip


@st.composite
def indicators(draw, number):
    """Return an indicator of any kind, mostly told, and its rows, mostly of the last years."""
    kind = draw(st.sampled_from(["flow"] * 5 + ["level", "level", "milestone", "qualitative"]))
    measures = ["count"] * 5 + ["amount", "percent", "ratio", None]
    one = indicator(
        f"I-{number}",
        kind=kind,
        measure=draw(st.sampled_from(measures)),
        direction=draw(st.sampled_from(["increase"] * 4 + ["decrease"] * 3 + ["maintain", None])),
        accumulation=draw(st.sampled_from(SUMS.get(kind, [None]))),
        currency=draw(st.sampled_from([None, "EUR"])),
        baseline=draw(NUMBER),
        lower=draw(st.one_of(st.none(), st.integers(0, 10))),
        upper=draw(st.one_of(st.none(), st.integers(10, 30))),
    )
    first, left_out = draw(st.integers(2022, 2025)), draw(st.sampled_from([None, None, 2024]))
    years = [label for label in range(first, draw(st.integers(2025, 2026)) + 1)]
    told = [label for label in years if label != left_out]
    return one, [_drawn_year(draw, label, f"I-{number}") for label in told]


def _drawn_year(draw, label, key):
    often = st.one_of(st.integers(0, 30), st.integers(0, 30), NUMBER)
    row = year(str(label), draw(often), draw(often), key)
    with_parts = draw(st.booleans())  # an actual at odds with its parts is an error of the workbook
    above = draw(st.one_of(st.none(), st.integers(0, 10))) if with_parts else None
    below = draw(st.one_of(st.none(), st.integers(10, 20))) if with_parts else None
    if above is not None and below and row["actual"] is not None:
        row["actual"] = 100 * above / below
    state = draw(st.sampled_from(["approved"] * 8 + ["draft", "void"]))
    return row | {"numerator": above, "denominator": below, "state": state}


@st.composite
def sheets(draw):
    """Return the results of one or two indicators of a first objective, and a second one."""
    starts = st.sampled_from([None, day("2022-07-01"), day("2022-01-01"), day("2025-04-01")])
    stop = st.sampled_from([None, day("2025-06-30"), day("2027-12-31"), day("2027-12-31")])
    smart = FULL if draw(st.booleans()) else {}
    objectives = [
        objective(f"O-{n}", **smart, starts=draw(starts), ends=draw(stop)) for n in (1, 2)
    ]
    found = [draw(indicators(n)) for n in range(1, draw(st.sampled_from([1, 1, 2])) + 1)]
    rows = [row for _, rows in found for row in rows]
    return rows, objectives, [one for one, _ in found]


def low_end(portfolio):
    """Return the low end of the agreement and the share of SMART objectives as judged."""
    found = results_of(portfolio, POLICY, as_of=AS_OF).achievement["A-1"]
    assert found.rated_low <= found.rated_high
    return found.rated_low, found.smart_share_judged


def test_a_flow_that_does_not_say_how_it_adds_up_is_read_as_either_would_be():
    """As increments the target of a year half covered is halved, as a running total it is not."""
    until_june = [objective(ends=day("2025-06-30"))]
    rows = [year("2025", 2, 1)]
    told = {
        way: ends(rows, objectives=until_june, indicators=[indicator(accumulation=way)])
        for way in ("incremental", "running total", None)
    }
    assert told["running total"] == (0.5, 0.5, 0.5, 1)
    assert told["incremental"] == (1, 1, 1, 1)
    assert told[None] == (1, 0.5, 1, 1)


@settings(max_examples=250, deadline=None)
@given(sheets())
def test_no_figure_that_is_blanked_raises_the_low_end(drawn):
    rows, objectives, measures = drawn
    portfolio = portfolio_of(rows, objectives=objectives, indicators=measures)
    low, smart = low_end(portfolio)
    for kind, columns in COLUMNS.items():
        rows = portfolio.rows(kind)
        for number, row in enumerate(rows):
            for column in columns:
                if getattr(row, column) is None:
                    continue
                blank = [*rows[:number], replace(row, **{column: None}), *rows[number + 1 :]]
                then, smart_then = low_end(portfolio.with_rows(kind, blank))
                assert then <= low + 1e-9, (column, row)
                assert smart_then <= smart + 1e-9, (column, row)
