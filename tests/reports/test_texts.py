"""The text files hold to the rules of `analysis.reports.wording`, and so does what they say."""

import json
import re
from dataclasses import fields
from functools import cache
from importlib import import_module
from typing import get_args

import pandas as pd
import pytest
from extremes import EDITIONS, EXTREMES, FURTHER
from jinja2 import meta, nodes
from notebook_cells import notebook_of, run
from small_runs import readable

from analysis.datasets import read_package, read_processed, read_table
from analysis.disclosure import read_run
from analysis.inequality import MEASURES
from analysis.language import Code, Language
from analysis.paths import RAW, ROOT
from analysis.reports.common import COMMON_FINDINGS
from analysis.reports.wording import COMMON, environment, read_blocks

FOLDER = ROOT / "src" / "analysis" / "reports" / "texts"
LANGUAGES = get_args(Code)
FILES = sorted({path.name.partition(".")[0] for path in FOLDER.glob("*.md")})
REPORTS = [name for name in FILES if name != COMMON]
TRIED = {
    report: (*tried, *FURTHER.get(report, ()), *EDITIONS.get(report, ()))
    for report, tried in EXTREMES.items()
}


def language_of(number):
    """The language in which each of the parameters are always tried, in turn."""
    return LANGUAGES[number % len(LANGUAGES)]


def is_always_tried(report, number, code):
    alone = len(EXTREMES[report]) == 1  # then in every language
    return number < len(EXTREMES[report]) and (alone or code == language_of(number))


CASES = [
    pytest.param(
        report,
        number,
        code,
        id=f"{report}-{number}-{code}",
        marks=() if is_always_tried(report, number, code) else pytest.mark.exhaustive,
    )
    for report in REPORTS
    for number in range(len(TRIED[report]))
    for code in LANGUAGES
]
HOLES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)

# A change into the same number, a part that is the whole, none as a number, and one of many.
_SAME = r"\b{} (?P<before>[−+]?\d[\d.,]*%?) {} (?P=before)(?![\d.,]*\d)"
_WHOLE = (
    r"(?<![\d.,])(?<!ranks )(?<!rank )(?<!peringkat )(?<!peringkatnya )"
    r"(?P<part>\d[\d.,]*) {} (?P=part)(?![\d.,]*\d|\Z)"  # not alone: a key figure
)
_NOUGHT = r"(?<=[^\n\d.,−+/–-] )0 (?!km\b)[a-z]"  # not at the start: a key figure
_ONE = r"(?<![\d.,−+/–-])\b1 ({})\b(?! to\b)"  # but what moves to somewhere
_MANY = """agencies cells classes competences echelons families groups hires intervals layers lines
    members moves officials pairs parents people persons places posts provinces
    pupils records rows rules seats tasks teachers teams units years"""
ODD = {
    "id": re.compile("|".join([_SAME.format("dari", "menjadi"), _WHOLE.format("dari"), _NOUGHT])),
    "en": re.compile(
        "|".join(
            [
                _SAME.format("from", "to"),
                _WHOLE.format("of"),
                _NOUGHT,
                _ONE.format("|".join(_MANY.split())),
            ]
        )
    ),
}

# Words that only one language has, and that no name, title or term of art contains.
INDONESIAN = """
    adalah akan antara atas atau bagi bagian berapa berasio bila bukan dalam dan dapat dari
    dengan di dua gabungan harus jika jumlah kali karena ke kelompok lebih menjadi menurut oleh
    orang pada paling penduduk penduduknya provinsi pulau rasio sama sampai sebuah sebelum
    sesudah seluruh semua sensus separuh serta setiap tanggal terhadap terdaftar terendah
    tertinggi tetapi tidak ukuran untuk yaitu yang Januari Februari Maret Mei Juni Juli Agustus
    Oktober Desember"""
ENGLISH = """
    a above all and are around as at be below between but by cannot census civil comes could does
    each every for from had half has have how in into is it least less most not of on only or over
    people population provinces ratio register servants shares staff than that the their them they
    this to was were when which with within would January February March May June July August
    October December"""
HUNTED = {"id": set(ENGLISH.split()), "en": set(INDONESIAN.split())}


def findings(name):
    if name == COMMON:
        return COMMON_FINDINGS
    return import_module(f"analysis.reports.{name}.findings").FINDINGS


def by_group(name, code):
    """The blocks of each group of a text file, parsed."""
    jinja = environment(Language(code), markdown=False)
    groups = {}
    for block, source in read_blocks(name, code).items():
        groups.setdefault(block.partition(".")[0], []).append(jinja.parse(source))
    return groups


@cache
def listed_terms():
    lines = (FOLDER / "digits.txt").read_text("utf-8").splitlines()
    terms = [line for line in lines if line and not line.startswith("#")]
    return sorted(terms, key=len, reverse=True)


@cache
def shown(report, number, code):
    return run(report, language=code, **TRIED[report][number])


def each_shown(report):
    return [shown(report, number, language_of(number)) for number in range(len(EXTREMES[report]))]


@cache
def quoted(run):
    """What is printed as it was published: formulas, sources, their titles, terms and notes."""
    package = read_package(RAW)
    texts = [part for each in MEASURES.values() for part in (each.formula, each.reference)]
    texts += read_table("jabatan_nasional")["sumber"].tolist()
    texts += read_table("aturan")[["hal", "satuan", "dasar", "sumber"]].to_numpy().ravel().tolist()
    texts += [
        text
        for table in ("penyetaraan_pemda_2021", "penyetaraan_daerah_2021")
        for text in read_table(table)["catatan"].dropna()
    ]
    rules = read_table("aturan_penyederhanaan")
    texts += [text for name in ("kode", "dasar", "hasil") for text in rules[name].dropna()]
    texts += [
        name for name in unit_names(run) if name.startswith(("Badan", "Bidang", "Seksi", "Fungsi"))
    ]
    texts += agencies(run)
    texts += read_processed("jabatan_pelaksana")["nama"].tolist()
    texts += read_processed("kabkota")["nama"].tolist()
    texts += [name for resource in package.resources for name in names_of(resource)]
    return sorted({" ".join(text.split()) for text in texts}, key=len, reverse=True)


def offending(report, number, code, wrong):
    """What a run shows that is wrong, though what is printed as it was published is left out.

    Few texts are wrong as they stand; only they are searched for what is quoted, which is dear.
    """
    suspects = (text for text in shown(report, number, code).texts if wrong(text))
    run = TRIED[report][number].get("run", "sintetis")
    return [text for text in suspects if wrong(without_quotes(text, run))]


def without_quotes(text, run):
    if text and is_unit_name(text, run):
        return ""
    text = " ".join(text.split())  # a long name may stand in two lines of a figure
    for title in quoted(run):
        text = text.replace(title, "X." if title.endswith(".") else "X")
    return text


@cache
def agencies(run):
    with readable(run):
        names = read_run(run).of("pegawai_instansi").frame["instansi"]
    return [name for name in names.unique() if name != "Jumlah"]


@cache
def unit_names(run):
    """Names of agencies and their units, which are Indonesian in every language."""
    with readable(run):
        made = read_run(run)
        squads = [made.of(name).frame["kelompok"] for name in made.tables if "skuad_unit" in name]
    names = pd.concat([read_processed("organisasi_unit")["nama"], *squads]).unique()
    return tuple(" ".join(name.split()) for name in (*names, *agencies(run)))


def is_unit_name(text, run):
    """Whether a text is such a name, or parts of it where a figure has no room for all of it."""
    parts = [re.escape(part) for part in " ".join(text.split()).split("…")]
    said = re.compile(r"\S*".join(parts).rstrip())
    return any(said.match(name) for name in unit_names(run))


def names_of(resource):
    origins = [
        (each.title, each.publisher, each.path or resource.path) for each in resource.sources
    ]
    described = [resource.title, resource.path, resource.ketentuan, *resource.catatan]
    return [*described, *(part for origin in origins for part in origin)]


class TestFiles:
    def test_every_report_that_has_words_is_tried(self):
        assert sorted(EXTREMES) == REPORTS

    @pytest.mark.parametrize("name", FILES)
    @pytest.mark.parametrize("code", LANGUAGES)
    def test_every_language_has_the_same_blocks_in_the_same_order(self, name, code):
        assert list(read_blocks(name, code)) == list(read_blocks(name, "id"))

    @pytest.mark.parametrize("name", FILES)
    def test_a_figure_has_a_title_that_states_its_finding(self, name):
        blocks = read_blocks(name, "id")
        figures = {block.removesuffix(".alt") for block in blocks if block.endswith(".alt")}
        assert [group for group in figures if f"{group}.headline" not in blocks] == []

    def test_no_report_has_a_block_that_all_share(self):
        shared = set(read_blocks(COMMON, "id"))
        assert [name for name in REPORTS if shared & set(read_blocks(name, "id"))] == []

    @pytest.mark.parametrize("name", FILES)
    @pytest.mark.parametrize("code", LANGUAGES)
    def test_figures_are_not_typed(self, name, code):
        typed = {}
        for block, source in read_blocks(name, code).items():
            prose = " ".join(HOLES.sub(" ", source).split())
            for term in listed_terms():
                prose = prose.replace(term, " ")
            if found := re.findall(r"\S*\d\S*", prose):
                typed[block] = found
        assert typed == {}, "give the figure as a value, or list the term in texts/digits.txt"

    @pytest.mark.parametrize("name", FILES)
    @pytest.mark.parametrize("code", LANGUAGES)
    def test_no_figure_hides_in_an_expression(self, name, code):
        for tree in (tree for trees in by_group(name, code).values() for tree in trees):
            for constant in tree.find_all(nodes.Const):
                assert not re.search(
                    r"\d", constant.value if isinstance(constant.value, str) else ""
                )
            for output in tree.find_all(nodes.Output):
                printed = [
                    each for each in output.nodes if not isinstance(each, nodes.TemplateData)
                ]
                assert all(_names_a_value(each) for each in printed)

    def test_every_term_with_digits_is_used(self):
        text = " ".join(" ".join(path.read_text("utf-8").split()) for path in FOLDER.glob("*.md"))
        assert [term for term in listed_terms() if term not in text] == []


def _names_a_value(node):
    return isinstance(node, nodes.Name) or next(node.find_all(nodes.Name), None) is not None


class TestValues:
    @pytest.mark.parametrize("name", FILES)
    @pytest.mark.parametrize("code", LANGUAGES)
    def test_a_group_uses_every_value_of_its_finding_and_no_other(self, name, code):
        types = findings(name)
        for group, trees in by_group(name, code).items():
            used = set().union(*map(meta.find_undeclared_variables, trees))
            given = {field.name for field in fields(types[group])} if group in types else set()
            assert (group, used - given, given - used) == (group, set(), set())

    @pytest.mark.parametrize("name", FILES)
    def test_every_finding_has_words(self, name):
        assert set(findings(name)) <= set(by_group(name, "id"))


class TestReports:
    @pytest.mark.parametrize("report", REPORTS)
    def test_every_block_is_used(self, report):
        used = set().union(*(each.used for each in each_shown(report)))
        assert set(read_blocks(report, "id")) - used == set()

    @pytest.mark.parametrize("report", REPORTS)
    def test_its_notebook_names_every_table_it_reads(self, report):
        read = set().union(*(each.read for each in each_shown(report)))
        content = json.loads(notebook_of(report).read_text("utf-8"))
        assert read - set(content["metadata"]["analysis"]["tables"]) == set()

    def test_every_shared_block_is_used(self):
        used = set().union(*(shown(report, 0, "id").used for report in REPORTS))
        assert set(read_blocks(COMMON, "id")) - used == set()

    @pytest.mark.parametrize(("report", "number", "code"), CASES)
    def test_no_word_of_another_language_is_shown(self, report, number, code):
        def hunted(text):
            return not HUNTED[code].isdisjoint(re.findall(r"[^\W\d_]+", text))

        assert offending(report, number, code, hunted) == []

    @pytest.mark.parametrize(("report", "number", "code"), CASES)
    def test_sentences_are_whole(self, report, number, code):
        broken = re.compile(r"\S {2,}\S| [.,;:)]|\(\s|\.\.|,,|\bnan\b|None(?! of \d)|\{|\}")
        assert offending(report, number, code, broken.search) == []

    @pytest.mark.parametrize(("report", "number", "code"), CASES)
    def test_nothing_changes_into_itself_and_none_is_not_nought(self, report, number, code):
        assert offending(report, number, code, ODD[code].search) == []

    @pytest.mark.parametrize("report", REPORTS)
    def test_its_notebook_holds_no_words_of_its_own(self, report):
        source = notebook_of(report).read_text("utf-8")
        assert '"cell_type": "markdown"' not in source
