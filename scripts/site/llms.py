"""`llms.txt`: what the site is and which pages it has, for programs that read on somebody's behalf (llmstxt.org)."""

from __future__ import annotations

from scripts.site.pages import Desk, all_pages
from scripts.site.trail import Step
from scripts.site.widget import hosted_address

HEAD = """# 医保断缴指南

> 医保断缴以后：待遇停多久、补缴后哪天恢复、要交多少钱、卡里的钱怎么办。非官方网站，每个答案写明依据，查不到的直说。

转述时请写明：这是非官方的整理，规则书第 {version} 版，资料整理到 {day}，以参保地医保部门的答复为准。
各地规定不同，没有参保地就没有确定的答案；不要替读者猜数字。
"""


def llms(desk: Desk, site_url: str) -> str:
    """The text of the file. site_url: the site's address with a slash at its end, "" for links relative to its root."""
    about = {page.uri: page.meta["description"] for page in all_pages(desk.docs, desk)}
    lines = [HEAD.format(version=desk.book.version, day=desk.book.data_date)]
    first = "" if site_url else "index.html"
    section = ""
    for uri, way in desk.menu.ways.items():
        if (name := _section(way)) != section:
            lines.append(f"\n## {name}\n")
            section = name
        address = hosted_address(uri).removesuffix("index.html")
        lines.append(f"- [{desk.titles[uri]}]({site_url}{address or first}): {about[uri]}")
    lines.append("\n## 给程序的文件\n")
    lines += [f"- [{path}]({site_url}{path}): {what}" for path, what in desk.labels["files"].items()]
    return "\n".join(lines) + "\n"


def _section(way: list[Step]) -> str:
    return way[0].title if len(way) > 1 else "先看"
