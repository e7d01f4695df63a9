"""How the lexicon for stated objectives is read, and how a mistake in it is told."""

import hashlib
import re
import types
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from toolkit.files.declared import (
    BadValueError,
    as_list,
    convert,
    get_value,
    make_record,
    make_settings,
    read_toml,
    refuse_unknown,
)
from toolkit.files.shipped import find_shipped
from toolkit.model import lexicon as model
from toolkit.model.issues import InputError

LEXICON_FILE = find_shipped("data/wording.toml")
KEYS = {"edition", "dated", "reading", "language", "group"}
ENTRY = re.compile(r"[^\W_]+\*?([ '-][^\W_]+\*?)*")
SHORTEST_STEM = 3  # letters; also how entries are looked up


def read_lexicon(path: Path = LEXICON_FILE) -> model.Lexicon:
    """Return the lexicon in a TOML file.

    Raises
    ------
    InputError
        The file cannot be read, or a part of it is missing, unknown, without source or
        rationale, or would be read in two ways; the message names the file and the key.
    """
    data, content = read_toml(path, "lexicon")
    try:
        return build_lexicon(data, path.name, hashlib.sha256(content).hexdigest())
    except BadValueError as error:
        raise InputError(f"{path.name}: {error}") from None


def build_lexicon(data: Mapping[str, object], file_name: str, sha256: str) -> model.Lexicon:
    """Return the frozen lexicon from the parsed file; the first mistake is raised."""
    refuse_unknown(data, KEYS, "")
    for key in sorted(KEYS):
        get_value(data, key, "")
    reasons: dict[str, str] = {}
    lexicon = model.Lexicon(
        file_name=file_name,
        sha256=sha256,
        edition=convert(data["edition"], str, "edition"),
        dated=convert(data["dated"], date, "dated"),
        reading=make_settings(model.ReadingLimits, data["reading"], "reading", reasons),
        languages=_rows(model.Language, data, "language", reasons),
        groups=_rows(model.Group, data, "group", reasons),
        reasons=types.MappingProxyType(reasons),
    )
    for name, share in vars(lexicon.reading).items():
        if name.endswith("_share") and share > 1:
            raise BadValueError(f"reading.{name}: a share is from 0 to 1.")
    for i, group in enumerate(lexicon.groups, start=1):
        _check_group(group, lexicon, f"group {i}")
    _check_entries(lexicon)
    return lexicon


def _rows(
    kind: type, data: Mapping[str, object], key: str, reasons: dict[str, str]
) -> tuple[object, ...]:
    rows = enumerate(as_list(data[key], key), start=1)
    return tuple(make_record(kind, row, f"{key} {i}", reasons) for i, row in rows)


def _check_group(group: model.Group, lexicon: model.Lexicon, where: str) -> None:
    known = [language.code for language in lexicon.languages if language.read]
    if group.language not in known:
        raise BadValueError(
            f'{where}.language: "{group.language}" is not a language that is read: '
            f"{', '.join(known)}."
        )
    if not group.words:
        raise BadValueError(f"{where}.words: at least one word is needed.")
    sided = group.kind in model.SIDED
    if sided != (group.purpose is not None):
        raise BadValueError(
            f'{where}.purpose: a group of kind "{group.kind}" needs '
            f"{'a purpose' if sided else 'no purpose'}."
        )
    weighed = sided or group.kind is model.WordRole.ELSEWHERE
    if weighed != bool(group.weight):
        raise BadValueError(
            f'{where}.weight: a group of kind "{group.kind}" needs '
            f"{'a weight above 0' if weighed else 'no weight'}."
        )


def _check_entries(lexicon: model.Lexicon) -> None:
    """Refuse entries that cannot be compared, and those written in two places."""
    seen: dict[tuple[object, ...], str] = {}
    for i, group in enumerate(lexicon.groups, start=1):
        for entry in group.words:
            where = f"group {i}.words"
            if not ENTRY.fullmatch(entry):
                raise BadValueError(
                    f'{where}: "{entry}" is not a word or a phrase; * may end a word.'
                )
            parts = model.parts_of(entry)
            if any(stem and len(text) < SHORTEST_STEM for text, stem in parts):
                raise BadValueError(
                    f'{where}: "{entry}" is too short before *; {SHORTEST_STEM} letters are needed.'
                )
            key = (group.language, parts)
            if key in seen:
                raise BadValueError(f'{where}: "{entry}" stands in "{seen[key]}" already.')
            seen[key] = group.name
