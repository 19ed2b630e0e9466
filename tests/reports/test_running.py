from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from analysis.errors import AnalysisError, DataError, ParameterError
from analysis.reports.running import reproducible, run_notebook


@pytest.fixture
def places(tmp_path):
    return tmp_path / "executed" / "09_small.ipynb", tmp_path / "failed"


def outputs(path):
    return [
        output["text"]
        for cell in nbformat.read(path, as_version=4).cells
        for output in cell.get("outputs", [])
    ]


def test_runs_with_defaults_and_with_chosen_parameters(notebook, places):
    output, failed = places
    source = notebook("print(count + 1)")
    run_notebook(source, output, failed=failed)
    assert outputs(output) == ["4\n"]
    run_notebook(source, output, {"count": 10}, failed=failed)
    assert outputs(output) == ["11\n"]


def test_same_input_gives_the_same_bytes(notebook, places):
    output, failed = places
    source = notebook("print(count)")
    run_notebook(source, output, {"count": 4}, failed=failed)
    first = output.read_bytes()
    run_notebook(source, output, {"count": 4}, failed=failed)
    assert output.read_bytes() == first


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"cuont": 1}, "Unknown parameter 'cuont'. Did you mean 'count'?"),
        ({"count": "many"}, "Parameter 'count' = 'many'"),
        ({"before": "2024-12-31"}, "'before' is later than 'after'"),
    ],
)
def test_wrong_parameters_stop_before_any_cell_runs(notebook, places, tmp_path, chosen, message):
    output, failed = places
    source = notebook(f"open({str(tmp_path / 'ran')!r}, 'w')")
    with pytest.raises(ParameterError) as caught:
        run_notebook(source, output, chosen, failed=failed)
    assert "09_small.ipynb" in str(caught.value)
    assert message in str(caught.value)
    assert not (tmp_path / "ran").exists()
    assert not output.exists()


def test_a_notebook_must_name_its_report(notebook, places):
    output, failed = places
    source = notebook()
    content = nbformat.read(source, as_version=4)
    content.metadata["analysis"] = {"report": "other"}
    nbformat.write(content, source)
    with pytest.raises(ParameterError, match=r"one of distribusi.*it says 'other'"):
        run_notebook(source, output, failed=failed)


class TestFailingCell:
    @pytest.fixture
    def failure(self, notebook, places):
        output, failed = places
        output.parent.mkdir()
        output.write_text("the good old notebook")
        with pytest.raises(AnalysisError) as caught:
            run_notebook(notebook("print('so far')", "1 / 0"), output, failed=failed)
        return str(caught.value)

    def test_is_named_with_its_error(self, failure):
        assert "09_small.ipynb, cell [3] (1 / 0): ZeroDivisionError: division by zero" in failure

    def test_leaves_the_half_run_notebook_for_inspection(self, failure, places):
        _, failed = places
        kept = failed / "09_small.ipynb"
        assert str(kept) in failure
        assert "so far" in kept.read_text()

    @pytest.mark.usefixtures("failure")
    def test_does_not_replace_the_old_result(self, places):
        assert places[0].read_text() == "the good old notebook"

    @pytest.mark.usefixtures("failure")
    def test_leaves_nothing_behind_once_mended(self, notebook, places):
        output, failed = places
        run_notebook(notebook("print('mended')"), output, failed=failed)
        assert not (failed / "09_small.ipynb").exists()


def test_an_output_that_cannot_be_written_is_a_clear_error(notebook, tmp_path):
    (tmp_path / "executed").write_text("a file where the folder should be")
    with pytest.raises(DataError, match=r"executed.*is a folder\s+you may write to"):
        run_notebook(notebook(), tmp_path / "executed" / "a.ipynb", failed=tmp_path / "failed")


def test_a_file_in_the_home_folder_is_named_from_there(notebook):
    content = nbformat.read(notebook(), as_version=4)
    home = str(Path.home())
    content.cells.insert(0, new_code_cell(f'file = "{home}/peta.csv"'))
    content.cells[0].metadata["tags"] = ["injected-parameters"]
    found = reproducible(content, {"file": f"{home}/peta.csv", "count": 3})
    assert found.metadata["papermill"]["parameters"] == {"file": "~/peta.csv", "count": 3}
    assert found.cells[0].source == 'file = "~/peta.csv"'
