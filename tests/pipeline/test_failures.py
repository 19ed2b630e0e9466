"""What a user reads when a build stops: the message, and nothing of the machinery."""

import json

import pytest

from analysis.pipeline import inputs

TITLE = "PNS menurut provinsi, Desember 2023"


@pytest.fixture
def folder(project):
    """Return the folder of raw tables, and put it back afterwards as it was."""
    with project.data_put_back():
        yield project.root / "data" / "raw"


def message(project):
    result = project.build("-m", "data")
    assert result.returncode != 0
    assert "Traceback" not in result.stdout
    assert "case-sensitive" not in result.stdout
    assert ".py:" not in result.stdout.replace("task_process.py::task_process", "")
    beside = [line for line in result.stdout.splitlines() if "task_process.py::" not in line]
    assert len(beside) < 40
    return " ".join(result.stdout.split())


def test_a_table_that_breaks_its_description(project, folder):
    table = folder / "pns_seluma.csv"
    table.write_bytes(table.read_bytes().replace(b"Struktural,664", b"Struktural,6.64"))
    (described,) = [
        entry
        for entry in json.loads((folder / "datapackage.json").read_bytes())["resources"]
        if entry["name"] == "pns_seluma"
    ]
    said = message(project)
    assert f"DataError: {table} has changed since it was described" in said
    assert described["hash"] in said


def test_a_table_that_is_missing(project, folder):
    (folder / "pns_seluma.csv").unlink()
    assert f"DataError: {folder / 'pns_seluma.csv'} is missing. datapackage.json" in message(
        project
    )


def test_a_description_that_is_broken(project, folder):
    description = folder / "datapackage.json"
    description.write_text(
        description.read_text("utf-8").replace('"peran": "pns_provinsi",', "", 1)
    )
    said = message(project)
    assert "table pns_provinsi_2014, peran: Field required" in said
    assert said.count("DataError: ") == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"{}", "is no notebook whose metadata name the tables it reads (KeyError('metadata'))"),
        (b"print(1)", "is no notebook whose metadata name the tables it reads (JSONDecodeError"),
        (
            b'{"metadata": {"analysis": {"report": "distribusi", "tables": ["pns", "jabatan"]}}}',
            "its metadata name tables that there are not: pns. There are provinsi, pemekaran,",
        ),
    ],
)
def test_a_notebook_of_ones_own_that_is_not_ready(project, content, says):
    notebook = project.root / "notebooks" / "99_saya.ipynb"
    notebook.write_bytes(content)
    try:
        said = message(project)
        assert f"AnalysisError: {notebook}" in said
        assert says in said
    finally:
        notebook.unlink()


def test_a_fault_of_our_own_keeps_its_traceback(project):
    code = project.root / "src" / "analysis" / "datasets" / "national.py"
    before = code.read_text("utf-8")
    code.write_text(before.replace("return asn.", "return asn.missing_method."), "utf-8")
    try:
        result = project.build("-k", "task_process[asn_nasional]")
    finally:
        code.write_text(before, "utf-8")
    assert "Traceback" in result.stdout
    assert "missing_method" in result.stdout


def test_a_source_file_that_is_not_there_is_an_error(monkeypatch):
    monkeypatch.setattr(inputs, "_RAW_TO_TIDY", ("errors.py", "statistics"))
    with pytest.raises(
        FileNotFoundError, match=r"statistics, named in pipeline/inputs\.py, does not"
    ):
        inputs.tidying([])
