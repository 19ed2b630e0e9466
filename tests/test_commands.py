"""Whoever ends a command while it still loads its packages is told so in one line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMANDS = (
    "analysis.reports",
    "analysis.individuals",
    "analysis.individuals.population",
    "analysis.datasets",
    "analysis.datasets.job_map",
    "analysis.datasets.organisations",
)


def run(folder: Path, *words: str, on_loading: str) -> "subprocess.CompletedProcess[str]":
    """Run Python with a package in place of pandas that does nothing but this."""
    (folder / "pandas.py").write_text(on_loading)
    return subprocess.run(
        [sys.executable, *words],
        env=os.environ | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_ctrl_c_while_a_command_loads_is_one_line(command: str, tmp_path: Path) -> None:
    told = run(tmp_path, "-m", command, "--help", on_loading="raise KeyboardInterrupt")
    assert (told.stderr, told.stdout, told.returncode) == (
        "Stopped by SIGINT. Run again.\n",
        "",
        130,
    )


def test_errors_of_a_command_and_ctrl_c_elsewhere_are_shown_as_ever(tmp_path: Path) -> None:
    wrong = run(tmp_path, "-m", COMMANDS[0], on_loading="raise LookupError('nothing there')")
    assert wrong.stderr.startswith("Traceback")
    assert wrong.stderr.endswith("LookupError: nothing there\n")
    code = "import analysis.datasets"
    other = run(tmp_path, "-c", code, on_loading="raise KeyboardInterrupt")
    assert other.stderr.endswith("KeyboardInterrupt\n")
