"""What the OpenAPI description says is so: it is valid, its limits are held, and no question that it allows, or forbids, breaks the server."""

from __future__ import annotations

import json

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.applications import Starlette

from layout.exported import drawn
from layout.frame.reader import NAMES
from loaders import data_folder, find_cards, read_card
from routes.application import routes
from routes.catalogues.openapi import openapi
from routes.embeds import embed_routes
from routes.extracts import read_request, request
from routes.extracts.provenance import NAMES as TRACED
from routes.extracts.request import LONGEST, MOST_REPEATED
from routes.pictures import Pictures, picture_routes
from routes.rules import RULES

CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
CRIME = "/data/london/recorded_crime/latest"


CARDS = [card for card in map(read_card, find_cards(data_folder())) if card.kind != "boundaries"]
OTHERS = [
    "/data/{place}/datapackage.json",
    *(
        f"/data/{name}"
        for name in ("catalogue.json", "catalogue.jsonld", "openapi.json", "releases.json", "releases.atom")
    ),
]
PATHS = [
    f"/data/{card.place}/{card.name}/{end}"
    for card in CARDS
    for end in ("{release}.{format}", "{release}.csv-metadata.json", "provenance.json")
    if end[0] == "{" or card.kind in ("observations", "areas")
] + OTHERS
PICTURES = ["/picture/{page}/{block}.{form}", "/embed/{page}/{block}", "/oembed"]
FEEDS = [f"/feeds/{{place}}{part}" for part in (".{format}", "/{area}.{format}", "/{area}/{thing}.{format}", ".ics")]
PATHS += [*PICTURES, *FEEDS]


@pytest.fixture(scope="module")
def described(shelf):
    """The description as a program reads it."""
    schema = schemathesis.openapi.from_dict(json.loads(openapi(shelf)))
    pictures = Pictures(drawn)
    schema.app = Starlette(routes=[*routes, *picture_routes(pictures), *embed_routes(pictures)])
    return schema


CASES = [(path, GenerationMode.POSITIVE) for path in PATHS] + [
    (path, GenerationMode.NEGATIVE) for path in PATHS if path not in OTHERS[1:]
]


@pytest.mark.in_turn(32)
@pytest.mark.parametrize(("path", "mode"), CASES, ids=lambda one: getattr(one, "value", one))
def test_no_question_breaks_the_server_and_every_answer_is_as_described(path, mode, described):
    """Positive: drawn from what the description allows; negative: from what it forbids."""
    operation = described[path]["GET"]

    @given(operation.as_strategy(generation_mode=mode))
    @settings(max_examples=8, suppress_health_check=list(HealthCheck))
    def ask(case):
        if "recorded_crime" in path and "{format}" in path and not case.query.get("category"):
            case.query["category"] = ["homicide"]  # the whole is asked for elsewhere: it takes seconds
        answer = case.call()
        # 501 is what oEmbed asks for where another format than JSON is wished
        case.validate_response(answer, checks=CHECKS if answer.status_code != 501 else CHECKS[1:])
        text = answer.content.lower()
        assert b"traceback" not in text and b"site-packages" not in text and b"<html" not in text

    ask()


def test_the_description_is_valid(shelf):
    assert [one.message for one in OpenAPIV31SpecValidator(json.loads(openapi(shelf))).iter_errors()] == []


def test_the_description_names_every_dataset_and_nothing_else(shelf):
    said = {
        path.split("/")[3]
        for path in json.loads(openapi(shelf))["paths"]
        if path in PATHS[: -len(FEEDS)] and path.endswith("{format}")
    }
    assert said == {card.name for card in CARDS}
    assert set(json.loads(openapi(shelf))["paths"]) == set(PATHS), "and every address is tried above"


def test_every_name_that_an_address_may_hold_is_described(shelf):
    said = json.loads(openapi(shelf))
    names = {
        kind: {
            parameter["name"]
            for path, operation in said["paths"].items()
            if path not in FEEDS and (path in PICTURES) == (kind == "pictures")
            for parameter in operation["parameters"]
            if parameter["in"] == "query"
        }
        for kind in ("data", "pictures")
    }
    assert names["data"] == {*read_request.NAMES, *TRACED}
    assert names["pictures"] - {"size", "width", "url", "maxwidth", "format"} <= NAMES
    assert all(operation["parameters"] for path, operation in said["paths"].items() if path in PICTURES)


def test_the_limits_are_said_and_held(get, shelf, monkeypatch):
    said = json.loads(openapi(shelf))
    assert said["x-limits"] == {
        "rows": request.MOST_ROWS,
        "rows_of_a_view_as_json": request.MOST_ROWS_OF_VIEW,
        "rows_of_a_workbook": request.MOST_ROWS_OF_WORKBOOK,
        "at_work": RULES.extracts.at_once,
        "characters_of_an_address": LONGEST,
        "values_of_one_name": MOST_REPEATED,
        "compared_anyway": request.MOST_COMPARED,
        "periods": "from and to are inclusive",
    }
    for limit in (request.MOST_ROWS, request.MOST_ROWS_OF_VIEW, request.MOST_ROWS_OF_WORKBOOK, LONGEST, MOST_REPEATED):
        assert f"{limit:,}" in said["info"]["description"]
    many = "&".join(f"area=E{number}" for number in range(MOST_REPEATED + 1))
    assert (get(f"{CRIME}.json?{many}").status_code, get(f"{CRIME}.json?{many[:7000]}").status_code) == (400, 400)
    assert "at most 500 times" in get(f"{CRIME}.json?{many}").json()["error"]
    long = get(f"{CRIME}.json?area={'x' * LONGEST}")
    assert (long.status_code, long.headers["content-type"]) == (414, "application/json")


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("", 49 * 36),
        ("&category=robbery", 36),
        ("&category=robbery&area=E09000007", 1),
        ("&category=robbery&measure=recorded_crime&view=rate", 36),
    ],
)
def test_an_answer_with_too_many_rows_is_refused_and_says_how_many(query, rows, get, monkeypatch):
    address = f"{CRIME}.csv?from=2026-01&to=2026-01{query}"
    monkeypatch.setattr(request, "MOST_ROWS", rows)
    assert len(get(address).text.splitlines()) == rows + 1
    monkeypatch.setattr(request, "MOST_ROWS", rows - 1)
    answer = get(address)
    assert answer.status_code == 400
    assert f"this has {rows:,}:" in answer.text


@pytest.mark.parametrize(
    ("form", "query", "status"),
    [
        ("json", "&measure=recorded_crime&view=rate", 400),
        ("csv", "&measure=recorded_crime&view=rate", 200),
        ("json", "", 200),
        ("xlsx", "", 400),
    ],
)
def test_an_answer_that_is_worked_out_has_a_limit_of_its_own_as_json(form, query, status, get, monkeypatch):
    monkeypatch.setattr(request, "MOST_ROWS_OF_VIEW", 35)
    monkeypatch.setattr(request, "MOST_ROWS_OF_WORKBOOK", 35)
    assert get(f"{CRIME}.{form}?from=2026-01&to=2026-01&category=robbery{query}").status_code == status


def test_every_shipped_dataset_may_be_asked_for_whole(shelf):
    sizes = [
        shelf.table(card.name).values.size for card in shelf.cards.values() if card.kind in ("observations", "areas")
    ]
    assert max(sizes) <= request.MOST_ROWS


def test_the_server_gives_the_description_that_was_checked(get, shelf):
    assert get("/data/openapi.json").text == openapi(shelf)
