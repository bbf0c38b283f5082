"""Pages read like short articles: no functions, no pandas, no rule about data."""

import ast
from pathlib import Path

import pytest

PAGES = sorted(Path(__file__).resolve().parents[2].glob("pages/*.py"))
ALLOWED = {"streamlit", "layout", "charts", "measures"}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_page_is_short_opens_with_its_question_and_defines_nothing(page):
    text = page.read_text("utf-8")
    tree = ast.parse(text)
    assert len(text.splitlines()) <= 80
    assert ast.get_docstring(tree)
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Try | ast.Lambda)]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_page_imports_only_what_it_shows_with(page):
    tree = ast.parse(page.read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= ALLOWED


def test_no_place_publisher_or_month_is_named_in_python():
    import re

    project = Path(__file__).resolve().parents[2]
    special = re.compile(r"london|shanghai|camden|westminster|metropolitan_police|上海|伦敦", re.IGNORECASE)
    folders = ("pages", "layout", "routes", "charts", "measures", "disclosure", "loaders", "language")
    for path in [project / "app.py", *(file for folder in folders for file in (project / folder).glob("*.py"))]:
        code = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(code):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(node):
                node.body = node.body[1:]
        assert not special.search(ast.unparse(code)), path.name
