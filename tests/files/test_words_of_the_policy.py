"""What is typed for countries, sectors and classes meets the policy, or is asked for."""

import re
from dataclasses import replace

import pytest
from openpyxl import Workbook, load_workbook

from toolkit.files.policy import read_policy
from toolkit.files.shipped import ROOT
from toolkit.files.workbook import read_workbook
from toolkit.model.issues import InputError, errors
from toolkit.model.sheets import Agreement
from toolkit.model.vocabulary import Severity

HEADER = ("agreement_id", "partner", "country", "classification", "signed", "city", "title")


@pytest.fixture
def read(tmp_path, policy):
    """Return how the rows of Agreements, and of further sheets, are read."""

    def read(*rows, rules=policy, **sheets):
        workbook = Workbook()
        page = workbook.active
        page.title = "Agreements"
        page.append(HEADER)
        for row in rows:
            page.append(row)
        for name, table in sheets.items():
            other = workbook.create_sheet(name)
            for row in table:
                other.append(row)
        workbook.save(tmp_path / "city.xlsx")
        return read_workbook(tmp_path / "city.xlsx", rules)

    return read


def told(reading, column):
    """Return what is said of the cells of one column, with the cell."""
    return [(i.cell, i.message) for i in reading.issues if i.column == column]


def one(country, **_):
    return ("A-1", "Partner", country, "MOU", 2015)


# ------------------------------------------------------------------ countries


def test_a_country_is_kept_as_typed(read):
    (row,) = read(one("PRC")).portfolio.rows(Agreement)
    assert row.country == "PRC"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Korea", '"Korea" may be "South Korea" or "North Korea". Type which.'),
        ("Congo", '"Congo" may be "Congo - Brazzaville" or "Congo - Kinshasa". Type which.'),
        ("Italy, China", '"China" or "Italy". Type which; several are typed with ; between.'),
        ("Georgia", "was read as the country. If it is a state of the United States, type"),
        ("USSR", "is a state that is no more. Type the country of today:"),
        ("GDR", '"GDR" is a former name. It was read as "Germany".'),
        ("EU", "It holds many countries. Type that of the partner."),
        ("Chna", 'Did you mean "China"?'),
        ("Atlantis", "Type its usual name in any language, or its code, such as DE."),
    ],
)
def test_a_country_that_is_not_plain_is_told_with_what_to_type(read, typed, says):
    ((cell, message),) = told(read(one(typed)), "country")
    assert cell == "C2"
    assert says in message


@pytest.mark.parametrize("typed", ["Korea", "USSR", "Italy, China", "EU", "Atlantis"])
def test_a_country_that_is_not_settled_is_told_on_the_pages(read, typed):
    assert [n.column for n in read(one(typed)).portfolio.notices] == ["country"]


# --------------------------------------------------------------------- policy


@pytest.fixture
def policy_with(tmp_path):
    """Return the policy with another line in place of one that begins so."""

    def changed(key, line):
        text = (ROOT / "data" / "policy.toml").read_text("utf-8")
        (tmp_path / "policy.toml").write_text(
            re.sub(rf"(?m)^{key} = .*$", line, text, count=1), "utf-8"
        )
        return read_policy(tmp_path / "policy.toml")

    return changed


@pytest.mark.parametrize(
    ("key", "line", "says"),
    [
        ("tier_1", 'tier_1 = ["Chna"]', 'markets.tier_1: "Chna" is not in the list'),
        ("tier_1", 'tier_1 = ["Chna"]', 'Did you mean "China"?'),
        ("tier_2", 'tier_2 = ["Ruritania"]', 'markets.tier_2: "Ruritania" is not in the list'),
        ("tier_2", 'tier_2 = ["Korea"]', 'markets.tier_2: "Korea" may be'),
        ("tier_2", 'tier_2 = ["Osaka"]', "A city or metro stands in markets.metros as well."),
        ("tier_2", 'tier_2 = ["USA"]', '"USA" and "United States" are one market.'),
        ("tier_2", 'tier_2 = []\nmetros = ["Osaka"]', 'markets.metros: "Osaka" is in neither'),
        (
            "ends",
            'ends = 2022-03-31\ncountries = ["Ukrane"]',
            'excluded_period 1.countries: "Ukrane" is not in the list',
        ),
    ],
)
def test_a_place_that_is_not_known_is_an_error_with_its_key(policy_with, key, line, says):
    with pytest.raises(InputError, match=re.escape(says)):
        policy_with(key, line)


def test_markets_may_have_any_usual_name_and_metros_are_named_as_such(policy_with):
    policy = policy_with("tier_2", 'tier_2 = ["Holland", "Osaka"]\nmetros = ["Osaka"]')
    assert policy.markets.tier_2 == ("Holland", "Osaka")


def test_an_alias_stands_for_a_sector_that_is_listed(policy_with):
    with pytest.raises(InputError, match=r"sectors\.aliases\.\w+: .* is in neither"):
        policy_with('"music"', '"musik" = ["band"]')


def test_no_word_stands_for_two_sectors(policy_with):
    with pytest.raises(InputError, match='the word "tech" would be read in two ways'):
        policy_with('"music"', '"music" = ["tech"]')


# -------------------------------------------------------------------- sectors


def profile(*sectors):
    return {"Profiles": [("subject_id", "sectors_shared"), ("A-1", ";".join(sectors))]}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Food & Beverage", "food and beverage"),
        ("Life science", "life sciences"),
        ("ICT", "technology"),
        ("Higher education", "education"),
        ("Finance", "financial services"),
        ("TOURISM", "tourism"),
        ("forestry", "forestry"),
        ("none", "none"),
    ],
)
def test_a_sector_is_read_by_the_names_and_aliases_of_the_policy(read, typed, kept):
    reading = read(one("Italy"), **profile(typed))
    (row,) = reading.portfolio.rows(type(reading.portfolio.rows(Agreement)[0]))
    assert row.country == "Italy"
    (shared,) = [
        r.sectors_shared
        for kind, rows in reading.portfolio.sheets.items()
        if kind.sheet.name == "Profiles"
        for r in rows
    ]
    assert shared == (kept,)
    assert not errors(reading.issues)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("tourisme", 'Did you mean "tourism"?'),
        ("tecnology", 'Did you mean "technology"?'),
        ("quantum", "Add it there: names or other, or aliases of one that means the same."),
    ],
)
def test_a_sector_of_no_list_is_told_with_the_nearest(read, typed, says):
    ((cell, message),) = told(read(one("Italy"), **profile("tourism", typed)), "sectors_shared")
    assert cell == "B2"
    assert "whether it counts is not known" in message
    assert says in message


def test_a_policy_without_sectors_asks_nothing_of_them(read, policy_neutral):
    reading = read(one("Italy"), rules=policy_neutral, **profile("quantum"))
    assert not told(reading, "sectors_shared")


# --------------------------------------------------------------- sister cities


@pytest.mark.parametrize("word", ["sister city", "Sister City", "twinning"])
def test_check_says_what_the_policy_makes_of_a_sister_city(read, word):
    said = [message for _, message in told(read(("A-1", "P", "Italy", word)), "classification")]
    assert any("the review proposes which one it becomes" in message for message in said)
    assert any('type "Partnership" or "Friendship"' in message for message in said)


@pytest.mark.parametrize("word", ["twin town", "Städtepartnerschaft", "jumelage", "sister cities"])
def test_a_word_like_it_that_is_not_listed_is_told_with_what_to_type_or_set(read, word):
    (issue,) = [i for i in read(("A-1", "P", "Italy", word)).issues if i.column == "classification"]
    assert issue.severity is Severity.ERROR
    assert 'Type "sister city" or "twinning"' in issue.message
    assert "framework.outside" in issue.message


def test_a_city_whose_class_it_is_hears_how_it_is_read(read, policy):
    first, *others = policy.classes
    rules = replace(
        policy,
        classes=(replace(first, formerly=("sister city",)), *others),
        framework=replace(policy.framework, outside=("MOU",)),
    )
    ((_, message),) = told(
        read(("A-1", "P", "Italy", "sister city"), rules=rules), "classification"
    )
    assert message == '"sister city" is read as "Partnership" under this policy.'


def test_the_other_words_outside_the_framework_are_taken_without_a_word(read):
    assert not told(read(("A-1", "P", "Italy", "MOU")), "classification")


# ------------------------------------------------------------------ look-alikes


def pair(left, right, country="Italy", other=None):
    return (("A-1", left, country, "Partnership"), ("A-2", right, other or country, "MOU"))


ONE_PARTNER = [
    ("Kiev", "Kyiv", "Ukraine"),
    ("St. Petersburg", "Saint Petersburg", "Russia"),
    ("Leningrad", "St Petersburg", "Russia"),
    ("City of Milan", "Milan", "Italy"),
    ("Milano", "Milan", "Italy"),
    ("Turin", "Torino", "Italy"),
    ("Ho Chi Minh City", "Saigon", "Vietnam"),
    ("Frankfurt", "Frankfurt am Main", "Germany"),
    ("Nordhafen", "Nordhaven", "Germany"),
    ("Chongqing", "Chonqing", "China"),
    ("Kyoto-shi", "Kyoto", "Japan"),
    ("Bombay", "Mumbai", "India"),
]
TWO_PARTNERS = [
    ("Porto", "Faro", "Portugal"),
    ("Hunan", "Henan", "China"),
    ("Osaka", "Otsuka", "Japan"),
    ("Bari", "Bra", "Italy"),
    ("City 1", "City 2", "Italy"),
    ("City 1", "City 11", "Italy"),
    ("Milan", "Milan Chamber of Commerce", "Italy"),
    ("Frankfurt (Oder)", "Frankfurt am Main", "Germany"),
    ("Springfield", "Springdale", "USA"),
]


@pytest.mark.parametrize(("left", "right", "country"), ONE_PARTNER)
def test_two_names_that_may_be_one_partner_are_pointed_out(read, left, right, country):
    ((cell, message),) = told(read(*pair(left, right, country)), "partner")
    assert cell == "B3"
    assert "may be one partner. If so, type the same relationship_id in both rows" in message


@pytest.mark.parametrize(("left", "right", "country"), TWO_PARTNERS)
def test_two_partners_are_not_taken_for_one(read, left, right, country):
    assert not told(read(*pair(left, right, country)), "partner")


def test_names_that_are_near_in_two_countries_are_two_partners(read):
    assert not told(read(*pair("Córdoba", "Cordova", "Spain", "Argentina")), "partner")


def keys(reading):
    from toolkit.assess.record.relationships import relationship_key

    return {relationship_key(row) for row in reading.portfolio.rows(Agreement)}


@pytest.mark.parametrize(
    ("rows"),
    [
        pair("Chicago", "Chicago", "USA", "United States"),
        pair("São Paulo", "sao  paulo", "Brazil", "Brasil"),
        pair("St. Louis", "St Louis", "US"),
    ],
)
def test_spellings_of_one_partner_are_one_relationship_without_a_word(read, rows):
    reading = read(*rows)
    assert len(keys(reading)) == 1
    assert not told(reading, "partner")


def chamber(key, city, word):
    return (key, "Chamber of Commerce", "France", word, 2015, city)


def test_chambers_of_two_cities_are_two_partners(read):
    reading = read(chamber("A-1", "Lyon", "Partnership"), chamber("A-2", "Bordeaux", "MOU"))
    assert len(keys(reading)) == 2
    assert not told(reading, "partner")


def test_a_chamber_whose_city_is_blank_may_be_either(read):
    reading = read(chamber("A-1", "Lyon", "Partnership"), chamber("A-2", None, "MOU"))
    ((cell, message),) = told(reading, "partner")
    assert cell == "B3"
    assert '"Chamber of Commerce" in Lyon (A-1)' in message


def test_a_city_that_its_partner_names_makes_no_second_relationship(read):
    rows = (
        ("A-1", "City of Milan", "Italy", "MOU", 2015, "Milan"),
        ("A-2", "City of Milan", "Italy", "Partnership"),
    )
    assert len(keys(read(*rows))) == 1


@pytest.mark.parametrize(
    ("signed", "says"),
    [
        ((2003, 2003, "2003-06-14"), "A-1, A-2 and A-3 look like one agreement typed three times."),
        ((2003, 2003), "A-1 and A-2 look like one agreement typed twice."),
        ((2003, None), "A-1 and A-2 look like one agreement typed twice."),
    ],
)
def test_an_agreement_typed_again_is_pointed_out(read, signed, says):
    rows = [(f"A-{i}", "Milan", "Italy", "Partnership", when) for i, when in enumerate(signed, 1)]
    ((cell, message),) = told(read(*rows), "partner")
    assert cell == f"B{len(signed) + 1}"
    assert says in message


@pytest.mark.parametrize(
    "rows",
    [
        (("A-1", "Milan", "Italy", "MOU", 2003), ("A-2", "Milan", "Italy", "MOU", 2015)),
        (("A-1", "Milan", "Italy", "MOU", 2003), ("A-2", "Milan", "Italy", "Partnership", 2003)),
        (
            ("A-1", "Milan", "Italy", "MOU", 2003, None, "On fashion"),
            ("A-2", "Milan", "Italy", "MOU", 2003, None, "On data"),
        ),
    ],
)
def test_instruments_that_something_tells_apart_are_several(read, rows):
    assert not told(read(*rows), "partner")


def test_a_pact_of_three_cities_is_one_row_and_one_relationship(read):
    reading = read(("A-1", "Milan;Shanghai;Chicago", "Italy; PRC; USA", "Partnership"))
    (row,) = reading.portfolio.rows(Agreement)
    assert row.relationship_id == "Chicago; Milan; Shanghai, China; Italy; United States"
    assert not errors(reading.issues)


def test_the_sectors_of_the_policy_are_offered_where_they_are_typed(tmp_path, policy):
    from toolkit.files.template import write_blank

    write_blank(tmp_path / "blank.xlsx", policy)
    page = load_workbook(tmp_path / "blank.xlsx")["Profiles"]
    letter = next(cell.column_letter for cell in page[1] if cell.value == "sectors_shared")
    (hint,) = [h for h in page.data_validations.dataValidation if f"{letter}2" in h.cells]
    assert hint.type == "list"
    assert not hint.showErrorMessage
