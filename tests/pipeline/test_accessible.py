"""Every page can be used by everyone: seen in a browser, with the rules of axe-core.

The site has every report in both languages, and the pages of three provinces: one that was split,
one that was made by the split, one that was not. Every page is opened once, and all that is asked
of it is asked then.
"""

import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from browsing import chromium
from project_copy import Project

from analysis.paths import NOTEBOOKS, ROOT

pytestmark = pytest.mark.exhaustive
EDITIONS = (ROOT / "src" / "analysis" / "site" / "editions.toml").read_text("utf-8")
PROVINCES = re.compile(r"each\.province = \[.*?\]", re.DOTALL)
NARROWEST, PHONE, DESK = 320, 360, 1440  # pixels of a window
FONTS = ("DejaVu Sans", "sans-serif")
LEAST = 9  # pixels of the type of a figure on a phone
# What breaks a rule; also the size of targets (WCAG 2.2), which axe leaves out unless it is asked.
BROKEN = """async () => {
  const options = {resultTypes: ["violations"], rules: {"target-size": {enabled: true}}};
  const {violations} = await axe.run(document, options);
  return violations.flatMap(rule => rule.nodes.map(node => [rule.id, node.html]));
}"""
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
FIGURES = "figure > svg[role=img][font-family]"
SET = "(all, font) => all.forEach(each => each.setAttribute('font-family', font))"
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
    """Build the site in a repository, so that it names a commit, and return its pages."""
    notebooks = tuple(path.stem for path in NOTEBOOKS.glob("[0-9]*.ipynb"))
    found, times = PROVINCES.subn('each.province = ["32", "91", "96"]', EDITIONS)
    assert times == 1
    project = Project(tmp_path_factory.mktemp("whole"), notebooks, found)
    for command in ("init", "-c user.name=a -c user.email=a@b.id commit --allow-empty -m a"):
        subprocess.run(["git", *command.split(), "--quiet"], cwd=project.root, check=True)
    result = project.build()
    assert result.returncode == 0, result.stdout
    reports = project.root / "reports"
    return sorted(path for path in reports.rglob("*.html") if path.name != "ringkasan.html")


@dataclass(frozen=True)
class Seen:
    """What a browser shows of a page."""

    sideways: bool  # it scrolls so on the narrowest phone
    broken: dict  # rules of axe, by width of the window
    links: list
    pixels: int  # figures that are no drawings
    smallest: dict  # type of a figure on a phone, by font
    outside: dict  # words that leave their figure, by font


def widths(path):
    """Return the widths at which axe looks at a page.

    The page of one figure has the same elements at every width: its style knows no width, and its
    drawing scales up to 30rem. What depends on the room there is (overlap, targets) is worst on the
    phone.
    """
    return (PHONE,) if path.stem.startswith("gambar-") else (PHONE, DESK)


def look(tab, path, axe):
    """Open a page and return what there is to see."""
    tab.set_viewport_size({"width": NARROWEST, "height": 800})
    tab.goto(path.as_uri())
    sideways = tab.evaluate(WIDE)
    links = tab.eval_on_selector_all("a[href]", TARGETS)
    tab.evaluate(axe)
    broken = {}
    for width in widths(path):
        tab.set_viewport_size({"width": width, "height": 800})
        broken[width] = tab.evaluate(BROKEN)
    tab.set_viewport_size({"width": PHONE, "height": 800})
    smallest, outside = {}, {}
    for font in FONTS:
        tab.eval_on_selector_all(FIGURES, SET, font)
        sizes = tab.eval_on_selector_all(f"{FIGURES} text", SIZES)
        smallest[font] = min(sizes, default=LEAST)
        outside[font] = tab.eval_on_selector_all(FIGURES, OUTSIDE)
    pixels = tab.locator("figure.gambar > img").count()
    return Seen(sideways, broken, links, pixels, smallest, outside)


def look_at_all(paths):
    """Return what there is to see of each page, by path."""
    axe = pytest.importorskip("axe_playwright_python.base").AXE_SCRIPT
    with chromium() as browser:
        tab = browser.new_page()
        return {path: look(tab, path, axe) for path in paths}


@pytest.fixture(scope="module")
def seen(pages):
    """Return what there is to see of each page, by its name in the site."""
    site = os.path.commonpath(pages)
    browsers = os.cpu_count() or 1
    with ThreadPoolExecutor(browsers) as pool:
        parts = list(pool.map(look_at_all, [pages[i::browsers] for i in range(browsers)]))
    found = {path: what for part in parts for path, what in part.items()}
    return {path.relative_to(site).as_posix(): found[path] for path in pages}


@pytest.fixture
def tab(browser):
    """Open a page in a window of a width."""
    opened = []

    def show(path, width):
        opened.append(browser.new_page(viewport={"width": width, "height": 800}))
        opened[-1].goto(path.as_uri())
        return opened[-1]

    yield show
    for each in opened:
        each.close()


def test_axe_finds_nothing(seen):
    found = {name: what.broken for name, what in seen.items() if any(what.broken.values())}
    assert found == {}


def test_axe_would_find_something(tmp_path):
    page = tmp_path / "a.html"
    small = "<button style='width: 9px; height: 9px; padding: 0; border: 0'>b</button>"
    page.write_text(
        f"<title>a</title><img src='data:,'>{small}{small}<a href='b.html'>c</a>"
        "<p style='width: 900px; color: #eee'>pale"
    )
    (found,) = look_at_all([page]).values()
    rules = {rule for rule, _ in found.broken[PHONE]}
    assert {"image-alt", "html-has-lang", "color-contrast", "target-size"} <= rules
    assert found.sideways
    assert found.links == [(tmp_path / "b.html").as_uri()]


def test_nothing_scrolls_sideways_on_the_narrowest_phone(seen):
    assert [name for name, what in seen.items() if what.sideways] == []


@pytest.mark.parametrize("font", FONTS)
def test_the_words_of_figures_are_large_enough_and_stay_inside(seen, font):
    assert {name for name, what in seen.items() if what.pixels} == set()
    sizes = {name: what.smallest[font] for name, what in seen.items()}
    assert {name: size for name, size in sizes.items() if size < LEAST} == {}
    outside = {name: what.outside[font] for name, what in seen.items()}
    assert {name: words for name, words in outside.items() if words} == {}


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


def test_every_link_leads_to_a_file(seen):
    links = {(name, link.partition("#")[0]) for name, what in seen.items() for link in what.links}
    files = {(name, link) for name, link in links if link.startswith("file:")}
    assert {(name, link) for name, link in files if not _path(link).is_file()} == set()
    assert len(files) > len(seen)


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
