"""A mistake in the lexicon is one clear sentence that names the file and the key."""

from itertools import permutations

import pytest

from toolkit.files.lexicon import LEXICON_FILE, read_lexicon
from toolkit.files.policy import read_policy
from toolkit.files.shipped import ROOT
from toolkit.model.issues import InputError
from toolkit.model.lexicon import parts_of

TEXT = LEXICON_FILE.read_text(encoding="utf-8")
LEXICON = read_lexicon()
GROUP = 'name = "cargo as trade"\nkind = "aim"\npurpose = "ECON"\nlanguage = "en"\nweight = 1'
MISTAKES = (
    ("edition = ", "editon = ", 'editon: unknown key. Did you mean "edition"?'),
    ("minimum = { value = 1", "minimum = { value = -1", "reading.minimum: -1 should be 0 or more."),
    ("{ value = 0.2, rationale", "{ value = 2, rationale", "reading.stated_share: a share is from"),
    ("{ value = 0.2, rationale", "{ value = 0.2, reason", "reading.stated_share: say where this"),
    (GROUP, GROUP.replace("aim", "aims"), '"aims" is not one of aim, carrier, elsewhere'),
    (GROUP, GROUP.replace("ECON", "TRADE"), '"TRADE" is not one of ECON, POLICY, CULT, CEREMONIAL'),
    (GROUP, GROUP.replace('"en"', '"it"'), '"it" is not a language that is read: en, fr, es, de.'),
    (GROUP, GROUP.replace('purpose = "ECON"\n', ""), 'a group of kind "aim" needs a purpose.'),
    (GROUP, GROUP.replace("weight = 1", ""), "needs a weight above 0."),
    (GROUP, GROUP.replace("weight = 1", "weight = 0"), "needs a weight above 0."),
    ('kind = "turns"', 'kind = "turns"\nweight = 1', 'a group of kind "turns" needs no weight.'),
    ('kind = "turns"', 'kind = "turns"\npurpose = "CULT"', "needs no purpose."),
    ('["cargo*"', '["trade", "cargo*"', '"trade" stands in "trade, investment, tourism'),
    ('["cargo*"', '["CARGO*", "cargo*"', '"cargo*" stands in "cargo as trade" already.'),
    ('["cargo*"', '["ca*"', '"ca*" is too short before *; 3 letters are needed.'),
    ('["cargo*"', '["car*go"', '"car*go" is not a word or a phrase; * may end a word.'),
    ('["cargo*"', '[""', '"" is not a word or a phrase'),
    ('["cargo*"', '[5, "cargo*"', "5 should be a text in quotes."),
    ("source = \"UNCTAD", "note = \"UNCTAD", "say where this comes from. Add a source or a"),
    ("[[group]]", "[[groups]]", 'groups: unknown key. Did you mean "group"?'),
    ("dated = ", "dated ", "this is not a lexicon in TOML"),
)  # fmt: skip


@pytest.mark.parametrize(("old", "new", "says"), MISTAKES, ids=[row[1][-40:] for row in MISTAKES])
def test_a_mistake_is_told_with_the_file_and_the_key(tmp_path, old, new, says):
    assert old in TEXT
    path = tmp_path / "wording.toml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_lexicon(path)
    assert "wording.toml: " in str(caught.value)
    assert says in str(caught.value)


def test_a_missing_lexicon_is_told_when_the_policy_is_read(tmp_path):
    with pytest.raises(InputError, match="there is no such lexicon"):
        read_policy(ROOT / "data" / "policy.toml", tmp_path / "wording.toml")


def test_the_policy_carries_the_lexicon_and_its_hash(policy, policy_2024):
    assert policy.wording.edition == "first edition"
    assert policy.wording.file_name == "wording.toml"
    assert len(policy.wording.sha256) == 64
    assert policy.wording == policy_2024.wording


def test_every_part_of_the_lexicon_has_a_source_or_a_rationale():
    numbered = {f"group {i}" for i in range(1, len(LEXICON.groups) + 1)}
    numbered |= {f"language {i}" for i in range(1, len(LEXICON.languages) + 1)}
    numbered |= {f"reading.{name}" for name in vars(LEXICON.reading)}
    assert numbered == set(LEXICON.reasons)
    assert all(len(reason.split(": ", 1)[1]) > 5 for reason in LEXICON.reasons.values())


def covers(wide: str, narrow: str) -> bool:
    pairs = list(zip(parts_of(wide), parts_of(narrow), strict=False))
    return len(parts_of(wide)) == len(parts_of(narrow)) and all(
        (one == other and (stem or not ends)) or (stem and other.startswith(one))
        for (one, stem), (other, ends) in pairs
    )


def test_no_entry_says_what_another_says_already():
    sides: dict[tuple[object, ...], list[str]] = {}
    for group in LEXICON.groups:
        side = (group.language, group.kind, group.purpose, group.weight)
        sides.setdefault(side, []).extend(group.words)
    idle = [
        f"{narrow} beside {wide}"
        for entries in sides.values()
        for wide, narrow in permutations(entries, 2)
        if covers(wide, narrow)
    ]
    assert idle == []
