"""What people lack for the functional posts that the reform would move them into.

The ledger of the restructuring on the day of the records says who moves where, so that all are
appointed on that day; `analysis.competence.gap` says what they lack. Trainings whose JP are not
stated count for nothing here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.competence.gap import ANY, Requirements, study_gap
from analysis.datasets import read_processed
from analysis.disclosure import Table
from analysis.errors import DataError, DomainError, LackingError
from analysis.individuals.aggregation import UNKNOWN, Records
from analysis.individuals.reform import organisation_from, read_establishment
from analysis.individuals.standard_tables.protected_set import (
    ProtectedSet,
    tables_from,
    unmade,
)
from analysis.individuals.standard_tables.reform import rules_on
from analysis.individuals.standard_tables.totals_of_cells import counted
from analysis.restructuring import restructure

PEOPLE: Final = "pegawai_disetarakan"
MET, LACKING, FREE = "memenuhi", "belum memenuhi", "tanpa syarat"
NOTHING: Final = "memenuhi semua"
OPEN: Final = "rumpun belum ditetapkan"  # a person has yet to choose
REST: Final = "rumpun lain"
OF_MOVED: Final = ("setara_kekurangan", "jp_jenis_jabatan")
"""Tables that there are none of where it is not known whom the reform moves."""
_SMALLEST_FAMILY: Final = 20  # people of a family with a row of its own
_SOURCES: Final = {"pendidikan": "people", "pelatihan": "training", "sertifikat": "certificates"}


@dataclass(frozen=True, eq=False)
class Moved:
    """People moved into functional posts, and what they lack there.

    Attributes
    ----------
    people : DataFrame
        One row a person: `nipBaru`, `family`, `level`, `ruled`, `jp` (of training missing) and
        `accepted` (codes of trainings that count for it) and, for each kind of requirement that
        the records can tell of, whether it lacks.
    kinds : tuple of str
        These kinds.
    """

    people: pd.DataFrame
    kinds: tuple[str, ...]

    @property
    def needs(self) -> "pd.Series[int]":
        """JP of training that each must make up for, whole; by `nipBaru`."""
        jp = np.ceil(self.people["jp"]).astype("int64")
        return pd.Series(jp.to_numpy(), pd.Index(self.people["nipBaru"]), name="jp_jabatan")

    @property
    def lacks(self) -> "pd.Series[str]":
        """The same as labels, with codes where not any training counts: "8 JP (2)"; by `nipBaru`.

        Of who lacks none, "0 JP".
        """
        needs = self.needs
        codes = " (" + self.people["accepted"].to_numpy() + ")"
        bare = (needs == 0) | (self.people["accepted"] == ANY).to_numpy()
        return jp_labels(needs) + pd.Series(codes, needs.index).mask(bare, "")

    def tables(self) -> dict[str, Any]:
        """Return the makers of the tables of numbers of people, by name.

        - `setara_<kind>`: by family, and whether they meet the kind of requirement;
        - `setara_kekurangan`: by level, and which kinds they lack;
        - `setara_jp`: by JP of training missing, whole.
        """
        makers: dict[str, Any] = {f"setara_{k}": partial(self._of_kind, k) for k in self.kinds}
        if "pelatihan" in self.kinds:
            makers["setara_jp"] = self._of_hours
        return makers | {"setara_kekurangan": self._of_levels}

    def _named(self) -> pd.DataFrame:
        """Return the people, those of small families together."""
        number = self.people["family"].map(self.people["family"].value_counts())
        return self.people.assign(
            family=self.people["family"].where(number >= _SMALLEST_FAMILY, REST)
        )

    def _of_kind(self, kind: str) -> Table:
        found = self._named()
        state = found[kind].map({True: LACKING, False: MET}).where(found["ruled"], FREE)
        cells = pd.DataFrame({"rumpun": found["family"], kind: state, PEOPLE: 1})
        return counted(cells, ["rumpun", kind], PEOPLE)

    def _of_levels(self) -> Table:
        lacks = self.people[list(self.kinds)]
        said = [
            ", ".join(k for k, lacking in zip(self.kinds, row, strict=True) if lacking) or NOTHING
            for row in lacks.to_numpy().tolist()
        ]
        state = pd.Series(said, self.people.index, dtype=object).where(self.people["ruled"], FREE)
        cells = self.people.assign(jenjang=self.people["level"], kekurangan=state, **{PEOPLE: 1})
        return counted(cells, ["jenjang", "kekurangan"], PEOPLE)

    def _of_hours(self) -> Table:
        cells = pd.DataFrame({"jp_kurang": jp_labels(self.needs), PEOPLE: 1})
        return counted(cells, ["jp_kurang"], PEOPLE)


def jp_labels(jp: "pd.Series[int]") -> "pd.Series[str]":
    """Return whole JP as labels."""
    return jp.astype("str") + " JP"


def moved_people(records: Records) -> Moved:
    """Return whom the reform moves into functional posts, and what they lack there.

    Parameters
    ----------
    records : Records

    Raises
    ------
    LackingError
        If the records lack units, posts or what an organisation is made of, or nobody moves.
    DataError, DomainError
        If the records are no organisation.
    """
    establishment = read_establishment(records, keyed=True)
    found = restructure(organisation_from(establishment, records.day), rules_on(records.day)[0])
    placed = found.details[found.details["outcome"] != "unplaced"]
    if placed.empty:
        raise LackingError("the reform moves nobody of the records into a functional post.")
    at = placed["person"].to_numpy()
    of = establishment.people.iloc[at]
    people = pd.DataFrame(
        {
            "person": establishment.keys.iloc[at].to_numpy(),  # type: ignore[union-attr]
            "family": placed["family"].astype("object").fillna(OPEN).to_numpy(),
            "level": placed["level"].astype("object").to_numpy(),
            "region": of["provinsi"].astype("str").fillna(UNKNOWN).to_numpy(),
            "education": of["tkPendidikanTerakhir"].to_numpy(),
            "appointed": records.day,
        }
    )
    table = read_processed("syarat_jabatan_fungsional")
    kinds = tuple(kind for kind, source in _SOURCES.items() if source in records.tables)
    gap = study_gap(
        people,
        _training(records, people),
        _certificates(records, people),
        Requirements.of(table[table["syarat"].isin(kinds)]),
        records.day,
    )
    kept = gap.people[["family", "level", "ruled", "jp", "accepted", *kinds]]
    return Moved(kept.assign(nipBaru=people["person"]), kinds)


def study_of(records: Records) -> tuple[Moved | None, ProtectedSet]:
    """Return whom the reform moves, if that is known, and the tables of what they lack.

    Tables are those of `Moved.tables`.
    """
    try:
        moved = moved_people(records)
    except (DataError, DomainError) as error:  # other tables are made all the same
        return None, unmade(OF_MOVED, error)
    made = tables_from(moved.tables())
    missing = [kind for kind in _SOURCES if kind not in moved.kinds]
    lacking = {f"setara_{kind}": f"the records have no table {_SOURCES[kind]}." for kind in missing}
    return moved, ProtectedSet(made.tables, lacking=lacking | dict(made.lacking))


def _training(records: Records, people: pd.DataFrame) -> pd.DataFrame:
    """Return trainings of these people with stated JP; without a date, of the end of the year."""
    if "training" not in records.tables:
        return pd.DataFrame(columns=["person", "kind", "jp", "date"])
    columns = {"nipBaru": "person", "jenisDiklatId": "kind", "jumlahJam": "jp", "tahun": "year"}
    table = _rows_of(records, "training", columns, people, "tanggal")
    end = pd.to_datetime(table["year"].astype("str") + "-12-31", errors="coerce")
    table = table.assign(date=pd.to_datetime(table["tanggal"]).fillna(end))
    return table[table["jp"] > 0].reset_index(drop=True)


def _certificates(records: Records, people: pd.DataFrame) -> pd.DataFrame:
    if "certificates" not in records.tables:
        return pd.DataFrame(columns=["person", "name"])
    columns = {"nipBaru": "person", "namaSertifikasi": "name"}
    until = {"masaBerlakuMulai": "valid_from", "masaBerlakuSelesai": "valid_to"}
    return _rows_of(records, "certificates", columns, people, *until).rename(columns=until)


def _rows_of(
    records: Records,
    name: str,
    columns: Mapping[str, str],
    people: pd.DataFrame,
    *optional: str,
) -> pd.DataFrame:
    """Return rows of these people; a column that is not there is missing in all."""
    table = records.about(name, *[c for c in columns if c != "nipBaru"])
    there = [*columns, *[c for c in optional if c in table.columns]]
    wanted = ibis.memtable(pa.table({"person": pa.array(people["person"])}))
    rows = table.semi_join(wanted, table["nipBaru"].cast("string") == wanted["person"])
    found = pd.DataFrame(rows.select(*there).to_pyarrow().to_pandas()).rename(columns=columns)
    return found.reindex(columns=[*columns.values(), *optional])
