"""Trainings and other activities as rows of one table, each with the JP that it counts."""

from collections.abc import Collection
from typing import Any

import ibis
import ibis.expr.types as ir

from analysis.competence.hours.conversion import NEVER, HourRules
from analysis.errors import DataError
from analysis.messages import some

KEY = "nipBaru"
_TRAINING = (KEY, "jumlahJam", "tahun")
_OTHERS = (KEY, "jenis", "jumlahJam", "tahun")
_KEPT = "people_"
GRAIN = 6
"""Decimals of JP: sums in another order are the same number."""


def need_columns(table: ir.Table, required: tuple[str, ...], *, what: str) -> None:
    """Refuse a table that lacks columns.

    Raises
    ------
    DataError
        Naming those that are missing, and those there are.
    """
    missing = [name for name in required if name not in table.columns]
    if missing:
        raise DataError(
            f"{what}: column {some(missing)} is missing; there are {some(table.columns)}."
        )


def kept_apart(
    people: ir.Table, read: Collection[str], results: Collection[str]
) -> tuple[ir.Table, dict[str, str]]:
    """Return people whose columns have no name that is in use where something is worked out.

    Parameters
    ----------
    people : Table
    read : collection of str
        Columns that are read: they keep their names.
    results : collection of str
        Names of columns that are added to those of people.

    Returns
    -------
    Table
        With `_KEPT` before the names of the columns that are only kept.
    dict of str to str
        What each column of people is called in it.

    Raises
    ------
    DataError
        If a column is called like a result.
    """
    taken = [name for name in people.columns if name.lower() in results]
    if taken:
        raise DataError(
            f"people: column {some(taken)} is called like a result. Rename it, or leave it out."
        )
    named = {name: name if name in read else _KEPT + name for name in people.columns}
    return people.rename({within: name for name, within in named.items()}), named


def activities_of(
    training: ir.Table, others: ir.Table | None, rules: HourRules, years: Collection[int] = ()
) -> ir.Table:
    """Return one row an activity, with the row of the conversion table that it falls under.

    With years, only those of these years, or of none.

    Returns
    -------
    Table
        `nipBaru`, `year`, `month`, `kind`, `first`, `last`, `days`, `quantity`, `stated` (JP,
        missing where none or 0 is stated), `given` (as it was stated), and of the conversion
        `jenis`, `classical`, `own_rate`, `extra_rate`, `unit_rate`, `day_cap`, `month_cap`;
        missing where the kind is unknown. With others, `recorded`: whether it is a training of the
        records.

    Raises
    ------
    DataError
        If a column is missing.
    """
    need_columns(training, _TRAINING, what="training")
    coded = rules.kinds.filter(lambda k: k.kode_diklat.notnull() & (k.tempat == "dalam"))
    training = _of_years(training, years)
    first, last = _date(training, "tanggal"), _date(training, "tanggalSelesai")
    days = last.delta(first, unit="day").cast("float64") + 1
    rows = training.select(
        training[KEY].cast("string").name(KEY),
        year=training.tahun.cast("int64"),
        month=first.month().cast("int64"),
        kind=_text(training, "jenisDiklatId"),
        place=ibis.literal("dalam"),
        first=first,
        last=last,
        days=days,
        quantity=ibis.null("float64"),
        given=training.jumlahJam.cast("float64"),
    )
    found = rows.left_join(coded, [rows.kind == coded.kode_diklat])
    found = found.mutate(quantity=found.by_day.ifelse(found.days, found.by_event.ifelse(1.0, None)))
    if others is not None:
        need_columns(others, _OTHERS, what="others")
        kinds, others = rules.kinds, _of_years(others, years)
        more = others.select(
            others[KEY].cast("string").name(KEY),
            year=others.tahun.cast("int64"),
            month=_number(others, "bulan").cast("int64"),
            kind=others.jenis.cast("string"),
            place=_place(others),
            first=_date(others, "tanggal"),
            last=_date(others, "tanggalSelesai"),
            days=_number(others, "hari"),
            quantity=_number(others, "jumlah"),
            given=others.jumlahJam.cast("float64"),
            recorded=ibis.literal(False),
        )
        joined = more.left_join(kinds, [more.kind == kinds.jenis, more.place == kinds.tempat])
        found = found.mutate(recorded=ibis.literal(True))
        found = found.union(joined.select(*found.columns))
    return found.mutate(stated=found.given.nullif(0.0))


def counted(activities: ir.Table, *, capped: bool = True) -> ir.Table:
    """Return the JP of each activity, and how much of that rests on conversion.

    With stated JP ``j``, rate ``r``, quantity ``q`` and days ``d``: ``j r`` for kinds with JP of
    their own; ``j``, or ``q r`` where none is stated, for the others; at most the cap of a day
    times ``d``. Stated JP of a kind that is not known count as they are: no kind that the records
    know is capped, or has another rate at home, by the default table. What cannot be said, since
    neither is known, or since days or months of a kind with a cap are not, is missing. All
    activities of a person, kind and month together count at most the cap of a month, each in
    proportion.

    Parameters
    ----------
    activities : Table
        As from `activities_of`.
    capped : bool
        Whether a kind among them may have a cap.

    Returns
    -------
    Table
        `activities` with `hours` and `converted`, JP.
    """
    a = activities
    instead = a.quantity * a.unit_rate
    plain = (a.stated * a.own_rate.fill_null(1.0)).fill_null(instead)
    part = a.stated.isnull().ifelse(instead, a.stated * a.extra_rate.fill_null(0.0))
    rows = a.mutate(hours=plain, converted=part)
    return _cut(rows) if capped else rows


def _cut(activities: ir.Table) -> ir.Table:
    """Return activities with `hours` and `converted` cut to the caps of their days and months."""
    a = activities
    day_cap, month_cap = (a[c].fill_null(2 * NEVER) for c in ("day_cap", "month_cap"))
    nothing = ibis.null("float64")
    by_day = ibis.cases(
        (day_cap > NEVER, a.hours),
        else_=ibis.ifelse(a.days.isnull(), nothing, ibis.least(a.hours, day_cap * a.days)),
    )
    lost = (month_cap < NEVER) & a.month.isnull()
    rows = a.mutate(cut=lost.ifelse(nothing, by_day))
    month = ibis.window(group_by=[rows[KEY], rows.year, rows.month, rows.jenis, rows.place])
    kept = ibis.least(1.0, rows.month_cap / rows.cut.sum().over(month).nullif(0.0))
    hours = rows.cut * ibis.ifelse(rows.month_cap < NEVER, kept.fill_null(1.0), 1.0)
    rows = rows.mutate(plain=rows.hours, hours=hours)
    share = (rows.hours / rows.plain.nullif(0.0)).fill_null(0.0)
    converted = rows.hours.isnull().ifelse(nothing, rows.converted * share)
    return rows.mutate(converted=converted).drop("plain", "cut")


def summed(value: Any) -> Any:
    """Return a sum of JP, 0 of nothing, the same in whichever order rows come."""
    return value.sum().fill_null(0.0).round(GRAIN)


def _date(table: ir.Table, name: str) -> Any:
    return table[name].cast("date") if name in table.columns else ibis.null("date")


def _number(table: ir.Table, name: str) -> Any:
    return table[name].cast("float64") if name in table.columns else ibis.null("float64")


def _of_years(table: ir.Table, years: Collection[int]) -> ir.Table:
    if not years:
        return table
    return table.filter(table.tahun.isnull() | table.tahun.cast("int64").isin(list(years)))


def _text(table: ir.Table, name: str) -> Any:
    return table[name].cast("string") if name in table.columns else ibis.null("string")


def _place(table: ir.Table) -> Any:
    if "tempat" not in table.columns:
        return ibis.literal("dalam")
    return table.tempat.cast("string").fill_null("dalam")
