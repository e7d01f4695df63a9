"""Which words people may decide at each decision point, and how decisions are told afterwards.

Source: domain, section 4, Words of decision_point.
"""

from enum import StrEnum

from toolkit.model.policy import Policy
from toolkit.model.vocabulary import ClassFinding, DecisionPoint, Recommendation

SCREENING = ("Proceed", "Hold", "Decline")
READINESS = ("Sign", "Go back")
RENEWAL = (
    "Suspend", "Not evaluable", "Renegotiate duties", "Renew", "Conclude as achieved",
    "Renew with conditions", "One conditional renewal", "Sunset", "Transfer", "Keep by direction",
)  # fmt: skip
RESOURCES = ("Raise", "Reduce", "Both")
UNDECIDED = "undecided"


class Agrees(StrEnum):
    """How what people decided stands to what the rules propose."""

    YES = "yes"
    OVERRIDE = "override"
    UNDECIDED = "undecided"
    EXPIRED = "expired"
    NO_PROPOSAL = "no proposal"


class FollowUp(StrEnum):
    """What the record shows of a decision one year on."""

    CARRIED_OUT = "carried out"
    UNDER_WAY = "under way"
    NOT_YET = "not yet"
    EXPIRED = "expired"
    OVERTAKEN = "overtaken"
    NOT_ON_RECORD = "not on record"


def decision_words(point: str, policy: Policy) -> tuple[str, ...]:
    """Return the words a decision of this point may hold; none for a point that is not known."""
    match point:
        case DecisionPoint.RECLASSIFICATION:
            findings = [str(f) for f in ClassFinding if f != ClassFinding.NOT_REVIEWED]
            return (*_class_words(policy), *findings)
        case DecisionPoint.REVIEW:
            words = [str(r) for r in Recommendation if r != Recommendation.NOT_REVIEWED]
            return (*words, *(f"{Recommendation.RECLASSIFY} as {c}" for c in _class_words(policy)))
        case DecisionPoint.D1:
            return SCREENING
        case DecisionPoint.D2:
            return READINESS
        case DecisionPoint.D3:
            return RENEWAL
        case DecisionPoint.RESOURCES:
            return RESOURCES
    return ()


def _class_words(policy: Policy) -> list[str]:
    """Return the classes, then the words earlier decisions may have used for them."""
    formerly = [word for cls in policy.classes for word in cls.formerly]
    return [*(cls.name for cls in policy.classes), *formerly]
