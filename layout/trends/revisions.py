"""What a reader is told of revisions: how far fresh figures may move, what a release said first, and what changed
since.
"""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from language import period_name, signed_percent, whole
from language.numbers import signed_whole, written_date
from layout.frame.blocks import Blocks, Fold, Paragraph, Table, paragraph, small
from layout.frame.controls import area_names
from layout.frame.links import file_address
from layout.frame.markup import link
from layout.frame.reader import Reader
from layout.frame.tables import table
from measures.change.revision_band import fresh_band
from measures.change.revisions import Held, held_of
from measures.figures.change_verdict import SMALL_BASE
from measures.figures.compute import Measure
from measures.figures.fresh import may_be_revised, usual_of_area
from routes.addresses import Selection, extract_address
from routes.extracts.request import REVISIONS


def band_of(made: Measure, reader: Reader) -> pd.DataFrame:
    """How far the newest figures shown may still move."""
    return fresh_band(made.query, reader.shelf)


def fresh_notes(made: Measure, reader: Reader) -> list[str]:
    """'London: figures 0 to 2 months old are usually revised by −0.3% to +7.8%, on average by +3.7% (based on 3 pairs
    of releases).'"""
    names, whole_place = area_names(reader, made.card.dataset), made.place.code
    banded = list(dict.fromkeys(band_of(made, reader)["area"]))
    alike = [[area for area in banded if area == whole_place], [area for area in banded if area != whole_place]]
    notes = [_usual_words(made, reader, areas[0], [names[area] for area in areas]) for areas in alike if areas]
    return [*notes, _band_words(made, reader)] if notes else []


def _usual_words(made: Measure, reader: Reader, area: str, names: list[str]) -> str:
    """How much figures of such areas have been revised, by their age."""
    say, usual = reader.say, usual_of_area(made.query, reader.shelf, area)
    ages = (say("0 to 2 months old"), say("3 to 5 months old"), say("6 to 11 months old"))
    said = [
        say(
            "{ages} by {low} to {high} ({mean})",
            ages=ages[step],
            low=signed_percent(one.low, say),
            high=signed_percent(one.high, say),
            mean=say("on average {mean}", mean=signed_percent(one.mean, say)) if one.mean else say("either way alike"),
        )
        for step, one in usual.items()
    ]
    pairs = max(one.pairs for one in usual.values())
    return say(
        "{areas}: figures of this group are usually revised, those {ages}; this rests on {pairs}.",
        areas=say.joined(names),
        ages=say.joined(said),
        pairs=say("one pair of releases") if pairs == 1 else say("{number} pairs of releases", number=pairs),
    )


def _band_words(made: Measure, reader: Reader) -> str:
    """What the band is worked out from."""
    say = reader.say
    text = say(
        "Nine tenths of the revisions to come should lie in these ranges, going by those so far; the band behind the "
        "newest points shows them."
    )
    if made.query.view.startswith("rolling"):
        return say.sentences([text, say("In a sum of twelve months the months move apart, so the band is narrow.")])
    return text


def release_words(made: Measure, reader: Reader) -> list[str]:
    """Which release stands here when it is not the newest figures, and how its total has changed since."""
    say, release = reader.say, made.query.release
    if release == "latest":
        return []
    published = next(one.published for one in made.sources[0].releases if one.id == release)
    shown = say(
        "These are the figures of the release of about {date}, as they stood then.", date=written_date(published, say)
    )
    since = [cell for cell in _held(made, reader) if (cell.area, cell.first_release) == (made.query.areas[0], release)]
    if not since:
        return [say.sentences([shown, say("No later release gives any of the periods shown again.")])]
    first, later = sum(cell.first for cell in since), sum(cell.later for cell in since)
    unit = say.pick(made.unit) if say.language.counts_with_unit else ""
    return [
        say.sentences(
            [
                shown,
                say(
                    (
                        "{number} of the periods shown were published again later: {area} has {later} in them now, "
                        "{first} then ({step})."
                    ),
                    number=len(since),
                    area=area_names(reader, made.card.dataset)[made.query.areas[0]],
                    later=whole(later, say) + unit,
                    first=whole(first, say) + unit,
                    step=_step(first, later, reader),
                ),
            ]
        )
    ]


def first_published(made: Measure, reader: Reader) -> Blocks:
    """'As first published, and what changed since': the series shown, period by period, and the file of every revised
    cell.
    """
    if may_be_revised(made.sources[0]):
        yield Fold(reader.say("As first published, and what changed since"), tuple(_first_published(made, reader)))


def _first_published(made: Measure, reader: Reader) -> Blocks:
    say, held = reader.say, _held(made, reader)
    if not held:
        yield paragraph(say("No period shown here is held by two releases, so nothing can be said about revisions."))
    else:
        yield paragraph(
            say(
                "Some periods were published twice. A change is the sum of late records, corrections and counts that "
                "were moved between areas; these cannot be told apart."
            )
        )
        yield _table(made, held, reader)
    yield _link(made, reader)


def _table(made: Measure, held: list[Held], reader: Reader) -> Table:
    """Periods down, the newest first; each with its first figure, the later one and the change."""
    say, names, card = reader.say, area_names(reader, made.card.dataset), made.sources[0]
    published = {one.id: written_date(one.published, say) for one in card.releases}
    several = len(made.query.areas) > 1
    rows = [
        (
            period_name(row.period, say),
            *([names[row.area]] if several else []),
            whole(row.first, say),
            whole(row.later, say),
            _step(row.first, row.later, reader),
            f"{published[row.first_release]} → {published[row.later_release]}",
        )
        for row in held
    ]
    headings = [
        say("Period"),
        *([say("Area")] if several else []),
        say("First published"),
        say("Published later"),
        say("Change"),
        say("Releases of about"),
    ]
    start = 2 if several else 1
    caption = f"{say.pick(card.variables[made.card.numerator or made.card.variable]['label'])} · {say('newest first')}"
    return table(headings, rows, caption, numeric=range(start, start + 3), size="long")


def _link(made: Measure, reader: Reader) -> Paragraph:
    """The file of every cell that changed, for the areas and category shown and for all."""
    say, query, dataset = reader.say, made.query, made.card.dataset
    category = [query.category] if query.category else []
    own = extract_address(
        query.place,
        dataset,
        "csv",
        REVISIONS,
        Selection(query.areas, category, made.periods[0], made.periods[-1]),
    )
    everything = extract_address(query.place, dataset, "csv", REVISIONS)
    links = (
        (own, say("Revised figures of this series (CSV)")),
        (everything, say("Every revised figure of the dataset (CSV)")),
    )
    return small(
        Markup(" · ").join(link(file_address(address, reader.as_of), words, download=True) for address, words in links)
    )


def _held(made: Measure, reader: Reader) -> list[Held]:
    """The cells behind the figures shown that two releases hold, the newest period first, areas in the order drawn."""
    query = made.query
    dataset, variable = made.card.dataset, made.card.numerator or made.card.variable
    cells = [cell for area in query.areas for cell in held_of(reader.shelf, dataset, variable, query.category, area)]
    shown, every = set(made.periods), query.release == "latest"
    held = [
        cell
        for cell in cells
        if cell.period in shown and (every or query.release in (cell.first_release, cell.later_release))
    ]
    return sorted(held, key=lambda cell: cell.period, reverse=True)


def _step(first: float, later: float, reader: Reader) -> str:
    """The change in per cent, or in counts when the first figure is small."""
    return (
        signed_whole(later - first, reader.say) if first < SMALL_BASE else signed_percent(later / first - 1, reader.say)
    )
