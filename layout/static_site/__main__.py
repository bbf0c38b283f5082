"""python -m layout.static_site: write the site as files that any web server serves."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from layout.static_site.write import Plan, StaticSite
from loaders.broken_off import told
from loaders.commands import DONE, FAILED
from measures.store.shelf import open_shelf


def main(arguments: list[str] | None = None) -> int:
    """Write the site; DONE when all of it was written."""
    parser = argparse.ArgumentParser(prog="python -m layout.static_site", description=__doc__)
    parser.add_argument("--to", type=Path, default=Path("site"), help="the folder to write into (default: site)")
    parser.add_argument("--base", default="http://127.0.0.1:8000", help="the address at which the files will be served")
    parser.add_argument("--live", default="", help="the address of the site with its dashboard, to which choices lead")
    parser.add_argument("--place", action="append", default=[], help="only this place; may be repeated")
    chosen = parser.parse_args(arguments)
    return told(parser.prog, lambda: _written(parser, chosen), FAILED)


def _written(parser: argparse.ArgumentParser, chosen: argparse.Namespace) -> int:
    shelf = open_shelf()
    if not shelf.places:
        print(f"{parser.prog}: no place can be shown. Run python -m loaders check.", file=sys.stderr)
        return FAILED
    if unknown := [name for name in chosen.place if name not in shelf.places]:
        parser.error(f"no such place: {', '.join(unknown)}; known: {', '.join(shelf.places)}")
    plan = Plan(chosen.to, chosen.base.rstrip("/"), chosen.live.rstrip("/"), tuple(chosen.place))
    number = StaticSite(plan, shelf, lambda line: print(line, flush=True)).write()
    print(f"{number} documents written to {chosen.to}. To look at them: python -m http.server --directory {chosen.to}")
    return DONE


if __name__ == "__main__":
    raise SystemExit(main())
