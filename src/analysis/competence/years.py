"""The year that hours, trainings and appraisals are of."""

import datetime as dt


def training_year(day: dt.date) -> int:
    """Return the last calendar year that had ended on a day.

    Examples
    --------
    >>> training_year(dt.date(2024, 12, 31)), training_year(dt.date(2025, 6, 1))
    (2024, 2024)
    """
    return day.year if (day.month, day.day) == (12, 31) else day.year - 1
