"""What did the check of a statement find, and by which steps? Data only: language and layout put it into words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from math import isfinite, nan

# the stronger first: one contradiction outweighs any number of agreements
VERDICTS = ("contradicted", "does_not_follow", "other_base", "reproduced", "cannot_be_checked")


@dataclass(frozen=True)
class Step:
    """One line of arithmetic.

    ``key``: which line it is; ``numbers``: what went in, in order; ``result``: what comes out, with the range ``low``
    to ``high`` that the rounding of the numbers allows; ``stated``: the figure it is held against (NaN for none).
    ``claims``: the ids of the claims that the numbers come from, ``derived`` the one that the result stands for.
    ``fits``: do the two agree?
    """

    key: str
    numbers: tuple[float, ...]
    result: float
    low: float
    high: float
    unit: str = ""
    stated: float = nan
    claims: tuple[str, ...] = ()
    derived: str = ""
    fits: bool = True
    base: str = ""
    period: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Reason:
    """Why: a key with its numbers and codes by name (a tuple of pairs, so that it can be kept)."""

    key: str
    details: tuple[tuple[str, object], ...] = ()
    claims: tuple[str, ...] = ()

    @property
    def places(self) -> dict:
        return dict(self.details)


@dataclass(frozen=True)
class CellUsed:
    """One published cell that went into the arithmetic."""

    dataset: str
    release: str
    area: str
    category: str
    first: str
    last: str
    value: float
    status: str = ""


@dataclass(frozen=True)
class Finding:
    """The outcome for one claim; ``needed`` names what would have to be published to check it (further)."""

    claim: str
    verdict: str
    reasons: tuple[Reason, ...] = ()
    arithmetic: tuple[Step, ...] = ()
    cells: tuple[CellUsed, ...] = ()
    needed: tuple[Reason, ...] = ()


def reason(key: str, *, claims: Iterable[str] = (), **details: object) -> Reason:
    return Reason(key, tuple(details.items()), tuple(claims))


def strongest(verdicts: Iterable[str]) -> str:
    """The verdict that outweighs the others; 'cannot be checked' when there is none."""
    return min(verdicts, key=VERDICTS.index, default=VERDICTS[-1])


def as_data(finding: Finding) -> dict:
    """As it is kept in a file: numbers that are none become null."""
    return _plain(asdict(finding))


def _plain(value):
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return None if isinstance(value, float) and not isfinite(value) else value


def from_data(raw: dict) -> Finding:
    """The inverse of ``as_data`` (a limit that is none comes back as NaN)."""
    return Finding(
        raw["claim"],
        raw["verdict"],
        tuple(map(_reason, raw["reasons"])),
        tuple(_step(part) for part in raw["arithmetic"]),
        tuple(CellUsed(**_numbers(part, ("value",))) for part in raw["cells"]),
        tuple(map(_reason, raw["needed"])),
    )


def _reason(raw: dict) -> Reason:
    return Reason(
        raw["key"],
        tuple((key, tuple(value) if isinstance(value, list) else value) for key, value in raw["details"]),
        tuple(raw["claims"]),
    )


def _step(raw: dict) -> Step:
    filled = _numbers(raw, ("result", "low", "high", "stated"))
    lists = {key: tuple(raw[key]) for key in ("numbers", "claims", "period")}
    return Step(**{**filled, **lists})


def _numbers(raw: dict, keys: tuple[str, ...]) -> dict:
    return {**raw, **{key: nan if raw[key] is None else raw[key] for key in keys}}
