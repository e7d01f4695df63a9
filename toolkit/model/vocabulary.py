"""Which words may stand in a closed list that the code, not the city, fixes.

The values are exactly the words an analyst types or reads. Lists that a city sets (classes,
goals, sectors, activities) come from the policy file. It is long because it holds every such list.
"""

from enum import StrEnum


class Status(StrEnum):
    """Where an agreement stands in its life."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    CONCLUDED = "concluded"
    TRANSFERRED = "transferred"
    HISTORICAL = "historical"
    PROPOSED = "proposed"


REVIEWED = frozenset({Status.ACTIVE, Status.SUSPENDED})


class YearName(StrEnum):
    """Which day of a reporting year over two calendar years gives it its name."""

    LAST_DAY = "last day"
    FIRST_DAY = "first day"


class EndWord(StrEnum):
    """What may stand in `ends` instead of a date; the two are different findings."""

    OPEN_ENDED = "open-ended"
    UNKNOWN = "unknown"


class Purpose(StrEnum):
    """What an objective is for (domain: grounds of reclassification)."""

    ECON = "ECON"
    POLICY = "POLICY"
    CULT = "CULT"
    CEREMONIAL = "CEREMONIAL"


class Family(StrEnum):
    """The two kinds of class that the rules tell apart."""

    ECONOMIC = "economic"
    COMMUNITY = "community"


class Condition(StrEnum):
    """What a class may require of an agreement."""

    LEAD_UNIT = "lead unit"
    SPONSOR_CONFIRMED = "sponsor confirmed"
    ENDORSED = "endorsed"
    TERM = "term"


class Finding(StrEnum):
    """What the record says of one requirement. Missing is never a 'no'."""

    MET = "yes"
    NOT_MET = "no"
    NOT_ON_RECORD = "not on record"
    NOT_LOOKED_AT = "not looked at"


class ClassFinding(StrEnum):
    """What the reclassification says when it does not name a class."""

    BORDERLINE = "Borderline"
    NO_OBJECTIVES = "No objectives on record"
    REGISTER = "Register as partner-owned"
    FOLD_IN = "Fold in"
    NOT_REVIEWED = "Not reviewed"


class ReviewWord(StrEnum):
    """What the review may propose for one agreement."""

    SUSPEND = "Suspend"
    KEEP_BY_DIRECTION = "Keep by direction"
    LAPSED = "Lapsed"
    REGISTER = "Register as partner-owned"
    FOLD_IN = "Fold in"
    TOO_EARLY = "Too early"
    CONFIRM_OR_END = "Confirm or end"
    REVIVE_OR_END = "Revive or end"
    CLASS_FIRST = "Class first"
    RECLASSIFY = "Reclassify"
    CONTINUE = "Continue, regularise"
    KEEP = "Keep"
    KEEP_ON_NEW_TERMS = "Keep, on new terms"
    RENEGOTIATE = "Renegotiate"
    ON_NOTICE = "On notice"
    TRANSFER = "Transfer"
    SUNSET = "Sunset"
    INSUFFICIENT = "Insufficient evidence"
    NOT_REVIEWED = "Not reviewed"


class Evidence(StrEnum):
    """How far a proposal holds over all that is missing."""

    BY_RULE = "by rule"
    STANDS = "stands"
    PROVISIONAL = "provisional"
    OPEN = "open"


class Firm(StrEnum):
    """Whether a proposal comes out again when weights, ratings and missing values are shaken."""

    BY_RULE = "by rule"
    FIRM = "firm"
    CONTESTED = "contested"


class RenewalWord(StrEnum):
    """What the third decision point may propose for an agreement near its end."""

    SUSPEND = "Suspend"
    NOT_EVALUABLE = "Not evaluable"
    RENEGOTIATE_DUTIES = "Renegotiate duties"
    RENEW = "Renew"
    CONCLUDE = "Conclude as achieved"
    RENEW_WITH_CONDITIONS = "Renew with conditions"
    ONE_CONDITIONAL = "One conditional renewal"
    ON_NOTICE = "On notice"
    INSUFFICIENT = "Insufficient evidence"
    TRANSFER = "Transfer"
    SUNSET = "Sunset"


class Seat(StrEnum):
    """What the review means for the seats under the cap."""

    HOLDS = "holds"
    ASKS = "asks"
    FOLDED = "folded"
    OVER = "over the cap"
    TIED = "tied"
    NONE = "none"


class Claim(StrEnum):
    """What an agreement of the framework asks of next year's money."""

    KEPT = "must be kept"
    RANKED = "ranked"
    NO_COST = "cost not on record"
    NO_SCORE = "not scored: people decide"
    SUSPENDED = "suspended"
    GIVEN_UP = "not kept"


class Scenario(StrEnum):
    """The report's answers to a tight budget: raise it, reduce the number, or both."""

    STATUS_QUO = "Status quo"
    RAISE = "Raise"
    NESTED = "Reduce, down the ranking"
    OPTIMUM = "Reduce, best sum of scores"
    BOTH = "Both, until all firm ones are funded"


class DecisionPoint(StrEnum):
    """Where people decide."""

    RECLASSIFICATION = "reclassification"
    REVIEW = "review"
    D1 = "D1"
    D2 = "D2"
    D3 = "D3"
    RESOURCES = "resources"


class Origin(StrEnum):
    """Who proposes an agreement: from outside the city, or from inside."""

    EXTERNAL_CITY = "external city"
    MOU_CITY = "MOU city"
    ALTERNATIVE_PARTNER = "alternative partner"
    CITY_STAFF = "city staff"
    ELECTED_OFFICIAL = "elected official"


INSIDE = frozenset({Origin.CITY_STAFF, Origin.ELECTED_OFFICIAL})


class ProposalWord(StrEnum):
    """What may be proposed at the first decision point (D1) and at the second (D2)."""

    PROCEED = "Proceed"
    HOLD = "Hold"
    DECLINE = "Decline"
    SIGN = "Sign"
    GO_BACK = "Go back"


class ResourceWord(StrEnum):
    """What people may decide on the programme's resources: the budget, the number, or both."""

    RAISE = "Raise"
    REDUCE = "Reduce"
    BOTH = "Both"


class Direction(StrEnum):
    """Which way an indicator should move."""

    INCREASE = "increase"
    DECREASE = "decrease"
    MAINTAIN = "maintain"


class IndicatorKind(StrEnum):
    """How an indicator's values add up over time."""

    FLOW = "flow"
    LEVEL = "level"
    MILESTONE = "milestone"
    QUALITATIVE = "qualitative"


class Accumulation(StrEnum):
    """What one reported value stands for."""

    INCREMENTAL = "incremental"
    RUNNING_TOTAL = "running total"
    SNAPSHOT = "snapshot"


class Reason(StrEnum):
    """Why an achievement has a number, or has none."""

    OK = "OK"
    HELD = "HELD"
    REGRESSED = "REGRESSED"
    NOT_DUE = "NOT_DUE"
    NO_ACTUAL = "NO_ACTUAL"
    NO_TARGET = "NO_TARGET"
    ZERO_TARGET = "ZERO_TARGET"
    NO_BASELINE = "NO_BASELINE"
    DIRECTION_CONFLICT = "DIRECTION_CONFLICT"
    NOT_POOLABLE = "NOT_POOLABLE"


class Progress(StrEnum):
    """Where an indicator, objective or agreement stands against its targets."""

    ON_TRACK = "on track"
    BEHIND = "behind"
    OFF_TRACK = "off track"
    NOT_DUE = "not due"
    NOT_REPORTED = "not reported"
    NOT_MEASURABLE = "not measurable"


class SmartLevel(StrEnum):
    """How SMART an objective is."""

    SMART = "SMART"
    PARTIAL = "Partial"
    NOT_SMART = "Not SMART"


class ProjectState(StrEnum):
    """Where a project stands."""

    PLANNED = "planned"
    ACTIVE = "active"
    DONE = "done"
    CANCELLED = "cancelled"


class Standing(StrEnum):
    """How far one indicator of the programme scorecard is met."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not met"
    NOT_APPLICABLE = "n/a"


class SinceLastYear(StrEnum):
    """How one indicator of the scorecard moved in a year, in the order it is read."""

    WORSE = "worse"
    NO_LONGER_COUNTED = "no longer counted"
    BETTER = "better"
    NEWLY_COUNTED = "newly counted"
    CHANGED = "changed"  # where more is not better
    UNCHANGED = "unchanged"
    NOT_KNOWN = "not known"


class Engaged(StrEnum):
    """How far an alternative partner is engaged."""

    SIGNED = "engaged"
    WILLING = "willing only"
    NAMED = "named, not signed"
    NOWHERE = "engaged nowhere"


class PartnerOwned(StrEnum):
    """How an agreement that a partner owns came about."""

    NEW = "helped, new this year"
    EARLIER = "helped, from earlier years"
    ALONE = "without the City"


class LedBy(StrEnum):
    """Who leads a project, in the order it is read."""

    PARTNER = "led by a partner"
    CITY = "led by the City"
    UNKNOWN = "lead not on record"


class Withdrawal(StrEnum):
    """How a fact of last year's workbook went."""

    BLANKED = "blanked"
    SET_BACK = "set back"
    ROW_GONE = "row gone"
    AGREEMENT_GONE = "agreement gone"


class Basis(StrEnum):
    """What a row rests on; illustrative rows are announced on every page."""

    PUBLIC_RECORD = "public record"
    ILLUSTRATIVE = "illustrative"
    INTERNAL = "internal"


class Severity(StrEnum):
    """Whether a problem stops the work."""

    ERROR = "to fix"
    NOTICE = "to look at"
