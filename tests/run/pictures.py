"""Takes the pictures of README and guide: `python tests/run/pictures.py`.

Pages are taken in Chromium, spreadsheets in LibreOffice Calc on a virtual screen: it needs Debian's
`chromium`, `libreoffice-calc`, `xvfb`, `openbox` and `imagemagick`.
"""

import os
import signal
import subprocess
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from click.testing import CliRunner
from lab_rounds import GOOD, lay_out_city, open_browser, open_lab, run_all
from openpyxl import load_workbook

from toolkit.cli import cli

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "pictures"
OF_PAGES = (  # name, page, width, height, colours
    ("annual-review", "annual-review.html", 1280, 860, "light"),
    ("agreement-report", "agreements/a-001-nordhafen.html", 1280, 900, "light"),
    ("annual-review-telephone", "annual-review.html", 400, 850, "dark"),
)


def take_pages(folder: Path) -> None:
    """Take the first screen of some pages of the fictional city."""
    for verb in ("review", "reports"):
        asked = [verb, str(ROOT / "data" / "sample.xlsx"), "--year", "2025", "-o", str(folder)]
        CliRunner().invoke(cli, [*asked, "--quiet"], catch_exceptions=False)
    with open_browser() as browser:
        for name, page, width, height, scheme in OF_PAGES:
            size = {"width": width, "height": height}
            found = browser.new_page(viewport=size, color_scheme=scheme)
            found.goto((folder / "sample" / "2025" / page).as_uri())
            found.screenshot(path=PICTURES / f"{name}.png")


def take_lab(folder: Path) -> None:
    """Take a notebook that ran in JupyterLab."""
    with open_lab(lay_out_city(folder / "city")) as page:
        run_all(page, GOOD)
        page.add_style_tag(content=".Toastify { display: none }")  # what Lab asks a newcomer
        page.locator(".jp-CodeCell").first.scroll_into_view_if_needed()
        page.mouse.move(700, 500)
        page.mouse.wheel(0, -100_000)
        page.wait_for_timeout(1000)
        page.screenshot(path=PICTURES / "jupyterlab.png")


def run(*words: object) -> None:
    """Run a command of the toolkit."""
    CliRunner().invoke(cli, list(map(str, words)), standalone_mode=False)


def take_spreadsheets(folder: Path) -> None:
    """Take the blank form, a checked copy, and a workbook of the data call."""
    sample, wrong = ROOT / "data" / "sample.xlsx", folder / "my.xlsx"
    blank = folder / "new" / "blank.xlsx"  # beside a policy of its own
    blank.parent.mkdir()
    run("new", blank)
    workbook = load_workbook(sample)
    workbook["Agreements"]["D3"] = "Freindship"
    workbook.save(wrong)
    run("check", wrong)
    run("rollover", sample, folder / "next.xlsx", "--to", 2026)
    run("request", folder / "next.xlsx", "--year", 2026, "-o", folder / "sent")
    asked = next((folder / "sent").rglob("trade-and-investment-unit.xlsx"))
    for name, path, sheet, row in (
        ("blank-workbook", blank, "Agreements", 1),
        ("checked-copy", folder / "my - checked.xlsx", "Agreements", 1),
        ("data-call", asked, "Results", 60),
    ):
        shown = folder / f"{name}.xlsx"
        open_at(path, sheet, row, shown)
        take_screen(shown, PICTURES / f"{name}.png", folder / "profile")


def open_at(path: Path, sheet: str, row: int, shown: Path) -> None:
    """Save a workbook so that it opens at a row of a sheet."""
    workbook = load_workbook(path)
    workbook.active = workbook[sheet]
    for page in workbook:
        page.sheet_view.tabSelected = page.title == sheet
    if (pane := workbook[sheet].sheet_view.pane) and row > 1:
        pane.topLeftCell = f"{pane.topLeftCell.rstrip('0123456789')}{row}"
    workbook.save(shown)


def take_screen(path: Path, picture: Path, profile: Path) -> None:
    """Take the screen with a workbook open in LibreOffice Calc."""
    office = ("soffice", "--norestore", "--nologo", f"-env:UserInstallation={profile.as_uri()}")
    with ExitStack() as started:
        for command in (
            ("Xvfb", ":77", "-screen", "0", "1280x640x24"),
            ("openbox",),
            (*office, "--calc", str(path)),
        ):
            one = subprocess.Popen(
                command, env=os.environ | {"DISPLAY": ":77"}, start_new_session=True,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            started.callback(os.killpg, one.pid, signal.SIGTERM)
            time.sleep(2)
        time.sleep(18)
        subprocess.run(("import", "-display", ":77", "-window", "root", picture), check=True)
    time.sleep(2)


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as where:
        take_pages(Path(where))
        take_spreadsheets(Path(where))
        take_lab(Path(where))
