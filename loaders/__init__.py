"""From a published file to observations.

What a loader may do, and nothing else: check that the bytes are the recorded ones; read the cells; give areas,
categories and periods the codes that card and place declare; put every fault into words. It never fills a gap, rounds,
adds up, or mends a number.
"""

from loaders.cards.categories import Category, CategoryTree
from loaders.cards.read_card import find_cards, read_card
from loaders.cards.source_card import Break, Release, SourceCard
from loaders.data_folder import data_folder
from loaders.errors import CardError, Fault, FaultyInput, PlaceError, SourceError
from loaders.observations.read import read_release
from loaders.observations.table import Observations
from loaders.places.place import Area, Place
from loaders.places.read_places import read_places

__all__ = [
    "Area",
    "Break",
    "CardError",
    "Category",
    "CategoryTree",
    "Fault",
    "FaultyInput",
    "Observations",
    "Place",
    "PlaceError",
    "Release",
    "SourceCard",
    "SourceError",
    "data_folder",
    "find_cards",
    "read_card",
    "read_places",
    "read_release",
]
