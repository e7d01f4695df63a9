"""Better on everything yet lower in score would be a fault: it is looked for."""

from dataclasses import replace

from factory import TODAY
from test_ranks_and_caps import scored

from toolkit.assess.classes.classification import reclassify
from toolkit.assess.review.gathering import gather_facts
from toolkit.assess.review.scores import check_dominance
from toolkit.assess.year.history import evaluate_year
from toolkit.report.scores import dominance_sentence


def test_agreements_of_which_the_same_is_known_are_compared_pair_by_pair(policy):
    row = scored(policy, [1e7, 1e8, 1e9]).dominance["Partnership"]
    assert (row.decision, row.pairs, row.contradictions) == ("in order", 3, ())


def test_a_score_that_contradicts_its_ratings_is_found_and_told(policy):
    """The best rated of two is given a score of zero."""
    from factory import agreement, make_portfolio
    from test_firmness import COMPLETE, profile, project

    keys = ("A-0", "A-1")
    portfolio = make_portfolio(
        policy,
        *(agreement(key, **COMPLETE) for key in keys),
        Projects=[project(key) for key in keys],
        Profiles=[profile("A-0", yearly_trade=1e9), profile("A-1", yearly_trade=1e8)],
    )
    classes = reclassify(portfolio, policy, as_of=TODAY)
    achieved = evaluate_year(portfolio, policy, as_of=TODAY)
    facts = dict(gather_facts(portfolio, policy, classes, achieved, as_of=TODAY))
    facts["A-0"] = replace(facts["A-0"], score=replace(facts["A-0"].score, mean=0.0))
    found = check_dominance(facts)
    assert found["Partnership"].decision == "contradiction"
    said = dominance_sentence(found).paragraphs[0]
    assert "A-0 is better on everything than A-1: a fault." in said
