"""How next year's money for agreements becomes what is left of it, step by step.

Source: the report's row on resources (R10).
"""

from toolkit.assess.resources.answers import ScenarioOf
from toolkit.assess.resources.candidates import OtherClaims
from toolkit.assess.resources.contests import ALL
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.vocabulary import Scenario

LEFT = "left"


@result(key="step", serves=("R10",))
class MoneyStep(Result):
    """One step from next year's money for agreements to what is left of it."""

    step: str = out("Step")
    decision: str = out("What it is", "available, drawn or left.")
    amount: float = out("Amount", fmt=Format.AMOUNT, unit="policy currency")


def money_steps(scenarios: Table[ScenarioOf], claims: OtherClaims) -> Table[MoneyStep]:
    """Return the steps, the last of them what is left; none where a sum is not known.

    Parameters
    ----------
    scenarios
        Of them, the one that leaves all as it is gives what is available and what that costs.
    """
    whole = (row for row in scenarios.of(Scenario.STATUS_QUO) if row.agreement_class == ALL)
    now = next(whole, None)
    if now is None or now.available is None or now.cost is None:
        return Table(MoneyStep)
    left = round(now.available - now.cost - claims.total, 2)
    told = [
        ("money for agreements", "available", now.available, now.reason),
        ("less agreements under review", "drawn", now.cost, now.reason),
        *((name, "drawn", amount, claims.told) for name, amount in claims.amounts),
        (LEFT, "left", left, "What is left, or is missing, after all that draws on it."),
    ]
    return Table(
        MoneyStep,
        (MoneyStep(step=n, decision=what, amount=a, reason=why) for n, what, a, why in told),
    )
