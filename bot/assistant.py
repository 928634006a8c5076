"""助手：把各部分装在一起；不认识任何聊天框架。"""

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Self

from sqlalchemy.exc import SQLAlchemyError

from bot import clock
from bot.access import Access
from bot.answering import (
    Arbiter,
    Conversation,
    DeliveredAnswers,
    FaqSource,
    Memory,
    UnansweredQuestions,
)
from bot.deadlines import Clockwork, Deadlines, DeadlinesSource, read_calendar
from bot.delivery import DeliveryService, Pace, parse_webhooks
from bot.directory import CertificateNaming, Directory
from bot.errors import StartupError
from bot.groups import Groups
from bot.knowledge import Knowledge, Lexicon
from bot.outgoing import Gateways
from bot.registration import Checks, Registrations
from bot.routing import Word
from bot.settings import Settings
from bot.storage import Database


@dataclass(slots=True)
class Assistant:
    """装好的助手，插件的处理函数都以它为第一个参数。

    参数:
        gateways: 连着的网关；命令行里没有，为 `None`
        words: 全部口令，供帮助列出
        sandboxed: 是不是沙盒里那个
    """

    settings: Settings
    database: Database
    access: Access
    groups: Groups
    lexicon: Lexicon
    knowledge: Knowledge
    faq: FaqSource
    directory: Directory
    conversation: Conversation
    registration: Registrations
    delivery: DeliveryService
    deadlines: Deadlines
    clockwork: Clockwork
    gateways: Gateways | None = None
    words: tuple[Word, ...] = ()
    sandboxed: bool = False
    _opened: AsyncExitStack = field(default_factory=AsyncExitStack)

    @classmethod
    async def open(cls, settings: Settings, *, hurry: bool = False) -> Self:
        """打开数据库，读入知识，准备好检索。

        参数:
            hurry: 知识变过时先用旧的学习结果顶上，后台再学，好尽快开始服务

        异常:
            StartupError: 数据库或知识文件有问题，消息说明是什么
        """
        return await cls._open(settings, cache_folder(settings), hurry=hurry)

    @classmethod
    async def open_sandbox(cls, settings: Settings) -> Self:
        """沙盒里的助手：知识文件与学习结果和真的共用，记住的东西另放。

        异常:
            StartupError: 沙盒的数据库有问题
        """
        cache = cache_folder(settings)
        assistant = await cls._open(settings.in_sandbox(), cache, hurry=True)
        assistant.sandboxed = True
        return assistant

    @classmethod
    async def _open(cls, settings: Settings, cache: Path, *, hurry: bool) -> Self:
        async with AsyncExitStack() as opened:
            try:
                assistant = await cls._assemble(settings, cache, opened, hurry)
            except SQLAlchemyError as error:
                cause = getattr(error, "orig", None) or error
                raise StartupError(
                    f"读不了数据库：{cause}。可以用 restore 从备份恢复"
                ) from error
            assistant._opened = opened.pop_all()
        return assistant

    @classmethod
    async def _assemble(
        cls, settings: Settings, cache: Path, opened: AsyncExitStack, hurry: bool
    ) -> Self:
        """逐个装好；已打开的记在 `opened` 里，后面的失败了也关得掉。"""
        files = settings.knowledge_dir
        lexicon = Lexicon(files / "lexicon")
        database = await Database.open(settings.database)
        opened.push_async_callback(database.close)
        access, groups = Access(database, settings.superusers), Groups(database)
        await access.load()
        await groups.load()
        knowledge = Knowledge(database, files / "faq")
        await knowledge.load()
        faq = FaqSource(knowledge, lexicon, cache)
        await faq.prepare(hurry=hurry)
        opened.push_async_callback(faq.close)
        directory = await Directory.open(database, files / "directory", lexicon.regions)
        delivery = _delivery(
            settings, database, access, groups, lambda: assistant.gateways
        )
        await delivery.load()
        opened.push_async_callback(delivery.stop)
        calendar = read_calendar(files / "calendar")
        deadlines = Deadlines(database, groups, delivery, calendar)
        await deadlines.load()
        clockwork = Clockwork(deadlines, delivery)
        opened.push_async_callback(clockwork.stop)
        checks = Checks(lexicon.regions, CertificateNaming(directory))
        registration = Registrations(database, checks)
        await registration.load()
        deadlines.schools = registration.roster
        arbiter = Arbiter([faq, directory.source, DeadlinesSource(deadlines)])
        conversation = _conversation(settings, database, arbiter, groups, lexicon)
        opened.push_async_callback(conversation.delivered.close)
        assistant = cls(
            settings, database, access, groups, lexicon, knowledge, faq, directory,
            conversation, registration, delivery, deadlines, clockwork,
        )  # fmt: skip
        return assistant

    async def close(self) -> None:
        """停下后台工作，关闭数据库；再关一次无妨。"""
        await self._opened.aclose()


def _delivery(
    settings: Settings,
    database: Database,
    access: Access,
    groups: Groups,
    gateways: Callable[[], Gateways | None],
) -> DeliveryService:
    return DeliveryService(
        database,
        access,
        groups,
        gateways,
        pictures=settings.data_dir / "broadcast",
        pace=Pace(settings.send_pause_min, settings.send_pause_max),
        webhooks=parse_webhooks(settings.wecom_webhooks),
    )


def _conversation(
    settings: Settings,
    database: Database,
    arbiter: Arbiter,
    groups: Groups,
    lexicon: Lexicon,
) -> Conversation:
    return Conversation(
        arbiter,
        Memory(timedelta(minutes=settings.memory_minutes)),
        groups,
        lexicon,
        UnansweredQuestions(database),
        DeliveredAnswers(database),
        timedelta(minutes=settings.repeat_minutes),
        clock.now,
    )


def cache_folder(settings: Settings) -> Path:
    """训练结果的缓存放在数据目录里，删掉也无妨。"""
    return settings.data_dir / "cache"
