"""在会话里：发文件、导入、逐处定、撤销、看原文。"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import time_machine

from bot import clock
from bot.assistant import Assistant
from bot.documents import Status
from bot.messages import Message, Person, Place, PlaceKind, Quote, ReceivedFile
from bot.reading import recognises
from tests.conftest import OpenHouse
from tests.everything import whole_router
from tests.gateways import FakeGateways, group

from . import made, written
from .test_proposals import BUS, SPRING

OWNER = Person("qq", "1")
CHEN = Person("qq", "20001", "陈示例")
TEACHER = Person("qq", "30001", "张老师")
Say = Callable[..., Awaitable[str]]
ROUTER = whole_router()


@pytest.fixture
async def house(open_house: OpenHouse) -> Assistant:
    """广西的群，陈示例是广西秘书处的人。"""
    assistant = await open_house(FakeGateways(), superusers=["1"])
    await assistant.access.grant(CHEN, "广西", OWNER)
    await assistant.groups.bind(group(100), "广西")
    return assistant


def gateways(assistant: Assistant) -> FakeGateways:
    assert isinstance(assistant.gateways, FakeGateways)
    return assistant.gateways


async def say(
    assistant: Assistant,
    text: str,
    person: Person = CHEN,
    place: Place = group(100),
    **more: object,
) -> str:
    """说一句，返回答复；同时像网关那样记下答复的消息号。"""
    message = Message("10001", place, person, text, "m1", True, clock.now())
    message = replace(message, **more)  # pyright: ignore[reportArgumentType]
    reply = await ROUTER.handle(assistant, message)
    if reply is None:
        return ""
    if reply.on_sent:
        await reply.on_sent("answer-1")
    return reply.text


async def send_file(
    assistant: Assistant, path: Path, person: Person = CHEN, place: Place = group(100)
) -> None:
    """把文件发到会话里。"""
    content = await asyncio.to_thread(path.read_bytes)
    gateways(assistant).files["f1"] = content
    file = ReceivedFile(path.name, id="f1", size=len(content))
    await say(assistant, "", person, place, files=(file,), message_id="file-1",
              addressed=False)  # fmt: skip


@pytest.fixture
def bus(tmp_path: Path) -> Path:
    """班车的新规定。"""
    path = tmp_path / "班车.txt"
    path.write_text(BUS)
    return path


@time_machine.travel(SPRING)
async def test_a_notice_sent_in_the_morning_answers_at_once(
    house: Assistant, bus: Path
) -> None:
    await send_file(house, bus)
    told = await say(house, "导入")
    assert "已导入《广西示例校车2027年运行指南》（编号 #1，广西2027年）" in told
    assert "更新2处" in told
    assert "正在读「班车.txt」" in gateways(house).texts()[0]
    assert "八点" in await say(house, "校车几点发车", TEACHER)


@time_machine.travel(SPRING)
async def test_what_it_changes_is_ticked_by_message(
    house: Assistant, bus: Path
) -> None:
    await send_file(house, bus)
    await say(house, "导入")
    shown = await say(house, "导入 查看")
    assert "1. 更新「校车" in shown
    assert "改为：" in shown
    assert "现在：" in shown
    one = await say(house, "导入 查看 1")
    assert "依据 一（" in one
    assert "改好了" in await say(house, "改 1 请八点在西门上车")
    assert "接受了 1 处" in await say(house, "接受 1")
    assert "不改" in await say(house, "拒绝 其余")
    assert "没有等着定的改动" in await say(house, "导入 查看")
    answers = [await say(house, q, TEACHER) for q in ("校车几点发车", "校车停在哪里")]
    assert any("八点在西门上车" in answer for answer in answers)


@time_machine.travel(SPRING)
async def test_a_private_number_is_asked_about_before_it_is_accepted(
    house: Assistant, tmp_path: Path
) -> None:
    path = tmp_path / "管理.txt"
    path.write_text(
        "广西示例校车2027年管理办法\n一、班车安排\n"
        "（一）班车上的失物由管理员陈示例保管，联系手机13900000188。\n"
        "（二）乘车费用每人每月三十元，由学校代收。\n"
    )
    await send_file(house, path)
    await say(house, "导入")
    asked = await say(house, "接受 全部")
    assert "139****88" in asked
    assert "13900000188" not in asked
    opened = await house.imports.proposals(1, Status.OPEN)
    assert [one.suggestion.label for one in opened if one.suggestion.sure] == [
        "一（一）"
    ]
    assert "接受了 1 处" in await say(house, "确认")
    assert "13900000188" in await say(house, "班车上的失物谁保管", TEACHER)


@time_machine.travel(SPRING)
async def test_everything_leaves_out_what_is_doubtful_and_says_so(
    house: Assistant, tmp_path: Path
) -> None:
    path = tmp_path / "联系.txt"
    path.write_text(
        "广西示例校车2027年联系办法\n一、乘车费用每人每月三十元，由学校代收。\n"
        "附件\n联系人表\n证书名称\t联系人\t电话\n"
        "示例设备运维\t陈示例\t0771-5550123\n"
    )
    await send_file(house, path)
    await say(house, "导入")
    told = await say(house, "接受 全部")
    (left,) = await house.imports.proposals(1, Status.OPEN)
    assert not left.suggestion.sure
    assert f"第 {left.number} 处把握不大，没有接受" in told


@time_machine.travel(SPRING)
async def test_an_import_is_undone_whole(house: Assistant, bus: Path) -> None:
    await send_file(house, bus)
    await say(house, "导入")
    await say(house, "接受 全部")
    assert "已撤销《广西示例校车" in await say(house, "撤销导入 1")
    assert "七点" in await say(house, "校车几点发车", TEACHER)
    assert "还没有导入过" in await say(house, "导入 列表")


@time_machine.travel(SPRING)
async def test_documents_are_numbered_in_the_list_just_shown(
    house: Assistant, bus: Path, tmp_path: Path
) -> None:
    await send_file(house, bus)
    await say(house, "导入")
    other = tmp_path / "说明.txt"
    other.write_text("试点工作说明\n一、佐证材料统一为PDF格式。\n二、请按时报送材料。")
    await send_file(house, other)
    await say(house, "导入 广西 2027年")
    assert "已撤销《广西示例校车" in await say(house, "撤销导入 1")
    assert "1. 《试点工作说明》" in await say(house, "导入 列表")
    assert "没有编号 2" in await say(house, "撤销导入 2")
    assert "没有编号 #1" in await say(house, "导入 查看 #1")
    undone = await say(house, "撤销导入 1")
    assert "已撤销《试点工作说明》（编号 #2，" in undone
    assert not house.imports.library.documents


async def test_region_and_year_are_asked_for(house: Assistant, tmp_path: Path) -> None:
    path = tmp_path / "说明.txt"
    path.write_text("试点工作说明\n一、佐证材料统一为PDF格式。\n二、请按时报送材料。")
    await send_file(house, path)
    assert "哪个地区、哪一年" in await say(house, "导入")
    assert "编号 #1，广西2027年" in await say(house, "导入 广西 2027年")


async def test_another_region_s_document_is_not_theirs_to_import(
    house: Assistant, tmp_path: Path
) -> None:
    path = made.as_docx(replace(written.REPLY, issuer="山东省教育厅"), tmp_path)
    await send_file(house, path)
    assert "山东" in await say(house, "导入")
    assert not house.imports.library.documents
    await send_file(house, path, OWNER)
    assert "编号 #1，山东2026年" in await say(house, "导入", OWNER)


async def test_a_teacher_cannot_import(house: Assistant, bus: Path) -> None:
    await send_file(house, bus, TEACHER)
    assert "秘书处" in await say(house, "导入", TEACHER)
    assert not house.imports.library.documents


async def test_words_that_are_not_about_an_import_are_left_alone(
    house: Assistant,
) -> None:
    for text in (
        "接受 这个安排吗", "拒绝 是什么意思", "改 一下", "原文 在哪里下载",
        "导入数据失败怎么办",
    ):  # fmt: skip
        message = Message("10001", group(100), CHEN, text, "m", False, clock.now())
        assert await ROUTER.handle(house, message) is None


async def test_the_secretariat_is_told_that_a_file_can_be_imported(
    house: Assistant,
) -> None:
    private = Place("qq", PlaceKind.PRIVATE, CHEN.id)
    file = ReceivedFile("通知.docx", id="f1")
    assert "请发「导入」" in await say(house, "", CHEN, private, files=(file,))


@pytest.mark.skipif(not recognises(), reason="没有装文字识别")
async def test_a_picture_is_answered_by_what_stands_in_it(
    house: Assistant, tmp_path: Path
) -> None:
    drawn = made.picture("校车几点发车？", tmp_path)
    gateways(house).files["p1"] = await asyncio.to_thread(drawn.read_bytes)
    told = await say(house, "", TEACHER, images=("p1",))
    assert "图里写着：校车几点发车" in told
    assert "七点" in told


@pytest.mark.skipif(recognises(), reason="装了文字识别")
async def test_a_picture_that_cannot_be_seen_is_said_so(house: Assistant) -> None:
    shown: dict[str, Any] = {"images": ("p1",), "unseen": ("图片",)}
    told = await say(house, "校车几点发车", TEACHER, **shown)
    assert "七点" in told
    assert "图片我看不到，这是照您打的字答的" in told
    told = await say(house, "1+X试点申报平台这样提示怎么办", TEACHER, **shown)
    assert "我看不到图片里的内容，连同您的话转给秘书处了" in told
    (kept,) = await house.conversation.unanswered.open(frozenset({"广西"}))
    assert "这样提示怎么办" in kept.text
    assert "转给秘书处" not in await say(house, "谢谢", TEACHER, **shown)


async def test_no_file_was_sent(house: Assistant) -> None:
    assert "没看到要导入的文件" in await say(house, "导入")


async def test_a_file_the_gateway_cannot_give(house: Assistant, bus: Path) -> None:
    await send_file(house, bus)
    gateways(house).files.clear()
    assert "没有取到" in await say(house, "导入")


async def test_a_bad_file_gets_its_sentence(house: Assistant, tmp_path: Path) -> None:
    path = tmp_path / "空.docx"
    path.write_bytes(b"")
    await send_file(house, path)
    assert "空文件" in await say(house, "导入")
    assert not list((house.settings.data_dir / "documents").glob("*"))


@time_machine.travel(SPRING)
async def test_the_file_quoted_is_the_one_meant(
    house: Assistant, bus: Path, tmp_path: Path
) -> None:
    await send_file(house, bus)
    other = ReceivedFile("别的.txt", id="missing")
    await say(house, "", files=(other,), message_id="file-2", addressed=False)
    told = await say(house, "导入", quote=Quote("file-1"))
    assert "已导入《广西示例校车" in told


@time_machine.travel(SPRING)
async def test_the_original_of_a_passage_and_of_an_entry(
    house: Assistant, bus: Path
) -> None:
    await say(house, "校车几点发车", TEACHER)
    told = await say(house, "原文", TEACHER, quote=Quote("answer-1", "", True))
    assert "这份文件没有导入" in told
    assert "广西指南" in told
    await send_file(house, bus)
    await say(house, "导入")
    await say(house, "接受 全部")
    await say(house, "校车几点发车", TEACHER)
    told = await say(house, "原文", TEACHER)
    assert "校车改为早上八点发车，逾时不候。" in told
    assert "——《广西示例校车2027年运行指南》一（一）" in told


@time_machine.travel(SPRING, tick=False)
async def test_what_is_open_is_reminded_once_a_day(house: Assistant, bus: Path) -> None:
    private = Place("qq", PlaceKind.PRIVATE, CHEN.id)
    await send_file(house, bus, CHEN, private)
    await say(house, "导入", CHEN, private)
    assert await house.reminding.remind() == 0
    with time_machine.travel("2027-01-11 02:00", tick=False):
        assert await house.reminding.remind() == 1
        assert await house.reminding.remind() == 0
    await say(house, "拒绝 全部", CHEN, private)
    with time_machine.travel("2027-01-13 02:00", tick=False):
        assert await house.reminding.remind() == 0
