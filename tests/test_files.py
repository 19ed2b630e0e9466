import os
from pathlib import Path

import pytest

from analysis.errors import DataError
from analysis.files import atomic_write, read_bytes, read_rows


class TestReadRows:
    @pytest.mark.parametrize("mark", ["", "\ufeff"])
    def test_commas_or_semicolons_with_decimal_commas(self, tmp_path: Path, mark: str) -> None:
        file = tmp_path / "a.csv"
        for text in ('nama,porsi\n"a; b",0.5\n', 'nama;porsi\n"a; b";0,5\n'):
            file.write_text(mark + text, "utf-8")
            rows = read_rows(file, advice="").to_dict("records")
            assert rows == [{"nama": "a; b", "porsi": 0.5}]

    @pytest.mark.parametrize("content", [b"", b"a;b\n1;2\n1;2;3\n", b"nama\n\xff\n"])
    def test_what_is_no_table_is_refused_with_what_to_do(
        self, tmp_path: Path, content: bytes
    ) -> None:
        (tmp_path / "a.csv").write_bytes(content)
        with pytest.raises(DataError, match=r"a\.csv is no CSV file.*Name another\."):
            read_rows(tmp_path / "a.csv", advice="Name another.")


class TestReadBytes:
    def test_returns_what_is_there(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_bytes(b"\x00\xff")
        assert read_bytes(tmp_path / "a.csv", advice="") == b"\x00\xff"

    def test_says_why_not_and_what_to_do(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        (tmp_path / "loop").symlink_to(tmp_path / "loop")
        for name, reason in [
            ("none", "is missing"),
            (".", "is a folder, not a file"),
            ("pipe", "is not an ordinary file, but a pipe or a device"),
            ("loop", "is missing"),
        ]:
            with pytest.raises(DataError) as caught:
                read_bytes(tmp_path / name, advice="Restore it.")
            assert str(caught.value) == f"{tmp_path / name} {reason}. Restore it."

    def test_a_file_one_may_not_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "a.csv").touch()

        def fail(path: Path) -> bytes:
            raise PermissionError(13, "Permission denied", str(path))

        monkeypatch.setattr(Path, "read_bytes", fail)
        with pytest.raises(DataError, match=r"a\.csv cannot be read: Permission denied\. Ask"):
            read_bytes(tmp_path / "a.csv", advice="Ask for it.")


def test_writes_text_as_utf_8_with_its_own_line_ends(tmp_path: Path) -> None:
    file = tmp_path / "new" / "laporan.html"
    atomic_write(file, "– 1.234,5\n")
    assert file.read_bytes() == "– 1.234,5\n".encode()
    atomic_write(file, b"\x00")
    assert file.read_bytes() == b"\x00"
    assert list(file.parent.iterdir()) == [file]


def test_a_new_file_can_be_read_by_whom_the_umask_allows(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.touch()
    atomic_write(tmp_path / "atomic", "")
    assert (tmp_path / "atomic").stat().st_mode == plain.stat().st_mode


@pytest.mark.parametrize("step", ["write_bytes", "replace"])
def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    file = tmp_path / "laporan.html"
    atomic_write(file, "old")

    def fail(path: Path, *_: object) -> None:
        path.touch()  # as a write that was cut short would
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, step, fail)
        with pytest.raises(DataError, match="No space left on device") as caught:
            atomic_write(file, "new")
    assert f"{file} cannot be written" in str(caught.value)
    assert "disk is not full, then run again" in str(caught.value)
    assert file.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "reports"
    blocked.touch()
    with pytest.raises(DataError, match=f"Check that {blocked} is a folder"):
        atomic_write(blocked / "index.html", "new")
