"""两件事先后摆在一个人面前，一声“确认”或“取消”说的是哪一件：每两类都试，装着全部插件。"""

import itertools
import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import clock
from bot.access import NATIONWIDE
from bot.assistant import Assistant
from bot.confirming import opened
from bot.messages import Message, Person, Place, PlaceKind
from bot.registration import Field, Kind
from bot.routing import Router
from bot.settings import Settings
from bot.storage.tables import OutboxRow
from tests.everything import whole_router

BOSS = Person("qq", "1")
_numbers = itertools.count(1)


@dataclass
class Scene:
    """一个秘书处的人和两个群，每试一次都是新的；`n` 是这一次的号。"""

    assistant: Assistant
    router: Router
    n: int = field(default_factory=lambda: next(_numbers))

    @property
    def person(self) -> Person:
        return Person("qq", f"2{self.n:06d}")

    def group(self, which: int) -> Place:
        return Place("qq", PlaceKind.GROUP, f"{which}{self.n:06d}")

    async def say(self, text: str, place: Place) -> str:
        """对助手说一句，得一句。"""
        message = Message("10001", place, self.person, text, "m", True, clock.now())
        reply = await self.router.handle(self.assistant, message)
        return reply.text if reply else ""

    async def prepare(self, things: Sequence["Thing"]) -> None:
        """授权，绑好两个群，备好要改要删的窗口、要撤的登记。"""
        await self.assistant.access.grant(self.person, NATIONWIDE, BOSS)
        for which in (1, 2):
            await self.assistant.groups.bind(self.group(which), "广西")
        home = Place("qq", PlaceKind.PRIVATE, self.person.id)
        about = {thing.about for thing in things}
        if "窗口" in about:
            title = f"广西 {self.n}号补报 2027年3月14日至6月10日"
            assert "记下了" in await self._do(f"窗口 新增 {title}", home)
        if "撤销" in about:
            for name in ("李四", "王五"):
                school = f"南岭演示{self.n}职业技术学院"
                words = f"登记 {school} 高职 {name} 13900139000 广西"
                assert "已登记" in await self._do(words, home)

    async def _do(self, words: str, place: Place) -> str:
        await self.say(words, place)
        return await self.say("确认", place)

    @property
    def window(self) -> str:
        """备好的窗口的编号。"""
        windows = self.assistant.deadlines.store.windows
        return next(i for i, w in windows.items() if w.title == f"{self.n}号补报")


@dataclass(frozen=True)
class Thing:
    """一类要确认的事：怎么说起；办成了怎么看得出。"""

    name: str
    words: Callable[[Scene], str]
    done: Callable[[Scene, Place], Awaitable[bool]]
    about: str
    """要改的东西：同一人再提同一样的，取代先前的；空为各是各的。"""
    goes_on: bool = False
    """同一样的再说一遍，是接着填先前那份，编号不变，挪到新的地方出示。"""


async def _updated(scene: Scene, place: Place) -> bool:
    rows = scene.assistant.directory.rows["联系人"].values()
    return any(f"{scene.n:08d}" in str(located.row) for located in rows)


async def _broadcast(scene: Scene, place: Place) -> bool:
    async with scene.assistant.database.read() as session:
        query = select(OutboxRow.id).where(OutboxRow.text == f"{scene.n}号通知")
        return (await session.scalar(query.limit(1))) is not None


async def _added(scene: Scene, place: Place) -> bool:
    windows = scene.assistant.deadlines.store.windows.values()
    return any(window.title == f"{scene.n}号新增" for window in windows)


async def _changed(scene: Scene, place: Place) -> bool:
    windows = scene.assistant.deadlines.store.windows.values()
    return any(window.title == f"{scene.n}号改名" for window in windows)


async def _removed(scene: Scene, place: Place) -> bool:
    windows = scene.assistant.deadlines.store.windows.values()
    names = {f"{scene.n}号补报", f"{scene.n}号改名"}
    return not any(window.title in names for window in windows)


async def _reporting(scene: Scene, place: Place) -> bool:
    setting = scene.assistant.deadlines.store.reports.get("广西")
    return setting is not None and setting.anchor == _anchor(scene.n)


def _anchor(n: int) -> object:
    return clock.now().replace(
        year=2027, month=1, day=1 + n % 28, hour=8 + n % 12, minute=n % 60,
        second=0, microsecond=0,
    )  # fmt: skip


async def _registered(scene: Scene, place: Place) -> bool:
    mine = await scene.assistant.registration.mine(scene.person, Kind.CONTACT)
    return any(record.values[Field.NAME] == "张三" for record in mine)


async def _piloted(scene: Scene, place: Place) -> bool:
    return bool(await scene.assistant.registration.mine(scene.person, Kind.PILOT))


async def _withdrawn(scene: Scene, place: Place) -> bool:
    mine = await scene.assistant.registration.mine(scene.person, Kind.CONTACT)
    return not any(record.values[Field.NAME] == "李四" for record in mine)


async def _rebound(scene: Scene, place: Place) -> bool:
    return scene.assistant.groups.get(place).region == "山东"


def _moment(n: int) -> str:
    return f"2027-01-{1 + n % 28:02d} {8 + n % 12:02d}:{n % 60:02d}"


THINGS = [
    Thing(
        "更新联系人",
        lambda s: f"更新联系人 物流管理 电话 010-{s.n:08d}",
        _updated,
        "物流管理",
    ),
    Thing("广播", lambda s: f"广播 {s.n}号通知", _broadcast, ""),
    Thing(
        "新增窗口",
        lambda s: f"窗口 新增 广西 {s.n}号新增 2027年7月1日至8月1日",
        _added,
        "新窗口",
    ),
    Thing(
        "修改窗口",
        lambda s: f"窗口 修改 {s.window} 名称 {s.n}号改名",
        _changed,
        "窗口",
    ),
    Thing("删除窗口", lambda s: f"窗口 删除 {s.window}", _removed, "窗口"),
    Thing(
        "双周报",
        lambda s: f"双周报 设置 广西 首次截止 {_moment(s.n)}",
        _reporting,
        "双周报",
    ),
    Thing(
        "登记",
        lambda s: f"登记 桂东示例{s.n}职业技术学院 高职 张三 13800138000 广西",
        _registered,
        "登记",
        goes_on=True,
    ),
    Thing(
        "登记试点",
        lambda s: (
            f"登记试点 桂东示例{s.n}职业技术学院 高职 物流管理 初级 广西 "
            "专业：物流 规模50"
        ),
        _piloted,
        "试点",
        goes_on=True,
    ),
    Thing("撤销登记", lambda s: "撤销登记 1", _withdrawn, "撤销"),
    Thing("换地区", lambda s: "绑定地区 山东", _rebound, "群"),
]


@pytest.fixture(scope="module")
async def everything(
    small_house: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Assistant, Router]]:
    """真的助手和装着全部插件的路由。"""
    data = tmp_path_factory.mktemp("pairs")
    shutil.copytree(small_house / "data" / "cache", data / "cache")
    settings = Settings(data_dir=data, knowledge_dir=small_house / "knowledge")
    assistant = await Assistant.open(settings)
    router = whole_router()
    assistant.words = router.words
    yield assistant, router
    await assistant.close()


def number(shown: str) -> int:
    """出示时给的编号。"""
    found = re.search(r"确认 (\d+)", shown)
    assert found, shown
    return int(found[1])


@pytest.mark.parametrize("second", THINGS, ids=lambda thing: thing.name)
@pytest.mark.parametrize("first", THINGS, ids=lambda thing: thing.name)
async def test_which_one_is_meant(
    everything: tuple[Assistant, Router], first: Thing, second: Thing
) -> None:
    for together, numbered, yes in itertools.product((True, False), repeat=3):
        scene = Scene(*everything)
        await scene.prepare([first, second])
        here, there = scene.group(1), scene.group(1 if together else 2)
        await _try(scene, first, second, here, there, numbered=numbered, yes=yes)


async def _try(
    scene: Scene,
    first: Thing,
    second: Thing,
    here: Place,
    there: Place,
    *,
    numbered: bool,
    yes: bool,
) -> None:
    """在 `here` 说起第一件，在 `there` 说起第二件，再在 `here` 回一声。"""
    await scene.say(first.words(scene), here)
    (one,) = await _open(scene)
    await scene.say(second.words(scene), there)
    waiting = await _open(scene)
    if first is second and first.goes_on:
        await _try_one(scene, first, one, here, there, numbered=numbered, yes=yes)
        return
    replaced = one not in waiting
    same_thing = bool(first.about) and first.about == second.about
    # 换地区换的是说话的那个群：在两个群里说，是两件事
    assert replaced == (same_thing and (here == there or first.about != "群"))
    two = next(proposal for proposal in waiting if proposal != one)
    word = "确认" if yes else "取消"
    said = await scene.say(f"{word} {one}" if numbered else word, here)
    left = await _open(scene)
    if numbered and replaced:
        assert "取代" in said
        assert left == [two]
    elif numbered or (here != there and not replaced):
        assert left == [two], said
        assert await first.done(scene, here) is yes
        if first.about != second.about or first.name == second.name:
            assert not await second.done(scene, there) or first is second
    elif replaced and here == there:
        assert left == [], said
        assert await second.done(scene, there) is yes
    elif replaced:
        assert str(two) in said
        assert left == [two]
        assert not await second.done(scene, there)
    else:
        assert said.index(f"\n{two}.") < said.index(f"\n{one}.")
        assert left == [two, one]
        assert not await first.done(scene, here)
        assert not await second.done(scene, there)


async def _try_one(
    scene: Scene,
    thing: Thing,
    number: int,
    here: Place,
    there: Place,
    *,
    numbered: bool,
    yes: bool,
) -> None:
    """接着填的是同一份：最近在 `there` 出示，在 `here` 光说一声不算。"""
    assert await _open(scene) == [number]
    word = "确认" if yes else "取消"
    said = await scene.say(f"{word} {number}" if numbered else word, here)
    settled = numbered or here == there
    assert await _open(scene) == ([] if settled else [number])
    assert await thing.done(scene, here) is (settled and yes)
    assert settled or f"\n{number}." in said


async def _open(scene: Scene) -> list[int]:
    """还等着这个人的，最近出示的在前。"""
    async with scene.assistant.database.read() as session:
        return [proposal.number for proposal in await opened(session, scene.person)]
