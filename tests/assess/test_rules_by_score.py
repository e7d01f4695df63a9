"""`docs/rules.md`: the rules 11 to 15 of the review, which rest on a score."""

import pytest
from factory import TODAY, agreement, make_portfolio

from toolkit.assess.classes.classification import reclassify
from toolkit.assess.review.criteria import Rating, Score, gather_sources
from toolkit.assess.review.facts import End, Facts
from toolkit.assess.review.rules import matching_rules
from toolkit.model.defects import Defect
from toolkit.model.sheets import Agreement
from toolkit.model.vocabulary import Finding

NO_END = Defect("end date", Finding.NOT_MET, ("ends",), "the City Clerk", "When it ends.")


@pytest.fixture(scope="module")
def scored(policy):
    """Return what gives the facts of a Partnership of which only the score is of interest."""
    portfolio = make_portfolio(policy, agreement())
    (row,) = portfolio.rows(Agreement)
    (outcome,) = reclassify(portfolio, policy, as_of=TODAY)
    sources = gather_sources(portfolio, policy, {}, as_of=TODAY)

    def facts(mean, *, activity=100.0, defects=(), offers=(), end=End.MEAN):
        return Facts(
            row,
            outcome,
            inside=True,
            judged_as=policy.class_named("Partnership"),
            defects=defects,
            decided=None,
            sources=sources,
            score=Score(mean, mean, mean, 100.0, {}, ()),
            ratings={"C4": Rating(activity, 1.0)},
            offers=offers,
            end=end,
        )

    return facts


def decided(facts):
    """Return the rule that decides, as a table prints it."""
    return str(matching_rules(facts)[0].ref)


def test_an_agreement_that_scores_enough_and_lacks_nothing_is_kept(scored):
    assert decided(scored(60)) == "rule 11, Keep"


def test_an_agreement_that_scores_enough_but_lacks_something_is_kept_on_new_terms(scored):
    assert decided(scored(60, defects=(NO_END,))) == "rule 12, Keep, on new terms"


def test_an_economic_agreement_without_activity_is_renegotiated_whatever_its_score(scored):
    idle = scored(100, activity=0.0)
    assert decided(idle) == "rule 13, Renegotiate"
    assert matching_rules(idle)[0].reason.endswith("No activity is on record.")


def test_activity_that_is_not_on_record_is_taken_for_some_only_at_its_best(scored):
    assert decided(scored(60, activity=None)) == "rule 13, Renegotiate"
    assert decided(scored(60, activity=None, end=End.HIGH)) == "rule 11, Keep"


def test_an_agreement_that_scores_too_little_to_keep_but_enough_to_mend_is_renegotiated(scored):
    assert decided(scored(59.9)) == decided(scored(45)) == "rule 13, Renegotiate"


def test_an_agreement_that_scores_too_little_goes_to_a_partner_that_is_willing_to_lead(scored):
    (match, _) = matching_rules(scored(44.9, offers=("Port of Milan",)))
    assert str(match.ref) == "rule 14, Transfer"
    assert match.reason.endswith("Port of Milan could lead it and is willing.")


def test_an_agreement_that_scores_too_little_and_that_nobody_would_lead_ends(scored):
    assert decided(scored(44.9)) == "rule 15, Sunset"


def test_each_decision_by_score_may_be_left_open_and_none_goes_before_d3(scored):
    rules = [match.rule for match in matching_rules(scored(60, offers=("Port of Milan",)))]
    assert [rule.number for rule in rules] == ["11", "13", "14", "15"]
    assert all(rule.open_at_ends and not rule.settles_before_d3 for rule in rules)
