"""Nothing depends on POSIX: consoles of another encoding, paths with drive letters, line ends.

That a kernel is spawned where there is no fork is tested in `tests/reports/warm`.
"""

import os
import subprocess
import sys
from pathlib import PurePosixPath, PureWindowsPath

import pytest

from analysis.files import show_any_text
from analysis.paths import NOTEBOOKS, ROOT
from analysis.pipeline.nodes import Built
from analysis.reads import Read, keep, note, noted

CYRILLIC = "Ж ≥ –"  # the first two are not in code page 1252


def in_cp1252(*command, cwd=ROOT):
    """Run a module with a console as Windows has it in western countries."""
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=cwd,
        env=os.environ | {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
        capture_output=True,
        encoding="cp1252",
        check=False,
    )


def test_a_message_that_the_console_cannot_show_is_shown_with_escapes(tmp_path):
    notebook = str(NOTEBOOKS / "01_distribusi.ipynb")
    wrong = in_cp1252(
        "analysis.reports", notebook, str(tmp_path / "a.html"), "-p", "basis", CYRILLIC
    )
    assert wrong.returncode == 1
    assert "Parameter 'basis' = '\\u0416 \\u2265 –'" in wrong.stderr
    assert "Traceback" not in wrong.stderr


def test_the_output_of_a_build_fits_the_console():
    planned = in_cp1252("pytask", "--dry-run", "--only", "15_profil_provinsi-11")
    assert planned.returncode == 0, planned.stdout + planned.stderr
    refused = in_cp1252("pytask", "--only", CYRILLIC)
    assert refused.returncode == 2
    assert "there is no edition" in refused.stderr


def test_what_is_printed_is_escaped_and_not_lost():
    code = f"from analysis.files import show_any_text; show_any_text(); print({CYRILLIC!r})"
    environment = os.environ | {"PYTHONIOENCODING": "cp1252"}
    command = [sys.executable, "-c", code]
    shown = subprocess.run(command, env=environment, capture_output=True, check=True).stdout
    assert shown.decode("cp1252").strip() == "\\u0416 \\u2265 –"


def test_a_console_that_is_none_is_left_alone(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    show_any_text()


def test_a_table_has_one_name_whatever_drive_it_is_on():
    windows = Built.of(PureWindowsPath(r"D:\a folder\data\processed\provinsi.parquet"))
    posix = Built.of(PurePosixPath("/home/x/data/processed/provinsi.parquet"))
    assert windows.name == posix.name
    assert windows.signature == posix.signature


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_notes_are_read_whatever_ends_a_line(tmp_path, monkeypatch, end):
    notes = tmp_path / "reads"
    monkeypatch.setenv("ANALYSIS_READS", str(notes))
    for read in (Read("provinsi"), Read("kabkota", "12"), Read("provinsi")):
        note(read)
    notes.write_bytes(notes.read_bytes().replace(b"\n", end.encode()))
    found = noted(notes)
    assert found == (Read("kabkota", "12"), Read("provinsi"))
    keep(found, notes)
    assert noted(notes) == found
    assert b"\r" not in notes.read_bytes()


def test_no_bytes_are_changed_when_files_are_checked_out():
    lines = (ROOT / ".gitattributes").read_text().splitlines()
    assert "* -text" in lines
