"""What is new: as `news.toml` lists it, and as an Atom feed (RFC 4287)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as Xml

from pydantic import BaseModel, ConfigDict, Field

from analysis.errors import AnalysisError
from analysis.language import Code, Language
from analysis.site.listing import read_listing

_FILE = "news.toml"
_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True)
class News:
    """One thing that is new, in one language.

    Parameters
    ----------
    name : str
        What a feed knows it by; never changed once it is published.
    date : date
    page : str
        Page that it is about, without ending, or "".
    text : str
    """

    name: str
    date: dt.date
    page: str
    text: str


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z0-9-]+$")
    date: dt.date
    page: str = ""
    id: str
    en: str


class _Listed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    news: list[_Row] = []


def news(code: Code, pages: Sequence[str]) -> tuple[News, ...]:
    """Return what is new, newest first; see `parse_news`."""
    return parse_news(files("analysis").joinpath("site", _FILE).read_text("utf-8"), code, pages)


def parse_news(text: str, code: Code, pages: Sequence[str]) -> tuple[News, ...]:
    """Return what a text in TOML lists as new.

    Parameters
    ----------
    text : str
        As `news.toml`.
    code : {"id", "en"}
        Language.
    pages : sequence of str
        Names of the pages of this language. News of a page that is not built links nowhere.

    Raises
    ------
    AnalysisError
        If a row is wrong, or two have one name.
    """
    rows = read_listing(text, _FILE, _Listed).news
    names = [row.name for row in rows]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise AnalysisError(
            f"{_FILE} lists two rows of [[news]] that are called {twice[0]}. Give the newer one "
            "another name."
        )
    found = [
        News(
            row.name,
            row.date,
            _page(row.page, code, pages),
            row.id if code == "id" else row.en,
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda each: each.date, reverse=True))


def _page(name: str, code: Code, pages: Sequence[str]) -> str:
    own = name if code == "id" else f"{name}-{code}"
    return own if own in pages else ""


def atom(entries: Sequence[News], language: Language, address: str, index: str, feed: str) -> str:
    """Return the feed of what is new.

    Parameters
    ----------
    entries : sequence of News
    language : Language
    address : str
        Where the site is published, or "": links are then from the feed on.
    index, feed : str
        File names of the index and of the feed.
    """
    Xml.register_namespace("", _ATOM)
    root = Xml.Element(f"{{{_ATOM}}}feed", {"xml:lang": language.code})
    newest = max((each.date for each in entries), default=dt.date(1970, 1, 1))
    _add(root, "id", uuid5(NAMESPACE_URL, f"persebaran-asn/{feed}").urn)
    _add(root, "title", language.text("Persebaran ASN"))
    _add(root, "updated", _moment(newest))
    _add(Xml.SubElement(root, f"{{{_ATOM}}}author"), "name", language.text("Persebaran ASN"))
    _link(root, f"{address}{feed}", "self")
    _link(root, f"{address}{index}", "alternate")
    for each in entries:
        entry = Xml.SubElement(root, f"{{{_ATOM}}}entry")
        # Corrected words must not make a new entry (RFC 4287, 4.2.6): the name alone tells.
        _add(entry, "id", uuid5(NAMESPACE_URL, f"persebaran-asn/{feed}/{each.name}").urn)
        _add(entry, "title", each.text)
        _add(entry, "updated", _moment(each.date))
        _add(entry, "content", each.text)
        _link(
            entry, f"{address}{each.page}.html" if each.page else f"{address}{index}", "alternate"
        )
    Xml.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{Xml.tostring(root, encoding="unicode")}\n'


def _add(parent: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(parent, f"{{{_ATOM}}}{name}").text = text


def _link(parent: Xml.Element, address: str, rel: str) -> None:
    Xml.SubElement(parent, f"{{{_ATOM}}}link", {"rel": rel, "href": address})


def _moment(day: dt.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
