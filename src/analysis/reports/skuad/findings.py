"""What report 14 can say: one frozen dataclass for each group of its texts, and who computes it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis.reports.skuad.inputs import CHOSEN, WAYS, Case
from analysis.reports.skuad.parameters import Skuad
from analysis.reports.values import Opening


@dataclass(frozen=True)
class Subject:
    """What the report asks about."""

    agency: str
    day: dt.date
    synthetic: bool


@dataclass(frozen=True)
class Key:
    """The numbers the report opens with; None where they are hidden."""

    agency: str
    day: dt.date
    synthetic: bool
    covered: int | None
    least: int  # covered, by the numbers that are shown
    seats: int
    teams: int
    led: int
    from_place: int
    before: float | None
    after: float | None
    layers: float | None
    share: float | None  # of the seats that are covered


@dataclass(frozen=True)
class Asked:
    """The tasks and what they need."""

    agency: str
    synthetic: bool
    invented: bool
    tasks: int
    seats: int
    competences: int
    named: int  # tasks whose office is told


@dataclass(frozen=True)
class Coverage:
    """Which needs the plan meets."""

    agency: str
    synthetic: bool
    covered: int | None
    seats: int
    full: int  # tasks known to be wholly covered
    tasks: int
    hidden: int  # tasks of which nothing is shown
    enough: int
    train: float | None  # shares of the open seats
    move: float | None
    hire: float | None
    open: int | None  # seats that stay open


@dataclass(frozen=True)
class Gap:
    """Seats of one task that nobody in the agency could take."""

    task: str
    competence: str
    level: str
    seats: int
    way: str


@dataclass(frozen=True)
class Nobody:
    """Needs that nobody in the agency can meet."""

    agency: str
    synthetic: bool
    gaps: tuple[Gap, ...]


@dataclass(frozen=True)
class Map:
    """Who sends people, and where teams work."""

    agency: str
    synthetic: bool
    groups: int
    shown: int
    largest: str
    largest_seats: int
    tasks: int
    placed: int  # tasks whose team works at an office that is told
    km: float | None
    steps: float | None
    load: float | None
    highest: float | None


@dataclass(frozen=True)
class Proof:
    """What is proved of the plan."""

    cost: float
    bound: float
    gap: float
    proven: bool


@dataclass(frozen=True)
class Paths:
    """Paths between people of one task before and after."""

    agency: str
    synthetic: bool
    before: float | None
    after: float | None
    layers: float | None
    alone: float
    below: float
    tasks: int
    shown: int


@dataclass(frozen=True)
class Mixed:
    """How posts are filled at one ratio of prices."""

    ratio: float
    move: int
    train: int
    both: int
    hire: int


@dataclass(frozen=True)
class Mix:
    """How the cheapest way to fill posts shifts with the price of a hire."""

    province: str
    synthetic: bool
    mixes: tuple[Mixed, ...]
    proven: bool
    price: float  # of a hire, million rupiah
    training: float  # of the cheapest training, hours and absence included, million rupiah
    groups: int  # rumpun in which training leads from one family to another
    professions: bool  # whether health or education is among them


@dataclass(frozen=True)
class Grounds:
    """What the competences and prices rest on."""

    rules: int
    unverified: int
    unused: tuple[str, ...]  # sources that the records lack
    skilled: float
    leaders: float
    people: int
    synthetic: bool


@dataclass(frozen=True)
class Assumed:
    """The numbers that nobody publishes."""

    synthetic: bool


@dataclass(frozen=True)
class Limits:
    """What the plan does not say, beside what protects people."""

    invented: bool


FINDINGS: Mapping[str, type] = {
    "report": Subject,
    "key": Key,
    "summary": Opening,
    "asked": Asked,
    "coverage": Coverage,
    "nobody": Nobody,
    "map": Map,
    "proof": Proof,
    "paths": Paths,
    "mix": Mix,
    "grounds": Grounds,
    "assumed": Assumed,
    "limits": Limits,
}


def subject(of: Case) -> Subject:
    """Return what the report asks about."""
    return Subject(of.agency, of.day, of.synthetic)


def key(of: Case) -> Key:
    """Return the numbers the report opens with."""
    return Key(
        agency=of.agency,
        day=of.day,
        synthetic=of.synthetic,
        covered=of.covered,
        least=_least(of),
        seats=_whole(of, "kursi"),
        teams=_whole(of, "tim"),
        led=_whole(of, "tim dipimpin"),
        from_place=_whole(of, "tim dipimpin dari tempatnya"),
        before=_known(of, "jalur sebelum"),
        after=_known(of, "jalur sesudah"),
        layers=_known(of, "lapisan"),
        share=None if of.covered is None else of.covered / of.measures["kursi"],
    )


def _least(of: Case) -> int:
    """Return the seats that are known to be covered: of a task, or else of its competences."""
    by_competence = of.needs.groupby(["tugas", "kompetensi"])["terisi"].first()
    by_task = by_competence.groupby("tugas").sum()
    return int(of.tasks["terisi"].fillna(of.tasks["tugas"].map(by_task)).sum())


def asked(of: Case) -> Asked:
    """Return the tasks and what they need."""
    return Asked(
        agency=of.agency,
        synthetic=of.synthetic,
        invented=of.invented,
        tasks=len(of.tasks),
        seats=int(of.tasks["kursi"].sum()),
        competences=of.needs["kompetensi"].nunique(),
        named=int((of.tasks["tempat"] != CHOSEN).sum()),
    )


def coverage(of: Case) -> Coverage:
    """Return which needs the plan meets."""
    shown = of.tasks["terisi"].notna()
    full = of.tasks.loc[shown, "terisi"] == of.tasks.loc[shown, "kursi"]
    return Coverage(
        agency=of.agency,
        synthetic=of.synthetic,
        covered=of.covered,
        seats=_whole(of, "kursi"),
        full=int(full.sum()),
        tasks=len(of.tasks),
        hidden=int((~shown).sum()),
        enough=_whole(of, "tim cukup"),
        train=of.open.get("latih"),
        move=of.open.get("pindah"),
        hire=of.open.get("rekrut"),
        open=None if of.covered is None else _whole(of, "kursi") - of.covered,
    )


def nobody(of: Case) -> Nobody:
    """Return the needs that nobody in the agency can meet."""
    keys = ["tugas", "kompetensi", "tingkat", "kursi", "cara"]
    rows = of.nobody[keys].values.tolist() if len(of.nobody) else []
    gaps = tuple(Gap(task, what, level, int(seats), way) for task, what, level, seats, way in rows)
    return Nobody(of.agency, of.synthetic, gaps)


def squad_map(of: Case) -> Map:
    """Return who sends people, and where teams work."""
    shown = of.groups.dropna(subset="kursi")
    first = shown.iloc[0] if len(shown) else None
    return Map(
        agency=of.agency,
        synthetic=of.synthetic,
        groups=len(of.groups),
        shown=len(shown),
        largest="" if first is None else str(first["kelompok"]),
        largest_seats=0 if first is None else int(shown["kursi"].astype(int).iloc[0]),
        tasks=len(of.tasks),
        placed=int((of.tasks["tempat"] != CHOSEN).sum()),
        km=_known(of, "km"),
        steps=_known(of, "langkah"),
        load=_known(of, "beban rata-rata"),
        highest=_known(of, "beban tertinggi"),
    )


def proof(of: Case) -> Proof:
    """Return what is proved of the plan."""
    said = of.measures
    return Proof(said["biaya"], said["batas"], said["celah relatif"], said["terbukti"] == 1.0)


def paths(of: Case) -> Paths:
    """Return paths between people of one task before and after."""
    return Paths(
        agency=of.agency,
        synthetic=of.synthetic,
        before=_known(of, "jalur sebelum"),
        after=_known(of, "jalur sesudah"),
        layers=_known(of, "lapisan"),
        alone=of.measures["sanggup sendiri"],
        below=of.measures["sanggup bersama bawahan"],
        tasks=len(of.tasks),
        shown=int(of.tasks["sebelum"].notna().sum()),
    )


def mix(of: Case, p: Skuad) -> Mix | None:
    """Return how the cheapest way to fill posts shifts; None where the run has none."""
    if of.mix.empty:
        return None
    chosen = of.mix[of.mix["rasio"].isin(p.ratios)]
    said = dict(zip(of.assumptions["kode"], of.assumptions["nilai"], strict=True))
    table = of.training
    price = (
        table["rupiah"] + said["jp_rupiah"] * table["jp"] + said["bulan_rupiah"] * table["bulan"]
    )
    return Mix(
        province=of.province,
        synthetic=of.synthetic,
        mixes=tuple(
            Mixed(float(row["rasio"]), *(int(row[way]) for way in WAYS))
            for _, row in chosen.iterrows()
        ),
        proven=bool((of.mix["terbukti"] == 1.0).all()),
        price=said["rekrut_rupiah"] / 1e6,
        training=float(price.min()) / 1e6,
        groups=len(table),
        professions=bool(table["rumpun"].str.contains("kesehatan|pendidikan").any()),
    )


def grounds(of: Case) -> Grounds:
    """Return what the competences and prices rest on."""
    unused = of.rules.loc[~of.rules["dipakai"].astype(bool), "sumber"]
    return Grounds(
        rules=len(of.rules),
        unverified=int((of.rules["verifikasi"] == "U").sum()),
        unused=tuple(dict.fromkeys(unused.astype(str))),
        skilled=of.measures["berkompetensi"],
        leaders=of.measures["boleh memimpin"],
        people=_whole(of, "pegawai"),
        synthetic=of.synthetic,
    )


def limits(of: Case) -> Limits:
    """Return what the plan does not say."""
    return Limits(of.invented)


def _whole(of: Case, name: str) -> int:
    return int(of.measures[name])


def _known(of: Case, name: str) -> float | None:
    value = of.measures[name]
    return None if np.isnan(value) else value
