"""The best that moving, or hiring, can do."""

import pandas as pd

from analysis import plots
from analysis.language import Language
from analysis.reports.display import Column, Picture, Reading, Table
from analysis.reports.redistribusi.skenario import Redistribusi, Scenario, model_label

_SHARES = (0.01, 0.05, 0.10)  # of all staff, for the table of the frontier


def frontier_picture(s: Scenario, p: Redistribusi) -> Picture:
    """Return the frontier of every model, with today, the plan and equality."""
    say = Language(p.language)
    curves = {}
    for model, found in s.frontiers.items():
        knots = found.to_frame()
        curves[model_label(model, p)] = pd.Series(
            knots["gini"].to_numpy(), knots["share_of_staff"].to_numpy()
        )
    share = s.plan.moved / s.frontier.total_staff
    equal = s.frontier.most_moves / s.frontier.total_staff
    return Picture(
        plots.frontier(
            curves,
            points={
                say.text("hari ini"): (0.0, float(s.frontier.gini(0))),
                say.text("rencana"): (share, s.gini_after),
                say.text("merata"): (equal, 0.0),
            },
            x_label=say.text("PNS yang berpindah, bagian dari semua PNS"),
            y_label=say.text("Gini PNS per kebutuhan"),
            language=say,
        ),
        caption=say.text(
            "Ketimpangan yang tersisa bila sekian bagian PNS berpindah ke provinsi yang paling "
            "kekurangan, menurut empat model kebutuhan, {tanggal}. Tidak ada rencana dengan jumlah "
            "perpindahan yang sama yang lebih merata. Titik: model {model}.",
            tanggal=say.date(p.date),
            model=model_label(p.need, p),
        ),
        alt=say.text(
            "Diagram garis menurun. Hari ini Gini {a}; bila {bagian} berpindah menurut rencana, "
            "{b}; merata bila {c} berpindah.",
            a=say.number(float(s.frontier.gini(0)), 3),
            bagian=say.percent(share),
            b=say.number(s.gini_after, 3),
            c=say.percent(equal),
        ),
    )


def frontier_table(s: Scenario, p: Redistribusi) -> Table:
    """Return the frontier at some shares of staff under each model, with the equal hires."""
    say = Language(p.language)
    rows = []
    for model, found in s.frontiers.items():
        most = found.most_moves
        steps = [(say.percent(k, 0), k * found.total_staff) for k in _SHARES]
        for label, moves in [*steps, (say.text("penuh"), most)]:
            if moves > most:
                continue
            left = float(found.gini(moves))
            rows.append(
                {
                    "model": model_label(model, p, short=True),
                    "budget": label,
                    "moves": moves,
                    "gini": left,
                    "floor": float(found.floor(moves)),
                    "ceiling": float(found.ceiling(moves)),
                    "hires": found.hires_for_gini(left),
                }
            )
    return Table(
        pd.DataFrame(rows),
        {
            "model": Column(say.text("Kebutuhan menurut")),
            "budget": Column(say.text("Berpindah")),
            "moves": Column(say.text("Orang"), "integer"),
            "gini": Column(say.text("Gini tersisa"), "number", 3),
            "floor": Column(say.text("Kecukupan terendah"), "number", 2),
            "ceiling": Column(say.text("Kecukupan tertinggi"), "number", 2),
            "hires": Column(say.text("Rekrutmen setara"), "integer"),
        },
        say.text(
            "Batas terbaik: berpindah 1%, 5%, 10% dari semua PNS, dan sebanyak yang diperlukan "
            "agar merata. Kecukupan 1 berarti tepat bagian yang merata. Rekrutmen setara: pegawai "
            "baru yang diperlukan untuk Gini yang sama tanpa perpindahan."
        ),
        say,
    )


def mix_table(s: Scenario, p: Redistribusi) -> Table:
    """Return three ways to the Gini of the plan."""
    say = Language(p.language)
    labels = {
        "moves only": say.text("hanya perpindahan"),
        "hires only": say.text("hanya rekrutmen"),
        "cheapest mix": say.text("campuran termurah"),
    }
    rows = s.mix.to_frame()
    return Table(
        rows.assign(way=rows["way"].map(labels)),
        {
            "way": Column(say.text("Cara")),
            "moves": Column(say.text("Berpindah"), "integer"),
            "hires": Column(say.text("Direkrut"), "integer"),
            "cost": Column(say.text("Biaya (satuan perpindahan)"), "integer"),
        },
        say.text(
            "Tiga cara mencapai Gini {gini} tanpa batas per provinsi, bila satu rekrutmen berbiaya "
            "{harga} kali satu perpindahan. Harga ini parameter, bukan hasil pengukuran.",
            gini=say.number(s.mix.target, 3),
            harga=say.number(p.hire_price, 1),
        ),
        say,
    )


def read_frontier(s: Scenario, p: Redistribusi) -> Reading:
    """Return the sentence that reads frontier and mix."""
    say = Language(p.language)
    today = float(s.frontier.gini(0))
    share = s.plan.moved / s.frontier.total_staff
    return Reading(
        (
            say.text(
                "Memindahkan {bagian} PNS menghilangkan {turun} dari ketimpangan hari ini. Untuk "
                "hasil yang sama tanpa memindahkan seorang pun, {rekrut} pegawai baru diperlukan: "
                "rekrutmen mengisi dari bawah tetapi tidak menurunkan yang berlebih. Dengan harga "
                "yang dipilih, campuran termurah memindahkan {x} dan merekrut {y} orang.",
                bagian=say.percent(share),
                turun=say.percent(1.0 - s.gini_after / today if today else 0.0, 0),
                rekrut=say.number(s.mix.hires_only),
                x=say.number(s.mix.moves),
                y=say.number(s.mix.hires),
            ),
        )
    )
