"""Records that cannot be right: which, and by which rule."""

from collections.abc import Iterator
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

_SHOWN = ("year", "kind", "given", "first", "last")


def faulty_records(
    people: ir.Table,
    training: ir.Table,
    rules: HourRules,
    *,
    others: ir.Table | None = None,
    plausible: float = PLAUSIBLE,
) -> ir.Table:
    """Return the records that cannot be right, once for each rule that they break.

    Parameters
    ----------
    people, training, others, rules
        As for `training_hours`.
    plausible : float
        JP of a person and year beyond which all records of that year are shown.

    Returns
    -------
    Table
        `rule`, `nipBaru`, `year`, `kind`, `given` (JP as stated), `first`, `last`.
    """
    a = activities_of(training, others, rules)
    end = people.tmtPensiun if "tmtPensiun" in people.columns else ibis.null("date")
    known = people.select(person=people[KEY].cast("string"), pension=end.cast("date")).distinct()
    a = a.left_join(known, [a[KEY] == known.person])
    earlier = ibis.window(
        group_by=[a[KEY], a.classical],
        order_by=[a["first"], a["last"], a.kind],
        preceding=(None, 1),
    )
    both = a["first"].notnull() & a["last"].notnull()
    a = a.mutate(
        in_year=a.stated.sum().over(ibis.window(group_by=[a[KEY], a.year])),
        taken_until=both.ifelse(a["last"], ibis.null("date")).max().over(earlier),
    )
    after = ibis.ifelse(
        a["first"].isnull(), a.year > a.pension.year(), a["first"] >= a.pension
    ).fill_null(False)
    broken = {
        "the year is missing": a.year.isnull(),
        "JP must be 0 or more": a.given < 0,
        f"JP of one person and year must be at most {plausible:g}": a.in_year > plausible,
        "days, sessions and events must be 0 or more": ~a.recorded
        & ((a.days < 0).fill_null(False) | (a.quantity < 0).fill_null(False)),
        "the month must be 1 to 12": ~a.month.between(1, 12),
        "the kind must be one of the conversion table": a.jenis.isnull()
        & (a.kind.notnull() | ~a.recorded),
        "the person must be among people": a.person.isnull(),
        "it must begin before the person's pension": after,
        "it must not end before it begins": a["last"] < a["first"],
        "classical trainings of one person must not overlap": a.classical
        & both
        & (a["first"] <= a.taken_until),
    }
    parts = [
        a.filter(wrong).select(ibis.literal(rule).name("rule"), KEY, *_SHOWN)
        for rule, wrong in broken.items()
    ]
    return ibis.union(*parts)


def refuse_faults(faults: ir.Table) -> None:
    """Refuse records that cannot be right.

    Raises
    ------
    DataError
        Naming by rule the first records, with all but the first sign of the key masked.
    """
    counts = faults.group_by("rule").agg(rows=faults.count()).order_by("rule").to_pyarrow()
    if not counts.num_rows:
        return
    texts = []
    for rule, number in zip(*(counts.column(c).to_pylist() for c in ("rule", "rows")), strict=True):
        shown = faults.filter(faults.rule == rule).order_by(KEY, *_SHOWN).limit(5).to_pyarrow()
        # What is not shown is counted too.
        rows = [*map(_words, shown.to_pylist()), *[""] * (number - shown.num_rows)]
        texts.append(f"{rule}; it is not so in {number} records: {some(rows)}.")
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
        keys = rows.order_by(KEY).limit(5).to_pyarrow().column(KEY).to_pylist()
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
