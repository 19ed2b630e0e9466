import numpy as np
import pandas as pd
import pytest

from analysis.errors import DataError, DomainError
from analysis.redistribution.families.substitution_table import penalties

FAMILIES = ["teacher", "nurse", "midwife"]


def table(*rows):
    return pd.DataFrame(rows, columns=["from_family", "to_family", "penalty"])


def test_only_listed_pairs_and_the_own_family_may_stand_in():
    found = penalties(FAMILIES, table(("nurse", "midwife", 2), ("midwife", "nurse", 0.5)))
    inf = np.inf
    assert found.tolist() == [[0, inf, inf], [inf, 0, 2], [inf, 0.5, 0]]


def test_an_empty_table_keeps_everybody_in_the_own_family():
    assert np.array_equal(penalties(FAMILIES, table()) == 0, np.eye(3, dtype=bool))


def test_the_own_family_may_be_listed_at_no_penalty():
    assert penalties(["nurse"], table(("nurse", "nurse", 0))).tolist() == [[0]]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("guru", "nurse", 1)], "from_family: guru is no known family; known are teacher, nurse"),
        ([("nurse", "guru", 1)], "to_family: guru is no known family"),
        ([("nurse", None, 1)], "to_family: .* is no known family"),
        ([("nurse", "midwife", 1), ("nurse", "midwife", 2)], "once; .* nurse for midwife"),
        ([("nurse", "midwife", -1)], "0 or more; .* nurse for midwife"),
        ([("nurse", "midwife", np.inf)], "finite"),
        ([("nurse", "midwife", None)], "finite"),
        ([("nurse", "midwife", "much")], "penalty: the values must be numbers"),
        ([("nurse", "midwife", "1.200")], "dots and commas between thousands"),
        ([("nurse", "nurse", 1)], "itself at no penalty"),
    ],
)
def test_bad_rows(rows, message):
    with pytest.raises(DomainError, match=message):
        penalties(FAMILIES, table(*rows))


def test_a_family_named_twice():
    with pytest.raises(DomainError, match="nurse occurs more than once"):
        penalties(["nurse", "nurse"], table())


def test_a_missing_column():
    with pytest.raises(DataError, match="column penalty is missing"):
        penalties(FAMILIES, table().drop(columns="penalty"))
