"""What each decision word means: one row a word and decision point; classes are the policy's.

Source: domain, section 4, Words of decision_point. Adding a word is one row here and, where its
motion or what it leaves on record is new in kind, one function: in the table of motions of
`report`, or in the tables of `assess` that follow a decision up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from toolkit.model.policy import AgreementClass, Policy
from toolkit.model.vocabulary import (
    ClassFinding,
    DecisionPoint,
    ProposalWord,
    RenewalWord,
    ResourceWord,
    ReviewWord,
)

UNDECIDED = "undecided"


class Agrees(StrEnum):
    """How what people decided stands to what the rules propose."""

    YES = "yes"
    OVERRIDE = "override"
    UNDECIDED = "undecided"
    EXPIRED = "expired"
    NO_PROPOSAL = "no proposal"


SETTLED = (Agrees.YES, Agrees.OVERRIDE)  # people decided, and it is in force


class FollowUp(StrEnum):
    """What the record shows of a decision one year on."""

    CARRIED_OUT = "carried out"
    UNDER_WAY = "under way"
    NOT_YET = "not yet"
    EXPIRED = "expired"
    OVERTAKEN = "overtaken"
    NOT_ON_RECORD = "not on record"


class Seating(StrEnum):
    """What a word means for a seat; what asks for one holds it if it is in the framework."""

    HOLDS = "holds"
    ASKS = "asks"
    FOLDED = "folded"
    GIVES_UP = "gives up"
    NONE = "none"


class Choice(StrEnum):
    """What a proposal leaves to people, and what a decision of them settles."""

    CLASS = "its class"
    END = "its end"


class Binds(StrEnum):
    """How long a decision binds the review of later years."""

    WHILE_IT_RUNS = "while it runs"
    UNTIL_DONE = "until it is done"


class Becomes(StrEnum):
    """What an agreement is counted as afterwards, where not by its class, in order of the table."""

    UNSETTLED = "class to be settled"
    FOLDED = "to be folded into another"
    PARTNER = "registered as partner-owned"
    LAPSED = "lapsed: to renew or to record as concluded"
    GONE = "concluded or handed on"


class Motion(StrEnum):
    """The kinds of motion that a committee can adopt, in the order they are put."""

    SUSPEND = "suspend"
    CONCLUDE_AS_HISTORICAL = "conclude as historical"
    HAND_ON = "hand on"
    RENEW_OR_RECORD = "renew or record as concluded"
    REGISTER = "register as partner-owned"
    FOLD_IN = "fold in"
    RECLASSIFY = "reclassify"
    SETTLE_CLASS = "settle its class"
    PUT_ON_NOTICE = "put on notice"
    CONFIRM_OR_END = "confirm or end"
    REVIVE_OR_END = "revive or end"
    RENEW = "renew"
    RENEW_ON_CONDITIONS = "renew on conditions"
    RENEW_ONCE = "renew once"
    AGREE_DUTIES = "agree its duties anew"
    CONCLUDE_AS_ACHIEVED = "conclude as achieved"
    EXTEND_FOR_EVIDENCE = "extend for its evidence"
    RENEGOTIATE = "renegotiate"
    KEEP_ON_NEW_TERMS = "keep on new terms"
    KEEP = "keep"
    OBTAIN_EVIDENCE = "obtain evidence"
    CONTINUE = "continue"
    RECEIVE = "receive for information"
    NEGOTIATE = "proceed to negotiate"
    DECLINE = "decline"
    SIGN = "sign"
    SEND_BACK = "send back"


class Trace(StrEnum):
    """What a decision leaves on record once it is carried out."""

    NOTICE = "its end after notice"
    CONCLUSION = "its conclusion"
    FOLDED = "its end, folded into another"
    HANDED_ON = "another owner since"
    OWNER = "another owner"
    IN_FORCE = "that it is in force"
    DIRECTION = "that the direction runs"
    MENDED = "that no defect is left"
    NEW_TERMS = "new terms"
    SHOWN = "what it was to show"
    LATER_END = "a later end"
    HOLD = "a hold"
    EXTENSION = "that the extension runs"
    ANSWER = "an answer"
    PROJECT = "a project"
    CLASS = "the class decided on"
    ANY_CLASS = "a class"
    END_AHEAD = "an end ahead"
    ANOTHER_WORD = "another word of the review"
    SIGNATURE = "a signature"
    NEXT_DECISION = "another decision"
    AGREEMENT = "an agreement"
    NO_AGREEMENT = "no agreement"
    MORE_MONEY = "more money"
    FEWER = "fewer agreements"
    MORE_MONEY_AND_FEWER = "more money and fewer agreements"


@dataclass(frozen=True)
class Word:
    """What one word means at one decision point; braces in its text stand for a class.

    `place` counts standings down from the best, 0, the same at every point; words without one are
    not compared.
    `hands_on`: a partner owns it afterwards.
    """

    point: DecisionPoint
    text: str
    seat: Seating
    ranked: bool
    place: int | None
    motion: Motion | None
    follow_up: Trace | None
    leaves: Choice | None = None
    settles: Choice | None = None
    binds: Binds | None = None
    becomes: Becomes | None = None
    new_terms: bool = False
    hands_on: bool = False

    @property
    def is_decision(self) -> bool:
        """Whether people may decide it: what they decide is followed up."""
        return self.follow_up is not None


# fmt: off
P, R, D3, F = DecisionPoint, ReviewWord, RenewalWord, ClassFinding
PW, RW, S, M, T = ProposalWord, ResourceWord, Seating, Motion, Trace
RUNS, DONE = Binds.WHILE_IT_RUNS, Binds.UNTIL_DONE
YES, NO, __ = True, False, None
WORDS = (
    #    point               text                        seat       ranked place motion                    follow_up
    Word(P.REVIEW,           R.SUSPEND,                  S.HOLDS,    NO,  __, M.SUSPEND,                T.HOLD),
    Word(P.REVIEW,           R.KEEP_BY_DIRECTION,        S.HOLDS,    YES, 0,  __,                       T.DIRECTION, binds=RUNS),
    Word(P.REVIEW,           R.LAPSED,                   S.GIVES_UP, NO,  3,  M.RENEW_OR_RECORD,        T.END_AHEAD, leaves=Choice.END, becomes=Becomes.LAPSED),
    Word(P.REVIEW,           R.REGISTER,                 S.GIVES_UP, NO,  __, M.REGISTER,               T.OWNER, becomes=Becomes.PARTNER, hands_on=YES),
    Word(P.REVIEW,           R.FOLD_IN,                  S.FOLDED,   NO,  __, M.FOLD_IN,                T.FOLDED, becomes=Becomes.FOLDED),
    Word(P.REVIEW,           R.TOO_EARLY,                S.ASKS,     NO,  2,  M.RECEIVE,                T.ANOTHER_WORD),
    Word(P.REVIEW,           R.CONFIRM_OR_END,           S.HOLDS,    YES, 3,  M.CONFIRM_OR_END,         T.ANSWER),
    Word(P.REVIEW,           R.REVIVE_OR_END,            S.HOLDS,    YES, 3,  M.REVIVE_OR_END,          T.PROJECT),
    Word(P.REVIEW,           R.CLASS_FIRST,              S.ASKS,     YES, 3,  M.SETTLE_CLASS,           T.ANY_CLASS, leaves=Choice.CLASS, becomes=Becomes.UNSETTLED),
    Word(P.REVIEW,           R.RECLASSIFY,               S.ASKS,     YES, 1,  M.RECLASSIFY,             T.CLASS, settles=Choice.CLASS),
    Word(P.REVIEW,           R.CONTINUE,                 S.HOLDS,    YES, 3,  M.CONTINUE,               T.MENDED),
    Word(P.REVIEW,           R.KEEP,                     S.HOLDS,    YES, 0,  M.KEEP,                   T.IN_FORCE),
    Word(P.REVIEW,           R.KEEP_ON_NEW_TERMS,        S.HOLDS,    YES, 1,  M.KEEP_ON_NEW_TERMS,      T.MENDED, new_terms=YES),
    Word(P.REVIEW,           R.RENEGOTIATE,              S.HOLDS,    YES, 2,  M.RENEGOTIATE,            T.NEW_TERMS, new_terms=YES),
    Word(P.REVIEW,           R.ON_NOTICE,                S.HOLDS,    YES, 3,  M.PUT_ON_NOTICE,          T.SHOWN),
    Word(P.REVIEW,           R.TRANSFER,                 S.GIVES_UP, NO,  4,  M.HAND_ON,                T.HANDED_ON, binds=DONE, becomes=Becomes.GONE, hands_on=YES),
    Word(P.REVIEW,           R.SUNSET,                   S.GIVES_UP, NO,  5,  M.CONCLUDE_AS_HISTORICAL, T.NOTICE, settles=Choice.END, binds=DONE, becomes=Becomes.GONE),
    Word(P.REVIEW,           R.INSUFFICIENT,             S.HOLDS,    YES, 3,  M.OBTAIN_EVIDENCE,        T.ANOTHER_WORD),
    Word(P.REVIEW,           R.NOT_REVIEWED,             S.NONE,     NO,  __, __,                       __),
    Word(P.REVIEW,           f"{R.RECLASSIFY} as {{}}",  S.ASKS,     YES, 1,  M.RECLASSIFY,             T.CLASS, settles=Choice.CLASS),

    Word(P.D3,               D3.SUSPEND,                 S.HOLDS,    NO,  __, M.SUSPEND,                T.HOLD),
    Word(P.D3,               D3.NOT_EVALUABLE,           S.HOLDS,    YES, 3,  M.EXTEND_FOR_EVIDENCE,    T.EXTENSION),
    Word(P.D3,               D3.RENEGOTIATE_DUTIES,      S.HOLDS,    YES, 2,  M.AGREE_DUTIES,           T.NEW_TERMS, new_terms=YES),
    Word(P.D3,               D3.RENEW,                   S.HOLDS,    YES, 0,  M.RENEW,                  T.LATER_END, settles=Choice.END),
    Word(P.D3,               D3.CONCLUDE,                S.GIVES_UP, NO,  3,  M.CONCLUDE_AS_ACHIEVED,   T.CONCLUSION, settles=Choice.END, becomes=Becomes.GONE),
    Word(P.D3,               D3.RENEW_WITH_CONDITIONS,   S.HOLDS,    YES, 1,  M.RENEW_ON_CONDITIONS,    T.LATER_END, settles=Choice.END, new_terms=YES),
    Word(P.D3,               D3.ONE_CONDITIONAL,         S.HOLDS,    YES, 2,  M.RENEW_ONCE,             T.LATER_END, new_terms=YES),
    Word(P.D3,               D3.ON_NOTICE,               S.HOLDS,    YES, 3,  M.PUT_ON_NOTICE,          T.SHOWN),
    Word(P.D3,               D3.INSUFFICIENT,            S.HOLDS,    YES, 3,  M.OBTAIN_EVIDENCE,        T.ANOTHER_WORD),
    Word(P.D3,               D3.SUNSET,                  S.GIVES_UP, NO,  5,  M.CONCLUDE_AS_HISTORICAL, T.NOTICE, settles=Choice.END, binds=DONE, becomes=Becomes.GONE),
    Word(P.D3,               D3.TRANSFER,                S.GIVES_UP, NO,  4,  M.HAND_ON,                T.HANDED_ON, binds=DONE, becomes=Becomes.GONE, hands_on=YES),
    Word(P.D3,               R.KEEP_BY_DIRECTION,        S.HOLDS,    YES, 0,  __,                       T.DIRECTION, binds=RUNS),

    Word(P.RECLASSIFICATION, "{}",                       S.NONE,     NO,  __, __,                       T.CLASS, settles=Choice.CLASS),
    Word(P.RECLASSIFICATION, F.BORDERLINE,               S.NONE,     NO,  __, __,                       T.ANY_CLASS, leaves=Choice.CLASS),
    Word(P.RECLASSIFICATION, F.NO_OBJECTIVES,            S.NONE,     NO,  __, __,                       T.ANY_CLASS),
    Word(P.RECLASSIFICATION, F.REGISTER,                 S.GIVES_UP, NO,  __, M.REGISTER,               T.OWNER, becomes=Becomes.PARTNER, hands_on=YES),
    Word(P.RECLASSIFICATION, F.FOLD_IN,                  S.FOLDED,   NO,  __, M.FOLD_IN,                T.FOLDED, becomes=Becomes.FOLDED),

    Word(P.D1,               PW.PROCEED,                 S.NONE,     NO,  __, M.NEGOTIATE,              T.AGREEMENT),
    Word(P.D1,               PW.HOLD,                    S.NONE,     NO,  __, __,                       T.NEXT_DECISION),
    Word(P.D1,               PW.DECLINE,                 S.NONE,     NO,  __, M.DECLINE,                T.NO_AGREEMENT),

    Word(P.D2,               PW.SIGN,                    S.NONE,     NO,  __, M.SIGN,                   T.SIGNATURE),
    Word(P.D2,               PW.GO_BACK,                 S.NONE,     NO,  __, M.SEND_BACK,              T.NEXT_DECISION),

    Word(P.RESOURCES,        RW.RAISE,                   S.NONE,     NO,  __, __,                       T.MORE_MONEY),
    Word(P.RESOURCES,        RW.REDUCE,                  S.NONE,     NO,  __, __,                       T.FEWER),
    Word(P.RESOURCES,        RW.BOTH,                    S.NONE,     NO,  __, __,                       T.MORE_MONEY_AND_FEWER),
)
# fmt: on


@dataclass(frozen=True)
class DecidedWord:
    """What the text of a decision says: a word, its spelling, and the class it names."""

    word: Word
    text: str
    agreement_class: AgreementClass | None = None

    def answers(self, proposed: "DecidedWord") -> bool:
        """Whether it is what was proposed, or what the proposal leaves to people."""
        left = proposed.word.leaves
        is_open = self.word.text == ReviewWord.RECLASSIFY and proposed.word.settles is Choice.CLASS
        return self == proposed or is_open or (left is not None and left is self.word.settles)


def find_word(text: str, point: DecisionPoint | None = None) -> Word:
    """Return what a word means, at one point or where it first stands."""
    for word in WORDS:
        if word.text == text and point in (None, word.point):
            return word
    raise ValueError(f'"{text}" is no decision word.')


def is_better(word: Word, other: Word) -> bool | None:
    """Whether one word is a better standing than another; `None` where they are not compared."""
    if word.place is None or other.place is None or word.place == other.place:
        return None
    return word.place < other.place


def place_of_word(text: str, *, conditional: bool = False) -> int | None:
    """Return the place of a word, 0 for the best; a class on condition stands one lower."""
    word = find_word(text)
    on_condition = conditional and word.text == ReviewWord.RECLASSIFY
    return word.place + on_condition if word.place is not None else None


def decision_words(point: str, policy: Policy) -> tuple[str, ...]:
    """Return the words a decision of this point may hold; none for a point that is not known."""
    words = (word for word in WORDS if word.point == point and word.is_decision)
    return tuple(text for word in words for text, _ in _spellings(word, policy))


def decided(text: str, policy: Policy) -> DecidedWord:
    """Return what the text of a decision says, however it is capitalised."""
    folded = text.casefold()
    for word in WORDS:
        for spelling, agreement_class in _spellings(word, policy):
            if spelling.casefold() == folded:
                return DecidedWord(word, spelling, agreement_class)
    raise ValueError(f'"{text}" is no decision of any decision point.')


def _spellings(word: Word, policy: Policy) -> Iterator[tuple[str, AgreementClass | None]]:
    """Yield a word, or it with each class: their names, then those of earlier decisions."""
    if "{}" not in word.text:
        yield word.text, None
        return
    yield from ((word.text.format(cls.name), cls) for cls in policy.classes)
    yield from ((word.text.format(w), cls) for cls in policy.classes for w in cls.formerly)
