"""A sieve may let too much through, and never holds back what the closer look would take."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as some

from loaders.draft.tables import table_area
from loaders.draft.tables.table_area import cell_kind, cell_kinds
from loaders.gate.table_shape import may_be_periods, period_like
from loaders.period_formats import month_names
from loaders.period_wordings import NAMED, WORDINGS

PARTS = {
    "year": ["1998", "2024"], "short_year": ["07"], "next": ["24", "2025"], "era": ["令和4", "平成 元", "民國112"],
    "minguo": ["112"], "month": ["3", "03", "12"], "day": ["31"], "quarter": ["2", "IV", "三"], "half": ["1", "II", "上"],
    "week": ["7", "53"], "serial": ["45200"], "first_day": ["1"], "last_day": ["07", "31"], "buddhist": ["2567"],
}  # fmt: skip
NAMES = [name for names in month_names() for name in names]
LETTERS = some.text(some.sampled_from("09 12/-.[]()*¹年月第季度週QHWMfyjanä万２％−,'’:<xépril"), max_size=14)


@some.composite
def printed_periods(draw) -> str:
    """A period in one of the wordings, in any case, with notes and spaces about it."""
    wording = draw(some.sampled_from([word for words in (*WORDINGS.values(), *NAMED.values()) for word in words]))
    parts = {name: draw(some.sampled_from(texts)) for name, texts in PARTS.items()}
    parts |= {name: draw(some.sampled_from(NAMES)) for name in ("month_name", "end_month")}
    text = wording.format(**parts)
    text = draw(some.sampled_from([text, text.upper(), text.lower(), text.replace(" ", "  "), f" {text}"]))
    return text + draw(some.sampled_from(["", " [note 4]", "²", "*", " [p]"]))


@given(some.lists(some.one_of(printed_periods(), LETTERS), min_size=1, max_size=30))
def test_the_sieve_lets_every_period_through(texts):
    let_through = may_be_periods(pa.array(texts, pa.string()))
    assert [text for text, may in zip(texts, let_through, strict=True) if period_like(text) and not may] == []


@given(texts=some.lists(some.one_of(printed_periods(), LETTERS, some.text(max_size=9)), min_size=1, max_size=30))
def test_many_texts_look_as_each_alone_does(texts):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table_area, "FEW_TEXTS", 0)
        many = cell_kinds(pa.array(texts, pa.string())).tolist()
    assert dict(zip(texts, many, strict=True)) == {text: cell_kind(text) for text in texts}
