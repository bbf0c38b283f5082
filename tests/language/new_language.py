"""What a site says of itself in a language that somebody has added: printed as JSON by a process of its own."""

from __future__ import annotations

import json
import sys

from language import LANGUAGES, compact, in_every_language, negotiated, translator, whole
from language.catalogue import missing_translations
from language.numbers import exact, per_words
from layout.document import body_of
from layout.document_head import head_of
from layout.frame.reader import address_of, reader_of
from layout.sheets import sheet_of
from loaders import data_folder
from loaders.lint.check_place import check_place
from measures.store.shelf import open_shelf

PAGES = ("home", "trends", "map", "sources")


def page(name: str, **state: str) -> str:
    """A page as a document."""
    address = address_of(name, [("lang", "ko"), *state.items()])
    sheet, reader = sheet_of(address, open_shelf()), reader_of(address, open_shelf())
    return head_of(sheet, reader) + body_of(sheet, reader, alone=True)


def numbers(code: str) -> list[str]:
    say = translator(code)
    return [
        whole(1_234_567, say),
        compact(7_120_000, say),
        exact(140_000, say),
        exact(1.2e8, say),
        per_words(1000, say),
    ]


def told(names: list[str]) -> list[str]:
    """A sentence of the catalogue with a particle behind each name."""
    say = translator("ko")
    return [say("No figure for: {areas}.", areas=name) for name in names]


def main() -> None:
    shelf = open_shelf()
    answers = {
        "languages": list(LANGUAGES),
        "numbers": {code: numbers(code) for code in ("ko", "hi")},
        "particles": told(["서울", "종로구", "강남", "2013", "2024"]),
        "wished": [negotiated(header) for header in ("ko-KR,ko;q=0.9", "ko-Kore-KR", "zh-Hant-HK,ko;q=0.5", "ja")],
        "pages": {name: page(name, place="seoul", measure="road_deaths") for name in PAGES},
        "shanghai": page("claims", place="shanghai"),
        "names": {area.code: dict(area.name) for area in shelf.places["seoul"].areas[:2]},
        "missing": len(missing_translations("ko")),
        "chain": in_every_language({"en": "Theft", "zh": "盗窃"}),
        "check": [str(fault) for fault in check_place(data_folder(), "seoul").remarks if "'ko'" in fault.what],
        "faults": [str(fault) for fault in check_place(data_folder(), "seoul").faults],
    }
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
