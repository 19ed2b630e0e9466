"""The words of a report: text files of named blocks, filled in with what was found.

A report has one text file per language, `texts/<report>.<language>.md`; `texts/common.*.md` holds
what several reports say. A file is a list of blocks, and an editor needs no Python to mend one::

    ## [ranking.caption]
    PNS per 1.000 penduduk menurut provinsi, {{ date | date }}.

    ## [ranking.text]
    {% if below == 0 %}
    Semua provinsi berasio sama.
    {% else %}
    {{ below | number }} dari {{ provinces | number }} provinsi berada di bawah rasio semuanya.
    {% endif %}

- A block starts with its name in brackets, `group.part`, and goes on to the next. What stands
  before the first block is a note to editors.
- `{{ value | filter }}` prints a value, `{% if ... %}` chooses: this is Jinja2. The filters are
  those of `analysis.reports.filters`: number, signed, percent, signed_percent, date, dates, name,
  term, listing, named, measure, plural, counted, out_of, becoming, link.
- A blank line parts two paragraphs; lines that start with `- ` are a list; `*...*` is emphasis.
  Line breaks inside a paragraph do not count, nor does a line that holds only `{% ... %}`.
- All blocks of one group speak of one finding: a frozen dataclass (`FINDINGS` of the report says
  which). Its fields are the values, and each is used somewhere in the group.
- Figures come from values. Digits may stand in a text only within a term that
  `texts/digits.txt` lists, such as `1.000 penduduk` or `S-1`.

The parts have fixed meanings:

===================================  ==============================================================
`report.title`, `report.question`    what the report is called and asks: `say.title()`
`key.<name>`                         a key figure in three lines: the number, what it counts, and
                                     one line of context; `key.date` is the date of the data:
                                     `say.key_figures(finding)`
`<group>.title`, `<group>.intro`     heading of a section, and what is said below it (may be left
                                     out): `say.section(group, finding)`
`<group>.text`                       paragraphs that read the finding: `say(group, finding)`
`<group>.caption`, `<group>.alt`     what a figure shows, and its finding for those who cannot see
                                     it: `say.picture(figure, group, finding)`; a table has a
                                     caption only: `say.table(frame, columns, group, finding)`
`<group>.headline`                   the finding of a figure as its title (may be left out)
===================================  ==============================================================

Tests hold every file to this: `tests/reports/test_texts.py`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Self

import pandas as pd
from jinja2 import Environment, StrictUndefined, Template, TemplateError
from matplotlib.figure import Figure

from analysis.errors import AnalysisError
from analysis.language import Code, Language
from analysis.reports.common import COMMON_FINDINGS
from analysis.reports.display import Column, KeyFigure, KeyFigures, Picture, Prose, Table
from analysis.reports.filters import escape_markdown, filters

COMMON = "common"  # the text file of what several reports say
_FOLDER = files("analysis").joinpath("reports", "texts")
_BLOCK = re.compile(r"^## \[([a-z][a-z0-9_]*\.[a-z][a-z0-9_]*)\]\s*$", re.MULTILINE)
_HEADING = re.compile(r"^#.*$", re.MULTILINE)
_ONLY_A_TAG = re.compile(r"^[ \t]*(\{[%#].*[%#]\})[ \t]*\n", re.MULTILINE)


@cache
def read_blocks(name: str, code: Code) -> Mapping[str, str]:
    """Return the blocks of a text file, by name, in order.

    Parameters
    ----------
    name : str
        Name of the report, or "common".
    code : {"id", "en"}
        Language.

    Raises
    ------
    AnalysisError
        If there is no such file, a heading is not the name of a block, or a name occurs twice.
    """
    file = f"{name}.{code}.md"
    try:
        text = _FOLDER.joinpath(file).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise AnalysisError(
            f"There is no text file reports/texts/{file}. A report has one for each language."
        ) from error
    return parse_blocks(text, file)


def parse_blocks(text: str, file: str) -> Mapping[str, str]:
    """Return the blocks of a text; see `read_blocks`."""
    note, *parts = _BLOCK.split(text)
    names, bodies = parts[::2], parts[1::2]
    stray = [line for body in bodies for line in _HEADING.findall(body)]
    if stray or not names:
        raise AnalysisError(
            f"{file}: {stray[0] if stray else note[:40]!r} is not the name of a block. "
            "A block starts with a line such as: ## [ranking.caption]"
        )
    twice = sorted({block for block in names if names.count(block) > 1})
    if twice:
        raise AnalysisError(f"{file}: the block [{twice[0]}] occurs twice. Keep one.")
    return MappingProxyType(
        {
            block: _ONLY_A_TAG.sub(r"\1", body.strip() + "\n").strip()
            for block, body in zip(names, bodies, strict=True)
        }
    )


@cache
def environment(language: Language, *, markdown: bool) -> Environment:
    """Return the Jinja2 environment that fills in blocks.

    Parameters
    ----------
    language : Language
        How the filters write.
    markdown : bool
        The block is Markdown, so that values are escaped for it; otherwise plain text.
    """
    made = Environment(
        undefined=StrictUndefined,
        autoescape=False,  # not HTML: Markdown is escaped by `finalize`
        finalize=escape_markdown if markdown else None,
    )
    made.filters |= filters(language, markdown=markdown)
    return made


@dataclass(frozen=True)
class Words:
    """The words of a report in one language.

    Parameters
    ----------
    report : str
        Name of the report; its text files are called so.
    language : Language
        Language to speak.
    findings : mapping of str to type
        The finding that the blocks of each group speak of. A group that is not there speaks of
        none.

    Attributes
    ----------
    used : set of str
        Blocks that have been asked for.
    """

    report: str
    language: Language
    findings: Mapping[str, type]
    used: set[str] = field(default_factory=set, compare=False, repr=False)

    @classmethod
    def of(cls, report: str, code: Code, findings: Mapping[str, type]) -> Self:
        """Return the words of a report: its own groups, and those that reports share."""
        return cls(report, Language(code), {**COMMON_FINDINGS, **findings})

    def __call__(self, group: str, finding: object = None) -> Prose:
        """Return the paragraphs of a group."""
        named = getattr(finding, "credits", ())
        return Prose(self._prose(f"{group}.text", finding), group=group, credits=named)

    def title(self, finding: object = None) -> Prose:
        """Return the title and the question of the report."""
        blocks = ("report.title", "report.question")
        title, question = (self.line(block, finding) for block in blocks)
        markdown = "# {}\n\n{}".format(*(self._prose(block, finding) for block in blocks))
        return Prose(markdown, title=title, question=question)

    def section(self, group: str, finding: object = None) -> Prose:
        """Return the heading of a section, and what is said below it."""
        markdown = f"## {self._prose(f'{group}.title', finding)}"
        if f"{group}.intro" in self._blocks:
            markdown += f"\n\n{self._prose(f'{group}.intro', finding)}"
        return Prose(markdown)

    def picture(self, figure: Figure, group: str, finding: object = None) -> Picture:
        """Return a figure with its caption, its text alternative and its headline, if any."""
        headline = f"{group}.headline"
        return Picture(
            figure,
            self.line(f"{group}.caption", finding),
            self.line(f"{group}.alt", finding),
            _capital(self.line(headline, finding)) if headline in self._blocks else None,
            self.language,
        )

    def table(
        self,
        frame: pd.DataFrame,
        columns: dict[str, Column],
        group: str,
        finding: object = None,
        *,
        totals: pd.DataFrame | None = None,
    ) -> Table:
        """Return a table with its caption; `totals` are the rows that stand for several others."""
        caption = self.line(f"{group}.caption", finding)
        return Table(frame, columns, caption, self.language, totals)

    def key_figures(self, finding: object) -> KeyFigures:
        """Return the key figures, in the order of the text file."""
        figures = []
        for block in self._blocks:
            if block.startswith("key.") and block != "key.date":
                lines = [line.strip() for line in self._fill(block, finding).splitlines()]
                value, label, *note = [line for line in lines if line]
                figures.append(KeyFigure(value, label, " ".join(note)))
        return KeyFigures(tuple(figures), self.line("key.date", finding))

    def label(self, message: str) -> str:
        """Return a short label from the catalogue; see `Language.text`."""
        return self.language.text(message)

    def line(self, block: str, finding: object = None) -> str:
        """Return a block as one line of plain text."""
        return " ".join(self._fill(block, finding).split())

    def lines(self, block: str, finding: object = None) -> tuple[str, ...]:
        """Return the paragraphs of a block, or the items of its list, as plain text."""
        parts = re.split(r"\n\s*\n|^- ", self._fill(block, finding), flags=re.MULTILINE)
        return tuple(" ".join(part.split()) for part in parts if part.strip())

    @property
    def _blocks(self) -> Mapping[str, str]:
        code = self.language.code
        return {**read_blocks(self.report, code), **read_blocks(COMMON, code)}

    def _prose(self, block: str, finding: object) -> str:
        """Return a block as Markdown, each paragraph and each item of a list on one line."""
        filled = self._fill(block, finding, markdown=True)
        return "\n\n".join(
            re.sub(r"\s*\n(?!- )\s*", " ", paragraph.strip())
            for paragraph in re.split(r"\n\s*\n", filled)
            if paragraph.strip()
        )

    def _fill(self, block: str, finding: object, *, markdown: bool = False) -> str:
        where = f"reports/texts/{self.report}.{self.language.code}.md, block [{block}]"
        if block not in self._blocks:
            raise AnalysisError(f"{where} is missing. Write it, or correct its name.")
        self.used.add(block)
        try:
            template = _template(self._blocks[block], self.language, markdown)
            return template.render(self._values(block, finding))
        except (TemplateError, AnalysisError, TypeError, KeyError) as error:
            raise AnalysisError(f"{where}: {error}.") from error

    def _values(self, block: str, finding: object) -> dict[str, Any]:
        group = block.partition(".")[0]
        expected = self.findings.get(group, type(None))
        if not isinstance(finding, expected):
            raise AnalysisError(
                f"the group {group!r} speaks of {expected.__name__}, and was given "
                f"{type(finding).__name__}"
            )
        if finding is None:
            return {}
        return {each.name: getattr(finding, each.name) for each in fields(finding)}  # type: ignore[arg-type]


def _capital(title: str) -> str:
    """Return a title that starts with a capital, whatever its text put in front or left out."""
    return title[:1].upper() + title[1:]


@cache
def _template(source: str, language: Language, markdown: bool) -> Template:
    """Return a block ready to be filled in: a report says some blocks for many findings."""
    return environment(language, markdown=markdown).from_string(source)
