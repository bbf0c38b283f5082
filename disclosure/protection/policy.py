"""Which counts are small, which grains are published, what does hiding cost? ``data/disclosure.toml`` and the card say
it."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path

from loaders import CategoryTree, Fault, SourceCard, SourceError
from loaders.data_folder import PROJECT
from loaders.schema.model import read_toml

LEVELS = {"area": ("area", "place"), "category": ("type", "group", "all"), "period": ("month", "quarter", "year")}
_KEYS = ("threshold", "sensitive_threshold", "range", "lattice", "whole_cube", "penalties", "seconds")


@dataclass(frozen=True)
class Policy:
    """The rule for one dataset; every field is the key of that name in ``disclosure.toml``.

    ``sensitive``: categories of the card for which the sensitive threshold holds, with everything below them.
    ``overlaps``: datasets that count the same things by other areas: ``dataset``, and for each of its areas the ones
    here.
    """

    threshold: int
    sensitive_threshold: int
    range: int
    lattice: tuple[dict, ...]
    whole_cube: int
    penalties: dict[str, float]
    seconds: dict[str, float]
    sensitive: tuple[str, ...] = ()
    overlaps: tuple[dict, ...] = ()

    def rule(self) -> dict:
        """What the audit records of the rule, so that another rule asks for a new protection."""
        fields = asdict(self)
        return {
            key: fields[key]
            for key in ("threshold", "sensitive_threshold", "range", "lattice", "whole_cube", "sensitive")
        }


def read_policy(card: SourceCard) -> Policy:
    """The rule of a dataset: that of its data folder (else of the project) with what its card says. Raises
    SourceError."""
    raw = _rule_of(card)
    rule = card.protect
    faults = list(_faults(rule, card))
    if faults:
        raise SourceError(card.id, faults)
    sensitive = {code for name in rule.get("sensitive", ()) for code in _below(card.tree, name)}
    return Policy(
        raw["threshold"],
        raw["sensitive_threshold"],
        raw["range"],
        tuple(rule.get("lattice", raw["lattice"])),
        raw["whole_cube"],
        raw["penalties"],
        raw["seconds"],
        tuple(sorted(sensitive)),
        tuple(rule.get("overlaps", ())),
    )


def _rule_of(card: SourceCard) -> dict:
    own = Path(*card.folder.parts[:-3]) / "disclosure.toml"
    raw = read_toml(own if own.exists() else PROJECT / "data" / "disclosure.toml", "disclosure.toml", SourceError)
    lacking = [key for key in _KEYS if key not in raw]
    if lacking:
        todo = "Restore the file; until then nothing is shown that is to be protected."
        fault = Fault("disclosure.toml", "keys are missing", ", ".join(_KEYS), f"without {', '.join(lacking)}", todo)
        raise SourceError(card.id, [fault])
    return raw


def default_policy() -> Policy:
    """The project's own rule, without any card."""
    raw = tomllib.loads((PROJECT / "data" / "disclosure.toml").read_text(encoding="utf-8"))
    return Policy(
        raw["threshold"],
        raw["sensitive_threshold"],
        raw["range"],
        tuple(raw["lattice"]),
        raw["whole_cube"],
        raw["penalties"],
        raw["seconds"],
    )


def _below(tree: CategoryTree, code: str) -> list[str]:
    return [code, *(code_below for child in tree.children(code) for code_below in _below(tree, child.code))]


def _faults(rule: dict, card: SourceCard):
    where = f"{card.id}/source.toml, [protect]"
    for code in rule.get("sensitive", ()):
        if code not in card.tree.nodes:
            yield Fault(where, "'sensitive' names no category", "a code of categories.csv", str(code), "Fix the code.")
    for grain in rule.get("lattice", ()):
        for axis, levels in LEVELS.items():
            if grain.get(axis) not in levels:
                yield Fault(
                    where,
                    f"'{axis}' of a grain is unknown",
                    " | ".join(levels),
                    str(grain.get(axis)),
                    "Choose one of them.",
                )
