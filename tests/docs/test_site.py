"""The built site: no link is dead, nothing comes from elsewhere, it reads on a phone and with a screen reader.

It is looked at as it lies in docs/_build/html; `.ci/run` builds it first, CONTRIBUTING.md says how.
"""

import re
from functools import cache, partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

import pytest

SITE = Path(__file__).parents[2] / "docs" / "_build" / "html"
PAGES = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html") if "_static" not in path.parts)
KINDS = {
    "home": ["zh/index", "en/index", "index"],
    "prose": ["zh/tutorial", "en/definitions", "zh/definitions", "en/faq", "zh/how_to/history", "zh/trust"],
    "reference": ["zh/scenario_reference", "zh/errors", "en/errors", "zh/growth_models", "zh/glossary", "en/scenario"],
    "api": [f"en/api{name}" for name in ("", "/cqsim.run", "/cqsim.Result", "/cqsim.Compound")],
    "plug-ins": ["en/api/cqsim.growth.base.GrowthModel", "en/add_a_growth_model"],
    "pictures": ["zh/charts", "en/charts", "zh/places/nanchuan", "zh/coverage", "zh/lookback", "en/trust"],
    "notebook": [page.removesuffix(".html") for page in PAGES if page.startswith("zh/notebooks/")][:5],
}
pytestmark = [pytest.mark.site, pytest.mark.skipif(not PAGES, reason="the site is not built")]


class Page(HTMLParser):
    """What a page refers to, what may be referred to on it, and how it begins."""

    def __init__(self, text):
        super().__init__()
        self.links, self.loads, self.ids, self.language = [], [], set(), None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.ids |= {attrs[key] for key in ("id", "name") if key in attrs}
        if tag == "html":
            self.language = attrs.get("lang")
        if tag == "a" and attrs.get("href"):
            self.links.append(attrs["href"])
        elif attrs.get("src") or (tag == "link" and attrs.get("rel") != "canonical"):
            self.loads.append(attrs.get("src") or attrs["href"])


@cache
def parsed(name):
    return Page((SITE / name).read_text(encoding="utf-8"))


def dead(name, link):
    """Whether a reference of a page leads nowhere in the site."""
    parts = urlsplit(unquote(link))
    target = (SITE / name).parent / parts.path if parts.path else SITE / name
    if not target.exists():
        return True
    inside = target.resolve().relative_to(SITE.resolve()).as_posix()
    return bool(parts.fragment) and inside in PAGES and parts.fragment not in parsed(inside).ids


def test_no_reference_inside_the_site_is_dead():
    found = [
        (name, link)
        for name in PAGES
        for link in parsed(name).links + parsed(name).loads
        if not re.match(r"\w+:", link) and dead(name, link)
    ]
    assert len(PAGES) > 90
    assert found == []


def test_no_page_loads_anything_from_elsewhere():
    assert [(name, link) for name in PAGES for link in parsed(name).loads if re.match(r"\w+:|//", link)] == []
    styles = "".join(path.read_text(encoding="utf-8") for path in SITE.rglob("*.css"))
    assert re.findall(r"""(?:@import|url\()\s*["']?(?:https?:)?//""", styles) == []


def test_a_page_states_its_language():
    assert parsed("zh/tutorial.html").language == "zh-CN"
    assert parsed("en/tutorial.html").language == parsed("en/api/cqsim.run.html").language == "en"


def test_every_message_about_a_scenario_is_in_both_catalogues():
    from cqsim.messages.en import problems, reading, tables

    sentences = [key for module in (reading, problems, tables) for key in module.SENTENCES]
    keys = {key.replace("_", "-") for key in sentences if "." not in key and key != "with_hint"}  # others are parts
    for language in ("zh", "en"):
        ids = parsed(f"{language}/errors.html").ids
        assert {id.removeprefix(f"{language}-error-") for id in ids if id.startswith(f"{language}-error-")} == keys


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def address():
    """Where the site is served, as its readers meet it."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=SITE)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def visit(chromium, address):
    """Open pages in a window of a size and a colour scheme; nothing may come from another machine or fail."""
    said, windows = [], []

    def go(name, width=1366, scheme="light"):
        page = chromium.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda one: None if one.url.startswith((address, "data:")) else said.append(one.url))
        page.on("requestfailed", lambda one: said.append(f"failed: {one.url}"))
        page.goto(f"{address}/{name}")
        windows.append(page)
        return page

    yield go
    for page in windows:
        page.close()
    assert said == []


@pytest.mark.browser
def test_no_page_is_wider_than_a_phone(visit):
    page = visit("index.html", width=360)
    home, wide = page.url.removesuffix("index.html"), []
    for name in PAGES:
        page.goto(f"{home}{name}")
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(name)
    assert wide == []


@pytest.mark.browser
@pytest.mark.parametrize("name", [name for names in KINDS.values() for name in names])
def test_a_page_is_accessible(visit, violations, name):
    assert violations(visit(f"{name}.html")) == []


@pytest.mark.browser
@pytest.mark.parametrize("name", [name for names in KINDS.values() for name in names[:2]])
def test_a_page_is_accessible_in_the_dark(visit, violations, name):
    assert violations(visit(f"{name}.html", scheme="dark")) == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("asked", "page"), [("达标概率", "zh/tutorial"), ("volatility", "en/definitions"), ("龚珀兹", "zh/growth_models")]
)
def test_the_search_finds_chinese_and_english(visit, asked, page):
    window = visit(f"search.html?q={asked}")
    window.wait_for_function("document.querySelectorAll('#search-results li').length > 0", timeout=20_000)
    window.wait_for_timeout(1500)  # results come one by one
    hrefs = window.eval_on_selector_all("#search-results a", "links => links.map(link => link.getAttribute('href'))")
    assert any(href.startswith(f"{page}.html") for href in hrefs)
