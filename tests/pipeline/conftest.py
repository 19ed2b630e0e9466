"""A copy of the project for the tests of a module."""

import pytest
from project_copy import Project


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return Project(tmp_path_factory.mktemp("project"))
