"""How headings and words of a foreign register are compared."""

import re
import unicodedata
from functools import cache


@cache
def bare_words(text: str) -> str:
    """Return a heading as it is compared: small letters of any script, no accents, no marks.

    >>> bare_words("Année de signature*"), bare_words("Pays / Country"), bare_words("姉妹都市・国")
    ('annee de signature', 'pays country', '姉妹都市 国')
    """
    bare = unicodedata.normalize("NFKD", text.replace("\u00df", "ss"))
    letters = "".join(c for c in bare if not unicodedata.combining(c)).casefold()
    letters = unicodedata.normalize("NFC", letters)
    return " ".join(re.sub(r"[\W_]+", " ", letters).split())
