"""What is wrong between periods of one indicator: overlaps, and wholes unlike their parts."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from toolkit.files.checks import ReadSheet
from toolkit.model.dates import Period, fills, nest
from toolkit.model.issues import Issue
from toolkit.model.sheets import VOID
from toolkit.model.vocabulary import Accumulation, IndicatorKind, Severity

Row = Mapping[str, object]
Numbered = tuple[int, Row]


def check_periods(read: ReadSheet, indicators: Mapping[object, Row]) -> Iterator[Issue]:
    """Yield every problem between the periods of one indicator, or of one part of it."""
    groups: dict[object, dict[Period, Numbered]] = defaultdict(dict)
    for number, row in read.rows.items():
        period = row.get("period")
        if row.get("state") == VOID or not isinstance(period, Period):
            continue
        groups[row.get("indicator_id"), row.get("part")].setdefault(period, (number, row))
        if period.exceeds_year:
            message = (
                f"{period} is longer than a reporting year: what it holds counts to date, "
                "and in no single year."
            )
            yield read.issue(
                Severity.NOTICE, number, "period", message, touches=True, pattern="longer"
            )
    for (indicator_id, _), rows in groups.items():
        if len(rows) > 1:
            yield from _between(read, rows, indicators.get(indicator_id, {}))


def _between(read: ReadSheet, rows: Mapping[Period, Numbered], indicator: Row) -> Iterator[Issue]:
    nested = nest(rows)
    for left, right in nested.clashes:
        cell = f"{read.letters['period']}{rows[left][0]}"
        message = f"{right} overlaps {left} ({cell}), and neither holds the other. Correct one."
        yield read.issue(Severity.ERROR, rows[right][0], "period", message)
    for whole, parts in nested.inside.items():
        if fills(whole, parts):
            yield from _disagreement(read, rows[whole], [rows[part] for part in parts], indicator)
        elif not any(whole in pair for pair in nested.clashes):
            cells = ", ".join(f"{read.letters['period']}{rows[part][0]}" for part in parts)
            message = (
                f"{whole} overlaps {parts[0]} ({cells}), and the periods within it leave days out. "
                "Type a row for each of its parts, blank where nothing is reported yet; a target "
                "that was revised has the first one in first_target."
            )
            yield read.issue(Severity.ERROR, rows[whole][0], "period", message)


def _disagreement(
    read: ReadSheet, whole: Numbered, parts: Sequence[Numbered], indicator: Row
) -> Iterator[Issue]:
    """Name an actual or a target of the whole that is not what its parts hold."""
    for column, severity in (("actual", Severity.ERROR), ("target", Severity.NOTICE)):
        own = whole[1].get(column)
        found = _of_parts([row.get(column) for _, row in parts], indicator)
        if own is None or found is None or abs(own - found) <= 1e-9 * max(1.0, abs(own)):
            continue
        cells = f"{read.letters[column]}{parts[0][0]} to {read.letters[column]}{parts[-1][0]}"
        message = (
            f"The {column} of {whole[1]['period']} is {own:,.10g}, and its parts ({cells}) make "
            f"{found:,.10g}. Correct one of them."
        )
        yield read.issue(severity, whole[0], column, message, touches=severity != Severity.ERROR)


def _of_parts(values: Sequence[object], indicator: Row) -> float | None:
    """Return what the parts make of the whole: their sum, or the last; nothing where not known.

    A sum of some parts that is beyond the whole already is told too, as the least it can be.
    """
    if indicator.get("measure") == "percent" and indicator.get("kind") == IndicatorKind.FLOW:
        return None  # pooled by numerators and denominators, never added
    is_flow = indicator.get("kind") == IndicatorKind.FLOW
    is_sum = is_flow and indicator.get("accumulation") in (None, Accumulation.INCREMENTAL)
    if not is_sum or indicator.get("measure") in ("ratio", "index"):
        return values[-1]
    return sum(values) if None not in values else None
