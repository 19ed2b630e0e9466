"""Report 01: how PNS are spread over the provinces."""

import datetime as dt

import pandas as pd
from pydantic import Field

from analysis import inequality, plots
from analysis.datasets.population import Kind
from analysis.inequality import MEASURES, inequality_table
from analysis.language import Language
from analysis.reports.display import Column, KeyFigure, KeyFigures, Picture, Reading, Table
from analysis.reports.parameters import Parameters
from analysis.reports.provincial import (
    JAVA,
    Basis,
    Measures,
    Randomness,
    by_island,
    confidence,
    meaning,
    named,
    overall_ratio,
    provincial_staffing,
)


class Distribusi(Parameters):
    """Parameters of report 01."""

    date: dt.date = Field(description="date of the staff counts, YYYY-MM-DD")
    basis: Basis = Field(description="set of provinces: 33, 34, 37 or 38 of them")
    population: Kind = Field(
        description="sensus (growth between censuses), registrasi (nearest register) or gabungan "
        "(growth between a census and a register)"
    )
    measures: Measures = Field(description="measures of inequality, names from MEASURES")
    randomness: Randomness = Field(
        description="what intervals take to be random: superpopulation (provinces) or count (staff)"
    )
    seed: int = Field(ge=0, description="whole number that makes intervals repeatable")


def spread(p: Distribusi) -> pd.DataFrame:
    """Return staff, population and their ratios, as `provincial_staffing` does."""
    return provincial_staffing(p.date, p.basis, p.population)


def key_figures(frame: pd.DataFrame, p: Distribusi) -> KeyFigures:
    """Return the numbers the report opens with."""
    say = Language(p.language)
    ordered = frame.sort_values("rasio", kind="stable")
    low, high = ordered.iloc[0], ordered.iloc[-1]
    hoover = inequality.hoover(frame["rasio"], frame["penduduk"])
    return KeyFigures(
        figures=(
            KeyFigure(
                say.number(overall_ratio(frame), 1),
                say.text("PNS per 1.000 penduduk, seluruh provinsi"),
                say.text("{n} PNS", n=say.number(frame["pns"].sum())),
            ),
            KeyFigure(
                say.number(high["rasio"] / low["rasio"], 1) + "×",
                say.text("jarak rasio tertinggi ke terendah"),
                say.text(
                    "{tinggi} {a}; {rendah} {b}",
                    tinggi=high["nama"],
                    a=say.number(high["rasio"], 1),
                    rendah=low["nama"],
                    b=say.number(low["rasio"], 1),
                ),
            ),
            KeyFigure(
                say.number(inequality.gini(frame["rasio"], frame["penduduk"]), 3),
                say.text("Gini rasio PNS terhadap penduduk"),
                say.text("0 berarti merata sempurna"),
            ),
            KeyFigure(
                say.percent(hoover),
                say.text("PNS harus berpindah provinsi agar rasionya sama (Hoover)"),
                say.text("{n} orang", n=say.number(hoover * frame["pns"].sum())),
            ),
        ),
        data_date=say.text("Data PNS: {tanggal}", tanggal=say.date(p.date)),
    )


def ranking(frame: pd.DataFrame, p: Distribusi) -> Picture:
    """Return the provinces ranked by ratio."""
    say = Language(p.language)
    provinces = frame.set_index("nama")
    ordered = provinces["rasio"].sort_values()
    figure = plots.ranking(
        provinces["rasio"],
        provinces["pulau"],
        reference=overall_ratio(frame),
        reference_label=say.text("Seluruh provinsi"),
        axis_label=say.text("PNS per 1.000 penduduk"),
        language=say,
    )
    return Picture(
        figure,
        caption=say.text(
            "PNS per 1.000 penduduk menurut provinsi, {tanggal}. Warna: kelompok pulau.",
            tanggal=say.date(p.date),
        ),
        alt=say.text(
            "Diagram batang. Rasio tertinggi: {tinggi}. Rasio terendah: {rendah}. "
            "Seluruh provinsi: {nasional} PNS per 1.000 penduduk.",
            tinggi=named(ordered.iloc[:-4:-1], say),
            rendah=named(ordered.iloc[:3], say),
            nasional=say.number(overall_ratio(frame), 1),
        ),
    )


def read_ranking(frame: pd.DataFrame, p: Distribusi) -> Reading:
    """Return the sentence that reads the ranking."""
    say = Language(p.language)
    below = frame[frame["rasio"] < overall_ratio(frame)]
    islands = by_island(frame)
    return Reading(
        (
            say.text(
                "{n} dari {semua} provinsi berada di bawah rasio seluruh provinsi ({nasional}); di "
                "sana tinggal {bagian} penduduk. Pulau Jawa menampung {pns} PNS tetapi {penduduk} "
                "penduduk, sehingga jumlah PNS yang besar di Jawa tidak berarti rasio yang tinggi.",
                n=str(len(below)),
                semua=str(len(frame)),
                nasional=say.number(overall_ratio(frame), 1),
                bagian=say.percent(below["penduduk"].sum() / frame["penduduk"].sum()),
                pns=say.percent(islands["pns"][JAVA] / frame["pns"].sum()),
                penduduk=say.percent(islands["penduduk"][JAVA] / frame["penduduk"].sum()),
            ),
        )
    )


def province_table(frame: pd.DataFrame, p: Distribusi) -> Table:
    """Return the table of provinces, highest ratio first."""
    say = Language(p.language)
    return Table(
        frame.sort_values("rasio", ascending=False, kind="stable"),
        {
            "nama": Column(say.text("Provinsi")),
            "pulau": Column(say.text("Kelompok pulau")),
            "pns": Column(say.text("PNS"), "integer"),
            "penduduk": Column(say.text("Penduduk"), "integer"),
            "rasio": Column(say.text("PNS per 1.000"), "number", 2),
            "penduduk_per_pns": Column(say.text("Penduduk per PNS"), "number", 1),
            "lq": Column("LQ", "number", 2),
            "selisih": Column(say.text("Selisih dari bagian merata"), "signed"),
        },
        say.text(
            "PNS, penduduk, rasio, location quotient (LQ), dan selisih dari bagian yang merata, "
            "{tanggal}.",
            tanggal=say.date(p.date),
        ),
        say,
    )


def tile_map(frame: pd.DataFrame, p: Distribusi) -> Picture:
    """Return the map of the ratio."""
    say = Language(p.language)
    ordered = by_island(frame)["rasio"].sort_values(ascending=False)
    return Picture(
        plots.tile_map(
            frame.set_index("kode_kemendagri")["rasio"],
            label=say.text("PNS per 1.000 penduduk"),
            decimals=1,
            language=say,
        ),
        caption=say.text(
            "Peta petak provinsi: setiap provinsi satu petak sama besar, diletakkan kira-kira "
            "menurut letaknya; huruf adalah kode ISO 3166-2. PNS per 1.000 penduduk, {tanggal}.",
            tanggal=say.date(p.date),
        ),
        alt=say.text(
            "Peta petak. Rasio menurut kelompok pulau: {daftar}.", daftar=named(ordered, say)
        ),
    )


def lorenz(frame: pd.DataFrame, p: Distribusi) -> Picture:
    """Return the Lorenz curve of staff over population."""
    say = Language(p.language)
    curve = inequality.lorenz_curve(frame["rasio"], frame["penduduk"])
    return Picture(
        plots.lorenz(
            {say.text("PNS {tahun}", tahun=str(p.date.year)): curve.to_frame()},
            x_label=say.text("Bagian kumulatif penduduk, dari provinsi berasio terendah"),
            y_label=say.text("Bagian kumulatif PNS"),
            equality_label=say.text("Merata sempurna"),
            language=say,
        ),
        caption=say.text(
            "Kurva Lorenz PNS terhadap penduduk, {tanggal}. Setiap titik satu provinsi, diurutkan "
            "menurut rasionya; luas antara kurva dan diagonal adalah setengah indeks Gini.",
            tanggal=say.date(p.date),
        ),
        alt=say.text(
            "Kurva Lorenz di bawah diagonal: separuh penduduk yang tinggal di provinsi berasio "
            "terendah dilayani {bagian} PNS.",
            bagian=say.percent(float(curve.at(0.5))),
        ),
    )


def index_table(frame: pd.DataFrame, p: Distribusi) -> Table:
    """Return the chosen measures of inequality with their intervals."""
    say = Language(p.language)
    rows = inequality_table(
        frame,
        value="rasio",
        weight="penduduk",
        measures=p.measures,
        ci=confidence(p.randomness, p.seed),
    )
    return Table(
        rows.assign(
            label=[MEASURES[name].label[p.language] for name in rows["measure"]],
            rentang=[MEASURES[name].range for name in rows["measure"]],
        ),
        {
            "label": Column(say.text("Ukuran")),
            "estimate": Column(say.text("Nilai"), "number", 4),
            "low": Column(say.text("Batas bawah"), "number", 4),
            "high": Column(say.text("Batas atas"), "number", 4),
            "rentang": Column(say.text("Rentang")),
        },
        say.text(
            "Ukuran ketimpangan rasio PNS per penduduk, {tanggal}. Setiap provinsi berbobot "
            "jumlah penduduknya. {selang}",
            tanggal=say.date(p.date),
            selang=meaning(p.randomness, say),
        ),
        say,
    )


def read_inequality(frame: pd.DataFrame, p: Distribusi) -> Reading:
    """Return the sentence that reads the Lorenz curve and the measures."""
    say = Language(p.language)
    hoover = inequality.hoover(frame["rasio"], frame["penduduk"])
    curve = inequality.lorenz_curve(frame["rasio"], frame["penduduk"])
    return Reading(
        (
            say.text(
                "Separuh penduduk di provinsi berasio terendah dilayani {bagian} PNS. Agar setiap "
                "provinsi berasio sama, {hoover} PNS ({orang} orang) harus bertugas di provinsi "
                "lain; angka ini memakai penduduk sebagai satu-satunya ukuran kebutuhan.",
                bagian=say.percent(float(curve.at(0.5))),
                hoover=say.percent(hoover),
                orang=say.number(hoover * frame["pns"].sum()),
            ),
        )
    )


def location_quotients(frame: pd.DataFrame, p: Distribusi) -> Picture:
    """Return the location quotients by island group."""
    say = Language(p.language)
    overall = by_island(frame)["lq"].sort_values()
    return Picture(
        plots.strip(
            pd.DataFrame({"group": frame["pulau"], "value": frame["lq"]}),
            overall,
            axis_label=say.text("Location quotient (1 = sebanding)"),
            unit_label=say.text("provinsi"),
            group_label=say.text("kelompok pulau"),
            language=say,
        ),
        caption=say.text(
            "Location quotient PNS terhadap penduduk, {tanggal}: bagian PNS sebuah provinsi dibagi "
            "bagian penduduknya. Skala logaritmik.",
            tanggal=say.date(p.date),
        ),
        alt=say.text(
            "Diagram titik per kelompok pulau. Location quotient kelompok pulau: {daftar}.",
            daftar=named(overall, say, 2),
        ),
    )


def read_location_quotients(frame: pd.DataFrame, p: Distribusi) -> Reading:
    """Return the sentence that reads the location quotients."""
    say = Language(p.language)
    overall = by_island(frame)["lq"].sort_values()
    widest = (frame.groupby("pulau")["lq"].max() / frame.groupby("pulau")["lq"].min()).idxmax()
    inside = frame[frame["pulau"] == widest].sort_values("lq")
    return Reading(
        (
            say.text(
                "{rendah} memiliki {a} kali bagian PNS yang sebanding dengan penduduknya, {tinggi} "
                "{b} kali. Perbedaan di dalam satu kelompok pulau paling lebar di {lebar}: dari "
                "{c} di {awal} sampai {d} di {akhir}.",
                rendah=str(overall.index[0]),
                a=say.number(overall.iloc[0], 2),
                tinggi=str(overall.index[-1]),
                b=say.number(overall.iloc[-1], 2),
                lebar=str(widest),
                awal=inside["nama"].iloc[0],
                c=say.number(inside["lq"].iloc[0], 2),
                akhir=inside["nama"].iloc[-1],
                d=say.number(inside["lq"].iloc[-1], 2),
            ),
        )
    )


def island_table(frame: pd.DataFrame, p: Distribusi) -> Table:
    """Return what each island group adds to Theil T, within and between."""
    say = Language(p.language)
    split = inequality.entropy_by_subgroup(frame["rasio"], frame["pulau"], frame["penduduk"])
    return Table(
        split.groups.sort_values("share", ascending=False, kind="stable"),
        {
            "group": Column(say.text("Kelompok pulau")),
            "population_share": Column(say.text("Bagian penduduk"), "percent"),
            "value_share": Column(say.text("Bagian PNS"), "percent"),
            "index": Column(say.text("Theil T di dalam"), "number", 4),
            "within": Column(say.text("Di dalam"), "number", 4),
            "between": Column(say.text("Antarkelompok"), "number", 4),
            "share": Column(say.text("Bagian Theil T"), "percent"),
        },
        say.text(
            "Penguraian Theil T menurut kelompok pulau, {tanggal}. Sumbangan 'di dalam' dan "
            "'antarkelompok' berjumlah Theil T seluruh provinsi.",
            tanggal=say.date(p.date),
        ),
        say,
    )


def read_islands(frame: pd.DataFrame, p: Distribusi) -> Reading:
    """Return the sentence that reads the decompositions."""
    say = Language(p.language)
    sample = (frame["rasio"], frame["pulau"], frame["penduduk"])
    theil = inequality.entropy_by_subgroup(*sample)
    dagum = inequality.dagum_by_subgroup(*sample)
    return Reading(
        (
            say.text(
                "{antar} dari Theil T berasal dari perbedaan antarkelompok pulau dan {dalam} dari "
                "perbedaan antarprovinsi di dalam kelompok. Menurut penguraian Gini (Dagum), "
                "{gdalam} di dalam kelompok, {gantar} antarkelompok bersih, dan {gtumpang} karena "
                "kelompok yang saling bertumpang.",
                antar=say.percent(theil.between / theil.total),
                dalam=say.percent(theil.within / theil.total),
                gdalam=say.percent(dagum.within / dagum.total),
                gantar=say.percent(dagum.net_between / dagum.total),
                gtumpang=say.percent(dagum.transvariation / dagum.total),
            ),
        )
    )
