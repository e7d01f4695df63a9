"""Where a page of a run leads: the pages of its agreements, its tables, the index.

Every address is written as seen from the run's own folder; the page of an agreement, which lies
one folder further down, has it moved by the exporter.
"""

import hashlib
import re
import unicodedata

from toolkit.model.text import AgreementName

LONGEST_NAME = 80
PLAIN_ID = re.compile(r"[A-Z]+-\d+")  # no two of these can give one name
AGREEMENTS = "agreements"
WORKBOOK = "results.xlsx"


def slug(text: str) -> str:
    """Return text as a file name that is legal everywhere: ASCII letters, digits and hyphens.

    >>> slug("T-21 São Paulo")
    't-21-sao-paulo'
    """
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")[:LONGEST_NAME].rstrip("-")


def page_name(agreement_id: str, partner: str) -> str:
    """Return the file name, without ending, of an agreement's page; no two have the same.

    A short hash of the id stands at its end where another id could give the same name.

    >>> page_name("A-014", "Milan"), page_name("a.14", "Milan")
    ('a-014-milan', 'a-14-milan-8d6f86')
    """
    name = slug(f"{agreement_id} {partner}")
    if PLAIN_ID.fullmatch(agreement_id) and not slug(partner)[:1].isdigit():
        return name
    short = hashlib.sha256(agreement_id.encode()).hexdigest()[:6]
    return f"{name[: LONGEST_NAME - 7]}-{short}"


def page_of(name: AgreementName) -> str:
    """Return the address of an agreement's page."""
    return f"{AGREEMENTS}/{page_name(name.agreement_id, name.partner)}.html"


def file_of(result: str) -> str:
    """Return the address of a result table's CSV file."""
    return f"tables/{result.replace('_', '-')}.csv"
