"""Rule files that nobody honest writes: each is refused where it goes wrong, in Chinese, at once, and nothing of it is run."""

from __future__ import annotations

import re
import time

import pytest

from scripts.rulebook.errors import RuleErrors
from scripts.rulebook.positions import read_yaml

LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(number + 1)}: &{chr(number + 1)} [{', '.join([f'*{chr(number)}'] * 9)}]\n" for number in range(ord("a"), ord("i"))
)
HOSTILE = {
    "billion-laughs": (LAUGHS, "锚点或别名"),
    "alias-of-itself": ("&a [*a]", "锚点或别名"),
    "alias-of-nothing": ("a: *b", "锚点或别名"),
    "anchor-on-a-key": ("&a b: 1", "锚点或别名"),
    "alias-for-a-key": ("*a : 1", "键不是一个词"),
    "merge-of-an-alias": ("a: &a {b: 1}\nc: {<<: *a}", "锚点或别名"),
    "python-call": ("!!python/object/apply:os.system ['id']", "标签"),
    "python-name": ("a: !!python/name:os.system", "标签"),
    "python-module": ("a: !!python/module:os", "标签"),
    "python-new": ("a: !!python/object/new:os.system [id]", "标签"),
    "binary": ("a: !!binary aGFjaw==", "标签"),
    "set": ("a: !!set {b, c}", "标签"),
    "own-tag": ("a: !env HOME", "标签"),
    "tag-on-a-key": ("!x a: 1", "标签"),
    "tag-by-directive": ("%TAG ! tag:yaml.org,2002:python/\n---\na: !name:os.system", "标签"),
    "tag-with-an-address": ("a: !<tag:yaml.org,2002:python/name:os.system> x", "标签"),
    "deep-lists": ("[" * 100_000 + "]" * 100_000, "嵌套超过"),
    "deep-objects": ("{a: " * 60_000, "嵌套超过"),
    "deep-by-dashes": ("- " * 50_000 + "a", "嵌套超过"),
    "deep-by-keys": ("".join(" " * depth + "a:\n" for depth in range(300)), "嵌套超过"),
    "key-that-is-a-list": ("? [a, b]\n: c", "键不是一个词"),
    "key-that-is-an-object": ("{{a: 1}: 2}", "键不是一个词"),
    "too-big": ("#" * 300_000, "字节"),
    "a-key-twice": ("a: 1\na: 2", "重复"),
    "two-documents": ("a: 1\n---\nb: 2", "两份文档"),
    "ten-thousand-documents": ("---\na: 1\n" * 10_000, "两份文档"),
    "future-yaml": ("%YAML 9.9\n---\na: 1", "YAML 写法不对"),
    "null-byte": ("a: \0", "控制字符"),
    "escape-character": ("a: \x1b[2J", "控制字符"),
    "half-of-a-letter-pair": ("a: \ud800", "UTF-8"),
    "half-of-a-letter-pair-escaped": ('a: "\\ud800"', "YAML 写法不对"),
    "letter-beyond-the-last": ('a: "\\U00110000"', "YAML 写法不对"),
    "unfinished-quote": ('a: "b', "引号要收尾"),
    "unfinished-list": ("[a, b", "方括号要收尾"),
    "unfinished-object": ("{a: 1", "花括号要收尾"),
    "empty": ("", "文件是空的"),
    "only-a-comment": ("# " + "x" * 1000, "文件是空的"),
}


@pytest.mark.parametrize(("text", "said"), HOSTILE.values(), ids=HOSTILE)
def test_a_file_is_refused_with_its_place_and_what_would_be_right(text, said, tmp_path):
    file = tmp_path / "a.yaml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    before = time.process_time()
    with pytest.raises(RuleErrors) as refused:
        read_yaml(file, "rules/a.yaml")
    assert time.process_time() - before < 5
    line = str(refused.value)
    assert said in line and re.match(r"rules/a\.yaml:\d+:\d+: ", line) and "Traceback" not in line


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "gb18030"])
def test_a_file_in_another_encoding_is_refused(encoding, tmp_path):
    file = tmp_path / "a.yaml"
    file.write_bytes("名称: 医疗保险\n".encode(encoding))
    with pytest.raises(RuleErrors, match="UTF-8"):
        read_yaml(file, "rules/a.yaml")
