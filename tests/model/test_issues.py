"""Problems are listed one line a cause, where to look first, in plain words."""

import pytest

from toolkit.model.issues import InputError, Issue, WorkbookError, errors, format_issues, quoted
from toolkit.model.vocabulary import Severity


def issue(cell="A2", message="Type it.", *, sheet="Results", column="target", notice=False):
    severity = Severity.NOTICE if notice else Severity.ERROR
    return Issue(severity, sheet, cell, column, message)


def lines(*issues):
    return format_issues("my.xlsx", issues).splitlines()[1:]


def places(*cells):
    [line] = lines(*(issue(cell) for cell in cells))
    return line.split("  target")[0].strip()


def test_the_first_line_counts_what_to_fix_and_what_to_look_at():
    text = format_issues("my.xlsx", [issue(), issue("A9", "Other."), issue("B2", notice=True)])
    assert text.splitlines()[0] == "my.xlsx: 2 to fix, 1 to look at"
    assert format_issues("my.xlsx", []) == "my.xlsx: 0 to fix, 0 to look at"


def test_a_line_says_where_which_column_and_what_to_do():
    assert lines(issue("D12", "Type a number.")) == ["  Results!D12  target  Type a number."]


def test_errors_come_before_notices():
    assert "first" in lines(issue(message="then", notice=True), issue(message="first"))[0]


def test_the_problems_of_one_sheet_stand_together():
    found = lines(issue("A2"), issue(sheet="Budget"), issue("A3", "Other."))
    assert [line.split("!")[0].strip() for line in found] == ["Results", "Results", "Budget"]


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        (["A2"], "Results!A2"),
        (["A2", "A3", "A4"], "Results!A2:A4"),
        (["A2", "A4"], "Results!A2, A4"),
        (["A2", "A4", "A6"], "Results!A2, A4, A6"),
        (["A2", "A4", "A6", "A8"], "Results!A2, A4, A6 ..."),
        (["A2", "B3"], "Results!A2, B3"),
        (["B3:B4", "B6:C7"], "Results!B3:B4, B6:C7"),
        (["34", "35"], "Results!34, 35"),
        (["", ""], "Results"),
        (["", "A2"], "Results"),
    ],
)
def test_cells_with_the_same_problem_share_a_line(cells, shown):
    assert places(*cells) == shown


def test_the_cells_of_a_cause_are_counted():
    assert lines(issue("A2"), issue("A3"))[0].endswith("Type it. (2 cells)")


def test_the_same_words_in_two_columns_are_two_causes():
    assert len(lines(issue("A2"), issue("B2", column="actual"))) == 2


def test_the_columns_of_the_list_line_up():
    found = lines(issue("A2"), issue("A123", "Other.", column="agreement_id"))
    assert [line.index("Type" if "Type" in line else "Other") for line in found] == [30, 30]


def test_a_long_place_has_a_line_of_its_own():
    long = "The agreements as of December"
    assert lines(issue(sheet=long), issue("A9", "Other.")) == [
        f"  {long}!A2",
        "                                target  Type it.",
        "  Results!A9                    target  Other.",
    ]


def test_a_long_or_folded_header_keeps_to_its_column():
    [line] = lines(issue(column="What the City\nhas agreed with its partner, in short"))
    assert line == "  Results!A2  What the City has agreed ...  Type it."


def test_what_was_found_is_quoted_on_one_line_and_cut():
    assert quoted("two\nlines\tand \x1b[31mcolour") == '"two lines and [31mcolour"'
    assert len(quoted("x" * 1000)) == 62


def test_only_problems_to_fix_stop_the_work():
    problem = issue()
    assert errors([problem, issue(notice=True)]) == [problem]


def test_an_exception_shows_its_message_and_not_the_program():
    error = WorkbookError("my.xlsx", [issue()])
    assert error._render_traceback_() == [str(error)]
    assert str(error).startswith("my.xlsx: 1 to fix, 0 to look at\n  Results!A2")
    assert InputError("No such file.")._render_traceback_() == ["No such file."]
