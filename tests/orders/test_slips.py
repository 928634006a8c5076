"""打错了字的：口令、答应打成了同音字，要发的、刚办的打错了又改。"""

import pytest

from bot.words import Words
from tests.everything import whole_router

from .conftest import BOSS, COLLEAGUE, GUANGXI, UNBOUND, Office, private

AT_HOME = private(GUANGXI)


@pytest.fixture(scope="module")
def words() -> Words:
    return whole_router().words


@pytest.mark.parametrize(
    ("text", "name", "argument"),
    [
        ("受权 20031 广西", "授权", "20031 广西"),
        ("登计：桂东示例职业技术学院", "登记", "桂东示例职业技术学院"),
        ("取销 3", "取消", "3"),
    ],
)
def test_a_word_is_known_by_its_sound(
    words: Words, text: str, name: str, argument: str
) -> None:
    said = words.read(text)
    assert said is not None
    assert (said.name, said.argument) == (name, argument)


@pytest.mark.parametrize(
    "text",
    [
        "等级 初级和中级怎么分", "登机 几点", "广博 一些的学校", "到处 都是",
        "叫 什么名字", "受权单位要盖章吗", "登计", "题醒我一下",
        "接收 材料了吗", "证书 有哪些",
    ],
)  # fmt: skip
def test_ordinary_words_are_no_commands(words: Words, text: str) -> None:
    assert words.read(text) is None


async def test_rights_by_a_mistyped_word_are_the_superusers(office: Office) -> None:
    refused = await office.say("受权 广西", mentions=(COLLEAGUE,))
    assert refused == "「授权」只有超级管理员能用。"
    assert "已授予" in await office.say("受权 广西", BOSS, mentions=(COLLEAGUE,))


@pytest.mark.parametrize("text", ["算了先不发", "算了先布发"])
async def test_a_broadcast_just_shown_is_dropped(office: Office, text: str) -> None:
    await office.say("广播 后天示例平台停机", place=AT_HOME)
    assert "已取消" in await office.say(text, place=AT_HOME)
    assert "没有等着" in await office.say("确认", place=AT_HOME)


async def test_a_slip_in_a_broadcast_is_put_right(office: Office) -> None:
    await office.say("广播 后天示例平台停几维护", place=AT_HOME)
    shown = await office.say("等等 打错了 停几是停机", place=AT_HOME)
    assert "后天示例平台停机维护" in shown
    assert "停几" not in shown
    assert office.gateways.sent == []


async def test_a_slip_that_is_nowhere_changes_nothing(office: Office) -> None:
    await office.say("广播 后天示例平台停机维护", place=AT_HOME)
    shown = await office.say("打错了 校车是班车", place=AT_HOME)
    assert "班车" not in shown


async def test_the_region_just_bound_is_put_right(office: Office) -> None:
    await office.say("绑山东", BOSS, UNBOUND)
    shown = await office.say("错，广西的", BOSS, UNBOUND)
    assert "将换成广西" in shown
    await office.say("确认", BOSS, UNBOUND)
    assert office.assistant.groups.get(UNBOUND).region == "广西"
