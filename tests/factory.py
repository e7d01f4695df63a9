"""The smallest portfolio a test needs, made by changing one thing."""

from collections.abc import Mapping
from datetime import date

from openpyxl.utils import get_column_letter

from toolkit.assess.results import Results
from toolkit.model.dates import When
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, fill_defaults
from toolkit.model.rows import Place, Row
from toolkit.model.sheets import KINDS, Agreement

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


def make_rows(kind: type[Row], rows: list[Mapping[str, object]]) -> tuple[Row, ...]:
    """Return the rows of a sheet that has every column, from the second row down."""
    letters = {name: get_column_letter(i) for i, name in enumerate(kind.sheet.names, start=1)}
    places = (Place(kind.sheet.name, number, letters) for number in range(2, len(rows) + 2))
    return tuple(kind.made(row, place) for row, place in zip(rows, places, strict=True))


def make_portfolio(
    policy: Policy, *agreements: Mapping[str, object], **sheets: list[Mapping[str, object]]
) -> Portfolio:
    """Return a portfolio of these agreements and the rows of further sheets by name."""
    given = {"Agreements": list(agreements), **sheets}
    rows = {kind: make_rows(kind, given.get(kind.sheet.name, [])) for kind in KINDS}
    rows[Agreement] = tuple(fill_defaults(row, policy) for row in rows[Agreement])
    supplied = frozenset(name for name, values in given.items() if values)
    return Portfolio("test.xlsx", "Test", "0" * 64, rows, supplied)


def results_of(
    portfolio: Portfolio, policy: Policy, *, as_of: date = TODAY, previous: Portfolio | None = None
) -> Results:
    """Return what follows from a portfolio; nothing is worked out before it is asked for."""
    return Results(portfolio, policy, as_of, previous)
