"""群号、网址换了，双周报改成月报：各是一处改动，接受之后照新的，撤销之后照旧。"""

from pathlib import Path

import pytest
import time_machine

from bot.documents import CONSOLE, Kind, Status
from bot.documents.proposals.channels import Channel, channels_in, moved
from bot.documents.proposals.matching import Match
from bot.documents.shelf import Stored
from bot.knowledge import Entry, Source
from tests.conftest import OpenHouse

from .conftest import Import
from .test_library import answer
from .test_proposals import EVERYWHERE, PLACE, SPRING, proposed

NOTICE = """\
广西示例中心2027年过程管理通知
一、双周报改为月报，于每月二十五日前在平台填写，不再通过邮箱报送。
二、工作群改为QQ群600020270，进群请注明学校名称和本人姓名。
"""
SOURCE = Source(title="广西指南", short="广西指南", region="广西", year=2021)


def entry(name: str, question: str, said: str) -> Entry:
    return Entry(id=name, question=question, answer=said, source=SOURCE)


def passage(text: str) -> Stored:
    return Stored(1, 1, "二", "", text, 0, False)


@pytest.mark.parametrize(
    ("text", "channel", "found"),
    [
        ("工作QQ群改为600020270，原群不用。", Channel.GROUP, ["600020270"]),
        ("登录https://a.example.cn/x?y=1。", Channel.ADDRESS, ["https://a.example.cn/x?y=1"]),
        ("发到train@example.com，过期不收", Channel.MAILBOX, ["train@example.com"]),
    ],
)  # fmt: skip
def test_what_is_written_in_a_clause(
    text: str, channel: Channel, found: list[str]
) -> None:
    assert channels_in(text) == {channel: found}


def test_other_answers_with_the_old_number_follow() -> None:
    told = entry("group", "工作群是哪个？", "QQ群600010210。")
    other = entry("news", "预告在哪里发？", "在QQ群600010210里发，注意看公告。")
    dated = entry("old", "2021年的预告在哪里发？", "在QQ群600010210里发。")
    clause = passage("工作群改为QQ群600020270。")
    (one,) = moved([Match(told, clause, 0.9)], [told, other, dated], {"group"})
    assert (one.before, one.after) == ("600010210", "600020270")
    assert [e.id for e in one.entries] == ["news"]


def test_two_new_numbers_for_one_old_say_nothing() -> None:
    told = entry("group", "工作群是哪个？", "QQ群600010210。")
    matches = [
        Match(told, passage(f"工作群改为QQ群{number}。"), 0.9)
        for number in ("600020270", "600020271")
    ]
    other = entry("news", "预告在哪里发？", "在QQ群600010210里发。")
    assert not list(moved(matches, [told, other], {"group"}))


@time_machine.travel(SPRING)
async def test_a_monthly_report_is_reminded_month_by_month(
    open_house: OpenHouse, bring: Import, tmp_path: Path
) -> None:
    path = tmp_path / "过程.txt"
    path.write_text(NOTICE)
    assistant = await open_house()
    number = await bring(assistant, path)
    (one,) = await proposed(assistant, number, Kind.PERIOD)
    assert one.suggestion.label == "一"
    assert "每月25日" in one.suggestion.after
    await assistant.imports.accept(number, [one.number], CONSOLE, EVERYWHERE, PLACE)
    windows = [w for w in assistant.deadlines.windows({"广西"}) if w.is_local]
    assert [w.title for w in windows] == [f"2027年{m}月月报报送" for m in range(1, 13)]
    assert {w.closes.day.day for w in windows} == {25}
    await assistant.imports.reopen(number, one.number, CONSOLE, PLACE)
    assert not [w for w in assistant.deadlines.windows({"广西"}) if w.is_local]
    (again,) = await proposed(assistant, number, Kind.PERIOD)
    assert again.status is Status.OPEN


@time_machine.travel(SPRING)
async def test_a_group_is_a_proposal_of_its_own_and_answers(
    open_house: OpenHouse, bring: Import, tmp_path: Path
) -> None:
    path = tmp_path / "过程.txt"
    path.write_text(NOTICE)
    assistant = await open_house()
    number = await bring(assistant, path)
    (one,) = await proposed(assistant, number, Kind.CHANNEL)
    assert "600020270" in one.suggestion.after
    await assistant.imports.accept(
        number, [one.number], CONSOLE, EVERYWHERE, PLACE, agreed=True
    )
    assert "600020270" in answer(assistant, one.suggestion.title)
