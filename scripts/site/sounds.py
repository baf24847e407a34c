"""How the names of places and the words of the search are said in pinyin, and how people shorten the names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pypinyin import lazy_pinyin, load_phrases_dict

PEOPLES = (
    "土家|藏|羌|彝|回|苗|侗|布依|壮|瑶|傣|景颇|傈僳|白|哈尼|黎|朝鲜|蒙古|哈萨克|柯尔克孜|维吾尔|满|土|撒拉|东乡|保安|裕固|畲|仫佬|"
    "毛南|佤|拉祜|纳西|怒|独龙|各"
)
UNIT = re.compile("(?:特别行政区|自治区|自治州|自治县|自治旗|地区|林区|[省市盟县区旗])$")
PEOPLE = re.compile(f"(?:{PEOPLES})族?$")
WHOLE = {"新疆生产建设兵团": "兵团", "内蒙古自治区": "内蒙古"}

READ = {
    "朝阳": "cháo yáng", "长治": "cháng zhì", "漯河": "luò hé", "昌都": "chāng dū", "锡林郭勒": "xī lín guō lè",
    "阿勒泰": "ā lè tài", "克孜勒苏": "kè zī lè sū", "还有多少钱": "hái yǒu duō shǎo qián",
}  # fmt: skip
"""What the library reads otherwise."""

TOO = {"六安": "liu an", "陕西": "shaan xi", "吕梁": "lu liang"}
"""How many people type what is said otherwise."""

load_phrases_dict({word: [[syllable] for syllable in said.split()] for word, said in READ.items()})


def short(name: str) -> str:
    """A place as people say it: 深圳市 → 深圳, 恩施土家族苗族自治州 → 恩施. A name of two characters keeps both."""
    if name in WHOLE:
        return WHOLE[name]
    unit = UNIT.search(name)
    found = UNIT.sub("", name)
    if unit and "自治" in unit[0]:
        while len(found) > 3 and PEOPLE.search(found):
            found = PEOPLE.sub("", found)
        found = PEOPLE.sub("", found) if len(PEOPLE.sub("", found)) >= 2 else found
    return found if len(found) > 1 else name


def sound(word: str) -> str:
    """Syllables in small letters without tones: 深圳 → `shen zhen`; ü is v, as it is typed; between two ways of saying it `|`."""
    said = " ".join(part for part in lazy_pinyin(word) if re.fullmatch("[a-z]+", part))
    return f"{said}|{TOO[word]}" if word in TOO else said


def sounds(words: Iterable[str]) -> dict[str, str]:
    """Each word with how it is said; what has no Chinese character, or just one, is left out."""
    return {word: sound(word) for word in words if len(re.findall("[\u3400-\u9fff]", word)) > 1}
