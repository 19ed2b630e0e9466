"""What validation found, to be read: as text for a terminal and as a page."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from analysis.datasets.office_tables import Account, Note
from analysis.individuals.validation.choices import Choices
from analysis.individuals.validation.findings import (
    Example,
    Finding,
    TableFindings,
    Validation,
)
from analysis.individuals.validation.words import WORDS
from analysis.language import Code, Language
from analysis.messages import filled

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; color: #1c1c1c; background: #fff;
  margin: 0 auto; max-width: 72rem; padding: 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
.mark { background: #8a1c1c; color: #fff; font-weight: 600; padding: .5rem .75rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #c9c9c9; padding: .35rem .6rem; text-align: left;
  vertical-align: top; }
th.number, td.number { text-align: right; white-space: nowrap; }
td.words { min-width: 14rem; }
td.example { font-family: ui-monospace, monospace; font-size: .85rem; min-width: 14rem; }
code { font-size: .85rem; }
"""


@dataclass(frozen=True)
class Report:
    """A report of validation.

    Attributes
    ----------
    validation : Validation
    day : date
        Day that the extract describes.
    choices : Choices
    notes : mapping of str to sequence of Note
        How each table was read.
    rows : mapping of str to (int, int)
        Rows used and set aside of each table, once it was ingested.
    synthetic : bool
        Whether the extract itself says that its people are made up.
    """

    validation: Validation
    day: dt.date
    choices: Choices = field(default_factory=Choices)
    notes: Mapping[str, Sequence[Note]] = field(default_factory=dict)
    rows: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    synthetic: bool = False

    def to_text(self, language: Code = "id") -> str:
        """Return the report for a terminal."""
        say = _Words(language)
        lines = [say("title"), say("day", day=say.language.date(self.day))]
        lines += [say("synthetic")] if self._made_up else []
        for table in self.validation:
            lines += ["", say("table", table=table.table, rows=say.number(table.rows))]
            lines += [f"  {self._account(table, say)}"] if table.table in self.rows else []
            notes = Account("", tuple(self.notes.get(table.table, ()))).to_frame(language)
            lines += ["  " + " · ".join(filter(None, row)) for row in notes.itertuples(index=False)]
            lines += [f"  {say('sound')}"] if not table.broken else []
            for finding in table.broken:
                rows, choice = say.number(finding.rows or 0), self._choice(finding, say)
                lines.append(f"  {rows:>10}  {finding.rule.key}  [{choice}]")
                lines.append(f"{'':14}{finding.rule.says(language)}")
                lines += [f"{'':14}{say.example(each)}" for each in finding.examples]
            lines += [f"  {text}" for text in _ends(table, say)]
        return "\n".join([*lines, "", say("private")])

    def to_html(self, language: Code = "id") -> str:
        """Return the report as a page that needs nothing else; all data are escaped."""
        say = _Words(language)
        mark = f'<p class="mark">{say.html("synthetic")}</p>' if self._made_up else ""
        body = "".join(self._section(table, say) for table in self.validation)
        return (
            f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{say.html('title')}</title><style>{_STYLE}</style></head><body>"
            f"<h1>{say.html('title')}</h1>{mark}"
            f"<p>{say.html('day', day=say.language.date(self.day))}. {say.html('private')}</p>"
            f"{body}</body></html>\n"
        )

    @property
    def _made_up(self) -> bool:
        return self.synthetic or self.validation.synthetic

    def _section(self, table: TableFindings, say: "_Words") -> str:
        head = "".join(
            f'<th scope="col"{_NUMBER * (name in ("rows", "share"))}>{say.html(name)}</th>'
            for name in ("rule", "rows", "share", "meaning", "choice", "examples")
        )
        rows = "".join(self._row(finding, table.rows, say) for finding in table.broken)
        found = (
            f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody>'
            "</table></div>"
            if table.broken
            else f"<p>{say.html('sound')}</p>"
        )
        account = f"<p>{escape(self._account(table, say))}</p>" if table.table in self.rows else ""
        notes = Account(say("read"), tuple(self.notes.get(table.table, ())))
        title = say.html("table", table=table.table, rows=say.number(table.rows))
        return (
            f"<h2>{title}</h2>{account}{found}"
            f"{''.join(f'<p>{escape(text)}</p>' for text in _ends(table, say))}"
            f'<div class="scroll">{notes.to_html(say.language.code)}</div>'
        )

    def _row(self, finding: Finding, rows: int, say: "_Words") -> str:
        examples = "<br>".join(escape(say.example(each)) for each in finding.examples)
        share = say.language.percent((finding.rows or 0) / max(rows, 1), 2)
        return (
            f'<tr><th scope="row"><code>{escape(finding.rule.key)}</code></th>'
            f"<td{_NUMBER}>{say.number(finding.rows or 0)}</td><td{_NUMBER}>{share}</td>"
            f'<td class="words">{escape(finding.rule.says(say.language.code))}</td>'
            f'<td>{escape(self._choice(finding, say))}</td><td class="example">{examples}</td></tr>'
        )

    def _choice(self, finding: Finding, say: "_Words") -> str:
        choice = self.choices.of(finding.rule.key)
        return say("note") if finding.rule.note and choice == "accept" else say(choice)

    def _account(self, table: TableFindings, say: "_Words") -> str:
        kept, aside = self.rows[table.table]
        counts = {"total": table.rows, "kept": kept, "aside": aside}
        return say(
            "account", table=table.table, **{name: say.number(n) for name, n in counts.items()}
        )


_NUMBER = ' class="number"'


@dataclass(frozen=True)
class _Words:
    """The words of one language."""

    code: Code

    @property
    def language(self) -> Language:
        return Language(self.code)

    def __call__(self, key: str, **values: object) -> str:
        return filled(WORDS[key][self.code], values)

    def html(self, key: str, **values: object) -> str:
        return escape(self(key, **values))

    def number(self, value: float) -> str:
        return self.language.number(value)

    def example(self, example: Example) -> str:
        shown = ", ".join(f"{name} = {value}" for name, value in example.values.items())
        place = "" if example.row is None else self("row", row=self.number(example.row))
        return ": ".join(filter(None, (place, shown)))


def _ends(table: TableFindings, say: _Words) -> list[str]:
    """Return what was checked, and what could not be."""
    unchecked = table.unchecked
    lines = [say("checked", count=len(table.findings) - len(unchecked))]
    if unchecked:
        wanting = sorted({name for finding in unchecked for name in finding.lacking})
        lines.append(say("unchecked", count=len(unchecked), lacking=", ".join(wanting)))
    return lines
