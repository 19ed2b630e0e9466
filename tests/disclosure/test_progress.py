"""The lines that tell how far protection and audit have come."""

import io

import pytest

from analysis.disclosure import progress
from analysis.disclosure.progress import told


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def _hours(monkeypatch):
    """Let an hour pass whenever somebody looks at the clock."""
    monkeypatch.setattr(progress.time, "monotonic", iter(range(0, 10**6, 3600)).__next__)


def said(stream, monkeypatch, stop=None):
    monkeypatch.setattr("sys.stderr", stream)
    for item in (items := told("abcd", "cells protected")):
        if item == stop:
            items.close()
            break
    return stream.getvalue()


def test_long_work_on_a_terminal_says_how_far_it_is_and_leaves_a_clean_line(monkeypatch):
    text = said(Terminal(), monkeypatch)
    assert "2 of 4 cells protected" in text
    assert text.endswith("\r\x1b[K")
    assert said(Terminal(), monkeypatch, stop="c").endswith("\r\x1b[K")


def test_long_work_without_a_terminal_says_now_and_then_how_far_it_is(monkeypatch):
    log = io.StringIO()
    monkeypatch.setattr("sys.__stderr__", log)
    lines = said(log, monkeypatch).splitlines()
    assert lines[2] == "Disclosure control: 2 of 4 cells protected"
    assert len(lines) == 4
    log = io.StringIO()
    monkeypatch.setattr("sys.__stderr__", log)
    monkeypatch.setattr(progress.time, "monotonic", iter(range(0, 100, 3)).__next__)
    assert said(log, monkeypatch) == ""


def test_nothing_is_said_to_a_notebook_or_where_there_is_little_to_do(monkeypatch):
    assert said(io.StringIO(), monkeypatch) == ""
    monkeypatch.setattr(progress.time, "monotonic", lambda: 0.0)
    assert said(Terminal(), monkeypatch) == ""
