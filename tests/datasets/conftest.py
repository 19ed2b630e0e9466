import shutil
from pathlib import Path

import pytest
from raw_folder import RawFolder

from analysis.paths import RAW


@pytest.fixture
def raw(tmp_path: Path) -> RawFolder:
    return RawFolder(Path(shutil.copytree(RAW, tmp_path / "raw")))
