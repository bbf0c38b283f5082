"""The program as a maintainer drives it: its commands, its files, its addresses. Nothing else of these tests knows where the code lies."""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import re
import runpy
import shutil
import sys
import threading
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlencode

PROJECT = Path(__file__).resolve().parents[2]
LICENCE = 'licenses = [ { name = "CC0-1.0", title = { en = "CC0 1.0", zh = "CC0 1.0" }, url = "" } ]'
STANDING = "standing"  # a place that is there already, so that a new one is not the first
_PLAIN = "Area,Year,Calls\nEbb,2022,410\nEbb,2023,404\nFlow,2022,377\nFlow,2023,390\n"


@dataclass(frozen=True)
class Done:
    """How a command ended and what it said."""

    code: int
    said: str

    def lines_with(self, *words: str) -> list[str]:
        """The lines that hold every one of the words, in any case."""
        return [line for line in self.said.splitlines() if all(word.casefold() in line.casefold() for word in words)]


@dataclass
class Figure:
    """One row of an extract."""

    area: str
    thing: tuple[str, ...]  # the kind and the variable, as published
    period: str
    value: float | None
    status: str
    said: str  # reason and note
    row: dict


@dataclass
class Program:
    """A data folder of its own and the commands that work on it."""

    root: Path
    files: Path
    done: dict[str, Done] = field(default_factory=dict)

    def file(self, name: str, content: bytes | str) -> Path:
        """A file as it came from its publisher."""
        path = self.files / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def run(self, module: str, *words: str | Path) -> Done:
        """``python -m module words…``, in this process."""
        output, words_before = io.StringIO(), sys.argv
        with self._here(), contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            try:
                sys.argv = [module, *map(str, words)]
                runpy.run_module(module, run_name="__main__")
                code = 0
            except SystemExit as end:
                code = 0 if end.code is None else end.code
            except Exception as error:
                code = f"crashed ({type(error).__name__} Error) {error}"
            finally:
                sys.argv = words_before
        if isinstance(code, str):
            output.write(code)
        return Done(code if isinstance(code, int) else 1, output.getvalue())

    def check(self, *words: str | Path) -> Done:
        return self.run("loaders", "check", *words)

    def new(self, *files: Path, place: str = "mill", options: tuple[str, ...] = ()) -> Done:
        """Draft a place; licences are named in what was drafted."""
        done = self.done[place] = self.run("loaders", "new", *options, place, *files)
        self.change_cards(LICENCE, place)
        return done

    def build(self) -> Done:
        return self.run("measures", "build")

    def attack(self) -> Done:
        return self.run("disclosure", "attack")

    def cards(self, place: str = "mill") -> list[Path]:
        """The cards that were drafted for a place."""
        return [
            path
            for path in sorted(self.root.glob("open/*/*/source.toml"))
            if f'place = "{place}"' in path.read_text(encoding="utf-8")
        ]

    def refresh(self, dataset: str, answer: bytes) -> Done:
        """``refresh`` against a publisher on 127.0.0.1 who answers with these bytes; the card has its address."""
        with _publisher(answer) as address:
            path = next(self.root.glob(f"open/*/{dataset}/source.toml"))
            text = path.read_text(encoding="utf-8").partition("\n[refresh]")
            first, mark, rest = text[0].partition("\n[[releases]]")
            form = path.parent.joinpath(tomllib.loads(text[0])["releases"][-1]["file"]).suffix[1:]
            rest = re.sub(r'^(id|published) = "[^"]*"', r'\1 = "2024-03"', rest, flags=re.M)  # it was taken up long ago
            path.write_text(f'{first}\n[refresh]\nurl = "{address}"\nformat = "{form}"\n{mark}{rest}', encoding="utf-8")
            return self.run("loaders", "refresh", dataset)

    def change_cards(self, licence: str, place: str) -> None:
        for path in self.cards(place):
            lines = path.read_text(encoding="utf-8").split("\n")
            path.write_text(
                "\n".join(licence if line.startswith("licenses") else line for line in lines), encoding="utf-8"
            )

    def place(self, place: str = "mill") -> dict:
        """The place as its file says it; {} where none was written."""
        path = self.root / "places" / f"{place}.toml"
        return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}

    def get(self, address: str):
        """The answer of the routes that serve data."""
        with self._here(), ThreadPoolExecutor(1) as pool:
            return pool.submit(asyncio.run, _answer(address)).result()

    def extract(self, dataset: str, place: str = "mill", **query: str) -> dict | None:
        """An extract as JSON, or None where there is none."""
        words = f"?{urlencode(query)}" if query else ""
        try:
            answer = self.get(f"/data/{place}/{dataset}/latest.json{words}")
            if answer.status_code == 503:  # what withholds cells is shown when the build has attacked it
                self.build()
                answer = self.get(f"/data/{place}/{dataset}/latest.json{words}")
        except Exception as error:  # the server's own fault, which a reader meets as "cannot be shown"
            raise AssertionError(f"the server breaks: {type(error).__name__}: {error}") from error
        return answer.json() if answer.status_code == 200 else None

    def figures(self, place: str = "mill", **query: str) -> list[Figure]:
        """Every figure of every dataset of a place; [] where nothing can be read."""
        figures = []
        for path in self.cards(place):
            answer = self.extract(path.parent.name, place, **query) or {"rows": [], "about": {}}
            labels = {
                code: variable["label"].get("en", "")
                for code, variable in (answer["about"].get("variables") or {}).items()
            }
            for row in answer["rows"]:
                if "period" in row and "area_en" in row:
                    thing = (row.get("category_en") or "", labels.get(row.get("variable"), ""))
                    note = f"{row.get('reason_en') or ''} {row.get('note_en') or ''}".strip()
                    figures.append(
                        Figure(row["area_en"], thing, row["period"], row["value"], row["status"] or "", note, row)
                    )
        return figures

    def document(self, name: str, **state: str) -> str:
        """A page as one still document."""
        from layout.document import body_of
        from layout.frame.reader import address_of, reader_of
        from layout.sheets import sheet_of

        with self._here():
            address = address_of(name, [*state.items()])
            return body_of(sheet_of(address), reader_of(address), alone=True)

    def page(self, name: str, **state: str):
        """A page without a browser."""
        from tests.pages.run import run

        with self._here():
            return run(name, state)

    @contextlib.contextmanager
    def _here(self):
        folder_before = os.environ.get("FIGURES_DATA")
        os.environ["FIGURES_DATA"] = str(self.root)
        _forget()
        try:
            yield
        finally:
            os.environ.pop("FIGURES_DATA") if folder_before is None else os.environ.update(FIGURES_DATA=folder_before)
            _forget()


@contextlib.contextmanager
def _publisher(answer: bytes):
    """A server that gives one file at every address; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/file"
    finally:
        server.shutdown()
        server.server_close()


def _forget() -> None:
    """The server keeps one folder open for as long as it runs; here each folder is opened anew."""
    from measures.store import shelf

    shelf._watched.cache_clear()


@cache
def _server():
    import httpx
    from starlette.applications import Starlette

    from routes.application import routes

    return httpx.ASGITransport(Starlette(routes=routes))


async def _answer(address: str):
    import httpx

    async with httpx.AsyncClient(transport=_server(), base_url="http://figures.test") as client:
        return await client.get(address)


def program_in(folder: Path, template: Path) -> Program:
    """A program with a data folder that holds one plain place, copied from the template (written at the first call)."""
    if not template.exists():
        first = Program(template, template.parent)
        for name in ("open", "places", "measures"):
            (template / name).mkdir(parents=True)
        for name in ("site.toml", "disclosure.toml"):
            shutil.copyfile(PROJECT / "data" / name, template / name)
        first.new(first.file("calls.csv", _PLAIN), place=STANDING)
        path = template / "places" / f"{STANDING}.toml"
        path.write_text(path.read_text(encoding="utf-8").replace("default = false", "default = true"), encoding="utf-8")
    root, files = folder / "data", folder / "files"
    shutil.copytree(template, root)
    files.mkdir(parents=True)
    return Program(root, files)
