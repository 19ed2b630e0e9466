"""What the tests of the pipeline share."""

import pytest
from browsing import chromium
from project_copy import Project


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return Project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started
