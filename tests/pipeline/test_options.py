"""A build takes all processors, unless it is told how many."""

import os

import pytest
from pytask import cli
from pytask_parallel import ParallelBackend

from analysis.pipeline import options


@pytest.fixture
def chosen():
    """Return a function that gives the configuration of a build with some options."""
    defaults = {each.name: each.default for each in cli.commands["build"].params}

    def chosen(**given):
        config = {**defaults, **given}
        options.pytask_parse_config(config)
        return config["parallel_backend"], config["n_workers"]

    return chosen


def test_a_build_takes_all_processors(chosen):
    assert chosen() == (ParallelBackend.THREADS, os.cpu_count() + 2)


def test_a_build_runs_as_it_is_told(chosen):
    told = {"parallel_backend": ParallelBackend.PROCESSES, "n_workers": 2}
    assert chosen(**told) == tuple(told.values())
