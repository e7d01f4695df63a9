"""The proposals as motions a committee can adopt, one for each kind of decision."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from toolkit.model.dates import long_date
from toolkit.model.decisions import Agrees
from toolkit.model.sentences import listed
from toolkit.model.vocabulary import Recommendation, Renewal, Screening
from toolkit.report.findings import briefly
from toolkit.report.markup import Sentences

R = Recommendation


def motions(
    review: pd.DataFrame,
    compared: pd.DataFrame,
    proposals: pd.DataFrame,
    readiness: pd.DataFrame,
    priorities: pd.DataFrame,
    *,
    by: date,
) -> Sentences:
    """Return the proposals as motions for a committee, one for each kind of decision.

    Parameters
    ----------
    compared
        What people decided beside the rules; what they decided already is noted, not moved again.
    proposals, readiness, priorities
        What passes the first and the second decision point, and what the year is spent on.
    """
    names = review.partner.to_dict()
    taken = {row.Index: row for row in compared.itertuples() if _is_taken(row)}
    open_rows = [r for r in review.itertuples() if r.Index not in taken and not _stands(r)]
    lines = []
    for decision, write in MOTIONS.items():
        rows = [row for row in open_rows if row.decision == decision]
        lines += write(rows, names, by) if rows else []
    lines += _points(proposals, readiness, compared)
    lines += _first(priorities)
    lines += [_note(names[key], row) for key, row in taken.items() if key in names]
    if not lines:
        return Sentences(("The record calls for no decision.",))
    return Sentences(tuple(lines), "numbered")


def _stands(row: tuple) -> bool:
    """Whether people decided so already."""
    return row.rule is not None and row.rule.by_people


def _is_taken(row: tuple) -> bool:
    return row.point in ("review", "D3") and row.agrees in (Agrees.YES, Agrees.OVERRIDE)


def _points(proposals: pd.DataFrame, readiness: pd.DataFrame, compared: pd.DataFrame) -> list[str]:
    """Return the motions of the first two decision points on what nobody decided yet."""
    decided = set(compared.index[compared.agrees.isin([Agrees.YES, Agrees.OVERRIDE])])
    verbs = {
        Screening.PROCEED: "proceed to negotiate the proposal of",
        Screening.DECLINE: "decline the proposal of",
        Screening.SIGN: "sign the agreement with",
        Screening.GO_BACK: "send back the draft agreement with",
    }
    return [
        f"That Council {verbs[row.decision]} {row.partner} ({row.Index}). {row.reason}"
        for table in (proposals, readiness)
        for row in table.itertuples()
        if row.decision in verbs and row.Index not in decided
    ]


def _first(priorities: pd.DataFrame) -> list[str]:
    first = [row.partner for row in priorities.itertuples() if row.decision == "priority"]
    third = [r.partner for r in priorities.itertuples() if r.decision == "if a third is taken"]
    if not first:
        return []
    more = f", and {listed(third)} if a third is taken" if third else ""
    return [f"That Council spend the year's work first on {listed(first)}{more}."]


def _note(name: str, row: tuple) -> str:
    on = f", {row.decided_on}" if row.decided_on else ""
    by = f" by {row.decided_by}" if row.decided_by else ""
    until = f" It runs until {row.expires}: extend it, or the rules decide." if row.expires else ""
    said = f"That Council note what was decided on {name}{by}{on}: {row.decision}. {row.reason}"
    return said + (until if row.decision == Recommendation.KEEP_BY_DIRECTION else "")


Rows = list[tuple]
Names = Mapping[str, str]


def _continue(rows: Rows, names: Names, by: date) -> list[str]:
    who = briefly(names[row.Index] for row in rows)
    defects = dict.fromkeys(d.name for row in rows for d in row.defects)
    line = f"That Council continue, in the framework, {who}"
    if not defects:
        return [f"{line}."]
    return [
        f"{line} and direct staff to mend, or to put on record by {long_date(by)}, what is missing "
        f"at each: {listed(defects)}."
    ]


def _reclassify(rows: Rows, names: Names, _by: date) -> list[str]:
    return [
        f"That Council reclassify {names[row.Index]} as {row.proposed_class}"
        + (f", on condition of {listed(row.conditions)}. " if row.conditions else ". ")
        + row.grounds
        for row in rows
    ]


def _keep(rows: Rows, names: Names, _by: date) -> list[str]:
    return [f"That Council keep {briefly(names[row.Index] for row in rows)}."]


def _obtain(rows: Rows, names: Names, by: date) -> list[str]:
    return [
        f"That Council defer {names[row.Index]} and direct staff to obtain the missing evidence by "
        f"{long_date(by)}. {row.reason}"
        for row in rows
    ]


def _class_first(rows: Rows, names: Names, by: date) -> list[str]:
    who = briefly(names[row.Index] for row in rows)
    return [
        f"That Council direct staff to report by {long_date(by)} on the stated objectives of "
        f"{who}, so that their class can be decided."
    ]


def _each(text: str) -> object:
    def write(rows: Rows, names: Names, _by: date) -> list[str]:
        return [text.format(name=names[row.Index], reason=row.reason) for row in rows]

    return write


MOTIONS = {
    R.SUSPEND: _each("That Council suspend all activity with {name}. {reason}"),
    R.SUNSET: _each("That Council conclude the agreement with {name} as historical. {reason}"),
    R.TRANSFER: _each("That Council hand on the agreement with {name}. {reason}"),
    R.LAPSED: _each(
        "That Council decide whether the lapsed agreement with {name} is renewed or recorded as "
        "concluded. {reason}"
    ),
    R.REGISTER: _each("That Council register {name} as partner-owned. {reason}"),
    R.FOLD_IN: _each(
        "That Council fold {name} into the other agreement with this partner, once their texts are "
        "compared. {reason}"
    ),
    R.RECLASSIFY: _reclassify,
    R.CLASS_FIRST: _class_first,
    R.CONFIRM_OR_END: _each("That Council ask {name} to confirm the agreement or end it. {reason}"),
    R.REVIVE_OR_END: _each("That Council revive the agreement with {name} or end it. {reason}"),
    Renewal.RENEW: _each("That Council renew the agreement with {name}. {reason}"),
    Renewal.RENEW_WITH_CONDITIONS: _each(
        "That Council renew the agreement with {name} on conditions. {reason}"
    ),
    Renewal.ONE_CONDITIONAL: _each(
        "That Council renew the agreement with {name} once, on conditions. {reason}"
    ),
    Renewal.RENEGOTIATE_DUTIES: _each(
        "That Council direct staff to agree the duties of {name} anew before it ends. {reason}"
    ),
    Renewal.CONCLUDE: _each(
        "That Council conclude the agreement with {name} as achieved. {reason}"
    ),
    Renewal.NOT_EVALUABLE: _each(
        "That Council extend the agreement with {name} once, to bring the evidence. {reason}"
    ),
    R.RENEGOTIATE: _each("That Council direct staff to renegotiate with {name}. {reason}"),
    R.KEEP_ON_NEW_TERMS: _each("That Council keep {name} on new terms. {reason}"),
    R.KEEP: _keep,
    R.INSUFFICIENT: _obtain,
    R.CONTINUE: _continue,
    R.TOO_EARLY: _each("That Council receive for information: {name}. {reason}"),
}
