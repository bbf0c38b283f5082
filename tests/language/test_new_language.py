"""A language needs an entry in languages.toml, a catalogue and texts beside en and zh, and no line of code: Korean is added so to a
copy of the project, half written, and Hindi not even that."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from loaders.data_folder import PROJECT
from tests.conftest import copied

SETTINGS = """
[ko]
name = "한국어"
tag = "ko"
locale = "ko_KR"
letters = ["HANGUL"]
falls_back = ["en"]
site = "숫자로 보는 안전"
sentence_gap = " "
clause_join = "; "
list_join = ", "
unit_gap = ""
month = "y년 M월"
bare_month = "M월"
large = [[1e8, "억"], [1e4, "만"]]
per = { 1000 = "천", 100000 = "10만" }
grouped = true
alphabet = true
rolling_by_ends = false
quarters = ["1분기", "2분기", "3분기", "4분기"]
counts_with_unit = true
glyph = 13.0
particles = [["은(는)", "[ᆨ-ᇂ013678]$", "은", "는"], ["이(가)", "[ᆨ-ᇂ013678]$", "이", "가"]]

[ko.axis]
year = "%Y년"
half = ["%Y년 상반기", "%Y년 하반기"]
quarter = "%Y년 %q분기"
month = "%Y년 %-m월"
week = "%G년 %-V주"
year_of_week = "%G년"
year_to_date = "%Y년 1–%-m월"
"""
HINDI = {
    'name = "한국어"': 'name = "हिन्दी"',
    'tag = "ko"': 'tag = "hi"',
    "ko_KR": "hi_IN",
    "HANGUL": "DEVANAGARI",
    '[[1e8, "억"], [1e4, "만"]]': '[[1e7, " करोड़"], [1e5, " लाख"]]',
    'per = { 1000 = "천", 100000 = "10만" }': "per = {}",
}
CATALOGUE = """msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Map"
msgstr "지도"

msgid "No figure for: {areas}."
msgstr "{areas}은(는) 수치가 없습니다."

msgid "Some texts of this page are not translated yet; they are shown in {languages}."
msgstr "이 페이지의 일부 글은 아직 번역되지 않아 {languages}(으)로 표시됩니다."
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> dict:
    """What a copy of the project says with the two languages."""
    project = tmp_path_factory.mktemp("project")
    for path in PROJECT.iterdir():
        if path.name not in ("language", "data", ".git"):
            (project / path.name).symlink_to(path)
    shutil.copytree(PROJECT / "language", project / "language", ignore=shutil.ignore_patterns("__pycache__"))
    hindi = SETTINGS.replace("[ko", "[hi")
    for text, other in HINDI.items():
        hindi = hindi.replace(text, other)
    with (project / "language" / "languages.toml").open("a", encoding="utf-8") as file:
        file.write(SETTINGS + hindi)
    (project / "language" / "catalogues" / "ko.po").write_text(CATALOGUE, encoding="utf-8")
    data = copied(tmp_path_factory.mktemp("data"), built=True)
    data.change_place("seoul", 'zh = "钟路区"', 'zh = "钟路区", ko = "종로구"')
    measure = data.root / "measures" / "road_deaths.toml"
    text = measure.read_text(encoding="utf-8").replace(
        'zh = "道路交通事故死亡人数"', 'zh = "道路交通事故死亡人数", ko = "교통사고 사망자"'
    )
    measure.write_text(text + 'ko = "{area}에서 교통사고로 {value}명이 숨졌습니다"\n', encoding="utf-8")
    return _asked(project, data.root)


def _asked(project: Path, data: Path) -> dict:
    known = {"FIGURES_DATA": str(data), "PYTHONPATH": str(project), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "tests.language.new_language"]
    run = subprocess.run(command, cwd=project, env={**os.environ, **known}, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr[-2000:]
    return json.loads(run.stdout)


def test_a_language_that_is_added_is_offered_on_every_page(told):
    assert told["languages"][-2:] == ["ko", "hi"]
    for html in told["pages"].values():
        assert 'hreflang="ko"' in html and 'lang="hi"' in html and "숫자로 보는 안전" in html


def test_its_numbers_are_written_as_its_entry_says(told):
    assert told["numbers"]["ko"] == ["1,234,567", "712만", "14만", "1.2억", "천"]
    assert told["numbers"]["hi"] == ["12,34,567", "71.2 लाख", "1.4 लाख", "12 करोड़", "1,000"]


def test_a_particle_has_the_form_that_the_name_before_it_asks_for(told):
    expected = ["서울은", "종로구는", "강남은", "2013은", "2024는"]
    assert told["particles"] == [f"{name} 수치가 없습니다." for name in expected]


def test_a_browser_that_wishes_it_gets_it(told):
    assert told["wished"] == ["ko", "ko", "zh_hant", "en"]


def test_what_it_has_is_shown_and_what_it_lacks_falls_back_with_its_language(told):
    assert "교통사고 사망자" in told["pages"]["trends"] and "숨졌습니다" in told["pages"]["trends"]
    for name, html in told["pages"].items():
        fallen = set(re.findall(r'<span class="fallen" lang="([^"]*)">', html))
        assert fallen == {"en"}, name
        assert html.count("fallen-line") == 1 and "아직 번역되지 않아" in html, name
    assert re.search(r'<h1[^>]*><span class="fallen" lang="en">', told["pages"]["sources"])
    assert 'class="fallen" lang="en"' in told["shanghai"], "statements fall back, too"


def test_a_text_that_has_fallen_back_is_that_of_the_chain(told):
    assert told["chain"]["ko"] == told["chain"]["hi"] == "Theft" and told["chain"]["zh_hant"] == "盗窃"
    names = list(told["names"].values())
    assert (names[0]["ko"], names[1]["ko"]) == ("종로구", names[1]["en"])


def test_what_is_missing_is_listed_and_nothing_is_a_fault(told):
    assert told["faults"] == [] and told["missing"] > 1000
    assert any("seoul.toml" in remark for remark in told["check"]) and any(
        "road_deaths" in remark for remark in told["check"]
    )
