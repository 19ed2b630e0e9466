"""No page asks the network for anything, and no data becomes markup: seen in a browser."""

from xml.etree import ElementTree

import pytest
from browsing import LISTEN
from bs4 import BeautifulSoup

pytestmark = pytest.mark.exhaustive
HOSTILE = (
    "Kota <img src=x onerror=alert(1)>"  # in place of Kota Medan, all the way from the raw table
)
EDITION = "15_profil_provinsi-12"
TABLES = ("kabkota", "kabkota_2024", "dokter_kabkota_2020")


@pytest.fixture(scope="module")
def site(project):
    """Build a site in which a unit has a hostile name."""
    raw = project.root / "data" / "raw"
    for table in TABLES:
        path = raw / f"{table}.csv"
        content = path.read_text("utf-8")
        assert content.count(",Kota Medan,") == 1
        path.write_bytes(content.replace(",Kota Medan,", f",{HOSTILE},").encode())
    for notebook in (project.root / "notebooks").glob("*.ipynb"):  # its people bear no such name
        notebook.write_text(notebook.read_text("utf-8").replace('"runs"', '"no_runs"'), "utf-8")
    hashed = project.run("analysis.datasets", "hash")
    assert hashed.returncode == 0, hashed.stderr
    result = project.build()
    assert result.returncode == 0, result.stdout
    return project.root / "reports"


def test_a_hostile_name_is_shown_as_text(site):
    page = BeautifulSoup((site / f"{EDITION}.html").read_text("utf-8"), "html.parser")
    assert HOSTILE in page.get_text()
    assert page.find_all(attrs={"onerror": True}) == []
    assert page.find_all("img", src="x") == []
    drawn = (svg.get_text(" ").split() for svg in page.select("figure.gambar svg"))
    assert any(HOSTILE in " ".join(words) for words in drawn)  # it may stand in two lines


def test_a_hostile_name_is_text_in_the_files_of_figures(site):
    files = sorted((site / EDITION).glob("*.svg"))
    texts = [each.text for path in files for each in ElementTree.parse(path).iter()]
    assert any(HOSTILE in (text or "") for text in texts)


def test_no_page_asks_for_anything_and_nothing_in_it_runs(site, browser):
    pages = sorted(path for path in site.rglob("*.html") if path.name != "ringkasan.html")
    assert len(pages) > 20
    for path in pages:
        asked, dialogs, errors = [], [], []
        tab = browser.new_page()
        tab.add_init_script(LISTEN)
        tab.on("request", lambda request, asked=asked: asked.append(request.url))
        tab.on("dialog", lambda dialog, dialogs=dialogs: (dialogs.append(1), dialog.dismiss()))
        tab.on("pageerror", lambda error, errors=errors: errors.append(str(error)))
        tab.goto(path.as_uri())
        tab.wait_for_load_state("networkidle")
        assert (path.name, tab.evaluate("violations")) == (path.name, [])
        beyond = [url for url in asked if url != path.as_uri() and not url.startswith("data:")]
        assert (path.name, beyond, dialogs, errors) == (path.name, [], [], [])
        tab.close()


def test_the_log_would_show_a_request(browser, tmp_path):
    page = tmp_path / "a.html"
    page.write_text("<img src='http://192.0.2.1/a.png'><img src=x onerror=alert(1)>")
    asked, dialogs = [], []
    tab = browser.new_page()
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("dialog", lambda dialog: (dialogs.append(1), dialog.dismiss()))
    tab.goto(page.as_uri(), wait_until="commit")
    tab.wait_for_timeout(1000)
    assert "http://192.0.2.1/a.png" in asked
    assert dialogs == [1]


def test_the_policy_would_be_seen_to_be_violated(site, browser, tmp_path):
    content = (site / "index.html").read_text("utf-8")
    page = tmp_path / "a.html"
    page.write_text(
        content.replace("<main", "<script>alert(1)</script><p style='color:red'></p><main")
    )
    tab = browser.new_page()
    tab.add_init_script(LISTEN)
    tab.goto(page.as_uri())
    assert sorted(tab.evaluate("violations")) == ["script-src-elem", "style-src-attr"]
