"""An encoding that could be another one is asked about with the first names as each reads them; it is never guessed in silence."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

from tests.field.program import Program
from tests.field.rules import areas_of, nth, read, refused, rules_of, says
from tests.field.writing import text_file

rule = rules_of(5)
TABLES = {  # encoding → heading of the areas, of the figures, and names
    "cp949": ("구별", ["강북구", "강남구", "뷁구", "마포구"]),
    "shift_jis": ("市区町村", ["青葉区", "泉区", "緑区", "港北区"]),
    "cp932": ("区名", ["①番区", "髙津区", "中原区"]),
    "euc_jp": ("市区町村", ["青葉区", "泉区", "緑区", "港北区"]),
    "big5": ("行政區", ["中山區", "大安區", "信義區", "萬華區"]),
    "gb18030": ("行政区", ["朝阳区", "海淀区", "东城区", "通州区"]),
    "cp1251": ("Район", ["Заречный", "Южный", "Центральный"]),
    "cp1250": ("Okres", ["Žďár", "Třebíč", "Jeseník", "Děčín"]),
    "cp1253": ("Δήμος", ["Άργος", "Έδεσσα", "Ύδρα"]),
    "cp1254": ("İlçe", ["Şişli", "Beşiktaş", "Üsküdar", "Çankaya"]),
    "mac_roman": ("Città", ["Forlì", "Cefalù", "Mondovì", "Cantù"]),
}


def table_in(encoding: str) -> tuple[bytes, list[str]]:
    head, names = TABLES[encoding]
    rows = [
        [head, "2021", "2022", "2023"],
        *([name, *(400 + 31 * n + year for year in (1, 2, 3))] for n, name in enumerate(names)),
    ]
    return text_file(rows, encoding), names


def read_or_asked(program: Program, file: Path, names: list[str], place: str = "mill") -> bool:
    """Are the names read as they are, or is it asked with the right first name among the readings?"""
    done = program.new(file, place=place)
    if done.code == 0:
        return areas_of(program, place) == set(names)
    return names[0] in done.said and "encoding" in done.said.casefold()


def right_or_asked(program: Program, *encodings: str) -> None:
    wrong = []
    for at, encoding in enumerate(encodings):
        content, names = table_in(encoding)
        if not read_or_asked(program, program.file(f"table_{at}.csv", content), names, nth(at)):
            wrong.append(f"{encoding}: {sorted(areas_of(program, nth(at))) or program.done[nth(at)].said}")
    assert not wrong, "\n".join(wrong)


@rule
def korean_names_in_cp949_are_read_or_asked_about(program):
    right_or_asked(program, "cp949")


@rule
def japanese_names_in_three_encodings_are_read_or_asked_about(program):
    right_or_asked(program, "shift_jis", "cp932", "euc_jp")


@rule
def chinese_names_in_big5_and_gb18030_are_read_or_asked_about(program):
    right_or_asked(program, "big5", "gb18030")


@rule
def cyrillic_and_greek_names_are_read_or_asked_about(program):
    right_or_asked(program, "cp1251", "cp1253")


@rule
def latin_names_of_the_east_the_south_and_of_the_mac_are_read_or_asked_about(program):
    right_or_asked(program, "cp1250", "cp1254", "mac_roman")


@rule
def utf_16_without_a_mark_is_read_or_asked_about(program):
    for at, encoding in enumerate(("utf-16-le", "utf-16-be")):
        head, names = TABLES["cp949"]
        content = text_file(
            [[head, "2021", "2022"], *([name, 400 + n, 410 + n] for n, name in enumerate(names))], encoding
        )
        assert read_or_asked(program, program.file(f"utf{at}.csv", content), names, nth(at)), program.done[nth(at)].said


@rule
def new_can_be_told_the_encoding(program):
    for at, encoding in enumerate(("cp949", "big5", "euc_jp", "cp1250")):
        content, names = table_in(encoding)
        found = read(program, program.file(f"table_{at}.csv", content), place=nth(at), options=("--encoding", encoding))
        assert areas_of(program, nth(at)) == set(names)
        says(found, (names[0], "2022", 402))
        assert "encoding = " in program.cards(nth(at))[0].read_text(encoding="utf-8")


@rule
def a_guessed_encoding_stands_in_the_card_as_a_guess(program):
    content, names = table_in("gb18030")
    done = program.new(program.file("table.csv", content))
    if done.code == 0:
        lines = [
            line
            for line in program.cards()[0].read_text(encoding="utf-8").splitlines()
            if line.startswith("encoding = ")
        ]
        assert lines, "[table] has no encoding"
        assert "guess" in lines[0]
    else:
        assert names[0] in done.said


@rule
def an_encoding_that_cannot_be_told_says_where_to_write_it(program):
    file = program.file("table.csv", b"Area,2021,2022\n\x81\x8d\x8f\x90\xff\xfe,12,14\n\x9d\xa0\x81,15,16\n")
    done = program.check(file)
    assert done.code != 0
    assert "encoding" in done.said
    assert "--encoding" in done.said or "[table]" in done.said, done.said


def shapefile(names: list[str], encoding: str, cpg: bool = False) -> bytes:
    """A Shapefile in a ZIP, written by hand: one square for each name; the language byte of its table says nothing."""
    records, offsets, at = b"", b"", 50
    for n, _ in enumerate(names):
        west, south = 127.0 + 0.05 * n, 37.5
        ring = [(west, south), (west, south + 0.05), (west + 0.05, south + 0.05), (west + 0.05, south), (west, south)]
        box = struct.pack("<4d", west, south, west + 0.05, south + 0.05)
        body = (
            struct.pack("<i", 5)
            + box
            + struct.pack("<3i", 1, len(ring), 0)
            + b"".join(struct.pack("<2d", *point) for point in ring)
        )
        records += struct.pack(">2i", n + 1, len(body) // 2) + body
        offsets += struct.pack(">2i", at, len(body) // 2)
        at += 4 + len(body) // 2
    box = struct.pack("<8d", 127.0, 37.5, 127.0 + 0.05 * len(names), 37.55, 0, 0, 0, 0)

    def head(size):
        return struct.pack(">7i", 9994, 0, 0, 0, 0, 0, 50 + size // 2) + struct.pack("<2i", 1000, 5) + box

    lines = b"".join(b" " + name.encode(encoding).ljust(40) for name in names)
    field = b"NAME".ljust(11, b"\0") + b"C" + bytes(4) + bytes([40, 0]) + bytes(14)
    table = struct.pack("<4BIHH20x", 3, 125, 1, 1, len(names), 65, 41) + field + b"\r" + lines + b"\x1a"
    degrees = 'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        parts = {
            "shp": head(len(records)) + records,
            "shx": head(len(offsets)) + offsets,
            "dbf": table,
            "prj": degrees.encode(),
        }
        for ending, content in parts.items() if not cpg else {**parts, "cpg": encoding.encode()}.items():
            archive.writestr(f"gu.{ending}", content)
    return out.getvalue()


@rule
def names_in_a_shapefile_without_an_encoding_are_read_asked_or_told(program):
    for at, encoding in enumerate(("cp949", "gb18030", "shift_jis")):
        names = TABLES[encoding][1]
        outlines = program.file(f"outlines_{at}.zip", shapefile(names, encoding))
        counts = program.file(
            f"counts_{at}.csv",
            text_file([["Area", "2022", "2023"], *([name, 40 + n, 50 + n] for n, name in enumerate(names))], encoding),
        )
        done = program.new(outlines, counts, place=nth(at))
        if done.code == 0:
            assert areas_of(program, nth(at)) == set(names)
            lint = program.check(nth(at))
            assert not lint.lines_with("outlines are not called as the areas are"), lint.said
        else:
            assert names[0] in done.said, done.said
            assert "encoding" in done.said
        told = program.new(outlines, counts, place="told_" + nth(at), options=("--encoding", encoding))
        assert told.code == 0, told.said
        assert areas_of(program, "told_" + nth(at)) == set(names)


@rule
def names_in_a_shapefile_that_says_its_encoding_are_read(program):
    for at, encoding in enumerate(("cp949", "gb18030", "utf-8")):
        names = TABLES["cp949" if encoding == "cp949" else "gb18030"][1]
        outlines = program.file(f"outlines_{at}.zip", shapefile(names, encoding, cpg=True))
        counts = program.file(
            f"counts_{at}.csv",
            text_file([["Area", "2022", "2023"], *([name, 40 + n, 50 + n] for n, name in enumerate(names))]),
        )
        done = program.new(outlines, counts, place=nth(at))
        assert done.code == 0, done.said
        assert areas_of(program, nth(at)) == set(names)
        assert not program.check(nth(at)).lines_with("outlines are not called as the areas are")


@rule
def an_archive_with_one_table_is_read_whatever_its_name_is_written_in(program):
    rows = [["区市町村", "2021年", "2022年"], ["緑町", 413, 402], ["川北", 377, 381], ["浜手", 290, 288]]
    for number, encoding in enumerate(("cp932", "utf-8", "gb18030")):
        place = nth(number)
        archive = one_file("犯罪統計.csv", encoding, text_file(rows, "utf-8-sig"))
        done = program.new(program.file(f"kouhyou_{number}.zip", archive), place=place)
        assert done.code == 0, done.said
        says(program.figures(place), ("緑町", "2021", 413), ("浜手", "2022", 288))


@rule
def an_archive_with_one_table_of_records_is_refused(program):
    rows = [
        ["Crime ID", "Date", "Street", "Offence"],
        *([f"c{n:05d}", f"2023-01-{n % 28 + 1:02d}", f"{n} Elm Road", "Theft"] for n in range(60)),
    ]
    archive = one_file("crimes.csv", "utf-8", text_file(rows))
    refused(program, program.file("crimes.zip", archive))


@rule
def a_table_and_an_archive_of_one_name_are_two_datasets(program):
    rows = [["Town", "2021", "2022"], ["Elm", 413, 402], ["Fir", 377, 381], ["Gum", 290, 288]]
    more = [["Town", "2021", "2022"], ["Elm", 13, 12], ["Fir", 17, 11], ["Gum", 10, 18]]
    table = program.file("town.csv", text_file(rows))
    archive = program.file("town.zip", one_file("inside.csv", "utf-8", text_file(more)))
    assert program.new(table, archive).code == 0, program.done["mill"].said
    assert {card.parent.name for card in program.cards()} == {"mill_town_csv", "mill_town_zip"}


def one_file(name: str, encoding: str, content: bytes) -> bytes:
    """An archive of one file whose name is written in an encoding and says no other."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("x" * len(name.encode(encoding)), content)
    return archive.getvalue().replace(b"x" * len(name.encode(encoding)), name.encode(encoding))
