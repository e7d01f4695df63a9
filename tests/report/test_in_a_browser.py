"""Every kind of page in a real browser: axe finds nothing, nothing is asked for, all fits."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import address, open_browser
from click.testing import CliRunner
from openpyxl import Workbook

from toolkit.cli import cli
from toolkit.files.shipped import ROOT

pytestmark = pytest.mark.long
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
KINDS = (
    "index.html",
    "sample/2025/index.html",
    "sample/2025/annual-review.html",
    "sample/2025/agreement-review.html",
    "sample/2025/outcome-evaluation.html",
    "sample/2025/mou-reclassification.html",
    "sample/2025/proposal-screening.html",
    "sample/2025/agreements/a-007-*.html",
    "sample/2025/agreements/a-001-*.html",
    "toronto-2018/2018/annual-review.html",
    "toronto-2018/2018/agreements/t-01-*.html",
    "failed-*.html",
    "public/sample/2025/index.html",
    "public/sample/2025/by-sector.html",
    "public/sample/2025/year.html",
    "public/sample/2025/agreements/a-001-*.html",
    "public/toronto-2018/2018/agreements/t-01-*.html",
)
ANSWER = {1280: 900, 400: 850}  # by the width: within how many pixels the first answer stands


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """Return what a demo makes, and the page of a notebook that failed."""
    folder = tmp_path_factory.mktemp("pages")
    done = CliRunner().invoke(cli, ["demo", "-o", str(folder)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    failed = folder / "failed.ipynb"
    shutil.copy(ROOT / "notebooks" / "annual_review.ipynb", failed)
    command = [
        sys.executable,
        "-m",
        "papermill",
        str(failed),
        str(failed),
        "-p",
        "workbook",
        "no.xlsx",
    ]
    subprocess.run(command, capture_output=True, check=False)
    CliRunner().invoke(cli, ["page", str(failed)])
    return folder


@pytest.fixture(scope="module")
def browser():
    with open_browser() as found:
        yield found


@pytest.fixture(params=KINDS, ids=lambda kind: Path(kind).stem)
def path(request, outputs):
    (found,) = outputs.glob(request.param)
    return found


def opened(browser, path, *, width=1280, dark=False):
    """Return a page, with what it asked for and said meanwhile."""
    scheme = "dark" if dark else "light"
    height = ANSWER.get(width, 800)
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: asked.append(message.text))
    page.goto(address(path))
    assert asked == [address(path)]
    return page


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400, 320])
def test_axe_finds_nothing_and_nothing_is_asked_for(browser, path, width, dark):
    page = opened(browser, path, width=width, dark=dark)
    found = Axe().run(page, options=RULES).response["violations"]
    page.close()
    told = [(v["id"], v["help"], [node["html"][:120] for node in v["nodes"][:3]]) for v in found]
    assert told == []


@pytest.mark.parametrize("width", [1280, 320])
def test_a_page_is_no_wider_than_the_window(browser, path, width):
    page = opened(browser, path, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("width", [1280, 400])
def test_the_keyboard_stops_on_what_moves_and_on_nothing_else(browser, path, width):
    page = opened(browser, path, width=width)
    page.evaluate(  # what can slide is known to the style sheet only once the page was drawn
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    moves, stops = page.evaluate(
        """() => {
            const regions = [...document.querySelectorAll('.scroll')];
            const wide = regions.filter(e => e.checkVisibility() && e.scrollWidth > e.clientWidth);
            const grips = regions.filter(e => e.querySelector('.grip').checkVisibility());
            return [wide, grips].map(found => found.map(e => e.getAttribute('aria-label')));
        }"""
    )
    others = page.locator('[tabindex="0"]:not(.grip)').count()
    page.close()
    assert stops == moves
    assert others == 0


def test_the_answer_stands_on_the_first_screen(browser, path):
    """The verdict, the first point or the first row: what a reader came for."""
    for width, most in ANSWER.items():
        page = opened(browser, path, width=width)
        first = page.locator("main .verdict, main li, main tbody tr, main p").first
        assert first.bounding_box()["y"] <= most
        page.close()


MOST_PAGES = {  # printed, on A4 and Letter
    "sample/2025/annual-review.html": 13,
    "sample/2025/agreement-review.html": 12,
    "sample/2025/outcome-evaluation.html": 12,
    "toronto-2018/2018/annual-review.html": 5,
    "register/2025/annual-review.html": 5,
    "sample/2025/agreements/*.html": 2,
    "toronto-2018/2018/agreements/*.html": 1,
    "register/2025/agreements/*.html": 1,
}
PAGE = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture(scope="module")
def register(outputs):
    """Add what a bare list of 28 agreements gives, as a city has it on its first afternoon."""
    workbook = Workbook()
    page = workbook.active
    page.title = "Agreements"
    page.append(("agreement_id", "partner", "country", "classification", "signed", "main_purpose"))
    kinds = ("sister city", "MOU", "Friendship", "Partnership")
    for n in range(28):
        purpose = (None, "ECON", "CULT")[n % 3]
        page.append((f"C-{n:02}", f"City {n}", "Japan", kinds[n % 4], 1966 + 2 * n, purpose))
    path = outputs / "register.xlsx"
    workbook.save(path)
    for verb in ("review", "reports"):
        asked = [verb, str(path), "--year", "2025", "--as-of", "2025-12-31", "-o", str(outputs)]
        done = CliRunner().invoke(cli, [*asked, "--quiet"], catch_exceptions=False)
        assert done.exit_code == 0, done.output
    return outputs


@pytest.mark.parametrize("pattern", MOST_PAGES)
def test_a_page_prints_on_few_sheets(browser, register, pattern):
    page, counts = browser.new_page(), {}
    for path in register.glob(pattern):
        page.goto(address(path))
        for paper in ("A4", "Letter"):
            counts[path.name, paper] = len(PAGE.findall(page.pdf(format=paper)))
    page.close()
    assert counts
    assert {key: n for key, n in counts.items() if not 0 < n <= MOST_PAGES[pattern]} == {}
