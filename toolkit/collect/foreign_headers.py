"""Which column of the form each heading of a foreign register means.

A heading is one row or up to three, within the first fifteen; a bilingual one counts by each of its
parts. Names are looked up in a list of what registers call them, then by their nearest spelling.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from toolkit.collect.foreign_dates import read_dates
from toolkit.collect.foreign_words import status_word, yes_or_no
from toolkit.collect.plain_text import bare_words
from toolkit.collect.source import Line, Source
from toolkit.model.countries import countries_in
from toolkit.model.issues import InputError
from toolkit.model.schema import Kind, Sheet
from toolkit.model.sheets import BY_NAME
from toolkit.model.vocabulary import Status

WITHIN, DEEPEST = 15, 3  # rows in which a header begins, and rows it may have
LIKE = 0.86
LOOKED_AT = 100  # texts of a column that tell what it holds
EXACT, PART, WORD, NEAR = 4, 3, 2, 1  # how surely a heading means a column
PARTS = re.compile(r"\s*[/|()\[\]:\n]\s*|\s+-\s+|\s+\u2013\s+")

AGREEMENTS = {  # in the order in which a column is given; what names the other side stands before
    # what may be one's own city; English, French, German first, then others
    "agreement_id": "id|no|nr|number|numero|lfd nr|reference|ref|agreement id|agreement no|code",
    "partner": (
        "partner|partner city|partner cities|twin town|twin city|twinned with|sister city|"
        "sister cities|twinned town|sister|twin|twin municipality|partner municipality|"
        "friendship city|partner name|partner organisation|organization|foreign city|counterpart|"
        "overseas authority|sistercitylabel|sister city label|ville partenaire|ville jumelee|"
        "partenaire|commune jumelee|collectivite partenaire|partnerstadt|partnergemeinde|"
        "partnerkommune|partnerort|partner stadt|ciudad hermana|ciudad hermanada|"
        "municipio hermanado|citta gemellata|comune gemellato|citta partner|cidade irma|"
        "cidade geminada|municipio geminado|partnerstad|zusterstad|stedenband|miasto partnerskie|"
        "partnerske mesto|vanort|venskabsby|vennskapsby|ystavyyskaupunki|testvervaros|"
        "姉妹都市|姉妹都市名|友好都市|都市名|자매도시|도시명|友好城市|"
        "город побратим|city|town|ville|stadt|gemeinde|kommune|ciudad|citta|cidade|miasto|"
        "mesto|город|name"
    ),
    "country": (
        "country|partner country|nation|state party|pays|pays partenaire|land|staat|partnerland|"
        "pais|paese|kraj|zeme|stat|maa|orszag|国|国名|国 地域|국가|国家|страна|destination country|"
        "destination countrylabel|countrylabel|country name"
    ),
    "classification": (
        "classification|class|type|type of agreement|agreement type|kind|kind of agreement|"
        "category|relationship|type of relationship|form|art|art der partnerschaft|"
        "partnerschaftsform|typ|nature|nature de l accord|type d accord|type de cooperation|"
        "categorie|tipo|tipo de acuerdo|tipologia|status type|type in source|instrument"
    ),
    "status": "status|state|etat|statut|stand|situation|estado|stato|current status",
    "signed": (
        "signed|date signed|signing date|date of signing|date of agreement|agreement date|date|"
        "since|year|year signed|year of signing|established|date established|year established|"
        "start|start date|from|twinned since|linked since|formation date|date de signature|"
        "signature|annee|depuis|date du jumelage|annee de signature|date d accord|seit|jahr|"
        "unterzeichnet|unterzeichnung|datum|gruendung|grundung|vertragsdatum|beginn|"
        "seit wann|jahr der unterzeichnung|fecha|ano|fecha de firma|desde|anno|data|firma|"
        "data firma|affiliation date|data de assinatura|data umowy|data podpisania|rok|"
        "datum podpisu|dato|提携年月日|締結年月日|提携日|提携年|체결일|체결년도|结好时间|дата|год"
    ),
    "ends": (
        "ends|end|end date|expires|expiry|expiry date|until|valid until|term ends|fin|"
        "date de fin|echeance|ende|bis|laufzeit bis|gueltig bis|gultig bis|vencimiento|scadenza|"
        "expiration date"
    ),
    "renewed": "renewed|renewal date|date renewed|renouvele|renouvellement|erneuert|verlaengert",
    "main_purpose": "main purpose|purpose|purpose code|objet principal",
    "lead_unit": (
        "lead unit|lead|lead division|division|department|unit|responsible unit|lead department|"
        "service|direction|unite responsable|service responsable|amt|fachbereich|zustaendig|"
        "zustandig|referat|federfuehrung|dependencia|ufficio"
    ),
    "community_sponsor": (
        "community sponsor|sponsor|association|twinning association|comite de jumelage|"
        "partnerschaftsverein|verein|friendship association|committee|community group"
    ),
    "last_contact": "last contact|last activity|dernier contact|letzter kontakt|latest contact",
    "endorsed_by": "endorsed by|councillor|endorsed by councillor",
    "title": (
        "title|agreement|agreement title|name of agreement|name of agreement mou|titre|intitule|"
        "titel|bezeichnung|vertrag|titulo|titolo|name of the agreement"
    ),
    "city": "metro|city of organisation|location|ort|lieu|municipality of partner",
    "partner_kind": "partner kind|partner type|kind of partner|type of partner|level|ebene",
    "owner": "owner",
    "document": "document|link|url|web|website|agreement link|text url|lien|verweis",
    "wikidata": "wikidata|qid|wikidata id|item",
    "source": "source|sources|quelle|reference source|fuente|fonte",
    "notes": (
        "notes|note|remarks|comments|comment|remarques|observations|commentaires|bemerkung|"
        "bemerkungen|anmerkung|anmerkungen|observaciones|osservazioni|description|details"
    ),
    "yearly_cost": "yearly cost|annual cost|cost|budget|annual budget|cout annuel|kosten",
    "concluded_on": "concluded on|ended on|terminated|date ended|dissolved|aufgeloest|resilie",
    "conclusion_reason": "reason ended|reason for ending|conclusion reason|motif de fin",
}
RESULTS = {
    "indicator_id": "indicator id|indicator|indicator no|kpi|kpi id|indicateur|indikator|measure",
    "period": "period|year|quarter|month|reporting period|periode|annee|zeitraum|jahr|quartal",
    "part": "part|group|breakdown|disaggregation|teil|groupe",
    "target": "target|goal|planned|cible|objectif|ziel|zielwert|soll|plan|meta",
    "actual": (
        "actual|result|value|achieved|outcome|reported|realise|resultat|valeur|ist|istwert|"
        "ergebnis|wert|resultado|valor"
    ),
    "state": "state|status|etat|stand",
    "evidence": "evidence|proof|source|preuve|nachweis|quelle",
    "comment": "comment|comments|note|notes|remarks|commentaire|bemerkung",
    "numerator": "numerator|numerateur|zaehler",
    "denominator": "denominator|denominateur|nenner",
}
ALIASES = {"Agreements": AGREEMENTS, "Results": RESULTS}


@dataclass(frozen=True)
class FoundHeader:
    """Where the header stands, the heading of each column, and what each is taken for."""

    first: int
    last: int
    headings: Mapping[int, str]
    columns: Mapping[str, int]  # of the form, by name: the column of the source


def find_header(source: Source, sheet: str, given: Mapping[str, str]) -> FoundHeader:
    """Return where the header is and what its headings mean.

    Parameters
    ----------
    given
        Heading of the source -> column of the form, blank for none; what is given is not guessed.

    Raises
    ------
    InputError
        No row within the first fifteen has headings that are known.
    """
    best: tuple[tuple[int, int, int], FoundHeader] | None = None
    numbers = [number for number in source.rows if number <= WITHIN]
    for first in numbers:
        for depth in range(1, DEEPEST + 1):
            last = first + depth - 1
            rows = [source.rows[n] for n in range(first, last + 1) if n in source.rows]
            if len(rows) < depth or last >= max(source.rows) or not _may_head(rows):
                continue
            headings = _joined(rows)
            columns = match_columns(headings, sheet, given, holds(BY_NAME[sheet], source, last))
            if len(headings) < 2 and len(columns) < 1:
                continue
            score = (len(columns), -depth, -first)
            if best is None or score > best[0]:
                best = score, FoundHeader(first, last, headings, columns)
    if best is None or not best[1].columns:
        raise InputError(
            f"{source.name}: no row among the first {WITHIN} has headings that are known. Name "
            'them in a map file, such as "Ort" = "partner" under [columns].'
        )
    return best[1]


def _may_head(rows: Sequence[Line]) -> bool:
    """Whether rows can be a header: words, not numbers or dates, in more than one column."""
    texts = [text for row in rows for text in row.values()]
    numbers = sum(bool(re.fullmatch(r"[\d.,/ -]+", text)) for text in texts)
    return len(rows[-1]) > 1 and numbers * 2 < len(texts)


def _joined(rows: Sequence[Line]) -> dict[int, str]:
    """Return the headings of columns, those of several rows one after the other."""
    headings: dict[int, list[str]] = {}
    for row in rows:
        for column, text in row.items():
            said = headings.setdefault(column, [])
            if text not in said:
                said.append(text)
    return {column: " / ".join(texts) for column, texts in sorted(headings.items())}


def match_columns(
    headings: Mapping[int, str],
    sheet: str,
    given: Mapping[str, str],
    fits: Callable[[str, int], bool],
) -> dict[str, int]:
    """Return the column of the source for each column of the form that is found.

    Parameters
    ----------
    fits
        Whether what stands in a column of the source can be that of the form.
    """
    fixed = {name: column for column, text in headings.items() if (name := given.get(text))}
    claims = [
        (-surely, place, column, name)
        for column, text in headings.items()
        if text not in given
        for surely, place, name in _claims(text, sheet)
    ]
    for surely, _, column, name in sorted(claims):
        is_day = -surely >= PART and BY_NAME[sheet].column(name).kind is Kind.DATE
        is_free = name not in fixed and column not in fixed.values()
        if is_free and (is_day or fits(name, column)):  # days that nobody can read go to the notes
            fixed[name] = column
    if sheet == "Agreements" and "partner" not in fixed and "city" in fixed:
        fixed["partner"] = fixed.pop("city")
    return fixed


@cache
def _claims(heading: str, sheet: str) -> tuple[tuple[int, int, str], ...]:
    """Return how surely, at which place of its list, a heading means which column of the form."""
    whole = bare_words(heading)
    parts = {bare_words(part) for part in PARTS.split(heading)} - {""}
    found: list[tuple[int, int, str]] = []
    for name, said in ALIASES[sheet].items():
        words = [bare_words(name), *said.split("|")]
        ways = ((_surely(word, whole, parts), place) for place, word in enumerate(words))
        surely, place = max(ways, key=lambda way: (way[0], -way[1]))
        if surely:
            found.append((surely, place, name))
        elif any(SequenceMatcher(None, word, whole).ratio() > LIKE for word in words):
            found.append((NEAR, 0, name))
    return tuple(found)


def holds(sheet: Sheet, source: Source, last: int) -> Callable[[str, int], bool]:
    """Return whether the cells of a column, below the header, can be those of one of the form.

    Most of them must be a country, a date, a state and so on, where the form asks for one.
    """

    @cache
    def texts(column: int) -> tuple[str, ...]:
        rows = (line.get(column, "") for number, line in source.rows.items() if number > last)
        return tuple(dict.fromkeys(filter(None, rows)))[:LOOKED_AT]

    def fits(name: str, column: int) -> bool:
        test = TESTS.get(name) or TESTS_BY_KIND.get(sheet.column(name).kind)
        some = texts(column)
        return test is None or not some or sum(map(test, some)) * 2 >= len(some)

    return fits


def _is_date(text: str) -> bool:
    return bool(read_dates([text], about=True).read)


TESTS: Mapping[str, Callable[[str], bool]] = {
    "status": lambda text: status_word(text) in set(Status),
    "classification": lambda text: not re.fullmatch(r"[\d.,:/ -]+", text),
    "partner": lambda text: not re.fullmatch(r"[\d.,:/ -]+", text),
}
TESTS_BY_KIND: Mapping[Kind, Callable[[str], bool]] = {
    Kind.COUNTRY: lambda text: any(country.codes for country in countries_in(text)),
    Kind.DATE: _is_date,
    Kind.YES_NO: lambda text: yes_or_no(text) in ("y", "n"),
    Kind.LINK: lambda text: "://" in text or text.startswith(("www.", "mailto:")),
    Kind.WIKIDATA: lambda text: bool(re.fullmatch(r"Q\d+", text)),
    Kind.MONEY: lambda text: bool(re.search(r"\d", text)),
}


def _surely(word: str, whole: str, parts: set[str]) -> int:
    if word == whole:
        return EXACT
    if word in parts:
        return PART
    is_within = len(word) > 3 and re.search(rf"\b{word}\b", whole)
    return WORD if is_within else 0
