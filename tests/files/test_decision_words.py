"""A decision is a word of its decision point, on a subject that the point is about."""

from collections import Counter

import pytest

from toolkit.files.template import write_workbook
from toolkit.files.workbook import read_workbook
from toolkit.model.decisions import decision_words
from toolkit.model.issues import errors
from toolkit.model.sheets import Decision
from toolkit.model.vocabulary import DecisionPoint, ReviewWord

AGREEMENTS = [
    {"agreement_id": key, "partner": key, "country": "Italy", "classification": "Partnership"}
    for key in ("A-1", "A-2", "A-3")
]
PROPOSALS = [
    {
        "proposal_id": key,
        "partner": key,
        "country": "Italy",
        "proposed_class": "Partnership",
        "origin": "city staff",
        "agreement_id": became,
    }
    for key, became in (("PR-1", "A-2"), ("PR-2", ""))
]
WRONG = (  # subject, point, decision; what the message must say
    ("A-1", "review", "Kep", 'Did you mean "Keep"?'),
    ("A-1", "review", "Renew with conditions", "no decision of review, but of D3."),
    ("A-1", "reclassification", "Freindship", 'Did you mean "Friendship"?'),
    ("PR-1", "D1", "Go ahead", "Type one of: Proceed; Hold; Decline."),
    ("A-1", "D2", "Signed", 'Did you mean "Sign"?'),
    ("A-1", "D3", "Renewed", 'Did you mean "Renew"?'),
    ("PROGRAMME", "resources", "More money", "Type one of: Raise; Reduce; Both."),
    ("A-1", "review", "Not reviewed", '"Not reviewed" is no decision of review.'),
)
RIGHT = (
    ("A-1", "review", "Keep, on new terms"),
    ("A-2", "review", "Reclassify as Friendship"),
    ("A-3", "review", "Reclassify"),
    ("A-1", "reclassification", "Borderline"),
    ("PR-1", "D1", "Hold"),
    ("A-2", "D1", "Proceed"),
    ("A-1", "D2", "Go back"),
    ("A-1", "D3", "Transfer"),
    ("A-2", "D3", "Keep by direction"),
    ("PROGRAMME", "resources", "Both"),
)


def reading(path, policy, *decisions):
    """Return what reading a workbook with these decisions gives; each of another year."""
    rows = [
        {"subject_id": s, "year": str(1990 + i), "decision_point": p, "decision": d}
        for i, (s, p, d) in enumerate(decisions)
    ]
    sheets = {"Agreements": AGREEMENTS, "Proposals": PROPOSALS, "Decisions": rows}
    write_workbook(path / "city.xlsx", policy, title="A city", rows=sheets)
    return read_workbook(path / "city.xlsx", policy)


def of_decisions(found):
    return [issue for issue in found.issues if issue.sheet == "Decisions"]


@pytest.fixture(scope="module")
def faulty(tmp_path_factory, policy):
    path = tmp_path_factory.mktemp("wrong")
    return errors(reading(path, policy, *(fault[:3] for fault in WRONG)).issues)


def test_every_wrong_word_is_reported_once_with_its_cell(faulty):
    expected = [f"Decisions!D{row}" for row in range(2, 2 + len(WRONG))]
    assert Counter(issue.place for issue in faulty) == Counter(expected)


@pytest.mark.parametrize("number", range(len(WRONG)), ids=[fault[2] for fault in WRONG])
def test_a_wrong_word_is_told_with_what_may_stand_there(faulty, number):
    assert WRONG[number][3] in faulty[number].message
    assert "Type one of: " in faulty[number].message


def test_the_words_of_each_point_are_taken_without_a_word(tmp_path, policy):
    assert not of_decisions(reading(tmp_path, policy, *RIGHT))


def test_other_capitals_are_read_with_their_spelling_and_said(tmp_path, policy):
    found = reading(tmp_path, policy, ("A-1", "review", "keep BY direction"))
    assert [row.decision for row in found.portfolio.rows(Decision)] == ["Keep by direction"]
    [notice] = of_decisions(found)
    assert (notice.severity, notice.cell) == ("to look at", "D2")


@pytest.mark.parametrize(
    ("subject", "point", "decision", "says"),
    [
        ("PROGRAMME", "review", "Keep", "Type the id that review was about"),
        ("A-1", "resources", "Raise", "Type PROGRAMME."),
    ],
)
def test_only_resources_are_decided_for_the_programme(
    tmp_path, policy, subject, point, decision, says
):
    [issue] = errors(reading(tmp_path, policy, (subject, point, decision)).issues)
    assert issue.place == "Decisions!A2"
    assert says in issue.message


@pytest.mark.parametrize(
    ("subject", "point", "decision", "says"),
    [
        ("A-1", "D1", "Proceed", "no proposal names A-1"),
        ("PR-1", "review", "Keep", 'It became "A-2"'),
        ("PR-2", "D2", "Sign", "D2 is about an agreement"),
    ],
)
def test_a_subject_that_no_rule_will_read_is_a_notice(
    tmp_path, policy, subject, point, decision, says
):
    [issue] = of_decisions(reading(tmp_path, policy, (subject, point, decision)))
    assert (issue.severity, issue.place) == ("to look at", "Decisions!A2")
    assert says in issue.message


def test_a_subject_that_is_nowhere_is_reported_once(tmp_path, policy):
    [issue] = of_decisions(reading(tmp_path, policy, ("A-9", "D1", "Proceed")))
    assert '"A-9" is not in Agreements or Proposals' in issue.message


def test_the_review_knows_every_word_it_may_propose(policy):
    words = decision_words(DecisionPoint.REVIEW, policy)
    assert set(ReviewWord) - set(words) == {ReviewWord.NOT_REVIEWED}
    assert "Reclassify as Friendship" in words


def test_the_classes_are_those_of_the_policy_with_their_former_words(policy_2024):
    words = decision_words(DecisionPoint.RECLASSIFICATION, policy_2024)
    assert words[:3] == ("Partnership City", "International Project", "Historical")
    assert "Friendship" in words
    assert "Reclassify as International Project" in decision_words("review", policy_2024)
