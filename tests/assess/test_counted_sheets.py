"""Domain, section 1, Levels of evidence: which sheets the rules look at, said once for all."""

from factory import TODAY, agreement, day, make_portfolio, results_of
from situations import (
    COUNTED,
    counting,
    friendship,
    indicator,
    objective,
    partnership,
    profile,
    project,
    reached,
)

from toolkit.assess.classes.classification import reclassify
from toolkit.assess.record.counted import counted_sheets
from toolkit.assess.review.gathering import classes_judged
from toolkit.model.sheets import Agreement, Engagement, PeriodResult, Profile, Project


def counted(policy, *agreements, **sheets):
    """Return the sheets that count in a small workbook."""
    portfolio = make_portfolio(policy, *agreements, **sheets)
    outcomes = reclassify(portfolio, policy, as_of=TODAY)
    classes = classes_judged(portfolio, policy, outcomes)
    return counted_sheets(portfolio, policy, classes, as_of=TODAY)


def four(**changes):
    return [agreement(f"A-{i}", **changes) for i in range(1, 5)]


def test_the_agreements_always_count(policy):
    assert counted(policy, *four()) == {Agreement}


def test_a_sheet_counts_once_half_of_the_agreements_that_need_it_have_a_row(policy):
    assert Profile not in counted(policy, *four(), Profiles=[profile("A-1")])
    assert Profile in counted(policy, *four(), Profiles=[profile("A-1"), profile("A-2")])


def test_a_row_that_holds_nothing_but_its_id_does_not_make_a_sheet_count(policy):
    empty = [{"subject_id": f"A-{i}"} for i in range(1, 5)]
    assert Profile not in counted(policy, *four(), Profiles=empty)


def test_several_rows_of_one_agreement_count_once(policy):
    some = [project("A-1", n) for n in range(4)]
    assert Project not in counted(policy, *four(), Projects=some)


def test_complete_records_count_as_a_row_of_projects(policy):
    told = [agreement("A-1", records_complete_to=day("2025-12")), *four()[1:]]
    rows = [project("A-2")]
    assert Project in counted(policy, *told, Projects=rows)


def test_only_agreements_whose_class_weighs_the_criterion_are_asked(policy):
    """A Friendship is not judged by its results, so it is not asked for any."""
    mixed = [partnership("A-1"), *(friendship(f"F-{i}") for i in range(1, 8))]
    rows = [reached(2025, 10.0, 10.0)]
    sheets = {"Objectives": [objective()], "Indicators": [indicator()], "Results": rows}
    assert PeriodResult in counted(policy, *mixed, **sheets)


def test_agreements_that_are_not_under_review_are_not_asked(policy):
    old = [agreement(f"H-{i}", status="historical") for i in range(1, 8)]
    assert Profile in counted(policy, agreement(), *old, Profiles=[profile()])


def test_the_policy_can_say_which_sheets_count(policy):
    fixed = counting(policy, ("Projects", "Engagements"))
    assert counted(fixed, *four(), Profiles=[profile()]) == {Agreement, Project, Engagement}


def judged(policy, *agreements, **sheets):
    """Return rule and place of each agreement."""
    found = results_of(make_portfolio(policy, *agreements, **sheets), policy).review
    return {row.agreement_id: (str(row.rule), row.place) for row in found}


def test_the_first_row_of_one_agreement_changes_no_other_s_rule(policy):
    """The first project on record must not put three others in question."""
    alone = judged(policy, *four())
    found = judged(policy, *four(), Projects=[project("A-1")])
    assert {key: found[key] for key in ("A-2", "A-3", "A-4")} == {
        key: alone[key] for key in ("A-2", "A-3", "A-4")
    }


def test_where_the_policy_fixes_them_no_row_of_one_changes_another_s_rule(policy):
    fixed = counting(policy, COUNTED)
    known = [agreement("A-1"), agreement("A-2", country="Germany")]
    alone = judged(fixed, *known)
    rows = {"Projects": [project("A-1", n) for n in range(4)], "Profiles": [profile("A-1")]}
    assert judged(fixed, *known, **rows)["A-2"] == alone["A-2"]
