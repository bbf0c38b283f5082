"""What the server writes into its log: never the address of a reader, and lines of JSON where ``FIGURES_LOG`` is
``json``."""

from __future__ import annotations

import io
import json
import logging
import os
import sys
from datetime import UTC, datetime
from typing import TextIO

PRINTED = "print"
SOCKET = '"WebSocket '  # how the server's own line about an opened socket goes on after the address of who opened it


class WithoutReaders(logging.Filter):
    """Leaves out lines that tell who opened a socket, and with which choices."""

    def filter(self, record: logging.LogRecord) -> bool:
        return SOCKET not in str(record.msg)


class JsonLines(logging.Formatter):
    """One record as one line: time (UTC), level, who says it, what, and the trace where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        trace = self.formatException(record.exc_info) if record.exc_info else ""
        return line_of(record.levelname.lower(), record.name, record.getMessage(), trace, record.created)


class PrintedLines(io.TextIOBase):
    """A stream that makes a line of JSON of each line that somebody prints."""

    def __init__(self, stream: TextIO, level: str):
        self._stream, self._level, self._begun = stream, level, ""

    def write(self, text: str) -> int:
        *lines, self._begun = (self._begun + text).split("\n")
        for line in filter(str.strip, lines):
            self._stream.write(line_of(self._level, PRINTED, line.strip()) + "\n")
        self._stream.flush()
        return len(text)

    def flush(self) -> None:
        self._stream.flush()

    def fileno(self) -> int:
        return self._stream.fileno()


def line_of(level: str, name: str, message: str, trace: str = "", moment: float | None = None) -> str:
    """A line of the log. ``moment``: seconds since 1970, now where none is given."""
    when = datetime.now(UTC) if moment is None else datetime.fromtimestamp(moment, UTC)
    line = {"time": when.isoformat(timespec="milliseconds"), "level": level, "from": name, "message": message}
    return json.dumps(line | ({"trace": trace} if trace else {}), ensure_ascii=False)


def set_logs() -> None:
    """To be called when the server starts, after its own loggers are there."""
    logging.getLogger("uvicorn.error").addFilter(WithoutReaders())
    if os.environ.get("FIGURES_LOG") != "json":
        return
    root, form = logging.getLogger(), JsonLines()
    if not root.handlers:
        root.addHandler(logging.StreamHandler(sys.stderr))
    named = [logging.getLogger(name) for name in logging.root.manager.loggerDict]
    for handler in (handler for logger in (root, *named) for handler in logger.handlers):
        handler.setFormatter(form)
    sys.stdout, sys.stderr = PrintedLines(sys.stdout, "info"), PrintedLines(sys.stderr, "warning")
