"""The public register holds what is public and nothing else, whatever a workbook holds."""

# ruff: noqa: RUF001 - full-width signs are meant

import csv
import getpass
import io
import json
import shutil
import socket
import zipfile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from frictionless import Package
from icalendar import Calendar
from openpyxl import load_workbook

from toolkit.cli import cli
from toolkit.files.shipped import ROOT
from toolkit.model.results import OUT
from toolkit.model.schema import Kind
from toolkit.model.sheets import KINDS, SHEETS, Agreement
from toolkit.publish.edition import OF_RESULTS
from toolkit.publish.edition import SHEETS as PUBLISHED

SAMPLE = ROOT / "data" / "sample.xlsx"
CANARY, NUMBER, DAY = "Kanarienvogel", 73519.25, "1987-03-09"
TEXTS = {Kind.TEXT: CANARY, Kind.MONEY: NUMBER, Kind.NUMBER: NUMBER, Kind.DATE: DAY}
LEFT = ("city", "dated")  # the first is public elsewhere, the other a key
LATER = {"expires": "2039-05-23", "decided_on": "2025-12-29"}  # so that check takes them
HTML_PAYLOADS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>",
    "</title><script>alert(1)</script>", "<a href='javascript:alert(1)'>x</a>",
    "<iframe src=//evil.example>", "<style>*{display:none}</style>", "<meta http-equiv=refresh>",
    "<!--", "]]><script>", "&lt;script&gt;", "{{7*7}}", "<form action=//evil.example><button>",
    "<details open ontoggle=alert(1)>",
)  # fmt: skip
FORMULAS = (
    "=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "=HYPERLINK(\"http://x\")",
    "=cmd|' /C calc'!A0", "＝1+1", "＋1+1", "－1+1", "＠SUM(1)", "=IMPORTXML(\"http://x\")",
    "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@import", "=WEBSERVICE(\"http://x\")",
)  # fmt: skip


def run(*words, status=0, **how):
    done = CliRunner().invoke(cli, list(map(str, words)), catch_exceptions=False, **how)
    assert done.exit_code == status, done.output
    return done.output


def publish(workbook, folder, *more, year=2025):
    run("publish", workbook, "--year", year, "-o", folder, "--yes",
        "--policy", ROOT / "data" / "policy.toml", *more)  # fmt: skip
    return folder / "public" / Path(workbook).stem / str(year)


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    return publish(SAMPLE, tmp_path_factory.mktemp("register"))


def cells_of(workbook, kinds):
    """Yield each filled row's cell of some columns, with the column."""
    for kind, names in kinds:
        page = workbook[kind.sheet.name]
        letters = {cell.value: cell.column for cell in page[1]}
        for row in range(2, page.max_row + 1):
            if page.cell(row, 1).value in (None, "EXAMPLE"):
                continue
            for name in names:
                if name in letters:
                    yield kind, row, kind.sheet.column(name), page.cell(row, letters[name])


def with_canaries(path):
    """Write the sample with a canary in everything that is internal."""
    workbook = load_workbook(SAMPLE)
    internal = [(kind, [c.name for c in kind.sheet.columns if not c.public]) for kind in KINDS]
    planted = set()
    for kind, _, column, cell in cells_of(workbook, internal):
        if (
            column.kind in TEXTS
            and not column.words
            and not column.many
            and column.name not in LEFT
        ):
            cell.value = LATER.get(column.name, TEXTS[column.kind])
            planted.add((kind.sheet.name, column.name))
    for sheet, test, column in (
        ("Outcomes", ("public", "n"), "what"),
        ("Results", ("state", "draft"), "actual"),
        ("Agreements", ("status", "proposed"), "title"),
    ):
        page = workbook[sheet]
        letters = {cell.value: cell.column for cell in page[1]}
        for row in range(2, page.max_row + 1):
            if page.cell(row, letters[test[0]]).value == test[1]:
                page.cell(row, letters[column]).value = NUMBER if column == "actual" else CANARY
                planted.add((sheet, column))
    workbook.save(path)
    return planted


def contents(folder):
    """Yield the name and the bytes of every file, and of every member of a packed one."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                yield from ((path / name, packed.read(name)) for name in packed.namelist())
        else:
            yield path, path.read_bytes()


def test_no_internal_cell_name_or_path_is_in_any_public_byte(tmp_path, monkeypatch):
    home = tmp_path / "Wellensittich"
    home.mkdir()
    planted = with_canaries(home / "city.xlsx")
    assert len(planted) > 40
    for name in ("USER", "LOGNAME", "USERNAME", "HOSTNAME"):
        monkeypatch.setenv(name, "Zaunkoenig")
    monkeypatch.chdir(home)
    folder = publish(home / "city.xlsx", home / "out")
    known = [
        CANARY,
        "73519",
        "73,519",
        DAY,
        "9 March 1987",
        *LATER.values(),
        "23 May 2039",
        "29 December 2025",
        "Wellensittich",
        "Zaunkoenig",
    ]
    machine = (socket.gethostname(), str(Path.home()), f"/{getpass.getuser()}/")
    known += [name for name in machine if len(name) > 3]  # a shorter one stands in any text
    count = 0
    for path, content in contents(folder):
        found = [word for word in known if word.encode() in content]
        assert not found, (path.name, found)
        assert not any(word in str(path.relative_to(home / "out")) for word in known), path
        count += 1
    assert count > 60


def test_no_word_of_an_internal_page_is_on_a_public_one(register):
    """No percentage, score, status word or roll-up of what is worked out."""
    for path in register.rglob("*.html"):
        text = BeautifulSoup(path.read_bytes(), "html.parser").get_text(" ")
        for word in ("draft advice", "Internal", " score", "Evidence level", "provisional", "rank"):
            assert word not in text, (path.name, word)
        assert " %" not in text.replace("per cent", ""), path.name


def test_every_public_column_is_one_the_schema_calls_public(register):
    added = {"decision", "sectors", "country_codes", "unit", "outcome"}
    record = json.loads((register / "register.json").read_bytes())["tables"]
    for name, kind in PUBLISHED:
        public = {column.name for column in kind.sheet.columns if column.public}
        assert set(record[name][0]) <= public | added, name
    assert set(record["results"][0]) == {*OF_RESULTS, "unit", "outcome"}


def test_a_column_without_a_class_cannot_be_declared():
    from toolkit.model.rows import col

    with pytest.raises(TypeError, match="public"):
        col(Kind.TEXT, "A new column.")


def test_no_result_that_is_worked_out_is_public(policy):
    from dataclasses import fields

    from toolkit.review import open_results

    results = open_results("data/sample.xlsx", "data/policy.toml", 2025)
    for name, table in results.tables.items():
        shown = [f.name for f in fields(table.kind) if f.metadata[OUT].public]
        assert not shown, name


def test_a_decision_shows_only_where_people_decided(register):
    record = json.loads((register / "register.json").read_bytes())["tables"]
    decided = {row["subject_id"] for row in record["decisions"]}
    for row in record["register"]:
        if row["agreement_id"] not in decided:
            in_force = row["status"] in ("active", "suspended", None)
            assert row["decision"] == ("under review" if in_force else None)
    assert not decided - {row["agreement_id"] for row in record["register"]}


def test_results_show_target_approved_value_unit_and_whether_it_was_reached(register):
    rows = json.loads((register / "register.json").read_bytes())["tables"]["results"]
    held = {(row["indicator_id"], row["period"]): row for row in rows}
    assert held["I-001-1-2", "2023"]["outcome"] == "not yet"
    assert held["I-001-1-1", "2023"] == {
        "indicator_id": "I-001-1-1", "period": "2023", "part": None, "target": 2, "actual": 2,
        "unit": "missions", "outcome": "reached",
    }  # fmt: skip
    assert {row["outcome"] for row in rows} <= {
        "reached",
        "not yet",
        "not due yet",
        "not reported",
        None,
    }


def test_the_data_package_is_valid(register):
    report = Package(str(register / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])[:5]
    package = json.loads((register / "datapackage.json").read_bytes())
    assert {resource["path"] for resource in package["resources"]} == {
        path.name for path in register.glob("*.csv")
    }


def test_the_calendar_is_read_by_a_calendar_library(register):
    calendar = Calendar.from_ical((register / "deadlines.ics").read_bytes())
    assert len(calendar.events) > 10
    assert {event["CLASS"] for event in calendar.events} == {"PUBLIC"}
    assert min(str(event["DTSTART"].dt) for event in calendar.events) >= "2025-12-31"


def test_the_workbook_passes_the_checklist_of_accessible_spreadsheets(register):
    workbook = load_workbook(register / "register.xlsx")
    assert workbook.sheetnames[:2] == ["Cover", "Notes"]
    assert workbook.properties.title
    notes = {row[0].value: row[1].value for row in workbook["Notes"].iter_rows()}
    assert "not on record" in notes["Blank cells"]
    for page in workbook.worksheets:
        assert not page.merged_cells.ranges, page.title
        assert page.sheet_state == "visible"
    for page in workbook.worksheets[1:]:
        (table,) = page.tables.values()
        assert table.ref == page.dimensions
        assert table.headerRowCount == 1
        headings = [cell.value for cell in page[1]]
        assert all(headings)
        assert len(set(headings)) == len(headings)


def test_two_runs_at_two_places_and_times_give_the_same_bytes(register, tmp_path, monkeypatch):
    monkeypatch.setattr("time.time", lambda: 2e9)
    monkeypatch.chdir(tmp_path)
    again = publish(SAMPLE, tmp_path / "elsewhere")
    names = {path.relative_to(register) for path in register.rglob("*") if path.is_file()}
    assert names == {path.relative_to(again) for path in again.rglob("*") if path.is_file()}
    for name in names:
        assert (register / name).read_bytes() == (again / name).read_bytes(), name


@pytest.mark.parametrize("payloads", [HTML_PAYLOADS, FORMULAS], ids=["html", "formulas"])
def test_no_text_of_the_workbook_comes_alive(payloads, tmp_path):
    path = tmp_path / "city.xlsx"
    workbook, planted = load_workbook(SAMPLE), 0
    public = [
        (kind, [c.name for c in kind.sheet.columns if c.public and c.kind is Kind.TEXT])
        for _, kind in PUBLISHED
    ]
    for _, row, column, cell in cells_of(workbook, public):
        if column.many or column.words or column.name in (
            "outcome_ref", "relationship_id", "decision", "part", "partner",
        ):  # fmt: skip
            continue
        cell.value = payloads[(row + cell.column) % len(payloads)]
        cell.data_type = "s"
        planted += 1
    workbook.properties.title = payloads[0]
    workbook.save(path)
    folder = publish(path, tmp_path / "out")
    assert planted > 500
    for page in folder.rglob("*.html"):
        soup = BeautifulSoup(page.read_bytes(), "html.parser")
        assert not soup.find_all(["script", "iframe", "img", "form", "svg", "object", "button"])
        tags = [tag for tag in soup.find_all(True) if any(a.startswith("on") for a in tag.attrs)]
        assert not tags, page.name
        assert len(soup.find_all("style")) == 1
        for link in soup.find_all("a"):
            assert link["href"].split(":")[0] in ("https", "http") or ":" not in link["href"]
    for path in folder.glob("*.csv"):
        for line in csv.reader(io.StringIO(path.read_text(encoding="utf-8"))):
            for text in line:
                assert not text.startswith(("=", "+", "@", "\t", "\r", "＝", "＋", "－", "＠")), (
                    text
                )
                assert not text.startswith("-") or float(text) < 0, text
    for page in load_workbook(folder / "register.xlsx"):
        for cell in (cell for row in page.iter_rows() for cell in row):
            assert cell.data_type != "f", cell.coordinate
    Calendar.from_ical((folder / "deadlines.ics").read_bytes())


def test_errors_of_check_stop_it(tmp_path):
    path = tmp_path / "city.xlsx"
    workbook = load_workbook(SAMPLE)
    workbook["Agreements"]["D2"] = "Freindship"
    workbook.save(path)
    done = CliRunner().invoke(cli, ["publish", str(path), "--year", "2025", "-o", str(tmp_path)])
    assert "Agreements!D2" in str(done.exception)
    assert not (tmp_path / "public").exists()


def test_it_says_what_becomes_public_and_asks(tmp_path):
    done = CliRunner().invoke(
        cli, ["publish", str(SAMPLE), "--year", "2025", "-o", str(tmp_path)], input="n\n"
    )
    assert "register: 37 rows; 37 new" in done.output
    assert (
        "kept back: 1 proposed agreement, 5 results not approved, 1 outcome not cleared"
        in done.output
    )
    assert "Nothing was published." in done.output
    assert not (tmp_path / "public").exists()


def test_the_next_edition_says_what_changed(tmp_path):
    path = tmp_path / "city.xlsx"
    shutil.copy(SAMPLE, path)
    publish(path, tmp_path)
    workbook = load_workbook(path)
    page = workbook["Agreements"]
    letters = {cell.value: cell.column for cell in page[1]}
    page.cell(2, letters["title"]).value = "A new title"
    page.cell(3, letters["community_sponsor"]).value = "Nobody sees this"
    workbook.save(path)
    command = ["publish", str(path), "--year", "2025", "-o", str(tmp_path)]
    done = CliRunner().invoke(cli, command, input="y\n")
    assert "register: 37 rows; 1 changed (A-001)" in done.output
    assert (
        "A-001, title: Partnership on green shipping and trade becomes A new title" in done.output
    )
    assert "Nobody" not in done.output


def test_internal_and_public_results_never_lie_in_one_folder(tmp_path):
    shutil.copy(SAMPLE, tmp_path / "public.xlsx")
    run("publish", tmp_path / "public.xlsx", "--year", 2025, "-o", tmp_path, "--yes")
    run("review", tmp_path / "public.xlsx", "--year", 2025, "-o", tmp_path, "--quiet")
    tree = tmp_path / "public"
    assert not list(tree.rglob("run.json"))
    assert not list(tree.rglob("*.ipynb"))
    assert list((tmp_path / "public-workbook").rglob("run.json"))


def test_another_programme_of_the_same_name_is_refused(register, tmp_path):
    path = tmp_path / "sample.xlsx"
    shutil.copy(ROOT / "data" / "toronto-2018.xlsx", path)
    command = ["publish", str(path), "--year", "2018", "-o", str(register.parents[2]), "--yes"]
    done = CliRunner().invoke(cli, command)
    assert "another programme's register lies here" in str(done.exception)


def test_historical_agreements_stay_with_their_end_and_reason(register):
    index = (register / "by-status.html").read_text(encoding="utf-8")
    (page,) = (register / "agreements").glob("a-027-*.html")
    assert f"agreements/{page.name}" in index
    assert "Concluded on 30 June 2024." in page.read_text(encoding="utf-8")


def test_every_link_of_the_register_leads_somewhere(register):
    for page in register.rglob("*.html"):
        for link in BeautifulSoup(page.read_bytes(), "html.parser").find_all("a", href=True):
            address = link["href"].split("#")[0]
            if address and ":" not in address:
                assert (page.parent / address).exists(), (page.name, address)


def test_public_pages_are_the_register(register, tmp_path):
    run("reports", SAMPLE, "--year", 2025, "-o", tmp_path, "--public")
    folder = tmp_path / "public" / "sample" / "2025"
    assert (folder / "register.json").read_bytes() == (register / "register.json").read_bytes()
    assert len(list((folder / "agreements").glob("*.html"))) == 37
    year = (folder / "year.html").read_text(encoding="utf-8")
    for heading in ("Achievements", "New investments", "Activity goals for 2026"):
        assert heading in year


def test_only_agreements_are_needed(tmp_path):
    path = tmp_path / "city.xlsx"
    workbook = load_workbook(SAMPLE)
    for sheet in SHEETS:
        if sheet.name != Agreement.sheet.name:
            del workbook[sheet.name]
    workbook.save(path)
    folder = publish(path, tmp_path / "out", "--as-of", "2025-12-31")
    assert Package(str(folder / "datapackage.json")).validate().valid
    assert "No outcome is on record." in next(folder.rglob("a-001-*.html")).read_text("utf-8")
