"""A reason is a sentence a councillor understands, built from the record."""

import re
from datetime import date

import pytest
from factory import agreement, make_portfolio, results_of
from random_portfolios import AS_OF, random_portfolio

from toolkit.assess.review.plain import LONGEST
from toolkit.files.shipped import ROOT
from toolkit.files.workbook import open_workbook

OFFICIAL = re.compile(
    r"\b(scores?|rules?|draws?|criteri\w+|C[1-7]|[ECIO]-\d+\S*|[A-Z]\w+![A-Z]+\d+|"
    r"\d{4}-\d{2}(-\d{2})?|None)\b"
)


@pytest.mark.parametrize(
    ("name", "year"), [("sample", 2025), ("sample", 2024), ("toronto-2018", 2018)]
)
def test_every_agreement_has_one_short_sentence_without_a_code(name, year, policy):
    portfolio = open_workbook(ROOT / "data" / f"{name}.xlsx", policy)
    results = results_of(portfolio, policy, as_of=date(year, 12, 31))
    reasons = results.plain_reasons
    assert set(reasons) == {row.agreement_id for row in results.review}
    for told in reasons.values():
        assert told.endswith(".")
        assert len(told) <= LONGEST
        assert not OFFICIAL.search(told), told


def test_the_reason_to_end_names_the_last_project_the_worst_result_and_the_open_end(policy):
    sample = open_workbook(ROOT / "data" / "sample.xlsx", policy)
    results = results_of(sample, policy, as_of=date(2025, 12, 31))
    told = results.plain_reasons["A-005"]
    assert "o project since April 2023" in told
    assert "5 of 30" in told
    assert "no end date since 1994" in told
    worst = results.indicators["I-005-1-1"]
    assert (worst.actual, worst.target) == (5, 30)


def test_what_no_sheet_tells_is_not_said_to_be_missing(policy):
    portfolio = make_portfolio(policy, agreement(ends=None))
    told = results_of(portfolio, policy).plain_reasons["A-1"]
    assert "project" not in told
    assert "target" not in told


@pytest.mark.parametrize("sparse", [False, True])
def test_random_records_are_told_as_shortly_and_without_a_code(sparse, policy):
    for seed in range(4):
        results = results_of(random_portfolio(seed, policy, sparse=sparse), policy, as_of=AS_OF)
        for told in results.plain_reasons.values():
            assert told.endswith(".")
            assert len(told) <= LONGEST
            assert not OFFICIAL.search(told), told
