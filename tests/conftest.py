"""Chromium for the tests that open pages; shapes checked where `CQSIM_SHAPES` is set."""

import os
import shutil
from importlib.util import find_spec

import pytest
from tests.shapes import install

if "CQSIM_SHAPES" in os.environ:
    install()  # before anything imports the modules that it checks

BROWSER = shutil.which("chromium")
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


@pytest.fixture(scope="session")
def chromium():
    """A browser without windows; the test is skipped where there is none."""
    if BROWSER is None or find_spec("playwright") is None:
        pytest.skip("needs chromium and cqsim[browser]")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=BROWSER, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def violations():
    """What axe-core finds wrong on an open page: rule and first element of each."""

    def found(page):
        from axe_playwright_python.sync_playwright import Axe

        return [(one["id"], one["nodes"][0]["html"][:200]) for one in Axe().run(page).response["violations"]]

    return found


@pytest.fixture(scope="session")
def tally_of():
    """What a result was read from, drawn again."""
    from cqsim.answers.options import Settings
    from cqsim.answers.run import draw

    def find(result):
        settings = Settings.of(result.scenario, {"paths": result.paths, "seed": result.seed, "range": False})
        return draw([result.scenario], [None], settings).tallies[0]

    return find
