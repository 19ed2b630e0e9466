"""Build the site twice, in different folders and circumstances, and compare every byte."""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.paths import EXAMPLES, NOTEBOOKS, RAW, ROOT

_COPIED = (
    *(path.relative_to(ROOT).as_posix() for path in (NOTEBOOKS, RAW, EXAMPLES)),
    *("src", "pyproject.toml", "uv.lock"),
)
_COMPARED = (
    "reports/**/*",
    "data/processed/notebooks/*",
    "data/processed/protected/sintetis/*",
    "data/processed/*",
)
# What must not make a difference, and what each of the two builds has of it.
CIRCUMSTANCES: tuple[Mapping[str, str], ...] = (
    {"TZ": "Asia/Jayapura", "LC_ALL": "C", "PYTHONHASHSEED": "1", "WORKERS": "1"},
    {"TZ": "America/New_York", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2", "WORKERS": "3"},
)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return 0 if both builds have the same bytes, 1 if not."""
    parser = argparse.ArgumentParser(prog="python -m analysis.pipeline.verify", description=__doc__)
    parser.add_argument(
        "--only", metavar="EDITION", help="as that of pytask", default=[], nargs="*"
    )
    only = parser.parse_args(arguments).only
    with TemporaryDirectory() as first, TemporaryDirectory(prefix="another folder ") as second:
        folders = Path(first) / "project", Path(second) / "deeper" / "down" / "project"
        for folder in folders:
            _copy(folder)
        for folder, circumstances in zip(folders, CIRCUMSTANCES, strict=True):
            if _build(folder, circumstances, only):
                return 1
        contents = [_contents(folder) for folder in folders]
        names = sorted(set(contents[0]) | set(contents[1]))
        different = [name for name in names if contents[0].get(name) != contents[1].get(name)]
        different += [f"{name} names the folder" for name in names if _tells(folders[0], name)]
    for name in different:
        print(f"different: {name}")
    print(f"{len(names)} files compared, {len(different)} differ.")
    return 1 if different else 0


def _copy(folder: Path) -> None:
    for part in _COPIED:
        source, target = ROOT / part, folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)


def _build(folder: Path, circumstances: Mapping[str, str], only: list[str]) -> int:
    options = [option for name in only for option in ("--only", name)]
    workers = ["--parallel-backend", "threads", "--n-workers", circumstances["WORKERS"]]
    environment = {**os.environ, **circumstances, "PYTHONPATH": str(folder / "src")}
    print(f"Building with {', '.join(f'{n}={v}' for n, v in circumstances.items())}", flush=True)
    built = subprocess.run(
        [sys.executable, "-m", "pytask", *workers, *options],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if built.returncode:
        print(built.stdout, built.stderr, file=sys.stderr)
    return built.returncode


def _contents(folder: Path) -> dict[str, str]:
    """Return a digest of each file that was built, by its name in the folder."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for pattern in _COMPARED
        for path in sorted(folder.glob(pattern))
        if path.is_file() and not path.name.startswith(".")
    }


def _tells(folder: Path, name: str) -> bool:
    """Return whether a file names the folder that it was built in."""
    path = folder / name
    return path.exists() and str(folder).encode() in path.read_bytes()


if __name__ == "__main__":
    sys.exit(main())
