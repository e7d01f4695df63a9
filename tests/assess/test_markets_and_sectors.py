"""A spelling decides nothing: what is no list's word is missing for C1 and C2, never 0."""

from dataclasses import replace
from datetime import date

import pytest
from factory import agreement, day, make_portfolio, mou, results_of
from openpyxl import load_workbook

from toolkit.assess.record.activity import activity_window
from toolkit.assess.record.markets import market_ends, market_score
from toolkit.assess.review.criteria import rate_sectors
from toolkit.files.outputs import table_csv
from toolkit.files.shipped import ROOT
from toolkit.model.policy import ExcludedPeriod, Sectors
from toolkit.model.sheets import Agreement
from toolkit.model.vocabulary import ReviewWord
from toolkit.review import open_results

SCALE = (0, 1, 2)


@pytest.fixture
def market_of(policy):
    def market(country, rules=policy, **changes):
        (row,) = make_portfolio(rules, agreement(country=country, **changes)).rows(Agreement)
        return market_ends(row, rules), market_score(row, rules)

    return market


@pytest.mark.parametrize(
    ("country", "score"),
    [
        ("PRC", 100),
        ("USA", 100),
        ("Deutschland", 100),
        ("England", 100),
        ("GDR", 100),
        ("Viet Nam", 50),
        ("Holland", 50),
        ("Turkey", 0),
        ("Hong Kong", 0),
        ("Italy; PRC", 100),
        ("Italy\nTurkey", 50),
        ("Congo", 0),
        ("Germany; Atlantis", 100),
    ],
)
def test_a_market_is_matched_by_code(market_of, country, score):
    assert market_of(country) == ((score, score), score)


@pytest.mark.parametrize(
    ("country", "ends"),
    [
        ("Atlantis", (0, 100)),
        ("EU", (0, 100)),
        ("Italy; Atlantis", (50, 100)),
        ("Italy, China", (50, 100)),
    ],
)
def test_a_country_that_no_list_knows_is_missing_and_never_0(market_of, country, ends):
    assert market_of(country) == (ends, None)


def test_a_name_of_two_countries_is_missing_where_it_matters_which(market_of, policy):
    rules = replace(policy, markets=replace(policy.markets, tier_1=("South Korea",)))
    assert market_of("Korea", rules) == ((0, 100), None)
    assert market_of("ROK", rules) == ((100, 100), 100)


def test_the_policy_may_spell_its_markets_otherwise(market_of, policy):
    rules = replace(policy, markets=replace(policy.markets, tier_1=("USA", "UK", "P.R. China")))
    assert [market_of(name, rules)[1] for name in ("United States", "United Kingdom", "China")] == [
        100
    ] * 3


def test_a_metro_counts_by_its_name_whatever_its_accents(market_of, policy):
    rules = replace(policy, markets=replace(policy.markets, tier_1=("São Paulo",)))
    assert market_of("Chile", rules, city="sao paulo")[1] == 100
    assert market_of("Chile", rules, partner="Milan; SÃO PAULO")[1] == 100


def test_an_unknown_country_leaves_the_criterion_blank(policy):
    (row,) = results_of(make_portfolio(policy, agreement(country="Atlantis")), policy).scores
    assert row.C1 is None


def test_a_period_is_excluded_for_a_country_by_whatever_name(policy):
    war = ExcludedPeriod("war", date(2025, 1, 1), date(2025, 12, 31), ("Ukraine",))
    rules = replace(policy, excluded_periods=(war,))
    firsts = {
        name: activity_window(rules, as_of=date(2025, 12, 31), country=name).first
        for name in ("Ukraine", "Ukraina", "UKR", "Italy; Ukraine", "Italy", "Atlantis")
    }
    moved = {name for name, first in firsts.items() if first < date(2023, 12, 31)}
    assert moved == {"Ukraine", "Ukraina", "UKR", "Italy; Ukraine"}


# -------------------------------------------------------------------- sectors


@pytest.mark.parametrize(
    ("words", "value", "known", "ends"),
    [
        (("technology",), 50, 1, (50, 50)),
        (("ICT", "Food & Beverage"), 100, 1, (100, 100)),
        (("ICT", "technology"), 50, 1, (50, 50)),
        (("forestry",), 0, 1, (0, 0)),
        (("none",), 0, 1, (0, 0)),
        ((), 0, 1, (0, 0)),
        (("quantum",), None, 0, (0, 100)),
        (("quantum", "technology"), 50, 0.5, (50, 100)),
        (("quantum", "forestry"), None, 0, (0, 50)),
        (("quantum", "technology", "tourism"), 100, 1, (100, 100)),
    ],
)
def test_a_sector_of_no_list_is_missing_and_one_of_the_wider_list_counts_0(
    policy, words, value, known, ends
):
    rating = rate_sectors(words, SCALE, policy)
    assert (rating.value, rating.known, rating.ends) == (value, known, ends)


def test_a_proposal_is_not_declined_for_words_that_no_list_knows(policy):
    new = {"proposal_id": "PR-1", "partner": "Avalon", "country": "Chad", "origin": "city staff"}
    new |= {"proposed_class": "Partnership"}
    profile = {"subject_id": "PR-1", "yearly_trade": 1e9, "dated": day("2025")}

    def screened(country, *sectors):
        portfolio = make_portfolio(
            policy,
            agreement(),
            Proposals=[new | {"country": country}],
            Profiles=[profile | {"sectors_shared": sectors}],
        )
        return results_of(portfolio, policy).proposals["PR-1"].reason

    why = "It is in no priority market and shares no priority sector."
    assert screened("Chad", "forestry") == why
    assert screened("Chad", "forestry", "quantum") != why
    assert screened("Atlantis", "forestry") != why


def test_a_policy_without_a_wider_list_takes_no_other_word_for_0(policy):
    rules = replace(policy, sectors=Sectors(("technology",)))
    assert rate_sectors(("forestry",), SCALE, rules).value is None


def asked_of(policy, *, country="Italy", sectors=("tourism",)):
    profile = {"subject_id": "A-1", "sectors_shared": sectors, "yearly_trade": 1e9}
    own = agreement(country=country, signed=day("2015-04-02"))
    project = {"project_id": "P-1", "agreement_id": "A-1", "name": "Fair", "state": "done"}
    project |= {"starts": day("2025-05-01"), "ends": day("2025-05-02")}
    portfolio = make_portfolio(policy, own, Profiles=[profile], Projects=[project])
    return {row.decision: row.cells for row in results_of(portfolio, policy).open_requests}


def test_a_country_that_no_list_knows_is_asked_for_in_its_cell(policy):
    asked = "its country, by a name that is known"
    assert asked_of(policy, country="Atlantis")[asked] == "Agreements!C2"
    assert asked not in asked_of(policy, country="Italia")


def test_a_sector_of_no_list_is_asked_for_in_its_cell(policy):
    asked = 'its shared sectors in words of the policy, where "quantum" is in no list'
    assert asked_of(policy, sectors=("tourism", "quantum"))[asked] == "Profiles!B2"
    assert not any("sectors" in what for what in asked_of(policy, sectors=("forestry",)))


# -------------------------------------------------------------- relationships


def test_chambers_of_two_cities_do_not_fold(policy):
    chamber = {"partner": "Chamber of Commerce", "country": "France"}
    portfolio = make_portfolio(
        policy,
        agreement("A-1", **chamber, city="Lyon"),
        mou("A-2", **chamber, city="Bordeaux"),
    )
    review = results_of(portfolio, policy).review
    assert review["A-2"].decision != ReviewWord.FOLD_IN


def test_one_partner_in_two_spellings_of_its_country_folds(policy):
    portfolio = make_portfolio(
        policy,
        agreement("A-1", partner="Chicago", country="United States"),
        mou("A-2", partner="CHICAGO", country="USA"),
    )
    assert results_of(portfolio, policy).review["A-2"].decision == ReviewWord.FOLD_IN


def test_relationships_are_counted_by_country_whatever_its_name(policy):
    rows = [
        agreement("A-1", country="United States"),
        agreement("A-2", country="USA"),
        agreement("A-3", country="Italy; US"),
        agreement("A-4", country="Chad"),
    ]
    seats = results_of(make_portfolio(policy, *rows), policy).seats
    assert [seats[f"A-{i}"].in_country for i in (1, 2, 3, 4)] == [3, 3, 3, 1]


def test_a_mission_to_a_country_that_no_list_knows_has_no_tier(policy):
    mission = {"agreement_id": "A-1", "kind": "outbound mission", "state": "done", "name": "Fair"}
    mission |= {"starts": day("2025-05-01"), "ends": day("2025-05-02")}
    rows = [mission | {"project_id": f"P-{i}", "country": c} for i, c in enumerate(("Xyz", "PRC"))]
    portfolio = make_portfolio(policy, agreement(country="Chad"), Projects=rows)
    tiers = {row.tier: row.missions for row in results_of(portfolio, policy).missions_by_tier}
    assert tiers == {"tier 1": 1, "tier 2": 0, "no priority market": 0, "tier not known": 1}


# ----------------------------------------------------- the sample in other words

SPELLINGS = {
    "Germany": "Deutschland",
    "Netherlands": "The Netherlands",
    "Japan": "JAPAN",
    "Brazil": "Brasil",
    "United States": "U.S.A.",
    "India": "Bharat",
    "Poland": "Polska",
    "China": "P.R. China",
    "Ireland": "Republic of Ireland",
    "United Kingdom": "Great Britain",
    "Vietnam": "Viet Nam",
    "South Korea": "Republic of Korea",
    "Mexico": "México",
    "Canada": "CAN",
}
OTHER_WORDS = {
    "technology": "ICT",
    "food and beverage": "Food & Beverage",
    "life sciences": "Life science",
    "financial services": "Finance",
    "film and screen industries": "Film",
    "advanced manufacturing": "Manufacturing",
    "education": "Higher education",
    "tourism": "TOURISM",
}
COUNTRY = ("country",)
SECTOR = ("sectors_shared", "priority_sectors", "sectors", "sector")


def in_other_words(path):
    """Save the sample with its countries and sectors spelt otherwise."""
    workbook = load_workbook(ROOT / "data" / "sample.xlsx")
    for page in workbook:
        for column in page.iter_cols(min_row=1):
            name = column[0].value
            words = SPELLINGS if name in COUNTRY else OTHER_WORDS if name in SECTOR else {}
            for cell in column[1:] if words else ():
                parts = str(cell.value or "").split(";")
                cell.value = ";".join(words.get(part, part) for part in parts) or None
    workbook.save(path)


def tables(path):
    results = open_results(str(path), str(ROOT / "data" / "policy.toml"), 2025)
    return {name: table_csv(table).decode("utf-8-sig") for name, table in results.tables.items()}


def test_the_sample_in_other_words_gives_the_same_tables(tmp_path):
    in_other_words(tmp_path / "sample.xlsx")
    other, usual = tables(tmp_path / "sample.xlsx"), tables(ROOT / "data" / "sample.xlsx")
    assert "P.R. China" in other["seats"]
    for name, text in other.items():
        for known, typed in SPELLINGS.items():
            text = text.replace(typed, known)  # a country is printed as it was typed
        assert text == usual[name], name
