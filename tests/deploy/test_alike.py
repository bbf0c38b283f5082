"""Servers answer alike: the same bytes under the same marks, whichever of them is asked, and whoever has asked it before."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from bench.raw import Answer, ask
from tests.deploy.readers import whole
from tests.site import ADDRESSES

LONDON, SEOUL = "/data/london/recorded_crime", "/data/seoul/five_major_crimes"
FILES = (
    f"{LONDON}/latest.csv?area=E09000007&category=burglary",
    f"{LONDON}/latest.xlsx?area=E09000007&category=burglary",
    f"{LONDON}/latest.parquet?category=homicide",
    f"{SEOUL}/latest.json",
    f"{LONDON}/latest.csv-metadata.json",
    f"{LONDON}/provenance.json?area=E09000007&category=burglary&period=2024-07",
    *(
        f"/data/{name}"
        for name in ("catalogue.json", "catalogue.jsonld", "openapi.json", "releases.json", "releases.atom")
    ),
    *(f"/feeds/{name}" for name in ("hong_kong.atom", "hong_kong.json?lang=zh")),
    *(f"/picture/trends/trend.{form}?place=london&category=burglary" for form in ("svg", "png", "pdf")),
    "/embed/map/map?place=london",
    "/oembed?url=http%3A%2F%2Ffigures.test%2Ftrends%3Fplace%3Dlondon",
    "/sitemap.xml?place=seoul",
)
COSTLY = ("compare", "district", "download")  # whose parts the others have, too
PAGES = [
    *(f"/{page}?lang=en&place=hong_kong" for page in ADDRESSES if page not in COSTLY),
    "/register?lang=zh&place=shanghai",
    "/?place=shanghai",
]
MARKS = ("etag", "cache-control", "content-type", "vary", "content-language", "content-disposition")


def test_two_servers_over_two_copies_answer_alike_in_any_order(site, elsewhere):
    targets = [*PAGES, *FILES]
    ports = (urlsplit(site).port, elsewhere.port)

    def asked(port: int, order: list[str]) -> dict[str, Answer]:
        return {target: whole(ask(port, target, headers=[("Accept-Encoding", "gzip")])) for target in order}

    with ThreadPoolExecutor(2) as pool:
        ours, theirs = pool.map(asked, ports, (targets, targets[::-1]))
    assert {target: answer.status for target, answer in ours.items() if answer.status != 200} == {}
    for target in targets:
        assert ours[target].body == theirs[target].body, target
        assert [ours[target].headers.get(name) for name in MARKS] == [
            theirs[target].headers.get(name) for name in MARKS
        ]
    marked = [target for target in targets if "etag" in ours[target].headers]
    assert len(marked) > 0.8 * len(targets)
    kept = {
        target: ask(ports[1], target, headers=[("If-None-Match", ours[target].headers["etag"])]) for target in marked
    }
    assert {answer.status for answer in kept.values()} == {304}
