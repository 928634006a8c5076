"""沙盒页面：在真的浏览器里点、打字、看。"""

import base64
from collections.abc import Iterator
from urllib.request import ProxyHandler, build_opener

import pytest
from selenium import webdriver

from plugins.sandbox import page
from plugins.sandbox.service import Sandbox
from plugins.sandbox.world import World

from .browser import MISSING, SandboxTab, available, chromium
from .conftest import EchoApp
from .echo_app import PIXEL

needs_browser = pytest.mark.skipif(not available(), reason=MISSING)


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    """整个文件共用一个浏览器。"""
    with chromium() as driver:
        yield driver


@pytest.fixture
def tab(browser: webdriver.Chrome, echo_app: EchoApp) -> Iterator[SandboxTab]:
    """一个打开着沙盒的标签页；用完后控制台里不该有错误。"""
    opened = SandboxTab(browser, echo_app.page_url)
    yield opened
    assert opened.errors() == []


def count(tab: SandboxTab) -> int:
    return len(tab.bubbles("assistant"))


@needs_browser
def test_example_question_is_answered(tab: SandboxTab) -> None:
    before = count(tab)
    tab.click("chip-0")
    reply = tab.wait_reply(before + 1)
    assert reply.text.endswith("听到：360进不去平台咋整")
    assert "@1+X助手 360进不去平台咋整" in tab.bubbles("self")[-1].text
    assert not tab.find("chips").is_displayed()
    tab.click("examples")
    tab.wait(lambda: tab.find("chips").is_displayed())


@needs_browser
def test_typing_and_enter(tab: SandboxTab) -> None:
    before = count(tab)
    tab.type("   ")
    tab.type("第一行\n第二行")
    reply = tab.wait_reply(before + 1)
    assert "听到：第一行\n第二行" in reply.text
    assert tab.find("input").get_attribute("value") == ""


@needs_browser
def test_text_is_never_html(tab: SandboxTab) -> None:
    before = count(tab)
    hostile = "<script>document.title='坏'</script><b>粗</b> [CQ:at,qq=all] {{1+1}}"
    tab.type(hostile)
    reply = tab.wait_reply(before + 1)
    assert f"听到：{hostile}" in reply.text
    assert "坏" not in tab.driver.title
    tab.open("shandong")
    tab.wait(lambda: hostile[:20] in tab.find("last-guangxi").text)


@needs_browser
def test_places_and_unread(tab: SandboxTab) -> None:
    tab.open("wechat")
    assert tab.find("title").text == "微信工作群"
    before = count(tab)
    tab.type("微信里问")
    tab.wait_reply(before + 1)
    tab.open("private")
    before = count(tab)
    tab.wait(lambda: not tab.find("at-assistant").is_displayed())
    tab.type("私下问")
    assert tab.wait_reply(before + 1).text.endswith("听到：私下问")
    tab.click("persona-20002")
    tab.wait(lambda: not [item for item in tab.bubbles() if "私下问" in item.text])


@needs_browser
def test_quote(tab: SandboxTab) -> None:
    before = count(tab)
    tab.type("被引用的")
    first = tab.wait_reply(before + 1)
    tab.click("at-assistant")
    tab.reply_to(first)
    tab.type("引用着说")
    second = tab.wait_reply(before + 2)
    assert "听到：引用着说" in second.text
    assert "听到：被引用的" in tab.bubbles("self")[-1].quote


@needs_browser
def test_two_tabs_see_the_same_group(tab: SandboxTab, echo_app: EchoApp) -> None:
    other = SandboxTab(tab.driver, echo_app.page_url, new=True)
    try:
        other.click("persona-20003")
        other.open("shandong")
        tab.open("wechat")
        other.type("两边都该看到")
        other.wait_bubble("听到：两边都该看到", "assistant")
        tab.wait(lambda: tab.find("unread-shandong").text == "2")
        tab.open("shandong")
        tab.wait_bubble("@1+X助手 两边都该看到", "other")
        read = tab.wait(lambda: not tab.find("unread-shandong").is_displayed())
        assert read
    finally:
        other.close()
        tab.focus()


@needs_browser
def test_fault_demonstration(tab: SandboxTab) -> None:
    tab.open("wechat")
    tab.click("faults")
    tab.click("scope-0")
    tab.click("fault-timeout_lost")
    tab.wait(lambda: "没送达" in tab.find("faults").text)
    tab.wait(lambda: not tab.driver.find_elements("css selector", ".q-menu"))
    before = count(tab)
    tab.type("这句答不到")
    tab.wait(lambda: "没送达" not in tab.find("faults").text)
    assert "没送达，报超时" in tab.wait(lambda: tab.find("note")).text  # type: ignore[attr-defined]
    assert count(tab) == before


@needs_browser
def test_a_reload_keeps_the_place_and_the_speaker(tab: SandboxTab) -> None:
    tab.open("shandong")
    tab.click("persona-20003")
    tab.wait(lambda: "who=20003" in tab.driver.current_url)
    tab.driver.refresh()
    tab.wait(lambda: tab.find("title").text == "山东工作群")
    assert tab.wait(
        lambda: tab.find("persona-20003").get_attribute("aria-pressed") == "true"
    )


PASTE = """
const bytes = Uint8Array.from(atob(arguments[0]), (c) => c.charCodeAt(0));
const given = new DataTransfer();
given.items.add(new File([bytes], "图.png", { type: "image/png" }));
const input = document.querySelector('[data-testid="input"]');
input.dispatchEvent(
  new ClipboardEvent("paste", { clipboardData: given, cancelable: true })
);
"""


@needs_browser
def test_a_picture_may_be_pasted(tab: SandboxTab) -> None:
    before = len(tab.bubbles("self"))
    tab.driver.execute_script(PASTE, base64.b64encode(PIXEL).decode())
    tab.wait(lambda: len(tab.bubbles("self")) == before + 1)
    tab.driver.execute_script(PASTE, base64.b64encode(b"not a picture").decode())
    tab.wait(lambda: "PNG" in tab.driver.find_element("tag name", "body").text)
    assert len(tab.bubbles("self")) == before + 1


@needs_browser
def test_new_name_and_mention(tab: SandboxTab) -> None:
    tab.click("new-persona")
    field = tab.wait(lambda: tab.find("new-name"))
    field.send_keys("陆老师(示例)")  # type: ignore[attr-defined]
    tab.click("new-name-ok")
    newcomer = f"persona-{World().add_persona('陆老师(示例)').number}"
    tab.wait(lambda: tab.find(newcomer).get_attribute("aria-pressed") == "true")
    tab.wait(lambda: not tab.driver.find_elements("css selector", ".q-dialog__inner"))
    tab.type("请 @覃老师(示例) 看一下")
    mine = tab.wait_bubble("看一下", "self")
    assert mine.mentions == ["@1+X助手", "@覃老师(示例)"]


@needs_browser
def test_phone(echo_app: EchoApp) -> None:
    with chromium(390, 844) as driver:
        tab = SandboxTab(driver, echo_app.page_url)
        tab.click("back")
        tab.open("shandong")
        before = count(tab)
        tab.type("手机上问" + "很长" * 60)
        tab.wait_reply(before + 1)
        width = driver.execute_script("return document.documentElement.scrollWidth")
        assert width == 390
        assert tab.errors() == []


def test_page_needs_no_network(echo_app: EchoApp) -> None:
    opener = build_opener(ProxyHandler({}))
    with opener.open(echo_app.page_url) as response:
        text = response.read().decode()
    assert "https://" not in text.replace("https?://", "")


def test_who_may_open_the_page() -> None:
    sandbox = Sandbox("127.0.0.1", 1, None, None)
    page.open_for(sandbox, "秘密")
    for visitor, asked in [
        ("127.0.0.1", "127.0.0.1:8080"), ("::1", "[::1]:8080"),
        ("::ffff:127.0.0.1", "localhost:8080"),
    ]:  # fmt: skip
        assert page.allowed(visitor, asked, None)
    assert page.allowed("10.0.0.8", "bot.example", "秘密")
    for host, token in [("10.0.0.8", None), ("10.0.0.8", "不对"), ("", ""), ("x", "")]:
        assert not page.allowed(host, "127.0.0.1", token)
    assert not page.allowed("127.0.0.1", "bot.example:8080", None)
    page.open_for(sandbox, None)
    assert not page.allowed("10.0.0.8", "127.0.0.1", "")
