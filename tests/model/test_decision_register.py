"""The register of decision words: one meaning a word, and a function for each key it names."""

from dataclasses import replace

import pytest

from toolkit.assess.decisions.carried import EXPECTED
from toolkit.assess.decisions.followup import FOLLOWED
from toolkit.model import decisions
from toolkit.model.decisions import (
    WORDS,
    Choice,
    Motion,
    Trace,
    decided,
    decision_words,
    find_word,
    is_better,
    place_of_word,
)
from toolkit.model.vocabulary import (
    ClassFinding,
    DecisionPoint,
    ProposalWord,
    RenewalWord,
    ResourceWord,
    ReviewWord,
)
from toolkit.report.motions import DIRECTS

TABLES = {"motion": DIRECTS, "follow_up": {**EXPECTED, **FOLLOWED}}
NEW = replace(find_word("Sunset"), text="Warn", motion="notify", follow_up="an answer within")


def keys_without_function(words):
    """Return each key that a word names and its table of functions does not hold."""
    named = {(table, getattr(word, table)) for word in words for table in TABLES}
    return {(table, key) for table, key in named if key is not None and key not in TABLES[table]}


def test_each_key_of_the_register_has_a_function():
    assert not keys_without_function(WORDS)


def test_a_word_that_is_new_in_kind_asks_each_table_for_its_function():
    assert keys_without_function([*WORDS, NEW]) == {
        ("motion", "notify"),
        ("follow_up", "an answer within"),
    }


def test_a_word_that_is_not_new_in_kind_is_one_row(monkeypatch, policy):
    row = replace(find_word("Sunset"), text="Close at once")
    monkeypatch.setattr(decisions, "WORDS", (*WORDS, row))
    assert not keys_without_function(decisions.WORDS)
    assert decided("close at once", policy).word is row
    assert "Close at once" in decision_words("review", policy)


def test_no_function_waits_for_a_word_that_is_not_there():
    assert set(TABLES["motion"]) == set(Motion)
    assert set(TABLES["follow_up"]) == set(Trace)
    assert {word.motion for word in WORDS} == {None, *Motion}
    assert {word.follow_up for word in WORDS} == {None, *Trace}


def test_one_kind_of_trace_is_looked_for_in_one_place():
    assert not set(EXPECTED) & set(FOLLOWED)


def test_one_text_has_one_meaning_at_whichever_point():
    for word in WORDS:
        first = find_word(word.text)
        assert replace(word, point=first.point) == first


def test_a_word_stands_once_at_a_point():
    places = [(word.point, word.text) for word in WORDS]
    assert len(places) == len(set(places))


def test_the_register_holds_every_word_of_the_closed_lists():
    closed = {*ReviewWord, *RenewalWord, *ClassFinding, *ProposalWord, *ResourceWord}
    assert closed == {word.text for word in WORDS if "{}" not in word.text}


@pytest.mark.parametrize("point", DecisionPoint)
def test_every_word_of_a_point_is_read_in_whatever_capitals(point, policy):
    for text in decision_words(point, policy):
        assert decided(text.upper(), policy).text == text


def test_a_class_is_read_by_its_name_and_by_its_former_name(policy_2024):
    for text in ("Partnership City", "Friendship", "Reclassify as friendship"):
        assert decided(text, policy_2024).agreement_class.name == "Partnership City"


def test_what_is_no_decision_is_refused(policy):
    with pytest.raises(ValueError, match="Banana"):
        decided("Banana", policy)


@pytest.mark.parametrize(
    ("decision", "proposed", "answers"),
    [
        ("Keep", "Keep", True),
        ("Keep", "Sunset", False),
        ("Partnership", "Borderline", True),
        ("Register as partner-owned", "Borderline", False),
        ("Reclassify as Friendship", "Class first", True),
        ("Reclassify", "Reclassify as Friendship", True),
        ("Reclassify as Partnership", "Reclassify as Friendship", False),
        ("Renew", "Lapsed", True),
        ("Sunset", "Lapsed", True),
        ("Transfer", "Lapsed", False),
        ("Friendship", "No objectives on record", False),
    ],
)
def test_some_proposals_leave_a_choice_to_people(policy, decision, proposed, answers):
    assert decided(decision, policy).answers(decided(proposed, policy)) is answers


def test_what_is_left_to_people_can_be_settled_by_a_word():
    assert {word.settles for word in WORDS} == {None, *Choice}


@pytest.mark.parametrize(
    ("word", "other", "better"),
    [
        ("Keep", "Sunset", True),
        ("Sunset", "Keep", False),
        ("Reclassify", "Keep, on new terms", None),  # one place
        ("Suspend", "Keep", None),  # no place
        ("Renew", "Sunset", True),  # of two points
        ("Not evaluable", "Renegotiate", False),
        ("Proceed", "Sunset", None),
    ],
)
def test_standings_are_compared_at_whichever_point(word, other, better):
    assert is_better(find_word(word), find_word(other)) is better


PLACES = (  # the words of each place, the best first
    {"Keep", "Keep by direction", "Renew"},
    {"Keep, on new terms", "Renew with conditions", "Reclassify", "Reclassify as {}"},
    {"Renegotiate", "Renegotiate duties", "Too early", "One conditional renewal"},
    {
        "Class first",
        "Continue, regularise",
        "Insufficient evidence",
        "Not evaluable",
        "Confirm or end",
        "Revive or end",
        "On notice",
        "Lapsed",
        "Conclude as achieved",
    },
    {"Transfer"},
    {"Sunset"},
)


@pytest.mark.parametrize("place", range(len(PLACES)))
def test_each_word_has_its_place(place):
    assert {text: place_of_word(text) for text in PLACES[place]} == dict.fromkeys(
        PLACES[place], place
    )


def test_a_class_on_condition_stands_one_place_lower():
    assert place_of_word("Reclassify", conditional=True) == 2


@pytest.mark.parametrize("text", ["Keep", "Suspend", "Sunset"])
def test_a_condition_moves_no_other_word(text):
    assert place_of_word(text, conditional=True) == place_of_word(text)


def test_every_other_word_has_no_place():
    placed = {word.text for word in WORDS if word.place is not None}
    assert placed == set().union(*PLACES)


def test_a_word_has_one_place_at_every_point():
    for word in WORDS:
        assert word.place == find_word(word.text).place
