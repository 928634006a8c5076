"""广播：从口令到每个群的结果。"""

import re
from types import SimpleNamespace
from typing import cast

import pytest
import pytest_asyncio

from bot.assistant import Assistant
from bot.delivery import BroadcastError, Form, read_draft
from bot.errors import SendFailed, SendUnknown
from bot.knowledge import Lexicon
from bot.messages import Message, Person, Quote
from bot.routing import Router
from plugins.broadcast import routes
from tests.paths import KNOWLEDGE

from .conftest import Office
from .fakes import group
from .messages import in_group, private

LEXICON = Lexicon(KNOWLEDGE / "lexicon")
SHANDONG = "7"
GUANGXI = "8"


class Desk:
    """秘书处的一张桌子：说一句，得一句。"""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._router = Router([routes])
        self._assistant = cast(
            Assistant,
            SimpleNamespace(
                delivery=office.service, access=office.access, lexicon=LEXICON
            ),
        )

    async def say(self, message: Message | str, user: str = SHANDONG) -> str:
        if isinstance(message, str):
            message = private(message, user)
        reply = await self._router.handle(self._assistant, message)
        return reply.text if reply else ""


def number(text: str) -> str:
    """回复里让人确认的编号。"""
    found = re.search(r"确认 (\d+)", text)
    assert found, text
    return found[1]


@pytest_asyncio.fixture
async def desk(office: Office) -> Desk:
    root = Person("qq", "1")
    await office.access.grant(Person("qq", SHANDONG), "山东", root)
    await office.access.grant(Person("qq", GUANGXI), "广西", root)
    for index, region in enumerate(["山东", "山东", "广西"], 1):
        await office.groups.seen(group(index), f"{region}{index}群")
        await office.groups.bind(group(index), region)
    return Desk(office)


async def test_preview_confirm_and_outcome(desk: Desk) -> None:
    preview = await desk.say("广播 明天下午开会，请准时")
    assert "2 个群" in preview
    assert "明天下午开会，请准时" in preview
    assert desk.office.gateways.sent == []
    assert "2 个群" in await desk.say(f"确认 {number(preview)}")
    desk.office.gateways.failures = [SendFailed("被禁言"), None]
    await desk.office.run()
    status = await desk.say(f"广播状态 {number(preview)}")
    assert "已发 1" in status
    assert "没发成 1" in status
    assert "山东1群：没发成（被禁言）" in status
    assert "广西" not in status


async def test_unknown_is_shown_in_words(desk: Desk) -> None:
    desk.office.gateways.has_history = False
    preview = await desk.say("广播 通知")
    await desk.say("确认")
    desk.office.gateways.failures = [SendUnknown("网关超时")]
    await desk.office.run()
    desk.office.hands.forward(minutes=16)
    await desk.office.run()
    status = await desk.say(f"广播状态{number(preview)}")
    assert "下落不明（网关查不了历史" in status


async def test_region_of_others_is_refused(desk: Desk) -> None:
    assert "没有广西的权限" in await desk.say("广播 广西 通知")
    root = await desk.say("广播 广西,山东 通知", user="1")
    assert "广西、山东的 3 个群" in root
    mine = await desk.say("广播 通知")
    assert "没有" in await desk.say(f"确认 {number(mine)}", user=GUANGXI)


async def test_right_lost_before_sending(desk: Desk) -> None:
    preview = await desk.say("广播 通知")
    await desk.say("确认")
    await desk.office.access.revoke(Person("qq", SHANDONG))
    await desk.office.run()
    assert desk.office.gateways.sent == []
    status = await desk.say(f"广播状态 {number(preview)}", user="1")
    assert "确认人已没有这个地区的权限" in status


async def test_stop_at_any_moment(desk: Desk) -> None:
    preview = await desk.say("广播 通知")
    await desk.say("确认")
    assert "还没发的 2 条不会再发" in await desk.say(f"停止广播 {number(preview)}")
    await desk.office.run()
    assert desk.office.gateways.sent == []
    assert "已停止 2" in await desk.say(f"广播状态 {number(preview)}")


async def test_cancel_and_confirm_twice(desk: Desk) -> None:
    first = number(await desk.say("广播 一"))
    second = number(await desk.say("广播 二"))
    assert "请带上编号" in await desk.say("确认")
    assert "已取消" in await desk.say(f"取消 {first}")
    assert "取消过了" in await desk.say(f"确认 {first}")
    assert "开始发" in await desk.say(f"确认 {second}")
    assert "确认过了" in await desk.say(f"确认 {second}")
    assert await desk.say("确认") == ""


async def test_quoted_message_is_broadcast(desk: Desk) -> None:
    quoted = in_group("广播", user=SHANDONG, quote=Quote("q", "请看附件的通知"))
    assert "请看附件的通知" in await desk.say(quoted)
    empty = in_group("广播", user=SHANDONG, quote=Quote("q", ""))
    assert "取不到内容" in await desk.say(empty)
    assert "没有要广播的内容" in await desk.say("广播")


async def test_picture_without_address_is_refused(desk: Desk) -> None:
    message = in_group("广播 看图", user=SHANDONG, images=["file-id-1"])
    assert "转发不了图片" in await desk.say(message)


async def test_outsiders(desk: Desk) -> None:
    assert "只有秘书处能用" in await desk.say("广播 通知", user="99")
    silent = in_group("广播 通知", user="99", addressed=False)
    assert await desk.say(silent) == ""
    assert await desk.say("确认", user="99") == ""
    assert await desk.say("广播体操几点开始", user="99") == ""


@pytest.mark.parametrize(
    ("argument", "form", "regions", "text"),
    [
        ("通知", Form.MESSAGE, (), "通知"),
        ("[全体] 通知", Form.MENTION_ALL, (), "通知"),
        ("【全体】通知", Form.MENTION_ALL, (), "通知"),
        ("[公告] 广西 通知\n第二行", Form.NOTICE, ("广西",), "通知\n第二行"),
        ("广西，山东 通知", Form.MESSAGE, ("广西", "山东"), "通知"),
        ("广西的老师请注意", Form.MESSAGE, (), "广西的老师请注意"),
        ("【重要】通知", Form.MESSAGE, (), "【重要】通知"),
        ("[全体成员][山东] 通知", Form.MENTION_ALL, ("山东",), "通知"),
        ("［山东和广西］通知", Form.MESSAGE, ("山东", "广西"), "通知"),
        ("[全国] 通知", Form.MESSAGE, (), "通知"),
        ("广西 山东 通知", Form.MESSAGE, ("广西", "山东"), "通知"),
        ("[山东] 广西的经验", Form.MESSAGE, ("山东",), "广西的经验"),
        ("全体 老师请注意", Form.MESSAGE, (), "全体 老师请注意"),
        ("@全体成员 通知", Form.MENTION_ALL, (), "通知"),
        ("济南 的老师请注意", Form.MESSAGE, (), "济南 的老师请注意"),
    ],
)
def test_reads_draft(
    argument: str, form: Form, regions: tuple[str, ...], text: str
) -> None:
    draft = read_draft(argument, LEXICON.regions.named)
    assert (draft.form, draft.regions, draft.text) == (form, regions, text)


@pytest.mark.parametrize(
    "argument",
    [
        "[山冻] 通知",
        "[重要] 通知",
        "[全体] [公告] 通知",
        "[全部][山东] 通知",
        "山东 广西两省请注意",
    ],
)
def test_refuses_what_may_be_an_option(argument: str) -> None:
    with pytest.raises(BroadcastError):
        read_draft(argument, LEXICON.regions.named)
