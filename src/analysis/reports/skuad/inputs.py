"""The tables of a run about the squads of one agency."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from analysis import datasets
from analysis.disclosure.run_folders import read_run
from analysis.errors import ParameterError
from analysis.messages import some
from analysis.reports.gated import ALL, not_made
from analysis.reports.gated_findings import Gated, gated
from analysis.reports.skuad.parameters import Skuad

CHOSEN = "dipilih pada tahap pertama"  # place of a team at no office that is told
WAYS = ("pindah", "latih", "latih dan pindah", "rekrut")


@dataclass(frozen=True, eq=False)
class Case:
    """What a run says of the squads of an agency; what is not shown is missing.

    Attributes
    ----------
    agency : str
    province : str
        Where most units of the agency are.
    gate : Gated
        What must be known of the tables.
    agencies : tuple of str
        Agencies of the run.
    needs : DataFrame
        `tugas`, `tempat`, `kompetensi`, `tingkat`, `porsi`, `orang`, and `terisi`, seats covered
        of all needs of the task for this competence.
    tasks : DataFrame
        `tugas`, `tempat`, `kursi`, `terisi`, and of the paths through superiors `sebelum`,
        `lapisan`; `sesudah` is that in a team with all its seats covered, ``2 - 2 / m``.
    groups : DataFrame
        `kelompok`, `kursi`; groups of units, those with most seats first, hidden ones last.
    measures : dict of str to float
        Statistics of the plan; a hidden one is missing.
    nobody : DataFrame
        `tugas`, `kompetensi`, `tingkat`, `cara`, `kursi`: seats that nobody could take.
    covered : int, optional
        Seats covered in all.
    open : dict of str to float
        Shares of the open seats by what would cover them; empty where there are none.
    mix : DataFrame
        `rasio`, the columns of `WAYS`, `biaya`, `batas`, `terbukti`; empty where there is none.
    rules, assumptions, training : DataFrame
        What the plan rests on.
    invented : bool
        Whether the tasks are the invented ones.
    lacking : tuple of str
        Why some part could not be made.
    """

    agency: str
    province: str
    gate: Gated
    agencies: tuple[str, ...]
    needs: pd.DataFrame
    tasks: pd.DataFrame
    groups: pd.DataFrame
    measures: dict[str, float]
    nobody: pd.DataFrame
    covered: int | None
    open: dict[str, float]
    mix: pd.DataFrame
    rules: pd.DataFrame
    assumptions: pd.DataFrame
    training: pd.DataFrame
    invented: bool
    lacking: tuple[str, ...]

    @property
    def day(self) -> dt.date:
        """Day that the records describe."""
        return self.gate.day

    @property
    def synthetic(self) -> bool:
        """Whether the people do not exist."""
        return self.gate.synthetic


def case(p: Skuad) -> Case:
    """Return what the run says of the agency of the parameters.

    Raises
    ------
    ParameterError
        If there is no such run, it has no squads, the agency is none of its own, or a ratio was
        not tried.
    """
    run = read_run(p.run)
    if "skuad_instansi" not in run.tables:
        lacking = (text for name, text in run.lacking.items() if "skuad" in name)
        why = " ".join(dict.fromkeys(lacking))
        raise ParameterError(f"run = {p.run!r}: it has no squads: {why or not_made('skuad')}")
    listed = run.of("skuad_instansi").frame.set_index("instansi")
    names = dict(zip(listed["kode"], listed.index, strict=True))
    agency = str(listed.index[0]) if p.agency is None else names.get(p.agency, p.agency)
    if agency not in listed.index:
        raise ParameterError(
            f"agency = {agency!r} is none of the run {p.run}; it has {some(listed.index)}. Name "
            "one of them; for others put instansi_skuad.csv in the folder of --squads."
        )
    code, province = (str(listed[name].loc[agency]) for name in ("kode", "provinsi"))
    places = datasets.read_processed("kabkota").set_index("kode_provinsi")["provinsi"]
    by_task, by_unit = (run.of(f"skuad_{name}_{code}") for name in ("tugas", "unit"))
    shared = {
        name: run.of(f"skuad_{name}")
        for name in ("ukuran", "jalur", "kosong", "terbuka", "bauran")
        if f"skuad_{name}" in run.tables
    }
    of = {name: _of_agency(table.frame, agency) for name, table in shared.items()}
    needs = _of_agency(run.of("skuad_tugas").frame, agency)
    covered = by_task.frame.set_index(["tugas", "kompetensi"]).iloc[:, 0]
    mix = _mix(of.get("bauran"))
    if len(mix):
        untried = sorted(set(p.ratios) - set(mix["rasio"]))
        if untried:
            raise ParameterError(
                f"ratios: {untried} was not tried in the run {p.run}; it has "
                f"{sorted(mix['rasio'])}. Others are rows rasio_rekrut_n of asumsi_skuad.csv."
            )
    open_ = of["terbuka"] if "terbuka" in of else pd.DataFrame({"cara": [], "bagian": []})
    whole = bool(open_["bagian"].notna().all())
    return Case(
        agency,
        str(places.loc[[province]].iloc[0]),
        gated(run, [by_task.name, by_unit.name, *(table.name for table in shared.values())]),
        tuple(listed.index),
        needs.assign(terisi=_looked_up(covered, needs["tugas"], needs["kompetensi"])),
        _tasks(needs, covered, of["jalur"]),
        _groups(by_unit.frame),
        _measures(of["ukuran"]),
        of["kosong"].dropna(subset="kursi") if "kosong" in of else pd.DataFrame(),
        None if pd.isna(covered[ALL, ALL]) else int(covered[ALL, ALL]),
        dict(zip(open_["cara"], open_["bagian"].astype(float), strict=True)) if whole else {},
        mix,
        run.of("skuad_aturan").frame,
        run.of("skuad_asumsi").frame,
        run.of("skuad_latihan").frame,
        bool(needs["rekaan"].all()),
        tuple(text for name, text in run.lacking.items() if "skuad" in name and agency in name),
    )


def _of_agency(frame: pd.DataFrame, agency: str) -> pd.DataFrame:
    return frame[frame["instansi"] == agency].reset_index(drop=True)


def _looked_up(covered: "pd.Series[float]", task: object, competence: object) -> "pd.Series[float]":
    keys = pd.MultiIndex.from_arrays([pd.Series(task), pd.Series(competence)])
    return covered.reindex(keys).reset_index(drop=True).astype("Float64")


def _tasks(needs: pd.DataFrame, covered: "pd.Series[float]", paths: pd.DataFrame) -> pd.DataFrame:
    grouped = needs.groupby("tugas", sort=False)
    table = grouped.agg(tempat=("tempat", "first"), kursi=("orang", "sum")).reset_index()
    total = _looked_up(covered, table["tugas"], pd.Series(ALL, table.index))
    columns = ["tugas", "sebelum", "lapisan"]
    inside = 2.0 - 2.0 / table["kursi"]  # m - 1 pairs with the lead are one step apart, others two
    return table.assign(terisi=total, sesudah=inside).merge(paths[columns], on="tugas", how="left")


def _groups(by_unit: pd.DataFrame) -> pd.DataFrame:
    value = by_unit.columns[1]
    totals = by_unit[by_unit["kelompok"] != ALL]
    table = totals[["kelompok", value]].rename(columns={value: "kursi"})
    ordered = table.sort_values(["kursi", "kelompok"], ascending=[False, True], na_position="last")
    return ordered.reset_index(drop=True)


def _measures(table: pd.DataFrame) -> dict[str, float]:
    values = table["nilai"].astype("Float64")
    return {
        str(name): float("nan") if pd.isna(value) else float(value)
        for name, value in zip(table["ukuran"], values, strict=True)
    }


def _mix(table: pd.DataFrame | None) -> pd.DataFrame:
    if table is None or table.empty or table["orang"].isna().any():
        return pd.DataFrame(columns=["rasio", *WAYS, "biaya", "batas", "terbukti"])
    wide = table.pivot(index="rasio", columns="cara", values="orang")[list(WAYS)]
    rest = table.groupby("rasio")[["biaya", "batas", "terbukti"]].first()
    return wide.join(rest).astype(float).reset_index()
