"""What report 05 can say: one frozen dataclass for each group of its texts, and who computes it.

`provinces` is the frame of `inputs.provinces`, `beside` that of `inputs.beside`.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analysis.datasets import school_year
from analysis.inequality import (
    ConcentrationCurve,
    ConcentrationInterval,
    LorenzCurve,
    theil_t,
)
from analysis.reports.mutu_guru.inputs import together
from analysis.reports.mutu_guru.parameters import MutuGuru, Need
from analysis.reports.values import Direction, Named, direction
from analysis.staffing import FIELDS, NumberQualityEffects

DECIMALS: dict[Need, int] = {"siswa": 1, "rombel": 2}
"""Decimals that ratios are printed with."""
_ROUNDING = 1e-12  # an index that is not above it is zero but for the rounding of its sum
Sign = Literal["up", "down", "unclear"]


@dataclass(frozen=True)
class Effects:
    """Theil T of teachers with a degree per pupil or class, and what number and quality add.

    Shares are None if there is no inequality.
    """

    need: Need
    total: float
    number: float
    quality: float
    number_share: float | None
    quality_share: float | None
    even_quality: float  # Theil T if every province had the same share with a degree
    even_number: float  # Theil T if every province had the same ratio of teachers
    interaction: float
    together: Direction  # whether the interaction is printed above or below zero


@dataclass(frozen=True)
class Key:
    """The numbers the report opens with."""

    school_year: str
    need: Need
    decimals: int
    overall: float
    lowest: Named
    highest: Named
    share: float
    below: int
    worst: Named  # lowest share with a degree
    few_low: int  # provinces
    served: float  # share of pupils or classes there
    total: float
    number_share: float | None
    quality_share: float | None


@dataclass(frozen=True)
class Summary:
    """What three sentences answer."""

    school_year: str
    need: Need
    provinces: int
    teachers: int
    share: float
    below: int
    sign: Sign
    index: float
    low: float
    high: float
    level: float
    number_share: float | None
    quality_share: float | None


@dataclass(frozen=True)
class Scope:
    """What the counts cover."""

    school_year: str
    date: dt.date


@dataclass(frozen=True)
class Field:
    """The provinces of one of the four fields."""

    names: tuple[str, ...]
    provinces: int
    served: float  # share of pupils or classes


@dataclass(frozen=True)
class Fields:
    """The four fields that the ratio and the share with a degree make."""

    school_year: str
    need: Need
    decimals: int
    overall: float
    share: float
    few_high: Field
    many_high: Field
    few_low: Field
    many_low: Field


@dataclass(frozen=True)
class Provinces:
    """What the table of provinces speaks of."""

    school_year: str
    need: Need
    beside: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """A place of the table that is no province."""

    name: str
    schools: int
    teachers: int
    ratio: float
    share: float


@dataclass(frozen=True)
class Beside:
    """The places that are no province, and what all would be with them."""

    need: Need
    decimals: int
    places: tuple[Place, ...]
    overall: float
    overall_with: float
    share: float
    share_with: float
    theil: float
    theil_with: float


@dataclass(frozen=True)
class Lorenz:
    """What the two Lorenz curves show."""

    school_year: str
    need: Need
    gini: float
    gini_qualified: float
    half: float  # share of teachers for the half with the lowest ratios
    half_qualified: float
    change: Direction  # from all teachers to those with a degree


@dataclass(frozen=True)
class Concentration:
    """Whether those with a degree are where teachers are many."""

    school_year: str
    need: Need
    half: float  # share of those with a degree, of the half of teachers with the lowest ratios
    half_below: float | None  # of those below; None if there are none
    index: float
    low: float
    high: float
    level: float
    sign: Sign


@dataclass(frozen=True)
class Indices:
    """What the table of concentration indices speaks of."""

    school_year: str
    level: float


@dataclass(frozen=True)
class Rules:
    """What the table of decompositions speaks of."""

    need: Need


FINDINGS: Mapping[str, type] = {
    "key": Key,
    "summary": Summary,
    "scope": Scope,
    "fields": Fields,
    "provinces": Provinces,
    "beside": Beside,
    "lorenz": Lorenz,
    "concentration": Concentration,
    "indices": Indices,
    "effects": Effects,
    "rules": Rules,
}


def key(provinces: pd.DataFrame, found: Effects, p: MutuGuru) -> Key:
    """Return the key figures."""
    whole = together(provinces, p.need)
    ratios = provinces.set_index("nama")["rasio"].sort_values(kind="stable")
    quality = provinces.set_index("nama")["mutu"].sort_values(kind="stable")
    few_low = _field(provinces, "few_low")
    return Key(
        school_year=school_year(p.date),
        need=p.need,
        decimals=DECIMALS[p.need],
        overall=float(whole["rasio"]),
        lowest=_named(ratios, 0),
        highest=_named(ratios, -1),
        share=float(whole["mutu"]),
        below=int(whole["guru_di_bawah_s1"]),
        worst=_named(quality, 0),
        few_low=few_low.provinces,
        served=few_low.served,
        total=found.total,
        number_share=found.number_share,
        quality_share=found.quality_share,
    )


def summary(
    provinces: pd.DataFrame, index: ConcentrationInterval, found: Effects, p: MutuGuru
) -> Summary:
    """Return what the opening sentences say; `index` is that of those with a degree."""
    whole = together(provinces, p.need)
    return Summary(
        school_year=school_year(p.date),
        need=p.need,
        provinces=len(provinces),
        teachers=int(whole["guru"]),
        share=float(whole["mutu"]),
        below=int(whole["guru_di_bawah_s1"]),
        sign=_sign(index),
        index=index.estimate,
        low=index.low,
        high=index.high,
        level=index.level,
        number_share=found.number_share,
        quality_share=found.quality_share,
    )


def scope(p: MutuGuru) -> Scope:
    """Return what the counts cover."""
    return Scope(school_year(p.date), p.date)


def fields(provinces: pd.DataFrame, p: MutuGuru) -> Fields:
    """Return the provinces of each field."""
    whole = together(provinces, p.need)
    return Fields(
        school_year(p.date),
        p.need,
        DECIMALS[p.need],
        float(whole["rasio"]),
        float(whole["mutu"]),
        *(_field(provinces, name) for name in FIELDS),
    )


def table(beside: pd.DataFrame, p: MutuGuru) -> Provinces:
    """Return what the table of provinces speaks of."""
    return Provinces(school_year(p.date), p.need, tuple(beside["nama"]))


def places(provinces: pd.DataFrame, beside: pd.DataFrame, p: MutuGuru) -> Beside:
    """Return the places that are no province, and what they would change."""
    all_ = pd.concat([provinces, beside], ignore_index=True)
    without, with_ = together(provinces, p.need), together(all_, p.need)
    return Beside(
        p.need,
        DECIMALS[p.need],
        tuple(
            Place(row["nama"], int(row["sekolah"]), int(row["guru"]), row["rasio"], row["mutu"])
            for _, row in beside.iterrows()
        ),
        overall=float(without["rasio"]),
        overall_with=float(with_["rasio"]),
        share=float(without["mutu"]),
        share_with=float(with_["mutu"]),
        theil=theil_t(provinces["hasil"], provinces["dilayani"]),
        theil_with=theil_t(all_["hasil"], all_["dilayani"]),
    )


def lorenz(number: LorenzCurve, qualified: LorenzCurve, p: MutuGuru) -> Lorenz:
    """Return what the curves of all teachers and of those with a degree show."""
    return Lorenz(
        school_year(p.date),
        p.need,
        gini=number.gini,
        gini_qualified=qualified.gini,
        half=float(number.at(0.5)),
        half_qualified=float(qualified.at(0.5)),
        change=direction(number.gini, qualified.gini, 3),
    )


def concentration(
    curves: Mapping[str, ConcentrationCurve], index: ConcentrationInterval, p: MutuGuru
) -> Concentration:
    """Return what the concentration curves show, and how sure the index of quality is."""
    return Concentration(
        school_year(p.date),
        p.need,
        half=float(curves["qualified"].at(0.5)),
        half_below=float(curves["below"].at(0.5)) if "below" in curves else None,
        index=index.estimate,
        low=index.low,
        high=index.high,
        level=index.level,
        sign=_sign(index),
    )


def indices(index: ConcentrationInterval, p: MutuGuru) -> Indices:
    """Return what the table of concentration indices speaks of."""
    return Indices(school_year(p.date), index.level)


def effects(provinces: pd.DataFrame, ways: Sequence[NumberQualityEffects], p: MutuGuru) -> Effects:
    """Return what number and quality add to Theil T; `ways` as from `inputs.effects`."""
    first = _way(ways, "logarithmic")
    interaction = _way(ways, "interaction").interaction
    served = provinces["dilayani"]
    total = first.total
    uneven = total > _ROUNDING
    return Effects(
        p.need,
        total=total,
        number=first.number,
        quality=first.quality,
        number_share=first.number / total if uneven else None,
        quality_share=first.quality / total if uneven else None,
        even_quality=theil_t(provinces["rasio"], served),
        even_number=theil_t(provinces["mutu"], served),
        interaction=interaction,
        together=direction(0.0, interaction, 5),
    )


def _way(ways: Sequence[NumberQualityEffects], rule: str) -> NumberQualityEffects:
    return next(way for way in ways if (way.index, way.rule) == ("theil_t", rule))


def _field(provinces: pd.DataFrame, name: str) -> Field:
    members = provinces[provinces["bidang"] == name]
    served = float(members["dilayani"].sum() / provinces["dilayani"].sum())
    return Field(tuple(members["nama"]), len(members), served)


def _sign(index: ConcentrationInterval) -> Sign:
    if index.low <= 0 <= index.high:
        return "unclear"
    return "up" if index.estimate > 0 else "down"


def _named(ordered: pd.Series, position: int) -> Named:
    return Named(str(ordered.index[position]), float(ordered.iloc[position]))
