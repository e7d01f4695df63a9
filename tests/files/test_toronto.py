"""Toronto's record is the public record of 2018, reviewable as text and rebuilt exactly."""

import runpy
from collections import Counter
from pathlib import Path

import pytest

from toolkit.files.policy import read_policy
from toolkit.files.workbook import read_workbook
from toolkit.model.issues import errors
from toolkit.model.sheets import Agreement

DATA = Path(__file__).parents[2] / "data"
SOURCES = DATA / "sources"


@pytest.fixture(scope="module")
def reading():
    return read_workbook(DATA / "toronto-2018.xlsx", read_policy(DATA / "policy.toml"))


@pytest.fixture(scope="module")
def agreements(reading):
    return reading.portfolio.rows(Agreement)


def test_the_workbook_is_what_its_text_form_builds(tmp_path):
    script = runpy.run_path(str(SOURCES / "build_workbooks.py"))
    script["build_workbook"](SOURCES / "toronto-2018", tmp_path / "toronto-2018.xlsx")
    built = (tmp_path / "toronto-2018.xlsx").read_bytes()
    assert built == (DATA / "toronto-2018.xlsx").read_bytes()


def test_the_record_has_no_error_and_only_unknown_classes_to_look_at(reading):
    assert not errors(reading.issues)
    assert Counter(issue.column for issue in reading.issues) == {"classification": 5, "": 1}


def test_ten_agreements_stand_inside_the_framework_and_six_outside(agreements):
    active = [row for row in agreements if row.status == "active"]
    assert Counter(row.classification for row in active) == {
        "Partnership": 4,
        "Friendship": 6,
        "MOU": 3,
        "cooperation agreement": 2,
        "alliance": 1,
    }
    assert [row.status for row in agreements].count("historical") == 5


def test_every_row_rests_on_the_public_record_and_says_where(agreements):
    assert {row.basis for row in agreements} == {"public record"}
    assert all(row.source for row in agreements)


def test_nothing_signed_after_2018_is_in_it(agreements):
    assert max(row.signed.first.year for row in agreements if row.signed) == 2018
    assert not {"Lisbon", "Matera"} & {row.partner for row in agreements}


def test_both_instruments_with_chongqing_are_one_relationship(agreements):
    ties = [row for row in agreements if row.partner == "Chongqing"]
    assert [row.agreement_id for row in ties] == ["T-01", "T-15"]
    assert {row.relationship_id for row in ties} == {"Chongqing, China"}


def test_what_is_not_documented_is_blank(agreements):
    for name in ("community_sponsor", "text_on_file", "yearly_cost", "goals", "ends"):
        assert {getattr(row, name) for row in agreements} == {None}
    assert {row.agreement_id: row.main_purpose for row in agreements if row.main_purpose} == {
        "T-10": ("ECON",),
        "T-11": ("ECON", "CULT"),
        "T-12": ("ECON",),
        "T-13": ("POLICY", "ECON", "CULT"),
        "T-14": ("ECON",),
    }
