"""Toronto's record is the public record of 2018, reviewable as text and rebuilt exactly."""

import runpy
from collections import Counter
from pathlib import Path

import pytest

from toolkit.files.policy import read_policy
from toolkit.files.workbook import read_workbook
from toolkit.model.issues import errors

DATA = Path(__file__).parents[2] / "data"
SOURCES = DATA / "sources"


@pytest.fixture(scope="module")
def reading():
    return read_workbook(DATA / "toronto-2018.xlsx", read_policy(DATA / "policy.toml"))


@pytest.fixture(scope="module")
def agreements(reading):
    return reading.portfolio.tables["Agreements"]


def test_the_workbook_is_what_its_text_form_builds(tmp_path):
    script = runpy.run_path(str(SOURCES / "build_workbooks.py"))
    script["build_workbook"](SOURCES / "toronto-2018", tmp_path / "toronto-2018.xlsx")
    built = (tmp_path / "toronto-2018.xlsx").read_bytes()
    assert built == (DATA / "toronto-2018.xlsx").read_bytes()


def test_the_record_has_no_error_and_only_unknown_classes_to_look_at(reading):
    assert not errors(reading.issues)
    assert Counter(issue.column for issue in reading.issues) == {"classification": 5, "": 1}


def test_ten_agreements_stand_inside_the_framework_and_six_outside(agreements):
    active = agreements[agreements["status"] == "active"]
    assert Counter(active["classification"]) == {
        "Partnership": 4,
        "Friendship": 6,
        "MOU": 3,
        "cooperation agreement": 2,
        "alliance": 1,
    }
    assert list(agreements["status"]).count("historical") == 5


def test_every_row_rests_on_the_public_record_and_says_where(agreements):
    assert set(agreements["basis"]) == {"public record"}
    assert agreements["source"].notna().all()


def test_nothing_signed_after_2018_is_in_it(agreements):
    assert max(when.first.year for when in agreements["signed"].dropna()) == 2018
    assert not {"Lisbon", "Matera"} & set(agreements["partner"])


def test_both_instruments_with_chongqing_are_one_relationship(agreements):
    ties = agreements[agreements["partner"] == "Chongqing"]
    assert list(ties["agreement_id"]) == ["T-01", "T-15"]
    assert set(ties["relationship_id"]) == {"Chongqing, China"}


def test_what_is_not_documented_is_blank(agreements):
    for name in ("community_sponsor", "text_on_file", "yearly_cost", "goals", "ends"):
        assert agreements[name].isna().all()
    assert agreements.set_index("agreement_id")["main_purpose"].dropna().to_dict() == {
        "T-10": ("ECON",),
        "T-11": ("ECON", "CULT"),
        "T-12": ("ECON",),
        "T-13": ("POLICY", "ECON", "CULT"),
        "T-14": ("ECON",),
    }
