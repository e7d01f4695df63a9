"""Domain, section 8: which agreements are looked at, with which facts, and what is needed."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from factory import TODAY, agreement, day, make_portfolio, results_of
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.assess.renewal.decide import decide_renewals
from toolkit.assess.year.evaluation import Evaluated
from toolkit.files.policy import read_policy
from toolkit.files.shipped import ROOT
from toolkit.files.workbook import open_workbook
from toolkit.model.dates import Period
from toolkit.model.decisions import find_word
from toolkit.model.sheets import (
    Agreement,
    Decision,
    Engagement,
    Indicator,
    Objective,
    PeriodResult,
    Project,
)
from toolkit.model.vocabulary import DecisionPoint

POLICY = read_policy(ROOT / "data" / "policy.toml")


SMART = {
    "type": "grow trade",
    "activity": "event",
    "sector": "technology",
    "city_unit": "Trade",
    "city_duty": "Plan",
    "partner_unit": "Office",
    "partner_duty": "Host",
    "estimated_cost": 100,
    "approved_budget": 100,
    "funding_source": "budget",
    "staff_days": 5,
}


def near_end(**changes):
    """Return an agreement that ends half a year after the date of the review."""
    return agreement(**({"ends": day("2026-06-30")} | changes))


def objective(key="O-1", **changes):
    """Return a stated objective of A-1 whose partner met its duty."""
    usual = {"objective_id": key, "agreement_id": "A-1", "statement": "Grow trade"}
    usual |= {"ends": day("2026-06-30")}
    return usual | {"partner_duty_met": "y", "partner_duty": "Host"} | changes


NEXT_TERM = objective(
    "O-9",
    partner_duty_met="not due",
    starts=day("2026-07-01"),
    ends=day("2029-06-30"),
    review_on=day("2028-06-30"),
    **{name: value for name, value in SMART.items()},
)


def measure(objective_id="O-1", **changes):
    """Return the indicator of an objective."""
    usual = {
        "indicator_id": objective_id.replace("O", "I"),
        "objective_id": objective_id,
        "name": "Firms",
        "kind": "flow",
        "measure": "count",
        "unit": "firms",
        "direction": "increase",
        "accumulation": "incremental",
        "baseline_state": "not applicable",
        "data_source": "report",
    }
    return usual | changes


def result(year, target, actual, indicator_id="I-1", **changes):
    """Return the result of a calendar year."""
    first, last = day(f"{year}-01-01").first, day(f"{year}-12-31").last
    usual = {"indicator_id": indicator_id, "period": Period(first, last, str(year))}
    return usual | {"target": target, "actual": actual, "state": "approved"} | changes


def scored(mean, agreement_id="A-1"):
    """Return what is read of the score of one agreement; none where it is None."""
    word = "too little is known" if mean is None else "scored"
    row = {"decision": word, "judged_as": "Partnership", "mean": mean, "fit": mean}
    row |= {"low": mean or 0.0, "high": 100.0 if mean is None else mean}
    return {agreement_id: SimpleNamespace(**row, cells="Agreements!C2")}


def evaluated(portfolio):
    """Return what the year delivered."""
    year = results_of(portfolio, POLICY)
    return Evaluated(
        year.indicators, year.objectives, year.achievement, year.costs, year.cost_per_outcome
    )


def decide(*, actual=90, agreements=None, objectives=None, score=70.0, results=None, **sheets):
    """Return the renewals of a small portfolio; as it stands it is renewed."""
    portfolio = make_portfolio(
        POLICY,
        *(agreements or [near_end()]),
        Objectives=objectives or [objective(), NEXT_TERM],
        Indicators=sheets.pop("indicators", [measure(), measure("O-9")]),
        Results=results or [result(2025, 100, actual), result(2027, 100, None, "I-9")],
        **sheets,
    ).on(TODAY)
    return decide_renewals(
        portfolio, POLICY, evaluation=evaluated(portfolio), scores=scored(score), as_of=TODAY
    )


def decided(word, year, **changes):
    """Return a decision of the third decision point."""
    usual = {"subject_id": "A-1", "year": year, "decision_point": "D3", "decision": word}
    return usual | changes


def one(table):
    """Return the one row."""
    (row,) = table
    return row


def only(table):
    """Return rule number and proposal of the one row."""
    row = one(table)
    return int(row.rule.number), row.decision


def test_an_agreement_that_delivered_and_has_a_plan_is_renewed_for_its_class_term():
    row = one(decide())
    assert (row.decision, str(row.rule), row.term) == (
        "Renew",
        "renewal rule 4, Renew",
        "3-5 years",
    )
    assert (row.A, row.K, row.P, row.S, row.plan) == (90, 100, 100, 70, True)
    assert row.conditions == ("O-9: carried into the new term",)


@pytest.mark.parametrize("hold", [{"legal_hold": "y"}, {"status": "suspended"}])
def test_an_agreement_on_hold_is_suspended(hold):
    assert only(decide(agreements=[near_end(**hold)])) == (1, "Suspend")


def test_values_that_are_missing_or_drafts_do_not_count_as_evidence():
    rows = [
        result(2023, 100, 100),
        result(2024, 100, None),
        result(2025, 100, 100, state="draft"),
    ]
    row = one(decide(results=rows))
    assert (row.decision, row.approved_of_due, row.term) == ("Not evaluable", "1 of 3", "6 months")
    assert row.conditions[0] == "I-1: approved values by 30 June 2026 (1 of 3 are there)"


@pytest.mark.parametrize(
    ("reported", "expected"), [(7, "Renew with conditions"), (6, "Not evaluable")]
)
def test_seven_values_of_ten_are_enough_evidence(reported, expected):
    years = range(2016, 2026)
    rows = [result(y, 10, 10 if y > 2025 - reported else None) for y in years]
    rows.append(result(2027, 100, None, "I-9"))
    assert one(decide(results=rows)).decision == expected


def test_an_extension_past_the_end_asks_for_a_longer_term():
    late = [near_end(ends=day("2026-03-31"))]
    rows = [result(2025, 100, None)]
    conditions = one(decide(agreements=late, results=rows)).conditions
    assert "the term extended to 30 June 2026" in conditions


def test_after_the_extension_missing_evidence_is_a_notice():
    rows = [result(2025, 100, None)]
    asked = [decided("Not evaluable", 2025, decided_on=day("2025-03-01"))]
    assert only(decide(results=rows, Decisions=asked)) == (2, "On notice")


def test_while_the_extension_runs_the_evidence_is_awaited():
    rows = [result(2025, 100, None)]
    asked = [decided("not evaluable", 2025, decided_on=day("2025-09-30"))]
    row = one(decide(results=rows, Decisions=asked))
    assert (row.decision, row.term) == ("Not evaluable", "until 30 March 2026")


def test_a_decision_of_later_is_not_known_yet():
    rows = [result(2025, 100, None)]
    later = [decided("Not evaluable", 2024, decided_on=day("2026-01-10"), expires=day("2025-01"))]
    assert only(decide(results=rows, Decisions=later)) == (2, "Not evaluable")


def test_a_partner_that_met_no_duty_is_asked_for_them_anew():
    objectives = [objective(partner_duty_met="n"), objective("O-2", partner_duty_met="n")]
    rows = [result(2025, 100, 90), result(2025, 100, 90, "I-2")]
    table = decide(objectives=objectives, indicators=[measure(), measure("O-2")], results=rows)
    assert only(table) == (3, "Renegotiate duties")
    assert one(table).partner_duties == "0 of 2"
    assert one(table).conditions == (
        "O-1: the partner's duty anew (Host)",
        "O-2: the partner's duty anew (Host)",
    )


NOTICE = decided("On notice", 2024, decided_on=day("2024-12-01"), expires=day("2025-12-01"))


def test_a_partner_that_failed_without_results_is_put_on_notice_then_ended():
    failed = {"objectives": [objective(partner_duty_met="n")], "indicators": [measure()]}
    assert only(decide(**failed, actual=40)) == (8, "On notice")
    assert only(decide(**failed, actual=40, Decisions=[NOTICE])) == (8, "Sunset")


def test_a_friendship_goes_by_those_who_carry_it_with_targets_or_without():
    carried = friend()
    row = one(decide(agreements=[carried], actual=0, Projects=EACH_YEAR))
    assert row.decision == "Renew"


def test_an_agreement_that_has_done_its_work_is_concluded_at_its_end():
    table = decide(score=59.0)
    assert only(table) == (5, "Conclude as achieved")
    assert one(table).term == "until 30 June 2026"


def test_what_was_half_achieved_is_renewed_for_three_years_at_most():
    table = decide(actual=60, objectives=[objective()], indicators=[measure()])
    assert only(table) == (6, "Renew with conditions")
    assert one(table).term == "at most 3 years"
    assert one(table).conditions == (
        "O-1: how its targets will be met (60 % now)",
        "SMART objectives beyond the end (none on record)",
    )


def test_an_objective_beyond_the_end_that_is_not_smart_is_no_plan():
    vague = objective("O-9", starts=day("2026-07-01"), ends=day("2029-06-30"))
    vague |= {"type": None, "activity": None}
    row = one(decide(objectives=[objective(), NEXT_TERM | vague]))
    assert (row.decision, row.plan) == ("Renew with conditions", False)
    assert row.conditions == ("O-9: made SMART (at zero: S)",)


def test_a_storm_excuses_poor_results_once():
    struck = [near_end(external_cause="A storm closed the port.")]
    assert only(decide(agreements=struck, actual=40)) == (7, "One conditional renewal")
    before = [decided("One conditional renewal", 2022)]
    assert only(decide(agreements=struck, actual=40, Decisions=before)) == (8, "On notice")


def test_a_conditional_renewal_decided_for_this_end_does_not_speak_against_itself():
    struck = [near_end(external_cause="A storm closed the port.")]
    now = [decided("One conditional renewal", 2025, decided_on=day("2025-12-01"))]
    table = decide(agreements=struck, actual=40, Decisions=now)
    assert only(table) == (7, "One conditional renewal")
    assert one(table).decided == "One conditional renewal, 1 December 2025"


def test_poor_results_without_an_excuse_are_a_notice_that_says_what_must_be_shown():
    table = decide(actual=40)
    assert only(table) == (8, "On notice")
    assert one(table).term == "until 31 December 2026"
    assert one(table).conditions == (
        "O-1: how its targets will be met (40 % now), by 31 December 2026",
        "the term extended to 31 December 2026",
    )


def test_once_the_notice_has_run_out_poor_results_end_it():
    table = decide(actual=40, Decisions=[NOTICE])
    assert only(table) == (8, "Sunset")
    assert one(table).conditions[0] == "the partner is notified"


def test_once_the_notice_has_run_out_what_is_not_reported_counts_as_nothing():
    assert only(decide(results=[result(2025, 100, None)], Decisions=[NOTICE])) == (8, "Sunset")


def test_results_that_are_missing_are_named_where_they_decide():
    rows = [*(result(y, 10, 8) for y in range(2022, 2025)), result(2025, 10, None)]
    row = one(decide(results=rows))
    assert (row.decision, row.low_decision) == ("Insufficient evidence", "On notice")
    assert "What would settle it: its results (I-1: actual of 2025)" in row.reason
    assert "I-1: actual of 2025, by 30 June 2026" in row.conditions


def test_a_duty_nobody_told_of_may_not_have_been_met():
    blank = objective(partner_duty_met=None)
    row = one(decide(objectives=[blank, NEXT_TERM]))
    assert (row.decision, row.low_decision) == ("Renegotiate duties", "Renegotiate duties")
    assert "whether the partner met its duties (O-1)" in row.reason
    new = blank | {"starts": day("2025-03-01")}
    assert one(decide(objectives=[new, NEXT_TERM])).decision == "Renew"


def test_an_objective_without_end_counts_as_beyond_it():
    vague = objective("O-2", ends=None)
    own = measure("O-2")
    rows = [result(2025, 100, 90), result(2025, 10, 10, "I-2"), result(2027, 100, None, "I-9")]
    sheets = {"indicators": [measure(), own, measure("O-9")], "results": rows}
    for two, word in ((vague, "Renew with conditions"), (objective("O-2"), "Renew")):
        assert one(decide(objectives=[objective(), two, NEXT_TERM], **sheets)).decision == word


def test_an_objective_given_up_is_no_duty_and_no_plan():
    gone = objective(
        "O-2", partner_duty_met="n", dropped_on=day("2024-05-01"), dropped_reason="it closed"
    )
    row = one(decide(objectives=[objective(), gone, NEXT_TERM]))
    assert (row.decision, row.partner_duties) == ("Renew", "1 of 1")


@pytest.mark.parametrize(
    ("ends", "looked_at"),
    [("2026-12-31", 1), ("2027-01-01", 0), ("2025-12-31", 1), ("2025-12-30", 0), ("2026", 1)],
)
def test_the_last_twelve_months_are_looked_at_and_what_ended_is_left_to_the_review(ends, looked_at):
    assert len(decide(agreements=[near_end(ends=day(ends))])) == looked_at


@pytest.mark.parametrize("status", ["concluded", "transferred", "historical", "proposed"])
def test_what_is_not_under_review_is_not_renewed(status):
    assert not decide(agreements=[near_end(status=status)])


def test_a_partnership_without_targets_cannot_be_evaluated_where_indicators_count():
    row = one(decide(results=[result(2025, None, 3)]))
    assert row.decision == "Not evaluable"
    assert row.reason.startswith("No target is on record")


def test_a_partnership_is_left_to_the_review_where_indicators_do_not_count():
    portfolio = make_portfolio(POLICY, near_end(), Objectives=[objective()]).on(TODAY)
    year = evaluated(portfolio)
    assert not decide_renewals(
        portfolio, POLICY, evaluation=year, scores=scored(70.0), as_of=TODAY, counts=lambda _: False
    )


def test_a_rating_alone_is_no_target_to_be_evaluated_by():
    rated = [measure(kind="qualitative")]
    assert one(decide(indicators=rated, results=[result(2025, 3, 4)])).decision == "Not evaluable"


def test_trap_30_empty_denominators_are_not_numbers():
    silent = [objective(partner_duty_met="not due"), objective("O-2", partner_duty_met=None)]
    ahead = [result(2027, 100, None)]
    row = one(decide(objectives=silent, indicators=[measure()], results=ahead))
    assert (row.A, row.K, row.P, row.approved_of_due, row.partner_duties) == (None,) * 5
    assert (row.decision, row.reason.split(".")[0]) == (
        "Not evaluable",
        "No target has been due yet",
    )


def test_a_missing_score_is_named_and_asked_for():
    row = one(decide(score=None, actual=60))
    assert (row.decision, row.S) == ("Insufficient evidence", None)
    assert row.conditions == ("what its score lacks, by 30 June 2026",)


def friend(**changes):
    """Return a community agreement that has all it needs."""
    usual = {
        "classification": "Friendship",
        "community_sponsor": "Society",
        "sponsor_confirmed": day("2025-02-01"),
        "endorsed_by": "Councillor",
        "endorsed_on": day("2024-05-01"),
        "published_outcomes": day("2025-11-01"),
    }
    return near_end(**(usual | changes))


def event(on, project_id="P-1"):
    """Return an event that took place."""
    usual = {"project_id": project_id, "agreement_id": "A-1", "name": "Fest", "state": "done"}
    return usual | {"starts": day(on), "ends": day(on)}


EACH_YEAR = [event("2024-06-01"), event("2025-06-01", "P-2")]


def renewed(agreement, projects, as_of=TODAY):
    """Return the renewal of one agreement without targets."""
    portfolio = make_portfolio(POLICY, agreement, Projects=projects)
    return results_of(portfolio, POLICY, as_of=as_of).renewals


def test_a_friendship_without_targets_is_renewed_by_those_who_carry_it():
    row = one(renewed(friend(), EACH_YEAR))
    assert (row.decision, row.term, row.conditions) == ("Renew", "3-5 years", ())


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"sponsor_confirmed": day("2023-01-01")}, "sponsor's renewed endorsement: no"),
        ({"endorsed_on": None}, "Councillor's renewed endorsement: not on record"),
        ({"published_outcomes": day("2024-12-31")}, "outcomes published in the year: no"),
    ],
)
def test_a_friendship_that_lacks_something_is_told_what_and_never_ended_for_it(changes, missing):
    row = one(renewed(friend(**changes), EACH_YEAR))
    assert (row.decision, row.conditions) == ("Review decides", (missing,))


@pytest.mark.parametrize("years", [["2024-06-01"], ["2025-06-01"], []])
def test_a_friendship_needs_an_activity_in_each_year(years):
    row = one(renewed(friend(), [event(on) for on in years]))
    assert row.conditions == ("activity in each year: not on record",)


def test_one_event_on_the_turn_of_the_year_counts_for_one_year():
    assert one(renewed(friend(), [event("2024-12-31")])).decision == "Review decides"


@pytest.mark.parametrize(
    ("first", "enough"), [("2019-03-01", True), ("2018-12-12", True), ("2018-12-11", False),
                          ("2020-02-01", False)],
)  # fmt: skip
def test_excluded_days_are_made_up_by_the_days_before_them(first, enough):
    """The last year is 275 days of 2022 and 90 before 11 March 2020; then comes 2019."""
    as_of = day("2022-12-31").last
    carried = friend(
        ends=day("2023-06-30"),
        sponsor_confirmed=day("2022"),
        endorsed_on=day("2022-11-20"),
        published_outcomes=day("2022-11-01"),
    )
    projects = [event(first), event("2022-11-01", "P-2")]
    found = one(renewed(carried, projects, as_of)).decision
    assert (found == "Renew") is enough


def test_a_friendship_signed_last_year_is_not_asked_for_the_year_before():
    young = friend(signed=day("2025-01-15"))
    assert one(renewed(young, [event("2025-06-01")])).decision == "Renew"


def test_a_friendship_on_hold_is_left_to_the_review():
    assert not renewed(friend(legal_hold="y"), EACH_YEAR)


def test_an_open_ended_friendship_has_no_end_to_decide_on():
    assert not renewed(friend(ends=None), EACH_YEAR)


def test_a_fact_that_is_missing_reads_not_on_record():
    row = one(decide(objectives=[objective()], indicators=[measure()]))
    assert "goals of the framework: not on record" in row.relevance
    assert "full cost: not on record" in row.efficiency
    assert "named achievements: not on record" in row.impact
    assert "objectives beyond the end: not on record" in row.sustainability


def test_the_six_headings_hold_facts_of_the_record():
    table = decide(
        agreements=[near_end(goals=("G1",), renewal_clause="y")],
        Outcomes=[
            {"outcome_ref": "X", "agreement_id": "A-1", "what": "A plant", "on": day("2024"),
             "benefit": "both"},
            {"outcome_ref": "Y", "agreement_id": "A-1", "what": "Too late", "on": day("2026")},
        ],
    )  # fmt: skip
    row = one(table)
    assert "goals of the framework: G1" in row.relevance
    assert "partner duties met: 1 of 1" in row.effectiveness
    assert row.impact == ("named achievements: 1", "benefit: both 1", "achieved: A plant (X)")
    assert "objectives beyond the end: O-9 (SMART)" in row.sustainability


SAMPLE = open_workbook(ROOT / "data" / "sample.xlsx", POLICY)


EXPECTED = {  # agreement: rule, proposal, A, K, P, S; worked out apart
    "A-009": (4, "Renew", 97.31, 100.0, "3 of 3", 97.96),
    "A-010": (6, "Renew with conditions", 71.88, 96.0, "2 of 3", 87.04),
    "A-011": (5, "Conclude as achieved", 100.0, 100.0, "2 of 2", 50.35),
    "A-012": (2, "Not evaluable", None, 20.0, "1 of 2", 68.64),
    "A-013": (7, "One conditional renewal", 38.64, 95.24, "2 of 3", 76.13),
    "A-037": (8, "Sunset", 12.0, 100.0, "1 of 1", 17.74),
    "A-038": ("E", "Insufficient evidence", 60.0, 100.0, "1 of 1", 67.04),
}


def of_sample(year, portfolio=SAMPLE):
    """Return the renewals of the sample at the end of a year."""
    return results_of(portfolio, POLICY, as_of=POLICY.year_end(year)).renewals


@pytest.fixture(scope="module")
def of_2025():
    return of_sample(2025)


def test_the_sample_decides_the_renewals_it_stands_for(of_2025):
    decided = of_2025.where(lambda row: row.decision != "Review decides")
    assert list(decided.keys()) == list(EXPECTED)
    assert set(of_2025.keys()) - set(decided.keys()) == {
        "A-032"
    }  # a Friendship that lacks something


@pytest.mark.parametrize("key", EXPECTED)
def test_each_renewal_of_the_sample_rests_on_the_figures_worked_out_apart(of_2025, key):
    number, decision, achieved, coverage, duties, score = EXPECTED[key]
    row = of_2025[key]
    assert (str(row.rule), row.decision, row.partner_duties) == (
        f"renewal rule {number}, {decision}",
        decision,
        duties,
    )
    expected = zip((achieved, coverage, score), (row.A, row.K, row.S), strict=True)
    assert all(a == b or abs(a - b) <= 0.005 for a, b in expected), (row.A, row.K, row.S)


def test_the_year_before_failed_duties_were_to_be_agreed_anew_and_poor_results_a_notice():
    found = {row.agreement_id: (row.decision, row.A, row.partner_duties) for row in of_sample(2024)}
    assert set(found) == {"A-018", "A-037"}
    assert found["A-018"] == ("Renegotiate duties", 68.75, "0 of 2")
    assert found["A-037"][0] == "On notice"


def test_a_renewal_names_the_cells_it_rests_on(of_2025):
    cells = of_2025["A-011"].cells
    assert all(sheet in cells for sheet in ("Agreements!", "Objectives!", "Results!", "Decisions!"))


@settings(max_examples=5, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_renewal(random):
    shuffled = SAMPLE
    for kind in (Objective, Indicator, PeriodResult, Decision, Project, Engagement):
        rows = list(SAMPLE.rows(kind))
        random.shuffle(rows)
        shuffled = shuffled.with_rows(kind, rows)
    shuffled, plain = of_sample(2025, shuffled), of_sample(2025, SAMPLE)
    apart = [[replace(row, cells="") for row in table] for table in (shuffled, plain)]
    assert apart[0] == apart[1]


# Silence never pays: whatever one fact is blanked, the proposal stands no higher.

TOLD = (
    (Objective, ("partner_duty_met", "ends", *SMART)),
    (Indicator, ("measure", "direction", "accumulation", "unit")),
    (PeriodResult, ("target", "actual")),
    (Agreement, ("external_cause",)),
)
VALUES = st.sampled_from([None, 0, 2, 4, 5, 6, 8, 9, 10, 12])


@st.composite
def records(draw):
    """Return what `decide` makes a portfolio of, some of it blank."""
    met = st.sampled_from(["y", "n", "n", "not due", None])
    keys = ["O-1", "O-2"][: draw(st.integers(1, 2))]
    years = range(draw(st.integers(2022, 2024)), 2026)
    results = [result(y, 10, draw(VALUES), key.replace("O", "I")) for key in keys for y in years]
    cause = draw(st.sampled_from([None, "A storm closed the port."]))
    return {
        "objectives": [*(objective(key, partner_duty_met=draw(met)) for key in keys), NEXT_TERM],
        "indicators": [*map(measure, keys), measure("O-9")],
        "results": [*results, result(2027, 100, None, "I-9")],
        "agreements": [near_end(external_cause=cause)],
        "Decisions": draw(st.sampled_from([[], [NOTICE]])),
    }


def renewal_place(portfolio, score):
    """Return the place of what is proposed; the lower of it and of its low end."""
    row = one(
        decide_renewals(
            portfolio, POLICY, evaluation=evaluated(portfolio), scores=scored(score), as_of=TODAY
        )
    )
    words = (row.decision, row.low_decision)
    return max(find_word(word, DecisionPoint.D3).place for word in words)


@settings(max_examples=100, deadline=None)
@given(records(), st.sampled_from([40.0, 70.0]))
def test_no_fact_that_is_blanked_betters_a_renewal(record, score):
    sheets = {name.capitalize(): rows for name, rows in record.items() if name != "agreements"}
    portfolio = make_portfolio(POLICY, *record["agreements"], **sheets).on(TODAY)
    place = renewal_place(portfolio, score)
    for kind, columns in TOLD:
        rows = portfolio.rows(kind)
        for number, row in enumerate(rows):
            for column in columns:
                blank = [*rows[:number], replace(row, **{column: None}), *rows[number + 1 :]]
                then = portfolio.with_rows(kind, blank)
                assert renewal_place(then, score) >= place, (column, row)
