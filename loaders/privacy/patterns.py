"""Patterns of the numbers of persons, vehicles, telephones, devices and moments, a line for each way of writing them.

Texts are compared in capitals and ordinary widths (see ``values.normalised``). The patterns are written for RE2, which
looks neither back nor ahead.
Identity numbers: GB 11643-1999, check digit by ISO 7064 MOD 11-2. Plates: GA 36-2018; DVLA INF104 for British ones.
"""

from __future__ import annotations

INVISIBLE = (
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufe00-\ufe0f\ufeff]|\\p{Mn}"
)
CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
# letters and digits of other scripts that look like ours
FOREIGN = r"[\p{Cyrillic}\p{Greek}\x{0660}-\x{0669}\x{06F0}-\x{06F9}\x{0966}-\x{096F}\x{1D7CE}-\x{1D7FF}]"
LOOK_ALIKE = str.maketrans(
    "АВСЕНІКМОРТХУѴΑΒΕΖΗΙΚΜΝΟΡΤΥΧ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९", "ABCEHIKMOPTXYVABEZHIKMNOPTYX" + "0123456789" * 3
)
HARMLESS = r"^[-+]?[0-9]{0,9}(\.[0-9]{1,8})?%?$|^[A-Z &/'-]{0,60}$"  # short numbers and plain words hold none of these
LINK = r"HTTPS?://[^\s,;|，；）)]+"

_FIRST, _LAST = r"(?:^|[^0-9A-Z])", r"(?:$|[^0-9A-Z])"
_NO_DIGIT, _END = r"(?:^|[^0-9.])", r"(?:$|[^0-9.]|\.$|\.[^0-9])"
_SEP = r"[\s\-_./'·,]{0,2}"
_EIGHTEEN = rf"[1-9](?:{_SEP}[0-9]){{16}}{_SEP}[0-9X]"
NUMBER = rf"(?<![0-9A-Z]){_EIGHTEEN}(?![0-9])"  # for Python: where an eighteen-digit number stands

_PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_GREEN = "[DFABCEGHJK]"
DAY = (
    r"(?:(?:19|20)[0-9]{2}[-/.年]? ?(?:0?[1-9]|1[0-2])[-/.月]? ?(?:0?[1-9]|[12][0-9]|3[01])日?|"
    r"[0-9]{1,2}[-/. ](?:[0-9]{1,2}|[A-Z]{3,9})[-/. ](?:19|20)?[0-9]{2})"
)
_MONTH_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_CLOCK = r"(?:[01]?[0-9]|2[0-3])(?:[:时点][0-5]?[0-9])(?:[:分][0-5]?[0-9])?"
_HOUR_MINUTE = r"(?:[01][0-9]|2[0-3])[0-5][0-9]"

_OTHER_NUMBERS = (
    r"[0-9]{3,14}[*X#]{4,}[0-9]{2,4}X?",  # with the middle masked
    r"^[A-CEGHJ-PR-TW-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]$",  # British national insurance
    rf"{_FIRST}[0-9]{{3}}-[0-9]{{2}}-[0-9]{{4}}{_LAST}",  # American social security
    rf"^[1-8][0-9]{{7}}{_MONTH_DAY}[0-9]{{3}}$",  # the fifteen digits that China used before 1999
)
_PLATES = (
    rf"[{_PROVINCE}][ ·•.-]?[A-HJ-NP-Z][ ·•.\-]{{0,2}}(?:[A-HJ-NP-Z0-9]{{4}}[A-HJ-NP-Z0-9挂学警港澳领试超]"
    rf"|{_GREEN}[A-HJ-NP-Z0-9][0-9]{{4}}|[0-9]{{5}}{_GREEN}){_LAST}",  # Chinese; new-energy plates are longer
    rf"^[{_PROVINCE}](?:[ .·-]?[A-HJ-NP-Z0-9]){{6,7}}$",  # its signs set apart
    rf"使[0-9]{{6}}|WJ ?[{_PROVINCE}]?[0-9A-Z]{{5,6}}{_LAST}",  # embassies, armed police
    rf"{_FIRST}[A-HJ-PR-Y][A-HJ-PR-Y](?:0[2-9]|[12][0-9]|5[1-9]|[67][0-9]) ?[A-HJ-PR-Z]{{3}}{_LAST}",  # British
    r"^[A-HJ-NPR-Y][0-9]{3} ?[A-HJ-PR-Y]{3}$|^[A-HJ-PR-Y]{3}[0-9]{3}[A-HJ-NPR-Y]$",  # British before
)
_PHONES = (
    rf"{_NO_DIGIT}(?:\+?(?:00)?86[ -]?)?1[3-9][0-9][ -]?[0-9]{{4}}[ -]?[0-9]{{4}}{_END}",  # Chinese mobile
    r"^1(?:[ .-]?[0-9]){10}$|(?:^|[^0-9])1[3-9][0-9][*X]{4}[0-9]{4}|[〇零○一二三四五六七八九幺]{11}",  # apart, in words
    rf"{_NO_DIGIT}(?:0|\+?(?:00)?44[ -]?(?:\(0\))?)7[0-9]{{3}}[ -]?[0-9]{{3}}[ -]?[0-9]{{3}}{_END}",  # British mobile
    rf"(?:^|[^0-9A-Z])\+[1-9][0-9]{{0,2}}(?:[ .()-]{{0,2}}[0-9]){{8,13}}{_END}",
    rf"{_NO_DIGIT}\(?[2-9][0-9]{{2}}\)[ .-]?[0-9]{{3}}[ .-][0-9]{{4}}{_END}",  # North American
    rf"{_NO_DIGIT}0[1-9][0-9]?-[0-9]{{3,4}}-[0-9]{{4}}{_END}",  # Japanese, Korean
    rf"{_NO_DIGIT}\([1-9][0-9]\) ?9?[0-9]{{4}}-[0-9]{{4}}{_END}"  # Brazil
    rf"|{_NO_DIGIT}0[1-9](?:[ .][0-9]{{2}}){{4}}{_END}",  # France
)
_KEYS = (
    # SHA-2, SHA-1, MD5
    rf"{_FIRST}(?:[0-9A-F]{{128}}|[0-9A-F]{{96}}|[0-9A-F]{{64}}|[0-9A-F]{{56}}|[0-9A-F]{{40}}|[0-9A-F]{{32}}){_LAST}",
    rf"{_FIRST}[0-9A-F]{{8}}-[0-9A-F]{{4}}-[0-9A-F]{{4}}-[0-9A-F]{{4}}-[0-9A-F]{{12}}{_LAST}",  # UUID
    rf"{_FIRST}(?:[0-9A-F]{{2}}[:-]){{5}}[0-9A-F]{{2}}{_LAST}",  # address of a device
    r"^(?:[A-Z0-9+/]{22}==|[A-Z0-9+/_-]{27}=|[A-Z0-9+/_-]{43}=)$",  # digests in base 64
    r"^(?:0X)?[0-9A-F]{16,127}$",  # shortened digests
)
_MOMENTS = (
    rf"{DAY}[T ,]{{0,3}}(?:上午|下午|凌晨|晚上)? ?{_CLOCK}",
    rf"{DAY}[T ]{{1,2}}{_HOUR_MINUTE}",
    rf"{_FIRST}(?:19|20)[0-9]{{2}}{_MONTH_DAY}{_HOUR_MINUTE}(?:[0-5][0-9])?{_LAST}",
)
_DOORS = (
    r"[0-9]+弄.{0,4}[0-9]+号|[0-9]+号(?:楼)?.{0,6}[0-9]{3,4}室|[0-9]+(?:号楼|栋|幢|单元).{0,6}[0-9]+室?",
    r"^(?:GIR ?0AA|[A-PR-UWYZ][A-HK-Y]?[0-9][0-9A-HJKMNPRTUVWXY]? ?[0-9][ABD-HJLNP-UW-Z]{2})$",  # British postcode
)

OTHER_NUMBERS = "|".join(_OTHER_NUMBERS)
ADDRESS = "|".join(_DOORS)
ADDRESS_SIEVE = r"(?s)[弄号栋幢元]|^\s*.{0,16}\s*$"  # a text without this cannot match
PATTERNS = {  # by rule; what matches identity numbers, the hashes and the moments is checked further
    "identity": rf"{_FIRST}{_EIGHTEEN}(?:$|[^0-9])|{OTHER_NUMBERS}",
    "plate": "|".join(_PLATES),
    "phone": "|".join(_PHONES),
    "email": r"[\p{L}\p{N}._%+-]+ ?(?:@|\(AT\)|\[AT\]|\{AT\}) ?[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.[\p{L}]{2,}",
    "hash": "|".join(_KEYS),
    "timestamp": "|".join(_MOMENTS),
}
SIEVE = {  # a text without this cannot match: most texts are let through by it
    "identity": r"[0-9]{3}|[0-9][^0-9A-Z][0-9]",
    "plate": r"[0-9]",
    "phone": r"[0-9]{3}|[零一二三四五六七八九]{3}|[0-9][ .-][0-9]",
    "email": r"@|[(\[{]AT[)\]}]",
    "hash": r"[0-9A-F]{8}|[:=-]",
    "timestamp": r"[0-9]{2}",
}

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)  # the hundred commonest: five persons in six
NAME = rf"^[{_SURNAMES}](?:[\x{{4E00}}-\x{{9FFF}}]{{1,2}}|某某?|[*]{{1,2}})$"
