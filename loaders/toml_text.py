"""Values and cards as TOML, written by tomlkit: what stands in a card already keeps its comments and its order."""

from __future__ import annotations

from collections.abc import Mapping

import tomlkit
from tomlkit.items import AoT, Item


def inline(value) -> Item:
    """A value on one line: tables in braces, lists in brackets."""
    if isinstance(value, Mapping):
        table = tomlkit.inline_table()
        table.update({key: inline(item) for key, item in value.items()})
        return table
    if isinstance(value, (list, tuple)):
        array = tomlkit.array()
        array.extend(map(inline, value))
        return array
    return tomlkit.item(value)


def written(value) -> str:
    """The text of a value on one line: ``["a", "b"]``, ``{code = "one"}``."""
    return inline(value).as_string()


def section(values: Mapping, own: tuple[str, ...] = ()) -> tomlkit.items.Table:
    """A table with a value on each line; those named in ``own`` become tables of their own below it.

    Empty values are left out.
    """
    table = tomlkit.table()
    for key, value in values.items():
        if value not in (None, "", [], (), {}):
            table.add(key, section(value) if key in own else inline(value))
    return table


def document(values: Mapping, tables: tuple[str, ...], about: str = "") -> str:
    """A whole file: a comment ``about`` it, the plain values, then those named in ``tables``, lists of them as
    ``[[name]]`` (empty ones not at all)."""
    file = tomlkit.document()
    if about:
        file.add(tomlkit.comment(about))
    for key, value in values.items():
        if key not in tables:
            file.add(key, inline(value))
    for key in tables:
        value = values[key]
        if isinstance(value, Mapping):
            file.add(key, _lines(value))
        elif value:
            file.add(key, tomlkit.aot())
            for item in value:
                file[key].append(_lines(item))
    return tomlkit.dumps(file)


def _lines(values: Mapping) -> tomlkit.items.Table:
    table = tomlkit.table()
    for key, value in values.items():
        table.add(key, inline(value))
    return table


def added_to(text: str, name: str, values: Mapping, own: tuple[str, ...] = (), **changed: str) -> str:
    """A card's text with one more table at the end of the list ``name``, begun where there is none, and other values
    for the keys ``changed`` that it has."""
    card = tomlkit.parse(text)
    for key, value in changed.items():
        if key in card:
            card[key] = value
    if name not in card:
        card.add(tomlkit.nl())
        card.add(name, tomlkit.aot())
    listed = card[name]
    if isinstance(listed, AoT):
        last = section(values, own)
        inner = [last[key] for key in own if key in last]
        (inner[-1] if inner else last).add(tomlkit.nl())
        listed.append(last)
    else:
        listed.append(inline(section(values).unwrap()))
    return tomlkit.dumps(card).rstrip("\n") + "\n"


def without(text: str, name: str) -> str:
    """A card's text without what stands under a name; the same text where nothing does."""
    card = tomlkit.parse(text)
    card.pop(name, None)
    return tomlkit.dumps(card)
