"""What each agreement says it is for: the coded purposes of its objectives, or its main purpose."""

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
    """One stated objective: its name in the report, its purpose (None = not coded), its cells.

    `is_coded`: a person coded the purpose; it was not read from the type.
    """

    name: str
    purpose: Purpose | None
    is_main: bool
    cells: str
    is_coded: bool = True


@dataclass(frozen=True)
class Stated:
    """All that an agreement states. `from_objectives` is False where main_purpose stands in."""

    statements: tuple[Statement, ...] = ()
    from_objectives: bool = False

    @property
    def coded(self) -> tuple[tuple[Statement, Purpose], ...]:
        """The statements whose purpose is coded, each with it."""
        return tuple((s, s.purpose) for s in self.statements if s.purpose is not None)

    @property
    def coded_by_people(self) -> tuple[Purpose, ...]:
        """The purposes that a person coded, one a statement."""
        return tuple(purpose for statement, purpose in self.coded if statement.is_coded)

    @property
    def purposes(self) -> tuple[Purpose, ...]:
        """The coded purposes, one a statement."""
        return tuple(purpose for _, purpose in self.coded)

    @property
    def main_purposes(self) -> tuple[Purpose, ...]:
        """The coded purposes of the main statements."""
        return tuple(purpose for statement, purpose in self.coded if statement.is_main)

    @property
    def cells(self) -> str:
        """The workbook cells these statements stand in."""
        return "; ".join(dict.fromkeys(s.cells for s in self.statements if s.cells))

    def joined(self, others: Iterable["Stated"]) -> "Stated":
        """Return these statements with those of instruments folded into this one."""
        parts = [self, *others]
        statements = tuple(s for part in parts for s in part.statements)
        return Stated(statements, any(part.from_objectives for part in parts))


def purposes_of(agreement: Agreement, portfolio: Portfolio, policy: Policy) -> Stated:
    """Return what an agreement states; without objectives, main_purpose stands in.

    A blank purpose is read from the objective's type where the policy's table has it.
    """
    objectives = portfolio.of(agreement, Objective)
    if not objectives:
        return _main_purpose(agreement)
    types = {kind.name: kind.purpose for kind in policy.objective_types}
    return Stated(tuple(_statement(row, types) for row in objectives), from_objectives=True)


def _statement(objective: Objective, types: Mapping[str, Purpose]) -> Statement:
    return Statement(
        f"objective {objective.objective_id}",
        objective.purpose or types.get(objective.type or ""),
        objective.main == "y",
        objective.cell("purpose"),
        is_coded=objective.purpose is not None,
    )


def _main_purpose(agreement: Agreement) -> Stated:
    cell = agreement.cell("main_purpose")
    return Stated(
        tuple(
            Statement(f"the {PURPOSE_NOUNS[p]} purpose", p, is_main=True, cells=cell)
            for p in agreement.main_purpose or ()
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
