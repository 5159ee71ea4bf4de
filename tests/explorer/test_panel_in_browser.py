"""The explorer in JupyterLab: a slider is moved in a real browser and the answer follows."""

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from time import monotonic, sleep
from urllib.request import urlopen

import pytest

READY = all(map(find_spec, ("jupyterlab", "ipykernel")))
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not READY, reason="needs cqsim[notebooks]")]
SCENARIO = Path("scenarios/nanchuan.yaml").resolve()
MINUTE = 60_000  # a patient one, for machines with other work


@pytest.fixture
def server(tmp_path):
    """A JupyterLab of its own: port, folder and configuration."""
    shutil.copy(SCENARIO, tmp_path)
    cell = {"cell_type": "code", "id": "one", "metadata": {}, "outputs": [], "execution_count": None}
    cell["source"] = "import cqsim\ncqsim.explore('nanchuan.yaml')"
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": kernel, "cells": [cell]}
    (tmp_path / "explore.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    home = {name: str(tmp_path / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
    options = (
        "--no-browser",
        "--allow-root",
        "--ip=127.0.0.1",
        "--port=0",
        "--IdentityProvider.token=",
        "--log-level=ERROR",
    )
    command = [sys.executable, "-m", "jupyterlab", *options, "--LabApp.news_url=", f"--ServerApp.root_dir={tmp_path}"]
    with (tmp_path / "log").open("w") as log:
        running = subprocess.Popen(command, env={**os.environ, **home}, stdout=log, stderr=log)
        try:
            yield address(tmp_path / "JUPYTER_RUNTIME_DIR")
        finally:
            running.terminate()
            running.wait(30)


def address(runtime):
    """Where the server answers, once it does."""
    end = monotonic() + 60
    while monotonic() < end:
        for file in runtime.glob("jpserver-*.json"):
            found = json.loads(file.read_text())["url"]
            with urlopen(f"{found}api") as answer:
                assert answer.status == 200
            return found
        sleep(0.2)
    raise TimeoutError("JupyterLab does not answer")


def test_moving_a_slider_changes_the_probability(chromium, server):
    from playwright.sync_api import expect

    page = chromium.new_page(viewport={"width": 1366, "height": 900})
    page.goto(f"{server}lab/tree/explore.ipynb?reset")
    expect(page.get_by_text("(ipykernel) | Idle")).to_be_visible(timeout=MINUTE)
    page.locator(".jp-Notebook .cm-content").first.click(timeout=MINUTE)
    page.keyboard.press("Shift+Enter")
    chance = page.locator(".cqsim tbody tr").first.locator("td").first
    expect(chance).to_contain_text("%", timeout=MINUTE)
    before = chance.inner_text()
    chart = page.locator(".widget-image")
    drawn = chart.get_attribute("src")
    page.locator(".widget-slider .noUi-handle").first.focus()
    page.keyboard.press("ArrowLeft")
    expect(chance).not_to_contain_text(before.split("%")[0], timeout=MINUTE)
    assert share(chance.inner_text()) > share(before)
    assert share(page.locator(".cqsim tbody tr").first.locator("td").nth(1).inner_text()) == share(before)
    page.wait_for_function("drawn => document.querySelector('.widget-image').src !== drawn", arg=drawn)
    assert chart.evaluate("image => image.naturalWidth") > 500
    page.screenshot(path=os.environ.get("CQSIM_SCREENSHOT"))
    page.close()


def share(text):
    return float(text.split("%")[0])
