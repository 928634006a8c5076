"""聊天里的样子：口令、清单、更新与确认。"""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

import openpyxl
import pytest

from bot import clock
from bot.assistant import Assistant
from bot.errors import SendUnknown
from bot.messages import Reply
from bot.routing import Router
from plugins import confirming
from plugins.directory import routes
from tests.gateways import FakeGateways

from .conftest import GROUP, SECRETARY, TEACHER, ask, failed, say

router = Router([confirming.routes, routes])


async def tell(assistant: Assistant, text: str, person: Any = TEACHER) -> str:
    reply = await router.handle(assistant, say(text, person))
    assert isinstance(reply, Reply)
    return reply.text


def gateways(assistant: Assistant) -> FakeGateways:
    return cast(FakeGateways, assistant.gateways)


async def test_find_a_certificate(assistant: Assistant) -> None:
    text = await tell(assistant, "查证书 BIM 电话")
    assert "0316-5915508" in text
    kept = assistant.conversation.memory.recall(GROUP, TEACHER, clock.now())
    assert kept
    assert kept.turn
    assert kept.turn.key == "cert:建筑信息模型（BIM）#phone"
    assert "北京中物联物流采购培训中心" in await tell(assistant, "/查证书物流管里")


async def test_find_an_organisation(assistant: Assistant) -> None:
    text = await tell(assistant, "查机构 华为")
    assert "网络系统建设与运维、智能计算平台应用开发" in text
    assert "haina@huawei.com" in text


async def test_several_equally_good_are_numbered(assistant: Assistant) -> None:
    text = await tell(assistant, "查证书 城市轨道交通")
    assert "1. " in text
    assert "2. " in text
    assert "回复 1、2 选一个" in text
    kept = assistant.conversation.memory.recall(GROUP, TEACHER, clock.now())
    assert kept
    answers = [
        assistant.directory.source.answer(candidate.key, ask("城市轨道交通"))
        for candidate in kept.offered
    ]
    assert [bool(answer) for answer in answers] == [True, True]


@pytest.mark.parametrize("asked", ["药品购销", "网络安全评测", "大数据应用开发Python"])
async def test_unknown_is_said_and_near_ones_only_asked(
    assistant: Assistant, asked: str
) -> None:
    text = await tell(assistant, f"查证书 {asked}")
    assert text.startswith(f"名录里没有「{asked}」".replace("P", "p")) or asked in text
    assert "1" * 3 not in text
    assert "@" not in text
    assert "电话：" not in text


async def test_short_list_is_sent_as_text(assistant: Assistant) -> None:
    text = await tell(assistant, "证书列表 数控")
    assert text.splitlines()[0] == "数控共 3 个证书，2 家机构："
    assert len(text.splitlines()) == 5
    assert text.endswith(
        "据鲁教职处函〔2020〕10号附件1（2020-04-14）。方向是助手归的，文件里没有这样分。"
    )


async def test_long_list_is_forwarded(assistant: Assistant) -> None:
    text = await tell(assistant, "证书列表 第三批")
    assert text == (
        "第三批共 76 个证书，63 家机构，名单见上面的转发消息。\n"
        "据鲁教职处函〔2020〕10号附件1（2020-04-14）。"
    )
    title, pages = gateways(assistant).forwarded[0]
    assert title == "第三批共 76 个证书，63 家机构"
    assert sum(len(page.splitlines()) for page in pages) == 76


async def test_long_list_as_a_workbook(assistant: Assistant) -> None:
    gateways(assistant).forwards = False
    text = await tell(assistant, "证书列表")
    assert "名单见表格。" in text
    attachment = gateways(assistant).sent[0][2].attachments[0]
    sheet = openpyxl.load_workbook(attachment.path).worksheets[0]
    assert sheet.max_row == 93


async def test_long_list_shortened(assistant: Assistant) -> None:
    gateways(assistant).forwards, gateways(assistant).refusal = False, failed()
    text = await tell(assistant, "证书列表 三批")
    assert "按方向分着看" in text
    assert len(text.splitlines()) == 3
    assert text.endswith("（2020-04-14）。")
    assistant.gateways = None
    assert await tell(assistant, "证书列表 三批") == text


async def test_unknown_outcome_is_not_sent_twice(assistant: Assistant) -> None:
    gateways(assistant).forward_error = SendUnknown("超时")
    text = await tell(assistant, "证书列表 三批")
    assert "请再发一次" in text
    assert gateways(assistant).sent == []


async def test_no_such_list(assistant: Assistant) -> None:
    text = await tell(assistant, "证书列表 烹饪")
    assert "没有「烹饪」这一批或方向" in text


async def test_update_confirm_undo(assistant: Assistant) -> None:
    text = await tell(assistant, "更新联系人 物流管理 电话 010-00000000", SECRETARY)
    assert "固定电话：010-83775911；010-83775923 → 010-00000000" in text
    assert "010-00000000" not in await tell(assistant, "查证书 物流管理 电话")
    assert "编号 1" in await tell(assistant, "确认", SECRETARY)
    assert "010-00000000" in await tell(assistant, "查证书 物流管理 电话")
    assert "物流管理的固定电话" in await tell(assistant, "更新记录", SECRETARY)
    assert "已撤销更新 1" in await tell(assistant, "撤销更新 1", SECRETARY)
    assert "010-83775911" in await tell(assistant, "查证书 物流管理 电话")
    assert "（已撤销）" in await tell(assistant, "更新记录", SECRETARY)


async def test_cancel(assistant: Assistant) -> None:
    await tell(assistant, "更新联系人 物流管理 电话 010-00000000", SECRETARY)
    assert "已取消" in await tell(assistant, "取消", SECRETARY)
    assert "没有等着" in await tell(assistant, "确认", SECRETARY)


async def test_confirm_of_somebody_else_does_nothing(assistant: Assistant) -> None:
    await tell(assistant, "更新联系人 物流管理 电话 010-00000000", SECRETARY)
    assert "没有等着" in await tell(assistant, "确认", TEACHER)
    assert "没有编号 1 的事" in await tell(assistant, "确认 1", TEACHER)
    assert "没有编号 12 的事" in await tell(assistant, "确认 12", SECRETARY)
    assert "编号 1" in await tell(assistant, "确认", SECRETARY)


async def test_confirm_expires_and_needs_the_right(assistant: Assistant) -> None:
    start = datetime(2026, 11, 22, 4, tzinfo=UTC)
    clock.use(lambda: start)
    try:
        await tell(assistant, "更新联系人 物流管理 电话 010-00000000", SECRETARY)
        clock.use(lambda: start + timedelta(hours=25))
        assert "没有等着" in await tell(assistant, "确认", SECRETARY)
        assert "已经作废" in await tell(assistant, "确认 1", SECRETARY)
        await tell(assistant, "更新联系人 物流管理 电话 010-00000000", SECRETARY)
        await assistant.access.revoke(SECRETARY)
        assert "没有更新名录的权限" in await tell(assistant, "确认", SECRETARY)
    finally:
        clock.use(None)
    assert await assistant.directory.history() == []


async def test_teachers_may_not_update(assistant: Assistant) -> None:
    text = await tell(assistant, "更新联系人 物流管理 电话 010-00000000")
    assert "只有秘书处能用" in text
    quiet = say("更新联系人 物流管理 电话 010-00000000", addressed=False)
    assert await router.handle(assistant, quiet) is None


@pytest.mark.parametrize("text", ["更新联系人", "更新联系人 物流管理", "撤销更新 abc"])
async def test_wrong_use_is_explained(assistant: Assistant, text: str) -> None:
    assert "如：" in await tell(assistant, text, SECRETARY)


async def test_words_without_an_argument(assistant: Assistant) -> None:
    assert "查哪个证书" in await tell(assistant, "查证书")
    assert "查哪家机构" in await tell(assistant, "查机构")


async def test_one_value_is_corrected_while_it_waits(assistant: Assistant) -> None:
    await tell(assistant, "更新联系人 物流管理 电话 010-00000000", SECRETARY)
    shown = await tell(assistant, "改成 010-22222222", SECRETARY)
    assert "→ 010-22222222" in shown
    await tell(assistant, "好的", SECRETARY)
    assert "010-22222222" in await tell(assistant, "查证书 物流管理 电话")


async def test_a_second_proposal_says_that_it_replaces_the_first(
    assistant: Assistant,
) -> None:
    first = await tell(assistant, "更新联系人 物流管理 电话 010-00000000", SECRETARY)
    assert "取代" not in first
    second = await tell(assistant, "更新联系人 物流管理 电话 010-11111111", SECRETARY)
    assert "先前的编号 1「物流管理的固定电话」没有办，由这次的取代" in second
    await tell(assistant, "确认", SECRETARY)
    assert "010-11111111" in await tell(assistant, "查证书 物流管理 电话")
    assert "010-00000000" not in await tell(assistant, "查证书 物流管理 电话")


async def test_history_tells_who_and_what(assistant: Assistant) -> None:
    await tell(assistant, "更新联系人 物流管理 电话 010-00000000", SECRETARY)
    await tell(assistant, "确认", SECRETARY)
    text = await tell(assistant, "更新记录", SECRETARY)
    assert SECRETARY.id in text
    assert "010-83775911；010-83775923 → 010-00000000" in text


@pytest.mark.parametrize("asked", ["库管师", "驾驶员", "企业", "工艺师"])
async def test_a_word_of_a_name_is_not_the_name(
    assistant: Assistant, asked: str
) -> None:
    text = await tell(assistant, f"查证书 {asked}")
    assert "没有" in text
    assert "手机：" not in text


async def test_lists_by_word_batch_and_organisation(assistant: Assistant) -> None:
    assert "华为技术有限公司共 2 个证书" in await tell(assistant, "证书列表 华为")
    assert "首批共 6 个证书" in await tell(assistant, "查证书 首批")
    assert "财会共 " in await tell(assistant, "查证书 会计")
    assert "「5g」相关共 2 个证书" in await tell(assistant, "查证书 5G")
    assert "没有「第九批」" in await tell(assistant, "证书列表 第九批")
