"""What is wrong between an indicator, its results and the outcomes they name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from toolkit.files.checks import ReadSheet, nearest
from toolkit.files.formats import currencies_of
from toolkit.files.overlaps import check_periods
from toolkit.files.percents import check_percents
from toolkit.files.readings import foreign
from toolkit.files.sums import find_sums
from toolkit.model.dates import Period
from toolkit.model.issues import Issue, quoted
from toolkit.model.sheets import VOID
from toolkit.model.vocabulary import Accumulation, Direction, IndicatorKind, Severity

PAIRS = {
    IndicatorKind.FLOW: (Accumulation.INCREMENTAL, Accumulation.RUNNING_TOTAL),
    IndicatorKind.LEVEL: (Accumulation.RUNNING_TOTAL, Accumulation.SNAPSHOT),
}
LEAST_TRADE, LITTLE_TRADE, MUCH_TRADE = 10_000, 100_000, 1_000_000  # a year, in any currency
WHOLE = {"all", "everyone", "overall", "sum", "total", "totals", "whole"}  # no name of a part
Row = Mapping[str, object]
Numbered = tuple[int, Row]


def check_measures(sheets: Mapping[str, ReadSheet]) -> list[Issue]:
    """Return every problem of indicators, results, outcomes and budget lines (domain 1 and 6)."""
    issues: list[Issue] = []
    by_id = _by_id(sheets.get("Indicators"))
    issues += check_percents(sheets.get("Results"), sheets.get("Indicators"), by_id)
    issues += find_sums(sheets.get("Results"), sheets.get("Indicators"))
    if "Profiles" in sheets:
        issues += _trade(sheets["Profiles"])
    if "Objectives" in sheets:
        issues += _dropped(sheets["Objectives"])
    if "Indicators" in sheets:
        issues += _indicators(sheets["Indicators"])
    if "Results" in sheets:
        standing = _standing(sheets["Results"])
        issues += _results(sheets["Results"], standing, by_id)
        issues += _parts(sheets["Results"], standing)
        issues += _revised(sheets["Results"], standing)
        issues += _falls(sheets["Results"], standing, by_id)
        issues += check_periods(sheets["Results"], by_id)
        issues += _outcome_references(sheets["Results"], sheets.get("Outcomes"))
    if "Outcomes" in sheets:
        issues += _amounts(sheets["Outcomes"])
    if "Budget" in sheets:
        issues += _lines(sheets["Budget"])
    return issues


def _standing(read: ReadSheet) -> list[Numbered]:
    """Return the results that are not void, with their row numbers."""
    return [(number, row) for number, row in read.rows.items() if row.get("state") != VOID]


def _by_id(read: ReadSheet | None) -> Mapping[object, Row]:
    rows = read.rows.values() if read else ()
    return {row.get("indicator_id"): row for row in rows}


def _dropped(read: ReadSheet) -> Iterator[Issue]:
    """Ask for the other half where only the day or the reason of giving up is there."""
    halves = (
        ("dropped_on", "dropped_reason", "Given up without a reason: type it in dropped_reason."),
        ("dropped_reason", "dropped_on", "A reason without a day: type the day in dropped_on."),
    )
    for number, row in read.rows.items():
        for given, lacking, message in halves:
            is_lacking = row.get(lacking) is None and (number, lacking) not in read.refused
            if row.get(given) is not None and is_lacking:
                yield read.issue(Severity.NOTICE, number, given, message, touches=True)


def _indicators(read: ReadSheet) -> Iterator[Issue]:
    for number, row in read.rows.items():
        kind, accumulation = row.get("kind"), row.get("accumulation")
        if accumulation and kind in PAIRS and accumulation not in PAIRS[kind]:
            allowed = " or ".join(PAIRS[kind])
            message = f'A {kind} cannot be "{accumulation}". Type {allowed}.'
            yield read.issue(Severity.ERROR, number, "accumulation", message)
        state = row.get("baseline_state")
        if row.get("baseline") is not None and state in ("unknown", "not applicable"):
            message = f"A baseline of {row['baseline']:g} stands beside {state}. Keep one of them."
            yield read.issue(Severity.NOTICE, number, "baseline_state", message, touches=True)
        lower, upper = row.get("lower"), row.get("upper")
        if lower is not None and upper is not None and lower > upper:
            message = f"upper ({upper:g}) is below lower ({lower:g})."
            yield read.issue(Severity.ERROR, number, "upper", message)


def _results(
    read: ReadSheet, standing: Iterable[Numbered], indicators: Mapping[object, Row]
) -> Iterator[Issue]:
    for number, row in standing:
        indicator = indicators.get(row.get("indicator_id"), {})
        reported = row.get("actual") is not None or row.get("numerator") is not None
        if reported and row.get("state") is None and (number, "state") not in read.refused:
            yield from _at(read, number, "state", "A value is reported: type draft or approved.")
        if row.get("denominator") == 0:
            yield from _at(read, number, "denominator", "A denominator cannot be 0.")
        yield from _scale(read, number, row, indicator.get("kind"))
        if _is_conflict(row, indicator):
            message = (
                f"The target {row['target']:g} lies on the wrong side of the baseline "
                f"{indicator['baseline']:g} for {indicator['direction']}: no percentage is given."
            )
            yield read.issue(Severity.NOTICE, number, "target", message, touches=True)


def _parts(read: ReadSheet, standing: Iterable[Numbered]) -> Iterator[Issue]:
    """Name a part that is none, and parts of a period whose whole is not there."""
    wholes = {(row.get("indicator_id"), row.get("period")) for _, row in standing if _is_whole(row)}
    seen = set()
    for number, row in standing:
        part, found = row.get("part"), (row.get("indicator_id"), row.get("period"))
        if _is_whole(row) or None in found:
            continue
        if str(part).casefold() in WHOLE:
            message = f"{quoted(str(part))} reads like the whole. Leave part blank for the whole."
            yield read.issue(Severity.ERROR, number, "part", message)
        elif found not in wholes | seen:
            message = (
                f"Of {found[0]} in {found[1]} there are parts and no whole. Parts are shown, never "
                "added: type the whole in a row with part blank."
            )
            yield read.issue(Severity.NOTICE, number, "part", message, touches=True)
        seen.add(found)


def _is_whole(row: Row) -> bool:
    return row.get("part") is None


def _revised(read: ReadSheet, standing: Iterable[Numbered]) -> Iterator[Issue]:
    """Ask for the target in force where only the one first agreed is there."""
    for number, row in standing:
        lacks = row.get("target") is None and (number, "target") not in read.refused
        if row.get("first_target") is not None and lacks:
            message = "A first target without the one in force: type it in target, changed or not."
            yield read.issue(Severity.NOTICE, number, "first_target", message, touches=True)


def _at(read: ReadSheet, row: int, column: str, message: str) -> Iterator[Issue]:
    """Yield an error at a cell, or at the row's indicator where the column is absent."""
    place = column if column in read.letters else "indicator_id"
    yield read.issue(Severity.ERROR, row, place, message)


def _scale(read: ReadSheet, number: int, row: Row, kind: object) -> Iterator[Issue]:
    actual = row.get("actual")
    if actual is None:
        return
    if kind == IndicatorKind.QUALITATIVE and not 0 <= actual <= 4:
        message = f"{actual:g} is not a rating. A qualitative result is rated from 0 to 4."
        yield read.issue(Severity.ERROR, number, "actual", message)
    if kind == IndicatorKind.MILESTONE and actual not in (0, 1):
        message = f"{actual:g} is not an answer. A milestone is 1 (done) or 0 (not done)."
        yield read.issue(Severity.ERROR, number, "actual", message)


def _is_conflict(row: Row, indicator: Row) -> bool:
    target, baseline = row.get("target"), indicator.get("baseline")
    if indicator.get("kind") != IndicatorKind.LEVEL or None in (target, baseline):
        return False
    if indicator.get("direction") == Direction.INCREASE:
        return target < baseline
    return indicator.get("direction") == Direction.DECREASE and target > baseline


def _falls(
    read: ReadSheet, standing: Iterable[Numbered], indicators: Mapping[object, Row]
) -> Iterator[Issue]:
    """Point out a running total that falls."""
    told: dict[object, list[Numbered]] = defaultdict(list)
    for number, row in standing:
        indicator = indicators.get(row.get("indicator_id"), {})
        is_running = indicator.get("accumulation") == Accumulation.RUNNING_TOTAL
        if is_running and row.get("actual") is not None and isinstance(row.get("period"), Period):
            told[row.get("indicator_id"), row.get("part")].append((number, row))
    for rows in told.values():
        ordered = sorted(rows, key=lambda pair: (pair[1]["period"].last, pair[1]["period"].first))
        for (first, before), (number, row) in pairwise(ordered):
            if row["actual"] < before["actual"]:
                cell = f"{read.letters['actual']}{first}"
                message = (
                    f"A running total falls, from {before['actual']:g} ({cell}) to "
                    f"{row['actual']:g}. Is it an increment, or a snapshot?"
                )
                yield read.issue(Severity.NOTICE, number, "actual", message, touches=True)


def _trade(read: ReadSheet) -> Iterator[Issue]:
    """Point out trade that looks typed in thousands or millions."""
    typed = {n: row["yearly_trade"] for n, row in read.rows.items() if row.get("yearly_trade")}
    most = max(typed.values(), default=0)
    for number, value in typed.items():
        if value < (LITTLE_TRADE if most >= MUCH_TRADE else LEAST_TRADE):
            message = (
                f"{value:,.10g} is little for two-way trade a year: is it in thousands or "
                "millions? Type whole units of the currency."
            )
            yield read.issue(
                Severity.NOTICE, number, "yearly_trade", message, touches=True, pattern="trade"
            )


def _outcome_references(read: ReadSheet, outcomes: ReadSheet | None) -> Iterator[Issue]:
    known = {str(row.get("outcome_ref")) for row in outcomes.rows.values()} if outcomes else set()
    for number, row in read.rows.items():
        for ref in row.get("outcome_ref") or ():
            if ref in known:
                continue
            if not known:
                message = f'Sheet Outcomes is not supplied, so "{ref}" was not looked up.'
                yield read.issue(Severity.NOTICE, number, "outcome_ref", message)
                continue
            message = f'"{ref}" is not in Outcomes.{nearest(ref, known)}'
            yield read.issue(Severity.ERROR, number, "outcome_ref", message)


def _amounts(read: ReadSheet) -> Iterator[Issue]:
    """Name an amount in another currency's format, and one outcome with different amounts."""
    seen: dict[object, tuple[object, int]] = {}
    for number, row in read.rows.items():
        named = currencies_of(read.formats.get((number, "amount"), ""))
        if named and row.get("currency") and row["currency"] not in named:
            message = foreign(named, str(row["currency"]))
            yield read.issue(Severity.ERROR, number, "amount", message)
        ref, amount = row.get("outcome_ref"), (row.get("amount"), row.get("currency"))
        if ref is None or row.get("amount") is None:
            continue
        first, at = seen.setdefault(ref, (amount, number))
        if amount != first:
            cell = f"{read.letters['amount']}{at}"
            message = f'"{ref}" has another amount in {cell}. One outcome has one amount.'
            yield read.issue(Severity.ERROR, number, "amount", message)


def _lines(read: ReadSheet) -> Iterator[Issue]:
    for number, row in read.rows.items():
        named = row.get("agreement_id") is not None or (number, "agreement_id") in read.refused
        if row.get("line") == "agreement" and not named:
            column = "agreement_id" if "agreement_id" in read.letters else "line"
            message = "A line of an agreement needs its agreement_id."
            yield read.issue(Severity.ERROR, number, column, message)
        if row.get("line") in ("programme", "overhead") and row.get("agreement_id") is not None:
            message = f"The {row['line']} line belongs to no agreement. Clear this cell."
            yield read.issue(Severity.ERROR, number, "agreement_id", message)
