"""Which kind of file was handed in: a workbook that can be opened, or one to save anew.

What is not an .xlsx workbook is refused in a sentence that names it, so that nobody looks for a
fault in its tables. Sentences come without the name of the file.
"""

import re
import zipfile

from toolkit.model.issues import InputError

SAVE_AS = "Open it in Excel and save it as Excel Workbook (.xlsx)."
CUT_OFF = "Its end is missing, as after an interrupted download or copy: get it again."
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
END_OF_ZIP = b"PK\x05\x06"
HTML = re.compile(rb"\s*(<!doctype\s+html|<html|<table|<meta|<head|<body|<div|mime-version:)", re.I)


def refuse_other_files(content: bytes) -> None:
    """Refuse what is no archive, by what it holds and not by its name.

    Raises
    ------
    InputError
        It is empty, another kind of file, or its end is missing.
    """
    if not content:
        raise InputError("the file is empty.")
    if content.startswith(OLD_OFFICE):
        raise InputError(_old_office(content))
    if not content.startswith(b"PK"):
        raise InputError(_no_archive(content[:4096]))
    if END_OF_ZIP not in content[-66_000:]:
        raise InputError(f"the workbook is damaged and cannot be opened. {CUT_OFF}")


def refuse_other_archives(container: zipfile.ZipFile) -> None:
    """Refuse an archive that is no .xlsx workbook.

    Raises
    ------
    InputError
        It is another kind of archive.
    """
    other = _other_archive(container)
    if other:
        raise InputError(other)


def _old_office(content: bytes) -> str:
    """Return what a file in the container of older Office programs is."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return (
            "this workbook has a password. "
            "Open it in Excel, remove the password and save it as Excel Workbook (.xlsx)."
        )
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return f"this is an old .xls file. {SAVE_AS} If it has a password, remove it first."
    return (
        "this is an old .xls file or has a password. "
        "In Excel, remove the password and save it as Excel Workbook (.xlsx)."
    )


def _no_archive(start: bytes) -> str:
    """Return what a file is that is no archive of parts, as every .xlsx workbook is."""
    text = start.removeprefix(b"\xef\xbb\xbf")
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = start.decode("utf-16", "replace").encode()
    if HTML.match(text):
        return f"this is a web page (HTML) under the name of a workbook. {SAVE_AS}"
    if b"urn:schemas-microsoft-com:office:spreadsheet" in text:
        return f"this is an XML Spreadsheet 2003. {SAVE_AS}"
    return f"this is not an Excel workbook. {SAVE_AS}"


def _other_archive(container: zipfile.ZipFile) -> str:
    """Return what an archive is that holds no .xlsx workbook, blank where it may be one."""
    names = set(container.namelist())
    kind = container.open("mimetype").read(100) if "mimetype" in names else b""
    if b"opendocument.spreadsheet" in kind:
        return f"this is an OpenDocument spreadsheet (.ods). {SAVE_AS}"
    if "mimetype" in names:
        return f"this is another kind of spreadsheet. {SAVE_AS}"
    if "xl/workbook.bin" in names:
        return f"this is a binary workbook (.xlsb). {SAVE_AS}"
    if any(name.endswith(".iwa") for name in names):
        return "this is a workbook of Apple Numbers. Export it there to Excel (.xlsx)."
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return "this is a document of Word or PowerPoint, not a workbook."
    is_workbook = any(name.replace("\\", "/").lower().startswith("xl/") for name in names)
    is_package = "[Content_Types].xml" in names
    return "" if is_workbook or is_package else "this is a zip archive, not a workbook. Unpack it."
