"""Check a notebook's parameters before any work starts."""

import ast
import datetime as dt
import difflib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, ValidationInfo, field_validator

from analysis.datasets.description import plausible_day
from analysis.errors import ParameterError
from analysis.language import Code
from analysis.paths import ROOT

if TYPE_CHECKING:
    from nbformat import NotebookNode

_PLAIN = (str, int, float, bool, list, tuple, dict, type(None))
_IPYTHON = {"In", "Out", "exit", "quit"}
_Time = TypeVar("_Time", dt.date, int)
_LONGEST = 100  # characters of a wrong value that a message repeats


class Parameters(BaseModel):
    """Parameters that every report has. Each report adds its own by inheriting.

    Unknown names are errors, and so are values of another type; every problem is reported at
    once, with the list of the parameters there are.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    language: Code = "id"

    @field_validator("*", mode="before")
    @classmethod
    def _of_its_own_type(cls, value: object, info: ValidationInfo) -> object:
        """Refuse what would be converted to something nobody meant: 0 to a date, true to 1."""
        name = str(info.field_name)
        wanted = cls.model_fields[name].annotation
        if isinstance(value, bool) and wanted is not bool:
            raise ParameterError(
                f"Parameter {name!r} = {value!r} is true or false; give a value of its own type."
            )
        if wanted is dt.date and not _is_date(value):
            raise ParameterError(f"Parameter {name!r} = {_short(value)} is no date YYYY-MM-DD.")
        return value

    @field_validator("*", mode="after")
    @classmethod
    def _sensible(cls, value: object, info: ValidationInfo) -> object:
        """Refuse years in which there was no such thing, and lists that say one thing twice."""
        if isinstance(value, dt.date):
            try:
                plausible_day(value)
            except ValueError as error:
                raise ParameterError(f"Parameter {info.field_name!r}: {error}.") from None
        if isinstance(value, tuple):
            repeated = next((one for one in value if value.count(one) > 1), None)
            if repeated is not None:
                raise ParameterError(
                    f"Parameter {info.field_name!r} has {_short(repeated)} more than once. Name "
                    "each once."
                )
        return value

    @classmethod
    def check(cls, values: Mapping[str, Any]) -> Self:
        """Return the checked parameters.

        Raises
        ------
        ParameterError
            If a name is unknown or missing, a value has the wrong type or is not allowed, or
            two values contradict each other.
        """
        try:
            return cls(**values)
        except ValidationError as error:
            problems = [cls._explain(dict(problem)) for problem in error.errors()]
            known = [
                f"  {name}: {field.description or 'id or en, the language of the report'}"
                for name, field in cls.model_fields.items()
            ]
            raise ParameterError(
                "\n".join([*problems, "The parameters of this report are:", *known])
            ) from error

    @classmethod
    def read(cls, namespace: Mapping[str, Any]) -> Self:
        """Return the checked parameters from the variables of a notebook.

        Call it in the cell after the parameters, with `globals()`: what has been assigned by
        then, and is plain data, is taken for a parameter, so that a mistyped name given to
        papermill is found instead of being ignored.
        """
        return cls.check(
            {
                name: value
                for name, value in namespace.items()
                if isinstance(value, _PLAIN) and not name.startswith("_") and name not in _IPYTHON
            }
        )

    @classmethod
    def _explain(cls, problem: dict[str, Any]) -> str:
        name = ".".join(str(part) for part in problem["loc"]) or "parameters"
        if problem["type"] == "extra_forbidden":
            near = difflib.get_close_matches(name, cls.model_fields, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            return f"Unknown parameter {name!r}.{hint}"
        if problem["type"] == "missing":
            return f"Parameter {name!r} is missing. Give it a value in the parameters cell."
        if problem["type"] == "value_error":
            return str(problem["ctx"]["error"])
        return f"Parameter {name!r} = {_short(problem['input'])}: {problem['msg']}."


def require_order(before: _Time, after: _Time) -> None:
    """Refuse two states of which the parameter `before` is not the earlier.

    Raises
    ------
    ParameterError
        If it is not.
    """
    if before >= after:
        raise ParameterError(
            f"Parameter 'before' = {before} is not earlier than 'after' = {after}. Swap them."
        )


def _is_date(value: object) -> bool:
    if isinstance(value, str):
        return re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII) is not None
    return isinstance(value, dt.date) and not isinstance(value, dt.datetime)


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def found_path(given: str, parameter: str) -> Path:
    """Return a file that a parameter names.

    A relative path starts in the working folder, or else at the project.

    Raises
    ------
    ParameterError
        If it is in neither.
    """
    path = Path(given).expanduser()
    places = [path] if path.is_absolute() else [Path.cwd() / path, ROOT / path]
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        looked = " or ".join(str(place) for place in places)
        raise ParameterError(
            f"Parameter {parameter!r} = {given!r}: there is no file {looked}. Write the whole path."
        )
    return found


def defaults(notebook: "NotebookNode") -> dict[str, Any]:
    """Return the values that a notebook's cell tagged `parameters` assigns.

    Raises
    ------
    ParameterError
        If the notebook has no such cell, or a default is not a literal.
    """
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []):
            try:
                return dict(
                    pair
                    for statement in ast.parse(cell.source).body
                    for pair in _assigned(statement)
                )
            except (SyntaxError, ValueError) as error:
                raise ParameterError(
                    f"The cell tagged 'parameters' must only assign literal values: {error}."
                ) from error
    raise ParameterError(
        "The notebook has no cell tagged 'parameters'. Tag the cell that assigns them."
    )


def _assigned(statement: ast.stmt) -> Iterator[tuple[str, object]]:
    """Yield name and value of what a statement assigns: ``a = b = 1``, ``a: int = 1``."""
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    if isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    value = getattr(statement, "value", None)
    names = [target.id for target in targets if isinstance(target, ast.Name)]
    if value is None or not targets or len(names) < len(targets):
        raise ValueError(f"line {statement.lineno} does not assign a value to a name")
    yield from ((name, ast.literal_eval(value)) for name in names)
