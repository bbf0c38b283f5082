"""What a figure gives as files: its figures, its picture, and the way to all others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from layout.frame.blocks import Block, Chart, Group, Listing, paragraph
from layout.frame.links import file_address
from layout.frame.markup import link, soft_link
from layout.frame.menu import titles
from layout.frame.reader import Reader
from routes.addresses import PICTURE_KINDS, page_address, picture_address

FORMS = ("csv", "xlsx", "parquet")


def downloads(reader: Reader, file: str, charts: Mapping[str, Block]) -> tuple[Block, ...]:
    """The files of a figure. ``file``: the address of its figures as CSV; ``charts``: what tells each from the others →
    the chart.
    """
    say = reader.say
    figures = Markup(" · ").join(
        link(file_address(file.replace(".csv", f".{form}", 1), reader.as_of), form.upper(), download=True)
        for form in FORMS
    )
    items = (Markup("{}{}{}").format(say("The figures of this chart"), say(": "), figures),)
    everything = page_address("download", reader.site_state)
    words = titles(say, reader.place)["download"]
    return (
        Listing(items),
        Group("pictures", tuple(_images(reader, charts)), "ul"),
        paragraph(
            Markup("{}{}{}").format(
                say("Other periods, areas and columns, and whole datasets"), say(": "), soft_link(everything, words)
            )
        ),
    )


def _images(reader: Reader, charts: Mapping[str, Block]) -> Iterator[Markup]:
    say = reader.say
    for label, chart in charts.items():
        if isinstance(chart, Chart):
            addresses = {form: picture_address(reader.page, chart.key, form, reader.chosen) for form in PICTURE_KINDS}
            files = Markup(" · ").join(
                link(address, form.upper(), download=True) for form, address in addresses.items()
            )
            yield Markup("<li>{}{}{}</li>").format(label or say("The picture"), say(": "), files)
