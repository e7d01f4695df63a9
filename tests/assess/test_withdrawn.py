"""What last year's workbook held still counts when this year's is silent about it."""

from dataclasses import replace
from random import Random

import pytest
from factory import TODAY, agreement, day, make_portfolio, results_of

from toolkit.assess.record.evidence import subject_of
from toolkit.assess.record.restored import restore
from toolkit.assess.record.withdrawn import NO_FACTS, find_gone
from toolkit.model.dates import Period
from toolkit.model.earlier import Earlier
from toolkit.model.sheets import KINDS, Agreement, PeriodResult, Project

YEAR_2024, YEAR_2025 = (Period(day(y).first, day(y).last, y) for y in ("2024", "2025"))
PROJECTS = [
    {"project_id": f"P-{n}", "agreement_id": "A-1", "name": f"Mission {n}", "state": "done"}
    | {"starts": day("2025-03"), "ends": day("2025-04"), "kind": "outbound mission"}
    for n in (1, 2)
]
PROFILE = {"subject_id": "A-1", "sectors_shared": ("technology",), "yearly_trade": 1e8} | {
    "historic_link": "n", "host_community": "n", "dated": day("2024-06"), "confidence": "high",
}  # fmt: skip
OBJECTIVE = {"objective_id": "O-1", "agreement_id": "A-1", "statement": "Trade.", "purpose": "ECON"}
INDICATOR = {"indicator_id": "I-1", "objective_id": "O-1", "name": "Deals", "kind": "flow"} | {
    "direction": "increase", "accumulation": "incremental", "measure": "count", "unit": "deals",
}  # fmt: skip
RESULTS = [
    {"indicator_id": "I-1", "period": period, "target": 10, "actual": 1, "state": "approved"}
    for period in (YEAR_2024, YEAR_2025)
]
PARTNER = {"partner_id": "X-1", "name": "Chamber"}
ENGAGEMENT = {"agreement_id": "A-1", "partner_id": "X-1", "role": "deliver"} | {
    "signed_on": day("2023-01"), "duty": "Host", "duty_met": "n",
}  # fmt: skip
NOTICE = {"subject_id": "A-1", "year": 2024, "decision_point": "review"} | {
    "decision": "On notice", "decided_on": day("2024-06-01"), "expires": day("2025-06-01"),
}  # fmt: skip
FULL = {
    "Projects": PROJECTS,
    "Milestones": [{"project_id": "P-1", "name": "Report", "due": day("2025-06")}],
    "Profiles": [PROFILE],
    "Objectives": [OBJECTIVE],
    "Indicators": [INDICATOR],
    "Results": RESULTS,
    "Partners": [PARTNER],
    "Engagements": [ENGAGEMENT],
}


def with_sheets(policy, *agreements, **sheets):
    told = agreements or (agreement(records_complete_to=day("2025-12-31")),)
    return make_portfolio(policy, *told, **(FULL | sheets))


def without(portfolio, kind, *numbers):
    """Return a portfolio without these rows, counted from 0; a sheet without rows is absent."""
    rows = [row for n, row in enumerate(portfolio.rows(kind)) if n not in numbers]
    found = portfolio.with_rows(kind, rows)
    return replace(found, supplied=frozenset(k.sheet.name for k in KINDS if found.rows(k)))


def changed(portfolio, kind, number=0, /, **values):
    rows = list(portfolio.rows(kind))
    rows[number] = replace(rows[number], **values)
    return portfolio.with_rows(kind, rows)


def withdrawn(before, now, policy):
    """Return what is listed: how it went, its sheet, its column."""
    found = results_of(now, policy, previous=before).withdrawn
    return [(str(row.decision), row.sheet, row.column) for row in found]


def test_a_cell_that_is_blank_now_is_withdrawn_and_says_what_it_was_and_where_to_type_it(policy):
    before = with_sheets(policy)
    now = changed(before, Agreement, lead_unit=None)
    [row] = results_of(now, policy, previous=before).withdrawn
    assert (row.column, row.was, row.cells, row.type_in) == (
        "lead_unit", "Economic Development", "earlier workbook, Agreements!I2", "Agreements!I2",
    )  # fmt: skip


def test_a_row_that_is_gone_is_withdrawn_as_a_row(policy):
    before = with_sheets(policy)
    assert withdrawn(before, without(before, Project, 1), policy) == [
        ("row gone", "Projects", None)
    ]


def test_a_value_replaced_by_a_value_is_not_withdrawn(policy):
    before = with_sheets(policy)
    now = changed(before, Agreement, lead_unit="Culture", ends=day("2029-12-31"))
    now = changed(changed(now, PeriodResult, actual=3), Project, agreement_id="PROGRAMME")
    assert withdrawn(before, now, policy) == []


@pytest.mark.parametrize("column", ["status", "legal_hold", "hold_reason", "notes"])
def test_what_changes_of_itself_is_not_withdrawn(policy, column):
    told = {"status": "suspended", "legal_hold": "y", "hold_reason": "Sanctions", "notes": "See."}
    before = with_sheets(policy, agreement(**told))
    assert withdrawn(before, changed(before, Agreement, **{column: None}), policy) == []


def test_a_question_is_withdrawn_when_it_is_blanked_or_set_back_and_not_when_asked_again(policy):
    before = with_sheets(policy, agreement(asked_on=day("2024-05-02")))
    for asked, expected in (
        (None, [("blanked", "Agreements", "asked_on")]),
        (day("2023-05-02"), [("set back", "Agreements", "asked_on")]),
        (day("2025-05-02"), []),
    ):
        assert withdrawn(before, changed(before, Agreement, asked_on=asked), policy) == expected


@pytest.mark.parametrize(
    ("sheet", "mended", "blank"),
    [
        ("Results", {"state": "void"}, "actual"),
        ("Projects", {"state": "cancelled"}, "ends"),
        ("Objectives", {"dropped_on": day("2025-05"), "dropped_reason": "Done."}, "purpose"),
    ],
)
def test_a_mistake_is_mended_by_the_state_of_its_row(policy, sheet, mended, blank):
    before, kind = with_sheets(policy), next(k for k in KINDS if k.sheet.name == sheet)
    assert withdrawn(before, changed(before, kind, **{blank: None}), policy)
    assert withdrawn(before, changed(before, kind, **{blank: None}, **mended), policy) == []


def test_the_right_value_below_a_void_result_is_no_withdrawal_and_a_void_row_stands_for_none(
    policy,
):
    void = RESULTS[1] | {"actual": 9, "state": "void"}
    before = with_sheets(policy, Results=[*RESULTS, void])
    assert withdrawn(before, without(before, PeriodResult, 1), policy) == [
        ("row gone", "Results", None)
    ]
    mended = with_sheets(policy, Results=[RESULTS[0], RESULTS[1] | {"state": "void"}, RESULTS[1]])
    assert withdrawn(with_sheets(policy), mended, policy) == []


def test_a_profile_dated_anew_must_still_say_what_it_said(policy):
    before = with_sheets(policy)
    newer = PROFILE | {"dated": day("2025-06"), "yearly_trade": None}
    now = with_sheets(policy, Profiles=[newer])
    assert withdrawn(before, now, policy) == [("blanked", "Profiles", "yearly_trade")]


def test_a_column_that_did_not_exist_last_year_is_not_withdrawn_and_one_that_is_gone_is(policy):
    before = with_sheets(policy, agreement(renewed=None))
    now = changed(before, Agreement, renewed=day("2024"), text_on_file=None)
    assert withdrawn(before, now, policy) == [("blanked", "Agreements", "text_on_file")]


def test_a_renamed_id_is_a_row_gone_and_a_new_row(policy):
    before = with_sheets(policy)
    now = changed(before, Project, 1, project_id="P-9")
    assert withdrawn(before, now, policy) == [("row gone", "Projects", None)]


def test_a_notice_that_is_deleted_still_runs_out(policy):
    before = with_sheets(policy, Decisions=[NOTICE])
    now = with_sheets(policy)
    told, silent = (results_of(p, policy, previous=before).review["A-1"] for p in (before, now))
    assert results_of(now, policy).review["A-1"].place < told.place
    assert (silent.decision, silent.place) == (told.decision, told.place)
    assert "1 row of Decisions" in silent.reason


def test_the_page_says_what_is_proposed_with_and_without_what_was_withdrawn(policy):
    before = with_sheets(policy, Decisions=[NOTICE])
    alone = results_of(with_sheets(policy), policy).review["A-1"].decision
    row = results_of(with_sheets(policy), policy, previous=before).review["A-1"]
    assert row.reason.endswith(
        f"With what was withdrawn since last year (1 row of Decisions) it is {row.decision}, which "
        f"has the lower place and counts; by this year's workbook alone it would be {alone}."
    )


def test_what_has_the_better_place_with_what_was_withdrawn_keeps_its_own_and_says_both(policy):
    before = with_sheets(policy)
    results = results_of(without(before, Project, 0, 1), policy, previous=before)
    results = replace(results, earlier=Earlier({}))
    row, alone = results.review["A-1"], results.alone.review["A-1"]
    assert (row.decision, row.place) == (alone.decision, alone.place)
    assert "By this year's workbook alone it is" in row.reason


def test_where_nothing_was_withdrawn_nothing_is_worked_out_twice(policy):
    before = with_sheets(policy)
    results = results_of(changed(before, Agreement, lead_unit="Culture"), policy, previous=before)
    assert results.restored is None
    assert results.review == results_of(results.portfolio, policy).review


def test_an_agreement_that_is_gone_is_listed_and_nothing_is_proposed_for_it(policy):
    before = with_sheets(policy, agreement(), agreement("A-2"))
    now = make_portfolio(policy, agreement("A-2"))
    results = results_of(now, policy, previous=before)
    assert "A-1" not in results.review
    assert {str(row.decision) for row in results.withdrawn.of("A-1")} == {"agreement gone"}
    assert "nothing is proposed for it" in results.withdrawn["A-1"].reason


def test_a_row_comes_back_with_what_it_refers_to(policy):
    before = with_sheets(policy)
    now = make_portfolio(policy, *(agreement(records_complete_to=day("2025-12-31")),))
    back = restore(now, find_gone(before, now, policy))
    assert all(set(back.rows(kind)) == set(before.rows(kind)) for kind in KINDS)
    assert back.supplied == before.supplied


def test_what_was_withdrawn_by_last_year_counts_again(policy):
    first = with_sheets(policy, Decisions=[NOTICE])
    second = with_sheets(policy)
    record = Earlier({}, find_gone(first, second, policy))
    results = replace(results_of(second, policy, previous=second), earlier=record)
    assert [(str(row.decision), row.sheet) for row in results.withdrawn] == [
        ("row gone", "Decisions")
    ]
    assert results.held_down == {"A-1"}


def test_a_second_year_running_is_read_from_the_proposals_on_record(policy):
    portfolio = with_sheets(policy)
    said = replace(
        results_of(portfolio, policy, previous=portfolio),
        earlier=Earlier({"A-1": "Insufficient evidence"}),
    )
    assert said.last_words == {"A-1": "Insufficient evidence"}


def _random_portfolio(policy, seed):
    """Return a portfolio of three agreements, each with some of what one can have."""
    draw = Random(seed)
    agreements, sheets = [], {name: [] for name in FULL} | {"Decisions": []}
    sheets["Partners"] = [PARTNER]
    for key in ("A-1", "A-2", "A-3"):
        heard = {"last_contact": day("2025-02"), "asked_on": day(draw.choice(["2023", "2025-11"]))}
        done = {"records_complete_to": day("2025-12-31"), "renewed": day("2023")}
        told = {k: v for k, v in (heard | done).items() if draw.random() < 0.6}
        kind = draw.choice(["Partnership", "Friendship", "MOU"])
        agreements.append(agreement(key, classification=kind, **told))
        for name, rows in (FULL | {"Decisions": [NOTICE]}).items():
            if name != "Partners" and draw.random() < 0.7:
                sheets[name] += [_as_of(row, key, draw) for row in rows]
    return _without_dangling(make_portfolio(policy, *agreements, **sheets))


def _as_of(row, key, draw):
    own = {k: v.replace("-1", f"-{key[2:]}1") for k, v in row.items() if _is_id(k)}
    own |= {k: f"{row[k]}-{key[2:]}" for k in ("project_id",) if k in row}
    own |= {k: key for k in ("agreement_id", "subject_id") if k in row}
    numbers = {k: draw.choice([0, 4, 9, 20]) for k in ("actual",) if k in row}
    return row | own | numbers


def _is_id(name):
    return name in ("objective_id", "indicator_id")


def _without_dangling(portfolio):
    for _ in range(3):
        for kind in KINDS:
            kept = [row for row in portfolio.rows(kind) if _refers_well(row, portfolio)]
            portfolio = portfolio.with_rows(kind, kept)
    return replace(portfolio, supplied=frozenset(k.sheet.name for k in KINDS if portfolio.rows(k)))


def _refers_well(row, portfolio):
    by_name = {kind.sheet.name: kind for kind in KINDS}
    return all(
        any(portfolio.get(by_name[name], getattr(row, c.name)) for name in c.refers)
        for c in row.sheet.columns
        if c.refers and getattr(row, c.name) is not None
    )


def _deletions(portfolio):
    """Yield what each single deletion leaves: of a cell, a row, a sheet of one."""
    for kind in KINDS:
        for number, row in enumerate(portfolio.rows(kind)):
            if kind is not Agreement:
                yield f"row {row}", _without_dangling(without(portfolio, kind, number))
            for c in kind.sheet.columns:
                is_fact = not c.required and c.name not in {*NO_FACTS, "relationship_id"}
                if is_fact and getattr(row, c.name) is not None:
                    yield f"{c.name} {row}", changed(portfolio, kind, number, **{c.name: None})
        for agreement_id in ("A-1", "A-2") if kind is not Agreement else ():
            own = [subject_of(row, portfolio) == agreement_id for row in portfolio.rows(kind)]
            numbers = [n for n, is_own in enumerate(own) if is_own]
            left = _without_dangling(without(portfolio, kind, *numbers))
            yield f"{kind.sheet.name} of {agreement_id}", left


@pytest.mark.parametrize("seed", range(3))
def test_no_single_deletion_betters_a_place_when_last_years_workbook_is_at_hand(policy, seed):
    few = replace(policy, firmness=replace(policy.firmness, draws=10))
    before = _random_portfolio(few, seed)
    places = {r.agreement_id: r.place for r in results_of(before, few, previous=before).review}
    for name, now in _deletions(before):
        for row in results_of(now, few, as_of=TODAY, previous=before).review:
            was = places[row.agreement_id]
            assert was is None or (row.place is not None and row.place >= was), (name, row.reason)
