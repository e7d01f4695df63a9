"""What is there is not made again; parts made anywhere, joined, are the run in one piece."""

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time

import nbformat
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from toolkit.cli import cli
from toolkit.files.opening import DEFAULT_POLICY
from toolkit.files.shipped import ROOT
from toolkit.review import open_year, results_of
from toolkit.run.reports import Order
from toolkit.run.reports import _try_all as try_all
from toolkit.run.shown import _calls as shown_calls
from toolkit.run.shown import would_show

TORONTO = ROOT / "data" / "toronto-2018.xlsx"
ONLY = ("--only", "T-01", "--only", "T-02", "--only", "T-03")
MAIN = (sys.executable, "-c", "from toolkit.cli import main; main()")


def reports(workbook, folder, *more, verb="reports", status=0, year=2018):
    command = [verb, str(workbook), "--year", str(year), "-o", str(folder), "--policy",
               str(ROOT / "data" / "policy.toml"), *more]  # fmt: skip
    done = CliRunner().invoke(cli, command, catch_exceptions=False, standalone_mode=False)
    assert (done.return_value or 0) == status, done.output
    return done.output


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    shutil.copy(TORONTO, folder / "city.xlsx")
    reports(folder / "city.xlsx", folder / "out", *ONLY, "--jobs", "1")
    return folder


@pytest.fixture
def city(made, tmp_path):
    shutil.copytree(made, tmp_path / "own")
    return tmp_path / "own"


def pages(folder):
    return {p.name: p.read_bytes() for p in sorted(folder.rglob("agreements/*.html"))}


def test_a_second_run_makes_and_reads_nothing(city, monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("the workbook is read")

    monkeypatch.setattr("toolkit.files.opening.open_workbook", refuse)
    times = {p: p.stat().st_mtime_ns for p in (city / "out").rglob("*") if p.is_file()}
    said = reports(city / "city.xlsx", city / "out", *ONLY)
    assert said.startswith("0 made, 3 unchanged, 0 failed.")
    assert times == {p: p.stat().st_mtime_ns for p in (city / "out").rglob("*") if p.is_file()}


def test_a_page_that_is_gone_is_made_alone(city):
    before = pages(city / "out")
    (gone,) = (city / "out").rglob("agreements/t-02-*.html")
    gone.unlink()
    said = reports(city / "city.xlsx", city / "out", *ONLY, "--jobs", "1")
    assert "1 made, 2 unchanged, 0 failed." in said
    assert pages(city / "out") == before


def test_a_page_that_another_made_is_made_again(city):
    before = pages(city / "out")
    (page,) = (city / "out").rglob("agreements/t-02-*.html")
    page.write_bytes(page.read_bytes() + b"<!-- mine -->")
    assert pages(city / "out") != before
    said = reports(city / "city.xlsx", city / "out", *ONLY, "--jobs", "1")
    assert "1 made, 2 unchanged, 0 failed." in said
    assert pages(city / "out") == before


def test_a_run_that_did_not_end_is_no_run_of_its_inputs(city, monkeypatch):
    expected = files(city / "out")
    own = (city / "city.xlsx").read_bytes()
    workbook = load_workbook(city / "city.xlsx")
    workbook["Agreements"]["B2"] = "Chongqing Municipality"
    workbook.save(city / "city.xlsx")

    def stop(*_, **__):
        raise RuntimeError

    monkeypatch.setattr("toolkit.run.reports.sweep", stop)
    with pytest.raises(RuntimeError):
        reports(city / "city.xlsx", city / "out", *ONLY, "--jobs", "1")
    monkeypatch.undo()
    assert files(city / "out") != expected
    (city / "city.xlsx").write_bytes(own)
    reports(city / "city.xlsx", city / "out", *ONLY, "--jobs", "1")
    assert files(city / "out") == expected


def test_again_makes_all(city):
    said = reports(city / "city.xlsx", city / "out", *ONLY[:2], "--again")
    assert "1 made, 0 failed." in said


@pytest.mark.parametrize("change", ["workbook", "policy", "day"])
def test_another_input_makes_all(city, change):
    more = ["--only", "T-01"]
    if change == "workbook":
        workbook = load_workbook(city / "city.xlsx")
        workbook["Agreements"]["B2"] = "Chongqing Municipality"
        workbook.save(city / "city.xlsx")
    elif change == "policy":
        policy = city / "my-policy.toml"
        policy.write_bytes((ROOT / "data" / "policy.toml").read_bytes() + b"\n# mine\n")
        more += ["--policy", str(policy)]
    else:
        more += ["--as-of", "2018-12-30"]
    assert "1 made, 0 failed." in reports(city / "city.xlsx", city / "out", *more)


def test_one_cell_gives_new_bytes_to_the_pages_it_touches_alone(city):
    before = pages(city / "out")
    workbook = load_workbook(city / "city.xlsx")
    sheet = workbook["Agreements"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    row = next(r for r in range(2, 40) if sheet.cell(r, 1).value == "T-02")
    sheet.cell(row, columns["lead_unit"]).value = "Another unit"
    workbook.save(city / "city.xlsx")
    said = reports(city / "city.xlsx", city / "out", *ONLY, "--jobs", "1")
    after = pages(city / "out")
    assert "1 made, 2 unchanged, 0 failed." in said
    assert {name[:4] for name in before if before[name] != after[name]} == {"t-02"}
    (record,) = (city / "out").rglob("run.json")
    run = json.loads(record.read_bytes())
    assert {run["reports"][key]["holds_for"] for key in ("T-01", "T-02", "T-03")} == {
        run["workbook_sha256"]
    }


def test_processes_that_share_what_is_read_find_what_one_finds(tmp_path, monkeypatch):
    monkeypatch.setattr("toolkit.run.reports.MANY", 1)
    case = open_year(str(TORONTO), DEFAULT_POLICY, 2018)
    alone, shared = results_of(case), results_of(case)
    for results, jobs in ((alone, 1), (shared, 2)):
        order = Order(case, str(TORONTO), DEFAULT_POLICY, tmp_path, jobs=jobs)
        try_all(order, results, list(results.facts))
    assert shared.tried == alone.tried
    assert shared.tried.keys() == shared.facts.keys()


def test_a_notebook_that_shows_more_than_parts_is_run_again(city, tmp_path):
    notebook = tmp_path / "agreement_report.ipynb"
    shutil.copy(ROOT / "notebooks" / "agreement_report.ipynb", notebook)
    parameters = {"agreement_id": "T-01"}
    case = open_year(str(TORONTO), DEFAULT_POLICY, 2018)
    assert would_show(notebook, parameters, results_of(case))
    for more in ("results.review", "sheet.money(own); 1", "import os", "sheet.gone(own)", "%pwd"):
        other = nbformat.read(notebook, as_version=4)
        other.cells.insert(-1, nbformat.v4.new_code_cell(more))
        nbformat.write(other, tmp_path / "own.ipynb")
        shown_calls.cache_clear()
        assert would_show(tmp_path / "own.ipynb", parameters, results_of(case)) == "", more


@pytest.mark.parametrize("shard", ["0/3", "4/3", "x", "1/", "/3", "1/3/5"])
def test_a_part_that_is_none_is_refused(shard, tmp_path):
    command = ["reports", str(TORONTO), "--year", "2018", "-o", str(tmp_path), "--shard", shard]
    done = CliRunner().invoke(cli, command)
    assert done.exit_code == 2
    assert "is not like 3/40" in done.output


def whole(tmp_path):
    shutil.copy(TORONTO, tmp_path / "city.xlsx")
    reports(tmp_path / "city.xlsx", tmp_path / "whole", "--quiet")
    return files(tmp_path / "whole")


def files(folder):
    """Return every file's bytes; of run.json all but the seconds."""
    found = {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    for name in [name for name in found if name.name == "run.json"]:
        record = json.loads(found[name])
        for row in record["reports"].values():
            row["seconds"] = 0
        found[name] = json.dumps(record)
    return {name: content for name, content in found.items() if name.name != ".lock"}


@pytest.mark.long
@pytest.mark.parametrize("seed", [1])
def test_what_is_left_of_the_last_run_is_what_a_new_run_makes(seed, tmp_path):
    city, dice = tmp_path / "city.xlsx", random.Random(seed)
    shutil.copy(ROOT / "data" / "sample.xlsx", city)
    reports(city, tmp_path / "kept", "--quiet", year=2025)
    workbook = load_workbook(city)
    for name in ("Results", "Projects", "Profiles", "Indicators", "Budget"):
        sheet = workbook[name]
        numbers = [c for row in sheet.iter_rows(min_row=2) for c in row if is_amount(c.value)]
        cell = dice.choice(numbers)
        cell.value = round(cell.value * 1.1, 2)
    workbook.save(city)
    said = reports(city, tmp_path / "kept", year=2025)
    reports(city, tmp_path / "new", "--quiet", year=2025)
    assert int(re.search(r"(\d+) unchanged", said)[1]) > 20
    assert files(tmp_path / "kept") == files(tmp_path / "new")


def is_amount(value):
    return isinstance(value, int | float) and value not in range(1950, 2100)


@pytest.mark.long
def test_parts_one_of_them_killed_and_resumed_are_the_run_in_one_piece(tmp_path):
    expected = whole(tmp_path)
    city, out = tmp_path / "city.xlsx", tmp_path / "parts"
    command = [*MAIN, "reports", str(city), "--year", "2018", "-o", str(out), "--policy",
               str(ROOT / "data" / "policy.toml"), "--shard", "2/3", "--jobs", "1"]  # fmt: skip
    killed = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while not list(out.rglob("agreements/*.html")) and killed.poll() is None:
        time.sleep(0.1)
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    reports(city, out, "--shard", "1/3", "--quiet")
    said = reports(city, out, verb="index", status=1)
    assert "Not made yet: " in said
    for part in ("3/3", "2/3"):
        reports(city, out, "--shard", part, "--quiet")
    assert "21 reports joined" in reports(city, out, verb="index")
    assert files(out) == expected
    assert reports(city, out, verb="index").startswith("0 made, 21 unchanged")


@pytest.mark.long
def test_a_cluster_of_two_workers_gives_the_run_in_one_piece(tmp_path):
    distributed = pytest.importorskip("distributed")
    expected = whole(tmp_path)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        out = tmp_path / "cluster"
        reports(tmp_path / "city.xlsx", out, "--dask", cluster.scheduler_address, "--quiet")
    assert files(out) == expected


def test_no_scheduler_is_a_sentence(tmp_path):
    pytest.importorskip("distributed")
    command = ["reports", str(TORONTO), "--year", "2018", "-o", str(tmp_path),
               "--dask", "tcp://127.0.0.1:9", "--quiet"]  # fmt: skip
    done = CliRunner().invoke(cli, command)
    assert "no scheduler of a Dask cluster answers there" in str(done.exception)
