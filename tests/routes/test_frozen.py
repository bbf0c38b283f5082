"""A frozen address gives the same bytes whatever is published later: every dataset at the releases that were out that day."""

from __future__ import annotations

import hashlib
import re
from html import unescape
from urllib.parse import parse_qsl

import pytest
from starlette.applications import Starlette

from layout.documents import document
from layout.frame.blocks import TakeAway
from layout.frame.reader import address_of
from layout.sheets import every, sheet_of
from measures.store.frozen import NotFrozen, as_of, day_of
from measures.store.shelf import FROZEN, Shelf
from routes import data
from routes.addresses import FORMATS
from routes.application import routes
from routes.pictures import Pictures, picture_routes
from routes.shell import PageQuestion
from tests.conftest import copied
from tests.loaders.publisher import LATER, dataset, publisher, run, table
from tests.routes.conftest import asking

COUNTS = "/data/invented/counts"
BEFORE, AFTER = "2026-02-28", "2026-03-02"  # the later release is out on the second day
FILES = [f"latest.{form}" for form in (*FORMATS, "csv-metadata.json")]
FILES += ["2026-01.csv", "provenance.json?area=n&period=2025-11&category=theft"]
CRIME = "/data/london/recorded_crime/latest.json?category=robbery&area=E09000007&as_of="


@pytest.fixture
def ask(monkeypatch):
    """``ask(shelf, address, …headers)`` answers from that shelf."""

    def answer(shelf, address, **headers):
        monkeypatch.setattr(data, "open_shelf", lambda: shelf)
        return send("GET", address, headers=headers)

    with asking(Starlette(routes=routes)) as send:
        yield answer


@pytest.fixture(scope="module")
def taken_up(tmp_path_factory):
    """The shelf before and after a release is fetched from its publisher: it corrects a month and adds another."""
    root = tmp_path_factory.mktemp("frozen") / "data"
    body = table(12, change={("North Field", "Theft", "2025-11"): 7})
    with publisher({"body": body, "headers": LATER}) as answers:
        folder = dataset(root, answers.url, table(11))
        before = Shelf(root)
        assert before.cards["counts"].latest.published <= BEFORE
        run(folder)
    after = Shelf(root)
    assert [one.published for one in after.cards["counts"].releases][1:] == [AFTER]
    return before, after


def on(address: str, day: str) -> str:
    return f"{COUNTS}/{address}{'&' if '?' in address else '?'}as_of={day}"


@pytest.mark.parametrize("file", FILES)
def test_a_frozen_address_gives_the_same_bytes_after_a_release_is_taken_up(file, taken_up, ask):
    before, after = (ask(shelf, on(file, BEFORE)) for shelf in taken_up)
    assert (before.status_code, after.status_code) == (200, 200)
    assert before.content == after.content
    assert before.headers["etag"] == after.headers["etag"]
    newest = ask(taken_up[1], on(file, AFTER))
    assert newest.content != after.content and newest.headers["etag"] != after.headers["etag"]


def test_a_kept_copy_of_a_frozen_file_is_confirmed_by_the_next_shelf(taken_up, ask):
    mark = ask(taken_up[0], on("latest.csv", BEFORE)).headers["etag"]
    assert ask(taken_up[1], on("latest.csv", BEFORE), **{"If-None-Match": mark}).status_code == 304
    assert ask(taken_up[1], on("latest.csv", AFTER), **{"If-None-Match": mark}).status_code == 200


def test_a_frozen_page_and_its_picture_keep_their_marks_when_a_release_is_taken_up(taken_up, shelf, monkeypatch):
    counted = shelf.measures["road_casualties"].model_copy(update={"name": "counts", "dataset": "counts", "rate": {}})
    monkeypatch.setattr("layout.documents._packed", lambda *asked: b"packed")
    marks = {}
    for number, each in enumerate(taken_up):
        place = each.places["invented"].model_copy(update={"measures": ("counts",)})
        for name, value in (("measures", {"counts": counted}), ("places", {"invented": place}), ("frozen", {})):
            monkeypatch.setattr(each, name, value)
        for module in ("measures.store.shelf", "layout.documents"):
            monkeypatch.setattr(f"{module}.open_shelf", lambda each=each: each)
        for day in (BEFORE, AFTER, ""):
            pairs = (("lang", "en"), ("place", "invented"), ("as_of", day))
            page = document(PageQuestion("trends", pairs, "", "http://figures.test", True, "", ""))
            with asking(Starlette(routes=picture_routes(Pictures(lambda question: b"drawn")))) as send:
                answer = send("GET", "/picture/trends/trend.png", params=pairs)
            marks[number, day] = page.mark, answer.headers["etag"]
    for before, after, later in zip(marks[0, BEFORE], marks[1, BEFORE], marks[1, AFTER], strict=True):
        assert before == after != later
    assert all(before != after for before, after in zip(marks[0, ""], marks[1, ""], strict=True))


def test_a_frozen_file_holds_the_figures_that_stood_there_on_the_day(taken_up, ask):
    then = ask(taken_up[0], f"{COUNTS}/latest.json").json()["rows"]
    frozen = ask(taken_up[1], on("latest.json", BEFORE)).json()["rows"]
    bare = [
        [{name: cell for name, cell in row.items() if name != "described_at"} for row in one] for one in (then, frozen)
    ]
    assert bare[0] == bare[1]


def test_a_frozen_answer_says_so_and_where_the_newest_is(taken_up, ask):
    answer = ask(taken_up[1], on("latest.json", BEFORE))
    about, row = answer.json()["about"], answer.json()["rows"][0]
    assert (about["as_of"], about["newest_at"]) == (BEFORE, f"{COUNTS}/latest.json")
    assert f"as_of={BEFORE}" in row["described_at"] and f"as_of={BEFORE}" in about["provenance"]
    assert f"latest-as-of-{BEFORE}.json" in answer.headers["content-disposition"]
    assert "as_of" not in ask(taken_up[1], f"{COUNTS}/latest.json").json()["about"]
    assert ask(taken_up[1], on(FILES[-1], BEFORE)).json()["as_of"] == BEFORE


def test_a_release_that_was_not_out_is_not_there(taken_up, ask):
    later = taken_up[1].cards["counts"].latest.id
    assert ask(taken_up[1], on(f"{later}.json", BEFORE)).status_code == 404
    assert ask(taken_up[1], on(f"{later}.json", AFTER)).status_code == 200
    answer = ask(taken_up[1], on("latest.json", "2020-01-01"))
    assert answer.status_code == 404 and "out on that day" in answer.json()["error"]


@pytest.mark.parametrize("day", ["", "2026", "2026-02", "2026-02-30", "02/03/2026", "2100-01-01", "latest", "2026-2-1"])
def test_a_text_that_is_no_day_that_has_come_is_refused(day, taken_up, ask):
    answer = ask(taken_up[1], on("latest.json", day))
    assert answer.status_code == 400 and "'as_of'" in answer.json()["error"]
    with pytest.raises(ValueError):
        day_of(day)


def test_a_data_package_cannot_be_frozen_and_says_so(taken_up, ask):
    assert ask(taken_up[1], f"/data/invented/datapackage.json?as_of={BEFORE}").status_code == 400


@pytest.fixture(scope="module")
def in_july(tmp_path_factory) -> Shelf:
    """Three tables of recorded crime: without the last one the folder is as it was before August 2026."""
    copy = copied(tmp_path_factory.mktemp("july"), built=True)
    card = copy.card_path("recorded_crime")
    text = card.read_text(encoding="utf-8")
    last = text.rindex("[[releases]]")
    after = re.search(r"^\[(?!\[?releases)", text[last:], re.M).start() + last
    card.write_text(text[:last] + text[after:], encoding="utf-8")
    return Shelf(copy.root)


def test_what_is_taken_from_under_a_chart_is_the_same_after_a_release_is_taken_up(in_july, shelf, ask):
    state = [("lang", "en"), ("place", "london"), ("category", "robbery"), ("area", "E09000007"), ("view", "rate")]
    then = sheet_of(address_of("trends", state, host="http://figures.test"), in_july)
    bar = next(block for block in every(then.blocks) if isinstance(block, TakeAway))
    for file in (unescape(re.search('href="([^"]+)"', link)[1]) for link in bar.links):
        assert ask(in_july, file).content == ask(shelf, file).content, file
        assert ask(shelf, re.sub("as_of=[^&]+", "", file)).content != ask(shelf, file).content
    pinned = parse_qsl(re.search(r"/trends\?(\S+),", bar.quote)[1])
    (first,), (again,) = ([*one.charts] for one in (then, sheet_of(address_of("trends", pinned), shelf)))
    assert again.picture.drawn()["datasets"]["rows"] == first.picture.drawn()["datasets"]["rows"]
    assert again.picture.description == first.picture.description


def test_a_worked_out_figure_is_that_of_the_day_with_its_residents(in_july, shelf, ask):
    for view in ("count", "rate", "adjusted"):
        more = f"2026-07-31&measure=recorded_crime&view={view}"
        assert ask(in_july, CRIME + more).content == ask(shelf, CRIME + more).content, view


def test_rates_are_not_there_before_the_residents_are(shelf, ask):
    card = as_of(shelf, "2024-01-01").measures["recorded_crime"]
    assert "count" in card.views and not {"rate", "rolling_rate"} & {*card.views}
    assert ask(shelf, f"{CRIME}2024-01-01&measure=recorded_crime&view=rate").status_code == 400
    assert ask(shelf, f"{CRIME}2024-01-01&measure=recorded_crime&view=count").status_code == 200


def test_days_with_the_same_releases_share_a_shelf_and_few_are_held(shelf):
    assert as_of(shelf, "2026-08-15") is as_of(shelf, "2026-08-31")
    for day in ("2016-01-01", "2018-01-01", "2024-06-01", "2025-05-01", "2026-01-01"):
        as_of(shelf, day)
    assert len(shelf.frozen) == FROZEN


def test_what_has_no_later_release_is_not_read_again(shelf):
    frozen = as_of(shelf, "2026-01-01")
    assert frozen.table("road_casualties") is shelf.table("road_casualties")
    assert frozen.table("recorded_crime") is not shelf.table("recorded_crime")


def test_a_protected_dataset_is_refused_for_a_day_before_its_newest_release(example_root, ask):
    """Its withheld cells were protected for the newest series alone."""
    shelf = Shelf(example_root)
    card = shelf.cards["invented_counts"]
    later = card.latest.model_copy(update={"id": "2024-01", "published": "2024-01"})
    shelf.cards["invented_counts"] = card.model_copy(update={"releases": (*card.releases, later)})
    with pytest.raises(NotFrozen):
        as_of(shelf, "2023-12-31").table("invented_counts")
    answer = ask(shelf, "/data/invented/invented_counts/latest.json?as_of=2023-12-31")
    assert answer.status_code == 404 and "as_of" in answer.json()["error"]
    assert ask(shelf, "/data/invented/invented_counts/latest.json?as_of=2024-01-31").status_code == 200


@pytest.fixture
def withheld(tmp_path) -> Shelf:
    """Three releases of counts; the publisher withholds the same month in each."""
    folder = dataset(tmp_path / "data", "", table(11), refresh="")
    card = folder / "source.toml"
    text = card.read_text(encoding="utf-8").replace('layout = "long"', 'layout = "long"\nmarks = { "*" = "c" }', 1)
    head, release = text.split("[[releases]]")
    release = re.sub(r"(?m)^(rows|total) .*\n", "", release)
    for number, month in enumerate(("2026-01", "2026-02", "2026-03"), 1):
        body = re.sub(rb"(?m)(2024-03,)\d+$", rb"\1*", table(9 + number))
        (folder / f"counts_{month}.csv").write_bytes(body)
        block = release.replace("2026-01", month).replace("counts_2025-12", f"counts_{month}")
        block = re.sub(r'sha256 = ".*"', f'sha256 = "{hashlib.sha256(body).hexdigest()}"', block)
        head += "[[releases]]" + re.sub(r'\nto = ".*"', f'\nto = "2025-{9 + number}"', block) + "\n"
    card.write_text(head, encoding="utf-8")
    return Shelf(tmp_path / "data")


def test_withheld_cells_of_an_only_release_are_given_as_they_were_attacked(withheld):
    withheld.readings.part("counts", "2026-01", lambda: withheld.prepare("counts", "2026-01"))  # as the build has it
    assert as_of(withheld, "2026-01-31").table("counts").count("c") == 6


def test_withheld_cells_of_a_series_that_was_never_attacked_are_not_given(withheld):
    withheld.readings.part("counts", "2026-01", lambda: withheld.prepare("counts", "2026-02"))  # another table
    for day in ("2026-01-31", "2026-02-28"):
        with pytest.raises(NotFrozen, match="not attacked"):
            as_of(withheld, day).table("counts")
