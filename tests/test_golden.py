"""Every result of the sample is as it was when it was last looked at and kept."""

import pytest
from golden_tables import FOLDER, sample_tables

TABLES = sample_tables()


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_table_of_the_sample_is_as_expected(name):
    path = FOLDER / f"{name}.csv"
    assert path.is_file(), f"no expected table {name}: look at it, then run make golden"
    assert TABLES[name].decode("utf-8-sig") == path.read_bytes().decode("utf-8-sig")


def test_no_expected_table_is_left_over():
    assert {path.stem for path in FOLDER.glob("*.csv")} == set(TABLES)
