"""What a number format makes of a number: another currency, thousands, or a sign of per cent.

Source: ECMA-376, part 1, section 18.8.31: text stands in quotes or behind a backslash, a currency
in `[$...]`, commas at the end divide by thousands, and % outside of text multiplies by 100.
"""

import re
from functools import cache

TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|\[\$([^\]-]*)(?:-([0-9A-Fa-f]+))?[^\]]*\]|\[[^\]]*\]|[_*].|(.)'
)
DOLLARS = frozenset(
    {"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "CLP", "COP", "ARS", "BBD", "BSD"}
    | {"BZD", "JMD", "TTD", "FJD", "GYD", "LRD", "NAD", "XCD"}
)
SIGNS = {
    "US$": "USD", "CA$": "CAD", "CAN$": "CAD", "C$": "CAD", "CDN$": "CAD", "A$": "AUD",
    "AU$": "AUD", "NZ$": "NZD", "HK$": "HKD", "NT$": "TWD", "S$": "SGD", "MX$": "MXN", "R$": "BRL",
    "€": "EUR", "£": "GBP", "₹": "INR", "₽": "RUB", "₴": "UAH", "₩": "KRW", "₺": "TRY", "₪": "ILS",
    "฿": "THB", "₫": "VND", "₦": "NGN", "₱": "PHP", "zł": "PLN", "Kč": "CZK", "Ft": "HUF",
    "Fr.": "CHF", "SFr.": "CHF", "lei": "RON", "元": "CNY", "円": "JPY",
}  # fmt: skip
SEVERAL = {
    "$": DOLLARS,
    "¥": frozenset({"JPY", "CNY"}),
    "kr": frozenset({"SEK", "NOK", "DKK", "ISK"}),
    "kr.": frozenset({"SEK", "NOK", "DKK", "ISK"}),
}
DOLLAR_OF = {  # the place a dollar format is of, as Excel numbers places
    0x409: "USD", 0x1009: "CAD", 0xC0C: "CAD", 0xC09: "AUD", 0x1409: "NZD", 0x4809: "SGD",
    0xC04: "HKD", 0x404: "TWD", 0x80A: "MXN", 0x340A: "CLP", 0x240A: "COP", 0x2C0A: "ARS",
}  # fmt: skip
THOUSAND, MILLION, BILLION = 1_000, 1_000_000, 1_000_000_000
SCALES = {
    **dict.fromkeys(("k", "tsd", "tsd.", "thousand", "thousands", "mille", "mil", "t"), THOUSAND),
    **dict.fromkeys(("m", "mio", "mio.", "mln", "mn", "million", "millions", "millionen"), MILLION),
    **dict.fromkeys(("bn", "billion", "billions", "mrd", "mrd.", "milliard", "milliards"), BILLION),
}
WORDS = re.compile(r"[^\W\d_]+\.?|[^\w\s]+")


def is_percent(number_format: str) -> bool:
    """Whether a cell shows its number times a hundred.

    >>> is_percent("0.0%"), is_percent('0.0"%"')
    (True, False)
    """
    return "%" in number_format and any(m[5] == "%" for m in TOKEN.finditer(number_format))


def has_percent_text(number_format: str) -> bool:
    """Whether a sign of per cent is only text behind the number."""
    return "%" in number_format and not is_percent(number_format) and "%" in _text(number_format)


@cache
def currencies_of(number_format: str) -> frozenset[str]:
    """Return the currencies that a format may mean, none where it names none.

    >>> sorted(currencies_of("[$USD] #,##0")), sorted(currencies_of('#,##0 "€"'))
    (['USD'], ['EUR'])
    """
    for match in TOKEN.finditer(number_format):
        if match[3]:
            place = int(match[4], 16) if match[4] else 0
            own = DOLLAR_OF.get(place) if match[3].strip() == "$" else None
            return frozenset({own}) if own else _currencies_in(match[3])
    return _currencies_in(_text(number_format))


@cache
def multiple_of(number_format: str, *, of_money: bool = False) -> int:
    """Return by how much the words of a format enlarge what is typed, 1 where they do not.

    A format that divides as it writes K shows what is stored: then nothing is in doubt. A lone m
    or t is a million or a thousand of money, and metres or tonnes of anything else.

    >>> multiple_of('0"K"'), multiple_of('#,##0,"K"'), multiple_of('0" m"')
    (1000, 1, 1)
    """
    first = number_format.split(";")[0]
    if re.search(r"[0#?],+(?![0#?])", re.sub(r'"[^"]*"|\\.', "", first)):
        return 1
    words = [word.casefold() for word in WORDS.findall(_text(first))]
    known = SCALES if of_money or currencies_of(number_format) else SCALES.keys() - {"m", "t"}
    return next((SCALES[word] for word in words if word in known), 1)


@cache
def unit_of(number_format: str) -> str:
    """Return the words a format writes beside a number, blank for none, a currency or a scale.

    >>> unit_of('0" weeks"'), unit_of('0" CAD"'), unit_of("#,##0.00")
    ('weeks', '', '')
    """
    text = _text(number_format).strip()
    words = [word.casefold() for word in WORDS.findall(text) if word[0].isalpha()]
    is_known = currencies_of(number_format) or all(word in SCALES for word in words)
    return "" if is_known else text


def _text(number_format: str) -> str:
    """Return what a format writes beside the digits."""
    parts = []
    for match in TOKEN.finditer(number_format.split(";")[0]):
        loose = (
            match[5] if (match[5] and not match[5].isascii()) or match[5] in ("$", "K", "k") else ""
        )
        parts.append(match[1] or match[2] or match[3] or loose or "")
    return "".join(parts)


def _currencies_in(text: str) -> frozenset[str]:
    """Return the currencies that a text names by sign or by code."""
    plain = text.strip()
    for sign, code in SIGNS.items():
        if sign in plain and (not sign.isalpha() or sign in WORDS.findall(plain)):
            return frozenset({code})
    for word in WORDS.findall(plain):
        if word in SEVERAL:
            return SEVERAL[word]
        if len(word) == 3 and word.isupper() and word in _codes():
            return frozenset({word})
    return frozenset()


@cache
def _codes() -> frozenset[str]:
    """Return the three-letter codes of currencies, from the Unicode CLDR."""
    from babel.numbers import list_currencies  # loaded only when a format has words

    return frozenset(list_currencies())
