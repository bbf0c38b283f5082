"""The cards that come with the project ask for what their publishers list, and take up the next release of it."""

from __future__ import annotations

import re
from itertools import product
from urllib.parse import urlsplit

import pytest

from loaders import data_folder, read_card, read_places
from loaders.cards.read_card import find_cards
from loaders.refresh.catalogues.choose import chosen
from loaders.refresh.catalogues.resource import NoCatalogue, Resource
from loaders.refresh.dataset import Options, refresh
from tests.loaders.catalogue_answers import ckan, ckan_resource, routed
from tests.loaders.publisher import publisher, releases

CARDS = {card.name: card for path in find_cards(data_folder()) if (card := read_card(path)).refresh.get("catalogue")}


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_a_card_takes_the_file_that_it_names_at_each_of_its_hosts_and_no_other(card):
    asked = card.refresh
    title, file = (re.sub(r"[*]|\{\w+\}", " 2026 ", asked.get(word, "x")) for word in ("title", "file"))
    home = urlsplit(asked["url"]).netloc
    for host in (home, *asked.get("hosts", ())):
        meant = Resource(title, f"https://{host}/{file}", asked["format"])
        others = [Resource("Something else", f"https://{host}/other.csv", asked["format"]), Resource(title, "", "pdf")]
        assert chosen([meant, *others], asked).resource == meant
    with pytest.raises(NoCatalogue):
        chosen([Resource(title, f"https://elsewhere.example/{file}", asked["format"])], asked)


def test_the_months_by_borough_are_told_from_the_other_files_of_the_same_data_set():
    """The titles are those that public code gives for the London Datastore."""
    asked = CARDS["recorded_crime"].refresh
    listed = [
        Resource(f"MPS {grain} Level Crime ({span})", f"https://data.london.gov.uk/download/exy3m/{n}/x.csv", "csv")
        for n, (grain, span) in enumerate(product(("Borough", "Ward", "LSOA"), ("Historical", "most recent 24 months")))
    ]
    assert chosen(listed, asked).resource.title == "MPS Borough Level Crime (most recent 24 months)"


def test_the_next_month_of_a_real_file_is_found_in_its_catalogue_and_taken_up(copy):
    card = CARDS["police_strength"]
    folder = copy.card("police_strength").folder
    body = (folder / card.latest.file).read_bytes()
    later = body.rstrip(b"\r\n") + b"\nApr-26,31000,11000,1200\n"
    name = "/download/e7xoj/e442/Police_Force_Strength.csv"
    turn, give = routed(
        {
            "/api/3/action/package_show": lambda base: ckan(
                ckan_resource("Police_Force_Strength.csv", f"{base}{name}", format="csv", last_modified=None),
                ckan_resource("About the figures", f"{base}/about.pdf", format="PDF"),
            ),
            name: {"body": later},
        }
    )
    with publisher(turn) as answers:
        give(answers)
        path = folder / "source.toml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("https://data.london.gov.uk/api", f"http://127.0.0.1:{answers.port}/api"), "utf-8")
        card = read_card(path)
        place = read_places(copy.root, {card.name: card}, {})["london"]
        outcome = refresh(card, place, Options())
    assert outcome.state == "written", outcome
    assert outcome.changes.span == ("2013-05", "2026-04")
    assert outcome.changes.revised == 0
    assert outcome.taken.listed == 2
    assert len(releases(folder)) == 2
