"""What comes in at the door, and how much of it: the rules of door.toml (or of the file that FIGURES_DOOR names), read
once and typed.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(os.environ.get("FIGURES_DOOR") or Path(__file__).resolve().parent / "door.toml")


@dataclass(frozen=True)
class Socket:
    """Bounds of the socket of a page; bytes, seconds and counts, each explained in door.toml."""

    address: str
    origins: list[str]
    messages: list[str]
    largest: int
    first_seconds: float
    burst: int
    a_second: float
    queued: int


@dataclass(frozen=True)
class Sessions:
    """How many readers at the same time, and what one address may hold of them."""

    most: int
    share: float
    reserve: float
    retry_seconds: int


@dataclass(frozen=True)
class ConnectionRules:
    """Bounds of a connection, in bytes and seconds."""

    head_bytes: int
    head_seconds: float
    unread_seconds: float
    unread_bytes: int
    backlog_bytes: int


@dataclass(frozen=True)
class Extracts:
    """How many extracts are made at once, and what waits for what, in seconds."""

    at_once: int
    wait_seconds: float
    retry_seconds: int
    unread_seconds: float
    pages_seconds: float


@dataclass(frozen=True)
class PictureRules:
    """How many pictures are drawn at once, how many wait and how long, in seconds, and how many bytes are kept."""

    at_once: int
    waiting: int
    wait_seconds: float
    retry_seconds: int
    kept_bytes: int


@dataclass(frozen=True)
class Descriptors:
    """Open files of the process, and what a session takes of them."""

    most: int
    spare: int
    kept: int
    a_session: int

    def sessions(self, limit: int, most: int) -> int:
        """How many sessions fit under a limit of open files, at most ``most`` and at least one."""
        return max(1, min(most, (limit - self.spare - self.kept) // (self.a_session + 2)))

    def connections(self, limit: int, sessions: int) -> int:
        """How many connections fit beside the descriptors that so many sessions hold otherwise."""
        return max(8, limit - self.spare - self.kept - sessions * (self.a_session - 1))


@dataclass(frozen=True)
class Rules:
    """All rules. ``addresses``: exact address, or beginning that ends in '*' → methods."""

    addresses: Mapping[str, list[str]]
    platform: Mapping[str, Any]
    pages: Mapping[str, list[str]]
    moved: Mapping[str, str]
    socket: Socket
    sessions: Sessions
    connection: ConnectionRules
    extracts: Extracts
    pictures: PictureRules
    descriptors: Descriptors


def read_rules(path: Path = FILE) -> Rules:
    """The rules of a file. Raises KeyError or TypeError when one is missing or unknown."""
    text = tomllib.loads(path.read_text(encoding="utf-8"))
    kinds = {
        "socket": Socket,
        "sessions": Sessions,
        "connection": ConnectionRules,
        "extracts": Extracts,
        "pictures": PictureRules,
        "descriptors": Descriptors,
    }
    return Rules(**{name: kinds[name](**part) if name in kinds else part for name, part in text.items()})


RULES = read_rules()
