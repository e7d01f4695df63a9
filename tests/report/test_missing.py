"""Where a page says that nothing is missing, nothing is: it follows from requests and weights."""

from types import SimpleNamespace

import pytest
from factory import agreement, make_portfolio, results_of

from toolkit.assess.review.gaps import OpenRequest
from toolkit.model.results import Result, Table
from toolkit.report.outcomes import named_failures
from toolkit.report.record import defect_table
from toolkit.report.review import gap_table

NOTHING_ASKED = Table(OpenRequest)
ALL_KNOWN = {"C1": 15, "C2": 15, "C3": 10, "C4": 20, "C5": 20, "C6": 15, "C7": 5}


def told(policy, *known_weights):
    """Return the sentence under "What is not on record", where nothing is asked for."""
    rows = [
        SimpleNamespace(agreement_id=f"A-{i}", judged_as="Partnership", known_weights=known)
        for i, known in enumerate(known_weights)
    ]
    scores = Table(Result, ())
    scores.rows = tuple(rows)
    return gap_table(NOTHING_ASKED, scores, policy).empty


def test_nothing_is_missing_where_all_criteria_are_known(policy):
    assert told(policy, ALL_KNOWN) == "No fact that the rules look at is missing here."


def test_a_missing_trade_figure_is_named_where_nothing_is_asked_for(policy):
    without = {key: weight for key, weight in ALL_KNOWN.items() if key != "C3"}
    assert told(policy, without) == "No request is open. Not fully known: economic ties (C3)."
    assert "Not fully known of 1 agreement: economic ties (C3)." in told(policy, ALL_KNOWN, without)


def test_a_criterion_known_in_part_is_not_known(policy):
    assert "results (C5)" in told(policy, ALL_KNOWN | {"C5": 12.5})


def test_where_nobody_is_judged_nothing_is_claimed(policy):
    assert told(policy) == "No request is open; no agreement here is judged by the criteria."


def test_an_agreement_that_is_not_reviewed_is_not_said_to_lack_nothing(policy):
    found = results_of(make_portfolio(policy, agreement(status="historical")), policy)
    assert "not under review" in defect_table(found.review["A-1"]).empty


@pytest.mark.parametrize("sheets", [{}, {"Indicators": []}])
def test_without_indicators_no_failure_is_ruled_out(policy, sheets):
    found = results_of(make_portfolio(policy, agreement(), **sheets), policy)
    assert named_failures(found).empty.startswith("No result is on record.")
