"""The committee's paper: purpose, motions, reasons, alternatives, money, what is not known.

An appendix for each agreement to decide. Every part is one that the pages show, of the same
results, so that no number can be another here.
"""

from collections.abc import Iterator, Mapping

from toolkit.model.decisions import SETTLED
from toolkit.model.text import how_many, listed
from toolkit.report import asking, basis, bridge, drawing, motions, review, sheet, summary
from toolkit.report.markup import Heading, Part, Sentences
from toolkit.report.view import Found


def paper_parts(results: Found) -> Iterator[Part | tuple[bytes, str]]:
    """Yield the parts of the paper in their order; a picture as PNG with its words."""
    keys = to_decide(results)
    due = review.answer_day(results.open_requests, results.as_of)
    asked = (results.proposals, results.readiness, results.priorities, results.renewals)
    yield basis.page_header(f"International agreements: decisions for {results.year}", results)
    yield Heading("Purpose", 2)
    yield Sentences(
        (
            f"This paper asks for decisions on {how_many(len(keys), 'agreement')}. It proposes by "
            "rule; the committee decides. Each has an appendix.",
        )
    )
    yield summary.main_points(results)
    if counts := summary.decisions_by_kind(results.review):
        yield _picture(counts)
    yield basis.stated_count_sentence(results)
    yield Heading("Decision asked: the motions", 2)
    yield motions.motions(
        results.review, results.decisions, *asked, by=due, plain=results.plain_reasons
    )
    yield Heading("Reasons and alternatives", 2)
    yield review.decision_table(results.review, results.seats, results.decisions)
    yield Heading("Money", 2)
    yield bridge.told_of_it(results)
    yield bridge.answers(results.scenarios)
    yield Heading("What is not known", 2)
    yield asking.asked_first(results.open_requests, results.level)
    yield basis.not_looked_at(results)
    for number, key in enumerate(keys, start=1):
        yield from _appendix(results, key, number)


def _picture(counts: Mapping[str, int]) -> tuple[bytes, str]:
    """Return how many agreements each kind of decision takes, drawn and in words."""
    kinds = [kind for kind in motions.GROUPS if counts.get(kind)][::-1]

    def draw(axes: object) -> None:
        axes.barh(range(len(kinds)), [counts[kind] for kind in kinds], color=drawing.BLUE)
        drawing.name_rows(axes, kinds)
        axes.bar_label(axes.containers[0], padding=3)
        axes.set_xticks([])

    told = listed([f"{kind}: {counts[kind]}" for kind in kinds[::-1]])
    alt = f"Agreements by the kind of decision that is proposed. {told}."
    return drawing.draw_png(draw, height=0.5 + 0.4 * len(kinds)), alt


def to_decide(results: Found) -> list[str]:
    """Return the agreements on which something is moved that nobody decided yet."""
    taken = {
        row.subject_id
        for row in results.decisions
        if row.point in ("review", "D3") and row.agrees in SETTLED
    }
    return [
        row.agreement_id
        for row in results.review
        if summary.asks_for_decision(row) and row.agreement_id not in taken
    ]


def _appendix(results: Found, key: str, number: int) -> Iterator[Part]:
    own = results.of(key)
    yield Heading(f"Appendix {number}: {results.portfolio.labels[key]}", 2)
    yield sheet.verdict(results, own, key)
    yield sheet.facts(results, own, key)
    yield sheet.practices(own)
    yield sheet.money(own)
    yield sheet.what_lacks(results, own, key)
