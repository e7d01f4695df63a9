"""Domain, section 4, Evidence: credit what is shown, and end nobody for what is not known."""

import pytest
from factory import day
from situations import (
    decided,
    friendship,
    judge,
    partnership,
    project,
    recorded,
    said,
    told,
)

from toolkit.model.decisions import place_of_word

POOR = {"sectors_shared": (), "yearly_trade": None}


def short(policy, *, country="Italy", projects=2, partners=1, about=None, **options):
    """Return what is proposed for a middling Partnership of which something is not told.

    In a market of tier 2, with two projects, one partner and its targets reached, it scores
    7.5 for its market, 10 for activity, 20 for results, 7.5 for delivery and 5 for its ties: 50,
    and up to 25 more for sectors and trade.
    """
    sheets = told(
        partnership(country=country), projects=projects, partners=partners, about=about or {}
    )
    return judge(policy, sheets | options.pop("sheets", {}), **options)


def test_a_proposal_that_no_missing_fact_could_change_stands(policy):
    row = short(policy, about={"yearly_trade": 0.0})
    assert (row.decision, row.evidence, row.provided) == ("Keep", "stands", None)


def test_a_provisional_proposal_says_what_must_come_true_else_what_and_by_when(policy):
    row = short(policy, about={"sectors_shared": (), "yearly_trade": None})
    assert (said(row), row.evidence) == ("rule 13, Renegotiate", "provisional")
    again = short(policy, about={"sectors_shared": ("technology",), "yearly_trade": None})
    assert (said(again), again.evidence) == ("rule 11, Keep", "provisional")
    assert again.provided.startswith("if yearly trade is at least CAD ")
    assert again.provided.endswith("; else Renegotiate; to be shown by 1 March 2026")
    assert again.provided in again.reason


def test_a_provisional_proposal_has_the_place_of_its_low_end(policy):
    row = short(policy, about={"sectors_shared": ("technology",), "yearly_trade": None})
    assert row.place == place_of_word("Renegotiate")


@pytest.mark.parametrize("sectors", [(), ("technology",), None])
@pytest.mark.parametrize("trade", [0.0, 1e8, 1e10, None])
@pytest.mark.parametrize("country", ["Germany", "Chad"])
def test_a_blank_never_gives_a_better_place_than_any_value_of_it(policy, sectors, trade, country):
    told_all = {"sectors_shared": sectors, "yearly_trade": trade}
    place = short(policy, country=country, about=told_all).place
    for column, value in told_all.items():
        if value is not None:
            assert short(policy, country=country, about=told_all | {column: None}).place >= place


def proviso_of(row):
    return row.provided and row.provided.split(";")[0]


def test_a_proviso_comes_true_when_it_is_carried_out(policy):
    """Just what the proviso asks gives the word that it promises; a little less does not."""
    about = {"sectors_shared": ("technology",)}
    row = short(policy, about=about | {"yearly_trade": None})
    amount = float(proviso_of(row).split("CAD ")[1].replace(",", ""))
    found = short(policy, about=about | {"yearly_trade": amount})
    assert (found.decision, found.evidence) == (row.decision, "stands")
    less = short(policy, about=about | {"yearly_trade": 0.9 * amount})
    assert less.decision == "Renegotiate"


def test_a_proviso_of_several_facts_names_each_with_the_others_at_their_worst(policy):
    """Without sectors and trade it scores 50, and needs both to be kept."""
    unknown = {"sectors_shared": None, "yearly_trade": None}
    row = short(policy, country="Germany", projects=1, about=unknown)
    needed = proviso_of(row)
    assert row.decision == "Keep"
    shown = {}
    if "priority sector" in needed:
        number = 2 if "2 priority sectors" in needed else 1
        shown["sectors_shared"] = ("technology", "tourism")[:number]
    if "yearly trade" in needed:
        shown["yearly_trade"] = float(needed.split("CAD ")[1].split(" ")[0].replace(",", ""))
    found = short(policy, country="Germany", projects=1, about=unknown | shown)
    assert found.place < row.place
    assert found.place == place_of_word(row.decision)


def open_case(policy, **changes):
    """Return what is proposed for a Partnership that may be warned, or kept on.

    What is known is 7.5 for its market, 10 for activity, 7.5 for delivery and 5 for its ties;
    its results are due and not told.
    """
    results = [row | {"actual": None, "state": None} for row in told()["Results"]]
    about = {"sectors_shared": ("technology",), "yearly_trade": 0.0}
    sheets = told(
        partnership(country="Italy", ends=day("2028-06-30")),
        projects=2,
        partners=1,
        about=about,
        results=results,
    )
    return judge(policy, sheets | changes.pop("sheets", {}), **changes)


def test_e1_one_that_may_be_warned_and_may_not_is_insufficient_evidence(policy):
    row = open_case(policy)
    assert (row.decision, row.evidence, row.place) == ("Insufficient evidence", "open", 3)


def test_e1_it_says_both_ends_what_is_known_and_the_one_fact_that_would_settle_it(policy):
    row = open_case(policy)
    assert "By what is known: " in row.reason
    assert "At its worst it is On notice, at its best " in row.reason
    assert "The fact that would settle it: results (C5), from Economic Development" in row.reason
    assert "by 1 March 2026" in row.reason
    assert row.second_option in row.reason


def test_e1_nobody_is_warned_for_what_is_not_known(policy):
    assert open_case(policy).decision != "On notice"


def test_e1_a_warning_stands_where_no_missing_fact_could_lift_it(policy):
    weak = told(
        partnership(country="Chad"), projects=1, partners=0, about=POOR | {"yearly_trade": 0.0}
    )
    blank = told(partnership(country="Chad"), projects=1, partners=0, about=POOR)
    for sheets in (weak, blank):
        sheets["Results"] = [row | {"actual": 0.0} for row in sheets["Results"]]
        assert said(judge(policy, sheets)) == "rule 14, On notice"


def test_e2_a_second_year_of_insufficient_evidence_is_a_notice(policy):
    row = open_case(policy, sheets={"Decisions": [decided("Insufficient evidence")]})
    assert (row.decision, row.place) == ("On notice", 3)
    assert "This is the second year running." in row.reason


def test_e2_the_second_year_is_read_from_last_year_s_review_too(policy):
    results = [row | {"actual": None, "state": None} for row in told()["Results"]]
    about = {"sectors_shared": ("technology",), "yearly_trade": 0.0}
    who = partnership(country="Italy", signed=day("2021-01-01"), records_complete_to=day("2025-12"))
    ran = [
        project(number=n, starts=day(year), ends=day(year))
        for n, year in enumerate(("2024", "2025"))
    ]
    sheets = told(who, projects=ran, partners=1, about=about, results=results)
    before = who | {"records_complete_to": day("2024-12")}
    last_year = recorded(policy, sheets | {"Agreements": [before]})
    row = judge(policy, sheets, previous=last_year)
    assert row.decision == "On notice"


def test_e2_is_for_whichever_rule_left_it_open(policy):
    """Here rule 10: of what a Friendship is judged by nothing is told."""
    friend = friendship(sponsor_confirmed=None, records_complete_to=None, last_contact=None)
    bare = {"Agreements": [friend], "Projects": [project(objective_id=None)]}
    first = judge(policy, bare)
    assert said(first) == "rule 10, Insufficient evidence"
    row = judge(policy, bare | {"Decisions": [decided("Insufficient evidence")]})
    assert row.decision == "On notice"


def test_e2_blanks_of_sheets_that_do_not_count_are_nobody_s_second_year(policy):
    said_before = {"Decisions": [decided("Insufficient evidence")]}
    row = judge(policy, {"Agreements": [partnership()], **said_before}, counted=())
    assert said(row) == "rule 10, Continue, regularise"


def test_once_the_facts_are_told_the_year_before_does_not_matter(policy):
    row = judge(policy, told(Decisions=[decided("Insufficient evidence")]))
    assert said(row) == "rule 11, Keep"


def test_the_second_option_is_the_word_that_the_draws_give_next(policy):
    row = short(policy, about={"sectors_shared": ("technology",), "yearly_trade": None})
    assert row.share < 1
    assert row.second_option == "Renegotiate"


def test_where_every_draw_gives_the_same_no_end_is_named_as_second_option(policy):
    row = judge(policy, told())
    assert (row.share, row.second_option) == (1, None)


def test_a_notice_whose_every_draw_is_a_notice_has_no_sunset_as_second_option(policy):
    weak = told(
        partnership(country="Chad"),
        projects=1,
        partners=0,
        about={"sectors_shared": (), "yearly_trade": 0.0},
    )
    row = judge(policy, weak)
    assert (row.decision, row.second_option) == ("On notice", None)


def test_e1_after_a_notice_only_what_was_not_looked_at_keeps_it_from_an_end_and_it_says_so(policy):
    sheets = told(
        partnership(country="Chad"),
        projects=1,
        about={"yearly_trade": 0.0},
        Decisions=[decided("On notice")],
    )
    row = judge(policy, sheets, counted=("Profiles", "Projects"))
    assert said(row) == "rule 16, Sunset: Insufficient evidence"
    assert "At its worst it is Sunset, at its best Renegotiate." in row.reason
    assert row.reason.endswith("Only what was not looked at keeps it from an end.")
