"""The extract builder: what is chosen, the address of the very extract, and the dictionary of its columns."""

from __future__ import annotations

import streamlit as st
from markupsafe import escape

from layout.catalogue import datasets_of
from layout.choices import area_names, choose_span
from layout.markup import link
from layout.reader import Reader, choose, choose_several
from layout.tables import TEXT, table
from loaders import SourceCard
from measures.change.revisions import may_be_revised
from routes.addresses import extract_address
from routes.extracts.columns import columns
from routes.extracts.request import REVISIONS


def ask_extract(reader: Reader) -> tuple[SourceCard | None, str]:
    """Dataset, areas, categories, periods and format; returns the dataset's card and the address of the extract."""
    say = reader.say
    cards = {card.name: card for card in datasets_of(reader) if card.kind != "boundaries"}
    box = st.container(key="controls", horizontal=True)
    with box:
        name = choose(
            reader,
            "dataset",
            say("Dataset"),
            {code: say.pick(card.title) for code, card in cards.items()},
            next(iter(cards)),
        )
        form = choose(reader, "format", say("Format"), {"csv": "CSV", "xlsx": "Excel (XLSX)", "parquet": "Parquet", "json": "JSON"}, "csv")
    card = cards[name]
    if not reader.shelf.readable(name):
        return None, ""
    if card.kind not in ("observations", "areas"):
        return card, extract_address(reader.place.id, name, form)
    with box:
        return card, _address(reader, card, form)


def _address(reader: Reader, card: SourceCard, form: str) -> str:
    """The remaining choices of a dataset of observations, and the address they make."""
    say, name = reader.say, card.name
    releases = {"latest": say("Newest figures")} | {one.id: one.id for one in reversed(card.releases)}
    if may_be_revised(card):
        releases[REVISIONS] = say("Revised figures only")
    release = choose(reader, "release", say("Release"), releases, "latest")
    safe = reader.shelf.table(name, "latest" if release == REVISIONS else release)
    names = area_names(reader, name)
    nodes = card.tree.nodes
    areas = choose_several(
        reader, "area", say("Areas"), {code: names[code] for code in safe.areas}, [], say("All areas")
    )
    categories = []
    if nodes:
        options = {code: say.pick(nodes[code].name) for code in safe.categories}
        categories = choose_several(reader, "category", say("Categories"), options, [], say("All categories"))
    first, last = choose_span(reader, safe.periods)
    return extract_address(reader.place.id, name, form, release, areas, categories, first, last)


def show_address(reader: Reader, address: str) -> None:
    """The address to copy, and the link that fetches it."""
    safe = escape(address)
    say = reader.say
    st.html(
        f'<p class="address">{link(address, say("Download this extract"), download=True)}</p>'
        f'<p class="small">{escape(say("Its address, which stays the same:"))}</p><p><code class="address">{safe}</code></p>'
    )


def dictionary(reader: Reader) -> None:
    """What each column of an extract holds."""
    say = reader.say
    table([say("Column"), say("What it holds")], columns(say), say("Data dictionary of observations"), numeric=TEXT)


def for_programs(reader: Reader) -> None:
    """One quiet paragraph: where programs find the data described, and how a number is traced to its cell."""
    say = reader.say
    links = {
        f"/data/{reader.place.id}/datapackage.json": say("Data Package of this place"),
        "/data/catalogue.jsonld": say("catalogue (DCAT-AP)"),
        "/data/openapi.json": say("description of the addresses (OpenAPI)"),
        "/data/releases.json": say("list of releases"),
        "/data/releases.atom": say("the same as a feed (Atom)"),
    }
    linked = " · ".join(link(*one) for one in links.items())
    traced = say(
        "With provenance.json and one area, category and period, an address under /data tells the cells of the "
        "published file behind a figure."
    )
    st.html(f'<p class="small">{escape(say("For programs:"))} {linked}<br>{escape(traced)}</p>')
