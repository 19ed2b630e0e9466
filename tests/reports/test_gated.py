"""What a report says of a run that lacks what it needs."""

import pytest
from small_runs import readable

from analysis.errors import ParameterError
from analysis.reports.kompetensi import inputs as hours
from analysis.reports.kompetensi.parameters import Kompetensi
from analysis.reports.skuad import inputs as squads
from analysis.reports.skuad.parameters import Skuad


def test_what_the_records_lack_is_said_and_not_that_the_same_command_is_run_again():
    run = "tanpa-pelatihan"
    with readable(run), pytest.raises(ParameterError, match="it has no hours of training") as said:
        hours.case(Kompetensi(run=run, catalogue=None, budget=None))
    assert "records have no table training" in str(said.value)
    assert "--sets" not in str(said.value)


def test_of_a_set_that_was_not_asked_for_it_is_said_how_to_make_it():
    run = "tersembunyi"
    with readable(run), pytest.raises(ParameterError, match="it has no squads") as said:
        squads.case(Skuad(run=run))
    assert "tables FOLDER --run NAME --sets skuad." in str(said.value)
