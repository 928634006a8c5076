"""助手：打开、开始、停下；不认识任何聊天框架。"""

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from loguru import logger
from sqlalchemy.exc import SQLAlchemyError

from bot.assembly import assemble
from bot.errors import NotStored, StartupError
from bot.outgoing import Gateways
from bot.parts import Parts
from bot.registration import Kind
from bot.registration import protect as protect_files
from bot.settings import Settings

HOUR = 3600
DAY = 24 * HOUR
GUARD_SECONDS = 10
"""多久看一次数据库是不是还归自己。"""
REFRESH_SECONDS = 30
"""多久看一次名录有没有从命令行导入的更新。"""

OUSTED = "占着数据库的连接断过，数据库已归另一个助手：这一个停下"


@dataclass(slots=True)
class Assistant(Parts):
    """装好的助手，插件的处理函数都以它为第一个参数。

    参数:
        sandboxed: 是不是沙盒里那个
        is_ousted: 数据库已被另一个助手占去
        on_ousted: 占去的时候叫它
    """

    sandboxed: bool = False
    is_ousted: bool = False
    on_ousted: Callable[[], None] = lambda: None
    _opened: AsyncExitStack = field(default_factory=AsyncExitStack)

    @classmethod
    async def open(
        cls,
        settings: Settings,
        gateways: Gateways | None = None,
        *,
        hurry: bool = False,
        learning: bool = True,
    ) -> Self:
        """打开数据库，读入知识，准备好检索。

        参数:
            hurry: 知识变过时先用旧的学习结果顶上，后台再学，好尽快开始服务
            learning: 要不要备好答疑；只看窗口、登记的命令用不着

        异常:
            StartupError: 数据库或知识文件有问题，消息说明是什么
        """
        cache = cache_folder(settings)
        return await cls._open(
            settings, cache, gateways, hurry=hurry, learning=learning
        )

    @classmethod
    async def open_sandbox(
        cls, settings: Settings, gateways: Gateways | None = None
    ) -> Self:
        """沙盒里的助手：知识文件与学习结果和真的共用，记住的东西另放。

        异常:
            StartupError: 沙盒的数据库有问题
        """
        cache = cache_folder(settings)
        sandboxed = settings.in_sandbox()
        assistant = await cls._open(sandboxed, cache, gateways, hurry=True)
        assistant.sandboxed = True
        return assistant

    @classmethod
    async def _open(
        cls,
        settings: Settings,
        cache: Path,
        gateways: Gateways | None,
        *,
        hurry: bool,
        learning: bool = True,
    ) -> Self:
        async with AsyncExitStack() as opened:
            try:
                assistant = await assemble(
                    cls,
                    settings,
                    cache,
                    gateways,
                    opened,
                    hurry=hurry,
                    learning=learning,
                )
            except SQLAlchemyError as error:
                cause = getattr(error, "orig", None) or error
                raise StartupError(
                    f"读不了数据库：{cause}。可以用 restore 从备份恢复"
                ) from error
            except NotStored as error:
                raise StartupError(f"启动不了：{error}") from error
            assistant._opened = opened.pop_all()
        return assistant

    def is_business(self, text: str) -> bool:
        """是口令，或像一条登记：没有办成，也不是一个问题。"""
        if self.words.begins(text):
            return True
        reading = self.registration.read(Kind.CONTACT, text)
        return len(reading.fields) > 1 and not reading.question

    async def start(self) -> None:
        """开始在后台做事：送信、按时提醒、定时清理；先占住数据库，占不到则拒绝。"""
        await self.database.claim()
        protect_files(self.database, self.settings.data_dir)
        await self.delivery.start()
        await self.timer.start()
        self.background.every(GUARD_SECONDS, "看数据库还归不归自己", self.guard)
        self.background.every(REFRESH_SECONDS, "看名录的更新", self.directory.refresh)
        self.background.every(REFRESH_SECONDS, "看文件库的更新", self.imports.refresh)
        self.background.every(HOUR, "提醒没定的改动", self.reminding.remind)
        self.background.every(
            REFRESH_SECONDS * 10, "看院校名单的更新", self.registration.schools.load
        )
        self.background.soon("备好读登记", self.registration.warm_up)
        self.background.soon("启动之后收拾一遍", self.housekeeping.tidy)
        self.background.every(DAY, "每天收拾一遍", self.housekeeping.tidy)
        self.background.start()

    async def guard(self) -> None:
        """数据库被别的助手占去了，就不再发什么，也请运行它的停下。"""
        if self.is_ousted or await self.database.is_ours():
            return
        self.is_ousted = True
        logger.error("{}", OUSTED)
        await self.delivery.stop()
        await self.timer.stop()
        self.on_ousted()

    async def close(self) -> None:
        """停下后台工作，关闭数据库；再关一次无妨。"""
        await self._opened.aclose()


def cache_folder(settings: Settings) -> Path:
    """训练结果的缓存放在数据目录里，删掉也无妨。"""
    return settings.data_dir / "cache"
