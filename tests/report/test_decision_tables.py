"""What people decided is told beside the rules, with counts that add up."""

from datetime import date

import pytest
from factory import agreement, day, make_portfolio

from toolkit.assess.annual import assess
from toolkit.assess.decisions.deciding import gather_decided
from toolkit.report.decisions import (
    decision_sentence,
    decision_table,
    direction_table,
    expired_table,
    follow_up_sentence,
    follow_up_table,
    record_of_decisions,
    undecided_table,
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


def tables(policy, *agreements, decisions=()):
    portfolio = make_portfolio(policy, *agreements, Decisions=list(decisions))
    result = assess(portfolio, policy, as_of=AS_OF)
    return gather_decided(
        portfolio,
        policy,
        review=result.review,
        classification=result.classification,
        seats=result.seats,
        as_of=AS_OF,
    )


@pytest.fixture(scope="module")
def decided(policy):
    agreements = [agreement(f"A-{n}") for n in range(1, 6)]
    return tables(policy, *agreements, decisions=DECISIONS)


def firsts(table):
    return [row[0] for row in table.rows]


def test_the_counts_of_the_sentence_add_up(decided):
    lines = decision_sentence(decided.compared).paragraphs
    assert lines == (
        "Of 5 questions of the year: 3 decided otherwise than proposed, 1 whose decision ran out "
        "and 1 undecided.",
        "1 of 3 decided otherwise give a reason code and a rationale.",
        "A reason code or the rationale is missing for A-2 and A-4.",
    )


def test_rule_and_decision_stand_side_by_side(decided):
    table = decision_table(decided.compared)
    assert [row[:6] for row in table.rows][1] == (
        "A-2 City A-2",
        "review",
        "Continue, regularise",
        "Renegotiate",
        "otherwise than proposed",
        "No reason is on record.",
    )
    assert table.rows[1][6] == ("Council, 2025-11-04",)


def test_each_list_holds_its_own(decided):
    found = decided.compared
    assert firsts(direction_table(found)) == ["A-1 City A-1"]
    assert firsts(undecided_table(found)) == ["A-3 City A-3", "A-5 City A-5"]
    assert firsts(expired_table(found)) == ["A-3 City A-3"]
    assert undecided_table(found).rows[0][4] == "Keep, for 2023, ran out on 2024-12-31"


def test_last_years_decisions_are_told_with_what_became_of_them(decided):
    [row] = follow_up_table(decided.followed).rows
    assert row[:5] == ("A-4 City A-4", "review", "Sunset", 2024, "not yet")
    line = "Of 1 earlier decisions: 1 not yet."
    assert follow_up_sentence(decided.followed).paragraphs == (line,)


def test_one_agreement_shows_only_its_own_decisions(decided):
    own = decided.only("A-4")
    [row] = record_of_decisions(own.log).rows
    assert row[:4] == (2024, "review", "Sunset", "The sponsor left.")
    assert row[6] == "until its status changes"
    assert list(own.compared.index) == list(own.followed.index) == ["A-4"]


def test_without_decisions_each_table_says_so(policy):
    nothing = tables(policy, agreement())
    assert not decision_table(nothing.compared).rows
    assert "No decision on it is on record." in record_of_decisions(nothing.log)._repr_html_()
    line = "No decision of the year before is on record."
    assert follow_up_sentence(nothing.followed).paragraphs == (line,)
