"""How headings and words of a foreign register are compared."""

import re
import unicodedata
from functools import cache


@cache
def bare_words(text: str) -> str:
    """Return a heading as it is compared: small letters, no accents, no marks.

    >>> bare_words("Année de signature*"), bare_words("Pays / Country")
    ('annee de signature', 'pays country')
    """
    bare = unicodedata.normalize("NFKD", text.replace("\u00df", "ss"))
    letters = "".join(c for c in bare if not unicodedata.combining(c)).casefold()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", letters).split())
