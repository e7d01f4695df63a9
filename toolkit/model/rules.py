"""How a rule is named where it decided, and where it stands in a list of rules."""

from dataclasses import dataclass

from toolkit.model.vocabulary import DecisionPoint

KINDS = {
    DecisionPoint.REVIEW: "rule",
    DecisionPoint.D1: "D1 rule",
    DecisionPoint.D3: "renewal rule",
}
WITHOUT_TARGETS = "renewal without targets"


@dataclass(frozen=True)
class RuleRef:
    """The rule by which something is proposed.

    `number` is blank at a renewal without targets; `outcome` is what the evidence made of the
    proposal, where that is another word.

    >>> print(RuleRef(DecisionPoint.REVIEW, "13", "Renegotiate", outcome="Insufficient evidence"))
    rule 13, Renegotiate: Insufficient evidence
    """

    point: DecisionPoint
    number: str
    decision: str
    by_people: bool = False
    outcome: str = ""

    @property
    def name(self) -> str:
        """The rule without what it proposes."""
        return f"{KINDS[self.point]} {self.number}" if self.number else WITHOUT_TARGETS

    def __str__(self) -> str:
        named = f"{self.name}, {self.decision}"
        return f"{named}: {self.outcome}" if self.outcome else named


@dataclass(frozen=True)
class RuleLine:
    """A line in the list of rules; blank stands for any number, or any word, of its point.

    `place` tells the words of one rule apart.

    >>> print(RuleLine(DecisionPoint.REVIEW, "7", "Sunset", place=3), RuleLine(DecisionPoint.D3))
    7.3 D3
    """

    point: DecisionPoint
    number: str = ""
    decision: str = ""
    place: int = 0

    def covers(self, ref: RuleRef) -> bool:
        """Whether a rule that decided is told in this line."""
        is_same = self.number in ("", ref.number) and self.decision in ("", ref.decision)
        return self.point == ref.point and is_same

    def __str__(self) -> str:
        return f"{self.number}.{self.place}" if self.place else self.number or str(self.point)


@dataclass(frozen=True)
class RuleInWords:
    """A rule as the list of all rules tells it, with the numbers of a policy."""

    name: str
    decision: str
    when: str
    rests_on: tuple[str, ...]
