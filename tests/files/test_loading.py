"""A file that is no workbook, or that would cost minutes to read, is refused in a sentence."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from toolkit.files.loading import load
from toolkit.model.issues import InputError

OLE = b"\xd0\xcf\x11\xe0"
XML_2003 = b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def saved(tmp_path):
    """Return what saves one sheet, with one passage of one of its parts replaced."""

    def save(fill=lambda page: None, part=SHEET, old=b"", new=b""):
        workbook, path = Workbook(), tmp_path / "city.xlsx"
        workbook.active.title = "Agreements"
        workbook.active.append(["agreement_id", "partner"])
        fill(workbook.active)
        stream = io.BytesIO()
        workbook.save(stream)
        with zipfile.ZipFile(stream) as source, zipfile.ZipFile(path, "w", 8) as target:
            for name in source.namelist():
                content = source.read(name)
                assert name != part or old in content
                target.writestr(name, content.replace(old, new) if name == part else content)
        return path

    return save


def refusal(path):
    with pytest.raises(InputError) as caught:
        load(path)
    return str(caught.value).removeprefix(f"{path.name}: ")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "the file is empty."),
        (b"agreement_id,partner\n", "this is not an Excel workbook. Open it in Excel"),
        (b"PK\x03\x04 broken", "the workbook is damaged and cannot be opened."),
        (b"\xd0\xcf\x11\xe0 old", "this is an old .xls file or has a password."),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "this workbook has a password."),
        (OLE + "Workbook".encode("utf-16-le"), "this is an old .xls file. Open it in Excel"),
        (b"<html><table>", "this is a web page (HTML) under the name of a workbook."),
        (b"\xef\xbb\xbf\n<TABLE>", "this is a web page (HTML) under the name of a workbook."),
        ("<html>".encode("utf-16"), "this is a web page (HTML) under the name of a workbook."),
        (XML_2003, "this is an XML Spreadsheet 2003."),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path, content, says):
    path = tmp_path / "city.xlsx"
    path.write_bytes(content)
    assert refusal(path).startswith(says)


ODS = "application/vnd.oasis.opendocument.spreadsheet"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("mimetype", "x", "this is another kind of spreadsheet. Open it in Excel"),
        ("mimetype", ODS, "this is an OpenDocument spreadsheet (.ods). Open it in Excel"),
        ("xl/workbook.bin", "x", "this is a binary workbook (.xlsb). Open it in Excel"),
        ("Index/Document.iwa", "x", "this is a workbook of Apple Numbers."),
        ("word/document.xml", "x", "this is a document of Word or PowerPoint"),
        ("letter.txt", "x", "this is a zip archive, not a workbook."),
    ],
)
def test_another_kind_of_archive_is_refused_by_its_name(tmp_path, name, content, says):
    path = tmp_path / "city.xlsx"
    with zipfile.ZipFile(path, "w") as container:
        container.writestr(name, content)
    assert refusal(path).startswith(says)


def test_a_workbook_whose_end_is_missing_is_to_be_fetched_again(saved):
    path = saved()
    path.write_bytes(path.read_bytes()[:-400])
    assert "Its end is missing, as after an interrupted download" in refusal(path)


def test_a_folder_or_a_missing_file_is_refused(tmp_path):
    assert "the file cannot be read" in refusal(tmp_path)
    assert "there is no such file" in refusal(tmp_path / "none.xlsx")


def test_a_value_far_from_the_table_is_refused(saved):
    path = saved(lambda page: page.__setitem__("XFD1048576", 1))
    assert 'sheet "Agreements" holds something in XFD1048576, far from every table.' in refusal(
        path
    )


def test_a_merged_area_over_the_whole_sheet_is_refused(saved):
    path = saved(lambda page: page.merge_cells("A2:B3"), old=b"A2:B3", new=b"A2:XFD1048576")
    assert refusal(path) == "too many cells are merged. Unmerge them."


def test_thousands_of_merged_areas_are_refused(saved):
    areas = b"".join(b'<mergeCell ref="A%d:B%d"/>' % (row, row) for row in range(5, 10_005))
    path = saved(
        lambda page: page.merge_cells("A2:B3"), old=b"</mergeCells", new=areas + b"</mergeCells"
    )
    assert "too many cells are merged" in refusal(path)


def test_a_link_over_the_whole_sheet_stops_nobody(saved):
    def link(page):
        page["A2"].hyperlink = "https://city.example"

    path = saved(link, old=b'ref="A2"', new=b'ref="A2:XFD1048576"')
    assert load(path).sheets["Agreements"].header == {"A": "agreement_id", "B": "partner"}


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [(SHEET, b"<v>4711</v>", b"<v>NaN</v>"), ("xl/workbook.xml", b"<sheets>", b"<sheets")],
    ids=["no number", "XML"],
)
def test_a_damaged_part_is_refused(saved, part, old, new):
    message = refusal(saved(lambda page: page.__setitem__("A2", 4711), part, old, new))
    assert message.startswith("the workbook is damaged and cannot be opened.")


def test_a_formula_that_shows_nothing_is_a_blank(saved):
    path = saved(
        lambda page: page.__setitem__("A2", "=B2"),
        old=b'<c r="A2"><f>B2</f><v /></c>',
        new=b'<c r="A2" t="str"><f>B2</f><v></v></c>',
    )
    assert not load(path).sheets["Agreements"].rows


def test_a_formula_that_was_never_calculated_is_kept_as_such(saved):
    cell = load(saved(lambda page: page.__setitem__("A2", "=B2"))).sheets["Agreements"].rows[2]["A"]
    assert (cell.value, cell.formula) == (None, True)


def test_an_unknown_header_formula_has_no_python_word(saved):
    header = load(saved(lambda page: page.__setitem__("C1", "=B1"))).sheets["Agreements"].header
    assert header == {"A": "agreement_id", "B": "partner", "C": ""}


def test_the_title_is_that_of_the_workbook_or_the_file_name(saved):
    assert load(saved()).title == "city"


@pytest.mark.parametrize(
    ("stored", "text"),
    [("a_x000A_b", "a\nb"), ("_x005F_x000A_", "_x000A_"), ("_xD800_", "_xD800_")],
)
def test_a_character_that_xml_cannot_hold_is_read_and_half_a_one_is_not(saved, stored, text):
    cell = b'<c r="A2" t="inlineStr"><is><t>%s</t></is></c>'
    path = saved(
        lambda page: page.__setitem__("A2", 7),
        old=b'<c r="A2" t="n"><v>7</v></c>',
        new=cell % stored.encode(),
    )
    assert load(path).sheets["Agreements"].rows[2]["A"].value == text
