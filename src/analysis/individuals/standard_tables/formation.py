"""Need against people: filled places, people beyond them, vacant places; protected as one.

People are `terisi + lebih`, need is `terisi + kosong`; need is linked with the number of people
through what is filled, so that a need that would give a few people away is hidden too.
"""

from typing import Final

import pandas as pd

from analysis.disclosure import Design, Table
from analysis.individuals.aggregation import Records, count_formation
from analysis.individuals.standard_tables.posts_by_family import POST, by_family
from analysis.individuals.standard_tables.totals_of_cells import ALL, counted

FORMATION: Final = "formasi"
FILLED, BEYOND, VACANT, NEED = "terisi", "kelebihan", "kosong", "kebutuhan"
_TOP: Final = "kebutuhan dan kelebihan"
_KEYS: Final = ["provinsi", "jenis_jabatan", "jabatan"]


def formation_of(records: Records, people: pd.DataFrame) -> pd.DataFrame:
    """Return what is filled, beyond and vacant by province and post.

    The people in posts are those that the table of posts says, if it agrees with the people in all
    provinces and posts; else they are counted anew, post by post.

    Parameters
    ----------
    records : Records
    people : DataFrame
        Numbers of people by `provinsi`, `jenis_jabatan`, `jabatan`.
    """
    found = count_formation(records).to_pyarrow().to_pandas()
    said = (found["terisi"] + found["lebih"]).groupby([found[key] for key in _KEYS]).sum()
    there = people.groupby(_KEYS)["pegawai"].sum()
    if not said[said > 0].equals(there.reindex(said[said > 0].index)) or said.sum() != there.sum():
        found = count_formation(records, recount=True).to_pyarrow().to_pandas()
    return pd.DataFrame(found)


def formation_tables(
    found: pd.DataFrame, named: tuple[str, ...], place: str, value: str
) -> tuple[Table, Table]:
    """Return people and need as two tables that share what is filled.

    Parameters
    ----------
    found : DataFrame
        As `formation_of` returns.
    named : tuple of str
        Families with a row of their own.
    place, value : str
        Names of the dimension of places and of the numbers.
    """
    family, tree = by_family(found, named, coarse=True)
    wide = found.assign(**{place: found["provinsi"], POST: family})
    columns = {"terisi": FILLED, "lebih": BEYOND, "kosong": VACANT}
    long = wide.rename(columns=columns).melt(
        [place, POST], list(columns.values()), var_name=FORMATION, value_name=value
    )
    dimensions = [place, POST, FORMATION]
    people = counted(long[long[FORMATION] != VACANT], dimensions, value, trees={POST: tree})
    above = {FILLED: NEED, VACANT: NEED, NEED: _TOP, BEYOND: _TOP}
    whole = counted(long, dimensions, value, trees={POST: tree, FORMATION: above})
    frame = whole.frame[~whole.frame[FORMATION].isin([_TOP, ALL])].reset_index(drop=True)
    persons = frame[FORMATION].isin([FILLED, BEYOND])
    frame["rawan"] = persons & frame[value].between(1, whole.design.minimum - 1)
    hierarchies = {**(whole.design.hierarchies or {}), FORMATION: above}
    need = Table(frame, Design(dimensions, value, primary="rawan", hierarchies=hierarchies))
    return people, need
