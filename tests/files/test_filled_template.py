"""What people type into a blank workbook is what is read of it, in every column of every sheet."""

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from toolkit.files.policy import read_policy
from toolkit.files.template import write_workbook
from toolkit.files.workbook import read_workbook
from toolkit.model.issues import errors
from toolkit.model.portfolio import KIND_OF
from toolkit.model.schema import Kind, words_of
from toolkit.model.sheets import BY_NAME

POLICY = read_policy(Path(__file__).parents[2] / "data" / "policy.toml")
ROWS = 3
LATE = {"ends", "concluded_on", "reclassified_on", "answered_on", "review_on", "expires"}
ALIVE = {  # what belongs together, so that no rule between cells is broken
    "Indicators": {
        "kind": ("flow",),
        "measure": ("count", "amount", "index"),
        "accumulation": ("incremental", "running total"),
        "baseline_state": ("value",),
    },
    "Budget": {"line": ("agreement",)},
    "Decisions": {"decision_point": ("review",), "decision": ("Keep", "Sunset", "Confirm or end")},
    "Results": {"state": ("approved", "draft"), "part": (None,)},
}
LEFT_BLANK = {"numerator", "denominator", "lower", "upper", "outcome_ref", "dropped_on"}
LEFT_BLANK |= {"dropped_reason", "first_target"}
COUNTRIES = ("Germany", "PRC", "Deutschland", "Côte d'Ivoire", "South Korea", "GB")


def text_of(letters):
    """Return a text that no rule of reading changes."""
    plain = " ".join(unicodedata.normalize("NFC", letters).split())
    return f"Of {plain}".strip()


TEXTS = st.text(
    st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="_;\u00ad"), max_size=40
).map(text_of)
EARLY = st.dates(date(1950, 1, 1), date(1979, 12, 31))
USUAL = st.dates(date(1980, 1, 1), date(1999, 12, 31))
AFTER = st.dates(date(2000, 1, 1), date(2030, 1, 1))
NUMBERS = st.one_of(st.integers(0, 10**9), st.decimals(0, 10**6, places=2).map(float))


def days(column):
    """Return a day as a date, or as a text that says as much as is known."""
    day = AFTER if column.name in LATE else EARLY if column.name == "signed" else USUAL
    typed = st.one_of(
        day,
        day.map(str),
        day.map(lambda found: str(found)[:7]),
        day.map(lambda found: str(found)[:4]),
    )
    also = st.sampled_from(column.also) if column.also else typed
    return st.one_of(typed, typed, also).map(lambda value: (value, str(value)))


def same(values):
    return values.map(lambda value: (value, value))


def cells(sheet, column, row):
    """Return what may be typed in a column, and what is to be read of it."""
    kind, own = column.kind, ALIVE.get(sheet.name, {}).get(column.name)
    if column.name in LEFT_BLANK and not column.required:
        return st.just((None, None))
    if own:
        return same(st.sampled_from(own))
    if kind is Kind.ID or column.name == "outcome_ref":
        return st.just((f"{sheet.name[:3].upper()}-{row}",) * 2)
    if kind is Kind.REFERENCE:
        return st.just((f"{column.refers[0][:3].upper()}-{row}",) * 2)
    if kind is Kind.PERIOD:
        return st.sampled_from(("", "-Q3", "-07", "-04-01/{}-06-30")).map(
            lambda end: (f"{2010 + row}{end.format(2010 + row)}",) * 2
        )
    words = words_of(column, POLICY)
    single = {
        Kind.TEXT: TEXTS,
        Kind.SECTOR: st.sampled_from(POLICY.sectors.names),
        Kind.WORD: st.sampled_from(sorted(words)) if words else st.just(None),
        Kind.NUMBER: NUMBERS,
        Kind.MONEY: NUMBERS,
        Kind.PERCENT: st.integers(1, 100),
        Kind.COUNT: st.integers(0, 99),
        Kind.YES_NO: st.sampled_from("yn"),
        Kind.YEAR: st.just(2000 + row),
        Kind.CURRENCY: st.sampled_from(("CAD", "EUR")),
        Kind.COUNTRY: st.sampled_from(COUNTRIES),
        Kind.LINK: st.just("https://city.example/a?b=1"),
        Kind.WIKIDATA: st.integers(1, 10**8).map("Q{}".format),
    }
    if kind is Kind.DATE:
        found = days(column)
    elif column.many and (words or kind is not Kind.WORD):
        found = st.lists(single[kind], min_size=1, max_size=3, unique=True).map(
            lambda values: ("; ".join(values), tuple(values))
        )
    else:
        found = same(single[kind])
    return found if column.required else st.one_of(st.just((None, None)), found, found)


@st.composite
def filled(draw):
    """Return sheet -> rows -> column -> (typed, read)."""
    return {
        sheet.name: [
            {column.name: draw(cells(sheet, column, row)) for column in sheet.columns}
            for row in range(1, ROWS + 1)
        ]
        for sheet in BY_NAME.values()
    }


@pytest.fixture(scope="module")
def blank(tmp_path_factory):
    """Return a blank workbook without its drop-downs, which make it slow to open and to save."""
    path = tmp_path_factory.mktemp("blank") / "blank.xlsx"
    write_workbook(path, POLICY, title="A city")
    workbook = load_workbook(path)
    for page in workbook:
        page.data_validations.dataValidation = []
    workbook.save(path)
    return path


def fill(page, rows):
    letters = {cell.value: cell.column for cell in page[1]}
    for number, row in enumerate(rows, start=2):
        for name, (typed, _) in row.items():
            cell = page.cell(number, letters[name])
            cell.value = typed
            if isinstance(typed, date):
                cell.number_format = "yyyy-mm-dd"


def spelt(value):
    """Return a value as a person would say it: days as they were typed, sets of words in order."""
    return value if value is None or isinstance(value, int | float | tuple) else str(value)


@settings(
    max_examples=15,
    phases=(Phase.explicit, Phase.generate),  # a smaller case takes minutes to find
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(table=filled())
def test_what_is_typed_is_what_is_read(blank, table):
    workbook = load_workbook(blank)
    for name, rows in table.items():
        fill(workbook[name], rows)
    path = blank.with_name("filled.xlsx")
    workbook.save(path)
    reading = read_workbook(path, POLICY)
    assert [(i.place, i.message) for i in errors(reading.issues)] == []
    for name, rows in table.items():
        found = reading.portfolio.rows(KIND_OF[name])
        assert len(found) == ROWS
        for row, typed in zip(found, rows, strict=True):
            for column, (_, meant) in typed.items():
                if meant is not None:
                    assert spelt(getattr(row, column)) == spelt(meant), (name, column)
