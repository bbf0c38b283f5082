"""Leaves what a round wrote as a change to be reviewed: one commit on a branch, made beside the working folder.

The round works in a worktree of its own, so that neither the data that are served nor the branch that is checked out
are touched. Nothing is ever pushed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from loaders.errors import Fault, SourceError


@dataclass(frozen=True)
class ReviewBranch:
    """A copy of the project, as of a branch, in which a round may write. ``data``: its data folder; ``before``: the
    commit that the branch stood at, '' where there was none."""

    repository: Path
    folder: Path
    data: Path
    name: str
    before: str

    def commit(self, folders: Sequence[Path], message: str) -> str:
        """Commit what was written into these folders, and let the branch stand there; the commit's short name."""
        _git(self.folder, "add", "--", *map(str, folders))
        written = self.folder.parent / "message"
        written.write_text(message, encoding="utf-8")
        _git(self.folder, "commit", "--quiet", "--cleanup=verbatim", "--file", str(written))
        commit = _git(self.folder, "rev-parse", "HEAD")
        _git(self.repository, "update-ref", f"refs/heads/{self.name}", commit, self.before or "0" * len(commit))
        return commit[:12]


@contextmanager
def review_branch(root: Path, name: str) -> Iterator[ReviewBranch]:
    """A worktree of the repository that holds the data folder ``root``, for as long as a round takes.

    It begins where the branch stands while that is not merged yet, else at what is checked out. Raises SourceError
    when git refuses.
    """
    repository = Path(_git(root, "rev-parse", "--show-toplevel"))
    inside = root.resolve().relative_to(repository.resolve())
    name = _git(repository, "check-ref-format", "--branch", name)
    _refuse_checked_out(repository, name)
    before = _git(repository, "for-each-ref", "--format=%(objectname)", f"refs/heads/{name}")
    open_still = before and _fails(repository, "merge-base", "--is-ancestor", before, "HEAD")
    home = Path(tempfile.mkdtemp(prefix="refresh-"))
    folder = home / "copy"
    try:
        _git(repository, "worktree", "add", "--quiet", "--detach", str(folder), before if open_still else "HEAD")
        yield ReviewBranch(repository, folder, folder / inside, name, before)
    finally:
        _fails(repository, "worktree", "remove", "--force", str(folder))
        shutil.rmtree(home, ignore_errors=True)


def _refuse_checked_out(repository: Path, name: str) -> None:
    """A branch that somebody works on is not moved under their feet."""
    if f"branch refs/heads/{name}" in _git(repository, "worktree", "list", "--porcelain").splitlines():
        todo = "Give another name with --branch."
        fault = Fault(f"branch '{name}'", "is checked out", "a branch that nobody works on", "one in use", todo)
        raise SourceError("git", [fault])


def _git(folder: Path, *words: str) -> str:
    """What git answers, without the end of the line. Raises SourceError with its own words when it refuses."""
    try:
        done = _run(folder, *words)
    except OSError as error:
        fault = Fault("git", "cannot be called", "git on this machine", error.strerror or "nothing", "Install git.")
        raise SourceError("git", [fault]) from None
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).split())[:500]
        fault = Fault(f"git {words[0]}", "was refused", "a repository that takes a commit", said, "Mend it, run again.")
        raise SourceError("git", [fault])
    return done.stdout.strip()


def _fails(folder: Path, *words: str) -> bool:
    return _run(folder, *words).returncode != 0


def _run(folder: Path, *words: str) -> subprocess.CompletedProcess:
    """Git in a folder, whatever repository the caller may stand in."""
    own = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("GIT_") or "AUTHOR" in key or "COMMITTER" in key
    }
    return subprocess.run(["git", "-C", str(folder), *words], capture_output=True, text=True, env=own, check=False)
