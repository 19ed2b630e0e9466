"""The table of report 18."""

from collections.abc import Sequence
from dataclasses import replace

from analysis.reports.briefs import table_of
from analysis.reports.display import Column, Table
from analysis.reports.risalah_penyederhanaan.alternatives import Alternative
from analysis.reports.risalah_penyederhanaan.findings import Choice
from analysis.reports.wording import Words


def alternatives(found: Sequence[Alternative], about: Choice, say: Words) -> Table:
    """Return what each alternative makes of the organisations, and what law it needs."""
    ways = {
        "tetap": say.label("susunan hari ini"),
        "bertahap": say.label("eselon IV dan V saja"),
        "aturan": say.label("menurut aturan"),
        "tanpa_kecuali": say.label("tanpa pengecualian"),
    }
    minister = {True: say.label("Menteri PANRB"), False: say.label("Mendagri")}
    names, powers, rows = {}, {}, []
    for each in found:
        key = f"{each.agency} {each.way}"
        names[key] = f"{each.agency}: {ways[each.way]}"
        powers[key] = {
            "tetap": "–",
            "tanpa_kecuali": say.label("Perubahan aturan"),
        }.get(each.way, minister[each.kind == "pusat"])
        rows.append(replace(each, way=key))
    columns = {
        "units": Column(say.label("Unit"), "integer"),
        "layers": Column(say.label("Jenjang pimpinan"), "integer"),
        "working": Column(say.label("Jenjang dengan peran"), "integer"),
        "structural": Column(say.label("Jabatan struktural"), "integer"),
        "functional": Column(say.label("Menjadi fungsional"), "integer"),
        "exempt": Column(say.label("Unit dikecualikan"), "integer"),
    }
    return table_of(rows, names, powers, columns, about, say)
