"""The committed reference pages are those the code makes, and say something of everything."""

import doctest
import re

import pytest

from analysis import inequality, redistribution
from analysis.handbook import measures_page, planner_page
from analysis.inequality import MEASURES
from analysis.paths import DOCS

PAGES = {"measures.md": measures_page, "planner.md": planner_page}


@pytest.mark.parametrize("name", PAGES)
def test_the_committed_page_is_current(name):
    committed = (DOCS / name).read_text("utf-8")
    assert committed == PAGES[name](), f"docs/{name} is not current: run `make docs`."


@pytest.mark.parametrize("name", MEASURES)
def test_each_measure_has_its_formula_range_source_and_sentences(name):
    row, page = MEASURES[name], measures_page()
    for text in (row.formula, row.range, row.values, row.reference, *row.meaning.values()):
        assert text in page


def test_the_examples_run_as_printed():
    page = measures_page()
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    names = {name: getattr(inequality, name) for name in inequality.__all__}
    exec(blocks[0], names)
    examples = doctest.DocTestParser().get_doctest("".join(blocks[1:]), names, "measures", None, 0)
    assert len(examples.examples) == len(MEASURES)
    assert doctest.DocTestRunner().run(examples).failed == 0


def test_every_function_of_the_planner_is_there():
    page = planner_page()
    for name in redistribution.__all__:
        if name.islower():
            assert f"### `{name}`" in page, name


def test_no_table_is_broken_by_a_bar():
    rows = [line for line in measures_page().splitlines() if line.startswith("| ")]
    assert {line.count("|") for line in rows} == {8}
