"""What each indicator of the index counts: rows of a table, checked once."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from analysis.competence.tables import keys_in, numbers_in, refuse, table_of
from analysis.errors import DataError

DIMENSIONS: Final = {"kualifikasi": 25.0, "kompetensi": 40.0, "kinerja": 30.0, "disiplin": 5.0}
"""The dimensions and the most that each can count; a table that gives more is refused."""

POSTS: Final = ("struktural", "fungsional", "pelaksana")
NO_PENALTY: Final = "-"
_BANDS = "kategori"
_REQUIRED = ("dimensi", "jabatan", "indikator", "kunci", "batas_bawah", "kode_diklat", "nilai")


@dataclass(frozen=True)
class Indicator:
    """A kind of training that counts.

    Attributes
    ----------
    post : str
        Of `POSTS`.
    codes : tuple of str
        Codes of training of the records.
    least : float
        JP in the year that all of it must have; 0: one training is enough.
    value : float
    """

    post: str
    codes: tuple[str, ...]
    least: float
    value: float


@dataclass(frozen=True, eq=False)
class IndexRules:
    """What the index counts.

    Attributes
    ----------
    education, penalty : dict of str to float
        Value by code; `NO_PENALTY` is who has none.
    indicators : tuple of Indicator
    performance, bands : tuple of (float, float) and of (float, str)
        Lower limit, from the highest, and what lies above it: a value, a name. The last holds its
        limit too, so that no value falls between two.
    """

    education: dict[str, float]
    penalty: dict[str, float]
    indicators: tuple[Indicator, ...]
    performance: tuple[tuple[float, float], ...]
    bands: tuple[tuple[float, str], ...]

    @classmethod
    def of(cls, table: object) -> "IndexRules":
        """Return checked rules.

        Parameters
        ----------
        table : DataFrame
            The table `bobot_ip_asn`, or one of its columns with rows of your own: `dimensi`,
            `jabatan`, `indikator`, `kunci`, `batas_bawah`, `kode_diklat`, `nilai`, and if known
            `minimum_jp`.

        Raises
        ------
        DataError
            If a column or a dimension is missing, a word is unknown, a row occurs twice, a number
            is out of range, limits have no row at 0, or a dimension counts more than it can; names
            the rows.
        """
        what = "weights"
        rows = table_of(table, _REQUIRED, what=what)
        known = [*DIMENSIONS, _BANDS]
        for column, words in (("dimensi", known), ("jabatan", ["semua", *POSTS])):
            wrong = ~rows[column].isin(words).to_numpy()
            rule = f"{what}, {column}: must be one of {', '.join(words)}"
            refuse(wrong, rows, rule, "Correct it.", show=column)
        keys_in(rows, ["dimensi", "jabatan", "indikator", "kunci", "batas_bawah"], what=what)
        lacking = [name for name in known if name not in set(rows["dimensi"])]
        if lacking:
            raise DataError(f"{what}: there is no row of {', '.join(lacking)}. Add them.")
        valued = rows["dimensi"] != _BANDS
        values = numbers_in(
            rows.assign(nilai=rows["nilai"].where(valued, 0.0)),
            "nilai",
            what=what,
            rule="0 to 100",
            advice="Correct it.",
            low=0,
            high=100,
        )
        least = numbers_in(
            rows, "minimum_jp", what=what, rule="0 or more", advice="Correct it.", low=0, default=0
        )
        rows = rows.assign(nilai=values, minimum_jp=least)
        part = {name: rows[rows["dimensi"] == name] for name in known}
        found = cls(
            _by_key(part["kualifikasi"]),
            _by_key(part["disiplin"]),
            tuple(_indicators(part["kompetensi"])),
            _limits(part["kinerja"], "nilai", what),
            _limits(part[_BANDS], "kunci", what),
        )
        _within(found)
        return found


def _by_key(rows: pd.DataFrame) -> dict[str, float]:
    return dict(zip(rows["kunci"].astype(str), rows["nilai"].tolist(), strict=True))


def _indicators(rows: pd.DataFrame) -> list[Indicator]:
    columns = [rows[name].tolist() for name in ("jabatan", "kode_diklat", "minimum_jp", "nilai")]
    return [
        Indicator(each, tuple(str(codes).split()), float(least), float(value))
        for post, codes, least, value in zip(*columns, strict=True)
        for each in (POSTS if post == "semua" else (post,))
    ]


def _limits(rows: pd.DataFrame, column: str, what: str) -> tuple[tuple[float, Any], ...]:
    limits = numbers_in(
        rows,
        "batas_bawah",
        what=what,
        rule="0 to 120",
        advice="Correct it.",
        low=0,
        high=120,
    )
    if not (limits == 0).any() or np.unique(limits).size < limits.size:
        raise DataError(
            f"{what}, batas_bawah of {rows['dimensi'].iloc[0]}: limits must differ, and the lowest "
            f"be 0; there are {', '.join(f'{x:g}' for x in limits)}. Else values have no band."
        )
    pairs = zip(limits.tolist(), rows[column].tolist(), strict=True)
    return tuple(sorted(pairs, key=lambda pair: -pair[0]))


def _within(rules: IndexRules) -> None:
    most = {
        "kualifikasi": max(rules.education.values()),
        "kompetensi": max(sum(i.value for i in rules.indicators if i.post == p) for p in POSTS),
        "kinerja": max(value for _, value in rules.performance),
        "disiplin": max(rules.penalty.values()),
    }
    for name, value in most.items():
        if value > DIMENSIONS[name] + 1e-9:
            raise DataError(
                f"weights, {name}: counts up to {value:g}; at most {DIMENSIONS[name]:g} of 100. "
                "Correct its rows."
            )
