"""别人的编号，对没有份的人不存在：每一类事都一样，了结了的也一样。"""

from sqlalchemy import select

from bot.storage.tables import Proposal

from .conftest import (
    GUANGXI,
    GX_GROUP,
    OTHER,
    STRANGER,
    TEACHER,
    Hall,
)

SCHOOL = "桂东示例职业技术学院"


async def _one_of_each(hall: Hall) -> dict[str, int]:
    """每一类各提一件，返回 类 → 编号。"""
    await hall.say(f"登记 {SCHOOL} 高职 覃一 13800138000 广西", TEACHER)
    await hall.say("确认", TEACHER)
    await hall.say(f"登记 {SCHOOL} 高职 韦三 13700137000 广西", OTHER)
    await hall.say("确认", OTHER)
    await hall.say("登记 南岭演示工业学校 中职 覃一 13800138000 广西", TEACHER)
    await hall.say("登记试点 物流管理 初级", TEACHER)
    await hall.say("撤销登记", TEACHER)
    for order in (
        "广播 明天停课",
        "窗口 新增 证书申报 2026-12-01 到 2026-12-10",
        "双周报 设置 首次截止 2026-11-27 17:00",
        "更新联系人 物流管理 电话 010-00000000",
        "绑定地区 山东",
        "教 食堂谁管 = 找覃老师 13812345678",
        f"登记 删除 {SCHOOL}",
    ):
        await hall.say(order, GUANGXI, GX_GROUP)
    async with hall.assistant.database.read() as session:
        rows = await session.scalars(select(Proposal).order_by(Proposal.id))
        return {row.kind: row.id for row in rows}


async def test_for_a_plain_member_they_do_not_exist(hall: Hall) -> None:
    kinds = await _one_of_each(hall)
    assert {
        "draft:contact", "draft:pilot", "join:contact", "withdrawal", "broadcast",
        "directory", "teaching", "tending",
    } <= {*kinds}  # fmt: skip
    for number in kinds.values():
        for word in ("确认", "取消"):
            for place in (None, GX_GROUP):
                told = await hall.say(f"{word} {number}", STRANGER, place)
                assert told == f"没有编号 {number} 的事等着您确认。"
    assert kinds == await _numbers(hall)


async def _numbers(hall: Hall) -> dict[str, int]:
    """还等着的与了结了的，一件没变。"""
    async with hall.assistant.database.read() as session:
        rows = (await session.scalars(select(Proposal).order_by(Proposal.id))).all()
    assert all(row.settled_by != STRANGER.id for row in rows)
    return {row.kind: row.id for row in rows}
