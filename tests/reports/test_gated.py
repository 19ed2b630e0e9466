"""What a report says of a run that lacks what it needs."""

from types import SimpleNamespace

import pytest

from analysis.errors import ParameterError
from analysis.reports.kompetensi import inputs as hours
from analysis.reports.kompetensi.parameters import Kompetensi
from analysis.reports.skuad import inputs as squads
from analysis.reports.skuad.parameters import Skuad


def test_what_the_records_lack_is_said_and_not_that_the_same_command_is_run_again(monkeypatch):
    run = SimpleNamespace(tables=(), lacking={"jp_instansi": "the records have no table training"})
    monkeypatch.setattr(hours, "read_run", lambda _: run)
    with pytest.raises(ParameterError, match="it has no hours of training") as said:
        hours.case(Kompetensi(run="tanpa-pelatihan", catalogue=None, budget=None))
    assert "The records have no table training" in str(said.value)
    assert "--sets" not in str(said.value)


def test_of_a_set_that_was_not_asked_for_it_is_said_how_to_make_it(monkeypatch):
    run = SimpleNamespace(tables=(), lacking={})
    monkeypatch.setattr(squads, "read_run", lambda _: run)
    with pytest.raises(ParameterError, match="it has no squads") as said:
        squads.case(Skuad(run="tersembunyi"))
    assert "tables FOLDER --run NAME --sets skuad." in str(said.value)
