"""Which rows may be one partner under two names, or one agreement typed more than once."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product

from toolkit.files.checks import ReadSheet
from toolkit.model.countries import countries_in
from toolkit.model.dates import When
from toolkit.model.issues import Issue, quoted
from toolkit.model.policy import Policy
from toolkit.model.portfolio import name_relationship
from toolkit.model.spelling import FAR, edits, plain_name
from toolkit.model.text import listed
from toolkit.model.vocabulary import Severity

ONE_CITY = """
beijing/peking; guangzhou/canton; nanjing/nanking; tianjin/tientsin; chongqing/chungking
qingdao/tsingtao; mumbai/bombay; kolkata/calcutta; chennai/madras; bengaluru/bangalore; pune/poona
yangon/rangoon; ho chi minh/saigon; astana/nur sultan; almaty/alma ata; moscow/moskva/moskau
saint petersburg/leningrad; kyiv/kiew; lviv/lvov/lemberg; kharkiv/kharkov; odesa/odessa
chisinau/kishinev; tbilisi/tiflis; warsaw/warszawa/warschau; krakow/cracow/krakau; gdansk/danzig
wroclaw/breslau; prague/praha/prag; vienna/wien/vienne; munich/munchen; cologne/koln
nuremberg/nurnberg; milan/milano/mailand; turin/torino; rome/roma/rom; florence/firenze/florenz
venice/venezia/venedig; naples/napoli/neapel; genoa/genova/genua; lisbon/lisboa/lissabon
seville/sevilla; athens/athina/athen; bucharest/bucuresti/bukarest; belgrade/beograd
copenhagen/kobenhavn; gothenburg/goteborg; the hague/den haag; antwerp/antwerpen/anvers
brussels/bruxelles/brussel; geneva/geneve/genf; basel/basle/bale; strasbourg/strassburg
istanbul/constantinople; izmir/smyrna; mexico/cdmx; havana/la habana
"""
TWO_PLACES = {
    ("henan", "hunan"),
    ("hebei", "hubei"),
    ("shaanxi", "shanxi"),
    ("guangdong", "guangxi"),
}
OFFICES = re.compile(
    r"^(the )?(city|town|municipality|commune|comune|ville|stadt|ayuntamiento|ciudad|prefeitura|"
    r"metropolitan city|prefecture|province|state|region)( of| de| di| do| von)? |"
    r"( city council| city government| city| town| municipality| shi| ken)$"
)
BESIDE = re.compile(
    r" (am|an der|an|ob der|on|upon|sur|im|in|del|de|aan den|aan de)\b.*"
)  # a river
SAINT = re.compile(r"\b(st|ste|sainte|sankt|san|santa|sao|sint)\b")
VOWELS = re.compile(r"[aeiouy]+")
SURE = 6  # letters of a name from which one letter more or less is a slip
TIMES = {2: "twice", 3: "three times", 4: "four times"}
SAME_ROW = ("title", "ends", "document", "wikidata")  # what tells two instruments apart


@dataclass(frozen=True)
class TypedAgreement:
    """One row of Agreements as it is compared with the others."""

    row: int
    values: Mapping[str, object]

    def text(self, column: str) -> str:
        """Return a value as text, blank where there is none."""
        value = self.values.get(column)
        return "" if value is None else str(value)

    @cached_property
    def relationship(self) -> str:
        """What it is grouped by, typed or not."""
        return plain_name(self.text("relationship_id") or self.named)

    @property
    def named(self) -> str:
        """What a blank relationship_id stands for."""
        return name_relationship(self.text("partner"), self.text("city"), self.text("country"))

    @cached_property
    def name(self) -> str:
        """The partner without what is office rather than name."""
        plain = OFFICES.sub("", OFFICES.sub("", plain_name(self.text("partner"))))
        return SAINT.sub("saint", plain) or plain_name(self.text("partner"))

    @property
    def label(self) -> str:
        """The partner, its city, and the id, as a notice names them."""
        city = f" in {self.text('city')}" if self.values.get("city") else ""
        return f"{quoted(self.text('partner'))}{city} ({self.text('agreement_id')})"


def find_lookalikes(sheets: Mapping[str, ReadSheet], policy: Policy) -> list[Issue]:
    """Return a notice for each pair that may be one partner, each group that may be one row."""
    read = sheets.get("Agreements")
    if read is None or not {"partner", "country", "agreement_id"} <= read.letters.keys():
        return []
    told = [TypedAgreement(row, values) for row, values in read.rows.items()]
    entries = [e for e in told if e.text("partner") and e.text("country")]
    notices = [*_one_partner(entries), *_one_agreement(entries, policy)]
    return [
        read.issue(Severity.NOTICE, row, "partner", message, touches=True)
        for row, message in notices
    ]


def _one_partner(entries: Sequence[TypedAgreement]) -> Iterator[tuple[int, str]]:
    """Yield the pairs of relationships whose names look like one, once each."""
    first: dict[str, TypedAgreement] = {}
    for entry in entries:
        first.setdefault(entry.relationship, entry)
    for left, right in _near_pairs(first.values()):
        if left.values.get("relationship_id") and right.values.get("relationship_id"):
            continue  # both were named apart by a person
        one = left.text("relationship_id") or right.text("relationship_id")
        one = one or name_relationship(
            left.text("partner"), left.text("city"), left.text("country")
        )
        message = (
            f"{left.label} and {right.label} may be one partner. If so, type the same "
            f"relationship_id in both rows, such as {quoted(one)}; if not, a different one in each."
        )
        yield right.row, message


def _near_pairs(entries: Iterable[TypedAgreement]) -> list[tuple[TypedAgreement, TypedAgreement]]:
    """Return the pairs in one country that share a sound, a stem or a former name."""
    buckets: dict[tuple[str, str], list[TypedAgreement]] = defaultdict(list)
    for entry in entries:
        for country in countries_in(entry.text("country")):
            places = country.codes or (country.key,)
            for place, key in product(places, _keys(entry.name)):
                buckets[place, key].append(entry)
    pairs = {
        (left.row, right.row): (left, right)
        for held in buckets.values()
        for left, right in combinations(held, 2)
        if _is_near(left, right)
    }
    return [pairs[rows] for rows in sorted(pairs, key=lambda rows: rows[::-1])]


def _keys(name: str) -> set[str]:
    """Return under what a name is found: its consonants, itself less a letter, its other names."""
    shorter = {name[:i] + name[i + 1 :] for i in range(len(name))} if len(name) >= SURE else set()
    plain = {name, name[:-1], BESIDE.sub("", name)}
    return plain | shorter | {f"*{_sound(name)}", *_also(name)} - {"*"}


def _sound(name: str) -> str:
    """Return the consonants of a name, those that are written in two ways as one."""
    plain = VOWELS.sub("", name.replace("ph", "f").replace("ck", "k").replace("w", "v"))
    return re.sub(r"(.)\1", r"\1", plain.replace("c", "k").replace("q", "k").replace(" ", ""))


def _also(name: str) -> tuple[str, ...]:
    return tuple(f"={group}" for group in _CITIES.get(name, ()))


def _is_near(left: TypedAgreement, right: TypedAgreement) -> bool:
    one, other = left.name, right.name
    if one == other:
        cities = {plain_name(e.text("city")) for e in (left, right)} - {""}
        return len(cities) < 2  # chambers of two cities are two partners
    if (min(one, other), max(one, other)) in TWO_PLACES:
        return False
    if (
        set(_also(one)) & set(_also(other))
        or other == BESIDE.sub("", one)
        or one == BESIDE.sub("", other)
    ):
        return True
    if _differ_by_number(one, other):
        return False
    apart = edits(one, other, most=2)
    if apart == 1 and min(len(one), len(other)) >= SURE - 1:
        return True
    ends = one[0] == other[0] and one[-1] == other[-1]
    return apart < FAR and ends and _sound(one) == _sound(other)


def _differ_by_number(one: str, other: str) -> bool:
    """Whether two names are one but for a number or a single letter, as City 1 and City 2."""
    words = set(one.split()) ^ set(other.split())
    return any(len(word) == 1 or word.isdigit() or re.search(r"\d", word) for word in words)


def _one_agreement(entries: Sequence[TypedAgreement], policy: Policy) -> Iterator[tuple[int, str]]:
    """Yield the rows of one partner and class that nothing tells apart, a group at a time."""
    groups: dict[tuple[str, str], list[TypedAgreement]] = defaultdict(list)
    for entry in entries:
        cls = policy.class_named(entry.text("classification"))
        word = cls.name if cls else entry.text("classification").casefold()
        groups[entry.relationship, word].append(entry)
    for held in groups.values():
        same = [e for e in held if any(_could_be_one(e, other) for other in held if other is not e)]
        if same:
            rows = listed(e.text("agreement_id") for e in same)
            times = TIMES.get(len(same), f"{len(same)} times")
            message = (
                f"{rows} look like one agreement typed {times}. Keep one row; if they are "
                "several, type in each what tells them apart: signed, ends or title."
            )
            yield same[-1].row, message


def _could_be_one(left: TypedAgreement, right: TypedAgreement) -> bool:
    """Whether neither date nor title tells two rows apart; a blank may be what the other says."""
    signed = (left.values.get("signed"), right.values.get("signed"))
    if all(isinstance(when, When) for when in signed) and not _overlap(*signed):
        return False
    both = ((left.text(name), right.text(name)) for name in SAME_ROW)
    return not any(one and other and plain_name(one) != plain_name(other) for one, other in both)


def _overlap(left: When, right: When) -> bool:
    return left.first <= right.last and right.first <= left.last


def _cities() -> Mapping[str, tuple[str, ...]]:
    """Return under which numbers a city of several names stands."""
    found: dict[str, tuple[str, ...]] = {}
    groups = [group.strip().split("/") for group in re.split(r"[;\n]", ONE_CITY.strip())]
    for number, group in enumerate(groups):
        for name in group:
            key = plain_name(name)
            found[key] = (*found.get(key, ()), str(number))
    return found


_CITIES = _cities()
