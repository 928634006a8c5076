"""磁盘满了写文件：说得出为什么，什么也不留下；超级管理员知道一次。"""

import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot import clock
from bot.assistant import Assistant
from bot.broadcast import contents
from bot.directory import workbook
from bot.errors import AssistantError, NotStored
from bot.knowledge import export_local
from bot.messages import Person, Place, PlaceKind
from bot.registration import Kind
from bot.registration.workbooks import write_contacts
from bot.storage import failures
from bot.storage.backup import backup
from bot.storage.expiring import remove_expired
from bot.storage.files import UNFINISHED, private_folder, whole_file
from tests.conftest import OpenHouse
from tests.everything import whole_router
from tests.gateways import FakeGateways

from .conftest import EDITOR, GROUP, message

BOSS = Person("qq", "10009")


@contextmanager
def no_room(size: int = 500) -> Iterator[None]:
    """什么文件都大不过这么多字节，写到一半就写不下了。"""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def gateways() -> FakeGateways:
    return FakeGateways()


@pytest.fixture
async def house(open_house: OpenHouse, gateways: FakeGateways) -> Assistant:
    assistant = await open_house(gateways, superusers=[f"qq:{BOSS.id}"])
    await assistant.access.grant(EDITOR, "广西", BOSS)
    await assistant.groups.seen(GROUP, "测试群")
    await assistant.groups.bind(GROUP, "广西")
    return assistant


async def _writers(house: Assistant) -> dict[str, Callable[[Path], object]]:
    router = whole_router()
    for said in ("登记 桂东示例职业技术学院 高职 陈示例 13800138000 广西", "确认"):
        await router.handle(house, message(said, person=EDITOR))
    _, records = await house.registration.find(Kind.CONTACT, lambda _: True)
    assert records
    taught = f"教 会议材料放在哪里 = {'三楼东头柜子' * 100}"
    await router.handle(house, message(taught, person=EDITOR))
    database = Path(str(house.database.url.database))
    return {
        "登记.xlsx": lambda path: write_contacts(path, records),
        "名录.xlsx": lambda path: workbook.export(house.directory.rows, path),
        "taught.yaml": lambda path: export_local(house.knowledge, path),
        "a.png": lambda path: contents.keep_picture(path, b"\x89PNG" * 1000),
        "a.db": lambda path: backup(database, path),
    }


async def test_nothing_half_written_is_left(house: Assistant, tmp_path: Path) -> None:
    for name, write in (await _writers(house)).items():
        folder = tmp_path / f"for-{name}"
        folder.mkdir()
        with no_room(), pytest.raises(AssistantError) as error:
            write(folder / name)
        assert "没有存下" in str(error.value), name
        assert list(folder.iterdir()) == [], name
        write(folder / name)
        [written] = folder.iterdir()
        before = written.read_bytes()
        # 已有的一份，写不成也不动它
        with no_room(), pytest.raises(AssistantError):
            write(folder / name)
        assert written.read_bytes() == before
        assert [path.name for path in folder.iterdir()] == [name]


async def test_what_fails_is_said(
    house: Assistant, gateways: FakeGateways, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _writers(house)

    def full(path: Path, _records: object) -> None:
        with whole_file(path) as unfinished, no_room():
            unfinished.write_bytes(bytes(1_000))

    monkeypatch.setattr("bot.registration.exporting.write_contacts", full)
    router = whole_router()
    for _ in range(2):
        reply = await router.handle(house, message("导出登记", person=EDITOR))
        assert reply is not None
        assert reply.text == failures.FULL
        assert not reply.attachments
    await house.background.stop()
    private = Place("qq", PlaceKind.PRIVATE, BOSS.id)
    assert gateways.texts(private) == [f"请留意：{failures.FULL}"]
    assert list((house.settings.data_dir / "exports").iterdir()) == []


async def test_a_list_is_shortened_when_its_table_cannot_be_written(
    house: Assistant, gateways: FakeGateways, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path) -> Path:
        raise NotStored(failures.FULL)

    monkeypatch.setattr("bot.directory.sending_list.private_folder", full)
    gateways.forwards = False
    reply = await whole_router().handle(house, message("证书列表 全部"))
    assert reply is not None
    assert "证书" in reply.text
    assert not reply.attachments


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "exports").write_text("是个文件", "utf-8")
    with pytest.raises(NotStored, match="写不了 exports"):
        private_folder(tmp_path / "exports")


def test_what_a_kill_left_behind_goes(tmp_path: Path) -> None:
    for name in ("old", "new"):
        (tmp_path / "exports" / f"{UNFINISHED}{name}").mkdir(parents=True)
    old, new = (tmp_path / "exports" / f"{UNFINISHED}{n}" for n in ("old", "new"))
    (old / "登记.xlsx").write_bytes(b"1")
    later = clock.now() + timedelta(hours=2)
    remove_expired(tmp_path, timedelta(days=90), clock.now())
    assert old.exists()
    remove_expired(tmp_path, timedelta(days=90), later)
    assert not old.exists()
    assert not new.exists()


async def test_a_backup_of_something_damaged_leaves_nothing(tmp_path: Path) -> None:
    source = tmp_path / "a.db"
    with closing(sqlite3.connect(source)) as file:
        file.execute("CREATE TABLE other (id)")
        file.commit()
    with pytest.raises(AssistantError, match="不是助手的数据库"):
        backup(source, tmp_path / "saved" / "b.db")
    assert list((tmp_path / "saved").iterdir()) == []
