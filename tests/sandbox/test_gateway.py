"""模拟网关：经真实的 WebSocket 与 NoneBot 往来。"""

import itertools
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from plugins.sandbox.content import FilePart, ForwardPart, ImagePart
from plugins.sandbox.gateway import FaultMode, Faults, V11Gateway, V12Gateway
from plugins.sandbox.people import ChatPlace, Persona
from plugins.sandbox.world import World

from .conftest import EchoApp
from .echo_app import PIXEL

HOSTILE = '<script>alert(1)</script> [CQ:at,qq=all] <img src=x onerror="x">\n第二行'

_accounts = itertools.count(10009000)
"""每个网关一个号：上一个测试没等完的回复不会送到下一个测试里。"""


@pytest.fixture
async def v11(echo_app: EchoApp) -> AsyncIterator[V11Gateway]:
    """连好的 v11 网关；号与沙盒自己的不同。"""
    account = str(next(_accounts))
    gateway = V11Gateway(echo_app.v11_url, echo_app.token, account, world=World())
    await gateway.start()
    await gateway.wait_connected()
    yield gateway
    await gateway.stop()


@pytest.fixture
async def v12(echo_app: EchoApp) -> AsyncIterator[V12Gateway]:
    """连好的 v12 网关。"""
    account = f"wx_{next(_accounts)}"
    gateway = V12Gateway(echo_app.v12_url, echo_app.token, account, world=World())
    await gateway.start()
    await gateway.wait_connected()
    yield gateway
    await gateway.stop()


def teacher(gateway: V11Gateway | V12Gateway) -> Persona:
    return gateway.world.persona(20001)


def group(gateway: V11Gateway | V12Gateway) -> ChatPlace:
    return gateway.world.place("wechat" if gateway.protocol == "v12" else "guangxi")


async def ask(gateway: V11Gateway | V12Gateway, action: str, **params: Any) -> Any:
    """不经助手，直接看网关怎么回答一次调用。"""
    return await gateway._answer(action, params)


async def test_v11_group_answer_quotes_the_question(v11: V11Gateway) -> None:
    asked = await v11.say("guangxi", teacher(v11), "佐证材料", at_assistant=True)
    reply = await v11.wait_for_reply(group(v11), after=asked)
    assert reply.text == "听到：佐证材料"
    assert reply.quote is not None
    assert reply.quote.message_id == asked
    assert v11.counters.actions["send_msg"] == 1


async def test_v12_group_answer_quotes_the_question(v12: V12Gateway) -> None:
    asked = await v12.say("wechat", teacher(v12), "佐证材料", at_assistant=True)
    reply = await v12.wait_for_reply(group(v12), after=asked)
    assert reply.text == "听到：佐证材料"
    assert reply.quote is not None
    assert reply.quote.message_id == asked


async def test_private_chat(v11: V11Gateway, v12: V12Gateway) -> None:
    for gateway in (v11, v12):
        await gateway.say("private", teacher(gateway), "在吗")
        private = gateway.world.private(teacher(gateway), gateway.protocol)
        assert (await gateway.wait_for_reply(private)).text == "听到：在吗"


async def test_quoting_the_assistant_addresses_it(
    v11: V11Gateway, v12: V12Gateway
) -> None:
    for gateway in (v11, v12):
        place = group(gateway)
        await gateway.say(place, teacher(gateway), "第一句", at_assistant=True)
        first = await gateway.wait_for_reply(place)
        await gateway.say(place, teacher(gateway), "接着问", quote=first.message_id)
        assert (await gateway.wait_for_reply(place)).text == "听到：接着问"


async def test_silence_when_not_addressed(v11: V11Gateway) -> None:
    await v11.say("shandong", teacher(v11), "大家好")
    await v11.wait_silence(v11.world.place("shandong"), seconds=0.5)
    asked = await v11.say("shandong", teacher(v11), "在吗", at_assistant=True)
    with pytest.raises(AssertionError, match="听到：在吗"):
        await v11.wait_silence(v11.world.place("shandong"), after=asked)


async def test_text_stays_text_both_ways(v11: V11Gateway, v12: V12Gateway) -> None:
    for gateway in (v11, v12):
        await gateway.say(group(gateway), teacher(gateway), HOSTILE, at_assistant=True)
        reply = await gateway.wait_for_reply(group(gateway))
        assert reply.text == f"听到：{HOSTILE}"
        assert len(reply.parts) == 1


async def test_pictures_both_ways(v11: V11Gateway, v12: V12Gateway) -> None:
    for gateway in (v11, v12):
        place = group(gateway)
        asked = await gateway.say(
            place, teacher(gateway), "图", at_assistant=True, images=[PIXEL]
        )
        reply = await gateway.wait_for_reply(place, after=asked)
        picture = reply.parts[0]
        assert isinstance(picture, ImagePart)
        assert picture.blob is not None
        blob = gateway.world.blobs.get(picture.blob)
        assert blob is not None
        assert blob.data == PIXEL


async def test_v11_event_has_the_shape_of_napcat(v11: V11Gateway) -> None:
    secretary = v11.world.persona(20003)
    sent = await v11.say("guangxi", secretary, "[通知]", at_assistant=True)
    bubble = v11.world.find(sent)
    assert bubble is not None
    event = v11.message_event(bubble)
    assert event["message_format"] == "array"
    assert event["message"][0] == {"type": "at", "data": {"qq": v11.self_id}}
    assert event["raw_message"] == f"[CQ:at,qq={v11.self_id}] &#91;通知&#93;"
    assert event["sender"]["card"] == "秘书处小李(示例)"
    assert event["sender"]["role"] == "admin"
    assert event["group_name"] == "广西工作群"
    assert event["message_id"] == int(sent)
    assert event["real_seq"] == str(bubble.seq)
    json.dumps(event)


async def test_faults_reach_the_assistant(v11: V11Gateway) -> None:
    place = group(v11)
    for mode in (FaultMode.DROP, FaultMode.TIMEOUT_LOST, FaultMode.ERROR):
        v11.faults.set(mode, next_calls=1)
        called = v11.counters.actions["send_msg"]
        await v11.say(place, teacher(v11), f"试{mode}", at_assistant=True)
        call = await v11.wait_for_call("send_msg", count=called + 1)
        assert call.fault is mode
        await v11.wait_silence(place, seconds=0.2)
    v11.faults.set(FaultMode.TIMEOUT_DELIVERED, next_calls=1)
    await v11.say(place, teacher(v11), "会到的", at_assistant=True)
    assert (await v11.wait_for_reply(place)).text == "听到：会到的"
    await v11.say(place, teacher(v11), "好了", at_assistant=True)
    assert (await v11.wait_for_reply(place)).text == "听到：好了"
    assert v11.calls[-1].fault is FaultMode.NORMAL


async def test_fault_answers() -> None:
    gateway = V11Gateway("ws://127.0.0.1:9/", None, "1")
    hello = [{"type": "text", "data": {"text": "好"}}]
    expected = {
        FaultMode.TIMEOUT_DELIVERED: (1200, "Timeout: sendMsg", 1),
        FaultMode.TIMEOUT_LOST: (1200, "Timeout: sendMsg", 0),
        FaultMode.ERROR: (1400, "参数错误", 0),
        FaultMode.REMOVED: (1200, "result:110 已被移出该群", 0),
    }
    for mode, (retcode, message, delivered) in expected.items():
        before = gateway.counters.delivered
        gateway.faults.set(mode, next_calls=1)
        answer = await ask(gateway, "send_group_msg", group_id=645001, message=hello)
        assert (answer["retcode"], answer["message"]) == (retcode, message)
        assert gateway.counters.delivered - before == delivered
    gateway.faults.set(FaultMode.DROP)
    assert await ask(gateway, "send_group_msg", group_id=1, message=hello) is None


def test_fault_probability_is_respected() -> None:
    faults = Faults(seed=1)
    faults.set(FaultMode.ERROR, probability=0.3)
    hits = sum(faults.draw() is FaultMode.ERROR for _ in range(2000))
    assert 500 < hits < 700
    with pytest.raises(ValueError, match="概率"):
        faults.set(FaultMode.ERROR, probability=2)


async def test_reconnects_after_disconnect(v11: V11Gateway) -> None:
    await v11.disconnect()
    assert not v11.connected
    lost = await v11.say("guangxi", teacher(v11), "断线时说的", at_assistant=True)
    bubble = v11.world.find(lost)
    assert bubble is not None
    assert bubble.undelivered
    await v11.wait_connected()
    await v11.say("guangxi", teacher(v11), "又通了", at_assistant=True)
    assert (await v11.wait_for_reply(group(v11))).text == "听到：又通了"


async def test_wrong_token_is_reported(echo_app: EchoApp) -> None:
    gateway = V11Gateway(echo_app.v11_url, "不对".encode().hex(), "10008000")
    await gateway.start()
    with pytest.raises(TimeoutError, match="令牌"):
        await gateway.wait_connected(timeout=1)
    await gateway.stop()


async def test_raw_frames_do_not_hurt_the_link(v11: V11Gateway) -> None:
    await v11.send_raw('{"post_type": "没有这种"}')
    await v11.say("guangxi", teacher(v11), "还在吗", at_assistant=True)
    assert (await v11.wait_for_reply(group(v11))).text == "听到：还在吗"


async def test_v11_history_and_messages(v11: V11Gateway) -> None:
    sent = await v11.say("guangxi", teacher(v11), "查历史", at_assistant=True)
    reply = await v11.wait_for_reply(group(v11))
    answer = await ask(v11, "get_group_msg_history", group_id=645001, count=2)
    messages = answer["data"]["messages"]
    assert [item["message_id"] for item in messages] == [
        int(sent),
        int(reply.message_id),
    ]
    assert messages[1]["user_id"] == int(v11.self_id)
    older = await ask(
        v11, "get_group_msg_history", group_id="645001", message_seq=int(sent)
    )
    assert older["data"]["messages"][-1]["message_id"] == int(sent)
    got = await ask(v11, "get_msg", message_id=int(reply.message_id))
    assert got["data"]["sender"]["user_id"] == int(v11.self_id)
    await ask(v11, "delete_msg", message_id=int(reply.message_id))
    assert reply.recalled
    gone = await ask(v11, "get_msg", message_id=int(reply.message_id))
    assert gone["status"] == "failed"


async def test_v11_other_actions(tmp_path: Path) -> None:
    gateway = V11Gateway("ws://127.0.0.1:9/", None, "10001000")
    place = gateway.world.place("guangxi")
    book = tmp_path / "汇总表.xlsx"
    book.write_bytes(b"PK\x03\x04")
    await ask(gateway, "upload_group_file", group_id=645001, file=str(book), name="")
    last = gateway.world.latest(place)
    assert last is not None
    assert isinstance(last.parts[0], FilePart)
    nodes = [{"type": "node", "data": {"nickname": "甲", "content": "好"}}]
    await ask(gateway, "send_group_forward_msg", group_id=645001, messages=nodes)
    last = gateway.world.latest(place)
    assert last is not None
    assert last.parts == (ForwardPart((("甲", "好"),)),)
    await ask(gateway, "set_essence_msg", message_id=int(last.message_id))
    assert last.essence
    await ask(gateway, "_send_group_notice", group_id=645001, content="公告")
    notices = await ask(gateway, "_get_group_notice", group_id=645001)
    assert notices["data"][0]["message"]["text"] == "公告"
    members = await ask(gateway, "get_group_member_list", group_id=645001)
    assert {item["role"] for item in members["data"]} == {"member", "admin", "owner"}
    for action in (
        "get_login_info", "get_group_list", "get_friend_list", "get_version_info",
        "get_status", "can_send_image",
    ):  # fmt: skip
        assert (await ask(gateway, action))["status"] == "ok"
    for action, params in {
        "get_group_info": {"group_id": 645001},
        "get_group_at_all_remain": {"group_id": 645001},
        "get_group_member_info": {"group_id": 645001, "user_id": 20001},
        "get_stranger_info": {"user_id": 20001},
    }.items():
        assert (await ask(gateway, action, **params))["status"] == "ok"
    assert (await ask(gateway, "没有这个"))["retcode"] == 1404
    assert (await ask(gateway, "send_msg", message=[]))["retcode"] == 1400
    stranger = await ask(gateway, "send_group_msg", group_id=1, message="好")
    assert stranger["retcode"] == 1200


async def test_v12_other_actions() -> None:
    gateway = V12Gateway("ws://127.0.0.1:9/", None, "wx_assistant")
    for action in (
        "get_self_info", "get_group_list", "get_status", "get_version",
        "get_supported_actions",
    ):  # fmt: skip
        assert (await ask(gateway, action))["status"] == "ok"
    for action, params in {
        "get_user_info": {"user_id": "wx_20001"},
        "get_group_info": {"group_id": "wxgroup@chatroom"},
        "get_group_member_list": {"group_id": "wxgroup@chatroom"},
        "get_group_member_info": {
            "group_id": "wxgroup@chatroom",
            "user_id": "wx_20001",
        },
    }.items():
        assert (await ask(gateway, action, **params))["status"] == "ok"
    uploaded = await ask(gateway, "upload_file", type="data", name="a", data="UEs=")
    file_id = uploaded["data"]["file_id"]
    got = await ask(gateway, "get_file", type="data", file_id=file_id)
    assert got["data"]["data"] == "UEs="
    assert (await ask(gateway, "没有这个"))["retcode"] == 10002
    gateway.gives_message_id = False
    sent = await ask(
        gateway,
        "send_message",
        detail_type="private",
        user_id="wx_20001",
        message=[{"type": "text", "data": {"text": "好"}}],
    )
    assert "message_id" not in sent["data"]
