"""Two servers behind the proxy that is deployed: what readers get while servers die, releases change and others push."""

from __future__ import annotations

import asyncio
import json
import signal
import statistics
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import count

from bench.raw import Answer, ask, opening, parsed, talk
from tests.deploy.proxied import HOST, PROJECT
from tests.deploy.readers import Session, Story, whole
from tests.routes import hostile
from tests.waiting import until

RATE = "measure=invented_counts&view=rate"
ADDRESSES = (
    "/?lang=en&place=invented",
    "/trends?lang=en&place=invented&view=rate&surface=document",
    "/map?lang=zh&place=invented&view=rate",
    "/picture/trends/trend.svg?lang=en&place=invented&view=rate",
    f"/data/invented/invented_counts/latest.csv?{RATE}&area=area_a",
    "/data/invented/invented_residents/latest.json",
    "/feeds/invented.atom?lang=en",
)
READERS = 4
UNTIL_KEPT = 1.0  # seconds from the end of an answer until the proxy gives it to others, on a busy machine


def directly(port: int, target: str) -> bytes:
    """What a server says when it is asked as the proxy asks it."""
    answer = whole(ask(port, target, headers=[("X-Forwarded-Proto", "https"), ("Accept-Encoding", "gzip")]))
    assert answer.status == 200, target
    return answer.body


def shown(site) -> dict[str, bytes]:
    """The bytes of every address, the same from both servers."""
    bodies = [{target: directly(replica.port, target) for target in ADDRESSES} for replica in site.replicas]
    assert bodies[0] == bodies[1]
    return bodies[0]


def test_readers_get_what_the_servers_say_over_tls_alone_and_packed(behind_proxy):
    line = behind_proxy.line
    page = line.ask(ADDRESSES[0], headers=[("Accept-Encoding", "gzip")])
    assert (page.status, page.headers["content-encoding"]) == (200, "gzip")
    assert page.body == directly(behind_proxy.replicas[0].port, ADDRESSES[0])
    assert int(page.headers["strict-transport-security"].removeprefix("max-age=")) > 31_536_000
    scripts = next(part for part in page.headers["content-security-policy"].split(";") if "script-src" in part)
    assert "'sha256-" in scripts and "unsafe" not in scripts
    data = line.ask(ADDRESSES[4], headers=[("Accept-Encoding", "gzip")])
    assert (data.status, data.headers["content-encoding"]) == (200, "gzip")
    again = line.ask(ADDRESSES[4], headers=[("If-None-Match", data.headers["etag"])])
    assert (again.status, again.body) == (304, b"")
    plain = ask(behind_proxy.proxy.plain, "/trends?lang=zh")
    assert (plain.status, plain.headers["location"]) == (308, f"https://{HOST}:{line.port}/trends?lang=zh")


def test_what_is_for_those_who_run_the_servers_is_shut_to_readers(behind_proxy):
    for target in ("/_ready", "/_stcore/metrics", "/metrics", "/_ready/", "//_ready"):
        assert behind_proxy.line.ask(target).status == 404, target
    assert behind_proxy.replicas[0].ready().status == 200


def test_an_open_page_goes_on_at_another_server_without_a_word_lost(behind_proxy):
    async def reading():
        reader = Session(behind_proxy.line, 7, "trends", "lang=en&place=invented")
        first = await reader.open()
        choice = await reader.choose("choose_category", reader.options("choose_category")[0])
        address, words = reader.address, reader.words
        for killed in (0, 1):  # one of them is the one that it reads from
            behind_proxy.replicas[killed].end(signal.SIGKILL)
            again = await reader.open()
            assert (again.error, reader.address, reader.words) == ("", address, words)
            behind_proxy.replicas[killed].start().until_ready()
        await reader.close()
        return first, choice, address, words

    first, choice, address, words = asyncio.run(reading())
    assert (first.error, choice.error) == ("", "")
    assert "category=" in address and any(len(text) > 40 for text in words)


def test_a_dead_server_and_a_new_release_show_readers_no_error_and_no_mixture(behind_proxy):
    """Readers ask without a pause while one server is killed and brought back and the other release takes its place."""
    before, stories, ends = shown(behind_proxy), [Story() for _ in range(READERS)], threading.Event()

    def read(number: int) -> None:
        turn = number
        while not ends.is_set():
            stories[number].ask(behind_proxy.line, ADDRESSES[turn % len(ADDRESSES)], 20 + number * 211 + turn % 4)
            turn += 1
            time.sleep(0.1)

    readers = [threading.Thread(target=read, args=(number,)) for number in range(READERS)]
    for reader in readers:
        reader.start()
    try:
        behind_proxy.replicas[0].end(signal.SIGKILL)
        time.sleep(1)
        behind_proxy.replicas[0].start().until_ready()
        behind_proxy.show(1)
        moments = taken_up(behind_proxy)
        after = shown(behind_proxy)
        asking = count(9000)  # each time another reader, who is within the bounds of one address
        until(lambda: all(behind_proxy.line.ask(target, next(asking)).body == body for target, body in after.items()))
        time.sleep(1)
    finally:  # a failure ends the readers too
        ends.set()
        for reader in readers:
            reader.join()
    assert shown(behind_proxy) == after
    assert [
        target
        for target in ADDRESSES
        if "residents" in target or ("rate" in target and before[target] == after[target])
    ] == [ADDRESSES[5]]
    assert max(moments) - min(moments) < 2.0, "both servers change at one moment"
    seen = [each for story in stories for each in story.seen]
    assert len(seen) > 100
    assert not_mended(stories) == []
    wrong = [
        target for _, _, target, status, body in seen if status == 200 and body not in (before[target], after[target])
    ]
    assert wrong == []
    assert turned_back(seen, before, after) == []


def taken_up(site) -> list[float]:
    """When each server took the other release up."""
    old, moments = site.replicas[0].ready().body, {}
    assert site.replicas[1].ready().body == old

    def look() -> bool:
        for number, replica in enumerate(site.replicas):
            if number not in moments and replica.ready().body != old:
                moments[number] = time.monotonic()
        return len(moments) == len(site.replicas)

    until(look)
    return list(moments.values())


def not_mended(stories: list[Story]) -> list[str]:
    """Addresses that failed twice running for a reader: a reload did not mend them."""
    failed = []
    for story in stories:
        for (_, _, target, status, _), following in zip(story.seen, story.seen[1:], strict=False):
            if status != 200 and following[3] != 200:
                failed.append(f"{target} {status}")
    return failed


def turned_back(seen, before: dict, after: dict) -> list[str]:
    """Addresses that showed the old release to somebody who asked when the new one had been seen there."""
    back = []
    for target in ADDRESSES:
        fresh = [
            ended
            for _, ended, other, status, body in seen
            if other == target and status == 200 and body == after[target]
        ]
        if fresh and before[target] != after[target]:
            back += [
                target
                for began, _, other, status, body in seen
                if other == target and status == 200 and body == before[target] and began > min(fresh) + UNTIL_KEPT
            ]
    return back


def test_pages_go_first_and_whoever_asks_too_much_is_told_when_to_come_again(behind_proxy):
    """Pictures and extracts that nobody has asked for before, more than the servers take, beside readers of pages."""
    line, areas = behind_proxy.line, [f"area_{letter}" for letter in "abcdef"]
    extracts = [
        f"/data/invented/invented_counts/latest.json?{RATE}&area={area}&from=2021-{month:02}"
        for area in areas
        for month in range(1, 9)
    ]
    pictures = [
        f"/picture/trends/trend.png?lang={language}&place=invented&area={area}&view={view}"
        for area in areas
        for view in ("count", "rate", "rolling")
        for language in ("en", "zh")
    ]
    pages = [f"/trends?lang=en&place=invented&area={area}&surface=document" for area in areas] * 2

    def timed(question: tuple[int, str]) -> tuple[str, float, Answer]:
        number, target = question
        began = time.monotonic()
        answer = line.ask(target, 2000 + number)
        return target, time.monotonic() - began, answer

    mixed = [*extracts, *pictures]
    mixed[::7] = [each for pair in zip(mixed[::7], pages * 2, strict=False) for each in pair][: len(mixed[::7])]
    with ThreadPoolExecutor(24) as pool:
        answers = list(pool.map(timed, enumerate([*mixed, *pages])))
    page_answers = [each for each in answers if each[0].startswith("/trends")]
    others = [each for each in answers if not each[0].startswith("/trends")]
    assert {answer.status for _, _, answer in page_answers} == {200}
    assert {answer.status for _, _, answer in others} == {200, 503}
    assert all(answer.headers.get("retry-after") for *_, answer in others if answer.status == 503)
    pictured = [seconds for target, seconds, answer in others if "/picture/" in target and answer.status == 200]
    assert statistics.median(seconds for _, seconds, _ in page_answers) < statistics.median(pictured)


def test_one_address_that_asks_too_fast_is_told_so_and_nobody_else(behind_proxy):
    line, targets = behind_proxy.line, ["/privacy?lang=en", "/data/catalogue.json"]
    with ThreadPoolExecutor(8) as pool:
        answers = [list(pool.map(lambda _, target=target: line.ask(target, 9), range(90))) for target in targets]
    for several in answers:
        assert {answer.status for answer in several} == {200, 429}
        refused = [answer for answer in several if answer.status == 429]
        assert all(answer.headers["retry-after"] for answer in refused)
        assert all("strict-transport-security" in answer.headers for answer in refused)
    assert [line.ask(target, 10).status for target in targets] == [200, 200]


def test_one_address_opens_so_many_pages_and_no_more(behind_proxy):
    held = [behind_proxy.line.dial(11) for _ in range(23)]
    statuses = []
    for client in held:
        client.sendall(opening())
        statuses.append(parsed(client.recv(4096)).status)
    assert Counter(statuses) == {101: 20, 429: 3}
    assert behind_proxy.line.open_socket(12, []).status == 101
    for client in held:
        client.close()


def test_whatever_is_sent_through_the_proxy_nothing_fails_and_nothing_is_told(behind_proxy):
    line, frames = behind_proxy.line, hostile.frames()
    sent = [*hostile.targets(), *hostile.methods(), *hostile.headers(), *hostile.malformed()]
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda each: line.talk(each[1], 3000 + each[0] // 8, 2.0), enumerate(sent)))
        openings = [*(([header], b"") for header in hostile.HEADERS), *(([], frame) for frame in frames)]
        opened = list(pool.map(lambda each: line.open_socket(6000 + each[0], *each[1]), enumerate(openings)))
    assert len(answers) + len(opened) >= 2000
    assert sum(answer.status == 101 for answer in opened) > 100
    statuses = Counter(answer.status for answer in [*answers, *opened])
    assert {200, 400, 404, 405} <= set(statuses)
    broken = [answer for answer in [*answers, *opened] if answer.status >= 500]
    assert all(answer.status == 503 and answer.headers.get("retry-after") for answer in broken), statuses
    told = [str(PROJECT), str(behind_proxy.proxy.folder), "site-packages", "Traceback", "uvicorn", "root:x:"]
    assert [word for word in told for answer in answers if word.encode() in answer.body] == []
    assert {answer.headers.get("server") for answer in answers} <= {"nginx", None}
    assert all(replica.ready().status == 200 for replica in behind_proxy.replicas)


def test_the_static_twin_takes_over_while_no_server_answers(behind_proxy):
    line, replicas = behind_proxy.line, behind_proxy.replicas
    for replica in replicas:
        replica.end(signal.SIGKILL)
    trends = line.ask("/trends?lang=zh&place=invented&view=rate&category=type_1", 40)
    assert (trends.status, trends.headers["location"]) == (302, "/_twin/zh/invented/trends.html")
    twin = line.ask(trends.headers["location"], 40)
    assert twin.status == 200 and 'lang="zh-Hans"' in twin.body.decode() and "<h1" in twin.body.decode()
    assert line.ask("/nothing?place=../../../etc/passwd&lang=..", 40).headers["location"] == "/_twin/index.html"
    assert line.ask("/data/invented/invented_counts/latest.csv", 40).headers["location"].startswith("/_twin/data/")
    for chosen in (
        "/data/invented/invented_counts/latest.csv?area=area_b",
        "/trends?as_of=2026-01-01",
        "/_stcore/health",
    ):
        answer = line.ask(chosen, 41)
        assert (answer.status, bool(answer.headers["retry-after"])) == (503, True), chosen
    for replica in replicas:
        replica.start()
    for replica in replicas:
        replica.until_ready()
    assert line.ask("/trends?lang=zh&place=invented&view=rate&category=type_1", 40).status == 200


def test_a_server_that_will_be_stopped_says_so_and_goes_on_answering(behind_proxy):
    server = behind_proxy.replicas[1]
    server.process.send_signal(signal.SIGUSR1)
    until(lambda: server.ready().status == 503)
    assert json.loads(server.ready().body) == {"ready": False, "why": "draining"}
    assert directly(server.port, ADDRESSES[0])
    server.end()
    server.start()
    until(lambda: server.ready().status != 0, lambda: server.process.poll() is None)
    server.until_ready()


def test_answers_are_counted_by_kind_and_nobody_who_asked_is_written_down(behind_proxy):
    line, server = behind_proxy.line, behind_proxy.replicas[0]
    line.ask("/trends?lang=en&place=invented&area=area_c", 77)
    asyncio.run(_visited(line))
    counted = "".join(
        talk(each.metrics, b"GET /metrics HTTP/1.0\r\n\r\n").body.decode() for each in behind_proxy.replicas
    )
    for line_of in (
        'figures_answers_total{kind="page",status="200"}',
        'figures_answer_seconds_bucket{kind="probe"',
        "figures_readers ",
    ):
        assert line_of in counted
    assert 'figures_answers_total{kind="socket",status="101"}' in counted
    logs = [path.read_text("utf-8") for path in (behind_proxy.proxy.access, behind_proxy.proxy.errors)]
    logs += [replica.log.read_text("utf-8") for replica in behind_proxy.replicas]
    for text in (counted, *logs):
        assert "127.1.0." not in text and "area_c" not in text and "lang=" not in text
    for text in (logs[0], *logs[2:]):
        assert all(isinstance(json.loads(each), dict) for each in text.splitlines())
    assert {"page", "data", "picture", "socket"} <= {json.loads(each)["kind"] for each in logs[0].splitlines()}
    assert server.ready().status == 200


async def _visited(line) -> None:
    reader = Session(line, 78, "trends", "lang=en&place=invented")
    await reader.open()
    await reader.close()
