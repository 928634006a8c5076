"""个人的号码：不是登记的话，记下之前遮住；教一个个人号码先问。"""

import asyncio

import pytest

from bot import clock
from bot.directory.records import CONTACTS
from bot.storage.tables import Delivered, Edit, LocalEntry, Unanswered
from bot.text import Masker, fold

from .conftest import (
    BOSS,
    GUANGXI,
    GX_GROUP,
    TEACHER,
    UNBOUND,
    Hall,
    Hands,
    number,
)

PHONE, MAIL = "13812345678", "qinlaoshi@example.org"


@pytest.mark.parametrize(
    "text",
    [
        f"请联系覃老师{PHONE}",
        "电话 138 1234 5678",
        "电话138-1234-5678",
        "电话１３８１２３４５６７８",
        "电话幺三八一二三四五六七八",
        f"邮箱{MAIL}",
        "身份证450102199001011234",
        "身份证45010219900101123X",
        "家住民族大道88号3栋201室",
    ],
)
def test_private_details_are_masked(text: str) -> None:
    masker = Masker()
    masked = masker.mask(text)
    assert "****" in masked or "***@" in masked
    assert masker.private(text)
    assert masker.mask(masked) == masked


@pytest.mark.parametrize(
    "text",
    [
        "2020-2021学年第二学期什么时候报",
        "2021.3.15 到 2021.4.20",
        "20210315发的通知在哪",
        "网址 https://vslc.ncb.edu.cn/csr-home/1234567890 打不开",
        "1+X 证书 X 级 300 人 5000 元",
        "我们学校在民族大道上",
    ],
)
def test_what_is_nobodys_is_left(text: str) -> None:
    assert Masker().mask(text) == text


def test_published_numbers_are_left() -> None:
    masker = Masker(lambda: ["服务电话 010-68607719，邮箱 service@example.cn"])
    for text in ("01068607719打不通", "68607719", "service@example.cn 退信"):
        assert masker.mask(text) == text
        assert masker.private(text) == []
    assert masker.mask("010-68607718") != "010-68607718"


def test_a_long_message_does_not_take_long() -> None:
    for piece in ("a", "1", "a@", "一", "a1 ", "路1号", "1-"):
        assert Masker().mask(piece * 20_000)


async def test_unsolved_with_a_number_is_kept_masked(hall: Hall) -> None:
    await hall.say("校车几点发车", TEACHER, GX_GROUP)
    await hall.say(f"没解决 请打我电话{PHONE}，{MAIL}", TEACHER, GX_GROUP)
    await hall.say(f"我是桂东学院覃老师，手机{PHONE}，帮我记一下好吗？", TEACHER)
    kept = await hall.everything_kept()
    assert PHONE not in kept
    assert MAIL not in kept
    shown = await hall.say("未答", GUANGXI, GX_GROUP)
    assert "没解决" in shown or "请打我电话" in shown
    assert PHONE not in shown


async def test_teaching_a_private_number_asks_first(hall: Hall) -> None:
    asked = await hall.say(f"教 食堂谁管 = 找覃老师，{PHONE}", GUANGXI, GX_GROUP)
    assert "138****78" in asked
    assert "广西的人在群里、私聊里问到，都会读到它" in asked
    assert PHONE not in asked
    assert hall.assistant.knowledge.find_wording("食堂谁管", "广西") is None
    await hall.say("取消", GUANGXI, GX_GROUP)
    assert PHONE not in await hall.everything_kept()
    await hall.say(f"教 食堂谁管 = 找覃老师，{PHONE}", GUANGXI, GX_GROUP)
    assert "学会了" in await hall.say("确认", GUANGXI, GX_GROUP)
    assert PHONE in await hall.say("食堂谁管", TEACHER, GX_GROUP)


async def test_teaching_a_published_number_does_not_ask(hall: Hall) -> None:
    mobile = next(
        located.row["手机"]
        for located in hall.assistant.directory.rows[CONTACTS.name].values()
        if located.row.get("手机", "").isdecimal()
    )
    told = await hall.say(f"教 证书谁管 = 打 {mobile}", GUANGXI, GX_GROUP)
    assert "学会了" in told


async def test_the_question_taught_is_masked(hall: Hall) -> None:
    await hall.say(f"教 {PHONE}是谁的 = 不知道", GUANGXI, GX_GROUP)
    assert PHONE not in await hall.everything_kept()


async def test_answer_with_a_private_number_asks_first(hall: Hall) -> None:
    await hall.say("校车几点发车", TEACHER, UNBOUND)
    await hall.say("没解决 食堂谁管", TEACHER, UNBOUND)
    listed = await hall.say("未答", BOSS)
    question = listed.splitlines()[1].partition(".")[0]
    shown = await hall.say(f"答 {question} 找覃老师 {PHONE}", GUANGXI)
    assert "还要发回问过的 1 处" in shown
    await hall.deliver()
    assert hall.read_by(UNBOUND) == ""
    assert "正发回原处" in await hall.say(f"确认 {number(shown)}", GUANGXI)
    await hall.deliver()
    assert PHONE in hall.read_by(UNBOUND)


async def test_correction_with_a_private_number_asks_first(hall: Hall) -> None:
    await hall.say("校车几点发车", TEACHER, GX_GROUP)
    shown = await hall.say(f"更正 打 {PHONE} 问", GUANGXI, GX_GROUP, quote=hall.last)
    assert "都会读到它" in shown
    assert hall.assistant.knowledge.entries["bus-start"].answer == "早上七点。"
    assert "已更正" in await hall.say("确认", GUANGXI, GX_GROUP)


async def _keep_in_clear(hall: Hall) -> None:
    """还不遮的时候记下的各样，与撤销了的一条。"""
    at, place = clock.now(), {"platform": "qq", "place_id": "30001", "user_id": "1"}
    async with hall.assistant.database.write() as session:
        entry = LocalEntry(
            question=f"{PHONE}是谁的", answer="食堂的", region="广西", active=True,
            author="qq:1", created_at=at,
        )  # fmt: skip
        gone = LocalEntry(
            question="食堂谁管", answer=f"找{PHONE}", region="广西", active=False,
            author="qq:1", created_at=at,
        )  # fmt: skip
        edit = Edit(
            kind="教", entry="local-2", before=None, after=f"找{PHONE}", at=at, **place
        )
        asked = Unanswered(
            account="1", place_kind="group", user_name="", message_id="m",
            text=f"打{PHONE}没人接", folded=fold(f"打{PHONE}没人接"), asked_at=at,
            **place,
        )  # fmt: skip
        given = Delivered(
            message_id="m", question=f"我{MAIL}收不到", entries=[], at=at, **place
        )
        session.add_all([entry, gone, edit, asked, given])
    await hall.assistant.knowledge.reload()


async def test_what_was_kept_in_clear_is_masked_after_a_start(hall: Hall) -> None:
    await _keep_in_clear(hall)
    kept = await hall.everything_kept()
    assert PHONE in kept
    assert MAIL in kept
    await hall.assistant.housekeeping.tidy()
    kept = await hall.everything_kept()
    assert PHONE not in kept
    assert MAIL not in kept
    masked = hall.assistant.teaching.masker.mask(f"{PHONE}是谁的")
    assert "****" in masked
    assert hall.assistant.knowledge.find_wording(masked, "广西")
    # 遮住之后照样认得是同一个问题
    await hall.say("校车几点发车", TEACHER, GX_GROUP)
    [question] = await hall.assistant.conversation.unanswered.open(None)
    assert question.text == hall.assistant.teaching.masker.mask(f"打{PHONE}没人接")


async def test_the_first_tidying_comes_with_the_start(hall: Hall) -> None:
    await _keep_in_clear(hall)
    await hall.assistant.start()
    for _ in range(200):
        if PHONE not in await hall.everything_kept():
            break
        await asyncio.sleep(0.01)
    assert PHONE not in await hall.everything_kept()


async def test_what_is_answered_now_stays_until_it_is_withdrawn(hall: Hall) -> None:
    await hall.say(f"教 食堂谁管 = 找覃老师，{PHONE}", GUANGXI, GX_GROUP)
    learnt = await hall.say("确认", GUANGXI, GX_GROUP)
    await hall.assistant.housekeeping.tidy()
    assert PHONE in await hall.say("食堂谁管", TEACHER, GX_GROUP)
    await hall.say(f"撤销教 {number(learnt, '撤销教')}", GUANGXI, GX_GROUP)
    await hall.assistant.housekeeping.tidy()
    assert PHONE not in await hall.everything_kept()


async def test_an_answer_sent_out_is_not_kept_in_the_outbox(
    hall: Hall, hands: Hands
) -> None:
    await hall.say("校车几点发车", TEACHER, UNBOUND)
    await hall.say("没解决 食堂谁管", TEACHER, UNBOUND)
    listed = await hall.say("未答", BOSS)
    question = listed.splitlines()[1].partition(".")[0]
    await hall.assistant.access.grant(GUANGXI, "湖南", BOSS)
    shown = await hall.say(f"答 {question} 找覃老师 {PHONE}", GUANGXI)
    await hall.say(f"确认 {number(shown)}", GUANGXI)
    await hall.deliver()
    assert PHONE in hall.read_by(UNBOUND)
    hands.forward(days=2)
    await hall.assistant.delivery.outbox.prune()
    assert PHONE not in await hall.everything_kept()
