"""Two names are compared without their spelling, and a hint never says the opposite."""

import pytest

from toolkit.model.spelling import edits, near_word, plain_name
from toolkit.model.vocabulary import Direction, ProjectState, Status


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("São Paulo", "SAO  PAULO"),
        ("St. John's", "St Johns"),
        ("Food & Beverage", "food and beverage"),
        ("Saint-Orel", "saint orel"),
        ("Việt Nam", "viet nam"),
        ("Istanbul", "\u0130stanbul"),
    ],
)
def test_case_accents_points_and_spaces_do_not_matter(left, right):
    assert plain_name(left) == plain_name(right)


def test_vowel_signs_of_other_scripts_stay():
    assert plain_name("कुवैत") != plain_name("कवत")


@pytest.mark.parametrize(
    ("typed", "words", "meant"),
    [
        ("actve", tuple(Status), "active"),
        ("inactive", tuple(Status), None),
        ("unactive", tuple(Status), None),
        ("suspnded", tuple(Status), "suspended"),
        ("plannd", tuple(ProjectState), "planned"),
        ("Not renew", ("Renew", "Sunset"), None),
        ("Unsuspend", ("Suspend",), None),
        ("incrase", tuple(Direction), "increase"),
        ("Freindship", ("Partnership", "Friendship"), "Friendship"),
        ("D4", ("D1", "D2", "D3"), None),
        ("tecnology", ("technology", "tourism"), "technology"),
        ("shipping", ("shipbuilding", "tourism"), None),
        ("Greenland", ("England", "Griechenland"), None),
    ],
)
def test_only_what_is_near_and_not_the_opposite_is_proposed(typed, words, meant):
    assert near_word(typed, words) == meant


def test_letters_left_out_added_changed_and_swapped_count_one_each():
    assert [edits("china", other, most=2) for other in ("chna", "chinaa", "chima", "chian")] == [
        1
    ] * 4
    assert edits("china", "india", most=2) == 3
