"""The people, units and posts of one agency, as squads and their price need them; NIP stay here."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

from analysis.arrays import BoolArray
from analysis.competence.squads import Workforce, steps_between
from analysis.datasets import read_processed
from analysis.disclosure.identities import identifying
from analysis.errors import DataError, LackingError
from analysis.individuals.aggregation import Records
from analysis.individuals.engines.dialects import in_order
from analysis.individuals.person_keys import KEY
from analysis.individuals.standard_tables.squad_inputs import SquadInputs
from analysis.messages import counted, some
from analysis.redistribution.flows import great_circle

ACTIVE: Final = ("1", "71")  # codes of kedudukan_hukum: those of PNS, and of PPPK
_HOURS_OF = ("2", "3")  # functional and technical training, codes of jenis_diklat
_GROUPED: Final = {
    "sekolah": "Sekolah",
    "puskesmas": "Rumah sakit dan puskesmas",
    "kecamatan": "Kecamatan",
    "uptd": "Unit pelaksana dan staf ahli",
}  # kinds of units of which there are many, by JenisUnorId
_POSTS: Final = ("kabkota", "jabatan", "jenjang", "jenisJabatanId", "bezetting", "kebutuhan")


@dataclass(frozen=True, eq=False)
class AgencyPeople:
    """What is known of one agency.

    Attributes
    ----------
    agency : str
    units : DataFrame
        By unit: `parent` (missing at the top), `name`, `kind`, `kabkota`, `office` (unit of the
        first level that it is of, or itself at the top).
    posts : DataFrame
        One row a person: `person`, `unit`, `functional`, `pelaksana`, `structural`, `education`.
    skills : DataFrame
        `person`, `competence`, `level`.
    may_lead : ndarray of bool
        Of the rows of `posts`.
    left_out : int
        People on leave, suspended and the like, who sit on no seat.
    """

    agency: str
    units: pd.DataFrame
    posts: pd.DataFrame
    skills: pd.DataFrame
    may_lead: BoolArray
    left_out: int

    @cached_property
    def kilometres(self) -> pd.DataFrame:
        """Distances between units: of the centres of their kabupaten and kota."""
        places = read_processed("kabkota").set_index("kode_kemendagri")[["lintang", "bujur"]]
        where = places.reindex(self.units["kabkota"])
        unknown = self.units.index[where["lintang"].isna().to_numpy()]
        if len(unknown):
            raise LackingError(
                f"{self.agency}: the place of the units {some(unknown)} is not known. Complete "
                "the column kabkota of units."
            )
        near = great_circle(where["lintang"].to_numpy(), where["bujur"].to_numpy())
        return pd.DataFrame(near, self.units.index, self.units.index)

    @cached_property
    def steps(self) -> pd.DataFrame:
        """Steps along the organisation chart between units."""
        return steps_between(self.units["parent"], self.units.index)

    def workforce(self, inputs: SquadInputs) -> Workforce:
        """Return who may sit in squads, at their distances in kilometres and steps."""
        said = inputs.values
        people = self.posts[["person", "unit"]].assign(time=said["waktu"], may_lead=self.may_lead)
        far = self.kilometres + said["km_per_langkah"] * self.steps
        return Workforce.of(people, self.skills, far)

    @cached_property
    def province(self) -> str:
        """Code of the province in which most of its units are."""
        return str(self.units["kabkota"].str[:2].value_counts(sort=True).index[0])

    @cached_property
    def groups(self) -> "pd.Series[str]":
        """Group of units by which each unit is shown: its office, or all schools and the like.

        An office whose name seems to name a person has a number instead.
        """
        top = self.units.reindex(self.units["office"])
        kind = top["kind"].map(_GROUPED)
        names = {
            name: f"Perangkat {number}" if identifying(name) else name
            for number, name in enumerate(sorted(set(top["name"])), start=1)
        }
        return pd.Series(
            kind.fillna(top["name"].map(names)).to_numpy(), self.units.index, dtype=object
        )


def agencies_of(records: Records, inputs: SquadInputs) -> list[str]:
    """Return the agencies that squads are planned for: those named, or the largest.

    Raises
    ------
    LackingError
        If one named is not among the records.
    """
    people = records.of("people", "instansiKerjaNama")
    counted = people.group_by("instansiKerjaNama").aggregate(pegawai=people.count())
    table = counted.to_pyarrow().to_pandas().dropna(subset="instansiKerjaNama")
    ordered = table.sort_values(["pegawai", "instansiKerjaNama"], ascending=[False, True])
    there: list[str] = ordered["instansiKerjaNama"].tolist()
    if inputs.agencies:
        unknown = [agency for agency in inputs.agencies if agency not in there]
        if unknown:
            raise LackingError(
                f"nobody works for {some(unknown)}. Name agencies as the column "
                f"instansiKerjaNama does, such as {some(there[:3])}."
            )
        return list(inputs.agencies)
    return there[: int(inputs.values["instansi_terbanyak"])]


def people_of(records: Records, agency: str, inputs: SquadInputs) -> AgencyPeople:
    """Return what is known of one agency.

    Raises
    ------
    LackingError
        If the records lack what squads need, or the agency has too many units.
    DataError
        If people are in no unit.
    """
    people = records.of(
        "people", "unorId", "instansiKerjaNama", "jenisJabatanId", "tkPendidikanTerakhir"
    )
    titles = _titles(records, people)
    own = people.filter(people["instansiKerjaNama"] == agency)
    everybody = int(own.count().to_pyarrow().as_py())
    if "kedudukanPnsId" in own.columns:
        own = own.filter(own["kedudukanPnsId"].cast("string").isin(ACTIVE))
    key = _key(own)
    kind = own["jenisJabatanId"].cast("string")
    held = own.select(
        person=own[key],
        unit=own["unorId"],
        functional=ibis.ifelse(kind == "2", own[titles["2"]], ibis.null(str)),
        pelaksana=ibis.ifelse(kind == "4", own[titles["4"]], ibis.null(str)),
        structural=(kind == "1").fill_null(False),
        education=own["tkPendidikanTerakhir"],
    )
    posts = held.order_by("person").to_pyarrow().to_pandas()
    units = _units(records, posts, agency, int(inputs.values["unit_terbanyak"]))
    skills = inputs.rules.skills(
        posts, _certificates(records, posts), _training(records, posts, inputs)
    )
    return AgencyPeople(
        agency, units, posts, skills, inputs.rules.may_lead(posts), everybody - len(posts)
    )


def _titles(records: Records, people: ibis.Table) -> dict[str, str]:
    """Return the column that names the posts of each kind.

    The 69-column profile of SIASN has one, jabatanNama, for the posts of every kind.
    """
    own = {"2": "jabatanFungsionalNama", "4": "jabatanFungsionalUmumNama"}
    if any(column not in people.columns for column in own.values()):
        records.of("people", "jabatanNama")
    return {kind: name if name in people.columns else "jabatanNama" for kind, name in own.items()}


def sources_without(records: Records, inputs: SquadInputs) -> list[str]:
    """Return the kinds of evidence that the records do not have; see `evidence.SOURCES`."""
    there = {
        "sertifikat": "certificates" in records.tables,
        "pelatihan": _recent_training(records, inputs) is not None,
    }
    return [source for source, known in there.items() if not known]


def posts_of(records: Records, people: AgencyPeople) -> pd.DataFrame:
    """Return the functional posts in the province of most units of an agency, of all agencies.

    Returns
    -------
    DataFrame
        `kabkota`, `name` (title without its jenjang), `skilled` (whether its jenjang is one of
        keahlian), `staff`, `need`.

    Raises
    ------
    LackingError
        If the records lack posts, or a number or place of one.
    """
    table = records.of("posts", *_POSTS)
    functional = table.filter(table["jenisJabatanId"].cast("string") == "2")
    rows = functional.select(*_POSTS).to_pyarrow().to_pandas()
    if rows[["bezetting", "kebutuhan", "kabkota"]].isna().any(axis=None):
        raise LackingError(
            "functional posts lack bezetting, kebutuhan or kabkota. Complete the table posts."
        )
    own = rows[rows["kabkota"].str[:2] == people.province]
    name = [
        title.removesuffix(f" {step}") if isinstance(step, str) else title
        for title, step in zip(own["jabatan"].astype(str), own["jenjang"], strict=True)
    ]
    named = own.assign(name=name, skilled=own["jenjang"].astype(str).str.startswith("Ahli"))
    keys = ["kabkota", "name", "skilled"]
    sums: pd.DataFrame = named.groupby(keys, as_index=False)[["bezetting", "kebutuhan"]].sum()
    return sums.rename(columns={"bezetting": "staff", "kebutuhan": "need"})


def _key(table: Any) -> str:
    return KEY if KEY in table.columns else "nipBaru"


def _units(records: Records, posts: pd.DataFrame, agency: str, most: int) -> pd.DataFrame:
    """Return the units in which people of the agency work, and all above them."""
    columns = ("Id", "DiatasanId", "NamaUnor", "kabkota")
    units = records.of("units", *columns)
    wanted = [*columns, *(["JenisUnorId"] if "JenisUnorId" in units.columns else [])]
    table = units.select(*wanted).to_pyarrow().to_pandas()
    tree = table.drop_duplicates("Id").set_index("Id")
    unknown = posts["unit"].isna() | ~posts["unit"].isin(tree.index)
    if unknown.any():
        raise DataError(
            f"{agency}: {counted(int(unknown.sum()), 'person is', 'people are')} in no unit that "
            "the table units has. Complete unorId or units, or set these rows aside when ingesting."
        )
    used, new = pd.Index(posts["unit"].unique()), posts["unit"].unique()
    while len(new):
        above = tree.loc[new, "DiatasanId"].dropna()
        new = above[above.isin(tree.index) & ~above.isin(used)].unique()
        used = used.append(pd.Index(new))
    if len(used) > most:
        raise LackingError(
            f"{agency} has {len(used):,} units, more than {most:,} (unit_terbanyak). Raise it, if "
            "there is memory for the distances between all of them."
        )
    found = tree.loc[sorted(used)]
    parent = found["DiatasanId"].where(found["DiatasanId"].isin(used))
    units = pd.DataFrame(
        {
            "parent": parent,
            "name": found["NamaUnor"],
            "kind": found.get("JenisUnorId"),
            "kabkota": found["kabkota"],
        }
    )
    return units.assign(office=_offices(units["parent"]))


def _offices(parent: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return the unit below the top that each unit is of; at the top itself."""
    above = parent.to_dict()
    found = {}
    for unit in parent.index:
        here, walked = unit, 0
        while isinstance(above[here], str) and isinstance(above[above[here]], str):
            here, walked = above[here], walked + 1
            if walked > len(above):
                raise LackingError(f"units: {unit} stands above itself. Correct DiatasanId.")
        found[unit] = here
    return pd.Series(found)


def _certificates(records: Records, posts: pd.DataFrame) -> pd.DataFrame | None:
    """Return the certificates in force; None where the records have none."""
    if "certificates" not in records.tables:
        return None
    table = records.of("certificates", "namaSertifikasi", "masaBerlakuSelesai")
    until = table["masaBerlakuSelesai"].cast("date")
    there = table.filter(until.isnull() | (until >= ibis.literal(records.day)))
    return _of_people(there.select(person=there[_key(there)], name="namaSertifikasi"), posts)


def _training(records: Records, posts: pd.DataFrame, inputs: SquadInputs) -> pd.DataFrame | None:
    """Return recent functional and technical training; None where the records have none."""
    recent = _recent_training(records, inputs)
    if recent is None:
        return None
    there = recent.filter(recent["jenisDiklatId"].cast("string").isin(_HOURS_OF))
    return _of_people(
        there.select(person=there[_key(there)], name="nama", jp=there["jumlahJam"].cast("float64")),
        posts,
    )


def _recent_training(records: Records, inputs: SquadInputs) -> ir.Table | None:
    """Return training of the years before the day; None where the records have none of them."""
    if "training" not in records.tables:
        return None
    table = records.of("training", "nama", "jenisDiklatId", "jumlahJam", "tahun")
    first = records.day.year - int(inputs.values["tahun_pelatihan"])
    recent = table.filter((table["tahun"] > first) & (table["tahun"] <= records.day.year))
    return recent if recent.limit(1).to_pyarrow().num_rows else None


def _of_people(table: Any, posts: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the people in `posts`."""
    keys = ibis.memtable(pa.table({"person": pa.array(posts["person"], pa.string())}))
    joined = in_order(table.semi_join(keys, "person"), table.columns)
    frame: pd.DataFrame = joined.to_pyarrow().to_pandas()
    return frame
