"""The JSON Schemas for editors say what the models say, and every file of ours fits them."""

from __future__ import annotations

import re
import tomllib

import pytest

from language import translator
from layout.frame.glossary import glossary_words
from loaders import data_folder
from loaders.cards.site import is_open, known
from loaders.contents.json_schemas import MODELS, schemas

SCHEMAS = {path: text for path, text in schemas().items()}
HOMES = {"source": "open/*/*/source.toml", "place": "places/*.toml", "measure": "measures/*.toml", "site": "site.toml"}


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_the_schemas_in_docs_are_current(path):
    assert path.read_text(encoding="utf-8") == SCHEMAS[path], "run python -m loaders schemas"


@pytest.mark.parametrize("name", MODELS)
def test_every_key_says_what_it_is(name):
    for field in MODELS[name].model_fields.values():
        assert field.description


@pytest.mark.parametrize("name", MODELS)
def test_every_key_of_every_file_of_ours_is_in_its_schema(name):
    known = {field.alias or key for key, field in MODELS[name].model_fields.items()}
    paths = list(data_folder().glob(HOMES[name]))
    assert paths
    for path in paths:
        assert set(tomllib.loads(path.read_text(encoding="utf-8"))) <= known


def test_every_word_of_the_glossary_may_be_named_and_no_other():
    assert set(known()["terms"]["known"]) == set(glossary_words(translator("en")))


OPEN = (
    "OGL-UK-3.0",
    "KOGL-1",
    "CC-BY-4.0",
    "CC-BY-SA-4.0",
    "CC0-1.0",
    "PDDL-1.0",
    "PD",
    "ODC-By-1.0",
    "ODbL-1.0",
    "DL-DE-BY-2.0",
    "dl-de-zero-2.0",
)
OPEN += ("etalab-2.0", "Licence Ouverte 2.0", "NLOD-2.0", "IODL-2.0", "facts-cited")
CLOSED = ("CC-BY-NC-4.0", "CC-BY-ND-4.0", "cc-by-nc-sa-4.0", "KOGL-4", "KOGL-10", "PDF", "all rights reserved", "")


@pytest.mark.parametrize("name", [*OPEN, *CLOSED])
def test_a_licence_is_open_when_the_list_says_so(name):
    assert is_open(name) is (name in OPEN)


def test_the_readme_names_every_schema_road_that_editors_take():
    text = next(iter(SCHEMAS)).with_name("README.md").read_text(encoding="utf-8")
    assert re.search("#:schema", text) and "python -m loaders schemas" in text
