"""Is a sentence plain? What the calculator says is read by worried people: short, no officialese, punctuated as Chinese is.

`faults` judges one text; tests/unit/test_plain_words.py puts everything to it that the calculator can say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 40
"""Characters of a sentence of ours; what a rule file says may be longer, since it quotes what a place wrote."""
LONGEST_QUOTED = 76
LONGEST_CONDITIONS = 60
"""A line of a decision table with all its conditions: they hold together only, so they stay in one sentence."""
LABEL = re.compile(r"^[^，。；：]{1,14}：")
"""What stands before the first colon names the sentence and is no part of it."""
QUOTATION = re.compile(r"“[^”]*”")
SENTENCES = re.compile(r"[^。！？；]+[。！？；]?")

OFFICIALESE = {
    r"予以|不予|给予": "直接说“给”“不给”",
    r"(?<![地对双])方可|亦(?=可|不)|均(?=须|应|可)|凡(?=是|属)": "换成“才能”“也”“都”“只要”",
    r"之日起": "换成“那天起”",
    r"及时足额|依法(?=享受|缴纳|追)": "删掉，或说清是什么",
    r"逾期(?!的)": "换成“过期”“超过”",
    r"该(?=地区|人员|单位|办法|规定|文件)": "换成“这个”",
    r"上述|下列|前款": "把指的东西说出来",
    r"(?<!不)须(?!要|知)": "换成“要”",
    r"享有|追溯享受": "换成“能报”“补报”",
}
PASSIVE = re.compile(r"被(?!子|单)")
DOUBLE_NEGATIVE = re.compile(r"不得不|并非不|不是不(?!可抗力)|没有不|无不|不能不|不会不|未必不|不无")
HALF_WIDTH = re.compile(r"(?<=[一-鿿])[,;:!?()]|[,;:!?()](?=[一-鿿])")
SPACES = re.compile(r" {2}|(?<=[，。；：、！？（）“”《》]) | (?=[，。；：、！？（）“”《》])|(?<=[一-鿿]) (?=[一-鿿])")
"""Full-width punctuation has its space in it; one stands between Han and Latin at most, never between Han and Han."""


def faults(text: str, *, quoted: bool = False) -> Iterator[str]:
    """What is not plain about a text, each with what would be right. quoted: it stands so in a rule file."""
    for sentence in SENTENCES.findall(text):
        most = LONGEST_QUOTED if quoted else LONGEST_CONDITIONS if sentence.startswith("条件：") else LONGEST
        length = len(LABEL.sub("", QUOTATION.sub("“”", sentence.strip())))
        if length > most:
            yield f"一句有 {length} 个字，最多 {most} 个：拆成两句"
    for pattern, remedy in OFFICIALESE.items():
        if found := re.search(pattern, text):
            yield f"公文话“{found[0]}”：{remedy}"
    if found := PASSIVE.search(text):
        yield f"被动句“{text[max(0, found.start() - 4) : found.end() + 4]}”：说出是谁做的"
    if found := DOUBLE_NEGATIVE.search(text):
        yield f"双重否定“{found[0]}”：正着说"
    if found := HALF_WIDTH.search(text):
        yield f"半角标点“{found[0]}”：换成全角"
    if SPACES.search(text):
        yield "多余的空格：删掉"
