"""A TOML file against its model: what comes back is the model, or every fault of the file as a ``Fault``."""

from __future__ import annotations

import copy
import pickle
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.json_schema import GenerateJsonSchema

from loaders.errors import Fault, FaultyInput, PlaceError
from loaders.schema.faults import DROPPED, FaultWording

M = TypeVar("M", bound="Model")
MOST_ROUNDS = 8


class Model(BaseModel):
    """A file of the data folder: only the keys that are declared, and never changed once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=False, arbitrary_types_allowed=False)


class Bare(GenerateJsonSchema):
    """A JSON Schema without titles that only repeat the key."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


@cache
def json_schema(model: type[BaseModel]) -> dict:
    """The JSON Schema of a file, in the keys that the file has: worked out once, and never changed."""
    return model.model_json_schema(by_alias=True, schema_generator=Bare)


def read_toml(path: Path, where: str, kind: type[FaultyInput]) -> dict:
    """The file as it is written. Raises ``kind`` that names the file and the line."""
    try:
        data = path.read_bytes()
        return pickle.loads(_parsed(data))
    except UnicodeDecodeError as error:
        reason = f"a byte that is no UTF-8 (at line {data[: error.start].count(10) + 1})"
    except tomllib.TOMLDecodeError as error:
        reason = str(error)
    except RecursionError:
        reason = "tables in tables without end"
    except OSError as error:
        reason = error.strerror or type(error).__name__
    what = "the file cannot be read" if kind is PlaceError else "the card cannot be read"
    raise kind(where, [Fault(where, what, "TOML in UTF-8", reason, "Fix the line named.")])


@lru_cache(maxsize=512)
def _parsed(data: bytes) -> bytes:
    """What TOML says, pickled: a file that is read again is parsed once, and nobody holds what another may change."""
    return pickle.dumps(tomllib.loads(data.decode("utf-8-sig")))


def validated(model: type[M], raw: dict, where: str, kind: type[FaultyInput], **context) -> M:
    """The model of a file. Raises ``kind`` with every fault, each with the key that it is about."""
    try:
        return model.model_validate(raw, context=context)
    except ValidationError as error:
        wordings = FaultWording(json_schema(model), raw, where)
        raise kind(
            where, [fault for detail in error.errors(include_url=False) for fault in wordings.faults(detail)]
        ) from None


def repaired(model: type[M], raw: dict, **context) -> M | None:
    """A file with faults as far as it can be followed, so that a fault hides no other: a text that is missing stands in
    as ``TO_WRITE``, what does not fit is left out. None where nothing is left of it. It is looked at, never shown."""
    wordings, raw = FaultWording(json_schema(model), {}, ""), copy.deepcopy(raw)
    for _ in range(MOST_ROUNDS):
        try:
            return model.model_validate(raw, context={**context, "lenient": True})
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                wordings.repair(raw, tuple(step for step in detail["loc"] if step != "[key]"), detail["type"])
            raw = _without_dropped(raw)
    return None


def _without_dropped(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_dropped(entry) for key, entry in value.items() if entry is not DROPPED}
    return [_without_dropped(entry) for entry in value if entry is not DROPPED] if isinstance(value, list) else value
