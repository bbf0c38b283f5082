"""Which areas are nearest to this one in published characteristics? Their names lead to a comparison with them."""

from __future__ import annotations

from markupsafe import Markup

from language import Translator, decimal, period_name, signed_percent, whole
from layout.frame.blocks import Blocks, Group, heading, paragraph
from layout.frame.markup import soft_link
from layout.frame.reader import Reader
from layout.frame.tables import table
from measures.about.similar_areas import Similar, similar
from routes.addresses import page_address


def similar_chips(reader: Reader, area: str) -> Blocks:
    """The nearest areas as one line of links to a comparison with each; nothing where a place names none."""
    found = similar(reader.place.id, area, reader.shelf)
    if found is None:
        return
    say, names = reader.say, {known.code: reader.say.pick(known.name) for known in reader.place.areas}
    items = [_beside(reader, (area, code), names[code]) for code in found.areas]
    items.append(_beside(reader, (area, *found.areas), say("compare with all of them")))
    yield heading(say("Most like {area}", area=names[area]))
    yield Group("chips", tuple(items), "nav", say("Most like {area}", area=names[area]))


def similar_about(reader: Reader, area: str) -> Blocks:
    """How the nearest areas were found, with their characteristics."""
    found = similar(reader.place.id, area, reader.shelf)
    if found is None:
        return
    say, names = reader.say, {known.code: reader.say.pick(known.name) for known in reader.place.areas}
    by = reader.place.similar["by"]
    labels = say.joined([say.pick(entry["label"]) for entry in by])
    yield heading(say("Areas nearest to {area} in {labels}", area=names[area], labels=labels), minor=True)
    far = say(
        "Even the nearest area is far from {area} in these figures, so comparisons with it say little.",
        area=names[area],
    )
    yield paragraph(far if found.alone else "")
    yield paragraph(say.sentences([_method(reader, found), *(say.pick(entry.get("note", {})) for entry in by)]))
    rows = [
        (
            names[row["area"]],
            *(_figure(row[n], entry["as"], say) for n, entry in enumerate(by)),
            decimal(row["distance"], say, 2),
        )
        for row in found.table.to_dict("records")
    ]
    headings = [say("Area"), *(say.pick(entry["label"]) for entry in by), say("Distance")]
    yield table(
        headings, rows, say("{area} and the areas nearest to it in these figures, the nearest first", area=names[area])
    )


def _beside(reader: Reader, codes: tuple[str, ...], words: str) -> Markup:
    """A link to areas side by side."""
    return soft_link(page_address("compare", {**reader.site_state, "by": "areas", "area": [*codes]}), words)


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
