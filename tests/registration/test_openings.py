"""登记的各种开场；没说要登记的先问；群里与没答上来的问题里都不留原文。"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot import clock
from bot.messages import Message
from bot.registration import Field
from bot.registration.fields import CONTACT_FORM
from bot.registration.openings import opened
from bot.registration.others import Other
from bot.registration.reader import read
from bot.registration.result import Reading
from bot.storage.tables import Unanswered
from plugins import confirming, faq, registration

from .conftest import CHECKS, GROUP, LI, ZHANG, Chat, private

BODY = "桂东示例职业技术学院 高职 陈示例 13800138000"
VALUES = {
    Field.SCHOOL: "桂东示例职业技术学院",
    Field.TYPE: "高职",
    Field.NAME: "陈示例",
    Field.PHONE: "13800138000",
}


@pytest.mark.parametrize(
    "text",
    [
        f"登记 {BODY}",
        f"我来登记：{BODY}",
        f"联系人登记 {BODY}",
        f"报名登记 {BODY}",
        f"登记联系人 {BODY}",
        f"登记校级联系人\n{BODY}",
        f"新增联系人 {BODY}",
        f"【登记】{BODY}",
        f"大家好，我要登记一下校级联系人 {BODY}",
        f"{BODY}，请登记",
        f"{BODY}\n以上，登记1+X联系人。",
        f"{BODY}，麻烦帮我登记，谢谢老师",
        f"刚才发错了，重新登记：{BODY}",
    ],
)
async def test_every_opening_begins_the_same_draft(chat: Chat, text: str) -> None:
    shown = await chat.say(text)
    assert "【登记草稿】" in shown
    assert "没用上" not in shown
    changes = (await chat.draft()).changes
    assert {f: changes.get(f) for f in VALUES} == VALUES


@pytest.mark.parametrize(
    "text",
    [
        "收到，已登记，谢谢老师",
        "登记截止到哪天呀？我们王五老师出差了，手机13800138064打不通",
        "请问登记的时候信用代码一定要填吗？",
        "考生登记表谁有模板？发我邮箱 sun@example.com 谢谢",
        "有问题可以打我电话13900139062，我一直在办公室",
        "【失物招领】今天会场捡到黑色U盘一个，贴有桂东示例职业技术学院标签，"
        "失主请联系会务组陈示例 13800138061",
    ],
)
async def test_what_is_no_registration_begins_nothing(chat: Chat, text: str) -> None:
    assert await chat.say(text) == ""
    assert await chat.parts.registration.draft(ZHANG) is None


async def test_a_registration_without_any_word_is_asked_about(chat: Chat) -> None:
    said = "我是桂东示例职业技术学院的陈示例，手机 13800138000"
    assert await chat.say(said, place=GROUP) == ""
    shown = await chat.say(said)
    assert shown.startswith("要登记吗？")
    assert "高职" in await chat.say("高职 广西")
    assert "已登记" in await chat.say("确认")


async def test_declining_drops_what_was_read(chat: Chat) -> None:
    await chat.say("桂东示例职业技术学院 高职 陈示例 13800138000")
    assert "已取消" in await chat.say("取消")
    assert await chat.parts.registration.draft(ZHANG) is None


async def test_in_a_group_it_is_masked_and_recalled(chat: Chat) -> None:
    chat.gateways.recallable = True
    for number, text in enumerate(
        (
            f"我来登记：{BODY}，备用联系人：周样例 13900139001，其余见附件说明",
            f"我是{BODY}",
        )
    ):
        reply = await chat.reply(text, place=GROUP, addressed=True)
        assert reply
        for secret in ("13800138000", "13900139001", "陈示例", "周样例", "附件说明"):
            assert secret not in reply.text
        assert "没用上" in reply.text or number
        assert "已替您撤回" in reply.text


async def test_an_unanswered_question_keeps_no_registration_in_clear(
    chat: Chat,
) -> None:
    chat.use(type(chat.router)([confirming.routes, registration.routes, faq.routes]))
    texts = [
        "我们学校换人了怎么办，新来的老师姓名：陈示例，手机 138 0013 8000",
        "联系人：陈示例 电话 13800138000 怎么没人理我呢",
    ]
    for text in texts:
        await chat.say(text, LI, place=GROUP, addressed=True)
    async with chat.parts.database.read() as session:
        kept = [row.text for row in await session.scalars(select(Unanswered))]
    for text in kept:
        for secret in ("13800138000", "138 0013 8000", "陈示例"):
            assert secret not in text


def _read(text: str) -> Reading:
    said = opened(text)
    return read(said.text if said else text, CONTACT_FORM, CHECKS)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            f"登记 {BODY}\n校长：张院长 13900139001",
            [Other("校长", "张院长", "13900139001")],
        ),
        (
            f"登记 {BODY} 备用联系人：周样例 13900139001",
            [Other("备用联系人", "周样例", "13900139001")],
        ),
        (
            f"校长郑虚拟让我来登记的，我们是{BODY}",
            [Other("校长", "郑虚拟")],
        ),
        (
            f"登记 原联系人钱样例（13900139001）已退休，现在是我负责。{BODY}",
            [Other("原联系人", "钱样例", "13900139001")],
        ),
        (
            f"登记 {BODY}\n校长姓名：褚虚拟\n校长手机：13900139001",
            [Other("校长", "褚虚拟", "13900139001")],
        ),
        (
            f"登记 {BODY}，我校校长是褚虚拟，旧号13900139001作废",
            [Other("不登记的号码", "", "13900139001"), Other("我校校长", "褚虚拟")],
        ),
        (
            f"登记 {BODY}，找不到我可以找我同事卢试样（13900139001）",
            [Other("同事", "卢试样", "13900139001")],
        ),
    ],
)
def test_other_people_are_kept_apart(text: str, people: list[Other]) -> None:
    reading = _read(text)
    assert reading.values == VALUES
    assert not reading.problems
    assert reading.others == people


def test_the_only_number_is_not_given_to_a_predecessor() -> None:
    school = "桂东示例职业技术学院"
    reading = _read(f"登记 {school} 我是陈示例，接替王样例老师，手机13800138000")
    assert reading.values[Field.PHONE] == "13800138000"
    reading = _read(f"登记 {school} 联系人陈示例，校长吴样例，手机13800138000")
    assert "说不准" in reading.problems[Field.PHONE].reason


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("类型：本科或高职", Field.TYPE),
        ("学校：桂东示例有限公司", Field.SCHOOL),
        ("联系人：小陈", Field.NAME),
        ("联系人：变更", Field.NAME),
        ("联系人：chen", Field.NAME),
    ],
)
def test_what_is_no_value_is_not_taken_for_one(text: str, field: Field) -> None:
    reading = _read(f"登记 {text} 手机：13800138000")
    assert field not in reading.values
    assert field in reading.problems or field in reading.blank or not reading.labelled


def test_a_number_below_another_person_is_asked_about() -> None:
    lines = ("学校：桂东示例职业技术学院", "联系人：陈示例", "备用联系人：周样例")
    reading = _read("\n".join(("登记", *lines, "手机：13900139001")))
    assert "说不准" in reading.problems[Field.PHONE].reason
    assert Field.PHONE not in reading.values


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("以后1+X的事由柏虚构负责对接", {Field.NAME: "柏虚构"}),
        ("我姓陈叫陈示例耳东陈", {Field.NAME: "陈示例"}),
        ("手机 1380 013 8000", {Field.PHONE: "13800138000"}),
        ("手机 138-0013-8000", {Field.PHONE: "13800138000"}),
        ("手机 1 3 8 0 0 1 3 8 0 0 0", {Field.PHONE: "13800138000"}),
        (
            "信用代码 1245 0000 4985 0100 4A",
            {Field.USCC: "12450000498501004A"},
        ),
        (
            "地址：南宁市青秀区示例路1号（东门旁）",
            {Field.ADDRESS: "南宁市青秀区示例路1号（东门旁）"},
        ),
        ("在产教融合处工作", {Field.POSITION: "产教融合处"}),
        (
            "湖北的楚天示例职业学院",
            {Field.REGION: "湖北", Field.SCHOOL: "楚天示例职业学院"},
        ),
        ("一、姓名：陈示例\n二、邮箱：\n三、地址：", {Field.NAME: "陈示例"}),
        ("姓名：__陈示例__\n邮箱：________", {Field.NAME: "陈示例"}),
        (
            "姓名：_陈示例_ 邮箱：_chen@example.com_",
            {
                Field.NAME: "陈示例",
                Field.EMAIL: "chen@example.com",
            },
        ),
        (
            "我叫韦示例韦小宝的韦手机号码是150 0015 0211",
            {
                Field.NAME: "韦示例",
                Field.PHONE: "15000150211",
            },
        ),
        ("我们学校叫漓江示例旅游职业学院", {Field.SCHOOL: "漓江示例旅游职业学院"}),
        ("手机一三八 零零一三 八零零零", {Field.PHONE: "13800138000"}),
        ("在教务处做实践教学科科长", {Field.POSITION: "教务处 实践教学科科长"}),
        (
            "桂西假想学院+解示例+13700137232+xie@example.com",
            {
                Field.SCHOOL: "桂西假想学院",
                Field.NAME: "解示例",
                Field.PHONE: "13700137232",
                Field.EMAIL: "xie@example.com",
            },
        ),
    ],
)
def test_spoken_and_grouped(text: str, fields: dict[Field, str]) -> None:
    reading = _read(f"登记 {text}")
    assert reading.values == fields
    assert not reading.problems
    assert not reading.leftover


async def test_a_blank_form_names_each_empty_field(chat: Chat) -> None:
    shown = await chat.say("登记\n学校：\n类型：\n姓名：\n手机：\n邮箱：")
    for title in ("院校名称", "院校类型", "联系人姓名", "联系人手机号", "联系人邮箱"):
        assert title in shown


async def test_a_wrong_optional_field_does_not_block(chat: Chat) -> None:
    shown = await chat.say(f"登记 {BODY} 广西 邮箱 chen.example.com，职务待定")
    assert "✘ 联系人邮箱" in shown
    assert "都齐了" in shown
    assert "已登记" in await chat.say("确认")
    [record] = await chat.parts.registration.mine(ZHANG)
    assert Field.EMAIL not in record.values
    assert Field.POSITION not in record.values


PARTS = ["桂东示例职业技术学院", "高职", "陈示例", "13800138000", "chen@example.com"]
JUNK = st.text("甲乙丙丁戊庚癸蛙鲸铅锌碘", min_size=3, max_size=8)


@settings(max_examples=150, deadline=None)
@given(
    st.permutations(PARTS),
    st.lists(st.tuples(st.integers(0, 5), JUNK), max_size=3),
    st.sampled_from(["，", "\n", " ", "；", "。"]),
)
def test_every_word_is_used_or_said_to_be_unused(
    parts: list[str], junk: list[tuple[int, str]], separator: str
) -> None:
    """没有一个字悄悄不见：读进了哪一项，或在没用上的里面。"""
    said = list(parts)
    for place, word in junk:
        said.insert(place, word)
    reading = _read(f"登记 {separator.join(said)}")
    problems = (problem.raw for problem in reading.problems.values())
    shown = "|".join(
        (*reading.values.values(), *problems, *reading.leftover, *reading.unused)
    )
    for word in said:
        assert word in shown


async def test_a_picture_is_not_read_and_that_is_said(chat: Chat) -> None:
    await chat.say("登记 桂东示例职业技术学院 高职")
    message = Message(
        "10001", private(ZHANG), ZHANG, "", "m1", True, clock.now(),
        images=("http://localhost/p.png",), unseen=("图片",),
    )  # fmt: skip
    reply = await chat.router.handle(chat.parts, message)
    assert reply
    assert "图片里的字我还认不了" in reply.text
