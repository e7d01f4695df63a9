"""Which names of countries and currencies there are, from the Unicode CLDR."""

from functools import cache


@cache
def countries() -> dict[str, str]:
    """Return country names by their folded spelling, from the Unicode CLDR."""
    from babel import Locale  # loaded only when a workbook is read

    names = Locale.parse("en").territories
    return {folded_country(name): name for code, name in names.items() if len(code) == 2}


def folded_country(name: str) -> str:
    """Return a name without what people type in two ways: case, apostrophes, `and`."""
    return name.casefold().replace("\u2019", "'").replace(" and ", " & ")


@cache
def currencies() -> frozenset[str]:
    """Return the three-letter codes of currencies."""
    from babel.numbers import list_currencies

    return frozenset(list_currencies())
