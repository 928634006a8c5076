"""助手：把各部分装在一起；不认识任何聊天框架。"""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Self

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
from bot.groups import Groups
from bot.knowledge import Knowledge, Lexicon
from bot.outgoing import Gateways
from bot.registration import Registrations
from bot.routing import Word
from bot.settings import Settings
from bot.storage import Database


@dataclass(slots=True)
class Assistant:
    """装好的助手，插件的处理函数都以它为第一个参数。

    参数:
        gateways: 连着的网关；命令行里没有，为 `None`
        words: 全部口令，供帮助列出
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

    @classmethod
    async def open(cls, settings: Settings, *, hurry: bool = False) -> Self:
        """打开数据库，读入知识，准备好检索。

        参数:
            hurry: 知识变过时先用旧的学习结果顶上，后台再学，好尽快开始服务

        异常:
            StartupError: 数据库或知识文件有问题，消息说明是什么
        """
        lexicon = Lexicon(settings.knowledge_dir / "lexicon")
        database = await Database.open(settings.database)
        access = Access(database, settings.superusers, sandbox=settings.sandbox_on)
        await access.load()
        groups = Groups(database)
        await groups.load()
        knowledge = Knowledge(database, settings.knowledge_dir / "faq")
        await knowledge.load()
        faq = FaqSource(knowledge, lexicon, cache_folder(settings))
        await faq.prepare(hurry=hurry)
        directory = await Directory.open(database, settings.knowledge_dir / "directory")
        delivery = DeliveryService(
            database,
            access,
            groups,
            lambda: assistant.gateways,
            pictures=settings.data_dir / "broadcast",
            pace=Pace(settings.send_pause_min, settings.send_pause_max),
            webhooks=parse_webhooks(settings.wecom_webhooks),
        )
        await delivery.load()
        calendar = read_calendar(settings.knowledge_dir / "calendar")
        deadlines = Deadlines(database, groups, delivery, calendar)
        await deadlines.load()
        conversation = Conversation(
            Arbiter([faq, directory.source, DeadlinesSource(deadlines)]),
            Memory(timedelta(minutes=settings.memory_minutes)),
            groups,
            lexicon,
            UnansweredQuestions(database),
            DeliveredAnswers(database),
            timedelta(minutes=settings.repeat_minutes),
            clock.now,
        )
        registration = Registrations(database, CertificateNaming(directory))
        await registration.load()
        deadlines.schools = registration.roster
        assistant = cls(
            settings=settings,
            database=database,
            access=access,
            groups=groups,
            lexicon=lexicon,
            knowledge=knowledge,
            faq=faq,
            directory=directory,
            conversation=conversation,
            registration=registration,
            delivery=delivery,
            deadlines=deadlines,
            clockwork=Clockwork(deadlines, delivery),
        )
        return assistant

    async def close(self) -> None:
        """停下后台工作，关闭数据库。"""
        await self.clockwork.stop()
        await self.delivery.stop()
        await self.faq.close()
        await self.conversation.delivered.close()
        await self.database.close()


def cache_folder(settings: Settings) -> Path:
    """训练结果的缓存放在数据目录里，删掉也无妨。"""
    return settings.data_dir / "cache"
