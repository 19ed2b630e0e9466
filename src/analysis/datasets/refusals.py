"""The error that lists all that is wrong with a table."""

from pathlib import Path

from analysis.errors import DataError

_SHOWN = 10


def refusal(file: Path, problems: list[str], advice: str = "") -> DataError:
    """Return the error to raise.

    Parameters
    ----------
    file : Path
        The table.
    problems : list of str
        One line each.
    advice : str
        What to do besides correcting the rows or the entry.
    """
    return DataError(
        f"{file} breaks its description in datapackage.json:\n{listed(problems)}\n"
        "Correct the rows in the source the table was made from, or the entry if it is wrong."
        f"{advice}"
    )


def listed(problems: list[str]) -> str:
    """Return the first problems, one on a line, and how many more there are."""
    more = len(problems) - _SHOWN
    return "\n".join([*problems[:_SHOWN], *([f"  and {more} more"] if more > 0 else [])])
