"""When people retire: by the date in the records, or by the age (*BUP*) that holds for their post.

An age of pension in the records comes before the rule. Pension begins on the first day of the
month after the age is reached. Where the records do not tell the echelon or jenjang that the rule
asks for, the date is missing.
"""

import ibis
import ibis.expr.types as ir

from analysis.datasets import read_processed
from analysis.datasets.regulations import retirement_ages
from analysis.individuals.aggregation.records import Records

_EXPERT = ("pertama", "muda", "madya", "utama")
_SKILLED = ("pemula", "terampil", "mahir", "penyelia")


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
    """Return the age of pension by kind of post, echelon, and jenjang at the end of the title."""
    ages = retirement_ages(read_processed("aturan"), records.day)
    kind = records.of("people", "jenisJabatanId")["jenisJabatanId"].cast("string")
    none = ibis.null("int64")
    if "eselonId" in people.columns:
        level = people["eselonId"].cast("string").substr(0, 1)
    elif "eselonLevel" in people.columns:
        level = people["eselonLevel"].cast("string")
    else:
        level = ibis.null("string")
    structural = ibis.cases(
        (level.isin(["1", "2"]), ages["jpt"]), (level.notnull(), ages["administrasi"]), else_=none
    )
    functional = none
    if "jabatanNama" in people.columns:
        title = people["jabatanNama"].lower()
        by_jenjang = ibis.cases(
            *((title.endswith(f"ahli {name}"), ages[f"ahli_{name}"]) for name in _EXPERT),
            *((title.endswith(f" {name}"), ages["keterampilan"]) for name in _SKILLED),
            else_=none,
        )
        teacher = title.startswith("guru ")
        functional = ibis.ifelse(
            teacher, ibis.greatest(by_jenjang.fill_null(0), ages["guru"]), by_jenjang
        )
    return ibis.cases(
        (kind == "1", structural), (kind == "4", ages["administrasi"]), else_=functional
    )
