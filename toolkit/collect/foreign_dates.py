"""How a column of dates in somebody else's pattern is read: once, for the column as a whole.

Day and month are told apart by the dates of the column that allow one order only; where none does,
only the year is taken over, for it is the same either way.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from toolkit.collect.plain_text import bare_words

LANGUAGES = (
    "en", "fr", "de", "es", "it", "nl", "pt", "pl", "sv", "da", "nb", "fi", "cs", "hu", "ro", "tr",
    "ru", "uk",
)  # fmt: skip
DAY_FIRST, MONTH_FIRST = "day first", "month first"
ORDERS = (DAY_FIRST, MONTH_FIRST)
EXACT = ""  # reads in one way only
OPEN = {
    "open ended", "open", "indefinite", "indefinitely", "unlimited", "no end", "no end date",
    "permanent", "unbefristet", "unbegrenzt", "illimite", "indeterminee", "sans limite",
    "duree indeterminee", "indefinido", "indeterminato", "tacit renewal", "auto renewal",
}  # fmt: skip
CIRCA = re.compile(r"(?:circa|ca?\.?|about|around|approx\.?|um|vers|environ|~)\s*(\d{4})", re.I)
DECADE = re.compile(r"(?:the\s+|les\s+annees\s+|annees\s+)?(\d{3}0)\s*(?:'?s|er|er jahre)", re.I)
UNITS = re.compile(r"(?<=\d)\s*[年년月월]\s*(?=\d)|(?<=\d)\s*[年년月월日일]$")  # 1959年2月9日
TIME = re.compile(r"[T ]\d{1,2}:\d\d(:\d\d(\.\d+)?)?Z?$")
NUMBERS = re.compile(r"(\d{1,2})\s*[./ -]\s*(\d{1,2})\s*[./ -]\s*(\d{4})")
TURNED = re.compile(r"(\d{4})\s*[./-]\s*(\d{1,2})(?:\s*[./-]\s*(\d{1,2}))?")
MONTH_YEAR = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{4})")


BESIDE = {"of", "de", "den", "der", "the", "г", "р", "року", "года"}  # noqa: RUF001 - Russian, Ukrainian


@dataclass(frozen=True)
class DateColumn:
    """How the dates of one column are read."""

    order: str  # of day and month; blank where nothing tells
    read: Mapping[str, str]  # text of the source -> as the form takes it
    by_year: frozenset[str]  # of those, where only the year is certain

    def says(self, name: str) -> str:
        """Return how the column was read, with an example."""
        changed = [text for text, taken in self.read.items() if text != taken]
        if not changed:
            return ""
        shown = changed[0]
        told = f'{name}: {len(changed)} spellings such as "{shown}" read as {self.read[shown]}'
        if self.by_year:
            few = sorted(self.by_year)[0]
            return (
                f'{told}; of {len(self.by_year)} such as "{few}" only the year, for day and month '
                f'could be either: [dates] {name} = "{DAY_FIRST}" or "{MONTH_FIRST}" in the map '
                "file says which"
            )
        return f"{told} ({self.order})" if self.order else told


def read_dates(texts: Iterable[str], *, order: str = "", about: bool = False) -> DateColumn:
    """Return how the dates of a column are read.

    Parameters
    ----------
    order
        The order of day and month, where it is given.
    about
        Whether the column takes a circa and a decade.
    """
    found = {text: ways for text in dict.fromkeys(texts) if (ways := _ways(text, about=about))}
    sure = {order} if order else {w for ways in found.values() if len(ways) == 1 for w in ways}
    kept = next(iter(sure - {EXACT}), "") if len(sure - {EXACT}) == 1 else ""
    read: dict[str, str] = {}
    by_year: set[str] = set()
    for text, ways in found.items():
        if len(ways) == 1:
            read[text] = next(iter(ways.values()))
        elif kept:
            read[text] = ways[kept]
        elif len(set(ways.values())) == 1:
            read[text] = next(iter(ways.values()))
        else:
            read[text] = ways[DAY_FIRST][:4]
            by_year.add(text)
    return DateColumn(kept, read, frozenset(by_year))


def _ways(text: str, *, about: bool) -> dict[str, str]:
    """Return every way to read a text as a date, by the order of day and month it needs."""
    bare = TIME.sub("", text.strip()).strip(" .,")
    bare = UNITS.sub("-", bare).strip("-")
    if bare_words(bare) in OPEN:
        return {EXACT: "open-ended"}
    if re.fullmatch(r"(1[5-9]|20|21)\d\d(\.0)?", bare):
        return {EXACT: bare[:4]}
    if found := CIRCA.fullmatch(bare):
        return {EXACT: f"circa {found[1]}"} if about else {}
    if found := DECADE.fullmatch(bare_words(bare)) or DECADE.fullmatch(bare):
        return {EXACT: f"{found[1]}s"} if about else {}
    if found := TURNED.fullmatch(bare):
        return _one(found[1], found[2], found[3])
    if found := NUMBERS.fullmatch(bare):
        first, second, year = found[1], found[2], found[3]
        ways = {DAY_FIRST: _one(year, second, first), MONTH_FIRST: _one(year, first, second)}
        return {name: way[EXACT] for name, way in ways.items() if way}
    if found := MONTH_YEAR.fullmatch(bare):
        return _one(found[2], found[1])
    return _with_month_name(bare)


def _with_month_name(text: str) -> dict[str, str]:
    words = [word for word in bare_words(text).split() if word not in BESIDE]
    months = [month for word in words if (month := month_names().get(word))]
    numbers = [re.sub(r"(st|nd|rd|th|er|o|a)$", "", word) for word in words]
    numbers = [number for number in numbers if number.isdigit()]
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    known = len(months) + len(years) + len(days) == len(words)
    if len(months) != 1 or len(years) != 1 or len(days) > 1 or not known:
        return {}
    return _one(years[0], str(months[0]), days[0] if days else None)


def _one(year: str, month: str, day: str | None = None) -> dict[str, str]:
    """Return the one way to read year, month and perhaps day; none where there is no such day."""
    number = int(month)
    if not 1500 <= int(year) <= 2200 or not 1 <= number <= 12:
        return {}
    if day is None:
        return {EXACT: f"{year}-{number:02d}"}
    if not 1 <= int(day) <= monthrange(int(year), number)[1]:
        return {}
    return {EXACT: f"{year}-{number:02d}-{int(day):02d}"}


@cache
def month_names() -> Mapping[str, int]:
    """Return the month of each name, long and short, in eighteen languages, as headings compare."""
    from babel import Locale  # only where a register has names of months

    found: dict[str, int] = {"sept": 9}
    for language in LANGUAGES:
        months = Locale(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months.get(context, {}).get(width, {}).items():
                    found.setdefault(bare_words(name), number)
    return found
