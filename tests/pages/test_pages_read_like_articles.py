"""Pages read like short articles: one function that yields blocks, no pandas, no rule about data."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

PAGES = sorted(Path(__file__).resolve().parents[2].glob("pages/*.py"))
ALLOWED = {"layout", "charts", "measures"}
FRAME = {"_router": {"streamlit", "routes"}}  # the frame gives pages the right of way before extracts


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_page_is_short_opens_with_its_question_and_is_one_article(page):
    text = page.read_text("utf-8")
    tree = ast.parse(text)
    assert len(text.splitlines()) <= 80
    assert ast.get_docstring(tree)
    kinds = ast.FunctionDef | ast.ClassDef | ast.Try | ast.Lambda
    defined = [getattr(node, "name", "") for node in ast.walk(tree) if isinstance(node, kinds)]
    assert defined == ([] if page.stem == "_router" else ["article"])


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_page_imports_only_what_it_shows_with(page):
    tree = ast.parse(page.read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= ALLOWED | FRAME.get(page.stem, set())


PROJECT = Path(__file__).resolve().parents[2]
COMPASS = {"North", "East", "South", "West"}  # names of areas that are words of geometry, too
FOLDERS = ("pages", "layout", "routes", "charts", "measures", "disclosure", "loaders", "language")


def names_of_places_and_publishers() -> set[str]:
    """What the data folder calls its places, their areas and its publishers, in every language; short words say nothing."""
    places = [tomllib.loads(path.read_text("utf-8")) for path in (PROJECT / "data" / "places").glob("*.toml")]
    named = [one[key] for one in places for key in ("name", "whole")] + [
        area["name"] for one in places for area in one.get("areas", ())
    ]
    names = {text for words in named for text in words.values()}
    names |= {text for one in places for area in one.get("areas", ()) for text in area.get("aliases", ())}
    names = {re.escape(name) for name in names - COMPASS}
    names |= {path.stem for path in (PROJECT / "data" / "places").glob("*.toml")}
    names |= {path.name.replace("_", "[_ ]") for path in (PROJECT / "data" / "open").iterdir() if path.is_dir()}
    ours = {"safety[_ ]in[_ ]figures"}  # the site itself publishes lists, too
    return {name for name in names - ours if len(name) >= (2 if re.search("[\u4e00-\u9fff]", name) else 5)}


def spoken(path: Path) -> str:
    """The code of a file without its docstrings and comments."""
    code = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(code):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(
            node
        ):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(code)


def test_no_place_area_or_publisher_is_named_in_python():
    files = [PROJECT / "app.py", *(file for folder in FOLDERS for file in (PROJECT / folder).rglob("*.py"))]
    texts = {path.relative_to(PROJECT).as_posix(): spoken(path) for path in files}
    assert named_in(texts, names_of_places_and_publishers()) == {}


def named_in(texts: dict[str, str], names: set[str]) -> dict[str, list[str]]:
    """Of each text the names that stand in it as words. Most names stand in none, be it within another word: they are not looked for further."""
    together = "\n".join(texts.values()).casefold().replace("_", " ")
    near = [name for name in sorted(names) if re.sub(r"\\(.)", r"\1", name.replace("[_ ]", " ")).casefold() in together]
    special = re.compile("|".join(rf"(?<![A-Za-z]){name}(?![A-Za-z])" for name in near) or r"(?!)", re.IGNORECASE)
    found = {name: special.findall(text) for name, text in texts.items()}
    return {name: words for name, words in found.items() if words}


def test_a_name_is_found_in_any_letters_and_only_as_a_word():
    texts = {
        "a": "x = 'camden'",
        "b": "METROPOLITAN_POLICE = 1",
        "c": "'Hackneyed' + 'St. Pauls'",
        "d": "'St. Paul'",
        "e": "'首尔的'",
    }
    names = {"Camden", "metropolitan[_ ]police", "Hackney", re.escape("St. Paul"), "首尔"}
    assert named_in(texts, names) == {"a": ["camden"], "b": ["METROPOLITAN_POLICE"], "d": ["St. Paul"], "e": ["首尔"]}


def test_every_place_there_is_and_every_sub_folder_is_looked_at():
    names = names_of_places_and_publishers()
    assert {path.stem for path in (PROJECT / "data" / "places").glob("*.toml")} <= names
    assert "metropolitan[_ ]police" in names and "Camden" in names and "首尔" in names
    assert (PROJECT / "measures" / "claims" / "checks" / "caveats.py") in list((PROJECT / "measures").rglob("*.py"))
