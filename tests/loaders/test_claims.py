"""A claim without what it needs is refused, in the words of its own file."""

from __future__ import annotations

import csv

import pytest

from loaders import data_folder, find_cards, read_card
from loaders.cards.tables import BASES
from loaders.claims.readings import MEASURES
from loaders.claims.statements import read_indicators
from loaders.contents.read import read_contents
from measures.claims.collection import claims_table
from measures.store.shelf import Shelf

CARDS = [card for card in map(read_card, find_cards(data_folder())) if card.kind == "claims"]
DATASET = "shanghai_statements"
COLUMNS = {"indicator_en": 5, "base": 11, "quote": 12, "publisher": 14, "published": 15}


@pytest.mark.parametrize(
    ("column", "text", "what"),
    [
        ("indicator_en", "something else", "a wording without an indicator"),
        ("base", "", "a change without a known base"),
        ("base", "last year perhaps", "a change without a known base"),
        ("quote", "另一句话", "a quote without a gloss"),
        ("publisher", "", "no publisher"),
        ("published", "", "no published"),
    ],
)
def test_what_a_claim_lacks_is_named_with_its_row(column, text, what, copy):
    copy.spoil(DATASET, lambda rows: rows[1].__setitem__(COLUMNS[column], text))
    (fault,) = [fault for fault in copy.faults(DATASET) if fault.what == what]
    assert fault.where == "'claims.csv', row 2 (CN-0001)"


@pytest.mark.parametrize(
    ("file", "row", "what"),
    [
        ("readings.csv", ["CN-9999", "", "", ""], "no such claim"),
        ("readings.csv", ["CN-0003", "roughly", "", ""], "'bound' is unknown"),
        ("readings.csv", ["CN-0003", "", "1066", ""], "an unknown base"),
        ("stated_beside.csv", ["CN-9999", "count", "1", "", "", "", ""], "no such claim"),
    ],
)
def test_what_the_small_tables_beside_claims_name_must_exist(file, row, what, copy):
    with (copy.card(DATASET).folder / file).open("a", encoding="utf-8", newline="") as out:
        csv.writer(out).writerow(row)
    assert what in [fault.what for fault in copy.faults(DATASET)]


def test_an_indicator_of_no_known_quantity_is_named(copy):
    path = copy.card(DATASET).folder / "indicators.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",rate,", ",speed,"), encoding="utf-8")
    assert "'measures' is unknown" in [fault.what for fault in copy.faults(DATASET)]


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (["nothing", "", "sh_fires", "", "", ""], "'indicator' is no indicator"),
        (["fires", "", "sh_floods", "", "", ""], "'measure' is no measure"),
        (["fires", "", "cn_criminal_cases", "arson", "", ""], "'category' is no category of the table"),
        (["fires", "全国", "cn_fires", "", "", ""], "'place' has no code"),
        (["fires", "", "sh_fires", "", "", "some"], "'figures' is unknown"),
    ],
)
def test_a_table_that_statements_are_held_against_must_exist(row, what, copy):
    with (copy.card(DATASET).folder / "tables.csv").open("a", encoding="utf-8", newline="") as out:
        csv.writer(out).writerow(row)
    told = [fault for error in read_contents(copy.root, to_check=True).faulty.values() for fault in error.faults]
    assert [(fault.where.split("/")[-1], fault.what) for fault in told] == [("tables.csv, row 13", what)]
    assert DATASET not in read_contents(copy.root).cards


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_every_indicator_says_what_it_measures_and_every_base_what_it_means(card):
    listed, _ = read_indicators(card)
    assert {one.measures for one in listed.values()} <= set(MEASURES)
    assert all(code in BASES or code.isdigit() for code in card.readings.get("bases", {}).values())


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_indicators_of_one_family_have_scopes_of_their_own(card):
    listed, _ = read_indicators(card)
    scopes = [(one.family, one.scope) for one in listed.values() if one.family]
    assert all(scope for _, scope in scopes)
    assert len(set(scopes)) == len(scopes)


def test_a_claim_can_be_added_without_code(copy):
    def one_more(rows):
        rows.append(["CN-9001", *rows[1][1:]])

    copy.spoil(DATASET, one_more)
    copy.change_card(DATASET, "rows = 406", "rows = 407")
    assert len(claims_table(Shelf(copy.root), DATASET)) == 407


def test_every_quote_has_an_english_gloss(shelf):
    table = claims_table(shelf, DATASET)
    quoted = table[table["quote"] != ""]
    assert len(quoted) == 187
    other = quoted[quoted["quote_zh"] != quoted["quote"]]  # a mirror site put how to say a letter behind it
    assert len(other) == 2 and other["quote"].str.contains(r"\([a-zà-ü]+\)").all()
    assert not quoted["quote_en"].str.contains(r"[\u4e00-\u9fff]").any()
    assert (quoted["quote_en"].str.len() > 3).all()
