"""The index opens with answers, leads to provinces, and tells what is new."""

import datetime as dt
import tomllib
import xml.etree.ElementTree as Xml
from dataclasses import replace
from importlib.resources import files

import pytest
from bs4 import BeautifulSoup

from analysis.errors import AnalysisError
from analysis.language import Language
from analysis.paths import NOTEBOOKS
from analysis.reports.policy import policy
from analysis.reports.rendering import Summary
from analysis.site.editions import editions
from analysis.site.files import Files
from analysis.site.index import render_index
from analysis.site.news import News, atom, news, parse_news
from analysis.site.province_map import province_map

REPORT = Summary(
    name="01_a",
    title="Judul <1>",
    question="Apakah?",
    data_date="Data: 2014 dan 2023",
    figures=({"value": "1.234,5", "label": "<b>label</b>", "note": ""},),
    language="id",
    notebook="01_a.ipynb",
    answer=("Ya & tidak.", "Lagi."),
)
NAMES = {"11": "Aceh", "31": "DKI Jakarta", "51": "Bali"}
PROVINCES = [
    replace(
        REPORT,
        name=f"15_p-{code}",
        notebook="15_p.ipynb",
        province=code,
        figures=({"value": value, "label": "per 1.000", "note": ""},),
    )
    for code, value in (("11", "27,3"), ("31", "1.021,9"), ("51", "16,7"))
]
NEWS = (
    News("baru", dt.date(2026, 11, 26), "01_a", "Baru <1>"),
    News("lama", dt.date(2026, 1, 1), "", "Lama"),
)
OTHER = replace(REPORT, name="03_c", notebook="03_c.ipynb", title="Lain")


@pytest.fixture(scope="module")
def html():
    shown = render_index(
        [REPORT, *PROVINCES, OTHER], Language("id"), "1234abc", told=NEWS, provinces=NAMES
    )
    return BeautifulSoup(shown, "html.parser")


def test_opens_with_answers_numbered_as_the_notebooks(html):
    first, provinces, last = html.select("ol.laporan > li")
    assert first.h2.a["href"] == "01_a.html"
    assert [p.text for p in first.select("p")] == ["Apakah?", "Ya & tidak.", "Data: 2014 dan 2023"]
    assert first.select_one(".angka b").text == "1.234,5"
    assert provinces.h2.a["href"] == "#provinsi-anda"
    assert last.h2.text == "Lain"
    assert [each["value"] for each in (first, provinces, last)] == ["1", "15", "3"]
    assert "commit 1234abc;" in html.text


def test_editions_that_are_called_alike_are_told_apart():
    alike = [replace(REPORT, name=name, data_date=name) for name in ("01_a", "01_a-b")]
    shown = BeautifulSoup(render_index(alike, Language("en"), "-"), "html.parser")
    assert [link.text for link in shown.select(".edisi a")] == ["01_a", "01_a-b"]
    assert [said.text for said in shown.select(".edisi p")] == ["Ya & tidak."] * 2
    dated = [replace(each, data_date=f"{each.name}, 2023") for each in alike]
    shown = BeautifulSoup(render_index(dated, Language("en"), "-"), "html.parser")
    names = [link.text for link in shown.select("dd a")]
    assert names == ["Judul <1>: 01_a, 2023", "Judul <1>: 01_a-b, 2023"]
    assert shown.html["lang"] == "en"


def test_every_province_is_a_tile_and_a_name(html):
    tiles = html.select("svg.peta a")
    assert [tile["aria-label"] for tile in tiles] == [
        *("Aceh: 27,3", "Bali: 16,7", "DKI Jakarta: 1.021,9"),
    ]
    assert [tile["href"] for tile in tiles] == ["15_p-11.html", "15_p-51.html", "15_p-31.html"]
    assert [link.text for link in html.select("#provinsi a")] == ["Aceh", "Bali", "DKI Jakarta"]


def test_the_highest_number_is_darkest_as_the_language_writes_it():
    drawn = province_map(PROVINCES, NAMES, Language("id"))
    assert [(tile.name, tile.shade) for tile in drawn.tiles] == [
        *(("Aceh", 1), ("Bali", 0), ("DKI Jakarta", 3)),
    ]


def test_a_report_that_happens_to_speak_of_one_province_is_no_map():
    assert province_map([replace(REPORT, province="11")], NAMES, Language("id")) is None


def test_the_policy_allows_its_script_and_its_style_only(html):
    (said,) = html.select("meta[http-equiv=Content-Security-Policy]")
    assert said["content"] == policy(html.style.text, html.script.text)
    assert html.select("[style]") == []


def test_the_archive_goes_by_the_newest_year(html):
    assert [term.text for term in html.select("dt")] == ["Data sampai 2023"]


def test_the_feed_is_atom_and_the_same_every_time():
    made = [atom(NEWS, Language("id"), "https://e.id/", "index.html", "feed.xml") for _ in "ab"]
    assert made[0] == made[1]
    feed = Xml.fromstring(made[0].encode())
    space = {"a": "http://www.w3.org/2005/Atom"}
    assert feed.findtext("a:updated", "", space) == "2026-11-26T00:00:00Z"
    assert [each.get("href") for each in feed.findall("a:entry/a:link", space)] == [
        *("https://e.id/01_a.html", "https://e.id/index.html"),
    ]
    ids = [each.text for each in feed.iterfind(".//a:id", space)]
    assert len(set(ids)) == 3
    assert feed.findtext("a:entry/a:title", "", space) == "Baru <1>"


def test_news_are_in_both_languages_newest_first():
    indonesian, english = news("id", ["01_distribusi"]), news("en", ["01_distribusi-en"])
    assert [each.date for each in indonesian] == [each.date for each in english]
    assert [each.date for each in indonesian] == sorted((n.date for n in indonesian), reverse=True)
    assert (indonesian[-1].page, english[-1].page) == ("01_distribusi", "01_distribusi-en")


ROW = """[[news]]
name = "first"
date = 2026-11-26
id = "Satu salah ketik."
en = "One typo."
"""


def test_an_entry_of_the_feed_stays_the_same_when_its_words_or_its_day_are_corrected():
    def ids(text, code):
        feed = atom(parse_news(text, code, []), Language(code), "", "", Files.of(code).feed)
        found = Xml.fromstring(feed.encode()).iterfind(".//{http://www.w3.org/2005/Atom}id")
        return [each.text for each in found]

    corrected = ROW.replace("salah ketik", "kalimat").replace("11-26", "11-27")
    assert ids(corrected, "id") == ids(ROW, "id")
    assert len({*ids(ROW, "id"), *ids(ROW.replace("first", "second"), "id")}) == 3
    assert ids(ROW, "en")[1] != ids(ROW, "id")[1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (ROW.replace("en =", "eng ="), "news.toml, table 1 of [[news]], en"),
        (ROW.replace("en =", "eng ="), "Allowed are name, date, page, id, en"),
        (ROW + ROW.replace("2026-11-26", "3"), "table 2 of [[news]], date = 3"),
        (ROW.replace('"first"', '"A b"'), "name = 'A b'"),
        (ROW + ROW, "two rows of [[news]] that are called first"),
        (ROW.replace("[[news]]", "[[new]]"), "Allowed are news"),
        (ROW.replace("[[news]]", "[news]"), "Write [[news]] above each row"),
        ("[[news", "news.toml is no TOML"),
    ],
)
def test_a_wrong_row_of_news_is_refused_with_what_is_wrong(text, message):
    with pytest.raises(AnalysisError) as caught:
        parse_news(text, "id", [])
    assert message in str(caught.value)


def test_what_is_new_speaks_of_pages_that_there_are():
    listed = editions(sorted(path.stem for path in NOTEBOOKS.glob("[0-9]*.ipynb")))
    rows = tomllib.loads(files("analysis").joinpath("site", "news.toml").read_text("utf-8"))
    assert {row["page"] for row in rows["news"] if "page" in row} <= {each.name for each in listed}
