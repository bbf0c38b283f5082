"""Writes the list of categories of a new dataset."""

from __future__ import annotations

from loaders.draft.places.areas import EVERYTHING, codes
from loaders.draft.tables.guess import Guess
from loaders.lint.translations import TO_WRITE

CATEGORY_COLUMNS = (
    "code,parent,level,first,last,in_total,name_en,name_zh,definition_en,definition_zh,link,note_en,note_zh"
)


def kinds_file(guessed: Guess) -> tuple[dict[str, str], str]:
    """Text of a category → its code, and ``categories.csv``: everything, groups where the table has them, every kind
    as published.
    """
    kinds = codes(list(guessed.kinds), "type_", {EVERYTHING})
    groups = codes([group for group in dict.fromkeys(guessed.kinds.values()) if group], "group_", {EVERYTHING})
    groups = {text: code if code not in kinds.values() else f"{code}_all" for text, code in groups.items()}
    rows = [f"all,,all,,,yes,All,{TO_WRITE},{TO_WRITE},{TO_WRITE},,,"]
    rows += [_row(code, "all", "group", text) for text, code in groups.items()]
    rows += [
        _row(code, groups.get(guessed.kinds[text], "all"), "type" if groups else "group", text)
        for text, code in kinds.items()
    ]
    return kinds, "\n".join([CATEGORY_COLUMNS, *rows]) + "\n"


def _row(code: str, parent: str, level: str, text: str) -> str:
    name = '"' + text.replace('"', '""') + '"'
    return f"{code},{parent},{level},,,yes,{name},{name},{TO_WRITE},{TO_WRITE},,,"
