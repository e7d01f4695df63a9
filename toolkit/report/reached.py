"""What each agreement delivered: what is named as achieved, what fell short, and its trend."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from toolkit.model.results import Result, Table
from toolkit.model.text import how_many, listed
from toolkit.model.told import Told, money_fact, told_together
from toolkit.model.vocabulary import Progress
from toolkit.report import markup
from toolkit.report.charts import trend_line
from toolkit.report.markup import Part, Sentences, Stack
from toolkit.report.view import amount, percent

SAME = 0.03  # shares that lie no further apart are about the same
FEW = 1  # a year in which so few were measured shows no trend
NAMED = 3  # failures of one agreement that are told by name; the outcome evaluation lists all


def achieved_and_failed(
    outcomes: Table[Result], failures: Table[Result], indicators: Table[Result]
) -> Part:
    """Return named achievements and failures by agreement, those that failed most first.

    Parameters
    ----------
    indicators
        Every indicator, for the actual and the target of those that failed.
    """
    good, bad = _achieved(outcomes), _failed(failures, indicators)
    order = sorted({**good, **bad}, key=lambda name: (-len(bad.get(name, ())), name))
    rows = tuple(
        (name, tuple(good.get(name, ())), tuple(_first(bad.get(name, [])))) for name in order
    )
    if not rows:
        return Stack()
    return markup.HtmlTable(
        "Named achievements and failures", ("Agreement", "Achieved", "Fell short"), rows
    )


def _first(told: Sequence[str]) -> list[str]:
    rest = len(told) - NAMED
    return [*told[:NAMED], *([f"and {rest} more"] if rest > 0 else [])]


def _achieved(outcomes: Iterable[Result]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in outcomes:
        others = f" (with {listed(row.partners[1:])})" if len(row.partners) > 1 else ""
        found[row.partners[0]].append(row.decision + _worth(row) + others)
    return found


def _worth(row: Result) -> str:
    if row.amount is None:
        return ""
    return ", " + money_fact(
        "money.named", row.amount, of=row.outcome_ref, currency=row.currency or ""
    )


def _failed(failures: Iterable[Result], indicators: Table[Result]) -> Mapping[str, list[str]]:
    """Return what fell short by agreement: the furthest off first, then what is not reported."""
    found: dict[str, list[str]] = defaultdict(list)
    silent: dict[str, list[str]] = defaultdict(list)
    for row in failures:
        if row.decision == Progress.NOT_REPORTED:
            silent[row.partner].append(row.name)
        else:
            found[row.partner].append(_short_of(row, indicators[row.indicator_id]))
    for partner, names in silent.items():
        found[partner].append(f"not reported: {listed(names)}")
    return found


def _short_of(row: Result, indicator: Result) -> str:
    if indicator.actual is None or indicator.target is None:
        return f"{row.name}: {percent(row.achievement)}"
    unit = f" {indicator.unit}" if indicator.unit and indicator.unit not in ("%", "percent") else ""
    return f"{row.name}: {amount(indicator.actual)} of {amount(indicator.target)}{unit}"


def trends(history: Table[Result], achievement: Table[Result]) -> Part:
    """Return how far each agreement had come at the end of each year that anything was measured."""
    values = {(row.agreement_id, row.year): row.achievement for row in history}
    counts = Counter(year for (_, year), value in values.items() if value is not None)
    years = sorted(year for year, count in counts.items() if count > FEW)
    known = [row for row in achievement if row.achievement is not None]
    if not known or not years:
        return Stack()
    ordered = sorted(known, key=lambda row: (-row.achievement, row.partner))
    rows = tuple(
        _trend(row, [values.get((row.agreement_id, year)) for year in years]) for row in ordered
    )
    headings = ("Agreement", *map(str, years), "Trend", "Status", "Since the year before")
    table = markup.HtmlTable(
        _moved(rows), headings, rows, frozenset(range(1, len(years) + 1)),
        "Achieved to date of its targets, each objective at most in full; the line in the trend is "
        "the target. About the same: within 3 points, before they are rounded.",
    )  # fmt: skip
    return Stack(table, *_unmeasured(achievement))


def _moved(rows: Sequence[Sequence[object]]) -> str:
    told = [row[-1] for row in rows]
    counts = {word: told.count(word) for word in ("better", "worse", "about the same")}
    return f"Of {how_many(len(rows), 'agreement')} measured: " + ", ".join(
        f"{count} {word}" for word, count in counts.items() if count
    )


def _trend(row: Result, values: Sequence[float | None]) -> tuple[object, ...]:
    shown = (percent(value) for value in values)
    before = values[-2] if len(values) > 1 else None
    status = f"{row.decision}, on thin evidence" if row.on_thin_evidence else row.decision
    return (row.partner, *shown, trend_line(values), status, since(before, values[-1]))


def since(before: float | None, now: float | None) -> str:
    """Return in a word how a share moved.

    >>> since(0.97, 0.98), since(0.48, 0.58), since(None, 0.5)
    ('about the same', 'better', 'newly measured')
    """
    if now is None:
        return "no longer measured" if before is not None else "not measured"
    if before is None:
        return "newly measured"
    if abs(round(now - before, 9)) <= SAME:
        return "about the same"
    return "better" if now > before else "worse"


def _unmeasured(achievement: Table[Result]) -> list[Part]:
    """Return which agreements have targets and no number, and how many have no objective."""
    silent = [row.partner for row in achievement if row.objectives and row.achievement is None]
    without = sum(not row.objectives for row in achievement)
    lines: list[str | Told] = []
    if silent:
        lines.append(f"Not measurable: {listed(silent)}.")
    if without:
        lines.append(f"Without a stated objective on record: {how_many(without, 'agreement')}.")
    return [Sentences((told_together(lines, " "),))] if lines else []
