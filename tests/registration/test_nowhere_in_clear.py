"""群里像登记的话：遮住，能撤回就撤回，数据文件与日志里都没有原文。"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from loguru import logger

from bot.messages import Person
from tests.everything import whole_router

from .conftest import CLERK, GROUP, LI, Chat

SECRETS = (
    "柏虚构", "13800138123", "138 0013 8123", "138-0013-8123", "bai.xg@example.com",
    "周样例", "13900139456", "12450000498501004A", "示例路88号",
)  # fmt: skip
SAID = (
    "登记 桂东示例职业技术学院 高职 柏虚构 13800138123 bai.xg@example.com",
    "我来登记：桂东示例职业技术学院，柏虚构，138 0013 8123，"
    "备用联系人周样例13900139456",
    "桂东示例职业技术学院 高职 柏虚构 138-0013-8123",
    "联系人：柏虚构 电话 13800138123 怎么没人理我呢",
    "以后我们学校1+X的事由柏虚构负责对接，电话13800138123，邮箱bai.xg@example.com，怎么登记？",
    "新来的老师柏虚构13800138123要登记联系人怎么弄",
    "更新联系人 桂东示例职业技术学院 13800138123 bai.xg@example.com",
    "登記 桂東示例職業技術學院 高職 柏虛構 13800138123",
    "登记\n学校：桂东示例职业技术学院\n信用代码：12450000498501004A\n姓名：柏虚构\n"
    "手机：13800138123\n地址：桂东市示例区示例路88号",
    "登记 桂东示例职业技术学院 高职 柏虚构 1380013812",
    "报名登记 柏虚构 13800138123 周样例 13900139456 bai.xg@example.com",
)


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """这段时间写的日志。"""
    lines: list[str] = []
    sink = logger.add(lambda line: lines.append(str(line)), level=0)
    yield lines
    logger.remove(sink)


def _stored(chat: Chat) -> bytes:
    path = chat.parts.database.url.database
    assert path is not None
    files = (Path(path + suffix) for suffix in ("", "-wal"))
    return b"".join(file.read_bytes() for file in files if file.exists())


@pytest.mark.parametrize(
    ("person", "addressed"), [(LI, True), (LI, False), (CLERK, True)]
)
async def test_nothing_stays_in_clear(
    chat: Chat, logged: list[str], person: Person, addressed: bool
) -> None:
    """草稿也放弃之后，数据文件里一个字也没有。"""
    chat.use(whole_router())
    chat.gateways.recallable = True
    for text in SAID:
        reply = await chat.reply(text, person, place=GROUP, addressed=addressed)
        shown = reply.text if reply else ""
        assert not [secret for secret in SECRETS if secret in shown], (text, shown)
        assert "草稿】" not in shown or "撤回" in shown or not addressed
    assert await chat.parts.registration.drafts(person)
    for _ in SAID:
        await chat.say("取消", person)
    await chat.say("撤销登记", person)
    await chat.parts.registration.tidy()
    stored = _stored(chat)
    for secret in SECRETS:
        forms = (secret.encode(), secret.encode("unicode_escape"))
        assert not any(form in stored for form in forms), secret
        assert not [line for line in logged if secret in line], secret
