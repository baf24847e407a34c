"""Inside WeChat, Alipay and the like: old engines, no files, no printing, no clipboard, and nothing of it announced."""

from __future__ import annotations

import json
from urllib.parse import unquote

import pytest

from tests.browser.asking import link
from tests.faults.outcome import CASE, ask, check_answered, check_kept
from tests.faults.tables import named

pytestmark = pytest.mark.browser

WEBKIT = "Mozilla/5.0 (iPhone; CPU iPhone OS 15_8 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
ANDROID = "Mozilla/5.0 (Linux; Android 10; HLK-AL00; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/{} Mobile"
APPS = {
    "wechat-on-iphone": f"{WEBKIT} MicroMessenger/8.0.49(0x18003137) NetType/4G Language/zh_CN",
    "wechat-on-android": f"{ANDROID.format('86.0.4240.99')} XWEB/4425 MMWEBSDK/20230202 MicroMessenger/8.0.34 NetType/4G",
    "alipay-on-iphone": f"{WEBKIT} NebulaSDK/1.8.100112 Nebula AlipayClient/10.5.90.6000 Language/zh-Hans",
    "alipay-on-android": f"{ANDROID.format('100.0.4896.127')} UCBS/1.0 NebulaSDK/1.8.100112 AlipayClient/10.5.88.8000",
    "qq-on-android": f"{ANDROID.format('98.0.4758.102')} V1_AND_SQ_8.9.70 QQ/8.9.70.11730 NetType/WIFI",
    "dingtalk-on-iphone": f"{WEBKIT} AliApp(DingTalk/7.5.0) com.laiwang.DingTalk/33203546",
}
# What such a view lacks, in the page; and what it does instead of saving a file: nothing.
LIMITS = """
delete Navigator.prototype.clipboard
delete Navigator.prototype.serviceWorker
delete Navigator.prototype.share
delete Navigator.prototype.connection
delete Uint8Array.fromBase64
delete window.structuredClone
delete window.requestIdleCallback
delete window.showSaveFilePicker
delete Array.prototype.at
delete Object.hasOwn
window.print = () => { window.printed = true }
addEventListener('click', (event) => event.target.closest?.('a[download]') && event.preventDefault(), true)
"""


def case_in(address: str) -> dict[str, object]:
    """The Case in an address."""
    case: dict[str, object] = json.loads(unquote(address.split("#case=")[1]))
    return case


NIGHT = ("wechat-on-iphone", "alipay-on-iphone", "qq-on-android", "dingtalk-on-iphone")


@named("agent", APPS, at_night=NIGHT)
def test_it_answers_and_says_what_the_app_cannot(agent, site, visit):
    calculator = visit(site.root + "calculator/", init=LIMITS, user_agent=agent, has_touch=True, is_mobile=True)
    ask(calculator)
    check_answered(calculator)
    for button in ("calendar", "json", "print"):
        share = calculator.part("share")
        calculator.part(button).click()
        assert "在浏览器打开" in share.inner_text()
        assert "已保存" not in share.inner_text()
    assert calculator.page.evaluate("window.printed") is None
    assert case_in(calculator.page.url).items() >= CASE.items(), "the answers go along into the browser"
    calculator.part("copy").click()
    field = calculator.part("share").locator("input")
    assert "长按" in calculator.part("share").inner_text()
    assert "#case=" in field.input_value()
    check_kept(calculator)


@named("agent", APPS, at_night=[name for name in APPS if name != "wechat-on-android"])
def test_a_link_from_a_chat_opens(agent, site, visit):
    calculator = visit(site.root + "calculator/" + link(CASE), init=LIMITS, user_agent=agent, has_touch=True, is_mobile=True)
    check_answered(calculator)


def test_parameters_that_chats_put_into_links_do_no_harm(site, visit):
    calculator = visit(site.root + "calculator/?from=singlemessage&isappinstalled=0&scene=1&clicktime=1" + link(CASE))
    check_answered(calculator)
