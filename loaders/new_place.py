"""How does a new city begin? ``python -m loaders new PLACE FILE…`` drafts its place, cards and first measures from the files themselves.

What was read is written down; what was guessed says "guess" on its line; what only a person can know is left empty, and
``python -m loaders check PLACE`` names it.
"""

from __future__ import annotations

import hashlib
import math
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from loaders.draft import draft, guess, quoted
from loaders.errors import Fault, SourceError
from loaders.formats import read_tables
from loaders.gate import judge
from loaders.lint_words import TO_WRITE

OUTLINES = (".geojson", ".topojson", ".gpkg", ".zip")
CATEGORY_COLUMNS = "code,parent,level,first,last,in_total,name_en,name_zh,definition_en,definition_zh,link,note_en,note_zh"
WORDS = f'en = "{TO_WRITE}", zh = "{TO_WRITE}"'
WIDTH = 6  # tiles in a row, before somebody lays them out


def new_place(root: Path, name: str, files: list[Path]) -> list[str]:
    """Write the drafts under ``root``; the lines to print. Raises SourceError or FileExistsError before anything is written."""
    if not re.fullmatch(r"[a-z0-9_]+", name):
        raise SourceError(name, [Fault("PLACE", "is no word for addresses", "lower-case letters, digits and _", name, "Choose another.")])
    home = root / "open" / f"{name}_publisher"
    datasets = {file: f"{name}_{_word(file.stem)}" for file in files}
    measures = {file: root / "measures" / f"{datasets[file]}.toml" for file in files if file.suffix.casefold() not in OUTLINES}
    place = root / "places" / f"{name}.toml"
    for path in (place, home, *measures.values()):
        if path.exists():
            raise FileExistsError(f"{path.name} is there already; nothing is written over")
    if len(set(datasets.values())) < len(files):
        raise SourceError(name, [Fault("FILE", "two files have one name", "a name for each", ", ".join(datasets.values()), "Rename one of them.")])
    written = _drafts(name, home, datasets, measures, place)
    for file in files:
        folder = home / datasets[file]
        folder.mkdir(parents=True)
        shutil.copyfile(file, folder / file.name)
    for path, text in written.items():
        path.write_text(_filled(text), encoding="utf-8")
    drafts = [f"drafted: {path.relative_to(root)}" for path in written]
    return [*drafts, f"Now: python -m loaders check {name}   (and rename the folder {home.name} after the publisher)"]


def _drafts(name: str, home: Path, datasets: dict[Path, str], measures: dict[Path, Path], place: Path) -> dict[Path, str]:
    """Every file to write, with its text. Tables come before outlines: they say what the areas are called."""
    written: dict[Path, str] = {}
    found: list[str] = []
    for file, measure in measures.items():
        card, categories, here = _counts(file, datasets[file], name)
        written[home / datasets[file] / "source.toml"] = card
        if categories:
            written[home / datasets[file] / "categories.csv"] = categories
        written[measure] = _measure(datasets[file], "all" if categories else "")
        found += here
    areas = _codes(list(dict.fromkeys(found)), f"{name}_")
    outlines, tiles = "", {}
    for file in datasets.keys() - measures.keys():
        outlines = datasets[file]
        written[home / outlines / "source.toml"], tiles = _outlines(file, outlines, name, areas)
    written[place] = _place(name, areas, [datasets[file] for file in measures], outlines, tiles)
    return written


def _word(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_") or hashlib.sha256(text.encode()).hexdigest()[:6]


def _codes(texts: list[str], start: str) -> dict[str, str]:
    """A code for every text: the text itself in small letters where it has any, else a number."""
    made: dict[str, str] = {}
    for number, text in enumerate(texts, 1):
        plain = re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_") if text.isascii() else ""
        code = plain or f"{start}{number:02d}"
        made[text] = code if code not in made.values() else f"{code}_{number}"
    return made


def _counts(file: Path, dataset: str, place: str) -> tuple[str, str, list[str]]:
    """Card, categories ('' without) and areas, as published, of a table of counts. Raises SourceError when the gate refuses it."""
    table = read_tables(file)[0]
    verdict = judge(table)
    if verdict.decision == "refuse":
        why = [Fault(file.name, finding.say("en"), "an aggregate", f"rule {finding.rule.name}", finding.say("zh")) for finding in verdict.findings]
        raise SourceError(file.name, why)
    _, roles = guess(table)
    texts = {word: sorted(set(roles[word].texts.to_pylist()) - {""}) for word in ("area", "category") if word in roles}
    kinds = _codes(texts.get("category", []), "type_")
    spelt = ["[releases.categories]  # guess: a code for every spelling", *(f"{quoted(text)} = {quoted(code)}" for text, code in kinds.items())]
    card = draft(file, table, verdict, dataset, place) + "\n" + ("\n".join(spelt) + "\n" if kinds else "")
    return card, _categories(kinds) if kinds else "", texts.get("area", [])


def _categories(kinds: dict[str, str]) -> str:
    """``categories.csv``: every spelling a group under one total, named as published (guess), definitions to be written."""
    rows = [f"all,,all,,,yes,All,{TO_WRITE},{TO_WRITE},{TO_WRITE},,,"]
    for text, code in kinds.items():
        name = '"' + text.replace('"', '""') + '"'
        rows.append(f"{code},all,group,,,yes,{name},{name},{TO_WRITE},{TO_WRITE},,,")
    return "\n".join([CATEGORY_COLUMNS, *rows]) + "\n"


def _outlines(file: Path, dataset: str, place: str, areas: dict[str, str]) -> tuple[str, dict[str, tuple[int, int]]]:
    """The card of boundaries, and a tile for every area where it lies; the field of names is the one that has most areas."""
    import geopandas

    frame = geopandas.read_file(file)
    fields = [field for field in frame.columns if field != frame.geometry.name]
    best = max(fields, key=lambda field: len(set(areas) & set(frame[field].astype(str))))
    points = dict(zip(frame[best].astype(str), frame.geometry.representative_point(), strict=True))
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    card = "\n".join([
        f"name = {quoted(dataset)}", 'kind = "boundaries"', f"place = {quoted(place)}", 'disclosure = "as_published"', 'accessed = ""',
        *(f'{key} = {{ en = "", zh = "" }}' for key in ("title", "description", "publisher", "coverage", "next_update")),
        'licenses = [ { name = "", title = { en = "", zh = "" }, url = "" } ]',
        "", "[geometry]", f"id = {quoted(best)}  # guess: the field with the most names of areas", 'others = "ignore"  # guess',
        "", "[[releases]]", 'id = ""', 'published = ""', f"file = {quoted(file.name)}", f'sha256 = "{digest}"', "",
    ])  # fmt: skip
    return card, _tiles({text: (point.y, point.x) for text, point in points.items() if text in areas})


def _tiles(points: dict[str, tuple[float, float]]) -> dict[str, tuple[int, int]]:
    """Each area takes the free tile nearest to where it lies (latitude, longitude), north at the top."""
    side = math.ceil(math.sqrt(len(points))) + 1
    free = [(row, column) for row in range(side) for column in range(side)]
    tiles: dict[str, tuple[int, int]] = {}
    tall, wide = ([one[axis] for one in points.values()] for axis in (0, 1))
    for text, (north, east) in sorted(points.items(), key=lambda item: (-item[1][0], item[1][1])):
        row = (max(tall) - north) / (max(tall) - min(tall) or 1) * (side - 1)
        column = (east - min(wide)) / (max(wide) - min(wide) or 1) * (side - 1)
        tiles[text] = min(free, key=lambda tile: (tile[0] - row) ** 2 + (tile[1] - column) ** 2)
        free.remove(tiles[text])
    return tiles


def _measure(dataset: str, category: str) -> str:
    """A measure that shows the first variable as a count."""
    words = [f'{key} = {{ en = "", zh = "" }}' for key in ("title", "what", "why")]
    return "\n".join([
        f"name = {quoted(dataset)}", "order = 20  # guess", 'domain = "crime"  # guess', 'kind = "count"', f"dataset = {quoted(dataset)}",
        'variable = "value_1"', *words, 'cannot_tell = [ { en = "", zh = "" } ]', 'lower_is_better = ""', 'grains = ["area", "year"]  # guess',
        'views = ["count"]', f"default_category = {quoted(category)}", f"home_categories = [{quoted(category)}]", f'written_by = "{TO_WRITE}"',
        f'next_review = "{date.today().year + 1}-{date.today().month:02d}"  # guess', "", "[said]", 'en = "{area}: {value}"  # guess',
        'zh = "{area}: {value}"  # guess', "",
    ])  # fmt: skip


def _place(name: str, areas: dict[str, str], measures: list[str], outlines: str, tiles: dict[str, tuple[int, int]]) -> str:
    listed = ", ".join(map(quoted, measures))
    lines = [
        *(f'{key} = {{ en = "", zh = "" }}' for key in ("name", "intro", "country", "whole")),
        "default = false", "order = 9", f'area_word = {{ en = "district", en_plural = "districts", zh = "{TO_WRITE}" }}  # guess',
        f"code = {quoted(name)}  # guess", "unallocated = []", f"boundaries = {quoted(outlines)}", 'areas_from = ""', f"measures = [{listed}]",
    ]  # fmt: skip
    there = {tuple(tile) for tile in tiles.values()}
    below = max((row for row, _ in there), default=-1) + 1
    rest = [text for text in areas if text not in tiles]
    placed = {**tiles, **{text: (below + number // WIDTH, number % WIDTH) for number, text in enumerate(rest)}}
    return "\n".join([*lines, *(line for text, code in areas.items() for line in _area(text, code, placed[text], text in tiles)), ""])


def _area(text: str, code: str, tile: tuple[int, int], lies_there: bool) -> Iterator[str]:
    """Its name as published stands in every language until somebody writes the usual one."""
    yield from ("", "[[areas]]", f"code = {quoted(code)}  # guess: the publisher's code is better")
    yield f"name = {{ en = {quoted(text)}, zh = {quoted(text)} }}  # guess"
    yield f"short = {{ en = {quoted(text[:4])}, zh = {quoted(text[:4])} }}  # guess"
    yield "aliases = []"
    why = "nearest to where it lies" if lies_there else "in the order of the file"
    yield f"tile = [{tile[0]}, {tile[1]}]  # guess: {why}"


def _filled(text: str) -> str:
    """Texts that only a person can write stand as TO_WRITE, so that the draft can be looked at; a licence stays empty: without one nothing is shown."""
    today = date.today()
    text = text.replace('id = ""', f'id = "{today:%Y-%m}"  # guess').replace('published = ""', f'published = "{today:%Y-%m}"  # guess\nabout = true')
    text = text.replace('accessed = ""', f'accessed = "{today:%Y-%m}"').replace('code = "", en = "", zh = ""', 'code = "count", en = "", zh = ""')
    return "\n".join(line if line.startswith("licenses") else line.replace('en = "", zh = ""', WORDS) for line in text.split("\n"))
