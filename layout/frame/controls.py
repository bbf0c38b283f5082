"""The quiet row of controls above a chart: each keeps its choice in the address by code."""

from __future__ import annotations

from collections.abc import Sequence

from language import Translator, period_name
from language.numbers import per_words, written_date
from layout.frame.blocks import Blocks, PageLink, choose, choose_several
from layout.frame.links import district_state
from layout.frame.menu import titles
from layout.frame.reader import Reader
from loaders import periods
from loaders.cards.measure_card import MeasureCard
from measures.claims.collection import indicators_of
from measures.maps.classes import METHODS
from measures.maps.map import DIFFERS


def area_names(reader: Reader, dataset: str) -> dict[str, str]:
    """Names of a dataset's areas in the reader's language, by code."""
    return {code: reader.say.pick(words) for code, words in reader.shelf.area_names(reader.place.id, dataset).items()}


def short_names(reader: Reader) -> dict[str, str]:
    """What residents call each area of the place, by code."""
    return {area.code: reader.say.pick(area.short or area.name) for area in reader.place.areas}


def choose_measure(reader: Reader, names: Sequence[str]) -> Blocks[MeasureCard]:
    """One of the place's measures."""
    options = {name: reader.say.pick(reader.shelf.measures[name].title) for name in names}
    yield (choice := choose(reader, "measure", reader.say("Measure"), options, next(iter(options))))
    return reader.shelf.measures[choice.value]


def choose_view(reader: Reader, card: MeasureCard, default: str = "", offered: Sequence[str] = ()) -> Blocks[str]:
    """How the figures are shown: count, rate, twelve months, index …; only some of the card's views where they are
    ``offered``.
    """
    say = reader.say
    words = {
        "count": say("Count"),
        "rate": say("Rate per {per} residents", per=per_words(card.rate.get("per", 1000), say)),
        "rolling": say("12-month total"),
        "rolling_rate": say("12-month total per {per} residents", per=per_words(card.rate.get("per", 1000), say)),
        "index": say("Index (start = 100)"),
        "adjusted": say("Seasonally adjusted"),
        "share": say("Share of transactions done online"),
        "density": say("Residents per km²"),
    }
    options = {view: words[view] for view in offered or card.views}
    yield (choice := choose(reader, "view", say("Shown as"), options, default or card.views[0]))
    return choice.value


def choose_category(reader: Reader, card: MeasureCard, label: str, level: str = "") -> Blocks[str]:
    """A category of the measure's dataset, indented by its level; '' when it has none."""
    tree = reader.shelf.cards[card.dataset].tree
    shown = [code for code, node in tree.nodes.items() if level in ("", node.level)]
    if not shown:
        return ""
    indent = {"all": "", "group": "", "type": "– ", "published_type": "– – "}
    options = {
        code: (indent[tree.nodes[code].level] if not level else "") + reader.say.pick(tree.nodes[code].name)
        for code in shown
    }
    default = card.default_category if card.default_category in options else shown[0]
    yield (choice := choose(reader, "category", label, options, default))
    return choice.value


def choose_areas(reader: Reader, card: MeasureCard, default: Sequence[str] = ()) -> Blocks[tuple[str, ...]]:
    """The areas drawn beside the whole place, up to six."""
    table = reader.shelf.table(card.dataset)
    names = area_names(reader, card.dataset)
    options = {area.code: names[area.code] for area in reader.place.areas if table.has(area=area.code)}
    if not options:
        return ()
    label = reader.say("Areas")
    yield (choice := choose_several(reader, "area", label, options, default, reader.say("Add an area")))
    return choice.value


def choose_area(reader: Reader) -> Blocks[str]:
    """One district, found by typing its name in any language."""
    options = {
        area.code: " · ".join(dict.fromkeys([reader.say.pick(area.name), *area.name.values()]))
        for area in reader.place.areas
    }
    label = reader.say("Area (type to search)")
    yield (choice := choose(reader, "area", label, options, reader.place.areas[0].code))
    return choice.value


def choose_span(reader: Reader, shown: Sequence[str]) -> Blocks[tuple[str, str]]:
    """First and last period, by year; any period of the dataset may stand in the address."""
    years = list(dict.fromkeys(period[:4] for period in shown))
    firsts = {next(p for p in shown if p[:4] == year): year for year in years}
    lasts = {next(p for p in reversed(shown) if p[:4] == year): year for year in reversed(years)}
    for name, options in (("from", firsts), ("to", lasts)):
        period = reader.value(name)
        if period in shown and period not in options:
            options[period] = period_name(period, reader.say)
    named = [{period: _year(reader, period, words) for period, words in ends.items()} for ends in (firsts, lasts)]
    yield (first := choose(reader, "from", reader.say("From"), named[0], shown[0]))
    yield (last := choose(reader, "to", reader.say("To"), named[1], shown[-1]))
    return tuple(sorted((first.value, last.value)))


def _year(reader: Reader, period: str, words: str) -> str:
    """A year as it is called; financial and school years by their whole name."""
    return period_name(period if periods.per_year(period) == 1 else words, reader.say) if words.isdigit() else words


def choose_period(reader: Reader, shown: Sequence[str], view: str, usual: str = "") -> Blocks[str]:
    """One period of a map, the newest first; the newest where none is ``usual``."""
    options = {period: period_name(period, reader.say, view) for period in reversed(shown)}
    default = usual if usual in options else shown[-1]
    yield (choice := choose(reader, "to", reader.say("Period"), options, default))
    return choice.value


def choose_method(reader: Reader, *, differs: bool = False) -> Blocks[str]:
    """What colours a map: the figures in classes, as the address cuts them; or, where areas can be compared with the
    place, whether they differ from it.
    """
    say, cuts = reader.say, class_cuts(reader.say)
    asked = reader.value("method")
    cut = asked if asked in cuts else METHODS[0]
    options = {cut: say("Figures") if cut == METHODS[0] else cuts[cut]}
    options = {
        METHODS[0]: say("Figures"),
        **options,
        **({DIFFERS: say("Stands apart from the rest")} if differs else {}),
    }
    yield (choice := choose(reader, "method", say("Colours"), options, METHODS[0]))
    return choice.value


def class_cuts(say: Translator) -> dict[str, str]:
    """The ways to cut the classes of a map, named."""
    return {"quantiles": say("Quantiles"), "natural": say("Natural breaks"), "equal": say("Equal intervals")}


def choose_release(reader: Reader, dataset: str) -> Blocks[str]:
    """The newest figures, or one release of the publisher on its own."""
    releases = reader.shelf.cards[dataset].releases
    if len(releases) < 2:
        return "latest"
    options = {"latest": reader.say("Newest figures")}
    options |= {
        one.id: reader.say("Release of {date} (date approximate)", date=written_date(one.published, reader.say))
        for one in reversed(releases)
    }
    yield (choice := choose(reader, "release", reader.say("Release"), options, "latest"))
    return choice.value


def choose_indicator(reader: Reader, card: MeasureCard, *, districts: bool = False) -> Blocks[str]:
    """One indicator of the published statements."""
    found = indicators_of(reader.shelf, card.dataset, districts=districts)
    options = {code: reader.say.pick(one.name) for code, one in found.items()}
    default = card.default_category if card.default_category in options else next(iter(options))
    yield (choice := choose(reader, "category", reader.say("Indicator"), options, default))
    return choice.value


def map_periods(reader: Reader, card: MeasureCard, view: str) -> list[str]:
    """The periods for which at least the newest rule of the view gives a map: rolling views need a year before."""
    shown = list(reader.shelf.table(card.dataset).periods)
    if view.endswith("rate"):
        known = reader.shelf.table(card.rate["dataset"]).periods
        shown = [period for period in shown if period[:4] >= known[0]]
    skip = periods.per_year(shown[0]) // 2 if view == "rolling_rate" else 0
    return (
        shown[skip - 1 if skip else 0 :]
        if view == "rolling_rate"
        else shown[periods.per_year(shown[0]) - 1 :]
        if view == "rolling"
        else shown
    )


def outlined(reader: Reader) -> Blocks[str]:
    """The area that a map outlines, and the way to its page."""
    options = {"": reader.say("None")} | {area.code: reader.say.pick(area.name) for area in reader.place.areas}
    yield (choice := choose(reader, "area", reader.say("Highlight an area"), options, ""))
    if choice.value:
        yield PageLink(
            "district", titles(reader.say, reader.place)["district"] + " →", district_state(reader, choice.value)
        )
    return choice.value
