"""发来登记表的图片，与一条消息里的好几所。"""

from io import BytesIO

import pytest
import xlsxwriter

from bot import clock
from bot.errors import AssistantError
from bot.messages import Message, Person, Place, ReceivedFile
from bot.registration import Field
from bot.registration.books import open_book
from plugins.registration import pictures

from .conftest import CLERK, GROUP, Chat, private

CELLS = (
    "学校名称", "学校类型", "联系人", "手机号",
    "桂东示例职业技术学院", "高职", "陈示例", "13800138000",
    "桂西样例中等专业学校", "中职", "覃样例", "1390013900",
    "桂南假想学院", "应用型本科", "韦示例", "13700137000",
)  # fmt: skip


async def _send_picture(
    chat: Chat, person: Person, text: str, place: Place | None = None
) -> str:
    message = Message(
        "10001", place or private(person), person, text, "m9", True, clock.now(),
        images=("p1",),
    )  # fmt: skip
    reply = await chat.router.handle(chat.parts, message)
    return reply.text if reply else ""


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """图里的字；空的是没有装文字识别。"""
    lines: list[str] = []

    async def read(*_: object) -> str:
        return "\n".join(lines)

    monkeypatch.setattr(pictures, "text_of_pictures", read)
    monkeypatch.setattr(pictures, "sees_pictures", lambda: bool(lines))
    return lines


async def test_a_picture_of_a_table_registers_many(chat: Chat, seen: list[str]) -> None:
    seen += CELLS
    shown = await _send_picture(chat, CLERK, "登记")
    assert "读到 3 行，可以登记 2 行，1 行有误" in shown
    assert "第 2 行：联系人手机号" in shown
    assert "已登记 2 条" in await chat.say("确认", CLERK)


async def test_a_picture_of_one_school_fills_a_draft(
    chat: Chat, seen: list[str]
) -> None:
    seen += CELLS[:8]
    assert "高职" in await _send_picture(chat, CLERK, "登记")
    draft = await chat.draft(CLERK)
    assert draft.values[Field.NAME] == "陈示例"


async def test_other_pictures_begin_nothing(chat: Chat, seen: list[str]) -> None:
    seen += CELLS
    await _send_picture(chat, CLERK, "这个报错怎么办")
    assert await chat.parts.registration.drafts(CLERK) == []


@pytest.mark.parametrize(
    "text",
    [
        "登记\n桂东示例职业技术学院 高职 陈示例 13800138000\n"
        "桂南假想学院 应用型本科 韦示例 13700137000",
        "登记\n学校：桂东示例职业技术学院\n类型：高职\n姓名：陈示例\n手机：13800138000\n\n"
        "学校：桂南假想学院\n类型：应用型本科\n姓名：韦示例\n手机：13700137000",
        "请登记\n学校\t类型\t联系人\t手机\n桂东示例职业技术学院\t高职\t陈示例\t13800138000"
        "\n桂南假想学院\t应用型本科\t韦示例\t13700137000",
    ],
)
async def test_several_schools_in_one_message(chat: Chat, text: str) -> None:
    shown = await chat.say(text, CLERK)
    assert "可以登记 2 行" in shown
    assert "已登记 2 条" in await chat.say("确认", CLERK)
    mine = await chat.parts.registration.mine(CLERK)
    assert [record.values[Field.NAME] for record in mine] == ["陈示例", "韦示例"]


async def test_several_in_a_group_are_masked_and_recalled(chat: Chat) -> None:
    chat.gateways.recallable = True
    shown = await chat.say(
        "登记\n桂东示例职业技术学院 高职 陈示例 13800138000\n"
        "桂南假想学院 应用型本科 韦示例 13700137000",
        CLERK,
        place=GROUP,
        addressed=True,
    )
    assert "可以登记 2 行" in shown
    assert "撤回" in shown
    for secret in ("陈示例", "13800138000", "韦示例", "13700137000"):
        assert secret not in shown


def _separated(mark: str, encoding: str) -> bytes:
    rows = [CELLS[start : start + 4] for start in range(0, len(CELLS), 4)]
    return "\n".join(mark.join(row) for row in rows).encode(encoding)


def _book() -> bytes:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as made:
        sheet = made.add_worksheet()
        sheet.write_string(0, 0, "登记表")
        for place, cell in enumerate(CELLS):
            sheet.write(2 + place // 4, 1 + place % 4, cell)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("登记表.csv", _separated(",", "utf-8-sig")),
        ("登记表.csv", _separated(",", "gb18030")),
        ("登记表.csv", _separated("\t", "utf-8")),
        ("登记表.et", _book()),
        ("登记表.XLSX", _book()),
    ],
)
async def test_other_kinds_of_sheets(chat: Chat, name: str, data: bytes) -> None:
    chat.gateways.files["f1"] = data
    message = Message(
        "10001", private(CLERK), CLERK, "", "m9", True, clock.now(),
        unseen=("文件",), files=(ReceivedFile(name, "f1", size=len(data)),),
    )  # fmt: skip
    reply = await chat.router.handle(chat.parts, message)
    assert reply
    assert "读到 3 行，可以登记 2 行，1 行有误" in reply.text


def test_a_broken_sheet_is_refused_in_words() -> None:
    with pytest.raises(AssistantError, match="打不开"):
        open_book(b"\xd0\xcf\x11\xe0 broken", "登记表.xls")
