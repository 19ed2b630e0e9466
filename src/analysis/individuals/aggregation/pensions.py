"""When people retire: by the date in the records, or by the age (*BUP*) that holds for their post.

An age of pension in the records comes before the rule. Pension begins on the first day of the
month after the age is reached. Where the records do not tell the echelon or jenjang that the rule
asks for, the date is missing.
"""

import ibis
import ibis.expr.types as ir

from analysis.datasets import read_processed
from analysis.datasets.retirement import RetirementRule, RetirementRules
from analysis.individuals.aggregation.records import Records

_OTHERS = "fungsional"  # all kinds of post but structural ones and pelaksana


def pension_date(records: Records, people: ir.Table) -> ir.Value:
    """Return the first day of pension of each row of `people`.

    Raises
    ------
    DataError
        If neither the date nor the date of birth is a column of people, or the rules of BUP of that
        day are not known.
    """
    if "tmtPensiun" in people.columns:
        said = people["tmtPensiun"].cast("date")
        return said if "tglLahir" not in people.columns else said.coalesce(_by_age(records, people))
    return _by_age(records, people)


def _by_age(records: Records, people: ir.Table) -> ir.Value:
    born = records.of("people", "tglLahir")["tglLahir"].cast("date")
    age = _by_rule(records, people)
    if "bupPensiun" in people.columns:
        age = people["bupPensiun"].cast("int64").coalesce(age)
    december = born.month() == 12
    year = born.year() + age + ibis.ifelse(december, 1, 0)
    month = ibis.ifelse(december, 1, born.month() + 1)
    return ibis.date(year.cast("int32"), month.cast("int32"), 1)


def _by_rule(records: Records, people: ir.Table) -> ir.Value:
    """Return the age of pension by kind of post, echelon, and how the title begins and ends."""
    ages = RetirementRules.from_frame(read_processed("batas_usia_pensiun"), records.day)
    number = records.of("people", "jenisJabatanId")["jenisJabatanId"].cast("string")
    kind = ibis.cases((number == "1", "struktural"), (number == "4", "pelaksana"), else_=_OTHERS)
    unknown = ibis.null("string")
    if "eselonId" in people.columns:
        level = people["eselonId"].cast("string").substr(0, 1)
    elif "eselonLevel" in people.columns:
        level = people["eselonLevel"].cast("string")
    else:
        level = unknown
    title = people["jabatanNama"].lower() if "jabatanNama" in people.columns else unknown
    chosen = [(_meant(rule, kind, level, title), rule.age) for rule in reversed(ages.rules)]
    return ibis.cases(*chosen, else_=ibis.null("int64")).cast("int64")


def _meant(rule: RetirementRule, kind: ir.Value, level: ir.Value, title: ir.Value) -> ir.Value:
    meant = kind == rule.kind
    if rule.echelons:
        meant &= level.isin([str(number) for number in sorted(rule.echelons)])
    if rule.levels:
        meant &= ibis.or_(*(title.endswith(f" {name}") for name in sorted(rule.levels)))
    if rule.beginnings:
        words = sorted(rule.beginnings)
        meant &= title.isin(words) | ibis.or_(*(title.startswith(f"{word} ") for word in words))
    return meant
