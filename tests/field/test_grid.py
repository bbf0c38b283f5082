"""Every file of the grid is read back equal or refused with its cause, within ten seconds of processor time and a gibibyte."""

from __future__ import annotations

import resource
from itertools import combinations

import pytest

from tests.field.grid import FORMATS, PER_FORMAT, Sample, each_beside_each, samples
from tests.field.program import Program, program_in
from tests.field.rules import OPEN, areas_of

SECONDS, KIBIBYTES = 10, 1 << 20


def wrong_with(program: Program, sample: Sample) -> str:
    """What is not as it must be, or ''."""
    file = program.file(sample.name, sample.content)
    done = program.new(file)
    if "Error)" in done.said:
        return f"crashed: {done.said}"
    if sample.records:
        return "" if done.code and not program.cards() else "records of persons were let in"
    if done.code:
        if (sample.mark and sample.mark in done.said) or (
            sample.encoding and "encoding" in done.said and sample.areas[0] in done.said
        ):
            return ""
        return f"refused: {done.said}"
    if areas_of(program) != set(sample.areas):
        return f"areas: {sorted(areas_of(program))}\n{done.said}"
    if sample.hidden and "hidden" not in done.said.casefold():
        return "nothing is said of what is hidden"
    return _cells(program, sample)


def _cells(program: Program, sample: Sample) -> str:
    found: dict = {}
    for one in program.figures():
        found.setdefault((one.area, one.period), []).append(one)
    for (area, kind, period), (value, status) in sample.cells.items():
        mine = [one for one in found.get((area, period), []) if not kind or kind in one.thing]
        if len(mine) != 1 or mine[0].value != value or (status is not None and mine[0].status != status):
            said = [(one.thing, one.value, one.status) for one in mine]
            return f"{area}, {kind}, {period}: expected {value} {status!r}, found {said}\n{program.done['mill'].said}"
    return ""


@pytest.mark.parametrize("form", FORMATS)
def test_every_file_is_read_back_equal_or_refused_with_its_cause(form, tmp_path, tmp_path_factory, pytestconfig):
    """Every value of every aspect beside every value of every other; with ``--every-case`` all files."""
    template = tmp_path_factory.getbasetemp() / "template" / "data"
    wrong, about = {}, {sample.id: sample.about for sample in samples(form)}
    tried = about if pytestconfig.getoption("--every-case") else each_beside_each()
    for sample in (one for one in samples(form) if one.id in tried):
        before = resource.getrusage(resource.RUSAGE_SELF)
        fault = wrong_with(program_in(tmp_path / sample.id.replace("/", "_"), template), sample)
        after = resource.getrusage(resource.RUSAGE_SELF)
        assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < SECONDS, sample.id
        assert after.ru_maxrss - before.ru_maxrss < KIBIBYTES, sample.id
        if fault:
            wrong[sample.id] = fault
    listed = {one for one in OPEN if one.startswith(f"gr/{form}-") and one in tried}
    assert not wrong.keys() - listed, "\n".join(
        f"{one} ({about[one]}): {wrong[one]}" for one in wrong if one not in listed
    )
    assert not listed - wrong.keys(), f"mended: take off tests/field/open.toml: {sorted(listed - wrong.keys())}"


def test_there_are_at_least_three_hundred_files_and_each_stands_once():
    ids = [sample.id for form in FORMATS for sample in samples(form)]
    assert len(set(ids)) == len(ids) == len(FORMATS) * PER_FORMAT >= 300
    assert [one for one in OPEN if one.startswith("gr/") and one not in ids] == []


def test_the_files_are_the_same_in_every_run():
    assert [sample.content for sample in samples("bar")] == [sample.content for sample in samples.__wrapped__("bar")]


def test_what_is_tried_holds_every_value_beside_every_other():
    every = [one for form in FORMATS for one in samples(form)]
    tried = [one for one in every if one.id in each_beside_each()]
    assert len(tried) < len(every) / 2
    for first, second in combinations(range(len(every[0].about.split(", "))), 2):
        held, all_of_them = (
            {(parts[first], parts[second]) for parts in (one.about.split(", ") for one in some)}
            for some in (tried, every)
        )
        assert held == all_of_them
