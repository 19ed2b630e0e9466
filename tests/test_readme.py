"""The examples of both READMEs run as printed."""

import re
import shlex
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.datasets.__main__ import main
from analysis.paths import RAW

ROOT = Path(__file__).parents[1]
NURSES = ROOT / "tests" / "datasets" / "nakes_sumatera_barat_2022.csv"


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


@pytest.mark.parametrize("name", ["README.md", "README.id.md"])
def test_example_of_ones_own_data(name, tmp_path, capsys):
    raw = tmp_path / "raw"
    shutil.copytree(RAW, raw)
    table = pd.read_csv(RAW / "pns_provinsi_2014.csv", dtype=str)
    own = table[["kode_kemendagri", "nama", "total"]]
    own.to_csv(raw / "pns_provinsi_2020.csv", index=False)
    nurses = pd.read_csv(NURSES, dtype=str)[["nama", "jenis", "perawat", "bidan", "puskesmas"]]
    nurses.to_csv(raw / "nakes_sumbar_2022.csv", index=False)
    text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
    by_province, by_kabkota = re.findall(r"-m analysis\.datasets (add .*)", text)
    assert main(shlex.split(by_province), raw) == 0
    assert "Added: pns_provinsi_2020, 34 rows" in capsys.readouterr().out
    assert main(shlex.split(by_kabkota), raw) == 0
    assert "18 rows, all checks passed. Missing, and never" in capsys.readouterr().out
