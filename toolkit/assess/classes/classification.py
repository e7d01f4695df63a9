"""Which class an agreement's stated objectives give it, what would flip that, what is unmet."""

from collections.abc import Iterable, Mapping
from datetime import date

import pandas as pd

from toolkit.assess.classes.purposes import (
    PURPOSE_NOUNS,
    Stated,
    describe_purposes,
    stated_purposes,
)
from toolkit.assess.record.conditions import find_conditions, unmet
from toolkit.assess.record.relationships import find_hosts, is_inside
from toolkit.assess.record.results import make_result
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.sheets import Agreement, Partner
from toolkit.model.vocabulary import ClassFinding, Purpose


def reclassify(portfolio: Portfolio, policy: Policy, *, as_of: date) -> pd.DataFrame:
    """Return what the stated objectives say of every agreement's class (domain 2).

    Returns
    -------
    DataFrame by agreement_id: decision (a class of the policy or a `ClassFinding`), reason,
    partner, country, classification, framework (inside, outside), share (0-1, economic share of
    the coded purposes), class_by_main, conditional (unmet conditions), sensitive, flips,
    suggestion, purposes, from_objectives, host, cells.
    """
    agreements = list(portfolio.rows(Agreement))
    hosts = find_hosts(agreements, policy)
    stated = _with_folded(stated_purposes(portfolio, policy), hosts)
    records = [
        _identity(portfolio, a, policy)
        | _outcome(portfolio, a, stated[a.agreement_id], hosts, policy, as_of)
        | {"cells": _cells(a, stated[a.agreement_id])}
        for a in agreements
    ]
    return make_result(records, COLUMNS, "agreement_id")


COLUMNS = (
    "agreement_id", "decision", "reason", "partner", "country", "classification", "framework",
    "share", "class_by_main", "conditional", "sensitive", "flips", "suggestion", "purposes",
    "from_objectives", "host", "cells",
)  # fmt: skip


def _identity(portfolio: Portfolio, agreement: Agreement, policy: Policy) -> dict[str, object]:
    return {
        "agreement_id": agreement.agreement_id,
        "partner": portfolio.labels[agreement.agreement_id],
        "country": agreement.country,
        "classification": agreement.classification,
        "framework": "inside" if is_inside(agreement, policy) else "outside",
        "conditional": (),
        "sensitive": False,
        "flips": (),
        "purposes": "",
        "from_objectives": False,
    }


def _with_folded(stated: Mapping[str, Stated], hosts: Mapping[str, str]) -> dict[str, Stated]:
    """Return the statements with those of folded instruments joined to their host."""
    folded: dict[str, list[Stated]] = {}
    for instrument, host in hosts.items():
        folded.setdefault(host, []).append(stated[instrument])
    return {key: own.joined(folded.get(key, ())) for key, own in stated.items()}


def _cells(agreement: Agreement, stated: Stated) -> str:
    own = agreement.cells("classification", "status", "owner")
    return "; ".join(filter(None, (own, stated.cells)))


def _outcome(
    portfolio: Portfolio,
    agreement: Agreement,
    stated: Stated,
    hosts: Mapping[str, str],
    policy: Policy,
    as_of: date,
) -> dict[str, object]:
    """Return the decision with its evidence; the first case that applies wins."""
    if not is_reviewed(agreement):
        because = f": {agreement.conclusion_reason}" if agreement.conclusion_reason else ""
        return _said(ClassFinding.NOT_REVIEWED, f"Its status is {agreement.status}{because}.")
    if agreement.owner:
        role = f" The City's role: {agreement.city_role}." if agreement.city_role else ""
        found = portfolio.get(Partner, agreement.owner)
        owner = found.name if found else f"partner {agreement.owner}"
        reason = f"It belongs to {owner}, not to the City.{role}"
        return _said(ClassFinding.REGISTER, reason)
    if agreement.agreement_id in hosts:
        host = hosts[agreement.agreement_id]
        name = f"{portfolio.labels[host]}, {host}"
        reason = f"Its relationship already holds {name}; its objectives join that one."
        own = {"host": host, "purposes": describe_purposes(stated)}
        return _said(ClassFinding.FOLD_IN, reason) | own
    if not stated.statements:
        return _said(ClassFinding.NO_OBJECTIVES, _nothing_stated(agreement))
    return _from_statements(agreement, stated, policy, as_of)


def _said(decision: str, reason: str) -> dict[str, object]:
    return {"decision": decision, "reason": reason}


def _nothing_stated(agreement: Agreement) -> str:
    if agreement.text_on_file == "y":
        return "The signed text is on file and no objective was recorded from it: read it."
    if agreement.text_on_file is None:
        return "No objective is on record, nor whether the signed text is on file: look for it."
    return "No objective is on record and the signed text is not on file: obtain it."


def economic_share(purposes: Iterable[Purpose], weights: Mapping[Purpose, float]) -> float | None:
    """Return the economic share of purposes, from 0 to 1; `None` for no purpose.

    >>> from toolkit.model.vocabulary import Purpose as P
    >>> economic_share([P.ECON, P.CULT], {P.ECON: 1, P.POLICY: 0.5, P.CULT: 0, P.CEREMONIAL: 0})
    0.5
    """
    values = [weights[purpose] for purpose in purposes]
    return round(sum(values) / len(values), 9) if values else None


def class_of(share: float | None, policy: Policy) -> str | None:
    """Return the class of the band that holds the share; `None` is Borderline."""
    if share is None:
        return None
    bands = (b for b in policy.bands if round(b.lower, 9) <= share <= round(b.upper, 9))
    return next((band.agreement_class for band in bands), None)


def _from_statements(
    agreement: Agreement, stated: Stated, policy: Policy, as_of: date
) -> dict[str, object]:
    purposes = [s.purpose for s in stated.coded]
    main = [s.purpose for s in stated.coded if s.is_main]
    share = economic_share(purposes, policy.purpose_weights)
    base = class_of(share, policy)
    flips = find_flips(stated, policy)
    classes = {name for _, name in flips} | {base}
    is_borderline = base is None or len(classes - {None}) > 1
    evidence = {
        "share": share,
        "class_by_main": class_of(economic_share(main, policy.purpose_weights), policy),
        "sensitive": not is_borderline and None in classes,
        "flips": tuple(
            sorted(f"{what}: {name or 'Borderline'}" for what, name in flips if name != base)
        ),
        "purposes": describe_purposes(stated),
        "from_objectives": stated.from_objectives,
    }
    if is_borderline:
        return evidence | _borderline(agreement, stated, policy, as_of)
    found = policy.class_named(base)
    conditional = unmet(find_conditions(agreement, found, policy, as_of=as_of))
    reason = f"{_ground(stated)}: {describe_purposes(stated)}."
    return evidence | _said(base, reason) | {"conditional": conditional}


def _ground(stated: Stated) -> str:
    return "Stated objectives" if stated.from_objectives else "Main purpose on record"


def _borderline(
    agreement: Agreement, stated: Stated, policy: Policy, as_of: date
) -> dict[str, object]:
    """Return a borderline case: never assigned, with the class whose conditions are all met."""
    names = dict.fromkeys(band.agreement_class for band in policy.bands)
    open_points = {
        name: unmet(find_conditions(agreement, policy.class_named(name), policy, as_of=as_of))
        for name in names
    }
    ready = [name for name, points in open_points.items() if not points]
    conditional = tuple(f"{name}: {', '.join(p)}" for name, p in open_points.items() if p)
    reason = f"{_ground(stated)}: {describe_purposes(stated)}. A person decides the class."
    suggestion = ready[0] if len(ready) == 1 else None
    return _said(ClassFinding.BORDERLINE, reason) | {
        "conditional": conditional,
        "suggestion": suggestion,
    }


def find_flips(stated: Stated, policy: Policy) -> list[tuple[str, str | None]]:
    """Return each change tried and the class it gives; `None` is Borderline (domain 2.5).

    Tried are: purposes that count in part, at 0 and at 1; leaving out each coded objective;
    objectives not coded, all economic and all cultural.
    """
    coded = [s.purpose for s in stated.coded]
    weights = policy.purpose_weights
    tried: list[tuple[str, float | None]] = []
    for purpose in Purpose:
        if purpose in coded and 0 < weights[purpose] < 1:
            for value, words in ((0, "not economic"), (1, "economic")):
                what = f"{PURPOSE_NOUNS[purpose]} counted as {words}"
                tried.append((what, economic_share(coded, {**weights, purpose: value})))
    if len(coded) > 1:
        for i, left_out in enumerate(stated.coded):
            rest = coded[:i] + coded[i + 1 :]
            tried.append((f"without {left_out.name}", economic_share(rest, weights)))
    blanks = len(stated.statements) - len(coded)
    if blanks:
        for purpose in (Purpose.ECON, Purpose.CULT):
            what = f"objectives not coded taken as {PURPOSE_NOUNS[purpose]}"
            tried.append((what, economic_share([*coded, *[purpose] * blanks], weights)))
    return [(what, class_of(share, policy)) for what, share in tried]
