"""What is known of a protected publisher's file: kept beside it, never in the card.

With the hash, the number of rows or the total of that file, whoever guesses the hidden counts could find out that the
guess is right. So the card of a protected dataset has none of them: they stand in ``unpublished.toml`` beside the file,
where the table is protected, and neither goes to a server or into a public repository. Only ``python -m disclosure
protect`` and the build read it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

from loaders.cards.release import OF_THE_FILE, Release
from loaders.cards.source_card import SourceCard
from loaders.errors import Fault, SourceError

RECORD = "unpublished.toml"


def recorded_release(card: SourceCard) -> Release:
    """The newest release with hash, rows and total of the publisher's own file.

    Raises SourceError where they are not recorded.
    """
    path = card.folder / RECORD
    try:
        record = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(
            card.id,
            [Fault(f"{card.id}/{RECORD}", "it cannot be read", "TOML in UTF-8", str(error), "Fix the line named.")],
        ) from error
    faults = list(_faults(card, record))
    if faults:
        raise SourceError(card.id, faults)
    return card.latest.model_copy(update=record[card.latest.id])


def _faults(card: SourceCard, record: dict) -> Iterator[Fault]:
    where = f"{card.id}/{RECORD}"
    of_release = record.get(card.latest.id)
    if not isinstance(of_release, dict) or not of_release.get("sha256"):
        todo = f'Write ["{card.latest.id}"] with sha256 (of sha256sum), and rows and total where they are known.'
        yield Fault(
            where, "the publisher's own file is not recorded", f"the hash of '{card.latest.file}'", "nothing", todo
        )
        return
    for key in sorted(set(of_release) - set(OF_THE_FILE)):
        yield Fault(where, "an unknown key", " | ".join(OF_THE_FILE), key, "Fix the spelling.")
