"""Run a notebook with checked parameters."""

import os
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from analysis.errors import AnalysisError, ParameterError
from analysis.files import atomic_write
from analysis.reports.parameters import Parameters, defaults
from analysis.reports.registry import REPORTS


def run_notebook(
    notebook: Path,
    output: Path,
    parameters: Mapping[str, Any] | None = None,
    *,
    failed: Path,
    progress: bool = False,
) -> None:
    """Run a notebook and write the executed copy, or nothing at all.

    Parameters
    ----------
    notebook : Path
        Notebook with a cell tagged `parameters`; it is run from its own folder.
    output : Path
        Where the executed notebook goes. It is only replaced when every cell succeeded.
    parameters : mapping, optional
        Values that override the notebook's defaults.
    failed : Path
        Folder that receives the half-run notebook when a cell fails.
    progress : bool
        Show papermill's progress bar.

    Raises
    ------
    ParameterError
        If a parameter is unknown, mistyped or contradicts another; no cell has run then.
    AnalysisError
        If a cell fails: the message names notebook, cell and error.
    """
    chosen = dict(parameters or {})
    check_parameters(notebook, chosen)
    with TemporaryDirectory() as folder:
        executed = Path(folder) / notebook.name
        try:
            papermill.execute_notebook(
                notebook,
                executed,
                chosen,
                cwd=notebook.parent,
                progress_bar=progress,
                config=_kernel_in(Path(folder)),
            )
        except PapermillExecutionError as error:
            kept = failed / notebook.name
            atomic_write(kept, executed.read_bytes())
            raise AnalysisError(
                f"{notebook.name}, cell [{error.exec_count}] ({_first_line(error.source)}): "
                f"{error.ename}: {error.evalue}\n"
                f"The half-run notebook is in {kept}. Mend the cause and run again."
            ) from error
        finished = nbformat.read(executed, as_version=4)
    (failed / notebook.name).unlink(missing_ok=True)
    atomic_write(output, nbformat.writes(reproducible(finished, chosen)) + "\n")


def check_parameters(notebook: Path, chosen: Mapping[str, Any]) -> Parameters:
    """Return the checked parameters of a notebook, its defaults overridden by `chosen`.

    Raises
    ------
    ParameterError
        As in `run_notebook`.
    """
    source = nbformat.read(notebook, as_version=4)
    name = source.metadata.get("analysis", {}).get("report")
    if name not in REPORTS:
        raise ParameterError(
            f"{notebook.name}: its metadata must name the report it makes, "
            f'"analysis": {{"report": ...}}, one of {", ".join(REPORTS)}; it says {name!r}.'
        )
    try:
        return REPORTS[name].check({**defaults(source), **chosen})
    except ParameterError as error:
        raise ParameterError(f"{notebook.name}: {error}") from error


def reproducible(notebook: NotebookNode, parameters: Mapping[str, Any]) -> NotebookNode:
    """Drop what differs between two runs with the same input: times, durations, folders."""
    notebook.metadata["papermill"] = {"parameters": dict(parameters)}
    for cell in notebook.cells:
        for key in ("papermill", "execution"):
            cell.metadata.pop(key, None)
    return notebook


def _first_line(source: str) -> str:
    return source.strip().partition("\n")[0]


def _kernel_in(folder: Path) -> Config:
    """Return the setting that keeps a kernel's messages in a folder of its own.

    Unix sockets in a private folder: nobody else on the machine can listen, and kernels that run
    side by side do not meet.
    """
    if os.name != "posix":
        return Config()
    return Config({"KernelManager": {"transport": "ipc", "ip": str(folder / "kernel")}})
