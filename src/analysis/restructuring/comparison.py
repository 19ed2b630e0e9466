"""Before and after: structure, how even staff are, adequacy, and what each rule does."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.arrays import FloatArray, IntArray
from analysis.errors import DataError, ParameterError
from analysis.inequality.changes.redrawn import RedrawnChange, redrawn_change
from analysis.inequality.inference.linearization import Statistic
from analysis.inequality.measures import gini
from analysis.labels import align
from analysis.messages import some
from analysis.restructuring.columns import KINDS, codes_of
from analysis.restructuring.organisation import Organisation
from analysis.restructuring.rules import Rules
from analysis.restructuring.stages import Restructuring, restructure
from analysis.restructuring.structure import NARROW, WIDE, structure

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

_CHANGING = frozenset(
    {"bubar", "kecuali", "tutup", "gabung", "setara", "bersyarat", "tidak_setara"}
)


def compare_structure(
    found: Restructuring, *, by: str | None = None, narrow: int = NARROW, wide: int = WIDE
) -> pd.DataFrame:
    """Return every indicator of `structure` before and after.

    Returns
    -------
    DataFrame
        One row a group and indicator: the group (column named `by`, or `group`), `indicator`,
        `before`, `after`, `change`.

    Raises
    ------
    ParameterError
        As `structure`.
    """
    states = {
        name: structure(organisation, by=by, narrow=narrow, wide=wide)
        .rename_axis(index=by or "group", columns="indicator")
        .stack(future_stack=True)
        for name, organisation in (("before", found.before), ("after", found.after))
    }
    table = pd.DataFrame(states)
    table["change"] = table["after"] - table["before"]
    return table.reset_index()


def staff_inequality(
    found: Restructuring,
    *,
    over: str = "unit",
    kind: str | None = None,
    need: "Mapping[Hashable, float] | pd.Series[float] | None" = None,
    measure: Statistic = gini,
) -> RedrawnChange:
    """Return how the inequality of staff changed, by boxes drawn anew and by people who moved.

    Parameters
    ----------
    found : Restructuring
    over : str
        "unit"; "province" of the posts; or a column of categories of the units, such as "agency".
        Only units merge: over regions and agencies the part of the boundaries is zero.
    kind : str, optional
        People in posts of one of `KINDS` only; by default all. Who changes kind counts as one who
        left or came.
    need : Series or dict, optional
        Need above zero of each unit before, or of each province or group; of merged units it adds
        up. Staff per need is then compared, weighted by need; without it, staff.
    measure : callable
        As in `redrawn_change`.

    Raises
    ------
    ParameterError
        If `over` or `kind` is unknown.
    DomainError
        If need is of other units, or anything lies outside the domain of the measure.
    """
    if kind is not None and kind not in KINDS:
        raise ParameterError(f"kind: {kind!r} is none of {', '.join(KINDS)}.")
    before, names = _places(found.before, over)
    after, _ = _places(found.after, over)
    if over == "unit":
        target = found.steps[0].unit_target.astype(np.int64)
        count = len(found.after.units)
    else:
        target, count = np.arange(names.size), names.size
    amounts: FloatArray | None = None
    if need is not None:
        amounts = np.asarray(align(need, names, what="need", to=f"{over}s"), dtype=np.float64)
    later = None if amounts is None else np.bincount(target, weights=amounts, minlength=count)
    return redrawn_change(
        measure,
        _staff(found.before, before, kind, names.size),
        _staff(found.after, after, kind, count),
        target,
        need_before=amounts,
        need_after=later,
    )


def unit_adequacy(
    found: Restructuring, need: "Mapping[Hashable, float] | pd.Series[float]"
) -> pd.DataFrame:
    """Return staff against need of every unit that stays, before and after.

    Parameters
    ----------
    found : Restructuring
    need : Series or dict
        Need in people of each unit before, by its label.

    Returns
    -------
    DataFrame, indexed by unit
        `need_before`, `staff_before` and `adequacy_before` of the unit itself; `need`, `staff` and
        `adequacy` after, with what it took over; `units`, how many it is now. Adequacy is missing
        where there is no need.

    Raises
    ------
    DomainError
        If the units of need are others.
    """
    before, after = found.before, found.after
    given = align(need, before.units.index, what="need", to="units")
    amounts = np.asarray(given, dtype=np.float64)
    target = found.steps[0].unit_target
    stays = before.units.index.get_indexer(after.units.index)
    count = len(after.units)
    frame = pd.DataFrame(
        {
            "need_before": amounts[stays],
            "staff_before": before.staff[stays],
            "need": np.bincount(target, weights=amounts, minlength=count),
            "staff": after.staff,
            "units": np.bincount(target, minlength=count),
        },
        index=after.units.index,
    )
    for suffix in ("_before", ""):
        wanted = frame[f"need{suffix}"]
        frame[f"adequacy{suffix}"] = frame[f"staff{suffix}"] / wanted.where(wanted > 0)
    return frame


def sensitivity(organisation: Organisation, rules: Rules) -> pd.DataFrame:
    """Return what changes in the result when one rule after the other is switched off.

    Rules of the functional family, rank and roles change nobody's unit or level and are left out.

    Returns
    -------
    DataFrame
        One row a rule, in their order: `rule`, `possible` (false where a root would dissolve or
        the like: the organisation needs the rule), and of the result without it less the result
        with all rules: `units`, `layers`, `structural`, `functional`, `unplaced`, `span`,
        `conditional`. Zero where the rule decided nothing.
    """
    found = restructure(organisation, rules)
    base, decided = _outcome(found), _decided(found)
    rows = []
    for rule in rules.rules:
        if rule.action in _CHANGING:
            change, possible = pd.Series(0.0, index=base.index), True
            if rule.action == "setara" or rule.code in decided:  # of others nothing depends on it
                try:
                    change = _outcome(restructure(organisation, rules.without([rule.code]))) - base
                except DataError:
                    change, possible = base * np.nan, False
            rows.append({"rule": rule.code, "possible": possible, **change})
    return pd.DataFrame(rows, columns=["rule", "possible", *base.index])


def _decided(found: Restructuring) -> set[str]:
    """Return the rules that decided about a unit, a post or a person."""
    return {
        step.codes[number]
        for step in found.steps
        for numbers in (step.unit_rule, step.post_rule, step.person_rule)
        for number in np.unique(numbers[numbers >= 0]).tolist()
    }


def _outcome(found: Restructuring) -> "pd.Series[float]":
    columns = ["units", "layers", "structural", "functional", "unplaced", "span"]
    row = structure(found.after)[columns].iloc[0].astype("float64")
    row["conditional"] = float((found.details["outcome"] == "conditional").sum())
    return row


def _places(organisation: Organisation, over: str) -> tuple[IntArray, "pd.Index[Any]"]:
    """Return the place of each post and what the places are called."""
    if over == "unit":
        return organisation.post_unit, organisation.units.index
    if over == "province":
        column = organisation.posts["province"]
        codes = codes_of(column).astype(np.int64)
    elif over in organisation.units and isinstance(
        organisation.units[over].dtype, pd.CategoricalDtype
    ):
        column = organisation.units[over]
        codes = codes_of(column).astype(np.int64)[organisation.post_unit]
    else:
        known = organisation.units.select_dtypes("category").columns
        raise ParameterError(f"over: {over!r} is none of unit, province, {some(known)}.")
    if (codes < 0).any():
        raise ParameterError(
            f"over: {over} is missing for {np.count_nonzero(codes < 0)} posts. Fill it in first."
        )
    return codes, column.cat.categories


def _staff(
    organisation: Organisation, places: IntArray, kind: str | None, count: int
) -> FloatArray:
    weights = organisation.incumbents.astype(np.float64)
    if kind is not None:
        weights = np.where(organisation.post_kind == KINDS.index(kind), weights, 0.0)
    return np.bincount(places, weights=weights, minlength=count).astype(np.float64)
