"""The smallest portfolio a test needs, made by changing one thing."""

from collections.abc import Mapping
from datetime import date
from itertools import count

from toolkit.model.dates import When
from toolkit.model.policy import Policy
from toolkit.model.portfolio import ROW, Portfolio, empty_table, fill_defaults, make_table
from toolkit.model.sheets import BY_NAME

TODAY = date(2025, 12, 31)


def day(text: str) -> When:
    """Return 2018, 2018-04 or 2018-04-02 as the workbook would give it."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return When.year_of(*parts)
    return When.month_of(*parts) if len(parts) == 2 else When.day_of(date(*parts))


def agreement(agreement_id: str = "A-1", **changes: object) -> dict[str, object]:
    """Return an agreement with all that a Partnership needs, except what is changed."""
    usual = {
        "agreement_id": agreement_id,
        "partner": f"City {agreement_id}",
        "country": "Italy",
        "classification": "Partnership",
        "status": "active",
        "signed": day("2018-04-02"),
        "ends": day("2027-12-31"),
        "lead_unit": "Economic Development",
        "text_on_file": "y",
        "main_purpose": ("ECON",),
    }
    return usual | changes


def mou(agreement_id: str = "M-1", **changes: object) -> dict[str, object]:
    """Return an instrument outside the framework, of which nothing else is known."""
    usual = {"classification": "MOU", "lead_unit": None, "main_purpose": None, "ends": None}
    return agreement(agreement_id, **(usual | changes))


def make_portfolio(
    policy: Policy, *agreements: Mapping[str, object], **sheets: list[Mapping[str, object]]
) -> Portfolio:
    """Return a portfolio of these agreements and the rows of further sheets by name."""
    rows = {"Agreements": list(agreements), **sheets}
    tables = {name: empty_table(name) for name in BY_NAME}
    for name, values in rows.items():
        numbers = count(2)
        tables[name] = make_table(name, [{**row, ROW: next(numbers)} for row in values])
    tables["Agreements"] = fill_defaults(tables["Agreements"], policy)
    return Portfolio(
        file_name="test.xlsx",
        title="Test",
        sha256="0" * 64,
        tables=tables,
        letters={name: _letters(name) for name in rows},
        supplied=frozenset(name for name, values in rows.items() if values),
    )


def _letters(sheet: str) -> dict[str, str]:
    names = BY_NAME[sheet].names
    return {name: chr(65 + i) if i < 26 else f"A{chr(39 + i)}" for i, name in enumerate(names)}
