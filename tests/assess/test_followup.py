"""What happened to last year's decisions, word by word; the sample's were worked out by hand."""

from datetime import date

import pytest
from factory import TODAY, agreement, day, make_portfolio, mou, results_of

from toolkit.files.shipped import ROOT
from toolkit.files.workbook import open_workbook
from toolkit.model.vocabulary import EndWord

# Worked out by hand from data/sources/sample/*.csv, without the toolkit.
EXPECTED = {  # year reviewed: subject, point, what was decided: what shows, and the words for it
    2023: {},
    2024: {
        ("A-005", "review", "Keep by direction"): ("under way", "until 31 December 2024"),
        ("A-027", "review", "Sunset"): ("carried out", "concluded since 30 June 2024"),
        ("A-028", "review", "Transfer"): ("carried out", "transferred since 31 May 2024"),
        ("A-031", "review", "Confirm or end"): ("not yet", "No question and no answer"),
    },
    2025: {
        ("A-001", "review", "Keep"): ("carried out", "It is in force"),
        ("A-002", "reclassification", "Friendship"): (
            "carried out",
            "Friendship since 26 November 2024",
        ),
        ("A-003", "review", "Renegotiate"): ("not on record", "Nothing was signed"),
        ("A-004", "review", "On notice"): ("not yet", "The review says Transfer."),
        ("A-005", "review", "On notice"): ("not yet", "The review says Sunset."),
        ("A-007", "review", "Keep, on new terms"): (
            "not yet",
            "Still to mend: end date (no); SMART objectives (no).",
        ),
        ("A-015", "review", "Keep by direction"): ("under way", "until 31 December 2025"),
        ("A-016", "review", "Sunset"): (
            "not yet",
            "still active. After its notice it ends by 25 M",
        ),
        ("A-017", "D3", "Transfer"): ("not yet", "still active; the City owns it"),
        ("A-023", "review", "Confirm or end"): ("under way", "It was asked on 2 June 2025"),
        ("A-031", "review", "On notice"): ("not yet", "The review says Transfer."),
        ("A-034", "review", "Insufficient evidence"): ("carried out", "It was looked at again"),
        ("A-035", "review", "On notice"): ("not yet", "The review says Sunset."),
        ("A-036", "review", "On notice"): ("under way", "The notice runs until 30 June 2026."),
        ("A-037", "D3", "On notice"): ("not yet", "The notice ran out on 31 December 2025."),
        ("PR-004", "D1", "Proceed"): ("under way", "became A-030, whose status is proposed"),
        ("PROGRAMME", "resources", "Reduce"): (
            "not yet",
            "CAD 1,120,000; 2025: CAD 1,150,000. Agreements in force: 34 at the end of 2024, "
            "34 now. Decided again for 2025: Both.",
        ),
    },
    2026: {  # the same workbook a year later: nothing was entered since
        ("A-009", "D3", "Renew"): ("not yet", "Its end was 30 June 2026."),
        ("A-011", "D3", "Conclude as achieved"): ("not yet", "Its end is 31 March 2026."),
        ("A-016", "review", "Sunset"): ("not yet", "still active"),  # open until carried out
        ("A-017", "D3", "Transfer"): ("not yet", "still active"),
        ("PR-003", "D1", "Decline"): ("carried out", "No agreement came of it"),
        ("PR-006", "D1", "Hold"): ("under way", "waits until 31 December 2026"),
        ("PROGRAMME", "resources", "Both"): ("not yet", "CAD 1,150,000; 2026: CAD 1,150,000"),
    },
}


def followed(portfolio, policy, *, as_of=TODAY, previous=None):
    """Return what happened to the decisions of the year before."""
    results = results_of(portfolio, policy, as_of=as_of, previous=previous)
    return results.decisions_followed_up


@pytest.fixture(scope="module")
def sample(policy):
    return open_workbook(ROOT / "data" / "sample.xlsx", policy)


@pytest.mark.parametrize("year", EXPECTED)
def test_the_decisions_of_the_sample_read_a_year_on_as_worked_out_by_hand(sample, policy, year):
    found = followed(sample, policy, as_of=date(year, 12, 31))
    rows = {(r.subject_id, r.point, r.decided): r for r in found}
    assert set(rows) == set(EXPECTED[year])
    for key, (word, says) in EXPECTED[year].items():
        assert rows[key].decision == word, key
        assert says in rows[key].reason, key
        assert rows[key].cells.startswith("Decisions!D"), key


def test_beside_last_years_workbook_unchanged_terms_are_not_yet_renegotiated(sample, policy):
    found = followed(sample, policy, previous=sample)
    assert found["A-003"].decision == "not yet"


def decided(word, *, subject="A-1", point="review", year=2024, **changes):
    usual = {"subject_id": subject, "decision_point": point, "decision": word, "year": year}
    return usual | {"decided_on": day("2025-03-10")} | changes


def became(policy, word, *agreements, previous=None, sheets=None, as_of=TODAY, **changes):
    """Return what is found of one decision on A-1."""
    rows = {"Decisions": [decided(word, **changes)]} | (sheets or {})
    portfolio = make_portfolio(policy, *(agreements or (agreement(),)), **rows)
    [row] = followed(portfolio, policy, previous=previous, as_of=as_of)
    return row.decision


def over(status="concluded", **changes):
    return agreement(status=status, concluded_on=day("2025-09"), **changes)


OPEN_ENDED = agreement(ends=EndWord.OPEN_ENDED)


@pytest.mark.parametrize(
    ("word", "now", "expected"),
    [
        ("Sunset", agreement(), "not yet"),
        ("Sunset", over(), "carried out"),
        ("Sunset", over("historical"), "carried out"),
        ("Sunset", over("transferred"), "overtaken"),
        ("Transfer", agreement(), "not yet"),
        ("Transfer", agreement(owner="P-1"), "carried out"),
        ("Transfer", over("transferred"), "carried out"),
        ("Transfer", over(), "overtaken"),
        ("Keep", agreement(), "carried out"),
        ("Keep", agreement(status="suspended"), "overtaken"),
        ("Keep", over(), "overtaken"),
        ("Keep by direction", agreement(), "under way"),
        ("Keep by direction", over(), "overtaken"),
        ("Suspend", agreement(), "not yet"),
        ("Suspend", agreement(status="suspended"), "carried out"),
        ("Suspend", agreement(legal_hold="y"), "carried out"),
        ("Register as partner-owned", agreement(owner="P-1"), "carried out"),
        ("Register as partner-owned", agreement(), "not yet"),
        ("Fold in", agreement(), "not yet"),
        ("Fold in", over(), "carried out"),
        ("Reclassify as Friendship", agreement(classification="Friendship"), "carried out"),
        ("Reclassify as Friendship", agreement(), "not yet"),
        ("Reclassify", agreement(reclassified_on=day("2025-05-01")), "carried out"),
        ("Reclassify", agreement(reclassified_on=day("2024-05-01")), "not yet"),
        ("Confirm or end", agreement(), "not yet"),
        ("Confirm or end", agreement(asked_on=day("2025-04-01")), "under way"),
        ("Confirm or end", agreement(answered_on=day("2025-05-01")), "carried out"),
        ("Confirm or end", agreement(answered_on=day("2025-01-01")), "not yet"),
        ("Confirm or end", over(), "carried out"),
        ("Lapsed", agreement(), "carried out"),
        ("Lapsed", agreement(ends=day("2024-12-31")), "not yet"),
        ("Class first", mou("A-1"), "not yet"),
        ("Class first", agreement(), "carried out"),
        ("Too early", agreement(), "carried out"),
        ("Insufficient evidence", over(), "overtaken"),
    ],
)
def test_a_decision_of_the_review_one_year_on(policy, word, now, expected):
    assert became(policy, word, now) == expected


@pytest.mark.parametrize(
    ("word", "now", "expected"),
    [
        ("Renew", agreement(ends=day("2025-12-31")), "not yet"),
        ("Renew", agreement(ends=day("2025-06-30")), "not yet"),
        ("Renew", agreement(ends=day("2030-06-30")), "not on record"),
        ("Renew", OPEN_ENDED, "not on record"),
        ("Renew", agreement(signed=day("2025-07-01"), ends=day("2030-06-30")), "carried out"),
        ("Conclude as achieved", agreement(), "not yet"),
        ("Conclude as achieved", over(), "carried out"),
        ("Renegotiate duties", agreement(), "not on record"),
        ("Not evaluable", agreement(), "expired"),
        ("Transfer", over("transferred"), "carried out"),
    ],
)
def test_a_decision_of_d3_one_year_on(policy, word, now, expected):
    assert became(policy, word, now, point="D3") == expected


@pytest.mark.parametrize(
    ("decided_on", "expected"), [("2025-07-01", "under way"), ("2025-06-30", "expired")]
)
def test_an_extension_of_evidence_runs_for_six_months(policy, decided_on, expected):
    found = became(policy, "Not evaluable", point="D3", decided_on=day(decided_on))
    assert found == expected


def test_an_end_that_moved_since_last_years_workbook_is_a_renewal(policy):
    before = make_portfolio(policy, agreement(ends=day("2026-06-30")))
    now = agreement(ends=day("2030-06-30"))
    assert became(policy, "Renew", now, point="D3", previous=before) == "carried out"


def test_an_end_that_did_not_move_is_not_a_renewal(policy):
    before = make_portfolio(policy, agreement(ends=day("2030-06-30")))
    now = agreement(ends=day("2030-06-30"))
    assert became(policy, "Renew", now, point="D3", previous=before) == "not yet"


def objective(**changes):
    usual = {"objective_id": "O-1", "agreement_id": "A-1", "statement": "Two missions a year."}
    return usual | changes


def test_an_objective_that_begins_after_the_decision_shows_new_terms(policy):
    new, old = ([objective(starts=day(text))] for text in ("2025-06-01", "2024-06-01"))
    assert became(policy, "Renegotiate", sheets={"Objectives": new}) == "carried out"
    assert became(policy, "Renegotiate", sheets={"Objectives": old}) == "not on record"


def test_an_objective_that_begins_after_the_review_is_not_known_to_it(policy):
    later = [objective(starts=day("2026-02-01"))]
    assert became(policy, "Renegotiate", sheets={"Objectives": later}) == "not on record"


def test_terms_that_changed_since_last_years_workbook_show(policy):
    before = make_portfolio(policy, agreement(), Objectives=[objective(ends=day("2026"))])
    now = {"Objectives": [objective(ends=day("2029"))]}
    same = {"Objectives": [objective(ends=day("2026"))]}
    assert became(policy, "Renegotiate", previous=before, sheets=now) == "carried out"
    assert became(policy, "Renegotiate", previous=before, sheets=same) == "not yet"


def test_new_terms_are_kept_once_no_defect_is_left(policy):
    sound = agreement(signed=day("2023-01-01"), ends=day("2027-12-31"))
    assert became(policy, "Keep, on new terms", sound) == "carried out"
    assert became(policy, "Keep, on new terms", agreement(text_on_file="n")) == "not yet"


def test_defects_left_while_terms_changed_are_under_way(policy):
    before = make_portfolio(policy, agreement(text_on_file="n", ends=EndWord.OPEN_ENDED))
    now = agreement(text_on_file="n")
    assert became(policy, "Keep, on new terms", now, previous=before) == "under way"


@pytest.mark.parametrize(
    ("project", "expected"),
    [
        ({"starts": day("2025-09-01"), "state": "done"}, "carried out"),
        ({"starts": day("2026-09-01"), "state": "planned"}, "under way"),
        ({"starts": day("2025-09-01"), "state": "cancelled"}, "not yet"),
        ({"starts": day("2024-09-01"), "state": "done"}, "not yet"),
    ],
)
def test_an_agreement_is_revived_by_a_project_that_begins_since(policy, project, expected):
    row = {"project_id": "PJ-1", "agreement_id": "A-1", "name": "Mission"} | project
    assert became(policy, "Revive or end", sheets={"Projects": [row]}) == expected


def test_a_direction_that_ran_out_is_expired(policy):
    kept = {"expires": day("2025-06-30")}
    assert became(policy, "Keep by direction", **kept) == "expired"


PROPOSAL = {"proposal_id": "PR-1", "partner": "Porto", "country": "Portugal"}


@pytest.mark.parametrize(
    ("word", "now", "expected"),
    [
        ("Proceed", None, "not yet"),
        ("Proceed", agreement(status="proposed"), "under way"),
        ("Proceed", agreement(signed=day("2025-10-01")), "carried out"),
        ("Proceed", agreement(), "not yet"),  # the agreement to renew, as it was
        ("Decline", None, "carried out"),
        ("Decline", agreement(signed=day("2025-10-01")), "overtaken"),
        ("Hold", None, "under way"),
    ],
)
def test_a_decision_of_d1_one_year_on(policy, word, now, expected):
    proposal = PROPOSAL | {"agreement_id": "A-1" if now else None}
    agreements = (now,) if now else (agreement("A-9"),)
    found = became(
        policy, word, *agreements, subject="PR-1", point="D1", sheets={"Proposals": [proposal]}
    )
    assert found == expected


def test_a_hold_is_carried_out_by_the_next_decision(policy):
    rows = [
        decided("Hold", subject="PR-1", point="D1"),
        decided("Proceed", subject="PR-1", point="D1", year=2025),
    ]
    portfolio = make_portfolio(policy, agreement(), Proposals=[PROPOSAL], Decisions=rows)
    [row] = followed(portfolio, policy)
    assert row.decision == "carried out"
    assert row.reason.endswith("Decided again for 2025: Proceed.")


@pytest.mark.parametrize(
    ("now", "expected"),
    [(agreement(status="proposed"), "not yet"), (agreement(), "carried out")],
)
def test_a_signature_decided_shows_by_the_status(policy, now, expected):
    assert became(policy, "Sign", now, point="D2") == expected


def budget(**years):
    return [
        {"year": int(year[1:]), "line": "programme", "budget": amount}
        for year, amount in years.items()
    ]


@pytest.mark.parametrize(
    ("word", "lines", "agreements", "expected"),
    [
        ("Raise", budget(y2024=100, y2025=120), [agreement()], "carried out"),
        ("Raise", budget(y2024=100, y2025=100), [agreement()], "not yet"),
        ("Raise", budget(y2024=100), [agreement()], "not on record"),
        ("Reduce", [], [agreement(), over() | {"agreement_id": "A-2"}], "carried out"),
        ("Reduce", budget(y2024=100, y2025=90), [agreement()], "not yet"),
        ("Reduce", [], [agreement(), agreement("A-2", signed=day("2025-05-01"))], "not yet"),
        ("Reduce", [], [agreement(), agreement("A-2", status="historical")], "not on record"),
        (
            "Both",
            budget(y2024=100, y2025=120),
            [agreement(), over() | {"agreement_id": "A-2"}],
            "carried out",
        ),
        ("Both", budget(y2024=100, y2025=120), [agreement()], "under way"),
    ],
)
def test_a_decision_on_resources_one_year_on(policy, word, lines, agreements, expected):
    found = became(
        policy,
        word,
        *agreements,
        subject="PROGRAMME",
        point="resources",
        sheets={"Budget": lines},
    )
    assert found == expected


def test_a_decision_of_this_year_is_not_followed_up_yet(policy):
    rows = [decided("Sunset", year=2025)]
    assert not len(followed(make_portfolio(policy, agreement(), Decisions=rows), policy))


def test_an_old_sunset_is_listed_until_it_is_carried_out_or_replaced(policy):
    old = decided("Sunset", year=2021)
    later = decided("Keep by direction", year=2023)
    assert len(followed(make_portfolio(policy, agreement(), Decisions=[old]), policy)) == 1
    assert not len(followed(make_portfolio(policy, over(), Decisions=[old]), policy))
    assert not len(followed(make_portfolio(policy, agreement(), Decisions=[old, later]), policy))
