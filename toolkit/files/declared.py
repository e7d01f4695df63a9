"""How a value of a TOML file becomes what the model declares, and how a mistake in it is told."""

import math
import tomllib
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import get_args, get_origin, get_type_hints

from toolkit.model.issues import InputError


def read_toml(path: Path, noun: str) -> tuple[dict[str, object], bytes]:
    """Return what a TOML file declares, and its bytes.

    Raises
    ------
    InputError
        The file cannot be read; the message calls it by `noun`, such as "policy file".
    """
    try:
        content = path.read_bytes()
        return tomllib.loads(content.decode("utf-8")), content
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such {noun}.") from None
    except OSError as error:
        raise InputError(f"{path}: the file cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: the file is not in UTF-8. Save it as UTF-8 text.") from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: this is not a {noun} in TOML: {error}.") from None


class BadValueError(Exception):
    """One mistake in the file: `key: sentence`."""


def get_value(table: Mapping[str, object], key: str, where: str) -> object:
    """Return the value of a key that must be there."""
    if key not in table:
        raise BadValueError(f"{where}{key}: this key is missing.")
    return table[key]


def as_list(value: object, key: str) -> list[object]:
    """Return rows written under headings of their own."""
    if isinstance(value, list):
        return value
    raise BadValueError(f"{key}: write each one under its own heading [[{key}]].")


def refuse_unknown(table: Mapping[str, object], known: set[str], where: str) -> None:
    """Refuse a key that nothing reads, with the one that was probably meant."""
    if not isinstance(table, Mapping):
        raise BadValueError(f"{where.rstrip('.')}: {_shown(table)} should be a table.")
    for key in table:
        if key not in known:
            near = get_close_matches(key, known, 1, 0.6)
            hint = f'Did you mean "{near[0]}"?' if near else f"Known: {', '.join(sorted(known))}."
            raise BadValueError(f"{where}{key}: unknown key. {hint}")


def _reason(table: object, where: str) -> str:
    """Return the source or rationale of a value; every value must have one."""
    if not isinstance(table, Mapping):
        raise BadValueError(
            f"{where}: {_shown(table)} should be a table with its source or rationale."
        )
    for key in ("source", "rationale"):
        if isinstance(table.get(key), str) and table[key].strip():
            return f"{key}: {table[key].strip()}"
    raise BadValueError(f"{where}: say where this comes from. Add a source or a rationale.")


def make_record(kind: type, table: object, where: str, reasons: dict[str, str]) -> object:
    """Return a table as a record of this kind; where it comes from goes into `reasons`."""
    reasons[where] = _reason(table, where)
    hints = get_type_hints(kind)
    refuse_unknown(table, {*hints, "source", "rationale"}, f"{where}.")
    values = {}
    for field in fields(kind):
        if field.name in table or field.default is MISSING:
            value = get_value(table, field.name, f"{where}.")
            values[field.name] = convert(value, hints[field.name], f"{where}.{field.name}")
    return kind(**values)


def make_settings(kind: type, table: object, where: str, reasons: dict[str, str]) -> object:
    """Return a record of which every value names where it comes from."""
    hints = get_type_hints(kind)
    refuse_unknown(table, set(hints), f"{where}.")
    values = {}
    for name, hint in hints.items():
        place = f"{where}.{name}"
        entry = get_value(table, name, f"{where}.")
        reasons[place] = _reason(entry, place)
        refuse_unknown(entry, {"value", "source", "rationale"}, f"{place}.")
        values[name] = convert(get_value(entry, "value", f"{place}."), hint, place)
    return kind(**values)


def numbers_of(table: object, where: str, reasons: dict[str, str]) -> dict[str, float]:
    """Return the numbers of a table by their names."""
    reasons[where] = _reason(table, where)
    names = [key for key in table if key not in ("source", "rationale")]
    return {name: convert(table[name], float, f"{where}.{name}") for name in names}


def convert(value: object, hint: object, where: str) -> object:
    """Return a TOML value as the type the model declares, or say what it should be."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is types.UnionType:
        return convert(value, next(a for a in args if a is not type(None)), where)
    if origin is tuple and isinstance(value, list):
        return _tuple(value, args, where)
    if origin in (dict, Mapping) and isinstance(value, Mapping):
        return {key: convert(item, args[1], f"{where}.{key}") for key, item in value.items()}
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        if value in list(hint):
            return hint(value)
        raise BadValueError(f"{where}: {_shown(value)} is not one of {', '.join(hint)}.")
    if (hint is float and type(value) in (int, float)) or (hint is int and type(value) is int):
        return hint(_not_negative(value, where))
    if isinstance(hint, type) and type(value) is hint:
        return value
    raise BadValueError(f"{where}: {_shown(value)} should be {_NOUNS.get(origin or hint)}.")


def _not_negative(value: float, where: str) -> float:
    """Return a number, which here is never below 0."""
    if math.isfinite(value) and value >= 0:
        return value
    raise BadValueError(f"{where}: {value} should be 0 or more.")


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


def _tuple(values: list[object], args: tuple[object, ...], where: str) -> tuple[object, ...]:
    if args[-1] is Ellipsis:
        return tuple(convert(value, args[0], where) for value in values)
    if len(values) != len(args):
        raise BadValueError(f"{where}: {len(args)} values are needed; {len(values)} are there.")
    pair = tuple(convert(value, hint, where) for value, hint in zip(values, args, strict=True))
    if list(pair) != sorted(pair):
        raise BadValueError(f"{where}: the smaller value comes first.")
    return pair
