"""登记的对话：草稿、确认、改、撤，与群里的遮盖。"""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot import clock
from bot.messages import Person
from bot.registration import Draft, Field, Kind, answer
from bot.storage.tables import Registration, RegistrationAudit, RegistrationVersion

from .conftest import (
    CHECKS,
    CLERK,
    GROUP,
    LI,
    OTHER_GROUP,
    ZHANG,
    Chat,
    number,
    private,
)

WHOLE = "登记 桂东示例职业技术学院 高职 张三 13800138000 zhangsan@example.com"


async def _count(chat: Chat, table: type) -> int:
    async with chat.parts.database.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def test_one_message_then_confirm(chat: Chat) -> None:
    card = await chat.say(WHOLE + " 广西")
    assert "✔ 联系人手机号：13800138000" in card
    assert "都齐了（完整度 5/11）" in card
    assert "撤销登记" in card
    assert await _count(chat, Registration) == 0
    assert "已登记：桂东示例职业技术学院" in await chat.say("确认")
    mine = await chat.say("我的登记")
    assert "13800138000" in mine
    assert "第 1 版" in mine


async def test_being_led_through_it(chat: Chat) -> None:
    assert "必填" in await chat.say("登记")
    assert "还缺：地区" in await chat.say("桂东示例职业技术学院")
    assert "✘ 联系人手机号「1380013800」：手机号应是 11 位，读到 10 位，少 1 位" in (
        await chat.say("高职，张三，1380013800")
    )
    assert "还不能确认" in await chat.say("确认")
    assert "还缺：地区" in await chat.say("13800138000")
    assert "都齐了" in await chat.say("广西")
    assert "已登记" in await chat.say("确认")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("名字打错了，应该是陈示范", "联系人姓名：张三 → 陈示范"),
        ("电话换成13900139000", "联系人手机号：13800138000 → 13900139000"),
        ("不是高职，是中职", "院校类型：高职 → 中职"),
        ("邮箱改一下，chen@example.com", "联系人邮箱：空 → chen@example.com"),
    ],
)
async def test_what_was_saved_is_corrected_in_ones_own_words(
    chat: Chat, text: str, shown: str
) -> None:
    await chat.say(f"{WHOLE} 广西")
    await chat.say("确认")
    card = await chat.say(text)
    assert shown.split("：")[0] in card
    assert shown.split(" → ")[1] in card
    assert "第 2 版" in await chat.say("确认")


@pytest.mark.parametrize(
    "text", ["密码错了怎么改", "电话换了", "你说的不是这个", "改天再说"]
)
async def test_other_talk_of_changing_changes_nothing(chat: Chat, text: str) -> None:
    await chat.say(f"{WHOLE} 广西")
    await chat.say("确认")
    assert await chat.say(text) == ""


async def test_region_of_the_group_is_taken(chat: Chat) -> None:
    card = await chat.say(WHOLE, place=GROUP)
    assert "地区：广西" in card
    assert "都齐了" in card


async def test_region_is_seen_from_the_city(chat: Chat) -> None:
    assert "地区：山东" in await chat.say(WHOLE + " 所属市 青岛")


@pytest.mark.parametrize(
    "text",
    [
        "360浏览器打不开怎么办",
        "BIM电话多少",
        "13800138000是谁的电话？",
        "邮箱格式",
        "好的",
        "谢谢老师",
        "稍等我问下校长",
        "那物流管理呢",
        "2",
        "查证书 物流管理",
        "手机号填错了怎么改",
        "登记表在哪下载？",
        "收到，马上办",
    ],
)
async def test_a_draft_swallows_no_question_or_chatter(chat: Chat, text: str) -> None:
    await chat.say("登记 桂东示例职业技术学院 高职 张三")
    before = await chat.parts.registration.draft(ZHANG)
    assert await chat.say(text) == ""
    assert await chat.parts.registration.draft(ZHANG) == before
    assert "都齐了" in await chat.say("13800138000 广西")


async def test_without_a_draft_nothing_is_listened_to(chat: Chat) -> None:
    assert await chat.say("13800138000") == ""
    assert "没有等着您确认或取消的事" in await chat.say("确认")
    assert "没有等着您确认或取消的事" in await chat.say("取消")
    assert await chat.say("确认", place=GROUP) == ""


async def test_drafts_survive_restart_and_an_hour(chat: Chat) -> None:
    await chat.say("登记 桂东示例职业技术学院 高职 张三", place=GROUP)
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=True):
        await chat.restart()
        card = await chat.say("手机号 13800138000")
    assert "在群里开始" in card
    assert "都齐了" in card


async def test_a_stale_draft_is_purged(chat: Chat) -> None:
    await chat.say("登记 张三 13800138000")
    with time_machine.travel(clock.now() + timedelta(days=31), tick=True):
        await chat.restart()
    assert await chat.parts.registration.draft(ZHANG) is None


async def test_drafts_belong_to_the_person_and_platform(chat: Chat) -> None:
    await chat.say("登记 张三")
    assert await chat.say("13800138000", LI) == ""
    stranger = Person("wechat", ZHANG.id)
    assert await chat.say("13800138000", stranger) == ""


async def test_unaddressed_text_counts_only_where_the_draft_began(chat: Chat) -> None:
    await chat.say("登记 桂东示例职业技术学院 高职 张三", place=GROUP)
    assert await chat.say("13800138000", place=OTHER_GROUP) == ""
    assert "都齐了" in await chat.say("13800138000", place=GROUP)


async def test_groups_see_only_masked_values(chat: Chat) -> None:
    text = "登记 桂东示例职业技术学院 高职 张三丰 13800138000 zhangsan@example.com"
    text += " 南宁市青秀区示例路1号 12450000498501004A 1390013900x"
    shown = [await chat.say(text, place=GROUP), await chat.say("我的登记", place=GROUP)]
    shown.append(await chat.say("手机 138001380001", place=GROUP))
    shown.append(await chat.say("手机 13800138000", place=GROUP))
    shown.append(await chat.say("确认", place=GROUP))
    shown.append(await chat.say("我的登记", place=GROUP))
    shown.append(await chat.say("修改登记 手机 13900139000", place=GROUP))
    joined = "\n".join(shown)
    assert "138****8000 → 139****9000" in joined
    for secret in (
        "13800138000",
        "13900139000",
        "138001380001",
        "zhangsan@",
        "张三丰",
        "示例路",
        "12450000498501004A",
    ):
        assert secret not in joined


async def test_advice_to_recall_or_recalled(chat: Chat) -> None:
    assert "建议您长按撤回" in await chat.say(WHOLE, place=GROUP)
    assert chat.gateways.recalled == ["m1"]
    chat.gateways.recallable = True
    reply = await chat.reply("手机 13900139000", place=GROUP, addressed=True)
    assert reply is not None
    assert "已替您撤回" in reply.text
    assert not reply.quote
    assert reply.mention == (ZHANG,)
    assert "撤回" not in await chat.say(WHOLE)


async def test_confirm_is_idempotent(chat: Chat) -> None:
    await chat.say(WHOLE + " 广西")
    first = await chat.say("确认")
    assert "已登记：" in first
    assert "已经确认过了" in await chat.say("确认")
    assert await _count(chat, RegistrationVersion) == 1
    await chat.say(WHOLE + " 广西")
    await chat.say("确认")
    assert await _count(chat, RegistrationVersion) == 1


async def test_two_confirms_at_once_store_one(chat: Chat) -> None:
    await chat.say(WHOLE + " 广西")
    await asyncio.gather(*(chat.say("确认") for _ in range(5)))
    assert await _count(chat, Registration) == 1
    assert await _count(chat, RegistrationAudit) == 1


async def test_cancel_drops_the_draft(chat: Chat) -> None:
    await chat.say(WHOLE + " 广西")
    assert "已取消" in await chat.say("取消")
    assert "没有等着您确认" in await chat.say("确认")
    assert await _count(chat, Registration) == 0


async def test_change_keeps_history(chat: Chat) -> None:
    assert "还没有登记" in await chat.say("修改登记 手机 13900139000")
    await chat.say(WHOLE + " 广西")
    await chat.say("确认")
    assert "要改什么" in await chat.say("修改登记")
    card = await chat.say("修改登记 手机 13900139000，邮箱 无")
    assert "联系人手机号：13800138000 → 13900139000" in card
    assert "联系人邮箱：zhangsan@example.com → 空" in card
    assert "第 2 版" in await chat.say("确认")
    mine = await chat.say("我的登记")
    assert "13900139000" in mine
    assert "zhangsan@" not in mine
    assert "改联系人手机号、联系人邮箱" in mine
    [record] = await chat.parts.registration.mine(ZHANG)
    versions = await chat.parts.registration.history(record)
    assert [v.values.get(Field.PHONE) for v in versions] == [
        "13800138000",
        "13900139000",
    ]


async def test_a_second_person_of_the_school(chat: Chat) -> None:
    await chat.say("你好", CLERK)
    await chat.say(WHOLE + " 广西")
    await chat.say("确认")
    card = await chat.say("登记 桂东示例职业技术学院 高职 李四 13900139000 广西", LI)
    assert "本校已有别人登记的联系人" in card
    for told in ("13800138000", "138****8000", "张"):
        assert told not in card
    assert "两条并存" in await chat.say("确认", LI)
    told = dict(await chat.notices())
    assert "李*（139****9000）" in told[ZHANG.id]
    assert "李四（13900139000）" in told[CLERK.id]
    assert "13800138000" in await chat.say("我的登记")


async def test_two_people_register_one_school_at_once(chat: Chat) -> None:
    await chat.say("你好", CLERK)
    await chat.say(WHOLE + " 广西")
    await chat.say("登记 桂东示例职业技术学院 高职 李四 13900139000 广西", LI)
    replies = await asyncio.gather(chat.say("确认"), chat.say("确认", LI))
    assert sum("两条并存" in reply for reply in replies) == 1
    assert await _count(chat, Registration) == 2
    assert len(await chat.notices()) == 2


async def test_a_second_contact_of_one_person(chat: Chat) -> None:
    await chat.say(WHOLE + " 广西")
    await chat.say("确认")
    card = await chat.say("登记 桂东示例职业技术学院 高职 王五 13700137000 广西")
    assert "这是第二位" in card
    await chat.say("确认")
    mine = await chat.say("我的登记")
    assert "13800138000" in mine
    assert "13700137000" in mine
    assert "请带上序号" in await chat.say("撤销登记")
    assert "请带上序号" in await chat.say("修改登记 邮箱 a@example.com")
    assert "王五" not in await chat.say("修改登记 1 邮箱 a@example.com")
    await chat.say("确认")
    assert "删了找不回来" in await chat.say("撤销登记 2")
    assert "13700137000" in await chat.say("我的登记")
    assert "已撤销" in await chat.say("确认")
    left = await chat.say("我的登记")
    assert "a@example.com" in left
    assert "13700137000" not in left


async def test_another_school_starts_a_new_draft(chat: Chat) -> None:
    await chat.say(WHOLE + " 广西")
    card = await chat.say("登记 南岭演示工业学校 中职 周杰 19900199000 广西")
    assert "桂东示例职业技术学院 张三那份没确认的草稿已作废" in card
    await chat.say("确认")
    [record] = await chat.parts.registration.mine(ZHANG)
    assert record.school == "南岭演示工业学校"
    assert Field.EMAIL not in record.values


async def test_withdrawal_erases_the_person(chat: Chat) -> None:
    await chat.say(WHOLE + " 广西")
    await chat.say("确认")
    await chat.say("修改登记 手机 13900139000")
    await chat.say("确认")
    await chat.say("登记试点 物流管理 初级 专业：物流 规模50 校长：李四 15000150000")
    await chat.say("确认")
    await chat.say("登记 南岭演示工业学校 中职 周杰 19900199000 广西")
    asked = number(await chat.say("撤销登记"))
    assert "已撤销" in await chat.say(f"确认 {asked}")
    assert "还没有登记" in await chat.say("我的登记")
    assert "已经确认过了" in await chat.say("确认")
    path = chat.parts.database.url.database
    assert path is not None
    stored = b"".join(_bytes(path + suffix) for suffix in ("", "-wal"))
    for secret in ("13800138000", "13900139000", "zhangsan@", "15000150000", "周杰"):
        assert secret.encode() not in stored
    async with chat.parts.database.read() as session:
        audit = (await session.scalars(select(RegistrationAudit))).all()
    assert [row.action for row in audit][-2:] == ["撤销登记", "去掉个人信息：试点情况"]


def _bytes(path: str) -> bytes:
    file = Path(path)
    return file.read_bytes() if file.exists() else b""


async def test_withdrawing_a_mere_draft(chat: Chat) -> None:
    assert "没有登记" in await chat.say("撤销登记")
    await chat.say("登记 张三 13800138000")
    assert "草稿已删除" in await chat.say("撤销登记")
    assert await chat.parts.registration.draft(ZHANG) is None


@pytest.mark.parametrize(
    "text", ["登记成功了", "登记表怎么填？", "登记时间是什么时候", "登记 怎么弄"]
)
async def test_talk_about_registering_is_left_to_others(chat: Chat, text: str) -> None:
    assert await chat.say(text, place=GROUP) == ""
    assert await chat.parts.registration.draft(ZHANG) is None


WORDS = st.lists(
    st.sampled_from(
        [
            "登记",
            WHOLE,
            "登记 李四",
            "13900139000",
            "1390013900",
            "修改登记 手机 13700137000",
            "取消",
            "我的登记",
            "撤销登记",
            "你好",
            "广西",
        ]
    ),
    max_size=8,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(WORDS)
async def test_nothing_is_stored_without_confirming(
    chat: Chat, words: list[str]
) -> None:
    for word in words:
        await chat.say(word)
    assert await _count(chat, Registration) == 0
    await chat.say("取消")


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.integers(1, 4), st.sampled_from(["13800138000", "13900139000"]))
async def test_confirming_again_adds_no_version(
    chat: Chat, times: int, phone: str
) -> None:
    await chat.say(f"登记 桂东示例职业技术学院 高职 张三 {phone} 广西")
    await chat.say("确认")
    stored = await _count(chat, RegistrationVersion)
    for _ in range(times):
        await chat.say("确认")
    assert await _count(chat, RegistrationVersion) == stored
    [record] = await chat.parts.registration.mine(ZHANG, Kind.CONTACT)
    assert record.values[Field.PHONE] == phone


def _lines(name: str) -> list[str]:
    path = Path(__file__).parents[1] / "evaluation" / name
    return [line.split("\t")[0] for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("name", ["questions.tsv", "unaddressed.tsv"])
async def test_no_known_question_is_swallowed(
    chat: Chat, kind: Kind, name: str
) -> None:
    now = clock.now()
    draft = Draft(kind, ZHANG, private(ZHANG), {}, {}, now, now)
    swallowed = [
        text
        for text in _lines(name)[1:]
        if answer(draft, text, CHECKS, addressed=True, just_asked=True)
    ]
    assert swallowed == []


async def test_hardly_any_chatter_is_swallowed_in_groups(chat: Chat) -> None:
    now = clock.now()
    draft = Draft(Kind.CONTACT, ZHANG, GROUP, {}, {}, now, now)
    swallowed = [
        text
        for text in _lines("chatter.txt")
        if answer(draft, text, CHECKS, addressed=False, just_asked=True)
    ]
    assert swallowed == ["13800000000"]


async def test_a_kind_of_school_that_its_name_tells_is_not_asked(chat: Chat) -> None:
    card = await chat.say("登记 桂东示例中等专业学校 陈示例 13800138000 广西")
    assert "院校类型：中职" in card
    assert "都齐了" in card
    assert "已登记" in await chat.say("确认")


async def test_a_kind_of_school_that_its_name_does_not_tell_is_asked(
    chat: Chat,
) -> None:
    card = await chat.say("登记 桂东示例学院 陈示例 13800138000 广西")
    assert "院校类型" in card
    assert "都齐了" not in card
