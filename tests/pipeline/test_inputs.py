"""What decides that an edition is built again is all that it reads."""

import ast

import pytest

from analysis.paths import NOTEBOOKS, ROOT
from analysis.pipeline import inputs
from analysis.reports.registry import REPORTS

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
    others = {f"analysis.reports.{name}" for name in REPORTS if name != report}
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


def test_another_word_makes_another_recipe(monkeypatch):
    before = [inputs.running(name, [], {}).value for name in ("distribusi", "mutu_guru")]
    changed = PACKAGE / "reports" / "texts" / "distribusi.id.md"
    inputs._content.cache_clear()
    digest = inputs._digest
    monkeypatch.setattr(inputs, "_digest", lambda p: "other" if p == changed else digest(p))
    after = [inputs.running(name, [], {}).value for name in ("distribusi", "mutu_guru")]
    monkeypatch.undo()
    inputs._content.cache_clear()
    assert (before[0] == after[0], before[1] == after[1]) == (False, True)


def test_parameters_make_another_recipe():
    one, other = (inputs.running("distribusi", [], {"basis": b}).value for b in ("33", "34"))
    assert one != other
