"""Invented datasets for the tests: a real folder with a file and a card, read by the real loaders. About no real place or person."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pandas as pd

from loaders import Area, Observations, Place, read_card, read_release
from loaders.cards.categories import COLUMNS

AREAS = {"a1": "Alderney Hill", "a2": "Brook", "a3": "Cold Field"}
ALIASES = {"a1": ("甲区", "A-1"), "a2": ("乙区", "A-2"), "a3": ("丙区", "A-3")}
RELEASE = ("published", "ahead", "complete")
KINDS = {"theft": "Theft", "fraud": "Fraud"}
PLACE = Place.model_construct(
    code="inv",
    areas=tuple(
        Area.model_construct(code=code, name={"en": name, "zh": ALIASES[code][0]}, aliases=ALIASES[code][1:])
        for code, name in AREAS.items()
    ),
)
SHOWN = {"unit": {"code": "count", "en": "cases", "zh": "件"}, "label": {"en": "Invented", "zh": "虚构"}}
_HEAD = """# Invented numbers for the tests of this project.
name = "counts"
kind = "observations"
title = { en = "Invented", zh = "虚构" }
description = { en = "Invented", zh = "虚构" }
publisher = { en = "Invented", zh = "虚构" }
licenses = [ { name = "CC0-1.0", title = { en = "Invented", zh = "虚构" } } ]
accessed = "2026-11"
disclosure = "as_published"
place = "invented"
"""


def toml(value) -> str:
    """A value as TOML writes it on one line."""
    if isinstance(value, dict):
        return (
            "{ "
            + ", ".join(f"{json.dumps(key, ensure_ascii=False)} = {toml(entry)}" for key, entry in value.items())
            + " }"
        )
    return (
        f"[{', '.join(map(toml, value))}]"
        if isinstance(value, (list, tuple))
        else json.dumps(value, ensure_ascii=False)
    )


def dataset(folder: Path, file: str, data: bytes, card: dict, kinds: dict[str, str] = KINDS):
    """The card of a file that is put into ``folder``. ``card``: table, variables, columns, ignore, categories, frequency …"""
    home = folder / "invented" / "counts"
    home.mkdir(parents=True, exist_ok=True)
    (home / file).write_bytes(data)
    release = {"id": "1", "published": "2026", "file": file, "sha256": hashlib.sha256(data).hexdigest()}
    release |= {key: card[key] for key in ("columns", "ignore", "categories", "rows", "total", *RELEASE) if key in card}
    rest = {key: entry for key, entry in card.items() if key not in release}
    rest["variables"] = {code: {**SHOWN, **entry} for code, entry in card["variables"].items()}
    text = (
        _HEAD + "".join(f"{key} = {toml(entry)}\n" for key, entry in rest.items()) + f"releases = [ {toml(release)} ]\n"
    )
    (home / "source.toml").write_text(text, encoding="utf-8")
    rows = [",".join(COLUMNS), *(f"{code},,type,,,yes,,{name},{name},x,x,," for code, name in kinds.items())]
    if kinds:
        (home / "categories.csv").write_text("\n".join(rows), encoding="utf-8")
    return read_card(home / "source.toml")


def read(folder: Path, file: str, data: bytes, card: dict, **more) -> Observations:
    """The observations of such a file. Raises SourceError."""
    card_read = dataset(folder, file, data, card, **more)
    return read_release(card_read, card_read.latest, PLACE)


def told(frame: pd.DataFrame) -> dict[tuple, tuple]:
    """Area, category, period and variable → value (None where there is none) and status."""
    keys = zip(frame["area"], frame["category"], frame["period"], frame["variable"], strict=True)
    return {
        key: (None if pd.isna(value) else value, status)
        for key, value, status in zip(keys, frame["value"], frame["status"], strict=True)
    }
