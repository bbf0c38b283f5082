"""What the keys of cards, places and measures may hold: texts, names, dates, periods; and how a fault is said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, NotRequired
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    StrictBool,
    StrictInt,
    ValidationInfo,
    WithJsonSchema,
    with_config,
)
from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError
from typing_extensions import TypedDict

from language import LANGUAGES, REQUIRED, SPOKEN_IN_CODE, in_every_language
from loaders.addresses import (
    NAME,
    NAME_WORDS,
    RELEASE,
    RELEASE_WORDS,
    TAKEN_DATASETS,
    TAKEN_RELEASES,
    is_name,
    is_release,
)
from loaders.heading_text import heading_text
from loaders.periods import dates

UNSEEN = {*"\u200b\u200e\u200f\u061c\u2028\u2029\ufeff", *map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))}
CLOSED = ConfigDict(extra="forbid")


def fault(what: str, expected: str, found: object, todo: str) -> PydanticCustomError:
    """What does not fit, for the validators below to raise; ``loaders.schema.model`` words it as a ``Fault``."""
    words = {"what": what, "expected": expected, "found": str(found), "todo": todo}
    return PydanticCustomError("fault", "{what}", words)


def fault_at(keys: tuple, what: str, expected: str, found: object, todo: str) -> tuple[tuple, PydanticCustomError]:
    """A fault with the keys that lead to it, as ``refuse`` takes it."""
    return keys, fault(what, expected, found, todo)


def refuse(value: Any, faults: Iterable[tuple[tuple, PydanticCustomError]]) -> Any:
    """The value where there are no faults. Raises all of them together; each stands at its own keys below the value."""
    details = [InitErrorDetails(type=error, loc=keys, input=value) for keys, error in faults]
    if details:
        raise ValidationError.from_exception_data("faults", details)
    return value


def shown(value: object) -> str:
    """A value as a fault quotes it, on one line and not too long."""
    text = str(value).lower() if isinstance(value, bool) else "nothing" if value in ("", None) else str(value)
    text = "".join(f"U+{ord(letter):04X}" if is_unseen(letter) else letter for letter in text)
    return text if len(text) <= 80 else f"{text[:77]}…"


def is_unseen(letter: str) -> bool:
    """A character that nobody sees, or that turns others round."""
    return letter in UNSEEN or unicodedata.category(letter) in ("Cc", "Cn", "Cs")


def _seen(text: str) -> str:
    if text.isprintable():
        return text
    unseen = next((letter for letter in text if is_unseen(letter) and letter not in "\n\t"), "")
    if unseen:
        raise fault(
            "'{key}' holds a character that nobody sees",
            "letters, digits and signs",
            f"U+{ord(unseen):04X}",
            "Write it anew by hand.",
        )
    return text


def _written(text: str) -> str:
    if not text.strip():
        raise fault("'{key}' is missing", "a text", "nothing", 'Add {key} = "…".')
    return _seen(text)


def _named(text: str) -> str:
    if not is_name(text):
        raise fault("'{key}' is no word for addresses", NAME_WORDS, shown(text), "Choose another.")
    return text


def _dataset(text: str) -> str:
    if text in TAKEN_DATASETS:
        raise fault("'{key}' is taken", "another name than " + ", ".join(TAKEN_DATASETS), text, "Choose another.")
    return _named(text)


def _release(text: str) -> str:
    if not is_release(text):
        expected = f"{RELEASE_WORDS}; not {', '.join(TAKEN_RELEASES)}"
        raise fault("'{key}' is no word for addresses", expected, shown(text), "Choose another.")
    return text


def _dated(text: str) -> str:
    parts = text.split("-")
    try:
        date(*(int(part) for part in (*parts, 1, 1)[:3]))
        fits = re.fullmatch(r"\d{4}(-\d{2}){0,2}", text, re.ASCII)
    except (ValueError, TypeError):
        fits = None
    if not fits:
        expected = "a year, month or day, such as 2026, 2026-11 or 2026-11-30"
        raise fault("'{key}' is no date", expected, shown(text), "Fix it.")
    return text


def is_period(text: str) -> bool:
    """Does it write a period, of whatever frequency?"""
    try:
        dates(text)
    except ValueError:
        return False
    return True


def _period(text: str, info: ValidationInfo) -> str:
    if not is_period(text) and not (info.context or {}).get("lenient"):
        raise fault("'{key}' is no period", "such as 2024, 2024-Q1 or 2024-03", f"'{shown(text)}'", "Fix it.")
    return text


def _file(text: str) -> str:
    if not text.strip() or text.startswith(".") or "/" in text or any(map(is_unseen, text)):
        expected = "the name of a file in the folder of the card"
        raise fault("'{key}' is no name of a file", expected, shown(text), "Fix it.")
    return text


def _one_or_more(value: Any) -> str | list[str]:
    several = value if isinstance(value, list) else [value]
    if not several or not all(isinstance(text, str) for text in several):
        raise fault("'{key}' is of another kind", "a text or a list of texts", shown(value), "Fix it.")
    return value


def _number(value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < float("inf"):
        raise fault("'{key}' is of another kind", "a number", shown(value), "Fix it.")
    return value


def _headings(value: Any) -> str | list[str]:
    several = _one_or_more(value)
    return heading_text(several) if isinstance(several, str) else [heading_text(heading) for heading in several]


Heading = Annotated[str, AfterValidator(heading_text)]  # as the tables write it that the card describes
_TEXTS = WithJsonSchema({"type": ["string", "array"], "items": {"type": "string"}})
Headings = Annotated[Any, PlainValidator(_headings), _TEXTS]
Seen = Annotated[str, AfterValidator(_seen)]  # may be empty
Text = Annotated[str, AfterValidator(_written), WithJsonSchema({"type": "string", "minLength": 1})]
Name = Annotated[str, AfterValidator(_named), WithJsonSchema({"type": "string", "pattern": f"^{NAME}$"})]
DatasetName = Annotated[str, AfterValidator(_dataset), WithJsonSchema({"type": "string", "pattern": f"^{NAME}$"})]
ReleaseId = Annotated[str, AfterValidator(_release), WithJsonSchema({"type": "string", "pattern": f"^{RELEASE}$"})]
FileName = Annotated[str, AfterValidator(_file), WithJsonSchema({"type": "string", "pattern": "^[^./][^/]*$"})]
_DATE = WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"})
Dated = Annotated[str, AfterValidator(_dated), _DATE]
Period = Annotated[str, AfterValidator(_period)]
PeriodOrNone = Annotated[str, AfterValidator(lambda text, info: text and _period(text, info))]
NameOrNone = Annotated[str, AfterValidator(lambda text: text and _named(text))]
Texts = Annotated[Any, PlainValidator(_one_or_more), _TEXTS]
Number = Annotated[Any, PlainValidator(_number), WithJsonSchema({"type": "number"})]
Bool, Int = StrictBool, StrictInt
Count = Annotated[StrictInt, Field(ge=0)]


def table_type(title: str, required: dict[str, Any], optional: dict[str, Any] | None = None) -> Any:
    """A table of a TOML file that stays a plain dict once it is checked; no other keys may stand in it."""
    keys = required | {key: NotRequired[kind] for key, kind in (optional or {}).items()}
    return with_config(CLOSED)(TypedDict(title, keys))


def words(title: str, required: dict[str, Any] | None = None, optional: dict[str, Any] | None = None) -> Any:
    """A text in the languages of the site, and what else may stand beside it; a language with a chain may be left out,
    and is filled in by it."""
    others = {code: Text for code in LANGUAGES if code not in REQUIRED}
    kinds = table_type(title, dict.fromkeys(REQUIRED, Text) | (required or {}), others | (optional or {}))
    return Annotated[kinds, AfterValidator(in_every_language)]


def _for_all(value: Any) -> Any:
    """A plain text stands for every language."""
    return dict.fromkeys(LANGUAGES, value) if isinstance(value, str) else value


Words = words("Words")
Question = Annotated[Words, BeforeValidator(_for_all, json_schema_input_type=Words | Text)]
Named = words("Name", optional={f"{code}_said": Text for code in LANGUAGES})
AreaWord = words(
    "AreaWord",
    {f"{SPOKEN_IN_CODE}_plural": Text},
    {f"{code}_plural": Text for code in LANGUAGES if code not in REQUIRED},
)
Publisher = words("Publisher", optional={"url": Seen})
Unit = words("Unit", {"code": Text})


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme != "https" or not parts.netloc or any(letter.isspace() for letter in text):
        todo = "Give the address where it can be read."
        raise fault("'{key}' is no address of a page", "https://…", shown(text), todo)
    return text


PageAddress = Annotated[str, AfterValidator(_address), WithJsonSchema({"type": "string", "pattern": "^https://"})]
