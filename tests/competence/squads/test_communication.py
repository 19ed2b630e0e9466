"""Distances inside teams, against networks written out by hand and SciPy."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse.csgraph import minimum_spanning_tree, shortest_path
from squad_cases import random_case

from analysis.competence.squads import form_squads
from analysis.competence.squads.communication import diameter, spanning_tree


@given(st.integers(0, 100_000), st.integers(1, 7))
@settings(max_examples=25, deadline=None)
def test_diameter_and_tree_are_those_of_scipy(seed, n):
    length = np.random.default_rng(seed).uniform(1.0, 9.0, (n, n))
    length = np.triu(length, 1) + np.triu(length, 1).T
    assert diameter(length) == pytest.approx(shortest_path(length).max())
    assert spanning_tree(length) == pytest.approx(minimum_spanning_tree(length).sum())


def test_people_of_one_unit_are_no_distance_apart():
    assert spanning_tree(np.zeros((3, 3))) == diameter(np.zeros((3, 3))) == 0.0


def test_pairs_are_between_half_and_all_of_the_way_over_the_middle():
    plan = form_squads(*random_case(3))
    found = plan.communication.set_index("task")
    assert found["people"].sum() == plan.person.size
    assert (found["diameter"] <= found["pairs"] + 1e-9).all()
    assert (found["spanning_tree"] <= found["pairs"] + 1e-9).all()
