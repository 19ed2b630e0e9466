"""Read a file or say why not; write it whole or not at all; write to any console."""

import io
import re
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Any
from uuid import uuid4

import pandas as pd

from analysis.errors import DataError


def read_bytes(path: Path, *, advice: str) -> bytes:
    """Return the content of a file.

    Parameters
    ----------
    path : Path
        File to read.
    advice : str
        What to do if it cannot be read, as whole sentences.

    Raises
    ------
    DataError
        If there is nothing, or no ordinary file (a folder; a pipe, which would keep the reader
        waiting), or it cannot be read.
    """
    try:
        if path.is_file():
            return path.read_bytes()
        reason = (
            "is missing"
            if not path.exists()
            else "is a folder, not a file"
            if path.is_dir()
            else "is not an ordinary file, but a pipe or a device"
        )
    except OSError as error:
        reason = f"cannot be read: {error.strerror}"
    raise DataError(f"{path} {reason}. {advice}")


def read_rows(path: Path, *, advice: str, **options: Any) -> pd.DataFrame:
    """Return a small table that somebody wrote as a CSV file.

    It has commas, or semicolons and decimal commas, as Excel writes it in Indonesian.

    Parameters
    ----------
    path : Path
    advice : str
        As for `read_bytes`.
    **options
        As for `pandas.read_csv`.

    Raises
    ------
    DataError
        If it cannot be read, or is no such file.
    """
    content = read_bytes(path, advice=advice)
    heading = content.partition(b"\n")[0]
    local = heading.count(b";") > heading.count(b",")
    marks: dict[str, Any] = {"sep": ";", "decimal": ","} if local else {}
    try:
        found: pd.DataFrame = pd.read_csv(io.BytesIO(content), **marks, **options)
    except (ValueError, UnicodeDecodeError) as error:
        reason = str(error).strip()
        raise DataError(
            f"{path} is no CSV file with commas or semicolons, in UTF-8 ({reason}). {advice}"
        ) from error
    return found


def show_any_text() -> None:
    """Let the console show what its encoding lacks as escapes, instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


_PART = re.compile(r"\..+-[0-9a-f]{32}")


def remove_parts(folder: Path) -> None:
    """Remove what `atomic_write` leaves in a folder, or below, when its process is killed."""
    for path in folder.rglob(".*-*"):
        if _PART.fullmatch(path.name):
            path.unlink(missing_ok=True)


def atomic_write(path: Path, content: bytes | str) -> None:
    """Replace a file in one step: a reader sees the old content or the new, never a part.

    Parameters
    ----------
    path : Path
        File to write; its folder is made if need be.
    content : bytes or str
        Text is written as UTF-8.

    Raises
    ------
    DataError
        If the folder cannot be made or written to. The old file is left as it was.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    part = path.with_name(f".{path.name}-{uuid4().hex}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(data)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise DataError(
            f"{path} cannot be written: {error.strerror}. Check that {path.parent} is a folder "
            "you may write to, that no other program has the file open and that the disk is not "
            "full, then run again."
        ) from error
