"""Domain, section 10: each recommendation and practice as n of N with the list behind."""

from dataclasses import replace
from datetime import date

import pytest
from factory import TODAY, agreement, day, make_portfolio, mou, results_of
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.assess.stock.counting import read_record
from toolkit.assess.stock.lines import MEASURES
from toolkit.assess.stock.scorecard import compare_scorecards, score_earlier, score_programme
from toolkit.files.shipped import ROOT
from toolkit.files.workbook import open_workbook
from toolkit.model.results import Result, Table, out, result
from toolkit.model.vocabulary import EndWord, Standing


def card(portfolio, policy, *, as_of=TODAY, before=None, **tables):
    """Return the scorecard of a portfolio with all that it reads from the year's results."""
    results = results_of(portfolio, policy, as_of=as_of)
    tables |= {"seats": results.seats, "seat_counts": results.seat_counts}
    tables |= {"objectives": results.objectives}
    tables |= {"agreements": results.achievement}
    return score(results.known, policy, as_of=as_of, before=before, **tables)


def score(portfolio, policy, *, as_of=TODAY, before=None, **tables):
    """Return the scorecard by the record alone and the tables that are given."""
    read = replace(read_record(portfolio, policy, as_of=as_of), **tables)
    return score_programme(portfolio, policy, read, as_of=as_of, before=before)


def line(key, policy, *agreements, as_of=TODAY, tables=(), **sheets):
    """Return one line of the scorecard of a small portfolio."""
    portfolio = make_portfolio(policy, *agreements, **sheets).on(as_of)
    if key in ("R4b", "R6", "B4"):  # the lines that read results of the year
        return card(portfolio, policy, as_of=as_of)[key]
    return score(portfolio, policy, as_of=as_of, **dict(tables))[key]


def project(project_id="PJ-1", agreement_id="A-1", **changes):
    """Return a project that was done in the year."""
    usual = {"project_id": project_id, "agreement_id": agreement_id, "name": f"Fair {project_id}"}
    return (
        usual | {"state": "done", "starts": day("2025-05-01"), "ends": day("2025-05-03")} | changes
    )


def decided(subject_id="A-1", point="review", word="Keep", **changes):
    """Return a decision taken in the year."""
    usual = {"subject_id": subject_id, "year": 2025, "decision_point": point, "decision": word}
    return usual | {"decided_on": day("2025-06-01")} | changes


def objective(objective_id="O-1", **changes):
    """Return a stated objective."""
    usual = {"objective_id": objective_id, "agreement_id": "A-1", "statement": "To grow trade."}
    return usual | changes


def partners(*sides):
    """Return a partner on each side, and the engagements that sign it."""
    register = [
        {"partner_id": f"P-{i}", "name": f"Partner {i}", "kind": "academic", "home_or_abroad": side}
        for i, side in enumerate(sides)
    ]
    signed = [
        {
            "agreement_id": "A-1",
            "partner_id": row["partner_id"],
            "role": "deliver",
            "signed_on": day("2024"),
        }
        for row in register
    ]
    return {"Partners": register, "Engagements": signed}


def test_the_lines_stand_in_the_order_of_the_report(policy):
    keys = [row.id for row in MEASURES]
    assert keys == [
        "R1a", "R1b", "R2a", "R2b", "R3", "R4a", "R4b", "R4c", "R5", "R6", "R7", "R8", "R9a",
        "R9b", "R9c", "R10a", "R10b", "R10c", "B1", "B2", "B3", "B4", "B5a", "B5b",
    ]  # fmt: skip
    assert list(card(make_portfolio(policy, agreement()), policy).keys()) == keys


def test_trap_30_empty_denominators_print_n_a_and_none_of_some_prints_0_of_n(policy):
    nobody = line("R5", policy, mou(), **partners("home"))
    assert (nobody.decision, nobody.n, nobody.of, nobody.status) == ("n/a", None, None, "n/a")
    assert nobody.reason.endswith("None is on record, so there is nothing to count.")
    none_of_one = line("R5", policy, agreement(), **partners("home"))
    assert (none_of_one.decision, none_of_one.status) == ("0 of 1", "not met")


def test_a_sheet_that_is_not_supplied_is_not_looked_at_and_never_0(policy):
    found = card(make_portfolio(policy, agreement()), policy)
    unseen = ("R1b", "R2b", "R4a", "R5", "R6", "R8", "R9c", "R10a", "R10c", "B2", "B3", "B4", "B5b")
    for key in unseen:
        assert found[key].decision == "n/a", key
        assert "Not looked at: " in found[key].reason, key


def test_a_result_that_is_not_given_is_not_looked_at(policy):
    proposal = {"proposal_id": "PR-1", "partner": "Oslo", "country": "Norway"}
    sheets = {"Decisions": [decided()], "Proposals": [proposal]}
    found = card(make_portfolio(policy, agreement(), **sheets), policy)
    for key in ("R2b", "R4c", "B1"):
        assert found[key].decision == "n/a"
        assert found[key].reason.endswith("Not looked at.")


def test_r1_an_agreement_handed_to_a_partner_this_year_is_new(policy):
    own = agreement("A-1", owner="P-1", city_role="catalyst", signed=day("2025-03"))
    old = agreement("A-2", owner="P-1", city_role="co-lead")
    alone = agreement("A-3", owner="P-1", city_role="none", signed=day("2025-03"))
    found = line("R1a", policy, own, old, alone)
    assert (found.decision, found.status, found.counted) == ("1 of 2", "met", ("City A-1",))


def test_r1_projects_that_partners_lead_are_counted_of_those_of_the_year(policy):
    rows = [
        project("PJ-1", led_by_partner="P-1"),
        project("PJ-2", led_by_unit="Culture Unit"),
        project("PJ-3", led_by_partner="P-1", state="cancelled"),
        project("PJ-4", led_by_partner="P-1", starts=day("2024-01"), ends=day("2024-02")),
    ]
    found = line("R1b", policy, agreement(), Projects=rows)
    assert (found.decision, found.status) == ("1 of 2", "partly")
    assert found.not_counted == ("Culture Unit: Fair PJ-2",)


@pytest.mark.parametrize(
    ("as_of", "figure"),
    [(date(2021, 12, 1), "7 of 7"), (date(2021, 12, 2), "0 of 7"), (date(2018, 11, 30), "0 of 7")],
)
def test_r2_criteria_count_for_three_years_from_the_date_of_their_edition(policy, as_of, figure):
    adopted = replace(policy, adopted=policy.dated)
    found = line("R2a", adopted, agreement(signed=day("2010")), as_of=as_of)
    assert found.decision == figure


def test_r2_criteria_of_a_draft_that_council_has_not_adopted_do_not_count(policy):
    found = line("R2a", policy, agreement(), as_of=date(2020, 12, 1))
    assert found.decision == "0 of 7"
    assert "a draft of the policy" in found.not_counted[0]


def test_r2_a_criterion_that_names_no_goal_does_not_count(policy):
    first, *others = policy.criteria
    changed = replace(
        policy, criteria=(replace(first, goals=()), *others), dated=TODAY, adopted=TODAY
    )
    found = line("R2a", changed, agreement())
    assert (found.decision, found.not_counted) == (
        "6 of 7",
        ("names no goal: C1 Priority market",),
    )


@result(key="proposal_id")
class Screened(Result):
    """What the scorecard reads of a proposal."""

    proposal_id: str = out("Id")
    fit: float | None = out("Fit")


def test_r2_a_proposal_decided_without_a_score_does_not_count(policy):
    proposals = [
        {"proposal_id": key, "partner": f"City {key}", "country": "Italy"}
        for key in ("PR-1", "PR-2")
    ]
    fits = {"PR-1": 60.0, "PR-2": None}
    scored = [Screened(decision="", reason="", proposal_id=k, fit=v) for k, v in fits.items()]
    decisions = [decided("PR-1", "D1", "Proceed"), decided("PR-2", "D1", "Hold")]
    found = line(
        "R2b",
        policy,
        agreement(),
        tables={"proposals": Table(Screened, scored)},
        Proposals=proposals,
        Decisions=decisions,
    )
    assert (found.decision, found.not_counted) == ("1 of 2", ("not scored: City PR-2",))


def test_r3_an_instrument_reclassified_later_still_stood_outside(policy):
    became = agreement(original_class="MOU", reclassified_on=day("2025-02-01"))
    now = line("R3", policy, became, mou("M-1"))
    assert (now.decision, now.counted) == ("1 of 2", ("City A-1",))
    before = line("R3", policy, became, mou("M-1"), as_of=date(2024, 12, 31))
    assert before.decision == "0 of 2"


def test_r4_a_decision_known_only_after_the_review_does_not_count(policy):
    rows = [decided("A-1"), decided("A-2", decided_on=day("2026-02-24"))]
    found = line("R4a", policy, agreement("A-1"), agreement("A-2"), Decisions=rows)
    assert (found.decision, found.counted) == ("1 of 2", ("City A-1",))


def test_r4_seats_are_met_within_the_cap_and_not_above_it(policy):
    def held(count):
        rows = [agreement(f"A-{i}") for i in range(count)]
        found = line("R4b", policy, *rows)
        return found.decision, found.status

    assert held(10) == ("10 of 10", "met")
    assert held(11) == ("11 of 10", "not met")


def test_r4_without_a_cap_the_seats_are_n_a(policy_2024):
    found = line("R4b", policy_2024, agreement(classification="Partnership City"))
    assert (found.decision, found.status) == ("n/a", "n/a")
    assert found.reason.endswith("The policy sets no cap.")


@pytest.mark.parametrize(
    ("count", "status"), [(0, "not met"), (1, "partly"), (2, "met"), (3, "met"), (4, "partly")]
)
def test_r4_two_to_three_agreements_are_prioritised_a_year(policy, count, status):
    rows = [agreement(f"A-{i}") for i in range(5)]
    chosen = [row["agreement_id"] for row in rows[:count]]
    found = line("R4c", policy, *rows, tables={"priorities": chosen})
    assert (found.decision, found.status) == (f"{count} (policy: 2 to 3)", status)


@pytest.mark.parametrize(
    ("sides", "figure", "lacks"),
    [
        (("home", "abroad"), "1 of 1", ()),
        (("home",), "0 of 1", ("no signed partner abroad: City A-1",)),
        (("abroad",), "0 of 1", ("no signed partner here: City A-1",)),
    ],
)
def test_r5_a_partner_on_each_side_is_signed(policy, sides, figure, lacks):
    found = line("R5", policy, agreement(), **partners(*sides))
    assert (found.decision, found.not_counted) == (figure, lacks)


def test_r5_a_friendship_is_not_asked_for_partners(policy):
    friends = agreement(classification="Friendship")
    assert line("R5", policy, friends, **partners("home", "abroad")).decision == "n/a"


def test_r6_an_economic_agreement_without_objectives_fails(policy):
    found = line("R6", policy, agreement(), agreement("A-2"), Objectives=[objective()])
    assert found.decision == "0 of 2"
    assert found.not_counted == (
        "0 of 1 objectives SMART: City A-1",
        "no objective on record: City A-2",
    )


BOUND = {"signed": day("2023-01-01"), "renewal_clause": "y", "termination_clause": "y"}


@pytest.mark.parametrize(
    ("ends", "lacks"),
    [
        (day("2025-12-31"), ""),  # three years, and the end is the day of the review
        (day("2028-01-01"), ""),
        (day("2028-01-02"), "term over 5 years"),
        (EndWord.OPEN_ENDED, "end open-ended"),
        (EndWord.UNKNOWN, "end unknown"),
        (None, "end not on record"),
        (day("2025-12-30"), "ended on 30 December 2025"),
    ],
)
def test_r7_an_agreement_is_time_bound_with_an_end_ahead_in_three_to_five_years(
    policy, ends, lacks
):
    found = line("R7", policy, agreement(**(BOUND | {"ends": ends})))
    assert found.not_counted == ((f"{lacks}: City A-1",) if lacks else ())


def test_r7_a_term_under_three_years_is_too_short(policy):
    short = agreement(**(BOUND | {"signed": day("2023-06-01"), "ends": day("2026-05-30")}))
    assert line("R7", policy, short).not_counted == ("term under 3 years: City A-1",)


def test_r7_a_clause_that_is_missing_and_one_that_is_not_there_are_two_findings(policy):
    changes = BOUND | {"ends": day("2027"), "renewal_clause": "n", "termination_clause": None}
    lacks = "no renewal clause, termination clause not on record: City A-1"
    assert line("R7", policy, agreement(**changes)).not_counted == (lacks,)


def test_r8_a_project_of_the_year_counts_with_a_milestone(policy):
    rows = [project("PJ-1", "A-1"), project("PJ-2", "A-2"), project("PJ-3", "A-3", state="planned")]
    due = [{"project_id": key, "name": "Report", "due": day("2025-06")} for key in ("PJ-1", "PJ-3")]
    three = [agreement(f"A-{i}") for i in (1, 2, 3)]
    found = line("R8", policy, *three, Projects=rows, Milestones=due)
    assert (found.decision, found.counted) == ("1 of 3", ("City A-1",))
    assert found.not_counted == ("no milestone: City A-2", "no project of the year: City A-3")


PUBLISHED = {
    "published_text": day("2020"),
    "published_goals": day("2020"),
    "published_timeline": day("2020"),
    "published_outcomes": day("2025-03-21"),
}


def test_r9_an_agreement_is_published_with_all_four_items(policy):
    full, part = agreement(**PUBLISHED), agreement("A-2", **PUBLISHED | {"published_goals": None})
    found = line("R9a", policy, full, part)
    assert (found.decision, found.not_counted) == ("1 of 2", ("no goals: City A-2",))


def test_r9_outcomes_are_told_with_their_days_from_the_year_end(policy):
    old = agreement("A-2", **PUBLISHED | {"published_outcomes": day("2024-12-31")})
    found = line("R9b", policy, agreement(**PUBLISHED), old)
    assert (found.decision, found.counted) == ("1 of 2", ("City A-1",))
    assert found.reason.endswith("Published 80 days after it.")  # 31 + 28 + 21


def test_r9_activity_goals_are_asked_of_agreements_that_reach_into_next_year(policy):
    rows = [agreement("A-1"), agreement("A-2"), agreement("A-3", ends=day("2025-12-31"))]
    planned = [project(state="planned", starts=day("2026-05-01"), ends=day("2026-05-03"))]
    found = line("R9c", policy, *rows, Projects=planned)
    assert (found.decision, found.counted) == ("1 of 2", ("City A-1",))


MONEY = (
    objective("O-1", estimated_cost=100.0, approved_budget=100.0),
    objective("O-2", estimated_cost=300.0, approved_budget=200.0),
    objective("O-3", estimated_cost=None, approved_budget=50.0),
)


def test_r10_money_is_summed_where_both_sums_are_on_record(policy):
    found = line("R10a", policy, agreement(), Objectives=list(MONEY))
    assert (found.decision, found.n, found.of, found.status) == (
        "CAD 300 of 400",
        300,
        400,
        "partly",
    )
    assert found.reason.endswith("Left out: 1 without both.")


def test_r10_an_objective_without_estimate_is_not_fully_funded(policy):
    found = line("R10b", policy, agreement(), Objectives=list(MONEY))
    assert (found.decision, found.counted) == ("1 of 3", ("City A-1 O-1",))
    assert found.not_counted == ("200 of 300: City A-1 O-2", "no estimate: City A-1 O-3")


def test_r10_the_decision_on_resources_is_told_in_its_word(policy):
    rows = [decided("PROGRAMME", "resources", "Reduce")]
    found = line("R10c", policy, agreement(), Decisions=rows)
    assert (found.decision, found.status) == ("Reduce", "met")
    found = line("R10c", policy, agreement(), Decisions=[decided()])
    assert (found.decision, found.status) == ("none", "not met")


@result(key="subject")
class Compared(Result):
    """What the scorecard reads of a decision beside the rules."""

    subject: str = out("Subject")
    point: str = out("Point", default="review")
    agrees: str = out("Agrees")
    logged: bool | None = out("Logged")


def test_b1_an_override_counts_with_its_reason_and_what_has_no_pair_is_left_out(policy):
    rows = (
        ("yes", False, "Milan"),
        ("override", True, "Quito"),
        ("override", False, "Kyiv"),
        ("undecided", None, "Austin"),
        ("no proposal", True, "Warsaw"),
    )
    compared = [
        Compared(decision="", reason="", agrees=agrees, logged=logged, subject=subject)
        for agrees, logged, subject in rows
    ]
    tables = {"consistency": Table(Compared, compared)}
    found = line("B1", policy, agreement(), tables=tables, Decisions=[decided()])
    assert (found.decision, found.counted) == ("2 of 3", ("Milan, review", "Quito, review"))
    assert found.not_counted == ("an override without its reason: Kyiv, review",)


def test_b2_kinds_of_partner_are_counted_once(policy):
    found = line("B2", policy, agreement(), **partners("home", "abroad"))
    assert (found.decision, found.counted) == ("1 of 7", ("academic",))


def test_b3_a_third_decision_after_the_end_comes_too_late(policy):
    early, late = (agreement(f"A-{i}", ends=day("2025-06-30")) for i in (1, 2))
    rows = [
        decided("A-1", "D3", "Renew", decided_on=day("2025-06-30")),
        decided("A-2", "D3", "Renew", decided_on=day("2025-07-01")),
    ]
    found = line("B3", policy, early, late, agreement("A-3"), Decisions=rows)
    assert (found.decision, found.counted) == ("1 of 2", ("City A-1",))


def test_b4_an_objective_lacks_what_its_factors_lack(policy):
    found = line("B4", policy, agreement(), Objectives=[objective(starts=day("2023"))])
    assert found.decision == "0 of 1"
    assert found.not_counted[0].startswith("no focused goal, no measurable outcome")


def test_b5_agreements_without_a_goal_and_projects_of_one_division_are_listed(policy):
    rows = [project("PJ-1", other_divisions="Licensing"), project("PJ-2")]
    two = agreement(goals=("G1",)), agreement("A-2")
    assert line("B5a", policy, *two, Projects=rows).not_counted == ("no goal: City A-2",)
    assert line("B5b", policy, *two, Projects=rows).counted == ("Fair PJ-1",)


def test_an_agreement_concluded_later_was_still_in_force_the_year_before(policy):
    gone = agreement("A-2", status="concluded", concluded_on=day("2025-06-30"))
    rows = [agreement(), gone]
    assert line("R8", policy, *rows, Projects=[project()], Milestones=DUE).of == 1
    before = line(
        "R8",
        policy,
        *rows,
        as_of=date(2024, 12, 31),
        Projects=[project()],
        Milestones=DUE,
    )
    assert before.of == 2


@pytest.mark.parametrize("concluded", ["2025-06-30", "2025-06"])  # a month stands for its last day
@pytest.mark.parametrize(("as_of", "in_force"), [(date(2025, 6, 29), 1), (date(2025, 6, 30), None)])
def test_an_agreement_is_in_force_until_the_day_before_it_is_concluded(
    policy, concluded, as_of, in_force
):
    gone = agreement(status="concluded", concluded_on=day(concluded))
    assert line("R7", policy, gone, as_of=as_of).of == in_force


DUE = [{"project_id": "PJ-1", "name": "Report", "due": day("2025-06")}]


@settings(deadline=None, max_examples=24)
@given(st.permutations(range(4)))
def test_the_figures_do_not_depend_on_the_order_of_the_rows(policy, order):
    rows = [
        agreement("A-1", goals=("G1",), **PUBLISHED),
        agreement("A-2", **BOUND | {"ends": day("2027")}),
        mou("M-1"),
        agreement("A-3", original_class="MOU", owner="P-0", city_role="catalyst"),
    ]
    sheets = {"Projects": [project("PJ-1"), project("PJ-2", "A-2")], "Milestones": DUE}
    figures = [
        [
            (row.indicator_id, row.decision, row.status)
            for row in score(make_portfolio(policy, *chosen, **sheets), policy)
        ]
        for chosen in (rows, [rows[i] for i in order])
    ]
    assert figures[0] == figures[1]


def compared(now, before, key="B5a"):
    """Return what changed in one line."""
    return compare_scorecards(now, before)[key]


def test_the_figure_of_the_year_before_stands_beside_that_of_this_year(policy):
    one = make_portfolio(policy, agreement(goals=("G1",)), agreement("A-2"))
    both = make_portfolio(policy, agreement(goals=("G1",)), agreement("A-2", goals=("G2",)))
    before = card(one, policy)
    now = card(both, policy, before=before)
    assert now["B5a"].change == "1 of 2"
    assert compared(now, before).decision == "better"
    assert compared(before, now).decision == "worse"
    assert compared(now, now).decision == "unchanged"


def test_what_carries_no_date_is_not_told_of_an_earlier_year(policy):
    portfolio = make_portfolio(policy, agreement(goals=("G1",)))
    before = score_earlier(portfolio, policy, as_of=date(2024, 12, 31))
    now = card(portfolio, policy, before=before)
    assert "B5a" not in before
    assert now["B5a"].change is None
    assert compared(now, before).decision == "not known"


def test_more_seats_held_is_a_change_and_no_progress(policy):
    few = card(make_portfolio(policy, agreement()), policy)
    more = card(make_portfolio(policy, agreement(), agreement("A-2")), policy)
    assert compared(more, few, "R4b").decision == "changed"


def test_a_figure_that_was_not_looked_at_before_is_newly_counted(policy):
    without = card(make_portfolio(policy, agreement()), policy)
    supplied = card(make_portfolio(policy, agreement(), Projects=[project()]), policy)
    assert compared(supplied, without, "R1b").decision == "newly counted"
    assert compared(without, supplied, "R1b").decision == "no longer counted"


SAMPLE = {  # worked out by hand from the sources of the sample, as of 2025-12-31
    "R1a": "0 of 2",  # A-019 of 2018 and A-028 of 2024 are owned by partners
    "R1b": "15 of 29",
    "R2a": "0 of 7",  # the edition is of 2018
    "R3": "1 of 15",  # A-002, of it and fourteen that stand outside
    "R4a": "15 of 34",  # A-001, 003 to 005, 007, 015 to 017, 023, 031, 034 to 037 in March, A-011
    "R4b": "13 of 10",
    "R5": "4 of 17",  # A-001, 009, 010, 013
    "R6": "5 of 17",  # A-001, 009, 010, 011, 013
    "R7": "9 of 33",  # A-001, 003, 009, 010, 011, 013, 017, 038; A-037 ends on the day
    "R8": "8 of 17",  # A-001, 003, 007, 009, 010, 011, 013, 018
    "R9a": "4 of 34",  # A-001, 009, 010, 011
    "R9b": "5 of 34",  # the same and A-002
    "R9c": "9 of 31",  # A-001, 002, 003, 009, 010, 013, 019, 021, 026; not asked: A-014, 018, 037
    "R10a": "CAD 834,000 of 855,000",
    "R10b": "19 of 55",
    "R10c": "Both",
    "B2": "6 of 7",  # all but "other"
    "B3": "1 of 2",  # of the second, decided in March
    "B5a": "33 of 34",  # all but A-024
    "B5b": "4 of 29",  # PJ-002, 024, 026, 045
}
THE_YEAR_BEFORE = {"R1a": "1 of 2", "R3": "1 of 15", "R4a": "3 of 34", "R10c": "none"}


@pytest.fixture(scope="module")
def sample(policy):
    return open_workbook(ROOT / "data" / "sample.xlsx", policy)


def test_the_figures_of_the_sample_are_those_worked_out_by_hand(sample, policy):
    found = card(sample, policy)
    assert {key: found[key].decision for key in SAMPLE} == SAMPLE


def test_the_sample_of_the_year_before_is_told_from_what_was_known_then(sample, policy):
    earlier = score_earlier(sample, policy, as_of=date(2024, 12, 31))
    assert {key: earlier[key].decision for key in THE_YEAR_BEFORE} == THE_YEAR_BEFORE
    full = card(sample, policy, as_of=date(2024, 12, 31))
    assert list(earlier) == [full[row.indicator_id] for row in earlier]


def test_every_line_has_a_reason_and_a_counted_one_names_its_cells(sample, policy):
    found = card(sample, policy)
    assert all(row.reason.endswith(".") for row in found)
    assert {row.status for row in found} <= set(Standing)
    counted = found.where(lambda row: row.status != Standing.NOT_APPLICABLE)
    assert all(
        row.cells for row in counted if row.indicator_id != "R2a"
    )  # the criteria stand in the policy, not in the workbook


def test_a_column_that_is_blank_throughout_is_no_finding(policy):
    found = line("B5a", policy, agreement(goals=None))
    assert (found.decision, found.status) == ("n/a", "n/a")
    assert "goals blank in every row" in found.reason
