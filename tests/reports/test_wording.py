import datetime as dt
from dataclasses import dataclass
from html import escape

import pytest
from matplotlib.figure import Figure
from nbconvert.filters.markdown import markdown2html

from analysis.errors import AnalysisError
from analysis.language import Language
from analysis.reports import wording
from analysis.reports.filters import escape_markdown, filters
from analysis.reports.values import Named, direction
from analysis.reports.wording import Words, parse_blocks

TEXT = """A note to editors, before the first block.

## [report.title]
Laporan uji

## [report.question]
Berapa banyak?

## [key.date]
Data: {{ date | date }}

## [key.count]
{{ count | number }}
orang

## [size.title]
Ukuran {{ name }}

## [size.intro]
Pembuka.

## [size.text]
{% if count == 0 %}
Tidak ada.
{% else %}
Ada {{ count | number }} orang
di {{ name }}.
{% endif %}

- {{ trend }}
  sekali.
- Dua.

## [size.caption]
{{ name }}: {{ count | number }},
{{ date | date }}

## [map.headline]
{{ "Sintetis: " if count == 0 else "" }}terbanyak di {{ name }}

## [map.caption]
Peta {{ count | number }}, {{ date | date }}, {{ trend }}.

## [map.alt]
Peta.

## [bars.caption]
{{ name }}: {{ count | number }}, {{ date | date }}, {{ trend }}.

## [bars.alt]
Batang.
"""


@dataclass(frozen=True)
class Size:
    count: int
    name: str = "Aceh"
    trend: str = "up"
    date: dt.date = dt.date(2023, 12, 31)


@pytest.fixture
def say(monkeypatch):
    monkeypatch.setattr(wording, "read_blocks", lambda *_: parse_blocks(TEXT, "uji.id.md"))
    return Words("uji", Language("id"), {"size": Size, "key": Size, "map": Size, "bars": Size})


def test_title_section_and_paragraphs_are_markdown(say):
    assert say.title().markdown == "# Laporan uji\n\nBerapa banyak?"
    assert (say.title().title, say.title().question) == ("Laporan uji", "Berapa banyak?")
    assert say.section("size", Size(3)).markdown == "## Ukuran Aceh\n\nPembuka."
    assert say("size", Size(1200)).markdown == "Ada 1.200 orang di Aceh.\n\n- up sekali.\n- Dua."
    assert say("size", Size(0)).markdown == "Tidak ada.\n\n- up sekali.\n- Dua."


def test_lines_are_plain_text(say):
    assert say.line("size.caption", Size(3, "A*b_c")) == "A*b_c: 3, 31 Desember 2023"
    assert say.lines("size.text", Size(3)) == ("Ada 3 orang di Aceh.", "up sekali.", "Dua.")


def test_a_picture_has_the_headline_that_is_written_for_it(say):
    assert say.picture(Figure(), "map", Size(3)).headline == "Terbanyak di Aceh"
    assert say.picture(Figure(), "bars", Size(3)).headline is None


def test_key_figures_are_lines(say):
    found = say.key_figures(Size(1200))
    assert found.data_date == "Data: 31 Desember 2023"
    assert [(f.value, f.label, f.note) for f in found.figures] == [("1.200", "orang", "")]


def test_what_comes_from_data_is_never_markup(say):
    evil = "<script>*x*</script> [a](b) `c` $d$\n\n# e"
    markdown = say("size", Size(3, evil)).markdown
    paragraph = markdown.partition("\n")[0]
    assert paragraph == f"Ada 3 orang di {escape_markdown(evil)}."
    assert "\\<script\\>\\*x\\*" in paragraph


@pytest.mark.parametrize(
    "name",
    [
        *("1. Dinas", "2023) Dinas", "- a", "+ a", "* a", "---", "# x", "> a", "1.", "-", "==="),
        *("(a)", "[a](b)", "![a](b)", "<b>", "&amp;", "https://e.id/a", "*a*", "_a_", "`a`", "a|b"),
        *("a\\", "~~a~~", "$a$", "1.234,5", "-3", "+0,12", "−3", "12 orang", "http://e.id)"),
    ],
)
def test_a_name_is_shown_exactly_as_it_is(name):
    assert markdown2html(escape_markdown(name)).strip() == f"<p>{escape(name, quote=False)}</p>"
    both = markdown2html(f"Dinas\n{escape_markdown(name)} ada.").strip()
    assert both == f"<p>Dinas\n{escape(name, quote=False)} ada.</p>"


@pytest.mark.parametrize("number", ["1.234,5", "-3", "+0,12", "−3,1%", "12 orang", "2023"])
def test_numbers_need_no_escape(number):
    assert escape_markdown(number) == number


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda say: say("size", 3), r"block \[size.text\]: the group 'size' speaks of Size"),
        (lambda say: say("size"), "speaks of Size, and was given NoneType"),
        (lambda say: say.line("size.alt", Size(1)), r"block \[size.alt\] is missing"),
        (lambda say: say("size", Size(float("nan"))), r"given nan where a number is needed"),
        (lambda say: say("size", Size(None)), r"given None where a number is needed"),
        (lambda say: say.line("size.caption", Size(1, date="x")), "'x', which is no date"),
    ],
)
def test_what_cannot_be_said_is_an_error_with_its_place(say, ask, message):
    with pytest.raises(AnalysisError, match=message):
        ask(say)


def test_a_value_that_is_not_there_is_an_error(monkeypatch):
    text = "## [size.text]\n{{ cuont }}"
    monkeypatch.setattr(wording, "read_blocks", lambda *_: parse_blocks(text, "uji.id.md"))
    with pytest.raises(AnalysisError, match=r"\[size.text\]: 'cuont' is undefined"):
        Words("uji", Language("id"), {"size": Size})("size", Size(1))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("no block", "'no block' is not the name of a block"),
        ("## [a.b]\nx\n## Judul\ny", "'## Judul' is not the name of a block"),
        ("## [a]\nx", "is not the name of a block"),
        ("## [a.b]\nx\n## [a.b]\ny", r"\[a.b\] occurs twice"),
    ],
)
def test_a_damaged_text_is_refused(text, message):
    with pytest.raises(AnalysisError, match=message):
        parse_blocks(text, "uji.id.md")


def test_a_language_without_a_text_is_named():
    with pytest.raises(AnalysisError, match=r"no text file reports/texts/distribusi\.jv\.md"):
        wording.read_blocks("distribusi", "jv")


def test_links_lead_only_to_the_web():
    link = filters(Language("id"))["link"]
    assert link("a [b]", "https://x.id/a") == "[a \\[b\\]](<https://x.id/a>)"
    assert (
        filters(Language("id"), markdown=False)["link"]("a", "https://x.id") == "a (https://x.id)"
    )
    for address in ("javascript:alert(1)", "https://x.id/> <b>", "/etc/passwd"):
        with pytest.raises(AnalysisError, match="not a URL"):
            link("a", address)


def test_named_values_and_names_follow_the_language():
    english = filters(Language("en"))
    assert (
        english["named"]([Named("Jawa", 8.91), Named("Aceh", 27.34)])
        == "Java (8.9) and Aceh (27.3)"
    )
    assert english["listing"](["Jawa", "Bali", "Riau"]) == "Java, Bali and Riau"
    assert english["plural"](2, "province", "provinces") == "provinces"


def test_what_reads_alike_stays():
    becoming = filters(Language("en"))["becoming"]
    assert becoming("0.1", "0.2", "goes from", "to", "stays at") == "goes from 0.1 to 0.2"
    assert becoming("0.1", "0.1", "goes from", "to", "stays at") == "stays at 0.1"


@pytest.mark.parametrize(
    ("count", "said"), [(0, "none"), (0.4, "less than one"), (0.6, "1"), (1234, "1,234")]
)
def test_none_and_less_than_one_are_words(count, said):
    assert filters(Language("en"))["counted"](count, "none", "less than one") == said


@pytest.mark.parametrize(
    ("count", "whole", "said"),
    [(3, 20, "3 of 20"), (20, 20, "all 20"), (0, 20, "none of 20"), (0, 0, "none")],
)
def test_a_part_may_be_the_whole_or_none_of_it(count, whole, said):
    assert filters(Language("en"))["out_of"](count, whole, "of", "all", "none") == said


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (0.10, 0.12, "up"),
        (0.12, 0.10, "down"),
        (0.1201, 0.1199, "unchanged"),
        (0.125, 0.115, "unchanged"),  # both are printed 0.12, halves going to the even digit
        (None, 0.1, "not_comparable"),
        (0.1, float("inf"), "not_comparable"),
    ],
)
def test_a_direction_is_judged_as_it_is_printed(before, after, expected):
    assert direction(before, after, 2) == expected


def test_a_term_begins_small_unless_it_is_an_abbreviation():
    indonesian, english = filters(Language("id"))["term"], filters(Language("en"))["term"]
    assert indonesian("Dokter umum") == "dokter umum"
    assert indonesian("PNS perempuan") == "PNS perempuan"
    assert english("Dokter umum") == "general practitioners"
    assert indonesian("") == ""
