"""Says what a file is taken for and why, in English and Chinese, rule by rule, never with a value."""

from __future__ import annotations

from pathlib import Path

from loaders.cards.read_card import read_card
from loaders.cards.source_card import Release, SourceCard
from loaders.commands import DONE, FAILED, ORDER, WAITS
from loaders.contents.read import read_contents
from loaders.data_folder import data_folder
from loaders.draft.cards.source_card import card_of
from loaders.draft.tables.guess import twice_headed
from loaders.draft.tables.table import guess
from loaders.draft.tables.uncarded import read_tables
from loaders.errors import FaultyInput, SourceError
from loaders.formats.geometry import holds_boundaries, outlines
from loaders.formats.sheet import Unreadable
from loaders.formats.text_table import TextTable
from loaders.gate.admission import sheet_of
from loaders.gate.behind_table import behind_table
from loaders.gate.judge import PROSE, GateVerdict, judge_outlines, judge_table
from loaders.places.coordinates import axes_fault, misread_axes
from loaders.places.place import Place
from loaders.tables.column_roles import words_of
from loaders.tables.published_file import cut_of

BOUNDARIES = SourceCard.model_construct(kind="boundaries", releases=())
_EXITS = {"accept": DONE, "refuse": FAILED, "ask": WAITS}
_TAKEN = {
    "accept": ("an aggregate: accepted", "汇总数据，予以接受"),
    "prose": ("statements or areas, as its card says: accepted", "数据卡所述的表述或地区资料，予以接受"),
    "boundaries": ("boundaries of areas: accepted", "区域边界，予以接受"),
    "ask": ("unclear: a person must answer the questions below", "尚不明确，须由人回答下列问题"),
    "records": ("records of individuals: refused", "个人或个案记录，拒绝接受"),
    "refuse": ("no aggregate that can be read: refused", "不是可读取的汇总表，拒绝接受"),
}


def check_file(path: Path, card_path: Path | None) -> int:
    """Print what a file is taken for; the exit status. What breaks on the way is a refusal, said without a cell."""
    try:
        card = read_card(card_path.resolve(), licensed=False) if card_path else None
        if card is None and holds_boundaries(path):
            return _judged_boundaries(path)
        tables = (
            [cut_of(path, words_of(card, _release_of(card, path))).table]
            if card and card.kind not in PROSE
            else read_tables(path)
        )
        codes = [_judged(path, table, card) for table in tables]
        codes += [_judged_shapes(path)] if card and card.kind == "boundaries" else []
        judged = (sheet_of(card, _release_of(card, path)),) if card else None
        return max([*codes, _judged_behind(path, judged)], key=ORDER.index)
    except Unreadable as error:
        print(f"{path.name}: cannot be read as a table: {error}. Refused.\n{path.name}：无法按表格读取，拒绝接受。")
    except FaultyInput as error:
        print(f"{error}\n数据卡无法使用，拒绝接受。")
    except OSError as error:
        print(f"{error.filename or path}: {error.strerror}. Refused.\n{error.filename or path}：无法打开，拒绝接受。")
    except Exception:
        print(f"{path.name}: cannot be judged. Refused.\n{path.name}：无法判断，拒绝接受。")
        raise
    return FAILED


def _judged_boundaries(path: Path) -> int:
    """Of boundaries the shapes, the texts beside them in every layer, and whether the coordinates can be degrees."""
    code = max((_judged(path, table, BOUNDARIES) for table in read_tables(path)), key=ORDER.index)
    code = max(code, _judged_shapes(path), _judged_behind(path, ()), key=ORDER.index)
    frame = outlines(path)
    misread = misread_axes(frame)
    if misread:
        print(f"  - {axes_fault(frame, path.name, misread)}\n    坐标不是经度、纬度，请在数据卡的 [geometry] 中注明")
    return max(code, WAITS if misread else DONE, key=ORDER.index)


def _judged_shapes(path: Path) -> int:
    """Print what the shapes of a file of boundaries are taken for where they are refused."""
    verdict = judge_outlines(path)
    for finding in verdict.findings:
        print(f"{path.name}: {_TAKEN['records'][0]}.\n  - {finding.rule.name}: {finding.say('en')}")
        print(f"{path.name}：{_TAKEN['records'][1]}。\n    {finding.say('zh')}")
    return _EXITS[verdict.decision]


def _judged(path: Path, table: TextTable, card: SourceCard | None) -> int:
    verdict = (
        judge_table(table, card, _release_of(card, path), _place_of(card))
        if card and card is not BOUNDARIES
        else judge_table(table, card)
    )
    print(report(table, verdict, card))
    if card is None and verdict.decision != "refuse":
        guessed = guess(table)
        if faults := twice_headed(path.name, guessed):
            print(SourceError(path.name, faults), "同一列名出现两次，请向发布机构查明，拒绝接受。", sep="\n")
            return FAILED
        print(card_of(path, guessed, verdict))
    return _EXITS[verdict.decision]


def _judged_behind(path: Path, judged: tuple | None) -> int:
    """Print what stands behind the tables: what is refused, and what is hidden and harmless."""
    behind = behind_table(path, judged)
    for part in behind.refused:
        print(f"{path.name}, {part.where}: taken for {_TAKEN['records'][0]}.\n{path.name}：{_TAKEN['records'][1]}。")
        print(*(f"  - {match.rule.name}: {match.say('en')}\n    {match.say('zh')}" for match in part.matches), sep="\n")
    for hidden in behind.hidden:
        print(f"{path.name}: {hidden.say('en')}.\n{path.name}：{hidden.say('zh')}。")
    return FAILED if behind.refused else DONE


def report(table: TextTable, verdict: GateVerdict, card: SourceCard | None = None) -> str:
    """What the table is taken for and why, rule by rule, in both languages."""
    boundaries = card is BOUNDARIES and verdict.decision == "accept"
    statements = card is not None and card.kind in PROSE and verdict.decision == "accept"
    english, chinese = _TAKEN[
        "records"
        if verdict.about_people
        else "boundaries"
        if boundaries
        else "prose"
        if statements
        else verdict.decision
    ]
    lines = [f"{table.name}: taken for {english}.", f"{table.name}：{chinese}。"]
    for finding in verdict.findings:
        lines += [f"  - {finding.rule.name}: {finding.say('en')}", f"    {finding.say('zh')}"]
        if finding.rule.decision == "ask":
            lines.append(f'    if so / 如是: gate_answers = ["{finding.rule.name}"]')
    if statements:
        lines += [
            "  - only the values of such a file are looked at; none is private",
            "    此类文件只检查内容，未发现涉及个人的内容",
        ]
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
    return read_contents(data_folder()).places.get(card.place)
