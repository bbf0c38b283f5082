"""What the tests of guesses share: a table is guessed, its card written and read back as any card is. Nobody mends it between."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from loaders import Area, Place, read_card, read_release
from loaders.draft.cards.kinds_file import kinds_file
from loaders.draft.cards.source_card import card_of
from loaders.draft.cards.to_write import text_filled_in
from loaders.draft.given_files import fullest
from loaders.draft.places.areas import name_areas
from loaders.draft.tables.guess import Guess
from loaders.draft.tables.table import guess
from loaders.draft.tables.uncarded import read_tables
from loaders.gate.judge import judge_table


def guessed(path: Path, names: frozenset[str] = frozenset()) -> Guess:
    return guess(fullest(read_tables(path)), names)


def read_guess(path: Path, home: Path, names: frozenset[str] = frozenset()) -> pd.DataFrame:
    """The cells that a drafted card gives; areas, categories and variables by the texts that the file has for them."""
    table = fullest(read_tables(path))
    table_guessed = guess(table, names)
    folder = home / "publisher" / "dataset"
    folder.mkdir(parents=True)
    (folder / path.name).write_bytes(path.read_bytes())
    codes, text = kinds_file(table_guessed)
    if codes:
        (folder / "categories.csv").write_text(text, encoding="utf-8")
    (folder / "source.toml").write_text(
        text_filled_in(card_of(path, table_guessed, judge_table(table), "dataset", "place", codes)), encoding="utf-8"
    )
    areas = name_areas(table_guessed.areas, [], "place")
    place = Place.model_construct(
        code="whole", areas=tuple(Area.model_construct(code=area.code, name={"en": area.text}) for area in areas)
    )
    card = read_card(folder / "source.toml", licensed=False)
    frame = read_release(card, card.latest, place).frame
    names_of = {area.code: area.text for area in areas}
    kinds = {code: text for text, code in codes.items()}
    variables = dict(zip(card.variables, table_guessed.variables, strict=True))
    return frame.assign(
        area=frame["area"].map(lambda code: names_of.get(code, code)),
        category=frame["category"].map(lambda code: kinds.get(code, code)),
        variable=frame["variable"].map(variables),
    )
