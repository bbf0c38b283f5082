"""What a page says of itself to those who do not read it through: its title, addresses and datasets, for search
engines, messengers and newsrooms.
"""

from __future__ import annotations

import json
from urllib.parse import urlencode

from markupsafe import Markup

from language import LANGUAGES
from layout.frame.reader import Reader
from layout.sheets import Sheet, full_title
from loaders import SourceCard
from routes.addresses import page_address, picture_address
from routes.catalogues.feeds.feed_formats import FEED_KINDS
from routes.catalogues.feeds.feed_scope import FeedScope, feed_address

CARD = "1200x630"  # pixels of the picture in a messenger's card
LONGEST = 300  # characters of a description


def head_of(sheet: Sheet, reader: Reader) -> str:
    """The head of a page, after its character set: title, description, the same in other languages, and its data."""
    say, host = reader.say, reader.host
    title, words, here = (
        full_title(sheet, say),
        _shortened(sheet.description),
        host + page_address(sheet.page, sheet.state),
    )
    graph = {
        "og:type": "article",
        "og:site_name": say.language.site,
        "og:title": sheet.title,
        "og:description": words,
        "og:url": here,
        "og:locale": say.language.locale,
    }
    chart = next(sheet.charts, None)
    if chart is not None:
        graph |= {
            "og:image": host + picture_address(sheet.page, chart.key, "png", {**sheet.state, "size": CARD}),
            "og:image:alt": _shortened(chart.picture.description),
        }
    parts = [
        Markup("<title>{}</title>").format(title),
        _meta("name", "description", words),
        _link("canonical", here),
        *(_link("alternate", address, code) for code, address in _languages(sheet, host).items()),
        *([_oembed(host, here, sheet.title)] if chart is not None else []),
        *_feeds(sheet, reader),
        *(_meta("property", name, content) for name, content in graph.items()),
        _meta("name", "twitter:card", "summary_large_image" if chart is not None else "summary"),
    ]
    return "".join(parts) + "".join(_script(_dataset(card, sheet, reader, here)) for card in _cards(sheet))


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def _meta(kind: str, name: str, content: str) -> Markup:
    return Markup('<meta {}="{}" content="{}">').format(kind, name, content)


def _link(kind: str, address: str, language: str = "") -> Markup:
    spoken = Markup(' hreflang="{}"').format(language) if language else ""
    return Markup('<link rel="{}"{} href="{}">').format(kind, spoken, address)


def _oembed(host: str, here: str, title: str) -> Markup:
    """Where a newsroom's system asks what it can show for a link to this page."""
    address = f"{host}/oembed?{urlencode({'url': here})}"
    return Markup('<link rel="alternate" type="application/json+oembed" href="{}" title="{}">').format(address, title)


def _feeds(sheet: Sheet, reader: Reader) -> list[Markup]:
    """Where a feed reader is told what is new: of the one area that is shown, else of the place."""
    place, area = reader.place, sheet.state.get("area", "")
    areas = [area] if isinstance(area, str) else area
    known = next(
        (code for code in areas if len(areas) == 1 and code in {entry.code for entry in place.areas}), place.code
    )
    scope = FeedScope(place.id, known)
    return [
        Markup('<link rel="alternate" type="{}" href="{}" title="{}">').format(
            kind, reader.host + feed_address(scope, form, reader.say.code, place.code), reader.say("What is new")
        )
        for form, kind in FEED_KINDS.items()
    ]


def _languages(sheet: Sheet, host: str) -> dict[str, str]:
    """The same view by the tag of each language, and without one, where the browser decides."""
    others = {language.tag: {**sheet.state, "lang": code} for code, language in LANGUAGES.items()}
    free = {name: value for name, value in sheet.state.items() if name != "lang"}
    return {tag: host + page_address(sheet.page, state) for tag, state in {**others, "x-default": free}.items()}


def _cards(sheet: Sheet) -> tuple[SourceCard, ...]:
    return sheet.foot.datasets if sheet.foot else ()


def _dataset(card: SourceCard, sheet: Sheet, reader: Reader, here: str) -> dict:
    """A dataset that the page shows figures of, in the words of schema.org."""
    say = reader.say
    first, last = card.releases[0].first, card.latest.last
    about = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": say.pick(card.title),
        "description": say.sentences([say.pick(card.description), say.pick(card.coverage)]),
        "url": here,
        "inLanguage": say.language.tag,
        "isAccessibleForFree": True,
        "license": card.licenses[0].get("url", "") if card.licenses else "",
        "creator": {"@type": "Organization", "name": say.pick(card.publisher), "url": card.publisher.get("url", "")},
        "dateModified": card.latest.published,
        "temporalCoverage": f"{first}/{last}" if first and last else "",
        "spatialCoverage": {"@type": "Place", "name": say.pick(reader.place.name)},
    }
    if card in _cards(sheet)[:1] and sheet.foot.file:
        file = {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": reader.host + sheet.foot.file}
        about["distribution"] = [file]
    return {name: value for name, value in about.items() if value}


def _script(told: dict) -> str:
    """Data in a page; what would end the element is written otherwise."""
    return (
        f'<script type="application/ld+json">{json.dumps(told, ensure_ascii=False).replace("<", chr(92) + "u003c")}'
        f"</script>"
    )
