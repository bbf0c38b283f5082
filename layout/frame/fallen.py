"""Texts of a page that its reader's language lacks: each says in which language it is, and a quiet line says so
once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from markupsafe import Markup

from language import LANGUAGES, Translator, chain, translator
from language.fallback import FALLEN, marked
from layout.frame.blocks import Block, Columns, Fold, Written
from layout.frame.written import is_foot


def with_marks(blocks: Iterable[Block], code: str) -> tuple[Block, ...]:
    """The blocks for a reader of a language; where some text of them has fallen back, the quiet line stands above the
    foot."""
    seen: set[str] = set()
    shown = [_marked(block, code, seen) for block in blocks]
    if not seen:
        return tuple(shown)
    at = next((number for number, block in enumerate(shown) if is_foot(block)), len(shown))
    return (*shown[:at], _line(translator(code), seen), *shown[at:])


def _line(say: Translator, seen: set[str]) -> Written:
    names = say.joined([LANGUAGES[code].name for code in chain(say.code) if LANGUAGES[code].tag in seen])
    told = say("Some texts of this page are not translated yet; they are shown in {languages}.", languages=names)
    return Written(Markup('<p class="small fallen-line">{}</p>').format(told))


def _marked(block: Block, code: str, seen: set[str]) -> Block:
    if isinstance(block, Written):
        markup = marked(block.markup, code)
        seen.update(_tags(markup))
        return replace(block, markup=markup)
    if isinstance(block, Fold):
        return replace(block, blocks=tuple(_marked(part, code, seen) for part in block.blocks))
    if isinstance(block, Columns):
        columns = (tuple(_marked(part, code, seen) for part in column) for column in block.columns)
        return replace(block, columns=tuple(columns))
    return block


def _tags(markup: str) -> Iterator[str]:
    """The tags of the languages that texts in it have fallen back to."""
    return (language.tag for language in LANGUAGES.values() if FALLEN.format(language.tag) in markup)
