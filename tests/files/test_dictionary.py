"""The data dictionary says what the declaration says."""

from pathlib import Path

from toolkit.files.documents import data_dictionary
from toolkit.files.policy import read_policy
from toolkit.model.sheets import SHEETS

ROOT = Path(__file__).parents[2]
TEXT = data_dictionary(read_policy(ROOT / "data" / "policy.toml"))


def test_every_sheet_and_column_is_explained():
    for sheet in SHEETS:
        assert f"## {sheet.name}\n\nOne row is {sheet.row}. Level {sheet.level}." in TEXT
    lines = [line for line in TEXT.splitlines() if line.startswith("| `")]
    assert len(lines) == sum(len(sheet.columns) for sheet in SHEETS)


def test_each_row_of_a_table_has_six_cells():
    assert {line.count("|") for line in TEXT.splitlines() if line.startswith("|")} == {7}


def test_lists_of_the_policy_are_named_and_lists_of_the_form_spelt_out():
    assert "| a classification of the policy |" in TEXT
    assert "| active, suspended, concluded, transferred, historical, proposed |" in TEXT


def test_a_reference_names_the_sheets_it_points_to():
    assert "| `subject_id` | yes | id in Agreements or Proposals |" in TEXT
