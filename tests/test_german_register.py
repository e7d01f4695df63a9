"""The German register of twin towns, 5,881 ties and nothing of what they do: level 1 at its limit.

What a person would have to mend before the review runs is mended here: seven rows name no country.
Their partners are Minsk, Pinsk, Vitebsk, Luninets and a place that the register lists beside Minsk.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import date

import pytest
from german_register import register_rows

from toolkit.assess.results import Results
from toolkit.files.shipped import ROOT
from toolkit.files.template import write_workbook
from toolkit.files.workbook import open_workbook, read_workbook
from toolkit.model.issues import errors, format_issues
from toolkit.model.vocabulary import ClassFinding, ReviewWord

AS_OF = date(2018, 12, 31)
CITIES = {"Berlin": (73, 3), "Köln": (42, 0)}  # rows, and those without a country
ENDS = {ReviewWord.SUNSET, ReviewWord.TRANSFER, ReviewWord.LAPSED}
WHOLE, PART, MOST_PER_ROW = 5881, 500, 1.35
MEASURE = """
import gc, json, sys, time
from datetime import date
from pathlib import Path
from hostile_tables import most_memory
from toolkit.assess.results import Results
from toolkit.files.policy import read_policy
from toolkit.files.shipped import ROOT
from toolkit.files.workbook import open_workbook

policy = read_policy(ROOT / "data" / "policy.toml")


def seconds(portfolio):
    gc.collect()
    gc.disable()  # what collecting takes hangs on all that is held
    start = time.process_time()
    assert Results(portfolio, policy, date(2018, 12, 31)).tables
    taken = time.process_time() - start
    gc.enable()
    return taken


few, many = (open_workbook(Path(path), policy) for path in sys.argv[1:])
seconds(few)  # what is done once is done before
part, whole = min(seconds(few) for _ in range(3)), seconds(many)
print(json.dumps({"part": part, "whole": whole, "megabytes": most_memory() / 1024}))
"""


def mended(rows):
    """Return the rows with the country that a person would type where none is."""
    return [row | {"country": row["country"] or "Belarus"} for row in rows]


def workbook(folder, policy, rows):
    """Return the path of a workbook of these agreements."""
    path = folder / f"register-{len(rows)}.xlsx"
    write_workbook(path, policy, title="Register", rows={"Agreements": rows})
    return path


@pytest.fixture(scope="module", params=list(CITIES))
def city(request, policy, shared, tmp_path_factory):
    path = workbook(
        tmp_path_factory.mktemp("city"), policy, mended(register_rows(shared, request.param))
    )
    return request.param, Results(open_workbook(path, policy), policy, AS_OF)


@pytest.mark.parametrize("name", list(CITIES))
def test_check_names_the_cells_without_a_country_and_nothing_else_to_fix(
    name, policy, shared, tmp_path
):
    rows = register_rows(shared, name)
    reading = read_workbook(workbook(tmp_path, policy, rows), policy)
    found = errors(reading.issues)
    assert (len(rows), len(found)) == CITIES[name]
    assert {(issue.sheet, issue.column) for issue in found} <= {("Agreements", "country")}


def test_trap_34_a_city_without_activity_data_has_no_sunset_and_a_usable_line_each(city):
    name, found = city
    review = found.review.frame
    print(name, dict(Counter(review.decision)))  # noqa: T201 - the figure
    assert len(review) == CITIES[name][0]
    assert set(review.decision) == {ReviewWord.CLASS_FIRST, ReviewWord.CONTINUE}
    assert (review.decision[review.classification == "Friendship"] == "Continue, regularise").all()
    assert review.reason.str.len().min() > 40
    assert review.cells.str.startswith("Agreements!").all()


def test_a_city_without_stated_objectives_is_told_so_for_each_instrument(city):
    _, found = city
    outside = [row.agreement_id for row in found.review if row.classification != "Friendship"]
    given = {found.reclassification[key].decision for key in outside}
    assert given == {ClassFinding.NO_OBJECTIVES}


def test_a_city_at_level_1_has_counts_of_seats_and_no_score(city):
    _, found = city
    assert found.level == 1
    (counts,) = found.seat_counts
    assert counts.proposed == sum(row.classification == "Friendship" for row in found.review)
    assert {row.decision for row in found.scores} == {"too little is known"}


def test_instruments_with_one_partner_fold_once_their_relationship_is_left_blank(
    policy, shared, tmp_path
):
    """Berlin has both a Friendship and a twinning with St. Petersburg and with Minsk, and two
    twinnings each with Moscow and with Szczecin: four of its rows share a seat."""
    rows = mended(register_rows(shared, "Berlin"))
    rows = [row | {"relationship_id": ""} for row in rows]
    path = workbook(tmp_path, policy, rows)
    review = Results(open_workbook(path, policy), policy, AS_OF).review.frame
    folded = review.partner[review.decision == ReviewWord.FOLD_IN]
    assert len(folded) == 4
    assert sorted(name.split(" (")[0] for name in folded) == [
        "Minsk", "Moskau", "St. Petersburg", "Szczecin",
    ]  # fmt: skip


def test_check_of_the_whole_register_names_seven_cells(policy, shared, tmp_path):
    rows = register_rows(shared)
    reading = read_workbook(workbook(tmp_path, policy, rows), policy)
    assert len(rows) == WHOLE
    assert len(errors(reading.issues)) == 7
    assert len(format_issues("register.xlsx", reading.issues).splitlines()) < 25


@pytest.mark.long
def test_trap_34_the_whole_register_has_no_end_no_notice_and_a_usable_line_each(
    policy, shared, tmp_path
):
    path = workbook(tmp_path, policy, mended(register_rows(shared)))
    review = Results(open_workbook(path, policy), policy, AS_OF).review.frame
    assert len(review) == WHOLE
    print(dict(Counter(map(str, review.decision))))  # noqa: T201 - the figure
    assert not set(review.decision) & {*ENDS, ReviewWord.ON_NOTICE, ReviewWord.INSUFFICIENT}
    assert review.reason.str.len().min() > 40


@pytest.mark.long
def test_the_whole_register_is_assessed_in_a_gigabyte_as_fast_a_row_as_a_part(
    policy, shared, tmp_path
):
    pytest.importorskip("resource", reason="the system tells no peak of memory")
    rows = mended(register_rows(shared))
    paths = [workbook(tmp_path, policy, chosen) for chosen in (rows[:PART], rows)]
    command = [sys.executable, "-c", MEASURE, *map(str, paths)]
    more = {"PYTHONPATH": str(ROOT / "tests")}
    run = subprocess.run(
        command, cwd=ROOT, env=os.environ | more, capture_output=True, text=True, check=True
    )
    found = json.loads(run.stdout)
    print(found)  # noqa: T201 - the figures
    assert found["megabytes"] < 1024
    assert found["whole"] / WHOLE <= MOST_PER_ROW * found["part"] / PART
