import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from raw_folder import RawFolder

from analysis.datasets.package import FILE_NAME
from analysis.paths import RAW


@pytest.fixture
def raw(tmp_path: Path) -> RawFolder:
    return RawFolder(Path(shutil.copytree(RAW, tmp_path / "raw")))


@pytest.fixture
def unchanged(raw: RawFolder) -> Iterator[None]:
    """See to it that a test leaves the description as it was."""
    file = raw.path / FILE_NAME
    before = file.read_bytes()
    yield
    assert file.read_bytes() == before
