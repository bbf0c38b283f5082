"""Somebody sends whatever there is: nothing fails, nothing is told, nothing is called, and the server is as it was."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from bench.raw import Answer, ask, open_socket, talk
from layout.frame.menu import PAGES
from tests.routes import hostile
from tests.routes.guarded import PROJECT, guarded

MOST_GROWTH = 40  # MB
PATIENCE = 2.0


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    """A server that has shown every page and is at rest, everything hostile sent to it, and what came back: (server, memory before, answers, answers to openings)."""
    with guarded(tmp_path_factory.mktemp("attacked")) as server:
        for place in ("", *PAGES[1:], "data/catalogue.json", "data/openapi.json"):
            ask(server.port, f"/{place}")
        server.at_rest()
        before = server.memory()
        sent = [*hostile.targets(), *hostile.methods(), *hostile.headers(), *hostile.malformed()]
        frames = hostile.frames()
        with ThreadPoolExecutor(16) as pool:  # most of them wait
            answers = list(zip(sent, pool.map(lambda message: talk(server.port, message, PATIENCE), sent), strict=True))
            opened = list(pool.map(lambda header: opening_of(server.port, [header]), hostile.HEADERS))
            opened += list(pool.map(lambda frame: opening_of(server.port, [], frame), frames))
        server.at_rest()
        yield server, before, answers, opened


def opening_of(port: int, headers: list[tuple[str, str]], frame: bytes = b"") -> Answer:
    """Open a socket, send a frame, leave."""
    client, answer = open_socket(port, headers, compressed=True, patience=PATIENCE)
    with client:
        client.sendall(frame)
    return answer


def test_there_is_much_of_it(attacked):
    _, _, answers, opened = attacked
    assert len(answers) + len(opened) >= 2000
    assert len({one for one, _ in answers}) > 0.95 * len(answers)
    assert sum(answer.status == 101 for answer in opened) > 100


def test_no_answer_is_a_fault_of_the_server(attacked):
    _, _, answers, opened = attacked
    answers = [*answers, *((b"opening", one) for one in opened)]
    faults = [
        (one[:120], answer.status)
        for one, answer in answers
        if answer.status >= 500 and not (answer.status == 503 and answer.headers.get("retry-after"))
    ]
    assert faults == []
    assert {200, 400, 404, 405, 431} <= set(Counter(answer.status for _, answer in answers))


def test_nothing_is_told_of_the_machine(attacked):
    _, _, answers, _ = attacked
    told = [str(PROJECT).encode(), b"site-packages", b"Traceback", b"uvicorn", b"root:x:", b"streamlit run"]
    assert [one[:120] for one, answer in answers if any(word in answer.body for word in told)] == []
    assert [one[:120] for one, answer in answers if "server" in answer.headers] == []


def test_no_answer_carries_what_was_sent_as_markup_or_header(attacked):
    _, _, answers, _ = attacked
    assert [
        one[:120]
        for one, answer in answers
        if b"<script>alert" in answer.body or "set-cookie" in answer.headers or "x" in answer.headers
    ] == []


def test_no_trace_stands_in_the_log_and_it_stays_short(attacked):
    server, _, answers, _ = attacked
    assert "Traceback" not in server.words and "Error" not in server.words, server.words[-3000:]
    assert len(server.words) < 100 * len(answers)


def test_no_other_host_was_called(attacked):
    server, *_ = attacked
    assert server.calls == []


def test_the_server_is_as_it_was(attacked):
    server, before, *_ = attacked
    assert server.is_healthy()
    assert ask(server.port, "/trends").status == 200
    assert server.memory() - before < MOST_GROWTH
