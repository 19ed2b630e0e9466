"""What decides that an edition is built again is all that it reads."""

import ast
import os
import subprocess
import sys

import pytest

from analysis.paths import NOTEBOOKS, ROOT
from analysis.pipeline import inputs, task_records
from analysis.reads import noted
from analysis.reports.registry import BUILT_ON, REPORTS

PACKAGE = ROOT / "src" / "analysis"


def imported(source):
    """Return the modules that some code imports, anywhere in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("report", sorted(REPORTS))
def test_no_report_uses_the_code_of_another(report):
    called = {report, *BUILT_ON.get(report, ())}
    others = {f"analysis.reports.{name}" for name in REPORTS if name not in called}
    used = {
        name
        for path in (PACKAGE / "reports" / report).rglob("*.py")
        for name in imported(path.read_text("utf-8"))
        if any(name == other or name.startswith(f"{other}.") for other in others)
    }
    assert used == set(), "move what both use to a module beside the reports"


def test_nothing_beside_the_reports_uses_one_of_them():
    folders = [PACKAGE / "reports" / name for name in REPORTS]
    paths = [
        path
        for path in PACKAGE.rglob("*.py")
        if not any(folder in path.parents for folder in folders)
    ]
    used = {
        (path.relative_to(PACKAGE).as_posix(), name)
        for path in paths
        for name in imported(path.read_text("utf-8"))
        if any(name.startswith(f"analysis.reports.{report}.") for report in REPORTS)
    }
    assert used == set()


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("[0-9]*.ipynb")), ids=lambda path: path.stem)
def test_a_notebook_uses_its_own_report(path):
    report, _ = inputs.described(path)
    assert path.stem.partition("_")[2] == report


def test_a_page_is_made_by_all_that_the_module_of_pages_imports():
    found, left = set(), [PACKAGE / "reports" / "rendering.py"]
    while left:
        path = left.pop()
        for name in imported(path.read_text("utf-8")):
            module = PACKAGE.parent.joinpath(*name.split(".")).with_suffix(".py")
            module = module if module.exists() else module.parent.with_suffix(".py")
            if module.parent == PACKAGE / "reports" and module.exists() and module not in found:
                found.add(module)
                left.append(module)
    assert len(found) > 5
    assert found - set(inputs._files(inputs._PAGES)) == set()


@pytest.fixture
def recipes():
    """Return a function that says what makes some reports, as the files are now."""

    def recipes(*reports):
        for cached in (inputs._content, inputs._code_of):
            cached.cache_clear()
        return {name: inputs.running(name, [], {}).value for name in reports}

    yield recipes
    recipes()


@pytest.mark.parametrize(
    ("changed", "reports"),
    [
        ("reports/texts/distribusi.id.md", {"distribusi"}),
        ("reports/redistribusi/findings.py", {"redistribusi", "risalah_redistribusi"}),
    ],
)
def test_another_word_or_formula_makes_another_recipe(recipes, monkeypatch, changed, reports):
    before, digest = recipes(*REPORTS), inputs._named_digest
    monkeypatch.setattr(
        inputs, "_named_digest", lambda p: "other" if p == PACKAGE / changed else digest(p)
    )
    after = recipes(*REPORTS)
    monkeypatch.undo()
    assert {name for name in REPORTS if before[name] != after[name]} == reports


def test_synthetic_people_are_made_again_when_a_table_changes_that_they_are_made_from(
    tmp_path,
):
    # In a process of its own: what another test has read and kept would not be read again.
    command = ["-m", "analysis.individuals.population", tmp_path / "people", "700"]
    subprocess.run(
        [sys.executable, *command, "--provinces", "34"],
        env=os.environ | {"ANALYSIS_READS": str(tmp_path / "reads")},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    assert {read.table for read in noted(tmp_path / "reads")} == set(task_records._FROM)


def test_a_notebook_of_a_run_of_tables_names_it():
    assert inputs.runs_named(NOTEBOOKS / "08_data_nasional.ipynb") == [task_records.SYNTHETIC]
    assert inputs.runs_named(NOTEBOOKS / "01_distribusi.ipynb") == []


def test_parameters_make_another_recipe():
    one, other = (inputs.running("distribusi", [], {"basis": b}).value for b in ("33", "34"))
    assert one != other
