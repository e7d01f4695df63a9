"""Which instruments stand outside the framework, and which belong to one relationship."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from toolkit.model.dates import When
from toolkit.model.policy import Policy
from toolkit.model.portfolio import is_reviewed
from toolkit.model.sheets import Agreement
from toolkit.model.spelling import plain_name
from toolkit.model.vocabulary import Status


def is_inside(agreement: Agreement, policy: Policy) -> bool:
    """Whether its classification is a class of the framework; an unknown one is not."""
    return policy.class_named(agreement.classification) is not None


def relationship_key(agreement: Agreement) -> str:
    """Return what instruments with one partner share, without case, accents and spaces."""
    return plain_name(agreement.relationship_id)


def by_relationship(agreements: Iterable[Agreement]) -> Mapping[str, Sequence[Agreement]]:
    """Return the instruments of each relationship, by its key."""
    groups: dict[str, list[Agreement]] = defaultdict(list)
    for agreement in agreements:
        groups[relationship_key(agreement)].append(agreement)
    return groups


def holds_seat(agreement: Agreement, policy: Policy, *, as_of: date) -> bool:
    """Whether it holds a seat before anybody decides; lapsed and handed-on ones do not."""
    cls = policy.class_named(agreement.classification)
    lapsed = isinstance(agreement.ends, When) and agreement.ends.last < as_of
    seated = cls is not None and cls.seats
    return is_reviewed(agreement) and seated and not agreement.owner and not lapsed


def by_age(agreement: Agreement) -> tuple[date, str]:
    """Sort key: earliest signed first, unknown last, then id."""
    signed = agreement.signed.first if agreement.signed else date.max
    return signed, agreement.agreement_id


def find_folded(
    agreements: Iterable[Agreement], policy: Policy
) -> Mapping[str, Sequence[Agreement]]:
    """Return, by agreement_id, the instruments that fold into it, earliest first (domain 2.7).

    An outside instrument folds into an active instrument of a class with the same partner;
    failing that, into the earliest signed outside instrument of the relationship.
    """
    groups = by_relationship(a for a in agreements if is_reviewed(a) and not a.owner)
    return dict(_fold(sorted(group, key=by_age), policy) for group in groups.values())


def _fold(ordered: Sequence[Agreement], policy: Policy) -> tuple[str, Sequence[Agreement]]:
    """Return the host of a relationship, and what folds into it."""
    inside = [a for a in ordered if is_inside(a, policy) and a.status == Status.ACTIVE]
    outside = [a for a in ordered if not is_inside(a, policy)]
    host = (inside or outside or ordered)[0].agreement_id
    return host, [a for a in outside if a.agreement_id != host]
