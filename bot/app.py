"""组装与运行：设置 → 数据库与知识 → 适配器 → 插件 → 服务器。"""

import asyncio
import gc
import os
import socket
import sys
from typing import TYPE_CHECKING, Any

import nonebot
import uvicorn
from loguru import logger
from nonebot.config import Config as NoneBotConfig

from bot import clock
from bot.assistant import Assistant
from bot.assistants import Assistants
from bot.errors import StartupError
from bot.gateways.adapters import (
    adapter_options,
    register_adapters,
    release_pending,
)
from bot.gateways.hosts import LocalNamesOnly
from bot.outgoing import Gateways
from bot.routing import Router, Routes
from bot.settings import Settings
from bot.storage.folder import claimed

if TYPE_CHECKING:
    from loguru import Record

PLUGINS = (
    "plugins.groups",
    "plugins.faq",
    "plugins.directory",
    "plugins.deadlines",
    "plugins.broadcast",
    "plugins.registration",
)
SANDBOX_PLUGIN = "plugins.sandbox"
STOP_SECONDS = 3
"""停止时最多等连接收尾多久。"""
PING_SECONDS = 10
"""多久探一次连接还在不在，多久不应就断：断了，同一个号才能再连。"""

_QUIET = ("nonebot", "uvicorn", "nicegui", "websockets")
_PER_MESSAGE = ("nonebot.message", "nonebot.internal.matcher.matcher")
"""每条消息都要写几行日志的框架模块，关掉；处理中的错误由 receiving 自己记。"""
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
    check_port(settings.host, settings.port)
    loop_factory = uvicorn.Config("", loop="auto").get_loop_factory()
    with (
        claimed(settings.data_dir),
        asyncio.Runner(loop_factory=loop_factory) as runner,
    ):
        runner.run(serve(settings))


async def serve(settings: Settings) -> None:
    """打开助手，运行服务器，停止后收尾。"""
    assistant = await Assistant.open(settings, hurry=True)
    try:
        build(assistant)
        site = nonebot.get_asgi()
        config = uvicorn.Config(
            site if settings.has_tokens else LocalNamesOnly(site, settings.host),
            host=settings.host,
            port=settings.port,
            log_config=_UVICORN_LOGGING,
            ws_ping_interval=PING_SECONDS,
            ws_ping_timeout=PING_SECONDS,
            timeout_graceful_shutdown=STOP_SECONDS,
        )
        await uvicorn.Server(config).serve()
    finally:
        await assistant.close()


def build(assistant: Assistant) -> None:
    """装好 NoneBot：适配器、插件、消息处理、启动与停止的钩子。"""
    settings = assistant.settings
    _init_nonebot(settings)
    driver = nonebot.get_driver()
    register_adapters(driver)
    nonebot.require("nonebot_plugin_alconna")
    from bot.gateways.connected import ConnectedGateways
    from bot.gateways.receiving import listen

    router = Router(load_plugins(settings))
    gateways = ConnectedGateways(sandbox=settings.sandbox_on)

    async def open_sandbox() -> Assistant:
        sandboxed = await Assistant.open_sandbox(settings)
        await _start(sandboxed, router, gateways)
        return sandboxed

    assistants = Assistants(assistant, open_sandbox if settings.sandbox_on else None)
    listen(assistants, router, gateways, sandbox=settings.sandbox_on)

    @driver.on_startup
    async def start() -> None:
        await _start(assistant, router, gateways)
        # 知识与索引一直留着，别让垃圾回收每次都翻一遍
        gc.collect()
        gc.freeze()
        _announce(settings)

    @driver.on_shutdown
    async def stop() -> None:
        release_pending()
        for opened in assistants.opened:
            for hook in router.stoppers:
                await hook(opened)
        # 服务器收到信号时，停完会立刻再次发出那个信号，等不到 serve 的 finally
        await assistants.close()
        print("1+X 助手已停止。", flush=True)  # noqa: T201


def _init_nonebot(settings: Settings) -> None:
    """只让 NoneBot 看到这里给它的：它也会读 .env 与环境变量，而且只认自己的写法。"""
    for name in list(os.environ):
        if name.lower() in NoneBotConfig.model_fields:
            del os.environ[name]
    nonebot.init(
        _env_file=(os.devnull,),
        driver="~fastapi",
        # 它只认 IP；真正监听哪里由 uvicorn 定
        host="127.0.0.1",
        port=settings.port,
        superusers=set(settings.superusers),
        nickname=set(settings.nickname),
        log_level=settings.log_level,
        **adapter_options(settings),
    )


async def _start(assistant: Assistant, router: Router, gateways: Gateways) -> None:
    """给助手口令与网关，让各插件开始为它工作。"""
    assistant.words = tuple(router.words)
    assistant.gateways = gateways
    for hook in router.starters:
        await hook(assistant)


def load_plugins(settings: Settings) -> list[Routes]:
    """载入全部插件，收集它们的入口。

    异常:
        StartupError: 插件载入失败
    """
    wanted = (*PLUGINS, *([SANDBOX_PLUGIN] if settings.sandbox_on else []))
    routes: list[Routes] = []
    for name in wanted:
        plugin = nonebot.load_plugin(name)
        found = getattr(plugin.module, "routes", None) if plugin else None
        if not isinstance(found, Routes):
            raise StartupError(f"插件 {name} 载入失败，详见上面的日志")
        routes.append(found)
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
    for name in _PER_MESSAGE:
        logger.disable(name)


def _layout(record: "Record") -> str:
    """一行日志；时刻与助手说的一样，用北京时间。"""
    record["extra"]["at"] = f"{clock.local(record['time']):%m-%d %H:%M:%S}"
    return "<g>{extra[at]}</g> <lvl>{level: <7}</lvl> {message}\n{exception}"


def _worth_showing(record: "Record") -> bool:
    name = record["name"] or ""
    if name.startswith("nonebot") and record["module"] == "utils":
        # 适配器由此写日志，报错里带着整帧原文
        record["message"] = record["message"].partition("Raw:")[0]
        record["exception"] = None
    framework = name.split(".")[0] in _QUIET
    return not framework or record["level"].no >= logger.level("WARNING").no


def _announce(settings: Settings) -> None:
    anywhere = settings.host in ("0.0.0.0", "::")
    local = f"{'127.0.0.1' if anywhere else settings.host}:{settings.port}"
    base = f"这台机器的地址:{settings.port}" if anywhere else local
    lines = ["1+X 助手已启动。"]
    if settings.sandbox_on:
        lines.append(f"  沙盒（在浏览器里试用）：http://{local}/sandbox")
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
    lines.append("  按 Ctrl+C 停止。")
    print("\n".join(lines), flush=True)  # noqa: T201
