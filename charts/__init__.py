"""A measure becomes a picture: a Vega-Lite spec made once per language, the rows it draws, and its description in
words.
"""

from charts.areas.locator import locator
from charts.areas.map_rows import map_rows
from charts.areas.map_specs import choropleth_spec, symbol_spec, tile_spec
from charts.areas.maps import pictures
from charts.areas.shapes import is_mapped, is_tiled, map_svg, tile_svg
from charts.beside.changes import change_spec, changes_picture
from charts.beside.comparison import compared, dot_spec
from charts.beside.contributions import contributions_picture
from charts.beside.funnel import funnel_plot
from charts.beside.funnel_spec import funnel_spec
from charts.beside.strips import Strip, strips_picture
from charts.descriptions import tile_order_words, verdict_counts
from charts.lines.base_years import bar_spec, same_months_picture
from charts.lines.layers import Around
from charts.lines.long_run import long_run_strip
from charts.lines.multiples import Multiple, multiples
from charts.lines.sparkline import Along, sparkline
from charts.lines.trend import trend_picture
from charts.lines.trend_spec import line_spec
from charts.picture import Picture
from charts.published.coverage import coverage_strip
from charts.published.register import announced
from charts.published.statement_spec import segment_spec
from charts.published.statement_tiles import statement_tiles
from charts.published.statements import levels, stated_changes
from charts.time_axis import NAMINGS
from language import LANGUAGES

__all__ = [
    "Along",
    "Around",
    "Multiple",
    "Picture",
    "Strip",
    "announced",
    "changes_picture",
    "compared",
    "contributions_picture",
    "coverage_strip",
    "funnel_plot",
    "is_mapped",
    "is_tiled",
    "levels",
    "locator",
    "long_run_strip",
    "map_rows",
    "map_svg",
    "multiples",
    "pictures",
    "same_months_picture",
    "sparkline",
    "stated_changes",
    "statement_tiles",
    "strips_picture",
    "tile_order_words",
    "tile_svg",
    "trend_picture",
    "verdict_counts",
    "warm_charts",
]


def warm_charts() -> None:
    """Make every spec once in every language, so that no reader waits for Altair to be imported."""
    for code in LANGUAGES:
        for naming in NAMINGS:
            line_spec(code, naming)
        choropleth_spec(code, "")
        symbol_spec(code, "")
        tile_spec(code, 7, 8)
        for naming in ("year", "month"):
            segment_spec(code, naming)
        bar_spec(code)
        change_spec(code)
        dot_spec(code)
        funnel_spec(code)
