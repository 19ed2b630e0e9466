"""Tables with columns for each post, which are no job map until they are turned."""

from analysis.datasets.job_map.fields import FIELDS
from analysis.datasets.office_tables import OfficeTable
from analysis.datasets.office_tables.personal import normalised
from analysis.errors import DataError
from analysis.messages import some

_SYNONYMS = {each.name: each.synonyms for each in FIELDS}


def refuse_wide(table: OfficeTable) -> None:
    """Refuse a table that has a column of staff and a column of need for each of several posts.

    They are recognised by their headings: the name of a post before or after what means staff and
    need, such as "Perawat B" and "Perawat K".

    Raises
    ------
    DataError
        Naming columns, and what to do.
    """
    staff, need = (_posts(table, field) for field in ("bezetting", "kebutuhan"))
    posts = [post for post in staff if post in need]
    if len(posts) < 2:
        return
    shown = some(
        f"{table.at[table.position(staff[post])]} ({staff[post]}) and "
        f"{table.at[table.position(need[post])]} ({need[post]})"
        for post in posts
    )
    raise DataError(
        f"{table.what}: {len(posts)} posts have columns of their own, {shown}. One row for each "
        "unit and post is needed, with the columns unit, jabatan, bezetting, kebutuhan. Turn the "
        "table: in Excel mark it, choose Data, From Table/Range, then Transform, Unpivot Other "
        "Columns with the unit marked; in LibreOffice copy the columns of each post below each "
        "other, with its name in a column."
    )


def _posts(table: OfficeTable, field: str) -> dict[str, str]:
    """Return the headings that a post's name stands in beside a synonym of the field, by post."""
    found: dict[str, str] = {}
    for heading in table.headings:
        name = normalised(heading)
        for word in sorted(_SYNONYMS[field], key=len, reverse=True):
            before, after = name.removesuffix(f" {word}"), name.removeprefix(f"{word} ")
            post = before if before != name else after
            if post != name:
                found.setdefault(post, heading)
                break
    return found
