"""Parts of pages from the templates: what a reader changes, and the scripts that change it.

A part named `rencana` is `template/rencana.html.j2`, which shows it as it first stands, and
`template/rencana.js`. Scripts only choose among texts and numbers that a report has computed.
"""

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from analysis.language import Language

_TEMPLATE = files("analysis").joinpath("reports", "template")
TABLES = "tabel"  # the script that sorts and filters tables
MARKS = "tanda"  # the script that points out the marks of figures


def filled(name: str, language: Language, **values: object) -> str:
    """Return a template filled in, its values escaped; `t` says a label in the language."""
    said = _environment().get_template(name).render(language=language, t=language.text, **values)
    return said.strip() + "\n"


@cache
def _environment() -> Environment:
    """Return what compiles each template once for all pages."""
    return Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FunctionLoader(lambda each: _TEMPLATE.joinpath(each).read_text("utf-8")),
        trim_blocks=True,
        lstrip_blocks=True,
    )


def fragment(part: str, data: str, language: Language) -> str:
    """Return the markup of what a reader changes, with its data for the script.

    Parameters
    ----------
    part : str
        Name of the template and of the script.
    data : str
        As `display.Interactive` keeps it: JSON.
    language : Language
    """
    # A "<" could end the element that holds the data.
    inlined = Markup(data.replace("<", "\\u003c"))
    return filled(f"{part}.html.j2", language, data=json.loads(data), inlined=inlined)


def script(parts: Iterable[str]) -> str:
    """Return the script of a page with these parts; empty if there are none."""
    texts = [_TEMPLATE.joinpath(f"{part}.js").read_text("utf-8") for part in sorted(set(parts))]
    return "\n".join(texts)
