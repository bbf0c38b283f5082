"""A TOML file against its model: what comes back is the model, or every fault of the file as a ``Fault``."""

from __future__ import annotations

import copy
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.json_schema import GenerateJsonSchema

from loaders.errors import Fault, FaultyInput, PlaceError
from loaders.schema.faults import DROPPED, Told

M = TypeVar("M", bound="Model")
MOST_ROUNDS = 8


class Model(BaseModel):
    """A file of the data folder: only the keys that are declared, and never changed once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=False, arbitrary_types_allowed=False)


class Bare(GenerateJsonSchema):
    """A JSON Schema without titles that only repeat the key."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def json_schema(model: type[BaseModel]) -> dict:
    """The JSON Schema of a file, in the keys that the file has."""
    return model.model_json_schema(by_alias=True, schema_generator=Bare)


def read_toml(path: Path, where: str, kind: type[FaultyInput]) -> dict:
    """The file as it is written. Raises ``kind`` that names the file and the line."""
    try:
        data = path.read_bytes()
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        found = f"a byte that is no UTF-8 (at line {data[: error.start].count(10) + 1})"
    except tomllib.TOMLDecodeError as error:
        found = str(error)
    except RecursionError:
        found = "tables in tables without end"
    except OSError as error:
        found = error.strerror or type(error).__name__
    what = "the file cannot be read" if kind is PlaceError else "the card cannot be read"
    raise kind(where, [Fault(where, what, "TOML in UTF-8", found, "Mend the line named.")])


def validated(model: type[M], raw: dict, where: str, kind: type[FaultyInput], **context) -> M:
    """The model of a file. Raises ``kind`` with every fault, each with the key that it is about."""
    try:
        return model.model_validate(raw, context=context)
    except ValidationError as error:
        told = Told(json_schema(model), raw, where)
        raise kind(where, [fault for one in error.errors(include_url=False) for fault in told.faults(one)]) from None


def mended(model: type[M], raw: dict, **context) -> M | None:
    """A file with faults as far as it can be followed, so that a fault hides no other: a text that is missing stands in as ``TO_WRITE``, what does
    not fit is left out. None where nothing is left of it. It is looked at, never shown.
    """
    told, raw = Told(json_schema(model), {}, ""), copy.deepcopy(raw)
    for _ in range(MOST_ROUNDS):
        try:
            return model.model_validate(raw, context={**context, "lenient": True})
        except ValidationError as error:
            for one in error.errors(include_url=False):
                told.mend(raw, tuple(step for step in one["loc"] if step != "[key]"), one["type"])
            raw = _without_dropped(raw)
    return None


def _without_dropped(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_dropped(one) for key, one in value.items() if one is not DROPPED}
    return [_without_dropped(one) for one in value if one is not DROPPED] if isinstance(value, list) else value
