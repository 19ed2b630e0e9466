"""Need against people: filled places, people beyond them, vacant places; protected as one.

People are `terisi + lebih`, need is `terisi + kosong`. Need is public: readers know that no more
places are filled than are needed, and where need is known, what is vacant tells what is filled. So
need is shown, and hidden is what it would give away together with the number of people.
"""

from math import inf
from typing import Final

import pandas as pd

from analysis.disclosure import Design, Known, Table
from analysis.individuals.aggregation import Records, count_formation
from analysis.individuals.standard_tables.posts_by_family import POST, by_family
from analysis.individuals.standard_tables.totals_of_cells import ALL, counted

FORMATION: Final = "formasi"
FILLED, BEYOND, VACANT, NEED = "terisi", "kelebihan", "kosong", "kebutuhan"
_SOURCE: Final = "peta jabatan: kebutuhan"
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
    frame["tempat"] = ~persons
    frame["rawan"] = persons & frame[value].between(1, whole.design.minimum - 1)
    hierarchies = {**(whole.design.hierarchies or {}), FORMATION: above}
    design = Design(dimensions, value, primary="rawan", hierarchies=hierarchies, nobody="tempat")
    return people, Table(frame, design)


def need_known(need: Table, name: str) -> tuple[Known, ...]:
    """Return what posts tell of a table of need: need itself, and that no more is filled.

    That nobody is beyond need is no more public than how many are: it is a bound that says nothing,
    under which a zero can be hidden.

    Parameters
    ----------
    need : Table
        The second one of `formation_tables`.
    name : str
        What the table is called in its run.
    """
    rows = need.frame[need.frame[FORMATION] == NEED]
    cells = rows[[*need.design.dimensions[:-1], need.design.value]]
    return tuple(
        Known(name, (*cell, state), least, most, _SOURCE)
        for *cell, seats in cells.itertuples(index=False, name=None)
        for state, least, most in (
            (NEED, seats, seats),
            (FILLED, 0, seats),
            (VACANT, 0, seats),
            (BEYOND, 0, inf),
        )
    )
