"""The rules of the review in the order they are tried; the first that matches decides.

Source: `docs/rules.md`. The list reads like the policy: number, decision, when, test, reason.
"""

from toolkit.assess.review import rule_grounds as g
from toolkit.assess.review.facts import Facts, ProposedAtD3
from toolkit.assess.rules import ListedRule, Match, Rule, always, matching, with_numbers
from toolkit.model.policy import Policy
from toolkit.model.results import Table
from toolkit.model.rules import RuleLine
from toolkit.model.vocabulary import DecisionPoint, ReviewWord

R, REVIEW, D3 = ReviewWord, DecisionPoint.REVIEW, DecisionPoint.D3
CLASS = ("classification",)
SILENT = (
    "its records are complete and show no project and no contact in {inactive_months} months, "
    "none planned, no confirmed sponsor"
)
ENOUGH = "it scores {keep_score} or more, an economic agreement shows activity, and "
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
        REVIEW, "7", R.CONFIRM_OR_END,
        f"{SILENT}; it was not asked, or at most {{answer_days}} days ago",
        g.may_still_answer, g.why_confirm, ("last_contact", "asked_on"),
        settles_before_d3=True,
    ),
    Rule(
        REVIEW, "7", R.REVIVE_OR_END,
        f"{SILENT}; it was asked and did not answer; its market rates {{revive_market}} or more",
        g.may_revive, g.why_revive, ("last_contact", "asked_on", "country"),
        settles_before_d3=True,
    ),
    Rule(
        REVIEW, "7", R.SUNSET,
        f"{SILENT}; it was asked and did not answer",
        g.is_dormant, g.why_silent, ("last_contact", "asked_on"),
        settles_before_d3=True,
    ),
    Rule(
        REVIEW, "8", R.CLASS_FIRST,
        "it stands outside the framework, and its stated objectives give no class",
        g.needs_class, g.why_class, ("classification", "main_purpose"),
        settles_before_d3=True,
    ),
    Rule(
        REVIEW, "9", R.RECLASSIFY,
        "it stands outside the framework, and its stated objectives give a class in which it "
        "scores {renegotiate_score} or more, where {known_weight} of 100 of the weight is known",
        g.gets_class, g.why_reclassify, ("classification", "main_purpose"),
        conditions=g.what_a_class_asks, scored=g.has_score,
    ),
    Rule(
        REVIEW, "9", R.RECLASSIFY,
        "its coded objectives give another class, whose conditions it meets and in which it "
        "scores {renegotiate_score} or more",
        g.belongs_elsewhere, g.why_elsewhere, CLASS,
        scored=always,
    ),
    Rule(
        REVIEW, "10", R.CONTINUE,
        "less than {known_weight} of 100 of the weight of its class is known",
        g.is_not_scored, g.why_continue, CLASS,
    ),
    Rule(
        REVIEW, "11", R.KEEP,
        ENOUGH + "nothing is missing",
        g.is_sound, g.why_score, CLASS,
        scored=always, open_at_ends=True,
    ),
    Rule(
        REVIEW, "12", R.KEEP_ON_NEW_TERMS,
        ENOUGH + "something is missing",
        g.is_sound_but_for_defects, g.why_new_terms, CLASS,
        scored=always, open_at_ends=True,
    ),
    Rule(
        REVIEW, "13", R.RENEGOTIATE,
        "it scores {renegotiate_score} or more",
        g.is_worth_new_terms, g.why_new_terms, CLASS,
        scored=always, open_at_ends=True,
    ),
    Rule(
        REVIEW, "14", R.TRANSFER,
        "a partner that could lead it said so in the last {transfer_willing_months} months",
        g.could_be_led, g.why_transfer, CLASS,
        scored=always, open_at_ends=True,
    ),
    Rule(
        REVIEW, "15", R.SUNSET,
        "none of the rules before matches",
        g.has_score, g.why_score, CLASS,
        scored=always, open_at_ends=True,
    ),
)  # fmt: skip
BEFORE_D3 = tuple(rule for rule in RULES if rule.settles_before_d3)
AT_D3 = (
    "targets were agreed, or sponsor and Councillor endorse it again, and it ends within "
    "{evaluation_lead_months} months: decision point D3 stands in for the rules 9 to 15"
)


def matching_rules(facts: Facts) -> list[Match[Facts]]:
    """Return every rule that matches, in order; the first decides.

    What decision point D3 proposes near the end stands in for the rules that do not go before it.
    """
    if facts.renewal is None:
        return matching(RULES, facts)
    return [*matching(BEFORE_D3, facts), Match(_rule_of_d3(facts.renewal), facts)]


def _rule_of_d3(renewal: ProposedAtD3) -> Rule[Facts]:
    """Return the rule of decision point D3 that matched, as a rule of the review's facts."""
    ref, reason = renewal.rule, renewal.reason
    return Rule(ref.point, ref.number, ref.decision, AT_D3, always, lambda _: reason, ("ends",))


def list_review_rules(policy: Policy) -> Table[ListedRule]:
    """Return the rules in the order they are tried; 7.2 is the second word of rule 7."""
    before = _lines(BEFORE_D3)
    after = _lines(tuple(rule for rule in RULES if not rule.settles_before_d3))
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
