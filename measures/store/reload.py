"""Has the data folder changed since it was read? Then it is read anew, beside the readers, and takes the old one's
place.

A look costs a few dozen file dates and happens every few seconds at most, whoever asks; no row is ever read for it.
What could not be read is tried again after a while, though nothing has changed: a disk that fails for a second leaves
no date.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Generic, TypeVar

from disclosure.builds import HOME, POINTER

Content = TypeVar("Content")
SECONDS = 3.0  # between two looks
AGAIN, AT_MOST = 30.0, 600.0  # seconds until what could not be read is tried again; doubled each time, up to the second
FOLDERS = ("open", "places", "measures")
FILES = ("site.toml", "disclosure.toml", f"{HOME}/{POINTER}")
# seconds after its last file was written in which a change takes its place: servers that read it sooner wait, so that
# all of them change at the same moment
SWITCH_AFTER = float(os.environ.get("FIGURES_SWITCH_AFTER") or 0)
LINK = "."
UNREAD = ("refresh.toml",)  # only the command that asks publishers reads it


def _in_background(work: Callable[[], None]) -> None:
    threading.Thread(target=work, daemon=True).start()


class Watched(Generic[Content]):
    """What ``make`` makes of a data folder. Where a link leads to it, each content is made of the folder that the link
    led to then, and reads on there when the link leads elsewhere.

    ``ready(new, old)`` is done with a new one before readers get it; ``unread`` names the parts of one that could not
    be read; ``run`` does the work beside the readers.
    """

    def __init__(
        self,
        root: Path,
        make: Callable[[Path], Content],
        ready: Callable[[Content, Content], object],
        unread: Callable[[Content], frozenset[str]] = lambda content: frozenset(),
        run: Callable[[Callable[[], None]], object] = _in_background,
    ):
        self._root, self._make, self._ready, self._unread, self._run = root, make, ready, unread, run
        self._stamp = self._refused = stamp(root)
        self._content = make(root.resolve())
        self._looked = self._tried = time.monotonic()
        self._wait, self._said = AGAIN, ""
        self._at_work = threading.Lock()

    def now(self) -> Content:
        """The newest that is ready. Never waits."""
        if time.monotonic() - self._looked >= SECONDS and self._at_work.acquire(blocking=False):
            self._looked = time.monotonic()
            files = stamp(self._root)
            if files not in (self._stamp, self._refused):
                self._wait = AGAIN
                self._begin(files)
            elif self._tried + self._wait <= self._looked and (self._said or self._unread(self._content)):
                self._wait = min(2 * self._wait, AT_MOST)
                self._begin(files)
            else:
                self._at_work.release()
        return self._content

    def _begin(self, files: dict) -> None:
        self._tried = time.monotonic()
        self._run(lambda: self._renew(files))

    def _renew(self, files: dict) -> None:
        """Make it anew; what cannot be read, or has changed again meanwhile, leaves the old one in its place."""
        try:
            content = self._make(self._root.resolve())
            self._ready(content, self._content)
            if SWITCH_AFTER:
                time.sleep(wait_for(self._stamp, files, SWITCH_AFTER, time.time()))
            if stamp(self._root) == files:
                if files != self._stamp or self._unread(self._content) - self._unread(content):
                    self._content = content
                self._stamp, self._said = files, ""
        except Exception as error:
            self._refused = files
            if str(error) != self._said:
                message = "the data folder has changed and cannot be read; what was read before goes on serving."
                print(f"{message}\n{error}", file=sys.stderr, flush=True)
            self._said = str(error) or type(error).__name__
        finally:
            self._at_work.release()


def wait_for(before: dict, files: dict, seconds: float, now: float) -> float:
    """How many seconds a change that is ready still waits: until so many after the last file of it was written, and
    never longer than that. ``before``, ``files``: stamps. ``now``: seconds since 1970.
    """
    written = [status[0] / 1e9 for path, status in files.items() if before.get(path) != status]
    return max(0.0, min(seconds, max(written) + seconds - now)) if written else 0.0


def stamp(root: Path) -> dict[str, tuple[int, int, int, int]]:
    """Path under ``root`` → when it was written and touched, its size and its number on the disk, of everything
    read; where ``root`` is a link, also of that link."""
    files = {}
    if root.is_symlink():
        link = root.lstat()
        files[LINK] = (link.st_mtime_ns, link.st_ctime_ns, link.st_size, link.st_ino)
    for path in (
        *(path_in_folder for folder in FOLDERS for path_in_folder in files_of(root / folder)),
        *(root / name for name in FILES),
    ):
        try:
            status = path.stat()
        except OSError:
            continue
        files[path.relative_to(root).as_posix()] = (
            status.st_mtime_ns,
            status.st_ctime_ns,
            status.st_size,
            status.st_ino,
        )
    return files


def files_of(folder: Path) -> Iterator[Path]:
    """Every file below a folder but the hidden ones: what a command is still at work with has a hidden name."""
    try:
        inside = sorted(folder.iterdir())
    except OSError:
        return
    for path in inside:
        if path.name.startswith(".") or path.name in UNREAD:
            continue
        if path.is_dir():
            yield from files_of(path)
        else:
            yield path
