"""What every page says of the year, and the notices that touch what it shows."""

from dataclasses import replace

import pytest
from factory import TODAY, agreement, day, make_portfolio, results_of

from toolkit.model.issues import Issue
from toolkit.model.vocabulary import Severity
from toolkit.report.basis import notices, page_header

NOTICE = Issue(Severity.NOTICE, "Agreements", "C2", "country", "It is on no list.", touches=True)


@pytest.fixture
def results(policy):
    """Return the results of two agreements, the first with a notice."""
    rows = [agreement(last_contact=day("2025-03")), agreement("A-2")]
    portfolio = replace(make_portfolio(policy, *rows), notices=(NOTICE,))
    return results_of(portfolio, policy, as_of=TODAY)


def test_a_page_says_first_what_is_on_record_of_the_year(results):
    said = page_header("Annual review 2025", results).subtitle
    assert "On record of 2025: 1 other dated row. No result, project, decision or budget" in said


def test_notices_that_touch_a_number_stand_on_the_page_with_their_cell(results):
    assert notices(results).rows == (("country", "It is on no list.", "Agreements!C2"),)


def test_cells_with_the_same_notice_share_a_row(results):
    twice = replace(results.portfolio, notices=(NOTICE, replace(NOTICE, cell="C3")))
    assert notices(replace(results, portfolio=twice)).rows == (
        ("country", "It is on no list. (2 cells)", "Agreements!C2:C3"),
    )


def test_the_page_of_an_agreement_holds_its_own_notices(results):
    assert len(notices(results, "A-1").rows) == 1
    assert notices(results, "A-2").rows == ()


def test_a_year_that_may_be_a_slip_stands_on_every_page(policy):
    late = make_portfolio(policy, agreement(last_contact=day("2027-03"), signed=day("2026-02")))
    results = results_of(late, policy, as_of=TODAY)
    [(about, said, _)] = notices(results, "A-1").rows
    assert about == "the year"
    assert said.endswith("signed after 2025. Did you mean 2027?")
