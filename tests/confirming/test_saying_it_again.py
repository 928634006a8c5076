"""紧接着出示，把要办的再说一遍：跟着答应、不要都算，说的是别的就再问。"""

import pytest

from tests.orders.conftest import TEACHER, Office, office, private

__all__ = ["office"]


async def _window(office: Office) -> None:
    await office.say("窗口 新增 2027年示例专项 5月10日至5月28日")
    await office.say("确认")


def _windows(office: Office) -> int:
    return len(office.assistant.deadlines.store.windows)


@pytest.mark.parametrize("text", ["对，去掉", "是的，删掉这个窗口", "行，删了吧"])
async def test_yes_and_the_same_act(office: Office, text: str) -> None:
    await _window(office)
    await office.say("窗口 删除 1")
    assert "已删除" in await office.say(text)
    assert _windows(office) == 0


@pytest.mark.parametrize(
    "text", ["对，记上", "是的，改吧", "对，去掉，再看看别的", "去掉的话提醒呢"]
)
async def test_yes_and_something_else_is_no_yes(office: Office, text: str) -> None:
    await _window(office)
    await office.say("窗口 删除 1")
    await office.say(text)
    assert _windows(office) == 1
    assert "已删除" in await office.say("确认 2")


async def test_something_else_shows_it_again(office: Office) -> None:
    await _window(office)
    await office.say("窗口 删除 1")
    assert "您说的是这件事吗" in await office.say("是的，改吧")


@pytest.mark.parametrize(
    "text", ["不对不对，这个也先不发", "等下，先别发", "先不群发了"]
)
async def test_no_and_the_act(office: Office, text: str) -> None:
    await office.say("广播 请各校本周内核对示例名单")
    assert "已取消" in await office.say(text)
    assert office.gateways.sent == []


@pytest.mark.parametrize(
    ("text", "dropped"),
    [
        ("等下，先不登了，我回去问问领导", True),
        ("先不登了，手机换成13900002222", False),
    ],
)
async def test_a_draft_is_dropped_with_a_reason(
    office: Office, text: str, *, dropped: bool
) -> None:
    home = private(TEACHER)
    words = "登记 广西 桂北示例职业学院 高职 李示例 13900005555"
    await office.say(words, TEACHER, place=home)
    await office.say(text, TEACHER, place=home)
    again = await office.say("确认", TEACHER, place=home)
    assert ("已登记" not in again) is dropped
