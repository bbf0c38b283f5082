"""A data folder for each case."""

from __future__ import annotations

import pytest

from tests.field.program import Program, program_in


@pytest.fixture
def program(tmp_path, tmp_path_factory) -> Program:
    return program_in(tmp_path, tmp_path_factory.getbasetemp() / "template" / "data")
