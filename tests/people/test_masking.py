"""个人的号码：不是登记的话，记下之前遮住；教一个个人号码先问。"""

import pytest

from bot.directory.records import CONTACTS
from bot.text import Masker

from .conftest import BOSS, GUANGXI, GX_GROUP, TEACHER, UNBOUND, Hall, number

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
