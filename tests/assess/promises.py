"""Every promise of what would change a proposal, carried out in a workbook as a person would."""

import random
from collections.abc import Iterator, Mapping
from pathlib import Path

from factory import agreement, day, make_portfolio

from toolkit.assess.results import Results
from toolkit.assess.review.entries import typed_into
from toolkit.assess.review.remedies import Remedy
from toolkit.files.template import write_workbook
from toolkit.files.workbook import open_workbook
from toolkit.model.dates import Period
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import KINDS
from toolkit.model.text import as_typed


def promises_of(results: Results) -> list[Remedy]:
    """Return what is promised of each agreement."""
    return [row for row in results.what_would_change if row.decision == "better"]


def broken(results: Results, promise: Remedy, folder: Path) -> str:
    """Carry a promise out in a workbook, review it again, and return how it is broken."""
    changed = typed_into(results.portfolio, promise.entries)
    again = Results(
        _written(changed, results.policy, folder / "promise.xlsx"),
        results.policy,
        results.as_of,
        results.previous,
    )
    found = again.review[promise.agreement_id]
    if (found.decision, found.place) == (promise.then, promise.then_place):
        return ""
    return f"{promise.agreement_id}: {promise.reason} Now {found.decision}, place {found.place}."


def _written(portfolio: Portfolio, policy: Policy, path: Path) -> Portfolio:
    """Return a portfolio that was typed into a workbook and read from it."""
    rows = {kind.sheet.name: [_texts(row) for row in portfolio.rows(kind)] for kind in KINDS}
    write_workbook(path, policy, title=portfolio.title, rows=rows)
    return open_workbook(path, policy)


def _texts(row: object) -> Mapping[str, str]:
    return {name: as_typed(getattr(row, name)) for name in row.sheet.names}


def invented_city(policy: Policy, seed: int, *, size: int = 12) -> Portfolio:
    """Return a city of a few agreements, of each of which much is known or little."""
    chance = random.Random(seed)
    keys = [f"A-{number}" for number in range(1, size + 1)]
    sheets: dict[str, list[Mapping[str, object]]] = {
        "Partners": [{"partner_id": f"P-{n}", "name": f"Partner {n}"} for n in range(1, 5)]
    }
    for key in keys:
        for name, rows in _of_one(chance, key):
            sheets.setdefault(name, []).extend(rows)
    return make_portfolio(policy, *(_agreement(chance, key) for key in keys), **sheets)


def _agreement(chance: random.Random, key: str) -> Mapping[str, object]:
    chosen = {
        "classification": chance.choice(
            ["Partnership", "Partnership", "Friendship", "MOU", "sister city"]
        ),
        "country": chance.choice(["Italy", "Germany", "China", "Chad"]),
        "signed": chance.choice([day("2004"), day("2019-05"), day("2022-03-01"), day("2025-02")]),
        "ends": chance.choice([None, day("2026-06-30"), day("2027-02-28"), day("2028-12-31")]),
        "text_on_file": chance.choice(["y", "n", None]),
        "lead_unit": chance.choice(["Trade", None]),
        "main_purpose": chance.choice([None, ("ECON",), ("CULT",), ("ECON", "CULT")]),
        "last_contact": chance.choice([None, day("2019"), day("2025-03-01")]),
        "asked_on": chance.choice([None, None, day("2024-06-01"), day("2025-05-01")]),
        "records_complete_to": chance.choice([None, day("2025-12-31")]),
        "community_sponsor": chance.choice([None, "Sponsors"]),
    }
    return agreement(key, **chosen)


def _of_one(chance: random.Random, key: str) -> Iterator[tuple[str, list[Mapping[str, object]]]]:
    """Yield the rows of one agreement by sheet."""
    if chance.random() < 0.7:
        profile = {
            "subject_id": key,
            "sectors_shared": chance.choice([None, ("technology",)]),
            "yearly_trade": chance.choice([None, 2e7, 4e8, 5e9]),
            "historic_link": chance.choice([None, "y", "n"]),
            "host_community": chance.choice([None, "y", "n"]),
            "non_city_share": chance.choice([None, 20.0, 60.0]),
            "dated": day("2025-01-15"),
        }
        yield "Profiles", [profile]
    count = chance.choice([0, 1, 1, 2, 3])
    yield "Projects", [_project(chance, key, number) for number in range(count)]
    if chance.random() < 0.8:
        yield "Engagements", [_engagement(chance, key, n) for n in range(chance.choice([1, 2]))]
    for number in range(chance.choice([0, 1, 2])):
        yield from _objective(chance, key, number)


def _project(chance: random.Random, key: str, number: int) -> Mapping[str, object]:
    state = chance.choice(["active", "done", "planned"])
    starts, ends = ("2026-02", "2026-09") if state == "planned" else ("2024-05", "2025-06")
    return {
        "project_id": f"J-{key}-{number}",
        "agreement_id": key,
        "name": f"Project {number}",
        "state": state,
        "starts": day(starts),
        "ends": day(ends),
    }


def _engagement(chance: random.Random, key: str, number: int) -> Mapping[str, object]:
    return {
        "agreement_id": key,
        "partner_id": f"P-{number + 1}",
        "role": chance.choice(["deliver", "could lead"]),
        "signed_on": chance.choice([None, day("2023-04-01")]),
        "duty_met": chance.choice([None, "y", "n"]),
    }


def _objective(
    chance: random.Random, key: str, number: int
) -> Iterator[tuple[str, list[Mapping[str, object]]]]:
    objective = f"O-{key}-{number}"
    stated = {
        "objective_id": objective,
        "agreement_id": key,
        "statement": "To work together",
        "purpose": chance.choice([None, "ECON", "CULT"]),
        "city_unit": chance.choice([None, "Trade"]),
        "partner_duty_met": chance.choice([None, "y", "n"]),
        "starts": day("2022"),
        "ends": chance.choice([None, day("2026")]),
        "approved_budget": chance.choice([None, 5000.0]),
    }
    yield "Objectives", [stated]
    if chance.random() < 0.8:
        measure = {
            "indicator_id": f"I-{objective}",
            "objective_id": objective,
            "name": "Visits",
            "kind": "flow",
            "measure": "count",
            "unit": chance.choice([None, "visits"]),
            "direction": "increase",
            "baseline_state": "not applicable",
        }
        yield "Indicators", [measure]
        yield "Results", [_result(chance, f"I-{objective}", year) for year in (2024, 2025)]


def _result(chance: random.Random, key: str, year: int) -> Mapping[str, object]:
    actual = chance.choice([None, 2.0, 7.0, 10.0])
    return {
        "indicator_id": key,
        "period": _year(year),
        "target": chance.choice([10.0, 10.0, None]),
        "actual": actual,
        "state": None if actual is None else chance.choice(["approved", "approved", "draft"]),
    }


def _year(year: int) -> Period:
    first, last = day(f"{year}-01-01").first, day(f"{year}-12-31").last
    return Period(first, last, str(year))
