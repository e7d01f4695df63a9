"""Domain, section 2: which class the stated objectives give, and what would flip it."""

import csv

import pytest
from factory import TODAY, agreement, day, make_portfolio, mou

from toolkit.assess.classes.classification import reclassify
from toolkit.model.vocabulary import Purpose

WORDS = {
    "PARTNERSHIP": "Partnership",
    "FRIENDSHIP": "Friendship",
    "BORDERLINE": "Borderline",
    "NO_STATED_OBJECTIVES": "No objectives on record",
    "PARTNER_OWNED": "Register as partner-owned",
}


def classify(policy, *agreements, **sheets):
    """Return the reclassification of a small portfolio."""
    return reclassify(make_portfolio(policy, *agreements, **sheets), policy, as_of=TODAY)


def objectives(*purposes, agreement_id="M-1", main=()):
    """Return one objective a purpose; a purpose of None is not coded."""
    return [
        {
            "objective_id": f"O-{i}",
            "agreement_id": agreement_id,
            "purpose": purpose and Purpose(purpose),
            "main": "y" if i in main else None,
        }
        for i, purpose in enumerate(purposes, start=1)
    ]


def test_the_reference_vectors_pass(policy, shared):
    rows = list(csv.DictReader((shared / "vectors/reclassification.csv").open(encoding="utf-8")))
    assert len(rows) == 16
    for row in rows:
        found = classify(policy, of_vector(row), Objectives=objectives(*row["purposes"].split()))
        outcome = found["M-1"]
        word = row["result"].removesuffix("_CONDITIONAL")
        assert outcome.decision == WORDS[word], row
        assert outcome.sensitive == (row["sensitive"] == "1"), row
        if outcome.decision in ("Partnership", "Friendship"):
            assert bool(outcome.conditional) == row["result"].endswith("_CONDITIONAL"), row
        if row["economic_share"]:
            assert outcome.share == pytest.approx(float(row["economic_share"]), abs=1e-6), row


def of_vector(row):
    """Return the instrument that a row of the vectors describes."""
    sponsor = row["community_sponsor"] == "1"
    councillor = row["councillor"] == "1"
    return mou(
        lead_unit="Economic Development" if row["city_lead"] == "1" else None,
        community_sponsor="Community association" if sponsor else None,
        sponsor_confirmed=day("2025-06") if sponsor else None,
        endorsed_by="Councillor" if councillor else None,
        endorsed_on=day("2024-01-15") if councillor else None,
        owner=None if row["owner_is_city"] == "1" else "P-1",
    )


def test_main_purpose_stands_in_where_there_are_no_objectives(policy):
    found = classify(policy, mou(main_purpose=(Purpose.ECON,)))
    assert found["M-1"].decision == "Partnership"
    assert found["M-1"].reason == "Main purpose on record: economic."


def typed(number, text="attract tourists"):
    """Return an objective of which only the type is on record."""
    return {"objective_id": f"T-{number}", "agreement_id": "M-1", "type": text}


def test_a_blank_purpose_is_read_from_the_type_of_the_objective(policy):
    rows = [*objectives("ECON", "ECON", "CULT"), typed(1)]
    found = classify(policy, mou(), Objectives=rows)["M-1"]
    assert (found.decision, found.share) == ("Borderline", 0.75)


def test_a_purpose_read_from_the_type_alone_gives_no_class(policy):
    """A person codes the purposes: with none coded it may be either."""
    found = classify(policy, mou(), Objectives=[typed(1), typed(2)])["M-1"]
    assert (found.decision, found.share) == ("Borderline", 1.0)


def test_a_purpose_read_from_the_type_does_no_harm_where_it_cannot_tip_the_class(policy):
    rows = [*objectives("ECON", "ECON", "ECON"), typed(1)]
    found = classify(policy, mou(), Objectives=rows)["M-1"]
    assert (found.decision, found.sensitive) == ("Partnership", False)


def test_a_blank_that_may_lead_into_the_middle_band_leaves_it_to_people(policy):
    """Taken as cultural, one not coded beside two economic ones gives 0.67, beside one 0.5."""
    firm = classify(policy, mou(), Objectives=objectives("ECON", "ECON", None))["M-1"]
    assert firm.decision == "Partnership"
    open_ = classify(policy, mou(), Objectives=objectives("ECON", None))["M-1"]
    assert (open_.decision, open_.sensitive) == ("Borderline", False)


def test_a_coded_change_that_only_touches_the_middle_band_is_sensitive(policy):
    """Leaving out one of two economic ones of three gives a half."""
    found = classify(policy, mou(), Objectives=objectives("ECON", "ECON", "CULT"))["M-1"]
    assert (found.decision, found.sensitive) == ("Partnership", True)
    assert found.flips == ("without objective O-1: Borderline", "without objective O-2: Borderline")


def test_objectives_that_nobody_coded_are_borderline_not_without_objectives(policy):
    found = classify(policy, mou(), Objectives=objectives(None, None))
    assert found["M-1"].decision == "Borderline"
    assert found["M-1"].share is None


def test_an_uncoded_objective_that_could_tip_the_class_makes_it_borderline(policy):
    found = classify(policy, mou(), Objectives=objectives("ECON", "ECON", None, None, None))
    assert found["M-1"].decision == "Borderline"
    assert any("not coded" in flip for flip in found["M-1"].flips)


def test_a_borderline_case_suggests_the_one_class_whose_conditions_are_met(policy):
    found = classify(policy, mou(lead_unit="Trade office", main_purpose=(Purpose.POLICY,)))
    assert found["M-1"].decision == "Borderline"
    assert found["M-1"].suggestion == "Partnership"


def test_the_class_by_main_objectives_is_shown_beside(policy):
    rows = objectives("CULT", "CULT", "CULT", "ECON", main=(4,))
    found = classify(policy, mou(), Objectives=rows)["M-1"]
    assert (found.decision, found.class_by_main) == ("Friendship", "Partnership")


def test_an_outside_instrument_folds_into_the_class_its_relationship_holds(policy):
    found = classify(policy, agreement("A-1", partner="Milan"), mou(partner="MILAN"))
    assert (found["M-1"].decision, found["M-1"].host) == ("Fold in", "A-1")


def test_the_objectives_of_a_folded_instrument_join_its_host(policy):
    members = agreement("A-1", partner="Milan", main_purpose=None), mou(partner="Milan")
    found = classify(policy, *members, Objectives=objectives("ECON", "ECON"))
    assert found["A-1"].purposes == "2 economic"


def test_it_does_not_fold_into_a_suspended_or_historical_agreement(policy):
    old = agreement("A-1", partner="Milan", status="historical")
    assert classify(policy, old, mou(partner="Milan"))["M-1"].decision != "Fold in"


def test_it_does_not_fold_into_an_agreement_that_a_partner_owns(policy):
    owned = agreement("A-1", partner="Milan", owner="P-1")
    assert classify(policy, owned, mou(partner="Milan"))["M-1"].decision != "Fold in"


def test_of_several_outside_instruments_the_earliest_signed_is_classed(policy):
    late = mou("M-1", partner="Milan", signed=day("2016"), main_purpose=(Purpose.CULT,))
    early = mou("M-2", partner="Milan", signed=day("2012"), main_purpose=(Purpose.ECON,))
    found = classify(policy, late, early)
    assert {row.agreement_id: row.host for row in found} == {"M-1": "M-2", "M-2": None}
    assert found["M-2"].purposes == "economic, cultural"


def test_a_partner_owned_instrument_is_registered_even_where_a_class_would_fit(policy):
    found = classify(policy, mou(owner="P-1", main_purpose=(Purpose.ECON,), city_role="catalyst"))
    assert found["M-1"].decision == "Register as partner-owned"
    assert "catalyst" in found["M-1"].reason


def test_no_objectives_says_whether_the_text_was_read(policy):
    texts = {"M-1": "n", "M-2": "y", "M-3": None}
    found = classify(policy, *(mou(key, text_on_file=text) for key, text in texts.items()))
    assert "is not on file: obtain it" in found["M-1"].reason
    assert "is on file" in found["M-2"].reason
    assert "nor whether the signed text is on file" in found["M-3"].reason


@pytest.mark.parametrize("status", ["concluded", "transferred", "historical", "proposed"])
def test_what_is_not_in_force_is_not_reviewed_and_says_why(policy, status):
    found = classify(policy, agreement(status=status))
    assert found["A-1"].decision == "Not reviewed"
    assert status in found["A-1"].reason


def test_an_endorsement_of_the_last_term_counts_in_the_first_year_of_the_next(policy):
    friendly = mou(
        main_purpose=(Purpose.CULT,),
        community_sponsor="Association",
        sponsor_confirmed=day("2018-06"),
        endorsed_by="Councillor",
        endorsed_on=day("2016-03"),
    )
    portfolio = make_portfolio(policy, friendly)
    early, late = day("2018-12-31").first, day("2019-12-31").first
    assert reclassify(portfolio, policy, as_of=early)["M-1"].conditional == ()
    assert reclassify(portfolio, policy, as_of=late)["M-1"].conditional == (
        "endorsement of this council term (no)",
    )


def test_a_condition_that_is_missing_reads_not_on_record_and_not_no(policy):
    found = classify(policy, mou(main_purpose=(Purpose.ECON,)))
    assert found["M-1"].conditional == ("lead unit (not on record)",)
