"""What reading an honest workbook costs beside a bare pass of openpyxl, in CPU seconds."""

import random
import time
from itertools import chain

import pytest
from hostile_tables import measured
from openpyxl import Workbook, load_workbook

from toolkit.files.shipped import ROOT
from toolkit.model.schema import Kind
from toolkit.model.sheets import SHEETS

pytestmark = pytest.mark.long
IDS = {Kind.ID, Kind.REFERENCE}


@pytest.fixture
def saved(tmp_path):
    """Return what saves sheets of rows as a workbook."""

    def save(sheets):
        workbook, path = Workbook(write_only=True), tmp_path / "large.xlsx"
        for name, rows in sheets.items():
            page = workbook.create_sheet(name)
            for row in rows:
                page.append(row)
        workbook.save(path)
        return path

    return save


def cpu_of_openpyxl(path):
    start = time.process_time()
    load_workbook(path, data_only=True)
    return time.process_time() - start


def test_half_a_million_numbers_cost_at_most_half_more_than_a_bare_pass(saved):
    chance = random.Random(1)
    rows = ([round(chance.random() * 1e5, 2) for _ in range(10)] for _ in range(50_000))
    path = saved({"Agreements": rows})
    found = measured(path)
    assert found["is_read"]
    assert found["seconds"] < min(15, 1.5 * cpu_of_openpyxl(path))
    assert found["megabytes"] < 500


def test_ten_thousand_filled_agreements_are_read(saved):
    path = saved(many_times(264))
    found = measured(path)
    assert found["is_read"], found["says"]
    assert found["seconds"] < 1.5 * cpu_of_openpyxl(path)
    assert found["megabytes"] < 800


def many_times(count):
    """Return the rows of the sample again and again, each time under ids of their own."""
    pages = load_workbook(ROOT / "data" / "sample.xlsx", data_only=True)
    sheets = {}
    for sheet in SHEETS:
        names, *rows = pages[sheet.name].iter_rows(values_only=True)
        kinds = [sheet.column(name).kind for name in names]
        again = (
            [f"{v}-{n}" if v and k in IDS else v for v, k in zip(row, kinds, strict=True)]
            for n in range(count)
            for row in rows
        )
        sheets[sheet.name] = chain([names], again)
    return sheets
