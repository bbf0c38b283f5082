"""``python -m measures build``: what ``make data`` runs."""

from __future__ import annotations

import argparse
import sys

from loaders import data_folder


def main(words: list[str]) -> int:
    """Do what the words ask: 0 when everything can be shown, 1 when something is to be mended."""
    about = "Read, check and prepare every published file. Readers get the new build whole, when it is finished."
    parser = argparse.ArgumentParser(prog="python -m measures", description=about)
    commands = parser.add_subparsers(dest="command", required=True, metavar="build")
    build = commands.add_parser("build", help="build everything", description=about)
    only = "only where the last build does not fit the files any more"
    build.add_argument("--if-stale", action="store_true", help=only)
    asked = parser.parse_args(words)
    if asked.if_stale:
        from measures.inputs import stale

        if not stale(data_folder()):
            return 0
    return _build()


def _build() -> int:
    from measures.build import build
    from measures.new_build import Busy

    root = data_folder()
    try:
        faulty = build(root)
    except Busy as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        todo = "Readers go on with the build before; mend the disk and run again."
        print(f"{root / 'built'} cannot be written: {error}. {todo}", file=sys.stderr)
        return 1
    if faulty:
        said = "dataset(s) cannot be shown; their measures stay silent until they are mended."
        print(f"{faulty} {said}", file=sys.stderr)
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
