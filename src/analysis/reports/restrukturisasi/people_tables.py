"""The tables and figures of people in report 10; what is hidden is said to be."""

import datetime as dt

import pandas as pd

from analysis import plots
from analysis.reports.display import Column, Picture, Table
from analysis.reports.gated import counted
from analysis.reports.restrukturisasi import people_findings
from analysis.reports.restrukturisasi.people import STATES, TOTAL, People
from analysis.reports.wording import Words

_EDUCATION = {35: "S-1/D-IV", 45: "S-2"}  # codes of SIASN
_ESTABLISHED = {
    "units": "Unit",
    "layers": "Jenjang pimpinan",
    "structural_posts": "Jabatan struktural",
    "family_need": "Kebutuhan keluarga jabatan yang diatur",
}
_KINDS = {
    "struktural": "Pejabat struktural",
    "fungsional": "Pejabat fungsional",
    "pelaksana": "Pelaksana",
}
_MEASURES = {
    "span": ("Rentang kendali rata-rata", 2),
    "staff_per_unit": ("Pegawai per unit", 2),
    "path": ("Pimpinan di atas seorang pegawai, rata-rata", 2),
    "unfilled": ("Kebutuhan yang belum terisi", 0),
    "surplus": ("Kelebihan dari kebutuhan", 0),
    "lowest": ("Kecukupan terendah", 2),
    "gini": ("Gini kecukupan, keluarga jabatan menurut kabupaten/kota", 3),
    "hoover": ("Hoover kecukupan, keluarga jabatan menurut kabupaten/kota", 3),
    "gini_places": ("Gini kecukupan semua jabatan, antarkabupaten/kota", 4),
    "gini_units": ("Gini jumlah pegawai antarunit", 3),
}
_OVER = {
    ("unit", "all"): "Pegawai, antarunit",
    ("unit", "functional"): "Pejabat fungsional, antarunit",
    ("unit", "adequacy"): "Kecukupan, antarunit",
    ("place", "all"): "Pegawai, antarkabupaten/kota",
    ("place", "functional"): "Pejabat fungsional, antarkabupaten/kota",
    ("place", "adequacy"): "Kecukupan, antarkabupaten/kota",
}
_INDICATORS = {
    "layers": "Jenjang pimpinan",
    "span": "Rentang kendali rata-rata",
    "span_median": "Rentang kendali, median",
    "path": "Pimpinan di atas seorang pegawai, rata-rata",
}
_OUTCOMES = {
    "equalised": "disetarakan",
    "conditional": "disetarakan bersyarat",
    "unplaced": "tidak disetarakan",
    "discharge": "di antaranya diberhentikan dengan hormat",
    "waiting_pay": "di antaranya mendapat uang tunggu",
    "not_named": "di antaranya tidak disebut Pasal 241",
    "unknown": "di antaranya tidak diketahui usia atau masa kerjanya",
}
_ASKED = {
    "bersyarat": "Pendidikan paling rendah, bersyarat",
    "tidak_setara": "Pendidikan paling rendah, tidak disetarakan",
    "sisa_masa": "Sisa masa sebelum pensiun, bersyarat",
    "angka_kredit_tahunan": "Angka kredit setahun",
    "angka_kredit_pangkat": "Angka kredit kenaikan pangkat",
    "angka_kredit_jenjang": "Angka kredit kenaikan jenjang",
    "angka_kredit_peran": "Tambahan angka kredit bagi peran",
}


def three_states(people: People, found: people_findings.States, say: Words) -> Table:
    """Return the table of today, restructured and redistributed."""
    rows = [
        (label, *(_number(people.established(name, s), say) for s in STATES))
        for name, label in _ESTABLISHED.items()
    ]
    ends = {s: people.posts("today" if s == "today" else "restructured") for s in STATES}
    rows += [
        (label, *(_number(ends[s].get(kind, 0), say) for s in STATES))
        for kind, label in _KINDS.items()
    ]
    known = people.tables["states"]
    for name, (label, decimals) in _MEASURES.items():
        there = set(known.loc[known["measure"] == name, "state"])
        if not there:
            continue  # such as of places, where there is one
        cells = [
            _number(people.measure(name, s), say, decimals) if s in there else "–" for s in STATES
        ]
        rows.append((label, *cells))
    members = people.counts("families", "origin")
    staff = [_number(members.get(o, 0), say) for o in ("there", TOTAL, TOTAL)]
    rows.append(("Pegawai keluarga jabatan yang diatur", *staff))
    rows.append(("Pegawai yang dipindah", "0", "0", _number(members.get("moved", 0), say)))
    frame = pd.DataFrame(rows, columns=["what", *STATES])
    columns = {
        "what": Column(say.label("Ukuran")),
        "today": Column(say.label("Hari ini")),
        "restructured": Column(say.label("Sesudah restrukturisasi")),
        "redistributed": Column(say.label("Sesudah redistribusi")),
    }
    return say.table(_labelled(frame, say), columns, "states", found)


def redrawn(people: People, found: people_findings.Redrawn, say: Words) -> Table:
    """Return how the Gini index changed by boxes and by people; the parts add up."""
    frame = people.tables["redrawn"].copy()
    frame["what"] = [_OVER[pair] for pair in zip(frame["over"], frame["of"], strict=True)]
    frame["boxes"] = frame["redrawn"] - frame["before"]
    frame["people"] = frame["after"] - frame["redrawn"]
    columns = {
        "what": Column(say.label("Gini")),
        "before": Column(say.label("Hari ini"), "number", 4),
        "boxes": Column(say.label("Karena kotak digambar ulang"), "signed_number", 4),
        "people": Column(say.label("Karena orang berganti jabatan"), "signed_number", 4),
        "after": Column(say.label("Sesudah restrukturisasi"), "number", 4),
    }
    return say.table(_labelled(frame, say), columns, "redrawn", found)


def attribution(people: People, found: people_findings.Counted, say: Words) -> Table:
    """Return the Shapley split of the change of layers, span and path."""
    frame = people.tables["attribution"].copy()
    frame["what"] = frame["indicator"].map(_INDICATORS)
    frame["after"] = frame[["before", "boxes", "moves", "class"]].sum(axis=1, skipna=False)
    columns = {
        "what": Column(say.label("Ukuran")),
        "before": Column(say.label("Hari ini"), "number", 3),
        "boxes": Column(say.label("Kotak yang hilang"), "signed_number", 3),
        "moves": Column(say.label("Orang yang pindah unit"), "signed_number", 3),
        "class": Column(say.label("Jabatan yang menjadi fungsional"), "signed_number", 3),
        "after": Column(say.label("Sesudah restrukturisasi"), "number", 3),
    }
    return say.table(_labelled(frame, say), columns, "attribution", found)


def adequacy(people: People, found: people_findings.Counted, say: Words) -> Table:
    """Return units by how much of their need is filled."""
    frame = people.tables["adequacy"]
    order = frame["band"].drop_duplicates()
    wide = frame.pivot(index="band", columns="state", values="units").reindex(order).reset_index()
    wide["band"] = [_band(band, say) for band in wide["band"]]
    columns = {
        "band": Column(say.label("Pegawai per kebutuhan")),
        "today": counted(say.label("Unit hari ini"), say),
        "restructured": counted(say.label("Unit sesudah restrukturisasi"), say),
    }
    return say.table(wide, columns, "adequacy", found)


def pyramid(people: People, found: people_findings.Levels, say: Words) -> Picture:
    """Return people by level of their posts, today and restructured."""
    levels = (*people_findings.ECHELONS, *people_findings.FUNCTIONAL_LEVELS)
    order = (*levels, "no_level", "pelaksana")
    states = (people.posts("today"), people.posts("restructured"))
    return _two_states(*states, order, "pyramid", found, say)


def retirement(people: People, found: people_findings.Retiring, say: Words) -> Picture:
    """Return people by year of retirement, of the posts today and restructured."""
    states = (people.retirement("today"), people.retirement("restructured"))
    order = ("overdue", *people_findings.YEARS, "unknown")
    return _two_states(*states, order, "retirement", found, say)


def readings(people: People, found: people_findings.Readings, say: Words) -> Table:
    """Return what becomes of those whose posts close under both readings."""
    lenient = people.counts("outcomes", "outcome")
    strict = people.counts("readings", "outcome_strict")
    rows = [
        (label, lenient.get(name, 0), strict.get(name, 0))
        for name, label in _OUTCOMES.items()
        if name in lenient or name in strict
    ]
    frame = _whole(pd.DataFrame(rows, columns=["what", "lenient", "strict"]))
    columns = {
        "what": Column(say.label("Pejabat yang jabatannya ditutup")),
        "lenient": counted(say.label("Tafsir: uji kompetensi"), say),
        "strict": counted(say.label("Tafsir: tidak disetarakan"), say),
    }
    return say.table(_labelled(frame, say), columns, "readings", found)


def families(people: People, found: people_findings.Counted, say: Words) -> Table:
    """Return people placed anew by the reform, by functional family, and who would move."""
    names = people.counts("families", "family", origin="newly")
    moved = people.counts("families", "family", origin="moved")
    after = people.counts("families", "family")
    there = [name for name, n in names.items() if n != 0 and name != TOTAL]
    rows = [
        (name, *(part.get(name, 0) for part in (names, moved, after))) for name in [*there, TOTAL]
    ]
    frame = _whole(pd.DataFrame(rows, columns=["what", "newly", "moved", "after"]))
    frame["what"] = frame["what"].map(say.language.name).replace(TOTAL, say.label("Semuanya"))
    columns = {
        "what": Column(say.label("Keluarga jabatan fungsional")),
        "newly": counted(say.label("Ditempatkan karena restrukturisasi"), say),
        "moved": counted(say.label("Di antaranya dipindah menurut rencana"), say),
        "after": counted(say.label("Pegawai sesudahnya"), say),
    }
    return say.table(frame, columns, "families", found)


def rules(people: People, found: people_findings.Counted, say: Words) -> Table:
    """Return how the result changes without each rule."""
    frame = people.tables["rules"]
    names = {
        "units": "Unit",
        "layers": "Jenjang",
        "structural": "Pejabat struktural",
        "functional": "Pejabat fungsional",
        "unplaced": "Tidak disetarakan",
        "conditional": "Bersyarat",
    }
    columns = {"rule": Column(say.label("Tanpa aturan"))}
    columns |= {name: counted(say.label(label), say, "signed") for name, label in names.items()}
    return say.table(frame, columns, "people_rules", found)


def requirements(table: pd.DataFrame, found: people_findings.Asked, say: Words) -> Table:
    """Return what each regime asks, with what it rests on."""
    frame = pd.DataFrame(
        {
            "what": table["action"].map(_ASKED),
            "level": table["level"].replace("", None),
            "value": [_asked(row, say) for row in table.itertuples()],
            "years": table["largest"].where(table["action"] == "bersyarat"),
            "basis": table["basis"].str.partition(" tentang ")[0],
            "article": table["article"].replace("", None),
            "in_force": [
                _in_force(start, end, say)
                for start, end in zip(table["start"], table["end"], strict=True)
            ],
            "verification": table["verification"],
        }
    )
    columns = {
        "what": Column(say.label("Yang diminta")),
        "level": Column(say.label("Jenjang")),
        "value": Column(say.label("Nilai")),
        "years": Column(say.label("Dipenuhi dalam tahun"), "integer"),
        "basis": Column(say.label("Dasar")),
        "article": Column(say.label("Pasal")),
        "in_force": Column(say.label("Berlaku")),
        "verification": Column(say.label("Verifikasi")),
    }
    return say.table(_labelled(frame, say), columns, "requirements", found)


def _two_states(
    today: dict[str, int | None],
    later: dict[str, int | None],
    order: tuple[str, ...],
    group: str,
    found: people_findings.Counted,
    say: Words,
) -> Picture:
    shown = [label for label in order if today.get(label, 0) != 0 or later.get(label, 0) != 0]
    names = [_label(label, group, say) for label in shown]
    before, after = (
        pd.Series([part.get(label, 0) for label in shown], index=names, dtype="Int64")
        for part in (today, later)
    )
    figure = plots.grouped_bars(
        before,
        after,
        before_label=say.label("Hari ini"),
        after_label=say.label("Sesudah restrukturisasi"),
        axis_label=say.label("Pegawai"),
        missing_label=say.label("disembunyikan"),
        language=say.language,
    )
    return say.picture(figure, group, found)


def _label(label: str, group: str, say: Words) -> str:
    if group == "retirement":
        special = {"overdue": "sudah lewat", "unknown": "tidak diketahui"}
        if label in special:
            return say.label(special[label])
        return say.language.text("Tahun ke-{n}", n=label)
    if label in people_findings.ECHELONS:
        return say.language.name(f"Eselon {label}")
    return say.language.name("tanpa jenjang" if label == "no_level" else label)


def _number(value: float | None, say: Words, decimals: int = 0) -> str:
    """Return a number in a column of several units, each with its own decimals."""
    if value is None or pd.isna(value):
        return say.label("disembunyikan")
    return say.language.number(value, decimals)


def _whole(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose numbers are whole, missing where they are hidden."""
    return frame.astype(dict.fromkeys(frame.columns[1:], "Int64"))


def _band(band: str, say: Words) -> str:
    low, *high = [say.language.percent(float(bound), 0) for bound in band.split()]
    if not high:
        return say.language.text("{low} atau lebih", low=low)
    return say.language.text("{low} sampai di bawah {high}", low=low, high=high[0])


def _asked(row: object, say: Words) -> str:
    value, unit = row.value, row.unit  # type: ignore[attr-defined]
    if unit == "kode tingkat pendidikan SIASN":
        return _EDUCATION.get(int(value), f"{value:g}")
    if unit.startswith("bagian"):
        return say.language.percent(value, 0)
    if unit == "tahun sebelum BUP":
        years = "1 tahun" if value == 1 else "{n} tahun"
        return say.language.text(years, n=say.language.number(value))
    return say.language.number(value, 0 if float(value).is_integer() else 1)


def _in_force(start: dt.date, end: dt.date | None, say: Words) -> str:
    """Return the first day, and the last if it is known."""
    first = say.language.date(start)
    return first if pd.isna(end) else f"{first} – {say.language.date(end)}"


def _labelled(frame: pd.DataFrame, say: Words) -> pd.DataFrame:
    return frame.assign(what=[say.label(str(what)) for what in frame["what"]])
