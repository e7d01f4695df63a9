"""A score is told where something is known to score by."""

from factory import agreement, day, make_portfolio, results_of


def test_nothing_known_is_no_score_even_once_a_notice_has_run_out(policy):
    given = {
        "subject_id": "A-1", "year": 2024, "decision_point": "review", "decision": "On notice",
        "decided_on": day("2025-03-01"), "expires": day("2025-12-31"),
    }  # fmt: skip
    own = agreement("A-1", classification="Friendship")
    held = make_portfolio(policy, own, Decisions=[given])
    found = results_of(held, policy)
    assert [row.decision for row in found.scores if row.mean is None] == ["too little is known"]
    assert len(found.review) == 1
