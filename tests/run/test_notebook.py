"""A report is made whole or not at all, in each of the three ways a notebook is run."""

import subprocess
import sys

import nbclient
import nbformat
import pytest
from nbformat import v4

from toolkit.files.shipped import ROOT
from toolkit.report.pagechecks import check_page
from toolkit.report.ran import check_notebook
from toolkit.run.batch import Serial, run_reports, summarise
from toolkit.run.notebook import Task, run_report

NOTEBOOKS = ROOT / "notebooks"
TORONTO = {
    "workbook": str(ROOT / "data" / "toronto-2018.xlsx"),
    "policy": str(ROOT / "data" / "policy.toml"),
    "year": 2018,
}
WORDS = {
    "annual_review": ("Annual review 2018", "Motions", "That Council", "the next eighteen months"),
    "mou_reclassification": ("MOU reclassification 2018", "What must be obtained first?"),
    "agreement_report": ("T-01", "What is proposed", "Five practices", "What to mend"),
}
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
HEADER = "from IPython.display import HTML\nHTML(f'<h1>Review of {year}</h1><p>Text</p>')"
BROKEN = {
    "fails": "1 / 0",
    "exits": "import sys\nsys.exit(0)",
    "dies": "import os\nos.kill(os.getpid(), 9)",
}
GOOD = "good"


def report(name, folder, **parameters):
    page = folder / f"{name}.html"
    return Task(name, name, NOTEBOOKS / f"{name}.ipynb", {**TORONTO, **parameters}, page)


def small_report(name, folder, *cells, **parameters):
    """Return the task of a tiny notebook: a parameter, a header, then some cells."""
    setting = v4.new_code_cell("year: int = 2018", metadata={"tags": ["parameters"]})
    code = [v4.new_code_cell(source) for source in (HEADER, *cells)]
    path = folder / f"{name}.ipynb"
    nbformat.write(v4.new_notebook(cells=[setting, *code], metadata=KERNEL), path)
    return Task(name, name, path, parameters, folder / "pages" / f"{name}.html")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Every report of the project on Toronto's record, with what became of it."""
    folder = tmp_path_factory.mktemp("reports")
    return {name: run_report(report(name, folder)) for name in WORDS}


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    """Reports that break in three ways where older pages stand, and a good one after them."""
    folder = tmp_path_factory.mktemp("batch")
    tasks = [small_report(name, folder, cell, "'more'") for name, cell in BROKEN.items()]
    tasks.append(small_report(GOOD, folder, year=2019))
    (folder / "pages").mkdir()
    for task in tasks:
        task.page.write_text("an older page", "utf-8")
    return {outcome.name: outcome for outcome in run_reports(tasks, executor=Serial(), done=print)}


@pytest.mark.parametrize("name", WORDS)
def test_a_report_of_the_project_becomes_a_page_that_passes(made, name):
    assert made[name].problem == ""
    assert check_page(made[name].task.page.read_text("utf-8")) == []


@pytest.mark.parametrize("name", WORDS)
def test_a_page_holds_the_words_of_the_review(made, name):
    page = made[name].task.page.read_text("utf-8")
    assert [word for word in WORDS[name] if word not in page] == []


@pytest.mark.parametrize("name", WORDS)
def test_a_page_holds_no_code_no_script_and_asks_for_nothing(made, name):
    page = made[name].task.page.read_text("utf-8")
    assert not [text for text in ("<script", "open_case", "import ", "tables.") if text in page]
    assert not [text for text in ('src="http', 'href="http', "url(http", "@import") if text in page]


@pytest.mark.parametrize("name", WORDS)
def test_the_executed_notebook_is_kept_beside_its_page(made, name):
    kept = nbformat.read(made[name].task.kept, 4)
    assert check_notebook(kept) == []


def test_only_pages_and_notebooks_are_left_in_the_folder(made):
    folder = made["annual_review"].task.page.parent
    assert {path.name for path in folder.iterdir()} == {
        f"{name}{suffix}" for name in WORDS for suffix in (".html", ".ipynb")
    }


def test_the_same_run_twice_gives_the_same_bytes(made, tmp_path):
    again = run_report(report("agreement_report", tmp_path))
    assert again.task.page.read_bytes() == made["agreement_report"].task.page.read_bytes()


def test_an_unknown_parameter_is_refused_by_its_name(tmp_path):
    outcome = run_report(report("agreement_report", tmp_path, agreement="T-01"))
    assert outcome.problem.startswith(
        'agreement_report.ipynb: there is no parameter "agreement". Known: workbook, policy, year'
    )
    assert list(tmp_path.iterdir()) == []


def test_a_notebook_without_parameters_is_refused(tmp_path):
    path = tmp_path / "plain.ipynb"
    nbformat.write(v4.new_notebook(cells=[v4.new_code_cell("1")], metadata=KERNEL), path)
    outcome = run_report(Task("plain", "Plain", path, {}, tmp_path / "plain.html"))
    assert outcome.problem == "plain.ipynb: the notebook has no cell tagged parameters."


@pytest.mark.parametrize("name", BROKEN)
def test_a_notebook_that_breaks_half_way_is_a_problem(batch, name):
    assert batch[name].problem


@pytest.mark.parametrize("name", BROKEN)
def test_a_report_that_broke_does_not_replace_an_older_page(batch, name):
    assert batch[name].task.page.read_text("utf-8") == "an older page"


def test_a_report_that_broke_leaves_nothing_behind(batch):
    left = {path.name for path in batch[GOOD].task.page.parent.iterdir()}
    assert left == {"good.html", "good.ipynb", *(f"{name}.html" for name in BROKEN)}


def test_the_batch_goes_on_after_reports_that_broke(batch):
    assert list(batch) == [*BROKEN, GOOD]
    assert batch[GOOD].problem == ""
    assert "Review of 2019" in batch[GOOD].task.page.read_text("utf-8")


def test_the_summary_names_the_failed_and_the_command_that_repeats_them(batch):
    text = summarise(list(batch.values()), command="partnerships reports my.xlsx", by_id=True)
    lines = text.splitlines()
    assert lines[0] == "1 made, 3 failed."
    assert [line.split(":")[0].strip() for line in lines[1:4]] == list(BROKEN)
    assert lines[-1].endswith("my.xlsx --only fails --only exits --only dies")


def test_a_command_that_takes_no_names_is_repeated_whole(batch):
    text = summarise(list(batch.values()), command="partnerships review my.xlsx", by_id=False)
    assert text.endswith("Repeat the failed: partnerships review my.xlsx")


def test_plain_papermill_runs_the_annual_review(tmp_path):
    out = tmp_path / "out.ipynb"
    command = [sys.executable, "-m", "papermill", "notebooks/annual_review.ipynb", str(out)]
    settings = ["-p", "workbook", "data/toronto-2018.xlsx", "-p", "year", "2018"]
    subprocess.run([*command, *settings], cwd=ROOT, check=True, capture_output=True)
    assert check_notebook(nbformat.read(out, 4)) == []


@pytest.mark.parametrize(
    "name",
    [
        "agreement_report",
        pytest.param("annual_review", marks=pytest.mark.long),
        pytest.param("mou_reclassification", marks=pytest.mark.long),
    ],
)
def test_run_all_works_in_the_notebooks_own_folder(name):
    notebook = nbformat.read(NOTEBOOKS / f"{name}.ipynb", 4)
    resources = {"metadata": {"path": str(NOTEBOOKS)}}
    nbclient.NotebookClient(notebook, resources=resources, timeout=120).execute()
    assert check_notebook(notebook) == []


RUN_ONE = (
    "import sys; from pathlib import Path; from toolkit.run.notebook import Task, run_report; "
    "task = Task('x', 'x', Path(sys.argv[1]), {}, Path(sys.argv[2])); "
    "sys.exit(run_report(task).problem or None)"
)


@pytest.mark.long
def test_runs_at_once_from_one_folder_do_not_disturb_each_other(tmp_path):
    notebook = small_report("small", tmp_path).notebook
    pages = [tmp_path / f"{number}.html" for number in range(3)]
    command = [sys.executable, "-c", RUN_ONE, str(notebook)]
    runs = [
        subprocess.Popen([*command, str(page)], cwd=tmp_path, stderr=subprocess.PIPE)
        for page in pages
    ]
    assert [(run.communicate()[1], run.returncode) for run in runs] == [(b"", 0)] * 3
    assert {path.suffix for path in tmp_path.iterdir()} == {".html", ".ipynb"}
