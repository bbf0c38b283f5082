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

from language import LANGUAGES, REQUIRED

ROOT = Path(__file__).parents[1]
CODE = (
    "app.py",
    "updates",
    "layout",
    "routes",
    "charts",
    "measures",
    "disclosure",
    "loaders",
    "language",
    "pages",
    "bench",
)
FOLDERS = (*CODE, "tests", "docs", "data", "deploy", ".ci", ".streamlit")
NOT_IN_GIT = ("data/built", "bench/out")
INVENTED = ("hanyang", "<publisher>")  # the place of the walk in data.md, and the reader's own folders
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "GLOSSARY.md", "SECURITY.md")),
    *sorted(ROOT.glob("docs/**/*.md")),
]
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
    named = {path for span in _spans(page) for path in re.findall(rf"(?<![\w./-])(?:{start})/[\w.*<>/-]*", span)}
    real = {path for path in named if not path.startswith(NOT_IN_GIT) and not any(name in path for name in INVENTED)}
    return {re.sub(r"<\w+>", "*", path.rstrip(".")) for path in real}


@each_page
def test_every_path_that_is_named_exists(page):
    assert [path for path in sorted(_paths(page)) if not any(ROOT.glob(path.rstrip("/")))] == []


@each_page
def test_every_module_that_is_named_without_its_folder_exists(page):
    bare = {name for span in _spans(page) for name in re.findall(r"(?<![\w./-])(\w+\.py)\b", span)}
    modules = {path.name for top in (*CODE, "tests") for path in (ROOT / top).rglob("*.py")}
    assert sorted(bare - modules - {"app.py"}) == []


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
            if module in ("loaders", "disclosure", "measures", "updates"):
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
    assert {target for span in _spans(page) for target in re.findall(r"(?:^|\s)make (\w+)", span)} <= targets


@each_page
def test_every_module_that_is_named_with_dots_exists(page):
    start = "|".join(folder for folder in CODE if folder.isalpha())
    dotted = {name for span in _spans(page) for name in re.findall(rf"(?<![\w./])((?:{start})(?:\.\w+)+)", span)}
    files = {name for name in dotted if name.endswith((".py", ".toml", ".csv", ".json", ".po", ".svg"))}
    assert [name for name in sorted(dotted - files) if not _is_there(name)] == []


def _is_there(dotted: str) -> bool:
    """A package or module, or a name that stands in one."""
    parts = dotted.split(".")
    for count in range(len(parts), 0, -1):
        place = ROOT.joinpath(*parts[:count])
        module = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
        if module.exists() or place.is_dir():
            text = module.read_text("utf-8") if module.exists() else ""
            return count == len(parts) or re.search(rf"\b{parts[count]}\b", text) is not None
    return False


def _anchors(page: Path) -> set[str]:
    """The anchors of a page as GitHub makes them from its headings."""
    text = re.sub(r"^ *```.*?^ *```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    headings = re.findall(r"^#+ (.+?) *$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


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


def _section(page: str, heading: str) -> str:
    """What stands below the headings of the second level that begin so."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return "".join(re.findall(rf"^## {re.escape(heading)}.*?(?=^## |\Z)", text, re.M | re.S))


def _contracts() -> list[dict]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]


def test_the_map_names_every_module_that_exists_and_no_other():
    rows = re.findall(r"^\| `(\w+)/(?:(\w+)/)?(?:(\w+)/)?` \|(.*)\|$", _section("docs/code.md", "The map"), re.M)
    mapped = {"/".join(filter(None, row[:3])): set(re.findall(r"`(\w+)`", row[3].split("|")[-1])) for row in rows}
    modules: dict[str, set[str]] = {}
    for path in (path for top in CODE for path in (ROOT / top).rglob("*.py") if path.stem != "__init__"):
        modules.setdefault(path.parent.relative_to(ROOT).as_posix(), set()).add(path.stem)
    assert mapped == modules


def test_every_import_contract_stands_in_its_words():
    told = re.findall(r"^\* (.+)$", _section("docs/code.md", "Import contracts"), re.M)
    assert told == [contract["name"] for contract in _contracts()]


@pytest.mark.parametrize("folder", ["loaders", "disclosure", "measures", "routes"])
def test_the_map_lists_the_rooms_from_the_ground_up(folder):
    layers = next(contract["layers"] for contract in _contracts() if contract.get("containers") == [folder])
    step = {room: height for height, layer in enumerate(reversed(layers)) for room in layer.split(" | ")}
    rooms = re.findall(rf"^\| `{folder}/(\w+)/` \|", _section("docs/code.md", "The map"), re.M)
    assert {room for room in step if (ROOT / folder / room).is_dir()} == {*rooms}
    assert [step[room] for room in rooms] == sorted(step[room] for room in rooms)


CHAINED = re.compile(  # keys of a language that may be left out: those of the others with its code
    rf"(^|_)({'|'.join(code for code in LANGUAGES if code not in REQUIRED)})(_|$)"
)


def _schema(name: str) -> dict:
    return json.loads((ROOT / f"docs/schemas/{name}.schema.json").read_text(encoding="utf-8"))


def _keys(schema: dict, root: dict, path: str = "") -> set[str]:
    """Every key that a schema knows, as a path with dots; ``*`` for a name that its writer chooses."""
    while "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    chosen = [schema.get("additionalProperties"), *schema.get("patternProperties", {}).values()]
    below = [(path, part) for part in (*schema.get("anyOf", ()), schema.get("items"))]
    named = {key: part for key, part in schema.get("properties", {}).items() if not CHAINED.search(key)}
    below += [(f"{path}.{key}".strip("."), part) for key, part in named.items()]
    below += [(f"{path}.*", part) for part in chosen]
    return {path} - {""} | {key for where, part in below if isinstance(part, dict) for key in _keys(part, root, where)}


def _told(heading: str) -> list[str]:
    """The keys in the first column of the tables of keys.md, without the brackets of lists."""
    rows = re.findall(r"^\| (`[^|]+`) \|", _section("docs/keys.md", heading), re.M)
    return [key.replace("[]", "") for row in rows for key in re.findall(r"`([^`]+)`", row)]


def _needs_a_row(key: str, keys: set[str]) -> bool:
    told_elsewhere = key.rsplit(".", 1)[-1] in IN_WORDS or any(key.startswith(f"{copy}.") for copy in LIKE)
    return not told_elsewhere and not any(other.startswith(f"{key}.") for other in keys - {f"{key}.en", f"{key}.zh"})


def _same(told: str, key: str) -> bool:
    """What its writer chooses is ``*`` in the schema, and may stand by name in the reference: ``columns.area``."""
    return told == f"{key}.*" or fnmatchcase(told, key)


@pytest.mark.parametrize(("name", "heading"), SCHEMAS.items())
def test_every_key_of_a_file_stands_once_in_the_reference(name, heading):
    schema, told = _schema(name), _told(heading)
    keys = _keys(schema, schema)
    assert told
    assert [key for key, times in Counter(told).items() if times > 1] == []
    covered = {key for key in keys if any(_same(row, key) or _same(key, row) for row in told)}
    assert sorted(key for key in keys if _needs_a_row(key, keys) and key not in covered) == []
    assert sorted(row for row in told if not any(_same(row, key) for key in keys)) == []


@pytest.mark.parametrize(("copy", "model"), LIKE.items())
def test_what_is_told_as_the_same_has_the_same_keys(copy, model):
    keys = set().union(*(_keys(schema, schema) for schema in map(_schema, SCHEMAS)))
    own = {key.removeprefix(f"{copy}.") for key in keys if key.startswith(f"{copy}.")}
    theirs = {key.removeprefix(f"{model}.") for key in keys if key.startswith(f"{model}.")}
    apart = {row.removeprefix(f"{copy}.") for heading in SCHEMAS.values() for row in _told(heading)}
    assert own and own - (apart - theirs) <= theirs


def test_every_number_of_the_rule_of_disclosure_stands_in_the_reference():
    rule = tomllib.loads((ROOT / "data/disclosure.toml").read_text(encoding="utf-8"))
    told = [key.split(".")[0] for key in _told("`disclosure.toml`")]
    assert set(told) == set(rule)


def test_every_message_on_statements_is_said_by_the_code():
    code = "".join(path.read_text("utf-8") for path in (ROOT / "loaders").rglob("*.py"))
    text = (ROOT / "docs/claims.md").read_text(encoding="utf-8")
    tables = re.findall(r"^\| message \|.*\n(?:\|.*\n)+", text, re.M)
    first = [row.split(" | ")[0] for table in tables for row in table.splitlines()[2:]]
    messages = [text for row in first for text in re.findall(r"`([^`]+)`", row)]
    assert messages
    assert [text for text in messages if text not in code] == []


def test_the_programs_in_code_md_run(shelf):
    """The walk of the data ends at the figures of the page, and the way to follow a refusal ends without a finding."""
    programs = re.findall(r"^```python\n(.*?)^```", (ROOT / "docs/code.md").read_text(encoding="utf-8"), re.M | re.S)
    walk, refusal = {}, {}
    for program, names in zip(programs, (walk, refusal), strict=True):
        exec(program, names)
    row = walk["safe"].areas.index("E09000007")
    published = walk["safe"].block("residents", "").values[row]
    assert walk["measure"].table["value"].tolist() == published.tolist()
    assert not refusal["cut"].faults
