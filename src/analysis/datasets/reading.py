"""Read a raw table and check it against its description, reporting every failure at once."""

import csv
import hashlib
from pathlib import Path

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from analysis.datasets.package import (
    FILE_NAME,
    ForeignKey,
    Resource,
    TableField,
    read_package,
)
from analysis.errors import DataError
from analysis.paths import RAW

_SHOWN = 10
_ROUNDING = 1e-12  # relative, of sums of decimal numbers
_FIRST_LINE = 2  # line of the file that holds the first row
_PATTERNS = {
    "string": r"(?s:.*)",
    "integer": r"[+-]?\d+",
    "number": r"[+-]?\d+(\.\d+)?",
    "date": r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])",
}
_EXPECTED = {
    "integer": "a whole number in digits only, without a dot or comma as thousands separator",
    "number": "a number with a dot as decimal mark and no thousands separator",
    "date": "a date as YYYY-MM-DD",
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
    package = read_package(raw)
    resource = package[name]
    file = raw / resource.path
    text = _decode(file, _unchanged(file, resource))
    cells = _cells(file, text, resource)
    _check_cells(file, cells, resource)
    frame = _typed(cells, resource)
    problems = [
        *_key_problems(frame, resource),
        *(p for key in resource.table.foreign_keys for p in _reference_problems(frame, key, raw)),
        *_row_sum_problems(frame, resource),
        *_total_problems(frame, resource),
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
            f"{','.join(field.name for field in resource.table.fields)}. Restore the file."
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
            f"`iconv -f WINDOWS-1252 -t UTF-8 {file.name}`."
        ) from error


def _cells(file: Path, text: str, resource: Resource) -> pd.DataFrame:
    """Return the cells as text, missing where empty."""
    rows = list(csv.reader(text.splitlines()))
    header, body = rows[0], rows[1:]
    expected = [field.name for field in resource.table.fields]
    if header != expected:
        missing = [name for name in expected if name not in header]
        unknown = [name for name in header if name not in expected]
        raise DataError(
            f"{file}, line 1: the columns are {','.join(header)} but {FILE_NAME} describes "
            f"{','.join(expected)} (missing: {', '.join(missing) or 'none'}; unknown: "
            f"{', '.join(unknown) or 'none'}). Correct the header, or the entry."
        )
    if not body:
        raise DataError(f"{file} has a header but no rows. Restore the file.")
    ragged = [
        f"  line {line}: {len(row)} cells, expected {len(expected)}"
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
        _refuse(
            file,
            [
                f"  line {int(row.index_) + _FIRST_LINE}, column {row.column}: "
                f"{'nothing' if pd.isna(row.failure_case) else repr(row.failure_case)}; "
                f"expected {row.check}"
                for row in failures.rename(columns={"index": "index_"}).itertuples()
            ],
        )


def _column(field: TableField) -> pa.Column:
    """Return the checks of a column, made on the text so that all failures are found at once."""
    rules = field.constraints
    checks = [
        pa.Check(
            lambda cells: cells.str.fullmatch(_PATTERNS[field.type]),
            error=_EXPECTED.get(field.type, "text"),
        )
    ]
    if rules.pattern is not None:
        pattern = rules.pattern
        checks.append(
            pa.Check(lambda cells: cells.str.fullmatch(pattern), error=f"the form {pattern}")
        )
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
    required = pa.Check(lambda cells: cells.notna(), error="a value", ignore_na=False)
    return pa.Column(nullable=True, checks=[*checks, required] if rules.required else checks)


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


def _key_problems(frame: pd.DataFrame, resource: Resource) -> list[str]:
    key = resource.table.primary_key
    repeated = frame[frame.duplicated(key, keep=False)]
    return [
        f"  line {index + _FIRST_LINE}, columns {', '.join(key)}: "
        f"{', '.join(str(frame.loc[index, name]) for name in key)} appears more than once"
        for index in repeated.index
    ]


def _reference_problems(frame: pd.DataFrame, key: ForeignKey, raw: Path) -> list[str]:
    known = read_table(key.reference.resource, raw)[key.reference.fields]
    found = frame[key.fields].apply(tuple, axis=1)
    unknown = frame[~found.isin(set(known.apply(tuple, axis=1)))]
    return [
        f"  line {index + _FIRST_LINE}, column {', '.join(key.fields)}: "
        f"{', '.join(str(frame.loc[index, name]) for name in key.fields)} is not in "
        f"{key.reference.resource}"
        for index in unknown.index
    ]


def _row_sum_problems(frame: pd.DataFrame, resource: Resource) -> list[str]:
    problems = []
    for rule in resource.penjumlahan_baris:
        parts = frame[rule.bagian].sum(axis=1, skipna=False)
        wrong = (parts != frame[rule.jumlah]).fillna(value=False)
        problems += [
            f"  line {line}, column {rule.jumlah}: {found}; expected "
            f"{' + '.join(rule.bagian)} = {expected}"
            for line, (found, expected, differs) in enumerate(
                zip(frame[rule.jumlah], parts, wrong, strict=True), start=_FIRST_LINE
            )
            if differs
        ]
    return problems


def _total_problems(frame: pd.DataFrame, resource: Resource) -> list[str]:
    problems = []
    for total in resource.jumlah_diketahui:
        rows = pd.Series(data=True, index=frame.index)
        for column, value in total.saring.items():
            rows &= frame[column].astype("str") == value
        found = float(frame.loc[rows, total.kolom].sum())
        if abs(found - total.nilai) > _ROUNDING * abs(total.nilai):
            where = ", ".join(f"{k} = {v}" for k, v in total.saring.items())
            problems.append(
                f"  all rows{f' with {where}' if where else ''}, column {total.kolom}: the sum is "
                f"{found:.15g}; expected {total.nilai:.15g} ({total.sumber})"
            )
    return problems


def _refuse(file: Path, problems: list[str]) -> None:
    shown = "\n".join(problems[:_SHOWN])
    more = f"\n  and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
    raise DataError(
        f"{file} breaks its description in {FILE_NAME}:\n{shown}{more}\n"
        "Correct the rows in the source the table was made from, or the entry if it is wrong."
    )
