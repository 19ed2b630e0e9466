"""The files beside a page: data, a page for each figure, and a summary for a blog."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined

from analysis.files import atomic_write
from analysis.language import Code, Language
from analysis.reports.offered import Credits, Offer, book
from analysis.reports.page_body import Shown
from analysis.reports.policy import policy

PACKAGE = "datapackage.json"
_TEMPLATE = files("analysis").joinpath("reports", "template")
_FIGURE_STYLE = """
body { margin: 0; padding: .8rem; color: #1f2933; background: #fff;
  font: 16px/1.5 "Source Sans 3", "Segoe UI", "Noto Sans", system-ui, sans-serif; }
h1 { font-size: 1.15rem; line-height: 1.3; margin: 0 0 .6rem; }
img, figure > svg { display: block; width: 100%; max-width: 30rem; height: auto; }
figure { margin: 0; }
figcaption, p { font-size: .88rem; color: #52606d; margin: .5rem 0 0; }
a { color: #0b5c8a; }
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
    """

    languages: Mapping[Code, str] = field(default_factory=dict)
    address: str = ""


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

    def _filled(self, template: str, **values: object) -> str:
        filled = (
            _environment()
            .get_template(template)
            .render(
                summary=self.summary,
                said=self.said,
                language=self.language,
                t=self.language.text,
                address=self.address,
                **values,
            )
        )
        return filled.strip() + "\n"


@cache
def _environment() -> Environment:
    """Return what compiles each template once for all pages."""
    return Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FunctionLoader(lambda name: _TEMPLATE.joinpath(name).read_text("utf-8")),
        trim_blocks=True,
        lstrip_blocks=True,
    )


def write_companions(content: Mapping[str, bytes | str], folder: Path) -> None:
    """Write the files of a page into its folder; what an earlier page left there goes."""
    for name, each in content.items():
        atomic_write(folder / name, each)
    for path in folder.iterdir():
        if path.is_file() and path.name not in content and not path.name.startswith("."):
            path.unlink()
