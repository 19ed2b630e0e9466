"""The pages that present the reports: answers first, then provinces, news, data."""

import re
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import nbformat
from jinja2 import Environment, FunctionLoader, StrictUndefined

from analysis.datasets import read_processed
from analysis.files import atomic_write
from analysis.language import Code, Language
from analysis.reports.policy import policy
from analysis.reports.rendering import Summary, style, summarise
from analysis.site.files import Files
from analysis.site.news import News, atom, news
from analysis.site.province_map import province_map

_SCRIPT = "search.js"
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def write_index(
    executed: Sequence[Path], folder: Path, code: Code, commit: str, address: str = ""
) -> None:
    """Write the index of executed notebooks and its feed, in a language; see `render_index`."""
    notebooks = [(file.stem, nbformat.read(file, as_version=4)) for file in executed]
    summaries = [summarise(notebook, name) for name, notebook in notebooks]
    language, names = Language(code), Files.of(code)
    told = news(code, [each.name for each in summaries])
    table = read_processed("provinsi")
    provinces = dict(zip(table["kode_kemendagri"], table["nama"], strict=True))
    atomic_write(folder / names.feed, atom(told, language, address, names.index, names.feed))
    atomic_write(
        folder / names.index,
        render_index(summaries, language, commit, told=told, provinces=provinces),
    )


def render_index(
    reports: Sequence[Summary],
    language: Language,
    commit: str,
    *,
    told: Sequence[News] = (),
    provinces: dict[str, str] | None = None,
) -> str:
    """Return the index of the site: each report with its question, answer and key figures.

    Parameters
    ----------
    reports : sequence of Summary
        In the order they are presented, numbered as their notebooks are. Of a notebook with several
        editions the titles are listed; pages that each speak of one province make a map.
    language : Language
        Language of the index itself.
    commit : str
        What the site was built from.
    told : sequence of News
        What is new.
    provinces : dict of str to str, optional
        Names of the provinces, by code.
    """
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, loader=FunctionLoader(_text)
    )
    drawn = province_map(reports, provinces or {}, language)
    on_map = {tile.page for tile in drawn.tiles} if drawn else set()
    by_notebook: dict[str, list[Summary]] = {}
    for report in reports:
        by_notebook.setdefault(report.notebook, []).append(report)
    titles = Counter(report.title for report in reports)
    other: Code = "en" if language.code == "id" else "id"
    sheet, script = f"{style()}\n{_text('index.css')}", _text(_SCRIPT)
    values = {
        "groups": list(by_notebook.values()),
        "numbers": {notebook: _number(notebook) for notebook in by_notebook},
        "repeated": {title for title, times in titles.items() if times > 1},
        "map": drawn,
        "told": told,
        "archive": _by_year(reports, on_map),
        "language": language,
        "commit": commit,
        "version": version("analysis"),
        "names": Files.of(language.code),
        "other": {"code": other, "page": Files.of(other).index},
        "style": sheet,
        "script": script,
        "policy": policy(sheet, script),
    }
    return environment.get_template("index.html.j2").render(**values).strip() + "\n"


def _number(notebook: str) -> int | None:
    """Return the number that the name of a notebook begins with, by which texts refer to it."""
    found = re.match(r"\d+", notebook)
    return int(found[0]) if found else None


def _by_year(reports: Sequence[Summary], on_map: set[str]) -> list[tuple[str, list[Summary]]]:
    """Return the reports by the newest year of their data; of those on the map the first."""
    mapped = [report for report in reports if report.name in on_map]
    listed: dict[str, list[Summary]] = {}
    for report in [each for each in reports if each.name not in on_map] + mapped[:1]:
        years = _YEAR.findall(report.data_date)
        if years:
            listed.setdefault(max(years), []).append(report)
    return sorted(listed.items(), reverse=True)


def _text(name: str) -> str:
    return files("analysis").joinpath("site", name).read_text(encoding="utf-8")
