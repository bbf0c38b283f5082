"""What stands out, kept in the build beside the release that it stands out in, and read from there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields

import pandas as pd
import pyarrow as pa

from disclosure.parquet_table import IN_MEMORY
from disclosure.remembered import MB, remembered
from loaders import Release, SourceCard, SourceError
from measures.lines.query import Query
from measures.notable.editions import editions, judged_measures, shelf_of, view_of
from measures.notable.found import Apart, Extreme, Notable, Revised, Turned
from measures.notable.work import worked_out
from measures.store import artifacts
from measures.store.shelf import Shelf

_KINDS = {"turned": Turned, "revised": Revised, "extremes": Extreme, "apart": Apart}


def write_notable(shelf: Shelf, dataset: str) -> None:
    """Work out what stands out in every release of a dataset and write it beside the release's table."""
    card = shelf.cards[dataset]
    told: dict[str, list[Notable]] = {}
    for place, measure, view in judged_measures(shelf, dataset) if shelf.table(dataset).size <= IN_MEMORY else ():
        for notable in _over_releases(Query(place, measure.name, (), "", view), shelf, card, editions(card)):
            told.setdefault(notable.release, []).append(notable)
    for release, found in told.items():
        artifacts.keep(shelf.built, card, f"notable/{release}.json", [_plain(notable) for notable in found])
        rows = pd.concat([notable.table.assign(measure=notable.measure) for notable in found])
        flat = pa.Table.from_pandas(rows, preserve_index=False)
        artifacts.keep_table(shelf.built, card, f"notable/{release}.parquet", flat)


def _over_releases(query: Query, shelf: Shelf, card: SourceCard, releases: Sequence[Release]) -> Iterator[Notable]:
    """What stands out in each of these releases, the oldest first; one whose figures of that day cannot be put together
    any more is left out."""
    before = None
    for release in releases:
        try:
            then = shelf_of(shelf, card, release)
            notable = worked_out(query, then, release.id, before) if then.working(query.measure) else None
        except SourceError:
            notable = None
        if notable is not None:
            yield notable
            before = (notable, then)


def notable_releases(shelf: Shelf, measure: str) -> tuple[str, ...]:
    """The releases of a measure's dataset of which it is told what stands out, the oldest first."""
    card = shelf.cards[shelf.measures[measure].dataset]
    if not any(entry.name == measure for _, entry, _ in judged_measures(shelf, card.name)):
        return ()
    return tuple(release.id for release in editions(card))


@remembered(24 * MB)
def notable_of(shelf: Shelf, measure: str, release: str) -> Notable | None:
    """What stands out in a release, as the build stored it, or worked out now. None where there is nothing to tell of;
    raises SourceError where the dataset cannot be read."""
    today = getattr(shelf, "today", shelf)  # what stood out on an earlier day stands in the build of today
    card, dataset = today.measures[measure], today.measures[measure].dataset
    stored = _stored(today, dataset, release)
    if stored is not None:
        return next((notable for notable in stored if notable.measure == measure), None)
    source = today.cards[dataset]
    query = Query(source.place, measure, (), "", view_of(card))
    known = editions(source)
    number = next((number for number, entry in enumerate(known) if entry.id == release), -1)
    found = list(_over_releases(query, today, source, known[max(0, number - 1) : number + 1]))
    return found[-1] if found and found[-1].release == release else None


@remembered(24 * MB)
def _stored(shelf: Shelf, dataset: str, release: str) -> tuple[Notable, ...] | None:
    card = shelf.cards[dataset]
    plain = artifacts.kept(shelf.built, card, f"notable/{release}.json")
    flat = artifacts.kept_table(shelf.built, card, f"notable/{release}.parquet")
    if plain is None or flat is None:
        return None
    rows = flat.to_pandas()
    return tuple(_read(entry, rows[rows["measure"] == entry["measure"]].drop(columns="measure")) for entry in plain)


def _plain(notable: Notable) -> dict:
    """Everything but the table."""
    parts = {field.name: getattr(notable, field.name) for field in fields(Notable) if field.name != "table"}
    return parts | {name: [asdict(entry) for entry in parts[name]] for name in _KINDS}


def _read(plain: dict, table: pd.DataFrame) -> Notable:
    lists = {name: tuple(kind(**_tuples(entry)) for entry in plain[name]) for name, kind in _KINDS.items()}
    return Notable(**{**plain, **lists, "breaks": tuple(plain["breaks"])}, table=table.reset_index(drop=True))


def _tuples(entry: dict) -> dict:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
