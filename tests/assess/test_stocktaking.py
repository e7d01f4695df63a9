"""The year's stocktaking holds every table, keyed and with its reasons."""

import pytest
from factory import TODAY, agreement, make_portfolio

from toolkit.assess.stock.counting import YearTables
from toolkit.assess.stock.stocktaking import take_stock
from toolkit.files.opening import ROOT
from toolkit.files.workbook import open_workbook


@pytest.fixture(scope="module")
def stock(policy):
    sample = open_workbook(ROOT / "data" / "sample.xlsx", policy)
    return take_stock(sample, policy, YearTables(), as_of=TODAY)


def test_every_table_keeps_the_contract_of_results(stock):
    for name, table in stock.tables.items():
        assert len(table), name
        assert list(table.columns[:2]) == ["decision", "reason"], name
        assert table.columns[-1] == "cells", name
        assert table.index.name, name
        assert table.decision.notna().all(), name
        assert all(reason.strip().endswith(".") for reason in table.reason), name


def test_the_year_before_is_told_from_the_same_workbook_where_none_is_at_hand(stock):
    assert stock.scorecard.change["R1a"] == "1 of 2"
    assert stock.scorecard.change["R7"] is None


def test_an_agreement_alone_gives_tables_without_an_error(policy):
    stock = take_stock(make_portfolio(policy, agreement()), policy, YearTables(), as_of=TODAY)
    assert stock.plan.empty
    assert stock.partners.empty
    assert stock.scorecard.decision["R4b"] == "n/a"
