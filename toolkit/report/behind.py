"""What stands behind the sheets of an agreement report: everything else, each part folded."""

from toolkit.report import (
    basis,
    calendar,
    classes,
    costs,
    decisions,
    outcomes,
    record,
    renewal,
    scores,
    silence,
    stock,
)
from toolkit.report.markup import Folded, Stack
from toolkit.report.view import Found


def folds(results: Found, own: Found, agreement_id: str) -> Stack:
    """Return the parts that a reader opens one by one; print names them."""
    return Stack(
        Folded(
            "Score on the criteria",
            Stack(
                scores.score_sentence(own.scores),
                scores.criteria_table(own.scores, results.policy),
                scores.class_standing(results.ranks, agreement_id),
            ),
        ),
        Folded("Renew or sunset", renewal.renewal_part(own.renewals)),
        Folded("What people decided", Stack(decisions.on_record(own), decisions.followed_up(own))),
        Folded(
            "What its stated purposes give",
            classes.class_sentence(results.reclassification[agreement_id]),
        ),
        Folded(
            "Every indicator with its cautions",
            Stack(
                outcomes.indicators_to_date(own),
                outcomes.letters_by_objective(own),
            ),
        ),
        Folded(
            "Every project, and who is engaged",
            Stack(
                record.project_table(results.portfolio, agreement_id),
                stock.who_is_engaged_where(own),
            ),
        ),
        Folded(
            "Costs in full, and year by year",
            Stack(
                costs.full_costs(own, year=results.year),
                costs.costs_per_outcome(own),
                outcomes.year_by_year(own),
            ),
        ),
        Folded("What is published", stock.published_of_each(own)),
        Folded(
            "Dates ahead",
            Stack(
                calendar.term_sentence(own.terms),
                calendar.deadline_table(own.decision_calendar),
            ),
        ),
        Folded(
            "Where this stands in the workbook",
            Stack(
                record.worked_out(results.review[agreement_id]),
                record.fact_table(results.portfolio, agreement_id),
                *([] if own.withdrawn else [silence.withdrawn(results, own)]),
                basis.evidence_sentence(results.levels[agreement_id]),
                basis.notices(results, agreement_id),
            ),
        ),
    )
