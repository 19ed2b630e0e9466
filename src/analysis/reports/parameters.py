"""Check a notebook's parameters before any work starts."""

import ast
import difflib
from collections.abc import Mapping
from typing import Any, Self

from nbformat import NotebookNode
from pydantic import BaseModel, ConfigDict, ValidationError

from analysis.errors import ParameterError
from analysis.language import Code

_PLAIN = (str, int, float, bool, list, tuple, dict, type(None))
_IPYTHON = {"In", "Out", "exit", "quit"}


class Parameters(BaseModel):
    """Parameters that every report has. Each report adds its own by inheriting.

    Unknown names are errors, and so are values of another type; every problem is reported at
    once, with the list of the parameters there are.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    language: Code = "id"

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
        return f"Parameter {name!r} = {problem['input']!r}: {problem['msg']}."


def defaults(notebook: NotebookNode) -> dict[str, Any]:
    """Return the values that a notebook's cell tagged `parameters` assigns.

    Raises
    ------
    ParameterError
        If the notebook has no such cell, or a default is not a literal.
    """
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []):
            try:
                return {
                    target.id: ast.literal_eval(statement.value)
                    for statement in ast.parse(cell.source).body
                    if isinstance(statement, ast.Assign)
                    for target in statement.targets
                    if isinstance(target, ast.Name)
                }
            except (SyntaxError, ValueError) as error:
                raise ParameterError(
                    f"The cell tagged 'parameters' must only assign literal values: {error}."
                ) from error
    raise ParameterError(
        "The notebook has no cell tagged 'parameters'. Tag the cell that assigns them."
    )
