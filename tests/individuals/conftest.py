import pandas as pd
import pytest
from individual_records import DAY

from analysis.individuals.schema import CodeLists
from analysis.individuals.validation import Basis
from analysis.paths import RAW


@pytest.fixture(scope="session")
def basis():
    table = pd.read_csv(RAW / "kode_siasn.csv", dtype=str)
    return Basis(
        DAY,
        {"PNS": 18, "PPPK": 20},
        CodeLists(table),
        ("31", "32"),
        ("31.71", "32.04", "32.05"),
        ("e-learning", "coaching"),
    )
