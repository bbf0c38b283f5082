"""Everything that the site shows, worked out once from the published files: what ``make data`` runs."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from loaders import data_folder
from loaders.broken_off import disk_words
from loaders.commands import DONE, FAILED, WAITS, Commands


def main(words: Sequence[str] | None = None) -> int:
    """Run a command; the exit status."""
    commands = Commands("measures", __doc__)
    build = commands.add(
        "build",
        _build,
        "Read, check and prepare every published file. Readers get the new build whole, when it is finished.",
    )
    only = "only where the last build does not fit the files any more"
    build.add_argument("--if-stale", action="store_true", help=only)
    return commands.run(words)


def _build(asked: Namespace) -> int:
    from measures.store.inputs import build_is_stale

    root = data_folder()
    if asked.if_stale and not build_is_stale(root):
        return DONE
    return _built(root)


def _built(root: Path) -> int:
    """Faulty files wait for a person, and are no failure: everything else was built and taken over."""
    from measures.build import build
    from measures.store.new_build import AnotherBuild

    try:
        faulty = build(root)
    except AnotherBuild as error:
        print(error, file=sys.stderr)
        return WAITS
    except OSError as error:
        print(f"the build cannot be written: {disk_words(error)} Readers go on with the build before.", file=sys.stderr)
        return FAILED
    if faulty:
        todo = "All else was built; what they describe stays silent until they are fixed."
        print(f"{faulty} file(s) cannot be shown. {todo}", file=sys.stderr)
    return WAITS if faulty else DONE


if __name__ == "__main__":
    sys.exit(main())
