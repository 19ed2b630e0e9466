"""Values computed by R (definitions written out, pair by pair and order by order) and by PySAL.

`oracles/decomposition.R` made `oracles/decomposition.json`; both name versions and data.
"""

import json
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from inequality.theil import TheilD
from libpysal.examples import get_path

from analysis.inequality.decomposition.components import (
    gini_by_source,
    shapley_by_source,
    variance_by_source,
)
from analysis.inequality.decomposition.gini_subgroups import dagum_by_subgroup, gini_by_subgroup
from analysis.inequality.decomposition.nested_subgroups import nested_entropy
from analysis.inequality.decomposition.subgroups import entropy_by_subgroup
from analysis.inequality.measures import generalized_entropy, gini

ORACLE = json.loads(
    (Path(__file__).parents[1] / "oracles" / "decomposition.json").read_text("utf-8")
)
RESULTS = ORACLE["results"]
DATA = ORACLE["data"]
INCOME, REGION, WEIGHT = (
    np.array(DATA["income"]),
    np.array(DATA["region"]),
    np.array(DATA["weight"]),
)
exactly = partial(pytest.approx, rel=1e-10)


@pytest.mark.parametrize("alpha", ["-1", "0", "1", "2"])
def test_entropy_by_region_of_r(alpha):
    found = entropy_by_subgroup(INCOME, REGION, WEIGHT, alpha=float(alpha))
    expected = RESULTS["entropy"][alpha]
    assert found.total == exactly(expected["total"])
    assert found.within == exactly(expected["within"])
    assert found.between == exactly(expected["between"])
    table = found.groups.set_index("group")
    assert table["index"].to_dict() == exactly(expected["index"])
    assert table["within"].to_dict() == exactly(expected["group_within"])


@pytest.mark.parametrize("alpha", ["0", "1", "2"])
def test_nested_entropy_of_r(alpha):
    found = nested_entropy(INCOME, REGION, DATA["country_part"], WEIGHT, alpha=float(alpha))
    expected = RESULTS["nested"][alpha]
    assert found.between_outer == exactly(expected["between_outer"])
    assert found.between_inner == exactly(expected["between_inner"])
    assert found.within_inner == exactly(expected["within_inner"])


def test_gini_by_region_of_r():
    expected = RESULTS["dagum"]
    dagum, pyatt = (
        split(INCOME, REGION, WEIGHT) for split in (dagum_by_subgroup, gini_by_subgroup)
    )
    assert dagum.total == exactly(expected["total"])
    assert dagum.within == exactly(expected["within"])
    assert dagum.net_between == exactly(expected["net_between"])
    assert dagum.transvariation == exactly(expected["transvariation"])
    assert pyatt.within == exactly(expected["within"])
    assert pyatt.between == exactly(expected["between_means"])
    left = expected["total"] - expected["within"] - expected["between_means"]
    assert pyatt.overlap == exactly(left)
    assert dagum.groups.set_index("group")["gini"].to_dict() == exactly(expected["gini"])
    labels = expected["labels"]
    ratio, relative = np.array(expected["ratio"]), np.array(expected["relative_affluence"])
    for row in dagum.pairs.itertuples():
        j, h = labels.index(row.richer), labels.index(row.poorer)
        assert row.gini == exactly(ratio[j, h])
        assert row.relative_affluence == pytest.approx(relative[j, h], abs=1e-10)


@pytest.mark.filterwarnings("ignore:Setting the shape on a NumPy array:DeprecationWarning")
def test_theil_by_region_of_pysal():
    expected = TheilD(INCOME, REGION)
    found = entropy_by_subgroup(INCOME, REGION)
    assert found.total == exactly(float(expected.T))
    assert found.between == exactly(float(np.squeeze(expected.bg)))
    assert found.within == exactly(float(np.squeeze(expected.wg)))


# Documentation and tests of PySAL inequality 1.1: income per head of 32 Mexican states, in the
# regions of Hanson (1998). Printed: Theil T, and its part between regions.
MEXICO = {
    1940: (0.20894344, 0.0345889),
    1950: (0.15222451, 0.02816853),
    1960: (0.10472941, 0.05260921),
    1970: (0.10194725, 0.05931219),
    1980: (0.09560113, 0.03205257),
    1990: (0.10511256, 0.02963731),
    2000: (0.10660832, 0.03635872),
}


@pytest.mark.parametrize("year", MEXICO)
def test_regions_of_mexico_as_published(year):
    states = pd.read_csv(get_path("mexico.csv"))
    found = entropy_by_subgroup(states[f"pcgdp{year}"], states["hanson98"])
    total, between = MEXICO[year]
    assert found.total == pytest.approx(total, abs=5e-9)
    assert found.between == pytest.approx(between, abs=5e-8)


def test_lerman_yitzhaki_of_r():
    found = gini_by_source(DATA["sources"], WEIGHT)
    assert found.total == exactly(RESULTS["gini_of_sources"])
    for row in found.sources.itertuples():
        for column, value in RESULTS["lerman_yitzhaki"][row.source].items():
            assert getattr(row, column) == exactly(value)


def test_natural_rule_of_r():
    found = variance_by_source(DATA["sources"], WEIGHT)
    shares = found.sources.set_index("source")["contribution_share"].to_dict()
    assert shares == exactly(RESULTS["natural"])


@pytest.mark.parametrize("absent", ["equalized", "zero"])
@pytest.mark.parametrize("name", ["gini", "half_cv2"])
def test_shapley_of_r(name, absent):
    measure = gini if name == "gini" else partial(generalized_entropy, alpha=2.0)
    found = shapley_by_source(DATA["sources"], measure, WEIGHT, absent=absent)
    contributions = found.sources.set_index("source")["contribution"].to_dict()
    assert contributions == exactly(RESULTS["shapley"][f"{name}_{absent}"])
