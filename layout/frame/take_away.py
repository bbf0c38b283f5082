"""What a reader takes away from a chart or a page: its address, picture, frame, citation and figures, pinned to what is
shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup

from language.numbers import day, written_date
from layout.frame.blocks import Block, Chart, TakeAway
from layout.frame.links import file_address
from layout.frame.markup import link
from layout.frame.reader import Reader
from loaders import SourceCard
from routes.addresses import embed_address, page_address, picture_address

IMAGES = {"png": "1200x675", "svg": "1200x675", "pdf": "1200x675"}
AROUND = 260  # pixels that title, legend, source and link of an embedded chart take
_TO = re.compile(r"(?<=from=)([^&]*)&to=(?!\1(?:&|$))[^&]*")  # the end of a span, not of a single period
State = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class Taken:
    """What can be taken away. ``charts``: what tells each from the others → the chart, '' where there is one alone.
    ``file``: the address of the figures as CSV. ``sentences``: to be cited. ``sources``: whose figures they are, the
    first at ``release``.
    """

    title: str
    charts: Mapping[str, Block] = field(default_factory=dict)
    file: str = ""
    sentences: Sequence[str] = ()
    sources: Sequence[SourceCard] = ()
    release: str = "latest"


def take_away(reader: Reader, taken: Taken) -> TakeAway:
    """The quiet bar under a chart, or of a page without one."""
    say, frozen = reader.say, frozen_at(reader, taken.sources)
    state = pinned(reader, frozen)
    charts = {label: chart for label, chart in taken.charts.items() if isinstance(chart, Chart)}
    quote = _quote(reader, taken, reader.host + page_address(reader.page, state))
    folds = [("copy", say("Copy link"), _links(reader, taken, state))]
    if charts:
        folds.append(("image", say("Image"), _images(reader, charts, state)))
        folds.append(("embed", say("Embed"), _frames(reader, taken.title, charts, state)))
    folds.append(("cite", say("Cite"), _to_copy(say("With source, release and address"), quote, "quote")))
    file = file_address(taken.file, frozen)
    files = [(file, "CSV"), (file.replace(".csv", ".xlsx", 1), "XLSX")] if file else []
    links = tuple(link(address, form, download=True) for address, form in files)
    return TakeAway(
        say("Share or download"), tuple(folds), links, quote, say("Copy"), say("Copied."), tuple(taken.sources)
    )


def frozen_at(reader: Reader, sources: Sequence[SourceCard]) -> str:
    """The day at which an address gives these very figures for good; '' where there are no dated figures.

    It is the day of the newest release held, not today: a release that was out before today may be taken up tomorrow.
    """
    newest = max((card.latest.published for card in sources), default="")
    return reader.as_of or (f"{newest}-01-01"[:10] if newest else "")


def pinned(reader: Reader, frozen: str) -> dict[str, str | Sequence[str]]:
    """What the address of this view holds when nothing in it may move: every choice spelt out, also the usual ones."""
    return {name: value for name, value in reader.state.items() if name != "as_of"} | {"as_of": frozen}


def moving(reader: Reader) -> dict[str, str | Sequence[str]]:
    """What the address of this view holds when it is to show the newest figures: what its reader has chosen."""
    return {**reader.chosen, "as_of": ""}


def iframe(address: str, title: str, chart: Chart, width: int | str = "100%") -> Markup:
    """What a page holds that shows the chart of an embed's address."""
    return Markup(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" style="border:0"></iframe>'
    ).format(address, title, width, frame_height(chart))


def frame_height(chart: Chart) -> int:
    """How high the frame of an embedded chart is, in pixels."""
    return round(chart.picture.spec.get("height", 340)) + AROUND


def _links(reader: Reader, taken: Taken, state: State) -> Markup:
    """The address of this view, frozen and always the newest, and that of the newest figures as a file."""
    say, host = reader.say, reader.host
    newest = host + page_address(reader.page, moving(reader))
    parts = []
    if state["as_of"]:
        until = written_date(state["as_of"], say)
        words = say("This view, frozen: the figures that had been published by {day}", day=until)
        parts.append(_to_copy(words, host + page_address(reader.page, state)))
    parts.append(_to_copy(say("This view, always the newest"), newest))
    if taken.file:
        growing = taken.file if "to" in reader.chosen else _TO.sub(r"\1", taken.file)
        parts.append(_to_copy(say("The figures as a file (CSV), later ones included"), host + growing))
    return Markup("").join(parts)


def _images(reader: Reader, charts: Mapping[str, Chart], state: State) -> Markup:
    """The files of each picture, a line each."""
    lines = []
    for label, chart in charts.items():
        files = Markup(" · ").join(
            link(picture_address(reader.page, chart.key, form, {**state, "size": size}), form.upper(), download=True)
            for form, size in IMAGES.items()
        )
        named = f"{label}{reader.say(': ')}" if label else ""
        lines.append(Markup("<p>{}{}</p>").format(named, files))
    return Markup("").join(lines)


def _frames(reader: Reader, title: str, charts: Mapping[str, Chart], state: State) -> Markup:
    """What to put into a page of one's own, frozen or kept up to date."""
    say, parts = reader.say, []
    ways = {say("Frozen at these figures"): state, say("Kept up to date"): moving(reader)}
    for label, chart in charts.items():
        for words, asked in ways.items():
            address = reader.host + embed_address(reader.page, chart.key, asked)
            parts.append(_to_copy(f"{label}{say(': ')}{words}" if label else words, iframe(address, title, chart)))
    return Markup("").join(parts)


def _to_copy(words: str, text: str, style: str = "address") -> Markup:
    """A text to copy beneath what it is. ``text`` is shown as it stands, also where it is HTML."""
    return Markup('<div class="taken"><p>{}</p><code class="{}">{}</code></div>').format(words, style, str(text))


def _quote(reader: Reader, taken: Taken, address: str) -> str:
    """The sentences with source, release, licence and address, a line each; the title where there is no sentence."""
    say = reader.say
    cited = [
        _citation(card, taken.release if number == 0 else "latest", reader) for number, card in enumerate(taken.sources)
    ]
    source = say("Source: {sources}.", sources=say.clauses(cited)) if cited else ""
    read = say("{address}, read on {day}.", address=address, day=day(date.today(), say))
    return "\n".join(
        filter(None, [*(filter(None, taken.sentences) if any(taken.sentences) else [taken.title]), source, read])
    )


def _citation(card: SourceCard, release: str, reader: Reader) -> str:
    """Publisher, dataset, release and licence."""
    say = reader.say
    published = next((one for one in card.releases if one.id == release), card.latest)
    when = written_date(published.published, say)
    return say(
        "{publisher}, “{title}”, release of {date}, {licence}",
        publisher=say.pick(card.publisher),
        title=say.pick(card.title),
        date=say("{date} (date approximate)", date=when) if published.about else when,
        licence=say.joined([say.pick(licence["title"]) for licence in card.licenses]),
    )
