"""An attacker who subtracts hours by kind of post before the reform from those after it."""

import ibis
import pandas as pd
import pyarrow as pa
import pytest

from analysis.individuals.standard_tables.posts_by_family import FUNCTIONAL, POST
from analysis.individuals.standard_tables.trained_posts import AFTER, BEFORE, hours_by_post


def _shown(moved: dict[str, int]) -> pd.DataFrame:
    rows = [
        (code, i < moved.get(code, 0), 20.0 + (i == 0) * 77)
        for code in ("1", "2", "3", "4")
        for i in range(40)
    ]
    hours = ibis.memtable(
        pa.Table.from_pandas(pd.DataFrame(rows, columns=["jenis_jabatan", "disetarakan", "hours"]))
    )
    hours = hours.mutate(golongan=ibis.literal("III/a"), kabkota=ibis.literal("31.71"))
    return hours_by_post(hours, {}).released().set_index(["keadaan", POST])


@pytest.mark.parametrize("code", ["3", "4"])
def test_a_kind_that_one_person_leaves_is_not_told_afterwards(code: str) -> None:
    few = _shown({"1": 12, code: 1})
    enough = _shown({"1": 12, code: 12})
    mean = few["jp_rata_rata"]
    assert mean.xs(BEFORE).notna().all()
    assert enough["jp_rata_rata"].notna().all()
    hidden = mean.xs(AFTER).isna()
    assert hidden[FUNCTIONAL]
    assert hidden.sum() >= 2
    assert few.loc[(AFTER, "Jumlah"), "theil_antara"] is pd.NA
    assert (
        few.loc[(BEFORE, "Jumlah"), "theil_antara"]
        == enough.loc[(BEFORE, "Jumlah"), "theil_antara"]
    )
