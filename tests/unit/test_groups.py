"""群的设置。"""

import asyncio

import pytest

from bot.groups import Groups, GroupSettings, Mode
from bot.messages import Place, PlaceKind
from bot.storage import Database

from .conftest import GROUP, PRIVATE

OTHER = Place("wechat", PlaceKind.GROUP, "30003")


async def reloaded(database: Database) -> Groups:
    """重新从数据库读。"""
    groups = Groups(database)
    await groups.load()
    return groups


async def test_unknown_places_have_the_defaults(database: Database) -> None:
    groups = await reloaded(database)
    assert groups.get(GROUP) == GroupSettings(GROUP)
    assert groups.get(PRIVATE).mode is Mode.AUTO
    assert groups.all() == []


async def test_everything_is_kept(database: Database) -> None:
    groups = await reloaded(database)
    await groups.seen(GROUP, "工作群")
    await groups.bind(GROUP, "广西")
    await groups.set_mode(GROUP, Mode.MENTION)
    await groups.bind(OTHER, "山东")
    for known in (groups, await reloaded(database)):
        expected = GroupSettings(GROUP, "工作群", "广西", Mode.MENTION)
        assert known.get(GROUP) == expected
        assert known.get(OTHER).region == "山东"
        assert [item.place for item in known.all()] == [GROUP, OTHER]
        assert [item.place for item in known.all(["山东"])] == [OTHER]
    await groups.bind(GROUP, None)
    assert (await reloaded(database)).get(GROUP).region is None


async def test_leaving_and_coming_back(database: Database) -> None:
    groups = await reloaded(database)
    await groups.seen(GROUP, "旧名")
    await groups.bind(GROUP, "广西")
    await groups.deactivate(GROUP)
    assert (await reloaded(database)).all() == []
    await groups.seen(GROUP)
    await groups.seen(GROUP, "新名")
    back = (await reloaded(database)).get(GROUP)
    assert (back.active, back.name, back.region) == (True, "新名", "广西")


async def test_what_could_not_be_written_does_not_count(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    groups = await reloaded(database)
    await groups.bind(GROUP, "广西")

    def locked(**_: object) -> None:
        raise OSError("写不了")

    with monkeypatch.context() as broken:
        broken.setattr(database, "write", locked)
        with pytest.raises(OSError, match="写不了"):
            await groups.bind(GROUP, "山东")
        with pytest.raises(OSError, match="写不了"):
            await groups.seen(OTHER)
    assert groups.get(GROUP).region == "广西"
    await groups.seen(OTHER)
    assert [item.place for item in (await reloaded(database)).all()] == [GROUP, OTHER]


async def test_changes_at_once_do_not_undo_each_other(database: Database) -> None:
    groups = await reloaded(database)
    await asyncio.gather(
        groups.seen(GROUP, "工作群"),
        groups.bind(GROUP, "广西"),
        groups.set_mode(GROUP, Mode.OFF),
        groups.seen(GROUP, "工作群"),
    )
    for known in (groups, await reloaded(database)):
        expected = GroupSettings(GROUP, "工作群", "广西", Mode.OFF)
        assert known.get(GROUP) == expected
