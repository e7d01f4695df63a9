"""How a review is opened: a workbook, a policy and a year become their results.

The one place that joins the files and the assessments, for the notebooks and the commands.
"""

from pathlib import Path

from toolkit.assess.record.counted import tell_counted
from toolkit.assess.record.restored import restore
from toolkit.assess.record.withdrawn import find_gone, list_withdrawn
from toolkit.assess.results import Results
from toolkit.assess.review.entries import Entry
from toolkit.assess.review.remedies import Remedy, Tried
from toolkit.assess.year.held import find_held
from toolkit.files.copies import take_up
from toolkit.files.last_year import read_earlier, remembered
from toolkit.files.opening import Case, find_input, inputs_hash, open_case, open_previous
from toolkit.files.tried import TRIED, read_tried
from toolkit.model.issues import InputError, Issue
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import Agreement
from toolkit.model.vocabulary import Severity, Withdrawal

_last: dict[tuple[object, ...], Results] = {}  # one at most: the same again is not worked out again


def open_results(
    workbook: str, policy: str, year: int, as_of: str = "", previous: str = ""
) -> Results:
    """Return the results of one year; a blank `as_of` is the last day of the reporting year.

    Parameters
    ----------
    previous
        Last year's folder of results or, which says less, its workbook; blank where there is none.

    Raises
    ------
    WorkbookError
        A workbook has problems to fix.
    InputError
        A file cannot be read, `as_of` is not a day of the reporting year, or the year is refused
        (`open_year`).
    """
    asked = (workbook, policy, year, as_of, previous, inputs_hash(workbook, policy, previous))
    if asked not in _last:
        case = open_year(workbook, policy, year, as_of)
        opened = results_of(case, previous, take_up(TRIED))
        _last.clear()
        _last[asked] = opened
    return _last[asked]


def counted_lines(portfolio: Portfolio, policy: Policy, year: int) -> str:
    """Return which sheets the rules look at, and the lines that fix it in the policy."""
    return tell_counted(Results(portfolio, policy, policy.year_end(year)).sheets_counted)


def last_year_of(workbook: str, year: int) -> str:
    """Return the folder of last year's results that a workbook remembers; blank for none."""
    return remembered(find_input(workbook), year)


def tried_before(folder: Path, policy: Policy) -> Tried:
    """Return what earlier runs into a folder of results tried on each agreement."""
    return read_tried(folder, policy, Remedy, Entry)


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


def results_of(case: Case, previous: str = "", tried: Tried | None = None) -> Results:
    """Return the results of a case that is open; errors as above for what last year left.

    Parameters
    ----------
    tried
        What was tried on each agreement before: by the run that this process belongs to, or by
        earlier ones.
    """
    before = open_previous(previous, case.policy, case.portfolio)
    earlier = read_earlier(previous, case.policy, case.year)
    found = case.portfolio, case.policy, case.as_of, before, earlier
    return Results(*found, tried=tried or {})


def find_withdrawals(portfolio: Portfolio, policy: Policy, previous: str) -> list[Issue]:
    """Return what last year's record held and a workbook no longer does, as notices of `check`.

    What belongs to an agreement that is gone is not named one by one.
    """
    before = open_previous(previous, policy, portfolio)
    if before is None:
        return []
    earlier = read_earlier(previous, policy)
    if earlier is not None:
        before = restore(before, earlier.withdrawn, agreements=True)
    found = list_withdrawn(find_gone(before, portfolio, policy), before, portfolio)
    return [
        Issue(
            Severity.NOTICE,
            row.sheet,
            (row.type_in or "").rpartition("!")[2],
            row.column or "",
            f"Withdrawn: {row.row}. {row.reason}",
        )
        for row in found
        if row.decision != Withdrawal.AGREEMENT_GONE or row.sheet == Agreement.sheet.name
    ]
