"""What an id may look like, and what a malformed one was likely meant to be."""

import re
import unicodedata

from toolkit.files.loading import RawCell
from toolkit.files.refusals import shown
from toolkit.model.issues import quoted

LOOK_ALIKE = str.maketrans(  # Cyrillic and Greek capitals that look like A-Z
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0405\u0406\u0408"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7",
    "ABEKMHOPCTXSIJABEZHIKMNOPTYX",
)
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))
ID_PATTERN = re.compile(r"[A-Z0-9][A-Z0-9-]{0,31}")


def describe_malformed(text: str) -> str:
    """Return what is wrong with an id and what to type instead."""
    strange = next((c for c in text if c.isalpha() and not c.isascii()), None)
    if strange:
        name = unicodedata.name(strange, "an unknown letter")
        return f'{quoted(text)} holds "{strange}" ({name}). Type the id again with A-Z, 0-9 and -.'
    hint = _likely_id(text)
    if ID_PATTERN.fullmatch(hint):
        return f'{quoted(text)} is not an id. Ids use A-Z, 0-9 and -: type "{hint}".'
    return f"{quoted(text)} is not an id. Ids use A-Z, 0-9 and -, at most 32, such as A-014."


def _likely_id(text: str) -> str:
    return re.sub(r"[^A-Z0-9]+", "-", text.upper().translate(LOOK_ALIKE)).strip("-")


def likely_ids(cell: RawCell) -> set[str]:
    """Return what a refused id may have been meant to be, so that what refers to it is known.

    >>> sorted(likely_ids(RawCell(7, "000", False, False)))
    ['007', '7']
    """
    text = shown(cell.value).translate(INVISIBLE).strip()
    places = len(cell.number_format) if re.fullmatch("0+", cell.number_format) else 0
    return {text, _likely_id(text), text.zfill(places)}
