"""A series asked for on a page: which controls it needs, which query they make, which sentences stand above it."""

from __future__ import annotations

from collections.abc import Sequence

from language import capital, period_name
from layout.frame.blocks import Blocks, controls
from layout.frame.controls import area_names, choose_areas, choose_category, choose_release, choose_span, choose_view
from layout.frame.reader import Reader
from loaders.cards.measure_card import MeasureCard
from measures.figures.compute import Measure, Query
from measures.figures.units import unit_words
from measures.lines.seasonal import ADJUSTED
from measures.maps.map import DIFFERS
from routes.addresses import Selection, extract_address


def whole_of(reader: Reader, card: MeasureCard) -> str:
    """The area that a measure's total stands for: the place, or the one area of a dataset that is not broken down."""
    table = reader.shelf.table(card.dataset)
    return reader.place.code if table.has(area=reader.place.code) else table.areas[0]


def ask_series(
    reader: Reader, card: MeasureCard, *, label: str = "", default_areas: tuple[str, ...] = ()
) -> Blocks[Query]:
    """The controls of a series in one quiet row, and the query that they make."""
    return (yield from controls(series_choices(reader, card, label or reader.say("Category"), default_areas)))


def series_choices(reader: Reader, card: MeasureCard, label: str, default_areas: tuple[str, ...] = ()) -> Blocks[Query]:
    """The controls of a series, and the query that they make."""
    category = yield from choose_category(reader, card, label)
    areas = yield from choose_areas(reader, card, default_areas)
    view = yield from choose_view(reader, card, "rate" if areas and "rate" in card.views else "")
    release = yield from choose_release(reader, card.dataset)
    first, last = yield from choose_span(reader, reader.shelf.table(card.dataset, release).periods)
    return Query(reader.place.id, card.name, (whole_of(reader, card), *areas), category, view, first, last, release)


def names_of(reader: Reader, card: MeasureCard) -> dict[str, str]:
    """Area code → name in the reader's language."""
    return area_names(reader, card.dataset)


def title_of(made: Measure, reader: Reader, where: str = "", span: str = "") -> str:
    """'Recorded crime · Theft: London, Camden, April 2010 to June 2026'."""
    say = reader.say
    node = made.sources[0].tree.nodes.get(made.query.category)
    what = say.pick(made.card.title) + (f" · {say.pick(node.name)}" if node else "")
    if made.query.view == ADJUSTED:
        what = say("{what}, seasonally adjusted", what=what)
    if not where:
        names = names_of(reader, made.card)
        where = say.joined([names[area] for area in made.query.areas])
    return say("{what}: {where}, {span}", what=what, where=where, span=span or span_of(made, reader))


def span_of(made: Measure, reader: Reader) -> str:
    """First and last period that has a figure."""
    known = made.known_periods
    ends = (min(known), max(known)) if known else (made.periods[0], made.periods[-1])
    first, last = (period_name(period, reader.say) for period in ends)
    return first if first == last else reader.say("{start} to {end}", start=first, end=last)


def what_is_shown(made: Measure, reader: Reader) -> str:
    """Measure, areas and span with the unit: what stands beneath a finding."""
    shown = [title_of(made, reader), unit_words(made, reader.say)]
    if (made.table["status"] == "p").any():
        shown.append(reader.say("the newest figures are provisional"))
    return " · ".join(shown)


def subtitle_of(made: Measure, reader: Reader) -> str:
    """The one unit of the chart, what its axis starts from, and how a rolling figure is placed."""
    say = reader.say
    axis = say("The axis starts at zero.")
    return say("{unit}. {axis}", unit=capital(unit_words(made, say)), axis=axis)


def series_notes(made: Measure, reader: Reader) -> list[str]:
    """What changed and since when, which types are not comparable, what was left out: everything that touches this
    chart.
    """
    say, card = reader.say, made.sources[0]
    nodes = card.tree.nodes
    notes = [
        say.sentences(
            [
                say("{period}: {reason}", period=period_name(cut.at, say), reason=say.pick(cut.reason)),
                say("The line is cut here; no change is worked out across it.") if cut.effect == "cut" else "",
                say("No trend is judged across it.") if cut.effect == "no_trend" else "",
            ]
        )
        for cut in made.breaks
    ]
    if made.query.category in nodes:
        notes += [say.pick(nodes[made.query.category].note)]
    if (made.columns["status"] == "u").any():
        notes.append(
            say(
                "Triangles mark figures of low reliability: in those periods over 5% of the count was allocated to "
                "no area, so every area's figure is too low."
            )
        )
    if (made.columns["status"] == "p").any():
        notes.append(
            say("The newest figures are provisional (open circles, dashed line, [p]): late records are still to come.")
        )
    if (made.columns["status"] == "e").any() and "rate" in made.query.view:
        notes.append(
            say(
                "Where the population of a year is not published yet, the latest one up to two years older is used "
                "and marked [e]."
            )
        )
    return [text for text in dict.fromkeys([*notes, *misleading(made, reader)]) if text]


def misleading(made: Measure, reader: Reader) -> list[str]:
    """Where residents are the wrong denominator: the place file names the areas and says why."""
    if "rate" not in made.query.view:
        return []
    say, names = reader.say, names_of(reader, made.card)
    found = [
        ([names[area] for area in group["areas"] if area in made.query.areas], group["reason"])
        for group in reader.place.residents_misleading
    ]
    return [f"{say.joined(areas)}{say(': ')}{say.pick(reason)}" for areas, reason in found if areas]


def file_of(made: Measure) -> str:
    """The address of the very figures that are drawn."""
    q = made.query
    rows = Selection(q.areas, [q.category] if q.category else [], made.periods[0], made.periods[-1])
    address = extract_address(q.place, made.card.dataset, "csv", q.release, rows)
    return f"{address}&measure={q.measure}&view={q.view}"


def areas_file(measure: Measure, areas: Sequence[str], period: str, *, differs: bool = False) -> str:
    """The figures of areas in one period, as a file; ``differs``: with how each compares with the rest."""
    query = measure.query
    kinds = [query.category] if query.category else []
    address = extract_address(
        query.place, measure.card.dataset, "csv", query.release, Selection(areas, kinds, period, period)
    )
    return f"{address}&measure={query.measure}&view={query.view}" + (f"&method={DIFFERS}" if differs else "")


def single_period_words(made: Measure, reader: Reader) -> str:
    """That figures of one period make no line; '' where there are more."""
    known = made.known_periods
    if len(known) != 1:
        return ""
    return reader.say("One period only: {period}.", period=period_name(known[0], reader.say, made.query.view))
