"""Wrong notebooks, pages and parameters, and the message that comes out: a new fault adds a row."""

import datetime as dt
import json
import os

import nbformat
import pytest

from analysis.datasets import read_processed
from analysis.errors import AnalysisError, ParameterError
from analysis.paths import NOTEBOOKS
from analysis.reports.__main__ import main
from analysis.reports.distribusi import Distribusi
from analysis.reports.parameters import defaults
from analysis.reports.penyederhanaan.findings import posts_between
from analysis.reports.redistribusi import Redistribusi
from analysis.reports.running import read_notebook, run_notebook

HEAD = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def with_head(**metadata):
    return json.dumps(HEAD | {"metadata": metadata}).encode()


def with_cell(**changes):
    cell = {"cell_type": "code", "id": "a", "source": "", "metadata": {}, "outputs": []}
    cell |= {"execution_count": None} | changes
    return json.dumps(HEAD | {"cells": [cell]}).encode()


# fmt: off
NOTEBOOK_FILES = [
    # what is wrong, content of the file, what the message says
    ("empty", b"", "is no Jupyter notebook (JSONDecodeError"),
    ("not JSON", b"import pandas\n", "is no Jupyter notebook (JSONDecodeError"),
    ("noise", b"\x9e\x93\xf5\xc2", "is no Jupyter notebook (UnicodeDecodeError"),
    ("a list", b"[]", "is no Jupyter notebook (TypeError"),
    ("nothing of a notebook", b"{}", "is no Jupyter notebook (KeyError"),
    ("an old format", json.dumps(HEAD | {"nbformat": 3}).encode(), "no notebook of format 4"),
    ("cells of another kind", json.dumps(HEAD | {"cells": {}}).encode(), "no notebook of format 4"),
    ("a broken cell", json.dumps(HEAD | {"cells": [{}]}).encode(), "(ValidationError"),
    ("nested without end", b"[" * 100_000, "is no Jupyter notebook (RecursionError"),
    ("metadata of another kind", with_head(analysis=["distribusi"]), "must name the report it"),
    ("a report of another kind", with_head(analysis={"report": ["distribusi"]}), "must name the"),
    ("no minor format", json.dumps(HEAD | {"nbformat_minor": None}).encode(), "is no Jupyter"),
    ("code of another kind", with_cell(source=1), "(NotebookValidationError"),
    ("no code", json.dumps(HEAD | {"cells": [{"cell_type": "code"}]}).encode(), "ValidationError"),
    ("tags of another kind", with_cell(metadata={"tags": 1}), "(NotebookValidationError"),
    ("no report", json.dumps(HEAD).encode(), "its metadata must name the report it makes"),
]
# fmt: on


@pytest.mark.parametrize(
    ("content", "says"), [pytest.param(*row, id=name) for name, *row in NOTEBOOK_FILES]
)
def test_a_file_that_is_no_notebook(tmp_path, capsys, content, says):
    notebook, page = tmp_path / "a.ipynb", tmp_path / "a.html"
    notebook.write_bytes(content)
    assert main([str(notebook), str(page)]) == 1
    printed = capsys.readouterr().err
    assert "a.ipynb" in printed
    assert says in printed
    assert not page.exists()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (str, "is missing. Give the path of a notebook"),
        (lambda path: path.mkdir(), "is a folder, not a file"),
        (os.mkfifo, "is not an ordinary file, but a pipe"),
    ],
    ids=["missing", "a folder", "a pipe"],
)
def test_what_stands_in_place_of_a_notebook(tmp_path, make, says):
    make(tmp_path / "a.ipynb")
    with pytest.raises(AnalysisError) as caught:
        read_notebook(tmp_path / "a.ipynb")
    assert f"{tmp_path / 'a.ipynb'} {says}" in str(caught.value)


@pytest.mark.parametrize("page", ["09_small.ipynb", "hasil", "tabel.csv", ".", "folder.html"])
def test_a_page_over_what_is_no_page(notebook, monkeypatch, capsys, page):
    source = notebook("print(count)")
    before = source.read_bytes()
    monkeypatch.chdir(source.parent)
    (source.parent / "folder.html").mkdir()
    assert main([source.name, page]) == 1
    assert "cannot be the page: it must be a file whose name ends in .html" in (
        capsys.readouterr().err
    )
    assert source.read_bytes() == before


def test_a_notebook_is_not_run_over_itself(notebook, tmp_path):
    source = notebook("print(count)")
    before = source.read_bytes()
    for output in (source, tmp_path / "link.ipynb"):
        if output != source:
            output.symlink_to(source)
        with pytest.raises(AnalysisError, match="is the notebook itself"):
            run_notebook(source, output, failed=tmp_path)
    assert source.read_bytes() == before


def test_a_kernel_that_is_not_installed(notebook, tmp_path):
    source = notebook("print(count)")
    content = nbformat.read(source, as_version=4)
    content.metadata["kernelspec"]["name"] = "conda-env-lain"
    nbformat.write(content, source)
    with pytest.raises(AnalysisError, match="asks for the kernel 'conda-env-lain', which is not"):
        run_notebook(source, tmp_path / "a.ipynb", failed=tmp_path)


@pytest.mark.parametrize(
    "named", [{}, {"kernelspec": {"name": "python3", "display_name": "Python"}}]
)
def test_a_notebook_that_names_no_kernel_is_run_by_python(notebook, tmp_path, named):
    source = notebook("print(count)")
    content = nbformat.read(source, as_version=4)
    content.metadata = {"analysis": content.metadata["analysis"]} | named
    nbformat.write(content, source)
    run_notebook(source, tmp_path / "a.ipynb", failed=tmp_path)
    assert nbformat.read(tmp_path / "a.ipynb", 4).cells[-1].outputs[0].text == "3\n"


def test_a_kernel_that_dies(notebook, tmp_path):
    source = notebook("import os; os._exit(1)")
    with pytest.raises(AnalysisError, match=r"the kernel died .*want of memory"):
        run_notebook(source, tmp_path / "a.ipynb", failed=tmp_path)


def test_a_folder_for_temporary_files_with_a_long_path(notebook, tmp_path, monkeypatch):
    folder = tmp_path / ("x" * 120)
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    run_notebook(notebook("print(count)"), tmp_path / "a.ipynb", failed=tmp_path)
    assert (tmp_path / "a.ipynb").exists()
    assert list(folder.iterdir()) == []


def of(name):
    """Return the parameters that a notebook is kept with."""
    return defaults(read_notebook(NOTEBOOKS / f"{name}.ipynb"))


# fmt: off
PARAMETERS = [
    # name, value as papermill or a cell gives it, what the message says
    (Distribusi, "date", 0, "'date' = 0 is no date YYYY-MM-DD"),
    (Distribusi, "date", "0", "'date' = '0' is no date YYYY-MM-DD"),
    (Distribusi, "date", 1704000000, "'date' = 1704000000 is no date YYYY-MM-DD"),
    (Distribusi, "date", True, "'date' = True is true or false"),
    (Distribusi, "date", None, "'date' = None is no date YYYY-MM-DD"),
    (Distribusi, "date", "2023-12-31T00:00:00", "is no date YYYY-MM-DD"),
    (Distribusi, "date", "2023-02-30", "'date' = '2023-02-30': Input should be a valid date"),
    (Distribusi, "date", "1600-12-31", "'date': 1600-12-31 is not a date from 1945-08-17 to"),
    (Distribusi, "date", "2999-12-31", "'date': 2999-12-31 is not a date from 1945-08-17 to"),
    (Distribusi, "seed", True, "'seed' = True is true or false"),
    (Distribusi, "seed", float("nan"), "'seed' = nan: Input should be a finite number"),
    (Distribusi, "seed", 1.5, "'seed' = 1.5: Input should be a valid integer"),
    (Distribusi, "basis", True, "'basis' = True is true or false"),
    (Distribusi, "measures", ["gini"] * 5000, "'measures' has 'gini' more than once"),
    (Distribusi, "measures", "x" * 5000, f"'measures' = '{'x' * 99}...: Input should be"),
    (Redistribusi, "replicates", 10**9, "'replicates' = 1000000000: Input should be less than"),
    (Redistribusi, "replicates", True, "'replicates' = True is true or false"),
    (Redistribusi, "hire_price", 1e300, "'hire_price' = 1e+300: Input should be less than"),
    (Redistribusi, "hire_price", float("inf"), "'hire_price' = inf: Input should be a finite"),
    (Redistribusi, "need_cv", 1e300, "'need_cv' = 1e+300: Input should be less than"),
    (Redistribusi, "vacancies", {"32": -1}, "'vacancies.32' = -1: Input should be greater"),
    (Redistribusi, "rupiah_per_move", 0, "'rupiah_per_move' = 0: Input should be greater than 0"),
    (Redistribusi, "central_staff", "buang", "'central_staff' = 'buang': Input should be"),
    (Redistribusi, "weights", {"penduduk": float("nan")}, "'weights.penduduk' = nan: Input sho"),
]
# fmt: on
NOTEBOOK_OF = {Distribusi: "01_distribusi", Redistribusi: "07_redistribusi"}


@pytest.mark.parametrize(("report", "name", "value", "says"), PARAMETERS)
def test_a_parameter_that_is_refused(report, name, value, says):
    kept = of(NOTEBOOK_OF[report])
    report.check(kept)
    with pytest.raises(ParameterError) as caught:
        report.check(kept | {name: value})
    assert says in str(caught.value)
    assert len(str(caught.value)) < 4000


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (["-p", "count", "1", "-p", "count", "2"], "'count' is given more than once"),
        (["-p", "count", "9" * 5000], "'count' = '999"),
        (["-p", "count", "[" * 100_000], "'count' = '[[["),
        (["-p", "before", "20141231"], "'before' = '20141231' is no date YYYY-MM-DD"),
    ],
    ids=["twice", "more digits than Python reads", "nested without end", "a date without dashes"],
)
def test_a_parameter_typed(notebook, tmp_path, capsys, typed, says):
    assert main([str(notebook()), str(tmp_path / "a.html"), *typed]) == 1
    assert says in capsys.readouterr().err


@pytest.mark.parametrize(
    ("start", "end", "lacking"),
    [
        ("2022-06-01", "2023-12-31", ["Instansi pusat: 2020-11-10", "2021-12-31, 2022-12-31"]),
        (
            "2019-01-01",
            "2019-01-02",
            ["Nasional: 2019-06-30, 2020-01-11", "Kabupaten Seluma: 2019"],
        ),
        ("2019-01-01", "2021-12-31", ["Kabupaten Kepulauan Aru: 2021-12-31, 2022-12-31"]),
    ],
)
def test_a_period_without_data_is_refused_with_the_dates_there_are(start, end, lacking):
    dates = (dt.date.fromisoformat(day) for day in (start, end))
    with pytest.raises(ParameterError) as caught:
        posts_between(read_processed("jabatan"), *dates)
    for place in lacking:
        assert place in str(caught.value)
