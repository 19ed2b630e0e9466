"""The plan: who moves where, and what it changes."""

import pandas as pd

from analysis import inequality, plots
from analysis.language import Language
from analysis.plots.tile_maps import TILES
from analysis.reports.display import Column, Picture, Reading, Table
from analysis.reports.provincial import named
from analysis.reports.redistribusi.skenario import Redistribusi, Scenario

_LISTED = 15  # largest moves in the report; the workbook has all


def lorenz(s: Scenario, p: Redistribusi) -> Picture:
    """Return the Lorenz curves of staff over need before and after the plan."""
    say = Language(p.language)
    need = s.frame["kebutuhan"]
    before = inequality.lorenz_curve(s.frame["kecukupan"], need)
    after = inequality.lorenz_curve(s.after, need)
    return Picture(
        plots.lorenz(
            {
                say.text("sebelum"): before.to_frame(),
                say.text("sesudah"): after.to_frame(),
            },
            x_label=say.text("Bagian kumulatif kebutuhan, dari kecukupan terendah"),
            y_label=say.text("Bagian kumulatif PNS"),
            equality_label=say.text("Merata sempurna"),
            language=say,
        ),
        caption=say.text(
            "Kurva Lorenz PNS terhadap kebutuhan sebelum dan sesudah rencana. Kurva sesudah tidak "
            "pernah di bawah kurva sebelum."
        ),
        alt=say.text(
            "Dua kurva Lorenz. Separuh kebutuhan yang paling kurang terpenuhi dilayani {a} PNS "
            "sebelum dan {b} sesudah rencana.",
            a=say.percent(float(before.at(0.5))),
            b=say.percent(float(after.at(0.5))),
        ),
    )


def dumbbell(s: Scenario, p: Redistribusi) -> Picture:
    """Return staff per need of each province before and after."""
    say = Language(p.language)
    names = s.frame["nama"]
    before = s.frame["kecukupan"].set_axis(names)
    after = s.after.set_axis(names)
    change = after - before
    return Picture(
        plots.dumbbell(
            before,
            after,
            before_label=say.text("sebelum"),
            after_label=say.text("sesudah"),
            axis_label=say.text("PNS per kebutuhan (merata = 1)"),
            language=say,
        ),
        caption=say.text("PNS per kebutuhan tiap provinsi sebelum dan sesudah rencana."),
        alt=say.text(
            "Diagram dumbel. Naik paling banyak: {naik}. Turun paling banyak: {turun}.",
            naik=named(change[change > 0].nlargest(3), say, 2, signed=True) or "–",
            turun=named(change[change < 0].nsmallest(3), say, 2, signed=True) or "–",
        ),
    )


def flow_map(s: Scenario, p: Redistribusi) -> Picture | Reading:
    """Return the map of moves; a sentence if nobody moves."""
    say = Language(p.language)
    if s.plan.moves.empty:
        return _nobody(say)
    places = pd.DataFrame(
        {
            "label": [TILES[str(code)][2] for code in s.frame.index],
            "latitude": s.frame["lintang"],
            "longitude": s.frame["bujur"],
        },
        index=s.frame.index,
    )
    drawn = plots.flow_map(
        places,
        s.plan.moves,
        donor_label=say.text("asal; titik terbesar"),
        receiver_label=say.text("tujuan; titik terbesar"),
        language=say,
    )
    leaving, arriving = _ends(s)
    return Picture(
        drawn.figure,
        caption=say.text(
            "Perpindahan dalam rencana, antara ibu kota provinsi; huruf adalah kode ISO 3166-2. "
            "Tergambar {a} dari {b} arus, {bagian} dari semua yang berpindah.",
            a=str(drawn.drawn),
            b=str(drawn.flows),
            bagian=say.percent(drawn.share),
        ),
        alt=say.text(
            "Peta arus. Asal terbesar: {asal}. Tujuan terbesar: {tujuan}.",
            asal=named(leaving.nlargest(3), say, 0) or "–",
            tujuan=named(arriving.nlargest(3), say, 0) or "–",
        ),
    )


def sankey(s: Scenario, p: Redistribusi) -> Picture | Reading:
    """Return the moves between island groups; a sentence if nobody moves."""
    say = Language(p.language)
    islands = s.frame["pulau"]
    flows = s.plan.moves.assign(
        origin=s.plan.moves["origin"].map(islands),
        destination=s.plan.moves["destination"].map(islands),
    )
    if flows.empty:
        return _nobody(say)
    inside = flows["people"][flows["origin"] == flows["destination"]].sum()
    return Picture(
        plots.sankey(
            flows,
            origin_label=say.text("Asal"),
            destination_label=say.text("Tujuan"),
            language=say,
        ),
        caption=say.text("Perpindahan antarkelompok pulau dalam rencana, orang."),
        alt=say.text(
            "Diagram Sankey. {bagian} dari yang berpindah tetap di kelompok pulaunya.",
            bagian=say.percent(inside / flows["people"].sum()),
        ),
    )


def _nobody(say: Language) -> Reading:
    return Reading((say.text("Tidak ada yang berpindah dalam rencana ini."),))


def _ends(s: Scenario) -> tuple[pd.Series, pd.Series]:
    """Return people leaving and arriving by name of the province."""
    names = s.frame["nama"].to_numpy()
    leaving, arriving = (pd.Series(x, names) for x in (s.plan.losses, s.plan.gains))
    return leaving[leaving > 0], arriving[arriving > 0]


def moves_frame(s: Scenario) -> pd.DataFrame:
    """Return all moves with names, distance and kilometres travelled, most people first."""
    names = s.frame["nama"]
    moves = s.plan.moves.sort_values("people", ascending=False, kind="stable")
    return moves.assign(
        origin_name=moves["origin"].map(names),
        destination_name=moves["destination"].map(names),
        km=moves["cost"] / moves["people"],
    )


def moves_table(s: Scenario, p: Redistribusi) -> Table | Reading:
    """Return the largest moves; a sentence if nobody moves."""
    say = Language(p.language)
    if s.plan.moves.empty:
        return _nobody(say)
    moves = moves_frame(s)
    shown = moves.head(_LISTED)
    return Table(
        shown,
        {
            "origin_name": Column(say.text("Asal")),
            "destination_name": Column(say.text("Tujuan")),
            "people": Column(say.text("Orang"), "integer"),
            "km": Column(say.text("Jarak (km)"), "integer"),
        },
        say.text(
            "{n} arus terbesar dari {semua}; jarak antara ibu kota provinsi menurut lingkaran "
            "besar. Semua arus ada dalam buku kerja.",
            n=str(len(shown)),
            semua=str(len(moves)),
        ),
        say,
    )


def read_plan(s: Scenario, p: Redistribusi) -> Reading:
    """Return the sentences that read the plan, its limits and their prices."""
    say = Language(p.language)
    leaving, arriving = _ends(s)
    if leaving.empty:
        return _nobody(say)
    mean = s.plan.cost / s.plan.moved
    first = say.text(
        "{asal} provinsi melepas dan {tujuan} provinsi menerima pegawai. Setiap orang yang "
        "berpindah menempuh rata-rata {km} km, seluruhnya {jumlah} km; terbukti tidak ada "
        "penempatan dengan jumlah yang sama yang lebih pendek lebih dari {celah} km.",
        asal=str(len(leaving)),
        tujuan=str(len(arriving)),
        km=say.number(mean),
        celah=say.number(s.plan.duality_gap),
        jumlah=say.number(s.plan.cost),
    )
    worth = s.plan.to_frame().set_axis(s.frame["nama"].to_numpy())["worth_arriving"]
    dearest = worth.dropna().nsmallest(1)
    second = say.text(
        "Penerimaan paling mahal ada di {nama}: setiap orang yang diterima di sana, bukan di "
        "provinsi penerima lain, menambah jarak sampai {km} km.",
        nama=str(dearest.index[0]),
        km=say.number(-dearest.iloc[0]),
    )
    return Reading((first, second) if dearest.iloc[0] < 0 else (first,))


def unit_table(s: Scenario, p: Redistribusi) -> Table:
    """Return every province before and after the plan, largest gain first."""
    say = Language(p.language)
    units = s.plan.to_frame().set_index("unit").assign(nama=s.frame["nama"])
    units = units.assign(change=units["gains"] - units["losses"])
    return Table(
        units.sort_values("change", ascending=False, kind="stable"),
        {
            "nama": Column(say.text("Provinsi")),
            "need": Column(say.text("Kebutuhan"), "integer"),
            "staff": Column(say.text("PNS sebelum"), "integer"),
            "change": Column(say.text("Perubahan"), "signed"),
            "staff_after": Column(say.text("PNS sesudah"), "integer"),
            "adequacy": Column(say.text("Kecukupan sebelum"), "number", 2),
            "adequacy_after": Column(say.text("Kecukupan sesudah"), "number", 2),
        },
        say.text("Setiap provinsi sebelum dan sesudah rencana; kecukupan 1 berarti bagian merata."),
        say,
    )


def limit_table(s: Scenario, p: Redistribusi) -> Table | Reading:
    """Return the limits that bind and what one person more would be worth, in plain words."""
    say = Language(p.language)
    units = s.plan.to_frame().set_axis(s.frame["nama"].to_numpy())
    rows = []
    used_up = s.plan.moved >= int(p.budget * s.frontier.total_staff)
    highest, lowest = _next_move(s, p)
    if used_up and highest > lowest:
        rows.append(
            (
                say.text("Jumlah perpindahan ({n} orang)", n=say.number(s.plan.moved)),
                highest - lowest,
                say.text(
                    "satu orang lagi dapat pindah dari kecukupan {a} ke {b}",
                    a=say.number(highest, 2),
                    b=say.number(lowest, 2),
                ),
            )
        )
    labels = {
        "floor_adequacy": say.text("batas bawah kecukupan"),
        "max_share_leaving": say.text("batas bagian yang boleh keluar"),
    }
    replaces = say.text("satu orang lagi dari sini menggantikan satu dari pelepas terakhir")
    joins = say.text("satu orang lagi dari sini dapat pindah ke penerima yang paling kekurangan")
    bound = units[units["limit_leaving"].isin(list(labels))]
    for name, unit in bound.sort_values("evens_leaving", ascending=False).iterrows():
        rows.append(
            (
                f"{name}: {labels[unit['limit_leaving']]}",
                unit["evens_leaving"],
                replaces if used_up else joins,
            )
        )
    if not rows:
        return Reading((say.text("Tidak ada batas yang mengikat."),))
    return Table(
        pd.DataFrame(rows, columns=["limit", "worth", "meaning"]),
        {
            "limit": Column(say.text("Batas yang mengikat")),
            "worth": Column(say.text("Selisih kecukupan"), "number", 2),
            "meaning": Column(say.text("Bila dilonggarkan")),
        },
        say.text(
            "Batas yang mengikat dan harga bayangannya: selisih PNS per kebutuhan yang dikurangi "
            "oleh satu orang lagi."
        ),
        say,
    )


def _next_move(s: Scenario, p: Redistribusi) -> tuple[float, float]:
    """Return the adequacy of the two provinces between which one more person would move."""
    units = s.plan.to_frame().set_index("unit")
    regions = s.frame["pulau"] if p.within == "pulau" else pd.Series("", s.frame.index)
    giving = units["adequacy_after"][(units["losses"] > 0) & (units["limit_leaving"] == "")]
    receiving = units["adequacy_after"][(units["gains"] > 0) & (units["limit_arriving"] == "")]
    ends = pd.DataFrame(
        {
            "highest": giving.groupby(regions[giving.index]).max(),
            "lowest": receiving.groupby(regions[receiving.index]).min(),
        }
    ).dropna()
    if ends.empty:
        return 0.0, 0.0
    widest = int((ends["highest"] - ends["lowest"]).to_numpy().argmax())
    return float(ends["highest"].iloc[widest]), float(ends["lowest"].iloc[widest])
