"""用无界面的 Chromium 操作沙盒页面；任何打开了沙盒的助手都能用。"""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from selenium import webdriver
from selenium.common.exceptions import (
    NoSuchElementException,
    StaleElementReferenceException,
)
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

DRIVER = "/usr/bin/chromedriver"
MISSING = (
    "没有 Chromium，跳过页面测试；安装："
    "apt-get install -y chromium chromium-driver fonts-noto-cjk"
)
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-proxy-server",
    "--lang=zh-CN",
)
T = TypeVar("T")


def available() -> bool:
    """这台机器上有没有 Chromium。"""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    return browser is not None and Path(DRIVER).exists()


@contextmanager
def chromium(width: int = 1280, height: int = 800) -> Iterator[webdriver.Chrome]:
    """打开浏览器，用完关掉。

    参数:
        width: 视口宽
        height: 视口高
    """
    options = Options()
    for flag in _FLAGS:
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    try:
        _resize(driver, width, height)
        yield driver
    finally:
        driver.quit()


def _resize(driver: webdriver.Chrome, width: int, height: int) -> None:
    metrics = {
        "width": width,
        "height": height,
        "deviceScaleFactor": 1,
        "mobile": width < 600,
    }
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


_READ_BUBBLES = """
return [...document.querySelectorAll('[data-testid="bubble"]')].map(row => {
  const quote = row.querySelector('[data-testid="quote"]');
  return {
    message_id: row.dataset.messageId,
    by: row.dataset.by,
    text: row.querySelector('[data-testid="bubble-body"]').innerText,
    quote: quote ? quote.innerText : "",
    mentions: [...row.querySelectorAll('.sb-at')].map(at => at.innerText),
  };
});
"""


@dataclass(frozen=True)
class Seen:
    """页面上看到的一个气泡。

    参数:
        message_id: 消息号
        by: `self`、`other` 或 `assistant`
        text: 气泡里的全部文字，含引用
        quote: 引用块的文字
        mentions: 高亮的 @
    """

    message_id: str
    by: str
    text: str
    quote: str
    mentions: list[str]


class Tab:
    """一个打开着某一页的标签页；操作前会先切到它。

    参数:
        driver: 浏览器
        url: 网址
        new: 开一个新标签页
    """

    def __init__(
        self, driver: webdriver.Chrome, url: str, *, new: bool = False
    ) -> None:
        self.driver = driver
        if new:
            driver.switch_to.new_window("tab")
            size = driver.get_window_size()
            _resize(driver, size["width"], size["height"])
        self._handle = driver.current_window_handle
        driver.get(url)

    def focus(self) -> None:
        """切到这个标签页。"""
        self.driver.switch_to.window(self._handle)

    def close(self) -> None:
        """关掉这个标签页。"""
        self.focus()
        self.driver.close()

    def wait(self, ready: Callable[[], T], timeout: float = 10) -> T:
        """等到条件成立。

        参数:
            ready: 返回真值即成立
            timeout: 最多等多久，秒

        异常:
            TimeoutError: 一直不成立
        """
        self.focus()
        deadline = time.monotonic() + timeout
        while True:
            try:
                if value := ready():
                    return value
            except (NoSuchElementException, StaleElementReferenceException):
                pass
            if time.monotonic() > deadline:
                raise TimeoutError("页面上一直没有等到要的东西")
            time.sleep(0.05)

    def find(self, testid: str) -> WebElement:
        """按 `data-testid` 找。"""
        self.focus()
        return self.driver.find_element(By.CSS_SELECTOR, f'[data-testid="{testid}"]')

    def click(self, testid: str) -> None:
        """点一下，等它出现。"""

        def clicked() -> bool:
            element = self.find(testid)
            if not element.is_displayed():
                return False
            element.click()
            return True

        self.wait(clicked)

    def screenshot(self, path: Path) -> None:
        """截图。"""
        self.focus()
        self.driver.save_screenshot(str(path))

    def errors(self) -> list[str]:
        """浏览器控制台里的错误。"""
        self.focus()
        return [
            str(entry["message"])
            for entry in self.driver.get_log("browser")
            if entry["level"] == "SEVERE"
        ]


class SandboxTab(Tab):
    """打开着沙盒的标签页，等它连上助手。"""

    def __init__(
        self, driver: webdriver.Chrome, url: str, *, new: bool = False
    ) -> None:
        super().__init__(driver, url, new=new)
        self.wait(lambda: self.find("online").get_attribute("data-online") == "true")

    def open(self, place: str) -> None:
        """打开一个会话，等到显示出来。

        参数:
            place: `guangxi`、`shandong`、`wechat` 或 `private`
        """
        self.click(f"place-{place}")
        self.wait(
            lambda: (
                self.find("messages").get_attribute("data-place") or ""
            ).startswith(place)
        )

    def type(self, text: str, *, send: bool = True) -> None:
        """在输入框里打字；换行用 Shift+回车。"""
        box = self.find("input")
        for index, line in enumerate(text.split("\n")):
            if index:
                box.send_keys(Keys.SHIFT, Keys.ENTER)
            box.send_keys(line)
        if send:
            box.send_keys(Keys.ENTER)

    def bubbles(self, by: str = "") -> list[Seen]:
        """现在看到的气泡，旧的在前。

        参数:
            by: 只要某一方的
        """
        self.focus()
        seen = [Seen(**item) for item in self.driver.execute_script(_READ_BUBBLES)]
        return [item for item in seen if not by or item.by == by]

    def wait_bubble(self, text: str, by: str = "", timeout: float = 10) -> Seen:
        """等到一个含某段文字的气泡，返回最新的。"""
        return self.wait(
            lambda: next(
                (item for item in reversed(self.bubbles(by)) if text in item.text), None
            ),
            timeout,
        )  # type: ignore[return-value]

    def wait_reply(self, count: int, timeout: float = 10) -> Seen:
        """等到助手一共说了这么多句，返回最后一句。"""
        return self.wait(
            lambda: len(found := self.bubbles("assistant")) >= count and found, timeout
        )[-1]  # type: ignore[index]

    def reply_to(self, bubble: Seen) -> None:
        """点一个气泡的引用按钮。"""
        self.focus()
        row = f'[data-message-id="{bubble.message_id}"]'
        self.driver.execute_script(
            "document.querySelector(arguments[0]).click()",
            f'{row} [data-testid="reply"]',
        )
        self.wait(lambda: self.find("quoting").is_displayed())
