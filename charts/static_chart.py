"""A chart alone as SVG, drawn without a browser; nothing is fetched."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import pyarrow as pa

from charts.picture import Picture

VEGA_LITE = "6.1"  # what Altair writes
_ROOT = re.compile(r"<svg\b[^>]*>")
_SIZE = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')


def static_chart(
    picture: Picture, space: tuple[float, float], narrowest: float, files: Mapping[str, str]
) -> tuple[str, float, float]:
    """The chart alone as SVG, without a size of its own, and its width and height. Where it may be higher than it is
    drawn on a page it is drawn larger, and as much narrower.
    """
    import vl_convert

    (room, free), spec = space, picture.drawn()
    natural = spec["height"] if isinstance(spec.get("height"), int | float) else 340
    larger = min(max(free / (natural + 40), 1.0), max(room / narrowest, 1.0)) if free else 1.0
    rows = {name: _rows(table) for name, table in spec["datasets"].items()}
    static = _with_files({**spec, "width": round(room / larger), "datasets": rows}, files)
    svg = vl_convert.vegalite_to_svg(json.dumps(static, allow_nan=False), vl_version=VEGA_LITE)
    across, down = map(float, _SIZE.search(svg).groups())
    return _ROOT.sub(f'<svg viewBox="0 0 {across:g} {down:g}">', svg, count=1), across, down


def _rows(table: pa.Table) -> list[dict]:
    """Rows as JSON has them; a number that is none is null, and nothing leads anywhere."""
    bare = table.drop_columns([name for name in ("href",) if name in table.column_names])
    return [
        {name: None if isinstance(value, float) and value != value else value for name, value in row.items()}
        for row in bare.to_pylist()
    ]


def _with_files(spec, files: Mapping[str, str]):
    """The spec with what it names by address; nothing is ever fetched. Raises KeyError for an address without a
    file."""
    if isinstance(spec, dict):
        if "url" in spec and "format" in spec:
            return {"values": json.loads(files[spec["url"]]), "format": spec["format"]}
        return {name: _with_files(value, files) for name, value in spec.items()}
    return [_with_files(value, files) for value in spec] if isinstance(spec, list) else spec
