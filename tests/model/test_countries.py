"""A country is known by any usual name; what is compared is its code."""

import subprocess
import sys

import pytest

from toolkit.files.shipped import ROOT
from toolkit.model.countries import (
    countries_in,
    country_key,
    country_name,
    english_names,
    find_country,
    near_countries,
)

DAILY = {  # code -> names as people type them
    "US": "USA; U.S.A.; US; U.S.; United States; the United States of America; America; EE.UU.",
    "GB": "UK; U.K.; Great Britain; Britain; England; Scotland; Wales; Northern Ireland",
    "NL": "Holland; The Netherlands; Netherlands, the; Pays-Bas; Niederlande; Nederland",
    "CN": "PRC; P.R.C.; P.R. China; People's Republic of China; China, PR; 中国; Chine; Cina",
    "HK": "Hong Kong; Hong Kong SAR; Hong Kong, China; HKG; Hong Kong SAR China",
    "MO": "Macau; Macao; Macau SAR; Macao SAR China",
    "TW": "Taiwan; Taiwan, ROC; Taiwan (R.O.C.); Chinese Taipei; Taiwan, Province of China",
    "TR": "Turkey; Türkiye; TURKIYE; Türkei; Republic of Turkey",
    "VN": "Viet Nam; Vietnam; VIETNAM; Việt Nam; Socialist Republic of Viet Nam",
    "DE": "Deutschland; Germany; GERMANY; Allemagne; Alemania; DE; DEU; de; Federal Republic of "
    "Germany; BRD",
    "KR": "South Korea; Republic of Korea; Korea, Republic of; Korea, South; ROK; Korea (South)",
    "KP": "North Korea; DPRK; Korea, North; Democratic People's Republic of Korea",
    "RU": "Russia; Russian Federation; Россия; Rußland",
    "CZ": "Czech Republic; Czechia; Cesko; Tschech. Republik; Tschechien",
    "SK": "Slovakia; Slovak Republic; Slow. Republik",
    "CD": "DR Congo; DRC; Democratic Republic of the Congo; Congo (Kinshasa); Congo, DR",
    "CG": "Republic of the Congo; Congo-Brazzaville; Congo (Brazzaville)",
    "CI": "Ivory Coast; Cote d'Ivoire; Côte d\u2019Ivoire; Elfenbeinküste; Costa de Marfil",
    "BA": "Bosnia; Bosnia and Herzegovina; Bosnia & Herzegovina; Bosnien-Herzegowina",
    "MK": "Macedonia; North Macedonia; FYROM; Mazedonien",
    "PS": "Palestine; State of Palestine; Palestinian Territories; West Bank; Gaza",
    "GR": "Greece; Griechenland; Grecia; Ελλάδα; Hellas; Hellenic Republic",
    "IR": "Iran; Islamic Republic of Iran; Iran (Islamic Republic of); Iran, Islamic Republic of",
    "IE": "Ireland; Republic of Ireland; Eire; Irland",
    "AE": "UAE; U.A.E.; United Arab Emirates; Emirates",
    "ZA": "South Africa; RSA; Republic of South Africa",
    "NZ": "NZ; New Zealand; Aotearoa",
    "BR": "Brasil; Brazil; BRASIL; República Federativa do Brasil",
    "MX": "México; Mexico; Mexique; MEX",
    "VA": "Vatican; Holy See; Vatican City",
    "LA": "Laos; Lao PDR; Lao People's Democratic Republic",
    "CV": "Cape Verde; Cabo Verde",
    "TL": "East Timor; Timor-Leste",
    "SZ": "Eswatini; Swaziland",
    "XK": "Kosovo",
    "FM": "Micronesia; Federated States of Micronesia",
    "TZ": "Tanzania; United Republic of Tanzania; Tanzania, United Republic of",
    "CH": "Switzerland; Schweiz; Suisse; Svizzera; Swiss Confederation",
    "JP": "Japan; 日本; Japon; Nippon; jpn",
    "ES": "Spain; España; Spanien; Kingdom of Spain",
    "SV": "El Salvador; SLV",
    "GE": "Georgia; Republic of Georgia",
    "TT": "Trinidad & Tobago; Trinidad and Tobago; Trinidad",
    "KN": "St Kitts and Nevis; St. Kitts & Nevis; Saint Kitts and Nevis",
}
NAMES = [(code, name) for code, names in DAILY.items() for name in names.split("; ")]


@pytest.mark.parametrize(("code", "name"), NAMES, ids=[name for _, name in NAMES])
def test_a_country_is_known_by_its_name_in_daily_use(code, name):
    assert find_country(name).codes == (code,)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("GDR", "DE"),
        ("East Germany", "DE"),
        ("Zaire", "CD"),
        ("Ceylon", "LK"),
        ("Rhodesia", "ZW"),
        ("Siam", "TH"),
    ],
)
def test_a_former_name_is_known_as_such(name, code):
    country = find_country(name)
    assert (country.codes, country.is_former) == ((code,), True)


@pytest.mark.parametrize(
    ("name", "holds"),
    [
        ("USSR", {"RU", "UA", "LV"}),
        ("Soviet Union", {"RU", "UA", "LV"}),
        ("Yugoslavia", {"RS", "HR", "SI"}),
        ("Czechoslovakia", {"CZ", "SK"}),
    ],
)
def test_a_state_that_is_no_more_may_be_each_of_those_that_followed(name, holds):
    country = find_country(name)
    assert country.is_former
    assert holds < set(country.codes) or holds == set(country.codes)


@pytest.mark.parametrize(
    ("name", "codes"),
    [("Congo", {"CD", "CG"}), ("Korea", {"KR", "KP"}), ("Virgin Islands", {"VG", "VI"})],
)
def test_a_name_of_two_countries_may_be_either(name, codes):
    assert set(find_country(name).codes) == codes


def test_what_stands_beside_a_country_may_settle_it():
    assert find_country("USSR (Ukraine)").codes == ("UA",)
    assert find_country("Texas, USA").codes == ("US",)
    assert find_country("Georgia, USA").codes == ("US",)
    assert find_country("Scotland (UK)").codes == ("GB",)


@pytest.mark.parametrize(
    "name", ["Atlantis", "EU", "Europe", "London", "n/a", "NA", "none", "-", ""]
)
def test_what_is_no_country_is_none(name):
    assert find_country(name).codes == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Portugual", "Portugal"),
        ("Germny", "Germany"),
        ("Chna", "China"),
        ("Untied States", "United States"),
        ("Swizterland", "Switzerland"),
        ("Englnd", "United Kingdom"),
        ("Griechenlnd", "Greece"),
        ("Phillipines", "Philippines"),
    ],
)
def test_a_slip_of_the_hand_is_told_with_what_was_meant(typed, meant):
    assert find_country(typed).codes == ()
    assert near_countries(typed) == (meant,)


@pytest.mark.parametrize("typed", ["Atlantis", "Narnia", "Africa", "Somaliland", "xyz", "Bavaria"])
def test_nothing_is_proposed_where_nothing_is_near(typed):
    assert near_countries(typed) == ()


def test_every_english_name_and_code_of_the_cldr_is_known():
    for code, name in english_names().items():
        assert find_country(name).codes == (code,), name
        assert find_country(country_name(code)).codes == (code,), name
        if code != "NA":
            assert find_country(code).codes == (code,)


@pytest.mark.parametrize("typed", ["no", "No", "NA", "n/a"])
def test_an_answer_is_no_country(typed):
    assert find_country(typed).codes == ()


def test_a_cell_may_list_several_in_any_order_and_spelling():
    assert [c.codes for c in countries_in("Italy;PRC\nHolland")] == [("IT",), ("CN",), ("NL",)]
    assert country_key("Italia; P.R. China") == country_key("China;Italy")
    assert country_key("Atlantis") == country_key(" ATLANTIS ")
    assert country_key(None) == ""


def test_usual_names_are_found_without_the_names_of_every_language():
    code = (
        "from babel import localedata\n"
        "from toolkit.model.countries import find_country\n"
        "[find_country(n) for n in ('USA', 'Deutschland', 'PRC', 'Turkey', 'Congo', 'DEU')]\n"
        "print(len(localedata._cache))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert int(done.stdout) < 40
