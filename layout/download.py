"""The ready files, the extract builder (what is chosen, the address of the very extract), and the dictionary of its
columns.
"""

from __future__ import annotations

from markupsafe import Markup

from language import period_name
from layout.frame.blocks import (
    Blocks,
    Fold,
    Group,
    Paragraph,
    calm,
    choose,
    choose_several,
    controls,
    gathered,
    paragraph,
    small,
)
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

READY = 4  # datasets that are offered whole
FORMS = {"csv": "CSV", "xlsx": "Excel (XLSX)", "parquet": "Parquet", "json": "JSON"}
CHOSEN = ("dataset", "format", "release", "area", "category", "from", "to")  # what opens the builder


def ready_files(reader: Reader) -> Group:
    """The place's first datasets whole, at their newest figures, in every format."""
    cards = [card for card in _offered(reader) if reader.shelf.readable(card.name)]
    return Group("ready", tuple(_ready(reader, card) for card in cards[:READY]), "ul")


def _ready(reader: Reader, card: SourceCard) -> Markup:
    """One dataset: its title, whose it is and to when, and its files."""
    say = reader.say
    files = Markup(" ").join(
        link(file_address(extract_address(reader.place.id, card.name, form), reader.as_of), name, download=True)
        for form, name in FORMS.items()
    )
    newest = period_name(card.latest.last, say) if card.latest.last else ""
    about = [say.pick(card.publisher), say("to {period}", period=newest) if newest else ""]
    return Markup('<li><strong>{}</strong><span class="small">{}</span><span class="files">{}</span></li>').format(
        say.pick(card.title), " · ".join(filter(None, about)), files
    )


def _offered(reader: Reader) -> list[SourceCard]:
    return [card for card in datasets_of(reader) if card.kind != "boundaries"]


def rows_fold(reader: Reader) -> tuple[Fold, SourceCard | None]:
    """The builder of an extract, to open; and the dataset that is chosen, None where it cannot be read."""
    say = reader.say
    choices, (card, address) = gathered(ask_extract(reader))
    told = (calm(reader),) if card is None else (*show_address(reader, address), _formats(reader))
    return Fold(say("Choose rows"), (*choices, *told), any(map(reader.value, CHOSEN))), card


def _formats(reader: Reader) -> Paragraph:
    """What the formats and the names of releases mean."""
    say = reader.say
    return paragraph(
        say(
            "CSV is UTF-8 with a byte-order mark, so that spreadsheet programs read Chinese. Parquet keeps types. "
            "JSON and Parquet include the notes on the whole dataset. The notes for a CSV are in a separate file "
            "(column described_at)."
        ),
        say("“latest” gives the newest figure for each period. Replace it with a release name to fix that release."),
    )


def ask_extract(reader: Reader) -> Blocks[tuple[SourceCard | None, str]]:
    """Dataset, areas, categories, periods and format; returns the dataset's card and the address of the extract."""
    return (yield from controls(_asked_extract(reader)))


def _asked_extract(reader: Reader) -> Blocks[tuple[SourceCard | None, str]]:
    say = reader.say
    cards = {card.name: card for card in _offered(reader)}
    titles = {code: say.pick(card.title) for code, card in cards.items()}
    yield (dataset := choose(reader, "dataset", say("Dataset"), titles, next(iter(cards))))
    yield (form := choose(reader, "format", say("Format"), FORMS, "csv"))
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


def dictionary(reader: Reader) -> Fold:
    """What each column of an extract holds, to open."""
    say = reader.say
    heads, caption = [say("Column"), say("What it holds")], say("Data dictionary of observations")
    return Fold(say("What the columns hold"), (table(heads, columns(say), caption, numeric=TEXT),))


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
