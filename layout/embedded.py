"""A chart to stand on somebody else's page: with its title, legend, source and the way to the page it is from."""

from __future__ import annotations

import json
from collections.abc import Sequence

from markupsafe import Markup, escape

from language import Translator
from language.numbers import written_date
from layout.frame.blocks import Block, Chart, Foot, Heading, Legend, Paragraph
from layout.frame.reader import Reader
from layout.frame.take_away import frame_height, frozen_at, iframe
from layout.frame.written import written
from layout.sheets import Sheet, full_title
from loaders import SourceCard
from routes.addresses import CHART_WIDTHS, embed_address, page_address, picture_address
from routes.headers import HEIGHT, style_address

MOST_SOURCES = 3
CARD = ("1200x630", 1200, 630)
CACHED = 3600  # seconds that an answer to a newsroom's system may be kept


def embed_page(sheet: Sheet, chart: Chart, above: list[Block], reader: Reader) -> str:
    """The chart as a page of its own. ``above``: the blocks from its heading on, the nearest first."""
    say, state = reader.say, sheet.state
    title = next((written(Heading(block.text, 1)) for block in above if isinstance(block, Heading)), "")
    parts = [
        block
        for block in above[::-1]
        if isinstance(block, Legend) or (isinstance(block, Paragraph) and block.style == "lead")
    ]
    frozen = [block for block in sheet.blocks if isinstance(block, Paragraph) and block.style == "frozen"]
    cards = next((block.datasets for block in sheet.blocks if isinstance(block, Foot)), ())
    image = picture_address(sheet.page, chart.key, "svg", state)
    here = reader.host + page_address(sheet.page, state)
    words = say("All figures, notes and limits: {site}", site=say.language.site)
    return Markup(
        '<!DOCTYPE html><html lang="{}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{}</title>'
        '<link rel="canonical" href="{}"><link rel="stylesheet" href="/{}"></head><body class="embed"><main>{}'
        '<picture><source media="(max-width: 600px)" srcset="{}"><img src="{}" alt="{}"></picture>'
        '<p class="small">{}</p>{}<p class="small"><a href="{}" target="_blank" '
        'rel="noopener">{}</a></p></main><script>{}</script></body></html>'
    ).format(
        say.language.tag,
        full_title(sheet, say),
        here,
        style_address(),
        Markup("".join([title, *map(written, parts)])),
        picture_address(sheet.page, chart.key, "svg", {**state, "width": str(CHART_WIDTHS[-1])}),
        image,
        chart.picture.description,
        Markup("<br>").join(escape(line) for line in sources(cards, say)),
        Markup("".join(map(written, frozen))),
        here,
        words,
        Markup(HEIGHT),
    )


def oembed(sheet: Sheet, chart: Chart, reader: Reader, width: int, pinned: bool) -> str:
    """What a newsroom's system makes of a link, as JSON (oEmbed 1.0). ``pinned``: frozen at the figures of today, where
    the link names no day.
    """
    frozen = frozen_at(reader, sheet.foot.datasets) if pinned and sheet.foot else reader.as_of
    state = {**sheet.state, "as_of": frozen}
    frame = iframe(reader.host + embed_address(sheet.page, chart.key, state), chart.picture.description, chart, width)
    name, across, down = CARD
    told = {
        "version": "1.0",
        "type": "rich",
        "provider_name": reader.say.language.site,
        "provider_url": f"{reader.host}/",
        "title": sheet.title,
        "html": frame,
        "width": width,
        "height": frame_height(chart),
        "thumbnail_url": reader.host + picture_address(sheet.page, chart.key, "png", {**state, "size": name}),
        "thumbnail_width": across,
        "thumbnail_height": down,
        "cache_age": CACHED,
    }
    return json.dumps(told, ensure_ascii=False)


def sources(cards: Sequence[SourceCard], say: Translator) -> tuple[str, ...]:
    """Whose figures, of which release, under which licence; a line for each of the first datasets."""
    return tuple(_source(card, say) for card in cards[:MOST_SOURCES])


def _source(card: SourceCard, say: Translator) -> str:
    """Whose figures, of which release, under which licence."""
    return say(
        "Source: {publisher}, {title}, release of {date}. Licence: {licence}.",
        publisher=say.pick(card.publisher),
        title=say.pick(card.title),
        date=written_date(card.latest.published, say),
        licence=say.joined([say.pick(one["title"]) for one in card.licenses]),
    )
