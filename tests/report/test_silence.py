"""What a page says of the facts that this year's workbook no longer holds."""

from factory import agreement, make_portfolio, results_of

from toolkit.report.silence import withdrawn


def text(part) -> str:
    return part._repr_html_()


def test_a_page_says_that_last_years_results_were_not_named(policy):
    results = results_of(make_portfolio(policy, agreement()), policy)
    assert "what was withdrawn since then cannot be seen" in text(withdrawn(results))


def test_a_page_lists_what_was_withdrawn_with_what_it_was_and_the_cell_to_type_it_in(policy):
    before = make_portfolio(policy, agreement(), agreement("A-2"))
    now = make_portfolio(policy, agreement(lead_unit=None), agreement("A-2"))
    results = results_of(now, policy, previous=before)
    page = text(withdrawn(results))
    assert all(word in page for word in ("Economic Development", "Agreements!I2", "blanked"))
    assert "is blank or gone" in text(withdrawn(results, results.of("A-2")))


def test_of_an_agreement_that_is_gone_only_the_agreement_is_listed(policy):
    project = {"project_id": "P-1", "agreement_id": "A-1", "name": "Mission"}
    before = make_portfolio(policy, agreement(), agreement("A-2"), Projects=[project])
    results = results_of(make_portfolio(policy, agreement("A-2")), policy, previous=before)
    assert len(results.withdrawn) == 2
    assert "Withdrawn since last year: 1" in text(withdrawn(results))
