"""Do the values of a column look like numbers of persons, vehicles, telephones, devices, or like single moments?

Only distinct values are looked at, a chunk at a time, by Arrow's regular expressions; what they point out is then checked exactly
(dates and check digits). Nothing here returns, prints or keeps a value: the answer is the names of the rules.
Identity numbers: GB 11643-1999, check digit by ISO 7064 MOD 11-2. Plates: GA 36-2018; DVLA INF104 for British ones.
"""

from __future__ import annotations

import re
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

CHUNK = 100_000
INVISIBLE = "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]|\\p{Mn}"
_FOREIGN = r"[\p{Cyrillic}\p{Greek}\x{0660}-\x{0669}\x{06F0}-\x{06F9}\x{0966}-\x{096F}\x{1D7CE}-\x{1D7FF}]"  # letters and digits that look like ours
_LOOK_ALIKE = str.maketrans("АВСЕНІКМОРТХУѴΑΒΕΖΗΙΚΜΝΟΡΤΥΧ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९", "ABCEHIKMOPTXYVABEZHIKMNOPTYX" + "0123456789" * 3)
_HARMLESS = r"^[-+]?[0-9]{0,9}(\.[0-9]{1,8})?%?$|^[A-Z &/'-]{0,60}$"  # short numbers and plain words hold none of these
_FIRST, _LAST = r"(?:^|[^0-9A-Z])", r"(?:$|[^0-9A-Z])"
_NO_DIGIT, _END = r"(?:^|[^0-9.])", r"(?:$|[^0-9.]|\.$|\.[^0-9])"
_SEP = r"[ \-_./'·,]?"
_PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE_ZH = rf"[{_PROVINCE}][ ·•.-]?[A-HJ-NP-Z][ ·•.\-]{{0,2}}(?:[A-HJ-NP-Z0-9]{{4}}[A-HJ-NP-Z0-9挂学警港澳领试超]|[DFABCEGHJK][A-HJ-NP-Z0-9][0-9]{{4}}|[0-9]{{5}}[DFABCEGHJK]){_LAST}"
_HEX = r"(?:[0-9A-F]{128}|[0-9A-F]{96}|[0-9A-F]{64}|[0-9A-F]{56}|[0-9A-F]{40}|[0-9A-F]{32})"
_DAY = r"(?:(?:19|20)[0-9]{2}[-/.年]? ?[0-9]{1,2}[-/.月]? ?[0-9]{1,2}日?|[0-9]{1,2}[-/. ](?:[0-9]{1,2}|[A-Z]{3,9})[-/. ](?:19|20)?[0-9]{2})"
_CLOCK = r"(?:[01]?[0-9]|2[0-3])(?:[:时点][0-5]?[0-9])(?:[:分][0-5]?[0-9])?"

_EIGHTEEN = rf"{_FIRST}[1-9](?:{_SEP}[0-9]){{16}}{_SEP}[0-9X](?:$|[^0-9])"
# masked numbers, British national insurance, American social security, and the fifteen digits that China used before 1999
_OTHERS = rf"[0-9]{{3,14}}[*X#]{{4,}}[0-9]{{2,4}}X?|^[A-CEGHJ-PR-TW-Z]{{2}} ?[0-9]{{2}} ?[0-9]{{2}} ?[0-9]{{2}} ?[A-D]$|{_FIRST}[0-9]{{3}}-[0-9]{{2}}-[0-9]{{4}}{_LAST}|^[1-8][0-9]{{7}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{{3}}$"

PATTERNS = {  # every text is compared in capitals and ordinary widths; a match of a pattern named in _EXACT is checked further
    "identity": f"{_EIGHTEEN}|{_OTHERS}",
    "plate": rf"{_PLATE_ZH}|使[0-9]{{6}}|WJ ?[{_PROVINCE}]?[0-9A-Z]{{5,6}}{_LAST}|{_FIRST}[A-HJ-PR-Y][A-HJ-PR-Y](?:0[2-9]|[12][0-9]|5[1-9]|[67][0-9]) ?[A-HJ-PR-Z]{{3}}{_LAST}|^[A-HJ-NPR-Y][0-9]{{3}} ?[A-HJ-PR-Y]{{3}}$|^[A-HJ-PR-Y]{{3}}[0-9]{{3}}[A-HJ-NPR-Y]$",
    "phone": rf"{_NO_DIGIT}(?:\+?(?:00)?86[ -]?)?1[3-9][0-9][ -]?[0-9]{{4}}[ -]?[0-9]{{4}}{_END}|^1(?:[ .-]?[0-9]){{10}}$|{_NO_DIGIT}(?:0|\+?(?:00)?44[ -]?(?:\(0\))?)7[0-9]{{3}}[ -]?[0-9]{{3}}[ -]?[0-9]{{3}}{_END}|\+[1-9][0-9]{{0,2}}(?:[ .()-]{{0,2}}[0-9]){{8,13}}{_END}|{_NO_DIGIT}\(?[2-9][0-9]{{2}}\)[ .-]?[0-9]{{3}}[ .-][0-9]{{4}}{_END}|(?:^|[^0-9])1[3-9][0-9][*X]{{4}}[0-9]{{4}}|[〇零○一二三四五六七八九幺]{{11}}",
    "email": r"[\p{L}\p{N}._%+-]+ ?(?:@|\(AT\)|\[AT\]|\{AT\}) ?[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.[\p{L}]{2,}",
    "hash": rf"{_FIRST}{_HEX}{_LAST}|{_FIRST}[0-9A-F]{{8}}-[0-9A-F]{{4}}-[0-9A-F]{{4}}-[0-9A-F]{{4}}-[0-9A-F]{{12}}{_LAST}|{_FIRST}(?:[0-9A-F]{{2}}[:-]){{5}}[0-9A-F]{{2}}{_LAST}|^(?:[A-Z0-9+/]{{22}}==|[A-Z0-9+/_-]{{27}}=|[A-Z0-9+/_-]{{43}}=)$|^(?:0X)?[0-9A-F]{{16,127}}$",
    "timestamp": rf"{_DAY}[T ,]{{0,3}}(?:上午|下午|凌晨|晚上)? ?{_CLOCK}|{_DAY}[T ]{{1,2}}(?:[01][0-9]|2[0-3])[0-5][0-9]|{_FIRST}(?:19|20)[0-9]{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9])?{_LAST}",
}  # fmt: skip
ADDRESS = r"[0-9]+弄.{0,4}[0-9]+号|[0-9]+号(?:楼)?.{0,6}[0-9]{3,4}室|[0-9]+(?:号楼|栋|幢|单元).{0,6}[0-9]+室?|^(?:GIR ?0AA|[A-PR-UWYZ][A-HK-Y]?[0-9][0-9A-HJKMNPRTUVWXY]? ?[0-9][ABD-HJLNP-UW-Z]{2})$"
_SIEVE = {"identity": r"[0-9]{3}|[0-9][^0-9A-Z][0-9]", "plate": r"[0-9]", "phone": r"[0-9]{3}|[零一二三四五六七八九]{3}|[0-9][ .-][0-9]", "email": r"@|AT", "hash": r"[0-9A-F]{8}|[:=-]", "timestamp": r"[0-9]{2}"}


def normalised(texts: pa.Array) -> pa.Array:
    """The texts in capitals, ordinary widths and without invisible characters: what a reader sees, however it is written."""
    if not pc.all(pc.string_is_ascii(texts), min_count=0).as_py():
        texts = pc.replace_substring_regex(pc.utf8_normalize(texts, form="NFKC"), INVISIBLE, "")
        texts = pc.replace_substring_regex(pc.replace_substring_regex(texts, r"\pZ", " "), r"\p{Pd}|\x{2212}", "-")
        if pc.any(pc.match_substring_regex(texts, _FOREIGN), min_count=0).as_py():
            texts = pa.array([text.upper().translate(_LOOK_ALIKE) for text in texts.to_pylist()], pa.string())
    return pc.utf8_trim_whitespace(pc.utf8_upper(texts))


def found_in(texts: pa.Array, prose: bool = False) -> set[str]:
    """Which of the rules do these distinct texts meet? ``prose``: keys and moments inside a link are part of the link."""
    met: set[str] = set()
    for start in range(0, len(texts), CHUNK):
        chunk = normalised(texts.slice(start, CHUNK))
        chunk = chunk.filter(pc.invert(pc.match_substring_regex(chunk, _HARMLESS)))
        if not len(chunk):
            continue
        bare = pc.replace_substring_regex(chunk, r"HTTPS?://[^\s,;|，；）)]+", " ") if prose else chunk
        for name, pattern in PATTERNS.items():
            if name not in met and _meets(bare if name in ("hash", "timestamp", "phone") else chunk, name, pattern):
                met.add(name)
    return met


def looks_like_addresses(texts: pa.Array) -> bool:
    """Does a value look like a door or like a full British postcode?"""
    return pc.any(pc.match_substring_regex(normalised(texts), ADDRESS), min_count=0).as_py()


def mostly_phones(column) -> bool:
    """In a column of numbers: do at least half of the filled cells have the shape of a mobile number? One may be a large count."""
    shaped = pc.match_substring_regex(pc.utf8_trim_whitespace(column.texts), r"^(?:86)?1[3-9][0-9]{9}$|^(?:0|44)?7[0-9]{9}$").to_numpy(zero_copy_only=False)
    return 2 * int(column.used[shaped].sum()) >= int(column.used[~column.blank].sum())


def _meets(texts: pa.Array, name: str, pattern: str) -> bool:
    likely = texts.filter(pc.match_substring_regex(texts, _SIEVE[name]))
    likely = likely.filter(pc.match_substring_regex(likely, pattern))
    check = _EXACT.get(name)
    return len(likely) > 0 and (check is None or any(map(check, likely.to_pylist())))


_NUMBER = re.compile(rf"(?<![0-9A-Z])[1-9](?:{_SEP}[0-9]){{16}}{_SEP}[0-9X](?![0-9])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_OTHER_IDENTITY = re.compile(_OTHERS)


def identity_number(digits: str) -> bool:
    """Is this an eighteen-digit Chinese identity number: a real date of birth and the right check digit?"""
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    remainder = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)) % 11
    return date(1850, 1, 1) < born < date(2100, 1, 1) and digits[17] == "10X98765432"[remainder]


def _is_identity(text: str) -> bool:
    return any(identity_number(re.sub(r"[^0-9X]", "", one[0])) for one in _NUMBER.finditer(text)) or bool(_OTHER_IDENTITY.search(text))


def _is_moment(text: str) -> bool:
    """A time of day other than midnight: midnight is how spreadsheets write a date."""
    return not re.fullmatch(rf"{_DAY}[T ]*0?0:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?", text)


def _is_key(text: str) -> bool:
    """A short run of hexadecimal digits is a key only when digits and letters are mixed."""
    return len(text) >= 32 or not re.fullmatch(r"(?:0X)?[0-9A-F]+", text) or bool(re.search("[A-F]", text) and re.search("[0-9].*[0-9]", text))


_EXACT = {"identity": _is_identity, "timestamp": _is_moment, "hash": _is_key}
