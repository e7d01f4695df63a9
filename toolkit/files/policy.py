"""How a policy file is read: what each of its keys holds, and what the whole must fulfil."""

import hashlib
import re
import types
from collections import Counter
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path

from toolkit.files.country_hints import describe_country
from toolkit.files.declared import (
    BadValueError,
    as_list,
    convert,
    get_value,
    make_record,
    make_settings,
    numbers_of,
    read_toml,
    refuse_unknown,
)
from toolkit.files.editions import of_this_edition
from toolkit.files.lexicon import LEXICON_FILE, read_lexicon
from toolkit.model import policy as model
from toolkit.model.countries import find_country
from toolkit.model.issues import InputError
from toolkit.model.lexicon import Lexicon
from toolkit.model.sheets import BY_NAME
from toolkit.model.spelling import plain_name
from toolkit.model.vocabulary import Purpose

ONE = {  # key in the file -> what it holds, and how the policy calls it
    "programme": model.Programme,
    "cap": model.Cap,
    "money": model.Money,
    "evidence": model.EvidenceSettings,
    "framework": model.Framework,
    "council_terms": model.CouncilTerms,
    "markets": model.Markets,
    "sectors": model.Sectors,
    "activities": model.Names,
    "staff_day_rate": model.Yearly,
    "price_index": model.Yearly,
}
MANY = {
    "class": ("classes", model.AgreementClass),
    "band": ("bands", model.Band),
    "criterion": ("criteria", model.Criterion),
    "objective_type": ("objective_types", model.ObjectiveType),
    "goal": ("goals", model.Goal),
    "excluded_period": ("excluded_periods", model.ExcludedPeriod),
}
SETTINGS = {
    "periods": model.Periods,
    "counts": model.Counts,
    "thresholds": model.Thresholds,
    "firmness": model.Firmness,
    "resources": model.Resources,
}
OPTIONAL = {"money", "evidence", "adopted"}
KEYS = {"edition", "dated", "adopted", "purpose_weights", *ONE, *MANY, *SETTINGS}


def read_policy(path: Path, lexicon: Path = LEXICON_FILE) -> model.Policy:
    """Return the policy in a TOML file, with the lexicon for stated objectives beside it.

    Raises
    ------
    InputError
        A file cannot be read, or a key is missing, unknown, without source or rationale,
        or holds a value that cannot be; the message names the file and the key.
    """
    data, content = read_toml(path, "policy file")
    words = read_lexicon(lexicon)
    try:
        return build_policy(data, path.name, hashlib.sha256(content).hexdigest(), words)
    except BadValueError as error:
        raise InputError(f"{path.name}: {error}") from None


def build_policy(
    data: Mapping[str, object], file_name: str, sha256: str, lexicon: Lexicon
) -> model.Policy:
    """Return the frozen policy from the parsed file; the first mistake is raised."""
    data = of_this_edition(data)
    refuse_unknown(data, KEYS, "")
    for key in sorted(KEYS - set(MANY) - OPTIONAL):
        get_value(data, key, "")
    reasons: dict[str, str] = {}
    parts: dict[str, object] = {}
    for key, kind in ONE.items():
        if key in data:
            parts[key] = make_record(kind, data[key], key, reasons)
    for key, (name, kind) in MANY.items():
        rows = enumerate(as_list(data.get(key, []), key), start=1)
        parts[name] = tuple(make_record(kind, row, f"{key} {i}", reasons) for i, row in rows)
    for key, kind in SETTINGS.items():
        parts[key] = make_settings(kind, data[key], key, reasons)
    weights = numbers_of(data["purpose_weights"], "purpose_weights", reasons)
    policy = model.Policy(
        file_name=file_name,
        sha256=sha256,
        edition=convert(data["edition"], str, "edition"),
        dated=convert(data["dated"], date, "dated"),
        adopted=convert(data["adopted"], date, "adopted") if "adopted" in data else None,
        purpose_weights=_purposes(weights),
        wording=lexicon,
        reasons=types.MappingProxyType(reasons),
        **parts,
    )
    _check_whole(policy)
    return policy


def _purposes(weights: Mapping[str, float]) -> Mapping[Purpose, float]:
    refuse_unknown(weights, set(Purpose), "purpose_weights.")
    for purpose in Purpose:
        if not 0 <= get_value(weights, purpose, "purpose_weights.") <= 1:
            raise BadValueError(f"purpose_weights.{purpose}: a weight is from 0 to 1.")
    return {purpose: weights[purpose] for purpose in Purpose}


def _check_whole(policy: model.Policy) -> None:
    """Check what one key alone cannot show: sums, references, order and overlaps."""
    criteria = {criterion.id for criterion in policy.criteria}
    names = [c.name for c in policy.classes]
    if not names:
        raise BadValueError("class: at least one class is needed.")
    for i, cls in enumerate(policy.classes, start=1):
        refuse_unknown(cls.weights, criteria, f"class {i}.weights.")
        total = round(sum(cls.weights.values()), 9)
        if total != 100:
            raise BadValueError(
                f"class {i}.weights: the weights of {cls.name} sum to {total:g}, not to 100."
            )
    _check_words(policy)
    for i, band in enumerate(policy.bands, start=1):
        if band.agreement_class not in names:
            raise BadValueError(f'band {i}.agreement_class: there is no "{band.agreement_class}".')
        if not band.lower <= band.upper <= 1:
            raise BadValueError(
                f"band {i}: lower and upper are shares from 0 to 1, the smaller first."
            )
    ordered = sorted(policy.bands, key=lambda band: band.lower)
    for left, right in pairwise(ordered):
        if right.lower <= left.upper:
            names = f"{left.agreement_class} and {right.agreement_class}"
            raise BadValueError(f"band: {names} overlap at {right.lower:g}.")
    if list(policy.council_terms.starts) != sorted(policy.council_terms.starts):
        raise BadValueError("council_terms.starts: the dates are not in order.")
    for key, by_class in (("cap", policy.cap.by_class), ("money", policy.money.by_class)):
        for name in by_class or {}:
            if name not in names:
                raise BadValueError(f'{key}.by_class: there is no class "{name}".')
    shares = round(sum((policy.money.by_class or {}).values()), 9)
    if policy.money.by_class is not None and shares != 100:
        raise BadValueError(f"money.by_class: the shares sum to {shares:g}, not to 100.")
    for name in policy.evidence.counted or ():
        if name not in BY_NAME:
            raise BadValueError(f'evidence.counted: there is no sheet "{name}".')
    _check_rows(policy)
    _check_places(policy)
    _check_sectors(policy)
    try:
        policy.year_end(2001)
    except ValueError:
        raise BadValueError(
            "programme.fiscal_year_end: write month and day, such as 12-31."
        ) from None


def _check_rows(policy: model.Policy) -> None:
    """Check ids, excluded periods and yearly amounts, each row by itself."""
    for key, rows in (("criterion", policy.criteria), ("goal", policy.goals)):
        for name, number in Counter(row.id for row in rows).items():
            if number > 1:
                raise BadValueError(f'{key}: the id "{name}" is there {number} times.')
    goals = {goal.id for goal in policy.goals}
    for i, criterion in enumerate(policy.criteria, start=1):
        for name in criterion.goals:
            if name not in goals:
                raise BadValueError(f'criterion {i}.goals: there is no goal "{name}".')
    _check_scales(policy)
    _check_numbers(policy)
    for i, period in enumerate(policy.excluded_periods, start=1):
        if period.ends < period.starts:
            raise BadValueError(f"excluded_period {i}: ends is before starts.")
    for key in ("staff_day_rate", "price_index"):
        for year in getattr(policy, key).values:
            if not re.fullmatch(r"\d{4}", year):
                raise BadValueError(f'{key}.values.{year}: "{year}" is not a year such as 2018.')


def _check_words(policy: model.Policy) -> None:
    seen: set[str] = {"unknown"}
    words = [word for cls in policy.classes for word in (cls.name, *cls.formerly)]
    for word in [*words, *policy.framework.outside]:
        if word.casefold() in seen:
            raise BadValueError(f'class: the word "{word}" would be read in two ways.')
        seen.add(word.casefold())


def _check_places(policy: model.Policy) -> None:
    """Check that each country is one that is known, and that no market is there twice."""
    markets = policy.markets
    seen: dict[str, str] = {}
    for tier in ("tier_1", "tier_2"):
        for name in getattr(markets, tier):
            if name not in markets.metros:
                more = " A city or metro stands in markets.metros as well."
                _check_country(name, f"markets.{tier}", more)
            first = seen.setdefault(find_country(name).key, name)
            if first is not name:
                raise BadValueError(f'markets.{tier}: "{name}" and "{first}" are one market.')
    for name in markets.metros:
        if name not in (*markets.tier_1, *markets.tier_2):
            raise BadValueError(f'markets.metros: "{name}" is in neither tier_1 nor tier_2.')
    for i, period in enumerate(policy.excluded_periods, start=1):
        for name in period.countries:
            _check_country(name, f"excluded_period {i}.countries")


def _check_country(name: str, key: str, more: str = "") -> None:
    """Refuse a name that is no country, or could be one of two."""
    country = find_country(name)
    if len(country.codes) != 1:
        raise BadValueError(f"{key}: {describe_country(country)}{more}")


def _check_sectors(policy: model.Policy) -> None:
    """Check that aliases stand for a sector that is listed, and no word for two."""
    sectors = policy.sectors
    listed = (*sectors.names, *sectors.other)
    for name in sectors.aliases or {}:
        if name not in listed:
            raise BadValueError(
                f'sectors.aliases.{name}: "{name}" is in neither sectors.names nor sectors.other.'
            )
    words = [(word, word) for word in listed]
    words += [(word, name) for name, held in (sectors.aliases or {}).items() for word in held]
    meant: dict[str, str] = {}
    for word, name in words:
        if meant.setdefault(plain_name(word), name) != name:
            raise BadValueError(f'sectors: the word "{word}" would be read in two ways.')


MEASURED = {"C1", "C2", "C3", "C4", "C5", "C6", "C7"}  # what the toolkit has a measure for


def _check_scales(policy: model.Policy) -> None:
    """Check that each criterion can be measured and its scale rises over three points."""
    found = {criterion.id for criterion in policy.criteria}
    for name in sorted(MEASURED ^ found):
        what = "is missing" if name in MEASURED else "has no measure in the toolkit"
        raise BadValueError(f'criterion: "{name}" {what}. The ids are C1 to C7.')
    for i, criterion in enumerate(policy.criteria, start=1):
        for key in ("economic", "community"):
            scale = getattr(criterion, key)
            if len(scale) != 3 or list(scale) != sorted(set(scale)):
                raise BadValueError(
                    f"criterion {i}.{key}: three rising values are needed, for 0, 50 and 100."
                )
        if criterion.id == "C3" and min(*criterion.economic, *criterion.community) <= 0:
            raise BadValueError(f"criterion {i}: trade is on a log scale; its values are above 0.")


def _check_numbers(policy: model.Policy) -> None:
    """Check the settings that only make sense within bounds."""
    bounds = {
        "firmness.draws": (1, 1_000_000),
        "firmness.weight_spread": (0, 99),
        "thresholds.firm_share": (0, 100),
        "thresholds.known_weight": (0, 100),
        "resources.equal_sets": (1, 1000),
    }
    for key, (least, most) in bounds.items():
        table, name = key.split(".")
        value = getattr(getattr(policy, table), name)
        if not least <= value <= most:
            raise BadValueError(f"{key}: {value:g} should be from {least} to {most}.")
    for name, months in vars(policy.periods).items():
        if months > 1200:
            raise BadValueError(f"periods.{name}: {months} should be 1200 or less.")
    for name in ("prioritised_per_year", "agreement_term_years"):
        if min(getattr(policy.counts, name)) < 1:
            raise BadValueError(f"counts.{name}: both values are 1 or more.")
    if any(value <= 0 for value in policy.price_index.values.values()):
        raise BadValueError("price_index.values: an index is above 0.")
    own, total = policy.cap.by_class or {}, policy.cap.total
    if total is not None and sum(own.values()) > total:
        raise BadValueError(
            f"cap.by_class: the seats of the classes sum to {sum(own.values())}, more than "
            f"cap.total, {total}."
        )
