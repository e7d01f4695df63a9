"""How pages become PDF files: by the browser that is found on the machine.

It prints the page as its print style lays it out, with an outline of its headings; nothing of its
own goes into margins, for that would be the path of the file.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from toolkit.model.issues import InputError

OWN = "PARTNERSHIPS_BROWSER"
NAMES = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge",
    "microsoft-edge", "microsoft-edge-stable",
)  # fmt: skip
PLACES = (  # where they lie without being on the path
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
TO_FILES = re.compile(r'<a href="(?!#|https?:|mailto:)[^"]*"')  # a PDF would hold their paths
SECONDS = 120  # that a page may take
NO_BROWSER = (
    "No browser was found to print with. Install Chromium, Chrome or Edge, or name one in the "
    f"environment variable {OWN}. The HTML pages are made."
)


def find_browser() -> str:
    """Return the browser to print with.

    Raises
    ------
    InputError
        None is found.
    """
    found = (shutil.which(name) for name in (os.environ.get(OWN, ""), *NAMES) if name)
    there = (place for place in PLACES if Path(place).is_file())
    browser = next(filter(None, (*found, *there)), None)
    if browser is None:
        raise InputError(NO_BROWSER)
    return browser


def print_pages(pages: Sequence[Path]) -> list[Path]:
    """Print pages beside themselves, and return the PDF files.

    Raises
    ------
    InputError
        No browser is found, or it does not print a page.
    """
    browser = find_browser()
    with tempfile.TemporaryDirectory() as profile:
        return [_print_page(browser, profile, page) for page in pages]


def _print_page(browser: str, profile: str, page: Path) -> Path:
    made = page.with_suffix(".pdf").resolve()
    shown = Path(profile) / "page.html"
    shown.write_text(TO_FILES.sub("<a", page.read_text("utf-8")), "utf-8")
    command = [
        browser,
        "--headless",
        "--disable-gpu",
        *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
        f"--user-data-dir={profile}",
        "--no-pdf-header-footer",
        "--generate-pdf-document-outline",
        f"--print-to-pdf={made}",
        shown.as_uri(),
    ]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
    except (OSError, subprocess.SubprocessError):
        raise InputError(f"{page}: {Path(browser).name} did not print this page.") from None
    if not made.is_file():
        raise InputError(f"{page}: {Path(browser).name} did not print this page.")
    return page.with_suffix(".pdf")
