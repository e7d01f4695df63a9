"""What is wrong with per cents: two readings in one row, shares out of 0-100, parts above wholes.

Source: domain, section 1, Per cent.
"""

from collections.abc import Iterator, Mapping, Sequence

from toolkit.files.checks import ReadSheet
from toolkit.files.formats import currencies_of, has_percent_text, is_percent
from toolkit.files.readings import foreign, shown, two_shares
from toolkit.model.issues import Issue
from toolkit.model.sheets import VOID
from toolkit.model.vocabulary import Severity

OF_INDICATORS = ("baseline", "lower", "upper")
OF_RESULTS = ("target", "first_target", "actual")
NO_PERCENT = ("count", "amount", "ratio", "index")
Row = Mapping[str, object]
Numbered = tuple[int, Row]


def check_percents(
    results: ReadSheet | None, indicators: ReadSheet | None, by_id: Mapping[object, Row]
) -> Iterator[Issue]:
    """Yield every problem with per cents, and with formats that contradict the indicator."""
    for number, row in indicators.rows.items() if indicators else ():
        yield from _values(indicators, (number, row), row, OF_INDICATORS)
    for number, row in results.rows.items() if results else ():
        if row.get("state") == VOID:
            continue
        indicator = by_id.get(row.get("indicator_id"), {})
        told = list(_values(results, (number, row), indicator, OF_RESULTS))
        yield from told
        if all(issue.column != "actual" for issue in told):
            yield from _pair(results, (number, row), indicator.get("measure"))


def _values(
    read: ReadSheet, at: Numbered, indicator: Row, columns: Sequence[str]
) -> Iterator[Issue]:
    number, row = at
    formats = {
        name: read.formats.get((number, name), "") for name in columns if row.get(name) is not None
    }
    is_number = indicator.get("measure") in NO_PERCENT
    percent = [name for name, code in formats.items() if is_percent(code) and not is_number]
    for name, code in formats.items():
        value = row[name]
        told = (
            _format(name, value, code, indicator)
            or (_mixed(read, number, name, row, percent) if percent and name not in percent else "")
            or _share(value, code, indicator)
        )
        if told:
            yield read.issue(Severity.ERROR, number, name, told)


def _format(name: str, value: float, code: str, indicator: Row) -> str:
    """Return how the format of a cell contradicts its indicator, blank where it does not."""
    measure, currency, named = (
        indicator.get("measure"),
        indicator.get("currency"),
        currencies_of(code),
    )
    if named and currency and currency not in named:
        return foreign(named, str(currency))
    if is_percent(code) and measure in NO_PERCENT:
        return (
            f"The cell is formatted as a percentage and {indicator.get('indicator_id')} is no "
            f"percentage ({measure}): it can be read as {shown(round(value / 100, 9))} or "
            f"{shown(value)}. Type the plain {name}."
        )
    return ""


def _mixed(read: ReadSheet, number: int, name: str, row: Row, percent: Sequence[str]) -> str:
    """Return both readings of a cell that is not formatted as the other of its row is."""
    value, code = row[name], read.formats.get((number, name), "")
    if has_percent_text(code) or not value:
        return ""
    other = f"{read.letters[percent[0]]}{number}"
    return (
        f"{other} is formatted as a percentage ({shown(row[percent[0]])} per cent) and this cell "
        f"is not: it can be read as {shown(value)} or {shown(round(value * 100, 9))} per cent. "
        "Format both alike."
    )


def _share(value: float, code: str, indicator: Row) -> str:
    """Return what is wrong with the value of a percentage, blank where nothing is."""
    if indicator.get("measure") != "percent":
        return ""
    if not 0 <= value <= 100:
        return (
            f"{shown(value)} lies outside 0 to 100. Type a percentage, or set measure of "
            f"{indicator.get('indicator_id')} to index or ratio."
        )
    is_shown = is_percent(code) or has_percent_text(code)
    return two_shares(value) if 0 < value < 1 and not is_shown else ""


def _pair(read: ReadSheet, at: Numbered, measure: object) -> Iterator[Issue]:
    """Name a numerator without its denominator, above it, or at odds with the actual."""
    number, row = at
    above, below, actual = (row.get(name) for name in ("numerator", "denominator", "actual"))
    is_refused = any((number, n) in read.refused for n in ("numerator", "denominator", "actual"))
    if above is None or is_refused:
        return
    if below is None:
        message = f"The denominator is missing: {shown(above)} of how many? Type it there."
        yield read.issue(Severity.ERROR, number, "numerator", message)
        return
    if measure in (None, "percent") and not 0 <= above <= below and below != 0:
        message = (
            f"{shown(above)} of {shown(below)} is no part of a whole. Correct the numerator or the "
            "denominator, or set measure to ratio."
        )
        yield read.issue(Severity.ERROR, number, "numerator", message)
        return
    if actual is None or below == 0:
        return
    readings = [above / below] if measure in ("ratio", "index") else [100 * above / below]
    readings += [above / below] if measure is None else []
    if not any(_is_rounded(actual, reading) for reading in readings):
        message = (
            f"The actual is {shown(actual)}, and {shown(above)} of {shown(below)} (numerator and "
            f"denominator) is {shown(round(readings[0], 2))}. Correct one of them."
        )
        yield read.issue(Severity.ERROR, number, "actual", message)


def _is_rounded(typed: float, exact: float) -> bool:
    """Whether a number is another one, rounded to as many places as it shows."""
    places = len(shown(typed).partition(".")[2])
    return abs(typed - exact) <= 0.5 * 10**-places + 1e-9
