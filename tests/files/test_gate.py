"""What attacks its reader is refused in a sentence; what is sound, however odd, is read."""

import sys
import time
from datetime import date

import pytest
from hostile import attacks, book, changed, mutants, packed, parts, sheet, styles

from toolkit.files import apart, loading
from toolkit.files.gate import MAX_MEMBERS
from toolkit.files.loading import load
from toolkit.files.shipped import ROOT
from toolkit.model.issues import InputError

ALL = list(attacks())
LIGHT = [attack for attack in ALL if not attack.is_heavy]
HEAVY = [attack for attack in ALL if attack.is_heavy]
ENDS = (".", "(.xlsx).")
SECONDS = 60  # a stop for tests only: `docs/hostile.md` has what each costs


def found_in(path):
    """Return the sheets of a file, or the sentence that refuses it."""
    try:
        return load(path).sheets
    except InputError as refusal:
        return str(refusal).removeprefix(f"{path.name}: ")


@pytest.fixture
def read(tmp_path):
    """Return what reads bytes as a file, and leaves nothing beside it."""

    def read_content(content):
        path = tmp_path / "city.xlsx"
        path.write_bytes(content)
        found = found_in(path)
        assert [each.name for each in tmp_path.iterdir()] == ["city.xlsx"]
        return found

    return read_content


def check(attack, found):
    assert isinstance(found, str) != attack.is_read, found
    if not attack.is_read:
        assert found.endswith(ENDS)
        assert len(found) < 400


@pytest.mark.parametrize("attack", LIGHT, ids=lambda attack: attack.name)
def test_what_attacks_is_refused_and_what_is_sound_is_read(attack, read):
    check(attack, read(attack.build()))


@pytest.mark.long
@pytest.mark.parametrize("attack", HEAVY, ids=lambda attack: attack.name)
def test_what_is_heavy_is_refused_before_it_costs_a_minute(attack, read):
    content, start = attack.build(), time.process_time()
    check(attack, read(content))
    assert time.process_time() - start < SECONDS


@pytest.mark.parametrize(
    "seeds", [range(40), pytest.param(range(40, 600), marks=pytest.mark.long)], ids=["40", "560"]
)
def test_the_sample_with_some_bytes_spoilt_is_read_or_refused(seeds, read):
    sound = (ROOT / "data" / "sample.xlsx").read_bytes()
    for seed, content in mutants(seeds, sound):
        found = read(content)
        assert not isinstance(found, str) or found.endswith(ENDS), seed


HONEST = ("dates_1904", "format_variant", "messy", "strict_ooxml", "xlsx_structure")


def test_every_odd_file_of_public_projects_is_read_or_refused(shared):
    corpus = shared / "corpus"
    for path in (*corpus.glob("hostile/*/*"), *corpus.glob("messy/*")):
        found = found_in(path)
        is_sound = path.parent.name in HONEST and path.suffix == ".xlsx"
        assert found.endswith(ENDS) and not is_sound if isinstance(found, str) else found, path


def test_days_from_1904_are_told_though_an_extension_repeats_the_element(read):
    first = book().replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    content = changed(
        book=first.replace("</workbook>", "<extLst><workbookPr/></extLst></workbook>"),
        styles=styles(cells='<xf numFmtId="14"/>'),
    )
    assert read(content)["Agreements"].rows[2]["A"].value.date() == date(1904, 1, 8)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (packed(parts() | {f"x/{n}": b"" for n in range(MAX_MEMBERS)}), "holds more than 5,000"),
        (changed(sheet=sheet("<row/>" * 200_001)), 'sheet "Agreements" has more than 200,000 rows'),
        (changed(sheet=sheet().replace("?>", "?><!DOCTYPE x>")), "declares a document type (DTD)"),
    ],
    ids=["members", "rows", "DTD"],
)
def test_a_refusal_says_why(content, says, read):
    assert says in read(content)


def test_what_is_read_apart_is_the_same(monkeypatch):
    path = ROOT / "data" / "sample.xlsx"
    here = load(path)
    monkeypatch.setattr(loading, "SMALL", 0)
    assert load(path) == here


def test_a_small_sound_file_is_read_without_another_process(read, monkeypatch):
    monkeypatch.setattr(loading, "read_apart", None)
    assert list(read(packed(parts()))) == ["Agreements"]


@pytest.fixture
def apart_by(read, monkeypatch):
    """Return what reads a sound file in a process that runs other code."""

    def read_by(code):
        monkeypatch.setattr(loading, "SMALL", 0)
        monkeypatch.setattr(apart, "COMMAND", (sys.executable, "-c", code))
        return read(packed(parts()))

    return read_by


@pytest.mark.parametrize(
    "code",
    [
        "pass",
        "print('x')",
        "import os; os.abort()",
        "import pickle, sys, pathlib; pickle.dump(pathlib.Path(), sys.stdout.buffer)",
        "import pickle, sys; pickle.dump(('sheet', {'name': 'A'}), sys.stdout.buffer)",
        "import pickle, sys; pickle.dump(7, sys.stdout.buffer)",
        "from toolkit.files.apart import _limit_itself as limit; limit(); bytes(2 * 10**9)",
        "from toolkit.files import apart as a; a.MAX_CPU = 1; a._limit_itself(); any(iter(int, 1))",
    ],
)
def test_a_reader_that_dies_or_says_something_else_leaves_a_sentence(apart_by, code):
    assert apart_by(code) == apart.TOO_COSTLY


def test_a_reader_that_hangs_is_ended(apart_by, monkeypatch):
    monkeypatch.setattr(apart, "MAX_SECONDS", 0.2)
    assert apart_by("import time; time.sleep(60)") == apart.TOO_COSTLY


def test_a_reader_that_cannot_be_started_is_no_fault_of_the_file(read, monkeypatch):
    monkeypatch.setattr(loading, "SMALL", 0)
    monkeypatch.setattr(apart, "COMMAND", ("/no/such/program",))
    assert read(packed(parts())).startswith("no process could be started to read it")


def test_a_file_that_changes_meanwhile_is_to_be_read_again(read, monkeypatch):
    monkeypatch.setattr(loading, "SMALL", 0)
    monkeypatch.setattr(loading, "_fingerprint", lambda content: "of before")
    assert read(packed(parts())) == apart.CHANGED
