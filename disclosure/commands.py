"""From a publisher's own table to a protected one: what ``python -m disclosure protect PACKAGE`` and the build do."""

from __future__ import annotations

import resource
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from disclosure.guard import as_published
from disclosure.parquet_table import IN_MEMORY
from disclosure.protection.highs import VERSION
from disclosure.protection.lattice import Lattice, lattice_of
from disclosure.protection.policy import Policy, read_policy
from disclosure.protection.protect import Protection, Unprotectable, protect
from disclosure.protection.protected import AUDIT, TABLE, folder_of, read_protected
from disclosure.protection.write_protected import write_protected
from disclosure.safe_table import SafeTable
from loaders import Fault, Place, SourceCard, SourceError, read_release
from loaders.cards.source_card import Release
from loaders.cards.unpublished import recorded_release
from loaders.observations.splice import newest_first


def has_source(card: SourceCard) -> bool:
    """Is the publisher's own file here? Where the site runs it need not be, and better is not."""
    return (card.folder / card.latest.file).exists()


def protect_package(card: SourceCard, place: Place, say: Callable[[str], None] = lambda words: None) -> dict:
    """Protect a dataset, write table and audit beside its card, read both back; the audit. Raises SourceError.

    What cannot be protected leaves nothing to show. A disk that fails, or a process that is killed, leaves what was
    protected and proved before, and the same counts leave the same bytes, so that a build which changes nothing
    silences nothing.
    """
    try:
        return _protect(card, place, say)
    except OSError:
        raise
    except Exception:
        for name in (AUDIT, TABLE):
            (folder_of(card) / name).unlink(missing_ok=True)
        raise


def _protect(card: SourceCard, place: Place, say: Callable[[str], None]) -> dict:
    faults = list(_faults(card))
    if faults:
        raise SourceError(card.id, faults)
    policy = read_policy(card)
    recorded = recorded_release(card)
    _require_provable(card, recorded)
    raw = as_published(newest_first([read_release(card, recorded, place)]), card, place)
    lattice = lattice_of(raw, card.tree, policy.lattice, policy.whole_cube)
    try:
        protection = protect(lattice, policy, lambda words: say(f"{card.id}: {words}"))
    except Unprotectable as error:
        fault = Fault(
            card.id, "it cannot be protected", "every hidden count safe", str(error), "Nothing of it is shown."
        )
        raise SourceError(card.id, [fault]) from error
    audit = _audit(card, policy, raw, lattice, protection)
    audit = write_protected(card, raw, lattice, protection, audit)
    for block in protection.blocks:
        say(f"{card.id}: withheld whole, because a count in it was not proved safe: {block}")
    read_protected(card, place)
    return audit


def _require_provable(card: SourceCard, recorded: Release) -> None:
    """Before any of it is read. Raises SourceError where there are more counts than can be protected and proved."""
    if recorded.rows is not None and recorded.rows > IN_MEMORY:
        what, expected = "too many counts to be protected", f"at most {IN_MEMORY:,}, as many as can be proved safe"
        todo = "Nothing of it is shown. Divide it into several datasets by category, or ask for fewer periods or areas."
        raise SourceError(card.id, [Fault(card.id, what, expected, f"{recorded.rows:,}", todo)])


def _faults(card: SourceCard):
    if card.kind != "observations" or len(card.variables) != 1:
        kinds = f"{card.kind} with {len(card.variables)}"
        todo = "Make a dataset of each count."
        yield Fault(card.id, "only one count can be protected", "kind observations with one variable", kinds, todo)
    if len(card.releases) != 1:
        kinds = str(len(card.releases))
        yield Fault(
            card.id,
            "a protected dataset has more than one release",
            "its newest only",
            kinds,
            "Keep the newest; two differ by people.",
        )
    for code, variable in card.variables.items():
        if not variable.get("whole", True):
            yield Fault(
                card.id,
                "only whole numbers can be protected",
                "whole = true",
                code,
                "Protect the counts that it was made from.",
            )


def _audit(card: SourceCard, policy: Policy, raw: SafeTable, lattice: Lattice, protection: Protection) -> dict:
    """What is made public of a protection. Nothing in it follows from a hidden count, and no hash of the publisher's
    file: with that, whoever guesses the hidden counts could find out that the guess is right. So too with how many are
    small themselves."""
    published = lattice.published
    sizes = {name: len(getattr(raw, name)) for name in ("areas", "categories", "periods")}
    sizes["finer_counts_in_the_proof"] = int((~published).sum())
    return {
        "dataset": card.name,
        "release": card.latest.id,
        "rule": policy.rule(),
        "lattice": {"counts": int(published.sum()), "totals": lattice.equations.shape[0], **sizes},
        "hidden": int((protection.hidden & published).sum()),
        "withheld_with_their_block": int((protection.withheld & published).sum()),
        "blocks": protection.blocks,
        "unsafe": protection.unsafe,
        "narrowest": _narrowest(protection, published),
        "solver": "HiGHS",
        "solver_version": VERSION,
        "seconds": {name: round(value, 2) for name, value in protection.seconds.items()},
        "peak_mebibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "audited": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _narrowest(protection: Protection, published: np.ndarray) -> int | None:
    """The smallest proved number of values that a hidden count can have; None where nothing is hidden."""
    hidden = protection.hidden & published
    return int((protection.proof.high - protection.proof.low + 1)[hidden].min()) if np.any(hidden) else None


def card_folder(text: str) -> Path:
    """The folder of a package, given as the folder or as the card in it."""
    path = Path(text).resolve()
    return path.parent if path.name == "source.toml" else path
