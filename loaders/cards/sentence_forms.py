"""The sentences in which a measure card says its figures: their forms in every language, and the parts they are filled
with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter
from typing import Annotated, Any

from pydantic import AfterValidator, WithJsonSchema

from language import LANGUAGES, REQUIRED
from loaders.schema.faults import nearest_word
from loaders.schema.fields import fault_at, refuse, shown

PARTS = {"area", "value", "per", "category"}  # what may stand in braces in a sentence
_FORM = re.compile(rf"({'|'.join(LANGUAGES)})(_of)?(?:_(zero|one|two|few|many))?")


def _said(wording: dict) -> dict:
    return refuse(wording, _wordings(wording))


def _wordings(wording: dict) -> Iterator[tuple[tuple, Any]]:
    """Forms that no language has, and sentences without their number or with a part that nothing fills."""
    for code in REQUIRED:
        if not wording.get(code, "").strip():
            yield fault_at((), f"'said' has no '{code}'", "a sentence with {value}", "nothing", f'Add {code} = "…".')
    for form, text in wording.items():
        known = _FORM.fullmatch(form)
        if not known:
            near = nearest_word(form, [f"{code}{end}" for code in LANGUAGES for end in ("", "_of", "_one", "_of_one")])
            todo = f"Write '{near}', or remove it." if near else "Remove it."
            yield fault_at(
                (),
                "a form of a sentence that is not known",
                "en, en_one, en_of, en_of_one, zh, zh_of …",
                f"'{shown(form)}'",
                todo,
            )
            continue
        try:
            parts = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
        except ValueError as error:
            yield fault_at(
                (), f"'{form}' cannot be filled in", "{value} and other parts in braces", error, "Fix the braces."
            )
            continue
        for part in sorted(parts - PARTS):
            near = nearest_word(part, sorted(PARTS))
            yield fault_at(
                (),
                f"'{form}' has a part that is not known",
                "{area}, {value}, {per}, {category}",
                f"{{{part}}}",
                f"Write {{{near or 'value'}}}.",
            )
        for part in ["value", *(["category"] if known[2] else [])]:
            if text.strip() and part not in parts:
                yield fault_at(
                    (),
                    f"'{form}' has no {{{part}}}",
                    f"a sentence with {{{part}}}",
                    shown(text),
                    f"Put {{{part}}} where it belongs.",
                )


_FORMS = {
    f"{code}{category}{number}": {"type": "string"}
    for code in LANGUAGES
    for category in ("", "_of")
    for number in ("", "_one")
}
Said = Annotated[
    dict[str, str],
    AfterValidator(_said),
    WithJsonSchema({"type": "object", "properties": _FORMS, "required": list(REQUIRED)}),
]


def _named(names: dict) -> dict:
    return refuse(names, _names(names))


def _names(names: dict) -> Iterator[tuple[tuple, Any]]:
    """Forms that no language has, and a name of a category without its category."""
    forms = [f"{code}{ending}" for code in LANGUAGES for ending in ("", "_of")]
    for form in names:
        if form not in forms:
            near = nearest_word(form, forms)
            todo = f"Write '{near}', or remove it." if near else "Remove it."
            yield fault_at((), "a form of a name that is not known", ", ".join(forms), f"'{shown(form)}'", todo)
    for form, text in names.items():
        wanted = {"category"} if form.endswith("_of") else set()
        if set(re.findall(r"{(\w*)}", text)) != wanted:
            expected = "a name with {category} and no other braces" if wanted else "a name without braces"
            yield fault_at((), f"'{form}' does not fit", expected, shown(text), "Fix the braces.")


Named = Annotated[
    dict[str, str],
    AfterValidator(_named),
    WithJsonSchema(
        {
            "type": "object",
            "properties": {f"{code}{ending}": {"type": "string"} for code in LANGUAGES for ending in ("", "_of")},
        }
    ),
]


def without_per(wording: dict) -> Iterator[tuple[tuple, Any]]:
    """Sentences of a rate that would say a count."""
    for form, text in wording.items():
        if "{per}" not in text:
            todo = "Put {per} behind what is counted."
            yield fault_at((), f"'{form}' has no {{per}}", "a sentence with {per}, for the rate", shown(text), todo)
