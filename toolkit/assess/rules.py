"""How rules are tried: those that match the facts, in their order; the first decides.

The rules themselves stand in the rooms they belong to; `docs/rules.md` lists them all.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from toolkit.model.policy import Policy
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.rules import RuleInWords, RuleLine, RuleRef
from toolkit.model.vocabulary import DecisionPoint

F = TypeVar("F")


def always(_facts: object) -> bool:
    """Whatever the facts."""
    return True


def never(_facts: object) -> bool:
    """Whatever the facts, not."""
    return False


def without_condition(_facts: object) -> tuple[str, ...]:
    """No condition, whatever the facts."""
    return ()


@dataclass(frozen=True)
class Rule(Generic[F]):
    """One rule: what it proposes, when and why; one that gives several words has a row a word.

    Attributes
    ----------
    when
        The test in words; names in braces are thresholds and periods of the policy.
    columns
        What it rests on: columns of the sheet it is about, others as "Sheet.column".
    conditions
        On what conditions it proposes, told after the reason.
    scored
        Whether the match rests on a score, so that both ends of the evidence are looked at.
    settles_before_d3
        Whether it goes before what decision point D3 proposes; else D3 stands in for it.
    by_people
        Whether people decided so, and no rule.
    """

    point: DecisionPoint
    number: str
    decision: str
    when: str
    test: Callable[[F], bool]
    reason: Callable[[F], str]
    columns: tuple[str, ...] = ()
    conditions: Callable[[F], tuple[str, ...]] = without_condition
    scored: Callable[[F], bool] = never
    settles_before_d3: bool = False
    by_people: bool = False

    @property
    def ref(self) -> RuleRef:
        """The rule as results name it."""
        return RuleRef(self.point, self.number, self.decision, self.by_people)


@dataclass(frozen=True)
class Match(Generic[F]):
    """A rule and the facts it matches."""

    rule: Rule[F]
    facts: F

    @property
    def decision(self) -> str:
        """What is proposed."""
        return self.rule.decision

    @property
    def ref(self) -> RuleRef:
        """The rule as results name it."""
        return self.rule.ref

    @property
    def grounds(self) -> str:
        """Why it is proposed, the conditions apart."""
        return self.rule.reason(self.facts)

    @property
    def conditions(self) -> tuple[str, ...]:
        """On what conditions it is proposed."""
        return self.rule.conditions(self.facts)

    @property
    def reason(self) -> str:
        """Why it is proposed, and on what conditions."""
        on_condition = f" On condition of: {'; '.join(self.conditions)}." if self.conditions else ""
        return f"{self.grounds}{on_condition}"

    @property
    def is_scored(self) -> bool:
        """Whether it rests on a score."""
        return self.rule.scored(self.facts)


def matching(rules: Iterable[Rule[F]], facts: F) -> list[Match[F]]:
    """Return every rule that matches, in order; the first decides."""
    return [Match(rule, facts) for rule in rules if rule.test(facts)]


def first_match(rules: Iterable[Rule[F]], facts: F) -> Match[F]:
    """Return the rule that decides; the last of a list always matches."""
    return next(Match(rule, facts) for rule in rules if rule.test(facts))


def with_numbers(words: str, policy: Policy) -> str:
    """Return a test in words with the policy's numbers in it."""
    settings = vars(policy.periods) | vars(policy.thresholds)
    return words.format(**{name: f"{value:g}" for name, value in settings.items()})


@result(key="rule", repeats=True)
class ListedRule(Result):
    """One line of a list of rules, in the order they are tried."""

    rule: str = out("Rule")
    decision: str = out("Proposes", "The word it gives.")
    reason: str = out("Applies if", "The test in words, with the numbers of the policy.")
    cells: str = out("Policy", "The file its numbers stand in.", fmt=Format.CELLS)
    line: RuleLine = out("Line", "Which decisions are told in it.", handed_out=False)


def list_rules(rules: Sequence[Rule[F]], policy: Policy) -> Table[ListedRule]:
    """Return the rules of a decision point in their order, with the policy's numbers."""
    return Table(
        ListedRule,
        (
            ListedRule(
                rule=f"{rule.point} rule {rule.number}",
                decision=rule.decision,
                reason=with_numbers(rule.when, policy),
                cells=policy.file_name,
                line=RuleLine(rule.point, rule.number, rule.decision),
            )
            for rule in rules
        ),
    )


def describe_rules(rules: Iterable[Rule[F]], policy: Policy) -> tuple[RuleInWords, ...]:
    """Return the rules in words, each with what it rests on."""
    return tuple(
        RuleInWords(rule.ref.name, rule.decision, with_numbers(rule.when, policy), _rests_on(rule))
        for rule in rules
    )


def _rests_on(rule: Rule[F]) -> tuple[str, ...]:
    decided = ("Decisions.decision",) if rule.by_people else ()
    ratings = () if rule.scored is never else ("the ratings of its score",)
    return (*rule.columns, *decided, *ratings)
