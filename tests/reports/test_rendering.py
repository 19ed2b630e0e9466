import csv
import re
from functools import cache
from xml.etree import ElementTree

import nbformat
import openpyxl
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from small_report import SHOW

from analysis.errors import AnalysisError, DataError
from analysis.language import Language
from analysis.reports.companions import Place
from analysis.reports.display import Column, Table
from analysis.reports.page_body import plain_table
from analysis.reports.policy import Classes, policy
from analysis.reports.rendering import _written, render, render_file, summarise
from analysis.reports.running import run_notebook

CELLS = (
    SHOW,
    "md:## Bagian pertama\n\nTeks.",
    'Picture(figure, "Keterangan <i>gambar</i>", "Alternatif & teks", "Temuan <b>")',
    'Table(pd.DataFrame({"a": ["<x>"], "n": [1234]}), '
    '{"a": Column("A"), "n": Column("N", "integer")}, "Tabel uji", say)',
    'Download("lampiran.txt", b"abc", "text/plain", "Simpan", "0123")',
    "md:## Bagian kedua",
    'Prose("Bacaan \\\\<tebal\\\\>")',
)


@pytest.fixture(scope="module")
def executed(notebook, tmp_path_factory):
    """Run the cells, each set once, and return the path of the executed notebook."""

    @cache
    def run(*cells, **chosen):
        folder = tmp_path_factory.mktemp("run")
        output = folder / "09_small.ipynb"
        failed = folder / "failed"
        run_notebook(notebook(*(cells or CELLS)), output, chosen, failed=failed, warm=True)
        return output

    return run


@pytest.fixture(scope="module")
def page(executed):
    def show(**chosen):
        path = executed(**chosen)
        return render(nbformat.read(path, as_version=4), path.stem)

    return show


def soup(html):
    return BeautifulSoup(html, "html.parser")


def test_opens_with_title_question_date_and_key_figures(page):
    html = soup(page())
    assert html.html["lang"] == "id"
    assert html.h1.text == "Judul"
    assert html.select_one(".question").text == "Sebuah pertanyaan?"
    assert html.select_one(".date").text == "Data: 2023"
    assert html.select_one(".key b").text == "1.234,5"
    assert html.select_one(".key span").text == "<b>label</b>"


@pytest.mark.parametrize(("said", "form"), [({}, "laporan"), ({"form": "risalah"}, "risalah")])
def test_takes_the_form_that_its_notebook_names(executed, said, form):
    path = executed()
    run = nbformat.read(path, as_version=4)
    run.metadata.setdefault("analysis", {}).update(said)
    assert soup(render(run, path.stem)).body["class"] == [form]


def test_speaks_the_language_of_its_parameter(page):
    html = soup(page(language="en"))
    assert html.html["lang"] == "en"
    assert html.select_one(".key b").text == "1,234.5"
    assert "Contents" in html.text
    assert "Daftar isi" not in html.text


def test_lists_its_sections_with_links_that_work(page):
    html = soup(page())
    links = html.select("nav.toc a")
    assert [link.text for link in links] == ["Bagian pertama", "Bagian kedua"]
    assert all(html.find(id=link["href"][1:]).name == "h2" for link in links)


HEADINGS = """## **Tebal** dan `kode`

## [Tautan](https://example.org) 100%

## Tertutup ##

## Bagian pertama

## Bagian pertama

```python
## bukan judul
```"""


def test_lists_the_headings_that_a_reader_sees(executed):
    path = executed(SHOW, f"md:{HEADINGS}", 'Prose("## Dari sel \\\\<b\\\\>\\n\\nTeks.")')
    html = soup(render(nbformat.read(path, as_version=4), path.stem))
    links = html.select("nav.toc a")
    assert [link.text for link in links] == [
        "Tebal dan kode",
        "Tautan 100%",
        "Tertutup",
        "Bagian pertama",
        "Bagian pertama",
        "Dari sel <b>",
    ]
    assert [html.find(id=link["href"][1:]).text for link in links] == [a.text for a in links]
    assert len({link["href"] for link in links}) == len(links)
    assert "¶" not in html.main.text


def test_a_title_may_be_shown_by_a_cell(notebook, tmp_path):
    source = notebook(SHOW, 'Prose("# Judul \\\\*", title="Judul *", question="Tanya?")')
    content = nbformat.read(source, as_version=4)
    content.cells = [cell for cell in content.cells if not cell.source.startswith("# ")]
    nbformat.write(content, source)
    run_notebook(source, tmp_path / "09_small.ipynb", failed=tmp_path / "failed", warm=True)
    html = soup(render(nbformat.read(tmp_path / "09_small.ipynb", as_version=4), "09_small"))
    assert (html.h1.text, html.select_one(".question").text) == ("Judul *", "Tanya?")
    assert len(html.select("h1")) == 1


def test_marks_the_rows_that_stand_for_several_others():
    html = "<table><tbody><tr><td>A</td></tr><tr><td>Indonesia</td></tr></tbody></table>"
    marked = soup(plain_table(html, totals=1)).select("tr[data-total]")
    assert [row.text for row in marked] == ["Indonesia"]
    assert "data-total" not in plain_table(html)


def test_leads_to_the_provinces_before_and_after(executed):
    path = executed()
    content = nbformat.read(path, as_version=4)
    html = soup(render(content, path.stem, Place(next=("15_x-12", "Sumatera <Utara>"))))
    assert [link["href"] for link in html.select(".sebelah a")] == [
        "index.html#provinsi-anda",
        "15_x-12.html",
    ]
    assert html.select_one("a[rel=next]").text == "Sumatera <Utara> →"
    assert not soup(render(content, path.stem)).select(".sebelah")


@pytest.mark.parametrize(
    ("place", "command"),
    [
        (Place(), "python -m analysis.reports notebooks/09_small.ipynb reports/09_small.html"),
        (Place(command="pytask --only 09_small"), "pytask --only 09_small"),
    ],
)
def test_names_the_command_that_builds_the_page_where_it_stands(executed, place, command):
    content = nbformat.read(executed(), as_version=4)
    shown = [each.text for each in soup(render(content, "09_small", place)).select("details code")]
    assert command in shown


def test_shows_the_code_of_words_with_the_figure_they_lead_to(page):
    html = soup(page())
    shown = [block.text for block in html.select("main pre.kode")]
    assert sum("Picture(" in block for block in shown) == 1
    assert all(block.strip() for block in shown)


def test_needs_nothing_from_outside(page):
    html = page()
    assert re.findall(r"""src\s*=\s*["'](?!data:)[^"']*""", html) == []
    links = [link["href"] for link in soup(html).select("[href]")]
    assert [link for link in links if not re.match(r"#|index\.html$|09_small/", link)] == []
    assert "@import" not in html
    assert re.findall(r"url\((?!data:)", html) == []
    assert [script.attrs for script in soup(html).select("script")] == [{}]


def test_one_switch_shows_the_code_and_is_off(page):
    html = soup(page())
    (switch,) = html.select("main input")
    assert "checked" not in switch.attrs
    assert html.select_one(f"label[for={switch['id']}]").text == "Tampilkan kode di halaman ini"
    assert "pre.kode { display: none; }" in html.style.text
    blocks = html.select("pre.kode")
    assert any("KeyFigures" in block.text for block in blocks)
    for block in blocks:
        block.decompose()
    assert "KeyFigures" not in html.text


def test_figures_have_caption_and_text_alternative(page):
    figure = soup(page()).select_one("figure.gambar")
    assert figure.svg["aria-label"] == "Alternatif & teks"
    assert figure.svg["role"] == "img"
    assert figure.h3.text == "Temuan <b>"
    assert figure.figcaption.text == "Gambar 1. Keterangan <i>gambar</i>"


def test_a_figure_of_pixels_keeps_its_text_alternative(executed):
    path = executed()
    run = nbformat.read(path, as_version=4)
    for cell in run.cells:
        for output in cell.get("outputs", []):
            if output.get("data", {}).pop("image/svg+xml", None):
                output.data["image/png"] = "aGFs\n"
                output.metadata["image/png"] = {"alt": 'a "b"', "width": 3, "height": 4}
    (image,) = soup(render(run, path.stem)).select("figure.gambar img")
    assert (image["alt"], image["src"]) == ('a "b"', "data:image/png;base64,aGFs")
    assert (image["width"], image["height"]) == ("3", "4")


def test_a_figure_of_another_library_loses_style_and_script(executed):
    path = executed()
    run = nbformat.read(path, as_version=4)
    for cell in run.cells:
        for output in cell.get("outputs", []):
            if "image/svg+xml" in output.get("data", {}):
                output.data["image/svg+xml"] = (
                    '<?xml version="1.0"?><svg viewBox="0 0 1 1"><style>a {}</style>'
                    '<path style="fill: red" onclick="a()"/><script>b()</script></svg>'
                )
    html = soup(render(run, path.stem))
    (drawing,) = html.select("figure.gambar > svg")
    assert [each.name for each in drawing.find_all(True)] == ["path"]
    assert set(drawing.path.attrs) == {"class"}


def test_tables_are_bare_with_a_caption_and_escaped_cells(page):
    figure = soup(page()).select_one("figure.tabel")
    assert figure.figcaption.text == "Tabel 1. Tabel uji"
    assert [cell.text for cell in figure.select("td")] == ["<x>", "1.234"]
    assert [head.text for head in figure.select("th[scope=col]")] == ["A", "N"]
    assert figure.style is None


def test_states_parameters_and_versions(page):
    footer = soup(page(count=7)).select_one("footer")
    names = [term.text for term in footer.select("details dt")]
    values = [value.text for value in footer.select("details dd")]
    assert dict(zip(names, values, strict=True)) == {
        "before": "2014-12-31",
        "after": "2023-12-31",
        "count": "7",
        "language": "id",
    }
    assert f"pandas {pd.__version__}" in footer.text
    assert "09_small.ipynb" in footer.text


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (None, "tidak ditentukan", "not set"),
        (True, "ya", "yes"),
        (2023, "2023", "2023"),
        (0.05, "0,05", "0.05"),
        (1e12, "1000000000000", "1000000000000"),
        (["gini", "palma"], "gini, palma", "gini, palma"),
        ([], "tanpa isi", "empty"),
        ({"32": 1000, "Guru SD": 1.5}, "32: 1000; Guru SD: 1,5", "32: 1000; Guru SD: 1.5"),
        ([["Guru SMP", "Guru SD", 2.0]], "Guru SMP, Guru SD, 2", "Guru SMP, Guru SD, 2"),
    ],
)
def test_parameters_are_written_for_readers_and_not_as_code(value, indonesian, english):
    assert _written(value, Language("id")) == indonesian
    assert _written(value, Language("en")) == english


def test_same_input_gives_the_same_bytes(page):
    assert page() == page()


@pytest.mark.parametrize("cells", [("1 + 1",), (SHOW, SHOW)])
def test_needs_its_key_figures_once(executed, cells):
    path = executed(*cells)
    with pytest.raises(AnalysisError, match="one cell that shows KeyFigures"):
        summarise(nbformat.read(path, as_version=4), path.stem)


def test_plain_table_refuses_what_is_no_table():
    with pytest.raises(AnalysisError, match=r"Use display\.Table"):
        plain_table("<p>none</p>")


def test_plain_table_keeps_alignment():
    table = Table(
        pd.DataFrame({"a": ["x"], "n": [1]}),
        {"a": Column("A"), "n": Column("N", "integer")},
        "judul",
        Language("id"),
    )
    cells = soup(plain_table(table._repr_mimebundle_()[0]["text/html"])).select("td")
    assert [cell.get("class") for cell in cells] == [["gt_left"], None]


def test_an_unwritable_folder_is_a_clear_error_and_writes_nothing(executed, tmp_path):
    (tmp_path / "reports").write_text("in the way")
    with pytest.raises(DataError, match="is a folder"):
        render_file(executed(), tmp_path / "reports" / "a.html")
    assert (tmp_path / "reports").read_text() == "in the way"


NAMED = (
    'name_each(figure.axes[0].scatter([0], [0]), ["<A>"])',
    'Picture(figure, "Keterangan", "Alternatif")',
)
OWN = (
    SHOW,
    "from IPython.display import HTML\n"
    """HTML('<table style="color: red" onclick="a()"><td style="color: red">x</td></table>'"""
    """ '<script>b()</script>')""",
)


def test_marks_with_names_bring_their_list(executed):
    path = executed(SHOW, "from analysis.plots.svg import name_each", *NAMED)
    html = soup(render(nbformat.read(path, as_version=4), path.stem))
    assert [title.text for title in html.select("figure.gambar title")] == ["<A>"]
    assert html.select_one("template#alat-gambar").option["value"] == ""
    assert "alat-gambar" in html.script.text


class TestPolicy:
    def said(self, html):
        (said,) = html.select("meta[http-equiv=Content-Security-Policy]")
        return said["content"]

    def test_names_the_style_and_the_script_of_the_page(self, page):
        html = soup(page())
        (script,) = html.select("script")
        assert self.said(html) == policy(html.style.text, script.text)
        assert "default-src 'none'" in self.said(html)
        assert len(html.select("style")) == 1

    def test_a_page_with_nothing_to_change_has_no_script(self, executed):
        path = executed(SHOW)
        html = soup(render(nbformat.read(path, as_version=4), path.stem))
        assert html.select("script, template") == []
        assert "script-src 'none'" in self.said(html)

    def test_a_script_counts_by_its_digest(self):
        digest = "'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='"  # of "abc", FIPS 180
        assert f"script-src {digest};" in policy("", "abc")

    def test_style_attributes_become_classes_and_scripts_a_sentence(self, executed):
        path = executed(*OWN)
        html = soup(render(nbformat.read(path, as_version=4), path.stem))
        assert html.select("[style], [onclick], script") == []
        table, cell = html.select_one("main table"), html.select_one("main td")
        assert table["class"] == cell["class"]
        assert f".{cell['class'][0]} {{ color: red }}" in html.style.text
        assert "memakai skrip" in html.select_one(".catatan").text

    def test_drawings_keep_names_in_which_case_counts(self):
        drawing = (
            '<svg preserveAspectRatio="none" viewBox="0 0 1 1"><clipPath id="a">'
            '<path d="M0" STYLE="fill: red" textLength="3"></path></clipPath>'
            '<linearGradient gradientUnits="userSpaceOnUse" id="b"></linearGradient></svg>'
        )
        moved = Classes().moved(f'<P viewBox="x">viewBox</P>{drawing}')
        kept = drawing.replace('d="M0" STYLE="fill: red"', 'class="gaya-1" d="M0"')
        assert moved == f'<p viewbox="x">viewBox</p>{kept}'

    def test_a_style_sheet_cannot_end_its_element(self):
        classes = Classes()
        classes.moved('<p style="a: </style><script>b()</script>">x</p>')
        assert "</" not in classes.sheet


@pytest.fixture(scope="module")
def folder(executed, tmp_path_factory):
    """Write a page, and return the folder beside it."""
    page = tmp_path_factory.mktemp("reports") / "09_small.html"
    render_file(executed(), page, Place(address="https://example.org/"))
    return page.with_suffix("")


class TestCompanions:
    def test_every_link_of_the_page_leads_somewhere(self, folder):
        html = soup(folder.with_suffix(".html").read_text("utf-8"))
        files = [link["href"] for link in html.select("a[href^='09_small/']")]
        assert len(files) == 5
        assert [name for name in files if not (folder.parent / name).is_file()] == []

    def test_a_table_is_offered_with_a_line_that_says_what_it_is(self, folder):
        said, *rows = csv.reader((folder / "tabel-1.csv").read_text("utf-8").splitlines())
        assert rows == [["A", "N"], ["<x>", "1234"]]
        assert said[:3] == ["#", "Judul: Tabel uji", "Tanggal: Data: 2023"]
        read = pd.read_csv(folder / "tabel-1.csv", comment="#")
        assert read["N"].tolist() == [1234]

    def test_the_workbook_has_a_sheet_for_each(self, folder):
        book = openpyxl.load_workbook(folder / "09_small.xlsx")
        assert book.sheetnames == ["Tabel 1"]
        assert book["Tabel 1"]["B5"].value == 1234

    def test_a_file_to_save_stands_beside_the_page(self, folder):
        html = soup(folder.with_suffix(".html").read_text("utf-8"))
        (link,) = html.select("a[download='lampiran.txt']")
        assert link["href"] == "09_small/lampiran.txt"
        assert (folder / "lampiran.txt").read_bytes() == b"abc"

    def test_a_figure_has_a_page_with_title_and_link_back(self, folder):
        html = soup((folder / "gambar-1.html").read_text("utf-8"))
        assert html.h1.text == "Temuan <b>"
        assert html.figcaption.text == "Keterangan <i>gambar</i>"
        assert html.select_one("main a")["href"] == "https://example.org/09_small.html#gambar-1"
        (said,) = html.select("meta[http-equiv=Content-Security-Policy]")
        assert said["content"] == policy(html.style.text)
        assert html.svg["aria-label"] == "Alternatif & teks"

    def test_a_figure_is_a_file_that_says_what_it_shows(self, folder):
        root = ElementTree.parse(folder / "gambar-1.svg").getroot()
        title, described = list(root)[:2]
        assert (title.text, described.text) == ("Temuan <b>", "Keterangan <i>gambar</i>")
        assert root.get("aria-label") == "Alternatif & teks"

    def test_a_figure_tells_how_to_cite_and_embed_it(self, folder):
        html = soup((folder / "gambar-1.html").read_text("utf-8"))
        assert "halaman 09_small: Judul. Data: 2023." in html.main.text
        frame = soup(html.pre.text).iframe
        assert frame["src"] == "https://example.org/09_small/gambar-1.html"
        assert frame["title"] == "Temuan <b>"
        assert not html.select("iframe")  # it is text to copy

    def test_the_summary_has_only_what_an_editor_keeps(self, folder):
        html = soup((folder / "ringkasan.html").read_text("utf-8"))
        kept = {"h2", "h3", "p", "em", "strong", "ul", "ol", "li", "a"}
        assert {element.name for element in html.find_all(True)} <= kept
        assert {name for each in html.find_all(True) for name in each.attrs} == {"href"}
        assert "<b>label</b>" in html.text
