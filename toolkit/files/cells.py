"""What one cell says: a typed value, or a sentence that tells what to type instead."""

import calendar
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from functools import cache

from toolkit.files.loading import RawCell
from toolkit.model.dates import Period, When
from toolkit.model.issues import quoted
from toolkit.model.policy import Policy
from toolkit.model.schema import Column, Kind, WordList, words_of
from toolkit.model.vocabulary import EndWord

PLACEHOLDERS = {"na", "n/a", "n.a.", "#n/a", "tbd", "tba", "tbc", "-", "--", "..", "...", "?"} | {
    "none",
    "null",
    "nil",
    "nan",
}
NO_BREAK = dict.fromkeys(map(ord, "\u00a0\u2007\u202f"), " ")
LOOK_ALIKE = str.maketrans(  # Cyrillic and Greek capitals that look like A-Z
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0405\u0406\u0408"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7",
    "ABEKMHOPCTXSIJABEZHIKMNOPTYX",
)
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))
ID_PATTERN = re.compile(r"[A-Z0-9][A-Z0-9-]{0,31}")
LARGEST = 1e15  # beyond it Excel loses digits
YEARS = range(1500, 2201)  # years an agreement may name; 9999 is no end date
DATE_HINT = "Type it as 2018-04-02, 2018-04 or 2018."
CURRENCY_SIGNS = {"€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₴": "UAH"}


class RefusedError(Exception):
    """The cell cannot be read; the message says what was found and what to type."""


@dataclass
class Reader:
    """Reads the cells of one column under one policy, noting what it had to interpret."""

    column: Column
    policy: Policy
    notices: list[str] = field(default_factory=list)

    def read(self, cell: RawCell) -> object:
        """Return the typed value of a cell, `None` for a blank.

        Raises
        ------
        RefusedError
            The cell holds something else than the column takes.
        """
        if cell.is_error:
            raise RefusedError(
                f"The cell holds the Excel error {cell.value}. Mend the formula or clear the cell."
            )
        if cell.formula and cell.value is None:
            raise RefusedError(
                "The formula has no stored value. Open the workbook in Excel and save it."
            )
        value = self._text(cell.value) if isinstance(cell.value, str) else cell.value
        if value is None or value == "":
            return None
        self._refuse_placeholder(value)
        if self.column.many:
            return self._many(value, cell)
        return _READERS[self.column.kind](self, value, cell)

    def _text(self, text: str) -> str:
        """Return the text in NFC without outer spaces or invisible characters; say so."""
        visible = text.translate(INVISIBLE)
        if visible != text:
            self.notices.append("Invisible characters were removed.")
        spaced = visible.translate(NO_BREAK)
        if spaced.strip() != visible.strip():
            self.notices.append("No-break spaces were read as spaces.")
        normal = unicodedata.normalize("NFC", spaced)
        if normal != spaced:
            self.notices.append("Accents typed as separate characters were joined.")
        stripped = normal.strip()
        if stripped != normal and stripped:
            self.notices.append("Spaces at the start or end were ignored.")
        return stripped

    def _refuse_placeholder(self, value: object) -> None:
        free = {Kind.TEXT, Kind.ID, Kind.REFERENCE, Kind.COUNTRY}
        if self.column.kind in free or not isinstance(value, str):
            return
        if value.casefold() in PLACEHOLDERS.difference(words_of(self.column, self.policy)):
            raise RefusedError(
                f'"{value}" is not {_NOUNS[self.column.kind]}. Leave the cell blank if not known.'
            )

    def _many(self, value: object, cell: RawCell) -> tuple | None:
        """Return the values between semicolons, each once."""
        read = _READERS[self.column.kind]
        if not isinstance(value, str):
            return (read(self, value, cell),)
        parts = [part.strip() for part in value.split(";") if part.strip()]
        for part in parts:
            self._refuse_placeholder(part)
        return tuple(dict.fromkeys(read(self, part, cell) for part in parts)) or None

    def word(self, value: object, _cell: RawCell) -> str:
        """Return the word of the closed list that the cell holds."""
        words = words_of(self.column, self.policy)
        text = _shown(value)
        exact = _folded(words).get(text.casefold())
        if exact is None:
            raise RefusedError(
                f"{quoted(text)} is not {_noun(self.column)}. {_suggest(text, words)}"
            )
        if exact != text:
            self.notices.append(f'"{text}" was read as "{exact}".')
        return self._meaning(exact)

    def _meaning(self, word: str) -> str:
        if self.column.words is WordList.CLASSIFICATIONS:
            known = self.policy.class_named(word)
            if known and known.name != word:
                self.notices.append(f'"{word}" is read as "{known.name}" under this policy.')
            if word == "unknown":
                self.notices.append('The classification is "unknown". Type it once it is known.')
        elif isinstance(self.column.words, type):
            return self.column.words(word)
        return word

    def identifier(self, value: object, cell: RawCell) -> str:
        """Return an id; ids are text, so that 007 and 7 stay apart."""
        if isinstance(value, datetime | date | time):
            raise RefusedError(
                "Excel turned this id into a date. Format the cell as Text, type it again."
            )
        if (
            isinstance(value, int)
            and not isinstance(value, bool)
            and cell.number_format == "General"
        ):
            self.notices.append("The id is stored as a number. Format the column as Text.")
        elif not isinstance(value, str):
            raise RefusedError(
                f"Excel keeps this id as the number {_shown(value)}. "
                "Format the cell as Text, type the id again."
            )
        text = str(value)
        if text in self.column.also or ID_PATTERN.fullmatch(text):
            return text
        raise RefusedError(_malformed(text))

    def text(self, value: object, _cell: RawCell) -> str:
        """Return free text."""
        if isinstance(value, datetime | date | time | timedelta):
            shown = value.isoformat()[:10] if isinstance(value, datetime) else str(value)
            raise RefusedError(
                f"Excel turned this text into the date or time {shown}. "
                "Format the cell as Text, type the text again."
            )
        return _shown(value)

    def country(self, value: object, cell: RawCell) -> str:
        """Return a country; an unusual spelling is a notice, not an error."""
        text = self.text(value, cell)
        known = _countries().get(_folded_country(text))
        if known is None:
            near = get_close_matches(_folded_country(text), _countries(), n=1, cutoff=0.75)
            hint = f' Did you mean "{_countries()[near[0]]}"?' if near else ""
            self.notices.append(f"{quoted(text)} is not in the list of country names (CLDR).{hint}")
            return text
        if known != text:
            self.notices.append(f'"{text}" was read as "{known}".')
        return known

    def link(self, value: object, cell: RawCell) -> str:
        """Return an address that is safe to follow."""
        text = self.text(value, cell)
        if not re.match(r"(https?://|mailto:)\S+$", text):
            raise RefusedError(
                f"{quoted(text)} is not an address. It starts with https://, http:// or mailto:."
            )
        return text

    def yes_no(self, value: object, _cell: RawCell) -> str:
        """Return y or n."""
        if isinstance(value, bool):
            return "y" if value else "n"
        word = str(value).casefold()
        if word in ("y", "yes", "n", "no"):
            return word[0]
        found = quoted(_shown(value))
        raise RefusedError(f"{found} is neither y nor n. Type y or n, or leave the cell blank.")

    def when(self, value: object, cell: RawCell) -> When | EndWord:
        """Return a date with its precision, or one of the words the column allows."""
        if isinstance(value, str) and value.casefold() in self.column.also:
            return EndWord(value.casefold())
        if isinstance(value, datetime):
            return self._in_range(_dated(value.date(), cell.number_format), value)
        if isinstance(value, time | timedelta | bool):
            raise RefusedError(f"{_shown(value)} is not a date. {_date_hint(self.column)}")
        if isinstance(value, int | float):
            return self._in_range(_year(value), value)
        return self._in_range(_typed_date(value, self.column), value)

    def _in_range(self, when: When, value: object) -> When:
        if when.first.year in YEARS and when.last.year in YEARS:
            return when
        raise RefusedError(
            f"{quoted(_shown(value))} is outside the years {YEARS[0]} to {YEARS[-1]}. "
            f"{_date_hint(self.column)}"
        )

    def number(self, value: object, cell: RawCell) -> float | int:
        """Return a number; text that looks like one in two ways is refused."""
        if isinstance(value, bool | datetime | date | time | timedelta):
            raise RefusedError(f"{_shown(value)} is not a number. Type the plain number.")
        if isinstance(value, str):
            value = self._typed_number(value)
        elif "%" in cell.number_format and self.column.kind is not Kind.MONEY:
            self.notices.append(
                "The cell is formatted as a percentage, so 0.12 was read as 12 per cent."
            )
            value = round(value * 100, 9)
        if not abs(value) <= LARGEST:
            raise RefusedError("The number is too large to be meant. Type the plain number.")
        if value < 0 and not self.column.signed:
            raise RefusedError(f"{_shown(value)} is negative; {self.column.name} is 0 or more.")
        return value

    def _typed_number(self, text: str) -> float | int:
        if re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", text):
            self.notices.append("A number stored as text was read as a number.")
            return float(text) if "." in text else int(text)
        if re.fullmatch(r"-?\d{1,15},\d{1,15}", text):
            left, right = _shown(float(text.replace(",", "."))), text.replace(",", "")
            raise RefusedError(f"{quoted(text)} can be read as {left} or {right}. Type a number.")
        raise RefusedError(
            f"{quoted(text)} is not a number. Type digits only, such as 1200 or 48.25."
        )

    def money(self, value: object, cell: RawCell) -> float | int:
        """Return an amount in the policy's currency."""
        if "%" in cell.number_format:
            raise RefusedError(
                "The cell is formatted as a percentage. Type the amount as a number."
            )
        for sign, code in CURRENCY_SIGNS.items():
            if sign in cell.number_format and code != self.policy.programme.currency:
                self.notices.append(
                    f"The cell is formatted in {sign}; amounts are read in "
                    f"{self.policy.programme.currency}."
                )
        return self.number(value, cell)

    def percent(self, value: object, cell: RawCell) -> float | int:
        """Return a percentage from 0 to 100."""
        number = self.number(value, cell)
        if number > 100:
            raise RefusedError(f"{_shown(number)} is above 100. Type a percentage from 0 to 100.")
        return number

    def count(self, value: object, cell: RawCell) -> int:
        """Return a whole number."""
        number = self.number(value, cell)
        if number != int(number):
            raise RefusedError(f"{_shown(number)} is not a whole number. Type digits only.")
        return int(number)

    def year(self, value: object, _cell: RawCell) -> int:
        """Return a year."""
        text = _shown(value)
        if re.fullmatch(r"(19|20|21)\d\d", text):
            return int(text)
        raise RefusedError(f"{quoted(text)} is not a year. Type it with four digits, such as 2018.")

    def period(self, value: object, cell: RawCell) -> Period:
        """Return a reporting year, or the period between two dates."""
        text = _shown(value)
        if re.fullmatch(r"(19|20|21)\d\d", text):
            year = int(text)
            first = self.policy.year_end(year - 1) + timedelta(days=1)
            return Period(first, self.policy.year_end(year), text)
        match = re.fullmatch(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)", text)
        if not match:
            raise RefusedError(
                f"{quoted(text)} is not a period. Type 2018, or 2018-04-01/2019-03-31."
            )
        first, last = (_typed_date(part, self.column).first for part in match.groups())
        if last < first:
            raise RefusedError(f'"{text}" ends before it starts.')
        return Period(first, last, text)

    def currency(self, value: object, _cell: RawCell) -> str:
        """Return a three-letter currency code."""
        if isinstance(value, str) and value in _currencies():
            return value
        raise RefusedError(
            f"{quoted(_shown(value))} is not a currency code. "
            "Type three letters, such as CAD or EUR."
        )


_READERS: Mapping[Kind, Callable[[Reader, object, RawCell], object]] = {
    Kind.ID: Reader.identifier,
    Kind.REFERENCE: Reader.identifier,
    Kind.TEXT: Reader.text,
    Kind.WORD: Reader.word,
    Kind.DATE: Reader.when,
    Kind.NUMBER: Reader.number,
    Kind.MONEY: Reader.money,
    Kind.PERCENT: Reader.percent,
    Kind.COUNT: Reader.count,
    Kind.YES_NO: Reader.yes_no,
    Kind.PERIOD: Reader.period,
    Kind.YEAR: Reader.year,
    Kind.CURRENCY: Reader.currency,
    Kind.COUNTRY: Reader.country,
    Kind.LINK: Reader.link,
}
_NOUNS = {
    Kind.WORD: "a word of this list",
    Kind.DATE: "a date",
    Kind.NUMBER: "a number",
    Kind.MONEY: "an amount",
    Kind.PERCENT: "a percentage",
    Kind.COUNT: "a number",
    Kind.YES_NO: "y or n",
    Kind.PERIOD: "a period",
    Kind.YEAR: "a year",
    Kind.CURRENCY: "a currency",
    Kind.LINK: "an address",
}


def _shown(value: object) -> str:
    """Return a value as its cell shows it."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, bool):
        return str(value).upper()
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _noun(column: Column) -> str:
    """Return what one word of a column is, as a classification or an activity."""
    if column.name in ("home_or_abroad", "duty_met", "partner_duty_met"):
        return "one of the answers"
    noun = column.name.removesuffix("s" if column.many else "").replace("_", " ")
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _folded(words: tuple[str, ...]) -> dict[str, str]:
    return {word.casefold(): word for word in words}


def _suggest(text: str, words: tuple[str, ...]) -> str:
    folded = _folded(words)
    near = get_close_matches(text.casefold(), folded, n=1, cutoff=0.6)
    if near:
        return f'Did you mean "{folded[near[0]]}"?'
    shown = ", ".join(words[:8]) + (", ..." if len(words) > 8 else "")
    return f"Known: {shown}."


def _malformed(text: str) -> str:
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
    shown = _shown(cell.value).translate(INVISIBLE).strip()
    places = len(cell.number_format) if re.fullmatch("0+", cell.number_format) else 0
    return {shown, _likely_id(shown), shown.zfill(places)}


def _dated(day: date, number_format: str) -> When:
    """Return an Excel date as precisely as its cell shows it."""
    if day < date(1900, 3, 1):
        raise RefusedError(f"Excel miscounts days before March 1900. {DATE_HINT}")
    shown = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", number_format).lower()
    if "d" in shown or "y" not in shown:
        return When.day_of(day)
    return When.month_of(day.year, day.month) if "m" in shown else When.year_of(day.year)


def _year(value: float) -> When:
    if value in YEARS:
        return When.year_of(int(value))
    hint = DATE_HINT.replace("Type", "type")
    raise RefusedError(
        f"{_shown(value)} is a number, not a date. Format the cell as a date, or {hint}"
    )


def _date_hint(column: Column) -> str:
    words = f", or write {' or '.join(column.also)}" if column.also else ""
    return f"{DATE_HINT.rstrip('.')}{words}."


def _typed_date(text: str, column: Column) -> When:
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        slashed = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", text)
        if slashed:
            raise RefusedError(_two_readings(text, *map(int, slashed.groups())))
        raise RefusedError(f"{quoted(text)} is not a date. {_date_hint(column)}")
    parts = [int(part) for part in text.split("-")]
    try:
        if len(parts) == 3:
            return When.day_of(date(*parts))
        return When.month_of(*parts) if len(parts) == 2 else When.year_of(*parts)
    except (ValueError, calendar.IllegalMonthError):
        raise RefusedError(f'"{text}" is not in the calendar. {DATE_HINT}') from None


def _two_readings(text: str, first: int, second: int, year: int) -> str:
    readings = []
    for month, day in ((second, first), (first, second)):
        try:
            readings.append(date(year, month, day).isoformat())
        except ValueError:
            continue
    if not readings:
        return f'"{text}" is not in the calendar. {DATE_HINT}'
    choice = " or ".join(dict.fromkeys(readings))
    return f'"{text}" can be read as {choice}. Type it as year-month-day.'


@cache
def _countries() -> dict[str, str]:
    """Return country names by their folded spelling, from the Unicode CLDR."""
    from babel import Locale  # loaded only when a workbook is read

    names = Locale.parse("en").territories
    return {_folded_country(name): name for code, name in names.items() if len(code) == 2}


def _folded_country(name: str) -> str:
    """Return a name without what people type in two ways: case, apostrophes, `and`."""
    return name.casefold().replace("\u2019", "'").replace(" and ", " & ")


@cache
def _currencies() -> frozenset[str]:
    from babel.numbers import list_currencies

    return frozenset(list_currencies())
