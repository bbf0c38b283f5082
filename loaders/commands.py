"""How the commands of this project are called, how they end, and what they say when something breaks."""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Callable, Sequence

from loaders.broken_off import STOPPED, told
from loaders.errors import FaultyInput
from loaders.formats.sheet import Unreadable

DONE, FAILED, WAITS, MISUSED, LATER = 0, 1, 2, 64, 75
ENDINGS = f"""exit status:
  {DONE}   done; what was asked about is accepted or in order
  {FAILED}   refused, at fault or broken; nothing was taken over
  {WAITS}   a person must answer or do something first
  {MISUSED}  the command was called wrongly
  {LATER}  a publisher could not be asked now; nothing else is wrong, try again later
  {STOPPED}  told to stop before its end"""
ORDER = (DONE, LATER, WAITS, FAILED)  # of several endings the last one here stands


class _Misused(Exception):
    """The words of a command do not fit; the message has the usage."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str):
        raise _Misused(f"{self.format_usage()}{self.prog}: {message}. --help says more.")


class Commands:
    """The commands of one package.

    ``add`` gives each a parser of its own; ``run`` calls the one asked for and returns the exit status.
    """

    def __init__(self, package: str, about: str):
        self._parser = _Parser(
            prog=f"python -m {package}",
            description=about,
            epilog=ENDINGS,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        self._each = self._parser.add_subparsers(metavar="COMMAND", required=True)

    def add(self, name: str, do: Callable[[argparse.Namespace], int], about: str) -> argparse.ArgumentParser:
        """A command; ``do`` gets the parsed words and returns the exit status.

        What comes back takes the command's own words.
        """
        command = self._each.add_parser(
            name, help=about, description=about, epilog=ENDINGS, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        command.add_argument(
            "--verbose", action="store_true", help="where something broke, also show the lines of code that led there"
        )
        command.set_defaults(do=do, command=command.prog)
        return command

    def run(self, words: Sequence[str] | None = None) -> int:
        """Do what the words ask (those of the command line when None).

        Whatever breaks is a failure, named without any cell of a file.
        """
        try:
            options = self._parser.parse_args(words)
        except _Misused as error:
            print(error, file=sys.stderr)
            return MISUSED
        except SystemExit as end:  # after --help
            return int(end.code or DONE)
        return told(options.command, lambda: self._done(options), FAILED)

    @staticmethod
    def _done(options: argparse.Namespace) -> int:
        try:
            return options.do(options)
        except OSError as error:
            if not isinstance(error, FileExistsError):
                raise  # ``told`` says it
            print(error, file=sys.stderr)
        except (FaultyInput, Unreadable) as error:  # their messages are ours, and quote no cell
            print(error, file=sys.stderr)
        except Exception as error:
            print(
                f"{options.command} broke on what it read ({type(error).__name__}); "
                "the message may quote a cell and is left out.",
                file=sys.stderr,
            )
            print(
                "Report it." if options.verbose else "Run it again with --verbose to see where, and report it.",
                file=sys.stderr,
            )
            if options.verbose:
                print("".join(traceback.format_tb(error.__traceback__)), end="", file=sys.stderr)
        return FAILED
