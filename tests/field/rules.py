"""What the cases share: how one is registered, and the few ways in which a file is right, asked about or refused."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.field.program import Done, Figure, Program

OPEN: dict[str, str] = {
    entry["id"]: entry["why"]
    for entry in tomllib.loads((Path(__file__).parent / "open.toml").read_text(encoding="utf-8"))["open"]
}
RULES: list[Rule] = []
_USUAL = ("drafted:", "Now:")  # lines that repeat a file's name and say nothing of what is in it


@dataclass(frozen=True)
class Rule:
    """One case: what must hold of a file that its function writes. It fails with AssertionError only."""

    number: int
    function: Callable[[Program], None]

    @property
    def id(self) -> str:
        return f"{self.number:02d}/{self.function.__name__}"


def rules_of(number: int) -> Callable:
    """The decorator of a class's cases."""

    def register(function):
        RULES.append(Rule(number, function))
        return function

    return register


def read(program: Program, *files: Path, place: str = "mill", options: tuple[str, ...] = ()) -> list[Figure]:
    """The files are drafted without a hand, ``new`` ends with 0, and the addresses serve their figures."""
    done = program.new(*files, place=place, options=options)
    assert done.code == 0, done.said
    figures = program.figures(place)
    assert figures, f"nothing can be read of what `new` drafted:\n{done.said}\n{program.check(place).said}"
    return figures


def nth(number: int) -> str:
    """A name for each of several places of one case."""
    return f"mill_{'abcdefghijklmnop'[number]}"


def areas_of(program: Program, place: str = "mill") -> set[str]:
    return {area["name"]["en"] for area in program.place(place).get("areas", [])}


def unallocated_of(program: Program, place: str = "mill") -> set[str]:
    return {area["name"]["en"] for area in program.place(place).get("unallocated", [])}


def periods_of(figures: list[Figure]) -> set[str]:
    return {figure.period for figure in figures}


def the(figures: list[Figure], area: str, period: str, thing: str = "") -> Figure:
    """The figure of an area (``area`` as published), a period, and a kind or variable where the table has several."""
    mine = [
        figure
        for figure in figures
        if figure.area == area and figure.period == period and (not thing or thing in figure.thing)
    ]
    kinds = [figure for figure in mine if figure.row.get("category_code") not in ("", "all")]
    mine = kinds if thing in {kind for figure in kinds for kind in figure.thing} or (not thing and kinds) else mine
    assert len(mine) == 1, (
        f"expected one figure of {area}, {period}, {thing or 'all'}: found {len(mine)} among {sorted({figure.area for figure in figures})}, {sorted(periods_of(figures))}"
    )
    return mine[0]


def says(figures: list[Figure], *cells: tuple) -> None:
    """Each cell ``(area, period, value[, thing[, status]])`` stands as it was published."""
    for area, period, value, *rest in cells:
        figure = the(figures, area, period, rest[0] if rest else "")
        assert figure.value == value or (
            value is not None and figure.value is not None and abs(figure.value - value) < 1e-9 * max(1, abs(value))
        ), f"{area}, {period}: expected {value}, found {figure.value}"
        if len(rest) > 1:
            assert figure.status == rest[1], f"{area}, {period}: expected status {rest[1]!r}, found {figure.status!r}"


def refused(program: Program, file: Path, *words: str) -> str:
    """``check FILE`` and ``new`` both refuse it for a cause that is named, and nothing is copied."""
    judged, drafted = program.check(file), program.new(file)
    assert judged.code == 1, judged.said
    assert drafted.code != 0, drafted.said
    assert not program.cards(), "something of it was copied"
    both = judged.said + drafted.said
    assert "Error)" not in both, both
    for word in words:
        assert word.casefold() in drafted.said.casefold(), f"{word!r} is not named:\n{drafted.said}"
    return both


def asked(program: Program, *files: Path, about: tuple[str, ...], beside: str = "") -> None:
    """``new`` ends with another word than 0 and one of its lines, or of its questions, holds what is doubtful as it stands."""
    done = program.new(*files)
    assert done.code != 0, f"nothing is asked:\n{done.said}"
    assert "Error)" not in done.said, done.said
    for word in about:
        assert word in done.said, f"{word!r} is not named:\n{done.said}"
    assert beside.casefold() in done.said.casefold(), done.said


def remarked(program: Program, *files: Path, about: tuple[str, ...], beside: tuple[str, ...] = ("",)) -> None:
    """``new`` asks, or it drafts and it or ``check PLACE`` has a line that holds all words of ``about`` and one of ``beside``."""
    done = program.new(*files)
    both = Done(0, f"{done.said}\n{'' if done.code else program.check('mill').said}")
    lines = [
        line
        for line in both.lines_with(*about)
        if any(word in line.casefold() for word in beside) and not line.startswith(_USUAL)
    ]
    assert lines, f"no line names {about} with any of {beside}:\n{both.said}"


def unanswered(program: Program, *files: Path, about: tuple[str, ...], place: str = "mill") -> None:
    """What ``new`` asks, ``check PLACE`` asks again, and nothing of the table is shown meanwhile."""
    done = program.new(*files, place=place)
    assert done.code != 0, f"nothing is asked:\n{done.said}"
    assert "Error)" not in done.said, done.said
    lint = program.check(place)
    for name, said in (("new", done), ("check PLACE", lint)):
        assert said.lines_with(*about), f"`{name}` has no line with all of {about}:\n{said.said}"
    assert program.build().code != 0
    assert program.figures(place) == [], "the figures are shown as if they were known"
