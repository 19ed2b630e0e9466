import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import DataError, DomainError
from analysis.redistribution.need.balances import balance, ceiling, class_balance

POSTS = pd.DataFrame(
    {
        "unit": ["A", "B", "A", "B", "A", "B"],
        "family": ["guru", "guru", "perawat", "perawat", "penyuluh", "penyuluh"],
        "staff": [14, 5, 3, 9, 4, 4],
        "need": [10.0, 10.0, 6.0, 6.0, 4.0, 0.0],
    }
)


def test_balance_by_hand():
    found = balance(pd.Series({"A": 4, "B": 4}), pd.Series({"A": 8.0, "B": 0.0}))
    assert found["gap"].tolist() == [-4, 4]
    assert found["surplus"].tolist() == [0, 4]
    assert found["shortage"].tolist() == [4, 0]
    assert found["adequacy"].tolist()[0] == 0.5
    assert np.isnan(found["adequacy"].iloc[1])


def test_gross_and_net_of_each_class():
    found = class_balance(POSTS, by=["family"]).set_index("family")
    assert found.loc["guru", ["surplus", "shortage", "net", "redistributable"]].tolist() == [
        4,
        5,
        -1,
        4,
    ]
    assert found.loc["perawat", "net"] == 0
    assert found.loc["perawat", "redistributable"] == 3  # nothing net, yet three posts to fill
    assert found.loc["penyuluh", "redistributable"] == 0
    assert found.loc["guru", "redistributable_share"] == pytest.approx(4 / 20)


def test_the_ceiling_over_all_classes():
    found = ceiling(class_balance(POSTS, by=["family"]))
    assert found["shortage"] == 8
    assert found["redistributable"] == 7
    assert found["retraining"] == 1  # a surplus penyuluh as a guru
    assert found["hiring"] == 0
    assert found["redistributable_share"] == pytest.approx(7 / 36)


@given(st.lists(st.tuples(st.integers(0, 50), st.floats(0, 50)), min_size=1, max_size=20))
def test_surplus_less_shortage_is_staff_less_need(rows):
    staff, need = (pd.Series(column) for column in zip(*rows, strict=True))
    found = balance(staff, need)
    assert (found["surplus"] - found["shortage"]).sum() == pytest.approx(staff.sum() - need.sum())
    assert (found[["surplus", "shortage"]].min(axis=1) == 0).all()


def test_bad_input():
    with pytest.raises(DataError, match="column famili is missing; there are unit, family"):
        class_balance(POSTS, by=["famili"])
    with pytest.raises(DomainError, match=r"need must be.*B: -1"):
        balance(pd.Series({"A": 1, "B": 1}), pd.Series({"A": 1.0, "B": -1.0}))
    with pytest.raises(DomainError, match=r"whole people.*A: 1\.5"):
        balance(pd.Series({"A": 1.5}), pd.Series({"A": 1.0}))
