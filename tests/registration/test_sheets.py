"""发来填好的登记表：一次登记许多所，有误的行说清楚。"""

from io import BytesIO

import pytest
from openpyxl import Workbook

from bot import clock
from bot.messages import Message, Person, Place, ReceivedFile
from bot.registration import Field
from tests.conftest import OpenHouse
from tests.gateways import FakeGateways

from .conftest import CHECKS, CLERK, GROUP, LI, ZHANG, Chat, private

HEADER = (
    "序号",
    "院校名称*",
    "院校类型（四选一）",
    "联系人姓名",
    "联系人手机号",
    "联系人邮箱",
)
ROWS = (
    (1, "桂东示例职业技术学院", "高职", "陈示例", 13800138000, "chen@example.com"),
    (2, "桂西样例中等专业学校", "中专", "覃样例", "139-0013-9001", "无"),
    (3, "桂南假想学院", "高职", "韦示例", "1370013700", None),
    (4, None, "高职", "李示例", "13700137000", None),
    (5, "桂北虚构职业学院", "高职", "黄示例", "13700137001", "huang.example.com"),
    (6, "桂东示例职业技术学院", "高职", "陈示例", "13800138000", None),
)


def book(*rows: tuple[object, ...], title: str = "登记表") -> bytes:
    """一本工作簿。"""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append([title])
    sheet.merge_cells("A1:F1")
    for row in rows:
        sheet.append(list(row))
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


async def send(
    chat: Chat,
    data: bytes,
    person: Person = CLERK,
    place: Place | None = None,
    name: str = "登记表.xlsx",
) -> str:
    """发来一个文件。"""
    place = place or private(person)
    chat.gateways.files["f1"] = data
    file = ReceivedFile(name, "f1", size=len(data))
    message = Message(
        "10001", place, person, "", "m9", not place.is_group, clock.now(),
        unseen=("文件",), files=(file,),
    )  # fmt: skip
    reply = await chat.router.handle(chat.parts, message)
    return reply.text if reply else ""


async def test_many_schools_at_once_with_the_wrong_rows_named(chat: Chat) -> None:
    shown = await send(chat, book(HEADER, *ROWS))
    assert "读到 6 行，可以登记 3 行，3 行有误" in shown
    assert "广西 桂东示例职业技术学院 高职 陈示例 13800138000" in shown
    assert "第 5 行：联系人手机号「137****00」：手机号应是 11 位，读到 10 位" in shown
    assert "第 6 行：缺院校名称" in shown
    assert "第 7 行先不存 联系人邮箱" in shown
    assert "第 8 行：与第 3 行是同一所学校的同一个人" in shown
    assert await chat.parts.registration.mine(CLERK) == []
    assert "已登记 3 条" in await chat.say("确认", CLERK)
    mine = await chat.parts.registration.mine(CLERK)
    assert [record.school for record in mine] == [
        "桂东示例职业技术学院",
        "桂西样例中等专业学校",
        "桂北虚构职业学院",
    ]
    assert mine[1].values[Field.PHONE] == "13900139001"
    assert Field.EMAIL not in mine[1].values


async def test_the_secretariat_is_told_that_it_may_be_imported_instead(
    chat: Chat,
) -> None:
    assert "请发「导入」" in await send(chat, book(HEADER, *ROWS))
    header = (*HEADER, "地区")
    row = (*ROWS[0], "广西")
    assert "请发「导入」" not in await send(chat, book(header, row), ZHANG)


async def test_the_same_sheet_again_changes_nothing(chat: Chat) -> None:
    for _ in range(2):
        await send(chat, book(HEADER, *ROWS[:2]))
        await chat.say("确认", CLERK)
    mine = await chat.parts.registration.mine(CLERK)
    assert [record.version for record in mine] == [1, 1]


async def test_nothing_is_kept_after_declining(chat: Chat) -> None:
    await send(chat, book(HEADER, *ROWS[:2]))
    assert "没有登记" in await chat.say("取消", CLERK)
    assert await chat.parts.registration.mine(CLERK) == []


async def test_a_coordinator_may_send_a_few_schools(chat: Chat) -> None:
    header = (*HEADER, "地区")
    rows = [(*row, "广西") for row in ROWS[:2]]
    assert "可以登记 2 行" in await send(chat, book(header, *rows), ZHANG)
    assert "已登记 2 条" in await chat.say("确认")
    many = [
        (n, f"桂中第{n}虚构学校", "中职", "覃样例", "13900139001", None, "广西")
        for n in range(1, 6)
    ]
    assert "最多登记 3 所" in await send(chat, book(header, *many), LI)


async def test_another_contact_of_the_school_is_not_passed_over(
    open_house: OpenHouse,
) -> None:
    gateways = FakeGateways()
    assistant = await open_house(gateways, superusers=["qq:10000"])
    assistant.registration.checks = CHECKS
    chat = Chat(assistant, gateways, open_house)
    await chat.say("登记 桂东示例职业技术学院 高职 李示例 13700137000 广西", LI)
    await chat.say("确认", LI)
    rows = [(*row, "广西") for row in ROWS[:2]]
    await send(chat, book((*HEADER, "地区"), *rows), ZHANG)
    told = await chat.say("确认")
    assert "已登记 1 条" in told
    assert "桂东示例职业技术学院已有别人登记的联系人" in told


@pytest.mark.parametrize(
    "data",
    [b"no workbook", book(("甲", "乙", "丙"), ("1", "2", "3"))],
    ids=["broken", "something else"],
)
async def test_what_is_no_form_registers_nothing(chat: Chat, data: bytes) -> None:
    shown = await send(chat, data)
    assert ("打不开" in shown) == (data == b"no workbook")
    assert await chat.parts.registration.mine(CLERK) == []


async def test_in_a_group_a_file_is_let_alone(chat: Chat) -> None:
    assert await send(chat, book(HEADER, *ROWS), place=GROUP) == ""


async def test_a_file_that_cannot_be_had_is_said(chat: Chat) -> None:
    file = ReceivedFile("登记表.xlsx", "gone")
    message = Message(
        "10001", private(CLERK), CLERK, "", "m9", True, clock.now(), files=(file,)
    )
    reply = await chat.router.handle(chat.parts, message)
    assert reply
    assert "没有取到" in reply.text
