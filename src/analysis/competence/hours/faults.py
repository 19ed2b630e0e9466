"""Records that cannot be right: which, and by which rule."""

from collections.abc import Collection, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import ibis
import ibis.expr.types as ir

from analysis.competence.hours.activities import KEY, activities_of
from analysis.competence.hours.conversion import HourRules
from analysis.errors import DataError
from analysis.messages import some

PLAUSIBLE = 2000.0
"""JP in a year beyond which records are held to be wrong: 45 minutes each, 1,500 hours, more than
the 1,250 effective hours of a working year."""

_TOLD = 2
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
    a = activities_of(training, others, rules, years)
    end = people.tmtPensiun if "tmtPensiun" in people.columns else ibis.null("date")
    known = people.select(person=people[KEY].cast("string"), pension=end.cast("date")).distinct()
    excess = _excess(a, plausible)
    overlapping = _overlapping(a)
    a = a.left_join(known, [a[KEY] == known.person])
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
    after = ibis.ifelse(
        a["first"].isnull(), a.year > a.pension.year(), a["first"] >= a.pension
    ).fill_null(False)
    broken = {
        "the year is missing": a.year.isnull(),
        "JP must be 0 or more": a.given < 0,
        f"JP of one person and year must be at most {plausible:g}": a.who.notnull(),
        "days, sessions and events must be 0 or more": ~a.recorded
        & ((a.days < 0).fill_null(False) | (a.quantity < 0).fill_null(False)),
        "the month must be 1 to 12": ~a.month.between(1, 12),
        "the kind must be one of the conversion table": a.jenis.isnull()
        & (a.kind.notnull() | ~a.recorded),
        "the person must be among people": a.person.isnull(),
        "it must begin before the person's pension": after,
        "it must not end before it begins": a["last"] < a["first"],
        "classical trainings of one person must not overlap": a.of.notnull(),
    }
    names = ibis.array(
        [ibis.ifelse(wrong, rule, ibis.null("string")) for rule, wrong in broken.items()]
    )
    a = a.mutate(rules=names.filter(lambda name: name.notnull()))
    a = a.filter(a.rules.length() > 0)
    return a.select(a.rules.unnest().name("rule"), KEY, *_SHOWN)


def _excess(a: ir.Table, plausible: float) -> ir.Table:
    """Return people and years with more JP than is plausible."""
    totals = a.group_by(who=a[KEY], when=a.year).agg(in_year=a.stated.sum())
    return totals.filter(totals.in_year > plausible).select("who", "when")


def _overlapping(a: ir.Table) -> ir.Table:
    """Return classical trainings that begin before an earlier one of the person has ended.

    Whether one or two overlap, the latest beginning and the earliest end tell; only the trainings
    of other people are put in order, which is dear.
    """
    dated = a.filter(a.classical & a["first"].notnull() & a["last"].notnull())
    dated = dated.select(
        of=dated[KEY],
        since=dated["first"],
        until=dated["last"],
        what=dated.kind,
        jp=dated.given,
    )
    groups = dated.group_by("of").agg(
        number=dated.count(), latest=dated.since.max(), earliest=dated.until.min()
    )
    doubtful = groups.filter(
        (groups.number > 1) & ((groups.number > _TOLD) | (groups.latest <= groups.earliest))
    )
    dated = dated.semi_join(doubtful, "of")
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


def refuse_people(people: ir.Table) -> None:
    """Refuse people who stand there twice, or whose status is unknown.

    Raises
    ------
    DataError
        Naming keys, masked.
    """
    keys = people.group_by(KEY).agg(rows=people.count())
    _refuse(keys.filter(keys.rows > 1), "people: a person must occur once", "Keep one row of each.")
    status = people.filter(
        people.statusPegawai.isnull() | ~people.statusPegawai.isin(["PNS", "CPNS", "PPPK"])
    )
    rule = "people, statusPegawai: must be PNS, CPNS or PPPK"
    _refuse(status, rule, "Correct it; golongan tells PNS from PPPK.")


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
