"""Headlines worked out by hand (claims_worked.toml) get the verdict, the reasons and the arithmetic that a reader can redo."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from loaders.claims.statements import Indicator
from measures.claims.checks.against_series import check_series
from measures.claims.checks.claim_verdict import check_in, check_text
from measures.claims.checks.evidence import Evidence
from measures.claims.checks.findings import VERDICTS, as_data, from_data, strongest
from measures.claims.checks.stated import Stated
from measures.claims.checks.stored_findings import FINDINGS, findings, work_out, write_findings
from measures.claims.claim import Base, Claim, claims_of
from measures.store.new_build import new_build
from measures.store.shelf import Shelf

WORKED = tomllib.loads(Path(__file__).with_name("claims_worked.toml").read_text(encoding="utf-8"))
DATASET = "shanghai_statements"


def by_name(kind: str):
    return pytest.mark.parametrize("example", WORKED[kind], ids=lambda example: example["name"])


def indicator(code: str, **relations: str) -> Indicator:
    return Indicator(code, "", {}, {}, **relations)


def claim(base: tuple[str, ...] = (), **fields) -> Claim:
    return Claim(**fields, base=Base("stated_period", *base) if base else Base())


def text_of(example: dict) -> tuple[list[Claim], dict[str, Indicator]]:
    return [claim(**one) for one in example["claims"]], {one["code"]: indicator(**one) for one in example["indicators"]}


@by_name("text")
def test_figures_of_a_text_get_the_verdicts_worked_out_by_hand(example):
    claims, indicators = text_of(example)
    found = {one.claim: one for one in check_text(claims, indicators)}
    assert {name: found[name].verdict for name in example["verdicts"]} == example["verdicts"]
    for name, keys in example.get("reasons", {}).items():
        assert set(keys) <= {reason.key for reason in found[name].reasons}
    for step in example.get("steps", []):
        own = [(one.key, one.fits, round(one.result, 3)) for one in found[step["claim"]].arithmetic]
        assert (step["key"], step["fits"], step["result"]) in own


@by_name("text")
def test_one_figure_checked_alone_gets_the_same_verdict_as_with_its_text(example):
    claims, indicators = text_of(example)
    for one, whole in zip(claims, check_text(claims, indicators), strict=True):
        assert (
            check_in(
                one,
                Evidence(
                    (one, *(other for other in claims if other.id != one.id and other.where == one.where)),
                    indicators,
                    (),
                ),
            ).verdict
            == whole.verdict
        )


@by_name("statement")
def test_a_published_statement_gets_the_verdict_worked_out_by_hand(example, shelf):
    found = findings(shelf, example["dataset"])[example["id"]]
    assert found.verdict == example["verdict"]
    assert set(example["reasons"]) <= {reason.key for reason in found.reasons}
    assert set(example["others"]) <= {claim for reason in found.reasons for claim in reason.claims}
    if "step" in example:
        assert (example["step"]["key"], example["step"]["result"]) in [
            (one.key, round(one.result, 3)) for one in found.arithmetic
        ]


@by_name("series")
def test_a_figure_about_a_loaded_series_gets_the_verdict_worked_out_by_hand(example, shelf):
    found = check_series(Stated(**example["stated"]), shelf)
    assert found.verdict == example["verdict"]
    assert set(example["reasons"]) <= {reason.key for reason in found.reasons}
    assert (list(found.arithmetic[0].numbers), round(found.arithmetic[0].result, 3)) == (
        example["numbers"],
        example["result"],
    )
    assert [cell.value for cell in found.cells] == example["numbers"]


def test_every_claim_has_one_finding_and_says_why(shelf):
    claims = [one for one in claims_of(shelf, DATASET) if not one.beside]
    found = findings(shelf, DATASET)
    assert list(found) == [one.id for one in claims]
    assert len(found) == 406
    for one in found.values():
        assert one.verdict in VERDICTS
        assert one.reasons or one.arithmetic, one.claim
        assert one.needed or one.verdict in ("reproduced", "other_base"), one.claim


def test_sixty_collected_statements_and_more_are_decided_and_some_of_london(shelf):
    decided = {
        name: [one.verdict for one in findings(shelf, name).values() if one.verdict != "cannot_be_checked"]
        for name, card in shelf.cards.items()
        if card.kind == "claims"
    }
    verdicts = [verdict for several in decided.values() for verdict in several]
    assert len(verdicts) >= 60 and {"reproduced", "does_not_follow", "contradicted"} <= set(verdicts)
    assert len(decided["london_statements"]) >= 10
    # without the yearly changes of the states, which were worked out from the very counts of their table
    assert len(verdicts) - len(decided["united_states_statements"]) >= 60


def test_a_count_taken_from_statements_is_not_held_against_them(shelf):
    """London's table of road deaths is made of these statements: it confirms changes, never the counts themselves."""
    found, claims = findings(shelf, "london_statements"), claims_of(shelf, "london_statements")
    counts = [one.id for one in claims if one.indicator == "road_deaths" and one.is_level]
    assert counts and all("table" not in {reason.key for reason in found[one].reasons} for one in counts)


def test_findings_are_worked_out_anew_when_a_table_behind_them_has_changed(copy):
    with new_build(copy.root) as build:
        write_findings(Shelf(copy.root, build), "taiwan_statements")
    assert findings(Shelf(copy.root), "taiwan_statements")["TW-0001"].verdict == "contradicted"
    path = copy.card("taiwan_statements").folder / "tables.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("crime_recorded,", "road_injured,"), encoding="utf-8")
    assert findings(Shelf(copy.root), "taiwan_statements")["TW-0001"].verdict == "cannot_be_checked"


def test_only_what_was_recomputed_is_called_reproduced(shelf):
    for one in findings(shelf, DATASET).values():
        if one.verdict == "reproduced":
            assert any(step.fits and step.derived.partition("/")[0] == one.claim for step in one.arithmetic), one.claim


def test_no_small_count_is_worked_out_from_a_percentage(shelf):
    for one in findings(shelf, DATASET).values():
        assert all(step.low >= 30 for step in one.arithmetic if step.key == "implied_before"), one.claim


def test_a_target_and_words_are_never_judged_as_figures(shelf):
    found = findings(shelf, DATASET)
    for one in claims_of(shelf, DATASET):
        if not one.beside and (one.kind == "target" or one.measures == "words"):
            assert found[one.id].verdict == "cannot_be_checked"


def test_findings_are_kept_in_a_file_and_read_again_as_they_were(shelf, copy):
    with new_build(copy.root) as build:
        write_findings(Shelf(copy.root, build), "china_statements")
    root = Shelf(copy.root)
    assert root.built.path(f"china_statements/{FINDINGS}")
    again = findings(root, "china_statements")
    assert [as_data(one) for one in again.values()] == [as_data(one) for one in work_out(shelf, "china_statements")]
    assert all(as_data(from_data(as_data(one))) == as_data(one) for one in again.values())


def test_the_stronger_verdict_wins():
    assert strongest(["reproduced", "contradicted", "does_not_follow"]) == "contradicted"
    assert strongest([]) == "cannot_be_checked"
