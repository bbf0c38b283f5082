"""Everything that the site shows, worked out once from the published files: what ``make data`` runs."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence

from loaders import data_folder
from loaders.commands import DONE, FAILED, Commands
from measures.build import build


def main(words: Sequence[str] | None = None) -> int:
    """Run a command; the exit status."""
    commands = Commands("measures", __doc__)
    commands.add("build", _build, "Read, check and protect every dataset and write what the site serves to data/built.")
    return commands.run(words)


def _build(asked: Namespace) -> int:
    faulty = build(data_folder())
    if faulty:
        print(f"{faulty} dataset(s) cannot be shown; their measures stay silent until they are mended.", file=sys.stderr)
    return FAILED if faulty else DONE


if __name__ == "__main__":
    sys.exit(main())
