"""Hours of training of each person and year, against what the year asks."""

from collections.abc import Collection, Iterable
from typing import Any, Literal
from uuid import uuid4

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends import BaseBackend

from analysis.competence.hours.activities import (
    GRAIN,
    KEY,
    activities_of,
    counted,
    need_columns,
)
from analysis.competence.hours.conversion import HourRules
from analysis.competence.hours.faults import (
    PLAUSIBLE,
    begun_or_doubtful,
    faults_of,
    pensions,
    refuse_faults,
    refuse_people,
    signs_of_faults,
    suspect,
    without,
)
from analysis.errors import DataError, ParameterError
from analysis.messages import some

PartYear = Literal["months", "whole"]
_MONTHS = 12
_JP = ("hours", "classical", "unclassified", "converted")
_SHORT = ("months", "pppk", "suspected")  # what the year asks of a person, and of the records
_OF_ACTIVITIES = (*_JP, "records", "unstated", "nonclassical")
_RESULTS = ("year", "months", "floor", "ceiling", *_OF_ACTIVITIES, "complete")
_READ = (KEY, "statusPegawai", "tmtCpns", "tmtPensiun")
_KEPT = "people_"  # before the names of other columns of people, so that none is one of ours


def training_hours(
    people: ir.Table,
    training: ir.Table,
    rules: HourRules,
    years: Iterable[int],
    *,
    others: ir.Table | None = None,
    part_year: PartYear = "months",
    plausible: float = PLAUSIBLE,
    columns: Collection[str] = (),
) -> ir.Table:
    """Return the hours of each person and year of service, checked.

    Hours are added up and looked at for faults in one go over the records; the engine keeps what
    comes of it until it ends.

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
        are kept, and may have any name but those of the results.
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
    columns : collection of str
        Columns of the table returned; all by default. What is not asked for costs nothing.

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
        If a column is missing, one of people has the name of a result, a person occurs twice or
        has another status, or records cannot be right (see `faulty_records`); names them with
        masked keys.
    ParameterError
        If there is no year, or another rule of part years or another column is asked for.
    """
    work = _Work(people, training, others, rules, years, part_year, plausible, columns)
    found = work.each(work.people, work.activities)
    suspects = _suspects(found)
    if suspects.count().to_pyarrow().as_py():
        refuse_faults(faults_of(suspects, work.activities, pensions(people), plausible))
    return work.asked(found)


def sound_hours(
    people: ir.Table,
    training: ir.Table,
    rules: HourRules,
    year: int,
    *,
    others: ir.Table | None = None,
    columns: Collection[str] = (),
) -> tuple[ir.Table, ir.Table]:
    """Return the hours of each person who served in a year without faulty records, and these.

    As `training_hours` of what `set_aside` leaves of the records that `faulty_records` lists, in
    one go over the records: those of people alone who may have faulty ones are read again.

    Parameters
    ----------
    people, training, rules, others, columns
        As for `training_hours`.
    year : int

    Returns
    -------
    hours : Table
        As from `training_hours`.
    faults : Table
        As from `faulty_records`, of the year and of none.

    Raises
    ------
    DataError
        If a column is missing, one of people has the name of a result, or a person occurs twice or
        has another status.
    ParameterError
        If another column is asked for.
    """
    work = _Work(people, training, others, rules, [year], "months", PLAUSIBLE, columns)
    people, a, engine = work.people, work.activities, work.engine
    found = work.each(people, a)
    suspects = _kept(_suspects(found).distinct(), engine)
    theirs = _kept(a.semi_join(suspects, a[KEY].fill_null("") == suspects.person), engine)
    them = people.semi_join(suspects, people[KEY].cast("string") == suspects.person)
    faults = _kept(faults_of(suspects, theirs, pensions(them), PLAUSIBLE), engine)
    again = work.each(them, without(theirs, faults))
    return work.asked(found.filter(found.suspected.isnull())).union(work.asked(again)), faults


class _Work:
    """Hours of people and years as they are asked for; parameters are those of `training_hours`.

    Attributes
    ----------
    people : Table
        Columns that are only kept have `_KEPT` before their names.
    wanted : dict of str to str
        Columns asked for, and what they are called as long as it is worked out.
    activities : Table
        As from `activities_of`, of these years or of none.
    engine : BaseBackend
        On which it is worked out.
    """

    def __init__(
        self,
        people: ir.Table,
        training: ir.Table,
        others: ir.Table | None,
        rules: HourRules,
        years: Iterable[int],
        part_year: PartYear,
        plausible: float,
        columns: Collection[str],
    ) -> None:
        self.years = sorted(set(years))
        if not self.years:
            raise ParameterError("years: name one at least.")
        if part_year not in ("months", "whole"):
            raise ParameterError(f"part_year: {part_year!r} is neither 'months' nor 'whole'.")
        need_columns(people, (KEY, "statusPegawai"), what="people")
        taken = [name for name in people.columns if name.lower() in _RESULTS]
        if taken:
            raise DataError(
                f"people: column {some(taken)} is called like a result. Rename it, or leave it out."
            )
        named = {name: name if name in _READ else _KEPT + name for name in people.columns}
        self.people = people.rename({within: name for name, within in named.items()})
        named |= {name: name for name in _RESULTS}
        unknown = [name for name in columns if name not in named]
        if unknown:
            raise ParameterError(f"columns: {some(unknown)} is none; there are {some(named)}.")
        self.wanted = {name: named[name] for name in named if name in columns or not columns}
        self.rules, self.part_year = rules, part_year
        self.plausible, self.more = plausible, others is not None
        refuse_people(people)
        self.activities = activities_of(training, others, rules, self.years)
        self.engine = people.cross_join(self.activities.select(theirs=KEY)).get_backend()

    def each(self, people: ir.Table, activities: ir.Table) -> ir.Table:
        """Return one row a person and year of service, or with records that may be faulty.

        It is worked out once, and holds of the columns of `_beside` what `asked` needs.
        """
        sums = _sums(activities, self.rules, self.years, self.plausible, self.more)
        each = _beside(people, sums, self.years)
        each = each.filter((each.months > 0) | each.suspected.notnull())
        needed = (*self.wanted.values(), *_SHORT)
        return _kept(each.select(*(n for n in each.columns if n in needed)), self.engine)

    def asked(self, each: ir.Table) -> ir.Table:
        """Return the columns asked for, of rows as from `each` that are years of service."""
        each = each.filter(each.months > 0)
        each = each.mutate(months=each.months.cast("int64"), complete=ibis.literal(self.more))
        each = each.mutate(**_asked_of(each, self.rules, self.part_year))
        return each.select(**{name: each[within] for name, within in self.wanted.items()})


def _suspects(found: ir.Table) -> ir.Table:
    """Return `person`, the key of whoever may have faulty records, any number of times."""
    return found.filter(found.suspected.notnull()).select(person=found.suspected)


def _kept(table: ir.Table, engine: BaseBackend) -> ir.Table:
    """Return a table that the engine worked out once, since it is read several times."""
    try:
        return engine.create_table(f"hours_{uuid4().hex}", table, temp=True)
    except NotImplementedError:  # Spark has no table of a session: what is kept is on no engine
        return ibis.memtable(engine.to_pyarrow(table))


def _sums(
    activities: ir.Table, rules: HourRules, years: list[int], plausible: float, more: bool
) -> ir.Table:
    """Return sums of the activities of each person and year, and whether some may be faulty.

    Activities are added up and looked at for faults in one go.

    Parameters
    ----------
    activities : Table
        As from `activities_of`, of these years or of none.
    more : bool
        Whether activities are among them that the records do not hold.

    Returns
    -------
    Table
        `person`, with several years `of_year`, the columns `_OF_ACTIVITIES`, and `begun` as from
        `begun_or_doubtful`.
    """
    one_year = len(years) == 1
    a = counted(activities, capped=more or rules.records_capped)
    keys = {"person": a[KEY]} | ({} if one_year else {"of_year": a.year})
    # Where no JP is cut, those stated are the hours that do not rest on conversion.
    whole = rules.records_whole and not more
    sums = a.group_by(**keys).agg(
        hours=a.hours.sum(),
        classical=a.classical.ifelse(a.hours, 0.0).sum(),
        unclassified=a.jenis.isnull().ifelse(a.hours, 0.0).sum(),
        converted=a.converted.sum(),
        records=a.count(),
        unstated=a.hours.isnull().ifelse(1, None).count(),
        **({} if whole else {"stated": a.stated.sum()}),
        **signs_of_faults(a, years[-1]),
    )
    stated = sums.hours - sums.converted if whole else sums.stated
    hours = {name: sums[name].fill_null(0.0).round(GRAIN) for name in _JP}
    rest = hours["hours"] - hours["classical"] - hours["unclassified"]
    return sums.select(
        *keys,
        "records",
        "unstated",
        begun=begun_or_doubtful(sums, stated, plausible, one_year=one_year),
        nonclassical=rest.round(GRAIN),
        **hours,
    )


def _beside(people: ir.Table, sums: ir.Table, years: list[int]) -> ir.Table:
    """Return one row a person and year: people beside sums of activities, 0 without any.

    Activities of nobody among the people have a row too. `suspected` is the key, as text, of
    whoever may have faulty records in the year. What is short joins sooner: `months` and `pppk`
    are there before.

    Parameters
    ----------
    sums : Table
        As from `_sums`, of these years.
    """
    each = people.mutate(known=people[KEY].cast("string"), pppk=people.statusPegawai == "PPPK")
    if len(years) == 1:
        each = each.mutate(year=ibis.literal(years[0], "int64"))
        same = [each.known == sums.person]
    else:
        each = each.cross_join(ibis.memtable(pa.table({"year": pa.array(years, pa.int64())})))
        same = [each.known == sums.person, each.year == sums.of_year]
    both = each.mutate(months=_months_of_service(each).cast("int8")).outer_join(sums, same)
    key = both.known.coalesce(both.person, ibis.literal(""))
    return both.select(
        *people.columns,
        "year",
        "months",
        "pppk",
        suspected=suspect(both).ifelse(key, None),
        **{name: both[name].fill_null(0) for name in _OF_ACTIVITIES},
    )


def _months_of_service(each: ir.Table) -> Any:
    """Return the months of service of each person and year, 0 or less of none.

    Only of those who came or went within the year are months taken from their dates.
    """
    first, last = ibis.literal(1), ibis.literal(_MONTHS)
    if "tmtCpns" in each.columns:
        start = each.tmtCpns.cast("date")
        first = ibis.cases(
            (start < ibis.date(each.year, 1, 1), 1),
            (start < ibis.date(each.year + 1, 1, 1), start.month()),
            (start.notnull(), _MONTHS + 1),
            else_=1,
        )
    if "tmtPensiun" in each.columns:
        end = each.tmtPensiun.cast("date")
        last = ibis.cases(
            (end > ibis.date(each.year + 1, 1, 1), _MONTHS),
            (end > ibis.date(each.year, 1, 1), (end - ibis.interval(days=1)).month()),
            (end.notnull(), 0),
            else_=_MONTHS,
        )
    return last - first + 1


def _asked_of(served: ir.Table, rules: HourRules, part_year: PartYear) -> dict[str, Any]:
    """Return what the year asks of each row of years of service, and allows: floor and ceiling."""
    whole = ibis.literal(rules.floor.value)
    months = served.months.cast("float64")  # else Spark counts in decimals, and cuts them
    floor = whole * months / _MONTHS if part_year == "months" else whole
    nothing = ibis.null("float64")
    return {
        "floor": served.pppk.ifelse(nothing, floor),
        "ceiling": served.pppk.ifelse(rules.ceiling.value, nothing),
    }
