"""The year's stocktaking holds every table, keyed and with its reasons."""

import pytest
from factory import TODAY, agreement, make_portfolio, results_of

from toolkit.assess.stock.counting import read_record
from toolkit.assess.stock.scorecard import score_programme
from toolkit.files.shipped import ROOT
from toolkit.files.workbook import open_workbook

NAMES = (
    "partner_owned", "project_leads", "engagements", "partners", "partner_kinds", "publication",
    "publication_counts", "activity_goals", "year_plan", "goals_served", "scorecard",
    "scorecard_changes",
)  # fmt: skip


@pytest.fixture(scope="module")
def results(policy):
    return results_of(open_workbook(ROOT / "data" / "sample.xlsx", policy), policy)


@pytest.mark.parametrize("name", NAMES)
def test_every_table_keeps_the_contract_of_results(results, name):
    table = getattr(results, name)
    assert len(table)
    assert table.kind.columns()[0] == table.kind.key
    assert table.kind.columns()[1:3] == ("decision", "reason")
    assert table.kind.columns()[-1] == "cells"
    assert all(row.decision is not None for row in table)
    assert all(row.reason.strip().endswith(".") for row in table)


def test_the_year_before_is_told_from_the_same_workbook_where_none_is_at_hand(results):
    assert results.scorecard["R1a"].change == "1 of 2"
    assert results.scorecard["R7"].change is None


def test_an_agreement_alone_gives_tables_without_an_error(policy):
    results = results_of(make_portfolio(policy, agreement()), policy)
    assert not results.year_plan
    assert not results.partners
    record = read_record(results.known, policy, as_of=TODAY)
    scorecard = score_programme(results.known, policy, record, as_of=TODAY)
    assert scorecard["R4b"].decision == "n/a"
