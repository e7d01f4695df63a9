"""In JupyterLab nothing of another run is shown or exported; the export is the command's page."""

import ast

import pytest

from toolkit import lab
from toolkit.model.issues import InputError

GIVEN = {
    "workbook": "data/toronto-2018.xlsx",
    "policy": "data/policy.toml",
    "year": 2018,
    "as_of": "",
    "previous": "",
}


class Shell:
    """What the guard sees of IPython."""

    def __init__(self) -> None:
        self.user_ns = dict(GIVEN)
        self.ast_transformers = []

    def run(self, source: str) -> None:
        """Run a cell as IPython does, its code changed by the guards first."""
        cell = ast.parse(source)
        for guard in self.ast_transformers:
            cell = guard.visit(cell)
        exec(compile(cell, "<cell>", "exec"), self.user_ns)


@pytest.fixture
def shell(monkeypatch):
    """Return a shell in which a notebook was opened."""
    found, said = Shell(), []
    monkeypatch.setattr(lab, "_shell", lambda: found)
    monkeypatch.setattr(lab, "_show", said.append)
    found.said = said
    found.run("from toolkit.lab import done, open_here")
    return found


OPEN = "results = open_here(workbook, policy, year, as_of, previous)"


def test_a_notebook_that_ran_whole_shows_its_results_and_its_end(shell):
    shell.run(OPEN)
    shell.run("found = len(results.review)\ndone(results)")
    assert shell.user_ns["found"] == 21
    assert shell.said[-1]["text/plain"].startswith("Done: toronto-2018.xlsx, 2018.")


def test_after_a_failure_no_cell_shows_what_was_opened_before(shell):
    shell.run(OPEN)
    with pytest.raises(InputError, match="no such file"):
        shell.run(f'workbook = "no.xlsx"\n{OPEN}')
    with pytest.raises(InputError, match="No results are open"):
        shell.run("results.review")
    assert "results" not in shell.user_ns


def test_a_cell_run_by_itself_after_the_parameters_changed_refuses(shell):
    shell.run(OPEN)
    shell.run("year = 2019")
    with pytest.raises(InputError, match=r"year is 2019 and was 2018"):
        shell.run("results.review")
    shell.run("year = 2018\nlen([1])")
    shell.run("results.review")


def test_a_cell_of_ones_own_that_uses_no_results_is_run(shell):
    shell.run("mine = 1 + 1")
    assert shell.user_ns["mine"] == 2


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("year", "2018", "year: '2018' is no year. It takes four digits without quotes: 2018."),
        ("year", 18, "year: 18 is no year."),
        ("year", True, "year: True is no year."),
        ("workbook", None, "workbook: None is no text. It takes the path of a workbook"),
        ("as_of", 20180630, "as_of: 20180630 is no text. It takes a day"),
        ("previous", None, "previous: None is no text."),
    ],
)
def test_a_parameter_of_another_kind_is_one_sentence(shell, name, value, says):
    shell.user_ns[name] = value
    with pytest.raises(InputError) as told:
        shell.run(OPEN)
    assert str(told.value).startswith(says)


@pytest.mark.long
def test_two_rounds_in_a_real_lab_never_show_or_export_another_run(tmp_path):
    from lab_rounds import play_rounds

    assert play_rounds(tmp_path, 2) == []
