"""The motions of the annual review: one for each open proposal; what was decided is noted."""

from factory import TODAY, agreement, day, make_portfolio, mou, results_of

from toolkit.model.decisions import find_word
from toolkit.model.vocabulary import RenewalWord, ReviewWord
from toolkit.report.motions import MOTIONS, motions

DECIDED = {"subject_id": "A-1", "year": 2025, "decision_point": "review", "decision": "Sunset"}


def lines(policy, *agreements, **sheets):
    result = results_of(make_portfolio(policy, *agreements, **sheets), policy)
    return motions(
        result.review,
        result.decisions,
        result.proposals,
        result.readiness,
        result.priorities,
        by=TODAY,
    ).paragraphs


def test_each_proposal_is_a_motion(policy):
    found = lines(policy, agreement(), mou())
    assert found[0].startswith("That Council direct staff to report by 31 December 2025 on the")
    assert found[1].startswith("That Council continue, in the framework, City A-1")


def test_what_was_decided_is_noted_and_not_moved_again(policy):
    decided = DECIDED | {"decided_by": "Council", "decided_on": day("2025-11-04")}
    found = lines(policy, agreement(), Decisions=[decided | {"rationale": "No result."}])
    assert found == (
        "That Council note what was decided on City A-1 by Council, 2025-11-04: Sunset. No result.",
    )


def test_every_word_of_the_review_has_a_motion():
    silent = {ReviewWord.NOT_REVIEWED, ReviewWord.KEEP_BY_DIRECTION}
    spoken = {*ReviewWord, *RenewalWord} - silent
    assert {find_word(word).motion for word in spoken} <= set(MOTIONS)
