"""What can be chosen for a build: a few editions only, and where it runs.

pytask knows these options through an entry point, because hook modules that its configuration names
come too late to add any.
"""

import os
import sys
import typing
from fnmatch import fnmatchcase
from functools import cache
from importlib import import_module
from typing import Any

import click
from pluggy import PluginManager
from pytask import hookimpl
from pytask_parallel import ParallelBackend

from analysis.files import show_any_text
from analysis.pipeline.waking import take_turns_without_delay


@hookimpl(tryfirst=True)
def pytask_add_hooks(pm: PluginManager) -> None:
    """Leave out the database of pytask before 0.6, which repeats what is in its lock file.

    It is written, a transaction for each file of each task, even where nothing has changed.
    Python keeps what a protocol asks for since 3.12; before, it looks for it at each of the tens of
    thousands of `isinstance` of a build, which is a quarter of its time where nothing has changed.
    """
    pm.set_blocked("_pytask.database")
    if sys.version_info < (3, 12):
        attributes = typing._get_protocol_attrs  # type: ignore[attr-defined]
        typing._get_protocol_attrs = cache(attributes)  # type: ignore[attr-defined]


@hookimpl
def pytask_extend_command_line_interface(cli: click.Group) -> None:
    """Add the options of this project."""
    cli.commands["build"].params += [
        click.Option(
            ["--only"],
            multiple=True,
            default=(),
            metavar="EDITION",
            callback=_known,
            help="Build only this page, such as 15_profil_provinsi-11-en; * stands for anything.",
        ),
        click.Option(
            ["--cluster"],
            default="",
            metavar="ADDRESS",
            help='Run on a Dask cluster: its scheduler, such as tcp://10.0.0.1:8786, or "local". '
            "All workers must see this folder under the same path.",
        ),
    ]


@hookimpl(tryfirst=True)
def pytask_parse_config(config: dict[str, Any]) -> None:
    """Choose the tasks and where they run; by default all, on all processors of this machine."""
    show_any_text()
    if config.get("only"):  # each page with all that it needs; the brackets make the name exact
        config["expression"] = " or ".join(f"task_render[{name}]" for name in config["only"])
    if config.get("cluster"):
        config["parallel_backend"] = ParallelBackend.DASK
        config["n_workers"] = _connect(config["cluster"])
    elif config["parallel_backend"] is ParallelBackend.NONE and config["n_workers"] == 1:
        config["parallel_backend"] = ParallelBackend.THREADS  # the work is done in kernels
        take_turns_without_delay()
        # Two more than there are processors: a kernel that starts or ends waits more than it works.
        config["n_workers"] = (os.cpu_count() or 1) + 2


def _known(_: click.Context, __: click.Parameter, patterns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of editions that the patterns stand for."""
    if not patterns:
        return ()
    from analysis.paths import NOTEBOOKS
    from analysis.site.editions import editions

    names = [each.name for each in editions([p.stem for p in NOTEBOOKS.glob("[0-9]*.ipynb")])]
    for pattern in patterns:
        if not any(fnmatchcase(name, pattern) for name in names):
            raise click.BadParameter(
                f"there is no edition {pattern!r}. Their names are those of the pages without "
                f"ending, such as {', '.join(names[:2])}, {names[-1]}; see site/editions.toml."
            )
    return tuple(name for name in names if any(fnmatchcase(name, each) for each in patterns))


def _connect(address: str) -> int:
    """Make a Dask cluster the current one, and return how many tasks it runs at once."""
    try:
        distributed = import_module("distributed")
    except ImportError:
        raise click.UsageError(
            "--cluster needs Dask. Install the extra: uv sync --extra cluster"
        ) from None
    try:
        client = (
            distributed.Client(distributed.LocalCluster(threads_per_worker=1))
            if address == "local"
            else distributed.Client(address, timeout="20s")
        )
    except (OSError, ValueError) as error:
        raise click.UsageError(
            f"--cluster {address}: no scheduler answers there ({error}). Start one with "
            "`dask scheduler`, or give the address that it prints."
        ) from error
    return int(sum(client.nthreads().values()))
