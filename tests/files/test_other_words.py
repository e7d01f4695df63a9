"""The sample under other spellings of its countries and sectors gives the same tables."""

import re
import zipfile
from functools import cache
from pathlib import Path

import pytest
from babel import Locale
from golden_tables import sample_tables
from openpyxl import load_workbook

from toolkit.files.outputs import table_csv
from toolkit.files.policy import read_policy
from toolkit.model.countries import country_key
from toolkit.review import open_results

DATA = Path(__file__).parents[2] / "data"
COLUMNS = {"Agreements": "C", "Projects": "K", "Proposals": "C"}  # of countries
LANGUAGES = ("de", "es", "fr", "it", "ja", "nl", "pl", "pt", "uk", "zh")
IN_USE = {  # other names in daily use, older ones and those of the United Nations
    "BR": "Federative Republic of Brazil", "CN": "PRC", "DE": "Federal Republic of Germany",
    "GB": "Great Britain", "IN": "Republic of India", "IT": "Italia", "KE": "Republic of Kenya",
    "KR": "Republic of Korea", "NL": "The Netherlands", "US": "U.S.A.", "VN": "Viet Nam",
    "PL": "Polska", "ES": "España", "CA": "CAN", "JP": "Nippon", "MX": "México",
}  # fmt: skip
WAYS = (*LANGUAGES, "CAPITALS", "code", "in use")
assert len(WAYS) == 13
QUICK = ("de", "code", "in use")
TEXT = re.compile(r'(<c r="([A-Z]+)\d+"[^>]*t="inlineStr"[^>]*><is><t[^>]*>)([^<]*)(</t>)')


def spelt(name, way):
    """Return the name of a country as one way of writing has it."""
    code = country_key(name)
    if way in LANGUAGES:
        return Locale(way).territories[code]
    return {"CAPITALS": name.upper(), "code": code, "in use": IN_USE.get(code, name)}[way]


@cache
def other_sectors(way):
    """Return sector -> another word for it, by the policy's own list."""
    aliases = read_policy(DATA / "policy.toml").sectors.spellings
    words = {}
    for word, name in aliases.items():
        words.setdefault(name, []).append(word)
    turn = WAYS.index(way)
    return {name: found[turn % len(found)].capitalize() for name, found in words.items()}


def rewritten(target, way):
    """Save the sample with other words for its countries and sectors."""
    with zipfile.ZipFile(DATA / "sample.xlsx") as source, zipfile.ZipFile(target, "w") as out:
        book = source.read("xl/workbook.xml").decode()
        names = re.findall(r'<sheet [^>]*name="([^"]+)"', book)
        parts = {f"xl/worksheets/sheet{n}.xml": name for n, name in enumerate(names, start=1)}
        for item in source.namelist():
            content = source.read(item)
            if item in parts:
                text = content.decode()
                content = TEXT.sub(lambda m, item=item: _cell(m, parts[item], way), text).encode()
            out.writestr(item, content)
    return target


def _cell(match, sheet, way):
    before, letter, text, after = match.groups()
    sectors = other_sectors(way)
    if COLUMNS.get(sheet) == letter and text in used_countries():
        text = spelt(text, way)
    elif sheet != "Lists" and all(part in sectors for part in text.split(";")):
        text = ";".join(sectors[part] for part in text.split(";"))
    return f"{before}{text}{after}"


@cache
def used_countries():
    """Return the countries of the sample, as it names them."""
    workbook = load_workbook(DATA / "sample.xlsx")
    cells = (cell for sheet, letter in COLUMNS.items() for cell in workbook[sheet][letter][1:])
    return sorted({cell.value for cell in cells if cell.value})


def named_as_before(content, way):
    """Return a table with the countries named as in the sample."""
    text = content.decode()
    names = {spelt(name, way): name for name in used_countries()}
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", names[name], text)
    return text


@pytest.fixture(scope="module")
def expected():
    return sample_tables()


@pytest.mark.parametrize(
    "way", [pytest.param(way, marks=() if way in QUICK else pytest.mark.long) for way in WAYS]
)
def test_the_sample_in_other_words_gives_the_same_tables(tmp_path, expected, way):
    path = rewritten(tmp_path / "sample.xlsx", way)
    results = open_results(str(path), "data/policy.toml", 2025)
    for name, table in results.tables.items():
        assert named_as_before(table_csv(table), way) == expected[name].decode(), name
