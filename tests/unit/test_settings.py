"""设置：从环境与 .env 读取，说清哪里不对。"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import StartupError
from bot.settings import Settings, load_settings

NOWHERE = Path("没有这个文件.env")
_names = st.lists(st.text("abc0123456789", min_size=1, max_size=8), max_size=4)


def load(**environ: str) -> Settings:
    """只从给定的环境变量读。"""
    return load_settings(NOWHERE, environ)


def test_defaults() -> None:
    settings = load()
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert settings.sandbox_on
    assert settings.database == f"sqlite+aiosqlite:///{Path('data/assistant.db')}"


def test_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("PORT=9000\nLOG_LEVEL=DEBUG\n其他=不管\n", "utf-8-sig")
    settings = load_settings(file, {"PORT": "9001"})
    assert (settings.port, settings.log_level) == (9001, "DEBUG")


@given(_names)
def test_lists_are_read_either_way(names: list[str]) -> None:
    quoted = ", ".join(f'"{name}"' for name in names)
    assert load(SUPERUSERS=f"[{quoted}]").superusers == names
    assert load(SUPERUSERS="，".join(names)).superusers == names


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True), ("localhost", True), ("::1", True), ("127.8.8.8", True),
        ("0.0.0.0", False), ("::", False), ("192.168.1.2", False), ("主机", False),
    ],
)  # fmt: skip
def test_open_hosts_need_both_tokens(host: str, loopback: bool) -> None:
    one = {"ONEBOT_V11_ACCESS_TOKEN": "a"}
    both = {**one, "ONEBOT_V12_ACCESS_TOKEN": "b"}
    settings = load(HOST=host, **both)
    assert settings.is_loopback is loopback
    assert settings.sandbox_on is loopback
    if not loopback:
        for tokens in ({}, one, {**both, "ONEBOT_V12_ACCESS_TOKEN": " "}):
            with pytest.raises(StartupError, match="ONEBOT_V12_ACCESS_TOKEN"):
                load(HOST=host, **tokens)


def test_sandbox_may_be_forced_and_blank_is_unset() -> None:
    assert not load(SANDBOX="false").sandbox_on
    assert load(SANDBOX="").sandbox_on
    assert load(DATABASE_URL=" ").database.endswith("assistant.db")


def test_every_wrong_value_is_named() -> None:
    with pytest.raises(StartupError) as error:
        load(PORT="abc", LOG_LEVEL="x", MEMORY_MINUTES="0")
    for name in ("PORT=abc", "LOG_LEVEL=x", "MEMORY_MINUTES=0"):
        assert name in str(error.value)
