"""The page that presents the reports."""

from collections.abc import Sequence
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined

from analysis.language import Language
from analysis.reports.render import Summary, style


def render_index(reports: Sequence[Summary], language: Language) -> str:
    """Return the index of the site: each report with its question and key figures.

    Parameters
    ----------
    reports : sequence of Summary
        In the order they are presented.
    language : Language
        Language of the index itself.
    """
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, loader=FunctionLoader(_template)
    )
    template = environment.get_template("site.html.j2")
    return template.render(reports=reports, language=language, style=style()).strip() + "\n"


def _template(name: str) -> str:
    return files("analysis").joinpath("reports", "template", name).read_text(encoding="utf-8")
