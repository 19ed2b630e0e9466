"""Hours of training of each person and year, against what the year asks."""

from collections.abc import Iterable
from typing import Literal

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from analysis.competence.hours.activities import KEY, activities_of, counted, need_columns, summed
from analysis.competence.hours.conversion import HourRules
from analysis.competence.hours.faults import (
    PLAUSIBLE,
    faulty_records,
    refuse_faults,
    refuse_people,
)
from analysis.errors import ParameterError

PartYear = Literal["months", "whole"]
_MONTHS = 12
_JP = ("hours", "classical", "unclassified", "converted")


def training_hours(
    people: ir.Table,
    training: ir.Table,
    rules: HourRules,
    years: Iterable[int],
    *,
    others: ir.Table | None = None,
    part_year: PartYear = "months",
    plausible: float = PLAUSIBLE,
) -> ir.Table:
    """Return the hours of each person and year of service, checked, as an expression.

    The JP of an activity are those of `analysis.competence.hours.activities.counted`. An activity
    whose JP cannot be said counts in `unstated`, not as zero. A year of service has ``m`` months,
    from that of `tmtCpns` to that of the day before `tmtPensiun`; nobody is asked for a year with
    ``m = 0``. PNS and CPNS are asked for ``floor m / 12`` ("months") or for the whole floor
    ("whole"); no article was found that says which. PPPK have a ceiling, by the contract year; the
    calendar year stands for it here, since records hold no contract.

    Parameters
    ----------
    people : Table
        `nipBaru` (any key), `statusPegawai`, and if known `tmtCpns`, `tmtPensiun`; other columns
        are kept.
    training : Table
        `nipBaru`, `jumlahJam` (missing or 0: not stated), `tahun`, and if known `jenisDiklatId`
        (missing: the kind is not known), `tanggal`, `tanggalSelesai`.
    rules : HourRules
    years : iterable of int
        Records of other years are not looked at; `faulty_records` looks at all.
    others : Table, optional
        Activities that the records do not hold: `nipBaru`, `jenis`, `jumlahJam`, `tahun`, and if
        known `tempat`, `bulan`, `hari`, `jumlah` (days, sessions, events or semesters),
        `tanggal`, `tanggalSelesai`. Without it the hours are a least.
    part_year : {"months", "whole"}
    plausible : float
        JP of a person and year beyond which records are refused.

    Returns
    -------
    Table
        The columns of `people` and `year`, `months`, `floor` (missing for PPPK), `ceiling` (missing
        for others), `hours` and of them `classical`, `nonclassical` and `unclassified` (of
        unknown kind), `converted` (all JP), `records`,
        `unstated` (activities) and `complete` (whether `others` was given).

    Raises
    ------
    DataError
        If a column is missing, a person occurs twice or has another status, or records cannot be
        right (see `faulty_records`); names them with masked keys.
    ParameterError
        If there is no year, or another rule of part years is asked for.
    """
    asked = sorted(set(years))
    if not asked:
        raise ParameterError("years: name one at least.")
    if part_year not in ("months", "whole"):
        raise ParameterError(f"part_year: {part_year!r} is neither 'months' nor 'whole'.")
    need_columns(people, (KEY, "statusPegawai"), what="people")
    refuse_people(people)
    refuse_faults(
        faulty_records(people, training, rules, others=others, plausible=plausible, years=asked)
    )
    served = _service(people, asked, rules, part_year)
    capped = others is not None or rules.records_capped
    a = counted(activities_of(training, others, rules, asked), capped=capped)
    sums = a.group_by(person=a[KEY], of_year=a.year).agg(
        hours=summed(a.hours),
        classical=summed(a.classical.ifelse(a.hours, 0.0)),
        unclassified=summed(a.jenis.isnull().ifelse(a.hours, 0.0)),
        converted=summed(a.converted),
        records=a.count(),
        unstated=a.hours.isnull().sum(),
    )
    joined = served.left_join(
        sums, [served[KEY].cast("string") == sums.person, served.year == sums.of_year]
    ).drop("person", "of_year")
    filled = joined.mutate(
        *[joined[c].fill_null(0.0).name(c) for c in _JP],
        *[joined[c].fill_null(0).name(c) for c in ("records", "unstated")],
        complete=ibis.literal(others is not None),
    )
    rest = filled.hours - filled.classical - filled.unclassified
    return filled.mutate(nonclassical=rest.round(6))


def hours_by_kind(
    training: ir.Table, rules: HourRules, *, others: ir.Table | None = None
) -> ir.Table:
    """Return hours by year and kind of activity, classical or not.

    Returns
    -------
    Table
        `year`, `jenis`, `classical`, `records`, `unstated`, `hours`, `converted`; kinds that the
        conversion table lacks have a missing `jenis`.
    """
    a = counted(activities_of(training, others, rules))
    return (
        a.group_by("year", "jenis", "classical")
        .agg(
            records=a.count(),
            unstated=a.hours.isnull().sum(),
            hours=summed(a.hours),
            converted=summed(a.converted),
        )
        .order_by("year", "jenis")
    )


def _service(people: ir.Table, years: list[int], rules: HourRules, part_year: PartYear) -> ir.Table:
    """Return one row a person and year with months of service, and what the year asks."""
    each = people.cross_join(ibis.memtable(pa.table({"year": pa.array(years, pa.int64())})))
    first, last = ibis.literal(1), ibis.literal(_MONTHS)
    if "tmtCpns" in people.columns:
        start = each.tmtCpns.cast("date")
        first = ibis.cases(
            (start.year() > each.year, _MONTHS + 1),
            (start.year() == each.year, start.month()),
            else_=1,
        )
    if "tmtPensiun" in people.columns:
        end = each.tmtPensiun.cast("date") - ibis.interval(days=1)
        last = ibis.cases(
            (end.year() < each.year, 0), (end.year() == each.year, end.month()), else_=_MONTHS
        )
    served = each.mutate(months=(last - first + 1).cast("int64"))
    served = served.filter(served.months > 0)
    pppk = served.statusPegawai == "PPPK"
    whole = ibis.literal(rules.floor.value)
    floor = whole * served.months / _MONTHS if part_year == "months" else whole
    nothing = ibis.null("float64")
    return served.mutate(
        floor=pppk.ifelse(nothing, floor),
        ceiling=pppk.ifelse(rules.ceiling.value, nothing),
    )
