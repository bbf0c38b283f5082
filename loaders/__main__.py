"""``python -m loaders check FILE [CARD]``: what is this file taken for, and why? In English and Chinese, never with a value.

``python -m loaders refresh [PLACE|DATASET]`` stands in ``refresh.py``.
``python -m loaders check PLACE`` names everything that is missing or does not fit in a place; ``python -m loaders new PLACE FILE…``
drafts a place and its cards from published files; ``python -m loaders adopt FILE FOLDER`` takes up a file that this site gave.

Ends with 0 when the file is accepted as an aggregate, 1 when it is refused, 2 when a person must answer a question first.
"""

from __future__ import annotations

import sys
from pathlib import Path

from loaders.cards import Release, SourceCard, find_cards, read_card
from loaders.columns import TextTable
from loaders.draft import draft
from loaders.drafts.uncarded import read_tables
from loaders.errors import FaultyInput
from loaders.exported import adopt
from loaders.files import cut_of
from loaders.folders import data_folder
from loaders.formats import Unreadable
from loaders.gate import PROSE, Verdict, judge
from loaders.lint import check_place
from loaders.lint_together import together
from loaders.new_place import new_place
from loaders.places import Place, read_places
from loaders.roles import words_of

_EXITS = {"accept": 0, "refuse": 1, "ask": 2}
_TAKEN = {
    "accept": ("an aggregate: accepted", "汇总数据，予以接受"),
    "prose": ("statements or areas, as its card says: accepted", "数据卡所述的表述或地区资料，予以接受"),
    "ask": ("unclear: a person must answer the questions below", "尚不明确，须由人回答下列问题"),
    "records": ("records of individuals: refused", "个人或个案记录，拒绝接受"),
    "refuse": ("no aggregate that can be read: refused", "不是可读取的汇总表，拒绝接受"),
}
USAGE = (
    "usage: python -m loaders check FILE [CARD] | check PLACE | new PLACE FILE… | adopt FILE FOLDER | refresh [PLACE|DATASET] [--dry-run]\n"
    "用法：python -m loaders check 文件 [数据卡] | check 地点 | new 地点 文件… | adopt 文件 文件夹 | refresh [地点|数据集] [--dry-run]"
)


def main(arguments: list[str]) -> int:
    """Run the command; returns the exit status."""
    root = data_folder()
    if arguments[:1] == ["refresh"]:
        from loaders.refresh import main as refresh  # asks publishers over the network: of no use to the other commands

        return refresh(arguments[1:])
    if len(arguments) >= 3 and arguments[0] == "new":
        return _new(arguments[1], [Path(one) for one in arguments[2:]])
    if len(arguments) == 3 and arguments[0] == "adopt":
        return _adopt(Path(arguments[1]), Path(arguments[2]))
    if len(arguments) == 2 and arguments[0] == "check" and (root / "places" / f"{arguments[1]}.toml").exists():
        return _lint(arguments[1])
    return _judge(arguments)


def _judge(arguments: list[str]) -> int:
    """What is one file taken for?"""
    if len(arguments) not in (2, 3) or arguments[0] != "check":
        print(USAGE, file=sys.stderr)
        return 1
    path = Path(arguments[1])
    try:
        card = read_card(Path(arguments[2]).resolve()) if len(arguments) == 3 else None
        tables = [cut_of(path, words_of(card, _release_of(card, path))).table] if card and card.kind not in PROSE else read_tables(path)
    except Unreadable as error:
        print(f"{path.name}: cannot be read as a table: {error}. Refused.\n{path.name}：无法按表格读取，拒绝接受。")
        return 1
    except (FaultyInput, OSError) as error:
        print(f"{error if isinstance(error, FaultyInput) else 'the card cannot be read'}\n数据卡无法使用，拒绝接受。")
        return 1
    return max((_EXITS[one] for one in _check(path, tables, card)), key=(0, 2, 1).index)


def _lint(name: str) -> int:
    """Print what is to be mended and what is to be looked at; 1 when something must be mended."""
    found = check_place(data_folder(), name)
    faults, remarks = together(found.faults), together(found.remarks)
    for word, those in (("mend", faults), ("look", remarks)):
        for one in those:
            print(f"{word}: {one}")
    added = f" {found.totals} totals of the publishers were added up again." if found.totals else ""
    print(f"{name}: {len(faults)} to mend, {len(remarks)} to look at.{added}")
    return 1 if found.faults else 0


def _new(name: str, files: list[Path]) -> int:
    """Draft a place and its cards; 1 when a file was refused or something is there already."""
    try:
        for line in new_place(data_folder(), name, files):
            print(line)
    except (FaultyInput, Unreadable, FileExistsError) as error:
        print(f"{error}\nNothing was written. 未写入任何文件。", file=sys.stderr)
        return 1
    return 0


def _adopt(file: Path, folder: Path) -> int:
    """Write the card of an exported file; 1 when it does not say how it is to be read, or a card is there already."""
    try:
        print(f"written: {adopt(file, folder)}")
    except (FaultyInput, Unreadable, FileExistsError) as error:
        print(f"{error}\nNothing was written. 未写入任何文件。", file=sys.stderr)
        return 1
    return 0


def _check(path: Path, tables: list[TextTable], card: SourceCard | None) -> list[str]:
    decisions = []
    for table in tables:
        release = _release_of(card, path) if card else None
        verdict = judge(table, card, release, _place_of(card) if card else None)
        print(report(table, verdict, card))
        if card is None and verdict.decision != "refuse":
            print(draft(path, table, verdict))
        decisions.append(verdict.decision)
    return decisions


def report(table: TextTable, verdict: Verdict, card: SourceCard | None = None) -> str:
    """What the table is taken for and why, rule by rule, in both languages."""
    statements = card is not None and card.kind in PROSE and verdict.decision == "accept"
    english, chinese = _TAKEN["records" if verdict.about_people else "prose" if statements else verdict.decision]
    lines = [f"{table.name}: taken for {english}.", f"{table.name}：{chinese}。"]
    for finding in verdict.findings:
        lines += [f"  - {finding.rule.name}: {finding.say('en')}", f"    {finding.say('zh')}"]
        if finding.rule.decision == "ask":
            lines.append(f'    if so / 如是: gate_answers = ["{finding.rule.name}"]')
    if statements:
        lines += ["  - only the values of such a file are looked at; none is private", "    此类文件只检查内容，未发现涉及个人的内容"]
    elif not verdict.findings:
        lines += [
            "  - no rule of the gate is met; every row has its own key and something is counted",
            "    未触及任何规则：每行的键各不相同，且有计数列",
        ]
    return "\n".join(lines)


def _release_of(card: SourceCard, path: Path) -> Release:
    return next((release for release in card.releases if release.file == path.name), card.latest)


def _place_of(card: SourceCard) -> Place | None:
    """The place that the card names, when the data folder has it: its list of areas tells areas from other keys."""
    root = data_folder()
    try:
        cards = {one.name: one for one in map(read_card, find_cards(root))}
        return read_places(root, cards, {}).get(card.place)
    except FaultyInput:
        return None


def run() -> int:
    """``main``, failing closed: whatever breaks is a refusal, said without the cell that broke it."""
    try:
        return main(sys.argv[1:])
    except Exception as error:
        print(f"the file cannot be judged ({type(error).__name__}). Refused.\n无法判断该文件，拒绝接受。", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(run())
