"""Every rule of every decision point in words, in the order they are tried."""

from collections.abc import Mapping, Sequence

from toolkit.assess.proposals.readiness import CONDITIONS
from toolkit.assess.proposals.screening import RULES as SCREENING
from toolkit.assess.renewal.reendorsement import RULES as WITHOUT_TARGETS
from toolkit.assess.renewal.rules import LISTED as RENEWAL
from toolkit.assess.review.rules import LISTED as REVIEW
from toolkit.assess.rules import describe_rules
from toolkit.model.policy import Policy
from toolkit.model.rules import RuleInWords
from toolkit.model.vocabulary import DecisionPoint


def list_all_rules(policy: Policy) -> Mapping[DecisionPoint, Sequence[RuleInWords]]:
    """Return the rules of the review, of D1 and of D3 with the policy's numbers."""
    return {
        DecisionPoint.REVIEW: describe_rules(REVIEW, policy),
        DecisionPoint.D1: describe_rules(SCREENING, policy),
        DecisionPoint.D3: (
            *describe_rules(RENEWAL, policy),
            *describe_rules(WITHOUT_TARGETS, policy),
        ),
    }


def list_conditions() -> tuple[str, ...]:
    """Return what a draft needs before it is signed, at D2."""
    return tuple(condition.name for condition in CONDITIONS)
