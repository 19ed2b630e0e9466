"""Who may import the records of individual people."""

import ast
import os
import re
import shutil
import subprocess
import sys

import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager

from analysis.paths import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
RECORDS = re.compile(r"\banalysis\.individuals\b|\bfrom analysis import .*\bindividuals\b")


@pytest.fixture
def lint(tmp_path):
    """Return a function that adds modules to a copy of the package and asks the linter."""
    package = tmp_path / "src" / "analysis"
    shutil.copytree(ROOT / "src" / "analysis", package, ignore=shutil.ignore_patterns("*.pyc"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)

    def ask(modules, contract="individuals"):
        for name, code in modules.items():
            (package / name).parent.mkdir(exist_ok=True)
            (package / name).write_text(code)
        code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
        return subprocess.run(
            [sys.executable, "-c", code, "--no-cache", "--contract", contract],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(tmp_path / "src"), "COLUMNS": "200"},
            capture_output=True,
            text=True,
            check=False,
        )

    return ask


ROOM = {
    "individuals/records.py": "PEOPLE = 1\n",
    "pipeline/task_records.py": "from analysis.individuals import records\n",
}


def test_the_pipeline_and_the_command_line_may_read_records(lint):
    result = lint(ROOM)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("reports/leak.py", "from analysis import individuals\n"),
        ("site/leak.py", "from analysis.individuals.records import PEOPLE\n"),
        ("datasets/leak.py", "def late():\n    import analysis.individuals.records\n"),
        ("handbook/leak.py", "import analysis.individuals as people\n"),
    ],
)
def test_nobody_else_may(lint, name, code):
    result = lint(ROOM | {name: code})
    assert result.returncode == 1
    assert f"analysis.{name.removesuffix('.py').replace('/', '.')}" in result.stdout


@pytest.mark.parametrize(
    ("code", "kept"),
    [
        ("from analysis.disclosure.releases import Published, read_published\n", True),
        ("from analysis.disclosure.protection import protect\n", False),
    ],
)
def test_reports_take_counts_of_people_from_the_gate_only(lint, code, kept):
    result = lint({"reports/staff_of_units.py": code}, contract="gate")
    assert (result.returncode == 0) == kept, result.stdout


def reads_records(cell):
    """Return whether code of a notebook imports individual records, or runs what does."""
    code = TransformerManager().transform_cell(cell)
    return RECORDS.search(ast.unparse(ast.parse(code))) is not None


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_notebook_reads_records(path):
    cells = [
        cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"
    ]
    assert cells
    assert [cell for cell in cells if reads_records(cell)] == []


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("import analysis.individuals", True),
        ("from analysis.individuals.records import people", True),
        ("from analysis import (\n    staffing,\n    individuals as i,\n)", True),
        ("import analysis\nanalysis . individuals.records.people()", True),
        ("import importlib\nimportlib.import_module('analysis.individuals.records')", True),
        ("%time import analysis.individuals", True),
        ("!python -m analysis.individuals extract.csv", True),
        ("%%bash\npython -m analysis.individuals", True),
        ("individuals = frame['penduduk']  # analysis.individuals is not for notebooks", False),
        ("from analysis import staffing\nindividuals = staffing", False),
    ],
)
def test_the_hunt_finds_every_way_to_import(cell, found):
    assert reads_records(cell) is found
