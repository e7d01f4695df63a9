"""Whatever surrounds a command, it ends with a sentence and a status, never with a traceback."""

import json
import os
import shutil
import sys

import pytest
from openpyxl import load_workbook

from toolkit import cli
from toolkit.files.last_year import own_folder
from toolkit.files.opening import open_case
from toolkit.files.shipped import ROOT

SAMPLE = ROOT / "data" / "sample.xlsx"
FEW = ROOT / "data" / "toronto-2018.xlsx"  # few facts, read in a moment
ASKED = ["reports", FEW, "--year", "2018", "--quiet", "--only", "T-01", "-o"]
FOREIGN = [
    "[]",
    "5",
    "null",
    '{"a":',
    '{"reports": []}',
    '{"reports": {"A-001": 5}, "proposals": null, "agreements": 3}',
    '{"title": 1, "year": "x", "as_of": 1, "policy_edition": [], "workbook": {}}',
    "[" * 100_000,
    "\xff\xfe",
]
POLICIES = [b"", b"\xff\xfe", b"a=", b"edition = 5", b"[a]\n[a]", b'a = "x', b"a = [" * 2000]
NAMES = [
    "...xlsx",
    ".xlsx",
    "CON.xlsx",
    "a\nb.xlsx",
    "x" * 240 + ".xlsx",
    "a%20#?.xlsx",
    "é中.xlsx",
]


IN_THE_WAY = [".lock", "run.json", "results.xlsx", "index.html", "workbook.xlsx"]
SOME = [FOREIGN[0], *(pytest.param(content, marks=pytest.mark.long) for content in FOREIGN[1:])]


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Return what runs a command in a folder of its own: its status and what it said."""
    monkeypatch.chdir(tmp_path)

    def command(*words):
        monkeypatch.setattr(sys, "argv", ["partnerships", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = "".join(capsys.readouterr())
        assert "Traceback" not in said
        assert "should not have happened" not in said
        return ended.value.code or 0, said

    return command


@pytest.fixture
def no_reports(monkeypatch):
    """Let a run write all but its pages."""
    monkeypatch.setattr("toolkit.run.reports.run_reports", lambda *_, **__: [])


def put(path, content="x"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("latin-1"))


@pytest.mark.parametrize("place", ["out", "out/toronto-2018", "out/toronto-2018/2018"])
def test_a_file_where_the_folder_of_results_should_be_is_said(run, tmp_path, place):
    put(tmp_path / place)
    status, said = run(*ASKED, tmp_path / "out")
    assert (status, "no results can be kept here" in said) == (1, True)


@pytest.mark.parametrize(
    "name", [".lock", "run.json", "results.xlsx", "index.html", "workbook.xlsx"]
)
def test_a_folder_where_a_file_should_be_is_said(run, tmp_path, name, monkeypatch):
    monkeypatch.setattr("toolkit.run.reports.run_reports", lambda *_, **__: [])
    (tmp_path / "out" / "toronto-2018" / "2018" / name).mkdir(parents=True)
    status, said = run(*ASKED, tmp_path / "out")
    assert (status, str(tmp_path) in said) == (1, True)


@pytest.mark.parametrize("content", FOREIGN)
def test_a_run_on_record_that_another_program_wrote_is_replaced(
    run, tmp_path, content, monkeypatch
):
    monkeypatch.setattr("toolkit.run.reports.run_reports", lambda *_, **__: [])
    for place in ("toronto-2018/2018", "toronto-2018/2017", "other/2020"):
        put(tmp_path / "out" / place / "run.json", content)
    assert run(*ASKED, tmp_path / "out")[0] == 0
    made = json.loads((tmp_path / "out" / "toronto-2018" / "2018" / "run.json").read_text())
    assert made["workbook"] == FEW.name


@pytest.mark.parametrize("content", SOME)
def test_such_a_record_is_no_last_year(run, tmp_path, content):
    put(tmp_path / "before" / "run.json", content)
    put(tmp_path / "outputs" / "toronto-2018" / "2017" / "run.json", content)
    shutil.copy(FEW, tmp_path / "before" / "workbook.xlsx")
    status, said = run(*ASKED, tmp_path / "out", "--previous", tmp_path / "before")
    assert (status, str(tmp_path / "before") in said) == (1, True)
    assert run("check", FEW, "--year", "2018")[0] == 0


@pytest.mark.parametrize("content", POLICIES)
def test_a_policy_that_cannot_be_read_is_said(run, tmp_path, content):
    put(tmp_path / "p.toml", content)
    status, said = run("check", FEW, "--policy", tmp_path / "p.toml")
    assert (status, "p.toml" in said) == (1, True)


@pytest.mark.parametrize("amount", ["1e15", "9999999999999999", "1e400", "-1e300", "nan", "inf"])
def test_an_amount_beyond_all_money_in_the_policy_is_said(run, tmp_path, amount):
    policy = (ROOT / "data" / "policy.toml").read_text("utf-8")
    assert "staff_day_rate" in policy
    lines = [
        f"value = {amount}" if line.startswith("value = ") else line for line in policy.splitlines()
    ]
    put(tmp_path / "p.toml", "\n".join(lines).encode())
    assert run("check", FEW, "--policy", tmp_path / "p.toml")[0] in (0, 1)


@pytest.mark.parametrize("name", NAMES)
def test_a_workbook_of_any_name_is_read_and_its_results_stay_inside(
    run, tmp_path, name, monkeypatch
):
    monkeypatch.setattr("toolkit.run.reports.run_reports", lambda *_, **__: [])
    shutil.copy(FEW, tmp_path / name)
    assert run("reports", f"./{name}", "--year", "2018", "--quiet", "-o", "out")[0] == 0
    made = list((tmp_path / "out").rglob("run.json"))
    assert len(made) == 1
    assert {path.name for path in tmp_path.iterdir()} == {name, "out"}


@pytest.mark.parametrize(
    "words",
    [
        ["check", "folder"],
        ["check", "/dev/null"],
        ["check", "missing.xlsx"],
        ["check", "\udcff.xlsx"],
        ["check", "x" * 300],
        ["check", FEW, "--policy", "folder"],
        ["check", FEW, "--year", "99999"],
        ["check", FEW, "--previous", "folder"],
        ["check", FEW, "--previous", "missing"],
        ["reports", SAMPLE, "--year", "2025", "--only", ""],
        ["reports", SAMPLE, "--year", "2025", "--only", "A-999"],
        ["reports", SAMPLE, "--year", "2025", "--as-of", "2025-02-30"],
        ["reports", SAMPLE, "--year", "2025", "--as-of", "9999-12-31"],
        ["reports", SAMPLE, "--year", "2025", "--jobs", "0"],
        ["reports", SAMPLE, "--year", "2025", "--timeout", "0"],
        ["review", SAMPLE, "--year", "1949"],
        ["new", "folder"],
        ["new", "file/my.xlsx"],
        ["new", "my.csv"],
        ["new", "x" * 300 + ".xlsx"],
        ["start", "file"],
        ["start", "file/city"],
        ["start", "."],
        ["demo", "-o", "file"],
        ["nothing"],
    ],
    ids=lambda words: " ".join(str(word)[-12:] for word in words).encode(errors="replace").decode(),
)
def test_wrong_use_is_said(run, tmp_path, words):
    (tmp_path / "folder").mkdir()
    put(tmp_path / "file")
    status, said = run(*words)
    assert status in (1, 2)
    assert said.strip()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files here")
def test_a_pipe_is_no_workbook(run, tmp_path):
    os.mkfifo(tmp_path / "pipe.xlsx")
    assert run("check", "pipe.xlsx")[0] == 2


def test_indicators_without_results_are_read(run, tmp_path):
    workbook = load_workbook(SAMPLE)
    del workbook["Results"]
    workbook.save(tmp_path / "my.xlsx")
    assert run("check", "my.xlsx")[0] == 0
    assert run("reports", "my.xlsx", "--year", "2025", "--only", "A-001", "--quiet")[0] == 0


def test_a_cause_that_nobody_thought_of_is_a_sentence(monkeypatch, capsys):
    def fail(*_, **__):
        raise KeyError("x")

    monkeypatch.setattr(cli, "policy_of", fail)
    monkeypatch.setattr(sys, "argv", ["partnerships", "check", str(SAMPLE)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr().err
    assert ended.value.code == 1
    assert said.startswith("This should not have happened (KeyError: 'x').")
    assert len(said.splitlines()) == 1


@pytest.mark.usefixtures("no_reports")
def test_another_citys_workbook_of_one_name_gets_a_folder_of_its_own(run, tmp_path):
    shutil.copy(FEW, tmp_path / "register.xlsx")
    words = ("reports", "register.xlsx", "--year", "2018", "-o", "out")
    assert "another programme" not in run(*words)[1]
    assert "another programme" not in run(*words)[1]
    workbook = load_workbook(FEW)
    sheet = workbook["Agreements"]
    names = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, 1).value:
            sheet.cell(row, names["partner"]).value = f"Elsewhere {row}"
    workbook.save(tmp_path / "register.xlsx")
    said = run(*words)[1]
    assert (
        "out/register holds another programme's results; these are in out/register-2/2018" in said
    )
    assert run(*words)[1].count("register-2/2018") == 1
    assert not (tmp_path / "out" / "register-3").exists()


def test_one_agreement_that_is_the_same_makes_a_programme_the_same(tmp_path):
    portfolio = open_case(str(SAMPLE), "data/policy.toml", 2025).portfolio
    put(
        tmp_path / "sample" / "2024" / "run.json",
        json.dumps({"agreements": {"A-001": "Nordhafen"}}),
    )
    assert own_folder(tmp_path, portfolio) == tmp_path / "sample"
    put(
        tmp_path / "sample" / "2024" / "run.json",
        json.dumps({"agreements": {"A-001": "Elsewhere"}}),
    )
    assert own_folder(tmp_path, portfolio) == tmp_path / "sample-2"
