"""Report 03: the simplification of posts in real numbers, with its gaps."""

import datetime as dt
from typing import Self

import pandas as pd
from pydantic import Field, model_validator

from analysis import plots
from analysis.datasets import posts_by_group, read_processed
from analysis.datasets.posts import ARU, CENTRAL, NATIONAL, SELUMA
from analysis.errors import ParameterError
from analysis.language import Language
from analysis.reports.display import Column, KeyFigure, KeyFigures, Picture, Reading, Table
from analysis.reports.parameters import Parameters


class Penyederhanaan(Parameters):
    """Parameters of report 03."""

    start: dt.date = Field(description="first date shown, YYYY-MM-DD")
    end: dt.date = Field(description="last date shown, YYYY-MM-DD")
    deadline: dt.date = Field(description="date by which agencies were to finish, YYYY-MM-DD")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.start > self.end:
            raise ParameterError(
                f"Parameter 'start' = {self.start} is later than 'end' = {self.end}. Swap them."
            )
        return self


def posts(p: Penyederhanaan) -> pd.DataFrame:
    """Return the posts counted between `start` and `end`, as `datasets.tidy_posts` has them.

    Raises
    ------
    ParameterError
        If a place the report speaks of has no count, or one of its two states only, between them.
    """
    table = read_processed("jabatan")
    dated = table["tanggal"].between(pd.Timestamp(p.start), pd.Timestamp(p.end))
    chosen = table[dated | table["tanggal"].isna()]
    short = [place for place in (CENTRAL, ARU, NATIONAL, SELUMA) if not _enough(chosen, place)]
    if short:
        needed = [
            f"  {place}: {', '.join(map(str, sorted(days)))}"
            for place in short
            for days in [table.loc[table["lingkup"] == place, "tanggal"].dropna().dt.date.unique()]
        ]
        raise ParameterError(
            f"Between 'start' = {p.start} and 'end' = {p.end} there are not enough counts of posts "
            "for this report. There are counts of\n" + "\n".join(needed) + "\nChoose a period "
            "with more of these dates."
        )
    return chosen


def _enough(table: pd.DataFrame, place: str) -> bool:
    """Return whether there are both states of a place, or structural posts at some date."""
    rows = table[table["lingkup"] == place]
    if place in (CENTRAL, ARU):
        return set(rows["keadaan"].dropna()) == {"sebelum", "sesudah"}
    return not rows.empty and bool(_by_group(rows, place)["struktural"].notna().any())


def progress() -> pd.DataFrame:
    """Return for each province how far it was by the last date the source reports.

    Returns
    -------
    DataFrame
        One row per province: `kode_kemendagri`, `nama`, `usulan` (proposal received),
        `disetujui` (date of the first report that lists it as approved, or missing).
    """
    table = read_processed("penyederhanaan_provinsi")
    done = table[table["tercapai"]]
    approved = done[done["tahap"] == "persetujuan_penyetaraan"]
    proposed = done.loc[done["tahap"] == "usulan_struktur", "kode_kemendagri"]
    provinces = table[["kode_kemendagri", "nama"]].drop_duplicates().reset_index(drop=True)
    first = approved.groupby("kode_kemendagri")["tanggal"].min()
    return provinces.assign(
        usulan=provinces["kode_kemendagri"].isin(proposed),
        disetujui=provinces["kode_kemendagri"].map(first),
    )


def key_figures(table: pd.DataFrame, reached: pd.DataFrame, p: Penyederhanaan) -> KeyFigures:
    """Return the numbers the report opens with."""
    say = Language(p.language)
    central = _before_after(table, CENTRAL)
    aru = _before_after(table, ARU)
    seluma = _by_group(table, SELUMA)["struktural"].dropna()
    cut = central["sesudah"].sum() / central["sebelum"].sum() - 1
    approved = reached["disetujui"].notna().sum()
    return KeyFigures(
        figures=(
            KeyFigure(
                say.percent(cut, 0, signed=True),
                say.text("jabatan eselon III–V di instansi pusat"),
                say.text(
                    "{awal} sebelum, {akhir} sesudah",
                    awal=say.number(central["sebelum"].sum()),
                    akhir=say.number(central["sesudah"].sum()),
                ),
            ),
            KeyFigure(
                say.text("{n} dari {semua}", n=str(approved), semua=str(len(reached))),
                say.text("provinsi telah disetujui penyetaraannya"),
                say.text("menurut siaran pers sampai 27 Desember 2021"),
            ),
            KeyFigure(
                say.percent(
                    aru["sesudah"]["Eselon IV"] / aru["sebelum"]["Eselon IV"] - 1,
                    0,
                    signed=True,
                ),
                say.text("jabatan eselon IV di Kepulauan Aru"),
                say.text("Desember 2021 ke Desember 2022"),
            ),
            KeyFigure(
                say.percent(seluma.iloc[-1] / seluma.iloc[0] - 1, 0, signed=True),
                say.text("jabatan struktural di Seluma"),
                f"{seluma.index[0].year}–{seluma.index[-1].year}",
            ),
        ),
        data_date=say.text(
            "Data: {awal} sampai {akhir}",
            awal=say.date(table["tanggal"].min().date()),
            akhir=say.date(table["tanggal"].max().date()),
        ),
    )


def timeline(table: pd.DataFrame, p: Penyederhanaan) -> Picture:
    """Return the posts by group over time, nationally and in Seluma."""
    say = Language(p.language)
    labels = {
        "struktural": say.text("struktural"),
        "fungsional": say.text("fungsional"),
        "pelaksana": say.text("pelaksana"),
    }
    panels = {place: _by_group(table, place).rename(columns=labels) for place in (NATIONAL, SELUMA)}
    gaps = int(sum(panel.isna().sum().sum() for panel in panels.values()))
    return Picture(
        plots.timeline(
            panels,
            deadline=pd.Timestamp(p.deadline),
            deadline_label=say.text("Tenggat {tanggal}", tanggal=say.date(p.deadline)),
            missing_label=say.text("tidak ada data"),
            language=say,
        ),
        caption=say.text(
            "Jumlah jabatan menurut kelompok. Silang menandai tanggal yang angkanya tidak "
            "tersedia di sumber; garis hanya menghubungkan tanggal yang berurutan."
        ),
        alt=say.text(
            "Diagram garis. Jabatan struktural nasional: {nasional}. Jabatan struktural di Seluma: "
            "{seluma}. {n} angka tidak tersedia.",
            nasional=_named_years(panels[NATIONAL][labels["struktural"]], say),
            seluma=_named_years(panels[SELUMA][labels["struktural"]], say),
            n=str(gaps),
        ),
    )


def read_timeline(table: pd.DataFrame, p: Penyederhanaan) -> Reading:
    """Return the sentence that reads the national and the Seluma series."""
    say = Language(p.language)
    national = _by_group(table, NATIONAL)["struktural"].dropna()
    seluma = _by_group(table, SELUMA)["struktural"].dropna()
    return Reading(
        tuple(
            say.text(
                "{tempat}: jabatan struktural {awal} pada {dari} menjadi {akhir} pada {sampai} "
                "({perubahan}).",
                tempat=place,
                awal=say.number(counts.iloc[0]),
                dari=say.date(counts.index[0].date()),
                akhir=say.number(counts.iloc[-1]),
                sampai=say.date(counts.index[-1].date()),
                perubahan=say.percent(counts.iloc[-1] / counts.iloc[0] - 1, signed=True),
            )
            for place, counts in ((NATIONAL, national), (SELUMA, seluma))
        )
    )


def posts_table(table: pd.DataFrame, p: Penyederhanaan) -> Table:
    """Return every national figure with its source."""
    say = Language(p.language)
    rows = table[table["lingkup"] == NATIONAL]
    return Table(
        rows.assign(tanggal=[say.date(day.date()) for day in rows["tanggal"]]),
        {
            "tanggal": Column(say.text("Tanggal")),
            "jabatan": Column(say.text("Jabatan")),
            "jumlah": Column(say.text("Jumlah"), "integer"),
            "sumber": Column(say.text("Sumber")),
        },
        say.text(
            "PNS menurut jenis jabatan, nasional. Kategori yang tidak tercantum tidak tersedia di "
            "sumber, bukan nol."
        ),
        say,
    )


def states_figure(table: pd.DataFrame, place: str, p: Penyederhanaan) -> Picture:
    """Return the posts of a place just before and after its simplification."""
    say = Language(p.language)
    states = _before_after(table, place)
    before, after = _state_labels(table, place, say)
    shifts = [
        f"{post} {say.percent(row['sesudah'] / row['sebelum'] - 1, 0, signed=True)}"
        for post, row in states.dropna().iterrows()
    ]
    return Picture(
        plots.grouped_bars(
            states["sebelum"],
            states["sesudah"],
            before_label=before,
            after_label=after,
            axis_label=say.text("Jumlah jabatan"),
            missing_label=say.text("tidak ada data"),
            language=say,
        ),
        caption=say.text("Jabatan sebelum dan sesudah penyederhanaan, {tempat}.", tempat=place),
        alt=say.text("Diagram batang. Perubahan: {daftar}.", daftar=say.listing(shifts)),
    )


def read_states(table: pd.DataFrame, place: str, p: Penyederhanaan) -> Reading:
    """Return the sentence that reads the posts before and after."""
    say = Language(p.language)
    states = _before_after(table, place).dropna()
    levels = states[states.index.str.startswith("Eselon")]
    before, after = levels["sebelum"].sum(), levels["sesudah"].sum()
    return Reading(
        (
            say.text(
                "{tempat}: jabatan berjenjang eselon yang angkanya tersedia pada kedua tanggal "
                "berubah dari {awal} menjadi {akhir} ({perubahan}).",
                tempat=place,
                awal=say.number(before),
                akhir=say.number(after),
                perubahan=say.percent(after / before - 1, signed=True),
            ),
        )
    )


def progress_map(reached: pd.DataFrame, p: Penyederhanaan) -> Picture:
    """Return the map of how far each province was by the last report."""
    say = Language(p.language)
    categories = _progress(reached, say)
    counts = categories.value_counts(sort=False)
    names = list(categories.cat.categories)
    return Picture(
        plots.category_map(categories.astype(str), dict(zip(names, _COLOURS, strict=True))),
        caption=say.text(
            "Kemajuan pemerintah provinsi menuju tenggat {tanggal}. 'Belum' berarti belum sampai "
            "tanggal siaran pers, bukan tidak pernah.",
            tanggal=say.date(p.deadline),
        ),
        alt=say.text(
            "Peta petak. Jumlah provinsi: {daftar}.",
            daftar="; ".join(f"{name}: {counts[name]}" for name in names),
        ),
    )


def read_progress(reached: pd.DataFrame, p: Penyederhanaan) -> Reading:
    """Return the sentence that reads the map."""
    say = Language(p.language)
    approved = reached[reached["disetujui"].notna()]
    silent = reached[~reached["usulan"]]
    return Reading(
        (
            say.text(
                "{usulan} dari {semua} provinsi telah menyampaikan usulan struktur sampai 2 "
                "Desember 2021 dan {setuju} telah disetujui penyetaraannya sampai 27 Desember "
                "2021. Belum tercatat menyampaikan usulan: {belum}.",
                usulan=str(reached["usulan"].sum()),
                semua=str(len(reached)),
                setuju=str(len(approved)),
                belum=say.listing(list(silent["nama"])),
            ),
        )
    )


_COLOURS = ("#0072B2", "#56B4E9", "#E69F00", "#b9c0c8")


def _progress(reached: pd.DataFrame, say: Language) -> pd.Series:
    first = reached["disetujui"].min()
    names = [
        say.text("penyetaraan disetujui sampai {tanggal}", tanggal=say.date(day.date()))
        for day in sorted(reached["disetujui"].dropna().unique())
    ]
    names += [say.text("usulan diterima, belum disetujui"), say.text("usulan belum tercatat")]
    step = [
        (0 if day == first else 1) if pd.notna(day) else 2 if proposed else 3
        for day, proposed in zip(reached["disetujui"], reached["usulan"], strict=True)
    ]
    categories = pd.Categorical([names[i] for i in step], categories=names)
    return pd.Series(categories, index=reached["kode_kemendagri"])


def _by_group(table: pd.DataFrame, place: str) -> pd.DataFrame:
    return posts_by_group(table[table["lingkup"] == place])


def _before_after(table: pd.DataFrame, place: str) -> pd.DataFrame:
    """Return counts by post (rows), columns `sebelum` and `sesudah`."""
    rows = table[table["lingkup"] == place]
    order = list(dict.fromkeys(rows["jabatan"]))
    return rows.pivot(index="jabatan", columns="keadaan", values="jumlah").reindex(order)


def _state_labels(table: pd.DataFrame, place: str, say: Language) -> tuple[str, str]:
    """Return the dates of both states; the words of the source where it gives no date."""
    rows = table[table["lingkup"] == place]
    days = rows.groupby("keadaan")["tanggal"].max()
    before, after = (
        say.text("sebelum (2019)") if pd.isna(days[when]) else say.date(days[when].date())
        for when in ("sebelum", "sesudah")
    )
    return before, after


def _named_years(counts: pd.Series, say: Language) -> str:
    known = counts.dropna()
    years = pd.DatetimeIndex(known.index).year
    pairs = zip(known, years, strict=True)
    return say.listing([f"{say.number(count)} ({year})" for count, year in pairs])
