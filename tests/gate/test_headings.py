"""Headings that are refused, in any spelling, and headings that only sound like them."""

from __future__ import annotations

import pytest

from loaders.gate.table_shape import period_like
from loaders.privacy import headings


@pytest.mark.parametrize(
    ("heading", "rule"),
    [
        ("name", "name"),
        ("NAME", "name"),
        ("Victim Name", "name"),
        ("first_name", "name"),
        ("nаme", "name"),
        ("姓名", "name"),
        ("嫌疑人姓名", "name"),
        ("XM", "name"),
        ("Suspect", "name"),
        ("ID", "identity"),
        ("id_card", "identity"),
        ("身份证号", "identity"),
        ("公民身份号码", "identity"),
        ("SFZH", "identity"),
        ("编号", "identity"),
        ("passport no", "identity"),
        ("plate", "plate"),
        ("Licence-Plate", "plate"),
        ("NumberPlate", "plate"),
        ("车牌号码", "plate"),
        ("HPHM", "plate"),
        ("phone", "phone"),
        ("Mobile Number", "phone"),
        ("phone number", "phone"),
        ("手机号", "phone"),
        ("联系电话", "phone"),
        ("e-mail", "email"),
        ("E_MAIL", "email"),
        ("电子邮箱", "email"),
        ("address", "address"),
        ("HomeAddress", "address"),
        ("家庭住址", "address"),
        ("案发地点", "address"),
        ("post code", "postcode"),
        ("PostCode", "postcode"),
        ("邮政编码", "postcode"),
        ("Case ID", "case"),
        ("CaseID", "case"),
        ("crime_reference", "case"),
        ("案件编号", "case"),
        ("AJBH", "case"),
        ("date of birth", "birth"),
        ("DateOfBirth", "birth"),
        ("DATE_OF_BIRTH", "birth"),
        ("dateofbirth", "birth"),
        ("DOB", "birth"),
        ("出生日期", "birth"),
        ("ｄａｔｅ　ｏｆ　ｂｉｒｔｈ", "birth"),
        ("n\u200bame", "name"),
    ],
)
def test_a_private_heading_is_refused_in_any_spelling(heading, rule):
    assert headings.refused(heading) == f"heading_{rule}"


@pytest.mark.parametrize(
    "heading",
    [
        "area",
        "borough_name",
        "BoroughName",
        "DistrictName",
        "district id",
        "agency",
        "service",
        "offences",
        "month",
        "template",
        "automobile thefts",
        "rate per 1,000",
        "辖区",
        "区名称",
        "地区编号",
        "单位名称",
        "罪名",
        "统计月份",
        "立案数",
        "MajorText",
        "BOCU",
        "victim_type",
        "road user type",
        "width",
        "population",
        "casualty_severity",
    ],
)
def test_an_ordinary_heading_is_not(heading):
    assert headings.refused(heading) == ""


@pytest.mark.parametrize(
    "heading", ["身份证办理量", "受害人数", "电话报警数", "phone calls total", "number of victims", "victim count"]
)
def test_a_heading_that_counts_private_things_is_no_private_heading(heading):
    assert headings.counts_things(heading)


@pytest.mark.parametrize("heading", ["phone number", "case number", "id number", "手机号", "姓名"])
def test_a_number_of_somebody_is_no_count(heading):
    assert not headings.counts_things(heading)


@pytest.mark.parametrize(
    "text",
    [
        "2024",
        "202401",
        "2024-01",
        "2024/1",
        "2024-Q1",
        "2024Q1",
        "2024年1月",
        "2024年",
        "1月",
        "Jan-24",
        "January 2024",
        "2023/24",
    ],
)
def test_a_period_is_known_in_both_languages(text):
    assert period_like(text)


@pytest.mark.parametrize("text", ["", "24", "3101", "2024-01-05", "Area", "20240105"])
def test_what_is_no_period_is_none(text):
    assert not period_like(text)
