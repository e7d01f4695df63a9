"""How an agreement stands by the decision criteria, and what that weighs: scores from 0 to 100.

Source: domain, section 3. Scales come from the policy and never from the current set, so that no
agreement's rating depends on another's. The score is a plain weighted sum, so that anyone can do
it again by hand. It is long because each criterion is rated in its own way.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from toolkit.assess.record.activity import activity_window, count_active
from toolkit.assess.record.conditions import sponsor_confirmed
from toolkit.assess.record.counted import Counted
from toolkit.assess.record.evidence import latest_profile, records_complete
from toolkit.assess.record.markets import market_ends
from toolkit.assess.year.evaluation import AgreementReached
from toolkit.model.policy import Criterion, Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.rows import Row, joined, runs
from toolkit.model.sheets import Agreement, Engagement, PeriodResult, Profile, Project
from toolkit.model.text import NOISE, tenths
from toolkit.model.vocabulary import Family, Finding

SHEET_OF: Mapping[str, type[Row]] = {
    "C2": Profile,
    "C3": Profile,
    "C4": Project,
    "C5": PeriodResult,
    "C6": Engagement,
}
FIT = ("C1", "C2", "C3", "C7")
HALF_OF_COST = 50
QUARTERS = 4
UNMET = 0.5  # what a signed partner counts whose duty was not met


@dataclass(frozen=True)
class Rating:
    """One criterion: its value 0-100 of what is known, how much of it is known, its cells.

    Attributes
    ----------
    confidence
        That of the Profile it comes from, `None` for a value of the records.
    between
        Its ends, where what is missing is not simply at 0 and at 100.
    share
        How much of its weight the sheets that count can fill.
    """

    value: float | None
    known: float
    cells: str = ""
    confidence: str | None = None
    between: tuple[float, float] | None = None
    share: float = 1.0

    @property
    def ends(self) -> tuple[float, float]:
        """The value with what is missing at its worst, and at its best."""
        if self.between is not None:
            return self.between
        known = (self.value or 0.0) * self.known
        return known, known + 100 * (1 - self.known)

    @property
    def is_settled(self) -> bool:
        """Whether nothing that is missing could move it."""
        low, high = self.ends
        return low == high

    def settled_at(self, value: float) -> "Rating":
        """Return the rating with all that is missing known, and this value."""
        return replace(self, value=value, known=1.0, between=None)


MISSING = Rating(None, 0.0)


@dataclass(frozen=True)
class Sources:
    """What is looked at: the record on one day, and what was worked out from it before.

    Attributes
    ----------
    reached
        What each agreement reached (criterion C5), and how SMART its objectives are.
    counted
        The sheets that count; what rests on another is left out for all.
    """

    portfolio: Portfolio
    policy: Policy
    as_of: date
    reached: Mapping[str, AgreementReached]
    counted: Counted

    def counts(self, *kinds: type[Row]) -> bool:
        """Whether every one of these sheets counts."""
        return self.counted.issuperset(kinds)


def rate_agreement(agreement: Agreement, family: Family, sources: Sources) -> dict[str, Rating]:
    """Return the rating of each criterion whose sheet counts."""
    rate = {
        "C1": _market,
        "C2": _sectors,
        "C3": _ties,
        "C4": _activity,
        "C5": _results,
        "C6": _capacity,
        "C7": _community,
    }
    scales = {c.id: scale_of(c, family) for c in sources.policy.criteria}
    return {
        key: rate[key](agreement, scales[key], family, sources)
        for key in rate
        if key not in SHEET_OF or sources.counts(SHEET_OF[key])
    }


def scale_of(criterion: Criterion, family: Family) -> tuple[float, ...]:
    """Return the three points of a criterion that score 0, 50 and 100."""
    return criterion.economic if family == Family.ECONOMIC else criterion.community


def on_scale(value: float, scale: Sequence[float]) -> float:
    """Return a value on a scale whose three points score 0, 50 and 100.

    >>> on_scale(1, (0, 2, 4)), on_scale(9, (0, 2, 4)), on_scale(-1, (0, 2, 4))
    (25.0, 100.0, 0.0)
    """
    low, middle, high = scale
    if value <= low:
        return 0.0
    if value >= high:
        return 100.0
    if value <= middle:
        return 50 * (value - low) / (middle - low)
    return 50 + 50 * (value - middle) / (high - middle)


def _market(a: Agreement, _scale: Sequence[float], _family: Family, s: Sources) -> Rating:
    """Rate the best market; a country that no list knows is missing, one of two may be either."""
    low, high = market_ends(a, s.policy)
    if not s.policy.markets.are_listed:
        return MISSING
    value, known = (float(low), 1.0) if low == high else (None, 0.0)
    return Rating(value, known, a.cells("country"), between=(low, high))


def _confidence(profile: Profile) -> str:
    """Return how sure a profile is; one that does not say is taken as unsure."""
    return profile.confidence or "low"


def _sectors(a: Agreement, scale: Sequence[float], _family: Family, s: Sources) -> Rating:
    profile = latest_profile(a, s.portfolio)
    if profile is None or profile.sectors_shared is None:
        return MISSING
    rating = rate_sectors(profile.sectors_shared, scale, s.policy)
    confidence = _confidence(profile) if rating.known else None
    return replace(rating, cells=profile.cell("sectors_shared"), confidence=confidence)


def rate_sectors(words: Sequence[str], scale: Sequence[float], policy: Policy) -> Rating:
    """Rate how many of some sectors are of priority; a word of no list may be one or none."""
    found = {word: policy.sectors.find(word) for word in words}
    shared = set(found.values()) & set(policy.sectors.names)
    unknown = [word for word, name in found.items() if name is None]
    low, high = on_scale(len(shared), scale), on_scale(len(shared) + len(unknown), scale)
    if not policy.sectors.names or (unknown and len(unknown) == len(found)):
        return MISSING
    if low == high:
        return Rating(low, 1.0)
    if not shared:
        return Rating(None, 0.0, between=(low, high))
    return Rating(low, 1 - len(unknown) / len(found), between=(low, high))


def _ties(a: Agreement, scale: Sequence[float], _family: Family, s: Sources) -> Rating:
    profile = latest_profile(a, s.portfolio)
    if profile is None or profile.yearly_trade is None:
        return MISSING
    cells = profile.cell("yearly_trade")
    if profile.yearly_trade <= 0:
        return Rating(0.0, 1.0, cells, _confidence(profile))
    logs = [math.log(point) for point in scale]
    value = on_scale(math.log(profile.yearly_trade), logs)
    return Rating(value, 1.0, cells, _confidence(profile))


def _activity(a: Agreement, scale: Sequence[float], _family: Family, s: Sources) -> Rating:
    projects = s.portfolio.of(a, Project)
    window = activity_window(s.policy, as_of=s.as_of, country=a.country)
    count = count_active(projects, window)
    if not count and not records_complete(a, s.policy, as_of=s.as_of):
        return MISSING
    return Rating(on_scale(count, scale), 1.0, joined(runs(projects, "state")))


def _results(a: Agreement, scale: Sequence[float], _family: Family, s: Sources) -> Rating:
    found = s.reached.get(a.agreement_id)
    if found is None:
        return MISSING
    low, high = (on_scale(100 * end, scale) for end in (found.rated_low, found.rated_high))
    value = None if found.rated is None else on_scale(100 * found.rated, scale)
    return Rating(value, found.rated_known, found.cells, between=(low, high))


def _capacity(a: Agreement, scale: Sequence[float], family: Family, s: Sources) -> Rating:
    """Count partners with a signed role; a Friendship's confirmed sponsor counts as one."""
    rows = [row for row in s.portfolio.of(a, Engagement) if row.signed_on]
    sponsor = sponsor_confirmed(a, s.policy, as_of=s.as_of)
    counts = family == Family.COMMUNITY
    may_count = counts and sponsor == Finding.NOT_ON_RECORD
    sponsors = counts and sponsor == Finding.MET
    is_open = may_count or not records_complete(a, s.policy, as_of=s.as_of)
    if not rows and not sponsors and is_open:
        return MISSING
    least, most = (sponsors + sum(_deliver(rows, open_as=end)) for end in (UNMET, 1.0))
    cells = joined([*runs(rows, "signed_on"), *runs(rows, "duty_met")])
    low, high = on_scale(least, scale), on_scale(most, scale)
    return Rating(high, 1.0, cells, between=(low, high))


def _deliver(rows: Sequence[Engagement], *, open_as: float) -> Iterator[float]:
    """Yield what each partner counts: less where a duty was not met; where blank, `open_as`."""
    duties: dict[str, set[str | None]] = defaultdict(set)
    for row in rows:
        duties[row.partner_id].add(row.duty_met)
    for met in duties.values():
        yield UNMET if "n" in met else open_as if None in met else 1.0


def _community(a: Agreement, _scale: Sequence[float], _family: Family, s: Sources) -> Rating:
    """Return 25 for each of four quarters; the value is that of the known quarters.

    Where profiles do not count, the two quarters that only they can fill are left out.
    """
    profile = latest_profile(a, s.portfolio) if s.counts(Profile) else None
    quarters = [_link(a, profile, s), _as_truth(sponsor_confirmed(a, s.policy, as_of=s.as_of))]
    if s.counts(Profile):
        community = profile.host_community if profile else None
        quarters += [_yes(community), _shared_cost(profile)]
    known = [quarter for quarter in quarters if quarter is not None]
    value = 100 * sum(known) / len(known) if known else None
    cells = [a.cells("last_contact", "sponsor_confirmed")]
    if profile is not None:
        columns = ("historic_link", "host_community", "non_city_share")
        cells.append(profile.cells(*columns))
    confidence = _confidence(profile) if profile is not None else None
    share = len(quarters) / QUARTERS
    return Rating(value, len(known) / len(quarters), joined(cells), confidence, share=share)


def _link(a: Agreement, profile: Profile | None, s: Sources) -> bool | None:
    """Whether there is a historic link or unbroken contact; unknown where either may be."""
    if profile is not None and profile.historic_link == "y":
        return True
    contact = a.last_contact
    window = activity_window(s.policy, as_of=s.as_of, country=a.country)
    if contact and contact.last >= window.first:
        return True
    no_link = profile is not None and profile.historic_link == "n"
    return False if no_link and contact else None


def _yes(word: str | None) -> bool | None:
    return None if word is None else word == "y"


def _as_truth(finding: Finding) -> bool | None:
    return None if finding == Finding.NOT_ON_RECORD else finding == Finding.MET


def _shared_cost(profile: Profile | None) -> bool | None:
    if profile is None or profile.non_city_share is None:
        return None
    return profile.non_city_share >= HALF_OF_COST


@dataclass(frozen=True)
class Score:
    """The weighted score of one agreement as a member of one class.

    `mean` rests on what is known, `low` and `high` on what is missing at 0 and at 100; `known` is
    the share of the class's full weight that is known, in per cent; `contributions` are the points
    of the mean by criterion.
    """

    mean: float | None
    low: float
    high: float
    known: float
    contributions: Mapping[str, float]
    left_out: tuple[str, ...]

    @property
    def points(self) -> float:
        """The mean as a number to compare by; 0 where nothing is known."""
        return self.mean or 0.0


UNKNOWN = Score(None, 0.0, 100.0, 0.0, {}, ())  # there is no class to be judged by


def weigh(ratings: Mapping[str, Rating], weights: Mapping[str, float]) -> Score:
    """Return the weighted score; criteria without rating are left out and weights rescaled."""
    used = {key: w * ratings[key].share for key, w in weights.items() if key in ratings and w}
    known = {key: weight * ratings[key].known for key, weight in used.items()}
    total, full = sum(known.values()), sum(used.values())
    parts = {
        key: known[key] * (ratings[key].value or 0.0) / total
        for key in used
        if known[key] and total
    }
    low, high = (
        sum(used[key] * ratings[key].ends[end] for key in used) / full if full else end * 100.0
        for end in (0, 1)
    )
    return Score(
        mean=round(sum(parts.values()), 9) if parts else None,
        low=round(low, 9),
        high=round(high, 9),
        known=round(100 * total / sum(weights.values()), 9),
        contributions=parts,
        left_out=tuple(key for key, weight in weights.items() if weight and key not in ratings),
    )


def sub_score(
    ratings: Mapping[str, Rating], weights: Mapping[str, float], *, fit: bool
) -> float | None:
    """Return the score of fit (right partner) or of record (delivering) alone."""
    part = weigh_part(ratings, weights, fit=fit)
    return part.mean if part else None


def weigh_part(
    ratings: Mapping[str, Rating], weights: Mapping[str, float], *, fit: bool
) -> Score | None:
    """Return the score of one part, with its ends; nothing where no criterion of it is rated."""
    part = {key: w for key, w in weights.items() if w and (key in FIT) == fit}
    return weigh(ratings, part) if part.keys() & ratings.keys() else None


def is_scored(score: Score, policy: Policy) -> bool:
    """Whether at least half of the full weight of a class is known."""
    return score.mean is not None and score.known >= policy.thresholds.known_weight


def printed_points(score: Score) -> dict[str, float]:
    """Return the points by criterion to one decimal, such that they add up to the printed mean.

    What rounding leaves over goes to the largest remainders, the order of the criteria on a tie.
    """
    exact = {key: 10 * points for key, points in score.contributions.items()}
    whole = {key: int(value + NOISE) for key, value in exact.items()}
    left = tenths(score.points) - sum(whole.values())
    by_remainder = sorted(exact, key=lambda key: (-round(exact[key] - whole[key], 9), key))
    return {key: (whole[key] + (key in by_remainder[:left])) / 10 for key in exact}
