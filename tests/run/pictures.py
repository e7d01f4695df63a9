"""Takes the pictures of README and guide, in Chromium: `python tests/run/pictures.py`."""

import tempfile
from pathlib import Path

from click.testing import CliRunner
from lab_rounds import GOOD, lay_out_city, open_browser, open_lab, run_all

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


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as where:
        take_pages(Path(where))
        take_lab(Path(where))
