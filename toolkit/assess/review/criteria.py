"""How an agreement stands by the decision criteria, on fixed scales from 0 to 100.

Source: domain, section 3. Scales come from the policy and never from the current set, so that no
agreement's rating depends on another's.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from toolkit.assess.record.activity import activity_window, count_active, known_by, market_score
from toolkit.assess.record.conditions import sponsor_confirmed
from toolkit.assess.record.evidence import records_complete
from toolkit.assess.record.results import grouped
from toolkit.model.policy import Criterion, Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.rows import Row
from toolkit.model.sheets import Agreement, Engagement, PeriodResult, Profile, Project
from toolkit.model.vocabulary import Family, Finding

SHEET_OF: Mapping[str, type[Row]] = {"C4": Project, "C5": PeriodResult, "C6": Engagement}
HALF_OF_COST = 50


@dataclass(frozen=True)
class Rating:
    """One criterion: its value 0-100 of what is known, how much of it is known, its cells.

    `confidence` is that of the Profile it comes from, `None` for a value of the records.
    """

    value: float | None
    known: float
    cells: str = ""
    confidence: str | None = None

    @property
    def ends(self) -> tuple[float, float]:
        """The value with what is missing at 0, and at 100."""
        known = (self.value or 0.0) * self.known
        return known, known + 100 * (1 - self.known)


MISSING = Rating(None, 0.0)


@dataclass(frozen=True)
class Sources:
    """What the ratings look at, gathered once from a portfolio."""

    portfolio: Portfolio
    policy: Policy
    as_of: date
    profiles: Mapping[str, tuple]
    projects: Mapping[str, Sequence[tuple]]
    engagements: Mapping[str, Sequence[tuple]]
    achievement: Mapping[str, float | None]


def gather_sources(
    portfolio: Portfolio, policy: Policy, achievement: pd.Series, *, as_of: date
) -> Sources:
    """Return the sources of the ratings; `achievement` is each agreement's share (section 6)."""
    return Sources(
        portfolio,
        policy,
        as_of,
        _latest_profiles(portfolio, as_of),
        grouped(portfolio.rows(Project), "agreement_id"),
        grouped(portfolio.rows(Engagement), "agreement_id"),
        achievement.to_dict(),
    )


def _latest_profiles(portfolio: Portfolio, as_of: date) -> Mapping[str, tuple]:
    """Return the latest profile of each subject that is dated by `as_of`; undated ones first."""
    known = [r for r in portfolio.rows(Profile) if not r.dated or known_by(r.dated, as_of)]
    ordered = sorted(known, key=lambda r: (r.dated.first if r.dated else date.min, r.place.number))
    return {row.subject_id: row for row in ordered}


def rate_agreement(agreement: Agreement, family: Family, sources: Sources) -> dict[str, Rating]:
    """Return the rating of each criterion whose sheet is supplied."""
    rate = {
        "C1": _market,
        "C2": _sectors,
        "C3": _ties,
        "C4": _activity,
        "C5": _results,
        "C6": _capacity,
        "C7": _community,
    }
    scales = {c.id: _scale(c, family) for c in sources.policy.criteria}
    return {
        key: rate[key](agreement, scales[key], family, sources)
        for key in rate
        if key not in SHEET_OF or sources.portfolio.has(SHEET_OF[key])
    }


def _scale(criterion: Criterion, family: Family) -> tuple[float, ...]:
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
    cells = a.cells("country")
    return Rating(float(market_score(a, s.policy)), 1.0, cells)


def _profile_cell(profile: Profile, column: str, s: Sources) -> str:
    return profile.cell(column)


def _confidence(profile: Profile) -> str:
    """Return how sure a profile is; one that does not say is taken as unsure."""
    return profile.confidence or "low"


def _sectors(a: Agreement, scale: Sequence[float], _family: Family, s: Sources) -> Rating:
    profile = s.profiles.get(a.agreement_id)
    if profile is None or profile.sectors_shared is None:
        return MISSING
    priority = {name.casefold() for name in s.policy.sectors.names}
    shared = {sector.casefold() for sector in profile.sectors_shared} & priority
    cells = _profile_cell(profile, "sectors_shared", s)
    return Rating(on_scale(len(shared), scale), 1.0, cells, _confidence(profile))


def _ties(a: Agreement, scale: Sequence[float], _family: Family, s: Sources) -> Rating:
    profile = s.profiles.get(a.agreement_id)
    if profile is None or profile.yearly_trade is None:
        return MISSING
    cells = _profile_cell(profile, "yearly_trade", s)
    if profile.yearly_trade <= 0:
        return Rating(0.0, 1.0, cells, _confidence(profile))
    logs = [math.log(point) for point in scale]
    value = on_scale(math.log(profile.yearly_trade), logs)
    return Rating(value, 1.0, cells, _confidence(profile))


def _activity(a: Agreement, scale: Sequence[float], _family: Family, s: Sources) -> Rating:
    projects = s.projects.get(a.agreement_id, ())
    window = activity_window(s.policy, as_of=s.as_of, country=a.country)
    count = count_active(projects, window)
    if not count and not records_complete(a, s.policy, as_of=s.as_of):
        return MISSING
    cells = "; ".join(p.cell("state") for p in projects)
    return Rating(on_scale(count, scale), 1.0, cells)


def _results(a: Agreement, scale: Sequence[float], _family: Family, s: Sources) -> Rating:
    achieved = s.achievement.get(a.agreement_id)
    return MISSING if achieved is None else Rating(on_scale(100 * achieved, scale), 1.0)


def _capacity(a: Agreement, scale: Sequence[float], family: Family, s: Sources) -> Rating:
    """Count partners with a signed role; a Friendship's confirmed sponsor counts as one."""
    rows = s.engagements.get(a.agreement_id, ())
    signed = {row.partner_id for row in rows if known_by(row.signed_on, s.as_of)}
    count = len(signed)
    sponsor = sponsor_confirmed(a, s.policy, as_of=s.as_of)
    counts = family == Family.COMMUNITY
    count += counts and sponsor == Finding.MET
    may_count = counts and sponsor == Finding.NOT_ON_RECORD
    if not count and (may_count or not records_complete(a, s.policy, as_of=s.as_of)):
        return MISSING
    value = on_scale(count, scale)
    met = [row.duty_met for row in rows if row.duty_met in ("y", "n")]
    thresholds = s.policy.thresholds
    if met and 100 * met.count("y") / len(met) < thresholds.duties_met:
        value = min(value, thresholds.duties_cap)
    cells = "; ".join(r.cell("signed_on") for r in rows)
    return Rating(value, 1.0, cells)


def _community(a: Agreement, _scale: Sequence[float], _family: Family, s: Sources) -> Rating:
    """Return 25 for each of four quarters; the value is that of the known quarters."""
    profile = s.profiles.get(a.agreement_id)
    quarters = (
        _link(a, profile, s),
        _as_truth(sponsor_confirmed(a, s.policy, as_of=s.as_of)),
        _yes(profile.host_community if profile else None),
        _shared_cost(profile),
    )
    known = [quarter for quarter in quarters if quarter is not None]
    value = 100 * sum(known) / len(known) if known else None
    cells = [a.cells("last_contact", "sponsor_confirmed")]
    if profile is not None:
        columns = ("historic_link", "host_community", "non_city_share")
        cells.append(profile.cells(*columns))
    confidence = _confidence(profile) if profile is not None else None
    return Rating(value, len(known) / len(quarters), "; ".join(filter(None, cells)), confidence)


def _link(a: Agreement, profile: Profile | None, s: Sources) -> bool | None:
    """Whether there is a historic link or unbroken contact; unknown where either may be."""
    if profile is not None and profile.historic_link == "y":
        return True
    contact = known_by(a.last_contact, s.as_of)
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
