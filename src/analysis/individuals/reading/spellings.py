"""One spelling for codes: III/c for 3c, "III C" and "III/c (Penata)", 05 for 5, M for Pria.

Only what can mean one code alone is changed; the rest stays as it is written, and a rule finds it.
"""

import re
from collections.abc import Collection, Mapping

from analysis.individuals.schema import CodeLists, Column, Table

_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}
_PNS = re.compile(r"(?:GOL\w*\.?\s*)?([1-4]|I{1,3}|IV)\s*[/.\-]?\s*([A-E])(?:\s*\(.*\))?")
_PPPK = re.compile(r"(?:GOL\w*\.?\s*)?([IVX]+)(?:\s*\(?PPPK\)?)?")

# What values are called elsewhere, by column. "P" alone is not among those of sex: it is short for
# *perempuan* beside L, and for *pria* beside W.
_ALSO: Mapping[str, Mapping[str, str]] = {
    "jenisKelamin": {
        "L": "M",
        "LAKI-LAKI": "M",
        "LAKI LAKI": "M",
        "PRIA": "M",
        "PEREMPUAN": "F",
        "WANITA": "F",
        "W": "F",
    },
    "statusPegawai": {"P": "PNS", "C": "CPNS", "P3K": "PPPK"},
    "tkPendidikanTerakhir": {
        "SD": "05",
        "SMP": "10",
        "SMA": "15",
        "D1": "20",
        "D-I": "20",
        "D2": "25",
        "D-II": "25",
        "D3": "30",
        "D-III": "30",
        "D4": "35",
        "D-IV": "35",
        "S1": "40",
        "S-1": "40",
        "S2": "45",
        "S-2": "45",
        "S3": "50",
        "S-3": "50",
    },
    "eselonId": {"0": "", "00": ""},
    "EselonId": {"0": "", "00": ""},
}


def spellings(
    column: Column, written: Collection[str], codes: CodeLists, said: Mapping[str, str]
) -> dict[str, str]:
    """Return what values of a column become; an empty text where they mean that there is none.

    Parameters
    ----------
    column : Column
        A column with code lists.
    written : collection of str
        The values that stand there.
    codes : CodeLists
    said : mapping of str to str
        What a mapping says of values; it goes first.

    Returns
    -------
    dict of str to str
        Only of values that change.
    """
    known = codes.values(column)
    by_form = _by_form(column, codes, known)
    if column.name == "jenisKelamin":
        others = {value.strip().upper() for value in written}
        if "L" in others or "LAKI-LAKI" in others:
            by_form["P"] = "F"
        elif "W" in others:
            by_form["P"] = "M"
    found = {}
    for value in written:
        meant = said.get(value)
        if meant is None and value not in known:
            meant = _meant(column, value, by_form)
        if meant is not None and meant != value:
            found[value] = meant
    return found


def names_of_codes(
    table: Table, there: Collection[str], codes: CodeLists
) -> dict[str, tuple[str, dict[str, str]]]:
    """Return the columns of codes that an extract lacks, though it has one of their names.

    Parameters
    ----------
    table : Table
    there : collection of str
        The columns that the extract has.
    codes : CodeLists

    Returns
    -------
    dict of str to (str, dict of str to str)
        By column, that of the names, and the code of each name that only one code has.
    """
    named = {
        each.lists[0][0]: each.name
        for each in table
        if each.name in there and len(each.lists) == 1 and each.lists[0][1] == "nama"
    }
    found = {}
    for column in table:
        ((listed, part), *others) = column.lists or (("", ""),)
        if column.name not in there and listed in named and part == "kode" and not others:
            code_of = codes.of(listed)
            names = list(code_of.values())
            one = {name: code for code, name in code_of.items() if names.count(name) == 1}
            found[column.name] = (named[listed], one)
    return found


def _by_form(column: Column, codes: CodeLists, known: Collection[str]) -> dict[str, str]:
    """Return the code for each form that a value may have, in capitals."""
    found = {code.upper(): code for code in known}
    for name, part in column.lists:
        if name == "golongan_pppk":
            continue  # their codes were not checked
        listed = codes.of(name)
        names = list(listed.values())
        for code, label in listed.items():
            value = code if part == "kode" else label
            if names.count(label) == 1:
                found.setdefault(label.upper(), value)
            found.setdefault(code.upper(), value)
            if code.isdigit():
                found.setdefault(str(int(code)), value)
                found.setdefault(f"{int(code)}.0", value)
                found.setdefault(f"0{int(code)}", value)
    return found | dict(_ALSO.get(column.name, {}))


def _meant(column: Column, value: str, by_form: Mapping[str, str]) -> str | None:
    form = " ".join(value.upper().split())
    if form in by_form:
        return by_form[form]
    if column.name == "golRuangAkhir":
        if pns := _PNS.fullmatch(form):
            step = f"{_ROMAN.get(pns[1], pns[1])}/{pns[2].lower()}"
            return by_form.get(step.upper())
        if pppk := _PPPK.fullmatch(form):
            return by_form.get(pppk[1])
    return None
