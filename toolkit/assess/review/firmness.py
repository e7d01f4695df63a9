"""How firm each proposal is: which decisions the draws give, and how often.

Three statements stand apart: what is drawn where only what is not known is open, where the city's
weights are in doubt too, and where any weights might be meant. The second decides whether a
proposal is firm; the third is the sceptic's. The rules themselves are run, once for each side of
their lines that the draws fall on. Source: domain, section 3, Firmness.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from math import sqrt

from toolkit.assess.review.bounds import Bounds, find_bounds
from toolkit.assess.review.draws import Doubt, Draws, draw_lines, make_draws
from toolkit.assess.review.facts import Facts
from toolkit.assess.review.rules import RULES
from toolkit.assess.rules import first_match
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.vocabulary import Firm

BY_RULE = "Proposed by a rule that looks at no score."
BY_RENEWAL = "Proposed by a rule that looks at no score, or by D3 on what was measured; not drawn."
OPEN, MIGHT_BE = "It rests on what is not known; ", "once that is known, it might be"
NINETEEN_OF_TWENTY = 1.96  # standard errors within which 19 of 20 seeds would fall

Shares = Mapping[str, float]  # by decision word, the most frequent first


@result(key="agreement_id", serves=("R2",))
class Shaken(Result):
    """How firm the proposal for one agreement under review is."""

    agreement_id: str = out("Id")
    decision: Firm = out("Firmness", "By rule, firm or contested.")
    partner: str = out("Agreement")
    share: float | None = out(
        "Draws of 100 with the proposal",
        "By the city's weights; nothing by rule, or where no draw can give what is proposed.",
        fmt=Format.SHARE,
        default=None,
    )
    draws: int | None = out("Draws", fmt=Format.COUNT, default=None)
    within: float | None = out(
        "Known to within",
        "Points by which its shares may be off: with 19 of 20 other seeds they are not.",
        fmt=Format.NUMBER,
        default=None,
    )
    unknown: tuple[str, ...] = out(
        "By what is not known",
        "Every decision drawn, with its share, where only that is open.",
        fmt=Format.LIST,
        default=(),
    )
    outcomes: tuple[str, ...] = out(
        "By the city's weights",
        "Every decision drawn, with its share, where each weight may be higher or lower too.",
        fmt=Format.LIST,
        default=(),
    )
    any_weights: tuple[str, ...] = out(
        "By any weights",
        "Every decision drawn, with its share, where any weights might be meant.",
        fmt=Format.LIST,
        default=(),
    )
    drawn: tuple[str, ...] = out(
        "Words drawn", "The most frequent first.", handed_out=False, default=()
    )
    said: str | None = out(
        "In words", "By the city's weights and by any.", handed_out=False, default=None
    )


def find_firmness(
    portfolio: Portfolio, policy: Policy, facts: Mapping[str, Facts]
) -> Table[Shaken]:
    """Return how firm the proposal for each agreement under review is.

    What is proposed because the evidence may turn out either way, be it for the second year, no
    draw can give, as in a draw all is known: it is contested, and told is what it might become.
    """
    draws = make_draws(policy)
    return Table(
        Shaken, (_shaken(portfolio, policy, find_bounds(f), draws) for f in facts.values())
    )


def _shaken(portfolio: Portfolio, policy: Policy, bounds: Bounds, draws: Draws) -> Shaken:
    first = bounds.first
    key = first.facts.agreement.agreement_id
    if not first.is_scored:
        return Shaken(
            agreement_id=key,
            decision=Firm.BY_RULE,
            reason=BY_RULE if first.facts.renewal is None else BY_RENEWAL,
            partner=portfolio.labels[key],
            cells=first.facts.agreement.cell("agreement_id"),
        )
    return _drawn(portfolio, policy, bounds, _shares(bounds, draws))


def _drawn(
    portfolio: Portfolio, policy: Policy, bounds: Bounds, shares: Mapping[Doubt, Shares]
) -> Shaken:
    agreement, word = bounds.first.facts.agreement, bounds.decision
    by_weights = shares[Doubt.WEIGHTS]
    share = None if bounds.is_open else by_weights.get(word, 0.0)
    is_firm = share is not None and round(100 * share, 9) >= policy.thresholds.firm_share
    within = max(margin(value, policy) for value in by_weights.values())
    lists = {doubt: tuple(map(_word, found.items())) for doubt, found in shares.items()}
    return Shaken(
        agreement_id=agreement.agreement_id,
        decision=Firm.FIRM if is_firm else Firm.CONTESTED,
        reason=_sentence(lists, within, is_open=bounds.is_open),
        partner=portfolio.labels[agreement.agreement_id],
        share=share,
        draws=policy.firmness.draws,
        within=within,
        unknown=lists[Doubt.UNKNOWN],
        outcomes=lists[Doubt.WEIGHTS],
        any_weights=lists[Doubt.ANY],
        drawn=tuple(by_weights),
        said=_said(lists, is_open=bounds.is_open),
        cells=f"{agreement.cell('agreement_id')}; {policy.file_name}: firmness",
    )


def _shares(bounds: Bounds, draws: Draws) -> Mapping[Doubt, Shares]:
    """Return the share of each decision for each doubt; one run of the rules a set of lines.

    Once a notice has run out, a case can be open only for the sheets that do not count.
    """
    facts = bounds.first.facts
    rest_is_open = bounds.is_open and facts.notice_has_run_out
    lines = draw_lines(facts, draws, with_the_rest=rest_is_open)
    words = {
        passed: first_match(RULES, replace(facts, drawn=passed)).decision
        for passed in dict.fromkeys(passed for found in lines.values() for passed in found)
    }
    shares = {}
    for doubt, found in lines.items():
        counts: Counter[str] = Counter()
        for passed, count in found.items():
            counts[words[passed]] += count
        ordered = sorted(counts, key=lambda word: (-counts[word], word))
        shares[doubt] = {str(word): counts[word] / counts.total() for word in ordered}
    return shares


def margin(share: float, policy: Policy) -> float:
    """Return by how many points of 100 a share of the draws may be off, in 19 of 20 seeds."""
    error = sqrt(share * (1 - share) / policy.firmness.draws)
    return round(100 * NINETEEN_OF_TWENTY * error, 1)


def of_100(share: float) -> str:
    """Return a share as whole draws of 100; what happens is never told as none, nor as all.

    >>> of_100(0.8715), of_100(0.0005), of_100(0.9995), of_100(1.0)
    ('87', 'under 1', 'over 99', '100')
    """
    whole = f"{100 * share:.0f}"
    if 0 < share < 1 and whole in ("0", "100"):
        return "under 1" if whole == "0" else "over 99"
    return whole


def _word(found: tuple[str, float]) -> str:
    return f"{found[0]} {of_100(found[1])}"


def _said(lists: Mapping[Doubt, tuple[str, ...]], *, is_open: bool) -> str:
    """Return the shares short enough for a table: by the city's weights and by any."""
    weights, others = ("; ".join(lists[doubt]) for doubt in (Doubt.WEIGHTS, Doubt.ANY))
    return f"{f'{MIGHT_BE} ' if is_open else ''}{weights} of 100 draws; by any weights {others}"


def _sentence(lists: Mapping[Doubt, tuple[str, ...]], within: float, *, is_open: bool) -> str:
    unknown, weights, others = ("; ".join(lists[doubt]) for doubt in Doubt)
    begin = f"{OPEN}{MIGHT_BE}, by the" if is_open else "By the"
    off = f", each to within {within:g} points" if within else ""
    return (
        f"{begin} city's weights: {weights} of 100 draws{off}. By what is not known alone: "
        f"{unknown}. By any weights: {others}."
    )
