"""The words that a reader may not know: said at the end of a page, led to from its text.

Source: the words of the report and of `docs/rules.md`, in everyday language; numbers are the
policy's and stand where they are used.
"""

import re
from collections.abc import Iterable, Mapping

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

WORDS = "Words used here"
TERMS: Mapping[str, tuple[str, str]] = {  # term -> how it is found in a text, what it means
    "Baseline": (r"[Bb]aselines?", "The value of an indicator before the work began."),
    "By rule": (r"[Bb]y rule", "A rule decides that looks at no score, such as a term that ended."),
    "Class first": (
        r"Class first",
        "What it is for is not clear enough to give it a class; people settle that first.",
    ),
    "Confirm or end": (
        "[Cc]onfirm or end",
        "The partner or sponsor is asked whether it still carries the agreement; without an answer "
        "it is ended.",
    ),
    "Contested": (
        r"[Cc]ontested",
        "What is not known, or other weights, could well give another proposal.",
    ),
    "Decision points": (
        r"[Dd]ecision points?|D[123]",
        "D1: whether to negotiate a proposal. D2: whether to sign it. D3: before the end of an "
        "agreement, whether to renew it.",
    ),
    "Evidence level": (
        r"[Ee]vidence level",
        "How much the workbook holds, from 1, a list of agreements, to 4, money and decisions too.",
    ),
    "How firm": (
        r"[Hh]ow firm|[Ff]irmness",
        "How often the same would be proposed if what is not known, or a weight, were otherwise.",
    ),
    "Fold in": (
        r"[Ff]old(?:ed)? in(?:to)?",
        "An instrument becomes part of another with the same partner, so that both have one seat.",
    ),
    "Framework": (
        r"[Ff]ramework",
        "The classes of agreement that the city's policy has; what is of none of them is outside.",
    ),
    "Full cost": (r"[Ff]ull cost", "Money and the value of staff time together."),
    "Insufficient evidence": (
        "[Ii]nsufficient evidence",
        "Too little is on record to propose anything; what is missing is asked for.",
    ),
    "Lapsed": (r"[Ll]apsed", "Its end has passed, and it is still listed as active."),
    "Market tier": (
        r"(?:priority )?markets? of tier|tiers?|priority markets?",
        "How much a country matters to the city's trade by its policy; tier 1 most.",
    ),
    "MOU": (
        r"MOUs?",
        "Memorandum of understanding; it stays outside the framework until it is given a class.",
    ),
    "Not evaluable": (
        r"[Nn]ot evaluable",
        "Too few of its results are reported to judge it before its end.",
    ),
    "On notice": (
        r"[Oo]n notice|[Nn]otice",
        "A warning with a date: what must be shown, by whom, by when, before an end is proposed.",
    ),
    "On track": (
        r"[Oo]n track",
        "What was reached is close enough to its target, by the line that the policy draws.",
    ),
    "Overhead": (r"[Oo]verhead", "The cost of the programme that belongs to no one agreement."),
    "Provisional": (
        r"[Pp]rovisional(?:ly)?",
        "It follows from what is known, and a fact that is missing could change it.",
    ),
    "Renegotiate": (
        r"[Rr]enegotiate",
        "It goes on only on new terms: objectives, duties, money, an end.",
    ),
    "Revive or end": (
        r"[Rr]evive or end",
        "A project brings it back to life in the time that is set, or it is ended.",
    ),
    "Score": (
        r"[Ss]cores?",
        "From 0 to 100: how well an agreement fits the city's priorities and what it delivered, by "
        "the criteria and weights of the policy.",
    ),
    "Seat and cap": (
        r"[Ss]eats?|cap",
        "A seat is one place in the framework; the cap is how many the policy allows.",
    ),
    "SMART": (
        r"SMART",
        "Specific, measurable, achievable, relevant, time-bound: each objective is tested for it.",
    ),
    "Sunset": (
        r"[Ss]unset",
        "The agreement ends, is honoured, and stays on record as historical.",
    ),
    "Transfer": (
        r"Transfer",
        "Another organisation that offered to takes the agreement over from the City.",
    ),
}
FOUND = re.compile(
    "|".join(rf"(?P<t{i}>\b(?:{term[0]})\b)" for i, term in enumerate(TERMS.values()))
)
NAMES = tuple(TERMS)
NOT_IN = ("a", "h1", "h2", "h3", "h4", "summary", "caption", "th", "svg", "style")


def add_glossary(soup: BeautifulSoup) -> None:
    """Let the first place of each term lead to what it means, at the end of the page."""
    met: dict[str, None] = {}
    for text in list(soup.find_all(string=True)):
        if isinstance(text.parent, Tag) and text.find_parent(_is_closed) is None:
            _lead_from(soup, text, met)
    if met:
        soup.append(_list_of(soup, sorted(met)))


def _is_closed(part: Tag) -> bool:
    """Whether no link may stand in a part: a heading, another link, what is read as a figure."""
    return part.name in NOT_IN or part.get("role") == "img"


def _lead_from(soup: BeautifulSoup, text: NavigableString, met: dict[str, None]) -> None:
    """Make links of the terms in a text that were not met before."""
    parts: list[object] = []
    last = 0
    for found in FOUND.finditer(text):
        name = NAMES[int(str(found.lastgroup)[1:])]
        if name not in met:
            met[name] = None
            parts += [text[last : found.start()], _link(soup, name, found[0])]
            last = found.end()
    if parts:
        text.replace_with(*parts, text[last:])


def _link(soup: BeautifulSoup, name: str, said: str) -> Tag:
    link = soup.new_tag("a", attrs={"href": f"#{anchor_of(name)}"})
    link.string = said
    return link


def anchor_of(name: str) -> str:
    """Return where a term is explained.

    >>> anchor_of("Seat and cap")
    'w-seat-and-cap'
    """
    return f"w-{name.lower().replace(' ', '-')}"


def _list_of(soup: BeautifulSoup, names: Iterable[str]) -> Tag:
    """Return the terms with what they mean, folded."""
    fold = soup.new_tag("details", attrs={"class": "words"})
    summary, terms = soup.new_tag("summary"), soup.new_tag("dl")
    summary.string = WORDS
    for name in names:
        term, meaning = soup.new_tag("dt", attrs={"id": anchor_of(name)}), soup.new_tag("dd")
        term.string, meaning.string = name, TERMS[name][1]
        terms.extend([term, meaning])
    fold.extend([summary, terms])
    return fold
