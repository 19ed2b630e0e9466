"""The tables of report 10."""

import pandas as pd

from analysis.reports.display import Column, Table
from analysis.reports.restrukturisasi import findings
from analysis.reports.restrukturisasi.matching import Beside
from analysis.reports.wording import Words
from analysis.restructuring import Restructuring

_STATUS = {"retained": "tetap", "exempt": "dikecualikan", "dissolved": "dibubarkan"}


def structure(
    change: findings.Change, functional: int, found: findings.Subject, say: Words
) -> Table:
    """Return the indicators of structure before and after."""
    rows = [
        (say.label("Unit"), change.before, change.after),
        (say.label("Jenjang pimpinan"), change.layers, change.layers_after),
        (say.label("Jenjang dengan peran, seperti bekerjanya"), change.layers, change.de_facto),
        (say.label("Jabatan struktural"), change.structural, change.structural_after),
        (say.label("Jabatan fungsional hasil penyetaraan"), 0, functional),
    ]
    frame = pd.DataFrame(rows, columns=["what", "before", "after"])
    columns = {
        "what": Column(say.label("Ukuran")),
        "before": Column(say.label("Sebelum"), "integer"),
        "after": Column(say.label("Sesudah"), "integer"),
        "change": Column(say.label("Perubahan"), "signed"),
    }
    shown = frame.assign(change=frame["after"] - frame["before"])
    return say.table(shown, columns, "structure", found)


def rules(table: pd.DataFrame, found: findings.Applied, say: Words) -> Table:
    """Return the rules that decided, with what they rest on."""
    columns = {
        "rule": Column(say.label("Aturan")),
        "units": Column(say.label("Unit atau jabatan"), "integer"),
        "basis": Column(say.label("Dasar")),
        "article": Column(say.label("Pasal")),
        "start": Column(say.label("Berlaku sejak")),
        "verification": Column(say.label("Verifikasi")),
    }
    shown = table.assign(
        basis=table["basis"].str.partition(" tentang ")[0],
        start=[say.language.date(day) for day in table["start"]],
        article=table["article"].replace("", None),
    )
    return say.table(shown, columns, "rules", found)


def units(found: Restructuring, said: findings.Crosswalk, say: Words) -> Table | None:
    """Return every unit and what became of it; None where the workbook holds them only."""
    if not said.listed:
        return None
    columns = {
        "name": Column(say.label("Unit")),
        "eselon": Column(say.label("Eselon")),
        "status": Column(say.label("Menjadi")),
        "new_name": Column(say.label("Unit penerima")),
        "rule": Column(say.label("Aturan")),
    }
    return say.table(crosswalk(found, say), columns, "crosswalk", said)


def crosswalk(found: Restructuring, say: Words) -> pd.DataFrame:
    """Return every unit before with its successor, in words."""
    table = found.crosswalk()
    names = found.before.units["name"].astype(str)
    table["new_name"] = table["new_unit"].map(names)
    table["status"] = [say.label(_STATUS[str(status)]) for status in table["status"]]
    return table.astype({"name": "str", "rule": "str", "agency": "str"})


def compared(state: Beside, found: findings.Compared, say: Words) -> Table:
    """Return the modelled office beside the real one, a unit a row."""
    name = say.language.name
    columns = {
        "name": Column(say.label("Unit sebelum")),
        "eselon": Column(say.label("Eselon")),
        "model": Column(say.label("Menurut aturan")),
        "real_name": Column(say.label("Unit nyata sesudah")),
        "real": Column(say.label("Nyata")),
        "role": Column(say.label("Peran")),
        "reason": Column(say.label("Alasan padanan")),
        "agreement": Column(say.label("Dibanding aturan")),
    }
    shown = state.units.assign(
        agreement=state.units["agreement"].map(name), reason=state.units["reason"].map(name)
    )
    return say.table(shown, columns, "compared", found)


def runs(table: pd.DataFrame, found: findings.Runs, say: Words) -> Table:
    """Return what the rules make of every public tree."""
    columns = {
        "agency": Column(say.label("Instansi")),
        "state": Column(say.label("Keadaan sumber")),
        "units": Column(say.label("Unit"), "integer"),
        "dissolved": Column(say.label("Dibubarkan"), "integer"),
        "exempt": Column(say.label("Dikecualikan"), "integer"),
        "units_after": Column(say.label("Unit sesudah"), "integer"),
        "layers": Column(say.label("Jenjang"), "integer"),
        "layers_after": Column(say.label("Jenjang sesudah"), "integer"),
        "de_facto": Column(say.label("Dengan peran"), "integer"),
        "structural_after": Column(say.label("Jabatan struktural sesudah"), "integer"),
        "inferred": Column(say.label("Isian yang disimpulkan"), "integer"),
    }
    shown = table.assign(state=table["state"].map(say.language.name))
    return say.table(shown, columns, "runs", found)


def sensitivity(table: pd.DataFrame, found: findings.Sensitive, say: Words) -> Table:
    """Return how the result changes without each rule."""
    columns = {
        "rule": Column(say.label("Tanpa aturan")),
        "units": Column(say.label("Unit"), "signed"),
        "layers": Column(say.label("Jenjang"), "signed"),
        "structural": Column(say.label("Jabatan struktural"), "signed"),
        "functional": Column(say.label("Jabatan fungsional"), "signed"),
        "unplaced": Column(say.label("Tanpa jabatan"), "signed"),
    }
    return say.table(table, columns, "sensitivity", found)
