"""The extract builder: what is chosen, the address of the very extract, and the dictionary of its columns."""

from __future__ import annotations

from markupsafe import Markup

from layout.frame.blocks import Blocks, Paragraph, Table, choose, choose_several, controls, paragraph, small
from layout.frame.controls import area_names, choose_span
from layout.frame.links import file_address
from layout.frame.markup import link
from layout.frame.reader import Reader
from layout.frame.tables import TEXT, table
from layout.sources.datasets import datasets_of
from loaders import SourceCard
from measures.figures.fresh import may_be_revised
from routes.addresses import Selection, extract_address
from routes.extracts.columns import columns
from routes.extracts.request import REVISIONS


def ask_extract(reader: Reader) -> Blocks[tuple[SourceCard | None, str]]:
    """Dataset, areas, categories, periods and format; returns the dataset's card and the address of the extract."""
    return (yield from controls(_asked_extract(reader)))


def _asked_extract(reader: Reader) -> Blocks[tuple[SourceCard | None, str]]:
    say = reader.say
    cards = {card.name: card for card in datasets_of(reader) if card.kind != "boundaries"}
    titles = {code: say.pick(card.title) for code, card in cards.items()}
    forms = {"csv": "CSV", "xlsx": "Excel (XLSX)", "parquet": "Parquet", "json": "JSON"}
    yield (dataset := choose(reader, "dataset", say("Dataset"), titles, next(iter(cards))))
    yield (form := choose(reader, "format", say("Format"), forms, "csv"))
    card = cards[dataset.value]
    if not reader.shelf.readable(card.name):
        return None, ""
    if not card.is_table:
        return card, file_address(extract_address(reader.place.id, card.name, form.value), reader.as_of)
    return card, file_address((yield from _address(reader, card, form.value)), reader.as_of)


def _address(reader: Reader, card: SourceCard, form: str) -> Blocks[str]:
    """The remaining choices of a dataset of observations, and the address they make."""
    say, name = reader.say, card.name
    releases = {"latest": say("Newest figures")} | {one.id: one.id for one in reversed(card.releases)}
    if may_be_revised(card):
        releases[REVISIONS] = say("Revised figures only")
    yield (choice := choose(reader, "release", say("Release"), releases, "latest"))
    release = choice.value
    safe = reader.shelf.table(name, "latest" if release == REVISIONS else release)
    names = area_names(reader, name)
    nodes = card.tree.nodes
    options = {code: names[code] for code in safe.areas}
    yield (areas := choose_several(reader, "area", say("Areas"), options, [], say("All areas")))
    categories = ()
    if nodes:
        options = {code: say.pick(nodes[code].name) for code in safe.categories}
        hint = say("All categories")
        yield (choice := choose_several(reader, "category", say("Categories"), options, [], hint))
        categories = choice.value
    first, last = yield from choose_span(reader, safe.periods)
    return extract_address(reader.place.id, name, form, release, Selection(areas.value, categories, first, last))


def show_address(reader: Reader, address: str) -> Blocks:
    """The address to copy, and the link that fetches it."""
    say = reader.say
    yield paragraph(link(address, say("Download this extract"), download=True), style="address")
    yield small(say("Link (stays the same):"))
    yield paragraph(Markup('<code class="address">{}</code>').format(address))


def dictionary(reader: Reader) -> Table:
    """What each column of an extract holds."""
    say = reader.say
    return table(
        [say("Column"), say("What it holds")], columns(say), say("Data dictionary of observations"), numeric=TEXT
    )


def for_programs(reader: Reader) -> Paragraph:
    """One quiet paragraph: where programs find the data described, and how a number is traced to its cell."""
    say = reader.say
    links = {
        f"/data/{reader.place.id}/datapackage.json": say("Data Package of this place"),
        "/data/catalogue.jsonld": say("catalogue (DCAT-AP)"),
        "/data/openapi.json": say("description of the addresses (OpenAPI)"),
        "/data/releases.json": say("list of releases"),
        "/data/releases.atom": say("the same as a feed (Atom)"),
    }
    linked = Markup(" · ").join(link(*one) for one in links.items())
    traced = say(
        "With provenance.json and one area, category and period, an address under /data tells the cells of the "
        "published file behind a figure."
    )
    chosen = say(
        "With columns= a file has these columns alone, and with as_of= it stays as it was on a day: "
        "columns=period,area_en,value and as_of=2026-08-15, for example."
    )
    return small(Markup("{} {}<br>{}<br>{}").format(say("For programs:"), linked, traced, chosen))
