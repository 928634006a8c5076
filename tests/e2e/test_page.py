"""沙盒页面连着真的助手：点例题、教、更正，微信那边也一样。"""

from collections.abc import Iterator

import pytest

pytest.importorskip("selenium", reason="没有装 selenium，跳过页面测试")

from selenium import webdriver

from tests.sandbox.browser import MISSING, SandboxTab, available, chromium

from .conftest import MakeProcess
from .process import AssistantProcess
from .stage import WAIT

pytestmark = pytest.mark.skipif(not available(), reason=MISSING)
QUESTION = "360浏览器打不开申报平台怎么办？"
TOKEN = "page-0123456789abcdef"


@pytest.fixture(scope="module")
def process(make_small_process: MakeProcess) -> Iterator[AssistantProcess]:
    """打开了沙盒、设了令牌的助手。"""
    started = make_small_process(
        SANDBOX="true", ONEBOT_V11_ACCESS_TOKEN=TOKEN, ONEBOT_V12_ACCESS_TOKEN=TOKEN
    )
    started.start()
    yield started
    started.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    """整个文件共用一个浏览器。"""
    with chromium() as driver:
        yield driver


@pytest.fixture
def tab(browser: webdriver.Chrome, process: AssistantProcess) -> Iterator[SandboxTab]:
    """一个打开着沙盒的标签页；用完后控制台里不该有错误。"""
    opened = SandboxTab(browser, f"http://{process.base}/sandbox")
    yield opened
    assert opened.errors() == []


def ask(tab: SandboxTab, text: str) -> str:
    """打字发出，等助手多说一句，返回那句。"""
    before = len(tab.bubbles("assistant"))
    tab.type(text)
    return tab.wait_reply(before + 1, WAIT).text


def test_six_examples_are_answered_by_a_click(make_process: MakeProcess) -> None:
    """新用户看到的样子：随程序的知识，没有令牌，每个示例一点就有答案或候选。"""
    shipped = make_process(SANDBOX="true")
    shipped.start()
    try:
        with chromium() as driver:
            tab = SandboxTab(driver, f"http://{shipped.base}/sandbox")
            chips = tab.driver.find_elements("css selector", "[data-testid^=chip-]")
            assert len(chips) == 6
            for number in range(6):
                if not tab.find("chips").is_displayed():
                    tab.click("examples")
                tab.click(f"chip-{number}")
                text = tab.wait_reply(number + 1, WAIT).text
                assert any(word in text for word in ("——", "截至", "回数字即可"))
            assert tab.errors() == []
    finally:
        shipped.stop()


def test_regions_of_the_places(tab: SandboxTab) -> None:
    tab.open("guangxi")
    assert "广西2021申报指南" in ask(tab, "申报什么时候截止？")
    tab.open("shandong")
    assert "12月20日" in ask(tab, "申报什么时候截止？")
    tab.open("wechat")
    both = ask(tab, "申报什么时候截止？")
    assert "【广西】" in both
    assert "【山东】" in both


def test_the_secretariat_teaches_and_the_teacher_learns(tab: SandboxTab) -> None:
    tab.open("guangxi")
    tab.click("persona-20001")
    assert "只有秘书处能用" in ask(tab, "教 页面测试的暗号 = 天王盖地虎")
    tab.click("persona-20003")
    assert "学会了" in ask(tab, "教 页面测试的暗号 = 天王盖地虎")
    tab.click("persona-20001")
    assert "天王盖地虎" in ask(tab, "页面测试的暗号")


def test_correcting_by_quoting(tab: SandboxTab) -> None:
    tab.open("private")
    tab.click("persona-20000")
    before = len(tab.bubbles("assistant"))
    tab.type(QUESTION)
    answer = tab.wait_reply(before + 1, WAIT)
    assert "兼容模式" in answer.text
    tab.reply_to(answer)
    assert "已更正" in ask(tab, "更正 换成Edge浏览器。")
    assert "换成Edge浏览器" in ask(tab, QUESTION)
