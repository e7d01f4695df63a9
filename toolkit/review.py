"""How a review is opened: a workbook, a policy and a year become their results.

The one place that joins the files and the assessments, for the notebooks and the commands.
"""

from toolkit.assess.results import Results
from toolkit.assess.year.held import find_held
from toolkit.files.opening import Case, open_case, open_previous
from toolkit.model.issues import InputError


def open_results(
    workbook: str, policy: str, year: int, as_of: str = "", previous: str = ""
) -> Results:
    """Return the results of one year; a blank `as_of` is the last day of the reporting year.

    Parameters
    ----------
    previous
        Last year's workbook; blank where there is none.

    Raises
    ------
    WorkbookError
        A workbook has problems to fix.
    InputError
        A file cannot be read, `as_of` is not a day of the reporting year, or the year is refused
        (`open_year`).
    """
    return results_of(open_year(workbook, policy, year, as_of), previous)


def open_year(workbook: str, policy: str, year: int, as_of: str = "") -> Case:
    """Return the case of a year that the workbook can say something of.

    A year that is probably a slip is asked back; who means it names its day in `as_of`.

    Raises
    ------
    WorkbookError
        The workbook has problems to fix.
    InputError
        As for `open_results`; or nothing that happened in the year is on record, so that nothing
        can be proposed of it; or another year is probably meant, and `as_of` is blank.
    """
    case = open_case(workbook, policy, year, as_of)
    held = find_held(case.portfolio, case.policy, as_of=case.as_of)
    if held.is_silent:
        raise InputError(f"{workbook}: {held.silence} Review {held.last_year}, or fill in {year}.")
    if held.doubt and not as_of:
        meant = f"If {year} is meant, name the day of the review too: {case.as_of.isoformat()}"
        raise InputError(f"{workbook}: {held.doubt} {meant} (as_of, --as-of).")
    return case


def results_of(case: Case, previous: str = "") -> Results:
    """Return the results of a case that is open; errors as above for last year's workbook."""
    before = open_previous(previous, case.policy, case.portfolio)
    return Results(case.portfolio, case.policy, case.as_of, before)
