"""What a publisher marks in a cell goes with it: into the guarded table, its sums, and the reader's words in both languages."""

from __future__ import annotations

import math

import pytest

from disclosure.guard import guard
from language import reason_words, translator
from loaders.observations.splice import newest_first
from tests.loaders.invented import PLACE, dataset, read, told

ROWS = """area,type,year,recorded
Alderney Hill,Theft,2022,40
Alderney Hill,Theft,2023,41 [p]
Brook,Theft,2022,[c]
Brook,Theft,2023,38
Cold Field,Theft,2022,…
Cold Field,Theft,2023,0
"""
CARD = {
    "frequency": "year",
    "columns": {"area": "area", "category": "type", "period": "year"},
    "variables": {"recorded": {"column": "recorded"}},
    "table": {"layout": "long", "marks": {"…": {"status": "x", "en": "not counted in that year", "zh": "当年未统计"}}},
}
KINDS = {"theft": "Theft"}


@pytest.fixture
def table(tmp_path):
    found = read(tmp_path, "t.csv", ROWS.encode(), CARD, kinds=KINDS)
    return found.card, guard(newest_first([found]), found.card, PLACE)


@pytest.mark.parametrize(
    ("area", "values", "statuses"),
    [("a1", [40, 41], ["", "p"]), ("a2", [None, 38], ["c", ""]), ("a3", [None, 0], ["x", ""])],
)
def test_a_mark_is_the_status_of_its_cell_and_never_a_zero(table, area, values, statuses):
    line = table[1].series("recorded", "theft", area)
    assert [None if math.isnan(one) else one for one in line.values] == values
    assert list(line.statuses) == statuses


def test_a_sum_over_a_withheld_cell_is_withheld_and_one_over_a_provisional_cell_provisional(table):
    line = table[1].series("recorded", "theft", "inv")
    assert list(line.statuses) == ["c", "p"]
    assert math.isnan(line.values[0]) and line.values[1] == 79


def test_the_cards_words_for_a_mark_reach_the_reader_in_both_languages(table):
    card, made = table
    english, chinese = (
        [
            reason_words(key, translator(code), card.breaks, card.cells)
            for key in made.series("recorded", "theft", "a3").reasons
        ]
        for code in ("en", "zh")
    )
    assert (english[0], chinese[0]) == ("not counted in that year", "当年未统计")
    assert all(
        reason_words(key, translator("zh"), card.breaks, card.cells)
        for key in made.series("recorded", "theft", "a2").reasons[:1]
    )


def test_a_release_may_explain_a_mark_otherwise(tmp_path):
    card = dataset(tmp_path, "t.csv", ROWS.encode(), CARD, kinds=KINDS)
    path = card.folder / "source.toml"
    own = 'table = { marks = { "…" = { status = "z", en = "no such area then", zh = "当时无此地区" } } }'
    path.write_text(
        path.read_text(encoding="utf-8")
        .replace('file = "t.csv"', f'file = "t.csv", {own}')
        .replace('"file" = "t.csv"', f'"file" = "t.csv", {own}'),
        encoding="utf-8",
    )
    from loaders import read_card, read_release

    card = read_card(path)
    frame = read_release(card, card.latest, PLACE).frame
    assert told(frame)["a3", "theft", "2022", "recorded"] == (None, "z")
    (reason,) = set(frame.loc[frame["status"] == "z", "reason"])
    assert reason_words(reason, translator("en"), card.breaks, card.cells) == "no such area then"
