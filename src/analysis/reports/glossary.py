"""The terms of art that a page explains at its end."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from analysis.language import Code, Language
from analysis.reports.prose import paragraphs


@dataclass(frozen=True)
class Term:
    """A term of art and what it means, in one language."""

    term: str
    meaning: str


@cache
def glossary(code: Code) -> tuple[Term, ...]:
    """Return all terms, as `glossary.toml` lists them, with what they mean in a language."""
    text = files("analysis").joinpath("reports", "glossary.toml").read_text("utf-8")
    rows = tomllib.loads(text)["terms"]
    return tuple(Term(row["term"], " ".join(paragraphs(row[code]))) for row in rows)


def terms_in(text: str, language: Language) -> tuple[Term, ...]:
    """Return the terms that a text uses, with what they mean."""
    return tuple(each for each in glossary(language.code) if _pattern(each.term).search(text))


@cache
def _pattern(term: str) -> re.Pattern[str]:
    flags = re.IGNORECASE if term.islower() else re.NOFLAG
    return re.compile(rf"\b{re.escape(term)}\b", flags)
