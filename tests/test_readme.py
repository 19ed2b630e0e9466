"""The planner's example of both READMEs runs as printed."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", ["README.md", "README.id.md"])
def test_example_of_the_planner(name, tmp_path, monkeypatch):
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)
    rng = np.random.default_rng(0)
    units = [f"{i:02d}" for i in range(12)]
    pd.DataFrame(
        {
            "unit": units,
            "staff": rng.integers(200, 2000, 12),
            "latitude": rng.uniform(-9, 5, 12),
            "longitude": rng.uniform(96, 140, 12),
        }
    ).to_csv(tmp_path / "units.csv", index=False)
    pd.DataFrame(
        {"unit": units * 2, "volume": rng.uniform(1e5, 4e5, 24), "norm_minutes": 60.0}
    ).to_csv(tmp_path / "tasks.csv", index=False)
    monkeypatch.chdir(tmp_path)
    namespace = {}
    exec(code, namespace)
    plan = namespace["plan"]
    assert 0 < plan.moved <= 500
    assert plan.moves["people"].sum() == plan.moved
