"""The Markdown of a notebook as HTML, and the contents that its headings make."""

import re
from dataclasses import dataclass

from bs4 import BeautifulSoup
from nbconvert.filters.markdown import markdown2html

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True)
class Heading:
    """An entry of the table of contents."""

    text: str
    anchor: str


class Contents:
    """Turns Markdown into HTML, and remembers the headings of second level.

    They are taken from the HTML: what is bold, code or a link in a heading is its text, and a
    comment in a block of code is none. Each anchor is given once.
    """

    def __init__(self) -> None:
        self._headings: list[Heading] = []
        self._taken: set[str] = set()

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings met so far, in order."""
        return tuple(self._headings)

    def html(self, markdown: str) -> str:
        """Return the HTML of some Markdown."""
        soup = _parsed(markdown)
        for heading in soup.find_all(_HEADINGS):
            text = " ".join(heading.get_text().split())
            heading["id"] = self._anchor(text)
            if heading.name == "h2":
                self._headings.append(Heading(text, str(heading["id"])))
        return str(soup)

    def _anchor(self, text: str) -> str:
        stem = re.sub(r"[^\w.-]+", "-", text).strip("-") or "bagian"
        anchor, number = stem, 1
        while anchor in self._taken:
            number += 1
            anchor = f"{stem}-{number}"
        self._taken.add(anchor)
        return anchor


def title_and_question(markdown: str) -> tuple[str, str] | None:
    """Return the first-level heading that opens some Markdown and the text after it, if it does."""
    soup = _parsed(markdown)
    first = soup.find(True)
    if first is None or first.name != "h1":
        return None
    title = " ".join(first.get_text().split())
    first.decompose()
    return title, " ".join(soup.get_text().split())


def paragraphs(markdown: str) -> list[str]:
    """Return the paragraphs and the items of lists of some Markdown, as plain text."""
    found = _parsed(markdown).find_all(["p", "li"])
    return [" ".join(each.get_text().split()) for each in found if not each.find("p")]


def _parsed(markdown: str) -> BeautifulSoup:
    soup = BeautifulSoup(markdown2html(markdown), "html.parser")
    for link in soup.find_all("a", class_="anchor-link"):
        link.decompose()
    return soup
