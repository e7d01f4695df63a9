"""What one cell says, rule by rule: content and number format to value, or to a sentence."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from toolkit.files.cells import read_cell
from toolkit.files.grid import RawCell
from toolkit.files.readings import Reader, RefusedError
from toolkit.model.schema import Column, Kind, WordList
from toolkit.model.sheets import BY_NAME
from toolkit.model.vocabulary import EndWord, Status

AGREEMENT = BY_NAME["Agreements"].column


@pytest.fixture
def read(policy):
    """Return what reads a value in a column, and what was noted."""

    def read_one(column, value, number_format="General", *, formula=False, is_error=False):
        column = column if isinstance(column, Column) else Column("amount", column, "")
        reader = Reader(column, policy)
        return read_cell(reader, RawCell(value, number_format, is_error, formula)), reader.notices

    return read_one


@pytest.fixture
def value_of(read):
    return lambda *cell: read(*cell)[0]


@pytest.fixture
def notices_of(read):
    return lambda *cell: read(*cell)[1]


@pytest.fixture
def refusal(read):
    """Return the sentence with which a cell is refused."""

    def refuse(*cell, **marks):
        with pytest.raises(RefusedError) as caught:
            read(*cell, **marks)
        return str(caught.value)

    return refuse


def moment(text):
    return datetime.fromisoformat(text)


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.name)
@pytest.mark.parametrize("blank", [None, "", "   ", "\u200b", "\u00a0"])
def test_a_blank_is_a_blank_in_every_column(value_of, kind, blank):
    assert value_of(kind, blank) is None


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.name)
def test_an_excel_error_is_never_a_value(refusal, kind):
    assert "the Excel error #N/A" in refusal(kind, "#N/A", is_error=True)


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.name)
def test_a_formula_without_its_value_is_refused(refusal, kind):
    assert "no stored value" in refusal(kind, None, formula=True)


def test_a_formula_with_its_value_is_that_value(read):
    value, [notice] = read(Kind.NUMBER, 48.25, formula=True)
    assert value == 48.25
    assert notice.startswith('"48.25" is the value a formula was last stored with.')


@pytest.mark.parametrize("word", ["NA", "n/a", "TBD", "-", "..", "?", "None", "nan", "#N/A"])
@pytest.mark.parametrize(
    "column",
    [Kind.NUMBER, Kind.MONEY, Kind.DATE, Kind.YES_NO, Kind.YEAR, AGREEMENT("goals")],
    ids=str,
)
def test_a_placeholder_is_refused_where_a_value_is_expected(refusal, column, word):
    assert refusal(column, word).endswith("Leave the cell blank if not known.")


def test_a_placeholder_among_several_words_is_refused(refusal):
    assert refusal(AGREEMENT("main_purpose"), "ECON; n/a").startswith('"n/a" is not a word')


def test_a_word_of_the_list_is_no_placeholder(value_of):
    assert value_of(AGREEMENT("city_role"), "none") == "none"


@pytest.mark.parametrize("kind", [Kind.ID, Kind.REFERENCE, Kind.TEXT, Kind.COUNTRY])
def test_na_survives_as_an_id_and_in_free_text(value_of, kind):
    column = Column("notes", kind, "") if kind is Kind.TEXT else kind
    assert value_of(column, "NA") == "NA"


STAND_INS = ["TBD", "n/a", "-", "none", "?", "to be confirmed", "Unknown", "\u2013"]


@pytest.mark.parametrize("word", STAND_INS)
@pytest.mark.parametrize("name", ["lead_unit", "community_sponsor", "relationship_id"])
def test_a_stand_in_is_blank_in_text_that_a_rule_reads_and_said(read, name, word):
    assert read(AGREEMENT(name), word) == (None, [f'"{word}" was read as blank.'])


def test_a_stand_in_among_several_is_left_out(read):
    sectors = BY_NAME["Profiles"].column("sectors_shared")
    assert read(sectors, "tourism; TBD") == (("tourism",), ['"TBD" was read as blank.'])
    assert read(sectors, "n/a")[0] is None


@pytest.mark.parametrize(
    ("name", "word"), [("notes", "TBD"), ("title", "-"), ("partner", "None"), ("city", "NA")]
)
def test_free_text_and_names_are_kept(read, name, word):
    assert read(AGREEMENT(name), word) == (word, [])


def test_a_dash_is_no_name_of_a_city(value_of):
    assert value_of(AGREEMENT("city"), "-") is None
    assert value_of(AGREEMENT("partner"), "TBD") is None


@pytest.mark.parametrize(
    ("typed", "kept", "said"),
    [
        ("Sa\u0303o Paulo", "S\u00e3o Paulo", "joined"),
        ("Por\u200bto", "Porto", "Invisible"),
        ("Por\u00adto", "Porto", "Invisible"),
        (" Porto ", "Porto", "Spaces"),
        ("New\u00a0York", "New York", "No-break"),
    ],
)
def test_text_is_cleaned_and_the_reader_told(read, typed, kept, said):
    value, [notice] = read(Kind.TEXT, typed)
    assert value == kept
    assert said in notice


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Porto", "Porto"),
        (12, "12"),
        (12.0, "12"),
        (1234567.5, "1234567.5"),
        (True, "TRUE"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_free_text_is_what_the_cell_shows(read, value, text):
    assert read(Kind.TEXT, value) == (text, [])


@pytest.mark.parametrize("value", [moment("2025-03-04"), time(3, 4), timedelta(hours=30)])
def test_text_that_excel_turned_into_a_date_is_refused(refusal, value):
    assert "turned this text into the date or time" in refusal(Kind.TEXT, value)


@pytest.mark.parametrize("value", ["A-014", "007", "7", "NA", "2018", "X" * 32])
def test_an_id_is_kept_as_typed(read, value):
    assert read(Kind.ID, value) == (value, [])


def test_a_whole_number_is_an_id_with_a_notice(read):
    assert read(Kind.ID, 7) == ("7", ["The id is stored as a number. Format the column as Text."])


@pytest.mark.parametrize(
    ("value", "number_format", "says"),
    [
        (7, "000", "as the number 7. Format the cell as Text"),
        (7.5, "General", "as the number 7.5"),
        (True, "General", "TRUE"),
        (moment("2025-03-04"), "d-mmm", "turned this id into a date"),
        ("a-014", "@", 'type "A-014"'),
        ("A 014", "@", 'type "A-014"'),
        ("A_014.", "@", 'type "A-014"'),
        ("\u0410-014", "@", "CYRILLIC CAPITAL LETTER A"),
        ("S\u00c3O-1", "@", "LATIN CAPITAL LETTER A WITH TILDE"),
        ("X" * 33, "@", "at most 32"),
        ("-1", "@", 'type "1"'),
        ("\u00b2\u00b3", "@", "such as A-014"),
    ],
)
def test_what_is_no_id_is_refused_with_what_to_type(refusal, value, number_format, says):
    assert says in refusal(Kind.ID, value, number_format)


def test_an_id_with_a_zero_width_space_is_the_id_without(read):
    assert read(Kind.ID, "A-\u200b014") == ("A-014", ["Invisible characters were removed."])


def test_a_word_beside_the_ids_is_taken_where_the_column_allows_it(value_of):
    assert value_of(BY_NAME["Projects"].column("agreement_id"), "PROGRAMME") == "PROGRAMME"


@pytest.mark.parametrize(
    ("typed", "notices"),
    [
        ("Japan", []),
        ("JAPAN", ['"JAPAN" was read as "Japan".']),
        ("cote d'ivoire", ['"cote d\'ivoire" was read as "C\u00f4te d\u2019Ivoire".']),
        ("Bosnia", ['"Bosnia" was read as "Bosnia & Herzegovina".']),
        ("PRC; Italy", ['"PRC" was read as "China".']),
    ],
)
def test_a_country_is_kept_as_typed_and_told_as_what_it_is_read(read, typed, notices):
    assert read(Kind.COUNTRY, typed) == (typed, notices)


def test_a_country_that_is_nearly_right_is_suggested(notices_of):
    assert notices_of(Kind.COUNTRY, "Portugual") == [
        '"Portugual" is not in the list of country names (CLDR). Did you mean "Portugal"?'
    ]


@pytest.mark.parametrize("link", ["https://city.example/a", "http://x.example", "mailto:a@b.c"])
def test_an_address_that_is_safe_to_follow_is_kept(value_of, link):
    assert value_of(Kind.LINK, link) == link


@pytest.mark.parametrize(
    "link", ["city.example", "javascript:alert(1)", "file:///etc", "https://a b", 12]
)
def test_any_other_address_is_refused(refusal, link):
    assert "starts with https://, http:// or mailto:" in refusal(Kind.LINK, link)


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        ("y", "y"),
        ("Yes", "y"),
        ("NO", "n"),
        ("n", "n"),
        (True, "y"),
        (False, "n"),
        ("checked", "y"),
        ("True", "y"),
        ("\u2611", "y"),
        ("\u2713", "y"),
        ("Ja", "y"),
        ("\u2610", "n"),
        ("false", "n"),
        ("nein", "n"),
        ("Y", "y"),
    ],
)
def test_yes_and_no_have_their_usual_spellings(read, value, answer):
    duty = BY_NAME["Engagements"].column("duty_met")
    for column in (Kind.YES_NO, duty):
        found, notices = read(column, value)
        assert found == answer
        assert [f'was read as "{answer}"' in notice for notice in notices] == [True] * (
            value != answer
        )


@pytest.mark.parametrize(("value", "shown"), [("maybe", "maybe"), (1, "1"), ("x", "x")])
def test_any_other_answer_is_refused(refusal, value, shown):
    assert refusal(Kind.YES_NO, value).startswith(f'"{shown}" is neither y nor n.')


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        ("2018-04-02", "@", "2018-04-02"),
        ("2018-04", "@", "2018-04"),
        ("1986", "@", "1986"),
        (1986, "General", "1986"),
        (1986.0, "0", "1986"),
        (moment("2018-04-02"), "yyyy-mm-dd", "2018-04-02"),
        (moment("2018-04-02T13:00"), "d/m/yy h:mm", "2018-04-02"),
        (moment("2018-04-01"), "mmm-yy", "2018-04"),
        (moment("2018-04-01"), "[$-409]mmmm\\ yyyy;@", "2018-04"),
        (moment("2018-01-01"), "yyyy", "2018"),
        (moment("2018-04-02"), 'yyyy"m"', "2018"),
        (moment("2018-04-02"), "General", "2018-04-02"),
    ],
)
def test_a_date_keeps_the_precision_it_was_given(read, value, number_format, shown):
    when, notices = read(Kind.DATE, value, number_format)
    assert (str(when), notices) == (shown, [])


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("03/04/2025", '"03/04/2025" can be read as 2025-04-03 or 2025-03-04.'),
        ("3.4.2025", "2025-04-03 or 2025-03-04"),
        ("25/12/2025", '"25/12/2025" can be read as 2025-12-25. Type it as year-month-day.'),
        ("31/31/2025", "is not in the calendar"),
        ("2018-02-30", "is not in the calendar"),
        ("2018-13", "is not in the calendar"),
        ("2018-4-2", "is not a date"),
        ("April 2018", "is not a date"),
        ("0-", "is not a date"),
        ("0208-04-02", "outside the years 1500 to 2200"),
        ("9999-12-31", "outside the years 1500 to 2200"),
        (moment("9999-12-31"), "outside the years 1500 to 2200"),
        (moment("1900-02-28"), "miscounts days before March 1900"),
        (36526, "36526 is a number, not a date. Format the cell as a date, or type it as"),
        (0.5, "0.5 is a number"),
        (float("inf"), "is a number"),
        (True, "TRUE is not a date"),
        (time(12), "12:00:00 is not a date"),
        ("2003-06-00", "is not in the calendar. Type 2003-06, as far as it is known."),
        ("1967/68", "Type 1967 or 1968, the year in which it was."),
        ("circa 1965", "is not a date"),
        (moment("1905-06-08"), "as the year 1986 or as that day"),
        (moment("1905-07-08"), "the number 2016 and is formatted as a date, 1905-07-08"),
    ],
)
def test_what_is_no_date_is_refused_with_what_to_type(refusal, value, says):
    assert says in refusal(Kind.DATE, value)


@pytest.mark.parametrize(
    ("typed", "shown", "first", "last"),
    [
        ("circa 1965", "circa 1965", "1965-01-01", "1965-12-31"),
        ("ca. 1965", "circa 1965", "1965-01-01", "1965-12-31"),
        ("~1965", "circa 1965", "1965-01-01", "1965-12-31"),
        ("1960s", "1960s", "1960-01-01", "1969-12-31"),
        ("the 1960's", "1960s", "1960-01-01", "1969-12-31"),
    ],
)
def test_a_day_of_signing_may_be_about_right(read, typed, shown, first, last):
    when, notices = read(AGREEMENT("signed"), typed)
    assert (str(when), str(when.first), str(when.last), notices) == (shown, first, last, [])
    assert str(read(AGREEMENT("signed"), str(when))[0]) == shown


def test_a_date_said_to_be_unknown_is_blank(read):
    assert read(AGREEMENT("signed"), "unknown") == (None, ['"unknown" was read as blank.'])


def test_a_column_with_real_dates_of_that_time_keeps_them(policy):
    reader = Reader(AGREEMENT("signed"), policy, has_old_dates=True)
    cell = RawCell(moment("1905-06-08"), "yyyy-mm-dd", False, False)
    assert str(read_cell(reader, cell)) == "1905-06-08"


def test_the_end_may_be_open_or_unknown(value_of, refusal):
    assert value_of(AGREEMENT("ends"), "Open-ended") is EndWord.OPEN_ENDED
    assert value_of(AGREEMENT("ends"), "unknown") is EndWord.UNKNOWN
    assert refusal(AGREEMENT("ends"), "never").endswith("or write open-ended or unknown.")


@pytest.mark.parametrize("kind", [Kind.NUMBER, Kind.MONEY])
@pytest.mark.parametrize("value", [0, 1200, 48.25])
def test_a_number_is_a_number(read, kind, value):
    assert read(kind, value) == (value, [])


@pytest.mark.parametrize(
    ("text", "number"),
    [("1200", 1200), ("48.25", 48.25), ("0", 0), ("0.125", 0.125), ("1200.500", 1200.5)],
)
def test_a_number_kept_as_text_is_read_and_said(read, text, number):
    notice = f"The number {text} is stored as text; it was read as a number."
    assert read(Kind.NUMBER, text) == (number, [notice])


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("48,25", '"48,25" can be read as 48.25 or 4825. Type a number.'),
        ("1,200", "1.2 or 1200"),
        ("1,200,000", "Type digits only"),
        ("90.000", '"90.000" can be read as 90 or 90000. Type a number.'),
        ("1.234", "1.234 or 1234"),
        ("1.234.567", '"1.234.567" can be read as 1234567. Type a number.'),
        ("1 200", "Type digits only"),
        ("12%", "Type digits only"),
        ("$40K", "Type digits only"),
        ("1e3", "Type digits only"),
        (True, "TRUE is not a number"),
        (moment("2018-04-02"), "2018-04-02 is not a number"),
        (float("inf"), "too large"),
        pytest.param(10**400, "too large", id="huge"),
        pytest.param("9" * 5000, "Type digits only", id="long"),
        (-5, "-5 is negative; amount is 0 or more."),
    ],
)
def test_what_is_no_number_is_refused_with_what_to_type(refusal, value, says):
    assert says in refusal(Kind.NUMBER, value)


def test_a_negative_number_is_a_value_where_the_column_says_so(value_of):
    assert value_of(BY_NAME["Results"].column("actual"), -5) == -5


def test_a_cell_formatted_as_a_percentage_counts_in_hundredths(read):
    value, [notice] = read(Kind.PERCENT, 0.07, "0%")
    assert value == 7
    assert notice == "The cell is formatted as a percentage: 0.07 was read as 7 per cent."


def test_a_sign_of_per_cent_that_is_only_text_changes_no_number(read):
    value, [notice] = read(Kind.PERCENT, 0.5, '0.0"%"')
    assert value == 0.5
    assert "only text: 0.5 was read as it is, per cent" in notice


@pytest.mark.parametrize("fraction", [0.35, "0.35"])
def test_a_share_typed_as_a_fraction_has_two_readings(refusal, fraction):
    assert "0.35 can be read as 35 or 0.35 per cent. Type 35" in refusal(Kind.PERCENT, fraction)


def test_a_number_that_is_no_percentage_is_refused_where_it_is_formatted_as_one(refusal):
    assert "is no percentage" in refusal(BY_NAME["Objectives"].column("staff_days"), 0.5, "0%")


@pytest.mark.parametrize("shown", ['0"K"', '#,##0" thousand"', "0\\K", '[$€-407]0"T€"'])
def test_thousands_written_by_the_format_have_two_readings(refusal, shown):
    assert "can be read as 40 or 40000" in refusal(Kind.NUMBER, 40, shown)


def test_a_format_that_divides_as_it_writes_k_shows_what_is_stored(read):
    assert read(Kind.MONEY, 40000, '#,##0,"K"') == (40000, [])


@pytest.mark.parametrize(
    ("shown", "is_told"),
    [('0" weeks"', True), ('0" FTE"', True), ('0" days"', False), ("0", False)],
)
def test_a_unit_that_the_format_writes_is_told_unless_it_is_that_of_the_column(
    read, shown, is_told
):
    column = BY_NAME["Objectives"].column("staff_days")
    number, notices = read(column, 20, shown)
    assert number == 20
    assert [("The cell shows" in notice) for notice in notices] == [True] * is_told


def test_an_amount_beyond_a_million_million_is_refused(value_of, refusal):
    assert value_of(Kind.MONEY, 10**12) == 10**12
    assert "is no plausible amount" in refusal(Kind.MONEY, 9 * 10**14)


def test_a_percentage_is_at_most_100(value_of, refusal):
    assert value_of(Kind.PERCENT, 100) == 100
    assert refusal(Kind.PERCENT, 100.5).startswith("100.5 is above 100.")


def test_an_amount_formatted_as_a_percentage_is_refused(refusal):
    assert "formatted as a percentage" in refusal(Kind.MONEY, 0.12, "0.0%")


@pytest.mark.parametrize(
    ("shown", "currency"),
    [
        ('#,##0\\ "€"', "EUR"),
        ("[$USD] #,##0.00", "USD"),
        ("[$$-409]#,##0", "USD"),
        ('"US$"#,##0', "USD"),
        ("#,##0\\ [$CHF]", "CHF"),
        ("[$£-809]#,##0", "GBP"),
        ("[$¥-411]#,##0", "CNY or JPY"),
        ('#,##0 "kr"', "DKK or ISK or NOK or SEK"),
    ],
)
def test_an_amount_shown_in_another_currency_is_refused(refusal, shown, currency):
    message = refusal(Kind.MONEY, 40, shown)
    assert message.startswith(
        f"The cell is formatted as {currency}, and this amount is read in CAD"
    )


@pytest.mark.parametrize("shown", ["$#,##0", '"$"#,##0.00', "[$$-1009]#,##0", '"CA$"0', "[$CAD] 0"])
def test_an_amount_shown_in_dollars_may_be_in_those_of_the_policy(read, shown):
    assert read(Kind.MONEY, 40, shown) == (40, [])


def test_a_count_is_whole(value_of, refusal):
    assert value_of(Kind.COUNT, 3.0) == 3
    assert refusal(Kind.COUNT, 2.5) == "2.5 is not a whole number. Type digits only."


@pytest.mark.parametrize("value", [2018, 2018.0, "2018"])
def test_a_year_has_four_digits(value_of, value):
    assert value_of(Kind.YEAR, value) == 2018


@pytest.mark.parametrize("value", ["18", 18, "2018-04", 2018.5, True, moment("2018-01-01")])
def test_any_other_year_is_refused(refusal, value):
    assert "is not a year" in refusal(Kind.YEAR, value)


def test_a_reporting_year_is_a_period(value_of):
    period = value_of(Kind.PERIOD, 2018)
    assert (str(period), str(period.first), period.days) == ("2018", "2018-01-01", 365)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2025-Q1", "2025-01-01", "2025-03-31"),
        ("Q4 2025", "2025-10-01", "2025-12-31"),
        ("2025-H2", "2025-07-01", "2025-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-04/2025-03", "2024-04-01", "2025-03-31"),
        ("2024-04-01/2025-03", "2024-04-01", "2025-03-31"),
        ("FY2025", "2025-01-01", "2025-12-31"),
    ],
)
def test_a_period_may_be_a_quarter_a_month_or_months(value_of, typed, first, last):
    period = value_of(Kind.PERIOD, typed)
    assert (str(period.first), str(period.last), period.label) == (first, last, typed)


@pytest.mark.parametrize(
    ("named_by", "typed", "first", "last"),
    [
        ("last day", "2024", "2023-04-01", "2024-03-31"),
        ("first day", "2024", "2024-04-01", "2025-03-31"),
        ("last day", "2024/25", "2024-04-01", "2025-03-31"),
        ("first day", "2024/2025", "2024-04-01", "2025-03-31"),
        ("last day", "2025-Q1", "2024-04-01", "2024-06-30"),
        ("first day", "2025-Q4", "2026-01-01", "2026-03-31"),
        ("last day", "2024-10", "2024-10-01", "2024-10-31"),
    ],
)
def test_a_year_of_two_calendar_years_has_the_name_the_policy_gives_it(
    policy, named_by, typed, first, last
):
    programme = replace(policy.programme, fiscal_year_end="03-31", year_named_by=named_by)
    reader = Reader(Column("period", Kind.PERIOD, ""), replace(policy, programme=programme))
    period = read_cell(reader, RawCell(typed, "@", False, False))
    assert (str(period.first), str(period.last)) == (first, last)
    said = [f"has the name of its {named_by}" in notice for notice in reader.notices]
    assert all(said)
    assert bool(said) == (len(typed) == 4 or "Q" in typed)


def test_months_and_years_that_excel_made_dates_of_are_told_apart(policy, read, refusal):
    period, [notice] = read(Kind.PERIOD, moment("2025-04-01"), "mmm-yy")
    assert (str(period), str(period.last)) == ("2025-04", "2025-04-30")
    assert notice == "The date 2025-04 was read as the period 2025-04."
    programme = replace(policy.programme, fiscal_year_end="03-31")
    reader = Reader(Column("period", Kind.PERIOD, ""), replace(policy, programme=programme))
    for value, shown in ((moment("2009-10-01"), "mmm-yy"), ("2009-10", "@")):
        with pytest.raises(RefusedError, match="2009/10"):
            read_cell(reader, RawCell(value, shown, False, False))


def test_a_period_may_be_written_with_both_days(value_of):
    period = value_of(Kind.PERIOD, "2018-04-01/2019-03-31")
    assert (str(period.first), str(period.last)) == ("2018-04-01", "2019-03-31")


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("2018/19", "Type 2018 or 2019, or its months, such as 2018-04/2019-03."),
        ("2018/21", "type 2018-01/2021-12."),
        ("2018/2019", "names two years"),
        ("2018-Q5", "is not a period. Type 2018, 2018-Q1, 2018-04"),
        ("2018-13", "is not a period"),
        ("spring 2018", "is not a period"),
        (moment("2018-04-02"), "holds the day 2018-04-02, not a period"),
        ("2019-03-31/2018-04-01", "ends before it starts"),
        ("0001-01/0001-12", "outside the years 1500 to 2200"),
        ("2025-01/9999-12", "outside the years 1500 to 2200"),
        ("2018-02-30/2018-03-31", "is not in the calendar"),
        (18, '"18" is not a period'),
    ],
)
def test_what_is_no_period_is_refused_with_what_to_type(refusal, value, says):
    assert says in refusal(Kind.PERIOD, value)


def test_a_currency_has_its_three_letters(value_of, refusal):
    assert value_of(Kind.CURRENCY, "EUR") == "EUR"
    for value in ("euro", "eur", "$", "XQQ", 978):
        assert "Type three letters, such as CAD or EUR." in refusal(Kind.CURRENCY, value)


def test_a_word_is_read_whatever_its_case_and_said(read):
    assert read(AGREEMENT("status"), "Active") == (
        Status.ACTIVE,
        ['"Active" was read as "active".'],
    )


def test_an_unknown_word_gets_the_nearest_one(refusal):
    assert refusal(AGREEMENT("classification"), "Freindship") == (
        '"Freindship" is not a classification. Did you mean "Friendship"?'
    )


def test_a_word_near_to_none_gets_the_list(refusal):
    assert refusal(AGREEMENT("city_role"), "zzz") == (
        '"zzz" is not a city role. Known: lead, co-lead, catalyst, none.'
    )


@pytest.mark.parametrize(
    ("value", "shown"), [(True, "TRUE"), (5.0, "5"), (moment("2018-04-02"), "2018-04-02")]
)
def test_what_is_no_word_is_quoted_as_the_cell_shows_it(refusal, value, shown):
    assert refusal(AGREEMENT("status"), value).startswith(f'"{shown}" is not a status.')


def test_every_list_has_a_name_that_fits_its_sentence(refusal):
    columns = [c for sheet in BY_NAME.values() for c in sheet.columns]
    lists = [c for c in columns if c.words and c.kind is Kind.WORD]
    said = {refusal(column, "zzz").split(". ")[0] for column in lists}
    assert {'"zzz" is not an activity', '"zzz" is not a goal', '"zzz" is not a main purpose'} < said
    assert not any("_" in sentence for sentence in said)


def test_a_former_word_is_kept_and_its_class_said(policy_2024):
    column = Column("classification", Kind.WORD, "", words=WordList.CLASSIFICATIONS)
    former = next(word for cls in policy_2024.classes for word in cls.formerly)
    reader = Reader(column, policy_2024)
    assert read_cell(reader, RawCell(former, "@", False, False)) == former
    assert "under this policy" in reader.notices[0]


@pytest.mark.parametrize("typed", ["ECON; CULT", "ECON;CULT;", " ECON ;; CULT; ECON"])
def test_several_words_stand_between_semicolons_each_once(value_of, typed):
    assert value_of(AGREEMENT("main_purpose"), typed) == ("ECON", "CULT")


def test_several_words_may_stand_on_lines_of_their_own(read):
    value, [notice] = read(AGREEMENT("main_purpose"), "ECON\nCULT")
    assert value == ("ECON", "CULT")
    assert "a new line separates as a semicolon does" in notice


def test_a_cell_with_some_letters_struck_out_is_refused(policy):
    cell = RawCell("Milan Turin", "@", False, False, "some")
    with pytest.raises(RefusedError, match='Some letters of "Milan Turin" are struck out'):
        read_cell(Reader(AGREEMENT("partner"), policy), cell)


def test_a_cell_of_semicolons_is_blank(value_of):
    assert value_of(AGREEMENT("main_purpose"), "; ;") is None


def test_a_date_among_several_texts_is_refused(refusal):
    sectors = BY_NAME["Partners"].column("sectors")
    assert "turned this text" in refusal(sectors, moment("2018-04-02"))


def test_a_long_text_is_quoted_in_short(refusal):
    message = refusal(Kind.NUMBER, "about forty thousand dollars a year\n" * 20)
    assert message.startswith('"about forty')
    assert len(message) < 150
    assert "\n" not in message


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2018/03", "2018-03"),
        ("03/2018", "2018-03"),
        ("12.2018", "2018-12"),
        ("2018.12.31", "2018-12-31"),
        ("20181231", "2018-12-31"),
        ("2018-3-4", "2018-03-04"),
    ],
)
def test_a_date_in_another_order_is_refused_with_what_to_type(refusal, typed, meant):
    assert f"Type {meant}, if that is meant." in refusal(Kind.DATE, typed)


@pytest.mark.parametrize("typed", ["2018/13", "1967/68", "0000-00-00", "spring 2018"])
def test_nothing_is_proposed_for_what_is_no_other_order_of_a_day(refusal, typed):
    assert "if that is meant" not in refusal(Kind.DATE, typed)
