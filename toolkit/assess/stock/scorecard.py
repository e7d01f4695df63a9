"""The programme scorecard: each recommendation and practice as n of N with the list behind.

Source: domain, section 10. No composite; nothing to count and what was not looked at are n/a.
"""

from collections.abc import Sequence
from datetime import date

from toolkit.assess.resources.selection import PLACES
from toolkit.assess.stock.counting import Count, Year, YearTables, read_record
from toolkit.assess.stock.lines import MEASURES, Measure
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.sheets import Agreement
from toolkit.model.told import tell, told_together
from toolkit.model.vocabulary import Family, SinceLastYear, Standing


@result(key="indicator_id", serves=("R8", "B1", "B2", "B3", "B4", "B5"))
class ScorecardLine(Result):
    """One indicator of the scorecard: its figure, how far it is met, and the list behind."""

    indicator_id: str = out("Id")
    decision: str = out("Figure", '"n of N", the words where it is no count, or n/a.')
    reason: str = out("What is counted")
    name: str = out("Indicator")
    n: float | None = out("Counted of them", "None where n/a.", fmt=Format.NUMBER)
    of: float | None = out("Of", "None where n/a.", fmt=Format.NUMBER)
    status: Standing = out("Standing")
    change: str | None = out("A year before", "The figure of then; None where not known.")
    counted: tuple[str, ...] = out("Counted", fmt=Format.LIST)
    not_counted: tuple[str, ...] = out("Not counted, by what is lacking", fmt=Format.LIST)


def score_programme(
    portfolio: Portfolio,
    policy: Policy,
    tables: YearTables,
    *,
    as_of: date,
    before: Table[ScorecardLine] | None = None,
) -> Table[ScorecardLine]:
    """Return the scorecard of the reporting year, one row an indicator in the report's order.

    Parameters
    ----------
    tables
        The results of the same portfolio and date; a line whose table is not given is n/a.
    before
        The scorecard of the year before, of last year's workbook, or of `score_earlier`.
    """
    year = Year(portfolio, policy, as_of, tables)
    return _score(MEASURES, year, before or Table(ScorecardLine))


def score_earlier(portfolio: Portfolio, policy: Policy, *, as_of: date) -> Table[ScorecardLine]:
    """Return the lines that a later workbook can tell of an earlier date.

    A line is left out where a fact it rests on does not say since when it holds.
    """
    known = portfolio.on(as_of)
    year = Year(known, policy, as_of, read_record(known, policy, as_of=as_of))
    return _score([measure for measure in MEASURES if measure.dated], year, Table(ScorecardLine))


def _score(
    measures: Sequence[Measure], year: Year, before: Table[ScorecardLine]
) -> Table[ScorecardLine]:
    earlier = {row.indicator_id: row.decision for row in before}
    return Table(ScorecardLine, (_line(m, year, earlier.get(m.id)) for m in measures))


def _line(measure: Measure, year: Year, earlier: str | None) -> ScorecardLine:
    why_not = _not_looked_at(measure, year)
    count = Count(note=why_not) if why_not else measure.count(year)
    n, of = count.figure
    nothing = "" if of or count.note else "None is on record, so there is nothing to count."
    told = (_counts(measure, year), count.note, nothing)
    return ScorecardLine(
        indicator_id=measure.id,
        decision=(count.words or f"{n:g} of {of:g}") if of else str(Standing.NOT_APPLICABLE),
        reason=told_together(filter(None, told), " "),
        name=measure.name,
        n=n if of else None,
        of=of or None,
        status=count.standing,
        change=earlier,
        counted=count.counted,
        not_counted=count.not_counted,
        cells=count.cells,
    )


def _not_looked_at(measure: Measure, year: Year) -> str:
    absent = [kind.sheet.name for kind in measure.sheets if not year.portfolio.has(kind)]
    if absent:
        names = " and ".join(absent)
        return f"Not looked at: {names} {'are' if len(absent) > 1 else 'is'} not supplied."
    if measure.columns and not year.portfolio.uses(Agreement, *measure.columns):
        return f"Not looked at: {' and '.join(measure.columns)} blank in every row of Agreements."
    return ""


def _counts(measure: Measure, year: Year) -> str:
    economic = [c.name for c in year.policy.classes if c.family == Family.ECONOMIC]
    return measure.counts.format(
        year=year.number,
        before=year.number - 1,
        next=year.number + 1,
        years=year.policy.periods.criteria_review_years,
        economic=", ".join(economic),
    )


@result(key="indicator_id")
class ScorecardChange(Result):
    """What changed in one indicator since the year before."""

    indicator_id: str = out("Id")
    decision: SinceLastYear = out("Change")
    name: str = out("Indicator")
    before: str | None = out("A year before", "The figure of then; None where not known.")
    now: str = out("Now")


def compare_scorecards(
    now: Table[ScorecardLine], before: Table[ScorecardLine]
) -> Table[ScorecardChange]:
    """Return what changed in each indicator since the year before."""
    shares = {measure.id for measure in MEASURES if measure.share}
    return Table(
        ScorecardChange,
        (
            _change(row, before.get(row.indicator_id), is_share=row.indicator_id in shares)
            for row in now
        ),
    )


def _change(now: ScorecardLine, before: ScorecardLine | None, *, is_share: bool) -> ScorecardChange:
    figure = None if before is None else before.decision
    return ScorecardChange(
        indicator_id=now.indicator_id,
        decision=_compare(now, before, is_share=is_share),
        reason=tell(
            "{before} a year before, {now} now.", before=figure or "not known", now=now.decision
        ),
        name=now.name,
        before=figure,
        now=now.decision,
        cells=now.cells,
    )


def _compare(now: ScorecardLine, before: ScorecardLine | None, *, is_share: bool) -> SinceLastYear:
    if before is None:
        return SinceLastYear.NOT_KNOWN
    if Standing.NOT_APPLICABLE in (before.status, now.status):
        return _compare_counted(now, before)
    step: float = ORDER.index(now.status) - ORDER.index(before.status)
    if not step and is_share:
        step = _share(now) - _share(before)
    if step:
        return SinceLastYear.BETTER if step > 0 else SinceLastYear.WORSE
    is_same = (now.n, now.of) == (before.n, before.of)
    return SinceLastYear.UNCHANGED if is_same else SinceLastYear.CHANGED


ORDER = (Standing.NOT_MET, Standing.PARTLY, Standing.MET)


def _compare_counted(now: ScorecardLine, before: ScorecardLine) -> SinceLastYear:
    """Return what changed where in one of the two years there was nothing to count."""
    if before.status == now.status:
        return SinceLastYear.UNCHANGED
    is_new = before.status == Standing.NOT_APPLICABLE
    return SinceLastYear.NEWLY_COUNTED if is_new else SinceLastYear.NO_LONGER_COUNTED


def _share(line: ScorecardLine) -> float:
    """Return the share that counts, so rounded that two equal ones are equal."""
    return round((line.n or 0) / (line.of or 1), PLACES)
