"""Check the cells of a table, each by itself, and give them their types."""

from pathlib import Path

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from analysis.datasets.decoding import FIRST_LINE
from analysis.datasets.description import FIRST_DAY, LAST_DAY, TableField
from analysis.datasets.refusals import refusal

# Fifteen digits are what a float64 holds exactly; no official figure has as many. A zero in front
# belongs to a code, or to a number whose first digits were lost.
_PATTERNS = {
    "string": r"(?s:.*)",
    "integer": r"-?(0|[1-9][0-9]{0,14})",
    "number": r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?",
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
}
_EXPECTED = {
    "string": "text",
    "integer": "a whole number in digits only; remove dots, commas and blanks between thousands "
    "(at most 15 digits, no zero in front)",
    "number": "a number with a dot as decimal mark and nothing between thousands (at most 15 "
    "digits on either side, no zero in front)",
    "date": f"a date of the calendar as YYYY-MM-DD, from {FIRST_DAY} to {LAST_DAY}",
}
_LONGEST = 60  # characters of a wrong cell that a message repeats


def check_cells(file: Path, cells: pd.DataFrame, fields: list[TableField]) -> None:
    """Refuse cells that are not of the type or do not meet the constraints of their column.

    Raises
    ------
    DataError
        Every failure is listed by line and column.
    """
    schema = pa.DataFrameSchema({field.name: _column(field) for field in fields})
    try:
        schema.validate(cells, lazy=True)
    except SchemaErrors as error:
        failures = error.failure_cases.sort_values(["index", "column"], kind="stable")
        columns = (failures[name] for name in ("index", "column", "failure_case", "check"))
        raise refusal(
            file,
            [
                f"  line {int(row) + FIRST_LINE}, column {column}: {_shown(found)}; "
                f"expected {expected}"
                for row, column, found, expected in zip(*columns, strict=True)
            ],
        ) from None


def typed(cells: pd.DataFrame, fields: list[TableField]) -> pd.DataFrame:
    """Return checked cells with the types of their columns."""
    return pd.DataFrame({field.name: _convert(cells[field.name], field) for field in fields})


def _shown(cell: str | float) -> str:
    if not isinstance(cell, str):
        return "nothing"
    text = cell
    return repr(text) if len(text) <= _LONGEST else f"{text[:_LONGEST]!r}... ({len(text)} long)"


def _column(field: TableField) -> pa.Column:
    """Return the checks of a column, made on the text so that all failures are found at once."""
    rules = field.constraints
    checks = [_form(_PATTERNS[field.type], _EXPECTED[field.type])]
    if field.type == "date":
        checks.append(pa.Check(_on_the_calendar, error=_EXPECTED["date"]))
    if rules.pattern is not None:
        checks.append(_form(rules.pattern, f"the form {rules.pattern}"))
    if rules.enum is not None:
        allowed = [str(value) for value in rules.enum]
        checks.append(
            pa.Check(lambda cells: cells.isin(allowed), error=f"one of {', '.join(allowed)}")
        )
    for bound, sign in ((rules.minimum, 1), (rules.maximum, -1)):
        if bound is not None:
            checks.append(_bound(bound, sign))
    if rules.unique:
        checks.append(pa.Check(lambda cells: ~cells.duplicated(keep=False), error="no repetition"))
    if rules.required:
        checks.append(pa.Check(lambda cells: cells.notna(), error="a value", ignore_na=False))
    return pa.Column(nullable=True, checks=checks)


def _form(pattern: str, expected: str) -> pa.Check:
    return pa.Check(lambda cells: cells.str.fullmatch(pattern), error=expected)


def _on_the_calendar(cells: pd.Series) -> pd.Series:
    """Refuse 30 February and the year 1600; text of another form is left to the check of it."""
    formed = cells.str.fullmatch(_PATTERNS["date"])
    days = pd.to_datetime(cells, format="%Y-%m-%d", errors="coerce")
    return ~formed | days.between(pd.Timestamp(FIRST_DAY), pd.Timestamp(LAST_DAY))


def _bound(bound: float, sign: int) -> pa.Check:
    """Check one bound; text that is no number is left to the check of the type."""

    def within(cells: pd.Series) -> pd.Series:
        values = pd.to_numeric(cells, errors="coerce").astype(float)
        return (sign * (values - bound) >= 0) | values.isna()

    return pa.Check(within, error=f"at {'least' if sign > 0 else 'most'} {bound:g}")


def _convert(cells: pd.Series, field: TableField) -> pd.Series:
    if field.type == "integer":
        values = [pd.NA if pd.isna(cell) else int(cell) for cell in cells]
        return pd.Series(values, index=cells.index, dtype="Int64")
    if field.type == "number":
        return cells.astype("float64")
    if field.type == "date":
        return pd.to_datetime(cells, format="%Y-%m-%d").astype("datetime64[ns]")
    return cells
