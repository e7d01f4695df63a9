"""The agreement report: what stands on its two sheets, before all that is folded behind it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from markupsafe import Markup

from toolkit.model.dates import told_date
from toolkit.model.portfolio import Portfolio
from toolkit.model.results import Result, Table
from toolkit.model.sheets import Agreement, Indicator, PeriodResult
from toolkit.model.text import how_many, listed
from toolkit.model.vocabulary import Evidence, Finding
from toolkit.report.charts import cell_bar, trend_line
from toolkit.report.costs import this_year_and_next
from toolkit.report.markup import HtmlTable, Part, Sentences, Stack, render_value
from toolkit.report.review import MEANING, proposed
from toolkit.report.silence import withdrawn
from toolkit.report.spans import cost_bars, term_bar
from toolkit.report.view import Found, amount, percent

MOST_REMEDIES = 3  # the best of them; all stand in the table
YEARS_SHOWN = 3  # of an indicator in its small line
LETTERS = {"S": "specific", "M": "measurable", "A": "achievable", "R": "relevant", "T": "timed"}
FULL, HALF = 2, 1  # points of a letter
FACE = {FULL: "●", HALF: "◐", 0: "○"}
SAID = {FULL: "yes", HALF: "partly", 0: "no"}
BOX = Markup('<div class="verdict"><p class="decision">{}</p><p>{}</p>{}</div>')
LINE = Markup("<div><dt>{}</dt><dd>{}</dd></div>")


@dataclass(frozen=True)
class Verdict:
    """What is proposed in large words, why, how firm it is, and what would change it."""

    decision: str
    reason: str
    lines: tuple[tuple[str, object], ...]

    def _repr_html_(self) -> str:
        told = Markup().join(LINE.format(name, render_value(value)) for name, value in self.lines)
        lines = Markup('<dl class="facts">{}</dl>').format(told)
        return str(BOX.format(self.decision, self.reason, lines))


@dataclass(frozen=True)
class NamedValues:
    """Names with their values, side by side where there is room."""

    rows: tuple[tuple[str, object], ...]

    def _repr_html_(self) -> str:
        rows = ((name, value) for name, value in self.rows if value not in (None, "", ()))
        told = Markup().join(LINE.format(name, render_value(value)) for name, value in rows)
        return str(Markup('<dl class="facts wide">{}</dl>').format(told))


@dataclass(frozen=True)
class Beside:
    """Parts side by side where there is room."""

    parts: tuple[Part, ...]

    def _repr_html_(self) -> str:
        parts = Markup().join(Markup(part._repr_html_()) for part in self.parts)
        return str(Markup('<div class="beside">{}</div>').format(parts))


def verdict(results: Found, own: Found, agreement_id: str) -> Verdict:
    """Return what is proposed for an agreement and all that a reader asks of it at once."""
    row = results.review[agreement_id]
    lines: list[tuple[str, object]] = [("How firm", _firm(row, own.firmness))]
    lines += [("Decided by people", told) for told in _decided(own.decisions_on_record)]
    better = tuple(remedy.reason for remedy in own.what_would_change)[:MOST_REMEDIES]
    lines.append(("What would change it", better[0] if len(better) == 1 else better))
    if asked := _asked(own.open_requests):
        lines.append(("To be told", asked))
    reason = results.plain_reasons.get(agreement_id) or row.reason
    return Verdict(proposed(row), reason, tuple(line for line in lines if line[1]))


def _firm(row: Result, firmness: Table[Result]) -> str:
    found = firmness.get(row.agreement_id)
    if row.evidence in (None, Evidence.BY_RULE) or found is None or not found.unknown:
        return _sentence(MEANING.get(row.evidence, ""))
    ways = "; ".join(found.unknown)
    return f"In 100 ways the unknowns could turn out: {ways}. {_sentence(MEANING[row.evidence])}"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _decided(decisions: Table[Result]) -> list[str]:
    """Return the latest decision on record."""
    latest = max(decisions, key=lambda row: row.decided_on or "", default=None)
    if latest is None:
        return []
    by = f", by {latest.decided_by}" if latest.decided_by else ""
    on = f" on {told_date(latest.decided_on)}" if latest.decided_on else ""
    state = "in force" if latest.in_force else "no longer in force"
    return [f"{latest.decision} for {latest.year}{by}{on}; {state}. {latest.reason or ''}".strip()]


def _asked(requests: Iterable[Result]) -> tuple[str, ...]:
    """Return what could move the proposal, who has it, by when."""
    moving = [row for row in requests if row.moves]
    told = dict.fromkeys(f"{r.decision}, by {r.holder}, until {told_date(r.by)}" for r in moving)
    return tuple(told)


def facts(results: Found, own: Found, agreement_id: str) -> Stack:
    """Return class, term, seat, who answers for it, and what it costs."""
    agreement = results.portfolio.get(Agreement, agreement_id)
    seat = results.seats[agreement_id]
    rows = (
        ("Class", agreement.classification),
        ("Seat", seat.reason),
        ("Led by", agreement.lead_unit),
        ("Sponsor", agreement.community_sponsor),
        ("Term", " ".join(row.reason for row in own.terms) or "It is not in force."),
        ("Next", tuple(f"{told_date(r.on)}: {r.decision}" for r in own.decision_calendar)),
    )
    charts = (*term_bar(own, agreement, results.as_of), *cost_bars(own))
    return Stack(NamedValues(rows), *([Beside(charts)] if charts else []))


def practices(own: Found) -> HtmlTable:
    """Return the five practices: met, partly, or not, each with what says so."""
    rows = tuple((one.name, one.met, one.evidence) for one in own.practices)
    return HtmlTable("Met, partly or not", ("Practice", "Met", "What the record shows"), rows)


def objectives(results: Found, own: Found) -> Stack:
    """Return each objective with its letters, and one table of all indicators."""
    if not own.objectives:  # the practices say whether there is none, or no sheet of them
        return Stack()
    lines = tuple(
        Markup("{} {} <span class=note>{}</span>").format(
            _letters(row), row.statement or row.objective_id, row.smart
        )
        for row in own.objectives
    )
    rows = tuple(_indicator(row, results.portfolio) for row in own.indicators)
    headings = (
        "Indicator", "Unit", "Baseline", "Target", "Actual", "Achieved", "Three years", "Status",
    )  # fmt: skip
    table = HtmlTable(
        "What each indicator shows", headings, rows, frozenset({2, 3, 4}),
        "The line in the small figures is the target of each year.",
        "No indicator is on record.",
    )  # fmt: skip
    return Stack(Sentences(lines, "list"), table)


def _letters(row: Result) -> Markup:
    """Return the five letters, each full, half or empty."""
    points = {letter: getattr(row, letter) for letter in LETTERS}
    if any(value is None for value in points.values()):
        return Markup()
    said = "; ".join(f"{LETTERS[letter]} {SAID[value]}" for letter, value in points.items())
    drawn = " ".join(f"{letter}{FACE[value]}" for letter, value in points.items())
    return Markup('<span class="letters" role="img" aria-label="{}">{}</span>').format(said, drawn)


def _indicator(row: Result, portfolio: Portfolio) -> tuple[object, ...]:
    achieved = Markup("{} {}").format(cell_bar(row.achievement), percent(row.achievement) or "n/a")
    status = row.decision if row.reported == row.due else f"{row.decision}; {_reported(row)}"
    line = trend_line(_last_years(row, portfolio))
    numbers = (amount(row.baseline), amount(row.target), amount(row.actual))
    return (row.name, row.unit, *numbers, achieved, line, status)


def _reported(row: Result) -> str:
    return f"{row.reported} of {how_many(row.due, 'period')} reported"


def _last_years(row: Result, portfolio: Portfolio) -> list[float | None]:
    """Return what was reported of the target of each of the last years, to be drawn."""
    indicator = portfolio.get(Indicator, row.indicator_id)
    found = [r for r in portfolio.of(indicator, PeriodResult) if r.part is None and r.target]
    found.sort(key=lambda r: r.period.first)
    shares = [None if r.actual is None else r.actual / r.target for r in found]
    return shares[-YEARS_SHOWN:] if len(shares) > 1 else []


def money(own: Found) -> Part:
    """Return what it cost and what it is planned to cost; nothing where neither is known."""
    known = [r for r in own.planning_costs if r.full_cost is not None or r.cost is not None]
    return this_year_and_next(own.planning_costs) if known else Stack()


def gaps(own: Found) -> HtmlTable:
    """Return what is to be obtained of an agreement: from whom, by when, and where to type it.

    What could move the proposal comes first; one thing that several indicators lack is one row.
    """
    found: dict[tuple[str, ...], set[str]] = {}
    for row in sorted(own.open_requests, key=lambda r: not r.moves):
        where = f"{row.sheet}: {', '.join(row.fills)}" if row.fills else row.sheet
        key = (row.decision, row.holder, told_date(row.by), where)
        found.setdefault(key, set()).update([row.indicator] if row.indicator else [])
    days = {by for _, _, by, _ in found}
    rows = tuple(
        (_of_indicators(what, indicators), holder, *([by] if len(days) > 1 else []), where)
        for (what, holder, by, where), indicators in found.items()
    )
    by = ("By",) if len(days) > 1 else ()
    until = f", to be told by {next(iter(days))}" if len(days) == 1 else ""
    headings = ("What to obtain", "Who has it", *by, "Where to type it")
    return HtmlTable(f"Not on record{until}", headings, rows, empty="No request is open.")


def _of_indicators(what: str, indicators: Collection[str]) -> str:
    return f"{what} ({how_many(len(indicators), 'indicator')})" if indicators else what


def what_lacks(results: Found, own: Found, agreement_id: str) -> Stack:
    """Return what is to be mended, what was withdrawn, and what is to be obtained."""
    gone = [withdrawn(results, own)] if own.withdrawn else []
    return Stack(_lacks(results.review[agreement_id]), *gone, gaps(own))


def _lacks(review: Result) -> NamedValues:
    """Return what a requirement finds amiss, what is not known, and what was not looked at."""
    found = {word: [d.name for d in review.defects if d.finding == word] for word in Finding}
    return NamedValues(
        (
            ("To mend", listed(found[Finding.NOT_MET])),
            ("Not on record", listed(found[Finding.NOT_ON_RECORD])),
            ("Not looked at", listed(review.not_looked_at)),
        )
    )
