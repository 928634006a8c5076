"""登记有变化时告知谁、说了什么。"""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import Person
from bot.registration import Admission, Change, DraftKind, Herald, Kind

from .conftest import BOSS, CLERK, LI, ZHANG, Chat

FIRST = "登记 桂东示例职业技术学院 高职 张三 13800138000 zhang@example.com 广西"
SECOND = "登记 桂东示例职业技术学院 高职 李四 13900139000 广西"
PILOT = "登记试点 桂东示例职业技术学院 高职 物流管理 初级 广西 专业：物流 规模50"
EAST = Person("qq", "20010")


async def _both(chat: Chat) -> None:
    await chat.say("你好", CLERK)
    for text, person in ((FIRST, ZHANG), (SECOND, LI)):
        await chat.say(text, person)
        await chat.say("确认", person)


async def _news(chat: Chat) -> dict[str, str]:
    """每个人最近收到的。"""
    return dict(await chat.notices())


async def test_a_changed_phone_is_announced_so_that_it_shows(chat: Chat) -> None:
    await _both(chat)
    await chat.say("修改登记 手机 13922229000，邮箱 li@example.com", LI)
    await chat.say("确认", LI)
    told = await _news(chat)
    assert "139****9000 → 139****9000（遮住的部分不同）" in told[ZHANG.id]
    assert "联系人邮箱：空 → l***@example.com" in told[ZHANG.id]
    assert "13900139000 → 13922229000" in told[CLERK.id]


async def test_only_those_who_wrote_first_and_may_see(chat: Chat) -> None:
    await chat.parts.access.grant(EAST, "山东", BOSS)
    await chat.say("你好", EAST)
    await _both(chat)
    assert {place for place, _ in await chat.notices()} == {ZHANG.id, CLERK.id}


async def test_moving_to_another_region_tells_both(chat: Chat) -> None:
    await chat.parts.access.grant(EAST, "山东", BOSS)
    await chat.say("你好", EAST)
    await _both(chat)
    await chat.say("修改登记 地区 山东", LI)
    await chat.say("确认", LI)
    told = await _news(chat)
    for person in (CLERK, EAST):
        assert "地区：广西 → 山东" in told[person.id]


async def test_small_changes_are_not_announced(chat: Chat) -> None:
    await _both(chat)
    before = await chat.notices()
    await chat.say("修改登记 职务 科长", LI)
    await chat.say("确认", LI)
    assert await chat.notices() == before


async def test_withdrawal_tells_the_others(chat: Chat) -> None:
    await _both(chat)
    await chat.say("撤销登记", LI)
    assert "已撤销" in await chat.say("确认", LI)
    told = await _news(chat)
    for person in (ZHANG, CLERK):
        assert "一位联系人撤销了登记" in told[person.id]
        assert "李" not in told[person.id]


async def test_the_same_row_twice_is_announced(chat: Chat) -> None:
    await chat.say("你好", CLERK)
    for person in (ZHANG, LI):
        card = await chat.say(PILOT, person)
        await chat.say("确认", person)
    assert "已有人登记" in card
    told = await _news(chat)
    assert "已有两人各报了一行" in told[ZHANG.id]
    assert "物流管理 初级" in told[CLERK.id]


async def test_a_change_and_its_notice_are_stored_together(chat: Chat) -> None:
    await chat.say("你好", CLERK)
    await chat.say(FIRST)
    await chat.say("确认")
    await chat.say(SECOND, LI)
    service = chat.parts.registration
    admission = Admission(chat.parts.access, service.limits)
    killed = DraftKind(Kind.CONTACT, ("登记",), service, _Killed(chat), admission)
    chat.parts.desk.register(killed)
    with pytest.raises(KeyboardInterrupt):
        await chat.say("确认", LI)
    assert await service.mine(LI) == []
    await chat.restart()
    assert await chat.notices() == []
    assert "已登记" in await chat.say("确认", LI)
    assert len(await chat.notices()) == 2


class _Killed(Herald):
    """放进发件箱之后、提交之前被杀。"""

    def __init__(self, chat: Chat) -> None:
        super().__init__(chat.parts.delivery.outbox, chat.parts.delivery.reporting)

    async def announce(self, session: AsyncSession, change: Change) -> None:
        await super().announce(session, change)
        raise KeyboardInterrupt
