"""What the words of a foreign register stand for: classes, states, yes and no, and numbers."""

import re
from collections.abc import Iterable, Mapping

from toolkit.collect.plain_text import bare_words
from toolkit.model.policy import Policy
from toolkit.model.schema import words_of
from toolkit.model.sheets import Agreement
from toolkit.model.vocabulary import Status

UNKNOWN = "unknown"
TWINS = (
    "sister city|sister cities|sister town|sister cities agreement|sister|twin|twin town|"
    "twin city|twinned|twinned town|twinning|town twinning|twin towns|twinning agreement|"
    "stadtepartnerschaft|gemeindepartnerschaft|partnerschaft|partnerstadt|jumelage|jumele|"
    "ville jumelee|pacte de jumelage|hermanamiento|ciudad hermana|gemellaggio|citta gemellata|"
    "miasto partnerskie|vanort|vennskapsby|venskabsby|stedenband|zusterstad|jumelages|"
    "geminacao|cidade irma|cidade geminada|partnerske mesto|姉妹都市|자매도시|友好城市|"
    "город побратим"
)
OTHERS = {  # word of a register -> words of a policy that mean the same, the first that is known
    "memorandum of understanding": ("MOU", "memorandum of understanding"),
    "mou": ("MOU", "memorandum of understanding"),
    "memorandum": ("memorandum of understanding", "MOU"),
    "absichtserklarung": ("letter of intent",),
    "lettre d intention": ("letter of intent",),
    "loi": ("letter of intent",),
    "cooperation": ("cooperation agreement",),
    "cooperation pact": ("cooperation agreement",),
    "kooperation": ("cooperation agreement",),
    "kooperationsvereinbarung": ("cooperation agreement",),
    "accord de cooperation": ("cooperation agreement",),
    "cooperation decentralisee": ("cooperation agreement",),
    "acuerdo de cooperacion": ("cooperation agreement",),
    "accordo di cooperazione": ("cooperation agreement",),
    "acordo de cooperacao": ("cooperation agreement",),
    "convenio": ("cooperation agreement",),
    "declaration": ("declaration",),
    "protocole": ("protocol",),
    "protokoll": ("protocol",),
    "protocole d accord": ("memorandum of understanding", "protocol"),
}
STATES: Mapping[Status, str] = {
    Status.ACTIVE: (
        "active|aktiv|actif|active agreement|current|in force|en vigueur|en cours|ongoing|valid|"
        "gultig|bestehend|besteht|activo|vigente|attivo|in vigore|live|yes"
    ),
    Status.SUSPENDED: (
        "suspended|on hold|paused|ruhend|ruht|ausgesetzt|suspendu|suspendido|sospeso|frozen"
    ),
    Status.CONCLUDED: (
        "concluded|ended|expired|terminated|inactive|closed|dissolved|beendet|aufgelost|"
        "erloschen|inaktiv|termine|resilie|echu|expire|inactif|terminado|vencido|inactivo|"
        "scaduto|cessato|former|lapsed"
    ),
    Status.HISTORICAL: "historical|historic|historisch|historique|historico|storico",
    Status.PROPOSED: "proposed|planned|draft|geplant|propose|projet|propuesto|in preparation",
}
YES = {"y", "yes", "ja", "oui", "si", "x", "true", "1", "ano", "tak"}
NO = {"n", "no", "nein", "non", "false", "0", "nie"}


def class_words(texts: Iterable[str], policy: Policy) -> dict[str, str]:
    """Return what each word for a class is taken for, in the order given.

    A word of the policy is that word; one that names a class of the policy is that class; a word
    for a twin town stays a word for a twin town, for its class is a question to people. All else is
    unknown.
    """
    known = words_of(Agreement.sheet.column("classification"), policy)
    return {text: _class_of(bare_words(text), known, policy) for text in texts}


def _class_of(text: str, known: tuple[str, ...], policy: Policy) -> str:
    for word in known:
        if bare_words(word) == text:
            return word
    for cls in policy.classes:
        if re.fullmatch(rf"{bare_words(cls.name)}( (city|town|agreement|cities))?", text):
            return cls.name
    if text in TWINS.split("|"):
        return next((word for word in ("sister city", "twinning") if word in known), UNKNOWN)
    return next((word for word in OTHERS.get(text, ()) if word in known), UNKNOWN)


def status_word(text: str) -> str:
    """Return the state a word stands for, blank where none is known.

    >>> status_word("En vigueur"), status_word("ausgesetzt"), status_word("dormant")
    ('active', 'suspended', '')
    """
    for status, words in STATES.items():
        if bare_words(text) in words.split("|"):
            return str(status)
    return ""


def yes_or_no(text: str) -> str:
    """Return y or n; the text itself where it is neither.

    >>> yes_or_no("Ja"), yes_or_no("non"), yes_or_no("perhaps")
    ('y', 'n', 'perhaps')
    """
    return "y" if bare_words(text) in YES else "n" if bare_words(text) in NO else text


def read_numbers(texts: Iterable[str]) -> Mapping[str, str]:
    """Return each text of a column that can be read as a number, as the form takes it.

    The decimal mark of the column is the one that some text leaves no doubt about; 1.234 alone is
    left as it is.

    >>> dict(read_numbers(["1.234,50", "900", "1.234"]))
    {'1.234,50': '1234.50', '900': '900', '1.234': '1234'}
    >>> dict(read_numbers(["1.234"])), dict(read_numbers(["CAD 1,234.5"]))
    ({}, {'CAD 1,234.5': '1234.5'})
    """
    bare = {text: re.sub(r"[^\d.,\-]", "", re.sub(r"['\u2019\s]", "", text)) for text in texts}
    bare = {text: number for text, number in bare.items() if re.search(r"\d", number)}
    marks = {mark for number in bare.values() for mark in ".," if _is_decimal(number, mark)}
    found: dict[str, str] = {}
    for text, number in bare.items():
        if re.fullmatch(r"-?\d+", number):
            found[text] = number
        elif len(marks) == 1:
            decimal = next(iter(marks))
            other = "." if decimal == "," else ","
            written = number.replace(other, "").replace(decimal, ".")
            if re.fullmatch(r"-?\d+(\.\d+)?", written):
                found[text] = written
    return found


def _is_decimal(number: str, mark: str) -> bool:
    """Whether a mark can only stand for decimals in a number."""
    other = "." if mark == "," else ","
    whole, _, decimals = number.rpartition(mark)
    if not whole or mark in whole or not decimals.isdigit():
        return False
    return len(decimals) != 3 or other in whole
