"""Whatever is in a workbook, it is told in sentences; the order of rows never matters."""

import re
import sys
import time
from collections import Counter
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from planted import FAULTS, address, plant, trim, write_clean

from toolkit.files.workbook import read_workbook
from toolkit.model.issues import InputError, format_issues
from toolkit.model.sheets import BY_NAME

FEW = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
PYTHON_WORDS = re.compile(r"Traceback|\b(NaN|Exception|KeyError|ValueError|NoneType)\b")
SECONDS, MEGABYTES = 5, 500
HARD = ("TRUE", "1e999", "=1/0", "2018-02-30", "#REF!", "9999-12-31", "-0", "\u0661\u0662", "a;;b")
contents = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=40),
    st.sampled_from(HARD),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(min_value=date(1900, 1, 1)),
)


@pytest.fixture(scope="module")
def faulty(tmp_path_factory, policy):
    path = write_clean(tmp_path_factory.mktemp("faulty") / "city.xlsx", policy)
    return plant(
        trim(path), *((s, address(s, column, row), do) for s, column, row, do, _ in FAULTS)
    )


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("scratch") / "city.xlsx"


def messages(path, policy):
    """Return what is wrong, without the rows it stands in."""
    issues = read_workbook(path, policy).issues
    return Counter((i.severity, i.column, re.sub(r"![A-Z]+\d+", "", i.message)) for i in issues)


def shuffle_rows(path, target, chance):
    """Save the workbook with the rows of each sheet below the header in another order."""
    workbook = load_workbook(path)
    for page in (workbook["Agreements"], workbook["Objectives"]):
        rows = [[(c.value, c.number_format) for c in row] for row in page.iter_rows(min_row=2)]
        chance.shuffle(rows)
        for number, row in enumerate(rows, start=2):
            for column, (value, number_format) in enumerate(row, start=1):
                cell = page.cell(number, column)
                cell.value, cell.number_format = value, number_format
    workbook.save(target)
    return target


@settings(FEW, max_examples=4)
@given(chance=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_message(faulty, scratch, policy, chance):
    assert messages(shuffle_rows(faulty, scratch, chance), policy) == messages(faulty, policy)


@FEW
@given(filled=st.dictionaries(st.sampled_from(sorted(BY_NAME)), st.lists(contents, max_size=90)))
def test_any_content_of_any_cell_is_read_or_told(scratch, policy, filled):
    workbook = Workbook()
    for sheet, cells in filled.items():
        names, page = BY_NAME[sheet].names, workbook.create_sheet(sheet)
        page.append(names)
        for row in range(0, len(cells), len(names)):
            page.append(cells[row : row + len(names)])
    workbook.save(scratch)
    reading = read_workbook(scratch, policy)
    ours = re.sub(r'"[^"]*"', "", format_issues("city.xlsx", reading.issues))  # not what was typed
    assert not PYTHON_WORDS.search(ours)


@FEW
@given(header=st.lists(st.one_of(contents, st.sampled_from(BY_NAME["Agreements"].names))))
def test_any_header_is_read_or_told(scratch, policy, header):
    workbook = Workbook()
    workbook.active.title = "Agreements"
    workbook.active.append(header)
    workbook.active.append(["A-1"] * len(header))
    workbook.save(scratch)
    assert read_workbook(scratch, policy).issues


def attack_files(shared):
    folders = (shared / "corpus" / "hostile", shared / "corpus" / "messy")
    return sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())


@pytest.mark.long
def test_every_hostile_or_messy_file_is_told_in_seconds_and_little_memory(shared, policy):
    resource = pytest.importorskip("resource", reason="memory is not counted on this system")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for path in attack_files(shared):
        start = time.process_time()
        try:
            message = format_issues(path.name, read_workbook(path, policy).issues)
        except InputError as error:
            message = str(error)
        assert time.process_time() - start < SECONDS, path.name
        assert path.name in message
        assert not PYTHON_WORDS.search(message.replace(path.name, "")), path.name
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert sys.platform != "linux" or grown < MEGABYTES * 1024  # kilobytes; other systems differ
