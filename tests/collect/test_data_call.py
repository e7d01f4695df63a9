"""The data call goes out as workbooks and comes back cell by cell; nothing is overwritten."""

import shutil
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from toolkit.cli import cli
from toolkit.collect.keyed import read_keyed
from toolkit.collect.merging import Became, merge_answers, read_answer
from toolkit.collecting import _paths
from toolkit.files.opening import Case
from toolkit.files.policy import read_policy
from toolkit.files.results import describe_run
from toolkit.files.workbook import read_workbook
from toolkit.model.issues import errors
from toolkit.model.sheets import SHEETS

SAMPLE = "data/sample.xlsx"
TRADE, CULTURE = "trade-and-investment-unit.xlsx", "culture-unit.xlsx"


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    """Send the data call of the sample out, by unit and by partner, and return the folder."""
    folder = tmp_path_factory.mktemp("call")
    for by in ("lead_unit", "partner"):
        run("request", SAMPLE, "--year", "2025", "--by", by, "-o", str(folder / by))
    return folder


@pytest.fixture
def answer(sent, tmp_path):
    """Return a sent workbook, changed by a function, under a name of its own."""

    def make(change, name="one.xlsx", of=TRADE):
        workbook = load_workbook(sent / "lead_unit" / "sample" / of)
        change(workbook)
        workbook.save(tmp_path / name)
        return tmp_path / name

    return make


def run(*words, status=0):
    done = CliRunner().invoke(cli, list(words), catch_exceptions=False, standalone_mode=False)
    assert (done.return_value or 0) == status, done.output
    return done.output


@cache
def held_of():
    return read_keyed(SAMPLE_PATH, read_policy(Path("data/policy.toml")))


def merged_of(policy, *answers):
    return merge_answers(held_of(), [read_answer(path, policy) for path in answers])


def at(workbook, sheet, key, column):
    """Return the cell of a row by the text of its first columns."""
    page = workbook[sheet]
    letters = {cell.value: cell.column for cell in page[1]}
    for row in range(2, page.max_row + 1):
        if tuple(str(page.cell(row, n).value) for n in range(1, len(key) + 1)) == key:
            return page.cell(row, letters[column])
    raise AssertionError(f"{sheet} has no row {key}")


SAMPLE_PATH = Path(SAMPLE)
RESULT = ("I-006-1-1", "2023")


def report(workbook, value=12):
    """Type a result as a unit does, with its state."""
    at(workbook, "Results", RESULT, "actual").value = value
    at(workbook, "Results", RESULT, "state").value = "approved"


def test_each_workbook_is_valid_by_itself_and_holds_its_own_agreements_alone(sent, policy):
    paths = sorted(sent.glob("*/sample/*.xlsx"))
    assert len(paths) > 30
    for path in paths[:6]:
        assert not errors(read_workbook(path, policy).issues), path
    units = [read_keyed(path, policy) for path in sorted((sent / "lead_unit/sample").glob("*"))]
    held = [key for unit in units for key in unit.rows["Agreements"]]
    assert len(held) == len(set(held)) == 34


@pytest.mark.long
def test_every_workbook_that_goes_out_is_valid_by_itself(sent, policy):
    for path in sorted(sent.glob("*/sample/*.xlsx")):
        assert not errors(read_workbook(path, policy).issues), path


def test_the_cells_that_are_asked_for_are_marked_with_what_is_asked(sent):
    workbook = load_workbook(sent / "lead_unit/sample" / TRADE)
    cell = at(workbook, "Results", RESULT, "actual")
    assert cell.fill.start_color.rgb == "FFFFF2AB"
    assert cell.comment.text.startswith("the result.")
    told = [row[1].value for row in workbook["Questions"].iter_rows(min_row=4)]
    assert "the result" in told


def test_a_partner_sees_public_columns_only(sent, policy):
    paths = sorted((sent / "partner/sample").glob("*.xlsx"))
    public = {(sheet.name, c.name) for sheet in SHEETS for c in sheet.columns if c.public}
    for path in paths[::6]:
        workbook = load_workbook(path)
        for sheet in SHEETS:
            for cell in workbook[sheet.name][1] if sheet.name in workbook.sheetnames else ():
                assert cell.value is None or (sheet.name, cell.value) in public, path
        for rows in read_keyed(path, policy).rows.get("Results", {}).values():
            assert rows.get("state", "approved") == "approved"


def test_an_untouched_answer_changes_nothing(answer, policy):
    assert merged_of(policy, answer(lambda workbook: None)) == []


def test_new_and_changed_cells_are_told_apart(answer, policy):
    def fill(workbook):
        report(workbook)
        at(workbook, "Agreements", ("A-006",), "title").value = "Another title"

    found = merged_of(policy, answer(fill))
    assert {(m.became, m.column, m.values) for m in found} == {
        (Became.NEW, "actual", ("12",)),
        (Became.NEW, "state", ("approved",)),
        (Became.CHANGED, "title", ("Another title",)),
    }


@pytest.mark.long
def test_two_senders_who_differ_are_a_conflict_and_the_cell_stays(answer, policy):
    def say(value):
        return lambda workbook: report(workbook, value)

    def actual(*answers):
        (found,) = [m for m in merged_of(policy, *answers) if m.column == "actual"]
        return found

    found = actual(answer(say(12)), answer(say(13), "two.xlsx"))
    assert (found.became, found.values, found.files) == (
        Became.CONFLICT,
        ("12", "13"),
        ("one.xlsx", "two.xlsx"),
    )
    assert "the answers differ" in str(found)
    assert actual(answer(say(12)), answer(say(12), "two.xlsx")).became is Became.NEW


def test_what_the_city_changed_since_is_a_conflict(answer, policy, tmp_path):
    path = answer(
        lambda book: setattr(at(book, "Agreements", ("A-001",), "signed"), "value", "2001")
    )
    held = load_workbook(SAMPLE)
    at(held, "Agreements", ("A-001",), "signed").value = "2002"
    held.save(tmp_path / "held.xlsx")
    found = merge_answers(read_keyed(tmp_path / "held.xlsx", policy), [read_answer(path, policy)])
    assert [(m.became, m.was, m.values) for m in found] == [(Became.CONFLICT, "2002", ("2001",))]


@pytest.mark.long
def test_a_sender_who_sorts_inserts_a_column_and_deletes_a_row(answer, policy):
    def rework(workbook):
        page = workbook["Results"]
        report(workbook)
        lines = [[c.value for c in row] for row in page.iter_rows(min_row=2) if row[0].value]
        lines = sorted(lines, key=lambda line: str(line[3]))[1:]
        page.delete_rows(2, page.max_row)
        for line in lines:
            page.append(line)
        page.insert_cols(2)
        page["B1"] = "our own remark"

    found = merged_of(policy, answer(rework))
    assert [m.became for m in found].count(Became.NEW) == 2
    assert {m.became for m in found} == {Became.NEW, Became.LEFT_OUT}


def test_an_emptied_cell_takes_nothing_away(answer, policy):
    def empty(workbook):
        at(workbook, "Agreements", ("A-001",), "signed").value = None

    (found,) = merged_of(policy, answer(empty))
    assert (found.became, found.column) == (Became.EMPTIED, "signed")


def test_what_cannot_be_read_is_told_with_its_file_and_cell(answer, policy):
    def mistype(workbook):
        at(workbook, "Results", RESULT, "actual").value = "12,5 or so"

    (found,) = merged_of(policy, answer(mistype))
    assert found.became is Became.NOT_READ
    assert "Results!F" in str(found)
    assert "one.xlsx" in str(found)


def test_a_new_row_is_added_behind_the_others(answer, policy, tmp_path):
    def add(workbook):
        page = workbook["Projects"]
        row = next(n for n in range(2, 3000) if page.cell(n, 1).value is None)
        for column, value in enumerate(("P-NEW", "A-008", "A first workshop"), start=1):
            page.cell(row, column).value = value

    out = tmp_path / "merged.xlsx"
    run("merge", SAMPLE, str(answer(add)), "-o", str(out))
    assert read_keyed(out, policy).rows["Projects"]["P-NEW"] == {
        "project_id": "P-NEW", "agreement_id": "A-008", "name": "A first workshop",
    }  # fmt: skip
    assert not errors(read_workbook(out, policy).issues)


@pytest.mark.long
def test_merging_twice_gives_the_same_bytes_and_leaves_the_workbook_alone(answer, tmp_path):
    def fill(workbook):
        report(workbook)

    shutil.copy(SAMPLE, tmp_path / "city.xlsx")
    before = (tmp_path / "city.xlsx").read_bytes()
    path, policy = str(answer(fill)), ("--policy", "data/policy.toml")
    run("merge", str(tmp_path / "city.xlsx"), path, "-o", str(tmp_path / "a.xlsx"), *policy)
    run("merge", str(tmp_path / "a.xlsx"), path, "-o", str(tmp_path / "b.xlsx"), *policy)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert (tmp_path / "city.xlsx").read_bytes() == before


def test_who_answered_and_when_stands_in_the_record_of_the_run(answer, tmp_path, policy):
    made = tmp_path / "merged.xlsx"
    run("merge", SAMPLE, str(answer(report)), "-o", str(made), "--received", "2026-02-20")
    case = Case(read_workbook(made, policy).portfolio, policy, 2025, date(2025, 12, 31))
    (line,) = describe_run(case)["answers"]
    assert (line["file"], line["received"], line["new"]) == ("one.xlsx", "2026-02-20", "2")


@pytest.mark.long
def test_everything_else_of_the_workbook_is_in_the_merged_copy(answer, tmp_path, policy):
    def fill(workbook):
        report(workbook)

    run("merge", SAMPLE, str(answer(fill)), "-o", str(tmp_path / "merged.xlsx"))
    before, after = held_of(), read_keyed(tmp_path / "merged.xlsx", policy)
    key = "I-006-1-1 | 2023 | "
    assert after.rows["Results"][key] == before.rows["Results"][key] | {
        "actual": "12",
        "state": "approved",
    }
    for name, rows in before.rows.items():
        for row, texts in rows.items():
            assert (name, row) == ("Results", key) or after.rows[name][row] == texts


def test_names_that_would_have_one_file_have_two(tmp_path):
    paths = _paths(
        tmp_path, ["Trade Unit", "trade unit", "\u5317\u4eac", "\u4e0a\u6d77", "Culture"]
    )
    assert len({path.name for path in paths}) == 5
    assert paths[4].name == "culture.xlsx"
    assert all(len(path.stem) >= 6 for path in paths)
