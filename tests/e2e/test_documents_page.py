"""文件库的页面连着真的助手：拖文件、核对、逐处定、撤销，都在真的浏览器里。"""

from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import pytest

pytest.importorskip("selenium", reason="没有装 selenium，跳过页面测试")

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.documents import made, written
from tests.sandbox.browser import MISSING, Tab, available, chromium

from .conftest import MakeProcess
from .process import AssistantProcess
from .stage import WAIT

TOKEN = "documents-0123456789abcdef"
needs_browser = pytest.mark.skipif(not available(), reason=MISSING)
NOTICE = """\
广西示例教育中心关于2027年1+X证书制度试点申报的补充通知
一、佐证材料
（一）佐证材料统一为PDF格式，单个文件不超过66MB。
（二）材料由校级管理员陈示例审核，手机13900000188。
二、申报时间
（一）2027年申报时间为2027年3月1日至2027年4月15日。
"""


@pytest.fixture(scope="module")
def process(make_small_process: MakeProcess) -> Iterator[AssistantProcess]:
    """设了令牌、开着页面的助手。"""
    started = make_small_process(
        SANDBOX="false",
        CONSOLE="true",
        ONEBOT_V11_ACCESS_TOKEN=TOKEN,
        ONEBOT_V12_ACCESS_TOKEN=TOKEN,
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
def tab(browser: webdriver.Chrome, process: AssistantProcess) -> Iterator[Tab]:
    """一个打开着文件库的标签页；用完后控制台里不该有错误。"""
    opened = Tab(browser, f"http://{process.base}/documents")
    opened.wait(lambda: opened.find("drop"), WAIT)
    yield opened
    assert opened.errors() == []


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    """一份补充通知。"""
    path = tmp_path / "补充通知.txt"
    path.write_text(NOTICE, "utf-8")
    return path


def give(tab: Tab, *paths: Path) -> None:
    """选几个文件。"""
    box = tab.driver.find_element(By.CSS_SELECTOR, "input[type=file]")
    box.send_keys("\n".join(map(str, paths)))


def bring(tab: Tab, path: Path) -> None:
    """导入一份，等到列出改动。"""
    give(tab, path)
    tab.wait(lambda: tab.find("job-bring").is_displayed(), WAIT)
    tab.click("job-bring")
    tab.wait(lambda: cards(tab), WAIT)


def cards(tab: Tab) -> list[WebElement]:
    """各处改动。"""
    return tab.driver.find_elements(By.CSS_SELECTOR, ".dc-card")


def undo(tab: Tab) -> None:
    """整份撤销。"""
    tab.click("undo-import")
    tab.click("dialog-yes")
    tab.wait(lambda: tab.find("no-documents").is_displayed())


def holding(tab: Tab, text: str) -> str:
    """写着这些字的一处的序号。"""
    found = next(card for card in cards(tab) if text in card.text)
    return (found.get_attribute("data-testid") or "").removeprefix("card-")


@needs_browser
def test_a_notice_is_dropped_ticked_and_undone(tab: Tab, notice: Path) -> None:
    assert tab.find("welcome").is_displayed()
    bring(tab, notice)
    assert "补充通知" in tab.find("document-title").text
    number = holding(tab, "66MB")
    card = tab.find(f"card-{number}")
    assert "依据 一（一）" in card.text
    tab.click(f"edit-{number}")
    box = tab.wait(lambda: tab.find(f"editor-{number}"))
    box.send_keys(Keys.END, "超过的分成几份。")
    tab.click(f"save-{number}")
    tab.wait(lambda: "分成几份" in tab.find(f"after-{number}").text)
    tab.click(f"accept-{number}")
    tab.wait(lambda: "已接受" in tab.find(f"card-{number}").text)
    tab.click(f"reopen-{number}")
    tab.wait(lambda: tab.find(f"accept-{number}").is_displayed())
    tab.click(f"refuse-{number}")
    tab.wait(lambda: "不改" in tab.find(f"card-{number}").text)
    undo(tab)


@needs_browser
def test_a_private_number_is_asked_about_and_left_out_of_all(
    tab: Tab, notice: Path
) -> None:
    bring(tab, notice)
    number = holding(tab, "13900000188")
    tab.click("accept-sure")
    tab.wait(lambda: "个人号码" in tab.find("dialog").text)
    tab.click("dialog-yes")
    tab.wait(lambda: not tab.driver.find_elements(By.CSS_SELECTOR, ".dc-dialog"))
    tab.wait(lambda: "已接受" in tab.driver.page_source)
    assert tab.find(f"card-{number}").get_attribute("data-status") == "open"
    tab.click(f"accept-{number}")
    tab.wait(lambda: "139****88" in tab.find("dialog").text)
    tab.click("dialog-yes")
    tab.wait(lambda: "已接受" in tab.find(f"card-{number}").text)
    undo(tab)


@needs_browser
def test_what_is_not_evident_is_asked_and_a_bad_file_says_why(
    tab: Tab, tmp_path: Path
) -> None:
    vague, broken = tmp_path / "说明.txt", tmp_path / "坏.docx"
    vague.write_text(
        "试点工作说明\n一、佐证材料统一为PDF格式。\n二、按时报送。", "utf-8"
    )
    broken.write_bytes(b"PK nothing")
    give(tab, vague, broken)
    assert "坏了" in tab.wait(lambda: tab.find("job-failed"), WAIT).text
    tab.click("job-close")
    assert "看不出" in tab.wait(lambda: tab.find("job-warn"), WAIT).text
    tab.click("job-bring")
    tab.wait(lambda: "请写明" in tab.driver.page_source)
    tab.click("job-drop")
    tab.wait(lambda: not tab.driver.find_elements(By.CSS_SELECTOR, ".dc-job"))
    assert tab.find("no-documents").is_displayed()


@needs_browser
def test_a_phone_shows_it_whole(
    browser: webdriver.Chrome, process: AssistantProcess, tmp_path: Path
) -> None:
    with chromium(390, 844) as driver:
        tab = Tab(driver, f"http://{process.base}/documents")
        tab.wait(lambda: tab.find("drop"), WAIT)
        give(tab, made.as_docx(written.NOTICE, tmp_path))
        tab.wait(lambda: tab.find("job-bring").is_displayed(), WAIT)
        width = driver.execute_script("return document.documentElement.scrollWidth")
        assert width == 390
        tab.click("job-drop")


def visit(process: AssistantProcess, **headers: str) -> int:
    """打开页面，返回状态码。"""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    asked = Request(f"http://{process.base}/documents", headers=named)
    try:
        with build_opener(ProxyHandler({})).open(asked) as response:
            return response.status
    except HTTPError as error:
        return error.code


def test_only_this_machine_or_the_token_opens_it(process: AssistantProcess) -> None:
    assert visit(process) == 200
    assert visit(process, Host="bot.example") == 403
    assert visit(process, X_Real_IP="10.0.0.8") == 403
    assert visit(process, Sec_Fetch_Dest="iframe") == 403
