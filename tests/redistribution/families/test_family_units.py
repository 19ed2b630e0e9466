import pandas as pd
import pytest

from analysis.errors import ParameterError
from analysis.redistribution.families.family_units import FamilyUnits

STAFF = pd.DataFrame({"guru": [9, 3], "perawat": [1, 3]}, index=["A", "B"])
NEED = pd.DataFrame({"guru": [7.0, 5.0], "perawat": [2.0, 2.0]}, index=["A", "B"])


def test_units_are_taken_as_they_are_and_bring_their_need():
    units = FamilyUnits.of(STAFF, NEED)
    assert FamilyUnits.of(units) is units
    with pytest.raises(ParameterError, match="need: the units have it already"):
        FamilyUnits.of(units, NEED)
    with pytest.raises(ParameterError, match="need is missing"):
        FamilyUnits.of(STAFF)
