"""What each agreement says it is for: the coded purposes of its objectives, or its main purpose."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import Agreement, Objective
from toolkit.model.vocabulary import Purpose

PURPOSE_NOUNS = {
    Purpose.ECON: "economic",
    Purpose.POLICY: "policy exchange",
    Purpose.CULT: "cultural",
    Purpose.CEREMONIAL: "ceremonial",
}


@dataclass(frozen=True)
class Statement:
    """One stated objective: its name in the report, its purpose (None = not coded), its cells."""

    name: str
    purpose: Purpose | None
    is_main: bool
    cells: str


@dataclass(frozen=True)
class Stated:
    """All that an agreement states. `from_objectives` is False where main_purpose stands in."""

    statements: tuple[Statement, ...] = ()
    from_objectives: bool = False

    @property
    def coded(self) -> tuple[Statement, ...]:
        """The statements whose purpose is coded."""
        return tuple(s for s in self.statements if s.purpose is not None)

    @property
    def cells(self) -> str:
        """The workbook cells these statements stand in."""
        return "; ".join(dict.fromkeys(s.cells for s in self.statements if s.cells))

    def joined(self, others: Iterable["Stated"]) -> "Stated":
        """Return these statements with those of instruments folded into this one."""
        parts = [self, *others]
        statements = tuple(s for part in parts for s in part.statements)
        return Stated(statements, any(part.from_objectives for part in parts))


def stated_purposes(portfolio: Portfolio, policy: Policy) -> Mapping[str, Stated]:
    """Return what each agreement states, by agreement_id.

    A blank purpose is read from the objective's type where the policy's table has it. Without
    objectives, main_purpose stands in.
    """
    types = {kind.name: kind.purpose for kind in policy.objective_types}
    objectives: dict[str, list[Statement]] = defaultdict(list)
    for row in portfolio.rows(Objective):
        purpose = row.purpose or types.get(row.type)
        place = row.cell("purpose")
        statement = Statement(f"objective {row.objective_id}", purpose, row.main == "y", place)
        objectives[row.agreement_id].append(statement)
    return {
        row.agreement_id: Stated(tuple(objectives[row.agreement_id]), from_objectives=True)
        if row.agreement_id in objectives
        else _main_purpose(portfolio, row)
        for row in portfolio.rows(Agreement)
    }


def _main_purpose(portfolio: Portfolio, row: Agreement) -> Stated:
    cell = row.cell("main_purpose")
    return Stated(
        tuple(
            Statement(f"the {PURPOSE_NOUNS[p]} purpose", p, is_main=True, cells=cell)
            for p in row.main_purpose or ()
        )
    )


def describe_purposes(stated: Stated) -> str:
    """Return the purposes in words, such as '2 economic, 1 cultural, 1 not coded'.

    A main purpose is a word, not a count.
    """
    found = [s.purpose for s in stated.statements]
    counts = [(found.count(p), PURPOSE_NOUNS[p]) for p in Purpose if p in found]
    counts += [(found.count(None), "not coded")] if None in found else []
    return ", ".join(f"{n} {word}" if stated.from_objectives else word for n, word in counts)
