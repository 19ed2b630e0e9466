"""The plan as a workbook to save."""

import pandas as pd

from analysis.language import Language
from analysis.reports.citations import lines
from analysis.reports.display import Column, Download
from analysis.reports.redistribusi.rencana import moves_frame
from analysis.reports.redistribusi.skenario import Redistribusi, Scenario, key_figures, model_label
from analysis.reports.workbooks import Sheet, fingerprint, workbook

TABLES = ("pns_provinsi", "penduduk_provinsi", "wilayah_provinsi", "provinsi", "pemekaran")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def plan_workbook(s: Scenario, p: Redistribusi) -> Download:
    """Return the plan as a workbook to save."""
    say = Language(p.language)
    note = say.text(
        "Data PNS: {tanggal}. Kebutuhan menurut {model}.",
        tanggal=say.date(p.date),
        model=model_label(p.need, p),
    )
    people = Column(say.text("Orang")).label
    units = s.plan.to_frame().set_index("unit", drop=False)
    units = units.assign(nama=s.frame["nama"], pulau=s.frame["pulau"])
    figures = key_figures(s, p).figures
    summary = pd.DataFrame(
        [(figure.label, figure.value, figure.note) for figure in figures],
        columns=["label", "value", "note"],
    )
    chosen = p.model_dump(mode="json")
    parameters = pd.DataFrame(
        [(name, str(value)) for name, value in chosen.items()], columns=["name", "value"]
    )
    sources = pd.DataFrame({"line": list(lines(TABLES, p.language))})
    heading = say.text("Rencana redistribusi PNS")
    sheets = [
        Sheet(
            say.text("Ringkasan"),
            heading,
            note,
            summary,
            {
                "label": (say.text("Hasil"), "text"),
                "value": (say.text("Nilai"), "text"),
                "note": (say.text("Keterangan"), "text"),
            },
        ),
        Sheet(
            say.text("Perpindahan"),
            heading,
            note,
            moves_frame(s),
            {
                "origin": (say.text("Kode asal"), "text"),
                "origin_name": (say.text("Asal"), "text"),
                "destination": (say.text("Kode tujuan"), "text"),
                "destination_name": (say.text("Tujuan"), "text"),
                "people": (people, "integer"),
                "km": (say.text("Jarak (km)"), "number"),
            },
        ),
        Sheet(
            say.text("Unit"),
            heading,
            note,
            units,
            {
                "unit": (say.text("Kode"), "text"),
                "nama": (say.text("Provinsi"), "text"),
                "pulau": (say.text("Kelompok pulau"), "text"),
                "need": (say.text("Kebutuhan"), "integer"),
                "staff": (say.text("PNS sebelum"), "integer"),
                "losses": (say.text("Keluar"), "integer"),
                "gains": (say.text("Masuk"), "integer"),
                "staff_after": (say.text("PNS sesudah"), "integer"),
                "adequacy": (say.text("Kecukupan sebelum"), "number"),
                "adequacy_after": (say.text("Kecukupan sesudah"), "number"),
            },
        ),
        Sheet(
            say.text("Parameter"),
            heading,
            note,
            parameters,
            {"name": (say.text("Parameter"), "text"), "value": (say.text("Nilai"), "text")},
        ),
        Sheet(say.text("Sumber"), heading, note, sources, {"line": (say.text("Sumber"), "text")}),
    ]
    book = workbook(sheets)
    return Download(
        f"redistribusi-{p.date:%Y-%m-%d}.xlsx",
        book,
        _XLSX,
        say.text("Unduh rencana lengkap sebagai buku kerja Excel"),
        fingerprint(book),
    )
