"""Domain, section 4, rules 9 and 11 to 16: what the score, the record and the results decide."""

import pytest
from factory import TODAY, agreement, day, make_portfolio, mou
from situations import (
    decided,
    friendship,
    judge,
    objective,
    offer,
    partnership,
    project,
    said,
    told,
)

from toolkit.assess.classes.classification import reclassify
from toolkit.assess.record.notices import Notice
from toolkit.assess.review.criteria import Rating, Score, Sources
from toolkit.assess.review.facts import End, Facts
from toolkit.assess.review.rules import matching_rules
from toolkit.model.defects import Defect
from toolkit.model.sheets import Agreement, Decision
from toolkit.model.vocabulary import Finding, Purpose

NO_END = Defect("end date", Finding.NOT_MET, ("ends",), "the City Clerk", "When it ends.")


@pytest.fixture(scope="module")
def scored(policy):
    """Return what gives the facts of an agreement of which only the score is of interest.

    Its record is that of activity, results and delivery, which weigh 20, 20 and 15 of 55.
    """

    def facts(
        mean,
        *,
        kind="Partnership",
        activity=100.0,
        results=100.0,
        delivery=100.0,
        defects=(),
        offers=(),
        ran_out=False,
        end=End.MEAN,
    ):
        notice = decided("On notice") if ran_out else None
        portfolio = make_portfolio(
            policy, agreement(classification=kind), Decisions=[notice] if notice else []
        )
        (row,) = portfolio.rows(Agreement)
        (outcome,) = reclassify(portfolio, policy, as_of=TODAY)
        ratings = {"C4": activity, "C5": results, "C6": delivery}
        return Facts(
            row,
            outcome,
            inside=True,
            judged_as=policy.class_named(kind),
            defects=defects,
            decided=None,
            sources=Sources(portfolio, policy, TODAY, {}, frozenset({Agreement})),
            score=Score(mean, mean, mean, 100.0, {}, ()),
            ratings={key: Rating(v, 0.0 if v is None else 1.0) for key, v in ratings.items()},
            offers=offers,
            notice=Notice(portfolio.rows(Decision)[0], TODAY, True) if ran_out else None,
            end=end,
        )

    return facts


def rule(facts):
    """Return the rule that decides, as a table prints it."""
    return str(matching_rules(facts)[0].ref)


KEEP, NEW_TERMS, RENEGOTIATE = (
    "rule 11, Keep",
    "rule 12, Keep, on new terms",
    "rule 13, Renegotiate",
)


def test_11_an_agreement_that_scores_enough_delivers_and_lacks_nothing_is_kept(scored):
    assert rule(scored(60)) == KEEP


def test_12_one_that_scores_enough_and_delivers_but_lacks_something_is_kept_on_new_terms(scored):
    assert rule(scored(60, defects=(NO_END,))) == NEW_TERMS


def test_13_one_that_scores_too_little_to_keep_but_enough_to_mend_is_renegotiated(scored):
    assert rule(scored(59.9)) == rule(scored(45)) == RENEGOTIATE


def test_11_a_partnership_without_activity_is_not_kept_whatever_its_score(scored):
    idle = scored(100, activity=0.0)
    assert rule(idle) == RENEGOTIATE
    assert "To be kept it lacks activity on record" in matching_rules(idle)[0].reason


def test_11_activity_that_is_not_told_is_none_but_at_its_best(scored):
    assert rule(scored(60, activity=None)) == RENEGOTIATE
    assert rule(scored(60, activity=None, end=End.HIGH)) == KEEP


def test_11_a_partnership_with_less_than_half_of_its_results_is_not_kept(scored):
    assert rule(scored(100, results=50.0)) == KEEP
    poor = scored(100, results=49.9)
    assert rule(poor) == RENEGOTIATE
    assert "results of 50 % of its targets" in matching_rules(poor)[0].reason


def test_11_results_that_are_not_told_are_none_at_the_worst_and_not_tested_by_what_is_known(scored):
    ends = {end: rule(scored(100, results=None, end=end)) for end in End}
    assert ends == {End.LOW: RENEGOTIATE, End.MEAN: KEEP, End.HIGH: KEEP}


def test_11_a_friendship_is_kept_without_results_or_activity_but_not_without_a_record(scored):
    friend = {"kind": "Friendship", "results": 0.0}
    assert rule(scored(60, activity=0.0, **friend, delivery=100.0)) == RENEGOTIATE
    assert rule(scored(60, activity=25.0, **friend, delivery=100.0)) == KEEP


def test_11_a_record_of_less_than_half_is_not_kept_whatever_its_market(scored):
    """Activity 25, results 60, delivery 50 weigh 24.5 of 55: 44.5 of 100."""
    thin = {"activity": 25.0, "results": 60.0}
    poor = scored(100, **thin, delivery=50.0)
    assert rule(poor) == RENEGOTIATE
    assert "a record of 50 of 100" in matching_rules(poor)[0].reason
    assert rule(scored(100, **thin, delivery=75.0)) == KEEP  # 28.25 of 55 are 51.4


def test_14_one_that_scores_too_little_is_put_on_notice_first(scored):
    match = matching_rules(scored(44.9))[0]
    assert str(match.ref) == "rule 14, On notice"
    assert "To be shown by 31 December 2026, by Economic Development: a score of 45" in match.reason


def test_14_an_offer_to_lead_is_told_in_the_notice_and_does_not_replace_it(scored):
    match = matching_rules(scored(44.9, offers=("Port of Milan",)))[0]
    assert str(match.ref) == "rule 14, On notice"
    assert "Port of Milan could lead it and is willing." in match.reason


def test_15_after_its_notice_one_that_scores_too_little_goes_to_a_partner_that_offers(scored):
    match = matching_rules(scored(44.9, offers=("Port of Milan",), ran_out=True))[0]
    assert str(match.ref) == "rule 15, Transfer"
    assert match.reason.endswith("Port of Milan could lead it and is willing.")


def test_16_after_its_notice_one_that_scores_too_little_and_that_nobody_would_lead_ends(scored):
    assert rule(scored(44.9, ran_out=True)) == "rule 16, Sunset"


def test_a_notice_that_ran_out_ends_nobody_who_scores_enough(scored):
    assert rule(scored(60, ran_out=True)) == KEEP
    assert rule(scored(45, ran_out=True)) == RENEGOTIATE


def test_each_decision_by_score_may_be_left_open_and_none_goes_before_d3(scored):
    rules = [match.rule for match in matching_rules(scored(60, offers=("Port of Milan",)))]
    assert [found.number for found in rules] == ["11", "13", "14", "15", "16"]
    assert all(found.scored and not found.settles_before_d3 for found in rules)


def test_14_what_must_be_shown_is_due_at_the_end_of_the_agreement_if_that_is_earlier(policy):
    weak = told(
        partnership(country="Chad", ends=day("2026-09-30")),
        projects=1,
        partners=0,
        about={"sectors_shared": (), "yearly_trade": 0.0},
        Indicators=[],
        Results=[],
    )
    weak["Objectives"] = []
    row = judge(policy, weak, counted=("Profiles", "Projects", "Engagements"))
    assert said(row) == "rule 14, On notice"
    assert "To be shown by 30 September 2026" in row.reason


@pytest.mark.parametrize(("year", "may_lead"), [(None, False), (2024, True)])
@pytest.mark.parametrize(
    ("role", "willing", "is_offer"),
    [
        ("lead", "2025-06", True),
        ("could lead", "2024-12-31", True),
        ("could lead", "2024-12-30", False),
        ("deliver", "2025-06", False),
        ("could lead", None, False),
    ],
)
def test_15_an_offer_is_of_one_that_could_lead_and_at_most_a_year_old(
    policy, year, may_lead, role, willing, is_offer
):
    row = offer() | {"role": role, "willing_on": willing and day(willing)}
    notice = {"Decisions": [decided("On notice", year)]} if year else {}
    weak = told(
        partnership(country="Chad"),
        projects=1,
        partners=[row],
        about={"sectors_shared": (), "yearly_trade": 0.0},
        results=[],
        **notice,
    )
    found = judge(policy, weak)
    assert ("Partner 8 could lead" in found.reason) == is_offer
    assert (found.decision == "Transfer") == (may_lead and is_offer)


def letter(**changes):
    """Return an instrument outside the framework whose objective is economic."""
    who = partnership(classification="MOU", lead_unit=None)
    return told(who | changes, Objectives=[objective(purpose=Purpose.ECON)])


def test_9a_an_instrument_that_scores_in_its_class_is_reclassified_on_its_unmet_conditions(policy):
    row = judge(policy, letter())
    assert (said(row), row.proposed_class) == ("rule 9a, Reclassify", "Partnership")
    assert (row.conditions, row.place) == (("lead unit (not on record)",), 2)


def test_9a_it_is_unconditional_only_with_no_condition_unmet_and_some_activity(policy):
    row = judge(policy, letter(lead_unit="Trade"))
    assert (row.conditions, row.place) == ((), 1)


def test_9a_where_too_little_could_be_known_the_score_is_not_asked_but_a_first_project_is(policy):
    who = mou(lead_unit="Trade", main_purpose=(Purpose.ECON,))
    row = judge(policy, {"Agreements": [who]}, counted=())
    assert (said(row), row.conditions) == ("rule 9a, Reclassify", ("a first project",))


def test_9a_where_enough_could_be_known_but_is_not_evidence_is_asked_and_no_seat(policy):
    who = mou(main_purpose=(Purpose.ECON,), country="Chad")
    row = judge(policy, {"Agreements": [who], "Projects": [project("M-1", objective_id=None)]})
    assert (said(row), row.place) == ("rule 9a, Insufficient evidence", 3)


def test_9a_one_that_scores_too_little_in_its_class_is_put_on_notice(policy):
    weak = told(
        partnership(classification="MOU", country="Chad"),
        projects=1,
        partners=0,
        about={"sectors_shared": (), "yearly_trade": 0.0},
        results=[],
        Objectives=[objective(purpose=Purpose.ECON)],
    )
    weak["Results"] = [row | {"actual": 0.0} for row in told()["Results"]]
    assert said(judge(policy, weak)) == "rule 14, On notice"


def elsewhere(purposes=(Purpose.CULT, Purpose.CULT), who=None, **changes):
    """Return a Partnership whose coded objectives are cultural; with its low score as such."""
    stated = [objective(purpose=p, objective_id=f"O-{i}") for i, p in enumerate(purposes)]
    usual = partnership(country="Chad", endorsed_by="Councillor", endorsed_on=day("2024-03"))
    none = {"sectors_shared": (), "yearly_trade": 0.0}
    rest = {"Objectives": stated, "Indicators": [], "Results": []}
    return told(usual | (who or {}), projects=2, partners=1, about=none, **rest | changes)


def test_9b_one_whose_coded_objectives_firmly_give_another_class_is_reclassified(policy):
    row = judge(policy, elsewhere())
    assert (said(row), row.proposed_class, row.place) == ("rule 9b, Reclassify", "Friendship", 1)


@pytest.mark.parametrize(
    "sheets",
    [
        elsewhere((Purpose.CULT, Purpose.CULT, Purpose.ECON, Purpose.POLICY)),  # sensitive
        elsewhere(who={"endorsed_on": None}),  # a condition is not met
        elsewhere((None, None)),  # nobody coded it
        elsewhere(who={"main_purpose": (Purpose.CULT,)}, Objectives=[]),  # not from objectives
    ],
)
def test_9b_is_for_coded_objectives_that_nothing_flips_and_conditions_that_are_met(policy, sheets):
    assert judge(policy, sheets).rule.number != "9b"


def test_9b_one_that_would_be_kept_in_its_own_class_stays_there(policy):
    """A better fact about its present class never moves it out of it."""
    kept = told(
        partnership(endorsed_by="Councillor", endorsed_on=day("2024-03")),
        Objectives=[objective(purpose=Purpose.CULT)],
    )
    row = judge(policy, kept)
    assert said(row) == "rule 11, Keep"


def test_a_friendship_of_which_all_is_told_is_kept(policy):
    assert said(judge(policy, told(friendship()))) == KEEP
