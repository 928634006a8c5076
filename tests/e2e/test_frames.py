"""真实网关报上来的帧：有的少了要紧的，有的多了迷惑人的。"""

import asyncio
import itertools
import json
import re
import sqlite3
import time
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest

from plugins.sandbox.content import FilePart, TextPart
from plugins.sandbox.gateway import V11Gateway, V12Gateway
from plugins.sandbox.gateway.actions import Params, Refusal, action
from plugins.sandbox.gateway.listening import Call
from plugins.sandbox.people import Protocol
from plugins.sandbox.world import World

from .conftest import MakeProcess
from .stage import SECRETARIAT, SUPERUSER, TEACHER, WAIT, Stage, opened

_ids = itertools.count(1_000_100)
REGISTRATION = "登记 示例职业技术学院 高职 张三 13800138000 zhangsan@example.com"
QUESTION = "360浏览器打不开申报平台怎么办？"


@pytest.fixture(scope="module")
async def stage(make_small_process: MakeProcess) -> AsyncIterator[Stage]:
    """这个文件里的测试共用的舞台。"""
    async with opened(make_small_process(IGNORED_ACCOUNTS="31313")) as shared:
        await shared.appoint()
        yield shared


def text(words: str) -> dict[str, Any]:
    """一段文字。"""
    return {"type": "text", "data": {"text": words}}


def frame(
    stage: Stage, message: str | Sequence[dict[str, Any]], **change: Any
) -> dict[str, Any]:
    """老师私聊的一帧，字段与 NapCat 上报的相同。"""
    number = next(_ids)
    return {
        "self_id": int(stage.v11.self_id), "user_id": TEACHER.number,
        "time": int(time.time()), "message_id": number, "message_seq": number,
        "real_id": number, "real_seq": str(number), "message_type": "private",
        "sender": {"user_id": TEACHER.number, "nickname": "甲", "card": ""},
        "raw_message": "x", "font": 14, "sub_type": "friend",
        "message": [text(message)] if isinstance(message, str) else list(message),
        "message_format": "array", "post_type": "message", **change,
    }  # fmt: skip


def in_group(
    stage: Stage, group: str, words: str = QUESTION, **change: Any
) -> dict[str, Any]:
    """在群里 @ 助手说的一帧。"""
    called = {"type": "at", "data": {"qq": stage.v11.self_id}}
    where = {"message_type": "group", "sub_type": "normal", "group_id": int(group)}
    return frame(stage, [called, text(f" {words}")], **where | change)


async def sent_after(
    gateway: V11Gateway, event: dict[str, Any], action: str = "send_msg"
) -> Call:
    """报上一帧，等助手的下一次发送。"""
    before = gateway.counters.actions[action]
    await gateway.send_raw(json.dumps(event))
    await gateway.wait_for_call(action, count=before + 1, timeout=WAIT)
    await asyncio.sleep(0.1)
    return [call for call in gateway.calls if call.action == action][-1]


def said(call: Call) -> str:
    """一次发送里的文字。"""
    parts = [s["data"]["text"] for s in call.params["message"] if s["type"] == "text"]
    return "".join(parts)


def stored_groups(stage: Stage) -> set[str]:
    """数据库里记着的群。"""
    with sqlite3.connect(stage.process.data / "assistant.db") as database:
        return {row[0] for row in database.execute("SELECT group_id FROM groups")}


async def test_a_temporary_session_is_answered_in_private(stage: Stage) -> None:
    """临时会话也带着群号：在哪里说的以 message_type 为准，群也不因此算见过。"""
    where = {"sub_type": "group", "group_id": 790_001, "group_name": "没有的群"}
    event = frame(stage, REGISTRATION, **where, target_id=TEACHER.number)
    call = await sent_after(stage.v11, event)
    assert call.params["message_type"] == "private"
    assert str(call.params["user_id"]) == str(TEACHER.number)
    assert "group_id" not in call.params
    assert "张三" in said(call)
    assert "790001" not in stored_groups(stage)
    await stage.private(TEACHER).ask(TEACHER, "取消")


async def test_a_group_message_without_a_group_is_left_alone(stage: Stage) -> None:
    lacking = frame(stage, REGISTRATION, message_type="group", sub_type="normal")
    channel = frame(stage, REGISTRATION, message_type="guild", group_id=790_002)
    before = stage.v11.counters.actions["send_msg"]
    for event in (lacking, channel):
        await stage.v11.send_event(event)
    await asyncio.sleep(0.3)
    assert stage.v11.counters.actions["send_msg"] == before
    await sent_after(stage.v11, in_group(stage, stage.group().place.id))
    assert "790002" not in stored_groups(stage)


async def test_a_token_speaks_only_for_its_platforms(stage: Stage) -> None:
    """微信侧的令牌不能冒充 QQ 的超级管理员；确认别人的编号，等于没有这个编号。"""
    url = f"ws://{stage.process.base}/onebot/v12/ws"
    false = V12Gateway(url, None, "wxid_false", "qq", World())
    await false.start()
    try:
        await false.wait_connected(WAIT)
        place = false.world.private(SUPERUSER, Protocol.V12)
        bubble = false.world.post(place, SUPERUSER, [TextPart("授权 55555 全国")])
        event = false.message_event(bubble) | {"user_id": str(SUPERUSER.number)}
        await false.send_event(event)
        await asyncio.sleep(0.5)
        assert false.counters.actions["send_message"] == 0
    finally:
        await false.stop()
    listed = await stage.private(SUPERUSER).ask(SUPERUSER, "授权列表")
    assert "55555" not in listed.text
    assert "ONEBOT_V12_PLATFORMS" in stage.process.log


async def test_numbers_of_others_do_not_exist(stage: Stage) -> None:
    group = stage.group()
    shown = await group.ask(SUPERUSER, "广播 明天开会")
    found = re.search(r"确认 (\d+)", shown.text)
    assert found
    number = found[1]
    for _ in range(2):
        told = await stage.private(TEACHER).ask(TEACHER, f"确认 {number}")
        assert "没有编号" in told.text
        await group.ask(SUPERUSER, f"取消 {number}")


EVIDENCE = "佐证材料传什么格式"
ODD = {
    "毫秒": {"time": int(time.time() * 1000)},
    "小数": {"time": time.time()},
    "数字的等级": {"sender": {"user_id": 1, "nickname": 5, "level": 12, "age": "x"}},
    "号是文字": {"user_id": str(TEACHER.number), "message_id": "x"},
    "没有发言人": {"sender": "甲"},
}


@pytest.mark.parametrize("change", ODD.values(), ids=list(ODD))
async def test_what_makes_sense_is_read(stage: Stage, change: dict[str, Any]) -> None:
    call = await sent_after(stage.v11, frame(stage, EVIDENCE, **change))
    assert "PDF" in said(call)


SEGMENTS: dict[str, list[Any]] = {
    "引用没有号": [{"type": "reply", "data": {}}, text(EVIDENCE)],
    "引用的号不是数": [{"type": "reply", "data": {"id": "abc"}}, text(EVIDENCE)],
    "文字段没有文字": [{"type": "text", "data": {}}, text(EVIDENCE)],
    "文字是字典": [{"type": "text", "data": {"text": {"a": 1}}}, text(EVIDENCE)],
    "不是段": [None, 5, "x", {"type": 3}, {"data": {}}, text(EVIDENCE)],
    "图片没有文件": [{"type": "image", "data": None}, text(EVIDENCE)],
    "合并转发没有号": [{"type": "forward", "data": {}}, text(EVIDENCE)],
}


@pytest.mark.parametrize("message", SEGMENTS.values(), ids=list(SEGMENTS))
async def test_odd_segments_do_not_hide_the_rest(
    stage: Stage, message: list[Any]
) -> None:
    call = await sent_after(stage.v11, frame(stage, message))
    assert "PDF" in said(call)
    assert "Traceback" not in stage.process.log


@pytest.mark.parametrize(
    "odd", ["不是 JSON", "[]", "null", '{"echo": "1"}', "[" * 5000, b"\xff\xfe"]
)
async def test_a_frame_that_is_not_one_does_not_cut_the_link(
    stage: Stage, odd: str | bytes
) -> None:
    for gateway in (stage.v11, stage.v12):
        await gateway.send_raw(odd)
        assert (
            "PDF" in (await stage.group(gateway.protocol).ask(TEACHER, EVIDENCE)).text
        )


class OddQuotes(V11Gateway):
    """被引用的那条，说得不合规矩。"""

    @action("get_msg")
    async def _get_message(self, params: Params) -> dict[str, Any]:
        return {"sender": {"user_id": "?", "nickname": "昵称不该进日志"}, "message": 5}


async def test_an_odd_quoted_message_stays_out_of_the_log(stage: Stage) -> None:
    url = f"ws://{stage.process.base}/onebot/v11/ws"
    odd = OddQuotes(url, None, "10009005", "qq", World())
    await odd.start()
    try:
        await odd.wait_connected(WAIT)
        quoting = [{"type": "reply", "data": {"id": "5"}}, text(EVIDENCE)]
        assert "PDF" in said(await sent_after(odd, frame(stage, quoting)))
    finally:
        await odd.stop()
    assert "昵称不该进日志" not in stage.process.log


HALF = "\ud83d"


async def test_half_a_character_is_left_out(stage: Stage) -> None:
    """落单的半个表情、方向符与零宽字符，读进来就去掉，谁也不受牵连。"""
    group = stage.group()
    event = in_group(stage, group.place.id, f"{EVIDENCE}{HALF}")
    named = event | {"group_name": f"广西群{HALF}", "sender": {"card": f"甲{HALF}"}}
    assert "PDF" in said(await sent_after(stage.v11, named))
    event = frame(stage, f"\ufeff登记 示例职业技术学院{HALF} 高职 王五 13800138118")
    assert "王五" in said(await sent_after(stage.v11, event))
    cancelled = await sent_after(stage.v11, frame(stage, "\u200b取消\u202c"))
    assert "取消" in said(cancelled)
    taught = frame(stage, f"教 半个{HALF}字 = 答{HALF}案\u00a0好", user_id=20000)
    assert "学会了" in said(await sent_after(stage.v11, taught))
    assert "Traceback" not in stage.process.log
    assert HALF not in stage.process.log


async def test_what_is_old_is_remembered_not_answered(stage: Stage) -> None:
    """网关断线重连，补报几小时前的消息：记得这个群，不答，也不起草登记。"""
    group = stage.group().place.id
    before = stage.v11.counters.actions["send_msg"]
    for hours in (50, 5, 0.2):
        at = int(time.time() - hours * 3600)
        await stage.v11.send_event(in_group(stage, group, EVIDENCE, time=at))
        await stage.v11.send_event(frame(stage, REGISTRATION, time=at))
    await asyncio.sleep(0.5)
    assert stage.v11.counters.actions["send_msg"] == before
    assert group in stored_groups(stage)
    fresh = int(time.time() - 60)
    await sent_after(stage.v11, in_group(stage, group, EVIDENCE, time=fresh))


AUTOMATIC = "[自动回复]您好，我现在有事不在，一会儿再和您联系。"


async def test_other_robots_are_not_answered(stage: Stage) -> None:
    group = stage.group().place.id
    before = stage.v11.counters.actions["send_msg"]
    marked: dict[str, Any] = {"sender": {"user_id": 5, "is_robot": True}}
    for event in (
        frame(stage, AUTOMATIC),
        in_group(stage, group, user_id=2_854_196_310),
        in_group(stage, group, user_id=3_889_001_234),
        in_group(stage, group, user_id=31_313),
        in_group(stage, group, **marked),
    ):
        await stage.v11.send_event(event)
    await asyncio.sleep(0.5)
    assert stage.v11.counters.actions["send_msg"] == before


@pytest.fixture(scope="module")
async def limited(make_small_process: MakeProcess) -> AsyncIterator[Stage]:
    """照默认的限度答的助手。"""
    limits = {"ANSWERS_PER_PERSON": "15", "ANSWERS_PER_PLACE": "30"}
    async with opened(make_small_process(**limits)) as shared:
        yield shared


async def settled(gateway: V11Gateway) -> list[str]:
    """等到不再有话，取全部发出的文字。"""
    async with asyncio.timeout(WAIT):
        while not gateway.calls:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    count = -1
    while count != len(gateway.calls):
        count = len(gateway.calls)
        await asyncio.sleep(2)
    return [said(call) for call in gateway.calls if call.action == "send_msg"]


async def test_one_person_gets_so_many_answers(limited: Stage) -> None:
    """先答一阵，说一声，再往后就安静；别人照样问得到。"""
    asker, group = limited.newcomer(), limited.group()
    limited.v11.calls.clear()
    for number in range(120):
        await limited.v11.send_event(
            frame(limited, f"查证书 没有的{number}", user_id=asker.number)
        )
    texts = await settled(limited.v11)
    assert 5 <= len(texts) <= 15
    assert sum("先歇" in text for text in texts) <= 1
    assert "兼容模式" in (await group.ask(TEACHER, QUESTION)).text


async def test_the_same_again_and_again_is_not_answered(limited: Stage) -> None:
    for words in ("证书列表 全部", "我没听懂你的意思，请发送 帮助"):
        asker = limited.newcomer()
        limited.v11.calls.clear()
        for _ in range(30):
            event = in_group(limited, limited.group().place.id, words)
            await limited.v11.send_event(event | {"user_id": asker.number})
        texts = await settled(limited.v11)
        assert 1 <= len(texts) <= 15
        place = limited.group().place.id
        limited.v11.calls.clear()
        asker = limited.newcomer()
        for _ in range(30):
            event = in_group(limited, place, words)
            await limited.v11.send_event(event | {"user_id": asker.number})
        texts = await settled(limited.v11)
        assert 1 <= len(texts) <= 5
        assert len(limited.v11.calls) <= 10


ADVERTISEMENT = "加微信abc买包过无需考试" * 200


@pytest.mark.parametrize("word", ["查机构", "查证书", "证书列表", "双周报已交"])
async def test_an_advertisement_is_not_repeated(stage: Stage, word: str) -> None:
    """没点名的，查不到就不出声；点了名的也不照念。"""
    group = stage.group()
    for advertisement in (
        ADVERTISEMENT[:12],
        ADVERTISEMENT,
        "看 www.abc.com 电话 139 1234 5678",
    ):
        await group.silence(TEACHER, f"{word} {advertisement}")
        told = await group.ask(TEACHER, f"{word} {advertisement}")
        assert len(told.text) < 500
        for part in ("abc", "包过", "1234"):
            assert part not in told.text


def muting(stage: Stage, group: str, kind: str, **change: Any) -> dict[str, Any]:
    """群里禁言或解除禁言的通知。"""
    return {
        "time": int(time.time()), "self_id": int(stage.v11.self_id),
        "post_type": "notice", "notice_type": "group_ban", "sub_type": kind,
        "group_id": int(group), "operator_id": 5, "user_id": int(stage.v11.self_id),
        "duration": 600 if kind == "ban" else 0, **change,
    }  # fmt: skip


async def test_it_holds_its_tongue_while_muted(stage: Stage) -> None:
    group, other = stage.group(), stage.group()
    place = group.place.id
    await stage.v11.send_event(muting(stage, place, "ban"))
    await stage.v11.send_event(muting(stage, other.place.id, "ban", user_id=5))
    before = stage.v11.counters.actions["send_msg"]
    await stage.v11.send_event(in_group(stage, place))
    await asyncio.sleep(0.5)
    assert stage.v11.counters.actions["send_msg"] == before
    assert "兼容模式" in (await other.ask(TEACHER, QUESTION)).text
    await stage.v11.send_event(muting(stage, place, "lift_ban"))
    assert "兼容模式" in said(await sent_after(stage.v11, in_group(stage, place)))


async def test_what_a_muted_group_could_not_show_waits_in_private(
    stage: Stage,
) -> None:
    group, office = stage.group(), stage.private(SECRETARIAT)
    await group.ask(SUPERUSER, "绑定地区 广西")
    await office.ask(SECRETARIAT, "帮助")
    await stage.v11.send_event(muting(stage, group.place.id, "ban"))
    taught = await group.tell(SECRETARIAT, "教 食堂谁管 = 找陈老师 13812345678")
    shown = await office.reply(after=taught)
    assert "刚才在群里没能回您：群在禁言" in shown.text
    assert "138****78" in shown.text
    await stage.v11.send_event(muting(stage, group.place.id, "lift_ban"))
    # 群里没见到的，一声“确认”不算数
    assert "学会了" not in (await group.ask(SECRETARIAT, "确认")).text
    # 好了：在私聊里见到的，在私聊里确认；办了什么，禁言时也在这里说
    await stage.v11.send_event(muting(stage, group.place.id, "ban"))
    assert "学会了" in (await office.ask(SECRETARIAT, "确认")).text
    done = await group.tell(SECRETARIAT, "教 食堂谁管 = 找后勤处")
    assert "已更正" in (await office.reply(after=done)).text
    await stage.v11.send_event(muting(stage, group.place.id, "lift_ban"))


async def test_a_stranger_is_not_written_to_because_a_group_is_muted(
    stage: Stage,
) -> None:
    group, who = stage.group(), stage.newcomer()
    await stage.v11.send_event(muting(stage, group.place.id, "ban"))
    asked = await group.tell(who, QUESTION)
    await stage.private(TEACHER).ask(TEACHER, "帮助")
    assert stage.v11.replies(stage.private(who).place, after=asked) == []
    await stage.v11.send_event(muting(stage, group.place.id, "lift_ban"))


async def test_an_admin_speaks_while_the_others_are_muted(stage: Stage) -> None:
    """全员禁言管不着管理员；沙盒里的助手是管理员。"""
    group = stage.group()
    whole = muting(stage, group.place.id, "ban", user_id=0, duration=-1)
    await stage.v11.send_event(whole)
    await stage.v11.wait_for_call("get_group_member_info", timeout=WAIT)
    assert "兼容模式" in (await group.ask(TEACHER, QUESTION)).text


class NoFilesV11(V11Gateway):
    """收不了文件的 QQ 网关。"""

    @action("upload_private_file", sends=True)
    async def _refuse(self, params: Params) -> None:
        raise Refusal(1200, "文件上传失败")


class NoFilesV12(V12Gateway):
    """照 onebots 的样子：没有上传文件这个动作。"""

    @action("upload_file")
    async def _refuse(self, params: Params) -> None:
        raise Refusal(-1, "upload_file not implemented")


@pytest.fixture(scope="module")
async def registered(stage: Stage) -> None:
    """有一条登记可导出。"""
    office = stage.private(SUPERUSER)
    draft = (
        "登记 示例职业技术学院 高职 广西 李四 教务处 副处长 13800138009 "
        "lisi@example.edu.cn 统一社会信用代码 无"
    )
    await office.ask(SUPERUSER, draft)
    await office.ask(SUPERUSER, "确认")


async def test_a_file_is_handed_over_by_content(stage: Stage, registered: None) -> None:
    """网关可能在别的机器上：给内容，不给路径；先有文件，再说请查收。"""
    await stage.private(SUPERUSER).ask(SUPERUSER, "导出登记 全国")
    await asyncio.sleep(0.5)
    calls = [c for c in stage.v11.calls if c.action == "upload_private_file"]
    assert calls[-1].params["file"].startswith("base64://")
    assert "/" not in calls[-1].params["name"]
    last = [call.action for call in stage.v11.calls][-2:]
    assert last == ["upload_private_file", "send_msg"]
    reply = await stage.private(SUPERUSER, Protocol.V12).ask(SUPERUSER, "导出登记 全国")
    assert isinstance(reply.parts[0], FilePart)
    call = next(c for c in stage.v12.calls if c.action == "upload_file")
    assert call.params["type"] == "data"


async def test_a_file_that_did_not_arrive_is_not_promised(
    stage: Stage, registered: None
) -> None:
    base = f"ws://{stage.process.base}/onebot"
    gateways = (
        NoFilesV11(f"{base}/v11/ws", None, "10009006", "qq", World()),
        NoFilesV12(f"{base}/v12/ws", None, "wxid_poor", "wechat", World()),
    )
    for gateway in gateways:
        await gateway.start()
        try:
            await gateway.wait_connected(WAIT)
            place = gateway.world.private(SUPERUSER, gateway.protocol)
            sent = await gateway.say(place, SUPERUSER, "导出登记 全国")
            told = await gateway.wait_for_reply(place, after=sent, timeout=WAIT)
            assert "再发一次口令" in told.text
            assert "请查收" not in told.text
        finally:
            await gateway.stop()


async def test_each_message_fits_where_bytes_count(stage: Stage) -> None:
    """微信一侧一条最多 2048 字节。"""
    group = stage.group(Protocol.V12)
    await group.ask(SUPERUSER, "绑定地区 广西")
    await stage.private(SUPERUSER, Protocol.V12).ask(
        SUPERUSER, f"教 字节测试怎么分 = {'每条都不能太长。' * 300}"
    )
    stage.v12.calls.clear()
    await group.ask(TEACHER, "字节测试怎么分")
    await asyncio.sleep(1)
    sizes = [
        sum(len(s["data"].get("text", "").encode()) for s in call.params["message"])
        for call in stage.v12.calls
        if call.action == "send_message"
    ]
    assert len(sizes) > 3
    assert max(sizes) <= 2048


UNSEEN = {
    "图片": {"type": "image", "data": {"file": "a.png", "url": "http://x.cn/a.png"}},
    "语音": {"type": "record", "data": {"file": "a.amr"}},
    "视频": {"type": "video", "data": {"file": "a.mp4"}},
    "文件": {"type": "file", "data": {"file": "a.docx", "file_id": "1"}},
    "卡片": {"type": "json", "data": {"data": "{}"}},
    "名片": {"type": "contact", "data": {"type": "qq", "id": "5"}},
    "聊天记录": {"type": "forward", "data": {"id": "5"}},
}


@pytest.mark.parametrize("kind", UNSEEN)
async def test_it_says_what_it_cannot_see(stage: Stage, kind: str) -> None:
    called = {"type": "at", "data": {"qq": stage.v11.self_id}}
    for message in ([UNSEEN[kind]], [called, UNSEEN[kind]]):
        call = await sent_after(stage.v11, frame(stage, message))
        assert f"看不到{kind}" in said(call)


def asking(stage: Stage, kind: str, **fields: Any) -> dict[str, Any]:
    """加好友、邀请进群的请求。"""
    return {
        "time": int(time.time()), "self_id": int(stage.v11.self_id),
        "post_type": "request", "request_type": kind, "comment": "您好", **fields,
    }  # fmt: skip


class Friendly(V11Gateway):
    """能同意请求的网关。"""

    @action("set_friend_add_request", "set_group_add_request")
    async def _approve(self, params: Params) -> None:
        assert params["approve"]


async def test_friends_and_invitations_are_accepted(stage: Stage) -> None:
    """加好友的同意，秘书处的人邀请进群的同意，都告诉超级管理员。"""
    url = f"ws://{stage.process.base}/onebot/v11/ws"
    friendly = Friendly(url, None, "10009007", "qq", World())
    await friendly.start()
    invited = {"sub_type": "invite", "group_id": 790_050}
    try:
        await friendly.wait_connected(WAIT)
        event = asking(stage, "friend", user_id=31_415, flag="f1")
        call = await sent_after(friendly, event, "set_friend_add_request")
        assert call.params == {"flag": "f1", "approve": True}
        stranger = asking(stage, "group", user_id=31_415, flag="g1", **invited)
        await friendly.send_event(stranger)
        joining = {**invited, "sub_type": "add"}
        other = asking(stage, "group", user_id=20_000, flag="g2", **joining)
        await friendly.send_event(other)
        event = asking(stage, "group", user_id=20_000, flag="g3", **invited)
        call = await sent_after(friendly, event, "set_group_add_request")
        assert call.params["flag"] == "g3"
        assert friendly.counters.actions["set_group_add_request"] == 1
    finally:
        await friendly.stop()
    with sqlite3.connect(stage.process.data / "assistant.db") as database:
        told = database.execute("SELECT text FROM outbox WHERE what = 'request'")
        texts = "\n".join(row[0] for row in told)
    assert "31415 加我为好友，已同意" in texts
    assert "31415 邀请我进群 790050，照设置" in texts
    assert "20000 邀请我进群 790050，已同意" in texts
    assert "790050" not in stored_groups(stage)


async def test_a_group_is_known_when_it_is_joined(stage: Stage) -> None:
    joined = {
        "time": int(time.time()), "self_id": int(stage.v11.self_id),
        "post_type": "notice", "notice_type": "group_increase", "sub_type": "invite",
        "group_id": 790_060, "operator_id": 5, "user_id": int(stage.v11.self_id),
    }  # fmt: skip
    await stage.v11.send_event(joined | {"group_id": 790_061, "user_id": 5})
    await stage.v11.send_event(joined)
    await asyncio.sleep(0.5)
    assert "790060" in stored_groups(stage)
    assert "790061" not in stored_groups(stage)
