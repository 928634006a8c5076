"""timeline：某地区某段时间里会发哪些提醒，与真正发送用同一份计划。"""

import argparse
import asyncio
from datetime import datetime
from typing import Any

from bot import clock
from bot.access import NATIONWIDE
from bot.acting import region_written
from bot.assistant import Assistant
from bot.deadlines import Deadlines, Occurrence, schedule, wording
from bot.errors import AssistantError
from bot.groups import Groups, GroupSettings
from bot.messages import Place, PlaceKind
from bot.settings import load_settings
from bot.text.dates import parse_moment


def register(subparsers: Any) -> None:
    """登记子命令。"""
    command = subparsers.add_parser("timeline", help="某段时间里会发哪些提醒")
    command.add_argument("--region", required=True, help="地区，如 山东")
    command.add_argument("--from", dest="start", required=True, help="从哪天")
    command.add_argument("--to", dest="end", required=True, help="到哪天（含）")
    command.set_defaults(handler=lambda arguments: asyncio.run(_timeline(arguments)))


async def _timeline(arguments: argparse.Namespace) -> int:
    start = parse_moment(arguments.start, clock.now()).start
    end = parse_moment(arguments.end, clock.now()).end
    if start >= end:
        raise AssistantError("--from 应当早于 --to")
    assistant = await Assistant.open(load_settings(), learning=False)
    try:
        region = region_written(
            assistant.lexicon.regions, arguments.region, "--region 山东"
        )
        lines = timeline(assistant.deadlines, assistant.groups, region, start, end)
    finally:
        await assistant.close()
    print("\n".join(lines))
    return 0


def timeline(
    deadlines: Deadlines, groups: Groups, region: str, start: datetime, end: datetime
) -> list[str]:
    """每次提醒几行：时刻、给几个群、什么字；没有绑定的群时按一个群演示。

    地区写“全国”是全部的群，提醒也只列发给全国的。
    """
    bound = groups.all() if region == NATIONWIDE else groups.all([region])
    lines: list[str] = []
    if not (found := bool(bound)):
        lines.append(f"（还没有绑定{region}的群，下面按一个群演示）")
        place = Place("qq", PlaceKind.GROUP, "demo")
        bound = [GroupSettings(place, region=region)]
    for occurrence in deadlines.plan(start, end):
        if occurrence.region not in (region, NATIONWIDE):
            continue
        timed = [at for at, _ in schedule(occurrence, bound) if start <= at <= end]
        if timed:
            text = _text(deadlines, occurrence)
            lines.append(wording.timeline_entry(occurrence, timed, text))
    if len(lines) == (0 if found else 1):
        lines.append("这段时间没有要发的提醒。")
    return lines


def _text(deadlines: Deadlines, occurrence: Occurrence) -> str:
    """将来的双周报还数不出谁没交。"""
    if occurrence.period and occurrence.base > clock.now():
        setting = deadlines.store.reports[occurrence.region]
        mention = f"\n{wording.MENTIONS_LATER}" if setting.mention else ""
        return wording.reminder(occurrence, None, 0) + mention
    return deadlines.text(occurrence)
