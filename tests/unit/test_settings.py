"""设置：从环境与 .env 读取，说清哪里不对。"""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import make_url

from bot.errors import StartupError
from bot.settings import Settings, load_settings
from tests.paths import KNOWLEDGE

NOWHERE = Path("没有这个文件.env")
_names = st.lists(st.text("abc0123456789", min_size=1, max_size=8), max_size=4)


def load(**environ: str) -> Settings:
    """只从给定的环境变量读。"""
    return load_settings(NOWHERE, environ)


def test_defaults() -> None:
    settings = load()
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert settings.sandbox_on
    assert make_url(settings.database).database == str(Path("data/assistant.db"))


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


def test_the_console_goes_with_the_sandbox_unless_told_otherwise() -> None:
    assert load().console_on
    assert not load(SANDBOX="false").console_on
    assert load(SANDBOX="false", CONSOLE="true").console_on
    assert not load(CONSOLE="false").console_on
    assert load(DATABASE_URL=" ").database.endswith("assistant.db")


def test_every_wrong_value_is_named() -> None:
    with pytest.raises(StartupError) as error:
        load(PORT="abc", LOG_LEVEL="x", MEMORY_MINUTES="0")
    for name in ("PORT=abc", "LOG_LEVEL=x", "MEMORY_MINUTES=0"):
        assert name in str(error.value)


@pytest.mark.parametrize("token", ["自己想的一串长密码", "a\tb", "é"])
def test_tokens_must_fit_a_header(token: str) -> None:
    for name in ("ONEBOT_V11_ACCESS_TOKEN", "ONEBOT_V12_ACCESS_TOKEN"):
        with pytest.raises(StartupError, match="英文字母、数字和符号") as error:
            load(**{name: token})
        assert token not in str(error.value)


def test_the_example_token_is_refused() -> None:
    with pytest.raises(StartupError, match="示例"):
        load(ONEBOT_V11_ACCESS_TOKEN="change-me-to-something-long-1")


@pytest.mark.parametrize(
    "url", ["不是地址", "nosuch+driver:///x", "sqlite:///x.db", "postgresql://u:p@h/d"]
)
def test_only_async_databases(url: str) -> None:
    with pytest.raises(StartupError, match="DATABASE_URL：不对"):
        load(DATABASE_URL=url)


@pytest.mark.parametrize("folder", ["a?b", "a%20b", "数 据", "a#b"])
def test_any_folder_will_do(folder: str) -> None:
    settings = load(DATA_DIR=folder)
    path = make_url(settings.database).database
    assert path == str(Path(folder) / "assistant.db")


@pytest.mark.parametrize("people", ["qq:您的QQ号", "qq:abc", "秘书处"])
def test_superusers_are_numbers_not_placeholders(people: str) -> None:
    with pytest.raises(StartupError, match="SUPERUSERS"):
        load(SUPERUSERS=people)


def test_the_sandbox_reaches_nothing_real() -> None:
    real = load(
        SUPERUSERS="qq:10001",
        DATABASE_URL="sqlite+aiosqlite:///elsewhere.db",
        WECOM_WEBHOOKS="群|广西|https://example.com/send?key=1",
    )
    inside = real.in_sandbox()
    assert inside.wecom_webhooks == []
    assert all(person.startswith("sandbox") for person in inside.superusers)
    assert Path(make_url(inside.database).database or "").parent == Path("data/sandbox")


def test_the_example_names_every_setting() -> None:
    example = (KNOWLEDGE.parent / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^(?:# )?([A-Z][A-Z0-9_]+)=", example, re.M))
    assert named == {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("LOG_LEVEL", "x", "只能是"),
        ("SUPERUSERS", '["10001"', "逗号"),
        ("DATABASE_URL", "nonsense", "不对"),
        ("DATABASE_URL", "sqlite:///x.db", "sqlite+aiosqlite"),
        ("ONEBOT_V11_ACCESS_TOKEN", "自己想的一串长密码", "英文字母"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(name: str, value: str, reason: str) -> None:
    with pytest.raises(StartupError) as error:
        load(**{name: value})
    (line,) = str(error.value).splitlines()
    assert name in line
    assert reason in line
