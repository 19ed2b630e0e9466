"""The standard that staff are held against: the reader's own, or the number of law there is."""

import datetime as dt

from analysis import datasets
from analysis.errors import DataError

UNIT_OF_RULES = "per 100.000 penduduk"


def ratio_standard(
    profession: str, own: float | None, date: dt.date
) -> tuple[float | None, datasets.Regulation | None]:
    """Return staff per 100,000 people that there should be, and the number of law it is, if any.

    Parameters
    ----------
    profession : str
        Column of the table of staff; its number of law is called `rasio_<profession>`.
    own : float or None
        The reader's standard, which comes first.
    date : date
        Day on which the number of law must hold.

    Raises
    ------
    DataError
        If the number of law has another unit.
    """
    if own is not None:
        return own, None
    rules = datasets.read_processed("aturan")
    rule = datasets.regulation_at(rules, f"rasio_{profession}", date)
    if rule is not None and rule.unit != UNIT_OF_RULES:
        raise DataError(
            f"Table aturan, rasio_{profession}: the unit is {rule.unit!r}, and the report holds "
            f"staff against numbers {UNIT_OF_RULES!r}. Correct the row, or give the parameter "
            "standard."
        )
    return (None if rule is None else rule.value), rule
