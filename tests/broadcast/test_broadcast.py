"""广播：从口令到每个群的结果。"""

import asyncio
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
import pytest_asyncio

from bot.broadcast import BroadcastError, read_draft
from bot.errors import SendFailed, SendUnknown
from bot.knowledge import Lexicon
from bot.messages import Message, Person, Quote
from bot.outbox import Form, Lane, Pace
from bot.outgoing import Fetched
from bot.routing import Router
from plugins import confirming
from plugins.broadcast import routes
from tests.gateways import group
from tests.outbox.conftest import START, Office
from tests.outbox.messages import in_group, private
from tests.paths import KNOWLEDGE

LEXICON = Lexicon(KNOWLEDGE / "lexicon")
SHANDONG = "7"
GUANGXI = "8"


class Desk:
    """秘书处的一张桌子：说一句，得一句。"""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._router = Router([confirming.routes, routes])

    async def say(self, message: Message | str, user: str = SHANDONG) -> str:
        if isinstance(message, str):
            message = private(message, user)
        reply = await self._router.handle(self.office.assistant, message)
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
    assert "没有等着" in await desk.say("确认", GUANGXI)


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
    assert "没有等着" in await desk.say("确认", user="99")
    assert await desk.say("广播体操几点开始", user="99") == ""


async def test_confirming_and_queueing_stand_or_fall_together(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = await desk.say("广播 通知")

    async def broken(*_: object, **__: object) -> int:
        raise RuntimeError("断电")

    with monkeypatch.context() as patched:
        patched.setattr(desk.office.service.outbox, "put_within", broken)
        with pytest.raises(RuntimeError):
            await desk.say(f"确认 {number(preview)}")
    assert "开始发" in await desk.say(f"确认 {number(preview)}")
    await desk.office.run()
    assert len(desk.office.gateways.sent) == 2


async def test_two_answers_at_once_never_contradict(desk: Desk) -> None:
    for _ in range(15):
        asked = number(await desk.say("广播 通知"))
        started, cancelled = await asyncio.gather(
            desk.say(f"确认 {asked}"), desk.say(f"取消 {asked}", user="1")
        )
        assert ("开始发" in started) != ("什么也没做" in cancelled)


async def test_only_those_concerned_cancel_look_and_stop(desk: Desk) -> None:
    asked = number(await desk.say("广播 通知"))
    assert "没有山东的权限" in await desk.say(f"取消 {asked}", user=GUANGXI)
    assert "没有编号" in await desk.say(f"取消 {asked}", user="99")
    await desk.say(f"确认 {asked}")
    assert "没有编号" in await desk.say(f"广播状态 {asked}", user=GUANGXI)
    assert "没有山东的权限" in await desk.say(f"停止广播 {asked}", user=GUANGXI)
    await desk.office.groups.bind(group(2), "广西")
    assert "没有广西的权限" not in await desk.say(f"停止广播 {asked}")
    assert "山东2群" in await desk.say(f"广播状态 {asked}", user=GUANGXI)


async def test_stopping_tells_what_is_already_on_its_way(desk: Desk) -> None:
    asked = number(await desk.say("广播 通知"))
    await desk.say("确认")
    desk.office.gateways.failures = [SendUnknown("超时")] * 2
    await desk.office.service.courier.oversee()
    await desk.office.service.courier.send_one(Lane("qq", "10001"))
    stopped = await desk.say(f"停止广播 {asked}")
    assert "还没发的 1 条不会再发" in stopped
    assert "1 条已交给网关" in stopped


async def test_stale_broadcast_is_not_sent(desk: Desk) -> None:
    asked = number(await desk.say("广播 今天下午开会"))
    await desk.say("确认")
    desk.office.gateways.connected = []
    await desk.office.run()
    desk.office.hands.forward(days=3)
    desk.office.gateways.connected = ["10001"]
    await desk.office.run()
    assert desk.office.gateways.sent == []
    assert "过期未发 2" in await desk.say(f"广播状态 {asked}")
    assert "今天下午开会" in await desk.say("广播状态")
    assert "没有没送到" in await desk.say("广播状态", user=GUANGXI)


async def test_late_broadcast_is_marked(desk: Desk) -> None:
    await desk.say("广播 通知")
    await desk.say("确认")
    desk.office.gateways.connected = []
    await desk.office.run()
    desk.office.hands.forward(hours=5)
    desk.office.gateways.connected = ["10001"]
    await desk.office.run()
    assert desk.office.gateways.texts() == ["【补发，原定11月23日10:07】\n通知"] * 2


async def test_broadcast_confirmed_at_night_is_not_late_in_the_morning(
    desk: Desk,
) -> None:
    office = desk.office
    office.hands.now = START.replace(hour=22)
    asked = number(await desk.say("广播 通知"))
    answer = await desk.say(f"确认 {asked}")
    assert "已排上" in answer
    assert "8:30" in answer
    office.hands.now = START.replace(day=24, hour=8, minute=35)
    await office.run()
    assert office.gateways.texts() == ["通知", "通知"]


async def test_estimate_counts_the_queue_and_the_evening(desk: Desk) -> None:
    desk.office.service.courier.pace = Pace(3, 6)
    for index in range(10, 210):
        await desk.office.groups.seen(group(index), f"山东{index}群")
        await desk.office.groups.bind(group(index), "山东")
    assert "约 15 分钟" in await desk.say("广播 一")
    await desk.say("确认")
    assert "约 30 分钟" in await desk.say("广播 二")
    desk.office.hands.now = START.replace(hour=20, minute=50)
    assert "今天 21:00 前发不完" in await desk.say("广播 三")


async def test_groups_without_an_account_are_told(desk: Desk) -> None:
    desk.office.gateways.connected = []
    assert "其中 2 个群的助手账号没有连着" in await desk.say("广播 通知")


async def test_quoted_pictures_come_along(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def saved(addresses: Sequence[str], folder: Path) -> list[Path]:
        return [folder / address for address in addresses]

    monkeypatch.setattr("bot.broadcast.contents.save_pictures", saved)
    desk.office.gateways.messages = {
        "q1": Fetched("请看附图", ("a.png",)),
        "q2": Fetched("", ("b.png",)),
    }
    whole = in_group("广播", user=SHANDONG, quote=Quote("q1", "请看附图"))
    preview = await desk.say(whole)
    assert "请看附图" in preview
    assert "附 1 张图片" in preview
    assert "附 1 张图片" in await desk.say(
        in_group("广播", user=SHANDONG, quote=Quote("q2"))
    )
    both = in_group("广播 转发给大家", user=SHANDONG, quote=Quote("q1"))
    assert "转发给大家\n请看附图" in await desk.say(both)


async def test_notice_needs_text_that_fits(desk: Desk) -> None:
    assert "1,480 字" in await desk.say("广播 [公告] " + "长" * 1501)
    assert "作为群公告" in await desk.say("广播 [公告] 通知")


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
