"""Where results go: never out of their folder, and in a sentence where they cannot."""

import pytest

from toolkit.files.last_year import folder_name
from toolkit.files.results import only_one_run
from toolkit.model.issues import InputError


@pytest.mark.parametrize(
    ("workbook", "folder"),
    [("my.xlsx", "my"), ("...xlsx", "workbook"), ("..xlsx", "workbook"), (". .xlsx", "workbook")],
)
def test_the_name_of_a_workbook_leads_to_no_other_folder(workbook, folder):
    assert folder_name(workbook) == folder


@pytest.mark.parametrize("in_the_way", ["out", "out/city", "out/city/.lock/kept"])
def test_what_is_in_the_way_of_the_results_is_told_in_a_sentence(tmp_path, in_the_way):
    blocked = tmp_path / in_the_way
    blocked.parent.mkdir(parents=True, exist_ok=True)
    blocked.write_text("kept")
    told = pytest.raises(InputError, match="no results can be kept here")
    with told, only_one_run(tmp_path / "out" / "city"):
        pass
    assert blocked.read_text() == "kept"
