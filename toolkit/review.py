"""How a review is opened: a workbook, a policy and a year become their results.

The one place that joins the files and the assessments, for the notebooks and the commands.
"""

from toolkit.assess.results import Results
from toolkit.files.opening import Case, open_case, open_previous


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
        A file cannot be read, or `as_of` is not a day of the reporting year.
    """
    return results_of(open_case(workbook, policy, year, as_of), previous)


def results_of(case: Case, previous: str = "") -> Results:
    """Return the results of a case that is open; errors as above for last year's workbook."""
    before = open_previous(previous, case.policy, case.portfolio)
    return Results(case.portfolio, case.policy, case.as_of, before)
