"""网关一侧：重复上报、消息码、令牌、伪造的上报、不回应的网关。"""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.messages import PlaceKind
from plugins.sandbox.content import AtPart, Part, TextPart
from plugins.sandbox.gateway import FaultMode, V11Gateway, V12Gateway
from plugins.sandbox.gateway.actions import Params, Refusal, action
from plugins.sandbox.people import Persona, Protocol
from plugins.sandbox.world import World

from .conftest import MakeProcess
from .stage import (
    COORDINATOR,
    SECRETARIAT,
    SUPERUSER,
    TEACHER,
    WAIT,
    Chat,
    Stage,
    opened,
)

QUESTION = "360浏览器打不开申报平台怎么办？"
HOSTILE = (
    "[CQ:at,qq=all] [CQ:image,file=http://x.cn/a.png] @全体成员 &#91;CQ:face,id=1&#93;"
)
PENDING = ("send_msg", "get_msg")
"""助手回复、查被引用的消息所用的调用。"""


class MuteGateway(V11Gateway):
    """什么都收下，任何调用都不回应。"""

    async def _receive(self, frame: str | bytes) -> None:
        self.counters.actions[json.loads(frame)["action"]] += 1
        self._called.set()

    async def wait_for_call_of(self, name: str) -> None:
        """等到有一次这种调用。"""
        async with asyncio.timeout(WAIT):
            while not self.counters.actions[name]:
                self._called.clear()
                await self._called.wait()

    async def wait_all_pending(self, count: int) -> None:
        """等到每种调用都有这么多个悬着。"""
        async with asyncio.timeout(WAIT):
            while min(self.counters.actions[name] for name in PENDING) < count:
                self._called.clear()
                await self._called.wait()


async def test_an_event_reported_twice_is_answered_once(chat: Chat) -> None:
    bubble = chat.gateway.world.post(
        chat.place, TEACHER, [TextPart(f"小助手，{QUESTION}")]
    )
    event = chat.gateway.message_event(bubble)
    for _ in range(2):
        await chat.gateway.send_event(event)
    reply = await chat.reply(after=bubble.message_id)
    await chat.gateway.send_event(event)
    await chat.still_silent(after=reply.message_id)


@pytest.fixture
async def second_account(stage: Stage) -> AsyncIterator[V11Gateway]:
    """同一批群里的另一个 QQ 账号。"""
    gateway = stage.v11_gateway("10009001", World())
    await gateway.start()
    await gateway.wait_connected(WAIT)
    yield gateway
    await gateway.stop()


@pytest.mark.parametrize("other_first", [False, True])
async def test_two_accounts_in_a_group_answer_once(
    stage: Stage, second_account: V11Gateway, other_first: bool
) -> None:
    """@ 了其中一个账号的消息，两个账号都会上报，先后不定。"""
    chat = stage.group()
    second_account.world.add_group(chat.place.id, chat.place.name)
    at_first = AtPart(stage.v11.self_id, "")
    bubble = stage.world.post(chat.place, TEACHER, [at_first, TextPart(" 佐证材料")])
    events: list[tuple[V11Gateway, dict[str, object]]] = [
        (gateway, gateway.message_event(bubble))
        for gateway in (stage.v11, second_account)
    ]
    # 各账号算出的消息号不同，群里的流水号相同
    events[1][1]["message_id"] = 7
    stranger_to_first = 7
    for gateway, event in reversed(events) if other_first else events:
        await gateway.send_event(event)
        await asyncio.sleep(0.2)
    reply = await chat.reply(after=bubble.message_id)
    await chat.still_silent(after=reply.message_id)
    assert second_account.counters.delivered == 0
    quoted = [s["data"]["id"] for s in chat.sent_segments() if s["type"] == "reply"]
    assert bubble.message_id in quoted
    assert str(stranger_to_first) not in quoted


async def test_private_chats_of_two_accounts_are_apart(
    stage: Stage, second_account: V11Gateway
) -> None:
    """两个账号的私聊各有各的流水号，碰巧相同也不是同一条。"""
    asker = stage.newcomer()
    other = second_account.world.add_persona(asker.name)
    assert other.number == asker.number
    for gateway in (stage.v11, second_account):
        place = gateway.world.private(asker)
        bubble = gateway.world.post(place, asker, [TextPart(QUESTION)])
        await gateway.send_event(gateway.message_event(bubble) | {"real_seq": "5"})
        after = bubble.message_id
        reply = await gateway.wait_for_reply(place, after=after, timeout=WAIT)
        assert "兼容模式" in reply.text


async def test_the_same_number_elsewhere_is_another_person(stage: Stage) -> None:
    """微信里有人的号与 QQ 助手的号相同，也照样是个人。"""
    namesake = Persona(int(stage.v11.self_id), "同号")
    event = stage.v12.message_event(
        stage.world.post(stage.group(Protocol.V12).place, TEACHER, [TextPart(QUESTION)])
    )
    place = stage.world.find_place(
        Protocol.V12, PlaceKind.GROUP, str(event["group_id"])
    )
    assert place is not None
    await stage.v12.send_event(event | {"user_id": str(namesake.number)})
    reply = await stage.v12.wait_for_reply(
        place, after=event["message_id"], timeout=WAIT
    )
    assert "兼容模式" in reply.text


@pytest.mark.parametrize(
    ("protocol", "change"),
    [
        (Protocol.V12, {"message_id": ""}), (Protocol.V12, {"message_id": None}),
        (Protocol.V12, {"alt_message": None}), (Protocol.V12, {"message_id": 123}),
        (Protocol.V12, {"sub_type": None}), (Protocol.V11, {"font": None}),
        (Protocol.V11, {"raw_message": None}), (Protocol.V11, {"sender": None}),
    ],
)  # fmt: skip
async def test_events_may_lack_what_does_not_matter(
    stage: Stage, protocol: Protocol, change: dict[str, object]
) -> None:
    chat = stage.group(protocol)
    bubble = stage.world.post(chat.place, TEACHER, [TextPart(QUESTION)])
    event = chat.gateway.message_event(bubble) | change
    lacking = {name: value for name, value in event.items() if value is not None}
    await chat.gateway.send_event(lacking)
    assert "兼容模式" in (await chat.reply(after=bubble.message_id)).text


async def test_a_v12_message_reported_anew_is_answered_once(stage: Stage) -> None:
    chat = stage.group(Protocol.V12)
    bubble = stage.world.post(chat.place, TEACHER, [TextPart(QUESTION)])
    event = stage.v12.message_event(bubble)
    for number in ("first", "second"):
        await stage.v12.send_event(event | {"id": number})
    reply = await chat.reply(after=bubble.message_id)
    await chat.still_silent(after=reply.message_id)


class PlainGateway(V12Gateway):
    """不会引用、也不会 @ 的微信网关；可以装作网络不好。"""

    offline = False

    @action("send_message", sends=True)
    async def _send(self, params: Params) -> dict[str, Any]:
        if self.offline:
            raise Refusal(33001, "network error")
        if any(item["type"] != "text" for item in params["message"]):
            raise Refusal(10005, "unsupported segment")
        return await super()._send(params)


@pytest.fixture
async def plain(stage: Stage) -> AsyncIterator[PlainGateway]:
    """连好的、不会引用的微信网关。"""
    url = f"ws://{stage.process.base}/onebot/v12/ws"
    gateway = PlainGateway(url, None, "wxid_plain", "wework", World())
    await gateway.start()
    await gateway.wait_connected(WAIT)
    yield gateway
    await gateway.stop()


async def test_what_a_gateway_refuses_is_said_plainly(plain: PlainGateway) -> None:
    chat = Chat(plain, plain.world.add_group("p@chatroom", "群", Protocol.V12))
    assert "兼容模式" in (await chat.ask(TEACHER, QUESTION)).text
    assert plain.counters.actions["send_message"] == 2


async def test_a_network_error_is_not_sent_again(
    stage: Stage, plain: PlainGateway
) -> None:
    """网络出错的，可能已经送到：再发一次就重复了。"""
    plain.offline = True
    place = plain.world.add_group("q@chatroom", "群", Protocol.V12)
    await plain.say(place, TEACHER, QUESTION, at_assistant=True)
    await plain.wait_for_call("send_message", timeout=WAIT)
    await stage.group().ask(TEACHER, QUESTION)
    assert plain.counters.actions["send_message"] == 1
    assert "不知道送到没有" in stage.process.log


async def test_a_broken_connection_frees_what_waits_for_it(stage: Stage) -> None:
    """连接断了，悬着的调用不必等到超时（这里是两分钟）。"""
    url = f"ws://{stage.process.base}/onebot/v11/ws"
    mute = MuteGateway(url, None, "10009003", "qq", World())
    await mute.start()
    await mute.wait_connected(WAIT)
    await mute.say("guangxi", TEACHER, QUESTION, at_assistant=True)
    await mute.wait_for_call_of("send_msg")
    before = stage.process.log.count("没有确定送到")
    await mute.stop()
    async with asyncio.timeout(WAIT):
        while stage.process.log.count("没有确定送到") == before:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    assert stage.process.log.count("没有确定送到") == before + 1


async def test_users_cannot_make_it_send_codes(stage: Stage) -> None:
    """提问人的名字、问题，教的答案里的消息码，发出时都只是文字。"""
    chat, asker = stage.group(), stage.newcomer("[CQ:at,qq=all]老师")
    await chat.ask(asker, QUESTION)
    await chat.ask(asker, f"没解决 {HOSTILE}")
    listed = (await chat.ask(SECRETARIAT, "未答")).text
    assert "[CQ:at,qq=all]" in listed
    number = next(
        line.partition(".")[0] for line in listed.splitlines() if "[CQ:" in line
    )
    await chat.ask(SECRETARIAT, f"更正 {HOSTILE}")
    await chat.ask(SECRETARIAT, f"绑定地区 {HOSTILE}")
    await chat.ask(SUPERUSER, f"授权 [CQ:at,qq=all] {HOSTILE}")
    await chat.ask(SECRETARIAT, f"答 {number}x {HOSTILE}")
    assert_only_text(chat, allowed=set())


async def test_taught_codes_are_only_text(make_small_process: MakeProcess) -> None:
    async with opened(make_small_process()) as stage:
        await stage.appoint()
        for protocol in Protocol:
            chat, asker = stage.group(protocol), stage.newcomer(f"[CQ:at]{protocol}")
            question = f"{protocol}消息码测试"
            taught = await chat.ask(SECRETARIAT, f"教 {question} = {HOSTILE}")
            assert "学会了" in taught.text
            assert (await chat.ask(asker, question)).text.startswith(HOSTILE)
            kept = await chat.ask(asker, f"没解决 {HOSTILE}")
            office = stage.private(SECRETARIAT, protocol)
            listed = (await office.ask(SECRETARIAT, "未答")).text.splitlines()
            number = next(line for line in listed if protocol in line).partition(".")[0]
            done = await office.ask(SECRETARIAT, f"答 {number} {HOSTILE}")
            assert "正发回原处" in done.text
            assert HOSTILE in (await chat.reply(after=kept.message_id)).text
            assert_only_text(chat, allowed={asker.id_in(protocol)})


def assert_only_text(chat: Chat, *, allowed: set[str]) -> None:
    """发出的只有文字、引用，以及对 `allowed` 的 @。"""
    segments = chat.sent_segments()
    assert {item["type"] for item in segments} <= {"text", "reply", "at", "mention"}
    targets = {
        str(item["data"].get("qq") or item["data"].get("user_id"))
        for item in segments
        if item["type"] in ("at", "mention")
    }
    assert targets == allowed
    assert all(
        isinstance(part, TextPart) or _is_mention(part, allowed)
        for bubble in chat.gateway.replies(chat.place, after=None)
        for part in bubble.parts
    )


def _is_mention(part: Part, allowed: set[str]) -> bool:
    return isinstance(part, AtPart) and part.user_id in allowed


async def test_a_picture_without_words_is_left_alone(chat: Chat) -> None:
    sent = await chat.gateway.say(
        chat.place, TEACHER, "", images=[b"\x89PNG\r\n\x1a\n"]
    )
    await chat.still_silent(after=sent)


async def test_an_unanswered_send_holds_up_nobody_else(stage: Stage) -> None:
    stuck, other = stage.group(), stage.group()
    called = stage.v11.counters.actions["send_msg"]
    stage.v11.faults.set(FaultMode.DROP, next_calls=1)
    sent = await stuck.gateway.say(stuck.place, TEACHER, QUESTION, at_assistant=True)
    await stage.v11.wait_for_call("send_msg", count=called + 1, timeout=WAIT)
    assert "兼容模式" in (await other.ask(TEACHER, QUESTION)).text
    assert "PDF" in (await stuck.ask(COORDINATOR, "佐证材料传什么格式")).text
    assert len(stuck.gateway.replies(stuck.place, after=sent)) == 1


async def test_a_mute_gateway_holds_up_nobody_else(stage: Stage) -> None:
    url = f"ws://{stage.process.base}/onebot/v11/ws"
    mute = MuteGateway(url, None, "10009002", "qq", World())
    await mute.start()
    await mute.wait_connected(WAIT)
    try:
        quoted = await mute.say("guangxi", TEACHER, "第一句")
        for _ in range(20):
            await mute.say("guangxi", TEACHER, QUESTION, at_assistant=True)
            await mute.say("guangxi", TEACHER, QUESTION, quote=quoted)
        await mute.wait_all_pending(20)
        for protocol in Protocol:
            reply = await stage.group(protocol).ask(TEACHER, QUESTION)
            assert "兼容模式" in reply.text
    finally:
        await mute.stop()


async def test_errors_from_the_gateway_do_not_stop_it(stage: Stage) -> None:
    chat = stage.group()
    for mode in (FaultMode.ERROR, FaultMode.REMOVED, FaultMode.TIMEOUT_LOST):
        called = stage.v11.counters.actions["send_msg"]
        stage.v11.faults.set(mode, next_calls=1)
        await stage.v11.say(chat.place, TEACHER, QUESTION, at_assistant=True)
        await stage.v11.wait_for_call("send_msg", count=called + 1, timeout=WAIT)
    assert "兼容模式" in (await chat.ask(TEACHER, QUESTION)).text
    # NapCat 说被移出时，错误码与超时的一样
    assert "已被移出这个群" in stage.process.log


async def test_a_gateway_that_drops_comes_back(stage: Stage) -> None:
    gateway: V11Gateway | V12Gateway
    for gateway in (stage.v11, stage.v12):
        await gateway.disconnect()
        await gateway.wait_connected(WAIT)
        reply = await stage.group(gateway.protocol).ask(TEACHER, QUESTION)
        assert "兼容模式" in reply.text


@pytest.mark.parametrize("protocol", list(Protocol))
async def test_one_persons_burst_is_handled_in_order(
    stage: Stage, protocol: Protocol
) -> None:
    group = await stage.bound("广西", protocol)
    asked = [
        await group.gateway.say(group.place, TEACHER, text, at_assistant=True)
        for text in ("双师型比例是多少", "山东的呢", "广西的呢", "那山东呢")
    ]
    last = await group.reply(after=asked[-1])
    while last.quote and last.quote.message_id != asked[-1]:
        last = await group.reply(after=last.message_id)
    replies = group.gateway.replies(group.place, after=asked[0])
    texts = {item.quote.message_id: item.text for item in replies if item.quote}
    first, second, third, fourth = (texts[item] for item in asked)
    assert third in first
    assert second == fourth
    assert "山东" in second
