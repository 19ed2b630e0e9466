"""The kabupaten, kota and province that a place of work is in, by its name."""

from collections.abc import Collection, Mapping

import ibis
import ibis.expr.types as ir

from analysis.datasets import load_kabkota, load_regions
from analysis.datasets.office_tables import Note
from analysis.geography.codebook import CodeBook


def places_of(
    names: Collection[str], cell: ir.StringValue, there: Mapping[str, ir.Value]
) -> tuple[dict[str, ir.Value], list[Note]]:
    """Return `provinsi` and `kabkota` by the names of places, unless the extract has them.

    Parameters
    ----------
    names : collection of str
        All names that stand in the column.
    cell : StringValue
        The column of names.
    there : mapping of str to Value
        The columns of the extract.

    Returns
    -------
    dict of str to Value
        Missing where a name means no place, or more than one (a kabupaten and a kota).
    list of Note
        How many names were not known.
    """
    if not names or {"provinsi", "kabkota"} & set(there):
        return {}, []
    kabkota, provinces = {}, {}
    books = (load_kabkota().book, load_regions().book)
    for name in names:
        code = _code(name, books)
        if code is not None:
            provinces[name] = code[:2]
            if len(code) > 2:
                kabkota[name] = code
    said: dict[str, object] = {
        "column": "lokasiKerja",
        "count": len(names),
        "unknown": len(names) - len(provinces),
    }
    found = {"provinsi": _looked_up(cell, provinces), "kabkota": _looked_up(cell, kabkota)}
    return found, [Note("numbers", "places", values=said)]


def _code(name: str, books: tuple[CodeBook, ...]) -> str | None:
    """Return the code of the kabupaten, kota or province that a name means, if it means one."""
    for book in books:
        meant = book.index.meant(name)
        if len(meant) == 1:
            return str(next(iter(meant)))
    return None


def _looked_up(cell: ir.StringValue, codes: Mapping[str, str]) -> ir.Value:
    if not codes:
        return ibis.null(str)
    return ibis.cases(*((cell == name, code) for name, code in codes.items()))
