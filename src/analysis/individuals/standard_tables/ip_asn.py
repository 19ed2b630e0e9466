"""How professional is the service by the index of BKN (IP ASN)? Bands and means, by agency.

The year is the last that had ended on the day of the records: of trainings those in it, of
appraisals that of it, of penalties those in force in it. What the records have no table of, or no
training or appraisal of that year, is a dimension that is missing, and so is then the index:
neither nothing nor the full value.
"""

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Final

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

from analysis.competence.ip_asn import DIMENSIONS, IndexRules, index_bands, index_scores
from analysis.competence.ip_asn.rules import NO_PENALTY
from analysis.competence.years import training_year
from analysis.datasets import read_processed
from analysis.disclosure import Statistics, Table
from analysis.errors import AnalysisError, LackingError
from analysis.individuals.aggregation import UNKNOWN, Records
from analysis.individuals.aggregation.dimensions import dimension
from analysis.individuals.aggregation.records import require_year
from analysis.individuals.standard_tables.posts_by_family import POST, kinds
from analysis.individuals.standard_tables.protected_set import ProtectedSet, unmade
from analysis.individuals.standard_tables.totals_of_cells import ALL, counted

PEOPLE: Final = "pegawai"
AGENCY, BAND, INDEX = "instansi", "kategori", "indeks"
_LOW: Final = 2  # bands that are told apart in every agency
_POSTS: Final = {"1": "struktural", "2": "fungsional", "4": "pelaksana"}  # by jenisJabatanId
_OF: Final = ("mean", "count")
_NOTHING: Final[Mapping[str, Mapping[str, str]]] = {
    "kompetensi": {"nipBaru": "string", "jenisDiklatId": "string", "jumlahJam": "float64"},
    "kinerja": {"of": "string", "performance": "float64"},
    "disiplin": {"of": "string", "penalty": "string"},
}  # columns of what the records tell of a dimension


def index_set(records: Records) -> ProtectedSet:
    """Return the index of people by agency.

    Parameters
    ----------
    records : Records

    Returns
    -------
    ProtectedSet
        Numbers of people (`pegawai`): `ip_jabatan` by kind of post and band of the index
        (`kategori`; `UNKNOWN` of whoever has none), and `ip_instansi` by agency, all bands but the
        two lowest as one, so that fewer numbers are small.
        Statistics: `ip_ukuran`, by agency and in all, and by what (`ukuran`: the index or a
        dimension), the mean (`rata_rata`) of those of whom it is known.
        A dimension that the records tell nothing of is lacking, by `ip_<dimension>`.
    """
    try:
        scores, rules, lacking = _scores(records)
        bands = index_bands(scores, rules, [AGENCY, POST])
    except AnalysisError as error:
        return unmade(["ip_instansi"], error)
    return ProtectedSet(
        _counts(bands, rules),
        statistics={"ip_ukuran": _means(scores)},
        lacking={f"ip_{name}": why for name, why in lacking.items()},
    )


def _counts(bands: pd.DataFrame, rules: IndexRules) -> dict[str, Table]:
    band = bands["band"].fillna(UNKNOWN)
    *upper, _, _ = (name for _, name in rules.bands) if len(rules.bands) > _LOW else (None, None)
    above = f"{upper[-1]} ke atas" if upper else ""
    cells = bands.rename(columns={"people": PEOPLE}).assign(
        **{BAND: band, POST: kinds(bands[POST])}
    )
    coarse = cells.assign(**{BAND: band.replace(dict.fromkeys(upper, above))})
    return {
        "ip_jabatan": counted(cells, [POST, BAND], PEOPLE),
        "ip_instansi": counted(coarse, [AGENCY, BAND], PEOPLE),
    }


def _means(scores: ir.Table) -> Statistics:
    """Return the mean of the index and of each dimension, of those of whom it is known."""
    names = {"index": INDEX} | {name: name for name in DIMENSIONS}
    totals = {f"{column} {of}": getattr(scores[column], of)() for column in names for of in _OF}
    wide = [
        scores.group_by(AGENCY).agg(**totals).to_pyarrow().to_pandas(),
        scores.agg(**totals).to_pyarrow().to_pandas().assign(**{AGENCY: ALL}),
    ]
    rows = pd.concat(wide, ignore_index=True).sort_values(AGENCY, ignore_index=True)
    parts = [
        pd.DataFrame(
            {
                AGENCY: rows[AGENCY],
                "ukuran": name,
                "rata_rata": rows[f"{column} mean"],
                PEOPLE: rows[f"{column} count"],
            }
        )
        for column, name in names.items()
    ]
    frame = pd.concat(parts, ignore_index=True)
    return Statistics(frame, [AGENCY, "ukuran"], ["rata_rata"], PEOPLE, totals={AGENCY: ALL})


def _scores(records: Records) -> tuple[ir.Table, IndexRules, dict[str, str]]:
    """Return the index of everyone, without keys, and why each dimension lacks that does."""
    rules, year = IndexRules.of(read_processed("bobot_ip_asn")), training_year(records.day)
    people = records.about("people", "jenisJabatanId", "tkPendidikanTerakhir")
    post = people["jenisJabatanId"].cast("string")
    rows = people.select(
        dimension(records, AGENCY),
        **{POST: post},
        nipBaru=people["nipBaru"].cast("string"),
        post=ibis.cases(*[(post == code, name) for code, name in _POSTS.items()]),
        education=people["tkPendidikanTerakhir"].cast("string"),
    )
    told, lacking = _told(records, rules, year)
    for name in ("kinerja", "disiplin"):
        rows = rows.left_join(told[name], rows["nipBaru"] == told[name]["of"]).drop("of")
    scores = index_scores(rows, told["kompetensi"], rules, unknown=lacking)
    zero = ibis.literal(0).cast("float64")  # with it, what PostgreSQL takes for a decimal is none
    numbers = {name: scores[name] + zero for name in ("index", *DIMENSIONS)}
    return ibis.memtable(scores.select(AGENCY, POST, **numbers).to_pyarrow()), rules, lacking


def _told(
    records: Records, rules: IndexRules, year: int
) -> tuple[dict[str, ir.Table], dict[str, str]]:
    """Return what the records tell of three dimensions, and why of one they tell nothing."""
    makers = {
        "kompetensi": partial(_training, records, year),
        "kinerja": partial(_performance, records, year),
        "disiplin": partial(_penalties, records, rules, year),
    }
    told, lacking = {}, {}
    for name, make in makers.items():
        try:
            told[name] = make()
        except LackingError as error:
            nothing = {column: pa.array([], kind) for column, kind in _NOTHING[name].items()}
            told[name], lacking[name] = ibis.memtable(pa.table(nothing)), str(error)
    return told, lacking


def _training(records: Records, year: int) -> ir.Table:
    table = records.about("training", "jenisDiklatId", "jumlahJam", "tahun")
    require_year([table], year)
    return table.filter(table["tahun"].cast("int64") == year)


def _performance(records: Records, year: int) -> ir.Table:
    table = records.about("appraisal", "tahun", "nilaiSkp")
    require_year([table], year, of="appraisal")
    table = table.filter(table["tahun"].cast("int64") == year)
    of = table["nipBaru"].cast("string")
    return table.group_by(of=of).agg(performance=table["nilaiSkp"].cast("float64").max())


def _penalties(records: Records, rules: IndexRules, year: int) -> ir.Table:
    """Return the heaviest penalty of each person that was in force on a day of the year."""
    table = records.about("discipline", "tingkatHukuman", "hukumanTanggal")
    begun = table["hukumanTanggal"].cast("date") <= dt.date(year, 12, 31)
    if "akhirHukumTanggal" in table.columns:
        end = table["akhirHukumTanggal"].cast("date")
        begun &= end.isnull() | (end >= dt.date(year, 1, 1))
    table = table.filter(begun)
    code, of = table["tingkatHukuman"].cast("string"), table["nipBaru"].cast("string")
    heaviest = sorted((p for p in rules.penalty if p != NO_PENALTY), key=rules.penalty.__getitem__)
    place = ibis.cases(*[(code == each, i) for i, each in enumerate(heaviest)], else_=-1)
    return table.group_by(of=of).agg(penalty=code.argmin(place))
