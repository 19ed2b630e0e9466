"""The record of a site tells which pages are its own, and those that are listed no more go."""

import json

import pytest

from analysis.reports.companions import write_companions
from analysis.site.record import write_record


@pytest.fixture
def site(tmp_path):
    for name in ("01_a", "02_b"):
        (tmp_path / f"{name}.html").write_text(f"page {name}", "utf-8")
        write_companions({"gambar-1.svg": "<svg/>", "datapackage.json": "[]"}, tmp_path / name)
    write_record([tmp_path / "01_a.html", tmp_path / "02_b.html"], tmp_path / "build.json", "abc")
    return tmp_path


def names(site):
    return sorted(path.name for path in site.iterdir())


def record(site):
    write_record([site / "01_a.html"], site / "build.json", "abc")
    return sorted(json.loads((site / "build.json").read_text("utf-8"))["pages"])


def test_a_page_that_is_listed_no_more_goes_with_what_stands_beside_it(site):
    assert record(site) == ["01_a.html"]
    assert names(site) == ["01_a", "01_a.html", "build.json"]
    assert (site / "01_a" / "gambar-1.svg").exists()


def test_what_others_put_beside_it_stays(site):
    (site / "mine.html").write_text("mine", "utf-8")
    (site / "02_b" / "mine.csv").write_text("mine", "utf-8")
    record(site)
    assert names(site) == ["01_a", "01_a.html", "02_b", "build.json", "mine.html"]
    assert [path.name for path in (site / "02_b").iterdir()] == ["mine.csv"]


def test_a_page_that_was_changed_since_is_somebody_elses(site):
    (site / "02_b.html").write_text("changed", "utf-8")
    record(site)
    assert (site / "02_b.html").read_text("utf-8") == "changed"
    assert (site / "02_b" / "gambar-1.svg").exists()


def test_a_build_that_ended_in_between_is_finished_by_the_next(site):
    (site / "02_b.html").unlink()
    record(site)
    assert names(site) == ["01_a", "01_a.html", "build.json"]


@pytest.mark.parametrize("broken", ["", "[]", '{"pages": ["02_b.html"]}', '{"pages": {"x": 1}}'])
def test_a_record_that_cannot_be_read_takes_nothing_away(site, broken):
    (site / "build.json").write_text(broken, "utf-8")
    assert record(site) == ["01_a.html"]
    assert (site / "02_b.html").exists()


def test_nothing_outside_of_the_site_goes(site):
    content = {"commit": "", "pages": {"../x.html": "0", "../y/..html": "0"}}
    inside = site / "inner"
    inside.mkdir()
    write_companions({"a.csv": ""}, site / "x")
    (inside / "build.json").write_text(json.dumps(content), "utf-8")
    write_record([], inside / "build.json", "abc")
    assert (site / "x" / "a.csv").exists()
