"""What one cell says: a typed value, or a sentence that tells what to type instead."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches

from toolkit.files.dates import date_hint, dated, in_range, typed_date, whole_year
from toolkit.files.ids import ID_PATTERN, INVISIBLE, describe_malformed
from toolkit.files.loading import RawCell
from toolkit.files.refusals import RefusedError, shown
from toolkit.files.territories import countries, currencies, folded_country
from toolkit.model.dates import Period, When
from toolkit.model.issues import quoted
from toolkit.model.policy import Policy
from toolkit.model.schema import Column, Kind, WordList, words_of
from toolkit.model.sheets import PROGRAMME
from toolkit.model.vocabulary import EndWord

PLACEHOLDERS = {"na", "n/a", "n.a.", "#n/a", "tbd", "tba", "tbc", "-", "--", "..", "...", "?"} | {
    "none",
    "null",
    "nil",
    "nan",
}
NO_BREAK = dict.fromkeys(map(ord, "\u00a0\u2007\u202f"), " ")
LARGEST = 1e15  # beyond it Excel loses digits
CURRENCY_SIGNS = {"€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₴": "UAH"}

SECTORS = ("sectors", "sectors_shared")  # free text, compared with the policy


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
        self._refuse_commas(parts)
        for part in parts:
            self._refuse_placeholder(part)
        return tuple(dict.fromkeys(read(self, part, cell) for part in parts)) or None

    def _refuse_commas(self, parts: list[str]) -> None:
        """Refuse several words of the list with commas between: one of them would be lost."""
        named = self.policy.sectors.names if self.column.name in SECTORS else ()
        words = _folded((*words_of(self.column, self.policy), *named))
        pieces = [piece.strip() for part in parts for piece in part.split(",")]
        if len(pieces) > len(parts) and all(piece.casefold() in words for piece in pieces):
            raise RefusedError(f'Separate several with a semicolon: "{"; ".join(pieces)}".')

    def word(self, value: object, _cell: RawCell) -> str:
        """Return the word of the closed list that the cell holds."""
        words = words_of(self.column, self.policy)
        text = shown(value)
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
                f"Excel keeps this id as the number {shown(value)}. "
                "Format the cell as Text, type the id again."
            )
        text = str(value)
        if text == PROGRAMME and text not in self.column.also:
            raise RefusedError(f'"{PROGRAMME}" stands for the whole programme. Type another id.')
        if text in self.column.also or ID_PATTERN.fullmatch(text):
            return text
        raise RefusedError(describe_malformed(text))

    def text(self, value: object, _cell: RawCell) -> str:
        """Return free text."""
        if isinstance(value, datetime | date | time | timedelta):
            raise RefusedError(
                f"Excel turned this text into the date or time {shown(value)}. "
                "Format the cell as Text, type the text again."
            )
        return shown(value)

    def country(self, value: object, cell: RawCell) -> str:
        """Return a country; an unusual spelling is a notice, not an error."""
        text = self.text(value, cell)
        known = countries().get(folded_country(text))
        if known is None:
            near = get_close_matches(folded_country(text), countries(), n=1, cutoff=0.75)
            hint = f' Did you mean "{countries()[near[0]]}"?' if near else ""
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
        found = quoted(shown(value))
        raise RefusedError(f"{found} is neither y nor n. Type y or n, or leave the cell blank.")

    def when(self, value: object, cell: RawCell) -> When | EndWord:
        """Return a date with its precision, or one of the words the column allows."""
        if isinstance(value, str) and value.casefold() in self.column.also:
            return EndWord(value.casefold())
        if isinstance(value, datetime):
            return in_range(dated(value.date(), cell.number_format), value, self.column)
        if isinstance(value, time | timedelta | bool):
            raise RefusedError(f"{shown(value)} is not a date. {date_hint(self.column)}")
        if isinstance(value, int | float):
            return in_range(whole_year(value), value, self.column)
        return in_range(typed_date(value, self.column), value, self.column)

    def number(self, value: object, cell: RawCell) -> float | int:
        """Return a number; text that looks like one in two ways is refused."""
        if isinstance(value, bool | datetime | date | time | timedelta):
            raise RefusedError(f"{shown(value)} is not a number. Type the plain number.")
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
            raise RefusedError(f"{shown(value)} is negative; {self.column.name} is 0 or more.")
        return value

    def _typed_number(self, text: str) -> float | int:
        if re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", text):
            self.notices.append("A number stored as text was read as a number.")
            return float(text) if "." in text else int(text)
        if re.fullmatch(r"-?\d{1,15},\d{1,15}", text):
            left, right = shown(float(text.replace(",", "."))), text.replace(",", "")
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
            raise RefusedError(f"{shown(number)} is above 100. Type a percentage from 0 to 100.")
        return number

    def count(self, value: object, cell: RawCell) -> int:
        """Return a whole number."""
        number = self.number(value, cell)
        if number != int(number):
            raise RefusedError(f"{shown(number)} is not a whole number. Type digits only.")
        return int(number)

    def year(self, value: object, _cell: RawCell) -> int:
        """Return a year."""
        text = shown(value)
        if re.fullmatch(r"(19|20|21)\d\d", text):
            return int(text)
        raise RefusedError(f"{quoted(text)} is not a year. Type it with four digits, such as 2018.")

    def period(self, value: object, cell: RawCell) -> Period:
        """Return a reporting year, or the period between two dates."""
        text = shown(value)
        if re.fullmatch(r"(19|20|21)\d\d", text):
            year = int(text)
            first = self.policy.year_end(year - 1) + timedelta(days=1)
            return Period(first, self.policy.year_end(year), text)
        match = re.fullmatch(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)", text)
        if not match:
            raise RefusedError(
                f"{quoted(text)} is not a period. Type 2018, or 2018-04-01/2019-03-31."
            )
        first, last = (typed_date(part, self.column).first for part in match.groups())
        if last < first:
            raise RefusedError(f'"{text}" ends before it starts.')
        return Period(first, last, text)

    def currency(self, value: object, _cell: RawCell) -> str:
        """Return a three-letter currency code."""
        if isinstance(value, str) and value in currencies():
            return value
        raise RefusedError(
            f"{quoted(shown(value))} is not a currency code. "
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
    first = ", ".join(words[:8]) + (", ..." if len(words) > 8 else "")
    return f"Known: {first}."
