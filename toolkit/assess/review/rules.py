"""The rules of the review in the order they are tried; the first that matches decides.

Source: `docs/rules.md`. The list reads like the policy: number, decision, when, test, reason.
"""

from toolkit.assess.review import quiet as q
from toolkit.assess.review import rule_grounds as g
from toolkit.assess.review.facts import Facts, ProposedAtD3
from toolkit.assess.rules import (
    ListedRule,
    Match,
    Rule,
    always,
    first_match,
    matching,
    never,
    with_numbers,
)
from toolkit.model.policy import Policy
from toolkit.model.results import Table
from toolkit.model.rules import RuleLine
from toolkit.model.vocabulary import DecisionPoint, ReviewWord

R, REVIEW, D3 = ReviewWord, DecisionPoint.REVIEW, DecisionPoint.D3
CLASS = ("classification",)
RAN = ("Projects.state", "Projects.starts", "Projects.ends")
ASKED = ("asked_on", "answered_on")
HEARD = ("last_contact", *ASKED, "community_sponsor", "sponsor_confirmed", *RAN)
NOTICE = ("Decisions.decision", "Decisions.expires")
OFFER = ("Engagements.role", "Engagements.willing_on")
QUIET = "no project has run in {inactive_months} months"
SIGN = "a contact, an answer, a confirmed sponsor or a planned project"
IDLE = f"{QUIET} (a community agreement with {SIGN} goes on to rule 8)"
ENOUGH = (
    "it scores {keep_score} or more, its record {keep_record} or more, an economic agreement shows "
    "activity and results of {keep_results} or more, and "
)
RUN_OUT = "it scores less than {renegotiate_score}, a notice has run out, and "
RULES: tuple[Rule[Facts], ...] = (
    Rule(
        REVIEW, "1", R.SUSPEND,
        "it is on legal hold, or its status is suspended",
        g.on_hold, g.why_hold, ("status", "legal_hold", "hold_reason"),
        settles_before_d3=True,
    ),
    Rule(
        REVIEW, "2", R.KEEP_BY_DIRECTION,
        "people decided so, and the decision has not expired",
        g.was_decided(R.KEEP_BY_DIRECTION), g.why_decided,
        settles_before_d3=True, by_people=True,
    ),
    Rule(
        REVIEW, "2", R.SUNSET,
        "people decided so, and it is not concluded yet",
        g.was_decided(R.SUNSET), g.why_decided,
        settles_before_d3=True, by_people=True,
    ),
    Rule(
        REVIEW, "2", R.TRANSFER,
        "people decided so, and it is not handed on yet",
        g.was_decided(R.TRANSFER), g.why_decided,
        settles_before_d3=True, by_people=True,
    ),
    Rule(
        REVIEW, "3", R.LAPSED,
        "its end has passed while it is listed as active",
        g.has_lapsed, g.why_lapsed, ("status", "ends"),
        settles_before_d3=True,
    ),
    Rule(
        REVIEW, "4", R.REGISTER,
        "its owner is a partner, not the City",
        g.is_partner_owned, g.why_outcome, ("owner", "city_role"),
        settles_before_d3=True,
    ),
    Rule(
        REVIEW, "5", R.FOLD_IN,
        "it stands outside the framework and its relationship holds another instrument",
        g.folds, g.why_outcome, ("classification", "relationship_id"),
        settles_before_d3=True,
    ),
    Rule(
        REVIEW, "6", R.TOO_EARLY,
        "it was signed less than {too_early_months} months before the review",
        g.is_new, g.why_new, ("signed",),
        settles_before_d3=True,
    ),
    Rule(
        REVIEW, "7a", R.TRANSFER,
        f"{QUIET}, a notice has run out, and a partner could lead it",
        q.is_quiet_after_notice_with_offer, q.why_quiet_transfer, (*RAN, *NOTICE, *OFFER),
        settles_before_d3=True,
    ),
    Rule(
        REVIEW, "7a", R.SUNSET,
        f"{QUIET}, and a notice has run out",
        q.is_quiet_after_notice, q.why_quiet_after_notice, (*RAN, *NOTICE),
        settles_before_d3=True,
    ),
    Rule(
        REVIEW, "7b", R.SUNSET,
        f"{QUIET}, there is no {SIGN[2:]}, and a question of more than {{unanswered_months}} "
        "months ago was not answered",
        q.never_answered, q.why_never_answered, HEARD,
        settles_before_d3=True,
    ),
    Rule(
        REVIEW, "7d", R.ON_NOTICE,
        f"{IDLE}, for the second year running",
        q.is_idle_again, q.why_idle_again, HEARD,
        settles_before_d3=True,
    ),
    Rule(
        REVIEW, "7e", R.INSUFFICIENT,
        f"{IDLE}, but its records are not complete and no project is on record at all",
        q.activity_is_not_told, q.why_activity_is_asked, ("records_complete_to", *RAN),
        settles_before_d3=True,
    ),
    Rule(
        REVIEW, "7f", R.REVIVE_OR_END,
        f"{QUIET}, and there is {SIGN}",
        q.may_revive, q.why_revive, HEARD,
        settles_before_d3=True,
    ),
    Rule(
        REVIEW, "7g", R.REVIVE_OR_END,
        f"{QUIET}, and a question of more than {{answer_days}} days ago was not answered",
        q.has_not_answered_yet, q.why_answer_is_late, HEARD,
        settles_before_d3=True,
    ),
    Rule(
        REVIEW, "7h", R.CONFIRM_OR_END,
        f"{QUIET}",
        q.is_idle, q.why_confirm, HEARD,
        settles_before_d3=True,
    ),
    Rule(
        REVIEW, "8", R.CLASS_FIRST,
        "it stands outside the framework, and its stated objectives give no class",
        g.needs_class, g.why_class, ("classification", "main_purpose"),
        settles_before_d3=True,
    ),
    Rule(
        REVIEW, "9a", R.INSUFFICIENT,
        "it stands outside the framework, its stated objectives give a class, and of what that "
        "class is judged by less than {known_weight} of 100 is known, though it could be",
        g.class_cannot_be_tested, g.why_not_scored, CLASS,
    ),
    Rule(
        REVIEW, "9a", R.RECLASSIFY,
        "it stands outside the framework, and its stated objectives give a class in which it "
        "scores {renegotiate_score} or more, where {known_weight} of 100 of the weight is known",
        g.gets_class, g.why_reclassify, ("classification", "main_purpose"),
        conditions=g.what_a_class_asks, scored=g.has_score,
    ),
    Rule(
        REVIEW, "9b", R.RECLASSIFY,
        "its coded objectives give another class, whose conditions it meets and in which it "
        "scores {renegotiate_score} or more, and it would not be kept in its own",
        g.belongs_elsewhere, g.why_elsewhere, CLASS,
        scored=always,
    ),
    Rule(
        REVIEW, "10", R.CONTINUE,
        "less than {known_weight} of 100 of the weight of its class is known, and the sheets that "
        "count could not tell more",
        g.cannot_be_scored, g.why_continue, CLASS,
    ),
    Rule(
        REVIEW, "10", R.INSUFFICIENT,
        "less than {known_weight} of 100 of the weight of its class is known, though it could be",
        g.could_be_scored, g.why_not_scored, CLASS,
    ),
    Rule(
        REVIEW, "11", R.KEEP,
        ENOUGH + "it has no defect",
        g.is_sound, g.why_kept, CLASS,
        scored=always,
    ),
    Rule(
        REVIEW, "12", R.KEEP_ON_NEW_TERMS,
        ENOUGH + "it has defects",
        g.is_sound_but_for_defects, g.why_new_terms, CLASS,
        scored=always,
    ),
    Rule(
        REVIEW, "13", R.RENEGOTIATE,
        "it scores {renegotiate_score} or more",
        g.is_worth_new_terms, g.why_new_terms, CLASS,
        scored=always,
    ),
    Rule(
        REVIEW, "14", R.ON_NOTICE,
        "it scores less than {renegotiate_score}, and no notice has run out",
        g.is_to_be_warned, g.why_notice, CLASS,
        scored=always,
    ),
    Rule(
        REVIEW, "15", R.TRANSFER,
        RUN_OUT + "a partner that could lead it said so in the last {transfer_willing_months} "
        "months",
        g.could_be_led, g.why_transfer, (*CLASS, *NOTICE, *OFFER),
        scored=always,
    ),
    Rule(
        REVIEW, "16", R.SUNSET,
        RUN_OUT + "nobody offers to lead it",
        g.has_score, g.why_end, (*CLASS, *NOTICE),
        scored=always,
    ),
)  # fmt: skip
WITHOUT_EVIDENCE: Rule[Facts] = Rule(
    REVIEW, "E1", R.INSUFFICIENT,
    "with what is missing at its worst a rule from 14 on would match, and at its best none would",
    never, lambda _: "",
)  # fmt: skip
SECOND_YEAR: Rule[Facts] = Rule(
    REVIEW, "E2", R.ON_NOTICE,
    "its evidence is insufficient for the second year running, for blanks in sheets that count",
    never, lambda _: "",
)  # fmt: skip
LISTED = (*RULES, WITHOUT_EVIDENCE, SECOND_YEAR)
BEFORE_D3 = tuple(rule for rule in RULES if rule.settles_before_d3)
AT_D3 = (
    "targets were agreed, or sponsor and Councillor endorse it again, and it ends within "
    "{evaluation_lead_months} months: decision point D3 stands in for the rules 9 to 16"
)


def matching_rules(facts: Facts) -> list[Match[Facts]]:
    """Return every rule that matches, in order; the first decides.

    What decision point D3 proposes near the end stands in for the rules that do not go before it.
    """
    if facts.renewal is None:
        return matching(RULES, facts)
    return [*matching(BEFORE_D3, facts), Match(_rule_of_d3(facts.renewal), facts)]


def first_rule(facts: Facts) -> Match[Facts]:
    """Return the rule that decides."""
    if facts.renewal is None:
        return first_match(RULES, facts)
    of_d3 = Match(_rule_of_d3(facts.renewal), facts)
    return next((Match(rule, facts) for rule in BEFORE_D3 if rule.test(facts)), of_d3)


def _rule_of_d3(renewal: ProposedAtD3) -> Rule[Facts]:
    """Return the rule of decision point D3 that matched, as a rule of the review's facts."""
    ref, reason = renewal.rule, renewal.reason
    return Rule(ref.point, ref.number, ref.decision, AT_D3, always, lambda _: reason, ("ends",))


def list_review_rules(policy: Policy) -> Table[ListedRule]:
    """Return the rules in the order they are tried; 7.2 is the second word of rule 7."""
    before = _lines(BEFORE_D3)
    after = _lines(tuple(rule for rule in LISTED if not rule.settles_before_d3))
    d3 = (RuleLine(D3), "Renew or sunset", AT_D3)
    return Table(
        ListedRule,
        (
            ListedRule(
                rule=str(line),
                decision=decision,
                reason=with_numbers(when, policy),
                cells=policy.file_name,
                line=line,
            )
            for line, decision, when in (*before, d3, *after)
        ),
    )


def _lines(rules: tuple[Rule[Facts], ...]) -> list[tuple[RuleLine, str, str]]:
    """Return a line for each word of each rule: the line, the word and when it is proposed."""
    tests: dict[str, dict[str, list[str]]] = {}
    for rule in rules:
        tests.setdefault(rule.number, {}).setdefault(rule.decision, []).append(rule.when)
    return [
        (RuleLine(REVIEW, number, word, place if len(words) > 1 else 0), word, "; or ".join(whens))
        for number, words in tests.items()
        for place, (word, whens) in enumerate(words.items(), start=1)
    ]
