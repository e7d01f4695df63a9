"""The table of suggested purposes."""

from factory import agreement, make_portfolio, results_of

from toolkit.report.classes import purposes_suggested


def table_of(policy, *statements):
    rows = [
        {"objective_id": f"O-{i}", "agreement_id": "A-1", "statement": text}
        for i, text in enumerate(statements, start=1)
    ]
    portfolio = make_portfolio(policy, agreement(), Objectives=rows)
    return purposes_suggested(results_of(portfolio, policy))


def test_a_suggestion_is_shown_with_its_words_its_standing_and_its_cell(policy):
    table = table_of(policy, "Promote <trade>.")
    ((_, _, suggestion, _, words, standing, cell),) = table.rows
    assert (suggestion, words, cell) == ("ECON", ("ECON: trade",), "Objectives!E2")
    assert standing == "unconfirmed: a person codes the purpose"
    assert "changes no class, share or score" in table.note
    assert "&lt;trade&gt;" in table._repr_html_()


def test_a_statement_without_words_of_the_lexicon_shows_none(policy):
    assert table_of(policy, "As both cities see fit.").rows[0][4] == "none"


def test_where_every_purpose_is_coded_a_sentence_stands_in(policy):
    coded = {"objective_id": "O-1", "agreement_id": "A-1", "statement": "Trade.", "purpose": "ECON"}
    portfolio = make_portfolio(policy, agreement(), Objectives=[coded])
    told = purposes_suggested(results_of(portfolio, policy))._repr_html_()
    assert "Every objective on record has a purpose" in told


def test_without_objectives_nothing_is_claimed_of_them(policy):
    assert "No objective is on record." in table_of(policy)._repr_html_()
