"""Which areas are nearest to this one in published characteristics? Their names lead to a comparison with them."""

from __future__ import annotations

from markupsafe import Markup

from language import Translator, decimal, period_name, signed_percent, whole
from layout.frame.blocks import Blocks, heading, paragraph
from layout.frame.markup import link
from layout.frame.reader import Reader
from layout.frame.tables import table
from measures.about.similar_areas import Similar, similar
from routes.addresses import page_address


def similar_note(reader: Reader, area: str) -> Blocks:
    """The nearest areas as links, how they were found, and their characteristics; nothing where a place names
    none.
    """
    found = similar(reader.place.id, area, reader.shelf)
    if found is None:
        return
    say, names = reader.say, {one.code: reader.say.pick(one.name) for one in reader.place.areas}
    labels = say.joined([say.pick(entry["label"]) for entry in reader.place.similar["by"]])
    yield heading(say("Areas nearest to {area} in {labels}", area=names[area], labels=labels))
    yield paragraph(
        say(
            "Even the nearest area is far from {area} in these figures, so comparisons with it say little.",
            area=names[area],
        )
        if found.alone
        else ""
    )
    yield paragraph(_links(reader, area, found, names))
    by = reader.place.similar["by"]
    yield paragraph(say.sentences([_method(reader, found), *(say.pick(one.get("note", {})) for one in by)]))
    rows = [
        (
            names[row["area"]],
            *(_figure(row[n], one["as"], say) for n, one in enumerate(by)),
            decimal(row["distance"], say, 2),
        )
        for row in found.table.to_dict("records")
    ]
    headings = [say("Area"), *(say.pick(one["label"]) for one in by), say("Distance")]
    yield table(
        headings, rows, say("{area} and the areas nearest to it in these figures, the nearest first", area=names[area])
    )


def _links(reader: Reader, area: str, found: Similar, names: dict[str, str]) -> Markup:
    """Each similar area as a link to the two side by side, and one link to all of them."""
    say = reader.say

    def beside(codes: tuple[str, ...], words: str) -> Markup:
        return link(
            page_address("compare", {**reader.site_state, "by": "areas", "area": [area, *codes]}),
            words,
        )

    each = say.joined([beside((code,), names[code]) for code in found.areas])
    return Markup("{} · {}").format(Markup(each), beside(found.areas, say("compare with all of them")))


def _method(reader: Reader, found: Similar) -> str:
    """How the similar areas were found, in one paragraph."""
    say = reader.say
    labels = say.joined([say.pick(one["label"]) for one in reader.place.similar["by"]])
    years = [period_name(period, say) for period in dict.fromkeys((found.first, found.last))]
    span = say("{start} to {end}", start=years[0], end=years[-1]) if len(years) > 1 else years[0]
    return say(
        (
            "Chosen by published figures of {span}: {labels}. No figure about safety is used. "
            "Areas that are alike in these figures may differ in others, such as visitors, age or"
            " income."
        ),
        span=span,
        labels=labels,
    )


def _figure(value: float, kind: str, say: Translator) -> str:
    if kind == "growth":
        return signed_percent(value, say)
    return decimal(value, say) if kind == "level" else whole(value, say)
