"""Records that cannot be right: which, and by which rule."""

import datetime as dt
import sys
from collections.abc import Collection, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import ibis
import ibis.expr.datatypes as types
import ibis.expr.types as ir

from analysis.competence.hours.activities import KEY, activities_of
from analysis.competence.hours.conversion import HourRules
from analysis.errors import DataError
from analysis.messages import some

PLAUSIBLE = 2000.0
"""JP in a year beyond which records are held to be wrong: 45 minutes each, 1,500 hours, more than
the 1,250 effective hours of a working year."""

_TOLD = 2
_LAST_YEAR = dt.MAXYEAR
_SLACK = 1e-6  # JP; what is stated may come as a difference of sums, with its rounding
_STATUSES = ("PNS", "CPNS", "PPPK")
_DATED = {"tanggal": "date", "tanggalSelesai": "date"}
_FEW = 5  # records of each rule that a message shows
_SHOWN = ("year", "kind", "given", "first", "last")


def faulty_records(
    people: ir.Table,
    training: ir.Table,
    rules: HourRules,
    *,
    others: ir.Table | None = None,
    plausible: float = PLAUSIBLE,
    years: Collection[int] = (),
) -> ir.Table:
    """Return the records that cannot be right, once for each rule that they break.

    Parameters
    ----------
    people, training, others, rules
        As for `training_hours`.
    plausible : float
        JP of a person and year beyond which all records of that year are shown.
    years : collection of int
        Look at records of these years, and of none, alone; all by default.

    Returns
    -------
    Table
        `rule`, `nipBaru`, `year`, `kind`, `given` (JP as stated), `first`, `last`.
    """
    activities = activities_of(training, others, rules, years)
    known = pensions(people)
    signs = activities.group_by(person=activities[KEY], of_year=activities.year).agg(
        stated=activities.stated.sum(),
        **signs_of_faults(activities, max(years, default=_LAST_YEAR)),
    )
    begun = begun_or_doubtful(signs, signs.stated, plausible, one_year=len(years) == 1)
    signs = signs.select("person", begun=begun)
    beside = signs.left_join(known, [signs.person == known.known])
    return faults_of(beside.filter(suspect(beside)), activities, known, plausible)


def signs_of_faults(activities: ir.Table, last_year: int = _LAST_YEAR) -> dict[str, Any]:
    """Return what tells, of the activities of a person and year, whether one may be faulty.

    They are few extremes, which cost little where hours are added up anyway. Which records are
    faulty, `faults_of` finds out, of the people alone who may have some. One that is broken by
    itself begins at the end of time, after every pension.

    Parameters
    ----------
    activities : Table
        As from `activities_of`.
    last_year : int
        None of them is of a later year. Those without a day may be after a pension in an earlier
        one, as one on its first day is.
    """
    a = activities
    broken = ibis.or_(*_broken_alone(a).values()).fill_null(False)
    latest_year = dt.date(min(max(last_year, dt.MINYEAR), dt.MAXYEAR), 1, 1)
    placed = a.classical & a["first"].notnull() & a["last"].notnull()
    return {
        "begun": broken.ifelse(dt.date.max, a["first"].fill_null(latest_year)).max(),
        "placed": placed.ifelse(1, None).count(),
        "latest": placed.ifelse(a["first"], None).max(),
        "earliest": placed.ifelse(a["last"], None).min(),
    }


def begun_or_doubtful(signs: ir.Table, stated: Any, plausible: float, *, one_year: bool) -> Any:
    """Return when the last of a person's activities of a year began; the end of time if doubtful.

    Doubtful is whatever may break a rule, except for what depends on the person, which `suspect`
    adds. Whether one or two classical trainings overlap, the latest beginning and the earliest end
    tell.

    Parameters
    ----------
    signs : Table
        `person` and `signs_of_faults` by person and year.
    stated : column of it
        JP as stated, in all.
    plausible : float
    one_year : bool
        Whether there is one row a person, so that nothing in it overlaps with another's; whoever
        has one more, without a year, is doubtful for that.
    """
    placed, latest, earliest = signs.placed, signs.latest, signs.earliest
    if not one_year:
        of_all = ibis.window(group_by="person")
        placed, latest = placed.sum().over(of_all), latest.max().over(of_all)
        earliest = earliest.min().over(of_all)
    overlapping = (placed > 1) & ((placed > _TOLD) | (latest <= earliest))
    most = min(plausible, sys.float_info.max)
    doubtful = ((stated > most - _SLACK) | overlapping).fill_null(False)
    return doubtful.ifelse(dt.date.max, signs.begun)


def suspect(beside: ir.Table) -> Any:
    """Return whether a person may have faulty records in a year; true wherever there is one.

    Parameters
    ----------
    beside : Table
        `begun` as from `begun_or_doubtful`, missing without activities, beside columns of people,
        of which `known`, the key, is missing if the person is none of them.
    """
    after = beside.begun >= pension_of(beside).fill_null(dt.date.max)
    return (beside.known.isnull() | after).fill_null(False)


def faults_of(
    suspects: ir.Table, activities: ir.Table, known: ir.Table, plausible: float
) -> ir.Table:
    """Return the faulty records of the people who may have some, as `faulty_records` does.

    Parameters
    ----------
    suspects : Table
        `person`, any number of times; missing for activities without one.
    activities : Table
        As from `activities_of`.
    known : Table
        As from `pensions`.
    plausible : float
    """
    # Joins pass over keys that are missing.
    keys = suspects.select(suspected=suspects.person.fill_null("")).distinct()
    a = activities.inner_join(keys, [activities[KEY].fill_null("") == keys.suspected])
    excess, overlapping, known = _excess(a, plausible), _overlapping(a), known.distinct()
    a = a.left_join(known, [a[KEY] == known.known])
    a = a.left_join(excess, [a[KEY] == excess.who, a.year == excess.when])
    a = a.left_join(
        overlapping,
        [
            a.classical,
            a[KEY] == overlapping.of,
            a["first"] == overlapping.since,
            a["last"] == overlapping.until,
            a.kind.identical_to(overlapping.what),
            a.given.identical_to(overlapping.jp),
        ],
    )
    pension = a.tmtPensiun
    after = ibis.ifelse(a["first"].isnull(), a.year > pension.year(), a["first"] >= pension)
    broken = _broken_alone(a) | {
        f"JP of one person and year must be at most {plausible:g}": a.who.notnull(),
        "the person must be among people": a.known.isnull(),
        "it must begin before the person's pension": after.fill_null(False),
        "classical trainings of one person must not overlap": a.of.notnull(),
    }
    names = ibis.array(
        [ibis.ifelse(wrong, rule, ibis.null("string")) for rule, wrong in broken.items()]
    )
    a = a.mutate(rules=names.filter(lambda name: name.notnull()))
    a = a.filter(a.rules.length() > 0)
    return a.select(a.rules.unnest().name("rule"), KEY, *_SHOWN)


def pensions(people: ir.Table) -> ir.Table:
    """Return the key of each of the people, `known`, and its `tmtPensiun`."""
    return people.select(known=people[KEY].cast("string"), tmtPensiun=pension_of(people))


def pension_of(people: ir.Table) -> Any:
    """Return when the pension of each of the people begins, missing where it is not said."""
    end = people.tmtPensiun if "tmtPensiun" in people.columns else ibis.null("date")
    return end.cast("date")


def _broken_alone(a: ir.Table) -> dict[str, Any]:
    """Return the rules that an activity can break by itself, and whether it does."""
    rules = {
        "the year is missing": a.year.isnull(),
        "JP must be 0 or more": a.given < 0,
    }
    unknown, kind = a.jenis.isnull(), "the kind must be one of the conversion table"
    backward = {"it must not end before it begins": a["last"] < a["first"]}
    if "recorded" not in a.columns:  # what cannot be broken costs time where all is looked at
        return rules | {kind: unknown & a.kind.notnull()} | backward
    other = ~a.recorded
    amount = (a.days < 0).fill_null(False) | (a.quantity < 0).fill_null(False)
    return rules | {
        "days, sessions and events must be 0 or more": other & amount,
        "the month must be 1 to 12": other & ~a.month.between(1, 12),
        kind: unknown & (a.kind.notnull() | other),
    } | backward  # fmt: skip


def _excess(a: ir.Table, plausible: float) -> ir.Table:
    """Return people and years with more JP than is plausible."""
    totals = a.group_by(who=a[KEY], when=a.year).agg(in_year=a.stated.sum())
    return totals.filter(totals.in_year > plausible).select("who", "when")


def _overlapping(a: ir.Table) -> ir.Table:
    """Return classical trainings that begin before an earlier one of the person has ended."""
    dated = a.filter(a.classical & a["first"].notnull() & a["last"].notnull())
    dated = dated.select(
        of=dated[KEY],
        since=dated["first"],
        until=dated["last"],
        what=dated.kind,
        jp=dated.given,
    )
    before = ibis.window(
        group_by="of", order_by=["since", "until", "what", "jp"], preceding=(None, 1)
    )
    dated = dated.mutate(taken_until=dated.until.max().over(before))
    return dated.filter(dated.since <= dated.taken_until).drop("taken_until").distinct()


def set_aside(training: ir.Table, faults: ir.Table, *, kind: str = "jenisDiklatId") -> ir.Table:
    """Return the trainings without those that cannot be right.

    Parameters
    ----------
    training : Table
        As for `training_hours`.
    faults : Table
        As from `faulty_records`. Of trainings that overlap, the one that began first stays; of
        records that are the same in all, none.
    kind : str
        Column of their kind: "jenis" of activities that the records do not hold.
    """
    whole = training.mutate(
        **{
            name: training[name] if name in training.columns else ibis.null(type_)
            for name, type_ in (_DATED | {kind: "string"}).items()
        }
    )
    wrong = faults.select(
        of=faults[KEY], when=faults.year, what=faults.kind, jp=faults.given,
        since=faults["first"], until=faults["last"],
    ).distinct()  # fmt: skip
    same = [
        whole[KEY].cast("string").identical_to(wrong.of),
        whole.tahun.cast("int64").identical_to(wrong.when),
        whole[kind].cast("string").identical_to(wrong.what),
        whole.jumlahJam.cast("float64").identical_to(wrong.jp),
        whole.tanggal.cast("date").identical_to(wrong.since),
        whole.tanggalSelesai.cast("date").identical_to(wrong.until),
    ]
    return whole.anti_join(wrong, same).select(*training.columns)


def without(activities: ir.Table, faults: ir.Table) -> ir.Table:
    """Return activities, as from `activities_of`, without those that cannot be right.

    As `set_aside`, of records that were already read.
    """
    wrong = faults.select(KEY, *_SHOWN).distinct()
    same = [activities[name].identical_to(wrong[name]) for name in (KEY, *_SHOWN)]
    return activities.anti_join(wrong, same)


def refuse_faults(faults: ir.Table) -> None:
    """Refuse records that cannot be right.

    Raises
    ------
    DataError
        Naming by rule the first records, with all but the first sign of the key masked.
    """
    place = ibis.row_number().over(ibis.window(group_by="rule", order_by=[KEY, *_SHOWN]))
    number = faults.rule.count().over(ibis.window(group_by="rule"))
    ranked = faults.mutate(place=place, number=number)
    shown = ranked.filter(ranked.place < _FEW).order_by("rule", "place").to_pyarrow().to_pylist()
    if not shown:
        return
    texts = []
    for rule, group in groupby(shown, key=itemgetter("rule")):
        records = list(group)
        total = records[0]["number"]
        # What is not shown is counted too.
        rows = [*map(_words, records), *[""] * (total - len(records))]
        texts.append(f"{rule}; it is not so in {total} records: {some(rows)}.")
    raise DataError(
        "training: "
        + " ".join(texts)
        + " Correct them, or leave out those that faulty_records lists."
    )


@ibis.udf.scalar.builtin(name="hash")  # type: ignore[untyped-decorator]
def _hash(text: str) -> types.uint64:
    """Return a number of 64 bits that is the same for equal texts; a function of DuckDB."""


def refuse_people(people: ir.Table) -> None:
    """Refuse people who stand there twice, or whose status is unknown.

    Raises
    ------
    DataError
        Naming keys, masked.
    """
    unknown = people.statusPegawai.isnull() | ~people.statusPegawai.isin(_STATUSES)
    key = people[KEY].cast("string")
    if people.get_backend().name == "duckdb":  # numbers are told apart sooner than long texts
        key = _hash(key)
    found = people.agg(rows=people.count(), keys=key.nunique(), unknown=unknown.sum())
    (counts,) = found.to_pyarrow().to_pylist()
    if counts["rows"] > counts["keys"]:  # or two of them have one hash
        keys = people.group_by(KEY).agg(rows=people.count())
        twice = keys.filter(keys.rows > 1)
        _refuse(twice, "people: a person must occur once", "Keep one row of each.")
    if counts["unknown"]:
        rule = "people, statusPegawai: must be PNS, CPNS or PPPK"
        _refuse(people.filter(unknown), rule, "Correct it; golongan tells PNS from PPPK.")


def _refuse(rows: ir.Table, rule: str, advice: str) -> None:
    number = rows.count().to_pyarrow().as_py()
    if number:
        keys = rows.order_by(KEY).limit(_FEW).to_pyarrow().column(KEY).to_pylist()
        listed = some([*map(masked, keys), *[""] * (number - len(keys))])
        raise DataError(f"{rule}; it is not so for {listed}. {advice}")


def masked(key: object) -> str:
    """Return a key of which only the first sign can be read.

    Examples
    --------
    >>> masked("ab12")
    'a***'
    """
    text = str(key)
    return text[:1] + "*" * (len(text) - 1)


def _words(row: dict[str, Any]) -> str:
    return f"({', '.join(_fields(row))})"


def _fields(row: dict[str, Any]) -> Iterator[str]:
    yield f"person {masked(row[KEY])}"
    names = {"given": "JP", "first": "from", "last": "to"}
    for column in _SHOWN:
        yield f"{names.get(column, column)} {row[column]}"
