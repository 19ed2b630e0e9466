"""The files beside a page: data, a page for each figure, and a summary for a blog."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from analysis.errors import DataError
from analysis.files import atomic_write
from analysis.language import Code, Language
from analysis.messages import some
from analysis.reports.fragments import filled
from analysis.reports.offered import Credits, Offer, book
from analysis.reports.page_body import Shown
from analysis.reports.policy import policy

PACKAGE = "datapackage.json"
_CONTENTS = ".isi"  # names of the files that a page put into its folder
_EMBEDDED = 640  # height of a figure inside another page, in CSS pixels
_FIGURE_STYLE = """
body { margin: 0; padding: .8rem; color: #1f2933; background: #fff;
  font: 16px/1.5 "Source Sans 3", "Segoe UI", "Noto Sans", system-ui, sans-serif; }
h1 { font-size: 1.15rem; line-height: 1.3; margin: 0 0 .6rem; }
img, figure > svg { display: block; width: 100%; max-width: 30rem; height: auto; }
figure { margin: 0; }
figcaption, p { font-size: .88rem; color: #52606d; margin: .5rem 0 0; }
a { color: #0b5c8a; }
summary { font-size: .88rem; color: #52606d; margin: .5rem 0 0; cursor: pointer; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .8rem; background: #f3f6f9;
  padding: .5rem; margin: .3rem 0 0; }
@media print { details { display: none; } }
"""


@dataclass(frozen=True)
class Place:
    """Where a page stands.

    Parameters
    ----------
    languages : mapping of str to str
        Pages that say the same in other languages: name without ending, by language.
    address : str
        Where the site is published, with a slash at the end; "" if that is not known.
    previous, next : tuple of str, optional
        Page of the province before and after that of this page, without ending, and its name.
    command : str
        What builds the page again where it stands; "" for the command that runs its notebook, which
        knows of no other page.
    """

    languages: Mapping[Code, str] = field(default_factory=dict)
    address: str = ""
    previous: tuple[str, str] | None = None
    next: tuple[str, str] | None = None
    command: str = ""


@dataclass(frozen=True)
class Companions:
    """What stands beside a page, and what all of it says.

    Parameters
    ----------
    summary : Summary
        Of the report.
    figures, offers : sequence
        Figures and data of the page.
    saved : mapping of str to bytes
        Files that the page offers to save.
    said : Credits
    language : Language
    address : str
        As in `Place`.
    """

    summary: Any
    figures: Sequence[Shown]
    offers: Sequence[Offer]
    saved: Mapping[str, bytes]
    said: Credits
    language: Language
    address: str

    def files(self) -> dict[str, bytes | str]:
        """Return the files by name: data, figures and their pages, the summary, a description."""
        found: dict[str, bytes | str] = {
            **self.saved,
            **{f"{offer.name}.csv": offer.csv(self.said, self.language) for offer in self.offers},
        }
        if self.offers:
            found[f"{self.summary.name}.xlsx"] = book(self.offers, self.said, self.language)
        for figure in self.figures:
            found[f"gambar-{figure.number}.html"] = self._figure(figure)
            if figure.svg:
                found[f"gambar-{figure.number}.svg"] = figure.svg
        found["ringkasan.html"] = self._filled("ringkasan.html.j2", figures=self.figures)
        resources = [
            offer.resource(f"{self.summary.name}/{offer.name}.csv", self.said)
            for offer in self.offers
        ]
        found[PACKAGE] = json.dumps(resources, ensure_ascii=False, indent=1) + "\n"
        return found

    def _figure(self, figure: Shown) -> str:
        return self._filled(
            "gambar.html.j2", figure=figure, style=_FIGURE_STYLE, policy=policy(_FIGURE_STYLE)
        )

    def _embedding(self, figure: Shown) -> str:
        """Return what shows the page of a figure inside another page."""
        source = f"{self.address}{self.summary.name}/gambar-{figure.number}.html"
        title = escape(figure.title or self.summary.title)
        return (
            f'<iframe src="{escape(source)}" title="{title}" width="100%" height="{_EMBEDDED}" '
            'loading="lazy"></iframe>'
        )

    def _filled(self, template: str, **values: object) -> str:
        return filled(
            template,
            self.language,
            summary=self.summary,
            said=self.said,
            address=self.address,
            embedding=self._embedding,
            **values,
        )


def write_companions(content: Mapping[str, bytes | str], folder: Path) -> None:
    """Write the files of a page into its folder; what an earlier page put there goes.

    Raises
    ------
    DataError
        As `check_folder` does.
    """
    earlier = check_folder(folder)
    _note_down(
        earlier | set(content), folder
    )  # before them, so that none is a stranger's if this ends
    for name, each in content.items():
        atomic_write(folder / name, each)
    for name in earlier - set(content):
        (folder / name).unlink(missing_ok=True)
    _note_down(content, folder)


def remove_companions(folder: Path) -> None:
    """Remove what a page put into its folder, and the folder if nothing else is in it."""
    contents = folder / _CONTENTS
    if not contents.is_file():
        return
    ours = set(contents.read_text("utf-8").splitlines())
    for path in [each for each in folder.iterdir() if each.name in ours]:
        path.unlink()
    contents.unlink()
    if not any(folder.iterdir()):
        folder.rmdir()


def _note_down(names: Iterable[str], folder: Path) -> None:
    """Write down which files of a folder are its page's."""
    atomic_write(folder / _CONTENTS, "".join(f"{name}\n" for name in sorted(names)))


def check_folder(folder: Path) -> set[str]:
    """Return the files that an earlier page put into a folder.

    Raises
    ------
    DataError
        If there are other files in it, which belong to somebody else.
    """
    contents = folder / _CONTENTS
    ours = set(contents.read_text("utf-8").splitlines()) if contents.is_file() else set()
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    others = sorted(name for name in there - ours if not name.startswith("."))
    if others:
        raise DataError(
            f"{folder}: data and figures of the page go here, and the folder holds what no page "
            f"put there: {some(others)}. Give the page another name, or move these files; what an "
            "older version of this program wrote may be deleted."
        )
    return ours
