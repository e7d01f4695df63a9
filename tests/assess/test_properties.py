"""What holds of the whole review, whatever is recorded: small portfolios made at random."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from random import Random

import pytest
from factory import TODAY, agreement, day, make_portfolio, results_of
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from situations import counting

from toolkit.assess.classes.classification import reclassify
from toolkit.assess.review.bounds import find_bounds
from toolkit.assess.review.facts import Facts
from toolkit.assess.review.gathering import gather_facts
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.results import Table
from toolkit.model.text import one_decimal
from toolkit.model.vocabulary import Evidence, Purpose

CALM = {
    "deadline": None,
    "phases": [Phase.explicit, Phase.reuse, Phase.generate],  # what fails is small already
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.filter_too_much],
}


SECTORS = ("technology", "tourism")


TRADE = (0.0, 1e7, 1e8, 1e9, 1e10)


SUPPLIED = frozenset({"Agreements", "Projects", "Profiles", "Engagements", "Partners"})


@pytest.fixture(scope="module")
def policy(policy):
    """Return the policy under which these sheets count, whatever is in them."""
    return counting(policy, ("Projects", "Profiles", "Engagements"))


@dataclass(frozen=True)
class Tie:
    """One agreement as the tests vary it; None is a blank, the numbers count or choose."""

    classification: str
    place: int  # instruments of one place are one relationship
    country: str
    purpose: Purpose | None
    is_complete: bool
    heard: str | None
    sponsor: bool | None  # confirmed in time, too long ago, or not on record
    sectors: int | None
    trade: int | None
    link: str | None
    host: str | None
    share: float | None
    confidence: str
    projects: int
    partners: int
    offers: bool
    has_text: bool
    asked: str | None
    notice: int | None  # the year for which it was put on notice


def blank_or(values: Sequence[object]) -> st.SearchStrategy:
    """Return a strategy of these values or a blank."""
    return st.sampled_from([None, *values])


KNOWN = {
    "classification": st.sampled_from(["Partnership", "Friendship", "MOU"]),
    "place": st.integers(0, 2),
    "country": st.sampled_from(["Germany", "Italy", "Chad"]),
    "purpose": blank_or([Purpose.ECON, Purpose.CULT]),
    "is_complete": st.just(True),
    "heard": st.sampled_from(["2015-05", "2025-05"]),
    "sponsor": st.booleans(),
    "sectors": st.integers(0, 2),
    "trade": st.integers(0, len(TRADE) - 1),
    "link": st.sampled_from("yn"),
    "host": st.sampled_from("yn"),
    "share": st.sampled_from([0.0, 60.0]),
    "confidence": st.sampled_from(["high", "medium", "low"]),
    "projects": st.integers(0, 4),
    "partners": st.integers(0, 2),
    "offers": st.booleans(),
    "has_text": st.booleans(),
    "asked": st.sampled_from([None, "2024-02", "2025-06"]),
    "notice": st.sampled_from([None, None, 2024, 2025]),
}


BLANKS = {
    "is_complete": st.booleans(),
    "heard": blank_or(["2015-05", "2025-05"]),
    "sponsor": blank_or([True, False]),
    "sectors": blank_or([0, 1, 2]),
    "trade": blank_or(range(len(TRADE))),
    "link": blank_or("yn"),
    "host": blank_or("yn"),
    "share": blank_or([0.0, 60.0]),
}


TIES = st.builds(Tie, **(KNOWN | BLANKS))


SMALL = st.lists(TIES, min_size=1, max_size=5)


def recorded(policy: Policy, ties: Mapping[str, Tie]) -> Portfolio:
    """Return the portfolio of these agreements by their ids; every sheet counts as supplied."""
    portfolio = make_portfolio(
        policy,
        *(_agreement(key, tie) for key, tie in ties.items()),
        Profiles=[_profile(key, tie) for key, tie in ties.items()],
        Projects=[_project(key, n) for key, tie in ties.items() for n in range(tie.projects)],
        Partners=[{"partner_id": f"P-{n}", "name": f"Partner {n}"} for n in range(4)],
        Engagements=[row for key, tie in ties.items() for row in _engagements(key, tie)],
        Decisions=[_notice(key, tie.notice) for key, tie in ties.items() if tie.notice],
    )
    return replace(portfolio, supplied=SUPPLIED)


def _agreement(key: str, tie: Tie) -> dict[str, object]:
    confirmed = {True: day("2025-05"), False: day("2019-05"), None: None}[tie.sponsor]
    return agreement(
        key,
        partner=f"City {tie.place}",
        relationship_id=f"R-{tie.place}",
        classification=tie.classification,
        country=tie.country,
        main_purpose=tie.purpose and (tie.purpose,),
        records_complete_to=day("2025-12") if tie.is_complete else None,
        last_contact=tie.heard and day(tie.heard),
        community_sponsor="Circle" if confirmed else None,
        sponsor_confirmed=confirmed,
        text_on_file="y" if tie.has_text else None,
        asked_on=tie.asked and day(tie.asked),
    )


def _notice(key: str, year: int) -> dict[str, object]:
    row = {"subject_id": key, "decision_point": "review", "decision": "On notice"}
    return row | {"year": year}


def _profile(key: str, tie: Tie) -> dict[str, object]:
    return {
        "subject_id": key,
        "sectors_shared": None if tie.sectors is None else SECTORS[: tie.sectors],
        "yearly_trade": None if tie.trade is None else TRADE[tie.trade],
        "historic_link": tie.link,
        "host_community": tie.host,
        "non_city_share": tie.share,
        "confidence": tie.confidence,
        "dated": day("2025-01"),
    }


def _project(key: str, number: int) -> dict[str, object]:
    dates = {"starts": day("2025-03"), "ends": day("2025-04")}
    project = {"project_id": f"J-{key}-{number}", "agreement_id": key, "name": "Visit"}
    return project | dates | {"state": "done"}


def _engagements(key: str, tie: Tie) -> list[dict[str, object]]:
    rows = [
        {"agreement_id": key, "partner_id": f"P-{n}", "role": "deliver", "signed_on": day("2024")}
        for n in range(tie.partners)
    ]
    offer = {"agreement_id": key, "partner_id": "P-3", "role": "could lead"}
    return [*rows, offer | {"willing_on": day("2025-06")}] if tie.offers else rows


def named(ties: Sequence[Tie]) -> dict[str, Tie]:
    """Return agreements by ids that do not follow their order."""
    return {f"A-{(7 * n) % 10}": tie for n, tie in enumerate(ties)}


@pytest.fixture(scope="module")
def facts_of(policy) -> Callable[[Tie], Facts]:
    """Return what gives the facts of one agreement alone; without results, all achieve the same."""
    achieved = results_of(make_portfolio(policy, agreement("A-1")), policy).achievement

    def find(tie: Tie) -> Facts:
        portfolio = recorded(policy, {"A-1": tie})
        classes = reclassify(portfolio, policy, as_of=TODAY)
        return gather_facts(portfolio, policy, classes, achieved, as_of=TODAY)["A-1"]

    return find


def is_rated(facts: Facts, criterion: str) -> bool:
    """Whether a measure is known in each class it is looked at in; a sponsor counts in one only."""
    looked_at = [ratings for ratings in (facts.ratings, facts.ratings_there) if ratings]
    return all(ratings[criterion].value is not None for ratings in looked_at)


def raise_sectors(tie: Tie, _facts: Facts) -> Tie | None:
    return None if tie.sectors in (None, 2) else replace(tie, sectors=tie.sectors + 1)


def raise_trade(tie: Tie, _facts: Facts) -> Tie | None:
    return None if tie.trade in (None, len(TRADE) - 1) else replace(tie, trade=tie.trade + 1)


def raise_projects(tie: Tie, facts: Facts) -> Tie | None:
    return replace(tie, projects=tie.projects + 1) if is_rated(facts, "C4") else None


def raise_partners(tie: Tie, facts: Facts) -> Tie | None:
    can = is_rated(facts, "C6") and tie.partners < 3
    return replace(tie, partners=tie.partners + 1) if can else None


def raise_link(tie: Tie, _facts: Facts) -> Tie | None:
    return replace(tie, link="y") if tie.link == "n" else None


def raise_host(tie: Tie, _facts: Facts) -> Tie | None:
    return replace(tie, host="y") if tie.host == "n" else None


def raise_share(tie: Tie, _facts: Facts) -> Tie | None:
    return replace(tie, share=60.0) if tie.share == 0 else None


def raise_sponsor(tie: Tie, _facts: Facts) -> Tie | None:
    return replace(tie, sponsor=True) if tie.sponsor is False else None


RAISES = (
    raise_sectors, raise_trade, raise_projects, raise_partners, raise_link, raise_host,
    raise_share, raise_sponsor,
)  # fmt: skip


@pytest.mark.parametrize("better", RAISES)
@settings(max_examples=40, **CALM)
@given(tie=TIES)
def test_a_better_measure_never_lowers_a_score(facts_of, better, tie):
    tie = replace(tie, notice=None)  # after a notice, a class not given is the kinder one
    before = facts_of(tie)
    assume(before.judged_as is not None)
    raised = better(tie, before)
    assume(raised is not None)
    after = facts_of(raised)
    pairs = [(after.score, before.score), (after.score_there, before.score_there)]
    for new, old in pairs:
        if old is not None and old.mean is not None:
            assert new.mean >= old.mean
            assert new.low >= old.low
            assert new.high >= old.high


def raise_heard(tie: Tie, _facts: Facts) -> Tie | None:
    return replace(tie, heard="2025-05") if tie.heard != "2025-05" else None


def begin_project(tie: Tie, _facts: Facts) -> Tie | None:
    return replace(tie, projects=tie.projects + 1)


def sign_partner(tie: Tie, _facts: Facts) -> Tie | None:
    return replace(tie, partners=tie.partners + 1) if tie.partners < 3 else None


def confirm_sponsor(tie: Tie, _facts: Facts) -> Tie | None:
    return replace(tie, sponsor=True) if tie.sponsor is not True else None


def complete_records(tie: Tie, _facts: Facts) -> Tie | None:
    return replace(tie, is_complete=True) if not tie.is_complete else None


GOOD_NEWS = (
    raise_sectors, raise_trade, raise_link, raise_host, raise_share, raise_heard, begin_project,
    sign_partner, confirm_sponsor, complete_records,
)  # fmt: skip


@pytest.mark.parametrize("better", GOOD_NEWS)
@settings(max_examples=60, **CALM)
@given(tie=TIES)
def test_a_better_measure_and_good_news_never_make_a_place_worse(facts_of, better, tie):
    raised = better(tie, facts_of(tie))
    assume(raised is not None)
    before, after = (find_bounds(facts_of(one)).place for one in (tie, raised))
    assert after <= before


FILLED = {
    "sectors": [0, 1, 2],
    "trade": range(len(TRADE)),
    "link": "y",
    "host": "yn",
    "share": [0.0, 60.0],
    "sponsor": [True, False],
    "heard": ["2015-05", "2025-05"],
    "is_complete": [True],
}


@st.composite
def ties_and_filled(draw, columns=tuple(FILLED)):
    """Return an agreement with a blank, and the same with the blank filled."""
    tie = draw(TIES)
    blank = [name for name in columns if getattr(tie, name) in (None, False)]
    blank = [name for name in blank if name == "is_complete" or getattr(tie, name) is None]
    assume(blank)
    name = draw(st.sampled_from(blank))
    return tie, replace(tie, **{name: draw(st.sampled_from(list(FILLED[name])))})


@settings(max_examples=150, **CALM)
@given(pair=ties_and_filled())
def test_trap_27_what_is_missing_is_an_interval_that_holds_whatever_it_turns_out_to_be(
    facts_of, pair
):
    before, after = (facts_of(tie) for tie in pair)
    assume(before.judged_as is not None)
    assume(before.judged_as == after.judged_as)  # another class is scored by other weights
    assert before.score.low <= after.score.low
    assert after.score.high <= before.score.high
    if after.score.mean is not None:
        assert before.score.low <= after.score.mean <= before.score.high


def test_trap_27_a_sponsor_not_on_record_leaves_delivery_capacity_missing(facts_of):
    """With complete records and no signed partner, the sponsor alone decides between 0 and 100."""
    tie = Tie(
        "Friendship", 0, "Chad", None, True, "2025-05", None, None, None, "y", "y", None, "high",
        2, 0, False, True, None, None,
    )  # fmt: skip
    before, after = facts_of(tie), facts_of(replace(tie, sponsor=True))
    assert before.score.low <= after.score.mean <= before.score.high


PROFILE = ("sectors", "trade", "link", "host", "share")


@settings(max_examples=100, **CALM)
@given(pair=ties_and_filled(PROFILE))
def test_trap_27_a_decision_that_stands_is_the_same_once_a_blank_of_the_profile_is_filled(
    facts_of, pair
):
    before, after = (facts_of(tie) for tie in pair)
    bounds = find_bounds(before)
    assume(bounds.evidence == Evidence.STANDS and not before.notice_has_run_out)
    assert find_bounds(after).decision == bounds.decision


@settings(max_examples=300, **CALM)
@given(pair=ties_and_filled((*PROFILE, "sponsor", "heard")))
def test_a_blank_never_has_a_better_place_than_whatever_it_turns_out_to_be(facts_of, pair):
    blank, told = (find_bounds(facts_of(tie)).place for tie in pair)
    assert blank >= told


@settings(max_examples=20, **CALM)
@given(ties=st.lists(TIES, min_size=2, max_size=5), place=st.integers(0, 2))
def test_trap_22_an_agreement_is_judged_by_itself(policy, ties, place):
    """Removing a whole relationship changes no other's score, defects, rule or firmness."""
    everyone = named(ties)
    rest = {key: tie for key, tie in everyone.items() if tie.place != place}
    assume(0 < len(rest) < len(everyone))
    found, alone = (results_of(recorded(policy, part), policy) for part in (everyone, rest))
    names = ("decision", "rule", "evidence", "firmness", "share", "defects", "missing")
    assert told(found.review, names, rest) == told(alone.review, names, rest)
    names = ("mean", "low", "high", "known", "fit", "record", "contributions", "left_out")
    scored = alone.scores.keys()
    assert told(found.scores, names, scored) == told(alone.scores, names, scored)
    assert told(found.firmness, ("share",), rest) == told(alone.firmness, ("share",), rest)


def told(table: Table, names: Sequence[str], keys: Iterable[str]) -> dict[str, list[object]]:
    """Return some columns of some rows."""
    return {key: [getattr(table[key], name) for name in names] for key in keys}


@settings(max_examples=20, **CALM)
@given(ties=SMALL, seed=st.integers(0, 10**6))
def test_the_order_of_rows_changes_nothing_but_the_order_of_rows(policy, ties, seed):
    portfolio = recorded(policy, named(ties))
    random = Random(seed)
    shuffled = {kind: random.sample(rows, len(rows)) for kind, rows in portfolio.sheets.items()}
    expected = results_of(portfolio, policy).tables
    found = results_of(replace(portfolio, sheets=shuffled), policy).tables
    for name, table in expected.items():
        assert rows_of(found[name]) == rows_of(table), name


def rows_of(table: Table) -> list[list[list[str]]]:
    """Return the rows of a result in an order of their own, each cell as the words it holds.

    Names and cells are listed in a cell as they follow each other in the workbook.
    """
    names = table.kind.columns()
    return sorted(
        [sorted(re.findall(r"[^\s;:,.()']+", repr(getattr(row, name)))) for name in names]
        for row in table
    )


@settings(max_examples=25, **CALM)
@given(ties=SMALL, caps=st.tuples(st.integers(0, 3), st.integers(0, 3)))
def test_seats_that_simply_stay_never_exceed_a_cap(policy, ties, caps):
    by_class = dict(zip(("Partnership", "Friendship"), caps, strict=True))
    capped = replace(policy, cap=replace(policy.cap, by_class=by_class))
    found = results_of(recorded(capped, named(ties)), capped).seats
    for name, cap in by_class.items():
        seats = [row for row in found if row.decision == "holds" and row.classification == name]
        assert len(seats) <= cap
        assert len({row.relationship for row in seats}) == len(seats)


@settings(max_examples=50, **CALM)
@given(ties=SMALL)
def test_the_points_printed_add_up_to_the_score_printed(policy, ties):
    portfolio = recorded(policy, named(ties))
    for row in results_of(portfolio, policy).scores:
        if row.mean is not None:
            tenths = sum(round(10 * float(part.split()[1])) for part in row.contributions)
            assert f"{tenths / 10:.1f}" == one_decimal(row.mean)


@settings(max_examples=10, **CALM)
@given(ties=SMALL)
def test_assessing_twice_gives_the_same_tables(policy, ties):
    portfolio = recorded(policy, named(ties))
    first, second = (results_of(portfolio, policy).tables for _ in range(2))
    assert list(first) == list(second)
    for name, table in first.items():
        assert table == second[name], name


def test_every_field_of_an_agreement_is_varied():
    assert set(KNOWN) == {field.name for field in fields(Tie)}
    assert set(BLANKS) <= set(KNOWN)
