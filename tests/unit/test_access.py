"""角色与授权。"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.access import NATIONWIDE, Access, Rights, Role
from bot.messages import SANDBOX_PLATFORM, Person
from bot.storage import Database

from .conftest import EDITOR, TEACHER

ROOT = Person("qq", "10000")


async def opened(database: Database, *superusers: str) -> Access:
    """读好了的授权。"""
    access = Access(database, superusers)
    await access.load()
    return access


@pytest.mark.parametrize(
    ("setting", "platform", "user_id", "role"),
    [
        ("10000", "qq", "10000", Role.SUPERUSER),
        ("10000", "wechat", "10000", Role.EVERYONE),
        ("qq:10000", "qq", "10000", Role.SUPERUSER),
        ("wechat:10000", "wechat", "10000", Role.SUPERUSER),
        ("wechat:10000", "qq", "10000", Role.EVERYONE),
        ("wxid_a", "wechat", "wxid_a", Role.SUPERUSER),
        ("wxid_a", "wechat", "wxid_b", Role.EVERYONE),
        ("10000", SANDBOX_PLATFORM, "10000", Role.EVERYONE),
        ("wx_a", SANDBOX_PLATFORM, "wx_a", Role.EVERYONE),
        ("sandbox:wx_a", SANDBOX_PLATFORM, "wx_a", Role.SUPERUSER),
    ],
)
async def test_superusers_are_known_by_platform_and_id(
    database: Database, setting: str, platform: str, user_id: str, role: Role
) -> None:
    access = await opened(database, setting)
    assert access.rights(Person(platform, user_id)).role is role


async def test_granting_revoking_and_loading(database: Database) -> None:
    access = await opened(database)
    assert await access.grant(EDITOR, "广西", ROOT)
    assert not await access.grant(EDITOR, "广西", ROOT)
    assert await access.grant(EDITOR, "山东", ROOT)
    again = await opened(database)
    expected = Rights(Role.SECRETARIAT, frozenset({"广西", "山东"}))
    assert again.rights(EDITOR) == access.rights(EDITOR) == expected
    assert again.grants() == [("qq", "20003", "山东"), ("qq", "20003", "广西")]
    assert again.rights(Person("wechat", EDITOR.id)).role is Role.EVERYONE
    assert await again.revoke(EDITOR, "湖南") == 0
    assert await again.revoke(EDITOR, "广西") == 1
    assert await again.revoke(EDITOR) == 1
    assert await again.revoke(EDITOR) == 0
    assert again.rights(EDITOR).role is Role.EVERYONE
    assert (await opened(database)).grants() == []


async def test_secretariat_of_a_region(database: Database) -> None:
    access = await opened(database)
    await access.grant(EDITOR, "广西", ROOT)
    await access.grant(TEACHER, NATIONWIDE, ROOT)
    assert access.secretariat("广西") == [TEACHER, EDITOR]
    assert access.secretariat("山东") == [TEACHER]
    assert access.secretariat(None) == [TEACHER]


_regions = st.sampled_from(["广西", "山东", NATIONWIDE])


@given(st.frozensets(_regions), _regions | st.just("湖南"))
def test_what_rights_cover(regions: frozenset[str], region: str) -> None:
    assert Rights(Role.SUPERUSER).covers(region)
    assert not Rights(Role.EVERYONE).covers(region)
    local = Rights(Role.SECRETARIAT, regions)
    assert local.covers(region) == (NATIONWIDE in regions or region in regions)
    assert local.covers("广西") == bool(regions & {"广西", NATIONWIDE})
