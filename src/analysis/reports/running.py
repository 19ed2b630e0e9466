"""Run a notebook with checked parameters."""

import json
import os
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
import papermill
from jupyter_client.kernelspec import NoSuchKernel
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from analysis.errors import AnalysisError, ParameterError
from analysis.files import atomic_write, read_bytes
from analysis.paths import PROCESSED
from analysis.reads import NOTES, Digests, Read, noted
from analysis.reports.display import PICTURES
from analysis.reports.entries import METADATA
from analysis.reports.parameters import Parameters, defaults
from analysis.reports.registry import REPORTS, parameters_of_report
from analysis.reports.warm.kernels import Kernels

# A socket's path has at most 104 bytes (macOS; Linux: 108), of which the kernel's names take some.
_LONGEST_SOCKET = 80
_INJECTED = "injected-parameters"  # papermill's tag of the cell that it adds
_UNREADABLE = (
    *(ValueError, KeyError, TypeError, AttributeError, AssertionError, RecursionError),
    nbformat.ValidationError,
)


def run_notebook(
    notebook: Path,
    output: Path,
    parameters: Mapping[str, Any] | None = None,
    *,
    failed: Path,
    progress: bool = False,
    warm: bool = False,
) -> tuple[Read, ...]:
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
    warm : bool
        Let the kernel be a fork of a process that has its imports done (`analysis.reports.warm`):
        worth its start as soon as several notebooks are run. The output has the same bytes.

    Returns
    -------
    tuple of Read
        What it read of the tidy tables. The executed notebook names them too, with digests of
        the values.

    Raises
    ------
    ParameterError
        If a parameter is unknown, mistyped or contradicts another; no cell has run then.
    AnalysisError
        If there is no such notebook, a cell fails (the message names notebook, cell and error),
        or its kernel cannot be started or dies.
    """
    chosen = dict(parameters or {})
    source = read_notebook(notebook)
    _check(source, notebook.name, chosen)
    if output.exists() and output.samefile(notebook):
        raise AnalysisError(
            f"{output} is the notebook itself, which running it never replaces. Choose another "
            "name for the result."
        )
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory())
        executed = Path(folder) / notebook.name
        notes = Path(folder) / "reads"
        try:
            finished = papermill.execute_notebook(
                notebook,
                executed,
                chosen,
                progress_bar=progress,
                # Once, at the end: else all of it is written before and after every cell.
                request_save_on_cell_execute=False,
                autosave_cell_every=0,
                kernel_name=source.metadata.get("kernelspec", {}).get("name", "python3"),
                language="python",
                # Not papermill's `cwd`, which changes that of all threads.
                resources={"metadata": {"path": str(notebook.parent.resolve())}},
                config=_kernel_in(_short_folder(Path(folder), stack), notes),
                **({"engine_name": "warm"} if warm else {"kernel_manager_class": Kernels}),
            )
        except PapermillExecutionError as error:
            kept = failed / output.name
            atomic_write(kept, executed.read_bytes())
            raise AnalysisError(
                f"{output.name}, cell [{error.exec_count}] ({_first_line(error.source)}): "
                f"{error.ename}: {error.evalue}\n"
                f"The half-run notebook is in {kept}. Mend the cause and run again."
            ) from error
        except NoSuchKernel as error:
            raise AnalysisError(
                f"{notebook.name} asks for the kernel {error.name!r}, which is not installed here. "
                "Open it in JupyterLab, choose the kernel Python 3, save it and run again."
            ) from error
        except (DeadKernelError, RuntimeError) as error:  # the latter while it starts
            raise AnalysisError(
                f"{notebook.name}: the kernel died ({error}), most often for want of "
                "memory. Ask for less (fewer replicates), or run it where there is more."
            ) from error
        reads = noted(notes)
    (failed / output.name).unlink(missing_ok=True)
    digest = Digests(PROCESSED)
    inputs = [
        {"table": read.table, "province": read.province, "digest": digest(read)} for read in reads
    ]
    finished.metadata[METADATA] = {**_said(finished), "notebook": notebook.name, "inputs": inputs}
    atomic_write(output, nbformat.writes(reproducible(finished, chosen)) + "\n")
    return reads


def default_parameters(notebook: Path) -> tuple[type[Parameters], dict[str, Any]]:
    """Return what can be chosen of the report that a notebook makes, and the notebook's values.

    Raises
    ------
    ParameterError
        If its metadata name no report, or it has no cell of literal parameters.
    """
    return _offered(read_notebook(notebook), notebook.name)


def _offered(source: NotebookNode, file: str) -> tuple[type[Parameters], dict[str, Any]]:
    """Return what `default_parameters` does, of a notebook that is read."""
    name = _said(source).get("report")
    if not isinstance(name, str) or name not in REPORTS:
        raise ParameterError(
            f"{file}: its metadata must name the report it makes, "
            f'"analysis": {{"report": ...}}, one of {", ".join(REPORTS)}; it says {name!r}.'
        )
    try:
        return parameters_of_report(name), defaults(source)
    except ParameterError as error:
        raise ParameterError(f"{file}: {error}") from error


def _check(source: NotebookNode, file: str, chosen: Mapping[str, Any]) -> None:
    """Raise ParameterError as `run_notebook` does."""
    report, values = _offered(source, file)
    try:
        report.check({**values, **chosen})
    except ParameterError as error:
        raise ParameterError(f"{file}: {error}") from error


def _said(notebook: NotebookNode) -> dict[str, Any]:
    """Return what the metadata of a notebook say of the report it makes."""
    said = notebook.metadata.get(METADATA)
    return dict(said) if isinstance(said, dict) else {"report": said}


def read_notebook(path: Path) -> NotebookNode:
    """Return a notebook.

    Raises
    ------
    AnalysisError
        If there is none, or the file is no notebook of format 4.
    """
    advice = "Give the path of a notebook, such as notebooks/01_distribusi.ipynb."
    content = read_bytes(path, advice=advice)
    try:
        written = json.loads(content)
        shaped = isinstance(written["cells"], list) and isinstance(written["metadata"], dict)
        if written["nbformat"] != 4 or not shaped:
            raise ValueError("no notebook of format 4")
        notebook = nbformat.reads(content.decode("utf-8"), as_version=4)
        nbformat.validate(notebook)
        return notebook
    except _UNREADABLE as error:
        raise AnalysisError(
            f"{path} is no Jupyter notebook ({type(error).__name__}: {str(error)[:80]}). {advice} "
            "An old one must be saved by JupyterLab first."
        ) from error


def reproducible(notebook: NotebookNode, parameters: Mapping[str, Any]) -> NotebookNode:
    """Drop what differs between two runs with the same input: times, folders, random names.

    A file that a parameter names in the home folder is named from there (~/...): whose it is has
    no place on a page.
    """
    home = f"{Path.home()}{os.sep}"
    given = {
        name: value.replace(home, "~/") if isinstance(value, str) else value
        for name, value in parameters.items()
    }
    notebook.metadata["papermill"] = {"parameters": given}
    for cell in notebook.cells:
        if _INJECTED in cell.metadata.get("tags", []):
            cell["id"] = _INJECTED
            cell.source = cell.source.replace(home, "~/")
        for key in ("papermill", "execution"):
            cell.metadata.pop(key, None)
    return notebook


def _first_line(source: str) -> str:
    return source.strip().partition("\n")[0]


def _short_folder(folder: Path, stack: ExitStack) -> Path:
    """Return a private folder whose path is short enough for a socket: this one if it is."""
    if os.name != "posix" or len(os.fsencode(folder)) <= _LONGEST_SOCKET:
        return folder
    try:
        return Path(stack.enter_context(TemporaryDirectory(dir="/tmp")))
    except OSError as error:
        raise AnalysisError(
            f"The folder for temporary files, {folder.parent}, has too long a path for the sockets "
            "of a kernel, and /tmp cannot be written to. Set TMPDIR to a folder with a short path."
        ) from error


def _kernel_in(folder: Path, notes: Path) -> Config:
    """Return the settings of a kernel: what it shows and notes, and where its messages go.

    Unix sockets in a private folder: nobody else on the machine can listen, and kernels that run
    side by side do not meet.
    """
    config = Config({"Kernels": {"variables": {NOTES: str(notes), PICTURES: "svg"}}})
    if os.name == "posix":
        config.KernelManager = Config({"transport": "ipc", "ip": str(folder / "kernel")})
    return config
