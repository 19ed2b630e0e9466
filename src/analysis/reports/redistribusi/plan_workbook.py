"""The plan as a workbook to save."""

import pandas as pd

from analysis.redistribution import Plan
from analysis.reports import common
from analysis.reports.display import Download, KeyFigures
from analysis.reports.redistribusi.parameters import Redistribusi
from analysis.reports.redistribusi.plan_findings import Dated
from analysis.reports.redistribusi.tables import all_moves
from analysis.reports.wording import Words
from analysis.reports.workbooks import Sheet


def download(
    provinces: pd.DataFrame,
    plan: Plan,
    key: KeyFigures,
    sources: common.Sources,
    p: Redistribusi,
    say: Words,
) -> Download:
    """Return the plan as a workbook to save."""
    found = Dated(p.date, p.need)
    note, heading = say.line("workbook.note", found), say.line("workbook.heading", found)
    units = plan.to_frame().set_index("unit", drop=False)
    units = units.assign(nama=provinces["nama"], pulau=provinces["pulau"])
    summary = pd.DataFrame(
        [(figure.label, figure.value, figure.note) for figure in key.figures],
        columns=["label", "value", "note"],
    )
    chosen = p.model_dump(mode="json")
    parameters = pd.DataFrame(
        [(name, str(value)) for name, value in chosen.items()], columns=["name", "value"]
    )
    lines = pd.DataFrame({"line": list(say.lines("sources.text", sources))})
    sheets = [
        Sheet(
            say.label("Ringkasan"),
            heading,
            note,
            summary,
            {
                "label": (say.label("Hasil"), "text"),
                "value": (say.label("Nilai"), "text"),
                "note": (say.label("Keterangan"), "text"),
            },
        ),
        Sheet(
            say.label("Perpindahan"),
            heading,
            note,
            all_moves(provinces, plan),
            {
                "origin": (say.label("Kode asal"), "text"),
                "origin_name": (say.label("Asal"), "text"),
                "destination": (say.label("Kode tujuan"), "text"),
                "destination_name": (say.label("Tujuan"), "text"),
                "people": (say.label("Orang"), "integer"),
                "km": (say.label("Jarak (km)"), "number"),
            },
        ),
        Sheet(
            say.label("Unit"),
            heading,
            note,
            units,
            {
                "unit": (say.label("Kode"), "text"),
                "nama": (say.label("Provinsi"), "text"),
                "pulau": (say.label("Kelompok pulau"), "text"),
                "need": (say.label("Kebutuhan"), "integer"),
                "staff": (say.label("PNS sebelum"), "integer"),
                "losses": (say.label("Keluar"), "integer"),
                "gains": (say.label("Masuk"), "integer"),
                "staff_after": (say.label("PNS sesudah"), "integer"),
                "adequacy": (say.label("Kecukupan sebelum"), "number"),
                "adequacy_after": (say.label("Kecukupan sesudah"), "number"),
            },
        ),
        Sheet(
            say.label("Parameter"),
            heading,
            note,
            parameters,
            {"name": (say.label("Parameter"), "text"), "value": (say.label("Nilai"), "text")},
        ),
        Sheet(say.label("Sumber"), heading, note, lines, {"line": (say.label("Sumber"), "text")}),
    ]
    label = say.line("workbook.label", found)
    return Download.of_sheets(f"redistribusi-{p.date:%Y-%m-%d}", sheets, label)
