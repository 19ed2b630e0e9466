"""Parents of units, where a file does not say them: inferred from the order of its rows."""

import pandas as pd

ECHELONS = ("I", "II", "III", "IV", "V")
_RANK = {echelon: rank for rank, echelon in enumerate(ECHELONS, start=1)}


def parents_from_order(units: pd.Series, echelons: pd.Series, groups: pd.Series) -> pd.Series:
    """Return for each unit the last one above it in the list that is of a higher echelon.

    Lists of posts are written from the top: the head of an office, a division, its sections, the
    next division. A unit that stands before all that are higher goes under the first of the
    highest echelon of its office. What this returns is inferred, which a caller flags.

    Parameters
    ----------
    units, echelons, groups : Series of str
        Rows in the order of the file: key of the unit, its echelon (I is the highest; a unit
        without one takes the parent of the row before it, and is nobody's parent), and the office
        that it belongs to, inside which a parent is looked for.

    Returns
    -------
    Series of str
        Keys of the parents, missing where there is none.

    Examples
    --------
    >>> rows = pd.DataFrame({"unit": [*"abcd"], "eselon": ["II", "III", "IV", "III"], "opd": "x"})
    >>> parents_from_order(rows["unit"], rows["eselon"], rows["opd"]).tolist()
    [nan, 'a', 'b', 'a']
    """
    lines: dict[str, list[tuple[int, str]]] = {}
    tops: dict[str, tuple[int, str]] = {}
    found: list[str | None] = []
    rows = list(zip(units.astype(str), echelons.map(_RANK), groups.astype(str), strict=True))
    for unit, rank, group in rows:
        line = lines.setdefault(group, [])
        while line and line[-1][0] >= rank:
            line.pop()
        found.append(line[-1][1] if line else None)
        if pd.notna(rank):
            line.append((rank, unit))
            tops[group] = min(tops.get(group, (rank, unit)), (rank, unit), key=lambda top: top[0])
    for i, (_, rank, group) in enumerate(rows):
        if found[i] is None and group in tops and tops[group][0] < rank:
            found[i] = tops[group][1]
    return pd.Series(found, index=units.index, dtype="str")
