"""The crosswalk of units and the ledger of posts as a workbook to save; there are no people."""

import pandas as pd

from analysis.reports.display import Download
from analysis.reports.restrukturisasi import findings, tables
from analysis.reports.restrukturisasi.inputs import Case
from analysis.reports.wording import Words
from analysis.reports.workbooks import Sheet
from analysis.restructuring import Restructuring

_STATUS = {
    "kept": "tetap",
    "moved": "pindah unit",
    "merged": "digabung",
    "closed": "ditutup",
    "replaced": "disetarakan",
    "ended": "ditutup",
}


def download(case: Case, found: Restructuring, rules: pd.DataFrame, say: Words) -> Download:
    """Return the workbook: units, posts and the rules that decided."""
    posts = ledger(found, say)
    said = findings.Workbook(case.agency, len(case.units), len(posts))
    heading, note = say.line("workbook.heading", said), say.line("workbook.note", said)
    sheets = [
        Sheet(
            say.label("Unit"),
            heading,
            note,
            tables.crosswalk(found, say),
            {
                "unit": (say.label("Kode unit"), "text"),
                "name": (say.label("Unit"), "text"),
                "parent": (say.label("Unit induk"), "text"),
                "eselon": (say.label("Eselon"), "text"),
                "status": (say.label("Menjadi"), "text"),
                "new_unit": (say.label("Kode unit penerima"), "text"),
                "new_name": (say.label("Unit penerima"), "text"),
                "rule": (say.label("Aturan"), "text"),
            },
        ),
        Sheet(
            say.label("Jabatan"),
            heading,
            note,
            posts,
            {
                "post": (say.label("Kode jabatan"), "text"),
                "title": (say.label("Jabatan"), "text"),
                "unit": (say.label("Kode unit"), "text"),
                "eselon": (say.label("Eselon"), "text"),
                "seats": (say.label("Formasi"), "integer"),
                "status": (say.label("Menjadi"), "text"),
                "new_post": (say.label("Kode jabatan pengganti"), "text"),
                "new_title": (say.label("Jabatan pengganti"), "text"),
                "jenjang": (say.label("Jenjang"), "text"),
                "rule": (say.label("Aturan"), "text"),
            },
        ),
        Sheet(
            say.label("Aturan"),
            heading,
            note,
            rules.assign(start=rules["start"].astype(str)),
            {
                "rule": (say.label("Aturan"), "text"),
                "units": (say.label("Unit atau jabatan"), "integer"),
                "basis": (say.label("Dasar"), "text"),
                "article": (say.label("Pasal"), "text"),
                "start": (say.label("Berlaku sejak"), "text"),
                "verification": (say.label("Verifikasi"), "text"),
                "source": (say.label("Sumber"), "text"),
                "note": (say.label("Catatan sumber"), "text"),
            },
        ),
    ]
    label = say.line("workbook.label", said)
    return Download.of_sheets(f"{say.label('restrukturisasi')}_{case.name}", sheets, label)


def ledger(found: Restructuring, say: Words) -> pd.DataFrame:
    """Return every post before with its successor; no post has a person's name."""
    table = found.posts()
    after = found.after.posts
    new = after.reindex(pd.Index(table["new_post"]))
    levels = new["jenjang"].astype("str").to_numpy()
    return table.assign(
        status=[say.label(_STATUS[str(status)]) for status in table["status"]],
        seats=found.before.posts["seats"].to_numpy(),
        new_title=new["title"].astype("str").to_numpy(),
        jenjang=levels,
        title=table["title"].astype("str"),
        rule=table["rule"].astype("str"),
    )
