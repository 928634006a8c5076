"""启动不了的时候：一行明白的中文，退出码不为零，什么都没有弄坏。"""

import shutil
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.checking import check_all
from bot.errors import KnowledgeError
from bot.storage import Database

from .conftest import MakeProcess
from .process import PROJECT, environment, free_port, run_to_end

MakeData = Callable[[], Path]


def contents(folder: Path) -> dict[str, bytes]:
    """文件夹里每个文件的内容。"""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def assert_refuses(environ: dict[str, str], *words: str, cwd: Path = PROJECT) -> str:
    """启动失败，错误输出只有一行，含这些词；返回那一行。"""
    finished = run_to_end(environ=environ, cwd=cwd)
    lines = finished.stderr.strip().splitlines()
    assert len(lines) == 1, finished.stderr
    assert all(word in lines[0] for word in words), lines[0]
    assert finished.returncode == 1
    assert finished.stdout == ""
    return lines[0]


def test_port_taken(make_data: MakeData) -> None:
    data = make_data()
    before = contents(data)
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = int(holder.getsockname()[1])
        assert_refuses(environment(data, port), str(port), "PORT", "用不了")
    assert contents(data) == before


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("PORT", "abc", "应当是数字"),
        ("HOST", "0.0.0.0", "ONEBOT_V11_ACCESS_TOKEN"),
    ],
)
def test_bad_setting(tmp_path: Path, name: str, value: str, reason: str) -> None:
    environ = environment(tmp_path / "data", free_port(), **{name: value})
    assert_refuses(environ, name, reason)
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    "settings",
    [
        {"HOST": "localhost", "SUPERUSERS": "20000, 30000", "NICKNAME": "甲, 乙"},
        {"COMMAND_START": "/", "SUPERUSERS": "", "NICKNAME": ""},
    ],
    ids=["names", "blanks"],
)
def test_settings_that_the_framework_would_choke_on(
    make_process: MakeProcess, settings: dict[str, str]
) -> None:
    """NoneBot 只认 IP、只认 JSON；名单可以用逗号隔开，也可以空着（别处都写成列表）。"""
    process = make_process(**settings)
    process.start()
    assert process.alive
    process.stop()
    assert "Traceback" not in process.log


def test_one_assistant_for_one_folder(make_process: MakeProcess) -> None:
    """另一个端口也不行：两个助手会抢着发同一个发件箱；恢复也要等它停下。"""
    process = make_process()
    process.start()
    environ = environment(process.data, free_port())
    assert_refuses(environ, str(process.data), "另一个助手")
    saved = run_to_end("backup", environ=environ)
    assert saved.returncode == 0
    [file] = (process.data / "backups").iterdir()
    refused = run_to_end("restore", str(file), environ=environ)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "先停掉它" in refused.stderr
    process.stop()
    assert run_to_end("restore", str(file), environ=environ).returncode == 0


def test_one_assistant_for_one_database(
    make_process: MakeProcess, tmp_path: Path
) -> None:
    """数据目录不同，写的是同一个数据库文件，也不行。"""
    process = make_process()
    process.start()
    shared = f"sqlite+aiosqlite:///{process.data / 'assistant.db'}"
    environ = environment(tmp_path / "data", free_port(), DATABASE_URL=shared)
    assert_refuses(environ, "assistant.db", "另一个助手", "停掉")
    assert process.alive
    process.stop()


@pytest.mark.parametrize(
    ("line", "reason"), [("PORT=abc", "应当是数字"), ("LOG_LEVEL=x", "只能是")]
)
def test_bad_line_in_env_file(tmp_path: Path, line: str, reason: str) -> None:
    (tmp_path / ".env").write_text(f"{line}\n", "utf-8")
    environ = environment(tmp_path / "data", free_port())
    del environ[line.partition("=")[0]]
    assert_refuses(environ, line, reason, cwd=tmp_path)
    assert contents(tmp_path) == {".env": f"{line}\n".encode()}


def test_unreadable_env_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("HOST=127.0.0.1 # 本机".encode("gbk"))
    environ = environment(tmp_path / "data", free_port())
    assert_refuses(environ, ".env", "UTF-8", cwd=tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(256)) * 32,
        b"not a database",
        b"SQLite format 3\x00" + b"\xff" * 4096,
    ],
    ids=["bytes", "text", "header-only"],
)
def test_corrupt_database(make_data: MakeData, content: bytes) -> None:
    data = make_data()
    (data / "assistant.db").write_bytes(content)
    before = contents(data)
    assert_refuses(environment(data, free_port()), "打不开数据库", "assistant.db")
    assert contents(data) == before


@pytest.fixture
async def database(make_data: MakeData) -> Path:
    """一个正常的、已迁移好的数据库。"""
    path = make_data() / "assistant.db"
    opened = await Database.open(f"sqlite+aiosqlite:///{path}")
    await opened.close()
    return path


def test_truncated_database(database: Path) -> None:
    whole = database.read_bytes()
    database.write_bytes(whole[: len(whole) // 2])
    before = contents(database.parent)
    assert_refuses(environment(database.parent, free_port()), "打不开数据库")
    assert contents(database.parent) == before


@pytest.mark.parametrize("journal", ["wal", "delete"])
def test_newer_database(database: Path, journal: str) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
        connection.execute(f"PRAGMA journal_mode={journal}")
    before = contents(database.parent)
    assert_refuses(
        environment(database.parent, free_port()), "9999", "升级", "未被改动"
    )
    assert contents(database.parent) == before


def test_unopenable_database(make_data: MakeData) -> None:
    data = make_data()
    (data / "assistant.db").mkdir()
    assert_refuses(environment(data, free_port()), "打不开数据库")


def test_data_folder_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("是个文件", "utf-8")
    environ = environment(tmp_path / "data", free_port())
    assert_refuses(environ, "建不了数据目录")


ENTRY = """
source: {title: 测试文件, short: 测试, region: 全国, year: 2021}
entries:
  - id: test-one
    question: 校车几点发车？
    answer: 七点。
"""


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """一份知识的副本，外加一个可以弄坏的文件。"""
    folder = tmp_path / "knowledge"
    shutil.copytree(PROJECT / "knowledge", folder)
    (folder / "faq" / "zz.yaml").write_text(ENTRY, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("file", "added", "words"),
    [
        ("faq/zz.yaml", "    anwser: 八点\n", ("zz.yaml 第 7 行", "不认识的项")),
        (
            "faq/zz.yaml",
            "  - {id: test-one, question: 校车停在哪？, answer: 东门。}\n",
            ("zz.yaml 第 7 行", "test-one", "重复"),
        ),
        (
            "faq/zz.yaml",
            "  - {id: test-two, question: 校车几点发车, answer: 九点。}\n",
            ("zz.yaml 第 7 行", "问法", "zz.yaml 第 4 行"),
        ),
        ("lexicon/regions.yaml", "more: {}\n", ("regions.yaml 第", "不认识的项")),
    ],
    ids=["unknown-key", "duplicate-id", "clash", "lexicon"],
)
def test_broken_knowledge(
    tmp_path: Path, knowledge: Path, file: str, added: str, words: tuple[str, ...]
) -> None:
    with (knowledge / file).open("a", encoding="utf-8") as opened:
        opened.write(added)
    before = contents(knowledge)
    settings = {"KNOWLEDGE_DIR": str(knowledge)}
    environ = environment(tmp_path / "data", free_port(), **settings)
    line = assert_refuses(environ, *words)
    with pytest.raises(KnowledgeError) as error:
        check_all(knowledge)
    assert error.value.problems == [line]
    assert contents(knowledge) == before


def test_missing_knowledge(tmp_path: Path) -> None:
    environ = environment(tmp_path, free_port(), KNOWLEDGE_DIR=str(tmp_path / "无"))
    finished = run_to_end(environ=environ)
    assert finished.returncode == 1
    assert "读不了" in finished.stderr
    assert "Traceback" not in finished.stderr
