"""Which addresses pages may call official, and link to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts.rulebook.positions import Scalar, mark_at, read_yaml
from scripts.rulebook.scalars import Report
from scripts.rulebook.sources import OfficialAddress

GOOD = (
    "https://gov.cn", "https://www.gov.cn/", "http://ybj.fj.gov.cn/a/b_1.html?x=1&y=%E4%B8%AD#c", "https://si.12333.cn/index.jhtml",
    "https://www.gov.cn:8443/a", "https://www.gov.cn?id=3",
)  # fmt: skip
BAD = (
    "https://evil.com\\@www.gov.cn/", "https://www.gov.cn@evil.com/", "https://a:b@www.gov.cn/", "https://[www.gov.cn", "https://notgov.cn/",
    "https://www.gov.cn.evil.com/", 'https://www.gov.cn/"onclick=', "https://www.gov.cn/<b>", "https://www.gov.cn/a)(b", "https://www.gov.cn\\evil",
    "https://www.gov.cn:port/", "ftp://www.gov.cn/", "javascript:alert(1)//www.gov.cn", "https://WWW.evil.com/.gov.cn", "https:///www.gov.cn",
    "https://www.gov.cn/中文",
)  # fmt: skip


def said(address: str, tmp_path: Path) -> list[str]:
    path = tmp_path / "a.yaml"
    path.write_text(f"url: '{address}'\n", "utf-8")
    node = read_yaml(path, "a.yaml")
    report = Report()
    value = node.entries["url"]  # type: ignore[union-attr]
    assert isinstance(value, Scalar) and mark_at(node, "url")
    OfficialAddress().compile(value, report)
    return [str(error) for error in report.errors]


@pytest.mark.parametrize("address", GOOD)
def test_an_official_address(address: str, tmp_path: Path) -> None:
    assert said(address, tmp_path) == []
    assert re.search(OfficialAddress().schema()["pattern"], address)


@pytest.mark.parametrize("address", BAD)
def test_what_is_none_is_refused_and_by_the_schema_too(address: str, tmp_path: Path) -> None:
    (error,) = said(address, tmp_path)
    assert error.startswith("a.yaml:1:6: ") and "应当" in error
    assert not re.search(OfficialAddress().schema()["pattern"], address)
