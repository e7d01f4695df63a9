"""How a report's file is called: id first, lower-case ASCII, legal everywhere, never twice."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

MAX_LENGTH = 80
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)")  # device names on Windows


def slug(text: str) -> str:
    """Return text as a file name: ASCII letters, digits and hyphens.

    >>> slug("T-21 São Paulo")
    't-21-sao-paulo'
    """
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")[:MAX_LENGTH].rstrip("-")


def page_names(partners: Mapping[str, str]) -> dict[str, str]:
    """Return agreement_id -> file name without ending; a short hash where two would clash."""
    plain = {key: slug(f"{key} {partner}") for key, partner in partners.items()}
    counts = Counter(plain.values())
    return {
        key: f"{name[: MAX_LENGTH - 7]}-{_short_hash(key)}"
        if counts[name] > 1 or RESERVED.fullmatch(name)
        else name
        for key, name in plain.items()
    }


def _short_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:6]
