"""Asks all publishers, tells in every language what came of it, and leaves it to be reviewed where that is wanted."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from language import LANGUAGES, translator
from loaders import data_folder
from loaders.cards.read_card import require_cards
from loaders.commands import Commands

NEXT = (
    "Now: python -m measures build; say in CHANGELOG.md under Figures what moves; "
    "bring notes and next_update up to date."
)


def main(words: Sequence[str] | None = None) -> int:
    """Run a command; the exit status."""
    commands = Commands("updates", __doc__)
    refresh = commands.add("refresh", _refresh, "Ask publishers for new releases, and report in every language.")
    which = refresh.add_mutually_exclusive_group(required=True)
    which.add_argument("--all", action="store_true", help="everything with a [refresh] in its card")
    which.add_argument("name", metavar="PLACE|DATASET", nargs="?", default="")
    refresh.add_argument("--dry-run", action="store_true", help="tell what would change and write nothing")
    refresh.add_argument(
        "--accept", action="store_true", help="take over a release that looks doubtful: somebody has looked at it"
    )
    refresh.add_argument(
        "--branch",
        metavar="NAME",
        help="leave what is new as a commit on this branch and the folder as it is; nothing is pushed",
    )
    refresh.add_argument(
        "--report",
        metavar="FOLDER",
        type=Path,
        help="write the report there, a file for each language, not to print it",
    )
    return commands.run(words)


def _refresh(options: Namespace) -> int:
    from updates.review_branch import review_branch

    root = data_folder()
    require_cards(root)
    if not options.branch:
        return _round(root, options)
    with review_branch(root, options.branch) as branch:
        return _round(branch.data, options, branch)


def _round(root: Path, options: Namespace, branch=None) -> int:
    """Ask, tell, and commit where a branch is given; the exit status."""
    from loaders.refresh.command import ask, print_faults
    from loaders.refresh.dataset import Options
    from loaders.refresh.progress import show_progress
    from measures.store.shelf import Shelf
    from updates.report import report

    asked = ask(root, options.name, Options(options.dry_run, options.accept))
    print_faults(asked, options.name)
    show_progress("looking for what stands out" if asked.written else "")
    shelf = Shelf(root) if asked.written else None
    reports = {code: report(asked, shelf, translator(code)) for code in LANGUAGES}
    show_progress("")
    if options.report:
        print(*(f"{outcome.dataset}: {outcome.state}" for outcome in asked.outcomes), sep="\n")
    _tell(reports, options.report)
    if asked.written and branch:
        folders = [asked.cards[outcome.dataset].folder for outcome in asked.written]
        commit = branch.commit(folders, f"{_subject(asked.written)}\n\n{_body(reports)}")
        print(f"branch {branch.name}: {commit}. Look at it and merge it; nothing was pushed.")
    elif asked.written:
        print(NEXT)
    return asked.exit_status


def _tell(reports: dict[str, str], folder: Path | None) -> None:
    if folder is None:
        print(_body(reports))
        return
    folder.mkdir(parents=True, exist_ok=True)
    for code, text in reports.items():
        (folder / f"{code}.md").write_text(text, encoding="utf-8")
        print(f"written: {folder / f'{code}.md'}")


def _body(reports: dict[str, str]) -> str:
    return "\n".join(reports.values())


def _subject(written) -> str:
    """The first line of the commit."""
    named = ", ".join(f"{outcome.dataset} {outcome.release.id}" for outcome in written)
    whole = f"Take over new releases: {named}"
    return whole if len(whole) <= 72 else f"Take over new releases of {len(written)} datasets"


if __name__ == "__main__":
    sys.exit(main())
