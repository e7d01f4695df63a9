"""Which sheets the rules look at: those in which most agreements that need them have rows.

Source: domain, section 1, Levels of evidence. It is settled once for the programme, so that the
first row of one agreement changes no other's rule; a policy can fix it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from toolkit.assess.record.evidence import records_complete, subject_of
from toolkit.model.policy import AgreementClass, Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.rows import Row
from toolkit.model.sheets import (
    Agreement,
    BudgetLine,
    Engagement,
    Indicator,
    Objective,
    PeriodResult,
    Profile,
    Project,
)

ASKED_BY: Mapping[type[Row], tuple[str, ...]] = {
    Profile: ("C2", "C3", "C7"),
    Project: ("C4",),
    Objective: ("C5",),
    Indicator: ("C5",),
    PeriodResult: ("C5",),
    Engagement: ("C6",),
    BudgetLine: (),
}
MOST = 0.5
Counted = frozenset[type[Row]]
Filled = Mapping[type[Row], set[str]]
Asks = Callable[[AgreementClass | None, type[Row]], bool]
COUNTS, TOO_FEW, NOT_SUPPLIED = "counts", "too few rows to count", "not supplied"


@result(key="sheet")
class SheetCounted(Result):
    """Whether the rules look at one sheet, and how many agreements have something in it."""

    sheet: str = out("Sheet")
    decision: str = out("Looked at", "Counts, too few rows to count, or not supplied.")
    agreements: int = out("Agreements in it", fmt=Format.COUNT)
    of: int = out("Of", "Agreements whose class needs it.", fmt=Format.COUNT)


def counted_sheets(
    portfolio: Portfolio,
    policy: Policy,
    classes: Mapping[str, AgreementClass | None],
    *,
    as_of: date,
) -> Counted:
    """Return the sheets that count, Agreements always.

    Parameters
    ----------
    classes
        The class by which each agreement under review is judged; `None` where it has none.
    """
    fixed = policy.evidence.counted
    if fixed is not None:
        return frozenset({Agreement, *(kind for kind in ASKED_BY if kind.sheet.name in fixed)})
    return most_filled(sheet_shares(portfolio, policy, classes, as_of=as_of))


Share = tuple[int, int]  # so many agreements have something in a sheet, of so many that need it


def most_filled(shares: Mapping[type[Row], Share]) -> Counted:
    """Return the sheets in which most agreements that need them have something."""
    return frozenset({Agreement, *(k for k, share in shares.items() if _is_most(*share))})


def _is_most(number: int, of: int) -> bool:
    return number > 0 and number >= MOST * of


@dataclass(frozen=True)
class Shares:
    """Which agreements have something in a sheet, and which need it; one of them may change."""

    filled: Filled
    classes: Mapping[str, AgreementClass | None]

    @cached_property
    def _needed(self) -> Mapping[type[Row], Share]:
        return {kind: self._count(kind, is_asked=_weighs) for kind in ASKED_BY}

    @cached_property
    def _of_all(self) -> Mapping[type[Row], Share]:
        return {kind: self._count(kind, is_asked=_whatever) for kind in ASKED_BY}

    def _count(self, kind: type[Row], is_asked: Asks) -> Share:
        asked = [key for key, cls in self.classes.items() if is_asked(cls, kind)]
        return sum(key in self.filled[kind] for key in asked), len(asked)

    def by_sheet(self) -> Mapping[type[Row], Share]:
        """Return the share of each sheet; one that no class needs is asked of all."""
        return {kind: self._needed[kind] if self._needed[kind][1] else self._of_all[kind]
                for kind in ASKED_BY}  # fmt: skip

    @cached_property
    def near(self) -> tuple[bool, ...]:
        """Whether each sheet is asked for and counts, one agreement more or less in it or asked."""
        steps = [(there, asked) for there in (-1, 0, 1) for asked in (-1, 0, 1)]
        shares = [share for kind in ASKED_BY for share in (self._needed[kind], self._of_all[kind])]
        tried = [(n + there, of + asked) for n, of in shares for there, asked in steps]
        return tuple(told for n, of in tried for told in (of > 0, _is_most(n, of)))

    def with_one(
        self, key: str, cls: AgreementClass | None, filled: Filled
    ) -> Mapping[type[Row], Share]:
        """Return the shares once one agreement has this class, and something in these sheets."""
        found = {}
        for kind in ASKED_BY:
            before = key in self.filled[kind]
            after = before or key in filled[kind]
            there, asked = self._needed[kind]
            was, now = _weighs(self.classes[key], kind), _weighs(cls, kind)
            needed = there - (was and before) + (now and after), asked - was + now
            held, all_of = self._of_all[kind]
            found[kind] = needed if needed[1] else (held - before + after, all_of)
        return found


def sheet_shares(
    portfolio: Portfolio,
    policy: Policy,
    classes: Mapping[str, AgreementClass | None],
    *,
    as_of: date,
) -> Mapping[type[Row], tuple[int, int]]:
    """Return by sheet how many agreements have something in it, of how many that need it."""
    return Shares(filled_sheets(portfolio, policy, as_of=as_of), classes).by_sheet()


def filled_sheets(portfolio: Portfolio, policy: Policy, *, as_of: date) -> Filled:
    """Return by sheet the agreements that have something in it; complete records are projects."""
    found = {kind: set(_filled(portfolio, kind)) for kind in ASKED_BY}
    rows = (a for a in portfolio.rows(Agreement) if is_reviewed(a))
    found[Project] |= {a.agreement_id for a in rows if records_complete(a, policy, as_of=as_of)}
    return found


def _weighs(cls: AgreementClass | None, kind: type[Row]) -> bool:
    """Whether a class weighs a criterion that rests on a sheet."""
    return cls is not None and any(cls.weights.get(key) for key in ASKED_BY[kind])


def _whatever(_cls: AgreementClass | None, _kind: type[Row]) -> bool:
    return True


def _filled(portfolio: Portfolio, kind: type[Row]) -> Iterator[str]:
    """Yield the agreement of each row that holds more than what it refers to."""
    own = [c.name for c in kind.sheet.columns if c.name not in kind.sheet.key and not c.refers]
    for row in portfolio.rows(kind):
        if any(getattr(row, name) is not None for name in own):
            yield subject_of(row, portfolio)


def list_counted(
    portfolio: Portfolio,
    policy: Policy,
    classes: Mapping[str, AgreementClass | None],
    *,
    as_of: date,
) -> Table[SheetCounted]:
    """Return which sheets the rules look at, and why."""
    counts = counted_sheets(portfolio, policy, classes, as_of=as_of)
    shares = sheet_shares(portfolio, policy, classes, as_of=as_of)
    return Table(SheetCounted, (_told(k, k in counts, n, of) for k, (n, of) in shares.items()))


def _told(kind: type[Row], counts: bool, number: int, of: int) -> SheetCounted:
    word = COUNTS if counts else TOO_FEW if number else NOT_SUPPLIED
    return SheetCounted(
        sheet=kind.sheet.name,
        decision=word,
        reason=f"{number} of {of} agreements that need it have something in it.",
        agreements=number,
        of=of,
    )


def tell_counted(sheets: Table[SheetCounted]) -> str:
    """Return which sheets the rules look at, in words, and the lines that fix it in a policy."""
    told = {word: [row for row in sheets if row.decision == word] for word in (COUNTS, TOO_FEW)}
    if not sheets or not any(told.values()):
        return "The rules look at the sheet Agreements alone."
    lines = [
        f"{heading}: {', '.join(f'{r.sheet} ({r.agreements} of {r.of})' for r in told[word])}."
        for word, heading in ((COUNTS, "The rules look at"), (TOO_FEW, "Too few rows to count"))
        if told[word]
    ]
    names = ", ".join(f'"{row.sheet}"' for row in told[COUNTS])
    return "\n".join(
        [
            *lines,
            "To keep it so whatever rows come in, paste this into the policy:",
            f"[evidence]\ncounted = [{names}]",
            'rationale = "the sheets that most agreements had rows in"',
        ]
    )
