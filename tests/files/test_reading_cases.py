"""What people type and paste, file by file: each is read as it was meant, or refused in a sentence.

Every input is built here. Source: public reports of people who do this work.
"""

import io
import re
import zipfile
from dataclasses import replace
from datetime import datetime

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils.datetime import MAC_EPOCH
from openpyxl.worksheet.table import Table

from toolkit.files.workbook import read_workbook
from toolkit.model.issues import InputError, errors, format_issues
from toolkit.model.sheets import Agreement, Objective, PeriodResult

AGREEMENT = {"agreement_id": "A-1", "partner": "Milan", "country": "Italy"}
AGREEMENT |= {"classification": "Partnership", "signed": "2015", "main_purpose": "ECON"}
LYON = AGREEMENT | {"agreement_id": "A-2", "partner": "Lyon", "country": "France"}
OBJECTIVE = {"objective_id": "O-1", "agreement_id": "A-1", "statement": "Two missions a year."}
INDICATOR = {"indicator_id": "I-1", "objective_id": "O-1", "name": "Missions", "kind": "flow"}
INDICATOR |= {"measure": "count", "direction": "increase"}
RATE = INDICATOR | {"kind": "level", "measure": "percent", "accumulation": "snapshot"}
RESULT = {"indicator_id": "I-1", "period": "2025", "target": 12, "actual": 12, "state": "approved"}
PROFILE = {"subject_id": "A-1", "non_city_share": 35, "yearly_trade": 5_000_000}
STRICT = (
    (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"spreadsheetml/main"),
    (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"officeDocument/relationships",
    ),
)  # fmt: skip
USUAL = {
    "Agreements": [AGREEMENT, LYON],
    "Objectives": [OBJECTIVE],
    "Indicators": [INDICATOR],
    "Results": [RESULT],
}


@pytest.fixture
def read(tmp_path, policy):
    """Return what reads rows by sheet, after a change of the workbook and of its parts."""

    def reading(change=None, *, parts=None, rules=policy, **sheets):
        workbook, path = Workbook(), tmp_path / "city.xlsx"
        workbook.remove(workbook.active)
        for name, rows in (USUAL | sheets).items():
            page = workbook.create_sheet(name)
            page.append(list(rows[0]))
            for row in rows:
                page.append([row.get(column) for column in rows[0]])
        if change:
            change(workbook)
        workbook.save(path)
        if parts:
            rewrite(path, parts)
        return read_workbook(path, rules)

    return reading


def rewrite(path, change):
    """Change the parts of a saved workbook: name and content -> content."""
    content = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(path, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))


def told(reading, severity=None):
    """Return place and message of what is said of cells and sheets, of one weight or all."""
    kinds = {"error": "to fix", "notice": "to look at"}
    return [
        (issue.place, issue.message)
        for issue in reading.issues
        if issue.sheet != "(sheets)"
        and severity in (None, *(k for k, v in kinds.items() if v == issue.severity))
    ]


def only(reading, severity, place, says):
    """Check that one thing is said, with its weight, place and words."""
    [(where, message)] = told(reading)
    assert (where, [where for where, _ in told(reading, severity)]) == (place, [place])
    assert says in message


def put(cell, value=None, shown=None, **font):
    """Return what types a value into `Sheet!A1`, formats it, or both."""
    sheet, address = cell.split("!")

    def change(workbook):
        found = workbook[sheet][address]
        if value is not None:
            found.value = value
        if shown:
            found.number_format = shown
        if font:
            found.font = Font(**font)

    return change


def test_the_usual_rows_have_nothing_to_look_at(read):
    assert not told(read())


# Periods


def quarters(*actuals, target=None):
    return [
        RESULT | {"period": f"2025-Q{n}", "target": target, "actual": actual}
        for n, actual in enumerate(actuals, start=1)
    ]


def test_a_target_of_the_year_with_actuals_of_its_quarters_has_nothing_to_fix(read):
    year = RESULT | {"actual": None, "state": None}
    assert not told(read(Results=[year, *quarters(3, 3, 3, 3)]))
    assert not told(read(Results=[RESULT, *quarters(3, 3, 3, 3, target=3)]))


def test_an_actual_of_the_year_that_its_quarters_do_not_make_names_both(read):
    reading = read(Results=[RESULT, *quarters(3, 3, 3, 4)])
    only(reading, "error", "Results!D2", "is 12, and its parts (D3 to D6) make 13")


def test_a_level_at_the_end_of_the_year_is_that_of_its_last_quarter(read):
    level = INDICATOR | {"kind": "level", "accumulation": "snapshot"}
    assert not told(read(Indicators=[level], Results=[RESULT, *quarters(3, 6, 9, 12)]))
    reading = read(Indicators=[level], Results=[RESULT, *quarters(3, 3, 3, 3)])
    only(reading, "error", "Results!D2", "make 3")


def test_targets_that_differ_are_pointed_out(read):
    reading = read(Results=[RESULT, *quarters(3, 3, 3, 3, target=2)])
    only(reading, "notice", "Results!C2", "The target of 2025 is 12")


@pytest.mark.parametrize("period", ["2025-Q1", "2025-01-01/2025-06-30", "2025-12"])
def test_periods_that_leave_days_of_another_out_are_an_error(read, period):
    reading = read(Results=[RESULT, RESULT | {"period": period, "actual": 4}])
    only(reading, "error", "Results!B2", f"2025 overlaps {period} (B3)")


@pytest.mark.parametrize("period", ["2025-07/2026-06", "2024-07-01/2025-01-01"])
def test_periods_of_which_neither_holds_the_other_are_an_error(read, period):
    reading = read(Results=[RESULT, RESULT | {"period": period}])
    [(_, message)] = told(reading, "error")
    assert "and neither holds the other" in message


def test_one_period_in_two_spellings_is_one(read):
    reading = read(Results=[RESULT, RESULT | {"period": "2025-01/2025-12"}])
    [(place, message)] = told(reading, "error")
    assert place == "Results!A3"
    assert "already in Results!A2" in message


def test_a_period_of_three_years_says_that_it_counts_in_none(read):
    reading = read(Results=[RESULT | {"period": "2023-01-01/2025-12-31"}])
    only(reading, "notice", "Results!B2", "longer than a reporting year")
    assert [notice.place for notice in reading.portfolio.notices] == ["Results!B2"]


@pytest.mark.parametrize(
    ("named_by", "months"),
    [("last day", "2024-04-01/2025-03-31"), ("first day", "2025-04-01/2026-03-31")],
)
def test_check_says_which_months_a_fiscal_year_means_in_one_line(read, policy, named_by, months):
    programme = replace(policy.programme, fiscal_year_end="03-31", year_named_by=named_by)
    rules = replace(policy, programme=programme)
    reading = read(rules=rules, Results=[RESULT, RESULT | {"period": 2026}])
    lines = format_issues("city.xlsx", reading.issues).splitlines()
    [line] = [line for line in lines if "Results!" in line]
    assert f"the name of its {named_by}: 2025 is {months}. (2 cells alike)" in line
    assert reading.portfolio.notices


# Per cents


def test_a_percentage_at_odds_with_its_numerator_is_an_error_with_both_readings(read):
    row = RESULT | {"target": 50, "actual": 50, "numerator": 10, "denominator": 40}
    only(read(Indicators=[RATE], Results=[row]), "error", "Results!D2", "10 of 40 (numerator and")


@pytest.mark.parametrize(("actual", "above", "below"), [(25, 10, 40), (33, 1, 3), (33.33, 1, 3)])
def test_a_percentage_may_be_rounded(read, actual, above, below):
    row = RESULT | {"target": 50, "actual": actual, "numerator": above, "denominator": below}
    assert not told(read(Indicators=[RATE], Results=[row]))


def test_a_numerator_without_its_denominator_or_above_it_is_an_error(read):
    row = RESULT | {"target": 50, "actual": None, "numerator": 10}
    only(
        read(Indicators=[RATE], Results=[row]), "error", "Results!F2", "The denominator is missing"
    )
    row |= {"numerator": 50, "denominator": 40}
    only(read(Indicators=[RATE], Results=[row]), "error", "Results!F2", "no part of a whole")


@pytest.mark.parametrize("column", ["target", "actual"])
@pytest.mark.parametrize("value", [4500, -5])
def test_a_percentage_out_of_its_range_is_an_error(read, column, value):
    reading = read(Indicators=[RATE], Results=[RESULT | {column: value}])
    [(_, message)] = told(reading, "error")
    assert f"{value} lies outside 0 to 100" in message
    assert "index or ratio" in message


def test_a_baseline_out_of_its_range_is_an_error(read):
    reading = read(Indicators=[RATE | {"baseline": 120}])
    assert "120 lies outside 0 to 100" in dict(told(reading, "error"))["Indicators!H2"]


def test_a_row_with_one_percent_format_names_both_cells_and_readings(read):
    reading = read(
        put("Results!C2", shown="0%"),
        Indicators=[RATE],
        Results=[RESULT | {"target": 0.5, "actual": 0.45}],
    )
    [(place, message)] = told(reading, "error")
    assert place == "Results!D2"
    assert message.startswith("C2 is formatted as a percentage (50 per cent) and this cell is not")
    assert "0.45 or 45 per cent" in message


@pytest.mark.parametrize(
    ("shown", "is_read"), [("0.0%", True), ('0.0"%"', True), ("General", False)]
)
def test_half_a_per_cent_is_shown_as_one(read, shown, is_read):
    typed = 0.005 if shown == "0.0%" else 0.5
    row = RESULT | {"target": None, "actual": typed}
    reading = read(put("Results!D2", shown=shown), Indicators=[RATE], Results=[row])
    assert bool(errors(reading.issues)) != is_read
    if is_read:
        assert reading.portfolio.rows(PeriodResult)[0].actual == 0.5


def test_a_count_that_is_formatted_as_a_percentage_is_an_error(read):
    reading = read(put("Results!D2", 0.5, "0%"))
    assert (
        "no percentage (count): it can be read as 0.5 or 50"
        in dict(told(reading, "error"))["Results!D2"]
    )


def test_a_share_typed_as_a_fraction_is_refused_in_one_line_for_all(read):
    rows = [
        PROFILE | {"non_city_share": 0.35},
        PROFILE | {"subject_id": "A-2", "non_city_share": 0.5},
    ]
    reading = read(Profiles=rows)
    [line] = [x for x in format_issues("x", reading.issues).splitlines() if "Profiles!" in x]
    assert "Profiles!B2:B3" in line
    assert "0.35 can be read as 35 or 0.35 per cent." in line
    assert line.endswith("(2 cells alike)")


# Sums and scale


def test_indicators_that_add_up_to_a_third_are_pointed_out_on_the_page_too(read):
    measures = [INDICATOR | {"indicator_id": f"I-{n}"} for n in (1, 2, 3)]
    pairs = zip((1, 2, 3), (100, 60, 40), (100, 50, 50), strict=True)
    rows = [
        RESULT | {"indicator_id": f"I-{n}", "actual": actual, "target": target}
        for n, actual, target in pairs
    ]
    reading = read(Indicators=measures, Results=rows)
    only(reading, "notice", "Indicators!A2", "I-2 and I-3 add up to I-1")
    assert reading.portfolio.notices
    assert not told(read(Indicators=measures, Results=[*rows[:2], rows[2] | {"actual": 41}]))


def test_a_running_total_that_falls_is_pointed_out(read):
    running = INDICATOR | {"accumulation": "running total"}
    rows = [RESULT | {"period": "2024"}, RESULT | {"actual": 9}]
    only(read(Indicators=[running], Results=rows), "notice", "Results!D3", "from 12 (D2) to 9")


def test_a_baseline_beside_unknown_is_pointed_out(read):
    row = INDICATOR | {"baseline": 5, "baseline_state": "unknown"}
    only(read(Indicators=[row]), "notice", "Indicators!H2", "A baseline of 5 stands beside unknown")


@pytest.mark.parametrize("values", [(1700, 2_000_000_000), (5.2, None)])
def test_trade_that_looks_typed_in_thousands_is_pointed_out(read, values):
    rows = [PROFILE | {"subject_id": f"A-{n}", "yearly_trade": v} for n, v in enumerate(values, 1)]
    only(read(Profiles=rows), "notice", "Profiles!C2", "is it in thousands or millions?")


def test_an_amount_in_the_format_of_another_currency_than_its_row_is_an_error(read):
    outcome = {"outcome_ref": "INV-1", "agreement_id": "A-1", "what": "A plant", "amount": 5}
    euros = put("Outcomes!D2", shown='#,##0 "€"')
    assert not told(read(euros, Outcomes=[outcome | {"currency": "EUR"}]))
    only(read(euros, Outcomes=[outcome | {"currency": "USD"}]), "error", "Outcomes!D2", "EUR")
    money = INDICATOR | {"measure": "amount", "currency": "CAD"}
    reading = read(put("Results!C2", shown='#,##0 "€"'), Indicators=[money])
    only(reading, "error", "Results!C2", "formatted as EUR, and this amount is read in CAD")


# Dates


def test_a_year_in_a_date_cell_is_an_error_unless_the_column_has_such_dates(read):
    typed = put("Agreements!E2", datetime.fromisoformat("1905-06-08"), "yyyy-mm-dd")
    only(read(typed), "error", "Agreements!E2", "as the year 1986 or as that day")
    old = LYON | {"signed": "1926-05-01"}
    assert not told(read(typed, Agreements=[AGREEMENT, old]))


def test_a_year_in_a_date_cell_is_seen_where_days_are_counted_from_1904(read):
    def change(workbook):
        workbook.epoch = MAC_EPOCH
        put("Agreements!E2", 1986, "yyyy-mm-dd")(workbook)

    only(read(change), "error", "Agreements!E2", "1909-06-09: it can be read as")


# Cells and rows that are hidden, struck out or computed


def test_a_row_that_is_struck_out_is_said_and_a_word_that_is_is_an_error(read):
    def strike(workbook):
        for cell in workbook["Agreements"][3]:
            cell.font = Font(strike=True)

    only(read(strike), "notice", "Agreements!A3", "The row is struck out")

    def strike_word(workbook):
        gone = TextBlock(InlineFont(strike=True), "Milan")
        workbook["Agreements"]["B2"].value = CellRichText(gone, TextBlock(InlineFont(), "Milano"))

    only(read(strike_word), "error", "Agreements!B2", 'Some letters of "MilanMilano"')
    only(read(put("Agreements!E2", strike=True)), "notice", "Agreements!E2", '"2015" is struck out')


def test_rich_text_without_a_struck_word_is_text(read):
    def bold(workbook):
        parts = TextBlock(InlineFont(b=True), "Mi"), TextBlock(InlineFont(), "lan")
        workbook["Agreements"]["B2"].value = CellRichText(*parts)

    assert not told(read(bold))


def test_hidden_columns_rows_and_sheets_are_read_and_said(read):
    def hide(workbook):
        workbook["Agreements"].column_dimensions["E"].hidden = True
        workbook["Agreements"].row_dimensions[3].hidden = True
        workbook["Results"].sheet_state = "hidden"

    reading = read(hide)
    assert [place for place, _ in told(reading, "notice")] == [
        "Agreements!E1",
        "Agreements!A3",
        "Results",
    ]
    assert len(reading.portfolio.notices) == 3


def test_formulas_are_said_in_one_line(read):
    def compute(name, content):
        return content.replace(
            b'<c r="C2" t="n"><v>12</v></c>', b'<c r="C2"><f>6+6</f><v>12</v></c>'
        )

    reading = read(parts=compute)
    [(place, message)] = told(reading)
    assert place == "Results!C2"
    assert message.startswith('"12" is the value a formula was last stored with.')


def test_a_cell_given_twice_is_an_error(read):
    def twice(name, content):
        cell = re.search(rb'<c r="C2" t="n"><v>12</v></c>', content)
        return content.replace(cell[0], cell[0] * 2) if cell else content

    only(read(parts=twice), "error", "Results!C2", "gives this cell twice")


# Where a table ends


@pytest.mark.parametrize(
    "row",
    [
        ("TOTAL", "2 partners", None, "Partnership"),
        ("Total", None, None, None),
        ("Totals:", "2", None, None),
        ("Grand total", None, None, None),
        ("Summe", None, None, None),
        (None, "Total", None, None),
        ("Total (2)", None, None, None),
    ],
)
def test_a_row_of_totals_ends_the_table(read, row):
    reading = read(lambda workbook: workbook["Agreements"].append(row))
    only(reading, "notice", "Agreements!A4", "ends the table")
    assert len(reading.portfolio.rows(Agreement)) == 2


def test_the_totals_row_of_an_excel_table_ends_it(read):
    def table(workbook):
        page = workbook["Agreements"]
        page.append(["2", None, None, None])
        found = Table(displayName="T", ref="A1:F4", totalsRowCount=1)
        page.add_table(found)

    only(read(table), "notice", "Agreements!A4", "ends the table")


@pytest.mark.parametrize(
    "note", ["Source: the city clerk", "* as of December", "These rows are drafts", "Note 1"]
)
def test_a_note_below_the_table_ends_it(read, note):
    def append(workbook):
        workbook["Agreements"].append([])
        workbook["Agreements"].append([note])

    only(read(append), "notice", "Agreements!A5", "ends the table")


def test_filled_rows_below_the_total_are_an_error_in_one_line(read):
    def append(workbook):
        for row in (["Total"], ["A-7", "Porto", "Portugal"], ["A-8", "Kyoto", "Japan"]):
            workbook["Agreements"].append(row)

    reading = read(append)
    lines = format_issues("city.xlsx", reading.issues).splitlines()
    [line] = [line for line in lines if "stands below row 4" in line]
    assert "Agreements!A5:A6" in line


@pytest.mark.parametrize(
    "row", [("A-3", "Total", "France", "MOU"), ("TOTAL-1", "Pau", "France", "MOU")]
)
def test_a_partner_or_an_id_with_that_word_is_a_row(read, row):
    reading = read(lambda workbook: workbook["Agreements"].append(row))
    assert not errors(reading.issues)
    assert len(reading.portfolio.rows(Agreement)) == 3


def test_a_lone_id_is_a_row_that_lacks_the_rest(read):
    reading = read(lambda workbook: workbook["Agreements"].append(["A-3"]))
    assert [place for place, _ in told(reading, "error")] == [
        "Agreements!B4",
        "Agreements!C4",
        "Agreements!D4",
    ]


# Names of sheets and columns


@pytest.mark.parametrize(
    "name",
    [
        "Results (2)",
        "Copy of Results",
        "Results 2025",
        "Results - Table 1",
        "1. Results",
    ],
)
def test_a_sheet_whose_name_holds_a_known_one_is_read_as_it(read, name):
    reading = read(lambda workbook: setattr(workbook["Results"], "title", name))
    only(reading, "notice", name, 'This sheet was read as "Results"')
    assert len(reading.portfolio.rows(PeriodResult)) == 1


def test_two_sheets_that_may_be_one_are_an_error_and_so_is_a_copy(read):
    def split(workbook):
        workbook["Results"].title = "Results 2024"
        workbook.copy_worksheet(workbook["Results 2024"]).title = "Results 2025"

    assert {place for place, _ in told(read(split), "error")} >= {"Results 2024", "Results 2025"}

    def copy(workbook):
        workbook.copy_worksheet(workbook["Results"]).title = "Results (2)"

    only(read(copy), "error", "Results (2)", 'may be "Results" too')


@pytest.mark.parametrize("name", ["Sheet1", "Partnerships map"])
def test_another_sheet_is_no_part_of_the_form(read, name):
    only(read(lambda workbook: workbook.create_sheet(name)), "notice", name, "not part of")


def test_a_sheet_with_the_columns_of_agreements_is_named(read):
    reading = read(lambda workbook: setattr(workbook["Agreements"], "title", "Sheet1"))
    assert dict(told(reading, "error"))["Agreements"].endswith(
        'Rename "Sheet1", which has its columns.'
    )


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Signed (date)", "E"), ("Signed*", "E"), ("Date signed", "E"), ("Signed:", "E"),
        ("Country *", "C"), ("Main purpose / But principal", "F"), ("3. Country", "C"),
        ("Main purpose\\n(ECON; CULT)", "F"),
    ],
)  # fmt: skip
def test_a_header_that_holds_a_known_one_is_read_as_it(read, header, column):
    reading = read(put(f"Agreements!{column}1", header.replace("\\n", "\n")))
    [(place, message)] = told(reading)
    assert place == f"Agreements!{column}1"
    assert "was read as" in message
    assert str(reading.portfolio.rows(Agreement)[0].signed) == "2015"


@pytest.mark.parametrize("header", ["Signed / ends", "Ends or signed"])
def test_a_header_that_holds_two_is_an_error(read, header):
    reading = read(put("Agreements!E1", header))
    assert 'may be "' in dict(told(reading, "error"))["Agreements!E1"]


def test_a_decorated_copy_of_a_column_is_an_error(read):
    rows = [AGREEMENT | {"Signed (date)": "2016"}]
    only(read(Agreements=rows), "error", "Agreements!G1", 'may be "signed" too, which is in E1')


@pytest.mark.parametrize("header", ["Country code", "Our remarks", "Signed by"])
def test_a_column_of_ones_own_is_not_read(read, header):
    reading = read(Agreements=[AGREEMENT | {header: "x"}])
    only(reading, "notice", "Agreements!G1", "not part of the form")


@pytest.mark.parametrize("header", [None, "  ", "\u200b"])
def test_values_under_a_blank_header_are_named(read, header):
    def beside(workbook):
        page = workbook["Agreements"]
        page["H1"], page["H2"], page["H3"] = header, "historical", "active"

    only(read(beside), "notice", "Agreements!H2:H3", "under a blank header")


def test_a_list_on_several_lines_is_read(read):
    reading = read(Agreements=[AGREEMENT | {"main_purpose": "ECON\nCULT"}])
    only(reading, "notice", "Agreements!F2", "a new line separates")
    assert reading.portfolio.rows(Agreement)[0].main_purpose == ("ECON", "CULT")


# Sound files


def styled(change):
    """Return what changes the styles of a workbook."""
    return lambda name, content: change(content) if name == "xl/styles.xml" else content


ODD_PARTS = {
    "an empty fill": styled(lambda c: c.replace(b"<fills", b"<fills><fill/></fills><fills", 1)),
    "a colour with a sign": styled(lambda c: c.replace(b'theme="1"', b'rgb="#000000"')),
    "an extension": styled(lambda c: c.replace(b"<patternFill ", b"<patternFill x='1' ")),
    "a file without a day": lambda name, c: re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"soon", c)
    if name == "docProps/core.xml"
    else c,
    "an odd pane": lambda name, c: c.replace(
        b"<selection", b'<pane xSplit="x" state="gone"/><selection'
    ),
    "Strict Open XML": lambda name, c: strict(c),
}  # fmt: skip


def strict(content):
    for old, new in STRICT:
        content = content.replace(old, b"http://purl.oclc.org/ooxml/" + new)
    return content


@pytest.mark.parametrize("kind", ODD_PARTS)
def test_a_sound_file_is_read_whatever_its_looks(read, kind):
    changed = []

    def change(name, content):
        found = ODD_PARTS[kind](name, content)
        changed.append(found != content)
        return found

    reading = read(parts=change)
    assert any(changed)
    assert not told(reading)
    assert len(reading.portfolio.rows(Agreement)) == 2
    assert len(reading.portfolio.rows(Objective)) == 1


def test_more_cell_formats_than_excel_allows_are_refused_in_a_sentence(read):
    def many(content):
        xfs = b'<cellXfs count="70000">' + b"<xf/>" * 70_000 + b"</cellXfs>"
        return re.sub(rb"<cellXfs.*?</cellXfs>", xfs, content, flags=re.S)

    with pytest.raises(InputError, match="more cell styles than Excel allows"):
        read(parts=styled(many))


def test_a_part_that_stands_for_two_sheets_is_refused(read):
    def twice(name, content):
        return content.replace(b"/xl/worksheets/sheet2.xml", b"/xl/worksheets/sheet1.xml")

    with pytest.raises(InputError, match='the sheet "Objectives" is given twice'):
        read(parts=twice)
