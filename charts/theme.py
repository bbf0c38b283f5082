"""Colours, type and number formats of every chart."""

from __future__ import annotations

PAPER, PANEL, INK, MUTED, RULE = "#ffffff", "#f7f6f2", "#1d2a35", "#55626e", "#d5dbe0"
ACCENT, SECOND = "#0f5c7a", "#a4480b"
CONTEXT = "#b9c2c9"
CHOSEN = (ACCENT, SECOND, "#6b4c9a", "#2f7d4f", "#b0306a", "#7a6a0f")
SEQUENTIAL = ("#e6f0f0", "#b5d5d8", "#79b3bb", "#3b8796", "#0d5566")
# zero is a figure; the kinds of no figure differ in fill or in the letter that stands in the shape: (fill, letter, ink)
KINDS = {
    "zero": ("#ffffff", "0", MUTED),
    "withheld": ("#4a4a4a", "c", "#ffffff"),
    "not_published": ("#f0eee8", "x", MUTED),
    "not_yet_published": ("#f0eee8", "…", MUTED),
    "not_applicable": ("#d6d1c4", "z", INK),
    "no_such_area": ("#d6d1c4", "–", INK),
}
FONT = "Source Sans, 'Source Sans 3', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"

_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
_DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
LOCALES = {
    "en": {
        "number": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["£", ""], "minus": "−"},
        "time": {
            "dateTime": "%e %B %Y, %H:%M", "date": "%e %B %Y", "time": "%H:%M", "periods": ["am", "pm"], "days": _DAYS,
            "shortDays": [day[:3] for day in _DAYS], "months": _MONTHS, "shortMonths": [month[:3] for month in _MONTHS],
        },
    },
    "zh": {
        "number": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["¥", ""], "minus": "−"},
        "time": {
            "dateTime": "%Y年%-m月%-d日 %H:%M", "date": "%Y年%-m月%-d日", "time": "%H:%M", "periods": ["上午", "下午"],
            "days": ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"],
            "shortDays": ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
            "months": [f"{n}月" for n in range(1, 13)], "shortMonths": [f"{n}月" for n in range(1, 13)],
        },
    },
}  # fmt: skip
AXIS_NUMBER = {
    "en": "format(datum.value, ',~f')",
    "zh": "abs(datum.value) >= 1e8 ? format(datum.value / 1e8, ',~f') + '亿' : abs(datum.value) >= 1e4 ? format(datum.value / 1e4, ',~f') + '万' : format(datum.value, ',~f')",
}
AXIS_TIME = {"en": {"years": "%Y", "months": "%b %Y"}, "zh": {"years": "%Y年", "months": "%Y年%-m月"}}


def dressed(chart, code: str) -> dict:
    """An Altair chart in the house style and the reader's formats, as a spec without data."""
    styled = (
        chart.configure(font=FONT, background=PAPER, locale=LOCALES[code], aria=True)
        .configure_view(stroke=None)
        .configure_axis(
            domainColor=RULE, gridColor="#eceff1", tickColor=RULE, labelColor=MUTED, labelFontSize=12, labelPadding=6, title=None
        )
    )  # fmt: skip
    spec = styled.to_dict()
    spec["usermeta"] = {"embedOptions": {"renderer": "svg", "actions": False}}
    return spec
