"""Which country a name stands for: by its code, by any name a locale gives it, by daily use.

Codes and names are those of the Unicode CLDR, as Babel carries them (ISO 3166 two and three letters
and digits, and what followed a state that is no more); what is in daily use and in no locale is in
`toolkit.model.country_names`. A cell keeps what was typed; what is compared is the code.
"""

import pickle
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from toolkit.model import country_names as table
from toolkit.model.spelling import FAR, edits, plain_name

OFTEN = "de fr es it pt nl pl sv da nb fi cs hu ro el tr ru uk zh zh_Hant ja ko ar he vi"
Names = Mapping[str, tuple[str, ...]]  # spelling -> codes
LONG_ENOUGH = 5  # letters of a name that a slip of the hand leaves recognisable
ANSWERS = {"na", "no"}  # codes that are typed for "not available" and "none"
NORWAY = "NO"  # in capitals no answer


@dataclass(frozen=True)
class Country:
    """What one name says. One code: that country; several: it may be each; none: no list has it."""

    typed: str
    codes: tuple[str, ...]
    is_former: bool = False

    @property
    def key(self) -> str:
        """What is compared: the code where there is one, else the name without its spelling."""
        return self.codes[0] if len(self.codes) == 1 else plain_name(self.typed)


def countries_in(text: str | None) -> tuple[Country, ...]:
    """Return the countries a cell names, several between semicolons or on lines of their own.

    >>> [country.codes for country in countries_in("PRC; Holland; Congo; Nowhere")]
    [('CN',), ('NL',), ('CG', 'CD'), ()]
    """
    return tuple(find_country(name) for name in several(text))


def several(text: str | None) -> list[str]:
    """Return the names in a cell that may list several.

    >>> several("Milan;Turin"), several(None)
    (['Milan', 'Turin'], [])
    """
    return [part.strip() for part in re.split(r"[;\n]", text or "") if part.strip()]


def country_key(text: str | None) -> str:
    """Return by what a cell with countries is compared, whatever their spelling and order.

    >>> country_key("Italy; PRC") == country_key("China; Italia")
    True
    """
    return "; ".join(sorted({country.key for country in countries_in(text)}))


def country_name(code: str) -> str:
    """Return the English name of a code.

    >>> country_name("HK"), country_name("GB")
    ('Hong Kong', 'United Kingdom')
    """
    return _SHORT.get(code) or str(english_names()[code])


@cache
def find_country(name: str) -> Country:
    """Return what one name of a country stands for."""
    spelt = _spellings(name)
    if name.strip() == NORWAY:
        return Country(name, (NORWAY,))
    for names in (_daily, _codes, _often):
        for text in spelt:
            if codes := names().get(text):
                return Country(name, codes, text in _former())
    inside = [set(codes) for part in _parts(name) if (codes := find_country(part).codes)]
    if inside:
        return Country(name, tuple(sorted(set.intersection(*inside) or set.union(*inside))))
    if is_union(name):
        return Country(name, ())
    known = (_all_names().get(text) for text in spelt)
    return Country(name, next(filter(None, known), ()))


def is_union(name: str) -> bool:
    """Whether a name is that of a union of countries, or of a continent, and so of no country."""
    return plain_name(name) in table.UNIONS.split("; ")


def near_countries(name: str) -> tuple[str, ...]:
    """Return the countries whose name is as good as this one but for a slip of the hand.

    >>> near_countries("Portugual"), near_countries("Atlantis")
    (('Portugal',), ())
    """
    text = plain_name(name)
    found: dict[str, int] = {}
    for known, codes in {**_often(), **_daily()}.items():
        if len(known) < LONG_ENOUGH or known[:1] != text[:1] or len(codes) > 1:
            continue
        apart = edits(text, known, most=1 if len(text) < 2 * LONG_ENOUGH else 2)
        if apart < found.get(codes[0], FAR):
            found[codes[0]] = apart
    least = min(found.values(), default=FAR)
    return tuple(country_name(code) for code in sorted(found) if found[code] == least)


def _spellings(name: str) -> tuple[str, ...]:
    """Return a name as it is looked up: as it stands, turned at its comma, without its form."""
    text = plain_name(name)
    head, comma, tail = name.partition(",")
    turned = plain_name(f"{tail} {head}") if comma else text
    bare = " ".join(word for word in text.split() if word not in table.GENERIC.split())
    return tuple(dict.fromkeys(found for found in (text, turned, bare) if found))


def _parts(name: str) -> list[str]:
    """Return what stands in a name beside commas, brackets and strokes: `Texas, USA`."""
    parts = [part.strip() for part in re.split(r"[,()/|]| and | und | et | y ", name)]
    return [part for part in parts if part and part != name]


def _table(text: str) -> Names:
    """Return names by their spelling from lines of codes and names."""
    lines = [line.partition(": ") for line in text.strip().splitlines()]
    return {name: tuple(codes.split()) for codes, _, names in lines for name in names.split("; ")}


@cache
def _former() -> Names:
    """Return former names and states by spelling, with the countries that followed."""
    aliases = _aliases()
    followed = {name: aliases.get(codes[0], codes) for name, codes in _table(table.FORMER).items()}
    return {name: tuple(codes) for name, codes in followed.items()}


@cache
def _daily() -> Names:
    """Return what English and daily use call countries; the first names that are looked at."""
    english = {plain_name(str(name)): (code,) for code, name in english_names().items()}
    return {**english, **_table(table.DAILY), **_former(), **_table(table.AMBIGUOUS)}


@cache
def _codes() -> Names:
    """Return countries by their codes: two letters, three letters, three digits."""
    known = set(english_names())
    others = {key: codes for key, codes in _aliases().items() if known.issuperset(codes)}
    several = {key.casefold(): tuple(codes) for key, codes in others.items()}
    single = {code.casefold(): (code,) for code in known}
    return {key: codes for key, codes in (several | single).items() if key not in ANSWERS}


@cache
def _often() -> Names:
    return _names_in(OFTEN.split())


@cache
def _all_names() -> Names:
    """Return what every locale calls countries: a second of work, only for names still unknown."""
    from babel.localedata import locale_identifiers

    return _names_in(locale_identifiers())


def _names_in(locales: Iterable[str]) -> Names:
    """Return names by spelling; one that two countries bear in two languages may be each.

    Babel's files are read without its `load`, which keeps all it reads, and would hand a locale
    that was read without its parents to whoever asks for it next.
    """
    from babel.localedata import resolve_locale_filename

    known = set(english_names())
    found: dict[str, set[str]] = {}
    for locale in locales:
        data = pickle.loads(Path(resolve_locale_filename(locale)).read_bytes())
        names = data.get("territories", {})
        for code in known & names.keys():
            found.setdefault(plain_name(str(names[code])), set()).add(code)
    return {name: tuple(sorted(codes)) for name, codes in found.items()}


@cache
def english_names() -> Mapping[str, str]:
    """Return the English names of all countries, as the CLDR has them, by their two letters."""
    from babel import Locale  # loaded only when a workbook is read

    names = {str(code): str(name) for code, name in Locale.parse("en").territories.items()}
    not_one = table.NO_COUNTRIES.split()
    return {code: names[code] for code in names if code.isalpha() and code not in not_one}


@cache
def _aliases() -> Mapping[str, list[str]]:
    """Return what other codes stand for: of ISO 3166, and of states that are no more."""
    from babel.core import get_global

    return {str(key): list(codes) for key, codes in get_global("territory_aliases").items()}


_SHORT = {"HK": "Hong Kong", "MO": "Macao", "PS": "Palestine", "MM": "Myanmar"}
