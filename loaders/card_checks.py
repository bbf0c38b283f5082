"""Is a source card whole? What is missing in it, or not a word that we know, is said all at once."""

from __future__ import annotations

from collections.abc import Iterator

from language import LANGUAGES
from loaders.asking import refresh_faults
from loaders.errors import Fault
from loaders.rules import QUESTIONS
from loaders.statuses import STATUSES
from loaders.table_words import table_faults

GEOMETRY = ("id", "object", "crs", "others", "box", "format")
KINDS = ("observations", "claims", "register", "areas", "boundaries")


def card_faults(raw: dict, name: str, licensed: bool = True) -> Iterator[Fault]:
    """Every fault of a card as it was written down; without ``licensed`` no word is said of its licences."""
    for key in ("name", "kind", "disclosure", "accessed", "place"):
        if not raw.get(key):
            yield Fault(name, f"'{key}' is missing", "a text", "nothing", f'Add {key} = "…" to the card.')
    for key in ("title", "description", "publisher"):
        yield from _words_faults(raw.get(key), f"'{key}'", name)
    if raw.get("kind") not in KINDS:
        yield Fault(name, "'kind' is unknown", " | ".join(KINDS), str(raw.get("kind")), "Choose one of them.")
    if licensed:
        yield from _licence_faults(raw.get("licenses"), name)
    yield from _list_faults(raw, name)
    yield from _geometry_faults(raw, f"{name}, [geometry]")
    yield from table_faults(raw, name)
    yield from refresh_faults(raw, name)


def _list_faults(raw: dict, name: str):
    for answer in set(raw.get("gate_answers", [])) - set(QUESTIONS):
        yield Fault(name, "'gate_answers' answers what is not asked", " | ".join(QUESTIONS), str(answer), "A refusal has no answer.")
    if not raw.get("releases"):
        yield Fault(name, "'releases' is missing", "at least one release", "nothing", "Add [[releases]] with id, published, file, sha256.")
    for number, release in enumerate(raw.get("releases", []), 1):
        yield from _missing(release, ("id", "published", "file", "sha256"), f"{name}, release {number}")
    for number, cut in enumerate(raw.get("breaks", []), 1):
        yield from _break_faults(cut, f"{name}, break {number}")
    for number, cell in enumerate(raw.get("cells", []), 1):
        if cell.get("status") not in STATUSES:
            yield Fault(f"{name}, cells {number}", "'status' is unknown", " ".join(STATUSES), str(cell.get("status")), "Choose one of them.")


def _geometry_faults(raw: dict, where: str):
    said = raw.get("geometry", {})
    if raw.get("kind") == "boundaries" and not said.get("id"):
        yield Fault(where, "'id' is missing", "the field with the areas' codes or names", "nothing", 'Add id = "…".')
    for word in sorted(set(said) - set(GEOMETRY)):
        yield Fault(where, "a word that is not known", ", ".join(GEOMETRY), f"'{word}'", "Mend or remove it.")
    box = said.get("box", [-180, -90, 180, 90])
    numbers = isinstance(box, list) and len(box) == 4 and all(type(one) in (int, float) for one in box)
    if not numbers or not (-180 <= box[0] < box[2] <= 180 and -90 <= box[1] < box[3] <= 90):
        yield Fault(where, "'box' is none", "west, south, east, north in degrees", str(box), "Mend it.")


def _break_faults(cut: dict, where: str):
    yield from _missing(cut, ("at",), where)
    for key in ("short", "reason"):
        yield from _words_faults(cut.get(key), f"'{key}'", where)
    if cut.get("effect") not in ("cut", "mark"):
        yield Fault(where, "'effect' is unknown", "cut | mark", str(cut.get("effect")), "Choose one of them.")


def _licence_faults(licences, name: str):
    if not licences:
        yield Fault(name, "'licenses' is missing", "at least one licence", "nothing", "Name the licence; without one nothing is shown.")
    for number, licence in enumerate(licences or [], 1):
        where = f"{name}, licence {number}"
        if not isinstance(licence, dict):
            yield Fault(where, "the licence is no table", "{ name, title, url }", str(licence), "Write it as a table.")
            continue
        if not licence.get("name") and not any((licence.get("title") or {}).values()):
            expected = "a short name, such as OGL-UK-3.0, and a title in both languages"
            yield Fault(where, "the licence is not named", expected, "nothing", "Name it; without a licence nothing is shown.")
            continue
        if not licence.get("name"):
            yield Fault(where, "the licence has no 'name'", "a short name, such as OGL-UK-3.0", "nothing", "Add name.")
        yield from _words_faults(licence.get("title"), "the licence's 'title'", where)


def _words_faults(words, what: str, where: str):
    for language in LANGUAGES:
        if not (isinstance(words, dict) and words.get(language)):
            yield Fault(where, f"{what} has no '{language}'", "a text", "nothing", f'Add {language} = "…" to {what}.')


def _missing(raw: dict, keys: tuple[str, ...], where: str):
    for key in keys:
        if not raw.get(key):
            yield Fault(where, f"'{key}' is missing", "a text", "nothing", f"Add {key}.")
