"""全部设置：一个模型，从环境变量与 .env 读取，环境变量优先。"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from dotenv import dotenv_values
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import StartupError
from bot.hosts import is_loopback
from bot.messages import (
    SANDBOX_PLATFORM,
    SANDBOX_PLATFORMS,
    SANDBOX_WECHAT,
    WEBHOOK_PLATFORM,
)

SANDBOX_SUPERUSERS = (f"{SANDBOX_PLATFORM}:20000", f"{SANDBOX_WECHAT}:wx_20000")
"""沙盒里扮演超级管理员的人，只在沙盒的助手那里有效。"""


def _names(value: Any) -> Any:
    """`["a", "b"]` 或 `a, b` 都读成列表。"""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if text.startswith("["):
        try:
            items = json.loads(text)
        except json.JSONDecodeError:
            raise ValueError('请写成 ["10001", "10002"]，或用逗号隔开') from None
    else:
        items = [part.strip() for part in text.replace("，", ",").split(",")]
    return [str(item) for item in items if str(item).strip()]


def _blank_is_none(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _knowledge() -> Path:
    """这里的知识文件夹；这里没有，就是随程序装的那份。"""
    here = Path("knowledge")
    return here if here.is_dir() else Path(__file__).parents[1] / "knowledge"


Names = Annotated[list[str], BeforeValidator(_names)]
OptionalText = Annotated[str | None, BeforeValidator(_blank_is_none)]
_SHOWN = 60
"""报错时，写错的值最多显示多长。"""
_SECRETS = ("token", "secret", "url", "webhooks", "key")
"""名字里有这些的设置，报错时不显示值。"""


class Settings(BaseModel):
    """助手的设置；字段名大写即环境变量名。

    `HOST`、`PORT`、`SUPERUSERS`、`NICKNAME`、`COMMAND_START`、`COMMAND_SEP`、
    `LOG_LEVEL` 与两个令牌沿用 NoneBot 的含义；口令的开头与分隔只管别的插件，
    自己的口令不用开头。
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=1, le=65535)
    superusers: Names = Field(default_factory=list)
    nickname: Names = Field(default_factory=lambda: ["1+X助手", "小助手"])
    command_start: Names = Field(default_factory=lambda: ["/"])
    command_sep: Names = Field(default_factory=lambda: ["."])
    log_level: Literal["TRACE", "DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    onebot_v11_access_token: OptionalText = None
    onebot_v11_secret: OptionalText = None
    onebot_v12_access_token: OptionalText = None
    onebot_v12_platforms: Names = Field(default_factory=list)
    api_timeout: float = Field(default=30, gt=0, le=600)
    database_url: OptionalText = None
    data_dir: Path = Path("data")
    knowledge_dir: Path = Field(default_factory=_knowledge)
    sandbox: Annotated[bool | None, BeforeValidator(_blank_is_none)] = None
    console: Annotated[bool | None, BeforeValidator(_blank_is_none)] = None
    repeat_minutes: int = Field(default=10, ge=0, le=1440)
    unanswered_days: int = Field(default=180, ge=1, le=3650)
    memory_minutes: int = Field(default=5, ge=1, le=120)
    answers_per_person: int = Field(default=30, ge=0, le=1000)
    answers_per_place: int = Field(default=60, ge=0, le=1000)
    ignored_accounts: Names = Field(default_factory=list)
    friend_requests: Literal["accept", "ignore"] = "accept"
    group_invites: Literal["accept", "staff", "ignore"] = "staff"
    late_minutes: int = Field(default=10, ge=1, le=1440)
    send_pause_min: float = Field(default=3, ge=0, le=60)
    send_pause_max: float = Field(default=6, ge=0, le=120)
    open_contacts: bool = False
    schools_per_person: int = Field(default=3, ge=1, le=1000)
    registrations_per_day: int = Field(default=40, ge=1, le=10_000)
    backup_days: int = Field(default=90, ge=1, le=3650)
    wecom_webhooks: Names = Field(default_factory=list)
    llm_base_url: OptionalText = None
    llm_api_key: OptionalText = None
    llm_model: OptionalText = None
    llm_daily: int = Field(default=500, ge=0, le=1_000_000)

    @field_validator(
        "onebot_v11_access_token", "onebot_v11_secret", "onebot_v12_access_token"
    )
    @classmethod
    def _plain_secret(cls, value: str | None) -> str | None:
        # 令牌放在请求头里传，别的字符传不过去
        if value is not None and not (value.isascii() and value.isprintable()):
            raise ValueError("只能用英文字母、数字和符号")
        if value is not None and value.startswith("change-me"):
            raise ValueError("还是示例里的，请换成自己想的")
        return value

    @field_validator("superusers")
    @classmethod
    def _numbers(cls, value: list[str]) -> list[str]:
        for person in value:
            qq = person.removeprefix("qq:")
            is_number = qq.isdecimal() or person == qq
            if not (person.isascii() and is_number):
                raise ValueError(f"「{person}」不是号，请写成 qq:10001 这样")
        return value

    @field_validator("database_url")
    @classmethod
    def _async_database(cls, value: str | None) -> str | None:
        if value is None:
            return None
        try:
            dialect = make_url(value).get_dialect()
        except (ArgumentError, ImportError):
            raise ValueError("不对，认不出是什么数据库") from None
        if not dialect.is_async:
            raise ValueError(
                "不对，要用异步的驱动，如 sqlite+aiosqlite:///data/assistant.db"
            )
        return value

    @model_validator(mode="after")
    def _tokens_on_open_hosts(self) -> Self:
        if not self.is_loopback and not self.has_tokens:
            raise ValueError(
                f"HOST={self.host} 会对外开放，必须同时设置 ONEBOT_V11_ACCESS_TOKEN "
                "和 ONEBOT_V12_ACCESS_TOKEN（在 .env 里各写一串自己想的长密码，"
                "并在网关里填同样的值）；只在本机使用请写 HOST=127.0.0.1"
            )
        return self

    @model_validator(mode="after")
    def _pauses_in_order(self) -> Self:
        if self.send_pause_min > self.send_pause_max:
            raise ValueError(
                "SEND_PAUSE_MIN 不能大于 SEND_PAUSE_MAX（两条之间最少、最多隔几秒）"
            )
        return self

    @model_validator(mode="after")
    def _model_is_whole(self) -> Self:
        if bool(self.llm_base_url) != bool(self.llm_model):
            raise ValueError("LLM_BASE_URL 与 LLM_MODEL 要一起设；都不设就不用模型")
        if self.llm_base_url and not self.llm_base_url.startswith(
            ("http://", "https://")
        ):
            raise ValueError(
                "LLM_BASE_URL 要写接口的网址，如 http://127.0.0.1:11434/v1"
            )
        return self

    @property
    def is_loopback(self) -> bool:
        """是否只在本机可达。"""
        return is_loopback(self.host)

    @property
    def has_tokens(self) -> bool:
        """两个网关令牌是否都设了。"""
        return bool(self.onebot_v11_access_token and self.onebot_v12_access_token)

    def admits_v12(self, platform: str) -> bool:
        """v12 的令牌能不能代表这个平台；没写明的，除了 QQ 都能。"""
        if platform in SANDBOX_PLATFORMS:
            return self.sandbox_on and platform == SANDBOX_WECHAT
        if self.onebot_v12_platforms:
            return platform in self.onebot_v12_platforms
        return platform.lower() not in ("qq", WEBHOOK_PLATFORM)

    @property
    def sandbox_on(self) -> bool:
        """沙盒是否打开：未设置时，只在本机可达就打开。"""
        return self.is_loopback if self.sandbox is None else self.sandbox

    @property
    def database(self) -> str:
        """SQLAlchemy 的异步数据库地址，默认是数据目录里的 SQLite 文件。"""
        if self.database_url is not None:
            return self.database_url
        path = str(self.data_dir / "assistant.db")
        return str(URL.create("sqlite+aiosqlite", database=path))

    @property
    def console_on(self) -> bool:
        """文件库的页面是否打开：未设置时，与沙盒一道。"""
        return self.sandbox_on if self.console is None else self.console

    def in_sandbox(self) -> Self:
        """沙盒里那个助手的设置：数据另放，管理员另设，发不到真的地方。"""
        return self.model_copy(
            update={
                "data_dir": self.data_dir / "sandbox", "database_url": None,
                "superusers": list(SANDBOX_SUPERUSERS), "wecom_webhooks": [],
            }
        )  # fmt: skip


def load_settings(
    env_file: Path = Path(".env"), environ: Mapping[str, str] | None = None
) -> Settings:
    """读取设置。

    参数:
        env_file: .env 文件，可以不存在
        environ: 环境变量，默认取当前进程的

    异常:
        StartupError: 某项设置的值不对，消息逐项说明
    """
    try:
        stored = dotenv_values(env_file, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise StartupError(f"读不了 {env_file}：请用 UTF-8 编码保存") from error
    merged = {**stored, **(os.environ if environ is None else environ)}
    values = {
        name: merged[name.upper()]
        for name in Settings.model_fields
        if merged.get(name.upper()) is not None
    }
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise StartupError(_explain(error, values)) from None


def _explain(error: ValidationError, values: Mapping[str, Any]) -> str:
    lines: list[str] = []
    for problem in error.errors():
        name = str(problem["loc"][0]) if problem["loc"] else ""
        reason = _reason(problem)
        lines.append(f"{_shown(name, values)}：{reason}" if name else reason)
    return "设置有误。" + "；".join(lines)


def _shown(name: str, values: Mapping[str, Any]) -> str:
    if any(word in name for word in _SECRETS):
        return name.upper()
    return f"{name.upper()}={str(values.get(name, ''))[:_SHOWN]}"


def _reason(problem: Any) -> str:
    context = problem.get("ctx", {})
    match problem["type"]:
        case "int_parsing" | "int_type" | "float_parsing":
            return "应当是数字"
        case "bool_parsing":
            return "应当是 true 或 false"
        case "greater_than_equal" | "greater_than":
            return f"太小，至少是 {context.get('ge', context.get('gt'))}"
        case "less_than_equal":
            return f"太大，最多是 {context['le']}"
        case "literal_error":
            choices = context["expected"].replace("'", "").replace(" or ", ", ")
            return f"只能是 {choices.replace(', ', '、')}"
        case "value_error":
            return str(context["error"])
        case _:
            return str(problem["msg"])
