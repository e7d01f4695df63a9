"""No deletion betters a place and no good news worsens one, over random portfolios by seed."""

from collections.abc import Iterable, Iterator

import pytest
from behaviours import BEHAVIOURS, SETTINGS, play
from deletions import CELL, ROW, SHEET
from incentives import ACTS, NEWS, Tally, harness_policy, measure
from incentives_tables import DOCUMENT, tables_in
from random_portfolios import random_portfolio

from toolkit.files.template import write_workbook
from toolkit.files.workbook import open_workbook
from toolkit.model.policy import Policy
from toolkit.model.rows import Row
from toolkit.model.sheets import KINDS

SEEDS = range(5)
FEW, MORE = range(101, 102), range(201, 206)  # not those of the document
KINDS_OF_PORTFOLIO = {"sparse": True, "filled": False}


def typed(rows: Iterable[Row]) -> list[dict[str, str]]:
    """Return the rows of a sheet as a person would type them."""
    return [{name: _text(value) for name, value in _given(row)} for row in rows]


def _given(row: Row) -> Iterator[tuple[str, object]]:
    for name in row.sheet.names:
        value = getattr(row, name)
        is_default = name == "status" and not row.has_status
        if value is not None and not is_default:
            yield name, value


def _text(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)


@pytest.mark.parametrize("kind", KINDS_OF_PORTFOLIO)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_portfolio_can_be_typed_and_is_read_as_it_is(seed, kind, policy, tmp_path):
    drawn = random_portfolio(seed, policy, sparse=KINDS_OF_PORTFOLIO[kind])
    rows = {sheet.sheet.name: typed(drawn.rows(sheet)) for sheet in KINDS}
    write_workbook(tmp_path / "drawn.xlsx", policy, title="Drawn", rows=rows)
    read = open_workbook(tmp_path / "drawn.xlsx", policy)
    assert read.sheets == drawn.sheets
    assert read.supplied == drawn.supplied


def test_a_seed_gives_the_same_portfolio_and_another_seed_another(policy):
    first, again, other = (random_portfolio(seed, policy, sparse=True) for seed in (1, 1, 2))
    assert first.sheets == again.sheets != other.sheets


def tally_of(seeds: Iterable[int], policy: Policy) -> Tally:
    """Return what was measured in a sparse and a filled portfolio of each seed."""
    tally, light = Tally(), harness_policy(policy)
    for seed in seeds:
        for name, sparse in KINDS_OF_PORTFOLIO.items():
            drawn = random_portfolio(seed, policy, sparse=sparse)
            tally.add(measure(f"{seed} {name}", drawn, light))
    return tally


@pytest.fixture(
    scope="module", params=[FEW, pytest.param(MORE, marks=pytest.mark.long)], ids=["few", "more"]
)
def tally(request, policy):
    return tally_of(request.param, policy)


def told(cases) -> list[str]:
    return [f"{c.name} {c.agreement_id} {c.cause}: {c.moved}" for c in cases]


@pytest.mark.parametrize("previous", [False, True], ids=["alone", "with last year"])
def test_no_good_news_worsens_a_place(tally, previous):
    assert told(tally.worse(act=NEWS, previous=previous)) == []


@pytest.mark.parametrize("previous", [False, True], ids=["alone", "with last year"])
def test_no_blanked_cell_betters_a_place(tally, previous):
    assert told(tally.better(act=CELL, formal=False, previous=previous)) == []


@pytest.mark.parametrize("formal", [False, True], ids=["", "formal"])
@pytest.mark.parametrize("act", [CELL, ROW, SHEET])
def test_no_deletion_betters_a_place_where_last_year_is_known(tally, act, formal):
    assert told(tally.better(act=act, formal=formal, previous=True)) == []


def test_the_places_of_many_agreements_are_looked_at(tally):
    assert all(sum(n for (a, *_), n in tally.tried.items() if a == act) > 50 for act in ACTS)


@pytest.fixture(scope="module")
def courses(policy):
    return {(name, s): play(name, s, policy) for name in BEHAVIOURS for s in SETTINGS}


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
@pytest.mark.parametrize("setting", SETTINGS, ids=str)
def test_nobody_is_ended_without_a_notice_or_an_unanswered_question(courses, behaviour, setting):
    course = courses[behaviour, setting]
    assert course.noticed or not course.ended, course.words


@pytest.mark.parametrize("setting", SETTINGS, ids=str)
def test_an_agreement_that_works_is_never_sent_to_its_sunset_nor_handed_on(courses, setting):
    assert not courses["works", setting].ended


@pytest.mark.parametrize("setting", [s for s in SETTINGS if s.fit[1] > 1], ids=str)
def test_an_agreement_that_works_and_fits_is_not_concluded_either(courses, setting):
    assert not courses["works", setting].concluded


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
@pytest.mark.parametrize("setting", SETTINGS, ids=str)
def test_nobody_is_stuck_for_ever(courses, behaviour, setting):
    course = courses[behaviour, setting]
    assert not course.is_stuck, course.words


def test_the_document_has_its_tables():
    tables = tables_in(DOCUMENT.read_text("utf-8"))
    assert {"made", "acts", "news", "behaviours", "first_year"} <= set(tables)
