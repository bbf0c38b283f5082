"""Every case of the fifteen classes holds; what is still open stands in ``open.toml``, fails, and leaves the list when it is mended."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import tests.field.classes as classes
from tests.field.rules import OPEN, RULES

for module in pkgutil.iter_modules(classes.__path__):
    importlib.import_module(f"{classes.__name__}.{module.name}")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_it_holds(rule, program):
    if rule.id not in OPEN:
        rule.function(program)
        return
    with pytest.raises(AssertionError):
        rule.function(program)
        pytest.fail(f"mended: take {rule.id} off tests/field/open.toml", pytrace=False)


def test_what_is_open_is_a_case_and_stands_once():
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))
    assert [one for one in OPEN if one[:3] not in ("gr/", "ga/", "gn/") and one not in ids] == []


@pytest.mark.parametrize("number", range(1, 16))
def test_every_class_has_at_least_three_cases(number):
    assert sum(rule.number == number for rule in RULES) >= 3
