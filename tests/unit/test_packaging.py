"""装到别处也能用：wheel 带着程序、插件与知识。"""

import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

from bot.__main__ import script
from bot.settings import Settings
from tests.conftest import PROJECT

SETTINGS = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
PACKED = ("bot", "plugins", "knowledge")


def test_everything_is_packed() -> None:
    tool = SETTINGS["tool"]["setuptools"]
    included = tool["packages"]["find"]["include"]
    patterns = ["*.py", *tool["package-data"]["*"]]
    files = [
        path
        for folder in PACKED
        for path in (PROJECT / folder).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    ]
    left = [
        path
        for path in files
        if not any(fnmatch(path.name, pattern) for pattern in patterns)
    ]
    assert all(any(fnmatch(folder, p) for p in included) for folder in PACKED)
    assert left == []
    assert {path.suffix for path in files} >= {".py", ".yaml", ".csv", ".css", ".js"}


def test_the_packed_knowledge_is_used_where_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Settings().knowledge_dir == PROJECT / "knowledge"
    (tmp_path / "knowledge").mkdir()
    assert Settings().knowledge_dir == Path("knowledge")


def test_it_can_be_called_by_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["onex-assistant", "check"])
    monkeypatch.setenv("KNOWLEDGE_DIR", str(PROJECT / "knowledge"))
    assert script() == 0
    assert "没有发现问题" in capsys.readouterr().out
    assert SETTINGS["project"]["scripts"] == {"onex-assistant": "bot.__main__:script"}
