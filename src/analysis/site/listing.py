"""The lists of this room, in TOML, read by a model: what is wrong is said with its place."""

import tomllib
from typing import TypeVar, get_args

from pydantic import BaseModel, ValidationError

from analysis.errors import AnalysisError

Listing = TypeVar("Listing", bound=BaseModel)


def read_listing(text: str, file: str, model: type[Listing]) -> Listing:
    """Return what a text in TOML lists.

    Parameters
    ----------
    text : str
    file : str
        Name of the file, for messages.
    model : type
        What the file may have: keys, and tables that are lists of models.

    Raises
    ------
    AnalysisError
        If it is no TOML, or a key or value is wrong; it names the file, the table, the key and
        what is allowed.
    """
    try:
        return model.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise AnalysisError(f"{file} is no TOML: {error}. Correct that line.") from error
    except ValidationError as error:
        first = error.errors()[0]
        where, *rest = map(str, first["loc"])
        rows = _rows(model, where)
        if rows and not rest:
            raise AnalysisError(
                f"{file}, {where} is no list of tables. Write [[{where}]] above each row."
            ) from error
        if rows:
            place = f"table {int(rest[0]) + 1} of [[{where}]]"
            where = ", ".join([place, ".".join(rest[1:])] if rest[1:] else [place])
        wrong = "" if first["type"] == "missing" else f" = {first['input']!r}"
        raise AnalysisError(
            f"{file}, {where}{wrong}: {first['msg']}. Allowed are "
            f"{', '.join((rows or model).model_fields)}; the head of the file says what each is."
        ) from error


def _rows(model: type[BaseModel], table: str) -> type[BaseModel] | None:
    """Return the model of the rows of a table; None if the key is no list of tables."""
    if table not in model.model_fields:
        return None
    inside = get_args(model.model_fields[table].annotation)
    return inside[0] if inside and issubclass(inside[0], BaseModel) else None
