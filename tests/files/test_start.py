"""A city's own folder stands by itself: its workbook, its policy, its notebooks, a read-me."""

import nbformat
import pytest
from openpyxl import load_workbook

from toolkit.files.opening import DEFAULT_POLICY, policy_for
from toolkit.files.policy import read_policy
from toolkit.files.shipped import ROOT
from toolkit.files.start import lay_out, next_steps
from toolkit.files.workbook import read_workbook
from toolkit.model.issues import InputError, errors

NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cities") / "my-city"
    lay_out(folder, year=2025)
    return folder


def parameters(path):
    """Return the parameters of a notebook by name, as they are written."""
    cells = nbformat.read(path, 4).cells
    (cell,) = (cell for cell in cells if "parameters" in cell.metadata.get("tags", []))
    lines = [line.partition(" = ") for line in cell.source.splitlines()]
    return {left.partition(":")[0]: right.partition("  # ")[0] for left, _, right in lines}


def test_the_folder_holds_a_workbook_a_policy_the_notebooks_and_a_read_me(city):
    names = sorted(path.name for path in city.iterdir())
    assert names == sorted([*NOTEBOOKS, "README.md", "agreements.xlsx", "policy.toml"])


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_reads_the_files_beside_it(city, name):
    found = parameters(city / name)
    assert found["workbook"] == '"agreements.xlsx"'
    assert found["policy"] == '"policy.toml"'
    assert found["year"] == "2025"
    assert found.get("agreement_id") in (None, '"A-001"')


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_differs_from_the_toolkits_in_its_parameters_alone(city, name):
    theirs, ours = (nbformat.read(folder / name, 4) for folder in (city, ROOT / "notebooks"))
    changed = [
        cell.metadata.get("tags")
        for cell, other in zip(theirs.cells, ours.cells, strict=True)
        if cell != other
    ]
    assert changed == [["parameters"]]
    assert theirs.metadata == ours.metadata


def test_without_a_year_the_notebooks_keep_the_year_of_their_example(tmp_path):
    lay_out(tmp_path / "city")
    name = "annual_review.ipynb"
    kept = parameters(ROOT / "notebooks" / name)["year"]
    assert parameters(tmp_path / "city" / name)["year"] == kept
    assert "--year YEAR" in next_steps("city", None)


def test_the_workbook_is_for_the_year_and_lacks_only_its_agreements(city):
    assert (
        load_workbook(city / "agreements.xlsx").properties.title == "International agreements 2025"
    )
    issues = read_workbook(city / "agreements.xlsx", read_policy(city / "policy.toml")).issues
    assert [(issue.sheet, issue.cell) for issue in errors(issues)] == [("Agreements", "A2")]


def test_a_sheet_without_agreements_says_what_to_type_first(city, policy):
    (issue,) = errors(read_workbook(city / "agreements.xlsx", policy).issues)
    assert issue.message == (
        "The sheet has no rows. Type one for each agreement: agreement_id, partner, country and "
        "classification first."
    )


def test_the_read_me_is_one_page_that_names_the_commands_and_the_year(city):
    text = (city / "README.md").read_text("utf-8")
    assert len(text.splitlines()) <= 60
    for command in ("check", "review", "reports"):
        assert f"partnerships {command} agreements.xlsx" in text
    assert "--year 2025" in text
    assert "{" not in text


def test_a_folder_that_holds_something_is_refused_and_left_as_it_is(tmp_path):
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(InputError, match=r"the folder is not empty\. Name a new one\."):
        lay_out(tmp_path, year=2025)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_the_policy_beside_the_workbook_is_in_use_where_none_is_named(city, tmp_path):
    assert policy_for(str(city / "agreements.xlsx")) == str(city / "policy.toml")
    assert policy_for(str(tmp_path / "my.xlsx")) == DEFAULT_POLICY
