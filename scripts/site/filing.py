"""The numbers under which a site in mainland China is filed (ICP 备案, 公安备案), at the foot of every page.

They belong to whoever hosts the site, so they are told to the build and stand nowhere in the source:

    FILING_ICP=京ICP备12345678号-1 FILING_POLICE=京公网安备11010502030143号 make site

The ICP number leads to the ministry's register (《非经营性互联网信息服务备案管理办法》第十三条), the other to the police's.
"""

from __future__ import annotations

import os
import re
from html import escape
from typing import NamedTuple

from scripts.errors import BuildError

PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝蜀川黔贵滇云藏陕甘陇青宁新"
ICP = re.compile(rf"[{PROVINCES}]ICP(?:备[0-9]{{8}}(?:[0-9]{{2}})?|证[0-9]{{6,8}})号(?:-[0-9]{{1,4}})?")
POLICE = re.compile(rf"[{PROVINCES}]公网安备 ?([0-9]{{14}})号")
ICP_REGISTER = "https://beian.miit.gov.cn/"
POLICE_REGISTER = "https://beian.mps.gov.cn/#/query/webSearch?code="
SWITCHES = ("FILING_ICP", "FILING_POLICE")
FOOT = re.compile(r'(<div class="md-copyright">.*?)(\s*</div>\s*</div>\s*</div>\s*</footer>)', re.DOTALL)
"""The theme's foot; pages of our own making have their last words at the end of `<main>`."""
END = "</main>"


class Filing(NamedTuple):
    """Both numbers as they are to be shown; "" = none."""

    icp: str = ""
    police: str = ""


def told() -> Filing:
    """The numbers that the build was told. BuildError for what cannot be one."""
    icp, police = (os.environ.get(name, "").strip() for name in SWITCHES)
    if icp and not ICP.fullmatch(icp):
        raise BuildError(f"FILING_ICP 不像 ICP 备案号：{icp!r}；应当像 京ICP备12345678号-1")
    if police and not POLICE.fullmatch(police):
        raise BuildError(f"FILING_POLICE 不像公安备案号：{police!r}；应当像 京公网安备11010502030143号（14 位数字）")
    return Filing(icp, police)


def with_filing(html: str, filing: Filing) -> str:
    """The page with the numbers at its foot; as it was where there is none. LookupError if it has no foot."""
    if not any(filing):
        return html
    links = [_link(ICP_REGISTER, filing.icp)] if filing.icp else []
    if number := POLICE.fullmatch(filing.police):
        links.append(_link(POLICE_REGISTER + number[1], filing.police))
    words = f'<p class="yb-filing">{" ".join(links)}</p>'
    if FOOT.search(html):
        return FOOT.sub(lambda foot: f"{foot[1]}{words}{foot[2]}", html, count=1)
    before, end, after = html.rpartition(END)
    if not end:
        raise LookupError("a page without a foot: the filing numbers have no place")
    return f"{before}{words}\n{end}{after}"


def _link(address: str, number: str) -> str:
    return f'<a href="{escape(address)}" target="_blank" rel="noopener">{escape(number)}</a>'
