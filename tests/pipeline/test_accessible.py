"""Every page can be used by everyone: seen in a browser, with the rules of axe-core.

The site has every report in both languages, and the pages of three provinces: one that was split,
one that was made by the split, one that was not.
"""

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from project_copy import Project

from analysis.paths import NOTEBOOKS, ROOT

pytestmark = pytest.mark.exhaustive
EDITIONS = (ROOT / "src" / "analysis" / "site" / "editions.toml").read_text("utf-8")
PROVINCES = re.compile(r"each\.province = \[.*?\]", re.DOTALL)
WIDTHS = (360, 1440)
LEAST = 9  # pixels of the type of a figure on a phone
# Texts of figures that leave their figure, and sizes of those that are too small.
OUTSIDE = """figures => figures.flatMap(figure => {
  const room = figure.getBoundingClientRect();
  return [...figure.querySelectorAll("text")]
    .map(text => [text.textContent, text.getBoundingClientRect()])
    .filter(([, box]) => box.left < room.left - 1 || box.right > room.right + 1
      || box.top < room.top - 1 || box.bottom > room.bottom + 1)
    .map(([words]) => words);
})"""
SIZES = """texts => texts.map(text => {
  const {a, b} = text.getScreenCTM();
  return parseFloat(getComputedStyle(text).fontSize) * Math.hypot(a, b);
})"""
# The links of a drawing say where they lead in another way.
TARGETS = "a => a.map(x => new URL(x.getAttribute('href'), document.baseURI).href)"
PAGE, INDEX = 1_000_000, 300_000  # bytes that a page and an index may have


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Build the site, and return its pages."""
    notebooks = tuple(path.stem for path in NOTEBOOKS.glob("[0-9]*.ipynb"))
    found, times = PROVINCES.subn('each.province = ["32", "91", "96"]', EDITIONS)
    assert times == 1
    project = Project(tmp_path_factory.mktemp("whole"), notebooks, found)
    result = project.build()
    assert result.returncode == 0, result.stdout
    reports = project.root / "reports"
    return sorted(path for path in reports.rglob("*.html") if path.name != "ringkasan.html")


@pytest.fixture
def tab(browser):
    """Open a page in a window of a width, in place of the one before it."""
    opened = []

    def show(path, width):
        while opened:
            opened.pop().close()
        opened.append(browser.new_page(viewport={"width": width, "height": 800}))
        opened[-1].goto(path.as_uri())
        return opened[-1]

    yield show
    for each in opened:
        each.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(pages, browser, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    for path in pages:
        tab = browser.new_page(viewport={"width": width, "height": 800})
        tab.goto(path.as_uri())
        found = axe.run(tab).response["violations"]
        tab.close()
        broken = [(rule["id"], rule["nodes"][0]["html"]) for rule in found]
        assert (path.name, broken) == (path.name, [])


def test_axe_would_find_something(browser, tmp_path):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = tmp_path / "a.html"
    page.write_text("<title>a</title><img src='data:,'>")
    tab = browser.new_page()
    tab.goto(page.as_uri())
    assert {"image-alt", "html-has-lang"} <= {
        rule["id"] for rule in axe.run(tab).response["violations"]
    }


def test_nothing_scrolls_sideways_on_the_narrowest_phone(pages, tab):
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert [path.name for path in pages if tab(path, 320).evaluate(wide)] == []


@pytest.mark.parametrize("font", ["DejaVu Sans", "sans-serif"])
def test_the_words_of_figures_are_large_enough_and_stay_inside(pages, tab, font):
    for path in pages:
        opened = tab(path, 360)
        assert opened.locator("figure.gambar > img").count() == 0
        figures = "figure > svg[role=img][font-family]"
        opened.eval_on_selector_all(
            figures, f"all => all.forEach(each => each.setAttribute('font-family', '{font}'))"
        )
        sizes = opened.eval_on_selector_all(f"{figures} text", SIZES)
        assert (path.name, min(sizes, default=LEAST) >= LEAST) == (path.name, True)
        assert (path.name, opened.eval_on_selector_all(figures, OUTSIDE)) == (path.name, [])


def test_pages_are_small(pages):
    sizes = {path.name: path.stat().st_size for path in pages}
    assert {name for name, size in sizes.items() if size > PAGE} == set()
    assert max(size for name, size in sizes.items() if name.startswith("index")) <= INDEX


def test_a_policy_brief_has_two_pages_of_paper(pages, tab):
    briefs = [path for path in pages if "_risalah_" in path.stem]
    printed = {path.name: tab(path, 1440).pdf(prefer_css_page_size=True) for path in briefs}
    lengths = {name: len(re.findall(rb"/Type\s*/Page\b", pdf)) for name, pdf in printed.items()}
    assert lengths == dict.fromkeys(printed, 2)
    assert len(briefs) >= 12  # six in each language


def test_every_link_leads_to_a_file(pages, tab):
    for path in pages:
        links = tab(path, 1440).eval_on_selector_all("a[href]", TARGETS)
        files = [link.partition("#")[0] for link in links if link.startswith("file:")]
        missing = [link for link in files if not _path(link).is_file()]
        assert (path.name, missing) == (path.name, [])


def _path(address):
    return Path(unquote(urlsplit(address).path))


def test_the_keyboard_reaches_the_page_of_a_province(pages, tab):
    (index,) = (path for path in pages if path.name == "index.html")
    opened = tab(index, 360)
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.className") == "skip"
    opened.keyboard.press("Enter")
    while opened.evaluate("document.activeElement.id") != "cari":
        opened.keyboard.press("Tab")
    opened.keyboard.type("jawa b")
    assert opened.locator("#provinsi li:visible").all_inner_texts() == ["Jawa Barat"]
    found = opened.locator("#provinsi li:visible, #laporan > li:visible").count()
    assert opened.locator("#ditemukan").inner_text().startswith(f"{found} ")
    opened.keyboard.press("Enter")
    opened.wait_for_url("**/15_profil_provinsi-32.html")
    assert opened.locator("h1").inner_text().endswith("Jawa Barat")


def test_one_switch_shows_all_code(pages, tab):
    page = next(path for path in pages if path.name == "01_distribusi-en.html")
    opened = tab(page, 360)
    code = opened.locator("pre.kode")
    assert code.count() > 5
    assert opened.locator("pre.kode:visible").count() == 0
    opened.locator("#kode").focus()
    opened.keyboard.press("Space")
    assert opened.locator("pre.kode:visible").count() == code.count()
