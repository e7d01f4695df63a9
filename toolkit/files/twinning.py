"""What a policy makes of "sister city" and its kin, and what to type or where to set it."""

import re

from toolkit.model.issues import quoted
from toolkit.model.policy import Policy
from toolkit.model.spelling import plain_name

KIN = re.compile(  # what twinning is called, in the languages its partners write
    r"\b(sister|twin|twins|twinned|twinning|brother|partner|friendship)s?\b.*"
    r"(cit(y|ies)|towns?|counties|county|municipalit(y|ies)|communit(y|ies)|states?|provinces?)\b"
    r"|\b(twinning|twinned|jumel|jumelee?s?|jumelage|gemellaggio|gemellat[oaie]|hermanamiento"
    r"|hermanad[oa]s?|geminacao|geminad[oa]s?|stadtefreundschaft|stadtepartnerschaft|partnerstadt"
    r"|stadtepartner|stedenband|zusterstad|vanort|vennskapsby|venskabsby|ystavyyskaupunki"
    r"|miasto partnerskie|miasta partnerskie|kardes sehir|ciudad(es)? hermanas?|cidades? irmas?"
    r"|villes? jumelees?|citta gemell(a|ate)|staedtepartnerschaft)\b"
)


def is_twinning(word: str) -> bool:
    """Whether a word is what sister cities are called somewhere.

    >>> [is_twinning(w) for w in ("Sister City", "St\u00e4dtepartnerschaft", "Partnership", "MOU")]
    [True, True, False, False]
    """
    return bool(KIN.search(plain_name(word)))


def describe_outside(word: str, policy: Policy) -> str:
    """Return what the policy makes of such a word that stands outside its classes."""
    return (
        f"{quoted(word)} is no class of this policy, so the review proposes which one it becomes. "
        f"If yours has a class for it, type {_classes(policy)}, or add the word to formerly of "
        "that [[class]] in the policy file."
    )


def describe_unlisted(word: str, policy: Policy) -> str:
    """Return what to do with such a word that the policy does not list at all."""
    listed = [known for known in policy.framework.outside if is_twinning(known)]
    typed = " or ".join(map(quoted, listed))
    outside = f"Type {typed}, for which the review proposes a class; or" if listed else "Here"
    return (
        f"{quoted(word)} is not a classification of this policy. {outside} type "
        f"{_classes(policy)}; or add the word in the policy file: to formerly of the [[class]] it "
        "is, or to framework.outside."
    )


def _classes(policy: Policy) -> str:
    return " or ".join(quoted(cls.name) for cls in policy.classes)
