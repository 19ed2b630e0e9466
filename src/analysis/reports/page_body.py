"""The cells of an executed notebook as the body of a page, and what they offer the reader."""

from base64 import b64decode
from dataclasses import dataclass
from html import escape
from typing import Any

import nbformat
from bs4 import BeautifulSoup
from nbformat import NotebookNode

from analysis.errors import AnalysisError
from analysis.language import Language
from analysis.reports.entries import METADATA, entry_of
from analysis.reports.fragments import MARKS, TABLES, fragment
from analysis.reports.offered import Offer
from analysis.reports.policy import Classes
from analysis.reports.prose import Contents, title_and_question


@dataclass(frozen=True)
class Shown:
    """A figure of a page, for the page of its own.

    Parameters
    ----------
    number : int
        Its number on the page, from 1.
    title, caption : str
        Its finding or, without one, its caption; its caption.
    markup : str
        The element that shows it, `svg` or `img`, with its text alternative.
    data : bool
        Whether the page offers its data.
    """

    number: int
    title: str
    caption: str
    markup: str
    data: bool

    @property
    def svg(self) -> str:
        """The figure as a file that says what it shows; "" if it is pixels."""
        if not self.markup.startswith("<svg"):
            return ""
        said = f"<title>{escape(self.title)}</title><desc>{escape(self.caption)}</desc>"
        return self.markup.replace(">", f">{said}", 1) + "\n"


class Body:
    """Prepares cells for the template, in order: figures and tables are numbered as they come.

    Attributes
    ----------
    contents : Contents
        Headings that have been met.
    classes : Classes
        Rules that the fragments of outputs had in attributes.
    offers : list of Offer
        Data of figures and tables.
    figures : list of Shown
    saved : dict of str to bytes
        Files to save, by name; they stand beside the page.
    parts : set of str
        Parts of the page that have a script; see `fragments`.
    """

    def __init__(self, language: Language, folder: str) -> None:
        self.contents = Contents()
        self.classes = Classes()
        self.offers: list[Offer] = []
        self.figures: list[Shown] = []
        self.saved: dict[str, bytes] = {}
        self.parts: set[str] = set()
        self._folder = folder
        self._language = language
        self._tables = self._choices = 0

    def cell(self, cell: NotebookNode) -> NotebookNode:
        """Return a cell with HTML for Markdown and without what the page opens with."""
        if cell.cell_type == "markdown":
            return nbformat.from_dict({**cell, "source": self._prose(cell.source)})
        if cell.cell_type != "code":
            return cell
        outputs = [each for each in map(self._output, cell.outputs) if each is not None]
        return nbformat.from_dict({**cell, "outputs": outputs})

    def _output(self, output: NotebookNode) -> dict[str, Any] | None:
        said, data = entry_of(output), output.get("data", {})
        kind = said.get("kind")
        if kind in {"key_figures", "title"}:
            return None
        if kind == "table":
            self._tables += 1
            self.parts.add(TABLES)
            self._offer("tabel", self._tables, said)
            data = {"text/html": plain_table(data["text/html"], said.get("totals", 0))}
            return self._numbered(output, data, said, self._tables)
        if kind == "interactive":
            self.parts.add(said["part"])
            self._choices += 1
            self._offer("pilihan", self._choices, said)
            html = fragment(said["part"], said["shown"], self._language)
            return self._numbered(output, {"text/html": html}, said, self._choices)
        if kind == "download":
            return {**output, "data": {"text/html": self._beside(data["text/html"])}}
        if "text/markdown" in data:
            return {**output, "data": {"text/html": self._prose(data["text/markdown"])}}
        if "text/html" in data:
            scripts, self.classes.scripts = self.classes.scripts, False
            html = self.classes.moved(data["text/html"])
            if self.classes.scripts:
                note = self._language.text(
                    "Keluaran ini memakai skrip, yang tidak dijalankan di halaman ini; bukalah "
                    "notebook-nya di JupyterLab."
                )
                html = f'<p class="catatan">{note}</p>{html}'
            self.classes.scripts |= scripts
            return {**output, "data": {"text/html": html}}
        if "image/svg+xml" in data or "image/png" in data:
            return self._picture(output, said)
        return dict(output)

    def _picture(self, output: NotebookNode, said: dict[str, Any]) -> dict[str, Any]:
        number, caption = len(self.figures) + 1, said.get("caption", "")
        drawn = output.data.get("image/svg+xml")
        if drawn is None:
            markup = _image(output.data["image/png"], output.metadata.get("image/png", {}))
        else:
            markup = self.classes.moved(drawn[drawn.find("<svg") :])
        if "<title>" in markup:
            self.parts.add(MARKS)
        title = said.get("headline", caption)
        self.figures.append(Shown(number, title, caption, markup, "data" in said))
        self._offer("gambar", number, said)
        said = {**said, "kind": "picture", "vector": drawn is not None}
        return self._numbered(output, {"text/html": markup}, said, number)

    def _beside(self, html: str) -> str:
        """Take the file out of its link, which then points to the folder beside the page."""
        fragment = BeautifulSoup(html, "html.parser")
        for link in fragment.find_all("a", download=True):
            name, address = str(link["download"]), str(link["href"])
            self.saved[name] = b64decode(address.partition(",")[2])
            link["href"] = f"{self._folder}/{name}"
        return str(fragment)

    def _offer(self, kind: Any, number: int, said: dict[str, Any]) -> None:
        if "data" in said:
            self.offers.append(Offer(kind, number, said["caption"], said["data"]))

    def _numbered(
        self, output: NotebookNode, data: dict[str, str], said: dict[str, Any], number: int
    ) -> dict[str, Any]:
        metadata = {**output.metadata, METADATA: {**said, "number": number}}
        return {**output, "data": data, "metadata": metadata}

    def _prose(self, markdown: str) -> str:
        return self.classes.moved(self.contents.html(markdown))


def _image(png: str, display: dict[str, Any]) -> str:
    """Return the element that shows pixels."""
    size = "".join(f' {side}="{display[side]}"' for side in ("width", "height") if side in display)
    address = f"data:image/png;base64,{png.replace(chr(10), '')}"
    return f'<img src="{escape(address)}" alt="{escape(display.get("alt", ""))}"{size}>'


def title_of_markdown(cell: NotebookNode) -> tuple[str, str] | None:
    """Return the title and the question that a Markdown cell opens with, if it does."""
    return title_and_question(cell.source) if cell.cell_type == "markdown" else None


def with_code(cells: list[NotebookNode]) -> list[NotebookNode]:
    """Give each figure and table the code since the one before it, and the last cell the rest."""
    shown, code = [], []
    last = max((i for i, cell in enumerate(cells) if cell.cell_type == "code"), default=None)
    for position, cell in enumerate(cells):
        if cell.cell_type == "code":
            code.append(cell.source)
            if position == last or any(entry_of(o).get("kind") != "prose" for o in cell.outputs):
                cell = nbformat.from_dict({**cell, "source": "\n\n".join(code)})
                code = []
            else:
                cell = nbformat.from_dict({**cell, "source": ""})
        shown.append(cell)
    return shown


def plain_table(html: str, totals: int = 0) -> str:
    """Return the bare table of a Great Tables fragment; the page's style sheet dresses it.

    Its last `totals` rows have the attribute `data-total`.
    """
    table = BeautifulSoup(html, "html.parser").find("table")
    if table is None:
        raise AnalysisError("A cell is marked as a table but shows none. Use display.Table.")
    for row in table.find_all("tr", class_="gt_heading"):
        row.decompose()
    for element in [table, *table.find_all(True)]:
        left = "gt_left" in element.get_attribute_list("class")
        scope = element.get("scope")
        element.attrs.clear()
        if left:  # numbers, which stand on the right, need no class
            element["class"] = "gt_left"
        if scope:
            element["scope"] = scope
    rows = table.select("tbody tr")
    for row in rows[len(rows) - totals :]:
        row["data-total"] = ""
    return str(table)
