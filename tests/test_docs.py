"""What the documentation names is there: paths, modules, commands, keys of files, messages, links and anchors."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from fnmatch import fnmatchcase
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CODE = ("app.py", "layout", "routes", "charts", "measures", "disclosure", "loaders", "language", "pages", "bench")
FOLDERS = (*CODE, "tests", "docs", "data", ".ci", ".streamlit")
NOT_IN_GIT = ("data/built", "bench/out")
INVENTED = ("hanyang", "<publisher>")  # the place of the walk in data.md, and the reader's own folders
PAGES = [*(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "GLOSSARY.md")), *sorted(ROOT.glob("docs/**/*.md"))]
SCHEMAS = {"source": "Source card", "place": "Place", "measure": "Measure", "site": "`site.toml`"}
LIKE = {"releases.table": "table", "said_by_view.*": "said", "unallocated": "areas"}  # told as "the same as"
IN_WORDS = ("en", "zh", "en_said", "zh_said")  # told at the head of keys.md for every text

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def _spans(page: Path) -> list[str]:
    """Everything that stands as code: between backticks, and in blocks."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^ *```[a-z]*\n(.*?)^ *```", text, re.M | re.S)
    rest = re.sub(r"^ *```[a-z]*\n.*?^ *```", "", text, flags=re.M | re.S)
    return blocks + re.findall(r"`([^`]+)`", rest)


def _paths(page: Path) -> set[str]:
    start = "|".join(map(re.escape, FOLDERS))
    found = {one for span in _spans(page) for one in re.findall(rf"(?<![\w./-])(?:{start})/[\w.*<>/-]*", span)}
    known = {one for one in found if not one.startswith(NOT_IN_GIT) and not any(name in one for name in INVENTED)}
    return {re.sub(r"<\w+>", "*", one.rstrip(".")) for one in known}


@each_page
def test_every_path_that_is_named_exists(page):
    assert [one for one in sorted(_paths(page)) if not any(ROOT.glob(one.rstrip("/")))] == []


@each_page
def test_every_module_that_is_named_without_its_folder_exists(page):
    bare = {one for span in _spans(page) for one in re.findall(r"(?<![\w./-])(\w+\.py)\b", span)}
    assert (
        sorted(bare - {path.name for top in (*CODE, "tests") for path in [ROOT / top, *(ROOT / top).rglob("*.py")]})
        == []
    )


@each_page
def test_every_name_behind_a_module_stands_in_it(page):
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"`([\w/]+\.py)` `(\w+)`", text)
    named += [(path, name) for name, path in re.findall(r"`(\w+)` in `([\w/]+\.py)`", text)]
    assert [pair for pair in named if not re.search(rf"\b{pair[1]}\b", (ROOT / pair[0]).read_text("utf-8"))] == []


@each_page
def test_every_command_that_is_named_can_be_called(page):
    for span in _spans(page):
        for module, words in re.findall(r"python -m ([\w.]+)((?:[ \t]+(?:--)?[\w.…|/[\]-]+)*)", span):
            place = ROOT / module.replace(".", "/")
            assert place.with_suffix(".py").exists() or (place / "__main__.py").exists() or find_spec(module), module
            if module in ("loaders", "disclosure", "measures"):
                commands, options = _words_of(module)
                assert not (words.split() and words.split()[0] not in commands | {"--help"}), f"{module}{words}"
                assert set(re.findall(r"--[\w-]+", words)) <= options, f"{module}{words}"


@cache
def _words_of(package: str) -> tuple[set[str], set[str]]:
    """The commands of a package and their options, as its ``__main__`` declares them."""
    text = (ROOT / package / "__main__.py").read_text("utf-8")
    return set(re.findall(r'\.add\(\s*"(\w+)"', text)), {*re.findall(r'"(--[\w-]+)"', text), "--help", "--verbose"}


@each_page
def test_every_target_of_make_that_is_named_exists(page):
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    assert {one for span in _spans(page) for one in re.findall(r"(?:^|\s)make (\w+)", span)} <= targets


@each_page
def test_every_module_that_is_named_with_dots_exists(page):
    start = "|".join(one for one in CODE if one.isalpha())
    dotted = {one for span in _spans(page) for one in re.findall(rf"(?<![\w./])((?:{start})(?:\.\w+)+)", span)}
    files = {one for one in dotted if one.endswith((".py", ".toml", ".csv", ".json", ".po", ".svg"))}
    assert [one for one in sorted(dotted - files) if not _is_there(one)] == []


def _is_there(dotted: str) -> bool:
    """A package or module, or a name that stands in one."""
    parts = dotted.split(".")
    for count in range(len(parts), 0, -1):
        place = ROOT.joinpath(*parts[:count])
        module = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
        if module.exists() or place.is_dir():
            rest = parts[count:]
            return not rest or (module.exists() and re.search(rf"\b{rest[0]}\b", module.read_text("utf-8")) is not None)
    return False


def _anchors(page: Path) -> set[str]:
    """The anchors of a page as GitHub makes them from its headings."""
    text = re.sub(r"^ *```.*?^ *```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    headings = re.findall(r"^#+ (.+?) *$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


@each_page
def test_no_link_and_no_anchor_is_broken(page):
    text = re.sub(r"^ *```.*?^ *```|`[^`\n]+`", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in target or target.startswith("mailto:"):
            continue
        name, _, anchor = target.partition("#")
        there = (page.parent / name).resolve() if name else page
        if not there.exists() or (anchor and anchor not in _anchors(there)):
            broken.append(target)
    assert broken == []


def _section(page: str, heading: str, level: str = "##") -> str:
    """What stands below the headings that begin so, down to the next heading of that level."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return "".join(re.findall(rf"^{level} {re.escape(heading)}.*?(?=^{level} |\Z)", text, re.M | re.S))


def test_the_map_names_every_module_that_exists_and_no_other():
    rows = re.findall(r"^\| `(\w+)/(?:(\w+)/)?(?:(\w+)/)?` \|(.*)\|$", _section("docs/code.md", "The map"), re.M)
    mapped = {"/".join(filter(None, row[:3])): set(re.findall(r"`(\w+)`", row[3].split("|")[-1])) for row in rows}
    modules: dict[str, set[str]] = {}
    for path in (path for top in CODE for path in (ROOT / top).rglob("*.py") if path.stem != "__init__"):
        modules.setdefault(path.parent.relative_to(ROOT).as_posix(), set()).add(path.stem)
    assert mapped == modules


def test_every_import_contract_stands_in_its_words():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    told = re.findall(r"^\* (.+)$", _section("docs/code.md", "Import contracts"), re.M)
    assert told == [one["name"] for one in contracts]


@pytest.mark.parametrize("folder", ["loaders", "measures"])
def test_the_map_lists_the_rooms_from_the_ground_up(folder):
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one.get("containers") == [folder])
    step = {room: at for at, layer in enumerate(reversed(layers)) for room in layer.split(" | ")}
    rooms = re.findall(rf"^\| `{folder}/(\w+)/` \|", _section("docs/code.md", "The map"), re.M)
    assert {room for room in step if (ROOT / folder / room).is_dir()} == {*rooms}
    assert [step[room] for room in rooms] == sorted(step[room] for room in rooms)


def _schema(name: str) -> dict:
    return json.loads((ROOT / f"docs/schemas/{name}.schema.json").read_text(encoding="utf-8"))


def _keys(schema: dict, root: dict, path: str = "") -> set[str]:
    """Every key that a schema knows, as a path with dots; ``*`` for a name that its writer chooses."""
    while "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    inner = [(path, one) for one in (*schema.get("anyOf", ()), schema.get("items"))]
    inner += [(f"{path}.{key}".strip("."), one) for key, one in schema.get("properties", {}).items()]
    others = [schema.get("additionalProperties"), *schema.get("patternProperties", {}).values()]
    inner += [(f"{path}.*", one) for one in others]
    found = {path} - {""}
    for below, one in inner:
        found |= _keys(one, root, below) if isinstance(one, dict) else set()
    return found


def _told(heading: str) -> list[str]:
    """The keys in the first column of the tables of keys.md, without the brackets of lists."""
    rows = re.findall(r"^\| (`[^|]+`) \|", _section("docs/keys.md", heading), re.M)
    return [key.replace("[]", "") for row in rows for key in re.findall(r"`([^`]+)`", row)]


def _needs_a_row(key: str, keys: set[str]) -> bool:
    told_elsewhere = key.rsplit(".", 1)[-1] in IN_WORDS or any(key.startswith(f"{one}.") for one in LIKE)
    return not told_elsewhere and not any(other.startswith(f"{key}.") for other in keys - {f"{key}.en", f"{key}.zh"})


def _same(told: str, key: str) -> bool:
    """What its writer chooses stands as ``*`` in the schema, and may stand by name in the reference: ``columns.area``."""
    return told == f"{key}.*" or fnmatchcase(told, key)


@pytest.mark.parametrize(("name", "heading"), SCHEMAS.items())
def test_every_key_of_a_file_stands_once_in_the_reference(name, heading):
    schema, told = _schema(name), _told(heading)
    keys = _keys(schema, schema)
    assert told
    assert [key for key, times in Counter(told).items() if times > 1] == []
    covered = {key for key in keys if any(_same(one, key) or _same(key, one) for one in told)}
    assert sorted(key for key in keys if _needs_a_row(key, keys) and key not in covered) == []
    assert sorted(one for one in told if not any(_same(one, key) for key in keys)) == []


@pytest.mark.parametrize(("copy", "model"), LIKE.items())
def test_what_is_told_as_the_same_has_the_same_keys(copy, model):
    keys = set().union(*(_keys(schema, schema) for schema in map(_schema, SCHEMAS)))
    below = [{key.removeprefix(f"{one}.") for key in keys if key.startswith(f"{one}.")} for one in (copy, model)]
    assert below[0] and below[0] <= below[1]


def test_every_number_of_the_rule_of_disclosure_stands_in_the_reference():
    rule = tomllib.loads((ROOT / "data/disclosure.toml").read_text(encoding="utf-8"))
    told = [key.split(".")[0] for key in _told("`disclosure.toml`")]
    assert set(told) == set(rule)


def test_every_message_on_statements_is_said_by_the_code():
    code = "".join(path.read_text("utf-8") for path in (ROOT / "loaders").rglob("*.py"))
    text = (ROOT / "docs/claims.md").read_text(encoding="utf-8")
    tables = re.findall(r"^\| message \|.*\n(?:\|.*\n)+", text, re.M)
    first = [row.split(" | ")[0] for table in tables for row in table.splitlines()[2:]]
    messages = [one for row in first for one in re.findall(r"`([^`]+)`", row)]
    assert messages
    assert [one for one in messages if one not in code] == []


def test_the_programs_in_code_md_run(shelf):
    """The walk of the data ends at the figures of the page, and the way to follow a refusal ends without a finding."""
    blocks = re.findall(r"^```python\n(.*?)^```", (ROOT / "docs/code.md").read_text(encoding="utf-8"), re.M | re.S)
    walk, refusal = {}, {}
    exec(blocks[0], walk)
    assert walk["measure"].table["value"].tolist() == walk["safe"].block("residents", "").values[_row(walk)].tolist()
    exec(blocks[1], refusal)
    assert not refusal["cut"].faults


def _row(walk: dict) -> int:
    return walk["safe"].areas.index("E09000007")
