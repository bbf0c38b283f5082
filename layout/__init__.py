"""What every page shares: the reader, the controls, the figures as tables, the sources at the foot."""

from layout.answer import show_answer
from layout.blocks import calm, heading, lead, note, paragraph, picture, remarks
from layout.cards import glance
from layout.catalogue import datasets_of, definitions, describe_dataset, measures_of  # fmt: skip
from layout.choices import choose_area, choose_category, choose_measure
from layout.claims import (
    ask_claims,
    changes_over_time,
    claims_counted,
    claims_elsewhere,
    claims_file,
    claims_of_place,
    measures_behind,
    one_claim,
    show_claims,
)  # fmt: skip
from layout.comparable import comparable_notes
from layout.compare import ask_comparison, comparable_measures
from layout.compared import (
    change_between,
    comparison_file,
    comparison_notes,
    comparison_table,
    comparison_title,
    comparison_unit,
    nearest_state,
    side_by_side,
)  # fmt: skip
from layout.coverage import ask_grid, coverage_legend, coverage_table, grid_head, grid_title, how_to_add, years_grid
from layout.district import district_statements, figures_of, groups_table, missing_notes, small_charts, three_sentences
from layout.extracts import ask_extract, dictionary, for_programs, show_address
from layout.foot import foot
from layout.frame import announce
from layout.funnel import funnel
from layout.glossary import glossary, terms, terms_of_cards
from layout.headline import ask_headline, examples, headline_elsewhere, headline_measures
from layout.headline_checked import headline_file, show_headline
from layout.links import traceable
from layout.mapping import (
    ask_map,
    class_sentences,
    geometry_of,
    go_to_district,
    has_map,
    map_file,
    map_legend,
    map_subtitle,
    map_title,
    pick_area,
    short_names,
)  # fmt: skip
from layout.methods import corrections, describe_measure, methods, statuses
from layout.missing import missing
from layout.online import online_measure, online_query, online_statements, quarters_table, services_table
from layout.origin import (
    arithmetic,
    ask_origin,
    cells_table,
    origin_figure,
    origin_links,
    origin_title,
    parts_table,
    steps,
)
from layout.privacy import about_readers, explained, protected_details, safety_table
from layout.reader import reader
from layout.register import (
    ask_systems,
    datasets_behind,
    how_many,
    measured_legend,
    no_register,
    one_system,
    reading_notes,
    register_file,
    register_of,
    show_systems,
    years_table,
)  # fmt: skip
from layout.revised import band_of, first_published, fresh_notes, release_words
from layout.say import is_it_real, quotable, quote, quote_figures, say_change
from layout.season import method_words, month_on_month, raw_of
from layout.series import ask_series, file_of, names_of, series_notes, subtitle_of, title_of
from layout.similar import similar_note
from layout.statements import statements_on_map, statements_over_time
from layout.tables import map_table, series_table

__all__ = [
    "about_readers", "announce", "arithmetic", "ask_claims", "ask_comparison", "ask_extract", "ask_grid", "ask_headline", "ask_map", "ask_origin", "ask_series",
    "ask_systems", "band_of", "calm", "cells_table", "change_between", "changes_over_time", "choose_area", "choose_category", "choose_measure",
    "claims_counted", "claims_elsewhere", "claims_file", "claims_of_place", "class_sentences", "comparable_measures", "comparable_notes",
    "comparison_file", "comparison_notes", "comparison_table", "comparison_title", "comparison_unit", "corrections", "coverage_legend",
    "coverage_table", "datasets_behind", "datasets_of", "definitions", "describe_dataset", "describe_measure", "dictionary",
    "district_statements", "examples", "explained", "figures_of", "file_of", "first_published", "foot", "for_programs", "fresh_notes", "funnel",
    "geometry_of", "glance", "glossary", "go_to_district", "grid_head", "grid_title", "groups_table", "has_map", "heading",
    "headline_elsewhere", "headline_file", "headline_measures", "how_many", "how_to_add", "is_it_real", "lead", "map_file", "map_legend",
    "map_subtitle", "map_table", "map_title", "measured_legend", "measures_behind", "measures_of", "method_words", "methods", "missing",
    "missing_notes",
    "month_on_month", "names_of", "nearest_state", "no_register", "note", "one_claim", "one_system", "online_measure", "online_query",
    "online_statements", "origin_figure", "origin_links", "origin_title", "paragraph", "parts_table", "pick_area", "picture",
    "protected_details", "quarters_table", "quotable", "quote", "quote_figures", "raw_of", "reader", "reading_notes", "register_file",
    "register_of", "release_words", "remarks", "safety_table", "say_change", "series_notes", "series_table", "services_table", "short_names",
    "show_address", "show_answer", "show_claims", "show_headline", "show_systems", "side_by_side", "similar_note", "small_charts",
    "statements_on_map", "statements_over_time", "statuses", "steps", "subtitle_of", "terms", "terms_of_cards", "three_sentences", "title_of",
    "traceable", "years_grid", "years_table",
]  # fmt: skip
