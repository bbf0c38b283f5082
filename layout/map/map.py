"""The map page: its controls, its legend in words and boxes, and what a click on an area does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from charts import Picture
from charts.descriptions import value_words
from language import capital, period_name, status_words
from language.findings.facts import Finding
from language.findings.lengths import finding
from layout.frame.blocks import Blocks, Chart, areas_word, boxes, in_brackets
from layout.frame.controls import choose_category, choose_method, choose_period, map_periods
from layout.frame.links import district_links
from layout.frame.reader import Reader
from layout.glance.area_map import class_key, kind_boxes
from layout.map.funnel import differs_boxes, funnel_sentences
from layout.trends.series import areas_file, title_of
from loaders.cards.measure_card import MeasureCard
from measures.about.finding_facts import map_facts
from measures.claims.collection import indicators_of
from measures.figures.compute import Query, published_rate
from measures.figures.units import unit_words
from measures.maps.classes import METHODS
from measures.maps.funnel import Funnel, final_periods, funnel, funnel_possible, latest_final
from measures.maps.map import DIFFERS, Mapped
from routes.boundaries import boundaries_address


def has_map(reader: Reader, name: str) -> bool:
    """Does a measure have figures for districts, or at least one published for one of them?"""
    card = reader.shelf.measures[name]
    if not reader.shelf.working(name):
        return True
    if card.kind == "statements":
        return bool(indicators_of(reader.shelf, card.dataset, districts=True))
    return any(reader.shelf.table(card.dataset).has(area=area.code) for area in reader.place.areas)


def map_choices(reader: Reader, card: MeasureCard) -> Blocks[tuple[Query, str]]:
    """Category, period and classification; the view is a rate wherever there is one.

    Where areas are compared with the place, the periods offered are the final ones, and any other that the address asks
    for.
    """
    view = card.map_view
    category = yield from choose_category(reader, card, reader.say("Category"))
    query = Query(reader.place.id, card.name, (), category, view)
    comparable, shown = funnel_possible(query, reader.shelf), map_periods(reader, card, view)
    if comparable and reader.value("method") == DIFFERS:
        final = final_periods(query, reader.shelf)
        shown = [period for period in shown if period in final] + [
            period for period in shown if period == reader.value("to")
        ]
    period = yield from choose_period(reader, shown, view, usual_period(query, reader))
    circles = view == "count" and not published_rate(card, reader.shelf.cards[card.dataset])
    method = METHODS[0] if circles else (yield from choose_method(reader, differs=comparable))
    return replace(query, last=period), method


def usual_period(query: Query, reader: Reader) -> str:
    """The latest final period of the place, the same on every page; '' where the place itself has no figures."""
    table = reader.shelf.table(reader.shelf.measures[query.measure].dataset, query.release)
    return latest_final(query, reader.shelf) if table.has(area=reader.place.code) else ""


def maps_of(reader: Reader, drawn: Picture | None, tiled: Picture | None) -> dict[str, Chart]:
    """The map and its tiles by what they are called; '' where there is only one. A click on an area opens its page. The
    page has tiles of its own, so those are drawn for files alone.
    """
    say, links = reader.say, district_links(reader)
    drawings = ((say("Map"), "map", drawn), (say("Tiles"), "tiles", tiled))
    charts = {name: Chart(key, drawing.linked(links), key == "map") for name, key, drawing in drawings if drawing}
    return charts if len(charts) > 1 else dict(zip([""], charts.values(), strict=False))


def geometry_of(reader: Reader) -> str:
    """The address of the place's boundaries; '' when none may be shown, and the tile map stands alone."""
    return boundaries_address(reader.shelf, reader.place.id)


def has_rate(made: Mapped) -> bool:
    return not made.measure.counted and made.measure.query.view != "index"


def map_title(made: Mapped, reader: Reader) -> str:
    return title_of(
        made.measure,
        reader,
        where=reader.say.pick(reader.place.name),
        span=period_name(made.period, reader.say, made.measure.query.view),
    )


def map_funnel(made: Mapped, reader: Reader) -> Funnel | None:
    """Which areas of the map's period stand apart from the rest; None where nothing is ever compared."""
    query = replace(made.measure.query, areas=(), first="", last=made.period)
    return made.funnel or (funnel(query, reader.shelf) if funnel_possible(query, reader.shelf) else None)


def apart_of(compared: Funnel | None) -> list[str]:
    """The areas that the funnel puts beyond its limits."""
    if compared is None:
        return []
    table = compared.table
    return list(table.loc[~table["differs"].isin(("", "within")), "area"])


def map_finding(made: Mapped, compared: Funnel | None, reader: Reader) -> Finding:
    """Which areas stand apart, or how many do not: no area is called the highest or the lowest."""
    return finding(map_facts(made.measure, made.period, compared), reader.say)


def map_subtitle(made: Mapped, reader: Reader) -> tuple[str, ...]:
    """Measure, place, period and status; the unit, and how the figure is drawn."""
    early = (made.table["status"] == "p").any()
    status = f" · {status_words('p', reader.say)}" if early else ""
    return (f"{map_title(made, reader)}{status}", _drawn_words(made, reader))


def _drawn_words(made: Mapped, reader: Reader) -> str:
    say = reader.say
    unit = capital(unit_words(made.measure, say))
    if made.funnel:
        rate = value_words(made.measure, made.funnel.middle, say)
        more = say(
            (
                "Colours show whether the rate of a place differs clearly from that of the middle one"
                " of the {areas} ({rate})."
            ),
            areas=areas_word(reader),
            rate=rate,
        )
        return say("{unit}. {more}", unit=unit, more=more)
    if has_rate(made):
        return unit
    return say(
        "{unit}. Circles show the count. No rate is shown for this measure.",
        unit=unit,
    )


def limits_words(made: Mapped, reader: Reader) -> str:
    """That a colour means the same in every period; '' where there is one period alone."""
    fixed = reader.say("The class limits are the same for every period, so a new colour is a new figure.")
    several = len(made.measure.sources[0].releases) > 1 or made.moved_year is not None
    return fixed if has_rate(made) and not made.funnel and several else ""


def map_legend(made: Mapped, reader: Reader, apart: Sequence[str]) -> Blocks:
    """A labelled box for each class that areas fall in, then every kind of no figure that occurs."""
    if not made.funnel:
        yield from class_key(made, reader, apart)
        return
    differing = [box for box in differs_boxes(made.funnel, reader) if box[-1]] if not made.funnel.why else []
    yield boxes([*differing, *kind_boxes(made, reader)], reader, in_brackets(reader))


def class_sentences(made: Mapped, reader: Reader) -> list[str]:
    """How far the picture depends on the classification, and what changed since a year before; nothing for circles."""
    if not has_rate(made):
        return []
    say = reader.say
    if made.funnel:
        return funnel_sentences(made.funnel, reader)
    names = {"quantiles": say("quantiles"), "natural": say("natural breaks"), "equal": say("equal intervals")}
    total = int((made.table["class_"] >= 0).sum())
    texts = [
        say(
            "Under {method}, {count} of {total} would be in another class.",
            method=names[method],
            count=count,
            total=total,
        )
        for method, count in made.moved_methods.items()
    ]
    if made.moved_year is not None:
        texts.append(
            say(
                "Since the same period a year earlier, {count} of {total} changed class.",
                count=made.moved_year,
                total=total,
            )
        )
    return [say.sentences(texts)] if np.isfinite(made.table["value"]).any() else []


def map_file(made: Mapped) -> str:
    """The very figures that the map draws, as a file."""
    return areas_file(made.measure, list(made.table["area"]), made.period, differs=bool(made.funnel))
