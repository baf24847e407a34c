"""The form of a ledger file: which ids the material holds, and why some of them are used nowhere."""

from __future__ import annotations

from scripts.rulebook.kinds import Keys, ListOf, MapOf, default, required
from scripts.rulebook.scalars import Choice, Text
from scripts.rulebook.vocabulary import SENTENCE

PARTS = {
    "fact": "资料库的事实",
    "document": "资料库的文件",
    "conflict": "资料库的说法不一",
    "case": "资料库的案例",
    "verdict": "资料库对文章说法的判断",
    "claim": "文章里的说法",
    "claim_group": "文章之间说法不一的组",
    "feature": "读者要做的事、输入、输出、计算项和页面",
}

LEDGER_ID = Text(r"[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*", "材料里的编号，例如 N-040")
PAGE = Text(r"([A-Za-z0-9-]+/)+(#[a-z0-9-]+)?", "站内地址，例如 calculator/ 或 claims/000/#s0-008")

LEDGER = Keys(
    "清单",
    (
        required("of", Choice(PARTS), "哪一类编号", "fact"),
        required("ids", ListOf(LEDGER_ID, 1), "这一类的全部编号", "[N-001, N-002]"),
        default("pages", MapOf(LEDGER_ID, ListOf(PAGE, 1)), {}, "由哪些页面回答", "{T01: [calculator/]}"),
        default("unused", MapOf(LEDGER_ID, SENTENCE), {}, "没有用到的，写明为什么", "{N-067: 还没有核实}"),
    ),
)
