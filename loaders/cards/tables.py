"""The tables inside a source card: licences, variables, marked cells, boundaries, lists of areas, readings."""

from __future__ import annotations

import codecs
import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationInfo, WrapValidator

from language import LANGUAGES, REQUIRED
from loaders.schema.fields import (
    Bool,
    Dated,
    Heading,
    Int,
    Number,
    Period,
    Seen,
    Text,
    Unit,
    Words,
    fault,
    fault_at,
    refuse,
    shown,
    table_type,
)
from loaders.statuses import STATUSES

BASES = ("same_period_last_year", "previous_period", "other_days", "not_stated")  # what statements are compared with
Status = Literal[STATUSES]
OPEN_QUESTION = "a question of the draft is open"
UNNAMED = "Name it; without a licence nothing is shown."


Announced = table_type("Announced", {"date": Dated}, {"url": Seen})  # a release that is to come


def _licences(licences: Any, read: Any, info: ValidationInfo) -> list[dict]:
    """At least one licence; none is asked for where a card is read to be checked, never shown."""
    if info.context and not info.context.get("licensed", True):
        return []
    if isinstance(licences, list):
        todo = "Name the licence; without one nothing is shown."
        expected = "a short name, such as OGL-UK-3.0, and a title in both languages"
        bare = [
            number
            for number, licence in enumerate(licences)
            if isinstance(licence, dict) and not licence.get("name") and not _titled(licence)
        ]
        refuse(
            licences, [fault_at((number,), "the licence is not named", expected, "nothing", UNNAMED) for number in bare]
        )
        if not licences:
            raise fault("'licenses' is missing", "at least one licence", "nothing", todo)
    return read(licences)


def _answered(questions: list[str], info: ValidationInfo) -> list[str]:
    """No question of a draft is left, but where a card is read to be checked, never shown."""
    if info.context and not info.context.get("licensed", True):
        return questions
    todo = "Say the answer in the card, and take the question out of 'unanswered'."
    left = [
        fault_at((number,), OPEN_QUESTION, "an answer", question.rstrip("."), todo)
        for number, question in enumerate(questions)
    ]
    return refuse(questions, left)


Unanswered = Annotated[list[str], AfterValidator(_answered)]


def _titled(licence: dict) -> bool:
    title = licence.get("title")
    return isinstance(title, dict) and any(title.values())


def _box(box: list) -> list:
    west, south, east, north = box if len(box) == 4 else (0, 0, 0, 0)
    if not (-180 <= west < east <= 360 and west <= 180 and -90 <= south < north <= 90):
        expected = "west, south, east, north in degrees; east over 180 where the place lies beyond the 180th meridian"
        raise fault("'box' is none", expected, shown(box), "Fix it.")
    return box


def _point(point: list) -> list:
    longitude, latitude = point if len(point) == 2 else (999, 999)
    if not (-180 <= longitude <= 180 and -85 <= latitude <= 85):
        raise fault("'centre' is none", "a longitude and a latitude in degrees", shown(point), "Fix it.")
    return point


def known_encoding(name: str) -> str:
    """The name of an encoding, where there is such a one."""
    try:
        codecs.lookup(name)
    except (LookupError, ValueError):
        raise fault("'encoding' is unknown", "such as gb18030", shown(name), "Fix it.") from None
    return name


def _base(code: str) -> str:
    if code not in BASES and not (code.isdigit() and len(code) == 4):
        raise fault("'{key}' has an unknown code", " | ".join(BASES) + " | a year", shown(code), "Choose one.")
    return code


def _hash(text: str) -> str:
    if text and not re.fullmatch("[0-9a-f]{64}", text):
        todo = "Take it from sha256sum."
        raise fault("'{key}' is no hash", "64 digits and letters a to f, as sha256sum gives them", shown(text), todo)
    return text


VARIABLE_KINDS = ("count", "rate", "change")


def is_counted(variable: dict) -> bool:
    """May its figures be added up? A rate or a change of the publisher's own may not."""
    return variable.get("kind", "count") == "count"


Licence = table_type("Licence", {"name": Text, "title": Words}, {"url": Seen})
Source = table_type("Source", {"title": Text}, {"url": Seen})
Variable = table_type(
    "Variable",
    {"unit": Unit, "label": Words},
    {
        "column": Annotated[
            Heading, Field(description="the heading of the column of its figures; '' in a wide or crossed table")
        ],
        "heading": Annotated[
            Heading, Field(description="under heads or in a column of variables: what the file calls it")
        ],
        "status": Annotated[
            Heading, Field(description="the heading of the column that holds the statuses of its figures")
        ],
        "whole": Annotated[Bool, Field(description="whole numbers only; true where nothing is said")],
        "kind": Annotated[
            Literal[VARIABLE_KINDS],
            Field(
                description="count, where nothing is said; rate, change: the publisher's own, shown and never added up"
            ),
        ],
        "corrections": Annotated[
            Bool, Field(description="counts below zero take back earlier ones: they are kept and marked as revised")
        ],
        "scale": Annotated[
            Int, Field(gt=1, description="by what the file's figures are multiplied, such as 10000 for 万")
        ],
    },
)
Cell = table_type(
    "Cell",
    {"status": Status, "reason": Words},
    {"variables": list[str], "categories": list[str], "areas": list[str], "periods": list[Period]},
)
Inset = table_type(
    "Inset",
    {
        "areas": Annotated[list[str], Field(min_length=1, description="codes of areas that are moved together")],
        "centre": Annotated[
            list[Number],
            AfterValidator(_point),
            Field(description="longitude and latitude at which their middle is drawn"),
        ],
    },
    {"scale": Annotated[Number, Field(gt=0, le=20, description="by what their size is multiplied; 1 if not said")]},
)
Geometry = table_type(
    "Geometry",
    {"id": Annotated[Text, Field(title="the field with the areas' codes or names")]},
    {
        "object": Annotated[str, Field(description="the layer of the file, where it has several")],
        "crs": Annotated[
            str,
            Field(description="the coordinate system (EPSG:5179) where the file does not say it, or says a wrong one"),
        ],
        "swap_axes": Annotated[Bool, Field(description="the file gives latitude before longitude")],
        "encoding": Annotated[
            str,
            AfterValidator(known_encoding),
            Field(description="of the names in a Shapefile, where the bytes do not say it, such as euc-kr"),
        ],
        "others": Annotated[Literal["ignore"], Field(description="boundaries of areas that the place does not have")],
        "box": Annotated[
            list[Number],
            AfterValidator(_box),
            Field(description="west, south, east, north in degrees: where the areas must lie"),
        ],
        "insets": Annotated[list[Inset], Field(description="areas that lie far off and are drawn elsewhere")],
        "format": str,
    },
)
AreaColumns = table_type(
    "AreaColumns",
    {"code": Text, **{f"name_{code}": Text for code in REQUIRED}, "tile_row": Text, "tile_column": Text},
    {"group": Text, **{f"name_{code}": Text for code in LANGUAGES if code not in REQUIRED}},
)
Event = table_type("Event", {"name": Words, "first": Dated, "last": Dated})
Readings = table_type(
    "Readings",
    {},
    {
        "quote_language": Annotated[Seen, Field(description="the language in which quotes are")],
        "bases": Annotated[
            dict[str, Annotated[str, AfterValidator(_base)]],
            Field(description="what each spelling of compared_with means"),
        ],
        "multipliers": Annotated[
            dict[str, Number], Field(description="a unit's spelling = what its figures are multiplied by")
        ],
        "events": Annotated[list[Event], Field(description="spans of days in which figures are out of the ordinary")],
    },
)
Protect = table_type(
    "Protect", {}, {"sensitive": list[str], "lattice": list[dict[str, str]], "overlaps": list[dict[str, Any]]}
)

Licences = Annotated[list[Licence], WrapValidator(_licences)]
Hash = Annotated[str, AfterValidator(_hash)]
