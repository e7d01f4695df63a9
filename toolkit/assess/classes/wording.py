"""Which purpose the wording of a stated objective suggests, with the words that led to it.

Source: domain, section 2: a person codes the purposes; a blank is suggested, and a suggestion
counts as unconfirmed: no class, share or score is worked out from it.
"""

from collections import defaultdict
from dataclasses import dataclass

import pandas as pd

from toolkit.assess.classes.languages import find_language
from toolkit.assess.classes.phrases import find_matches, split_words
from toolkit.assess.classes.reading import count_words, weigh_matches
from toolkit.assess.classes.stated import ELSEWHERE, PurposeFinding, decide, sum_weights
from toolkit.assess.record.results import make_result
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import Objective
from toolkit.model.vocabulary import Purpose
from toolkit.model.wording import Lexicon

UNCONFIRMED = "unconfirmed"
ASIDE = "set aside"


@dataclass(frozen=True)
class Suggestion:
    """What a statement suggests, why, the words found by side, and the language it was read in."""

    finding: PurposeFinding
    reason: str
    words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    language: str | None = None


def suggest_purpose(statement: str, lexicon: Lexicon) -> Suggestion:
    """Return what the wording of one statement suggests.

    Words count once, however often they stand there. `words` holds, by side, the words as
    written; the last side holds those set aside, each with the reason.
    """
    tokens = split_words(statement)
    language, unread = find_language(tokens, lexicon)
    if language is None:
        return Suggestion(PurposeFinding.CANNOT_TELL, unread)
    sides: dict[str, dict[str, str]] = defaultdict(dict)
    weights: dict[tuple[str, str], float] = {}
    matches = find_matches(tokens, lexicon, language)
    for match in weigh_matches(matches):
        side = ASIDE if match.aside else str(match.group.purpose or ELSEWHERE)
        text = f"{match.text} ({match.aside})" if match.aside else match.text
        sides[side].setdefault(f"{match.phrase.entry} {match.aside}", text)
        if not match.aside:
            weights[side, match.phrase.entry] = match.group.weight
    is_short = 0 < count_words(tokens, matches) <= lexicon.reading.short_words
    found = sum_weights(weights, lexicon.reading, is_short=is_short, has_aside=ASIDE in sides)
    order = [side for side in (*Purpose, ELSEWHERE, ASIDE) if side in sides]
    words = tuple((str(side), tuple(sides[side].values())) for side in order)
    return Suggestion(*decide(found), words, language)


COLUMNS = (
    "objective_id", "decision", "reason", "agreement_id", "statement", "words", "confirmed",
    "cells",
)  # fmt: skip


def suggest_purposes(portfolio: Portfolio, policy: Policy, lexicon: Lexicon) -> pd.DataFrame:
    """Return a suggestion for each objective whose purpose nobody coded (domain 2.1).

    Returns
    -------
    DataFrame by objective_id: decision (a `PurposeFinding`), reason, agreement_id, statement,
    words (one text a side, such as 'ECON: trade, jobs'), confirmed (always "unconfirmed"),
    cells (where a person types the purpose). Objectives whose type settles the purpose by the
    policy's table are not among them.
    """
    settled = {kind.name for kind in policy.objective_types}
    records = []
    for row in portfolio.rows(Objective):
        if row.purpose is None and row.type not in settled:
            found = suggest_purpose(row.statement, lexicon)
            records.append(
                {
                    "objective_id": row.objective_id,
                    "decision": found.finding,
                    "reason": found.reason,
                    "agreement_id": row.agreement_id,
                    "statement": row.statement,
                    "words": tuple(f"{side}: {', '.join(some)}" for side, some in found.words),
                    "confirmed": UNCONFIRMED,
                    "cells": row.cell("purpose"),
                }
            )
    return make_result(records, COLUMNS, "objective_id")
