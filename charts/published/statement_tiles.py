"""Which districts has something been stated of? A tile for each, with the newest statement."""

from __future__ import annotations

import numpy as np
import pandas as pd

from charts import theme
from charts.areas.map_specs import tile_spec, tiles_of
from charts.picture import Picture
from charts.published.statement_words import figure_words, statement_span_words
from language import Translator
from loaders.places.place import Area, Place
from measures.claims.collection import Statements


def statement_tiles(made: Statements, place: Place, chosen: str, say: Translator) -> Picture:
    """Exactly what has been published for each district on one indicator, the newest statement of each; nothing
    elsewhere.
    """
    table = made.table[made.table["area"] != place.code]
    newest = {row["area"]: row for row in table.sort_values(["end", "start"]).to_dict("records")}
    spots = tiles_of(place)
    rows = [
        _tile(area, spots[area.code], newest.get(area.code), chosen, say) for area in place.areas if area.code in spots
    ]
    told = [
        say("{who}, {when}: {what}", who=row["name"], when=row["mark"], what=row["what"]) for row in rows if row["what"]
    ]
    head = say(
        "Tile map. {title}: published for {count} of {total} areas.",
        title=say.pick(made.indicator.name),
        count=len(told),
        total=len(rows),
    )
    return Picture(
        tile_spec(say.code, *(max(row[name] for row in rows) + 1 for name in ("row", "col"))),
        {"rows": pd.DataFrame(rows)},
        say.sentences([head, say.clauses(told)]),
    )


def _tile(area: Area, spot: tuple[int, int], row: dict | None, chosen: str, say: Translator) -> dict:
    figure = ""
    fill, letter, ink = (theme.SEQUENTIAL[1], "", theme.INK) if row else theme.KINDS["not_published"]
    if row:
        numbered = np.isfinite(row["number"])
        figure = (
            figure_words(row["number"], row[f"unit_{say.code}"], row["kind"], say, row["bound"])
            if numbered
            else row.get(f"value_{say.code}") or "—"
        )
    return {
        "id": area.code,
        "name": say.pick(area.name),
        "short": say.pick(area.short or area.name),
        "row": spot[0],
        "col": spot[1],
        "fill": fill,
        "ink": ink,
        "what": figure,
        "letter": letter,
        "mark": statement_span_words(row["period_start"], row["period_end"], say) if row else say("not published"),
        "size": 0.0,
        "line": theme.INK if area.code == chosen else theme.MUTED,
        "wide": 3.0 if area.code == chosen else 0.6,
    }
