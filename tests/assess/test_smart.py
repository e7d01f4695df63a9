"""Domain, section 5: the five letters and the level."""

import csv
from datetime import date

import pytest
from factory import agreement, day, make_portfolio

from toolkit.assess.year.smart import smart_level, smart_scores
from toolkit.model.dates import Period
from toolkit.model.sheets import Objective


def test_the_reference_vectors_pass(policy, shared):
    rows = list(csv.DictReader((shared / "vectors/smart.csv").open(encoding="utf-8")))
    assert len(rows) == 9
    for row in rows:
        scores = {letter: int(row[letter]) for letter in "SMART"}
        assert sum(scores.values()) == int(row["total"])
        assert smart_level(scores, policy).upper().replace(" ", "_") == row["level"], row
        assert " ".join(letter for letter in "SMART" if not scores[letter]) == row["zeros"], row


FULL = {
    "objective_id": "O-1",
    "agreement_id": "A-1",
    "type": "grow trade",
    "activity": "outbound mission",
    "sector": "music",
    "audience": None,
    "city_unit": "Trade office",
    "city_duty": "Organise",
    "partner_unit": "Chamber",
    "partner_duty": "Host",
    "estimated_cost": 100,
    "approved_budget": 100,
    "funding_source": "Budget line 4",
    "staff_days": 5,
    "starts": day("2023-01-01"),
    "ends": day("2025-12-31"),
    "review_on": day("2025-06-30"),
}
INDICATOR = {
    "indicator_id": "I-1",
    "objective_id": "O-1",
    "kind": "flow",
    "unit": "missions",
    "direction": "increase",
    "baseline": 0,
    "baseline_state": None,
    "data_source": "Records",
}


def scores(policy, *, indicator=(), target=True, milestone=True, **changes):
    """Return the letters of a full objective with some fields changed."""
    year = Period(date(2025, 1, 1), date(2025, 12, 31), "2025")
    portfolio = make_portfolio(
        policy,
        agreement(),
        Objectives=[FULL | changes],
        Indicators=[INDICATOR | dict(indicator)],
        Results=[{"indicator_id": "I-1", "period": year, "target": 10 if target else None}],
        Projects=[{"project_id": "P-1", "agreement_id": "A-1", "objective_id": "O-1"}],
        Milestones=[{"project_id": "P-1", "due": day("2025-06")}] if milestone else [],
    )
    found = smart_scores(portfolio, policy, portfolio.get(Objective, "O-1"))
    return "".join(str(score) for score in found.values())


def test_a_full_objective_scores_two_a_letter(policy):
    assert scores(policy) == "22222"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"type": None, "activity": None}, "02222"),
        ({"type": None}, "12222"),
        ({"sector": None}, "12222"),
        ({"target": False}, "20222"),
        ({"indicator": {"unit": None}}, "21222"),
        ({"indicator": {"baseline": None}}, "21222"),
        ({"indicator": {"baseline": None, "baseline_state": "not applicable"}}, "22222"),
        ({"city_unit": None, "partner_unit": "The parties"}, "22022"),
        ({"partner_unit": None}, "22122"),
        ({"partner_duty": None}, "22122"),
        ({"approved_budget": None, "staff_days": None}, "22202"),
        ({"approved_budget": 99}, "22212"),
        ({"funding_source": None}, "22212"),
        ({"staff_days": 0}, "22212"),
        ({"estimated_cost": None}, "22212"),
        ({"ends": None}, "22220"),
        ({"review_on": None}, "22221"),
        ({"milestone": False}, "22221"),
        ({"ends": day("2029-01-01")}, "22221"),
        ({"review_on": day("2026-06-30")}, "22221"),
    ],
)
def test_each_letter_falls_for_what_is_missing(policy, changes, expected):
    assert scores(policy, **changes) == expected
