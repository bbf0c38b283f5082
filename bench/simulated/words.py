"""What the files of a simulated place say: its place, its measure and the heads of its cards."""

from __future__ import annotations

_WORDS = '{ en = "Simulated for measuring.", zh = "仅供测量的模拟数据。" }'
PLACE = f"""name = {{ en = "Simulated place", zh = "模拟地点" }}
intro = {_WORDS}
country = {{ en = "Nowhere", zh = "无此国家" }}
default = true
area_word = {{ en = "area", en_plural = "areas", zh = "区" }}
code = "whole"
whole = {{ en = "Simulated place", zh = "模拟地点" }}
unallocated = []
boundaries = ""
areas_from = ""
measures = ["simulated_counts"]
"""
MEASURE = f"""name = "simulated_counts"
domain = "crime"
kind = "count"
dataset = "counts"
variable = "counts"
title = {{ en = "Simulated counts", zh = "模拟计数" }}
what = {_WORDS}
why = {_WORDS}
cannot_tell = [ {_WORDS} ]
lower_is_better = ""
grains = ["place", "area", "category", "month"]
views = ["count", "rate", "rolling", "rolling_rate", "adjusted", "index"]
rate = {{ dataset = "residents", variable = "residents", per = 1000, oldest_months = 24 }}
default_category = "all"
home_categories = ["all", "group_01"]
written_by = "Safety in Figures"
next_review = "2099-01"
said = {{ en = "{{value}} simulated cases{{per}} in {{area}}", zh = "{{area}}{{per}}模拟计数{{value}}起" }}
"""


def card(name: str, frequency: str, layout: str, unit: str, absent: str = "error") -> str:
    """The card of a dataset without its releases."""
    return f"""name = "{name}"
kind = "observations"
title = {{ en = "Simulated {name}", zh = "模拟数据" }}
description = {_WORDS}
coverage = {_WORDS}
publisher = {{ en = "Nobody", zh = "无", url = "" }}
licenses = [ {{ name = "CC0-1.0", title = {{ en = "Free", zh = "自由使用" }}, url = "" }} ]
accessed = "2026-01"
disclosure = "as_published"
place = "simulated"
frequency = "{frequency}"
next_update = {_WORDS}
stale_after_months = 999
ended = true
absent_rows = "{absent}"
provisional_periods = {3 if frequency == "month" else 0}
[table]
layout = "{layout}"
[variables.{name}]
column = "{"" if layout == "wide" else name}"
unit = {{ code = "{unit}", en = "{unit}s", zh = "起" }}
label = {{ en = "Simulated {name}", zh = "模拟数据" }}
whole = true
"""
