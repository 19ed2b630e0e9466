"""The standard tables of a country: who works where, in what posts, with what education."""

from collections.abc import Sequence
from functools import partial

import pandas as pd

from analysis.disclosure import Table
from analysis.individuals.aggregation import UNKNOWN, Records, count_people
from analysis.individuals.standard_tables.protected_set import ProtectedSet, tables_from
from analysis.individuals.standard_tables.totals_of_cells import counted

PEOPLE = "pegawai"
"""What the tables count: civil servants; equal in all of them."""

PLACE = "wilayah"
"""Kabupaten and kota under their provinces, codes of Kemendagri."""

_KINDS = {"1": "Struktural", "2": "Fungsional", "3": "Rangkap", "4": "Pelaksana"}


def national_set(records: Records) -> ProtectedSet:
    """Return the standard tables of the country.

    Parameters
    ----------
    records : Records

    Returns
    -------
    ProtectedSet
        `pegawai_jenis_jabatan`: people by place (kabupaten and kota under provinces) and kind of
        post.
    """
    return tables_from({"pegawai_jenis_jabatan": partial(_kinds, records)})


def _kinds(records: Records) -> Table:
    frame, tree = by_place(records, ["jenis_jabatan"])
    frame["jenis_jabatan"] = frame["jenis_jabatan"].map(_KINDS).fillna(UNKNOWN)
    return counted(frame, [PLACE, "jenis_jabatan"], PEOPLE, trees={PLACE: tree})


def by_place(records: Records, by: Sequence[str]) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return numbers of people by place and other dimensions, and the province of each place.

    People whose kabupaten or kota is not known are counted in a place of their own of their
    province.
    """
    found = count_people(records, ["provinsi", "kabkota", *by]).to_pyarrow().to_pandas()
    somewhere = found["provinsi"] + " " + UNKNOWN
    place = found["kabkota"].where(found["kabkota"] != UNKNOWN, somewhere)
    tree = dict(zip(place, found["provinsi"], strict=True))
    return found.assign(**{PLACE: place}), tree
