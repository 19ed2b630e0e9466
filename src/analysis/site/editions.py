"""Which pages there are: notebook x parameters x language, as `editions.toml` lists them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from analysis.errors import AnalysisError
from analysis.language import Code
from analysis.site.listing import read_listing

_FILE = "editions.toml"
_PROVINCE = "province"  # parameter of the pages that each speak of one
_PLAIN: Code = "id"  # the default of every notebook; its editions have the plain name


@dataclass(frozen=True)
class Edition:
    """A notebook with parameters, in a language.

    Parameters
    ----------
    name : str
        Name of its page, without ending.
    notebook : str
        Name of the notebook, without ending.
    language : {"id", "en"}, optional
        None: as the notebook has it.
    parameters : mapping
        What differs from the defaults of the notebook.
    """

    name: str
    notebook: str
    language: Code | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    notebook: str
    languages: list[Code] = Field(min_length=1)
    each: dict[str, list[str]] = Field(default={}, max_length=1)
    name: str = Field(default="", pattern=r"^[a-z0-9_]*$")
    parameters: dict[str, Any] = {}


class _Listed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    address: str = ""
    editions: list[_Row] = []


def editions(notebooks: Sequence[str]) -> tuple[Edition, ...]:
    """Return the editions there are, in the order of their notebooks.

    Parameters
    ----------
    notebooks : sequence of str
        Names of the notebooks there are, without ending.

    Raises
    ------
    AnalysisError
        If a row is wrong, names a notebook that there is not, or two editions have one name.
    """
    return parse_editions(files("analysis").joinpath("site", _FILE).read_text("utf-8"), notebooks)


@cache
def site_address() -> str:
    """Return where the site is published, with a slash at the end; "" if the list does not say."""
    text = files("analysis").joinpath("site", _FILE).read_text("utf-8")
    address = read_listing(text, _FILE, _Listed).address
    return f"{address.rstrip('/')}/" if address else ""


def counterparts(edition: Edition, among: Sequence[Edition]) -> dict[str, str]:
    """Return the editions that say the same in other languages: their names, by language."""
    return {
        each.language: each.name
        for each in among
        if each.language
        and each.language != edition.language
        and each.notebook == edition.notebook
        and _beyond_language(each) == _beyond_language(edition)
    }


def provinces_beside(edition: Edition, among: Sequence[Edition]) -> dict[str, Edition]:
    """Return the pages of other provinces before ("previous") and after ("next") that of one.

    Parameters
    ----------
    edition : Edition
    among : sequence of Edition
        All editions, in order.
    """
    if _PROVINCE not in edition.parameters:
        return {}
    alike = [
        each
        for each in among
        if each.notebook == edition.notebook
        and each.language == edition.language
        and _PROVINCE in each.parameters
    ]
    at = alike.index(edition)
    found = {}
    if at > 0:
        found["previous"] = alike[at - 1]
    if at + 1 < len(alike):
        found["next"] = alike[at + 1]
    return found


def _beyond_language(edition: Edition) -> dict[str, Any]:
    return {name: value for name, value in edition.parameters.items() if name != "language"}


def parse_editions(text: str, notebooks: Sequence[str]) -> tuple[Edition, ...]:
    """Return the editions that a text in TOML lists; see `editions`."""
    rows = read_listing(text, _FILE, _Listed).editions
    unknown = sorted({row.notebook for row in rows} - set(notebooks))
    if unknown:
        raise AnalysisError(
            f"{_FILE} lists editions of the notebook {unknown[0]!r}, which is not there. "
            f"There are {', '.join(notebooks)}. Correct its name, or take the row out."
        )
    listed = {row.notebook for row in rows}
    found = [edition for row in rows for edition in _of(row)]
    found += [Edition(name, name) for name in notebooks if name not in listed]
    names = [edition.name for edition in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise AnalysisError(
            f"{_FILE} lists two editions that are called {twice[0]}. Give one of them a name, or "
            "take it out."
        )
    return tuple(sorted(found, key=lambda edition: notebooks.index(edition.notebook)))


def _of(row: _Row) -> Iterator[Edition]:
    """Yield the editions of a row: for each value, in each language."""
    choices = [
        (value, {**row.parameters, parameter: value})
        for parameter, values in row.each.items()
        for value in values
    ] or [("", row.parameters)]
    for value, parameters in choices:
        for language in row.languages:
            parts = (row.notebook, row.name, value, "" if language == _PLAIN else language)
            yield Edition(
                "-".join(part for part in parts if part),
                row.notebook,
                language,
                parameters if language == _PLAIN else {**parameters, "language": language},
            )
