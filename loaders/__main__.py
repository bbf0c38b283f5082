"""The commands of a maintainer of data: judge a file, check a place, draft a new one, ask publishers, pull counts from
one's own records, take up a file of this site.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from loaders.adopt import adopt
from loaders.cards.read_card import require_cards
from loaders.check_file import check_file
from loaders.commands import DONE, FAILED, WAITS, Commands
from loaders.contents.json_schemas import schemas
from loaders.contents.read import read_contents
from loaders.data_folder import data_folder
from loaders.draft.new_place import new_place
from loaders.errors import Fault, FaultyInput
from loaders.formats.sheet import Unreadable
from loaders.lint.check_place import check_place
from loaders.lint.report import together


def main(words: Sequence[str] | None = None) -> int:
    """Run a command; the exit status."""
    commands = Commands("loaders", __doc__)
    check = commands.add(
        "check", _check, "What is a file taken for, and why? Or: what of a place is missing or does not fit?"
    )
    named = (
        "a published file, or a file in data/places (its name without its ending will do); "
        "every card, place and measure when left out"
    )
    check.add_argument("what", metavar="FILE|PLACE", nargs="?", default="", help=named)
    check.add_argument("card", metavar="CARD", nargs="?", type=Path, help="the source.toml by which the file is read")
    new = commands.add("new", _new, "Draft a place and its cards from published files.")
    new.add_argument("place", metavar="PLACE", help="its name in addresses")
    new.add_argument("files", metavar="FILE", nargs="+", type=Path)
    new.add_argument(
        "--encoding", default="", help="of text files and of the names of boundaries that do not say it: cp949"
    )
    new.add_argument("--again", action="store_true", help="first take back a draft of it that nobody has changed")
    taken = commands.add("adopt", _adopt, "Make a dataset of a file that a copy of this site gave.")
    taken.add_argument("file", metavar="FILE", type=Path)
    taken.add_argument("folder", metavar="FOLDER", type=Path, help="data/open/<publisher>/<dataset>, not there yet")
    refresh = commands.add(
        "refresh",
        _refresh,
        "Ask publishers for new releases and put what is new beside the old, all or nothing for each dataset.",
    )
    which = refresh.add_mutually_exclusive_group()
    which.add_argument("--all", action="store_true", help="everything with a [refresh] in its card, as without a name")
    which.add_argument("name", metavar="PLACE|DATASET", nargs="?", default="")
    refresh.add_argument("--dry-run", action="store_true", help="tell what would change and write nothing")
    refresh.add_argument(
        "--accept", action="store_true", help="take over a release that looks doubtful: somebody has looked at it"
    )
    pull = commands.add(
        "pull",
        _pull,
        "Ask the engines that hold a department's own records for counts, and write them as releases.",
    )
    pull.add_argument(
        "name",
        metavar="PLACE|DATASET",
        nargs="?",
        default="",
        help="everything with a [warehouse] in its card when left out",
    )
    pull.add_argument("--dry-run", action="store_true", help="show the SQL; ask nothing but the schema, write nothing")
    pull.add_argument(
        "--accept", action="store_true", help="take over counts that look doubtful: somebody has looked at them"
    )
    commands.add("schemas", _write_schemas, "Write the JSON Schema of each kind of file into docs/schemas.")
    return commands.run(words)


def _check(options: Namespace) -> int:
    if not options.what:
        return _check_all(data_folder())
    places, named = data_folder() / "places", Path(options.what)
    if named.suffix == ".toml" and named.resolve().parent == places.resolve():
        options.what = named.stem
    if options.card is None and (places / f"{options.what}.toml").exists():
        return _check_place(options.what)
    if not Path(options.what).exists():
        places = ", ".join(sorted(path.stem for path in data_folder().glob("places/*.toml"))) or "none here"
        fault = Fault(
            f"'{options.what}'",
            "is neither a file nor a place",
            f"a published file or one of {places}",
            "none",
            "Write its path or its name.",
        )
        print(f"{fault}\n{options.what}：既不是文件，也不是地点。", file=sys.stderr)
        return FAILED
    return check_file(Path(options.what), options.card)


def _check_place(name: str) -> int:
    """Print what is to be fixed and what is to be looked at."""
    lint = check_place(data_folder(), name)
    faults, remarks = together(lint.faults), together(lint.remarks)
    for word, faults_of in (("fix", faults), ("look", remarks)):
        for fault in faults_of:
            print(f"{word}: {fault}")
    added = f" {lint.totals} totals of the publishers were added up again." if lint.totals else ""
    print(f"{name}: {len(faults)} to fix, {len(remarks)} to look at.{added}")
    return FAILED if lint.faults else DONE


def _check_all(root: Path) -> int:
    """Every fault of every card, place and measure, without reading a table. Raises SourceError where there is none."""
    require_cards(root)
    errors = read_contents(root, to_check=True).faulty
    for error in errors.values():
        print(*(f"fix: {fault}" for fault in error.faults), sep="\n")
    count = sum(len(error.faults) for error in errors.values())
    print(f"{len(errors)} files with faults, {count} to fix; what they describe is silent.")
    return FAILED if errors else DONE


def _write_schemas(options: Namespace) -> int:
    for path, text in schemas().items():
        path.write_text(text, encoding="utf-8")
        print(f"written: {path}")
    return DONE


def _new(options: Namespace) -> int:
    """Draft a place; done only when the build can read what was drafted, else somebody must look first."""
    works = True

    def draft() -> list[str]:
        nonlocal works
        outcome = new_place(data_folder(), options.place, options.files, options.again, options.encoding)
        works = outcome.works
        return outcome.lines

    status = _written(draft)
    return WAITS if status == DONE and not works else status


def _adopt(options: Namespace) -> int:
    return _written(lambda: [f"written: {adopt(options.file, options.folder)}"])


def _written(draft: Callable[[], list[str]]) -> int:
    """Print what was written; when it could not be, why, and that nothing was."""
    try:
        print(*draft(), sep="\n")
    except (FaultyInput, Unreadable, FileExistsError) as error:
        print(f"{error}\nNothing was written. 未写入任何文件。", file=sys.stderr)
        return FAILED
    return DONE


def _refresh(options: Namespace) -> int:
    from loaders.refresh.command import refresh_all  # asks publishers over the network: of no use to the other commands

    require_cards(data_folder())
    return refresh_all(data_folder(), options.name, dry=options.dry_run, accept=options.accept)


def _pull(options: Namespace) -> int:
    from loaders.warehouse.command import Options, pull_all  # asks engines: of no use to the other commands

    return pull_all(data_folder(), options.name, Options(dry=options.dry_run, accept=options.accept))


if __name__ == "__main__":
    sys.exit(main())
