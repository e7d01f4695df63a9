"""What is said of the name of a country: what it is taken for, or what to type instead."""

from toolkit.model.countries import Country, country_name, english_names, is_union, near_countries
from toolkit.model.issues import quoted

ALSO_A_STATE = {"GE": ("Georgia", "a state of the United States")}  # a country of the same name
MOST_NAMED = 3


def describe_country(country: Country) -> str:
    """Return what a name is taken for where that is not plain, and what to type; else nothing."""
    typed, codes = quoted(country.typed), country.codes
    if country.is_former and len(codes) > 1:
        return f"{typed} is a state that is no more. Type the country of today: {_either(codes)}."
    if not codes:
        return f"{typed} is not in the list of country names (CLDR). {_hint(country.typed)}"
    if len(codes) > 1:
        return f"{typed} may be {_either(codes)}. Type which{_several(country.typed)}."
    name = country_name(codes[0])
    if country.is_former:
        return f"{typed} is a former name. It was read as {quoted(name)}."
    own, other = ALSO_A_STATE.get(codes[0], ("", ""))
    if own == country.typed.strip():
        return f'{typed} was read as the country. If it is {other}, type "United States".'
    plain = (name, english_names()[codes[0]])
    return "" if country.typed in plain else f"{typed} was read as {quoted(name)}."


def nearest_country(name: str) -> str:
    """Return as a question the country that a slip of the hand made unknown, blank for none."""
    near = near_countries(name)
    return f"Did you mean {' or '.join(map(quoted, near))}?" if near else ""


def _hint(name: str) -> str:
    if is_union(name):
        return "It holds many countries. Type that of the partner."
    if name.casefold() == "na":
        return 'Type "Namibia" if that is meant.'
    return nearest_country(name) or "Type its usual name in any language, or its code, such as DE."


def _either(codes: tuple[str, ...]) -> str:
    names = [quoted(country_name(code)) for code in codes]
    more = [f"{len(names) - MOST_NAMED} others"] if len(names) > MOST_NAMED else []
    named = [*names[:MOST_NAMED], *more]
    return f"{', '.join(named[:-1])} or {named[-1]}"


def _several(name: str) -> str:
    """Return how several countries of one pact are typed, where the name reads like a list."""
    return "; several are typed with ; between" if "," in name or " and " in name else ""
