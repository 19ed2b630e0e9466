"""What each alternative leads to: nothing, moves in a circle, retraining, hires, or all of them."""

from dataclasses import replace

from analysis.reports.peta_jabatan.planning import (
    CIRCLES,
    Alternative,
    Planning,
    with_hires,
    without_hires,
)


def alternatives(planning: Planning) -> tuple[Alternative, ...]:
    """Return the alternatives in the order of what they ask of the government.

    In the circles people keep their family of posts; "alih" lets them fill posts of other families
    as far as the parameters permit, and is left out where they permit none.
    """
    same = Planning(planning.at, planning.p.model_copy(update={"substitution": []}))
    return (
        _unchanged(planning),
        *(without_hires(circle, same) for circle in CIRCLES),
        *(
            [replace(without_hires("semua", planning), way="alih")]
            if planning.p.substitution
            else []
        ),
        _hires(planning),
        with_hires(planning),
    )


def _unchanged(planning: Planning) -> Alternative:
    units = planning.at.units
    return Alternative(
        "tetap",
        known=True,
        gini=planning.gini(units.frame(units.staff)),
        left=int(planning.gaps[1].to_numpy().sum()),
        moved=0,
        retrained=0,
        hired=0,
        km=0.0,
        cost=0.0,
    )


def _hires(planning: Planning) -> Alternative:
    units, shortage = planning.at.units, planning.gaps[1]
    hired = int(shortage.to_numpy().sum())
    return Alternative(
        "rekrut",
        known=True,
        gini=planning.gini(units.frame(units.staff) + shortage),
        left=0,
        moved=0,
        retrained=0,
        hired=hired,
        km=0.0,
        cost=planning.p.hire_price * hired,
    )
