"""组装与运行：设置 → 数据库与知识 → 适配器 → 插件 → 服务器。"""

import asyncio
import gc
import logging
import os
import re
import socket
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nonebot
import uvicorn
from loguru import logger
from nonebot.config import SettingsError
from nonebot.log import LoguruHandler
from pydantic import ValidationError

from bot import clock
from bot.assistant import OUSTED, Assistant
from bot.assistants import Assistants
from bot.chat.adapters import register_adapters, release_pending
from bot.chat.bodies import SmallBodies
from bot.chat.configuring import nonebot_settings
from bot.chat.hosts import LocalNamesOnly
from bot.chat.keepalive import PatientSocket
from bot.chat.neighbours import watch
from bot.chat.reception import install
from bot.chat.visitors import Visitor, allow_descriptors
from bot.errors import StartupError
from bot.memory import give_back, stay_frugal
from bot.routing import Router, Routes
from bot.settings import Settings
from bot.storage.folder import claimed, sqlite_file

if TYPE_CHECKING:
    from loguru import Record

    from bot.chat.connected import ConnectedGateways

PLUGINS = (
    "plugins.groups",
    "plugins.confirming",
    "plugins.faq",
    "plugins.directory",
    "plugins.deadlines",
    "plugins.broadcast",
    "plugins.registration",
    "plugins.orders",
    "plugins.documents",
)
SANDBOX_PLUGIN = "plugins.sandbox"
CONSOLE_PLUGIN = "plugins.console"
PYPROJECT = Path("pyproject.toml")
"""别的插件列在这里，`nb plugin install` 也写在这里；没有这个文件就没有别的插件。"""
STOP_SECONDS = 3
"""停止时最多等连接收尾多久。"""
PING_SECONDS = 10
"""多久探一次连接还在不在，多久不应就断：断了，同一个号才能再连。"""

_QUIET = ("nonebot", "uvicorn", "nicegui", "websockets", "sqlalchemy", "alembic")
"""只留警告以上的框架：别的话里有每条消息的原文。"""
_UVICORN_LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"loguru": {"class": "nonebot.log.LoguruHandler"}},
    "loggers": {
        name: {"handlers": ["loguru"], "level": "WARNING", "propagate": False}
        for name in ("uvicorn.error", "uvicorn.access")
    },
}


def run(settings: Settings) -> None:
    """启动助手，直到被停止。

    异常:
        StartupError: 端口被占、数据库或知识有问题
    """
    configure_logging(settings.log_level)
    stay_frugal()
    check_port(settings.host, settings.port)
    allow_descriptors()
    loop_factory = uvicorn.Config("", loop="auto").get_loop_factory()
    with (
        claimed(settings.data_dir, sqlite_file(settings.database)),
        asyncio.Runner(loop_factory=loop_factory) as runner,
    ):
        runner.run(serve(settings))


async def serve(settings: Settings) -> None:
    """打开助手，运行服务器，停止后收尾。"""
    gateways = prepare(settings)
    assistant = await Assistant.open(settings, gateways, hurry=True)
    try:
        await assistant.database.claim()
        build(assistant, gateways)
        site = SmallBodies(nonebot.get_asgi())
        config = uvicorn.Config(
            site if settings.has_tokens else LocalNamesOnly(site, settings.host),
            http=Visitor,
            ws=PatientSocket,
            host=settings.host,
            port=settings.port,
            log_config=_UVICORN_LOGGING,
            ws_ping_interval=PING_SECONDS,
            ws_ping_timeout=PING_SECONDS,
            # 网关多在同一台机器上：几兆的文件压一遍，别人都得等着
            ws_per_message_deflate=False,
            timeout_graceful_shutdown=STOP_SECONDS,
        )
        server = uvicorn.Server(config)
        assistant.on_ousted = lambda: setattr(server, "should_exit", True)
        await server.serve()
    finally:
        await assistant.close()
    if assistant.is_ousted:
        raise StartupError(OUSTED)


def prepare(settings: Settings) -> "ConnectedGateways":
    """备好 NoneBot 与两个适配器；返回经它们发消息的网关。

    异常:
        StartupError: 给 NoneBot 的设置不对
    """
    try:
        nonebot.init(_env_file=(".env",), **nonebot_settings(settings))
    except (ValidationError, SettingsError) as error:
        raise StartupError(f"设置有误，NoneBot 读不懂：{error}") from error
    register_adapters(nonebot.get_driver(), settings.admits_v12)
    nonebot.require("nonebot_plugin_alconna")
    from bot.chat.connected import ConnectedGateways

    return ConnectedGateways(sandbox=settings.sandbox_on)


def build(assistant: Assistant, gateways: "ConnectedGateways") -> None:
    """载入插件，装好收消息的，登记启动与停止时要做的。"""
    from bot.chat.notices import NoticeDesk
    from bot.chat.receiving import Receiver
    from bot.chat.requests import RequestDesk

    settings, driver = assistant.settings, nonebot.get_driver()
    router = Router(load_plugins(settings))

    async def open_sandbox() -> Assistant:
        sandboxed = await Assistant.open_sandbox(settings, gateways)
        await _start(sandboxed, router)
        return sandboxed

    assistants = Assistants(assistant, open_sandbox if settings.sandbox_on else None)
    watch()
    install(Receiver(assistants, router, gateways, sandbox=settings.sandbox_on))
    NoticeDesk(assistants, gateways, sandbox=settings.sandbox_on).listen()
    RequestDesk(assistants, sandbox=settings.sandbox_on).listen()

    @driver.on_startup
    async def start() -> None:
        await _start(assistant, router)
        # 知识与索引一直留着，别让垃圾回收每次都翻一遍
        gc.collect()
        gc.freeze()
        give_back()
        _announce(settings)

    @driver.on_shutdown
    async def stop() -> None:
        release_pending()
        for hook in router.stoppers:
            await hook(assistant)
        # 服务器收到信号时，停完会立刻再次发出那个信号，等不到 serve 的 finally
        await assistants.close()
        print("1+X 助手已停止。", flush=True)  # noqa: T201


async def _start(assistant: Assistant, router: Router) -> None:
    """让一个助手开始工作。"""
    assistant.words = router.words
    assistant.obedience.obey = partial(router.obey, assistant)
    await assistant.start()
    for hook in router.starters:
        await hook(assistant)


def load_plugins(settings: Settings) -> list[Routes]:
    """载入自己的插件，再载入 pyproject.toml 里 `[tool.nonebot]` 列出的别的插件。

    异常:
        StartupError: 自己的插件载入失败
    """
    wanted = (
        *PLUGINS,
        *([SANDBOX_PLUGIN] if settings.sandbox_on else []),
        *([CONSOLE_PLUGIN] if settings.console_on else []),
    )
    routes: list[Routes] = []
    for name in wanted:
        plugin = nonebot.load_plugin(name)
        found = getattr(plugin.module, "routes", None) if plugin else None
        if not isinstance(found, Routes):
            raise StartupError(f"插件 {name} 载入失败，详见上面的日志")
        routes.append(found)
    if PYPROJECT.is_file():
        try:
            nonebot.load_from_toml(str(PYPROJECT))
        except ValueError as error:
            raise StartupError(
                f"{PYPROJECT} 里的 [tool.nonebot] 不对：{error}"
            ) from error
    return routes


def check_port(host: str, port: int) -> None:
    """确认端口可用。

    异常:
        StartupError: 端口被占用，或地址不属于本机
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            # Windows 上它的意思是与别人共用端口，正好试不出被占
            if os.name == "posix":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror:
        raise StartupError(f"HOST={host} 不是能用的地址，一般写 127.0.0.1") from None
    except OSError as error:
        raise StartupError(
            f"{host}:{port} 用不了（{error.strerror}）：可能已有一个助手在运行。"
            "请先停掉它，或在 .env 里换一个 PORT"
        ) from None


def configure_logging(level: str) -> None:
    """日志：自己的按设置，框架的只留警告以上。"""
    logger.remove()
    # 出错时的变量里有别人说的话，不进日志
    logger.add(
        sys.stderr,
        level=level,
        format=_layout,
        filter=_worth_showing,
        diagnose=False,
        backtrace=False,
    )
    logging.basicConfig(handlers=[LoguruHandler()], level=logging.WARNING, force=True)


def _layout(record: "Record") -> str:
    """一行日志；时刻与助手说的一样，用北京时间。"""
    record["extra"]["at"] = f"{clock.local(record['time']):%m-%d %H:%M:%S}"
    return "<g>{extra[at]}</g> <lvl>{level: <7}</lvl> {message}\n{exception}"


def _worth_showing(record: "Record") -> bool:
    name = record["name"] or ""
    if name.startswith("nonebot") and record["module"] == "utils":
        # 适配器由此写日志，报错里带着整帧原文、被引用的那条
        record["message"] = re.split(r"Raw:|info:", record["message"])[0]
        record["exception"] = None
    framework = name.split(".")[0] in _QUIET
    return not framework or record["level"].no >= logger.level("WARNING").no


def _next_step(settings: Settings, local: str) -> str:
    """照现在的设置，接着该做的一件事。"""
    if settings.superusers and settings.has_tokens:
        return "让网关连上面的地址；进群后发「绑定地区 广西」。"
    if settings.sandbox_on:
        return f"在浏览器里打开 http://{local}/sandbox，问它一句试试。"
    return "照 .env.example 写好 .env（超级管理员、两个令牌），再重新启动。"


def _announce(settings: Settings) -> None:
    anywhere = settings.host in ("0.0.0.0", "::")
    local = f"{'127.0.0.1' if anywhere else settings.host}:{settings.port}"
    base = f"这台机器的地址:{settings.port}" if anywhere else local
    lines = ["1+X 助手已启动。"]
    if settings.sandbox_on:
        lines.append(f"  沙盒（在浏览器里试用）：http://{local}/sandbox")
    if settings.console_on:
        lines.append(f"  文件库（导入通知、逐处定改动）：http://{local}/documents")
    lines.append(f"  QQ 网关（OneBot v11 反向 WebSocket）：ws://{base}/onebot/v11/ws")
    lines.append(
        f"  微信侧网关（OneBot v12 反向 WebSocket）：ws://{base}/onebot/v12/ws"
    )
    if not settings.has_tokens:
        lines.append("  还没有设好两个访问令牌：只适合在本机试用。")
    people = len(settings.superusers)
    lines.append(
        f"  超级管理员：{people} 人。"
        if people
        else "  还没有超级管理员：在 .env 里写 SUPERUSERS，才能给真的群授权。"
    )
    lines.append(f"  下一步：{_next_step(settings, local)}")
    lines.append("  按 Ctrl+C 停止。")
    print("\n".join(lines), flush=True)  # noqa: T201
