"""Which class an agreement's stated objectives give it, what would flip that, what is unmet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from toolkit.assess.classes.purposes import (
    PURPOSE_NOUNS,
    Stated,
    describe_purposes,
    purposes_of,
)
from toolkit.assess.record.conditions import find_conditions, unmet
from toolkit.assess.record.relationships import find_folded, is_inside
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.sheets import Agreement, Partner
from toolkit.model.vocabulary import ClassFinding, Purpose

Tried = tuple[str, float | None]  # a change that was tried, and the economic share it gives


@result(key="agreement_id", serves=("F2", "R3"))
class Classified(Result):
    """What the stated objectives say of one agreement's class."""

    agreement_id: str = out("Id")
    decision: str = out("Finding", "A class of the policy, or what is found instead of one.")
    reason: str = out("Ground")
    partner: str = out("Agreement")
    country: str = out("Country")
    classification: str = out("Called now")
    framework: str = out("Framework", "Whether it stands inside or outside the framework.")
    share: float | None = out(
        "Economic share", "Of the coded purposes.", fmt=Format.SHARE, default=None
    )
    class_by_main: str | None = out(
        "Class by main objectives", "The class that the main objectives alone give.", default=None
    )
    conditional: tuple[str, ...] = out(
        "Conditions not met", "Each with no or not on record.", fmt=Format.LIST, default=()
    )
    sensitive: bool = out(
        "Sensitive", "Whether a change tried leaves it open.", fmt=Format.YES_NO, default=False
    )
    flips: tuple[str, ...] = out("What would flip it", fmt=Format.LIST, default=())
    suggestion: str | None = out(
        "Suggestion", "Of a borderline case: the one class whose conditions are met.", default=None
    )
    purposes: str = out("Purposes", "How many objectives state each.", default="")
    from_objectives: bool = out(
        "From objectives", "Else from the main purpose.", fmt=Format.YES_NO, default=False
    )
    host: str | None = out("Host", "The agreement it folds into.", default=None)
    may_be: tuple[str | None, ...] = out(
        "May be",
        "The classes that coding what is not coded could give; `None` is Borderline.",
        handed_out=False,
        default=(),
    )


@dataclass(frozen=True)
class _Stating:
    """One agreement, what it states with what is folded into it, and what it folds into."""

    portfolio: Portfolio
    policy: Policy
    as_of: date
    agreement: Agreement
    stated: Stated
    host: str | None


def reclassify(portfolio: Portfolio, policy: Policy, *, as_of: date) -> Table[Classified]:
    """Return what the stated objectives say of every agreement's class (domain 2)."""
    folded = find_folded(portfolio.rows(Agreement), policy)
    hosts = {a.agreement_id: host for host, some in folded.items() for a in some}
    cases = (
        _Stating(
            portfolio,
            policy,
            as_of,
            agreement,
            _with_folded(agreement, folded, portfolio, policy),
            hosts.get(agreement.agreement_id),
        )
        for agreement in portfolio.rows(Agreement)
    )
    return Table(Classified, map(_classified, cases))


def _with_folded(
    agreement: Agreement,
    folded: Mapping[str, Sequence[Agreement]],
    portfolio: Portfolio,
    policy: Policy,
) -> Stated:
    """Return what an agreement states, joined by the instruments that fold into it."""
    own = purposes_of(agreement, portfolio, policy)
    some = folded.get(agreement.agreement_id, ())
    return own.joined(purposes_of(instrument, portfolio, policy) for instrument in some)


def _classified(case: _Stating) -> Classified:
    """Return the finding with its evidence; the first case that applies wins."""
    agreement = case.agreement
    if not is_reviewed(agreement):
        because = f": {agreement.conclusion_reason}" if agreement.conclusion_reason else ""
        reason = f"Its status is {agreement.status}{because}."
        return _said(case, ClassFinding.NOT_REVIEWED, reason)
    if agreement.owner:
        return _said(case, ClassFinding.REGISTER, _owned(case))
    if case.host:
        name = f"{case.portfolio.labels[case.host]}, {case.host}"
        reason = f"Its relationship already holds {name}; its objectives join that one."
        found = _said(case, ClassFinding.FOLD_IN, reason)
        return replace(found, host=case.host, purposes=describe_purposes(case.stated))
    if not case.stated.statements:
        found = _said(case, ClassFinding.NO_OBJECTIVES, _nothing_stated(agreement))
        return replace(found, may_be=tuple(band.agreement_class for band in case.policy.bands))
    return _from_statements(case)


def _said(case: _Stating, decision: str, reason: str) -> Classified:
    agreement = case.agreement
    own = agreement.cells("classification", "status", "owner")
    return Classified(
        agreement_id=agreement.agreement_id,
        decision=decision,
        reason=reason,
        partner=case.portfolio.labels[agreement.agreement_id],
        country=agreement.country,
        classification=agreement.classification,
        framework="inside" if is_inside(agreement, case.policy) else "outside",
        cells="; ".join(filter(None, (own, case.stated.cells))),
    )


def _owned(case: _Stating) -> str:
    agreement = case.agreement
    role = f" The City's role: {agreement.city_role}." if agreement.city_role else ""
    found = case.portfolio.get(Partner, agreement.owner)
    owner = found.name if found else f"partner {agreement.owner}"
    return f"It belongs to {owner}, not to the City.{role}"


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


def _from_statements(case: _Stating) -> Classified:
    stated, policy = case.stated, case.policy
    share = economic_share(stated.purposes, policy.purpose_weights)
    main = economic_share(stated.main_purposes, policy.purpose_weights)
    base = class_of(share, policy)
    flips = [*find_flips(stated, policy), *(not_coded := find_flips_of_blanks(stated, policy))]
    classes = {base, *(name for _, name in flips)}
    is_open = any(name != base for _, name in not_coded)
    is_borderline = base is None or is_open or len(classes - {None}) > 1
    return replace(
        _borderline(case) if base is None or is_borderline else _named(case, base),
        share=share,
        class_by_main=class_of(main, policy),
        sensitive=not is_borderline and None in classes,
        flips=tuple(
            sorted(f"{what}: {name or 'Borderline'}" for what, name in flips if name != base)
        ),
        purposes=describe_purposes(stated),
        from_objectives=stated.from_objectives,
        may_be=tuple({base: None, **{name: None for _, name in not_coded}}) if not_coded else (),
    )


def _named(case: _Stating, name: str) -> Classified:
    """Return a case of one class, with the conditions of the class that it does not meet."""
    return replace(_said(case, name, _ground(case.stated)), conditional=_unmet(case, name))


def _borderline(case: _Stating) -> Classified:
    """Return a borderline case: never assigned, with the class whose conditions are all met."""
    names = dict.fromkeys(band.agreement_class for band in case.policy.bands)
    open_points = {name: _unmet(case, name) for name in names}
    ready = [name for name, points in open_points.items() if not points]
    reason = f"{_ground(case.stated)} A person decides the class."
    return replace(
        _said(case, ClassFinding.BORDERLINE, reason),
        conditional=tuple(f"{name}: {', '.join(p)}" for name, p in open_points.items() if p),
        suggestion=ready[0] if len(ready) == 1 else None,
    )


def _ground(stated: Stated) -> str:
    ground = "Stated objectives" if stated.from_objectives else "Main purpose on record"
    return f"{ground}: {describe_purposes(stated)}."


def _unmet(case: _Stating, name: str) -> tuple[str, ...]:
    required = case.policy.class_named(name)
    if required is None:
        return ()
    return unmet(find_conditions(case.agreement, required, case.policy, as_of=case.as_of))


def find_flips(stated: Stated, policy: Policy) -> list[tuple[str, str | None]]:
    """Return each change tried and the class it gives; `None` is Borderline (domain 2.5).

    Tried are: purposes that count in part, at 0 and at 1; leaving out each coded objective.
    """
    weights = policy.purpose_weights
    tried = (*_counted_otherwise(stated, weights), *_left_out(stated, weights))
    return [(what, class_of(share, policy)) for what, share in tried]


def find_flips_of_blanks(stated: Stated, policy: Policy) -> list[tuple[str, str | None]]:
    """Return the class with all objectives that nobody coded economic, and all cultural.

    Where either is not the class of what is coded, a person decides: a blank gives no class.
    """
    tried = _coded_as(stated, policy.purpose_weights)
    return [(what, class_of(share, policy)) for what, share in tried]


def _counted_otherwise(stated: Stated, weights: Mapping[Purpose, float]) -> Iterable[Tried]:
    for purpose in Purpose:
        if purpose in stated.purposes and 0 < weights[purpose] < 1:
            for value, words in ((0, "not economic"), (1, "economic")):
                share = economic_share(stated.purposes, {**weights, purpose: value})
                yield f"{PURPOSE_NOUNS[purpose]} counted as {words}", share


def _left_out(stated: Stated, weights: Mapping[Purpose, float]) -> Iterable[Tried]:
    purposes = stated.purposes
    if len(purposes) > 1:
        for i, (statement, _) in enumerate(stated.coded):
            rest = purposes[:i] + purposes[i + 1 :]
            yield f"without {statement.name}", economic_share(rest, weights)


def _coded_as(stated: Stated, weights: Mapping[Purpose, float]) -> Iterable[Tried]:
    coded = stated.coded_by_people
    blanks = len(stated.statements) - len(coded)
    if blanks:
        for purpose in (Purpose.ECON, Purpose.CULT):
            what = f"objectives not coded taken as {PURPOSE_NOUNS[purpose]}"
            yield what, economic_share([*coded, *[purpose] * blanks], weights)
