"""Rounds in a real JupyterLab: a good workbook, a bad one, none; nothing of another is ever shown.

`python tests/run/lab_rounds.py 10` plays ten rounds, in one kernel; what it finds is an error.
"""

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page

sys.path.append(str(Path(__file__).parents[1]))
from browser import open_browser

from toolkit.files.shipped import ROOT
from toolkit.files.start import lay_out
from toolkit.run.notebook import write_page

GOOD, BAD, NONE = "toronto-2018.xlsx", "bad.xlsx", "nowhere.xlsx"
PARAMETERS = (
    'workbook: str = "{}"\npolicy: str = "data/policy.toml"\nyear: int = {}\nas_of: str = ""\n'
    'previous: str = ""'
)
OF_THE_GOOD_ONE = "Chongqing"
NOTEBOOK = "annual_review.ipynb"
WAIT = 120_000  # ms
QUIET = 6  # looks, half a second apart, that find the kernel idle


def lay_out_city(folder: Path) -> Path:
    """Lay out a city's folder with a good workbook and a bad one."""
    lay_out(folder, year=2018)
    shutil.copy(ROOT / "data" / GOOD, folder)
    workbook = load_workbook(folder / GOOD)
    workbook["Agreements"]["D3"] = "Freindship"
    workbook.save(folder / BAD)
    return folder


@contextmanager
def open_lab(folder: Path) -> Iterator[Page]:
    """Yield a notebook that is open in JupyterLab, and end both."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [f"--port={port}", "--no-browser", "--allow-root", f"--ServerApp.root_dir={folder}"]
    options += ["--IdentityProvider.token=", "--LabApp.news_url=None"]
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *options],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        with open_browser() as browser:
            page = browser.new_page(viewport={"width": 1400, "height": 1000})
            page.goto(f"http://127.0.0.1:{port}/lab/tree/{NOTEBOOK}?reset")
            page.locator(".jp-CodeCell .cm-content").first.wait_for(timeout=WAIT)
            page.wait_for_function(IS_IDLE, timeout=WAIT)
            yield page
    finally:
        server.terminate()
        server.wait(30)


IS_IDLE = "document.querySelector('.jp-StatusBar-Widget')?.innerText.includes('Idle')"


def _wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit("JupyterLab did not start")


def run_all(page: Page, workbook: str, year: int = 2018) -> None:
    """Type the parameters and choose Run All Cells; return once the kernel has done."""
    cell = page.locator(".jp-CodeCell .cm-content").first
    cell.scroll_into_view_if_needed()
    cell.click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(PARAMETERS.format(workbook, year))
    page.keyboard.press("Escape")
    _choose(page, "Run", "Run All Cells")
    _let_it_end(page)


def _choose(page: Page, menu: str, item: str) -> None:
    page.locator(f'.lm-MenuBar-itemLabel >> text="{menu}"').click()
    page.locator(f'.lm-Menu-itemLabel >> text="{item}"').click()


def _let_it_end(page: Page) -> None:
    """Wait until no cell runs or waits and the kernel is idle, and stays so: it is between cells
    for a moment, and those out of view show no star.
    """
    quiet = 0
    while quiet < QUIET:
        page.wait_for_timeout(500)
        page.wait_for_function(
            f"""() => {IS_IDLE} && ![...document.querySelectorAll('.jp-InputPrompt')].some(
                e => e.innerText.includes('*'))""",
            timeout=WAIT,
        )
        is_idle = page.evaluate(f"() => Boolean({IS_IDLE})")
        quiet = quiet + 1 if is_idle else 0


def shown(page: Page) -> str:
    """Return what the outputs of the notebook say."""
    return "\n".join(page.locator(".jp-Notebook .jp-OutputArea-output").all_inner_texts())


def run_last_cell(page: Page) -> None:
    """Run the last cell by itself, as a person who goes on after a failure."""
    page.locator(".jp-CodeCell .jp-InputArea").last.click()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    _let_it_end(page)


def export(page: Page, folder: Path) -> tuple[str, list[str]]:
    """Save, make the page of the saved notebook; return it, and why it is no report."""
    page.keyboard.press("Control+S")
    page.wait_for_timeout(1500)
    path, why = write_page(folder / NOTEBOOK)
    return path.read_text("utf-8"), why


def play(page: Page, folder: Path, expected: str) -> list[str]:
    """Play one round; return what went wrong."""
    run_all(page, GOOD)
    told, (made, why) = shown(page), export(page, folder)
    found = [f"{GOOD} did not end: {told[-300:]}"] if f"Done: {GOOD}, 2018." not in told else []
    found += [f"its page is another one: {why}"] if why or made != expected else []
    for workbook in (BAD, NONE):
        run_all(page, workbook)
        run_last_cell(page)
        told, (made, why) = shown(page), export(page, folder)
        is_shown = OF_THE_GOOD_ONE in told or "Done:" in told
        found += [f"after {workbook} is shown: {told[:300]}"] if is_shown else []
        found += [f"{workbook} made a page"] if not why or OF_THE_GOOD_ONE in made else []
    return found


def play_rounds(folder: Path, count: int) -> list[str]:
    """Return what went wrong in so many rounds."""
    from click.testing import CliRunner

    from toolkit.cli import cli

    city = lay_out_city(folder / "city")
    asked = ["review", str(city / GOOD), "--year", "2018", "--policy", "data/policy.toml"]
    done = CliRunner().invoke(cli, [*asked, "-o", str(folder / "outputs"), "--quiet"])
    assert done.exit_code == 0, done.output
    expected = (folder / "outputs/toronto-2018/2018/annual-review.html").read_text("utf-8")
    with open_lab(city) as page:
        return [told for _ in range(count) for told in play(page, city, expected)]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as where:
        wrong = play_rounds(Path(where), int(sys.argv[1]))
    sys.stdout.write("\n".join(wrong) + "\n" if wrong else f"{sys.argv[1]} rounds, nothing wrong\n")
    sys.exit(1 if wrong else 0)
