"""What is the address of a page or an extract? Codes only, so that a link is the same article for everyone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
}
PICTURE_KINDS = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
PICTURE_SIZES = ("1200x630", "1200x675", "1080x1350", "600")  # pixels of a picture in its frame
CHART_WIDTHS = (1120, 725, 600, 358)  # pixels of a chart alone
WIDEST, NARROWEST = 1120, 300  # pixels of an embedded chart


@dataclass(frozen=True)
class Selection:
    """The rows of an extract, by their codes; of what is empty all. ``chosen``: single periods."""

    areas: Sequence[str] = ()
    categories: Sequence[str] = ()
    first: str = ""
    last: str = ""
    chosen: Sequence[str] = ()


def extract_address(place: str, dataset: str, form: str, release: str = "latest", rows: Selection = Selection()) -> str:
    """The stateless address of an extract, from the root of the site: /data/london/recorded_crime/latest.csv?area=…"""
    pairs = [("area", code) for code in rows.areas] + [("category", code) for code in rows.categories]
    pairs += [(name, value) for name, value in (("from", rows.first), ("to", rows.last)) if value]
    pairs += [("period", period) for period in rows.chosen]
    return f"/data/{place}/{dataset}/{release}.{form}" + (f"?{urlencode(pairs)}" if pairs else "")


def page_address(page: str, state: Mapping[str, str | Sequence[str]]) -> str:
    """The address of a page in a given state; the front page is '/'."""
    pairs = [
        (name, text) for name, value in state.items() for text in ([value] if isinstance(value, str) else value) if text
    ]
    return ("/" if page == "home" else f"/{page}") + (f"?{urlencode(pairs)}" if pairs else "")


def embed_address(page: str, block: str, state: Mapping[str, str | Sequence[str]]) -> str:
    """The address of a page's chart to be shown in a frame on somebody else's page."""
    return f"/embed/{page}/{block}" + _asked(page, state)


def picture_address(page: str, block: str, form: str, state: Mapping[str, str | Sequence[str]]) -> str:
    """The address of a page's chart as a picture: the state of its page behind the names of the page and the block."""
    return f"/picture/{page}/{block}.{form}" + _asked(page, state)


def _asked(page: str, state: Mapping[str, str | Sequence[str]]) -> str:
    """The state of a chart; which part of its figure is seen on the page is none of it."""
    return page_address(page, {**state, "show": ""}).removeprefix(page_address(page, {}))
