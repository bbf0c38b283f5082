"""What stands around the lines of a series: the average month, and other areas in grey."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, islice, zip_longest

from charts import Around
from layout.frame.controls import area_names
from layout.frame.reader import Reader
from layout.trends.revisions import band_of
from layout.trends.season import raw_of
from measures.about.similar_areas import similar
from measures.figures.average_month import average_month
from measures.figures.compute import Measure, figures_alone, published_rate

COMPARABLE = ("rate", "rolling_rate", "share", "density", "index")  # views in which areas of any size lie on one scale
NEAREST = 5  # grey lines of the areas most like those chosen
MOST = 600  # figures of grey lines, where a place does not say which areas are alike


def around_of(made: Measure, reader: Reader) -> Around:
    """All that stands around the lines of a series on its own page."""
    average, context = average_month(made.query, reader.shelf), others_of(made, reader)
    whose = words_of_others(context, made, reader) if context is not None else ""
    return Around(band_of(made, reader), raw_of(made, reader), average, context, whose)


def others_of(made: Measure, reader: Reader) -> Measure | None:
    """The same figures of other areas of the place, averages behind averages; None where no area is chosen, where a
    larger area has more of what is counted, or where they would be too many."""
    query = made.query
    if not _chosen(made) or not (query.view in COMPARABLE or published_rate(made.card, made.sources[0])):
        return None
    table, alike = reader.shelf.table(made.card.dataset, query.release), _most_like(made, reader)
    others = alike or [area.code for area in made.place.areas if area.code not in {*query.areas, *_misled(made)}]
    held = tuple(area for area in others if table.has(area=area))
    if not held or (not alike and len(held) * len(made.periods) > MOST):
        return None
    asked = replace(query, areas=held)
    return average_month(asked, reader.shelf, figures_alone) or figures_alone(asked, reader.shelf)


def _chosen(made: Measure) -> list[str]:
    return [area for area in made.query.areas if area != made.place.code]


def _misled(made: Measure) -> set[str]:
    """The areas whose rates per resident read too high, as the place says: beside them the others would lie flat."""
    if "rate" not in made.query.view:
        return set()
    return {area for group in made.place.residents_misleading for area in group["areas"]}


def _most_like(made: Measure, reader: Reader) -> list[str]:
    """The areas most like those chosen, the nearest of each in turn; none where the place does not say what is
    alike."""
    found = [similar(reader.place.id, area, reader.shelf) for area in _chosen(made)]
    turns = chain.from_iterable(zip_longest(*(near.areas for near in found if near)))
    left_out = {None, *_chosen(made), *_misled(made)}
    return list(islice((area for area in dict.fromkeys(turns) if area not in left_out), NEAREST))


def words_of_others(context: Measure, made: Measure, reader: Reader) -> str:
    """Whose the grey lines are, and why theirs."""
    say, names, chosen = reader.say, area_names(reader, made.card.dataset), _chosen(made)
    if not _most_like(made, reader):
        return say("Grey: the other areas of {place}.", place=say.pick(reader.place.name))
    named = say.joined([names[area] for area in context.query.areas])
    if len(chosen) == 1:
        return say("Grey: the areas most like {area}, {names}.", area=names[chosen[0]], names=named)
    return say("Grey: the areas most like those chosen, {names}.", names=named)
