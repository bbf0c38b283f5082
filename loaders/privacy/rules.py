"""The rules by which the gate refuses a table or asks about it, with their words in both languages, in its order.

``{column}`` is the heading, or the column's number where the heading itself may be a value.
No text has room for a value.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """A rule: ``refuse`` ends the matter, ``ask`` is answered by its name in ``gate_answers`` of the card."""

    name: str
    decision: str
    en: str
    zh: str


@dataclass(frozen=True)
class RuleMatch:
    """One rule that one column (or the table, with ``column`` empty) meets."""

    rule: Rule
    column: str = ""

    def say(self, language: str) -> str:
        """The finding as one sentence. It names the column and the rule, never a value."""
        return getattr(self.rule, language).replace("{column}", self.column)


def _heading(name: str, en: str, zh: str) -> Rule:
    english, chinese = f"the heading {{column}} speaks of {en}", f"{{column}}的列名涉及{zh}"
    return Rule(f"heading_{name}", "refuse", english, chinese)


def _value(name: str, en: str, zh: str) -> Rule:
    return Rule(
        f"value_{name}", "refuse", f"{{column}} holds values that look like {en}", f"{{column}}含有疑似{zh}的内容"
    )


def _ask(name: str, en: str, zh: str) -> Rule:
    return Rule(name, "ask", en, zh)


_ALL = (
    Rule(
        "unreadable",
        "refuse",
        "the file cannot be read as a table with one heading row",
        "该文件无法按“一行表头的表格”读取",
    ),
    Rule(
        "undeclared_column",
        "refuse",
        "the card does not declare {column}",
        "数据卡未声明{column}",
    ),
    Rule(
        "closed_part",
        "refuse",
        "{column} cannot be looked into: it may hold records",
        "无法检查{column}，其中可能含有个案记录",
    ),
    Rule("no_heading_row", "refuse", "the first row looks like data, not like headings", "首行疑似数据而非列名"),
    _heading("name", "a person", "个人姓名或身份角色"),
    _heading("identity", "a person's number or papers", "个人证件或编号"),
    _heading("plate", "a vehicle's plate", "车牌或车辆标识"),
    _heading("phone", "a telephone", "电话号码"),
    _heading("email", "an e-mail address", "电子邮箱"),
    _heading("address", "an address", "具体地址"),
    _heading("postcode", "a postcode", "邮政编码"),
    _heading("case", "the number of a single case", "单个案件编号"),
    _heading("birth", "a date of birth", "出生日期"),
    _heading("coordinates", "the position of single events", "单个事件的坐标"),
    _value("identity", "identity numbers", "身份证件号码"),
    _value("plate", "vehicle plates", "车牌号码"),
    _value("phone", "mobile numbers", "手机号码"),
    _value("email", "e-mail addresses", "电子邮箱地址"),
    _value("hash", "hashes or other keys of single persons, devices or events", "散列值或个人、设备、事件的唯一标识"),
    _value("timestamp", "moments with a time of day", "带有时刻的时间"),
    Rule(
        "positions",
        "refuse",
        "the file holds points, as single persons or events have; boundaries of areas are polygons",
        "文件含有点位，疑似个人或事件的位置；区域边界应为多边形",
    ),
    Rule("no_count", "refuse", "no column counts anything", "没有任何计数列"),
    Rule(
        "repeated_keys",
        "refuse",
        "several rows have the same key; an aggregate has one row for each",
        "多行的键相同；汇总表中每个键只应有一行",
    ),
    Rule(
        "distinct_key",
        "refuse",
        "over half of the cells of {column} differ from one another",
        "{column}过半数的值互不相同",
    ),
    Rule(
        "records_of_ones",
        "refuse",
        "nearly every count is 1 and most combinations have no row",
        "几乎所有计数均为1，且大多数组合没有对应的行",
    ),
    Rule(
        "dated_records",
        "refuse",
        "{column} is different in every row and each row has a day: one row for each person or event",
        "{column}每行各不相同，且每行都有日期：疑似一人一行或一事一行",
    ),
    _ask(
        "unique_row_key",
        "{column} is different in every row: does it name areas or categories, not persons or events?",
        "{column}每行各不相同：它是地区或类别，而不是个人或事件吗？",
    ),
    _ask(
        "coordinate_columns",
        "{column} looks like coordinates: are they those of areas, not of persons or events?",
        "{column}疑似坐标：是地区的坐标，而不是个人或事件的坐标吗？",
    ),
    _ask(
        "age_or_sex",
        "{column} speaks of age or sex: is each row a count of many people?",
        "{column}涉及年龄或性别：每一行都是多人的汇总计数吗？",
    ),
    _ask(
        "mostly_ones",
        "nearly every count is 1: are these counts, not single events?",
        "几乎所有计数均为1：这些是计数，而不是单个事件吗？",
    ),
    _ask(
        "count_column",
        "{column} is a whole number, but no heading says what is counted and most combinations have no row: "
        "is it a count?",
        "{column}为整数，但列名未说明所计为何，且大多数组合没有对应的行：它是计数吗？",
    ),
    _ask(
        "name_values",
        "{column} holds texts that look like Chinese names of persons: are they those of areas or categories?",
        "{column}含有形似人名的内容：是地区或类别的名称吗？",
    ),
    _ask(
        "address_values",
        "{column} holds values that look like addresses or postcodes: are they those of public places?",
        "{column}含有疑似门牌地址或邮编的内容：是公共场所的吗？",
    ),
    _ask(
        "large_numbers",
        "{column} holds numbers that could be telephone numbers: are they figures?",
        "{column}含有形似电话号码的大数：它们是统计数值吗？",
    ),
)

RULES = {rule.name: rule for rule in _ALL}
ORDER = list(RULES)
QUESTIONS = tuple(rule.name for rule in _ALL if rule.decision == "ask")
