"""What is asked of the figures?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Query:
    """What is asked: codes only, so that the same words are one address. ``first`` and ``last`` may be ''."""

    place: str
    measure: str
    areas: tuple[str, ...]
    category: str
    view: str
    first: str = ""
    last: str = ""
    release: str = "latest"
