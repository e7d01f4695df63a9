"""Which priority a market has: the tier of a country or metro, matched by code (criterion C1)."""

from collections.abc import Iterable
from functools import cache

from toolkit.model.countries import countries_in, country_key, find_country, several
from toolkit.model.policy import Policy
from toolkit.model.sheets import Agreement
from toolkit.model.spelling import plain_name

TIER_1, TIER_2, NO_TIER = 100, 50, 0
Ends = tuple[int, int]


def market_score(agreement: Agreement, policy: Policy) -> int | None:
    """Return criterion C1: 100 for a tier 1 country or metro, 50 for tier 2, else 0.

    `None` where it is not known: the policy lists no markets, or no list knows the country.
    """
    low, high = market_ends(agreement, policy)
    return low if low == high else None


def market_ends(agreement: Agreement, policy: Policy) -> Ends:
    """Return criterion C1 with what is not known at its worst and at its best.

    A pact with several countries has the market that counts most.
    """
    return ends_of_places(agreement.country, (agreement.city, agreement.partner), policy)


def ends_of_places(country: str | None, metros: Iterable[str | None], policy: Policy) -> Ends:
    """Return the score of the best of some places, at its worst and at its best."""
    if not policy.markets.are_listed:
        return NO_TIER, TIER_1
    tiers = (_keys(policy.markets.tier_1), _keys(policy.markets.tier_2))
    found = [_score(plain_name(name), tiers) for cell in metros for name in several(cell)]
    ends = [(score, score) for score in found]
    for named in countries_in(country):
        scores = [_score(code, tiers) for code in named.codes]
        known = _score(plain_name(named.typed), tiers)
        scores = scores or ([known] if known else [NO_TIER, TIER_1])
        ends.append((min(scores), max(scores)))
    lows, highs = zip(*ends or [(NO_TIER, NO_TIER)], strict=True)
    return max(lows), max(highs)


def shares_country(country: str | None, names: Iterable[str]) -> bool:
    """Whether a cell with countries names one of these, by whatever name."""
    codes = {found.codes for found in countries_in(country) if len(found.codes) == 1}
    return country_key(country) in {country_key(name) for name in names} or not codes.isdisjoint(
        find_country(name).codes for name in names
    )


def _score(key: str, tiers: tuple[frozenset[str], frozenset[str]]) -> int:
    return TIER_1 if key in tiers[0] else TIER_2 if key in tiers[1] else NO_TIER


@cache
def _keys(names: tuple[str, ...]) -> frozenset[str]:
    """Return the markets of a tier by what is compared: the code of a country, else its name."""
    return frozenset(find_country(name).key for name in names)
