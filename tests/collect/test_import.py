"""A register as it lies there becomes rows of the form, and every row is accounted for."""

import csv
import shutil
from collections import Counter

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook

from toolkit.cli import cli
from toolkit.collect.foreign_dates import read_dates
from toolkit.files.workbook import read_workbook
from toolkit.model.countries import countries_in
from toolkit.model.issues import InputError, errors
from toolkit.model.sheets import Agreement

FRENCH = """Jumelages et accords;;;;
au 1er mars 2024;;;;
Ville partenaire;Pays;Nature de l'accord;Date de signature;Remarques
EUROPE;;;;
Lyon;France;Jumelage;12/05/1998;actif
Turin;Italie;Accord de coopération;3 février 2004;
;;;;
Total;2;;;
Source : mairie;;;;
"""


@pytest.fixture
def bring(tmp_path):
    """Write a register and bring it in; return what was said, the rows, and the account."""

    def run(content, name="old.csv", *options, encoding="utf-8", target="city.xlsx"):
        register = tmp_path / name
        if callable(content):
            content(register)
        else:
            register.write_text(content, encoding)
        command = ["import", str(register), str(tmp_path / target), "--yes", *options]
        done = CliRunner().invoke(cli, command, catch_exceptions=False)
        return done.output, rows_of(tmp_path / target), account_of(tmp_path / target)

    return run


def rows_of(path, sheet="Agreements"):
    page = load_workbook(path)[sheet]
    names = [cell.value for cell in page[1]]
    lines = page.iter_rows(min_row=2, values_only=True)
    return [{n: v for n, v in zip(names, line, strict=True) if v is not None} for line in lines]


def account_of(path):
    with path.with_name(f"{path.stem} - import.csv").open(encoding="utf-8-sig", newline="") as file:
        return [tuple(line) for line in csv.reader(file)][1:]


def test_a_french_register_with_title_section_total_and_source(bring):
    said, rows, account = bring(FRENCH)
    assert [(r["partner"], r["country"], r["classification"], r["signed"]) for r in rows] == [
        ("Lyon", "France", "sister city", "1998"),
        ("Turin", "Italie", "cooperation agreement", "2004-02-03"),
    ]
    assert 'of 1 such as "12/05/1998" only the year' in said
    assert Counter(line[1] for line in account) == {"dropped": 7, "changed": 2}
    assert [line[0] for line in account] == [str(n) for n in range(1, 10)]
    assert all(f"1 {why}" in said for why in ("a section heading", "a total", "a remark"))


# ruff: noqa: RUF001
REGISTERS = {
    "Portuguese": "Cidade-irmã;País;Data de assinatura\nMilão;Itália;13/03/1961",
    "Spanish": "Ciudad hermana;País;Fecha de firma\nMilán;Italia;13 de marzo de 1961",
    "Polish": "Miasto partnerskie;Kraj;Data podpisania\nMediolan;Włochy;13 marca 1961",
    "Japanese": "姉妹都市名,国・地域,提携年月日\nミラノ,イタリア,1961年3月13日",
    "Korean": "도시명,국가,체결일\n밀라노,이탈리아,1961년 3월 13일",
    "Russian": "Город-побратим;Страна;Дата\nМилан;Италия;13 марта 1961 г.",
}


@pytest.mark.parametrize("language", REGISTERS)
def test_registers_of_many_languages(bring, language):
    _, (row,), _ = bring(REGISTERS[language] + "\n")
    assert REGISTERS[language].split("\n")[1].startswith(row["partner"])
    assert row["signed"] == "1961-03-13"
    assert [country.codes for country in countries_in(row["country"])] == [("IT",)]


def test_the_other_side_is_the_partner_though_ones_own_city_stands_first(bring):
    _, rows, _ = bring("country,city,sister\nAlbania,Berat,Lovech\n")
    assert rows[0]["partner"] == "Lovech"


def test_one_country_in_every_row_is_asked_about(bring):
    rows = "".join(f"Canada,Toronto,{city}\n" for city in ("Milan", "Chicago", "Sagamihara"))
    said, *_ = bring(f"country,city,sister\n{rows}")
    assert (
        'each of 3 rows says "Canada". Where that is your own country, set "country" = ""' in said
    )


def test_dates_that_leave_day_and_month_open_give_the_year_alone():
    found = read_dates(["12/05/1998", "03/04/2001"])
    assert found.read == {"12/05/1998": "1998", "03/04/2001": "2001"}
    assert len(found.by_year) == 2
    assert read_dates(["12/05/1998", "31/12/2001"]).read["12/05/1998"] == "1998-05-12"
    assert read_dates(["12/05/1998"], order="month first").read["12/05/1998"] == "1998-12-05"


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("Jun.30.1966", "1966-06-30"),
        ("30. Juni 1966", "1966-06-30"),
        ("1er juin 1966", "1966-06-01"),
        ("June 30, 1966", "1966-06-30"),
        ("6 de junio de 1966", "1966-06-06"),
        ("juin 1966", "1966-06"),
        ("30. června 1966", "1966-06-30"),
        ("1966. június 30.", "1966-06-30"),
        ("30 июня 1966 года", "1966-06-30"),
        ("1966年6月30日", "1966-06-30"),
        ("1966년 6월", "1966-06"),
        ("1966年", "1966"),
        ("06/1966", "1966-06"),
        ("1966/06/30", "1966-06-30"),
        ("1966-06-30 00:00:00", "1966-06-30"),
        ("1966", "1966"),
        ("1960s", "1960s"),
        ("um 1966", "circa 1966"),
        ("unbefristet", "open-ended"),
    ],
)
def test_dates_are_read_in_many_patterns(text, taken):
    assert read_dates([text], about=True).read == {text: taken}


@pytest.mark.parametrize("text", ["12.05.98", "soon", "31.02.1998", "1967/68", "13.13.2001"])
def test_what_is_no_certain_date_is_left_alone(text):
    assert not read_dates([text], about=True).read


def test_what_cannot_be_read_goes_into_the_notes_as_it_stood(bring):
    _, rows, account = bring("Stadt,Land,Seit,Stand\nOslo,Norwegen,12.05.98,schlafend\n")
    assert rows[0]["notes"] == "In the source: signed: 12.05.98"
    assert "signed" not in rows[0]
    assert 'signed: "12.05.98" not read' in account[-1][3]


def test_a_bilingual_header_of_two_rows_in_a_workbook_with_merged_cells(bring):
    def write(path):
        book = Workbook()
        page = book.active
        page.append(["Our partners"])
        page.merge_cells("A1:C1")
        page.append(["Partner city", "Country", "Agreement", None])
        page.append(["Ville partenaire", "Pays", "Type / Nature", "Date"])
        page.append(["Milan", "Italy", "Friendship City", "Jun.30.1966"])
        page.append(["Bergamo", None, "MOU", "May.02.1970"])
        page.merge_cells("B4:B5")
        book.save(path)

    _, rows, _ = bring(write, "old.xlsx")
    assert [(r["partner"], r["country"], r["signed"]) for r in rows] == [
        ("Milan", "Italy", "1966-06-30"),
        ("Bergamo", "Italy", "1970-05-02"),
    ]
    assert [r["classification"] for r in rows] == ["Friendship", "MOU"]


def test_a_section_that_names_a_country_fills_the_rows_below(bring):
    _, rows, _ = bring("Ort;seit\nFrankreich;\nReims;1967\nLyon;1980\nItalien;\nTurin;1990\n")
    assert [r["country"] for r in rows] == ["Frankreich", "Frankreich", "Italien"]


def test_one_programme_is_taken_out_of_a_national_file(bring):
    text = (
        "municipality,partner,country\nAachen,Reims,France\nKöln,Turin,Italy\nKÖLN,Cork,Ireland\n"
    )
    said, rows, account = bring(text, "old.csv", "--where", "municipality=Köln")
    assert [r["partner"] for r in rows] == ["Turin", "Cork"]
    assert ("2", "dropped", "", "another value than --where asks for") in account
    assert "2 changed, 2 dropped" in said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_encodings_and_separators(bring, encoding, separator):
    lines = [("Stadt", "Land"), ("Köln", "Deutschland"), ("Málaga", "Spanien"), ("Nîmes", "FR")]
    text = "\n".join(separator.join(line) for line in lines)
    said, rows, _ = bring(text, encoding=encoding)
    assert [r["partner"] for r in rows] == ["Köln", "Málaga", "Nîmes"]
    assert ("Windows-1252" in said) == (encoding == "cp1252")


def test_a_twin_town_stays_a_question_and_is_never_a_class_of_the_policy(bring):
    said, rows, _ = bring("City,Country,Type\nOslo,Norway,Twin City\nBonn,Germany,p\n")
    assert [r["classification"] for r in rows] == ["sister city", "unknown"]
    assert "1 row: 'Twin City' -> sister city" in said
    assert rows[1]["notes"] == "In the source: classification: p"


def test_the_analyst_confirms_each_word_once_and_the_map_keeps_it(tmp_path):
    (tmp_path / "old.csv").write_text("City,Country,Type\nOslo,Norway,Twin City\n")
    command = ["import", str(tmp_path / "old.csv"), str(tmp_path / "city.xlsx")]
    done = CliRunner().invoke(cli, command, input="y\n2\n", catch_exceptions=False)
    assert (
        '"Twin City" is, in your policy: 1 Partnership, 2 Friendship, 3 sister city' in done.output
    )
    assert rows_of(tmp_path / "city.xlsx")[0]["classification"] == "Friendship"
    (tmp_path / "city.xlsx").unlink()
    again = CliRunner().invoke(cli, command, catch_exceptions=False)
    assert "in your policy" not in again.output
    assert rows_of(tmp_path / "city.xlsx")[0]["classification"] == "Friendship"


def test_a_word_that_the_map_does_not_know_is_asked_about(tmp_path):
    register, target = tmp_path / "old.csv", tmp_path / "city.xlsx"
    register.write_text("City,Country,Type\nOslo,Norway,Twin City\n")
    CliRunner().invoke(cli, ["import", str(register), str(target), "--yes"])
    target.unlink()
    register.write_text("City,Country,Type\nOslo,Norway,Twin City\nBonn,Germany,p\n")
    done = CliRunner().invoke(cli, ["import", str(register), str(target)], input="y\n1\n")
    assert '"Twin City" is' not in done.output
    assert '"p" is, in your policy' in done.output
    assert [row["classification"] for row in rows_of(target)] == ["sister city", "Partnership"]


def test_columns_that_are_not_right_are_left_in_the_map_to_be_corrected(tmp_path):
    register, target = tmp_path / "old.csv", tmp_path / "city.xlsx"
    register.write_text("City,Country,Region\nOslo,Norway,Viken\n")
    done = CliRunner().invoke(cli, ["import", str(register), str(target)], input="n\n")
    assert "Correct the lines" in str(done.exception)
    assert not target.exists()
    kept = tmp_path / "city - map.toml"
    kept.write_text(kept.read_text().replace('"Region" = ""', '"Region" = "lead_unit"'))
    CliRunner().invoke(cli, ["import", str(register), str(target)], catch_exceptions=False)
    assert rows_of(target)[0]["lead_unit"] == "Viken"


def test_words_for_a_class_are_counted_in_the_rows_that_are_taken(bring):
    text = "municipality,partner,country,type\nAachen,Reims,France,p\nK\u00f6ln,Turin,Italy,p\n"
    said, _, _ = bring(text, "old.csv", "--where", "municipality=K\u00f6ln")
    assert "1 row: 'p' -> unknown" in said


def test_a_remark_that_says_section_is_no_section(bring):
    text = "Ort;seit;Art\nNote: section France;;\nReims;1967;p\n"
    _, rows, _ = bring(text)
    assert "country" not in rows[0]


def test_a_workbook_that_is_there_is_not_written_to(tmp_path, policy):
    shutil.copy("data/toronto-2018.xlsx", tmp_path / "city.xlsx")
    before = (tmp_path / "city.xlsx").read_bytes()
    (tmp_path / "old.csv").write_text("City,Country,Date\nOslo,Norway,1990\n")
    command = ["import", str(tmp_path / "old.csv"), str(tmp_path / "city.xlsx"), "--yes"]
    CliRunner().invoke(cli, command, catch_exceptions=False)
    assert (tmp_path / "city.xlsx").read_bytes() == before
    reading = read_workbook(tmp_path / "city - with old.xlsx", policy)
    assert not errors(reading.issues)
    assert [a.partner for a in reading.portfolio.rows(Agreement)][-1] == "Oslo"


def test_results_are_brought_in_too(bring, tmp_path):
    _, _, _ = bring("City,Country\nOslo,Norway\n")
    text = "KPI;Jahr;Ziel;Ist\nI-1;2024;1.200,5;900\nI-2;2024;10;8,5\n"
    (tmp_path / "r.csv").write_text(text)
    command = ["import", str(tmp_path / "r.csv"), str(tmp_path / "r.xlsx"), "--sheet", "Results"]
    CliRunner().invoke(cli, [*command, "--yes"], catch_exceptions=False)
    assert rows_of(tmp_path / "r.xlsx", "Results") == [
        {"indicator_id": "I-1", "period": "2024", "target": 1200.5, "actual": 900},
        {"indicator_id": "I-2", "period": "2024", "target": 10, "actual": 8.5},
    ]


@pytest.mark.parametrize("content", ["", "1,2,3\n4,5,6\n", "alpha,beta\nx,y\n"])
def test_a_file_without_known_headings_is_refused_in_a_sentence(bring, content):
    with pytest.raises(InputError, match="headings that are known"):
        bring(content)


def test_pairs_that_look_like_one_are_pointed_out_and_kept(bring):
    said, rows, _ = bring("City,Country\nOslo,Norway\nOslo,Norway\n")
    assert len(rows) == 2
    assert "may be one agreement, not merged: rows 2, 3: Oslo, Norway" in said


@pytest.mark.long
def test_a_national_register_is_brought_in_whole(shared, bring, policy, tmp_path):
    text = (shared / "corpus/cities/germany_TwinTowns_clean_rgre.csv").read_text("utf-8")
    said, rows, account = bring(text)
    assert (len(rows), len(account)) == (5881, 5882)
    assert "partnergemeinde -> partner" in said
    assert "state -> status" not in said
    found = errors(read_workbook(tmp_path / "city.xlsx", policy).issues)
    assert [issue.column for issue in found] == ["country"] * 7  # blank in the source, too


@pytest.mark.long
def test_every_file_of_the_corpus_is_brought_in_or_refused_in_a_sentence(shared, tmp_path):
    folders = ("hostile", "messy", "indicators", "cities", "toronto")
    paths = [p for name in folders for p in sorted((shared / "corpus" / name).rglob("*.*"))]
    for number, path in enumerate(paths):
        target = str(tmp_path / f"{number}.xlsx")
        done = CliRunner().invoke(cli, ["import", str(path), target, "--yes"])
        assert done.exception is None or isinstance(done.exception, InputError | SystemExit), path
    assert len(paths) > 200
