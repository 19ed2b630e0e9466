import datetime as dt
import subprocess
import sys

import nbformat
import pytest

from analysis.errors import ParameterError
from analysis.paths import NOTEBOOKS
from analysis.reports.distribusi.parameters import Distribusi
from analysis.reports.parameters import defaults, found_path
from analysis.reports.penyederhanaan.parameters import Penyederhanaan
from analysis.reports.sebelum_sesudah import SebelumSesudah

DISTRIBUSI = {
    "date": "2023-12-31",
    "basis": "38",
    "population": "registrasi",
    "measures": ["gini"],
    "randomness": "superpopulation",
    "seed": 1,
    "language": "id",
}
SEBELUM = {
    "before": "2014-12-31",
    "after": "2023-12-31",
    "basis": "33",
    "population_before": "sensus",
    "population_after": "registrasi",
    "measures": ["gini"],
    "randomness": "superpopulation",
    "seed": 1,
}


def test_values_are_converted_to_their_types():
    p = Distribusi.check(DISTRIBUSI | {"basis": 38})  # papermill reads -p basis 38 as a number
    assert p.date == dt.date(2023, 12, 31)
    assert p.basis == "38"


def test_an_unknown_name_is_refused_with_a_suggestion_and_the_names_there_are():
    with pytest.raises(ParameterError) as caught:
        Distribusi.check(DISTRIBUSI | {"basi": "33"})
    message = str(caught.value)
    assert "Unknown parameter 'basi'. Did you mean 'basis'?" in message
    assert "population: sensus (growth between censuses)" in message


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("date", "31-12-2023", "'date' = '31-12-2023'"),
        ("basis", "35", "'33', '34', '37' or '38'"),
        ("population", "proyeksi", "'sensus', 'registrasi' or 'gabungan'"),
        ("measures", "gini", "'measures' = 'gini'"),
        ("measures", [], "an empty list"),
        ("measures", ["gini", "ginny"], "ginny is not allowed. Choose from gini, "),
        ("measures", ["equivalent_number"], "equivalent_number is not allowed. Choose from gini, "),
        ("randomness", "sampling", "'superpopulation' or 'count'"),
        ("seed", -1, "'seed' = -1"),
        ("language", "jv", "'id' or 'en'"),
    ],
)
def test_a_mistyped_value_is_refused_by_name(name, value, expected):
    with pytest.raises(ParameterError) as caught:
        Distribusi.check(DISTRIBUSI | {name: value})
    assert expected in str(caught.value)


def test_every_problem_is_reported_at_once():
    with pytest.raises(ParameterError) as caught:
        Distribusi.check({"date": "x", "basis": "1", "language": "id", "surprise": 1})
    for word in ("'date'", "'basis'", "'surprise'", "'measures' is missing", "'population' is m"):
        assert word in str(caught.value)


@pytest.mark.parametrize("after", ["2014-12-31", "2010-12-31"])
def test_before_must_be_earlier_than_after(after):
    with pytest.raises(ParameterError, match=r"'before' = 2014-12-31 is not earlier .* Swap them"):
        SebelumSesudah.check(SEBELUM | {"after": after})


def test_start_must_not_be_later_than_end():
    with pytest.raises(ParameterError, match="'start' = 2024-01-01 is later than 'end'"):
        Penyederhanaan.check({"start": "2024-01-01", "end": "2023-01-01", "deadline": "2021-12-31"})


class TestRead:
    """Parameters read from the variables of a notebook."""

    def test_takes_plain_variables_only(self):
        namespace = DISTRIBUSI | {"_i": "1", "In": [], "Out": {}, "pd": pytest, "f": len}
        assert Distribusi.read(namespace) == Distribusi.check(DISTRIBUSI)

    def test_finds_a_name_that_papermill_would_ignore(self):
        with pytest.raises(ParameterError, match="Unknown parameter 'tanggal'"):
            Distribusi.read(DISTRIBUSI | {"tanggal": "2023-12-31"})


class TestDefaults:
    def test_are_the_literals_of_the_tagged_cell(self, notebook):
        source = nbformat.read(notebook(), as_version=4)
        assert defaults(source) == {
            "before": "2014-12-31",
            "after": "2023-12-31",
            "count": 3,
            "language": "id",
        }

    @pytest.mark.parametrize("cell", ["count: int = 3", "count = 3  # people"])
    def test_may_say_their_type(self, notebook, cell):
        source = nbformat.read(notebook(parameters=cell), as_version=4)
        assert defaults(source)["count"] == 3

    @pytest.mark.parametrize("cell", ["count, more = 1, 2", "count: int", "count += 1", "print(1)"])
    def test_must_be_assigned_to_a_name(self, notebook, cell):
        source = nbformat.read(notebook(parameters=cell), as_version=4)
        with pytest.raises(ParameterError, match="line 1 does not assign a value to a name"):
            defaults(source)

    def test_must_be_literals(self, notebook):
        source = nbformat.read(notebook(parameters="count = 1 + len([])"), as_version=4)
        with pytest.raises(ParameterError, match="only assign literal values"):
            defaults(source)

    def test_need_a_tagged_cell(self):
        with pytest.raises(ParameterError, match="no cell tagged 'parameters'"):
            defaults(nbformat.v4.new_notebook())


def test_a_relative_path_starts_in_the_working_folder_the_project_or_at_home(tmp_path, monkeypatch):
    file = tmp_path / "peta.csv"
    file.write_text("unit\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert found_path("peta.csv", "file") == found_path("~/peta.csv", "file") == file
    assert found_path("data/contoh/README.md", "file").is_file()
    with pytest.raises(ParameterError, match=r"'file' = 'tidak.csv': there is no file .* or "):
        found_path("tidak.csv", "file")


def imports_of(notebook):
    cells = nbformat.read(NOTEBOOKS / notebook, as_version=4).cells
    lines = "\n".join(cell.source for cell in cells).splitlines()
    return "\n".join(line for line in lines if line.startswith(("import ", "from ")))


class TestImports:
    """Waiting for a module that is not used is most of what a short notebook does."""

    UNUSED = ("nbformat", "jsonschema", "nbconvert", "papermill", "ortools", "xlsxwriter", "bs4")

    @pytest.mark.parametrize(
        ("statement", "unused"),
        [
            ("from analysis.reports.parameters import Parameters", (*UNUSED, "scipy")),
            ("from analysis.reports.registry import REPORTS", (*UNUSED, "scipy")),
            ("from analysis.reports.distribusi.parameters import Distribusi", UNUSED),
            (imports_of("01_distribusi.ipynb"), (*UNUSED, "statsmodels.api", "statsmodels.genmod")),
        ],
    )
    def test_bring_only_what_is_used(self, statement, unused):
        code = f"{statement}\nimport sys\nprint(*[m for m in {unused!r} if m in sys.modules])"
        found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert (found.stdout.split(), found.stderr) == ([], "")
