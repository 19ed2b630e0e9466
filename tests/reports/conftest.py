import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from small_report import PARAMETERS

from analysis.reports import registry


@pytest.fixture(scope="session", autouse=True)
def small():
    """Make the small report known to the runner."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(registry.REPORTS, "small", "small_report:Small")
        yield


@pytest.fixture(scope="session")
def notebook(tmp_path_factory):
    """Write a notebook of the small report, with the given cells after the parameters."""

    def write(*cells, name="09_small.ipynb", parameters=PARAMETERS):
        content = new_notebook(
            cells=[
                new_markdown_cell("# Judul\n\nSebuah pertanyaan?"),
                new_code_cell(parameters, metadata={"tags": ["parameters"]}),
                *(
                    new_markdown_cell(cell[3:]) if cell.startswith("md:") else new_code_cell(cell)
                    for cell in cells
                ),
            ],
            metadata={
                "analysis": {"report": "small", "tables": []},
                "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            },
        )
        path = tmp_path_factory.mktemp("notebook") / name
        nbformat.write(content, path)
        return path

    return write
