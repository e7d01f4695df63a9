"""No deletion betters a place and no good news worsens one, over portfolios of fresh seeds."""

from collections.abc import Iterable, Iterator

import pytest
from random_portfolios import random_portfolio

from toolkit.files.template import write_workbook
from toolkit.files.workbook import open_workbook
from toolkit.model.rows import Row
from toolkit.model.sheets import KINDS

SEEDS = range(5)
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
