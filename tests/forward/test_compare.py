"""Two generators' pages are compared by what readers get; whatever is not the same and not accepted is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts.forward.compare import ACCEPTED, Difference, accepted, compare, not_passed_on, unlike_files
from scripts.forward.generators import COMMANDS
from scripts.forward.pages import PARTS, read, read_all

PAGE = """<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>费用</title>
<meta name="description" content="要交多少"><link rel="canonical" href="./"></head><body>
<nav><a href="../">首页</a></nav>
<article class="md-content"><h1 id="cost">费用<a class="headerlink" href="#cost">¶</a></h1>
<p>要交  <a href="../steps/">多少</a>\n钱？</p><br>
<table><tr><th>地方</th><th>比例</th></tr><tr><td>北京</td><td>9.8%</td></tr></table>
<pre><code class="language-json">{"a":\n  1}</code></pre></article></body></html>"""
ADDRESS = "cost/index.html"
ALTERED = {
    "head": ("要交多少", "要交几元"),
    "ways": ("首页", "主页"),
    "headings": ('id="cost"', 'id="price"'),
    "links": ("../steps/", "../step/"),
    "tables": ("9.8%", "9.3%"),
    "text": ("钱？", "钱"),
    "article": ("<p>", '<p class="odd">'),
}


def told(before: str, after: str, allowed=()) -> list[str]:
    return compare({ADDRESS: read(before, ADDRESS)}, {ADDRESS: read(after, ADDRESS)}, list(allowed))


def test_the_parts_of_a_page_are_what_a_reader_gets():
    page = read(PAGE, ADDRESS)
    assert page["head"] == ["title: 费用", "meta description: 要交多少", "link canonical: /cost"]
    assert page["ways"] == ["/ 首页"] and page["links"] == ["/cost#cost ¶", "/steps 多少"]
    assert page["headings"] == ["h1#cost 费用 ¶"]
    assert page["tables"] == ["| 地方 | 比例 ", "| 北京 | 9.8% "]
    assert 'code: {"a":\n  1}' in page["text"] and "要交" in page["text"]


@pytest.mark.parametrize("part", PARTS)
def test_a_difference_in_any_part_is_told(part):
    found = told(PAGE, PAGE.replace(*ALTERED[part]))
    assert any(line.startswith(f"{part}:") for line in found), found


def test_pages_that_readers_get_the_same_of_are_the_same():
    coloured = PAGE.replace('<code class="language-json">{', '<code><span class="p">{</span>')
    other = coloured.replace("要交  ", "要交\n").replace("../steps/", "/steps/")
    assert told(PAGE, PAGE) == [] == told(PAGE, other)


def test_a_page_that_is_missing_or_too_many_is_told():
    page = {ADDRESS: read(PAGE, ADDRESS)}
    assert compare(page, {}, []) == [f"少了一页:{ADDRESS}"] and compare({}, page, []) == [f"多了一页:{ADDRESS}"]


def allowed(side: str, line: str, becomes: str = "") -> Difference:
    return Difference("text", side, re.compile(line), becomes, "a reason")


def test_what_is_accepted_hides_itself_alone():
    other = PAGE.replace("钱？", "元？")
    both = [allowed("other", "^元？$", "钱？")]
    assert [line for line in told(PAGE, other, both) if line.startswith("text:")] == []
    worse = other.replace("要交  ", "不交 ")
    assert any("不交" in line for line in told(PAGE, worse, [allowed("other", "^元？$", "钱？")]) if line.startswith("text:"))


def test_an_accepted_difference_that_is_not_there_any_more_is_told():
    assert "多余的一条" in told(PAGE, PAGE, [allowed("other", "^元？$", "钱？")])[0]


def test_each_accepted_difference_has_its_reason_and_a_generator_that_is_run():
    for generator in COMMANDS:
        assert all(len(one.why) > 30 for one in accepted(generator)), generator
    assert accepted("mkdocs") == [] and len(accepted("zensical")) >= 5


def test_an_entry_without_a_reason_is_refused(tmp_path):
    file = tmp_path / ACCEPTED.name
    file.write_text('[{of: [zensical], part: text, side: other, line: x, becomes: "", why: ""}]', "utf-8")
    with pytest.raises(ValueError, match="zensical"):
        accepted("zensical", file)


def test_files_that_are_not_pages_arrive_as_they_are(tmp_path):
    staged, site = tmp_path / "staged", tmp_path / "site"
    for folder in (staged, site):
        (folder / "api").mkdir(parents=True)
        (folder / "api" / "places.json").write_text("[]", "utf-8")
    (staged / "index.md").write_text("# 首页", "utf-8")
    assert not_passed_on(staged, site) == []
    (site / "api" / "places.json").write_text("[1]", "utf-8")
    assert not_passed_on(staged, site) == ["没有原样带过去的文件:api/places.json"]


def test_of_a_finished_site_every_byte_counts(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        (folder / "downloads").mkdir(parents=True)
        (folder / "index.html").write_text(PAGE, "utf-8")
    (one / "downloads" / "bundle.zip").write_bytes(b"1")
    assert unlike_files(one, other, ["downloads"]) == []
    (other / "index.html").write_text(PAGE + " ", "utf-8")
    (other / "more.html").write_text(PAGE, "utf-8")
    assert unlike_files(one, other, ["downloads"]) == ["做好的网站里不一样:index.html", "做好的网站里不一样:more.html"]


def test_pages_that_no_markdown_became_are_left_out(tmp_path):
    (tmp_path / "404.html").write_text(PAGE, "utf-8")
    (tmp_path / "cost").mkdir()
    (tmp_path / "cost" / "index.html").write_text(PAGE, "utf-8")
    assert list(read_all(Path(tmp_path), ["404.html"])) == [ADDRESS]
