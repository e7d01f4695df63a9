"""How a policy file is read, and how a mistake in it is told: file, key, what would be right."""

import hashlib
import math
import re
import tomllib
import types
from collections import Counter
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import get_args, get_origin, get_type_hints

from toolkit.model import policy as model
from toolkit.model.issues import InputError
from toolkit.model.vocabulary import Purpose

ONE = {  # key in the file -> what it holds, and how the policy calls it
    "programme": model.Programme,
    "cap": model.Cap,
    "money": model.Money,
    "framework": model.Framework,
    "council_terms": model.CouncilTerms,
    "markets": model.Markets,
    "sectors": model.Names,
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
    "repair": ("repairs", model.SingleRepair),
}
SETTINGS = {
    "periods": model.Periods,
    "counts": model.Counts,
    "thresholds": model.Thresholds,
    "firmness": model.Firmness,
    "resources": model.Resources,
}
OPTIONAL = {"money"}
KEYS = {"edition", "dated", "purpose_weights", *ONE, *MANY, *SETTINGS}


def read_policy(path: Path) -> model.Policy:
    """Return the policy in a TOML file.

    Raises
    ------
    InputError
        The file cannot be read, or a key is missing, unknown, without source or rationale,
        or holds a value that cannot be; the message names the file and the key.
    """
    try:
        content = path.read_bytes()
        data = tomllib.loads(content.decode("utf-8"))
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such policy file.") from None
    except OSError as error:
        raise InputError(f"{path}: the file cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: the file is not in UTF-8. Save it as UTF-8 text.") from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: this is not a policy file in TOML: {error}.") from None
    try:
        return build_policy(data, path.name, hashlib.sha256(content).hexdigest())
    except _BadValueError as error:
        raise InputError(f"{path.name}: {error}") from None


def build_policy(data: Mapping[str, object], file_name: str, sha256: str) -> model.Policy:
    """Return the frozen policy from the parsed file; the first mistake is raised."""
    _refuse_unknown(data, KEYS, "")
    for key in sorted(KEYS - set(MANY) - OPTIONAL):
        _get(data, key, "")
    reasons: dict[str, str] = {}
    parts: dict[str, object] = {}
    for key, kind in ONE.items():
        if key in data:
            parts[key] = _record(kind, data[key], key, reasons)
    for key, (name, kind) in MANY.items():
        rows = enumerate(_list(data.get(key, []), key), start=1)
        parts[name] = tuple(_record(kind, row, f"{key} {i}", reasons) for i, row in rows)
    for key, kind in SETTINGS.items():
        parts[key] = _settings(kind, data[key], key, reasons)
    weights = _record_values(data["purpose_weights"], "purpose_weights", reasons)
    policy = model.Policy(
        file_name=file_name,
        sha256=sha256,
        edition=_convert(data["edition"], str, "edition"),
        dated=_convert(data["dated"], date, "dated"),
        purpose_weights=_purposes(weights),
        reasons=types.MappingProxyType(reasons),
        **parts,
    )
    _check_whole(policy)
    return policy


class _BadValueError(Exception):
    """One mistake in the file: `key: sentence`."""


def _get(table: Mapping[str, object], key: str, where: str) -> object:
    if key not in table:
        raise _BadValueError(f"{where}{key}: this key is missing.")
    return table[key]


def _list(value: object, key: str) -> list[object]:
    if isinstance(value, list):
        return value
    raise _BadValueError(f"{key}: write each one under its own heading [[{key}]].")


def _refuse_unknown(table: Mapping[str, object], known: set[str], where: str) -> None:
    if not isinstance(table, Mapping):
        raise _BadValueError(f"{where.rstrip('.')}: {_shown(table)} should be a table.")
    for key in table:
        if key not in known:
            near = get_close_matches(key, known, 1, 0.6)
            hint = f'Did you mean "{near[0]}"?' if near else f"Known: {', '.join(sorted(known))}."
            raise _BadValueError(f"{where}{key}: unknown key. {hint}")


def _reason(table: object, where: str) -> str:
    """Return the source or rationale of a value; every value must have one."""
    if not isinstance(table, Mapping):
        raise _BadValueError(
            f"{where}: {_shown(table)} should be a table with its source or rationale."
        )
    for key in ("source", "rationale"):
        if isinstance(table.get(key), str) and table[key].strip():
            return f"{key}: {table[key].strip()}"
    raise _BadValueError(f"{where}: say where this comes from. Add a source or a rationale.")


def _record(kind: type, table: object, where: str, reasons: dict[str, str]) -> object:
    reasons[where] = _reason(table, where)
    hints = get_type_hints(kind)
    _refuse_unknown(table, {*hints, "source", "rationale"}, f"{where}.")
    values = {}
    for field in fields(kind):
        if field.name in table or field.default is MISSING:
            value = _get(table, field.name, f"{where}.")
            values[field.name] = _convert(value, hints[field.name], f"{where}.{field.name}")
    return kind(**values)


def _settings(kind: type, table: object, where: str, reasons: dict[str, str]) -> object:
    hints = get_type_hints(kind)
    _refuse_unknown(table, set(hints), f"{where}.")
    values = {}
    for name, hint in hints.items():
        place = f"{where}.{name}"
        entry = _get(table, name, f"{where}.")
        reasons[place] = _reason(entry, place)
        _refuse_unknown(entry, {"value", "source", "rationale"}, f"{place}.")
        values[name] = _convert(_get(entry, "value", f"{place}."), hint, place)
    return kind(**values)


def _record_values(table: object, where: str, reasons: dict[str, str]) -> dict[str, float]:
    reasons[where] = _reason(table, where)
    names = [key for key in table if key not in ("source", "rationale")]
    return {name: _convert(table[name], float, f"{where}.{name}") for name in names}


def _purposes(weights: Mapping[str, float]) -> Mapping[Purpose, float]:
    _refuse_unknown(weights, set(Purpose), "purpose_weights.")
    for purpose in Purpose:
        if not 0 <= _get(weights, purpose, "purpose_weights.") <= 1:
            raise _BadValueError(f"purpose_weights.{purpose}: a weight is from 0 to 1.")
    return {purpose: weights[purpose] for purpose in Purpose}


def _convert(value: object, hint: object, where: str) -> object:
    """Return a TOML value as the type the policy declares, or say what it should be."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is types.UnionType:
        return _convert(value, next(a for a in args if a is not type(None)), where)
    if origin is tuple and isinstance(value, list):
        return _tuple(value, args, where)
    if origin in (dict, Mapping) and isinstance(value, Mapping):
        return {key: _convert(item, args[1], f"{where}.{key}") for key, item in value.items()}
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        if value in list(hint):
            return hint(value)
        raise _BadValueError(f"{where}: {_shown(value)} is not one of {', '.join(hint)}.")
    if (hint is float and type(value) in (int, float)) or (hint is int and type(value) is int):
        return hint(_not_negative(value, where))
    if isinstance(hint, type) and type(value) is hint:
        return value
    raise _BadValueError(f"{where}: {_shown(value)} should be {_NOUNS.get(origin or hint)}.")


def _not_negative(value: float, where: str) -> float:
    """Return a number, which in a policy is never below 0."""
    if math.isfinite(value) and value >= 0:
        return value
    raise _BadValueError(f"{where}: {value} should be 0 or more.")


def _shown(value: object) -> str:
    """Return a value as the file writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping | list):
        return "a table" if isinstance(value, Mapping) else "a list"
    return f'"{value}"' if isinstance(value, str) else str(value)


_NOUNS = {
    str: "a text in quotes",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    date: "a date such as 2018-12-31, without quotes",
    tuple: "a list",
    Mapping: "a table",
}


def _tuple(values: list[object], args: tuple, where: str) -> tuple:
    if args[-1] is Ellipsis:
        return tuple(_convert(value, args[0], where) for value in values)
    if len(values) != len(args):
        raise _BadValueError(f"{where}: {len(args)} values are needed; {len(values)} are there.")
    pair = tuple(_convert(value, hint, where) for value, hint in zip(values, args, strict=True))
    if list(pair) != sorted(pair):
        raise _BadValueError(f"{where}: the smaller value comes first.")
    return pair


def _check_whole(policy: model.Policy) -> None:
    """Check what one key alone cannot show: sums, references, order and overlaps."""
    criteria = {criterion.id for criterion in policy.criteria}
    names = [c.name for c in policy.classes]
    if not names:
        raise _BadValueError("class: at least one class is needed.")
    for i, cls in enumerate(policy.classes, start=1):
        _refuse_unknown(cls.weights, criteria, f"class {i}.weights.")
        total = round(sum(cls.weights.values()), 9)
        if total != 100:
            raise _BadValueError(
                f"class {i}.weights: the weights of {cls.name} sum to {total:g}, not to 100."
            )
    _check_words(policy)
    for i, band in enumerate(policy.bands, start=1):
        if band.agreement_class not in names:
            raise _BadValueError(f'band {i}.agreement_class: there is no "{band.agreement_class}".')
        if not band.lower <= band.upper <= 1:
            raise _BadValueError(
                f"band {i}: lower and upper are shares from 0 to 1, the smaller first."
            )
    ordered = sorted(policy.bands, key=lambda band: band.lower)
    for left, right in pairwise(ordered):
        if right.lower <= left.upper:
            names = f"{left.agreement_class} and {right.agreement_class}"
            raise _BadValueError(f"band: {names} overlap at {right.lower:g}.")
    if list(policy.council_terms.starts) != sorted(policy.council_terms.starts):
        raise _BadValueError("council_terms.starts: the dates are not in order.")
    for key, by_class in (("cap", policy.cap.by_class), ("money", policy.money.by_class)):
        for name in by_class or {}:
            if name not in names:
                raise _BadValueError(f'{key}.by_class: there is no class "{name}".')
    shares = round(sum((policy.money.by_class or {}).values()), 9)
    if policy.money.by_class is not None and shares != 100:
        raise _BadValueError(f"money.by_class: the shares sum to {shares:g}, not to 100.")
    _check_rows(policy)
    try:
        policy.year_end(2001)
    except ValueError:
        raise _BadValueError(
            "programme.fiscal_year_end: write month and day, such as 12-31."
        ) from None


def _check_rows(policy: model.Policy) -> None:
    """Check ids, excluded periods and yearly amounts, each row by itself."""
    for key, rows in (("criterion", policy.criteria), ("goal", policy.goals)):
        for name, number in Counter(row.id for row in rows).items():
            if number > 1:
                raise _BadValueError(f'{key}: the id "{name}" is there {number} times.')
    for i, period in enumerate(policy.excluded_periods, start=1):
        if period.ends < period.starts:
            raise _BadValueError(f"excluded_period {i}: ends is before starts.")
    for key in ("staff_day_rate", "price_index"):
        for year in getattr(policy, key).values:
            if not re.fullmatch(r"\d{4}", year):
                raise _BadValueError(f'{key}.values.{year}: "{year}" is not a year such as 2018.')


def _check_words(policy: model.Policy) -> None:
    seen: set[str] = {"unknown"}
    words = [word for cls in policy.classes for word in (cls.name, *cls.formerly)]
    for word in [*words, *policy.framework.outside]:
        if word.casefold() in seen:
            raise _BadValueError(f'class: the word "{word}" would be read in two ways.')
        seen.add(word.casefold())
