"""Words what the models find wrong in a file: where it stands, what was expected, what was found, what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from language import LANGUAGES, REQUIRED
from loaders.errors import Fault
from loaders.schema.fields import shown

_ITEMS = {  # a list's name → what one of its entries is called
    "releases": "release",
    "breaks": "break",
    "licenses": "licence",
    "areas": "area",
    "unallocated": "area",
    "headlines": "[[headlines]]",
    "by": "[[similar.by]]",
    "variables": "variable",
    "events": "event",
}
_KINDS = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a table",
}


TO_WRITE = "TODO"  # what stands in the place of a text that is still to be written
DROPPED = object()


def nearest_word(word: str, known: list[str]) -> str:
    """The known word that is spelt most like this one, or ''."""
    return next(iter(difflib.get_close_matches(word, known, 1, 0.6)), "")


def unknown(where: str, what: str, word: str, known: list[str]) -> Fault:
    """A word that names nothing, with the nearest that does."""
    near = nearest_word(word, known)
    listed = " | ".join(name or '""' for name in known[:40]) or "none is there yet"
    return Fault(
        where, what, listed, f"'{shown(word)}'" if word else '""', f"Write '{near}'." if near else "Choose one of them."
    )


class FaultWording:
    """The faults of one file in our words; what was expected is looked up in the JSON Schema of its model."""

    def __init__(self, schema: dict, raw: dict, where: str):
        self.schema, self.raw, self.where = schema, raw, where

    def faults(self, error: dict) -> Iterator[Fault]:
        keys = tuple(step for step in error["loc"] if step != "[key]")
        key, where = str(keys[-1]) if keys else "", self._place(keys[:-1])
        kind, value = error["type"], error["input"]
        if kind in ("missing", "too_short"):
            yield from self._missing(keys, key, *self._what(keys, where))
        elif kind == "extra_forbidden":
            known = list(self._schema(keys[:-1]).get("properties", {}))
            near = nearest_word(key, known)
            todo = f"Write '{near}', or remove it." if near else "Remove it."
            yield Fault(where, "a word that is not known", ", ".join(known), f"'{shown(key)}'", todo)
        elif kind == "fault":
            words = {name: str(text).replace("{key}", key) for name, text in error["ctx"].items()}
            if words["what"] == f"'{key}' is missing" and key in LANGUAGES:
                words["what"], where = self._what(keys, where)
            elif (isinstance(value, dict) or isinstance(keys[-1], int)) and f"'{key}'" not in words["what"]:
                where = self._place(keys)
            yield Fault(where, words["what"], words["expected"], words["found"], words["todo"])
        else:
            named = self._schema(keys[:-1]).get("propertyNames", {}) if "[key]" in error["loc"] else self._schema(keys)
            yield self._ill_fitting(keys, kind, value, where, self._resolved(named))

    def _missing(self, keys: tuple, key: str, what: str, where: str) -> Iterator[Fault]:
        schema = self._schema(keys)
        if set(REQUIRED) <= set(schema.get("required", ())):
            for code in REQUIRED:
                yield Fault(where, f"'{key}' has no '{code}'", "a text", "nothing", f"Add {code} = \"…\" to '{key}'.")
            return
        expected = schema.get("title") if schema.get("type") in ("array", "object") else None
        todo = f"Add {key}: {expected}." if expected else f"Add {key}."
        todo = f'Add {key} = "…".' if schema.get("type") == "string" else todo
        yield Fault(where, what, expected or _kind(schema), "nothing", todo)

    def _ill_fitting(self, keys: tuple, kind: str, value: Any, where: str, schema: dict) -> Fault:
        key = str(keys[-1])
        options = [str(option) for option in schema.get("enum", [schema["const"]] if "const" in schema else ())]
        if kind == "literal_error" and (isinstance(value, str) or not isinstance(value, (list, dict))):
            near = nearest_word(str(value), options)
            todo = f"Write '{near}'." if near else "Choose one of them."
            name, listed = keys[-2] if isinstance(keys[-1], int) else key, " | ".join(word or '""' for word in options)
            return Fault(where, f"'{name}' is unknown", listed, shown(value), todo)
        if kind.endswith(("than", "than_equal")):
            least, most = schema.get("minimum"), schema.get("maximum")
            words = f"{least} or more" if most is None else f"up to {most}" if least is None else f"{least} to {most}"
            return Fault(where, f"'{key}' does not fit", words, shown(value), "Fix it.")
        return Fault(where, f"'{self._key(keys)}' is of another kind", _kind(schema), shown(value), "Fix it.")

    def _what(self, keys: tuple, where: str) -> tuple[str, str]:
        """What lacks something, and where: a text that lacks a language is named by its own key."""
        if len(keys) > 1 and keys[-1] in LANGUAGES:
            over = keys[:-1]
            name = self._key(over)
            return f"'{name}' has no '{keys[-1]}'", self._place(
                over[: -2 if isinstance(over[-1], int) and over[-2] not in _ITEMS else -1]
            )
        return f"'{self._key(keys)}' is missing", where

    @staticmethod
    def _key(keys: tuple) -> str:
        """The last key; an entry of a list by its list and number."""
        if len(keys) > 1 and isinstance(keys[-1], int):
            return f"{keys[-2]} {keys[-1] + 1}"
        return str(keys[-1]) if keys else ""

    def repair(self, raw: Any, keys: tuple, kind: str) -> None:
        """Fill in the text that is missing there, or take out what does not fit."""
        *over, key = keys or ("",)
        for step in over:
            numbered = isinstance(raw, list) and isinstance(step, int) and step < len(raw)
            if not (numbered or (isinstance(raw, dict) and step in raw)) or raw[step] is DROPPED:
                return
            above, raw = raw, raw[step]
        schema = self._schema(keys)
        if isinstance(raw, dict) and (key in LANGUAGES or (kind == "missing" and schema.get("type") == "string")):
            raw[key] = TO_WRITE
        elif isinstance(raw, dict) and kind == "missing" and set(REQUIRED) <= set(schema.get("required", ())):
            raw[key] = dict.fromkeys(schema["required"], TO_WRITE)
        elif kind == "missing" and over:
            above[over[-1]] = DROPPED
        elif isinstance(raw, list) or key in raw:
            raw[key] = DROPPED

    def _place(self, keys: tuple) -> str:
        """Where in the file: 'london.toml, area E09000001', 'p/d/source.toml, [releases.table] 2'."""
        if not keys:
            return self.where
        number = next((step + 1 for step in reversed(keys) if isinstance(step, int)), 0)
        names = [str(step) for step in keys if not isinstance(step, int)]
        if keys[0] in _ITEMS and len(keys) == 2:
            return f"{self.where}, {_ITEMS[keys[0]]} {self._name_of(keys, number)}"
        if keys[0] in ("areas", "unallocated") and number:
            return f"{self.where}, area {self._name_of(keys[:2], number)}, [{names[-1]}]"
        if names[-1] in _ITEMS and number and len(keys) > 1:
            return f"{self.where}, {_ITEMS[names[-1]]} {number}"
        return f"{self.where}, [{'.'.join(names)}]" + (f" {number}" if number else "")

    def _name_of(self, keys: tuple, number: int) -> str:
        """An area by its code, a variable by its name, any other entry by its number."""
        if isinstance(keys[1], str):
            return keys[1]
        code = self.raw[keys[0]][keys[1]].get("code") if isinstance(self.raw[keys[0]][keys[1]], dict) else None
        return shown(code) if keys[0] in ("areas", "unallocated") and isinstance(code, str) and code else str(number)

    def _schema(self, keys: tuple) -> dict:
        """The JSON Schema of the value that stands there; {} where the model knows none."""
        schema = self.schema
        for step in keys:
            schema = self._resolved(schema)
            if isinstance(step, int):
                several = schema.get("prefixItems", ())
                schema = several[step] if step < len(several) else schema.get("items", {})
            else:
                others = [schema.get("additionalProperties"), *schema.get("patternProperties", {}).values()]
                schema = schema.get("properties", {}).get(step) or next(
                    (other for other in others if isinstance(other, dict)), {}
                )
        return self._resolved(schema)

    def _resolved(self, schema: dict) -> dict:
        while "$ref" in schema:
            schema = {
                **self.schema["$defs"][schema["$ref"].rsplit("/", 1)[1]],
                **{key: part for key, part in schema.items() if key != "$ref"},
            }
        return next((self._resolved(part) for part in schema.get("anyOf", ()) if part.get("type") != "null"), schema)


def _kind(schema: dict) -> str:
    if "enum" in schema or "const" in schema:
        return " | ".join(str(option) or '""' for option in schema.get("enum", [schema.get("const")]))
    kind = schema.get("type", "")
    return (
        " or ".join(_KINDS.get(option, option) for option in ([kind] if isinstance(kind, str) else kind))
        or "another value"
    )
