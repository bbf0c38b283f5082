"""The small tables beside a published file (categories, labels, indicators): read, and refused for private values."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow as pa

from loaders.broken_off import reason_of, todo_of
from loaders.errors import Fault, SourceError
from loaders.privacy.rules import RULES, RuleMatch
from loaders.privacy.values import rules_met


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a small table beside a published file; none when there is no such file.

    Raises SourceError for private values, and where it cannot be read.
    """
    if not path.exists():
        return []
    name = f"{path.parent.parent.name}/{path.parent.name}/{path.name}"
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, restval=""))
    except (UnicodeDecodeError, csv.Error) as error:
        raise SourceError(
            name, [Fault(name, "the table cannot be read", "CSV in UTF-8", str(error), "Save it as CSV in UTF-8.")]
        ) from None
    except OSError as error:
        fault = Fault(name, "the table cannot be read", "a file that may be read", reason_of(error), todo_of(error))
        raise SourceError(name, [fault]) from None
    refuse_private(rows, name)
    return rows


def refuse_private(rows: list[dict[str, str]], name: str) -> None:
    """Nothing when no cell looks private. Raises SourceError that names file, column and rule, and no value."""
    faults = []
    columns = {heading: {str(row.get(heading) or "") for row in rows} for heading in (rows[0] if rows else ())}
    if not rules_met(pa.array(sorted(set().union(*columns.values())), pa.string()), prose=True):
        return
    for heading, distinct in columns.items():
        texts = pa.array(sorted(distinct), pa.string())
        findings = [RuleMatch(RULES[f"value_{rule}"], f"'{heading}'") for rule in sorted(rules_met(texts, prose=True))]
        faults += [
            Fault(f"'{name}'", match.say("en"), "no such value", f"rule {match.rule.name}", f"{match.say('zh')}。")
            for match in findings
        ]
    if faults:
        raise SourceError(name, faults)
