"""A publisher's server on 127.0.0.1, and a small dataset that is refreshed from it. All numbers are invented."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from loaders import read_card, read_places, read_release
from loaders.cards.categories import COLUMNS
from loaders.refresh.dataset import Options, Outcome, refresh
from loaders.refresh.response import Limits

AREAS = ("North Field", "South Field")
SWIFT = Limits(size=200_000, connect=2, read=1, whole=2, attempts=3, pause=0.01, longest_pause=0.05)
LATER = {"ETag": '"two"', "Last-Modified": "Mon, 02 Mar 2026 08:00:00 GMT"}
WORDS = '{ en = "Invented", zh = "虚构" }'


@dataclass
class Answers:
    """What the server says: one entry of ``turns`` for each question, the last one again and again."""

    turns: list[dict]
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/counts.csv"

    def turn(self) -> dict:
        return self.turns[min(len(self.requests), len(self.turns)) - 1]


@contextmanager
def publisher(*turns: dict):
    """A running server; each turn has ``body``, ``status``, ``headers``, ``cut`` (bytes sent of it), ``wait`` (seconds between pieces),
    or ``raw``: all that is sent, headings and all."""
    answers = Answers(list(turns))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            answers.times.append(time.monotonic())
            answers.requests.append((self.path, dict(self.headers)))
            answers.bodies.append(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
            turn = answers.turn()
            if callable(turn):
                turn = turn(dict(self.headers), parse_qs(urlsplit(self.path).query))
            if "raw" in turn:
                self._send(turn["raw"], turn)
                return
            body = turn.get("body", b"")
            self.send_response(turn.get("status", 200))
            headers = {"Content-Type": "text/csv", **turn.get("headers", {})}
            headers.setdefault("Content-Length", str(len(body)))
            for name, value in headers.items():
                if value is not None:
                    self.send_header(name, value)
            self.end_headers()
            self._send(body[: turn.get("cut", len(body))], turn)

        do_POST = do_GET

        def _send(self, sent: bytes, turn: dict):
            try:
                for start in range(0, len(sent), turn.get("piece", 65536)):
                    self.wfile.write(sent[start : start + turn.get("piece", 65536)])
                    self.wfile.flush()
                    time.sleep(turn.get("wait", 0))
                time.sleep(turn.get("stall", 0))
            except OSError:
                pass
            self.close_connection = True

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    answers.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield answers
    finally:
        server.shutdown()
        server.server_close()


def table(last: int = 12, *, first: int = 1, times: float = 1.0, areas=AREAS, change=None) -> bytes:
    """Two years of two kinds in two areas, up to month ``last`` of 2025. ``change``: (area, kind, month) → count."""
    rows = ["area,kind,month,count"]
    months = [f"2024-{month:02d}" for month in range(first, 13)] + [f"2025-{month:02d}" for month in range(1, last + 1)]
    for place, area in enumerate(areas):
        for number, kind in enumerate(("Theft", "Fraud")):
            for turn, month in enumerate(months):
                count = int((100 + 20 * place + 7 * number + turn % 5) * times)
                rows.append(f"{area},{kind},{month},{(change or {}).get((area, kind, month), count)}")
    return ("\n".join(rows) + "\n").encode()


def dataset(root: Path, url: str, body: bytes, refresh: str | None = None) -> Path:
    """A data folder with one dataset, whose first release holds ``body``; the folder of the dataset."""
    folder = root / "open" / "invented_publisher" / "counts"
    folder.mkdir(parents=True)
    (root / "places").mkdir()
    (root / "measures").mkdir()
    (folder / "counts_2025-12.csv").write_bytes(body)
    kinds = [f"{code},,type,,,yes,,{name},{name},x,x,,," for code, name in (("theft", "Theft"), ("fraud", "Fraud"))]
    (folder / "categories.csv").write_text("\n".join([",".join(COLUMNS), *kinds]), encoding="utf-8")
    (folder / "source.toml").write_text(_card(body, url, refresh), encoding="utf-8")
    (root / "places" / "invented.toml").write_text(_place(), encoding="utf-8")
    return folder


def _card(body: bytes, url: str, refresh: str | None) -> str:
    months = sorted({row.split(",")[2] for row in body.decode().splitlines()[1:]})
    counts = [int(row.split(",")[3]) for row in body.decode().splitlines()[1:]]
    words = "".join(f"{key} = {WORDS}\n" for key in ("title", "description", "coverage", "publisher", "next_update"))
    refresh_words = f'[refresh]\nurl = "{url}"\nformat = "csv"\n' if refresh is None else refresh
    return f'''# Invented numbers for the tests of this project.
name = "counts"
kind = "observations"
{words}licenses = [ {{ name = "CC0-1.0", title = {WORDS} }} ]
accessed = "2026-01"
disclosure = "as_published"
place = "invented"
frequency = "month"
stale_after_months = 12

[table]
layout = "long"

[variables.cases]
column = "count"
unit = {{ code = "case", en = "cases", zh = "件" }}
label = {WORDS}
whole = true

{refresh_words}
[[releases]]
id = "2026-01"
published = "2026-01"
file = "counts_2025-12.csv"
sha256 = "{hashlib.sha256(body).hexdigest()}"
rows = {len(counts)}
total = {sum(counts)}
from = "{months[0]}"
to = "{months[-1]}"
columns = {{ area = "area", category = "kind", period = "month" }}

[releases.categories]
"Theft" = "theft"
"Fraud" = "fraud"
'''


def _place() -> str:
    areas = "".join(
        f'[[areas]]\ncode = "{name[0].lower()}"\nname = {{ en = "{name}", zh = "{name[0]}区" }}\n' for name in AREAS
    )
    words = "".join(f"{key} = {WORDS}\n" for key in ("name", "country", "whole", "intro"))
    return f'{words}area_word = {{ en = "area", en_plural = "areas", zh = "区" }}\ncode = "inv"\ndefault = true\nmeasures = ["none"]\n\n{areas}'


def everything(folder: Path) -> dict[str, bytes]:
    """Every file of a dataset's folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def releases(folder: Path) -> list[str]:
    return [release.file for release in read_card(folder / "source.toml").releases]


def portal(rows: list[dict]) -> bytes:
    """A list of rows, as Socrata writes them."""
    return json.dumps(rows).encode()


BEFORE = table(10)


def run(folder: Path, limits: Limits = SWIFT, **how) -> Outcome:
    """One refresh of the dataset, by the road that the command takes."""
    card = read_card(folder / "source.toml")
    return refresh(
        card, read_places(folder.parents[2], {card.name: card}, {})["invented"], Options(limits=limits, **how)
    )


def readable(folder: Path) -> int:
    """Reads every release of the folder as the dashboard would; the number of cells."""
    card = read_card(folder / "source.toml")
    place = read_places(folder.parents[2], {card.name: card}, {})["invented"]
    return sum(len(read_release(card, release, place).frame) for release in card.releases)


def changes_nothing(folder_of, turn: dict, fault: str) -> None:
    """The answer is refused for that fault, after three questions at most, and every byte of the folder stays as it was."""
    answers, folder = folder_of(turn)
    before = everything(folder)
    outcome = run(folder)
    assert outcome.state == "failed"
    assert any(fault in line for line in outcome.lines), outcome
    assert everything(folder) == before
    assert answers.requests[SWIFT.attempts :] == [] or fault == "sends from one address to the next"
