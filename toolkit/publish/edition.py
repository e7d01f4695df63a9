"""Which facts of a workbook are public: its columns as the schema classes them, row by row.

Nothing that is worked out is public but one thing: whether an approved result reached its target.
Source: domain, section 1, Public.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from toolkit.assess.year.achievement import measure_achievement, measure_maintained
from toolkit.files.outputs import plain
from toolkit.model.countries import countries_in
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.rows import Row
from toolkit.model.schema import Kind
from toolkit.model.sheets import (
    PROGRAMME,
    VOID,
    Agreement,
    Decision,
    Indicator,
    Milestone,
    Objective,
    Outcome,
    PeriodResult,
    Project,
)
from toolkit.model.text import how_many
from toolkit.model.vocabulary import Basis, Family, Status

Value = str | float | None
Record = Mapping[str, Value]  # one public row, by column
TYPES = {Kind.NUMBER: "number", Kind.MONEY: "number", Kind.YEAR: "integer"}
APPROVED, REACHED, NOT_YET, NOT_REPORTED = "approved", "reached", "not yet", "not reported"
NOT_DUE = "not due yet"
UNDER_REVIEW = "under review"
NOT_THEIRS = "put together from public sources; not an edition of the city itself."
SHEETS: tuple[tuple[str, type[Row]], ...] = (
    ("register", Agreement),
    ("objectives", Objective),
    ("indicators", Indicator),
    ("results", PeriodResult),
    ("outcomes", Outcome),
    ("projects", Project),
    ("milestones", Milestone),
    ("decisions", Decision),
)
NAMES = {kind.sheet.name: name for name, kind in SHEETS}
OF_RESULTS = ("indicator_id", "period", "part", "target", "actual")  # no more is public of them
CLEARED = (Outcome, "public")  # no column of the register: it is yes in every row
IN_FORCE = (Status.ACTIVE, Status.SUSPENDED, None)


@dataclass(frozen=True)
class Field:
    """One public column: its name, what it holds, its type, and the table it refers to."""

    name: str
    about: str
    kind: str = "string"
    refers: str = ""


@dataclass(frozen=True)
class PublicTable:
    """The public rows of one sheet, each a value for every field."""

    name: str
    about: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(field.name for field in self.fields)

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """The rows, each as its values by column."""
        return tuple(dict(zip(self.names, row, strict=True)) for row in self.rows)

    @cached_property
    def _by_value(self) -> Mapping[tuple[str, Value], list[Record]]:
        found = defaultdict(list)
        for row in self.records:
            for at in row.items():
                found[at].append(row)
        return found

    def of(self, column: str, value: Value) -> Sequence[Record]:
        """Return the rows that have a value in a column."""
        return self._by_value.get((column, value), ())


@dataclass(frozen=True)
class Edition:
    """All that is public of a programme at a day."""

    title: str
    year: int
    as_of: str
    is_illustrative: bool
    tables: Mapping[str, PublicTable]
    kept_back: tuple[str, ...]  # what could be public and is not ready, each with its number
    goals: Mapping[str, str]  # of the City, in words
    names: Mapping[Value, str]  # how each agreement is called, no two alike
    classes: Mapping[str, Family]  # of the framework, each with its family
    is_compiled: bool = False  # from public sources, by somebody else than the programme
    incomplete: str = ""  # how many there are beside those on record, where that is known


@dataclass(frozen=True)
class Known:
    """A portfolio, and the day on which it was known so."""

    portfolio: Portfolio
    day: date


def public_edition(portfolio: Portfolio, policy: Policy, *, year: int, as_of: date) -> Edition:
    """Return what may be published of a portfolio, as it was known on a day.

    An agreement that is only proposed is not in it, nor what belongs to no agreement in it; a
    result that is no longer valid, an outcome that nobody has cleared, a draft are left out.
    """
    portfolio = portfolio.on(as_of)
    shown = {row.agreement_id for row in portfolio.rows(Agreement) if row.status != Status.PROPOSED}
    held = {kind: tuple(_shown(portfolio, kind, shown)) for _, kind in SHEETS}
    known = Known(portfolio, as_of)
    tables = {name: _table(known, name, kind, held[kind]) for name, kind in SHEETS}
    title, day = portfolio.title, as_of.isoformat()
    is_compiled = portfolio.bases == {Basis.PUBLIC_RECORD}
    return Edition(
        title,
        year,
        day,
        portfolio.is_illustrative,
        tables,
        _kept_back(portfolio, held),
        goals={goal.id: goal.name for goal in policy.goals},
        names={key: str(name) for key, name in portfolio.labels.items()},
        classes={cls.name: cls.family for cls in policy.classes},
        is_compiled=is_compiled,
        incomplete=_incomplete(policy, held[Agreement]) if is_compiled else "",
    )


def _kept_back(portfolio: Portfolio, held: Mapping[type[Row], Sequence[Row]]) -> tuple[str, ...]:
    proposed = len(portfolio.rows(Agreement)) - len(held[Agreement])
    drafts = sum(r.actual is not None and r.state != APPROVED for r in held[PeriodResult])
    uncleared = sum(row.public != "y" for row in portfolio.rows(Outcome))
    told = (
        (proposed, "proposed agreement", "proposed agreements"),
        (drafts, "result not approved", "results not approved"),
        (uncleared, "outcome not cleared", "outcomes not cleared"),
    )
    return tuple(how_many(*some) for some in told if some[0])


def _incomplete(policy: Policy, rows: Sequence[Row]) -> str:
    """Return how many agreements the programme itself states, where that is more than on record."""
    stated, held = policy.programme, sum(row.status in IN_FORCE for row in rows)
    if not stated.stated_count or held >= stated.stated_count:
        return ""
    return (
        f"It is not complete: the {stated.name} stated {stated.stated_count} agreements or more in "
        f"{stated.budget_year}, and {held} in force were found."
    )


def _shown(portfolio: Portfolio, kind: type[Row], shown: set[str]) -> Iterable[Row]:
    for row in portfolio.rows(kind):
        if portfolio.agreement_of(row) not in shown:
            continue
        is_kept_back = (
            (isinstance(row, Outcome) and row.public != "y")
            or (isinstance(row, PeriodResult) and row.state == VOID)
            or (isinstance(row, Decision) and row.subject_id not in shown)  # of a proposal
        )
        if not is_kept_back:
            yield row


def _table(known: Known, name: str, kind: type[Row], rows: Sequence[Row]) -> PublicTable:
    fields, values = [], []
    for column in kind.sheet.columns:
        if not column.public or (kind, column.name) == CLEARED:
            continue
        if kind is PeriodResult and column.name not in OF_RESULTS:
            continue
        refers = [NAMES[sheet] for sheet in column.refers if sheet in NAMES]
        kind_of = TYPES.get(column.kind, "string")
        about = column.about.replace(f", or {PROGRAMME}", "").replace(f" or {PROGRAMME}", "")
        fields.append(Field(column.name, about, kind_of, refers[0] if refers else ""))
        values.append(_approved_value if column.name == "actual" else _reader(column.name))
    for field, after, value in ADDED.get(kind, ()):
        at = [other.name for other in fields].index(after) + 1
        fields.insert(at, field)
        values.insert(at, value)
    cells = tuple(tuple(value(known, row) for value in values) for row in rows)
    about = f"One row is {kind.sheet.row}."
    return PublicTable(name, about, tuple(fields), kind.sheet.key, cells)


Reader = Callable[[Known, Row], Value]


def _reader(column: str) -> Reader:
    return lambda _, row: plain(getattr(row, column))


def _codes(_: Known, row: Agreement) -> Value:
    codes = [found.codes[0] for found in countries_in(row.country) if len(found.codes) == 1]
    return "; ".join(codes) or None


def _sectors(known: Known, row: Agreement) -> Value:
    found = {objective.sector for objective in known.portfolio.of(row, Objective)} - {None}
    return "; ".join(sorted(found)) or None


def _decided(known: Known, row: Agreement) -> Value:
    """Return what people decided last; `under review` where an agreement in force has nothing."""
    rows = sorted(known.portfolio.of(row, Decision), key=lambda found: found.year)
    if rows:
        return f"{rows[-1].decision} ({rows[-1].year})"
    return UNDER_REVIEW if row.status in IN_FORCE else None


def _approved(row: PeriodResult) -> float | None:
    """Return the value of an approved result, as it was reported or as its share in per cent."""
    if row.state != APPROVED:
        return None
    if row.actual is None and row.numerator is not None and row.denominator:
        return 100 * row.numerator / row.denominator
    return row.actual


def _approved_value(_: Known, row: PeriodResult) -> Value:
    return plain(_approved(row))


def _unit(known: Known, row: PeriodResult) -> Value:
    indicator = known.portfolio.get(Indicator, row.indicator_id)
    return indicator.unit if indicator else None


def _outcome(known: Known, row: PeriodResult) -> Value:
    """Return whether an approved result reached its target; nothing where there is no target."""
    indicator, actual = known.portfolio.get(Indicator, row.indicator_id), _approved(row)
    if actual is None or indicator is None:
        return NOT_DUE if row.period.last > known.day else NOT_REPORTED
    if indicator.lower is not None or indicator.upper is not None:
        found = measure_maintained(indicator.lower, indicator.upper, actual)
    else:
        found = measure_achievement(
            indicator.kind,
            indicator.direction,
            baseline=indicator.baseline,
            target=row.target,
            actual=actual,
        )
    if found.value is None:
        return None
    return REACHED if found.value >= 1 else NOT_YET


ADDED: Mapping[type[Row], tuple[tuple[Field, str, Reader], ...]] = {
    Agreement: (
        (Field("decision", "What people decided last, with its year."), "status", _decided),
        (Field("sectors", "Sectors of its objectives."), "decision", _sectors),
        (Field("country_codes", "Two letters of ISO 3166 for each country."), "country", _codes),
    ),
    PeriodResult: (
        (Field("unit", "Unit of target and actual."), "actual", _unit),
        (
            Field(
                "outcome",
                "reached, not yet, not due yet or not reported; blank where there is no target.",
            ),
            "unit",
            _outcome,
        ),
    ),
}
