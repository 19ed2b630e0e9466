"""Hours of training of each person and year, against what the year asks."""

from collections.abc import Callable, Iterable
from typing import Any, Literal

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from analysis.competence.hours.activities import (
    GRAIN,
    KEY,
    activities_of,
    counted,
    need_columns,
    summed,
)
from analysis.competence.hours.conversion import HourRules
from analysis.competence.hours.faults import (
    PLAUSIBLE,
    doubtful,
    faults_of,
    pensions,
    refuse_faults,
    refuse_people,
    signs_of_faults,
    suspect,
)
from analysis.errors import ParameterError

PartYear = Literal["months", "whole"]
_MONTHS = 12
_JP = ("hours", "classical", "unclassified", "converted")
_NUMBERS = ("records", "unstated")


def training_hours(
    people: ir.Table,
    training: ir.Table,
    rules: HourRules,
    years: Iterable[int],
    *,
    others: ir.Table | None = None,
    part_year: PartYear = "months",
    plausible: float = PLAUSIBLE,
    keep: Callable[[ir.Table], ir.Table] | None = None,
) -> ir.Table:
    """Return the hours of each person and year of service, checked.

    Hours are added up and looked at for faults in one go over the records, and kept.

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
    keep : callable, optional
        Works an expression out and returns the table that it has become, which is read several
        times; in the memory of this process by default.

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
    activities = activities_of(training, others, rules, asked)
    capped = others is not None or rules.records_capped
    sums = _checked_sums(people, counted(activities, capped=capped), asked, plausible)
    found = keep(sums) if keep else ibis.memtable(sums.to_pyarrow())
    suspects = found.filter(found.suspect).select("person")
    if suspects.count().to_pyarrow().as_py():
        refuse_faults(faults_of(suspects, activities, pensions(people), plausible))
    found = found.mutate(
        *[found[c].fill_null(0.0).round(GRAIN).name(c) for c in _JP],
        *[found[c].fill_null(0).name(c) for c in _NUMBERS],
        **{KEY: found.person.cast(people[KEY].type())},
        months=_months_of_service(found),
        complete=ibis.literal(others is not None),
    )
    served = found.filter(found.months > 0)
    served = served.mutate(**_asked_of(served, rules, part_year))
    columns = [*people.columns, "year", "months", "floor", "ceiling", *_JP, *_NUMBERS, "complete"]
    rest = served.hours - served.classical - served.unclassified
    return served.select(*columns, nonclassical=rest.round(GRAIN))


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


def _checked_sums(
    people: ir.Table, activities: ir.Table, years: list[int], plausible: float
) -> ir.Table:
    """Return one row a person and year: sums of activities, and whether some may be faulty.

    Activities are added up and looked at for faults in one go. Those of nobody among the people
    have a row too. The columns are those of `people`, with `person`, the key as text, in place of
    the key; `year`, `_JP`, `_NUMBERS` (missing without activities) and `suspect`.

    Parameters
    ----------
    activities : Table
        As from `counted`, of these years or of none.
    """
    one_year = len(years) == 1
    a = activities
    keys = {"person": a[KEY]} | ({} if one_year else {"of_year": a.year})
    sums = a.group_by(**keys).agg(
        hours=a.hours.sum(),
        classical=a.classical.ifelse(a.hours, 0.0).sum(),
        unclassified=a.jenis.isnull().ifelse(a.hours, 0.0).sum(),
        converted=a.converted.sum(),
        records=a.count(),
        unstated=a.count() - a.hours.count(),
        **signs_of_faults(a, years[-1]),
    )
    sums = sums.select(
        *keys, *_JP, *_NUMBERS, "begun", doubtful=doubtful(sums, plausible, one_year=one_year)
    )
    each = people.mutate(known=people[KEY].cast("string")).drop(KEY)
    if one_year:
        both = each.outer_join(sums, [each.known == sums.person]).mutate(
            year=ibis.literal(years[0], "int64")
        )
    else:
        each = each.cross_join(ibis.memtable(pa.table({"year": pa.array(years, pa.int64())})))
        both = each.outer_join(sums, [each.known == sums.person, each.year == sums.of_year])
    kept = [c for c in people.columns if c != KEY]
    return both.select(
        *kept, "year", *_JP, *_NUMBERS,
        person=both.known.coalesce(both.person), suspect=suspect(both),
    )  # fmt: skip


def _months_of_service(each: ir.Table) -> Any:
    """Return the months of service of each person and year, 0 or less of none."""
    first, last = ibis.literal(1), ibis.literal(_MONTHS)
    if "tmtCpns" in each.columns:
        start = each.tmtCpns.cast("date")
        first = ibis.cases(
            (start.year() > each.year, _MONTHS + 1),
            (start.year() == each.year, start.month()),
            else_=1,
        )
    if "tmtPensiun" in each.columns:
        end = each.tmtPensiun.cast("date") - ibis.interval(days=1)
        last = ibis.cases(
            (end.year() < each.year, 0), (end.year() == each.year, end.month()), else_=_MONTHS
        )
    return (last - first + 1).cast("int64")


def _asked_of(served: ir.Table, rules: HourRules, part_year: PartYear) -> dict[str, Any]:
    """Return what the year asks of each row of years of service, and allows: floor and ceiling."""
    pppk = served.statusPegawai == "PPPK"
    whole = ibis.literal(rules.floor.value)
    floor = whole * served.months / _MONTHS if part_year == "months" else whole
    nothing = ibis.null("float64")
    return {
        "floor": pppk.ifelse(nothing, floor),
        "ceiling": pppk.ifelse(rules.ceiling.value, nothing),
    }
