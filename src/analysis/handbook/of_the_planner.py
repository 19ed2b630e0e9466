"""The reference page of the planner: question, function, example, from the rooms' docstrings."""

import importlib
import inspect
import pkgutil
from types import ModuleType
from typing import Any

from analysis import redistribution

_OPENING = """# The planner: which question, which function

Made by `make docs` from the docstrings of `analysis.redistribution`; do not edit. The tests run
every example; `help(analysis.redistribution.plan_moves)` and so on is the full text.
"""


def planner_page() -> str:
    """Return the page, in Markdown: the questions of each room, then its functions."""
    return "\n".join([_OPENING, *(_room(room) for room in _rooms())])


def _rooms() -> list[ModuleType]:
    """Return the rooms of the planner in the order in which they build on one another."""
    found = [
        importlib.import_module(f"{redistribution.__name__}.{module.name}")
        for module in pkgutil.iter_modules(redistribution.__path__)
        if module.ispkg
    ]
    order = ["need", "frontiers", "flows", "plans", "families", "people"]
    return sorted(found, key=lambda room: [*order, _name(room)].index(_name(room)))


def _name(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


def _room(room: ModuleType) -> str:
    title, _, questions = inspect.getdoc(room).partition("\n\n")  # type: ignore[union-attr]
    answers = [
        _function(getattr(room, name))
        for name in room.__all__
        if inspect.isfunction(getattr(room, name))
    ]
    return "\n".join([f"## {title}", "", questions, "", *answers])


def _function(function: Any) -> str:
    sections = _sections(function)
    lines = [f"### `{function.__name__}`", "", _paragraph(sections["summary"]), ""]
    if "References" in sections:
        lines += [f"Source: {_paragraph(sections['References'])}", ""]
    if "Examples" in sections:
        lines += ["```python", sections["Examples"], "```", ""]
    return "\n".join(lines)


def _sections(function: Any) -> dict[str, str]:
    """Return the parts of a numpydoc docstring by their title, what precedes them as summary."""
    lines = inspect.getdoc(function).splitlines()  # type: ignore[union-attr]
    title = "summary"
    parts: dict[str, list[str]] = {title: []}
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        if line and below == "-" * len(line):
            title = line
            parts[title] = []
        elif not (line and set(line) == {"-"}):
            parts[title].append(line)
    return {name: "\n".join(text).strip() for name, text in parts.items()}


def _paragraph(text: str) -> str:
    """Return the first paragraph, on one line."""
    return " ".join(text.partition("\n\n")[0].split())
