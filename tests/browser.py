"""A real browser for tests, that of the machine: Chromium, driven by Playwright."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def find_browser() -> str:
    """Return the machine's browser; where there is none, the test says so and is skipped."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    return found


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Yield a browser without a window, and end it."""
    path = find_browser()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()


def address(path: Path, fragment: str = "") -> str:
    """Return the address of a file."""
    return f"{path.resolve().as_uri()}{fragment}"
