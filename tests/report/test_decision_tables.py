"""What people decided is told beside the rules, with counts that add up."""

from datetime import date

import pytest
from factory import agreement, day, make_portfolio, results_of

from toolkit.report.decisions import (
    beside_the_rules,
    decision_sentence,
    follow_up_sentence,
    followed_up,
    on_record,
)

AS_OF = date(2025, 12, 31)
DECISIONS = [
    {"subject_id": key, "year": year, "decision_point": "review", "decision": word, **log}
    for key, year, word, log in (
        ("A-1", 2025, "Keep by direction", {"reason_code": "override", "rationale": "A vote."}),
        ("A-2", 2025, "Renegotiate", {"decided_by": "Council", "decided_on": day("2025-11-04")}),
        ("A-3", 2023, "Keep", {}),
        ("A-4", 2024, "Sunset", {"rationale": "The sponsor left."}),
    )
]


def results(policy, *agreements, decisions=()):
    portfolio = make_portfolio(policy, *agreements, Decisions=list(decisions))
    return results_of(portfolio, policy, as_of=AS_OF)


@pytest.fixture(scope="module")
def decided(policy):
    agreements = [agreement(f"A-{n}") for n in range(1, 6)]
    return results(policy, *agreements, decisions=DECISIONS)


def test_the_counts_of_the_sentence_add_up(decided):
    lines = decision_sentence(decided.decisions).paragraphs
    assert lines == (
        "Of 5 questions of the year: 3 decided otherwise than proposed, 1 whose decision ran out "
        "and 1 undecided.",
        "1 of 3 decided otherwise give a reason code and a rationale.",
        "A reason code or the rationale is missing for A-2 and A-4.",
    )


def test_rule_and_decision_stand_side_by_side(decided):
    table = beside_the_rules(decided)
    assert table.rows[1] == (
        "City A-2",
        "Continue, regularise",
        "Renegotiate, 4 November 2025",
        "otherwise than proposed",
        "No reason is on record.",
        "31 December 2026",
    )


def test_last_years_decisions_are_told_with_what_became_of_them(decided):
    [row] = followed_up(decided).rows
    assert row[:3] == ("City A-4", "Sunset", "not yet")
    line = "Of 1 earlier decision: 1 not yet."
    assert follow_up_sentence(decided.decisions_followed_up).paragraphs == (line,)


def test_one_agreement_shows_only_its_own_decisions(decided):
    own = decided.of("A-4")
    [row] = on_record(own).rows
    assert row[:4] == (2024, "review", "Sunset", "The sponsor left.")
    assert row[6] == "until its status changes"
    assert own.decisions.keys() == own.decisions_followed_up.keys() == ("A-4",)


def test_without_decisions_each_table_says_so(policy):
    nothing = results(policy, agreement())
    assert not beside_the_rules(nothing).rows
    assert "No decision on it is on record." in on_record(nothing)._repr_html_()
    line = "No decision of the year before is on record."
    assert follow_up_sentence(nothing.decisions_followed_up).paragraphs == (line,)
