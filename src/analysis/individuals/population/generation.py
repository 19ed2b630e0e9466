"""Make a population: province after province, written as it comes, whole or not at all."""

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.datasets import read_processed
from analysis.datasets.retirement import RetirementRules
from analysis.errors import ParameterError
from analysis.individuals.folders import new_dataset
from analysis.individuals.population.agencies import read_agencies, read_places
from analysis.individuals.population.assumptions import assumptions
from analysis.individuals.population.careers import careers
from analysis.individuals.population.fault_log import FAULTS_FILE, FaultLog
from analysis.individuals.population.headcounts import headcounts
from analysis.individuals.population.histories import (
    appraisal_table,
    certificates_table,
    discipline_table,
)
from analysis.individuals.population.kinds import GOLONGAN
from analysis.individuals.population.mixes import mixes
from analysis.individuals.population.nip import Serials
from analysis.individuals.population.occupations import (
    ages_of_posts,
    occupy,
    read_occupations,
)
from analysis.individuals.population.organisation import roots
from analysis.individuals.population.placement import Country, Deck, place_province
from analysis.individuals.population.published import read_published
from analysis.individuals.population.records import (
    Names,
    is_functional,
    levels_headed,
    people_tables,
    posts_table,
    staff_per_inhabitant,
    units_table,
)
from analysis.individuals.population.templates import templates
from analysis.individuals.population.trainings import centres_table, training_tables
from analysis.individuals.schema import code_lists
from analysis.messages import counted

_ROWS: Final = 131_072  # of a row group
_ROOTS: Final = "pusat"
_MOST_FAULTS: Final = 0.1


@dataclass(frozen=True)
class Request:
    """What population is asked for.

    Attributes
    ----------
    number : int
        People.
    seed : int
        The same seed gives the same bytes.
    provinces : tuple of str, optional
        Kemendagri codes; all by default.
    training : bool
        Whether records of training, appraisal, discipline and certificates are written too.
    faults : float
        Share of the rows of people, units, posts and training that get a fault, up to a tenth.
    """

    number: int
    seed: int = 0
    provinces: tuple[str, ...] | None = None
    training: bool = True
    faults: float = 0.0


def generate(
    request: Request,
    folder: Path,
    *,
    replace: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> None:
    """Write a synthetic population as a dataset: people, units, posts, records and centres.

    Parameters
    ----------
    request : Request
    folder : Path
        See `analysis.individuals.folders.new_dataset`.
    replace : bool
        Put it in the place of the dataset that is there.
    progress : callable
        Is told what was written.

    Raises
    ------
    ParameterError
        If there are too few people, a province is unknown, or the share of faults is not 0 to 0.1.
    DataError
        If a table of `data/processed` is missing, or the folder cannot be written to.
    """
    if not 0 <= request.faults <= _MOST_FAULTS:
        raise ParameterError(
            f"faults is {request.faults:g}; it is the share of rows that get a fault, 0 to "
            f"{_MOST_FAULTS:g}, such as 0.02."
        )
    published = read_published()
    places = read_places()
    agencies = read_agencies(places)
    autonomous = frozenset(agency.province for agency in agencies if agency.level == "kabkota")
    heads = headcounts(
        published, request.number, autonomous=autonomous, provinces=request.provinces
    )
    mix = mixes(published, heads)
    decks = {level: Deck(found) for level, found in mix.items()}
    first = roots(agencies, places)
    country = Country(
        agencies,
        places,
        templates(),
        heads,
        {agency: number for number, agency in enumerate(first.agencies)},
    )
    of_roots = dict(enumerate(first.agencies))
    names = Names(
        tuple(agency.name for agency in agencies), tuple(country.roots), places, read_occupations()
    )
    date = np.datetime64(published.date)
    ages = RetirementRules.from_frame(read_processed("batas_usia_pensiun"), published.date)
    inhabitants = sum(float(places.population[places.within(p)].sum()) for p in heads.provinces)
    by_post = np.sum([found.people.sum(axis=(0, 2, 3)) for found in mix.values()], axis=0)
    per_head = staff_per_inhabitant(by_post, inhabitants)
    training_kinds = dict(code_lists().of("jenis_diklat"))
    serials = Serials()
    used: set[int] = set()
    number = len(first)
    with new_dataset(folder, synthetic=True, keyed=False, replace=replace) as draft:
        draft.notes.update(_notes(request, published.date.isoformat()))
        planted = FaultLog(request.faults, request.seed) if request.faults else None
        for step, province in enumerate(heads.provinces, start=1):
            rng = np.random.default_rng([request.seed, int(province)])
            people, forest = place_province(country, decks, province, number, rng)
            title = occupy(
                names.occupations,
                people.post,
                people.education,
                people.golongan,
                people.level,
                rng,
            )
            retire_at = ages_of_posts(names.occupations, ages, people.post, title)
            lives = careers(date, people.education, people.golongan, retire_at, rng)
            pppk = people.golongan >= len(GOLONGAN)
            nips = serials.give(lives.born, lives.appointed, pppk)
            write = _Writer(draft.path, province, planted)
            write(
                "people",
                people_tables(names, people, forest, nips, lives, title, retire_at, rng),
            )
            write("posts", [posts_table(names, people, forest, title, per_head, rng)])
            write("units", [units_table(names, forest, of_roots)])
            if request.training:
                served = (nips, lives.appointed)
                write("appraisal", [appraisal_table(*served, date, rng)])
                write("discipline", [discipline_table(*served, date, rng)])
                functional = is_functional(people)
                write("certificates", [certificates_table(*served, functional, date, rng)])
                write(
                    "training",
                    training_tables(
                        places,
                        province,
                        date,
                        nips,
                        lives.appointed,
                        people.golongan,
                        people.place,
                        levels_headed(people, forest),
                        training_kinds,
                        rng,
                    ),
                )
            used |= {parent for parent in forest.parents if 0 <= parent < len(first)}
            number += len(forest)
            progress(
                f"{step}/{len(heads.provinces)} {places.provinces[province]}: "
                f"{counted(len(people), 'person', 'people')}, {counted(len(forest), 'unit')}"
            )
        write = _Writer(draft.path, _ROOTS, None)
        whole = units_table(names, first, of_roots)
        write("units", [whole.take(pa.array(sorted(used), pa.int64()))])
        write("centres", [centres_table(places, heads.provinces)])
        if planted is not None:
            pq.write_table(planted.table(), draft.path / FAULTS_FILE)
            draft.notes["faults"] = planted.counts()


class _Writer:
    """Writes the tables of one partition, with faults if there is a log of them."""

    def __init__(self, path: Path, partition: str, log: FaultLog | None) -> None:
        self._path, self._partition, self._log = path, partition, log

    def __call__(self, name: str, tables: Iterable[pa.Table]) -> None:
        folder = self._path / name
        folder.mkdir(exist_ok=True)
        writer = None
        try:
            for table in (
                tables if self._log is None else self._log.plant(name, self._partition, tables)
            ):
                if writer is None:
                    writer = pq.ParquetWriter(
                        folder / f"{self._partition}.parquet",
                        table.schema,
                        compression="zstd",
                        use_dictionary=[
                            column
                            for column in table.column_names
                            if column != "nipBaru" or name == "training"  # one person, many rows
                        ],
                    )
                writer.write_table(table, row_group_size=_ROWS)
        finally:
            if writer is not None:
                writer.close()


def _notes(request: Request, date: str) -> dict[str, Any]:
    """Return what the manifest says of a population."""
    rows = assumptions().astype(object).where(assumptions().notna(), None)
    return {
        "request": dataclasses.asdict(request),
        "date": date,
        "assumptions": rows.to_dict("records"),
    }
