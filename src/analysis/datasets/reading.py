"""Read a raw table and check it against its description, reporting every failure at once."""

import csv
import hashlib
import io
import math
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from analysis.datasets.package import (
    FILE_NAME,
    PROVINCES,
    SPLITS,
    ForeignKey,
    KnownTotal,
    Resource,
    RowSum,
    TableField,
    read_package,
)
from analysis.errors import DataError
from analysis.geography.regions import CODE, Regions
from analysis.paths import RAW

_SHOWN = 10
_FIRST_LINE = 2  # line of the file that holds the first row
_PATTERNS = {
    "string": r"(?s:.*)",
    "integer": r"-?[0-9]+",
    "number": r"-?[0-9]+(\.[0-9]+)?",
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
}
_EXPECTED = {
    "string": "text",
    "integer": "a whole number in digits only; remove dots, commas and blanks between thousands",
    "number": "a number with a dot as decimal mark and nothing between thousands",
    "date": "a date of the calendar as YYYY-MM-DD",
}


def read_table(name: str, raw: Path = RAW) -> pd.DataFrame:
    """Return a raw table, checked.

    Parameters
    ----------
    name : str
        Name of the table in `datapackage.json`.
    raw : Path
        Folder with the tables and their description.

    Returns
    -------
    DataFrame
        The columns of the description: text and codes as `str`, integers as `Int64`, numbers as
        `float64`, dates as `datetime64[ns]`; what is missing in the file is missing.

    Raises
    ------
    DataError
        If the file is missing, empty, changed since it was described, not UTF-8, or breaks its
        description; the message names file, columns and lines, and says what to do.
    """
    resource = read_package(raw)[name]
    file = raw / resource.path
    text = _decode(file, _unchanged(file, resource))
    cells = _cells(file, text, resource)
    _check_cells(file, cells, resource)
    frame = _typed(cells, resource)
    if resource.wilayah is not None:
        _check_provinces(file, frame, resource, resource.wilayah, raw)
    problems = [
        *_key_problems(frame, resource),
        *(p for key in resource.table.foreign_keys for p in _reference_problems(frame, key, raw)),
        *(p for rule in resource.penjumlahan_baris for p in _row_sum_problems(frame, rule)),
        *(p for total in resource.jumlah_diketahui for p in _total_problems(frame, total)),
    ]
    if problems:
        _refuse(file, problems)
    return frame


def file_hash(content: bytes) -> str:
    """Return the hash of a file as `datapackage.json` states it."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _unchanged(file: Path, resource: Resource) -> bytes:
    try:
        content = file.read_bytes()
    except FileNotFoundError as error:
        raise DataError(
            f"{file} is missing, though {FILE_NAME} describes it. Restore it with "
            f"`git checkout -- {file.name}` in its folder, or remove its entry."
        ) from error
    if not content.strip():
        raise DataError(
            f"{file} is empty. It should start with the line "
            f"{','.join(field.name for field in resource.table.fields)}. Restore it with "
            f"`git checkout -- {file.name}` in its folder."
        )
    found = file_hash(content)
    if found != resource.hash:
        _decode(file, content)  # a wrong encoding is the likelier, and the more telling, cause
        raise DataError(
            f"{file} has changed since it was described: {FILE_NAME} says {resource.hash}, the "
            f"file has {found}. Raw tables are never edited: restore the file with "
            f"`git checkout -- {file.name}` in its folder. If the change is meant, check it and "
            "run `python -m analysis.datasets` to write the new hash."
        )
    return content


def _decode(file: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise DataError(
            f"{file}, line {line}: byte 0x{content[error.start]:02x} is not UTF-8; the file looks "
            "like Latin-1 or Windows-1252. Save it as UTF-8, for example with "
            f"`iconv -f WINDOWS-1252 -t UTF-8 {file.name}`, then run "
            "`python -m analysis.datasets` to write its new hash."
        ) from error


def _cells(file: Path, text: str, resource: Resource) -> pd.DataFrame:
    """Return the cells as text, missing where empty; row i of the frame is line i + 2."""
    header, *body = csv.reader(io.StringIO(text, newline=""))
    expected = [field.name for field in resource.table.fields]
    if header != expected:
        missing = [name for name in expected if name not in header]
        unknown = [name for name in header if name not in expected]
        semicolons = " The file seems to separate columns by ';': save it with ','."
        raise DataError(
            f"{file}, line 1: the columns are {','.join(header)} but {FILE_NAME} describes "
            f"{','.join(expected)} (missing: {', '.join(missing) or 'none'}; unknown: "
            f"{', '.join(unknown) or 'none'}; the order counts). Correct the header, or the entry."
            + (semicolons if ";" in header[0] else "")
        )
    if not body:
        raise DataError(
            f"{file} has a header but no rows. Restore it with `git checkout -- {file.name}` in "
            "its folder."
        )
    ragged = [
        f"  line {line}: {len(row)} cells; expected {len(expected)} ({','.join(expected)})"
        for line, row in enumerate(body, start=_FIRST_LINE)
        if len(row) != len(expected)
    ]
    if ragged:
        _refuse(file, ragged)
    return pd.DataFrame(body, columns=expected, dtype="str").replace("", None)


def _check_cells(file: Path, cells: pd.DataFrame, resource: Resource) -> None:
    schema = pa.DataFrameSchema({f.name: _column(f) for f in resource.table.fields})
    try:
        schema.validate(cells, lazy=True)
    except SchemaErrors as error:
        failures = error.failure_cases.sort_values(["index", "column"], kind="stable")
        columns = (failures[name] for name in ("index", "column", "failure_case", "check"))
        _refuse(
            file,
            [
                f"  line {int(row) + _FIRST_LINE}, column {column}: "
                f"{'nothing' if pd.isna(found) else repr(found)}; expected {expected}"
                for row, column, found, expected in zip(*columns, strict=True)
            ],
        )


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
    """Refuse 30 February; text of another form is left to the check of the form."""
    formed = cells.str.fullmatch(_PATTERNS["date"])
    return ~formed | pd.to_datetime(cells, format="%Y-%m-%d", errors="coerce").notna()


def _bound(bound: float, sign: int) -> pa.Check:
    """Check one bound; text that is no number is left to the check of the type."""

    def within(cells: pd.Series) -> pd.Series:
        values = pd.to_numeric(cells, errors="coerce").astype(float)
        return (sign * (values - bound) >= 0) | values.isna()

    return pa.Check(within, error=f"at {'least' if sign > 0 else 'most'} {bound:g}")


def _typed(cells: pd.DataFrame, resource: Resource) -> pd.DataFrame:
    return pd.DataFrame({f.name: _convert(cells[f.name], f) for f in resource.table.fields})


def _convert(cells: pd.Series, field: TableField) -> pd.Series:
    if field.type == "integer":
        return pd.Series([pd.NA if pd.isna(cell) else int(cell) for cell in cells], dtype="Int64")
    if field.type == "number":
        return cells.astype("float64")
    if field.type == "date":
        return pd.to_datetime(cells, format="%Y-%m-%d").astype("datetime64[ns]")
    return cells


def _check_provinces(
    file: Path, frame: pd.DataFrame, resource: Resource, basis: str, raw: Path
) -> None:
    """Hold each state that the table describes to the provinces of its basis."""
    regions = Regions(read_table(PROVINCES, raw), read_table(SPLITS, raw))
    others = [name for name in resource.table.primary_key if name != CODE]
    if not others:
        regions.check(frame, basis, what=str(file))
        return
    for state, rows in frame.groupby(others, sort=False):
        regions.check(rows, basis, what=f"{file}, rows of {', '.join(map(str, state))},")


def _key_problems(frame: pd.DataFrame, resource: Resource) -> list[str]:
    key = resource.table.primary_key
    repeated = frame.loc[frame.duplicated(key, keep=False), key]
    return [
        f"  line {line}, columns {', '.join(key)}: {_words(values)} appears more than once"
        for line, values in _lines(repeated)
    ]


def _reference_problems(frame: pd.DataFrame, key: ForeignKey, raw: Path) -> list[str]:
    reference = read_table(key.reference.resource, raw)[key.reference.fields]
    known = set(reference.itertuples(index=False, name=None))
    return [
        f"  line {line}, column {', '.join(key.fields)}: {_words(values)} is not in "
        f"{key.reference.resource}"
        for line, values in _lines(frame[key.fields])
        if values not in known
    ]


def _row_sum_problems(frame: pd.DataFrame, rule: RowSum) -> list[str]:
    parts = frame[rule.bagian].sum(axis=1, skipna=False)
    wrong = (parts != frame[rule.jumlah]).fillna(value=False)
    for excepted in rule.kecuali:
        wrong &= ~_matching(frame, excepted)
    rows = pd.DataFrame({"found": frame[rule.jumlah], "expected": parts})[wrong]
    return [
        f"  line {line}, column {rule.jumlah}: {found}; expected {' + '.join(rule.bagian)} = "
        f"{expected}"
        for line, (found, expected) in _lines(rows)
    ]


def _total_problems(frame: pd.DataFrame, total: KnownTotal) -> list[str]:
    found = float(frame.loc[_matching(frame, total.saring), total.kolom].sum())
    if math.isclose(found, total.nilai, rel_tol=1e-12):  # room for the rounding of a sum
        return []
    where = ", ".join(f"{column} = {value}" for column, value in total.saring.items())
    return [
        f"  all rows{f' with {where}' if where else ''}, column {total.kolom}: the sum is "
        f"{found:.15g}; expected {total.nilai:.15g} ({total.sumber})"
    ]


def _matching(frame: pd.DataFrame, values: Mapping[str, str]) -> pd.Series:
    """Return which rows have the values given, compared as the file writes them."""
    rows = pd.Series(data=True, index=frame.index)
    for column, value in values.items():
        rows &= frame[column].astype("str") == value
    return rows


def _lines(frame: pd.DataFrame) -> list[tuple[int, tuple[object, ...]]]:
    """Return the line of the file and the values of each row."""
    values = frame.itertuples(index=False, name=None)
    return [(int(row) + _FIRST_LINE, cells) for row, cells in zip(frame.index, values, strict=True)]


def _words(values: tuple[object, ...]) -> str:
    return ", ".join(str(v.date() if isinstance(v, pd.Timestamp) else v) for v in values)


def _refuse(file: Path, problems: list[str]) -> None:
    shown = "\n".join(problems[:_SHOWN])
    more = f"\n  and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
    raise DataError(
        f"{file} breaks its description in {FILE_NAME}:\n{shown}{more}\n"
        "Correct the rows in the source the table was made from, or the entry if it is wrong."
    )
