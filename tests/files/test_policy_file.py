"""A mistake in the policy file is one clear sentence that names the file and the key."""

import pytest

from toolkit.files.editions import CAME
from toolkit.files.policy import read_policy
from toolkit.files.shipped import ROOT
from toolkit.model.issues import InputError

TEXT = (ROOT / "data" / "policy.toml").read_text(encoding="utf-8")
PYTHON_WORDS = ("None", "datetime", "Traceback", "Errno", "codec", "True", "[[1")


@pytest.fixture
def mistake(tmp_path):
    """Return what replaces one passage of the policy and tells the sentence that follows."""

    def replace(old, new):
        assert old in TEXT
        path = tmp_path / "policy.toml"
        path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(InputError) as caught:
            read_policy(path)
        return str(caught.value)

    return replace


REVERSED = """[[excluded_period]]
name = "a pandemic"
starts = 2021-01-01
ends = 2020-01-01
source = "a made-up one"

"""
HALVES = "[money]\nby_class = {{ Partnership = 50, {} = 40 }}\nsource = 'made up'\n\n[cap]"
COUNTED = "[evidence]\ncounted = {}\nsource = 'made up'\n\n[cap]"
SEATS = 'family = "economic"\nseats = true'
UNMEASURED = """[[criterion]]
id = "C8"
name = "Fame"
measure = "fame"
group = "fit"
goals = []
economic = [0, 1, 2]
community = [0, 1, 2]
source = "made up"

[[band]]"""
MISTAKES = (
    ("edition = ", "editon = ", 'editon: unknown key. Did you mean "edition"?'),
    ("draws = ", "drows = ", 'firmness.drows: unknown key. Did you mean "draws"?'),
    ("[cap]\ntotal = 10", "[cap]\ntotals = 10", 'cap.totals: unknown key. Did you mean "total"?'),
    ("{ C4 = 30,", "{ C9 = 30,", "class 2.weights.C9: unknown key."),
    ("POLICY = 0.5", "POLITICS = 0.5", "purpose_weights.POLITICS: unknown key."),
    ("seed = { value = 20181231, rationale", "seed = { value = 1, reason", "firmness.seed: say"),
    ("seed = { value = 20181231", "seed = { number = 1", "firmness.seed.number: unknown key."),
    ("[cap]\ntotal = 10\nsource", "[cap]\ntotal = 10\n# source", "cap: say where this comes from."),
    ("[firmness]\ndraws = ", "[firmness]\n# draws = ", "firmness.draws: this key is missing."),
    ("CULT = 0.0", "", "purpose_weights.CULT: this key is missing."),
    ("CULT = 0.0", "CULT = 1.5", "purpose_weights.CULT: a weight is from 0 to 1."),
    ("C7 = 5 }", "C7 = 6 }", "class 1.weights: the weights of Partnership sum to 101, not to 100."),
    ("C1 = 15, C2 = 15", "C1 = 31, C2 = -1", "class 1.weights.C2: -1 should be 0 or more."),
    ("seed = { value = 20181231", "seed = { value = '1'", '"1" should be a whole number.'),
    ("seed = { value = 20181231", "seed = { value = 1.5", "1.5 should be a whole number."),
    ("seed = { value = 20181231", "seed = { value = true", "true should be a whole number."),
    ("keep_score = { value = 60", "keep_score = { value = nan", "nan should be 0 or more."),
    ("draws = { value = 2000", "draws = { value = -1", "firmness.draws: -1 should be 0 or more."),
    ("total = 10", "total = [10]", "cap.total: a list should be a whole number."),
    ("total = 10", "by_class = 10", "cap.by_class: 10 should be a table."),
    ("total = 10", "by_class = { Pact = 1 }", 'cap.by_class: there is no class "Pact".'),
    (
        "total = 10",
        "total = 3\nby_class = { Partnership = 8 }",
        "sum to 8, more than cap.total, 3.",
    ),
    ('id = "C3"', 'id = "C8"', "class 1.weights.C3: unknown key."),
    ("[[band]]", UNMEASURED, 'criterion: "C8" has no measure in the toolkit.'),
    ("economic = [0, 2, 4]", "economic = [4, 2, 0]", "criterion 4.economic: three rising values"),
    ("economic = [10000000,", "economic = [0,", "trade is on a log scale; its values are above 0."),
    ("draws = { value = 2000", "draws = { value = 0", "firmness.draws: 0 should be from 1 to"),
    (
        "weight_spread = { value = 25",
        "weight_spread = { value = 200",
        "200 should be from 0 to 99.",
    ),
    ("notice_months = { value = 24", "notice_months = { value = 100000", "should be 1200 or less."),
    ("2016 = 128.4", "2016 = 0", "price_index.values: an index is above 0."),
    ("[cap]", HALVES.format("Pact"), 'money.by_class: there is no class "Pact".'),
    ("[cap]", HALVES.format("Friendship"), "money.by_class: the shares sum to 90, not to 100."),
    ("uplift_steps = { value = 8", "uplift_steps = { value = 0.5", "0.5 should be a whole number."),
    ("[cap]", COUNTED.format("['Resulsts']"), 'evidence.counted: there is no sheet "Resulsts".'),
    ("[cap]", COUNTED.format("'Results'"), 'evidence.counted: "Results" should be a list.'),
    ("[cap]", COUNTED.replace("counted", "count").format("[]"), "evidence.count: unknown key."),
    ("keep_results = { value = 50", "keep_results = { value = -1", "-1 should be 0 or more."),
    ("keep_record = ", "keep_records = ", 'unknown key. Did you mean "keep_record"?'),
    ("unanswered_months = { value = 12", "unanswered_months = { value = 1.5", "a whole number."),
    ("term_years = [3, 5]", "term_years = 3", "class 1.term_years: 3 should be a list."),
    ("term_years = [3, 5]", "term_years = [3]", "2 values are needed; 1 are there."),
    ("term_years = [3, 5]", "term_years = [5, 3]", "the smaller value comes first."),
    (SEATS, SEATS.replace("true", '"yes"'), '"yes" should be true or false.'),
    (SEATS, SEATS.replace("economic", "ekonomic"), '"ekonomic" is not one of economic, community.'),
    (SEATS, SEATS.replace('"economic"', "[1]"), "a list is not one of economic, community."),
    ('["lead unit"]', '["lead units"]', '"lead units" is not one of lead unit, sponsor'),
    ("starts = [2000-12-01", "starts = ['2000'", '"2000" should be a date such as 2018-12-31'),
    ("2000-12-01, 2003-12-01", "2003-12-01, 2000-12-01", "the dates are not in order."),
    ("upper = 0.4", "upper = 0.7", "band: Friendship and Partnership overlap at 0.6."),
    ("upper = 0.4", "upper = 4", "band 2: lower and upper are shares from 0 to 1"),
    ('agreement_class = "Friendship"', 'agreement_class = "Pact"', 'there is no "Pact".'),
    ('"twinning"', '"friendship"', 'the word "friendship" would be read in two ways.'),
    ('"twinning"', '"unknown"', 'the word "unknown" would be read in two ways.'),
    ('id = "G2"', 'id = "G1"', 'goal: the id "G1" is there 2 times.'),
    ('goals = ["G1"]', 'goals = ["G9"]', 'criterion 1.goals: there is no goal "G9".'),
    ('"12-31"', '"31 December"', "programme.fiscal_year_end: write month and day, such as 12-31."),
    ('"12-31"', '"02-29"', "programme.fiscal_year_end: write month and day, such as 12-31."),
    ("[[excluded_period]]", "[excluded_period]", "under its own heading [[excluded_period]]."),
    ("edition = ", "edition ", "this is not a policy file in TOML"),
)


@pytest.mark.parametrize(("weight", "total"), [("0", "95"), ("4", "99"), ("5.5", "100.5")])
def test_trap_21_weights_that_do_not_sum_to_100_are_refused(mistake, weight, total):
    said = mistake("C7 = 5 }", f"C7 = {weight} }}")
    assert f"the weights of Partnership sum to {total}, not to 100." in said


@pytest.mark.parametrize(("old", "new", "says"), MISTAKES, ids=[row[1] for row in MISTAKES])
def test_a_mistake_is_told_with_the_file_and_the_key(mistake, old, new, says):
    message = mistake(old, new)
    assert "policy.toml: " in message
    assert says in message
    assert not any(word in message for word in PYTHON_WORDS)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "activities: this key is missing."),
        (b"\xff\xfe", "the file is not in UTF-8. Save it as UTF-8 text."),
        (b"= 1", "this is not a policy file in TOML"),
    ],
)
def test_a_file_that_is_no_policy_is_told(tmp_path, content, says):
    path = tmp_path / "policy.toml"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_policy(path)
    assert f"policy.toml: {says}" in str(caught.value)


def test_which_sheets_count_is_optional(tmp_path, policy):
    path = tmp_path / "policy.toml"
    text = TEXT.replace("[cap]", COUNTED.format("['Projects', 'Results']"), 1)
    path.write_text(text, encoding="utf-8")
    assert read_policy(path).evidence.counted == ("Projects", "Results")
    assert policy.evidence.counted is None


def test_settings_without_their_table_are_told(tmp_path):
    path = tmp_path / "policy.toml"
    path.write_text(f"firmness = 5\n{TEXT.split('[firmness]')[0]}", encoding="utf-8")
    with pytest.raises(InputError, match=r"policy\.toml: firmness: 5 should be a table\."):
        read_policy(path)


def test_an_excluded_period_ends_after_it_starts(mistake):
    message = mistake("[[goal]]", REVERSED + "[[goal]]")
    assert message == "policy.toml: excluded_period 1: ends is before starts."


def test_a_missing_file_or_a_folder_is_told(tmp_path):
    with pytest.raises(InputError, match="there is no such policy file"):
        read_policy(tmp_path / "none.toml")
    with pytest.raises(InputError, match="the file cannot be read"):
        read_policy(tmp_path)


@pytest.mark.parametrize("name", ["policy.toml", "policy-2024.toml"])
def test_every_value_of_an_edition_has_a_reason(name):
    policy = read_policy(ROOT / "data" / name)
    settings = ("periods", "counts", "thresholds", "firmness", "resources")
    values = {f"{part}.{field}" for part in settings for field in vars(getattr(policy, part))}
    assert values < set(policy.reasons)
    assert {"class 1", "band 1", "criterion 1", "goal 1", "cap", "markets"} < set(policy.reasons)
    assert all(len(reason.split(": ", 1)[1]) > 3 for reason in policy.reasons.values())


def test_the_file_in_use_is_known_by_its_hash(policy):
    assert policy.file_name == "policy.toml"
    assert len(policy.sha256) == 64


def test_a_policy_of_the_first_edition_is_read_as_if_written_for_the_rules_of_now(tmp_path):
    lines = [line for line in TEXT.splitlines() if not line.startswith(CAME_LATER)]
    at = lines.index("[thresholds]") + 1
    lines[at:at] = ['revive_market = { value = 50, rationale = "a second-tier market" }']
    first = '\n[[repair]]\nid = "end date"\nname = "an end date"\nrationale = "tried then"\n'
    path = tmp_path / "policy.toml"
    path.write_text("\n".join(lines) + first, encoding="utf-8")
    policy = read_policy(path)
    assert (policy.thresholds.keep_results, policy.periods.on_notice_months) == (50, 12)
    assert "came after this edition" in policy.reasons["thresholds.keep_results"]


CAME_LATER = tuple(name for table in CAME.values() for name in table)
