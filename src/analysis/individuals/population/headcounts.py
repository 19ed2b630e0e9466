"""How many people of each sex, level and class each province has, in whole numbers.

Every margin is a published share of the one dated total, rounded; see `assumptions` for what no
table says. A table of PNS and one of PPPK are fitted to their margins and rounded to them exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.arrays import FloatArray, IntArray
from analysis.errors import ParameterError
from analysis.individuals.population.assumptions import assumed
from analysis.individuals.population.kinds import CLASSES, LEVELS, SEXES, STATUSES
from analysis.individuals.population.published import Published
from analysis.raking import Margins, fit, round_to_margins
from analysis.redistribution.frontiers.rounding import round_amounts

_FEWEST = 50  # people of a province


@dataclass(frozen=True, eq=False)
class Headcounts:
    """People of each province, sex, level and class.

    Attributes
    ----------
    provinces : tuple of str
        Kemendagri codes.
    people : dict
        Of each status, shape (provinces, 2, 3, classes).
    margins : dict
        What the table of each status was raked to.
    scale : float
        People to those whom the provinces really have.
    """

    provinces: tuple[str, ...]
    people: dict[str, IntArray]
    margins: dict[str, Margins]
    scale: float


def apportion(shares: FloatArray, total: int) -> IntArray:
    """Return whole amounts in proportion to shares, that add up to `total`."""
    return round_amounts(shares / shares.sum() * total, total)


def headcounts(
    published: Published,
    number: int,
    *,
    autonomous: frozenset[str],
    provinces: Sequence[str] | None = None,
) -> Headcounts:
    """Return the headcounts of a population.

    Parameters
    ----------
    published : Published
    number : int
        People.
    autonomous : frozenset of str
        Provinces whose kabupaten/kota have governments of their own.
    provinces : sequence of str, optional
        Kemendagri codes; all by default.

    Raises
    ------
    ParameterError
        If there are fewer people than 50 of each province, or a province is unknown.
    DomainError
        If the margins contradict each other.
    """
    codes = tuple(published.staff.index) if provinces is None else tuple(sorted(set(provinces)))
    unknown = [code for code in codes if code not in published.staff.index]
    if unknown or not codes:
        raise ParameterError(
            f"{', '.join(unknown) or 'no code'} is no province; there are "
            f"{', '.join(published.staff.index)} (Kemendagri codes)."
        )
    least = _FEWEST * len(codes)
    if number < least:
        raise ParameterError(
            f"{number:,} people are too few for {len(codes)} provinces. Ask for {least:,} or "
            "more, or for fewer provinces."
        )
    chosen = published.staff.loc[list(codes)].to_numpy(dtype=np.float64)
    totals = apportion(np.array([published.totals[s] for s in STATUSES], dtype=np.float64), number)
    tables, margins = {}, {}
    for status, total in zip(STATUSES, totals.tolist(), strict=True):
        by_province = apportion(np.asarray(chosen), total)
        levels = _levels(published, codes, by_province, status, autonomous)
        margins[status] = _margins(published, codes, by_province, levels, status)
        seed = _seed(published, margins[status], status)
        tables[status] = round_to_margins(fit(seed, margins[status]), margins[status])
    whole = float(published.staff.sum())
    share = float(chosen.sum()) / whole
    return Headcounts(codes, tables, margins, number / (published.people * share))


def _levels(
    published: Published,
    codes: tuple[str, ...],
    by_province: IntArray,
    status: str,
    autonomous: frozenset[str],
) -> IntArray:
    """Return people by province and level: central shares, then provinces and kabupaten/kota."""
    central = _central_shares(published)
    if status == "PPPK":
        central = central * (assumed("pppk_central") / published.central_share)
    staff = published.staff.to_numpy(dtype=np.float64)
    regional = staff * (1 - central)
    free = np.array([code in autonomous for code in published.staff.index])
    alone = float(regional[~free].sum())
    rest = (published.provincial_share * float(regional.sum()) - alone) / float(
        regional[free].sum()
    )
    provincial = np.where(free, max(rest, 0.0), 1.0) * (1 - central)
    place = np.flatnonzero(published.staff.index.isin(codes))
    shares = np.column_stack([central, provincial, 1 - central - provincial])[place]
    shares = np.where(shares < 1e-12, 0.0, shares)
    table = shares * by_province[:, None]
    axes = {"province": codes, "level": LEVELS}
    margins = Margins(
        axes,
        {
            ("province",): by_province,
            ("level",): apportion(table.sum(axis=0), int(by_province.sum())),
        },
    )
    return round_to_margins(fit(table, margins), margins)


def _central_shares(published: Published) -> FloatArray:
    """Return the central share of each province; one for all where none is published."""
    staff = published.staff
    known = published.central.reindex(staff.index)
    in_known = float((known * staff).sum())
    unknown = staff[known.isna()]
    rest = (published.central_share * float(staff.sum()) - in_known) / float(unknown.sum())
    return np.asarray(known.fillna(rest), dtype=np.float64)


def _margins(
    published: Published,
    codes: tuple[str, ...],
    by_province: IntArray,
    levels: IntArray,
    status: str,
) -> Margins:
    men = (
        published.men.loc[list(codes)].to_numpy(dtype=np.float64)
        if status == "PNS"
        else np.full(len(codes), 1 - published.pppk_women)
    )
    sexes = np.rint(men * by_province).astype(np.int64)
    return Margins(
        {"province": codes, "sex": SEXES, "level": LEVELS, "class": CLASSES[status]},
        {
            ("province", "sex"): np.column_stack([sexes, by_province - sexes]),
            ("province", "level"): levels,
            ("level", "class"): _level_classes(published, levels.sum(axis=0), status),
        },
    )


def _level_classes(published: Published, levels: IntArray, status: str) -> IntArray:
    """Return people by level and class."""
    total = int(levels.sum())
    if status == "PPPK":
        shares = np.array([published.pppk_functional, 1 - published.pppk_functional])
        seed = np.ones((len(LEVELS), 2))
    else:
        shares = np.array([published.classes[name] for name in CLASSES["PNS"]])
        central = {"JPT": assumed("central_jpt")} | published.central_classes
        regional = levels / max(float(levels[1:].sum()), 1.0)
        seed = np.empty((len(LEVELS), shares.size))
        for i, name in enumerate(CLASSES["PNS"]):
            part = central.get(name, float(levels[0]) / total)
            seed[:, i] = (1 - part) * regional
            seed[0, i] = part
        if published.echelons_by_sex[:, -1].sum() == 0 and levels[:2].min() > 0:
            seed[2, CLASSES["PNS"].index("eselon V")] = 0.0
    margins = Margins(
        {"level": LEVELS, "class": CLASSES[status]},
        {("level",): levels, ("class",): apportion(shares, total)},
    )
    return round_to_margins(fit(seed, margins), margins)


def _seed(published: Published, margins: Margins, status: str) -> FloatArray:
    """Return a guess in which the posts of kabupaten/kota have the sexes of the known one."""
    seed = np.ones(margins.shape)
    if status == "PNS":
        echelons = published.echelons_by_sex
        parts = {
            "JPT": echelons[:, 0:2],
            "administrator": echelons[:, 2:4],
            "pengawas": echelons[:, 4:6],
        }
        for name, counts in parts.items():
            seed[:, :, 2, CLASSES["PNS"].index(name)] = counts.sum(axis=1)
    return seed
