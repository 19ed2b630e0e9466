"""What squads are formed for and by: tasks, rules of competences, assumptions, as files to edit.

The files of `data/contoh` are invented or assumed; a folder of one's own may hold any of them:

    tugas_skuad.csv             one row a need of a task
    aturan_kompetensi_skuad.csv how records show competences: `analysis.competence.evidence`
    asumsi_skuad.csv            numbers that nobody publishes, each with what it rests on
    latihan_skuad.csv           what training into another family of a rumpun takes
    instansi_skuad.csv          agencies (`instansi`) to plan for; by default the largest
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from analysis.competence.evidence import CompetenceRules
from analysis.errors import DataError
from analysis.files import read_rows
from analysis.messages import some
from analysis.paths import EXAMPLES

TASKS: Final = "tugas_skuad.csv"
RULES: Final = "aturan_kompetensi_skuad.csv"
ASSUMPTIONS: Final = "asumsi_skuad.csv"
TRAINING: Final = "latihan_skuad.csv"
AGENCIES: Final = "instansi_skuad.csv"

_NEED = {
    "tugas": "task",
    "kompetensi": "competence",
    "tingkat": "level",
    "porsi": "share",
    "orang": "people",
}
_TASK = {
    "tugas": "task",
    "perangkat": "office",
    "paling_sedikit": "least",
    "paling_banyak": "most",
}
_RATIO = "rasio_rekrut_"
_CODES = (
    "instansi_terbanyak",
    "unit_terbanyak",
    "waktu",
    "ambang_beban",
    "denda_beban",
    "km_per_langkah",
    "jarak_terjauh",
    "celah",
    "tahun_pelatihan",
    "pindah_rupiah",
    "pindah_rupiah_per_km",
    "rekrut_rupiah",
    "jp_rupiah",
    "bulan_rupiah",
)


@dataclass(frozen=True, eq=False)
class SquadInputs:
    """Tasks, rules and assumptions, checked.

    Attributes
    ----------
    tasks : DataFrame
        `task`, `office` (a word of the name of the first-level unit where the team works; missing:
        anywhere), `least`, `most`; one row a task.
    needs : DataFrame
        `task`, `competence`, `level`, `share`, `people`; one row a need.
    rules : CompetenceRules
    assumptions : DataFrame
        `kode`, `nilai`, `satuan`, `hal`, `dasar`, `verifikasi`.
    training : DataFrame
        `rumpun` (as `rumpun_key` writes it), `jp`, `rupiah` and `bulan` of training one person
        from one family of it to another; whose rumpun has no row is not trained.
    agencies : tuple of str
        Agencies named; none: the largest.
    invented : bool
        Whether the tasks are the invented ones of `data/contoh`.
    """

    tasks: pd.DataFrame
    needs: pd.DataFrame
    rules: CompetenceRules
    assumptions: pd.DataFrame
    training: pd.DataFrame
    agencies: tuple[str, ...]
    invented: bool

    @property
    def values(self) -> Mapping[str, float]:
        """Value of each assumption by its code."""
        table = self.assumptions
        return dict(zip(table["kode"], table["nilai"].tolist(), strict=True))

    @property
    def ratios(self) -> list[float]:
        """Multiples of the price of a hire that are tried, ascending."""
        return sorted({v for code, v in self.values.items() if code.startswith(_RATIO)})


def read_squad_inputs(folder: Path | None = None) -> SquadInputs:
    """Return tasks, rules and assumptions: those of a folder, and the examples for what it lacks.

    Raises
    ------
    DataError
        If the folder has none of the files, or one is damaged, lacks a column, or says what cannot
        be; with the file and rows.
    """
    names = (TASKS, RULES, ASSUMPTIONS, TRAINING, AGENCIES)
    own = {name for name in names if folder is not None and (folder / name).is_file()}
    if folder is not None and not own:
        raise DataError(f"{folder}: none of {', '.join(names)} is there. Put one in it.")
    places = {name: (folder if folder is not None and name in own else EXAMPLES) for name in names}
    table = _table(places[TASKS] / TASKS, tuple(dict.fromkeys((*_TASK, *_NEED))))
    agencies: tuple[str, ...] = ()
    if AGENCIES in own:
        listed = _table(places[AGENCIES] / AGENCIES, ("instansi",))["instansi"]
        agencies = tuple(dict.fromkeys(listed.dropna().astype(str)))
        if not agencies:
            raise DataError(f"{places[AGENCIES] / AGENCIES}: names no agency. Name at least one.")
    return SquadInputs(
        _tasks(table, places[TASKS] / TASKS),
        table.rename(columns=_NEED)[list(_NEED.values())],
        _rules(places[RULES] / RULES),
        _assumptions(places[ASSUMPTIONS] / ASSUMPTIONS),
        _training(places[TRAINING] / TRAINING),
        agencies,
        TASKS not in own,
    )


def rumpun_key(name: object) -> str:
    """Return the name of a rumpun as it is compared: lists spell them in several ways."""
    words = re.sub(r"[,./-]", " ", str(name).lower()).split()
    return " ".join(word for word in words if word != "jabatan")


def _table(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    table = read_rows(path, advice="Restore it.", dtype={"nama": str, "perangkat": str})
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise DataError(
            f"{path}: column {some(missing)} is missing; there are {some(table.columns)}. Start "
            f"from {EXAMPLES / path.name}."
        )
    if table.empty:
        raise DataError(f"{path}: there are no rows. Start from {EXAMPLES / path.name}.")
    return table


def _tasks(table: pd.DataFrame, path: Path) -> pd.DataFrame:
    tasks = table.rename(columns=_TASK)[list(_TASK.values())].drop_duplicates()
    twice = tasks["task"][tasks["task"].duplicated()]
    if len(twice):
        raise DataError(
            f"{path}: {some(twice)} has rows with different perangkat, paling_sedikit or "
            "paling_banyak. Say the same in all rows of a task."
        )
    return tasks.reset_index(drop=True)


def _rules(path: Path) -> CompetenceRules:
    table = _table(path, ("aturan",))
    try:
        return CompetenceRules.of(table)
    except DataError as error:
        raise DataError(f"{path}: {error}") from error


def _assumptions(path: Path) -> pd.DataFrame:
    columns = ("kode", "nilai", "satuan", "hal", "dasar", "verifikasi")
    table = _table(path, columns)[list(columns)]
    code = table["kode"].astype(str)
    known = code.isin(_CODES) | code.str.fullmatch(f"{_RATIO}[0-9]+")
    lacking = [each for each in _CODES if each not in set(code)]
    if not known.all() or code.duplicated().any() or lacking:
        wrong = [*code[~known], *code[code.duplicated()], *lacking]
        raise DataError(
            f"{path}, kode: {some(wrong)} is unknown, occurs twice or is missing. Each of "
            f"{', '.join(_CODES)} must be there once, and {_RATIO}1 and so on."
        )
    value = pd.to_numeric(table["nilai"], errors="coerce").to_numpy(dtype=np.float64)
    shares = code.isin(["waktu", "ambang_beban"]).to_numpy()
    bad = ~(np.isfinite(value) & (value >= 0)) | (shares & (value > 1))
    bad |= (code.eq("waktu") | code.eq("instansi_terbanyak")).to_numpy() & (value == 0)
    bad |= code.eq("celah").to_numpy() & (value > 0.5)  # NaN is bad already
    if bad.any():
        raise DataError(
            f"{path}, nilai: {some(code[bad])} must be a number, 0 or more; a share of working "
            "time at most 1, celah at most 0.5, waktu and instansi_terbanyak above 0."
        )
    if not code.str.startswith(_RATIO).any():
        raise DataError(f"{path}, kode: {_RATIO}1 is missing. Say which ratios are to be tried.")
    return table.assign(kode=code, nilai=value).reset_index(drop=True)


def _training(path: Path) -> pd.DataFrame:
    amounts = ["jp", "rupiah", "bulan"]
    table = _table(path, ("rumpun", *amounts, "dasar", "verifikasi"))
    table = table.assign(rumpun=table["rumpun"].map(rumpun_key))
    values = table[amounts].apply(pd.to_numeric, errors="coerce").to_numpy(dtype=np.float64)
    bad = ~(np.isfinite(values) & (values >= 0)).all(axis=1) | table["rumpun"].duplicated()
    if bad.any():
        raise DataError(
            f"{path}: {some(table['rumpun'][bad])} occurs twice, or its jp, rupiah or bulan is no "
            "number, 0 or more. Correct the row, or leave it out: nobody is then trained there."
        )
    return table.assign(**dict(zip(amounts, values.T, strict=True)))
