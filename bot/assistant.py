"""助手：把各部分装在一起；不认识任何聊天框架。"""

from collections.abc import Callable, Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Self

from loguru import logger
from sqlalchemy.exc import SQLAlchemyError

from bot import clock
from bot.access import Access
from bot.alarm import Alarm
from bot.answering import (
    LEARNT,
    POSTED,
    Arbiter,
    Calling,
    Chooser,
    Conversation,
    DeliveredAnswers,
    FaqSource,
    Memory,
    Teaching,
    TeachingKind,
    UnansweredQuestions,
    may_post,
    open_chooser,
)
from bot.background import Background
from bot.broadcast import BroadcastKind, Broadcasts, Contents
from bot.confirming import Desk
from bot.deadlines import (
    Deadlines,
    DeadlinesSource,
    RemovalKind,
    ReportKind,
    Timer,
    WindowKind,
    read_calendar,
)
from bot.directory import CertificateNaming, Directory, UndoKind, UpdateKind
from bot.documents import (
    Accepting,
    Imports,
    Library,
    Originals,
    PassagesSource,
    Proposing,
    ReceivedFiles,
    Relating,
    Reminding,
    names_in,
)
from bot.errors import NotStored, StartupError
from bot.groups import Groups
from bot.housekeeping import Housekeeping
from bot.knowledge import Knowledge, Lexicon
from bot.listing import Shown
from bot.orders import LEARNT_ORDERS, Clerk, Facts, Hearing, Obedience, OrderKind
from bot.outbox import DeliveryService, Pace, parse_webhooks
from bot.outgoing import Gateways
from bot.rebinding import RebindKind
from bot.referring import Referral
from bot.registration import (
    Admission,
    BatchKind,
    Checks,
    DraftKind,
    Herald,
    JoinKind,
    Kind,
    Limits,
    Registrations,
    TendKind,
    WithdrawalKind,
)
from bot.registration import protect as protect_files
from bot.settings import Settings
from bot.storage import Database
from bot.text import Masker, SoundReader
from bot.words import Words

HOUR = 3600
DAY = 24 * HOUR
GUARD_SECONDS = 10
"""多久看一次数据库是不是还归自己。"""
REFRESH_SECONDS = 30
"""多久看一次名录有没有从命令行导入的更新。"""

OUSTED = "占着数据库的连接断过，数据库已归另一个助手：这一个停下"


@dataclass(slots=True)
class Assistant:
    """装好的助手，插件的处理函数都以它为第一个参数。

    参数:
        gateways: 连着的网关；命令行里没有，为 `None`
        words: 全部口令，供帮助列出
        sandboxed: 是不是沙盒里那个
        is_ousted: 数据库已被另一个助手占去
        on_ousted: 占去的时候叫它
    """

    settings: Settings
    database: Database
    access: Access
    groups: Groups
    desk: Desk
    lexicon: Lexicon
    knowledge: Knowledge
    faq: FaqSource
    directory: Directory
    conversation: Conversation
    teaching: Teaching
    calling: Calling
    registration: Registrations
    delivery: DeliveryService
    broadcasts: Broadcasts
    deadlines: Deadlines
    timer: Timer
    clerk: Clerk
    imports: Imports
    passages: PassagesSource
    originals: Originals
    reminding: Reminding
    background: Background
    housekeeping: Housekeeping
    gateways: Gateways | None = None
    received: ReceivedFiles = field(default_factory=ReceivedFiles)
    words: Words = field(default_factory=Words)
    shown: Shown = field(default_factory=Shown)
    obedience: Obedience = field(default_factory=Obedience)
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
                assistant = await cls._assemble(
                    settings, cache, gateways, opened, hurry=hurry, learning=learning
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

    @classmethod
    async def _assemble(
        cls,
        settings: Settings,
        cache: Path,
        gateways: Gateways | None,
        opened: AsyncExitStack,
        *,
        hurry: bool,
        learning: bool,
    ) -> Self:
        """逐个装好；已打开的记在 `opened` 里，后面的失败了也关得掉。"""
        files = settings.knowledge_dir
        lexicon = Lexicon(files / "lexicon")
        database = await Database.open(settings.database)
        opened.push_async_callback(database.close)
        database.on_trouble = Alarm(settings.superusers, lambda: gateways).sound
        access, groups = Access(database, settings.superusers), Groups(database)
        await access.load()
        await groups.load()
        desk = Desk(database, lexicon.assents)
        await desk.load()
        knowledge = Knowledge(database, files / "faq")
        await knowledge.load()
        faq = FaqSource(knowledge, lexicon, cache, files / LEARNT)
        if learning:
            await faq.prepare(hurry=hurry)
        opened.push_async_callback(faq.close)
        directory = await Directory.open(database, files / "directory", lexicon.regions)
        delivery = _delivery(settings, database, access, groups, gateways)
        delivery.entrust(POSTED, may_post)
        await delivery.load()
        opened.push_async_callback(delivery.stop)
        contents = Contents(lambda: gateways, settings.data_dir / "broadcast")
        await contents.prune()
        broadcasts = Broadcasts(
            delivery.outbox,
            delivery.courier,
            desk,
            access,
            groups,
            contents,
        )
        checks = Checks(lexicon.regions, CertificateNaming(directory))
        registration = Registrations(database, checks, _limits(settings))
        await registration.load()
        calendar = read_calendar(files / "calendar")
        deadlines = Deadlines(database, groups, delivery, calendar, registration.roster)
        await deadlines.load()
        timer = Timer(deadlines, delivery)
        opened.push_async_callback(timer.stop)
        registration.on_forgotten(knowledge.reload)
        registration.on_renamed(deadlines.store.load_ticks)
        library = await Library.open(
            database,
            settings.data_dir / "documents",
            lexicon.regions,
            names_in(directory),
        )
        faq.has_year = library.has_year
        relating = Relating(library, knowledge, faq.candidates)
        passages = PassagesSource(library, relating, faq.candidates)
        arbiter = Arbiter([faq, directory.source, DeadlinesSource(deadlines), passages])
        masker = Masker(
            lambda: _published(knowledge, directory),
            lambda: (knowledge.entries, directory.snapshot),
            registration.conceal,
        )
        chooser = open_chooser(
            settings.llm_base_url,
            settings.llm_api_key,
            settings.llm_model,
            settings.llm_daily,
            lambda: directory.snapshot.catalogue.people,
            clock.now,
        )
        if chooser is not None:
            opened.push_async_callback(chooser.close)
        conversation = _conversation(
            settings, database, arbiter, groups, lexicon, knowledge, masker, chooser
        )
        proposing = Proposing(
            knowledge, deadlines, directory, faq.candidates, conversation.pose
        )
        accepting = Accepting(knowledge, faq, deadlines, directory)
        imports = Imports(database, library, proposing, accepting)
        await imports.load()
        passages.replacing = imports.replacing
        originals = Originals(library, knowledge, passages)
        reminding = Reminding(database, imports, delivery)
        teaching = Teaching(knowledge, faq, conversation, delivery, masker)
        calling = Calling(database, conversation.unanswered, delivery, groups, masker)
        opened.push_async_callback(conversation.delivered.close)
        housekeeping = Housekeeping(
            database, desk, registration, conversation.unanswered, knowledge, masker,
            settings.data_dir, timedelta(days=settings.backup_days),
        )  # fmt: skip
        hearing = Hearing(
            lexicon.orders, lexicon.regions, cache / "orders", files / LEARNT_ORDERS
        )
        if learning:
            await hearing.prepare(lexicon.chatter, knowledge.asked())
        obedience = Obedience()
        shown = Shown()
        facts = Facts(
            access, deadlines, knowledge, broadcasts, directory, imports,
            lexicon.regions, shown,
        )  # fmt: skip
        clerk = Clerk(
            hearing, access, groups, desk, conversation, lexicon, facts, obedience
        )
        background = Background()
        opened.push_async_callback(background.stop)
        assistant = cls(
            settings, database, access, groups, desk, lexicon, knowledge, faq,
            directory, conversation, teaching, calling, registration, delivery,
            broadcasts, deadlines, timer, clerk, imports, passages, originals,
            reminding, background, housekeeping, gateways,
            shown=shown, obedience=obedience,
        )  # fmt: skip
        assistant._register_kinds()
        return assistant

    def _register_kinds(self) -> None:
        """各功能要人确认的事。"""
        herald = Herald(self.delivery.outbox, self.delivery.reporting)
        admission = Admission(self.access, self.registration.limits)
        service, referral = self.registration, Referral(self.delivery)
        contact, pilot = (
            DraftKind(kind, titles, service, herald, admission)
            for kind, titles in (
                (Kind.CONTACT, ("登记", "登记草稿")),
                (Kind.PILOT, ("试点", "登记试点")),
            )
        )
        self.desk.register(
            contact,
            pilot,
            JoinKind(service, admission, herald),
            TendKind(service, admission, herald),
            BatchKind(service, admission, herald),
            WithdrawalKind(self.registration, herald),
            TeachingKind(self.teaching, self.access),
            BroadcastKind(self.broadcasts, self.access),
            UpdateKind(self.directory, self.access, referral),
            UndoKind(self.directory, self.access, referral),
            RebindKind(self.groups, self.access, referral),
            WindowKind(self.deadlines, self.access),
            RemovalKind(self.deadlines, self.access),
            ReportKind(self.deadlines, self.access),
            OrderKind(self.access, self.obedience),
        )

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


def _delivery(
    settings: Settings,
    database: Database,
    access: Access,
    groups: Groups,
    gateways: Gateways | None,
) -> DeliveryService:
    return DeliveryService(
        database,
        access,
        groups,
        lambda: gateways,
        pace=Pace(settings.send_pause_min, settings.send_pause_max),
        webhooks=parse_webhooks(settings.wecom_webhooks),
    )


def _conversation(
    settings: Settings,
    database: Database,
    arbiter: Arbiter,
    groups: Groups,
    lexicon: Lexicon,
    knowledge: Knowledge,
    masker: Masker,
    chooser: Chooser | None,
) -> Conversation:
    entries = knowledge.entries.values()
    sounds = SoundReader(
        (text for e in entries for text in (*e.wordings, e.answer)),
        (text for e in entries for text in (e.question, *e.variants, e.answer)),
    )
    return Conversation(
        arbiter,
        Memory(timedelta(minutes=settings.memory_minutes)),
        groups,
        lexicon,
        UnansweredQuestions(database, masker, timedelta(days=settings.unanswered_days)),
        DeliveredAnswers(database, masker),
        timedelta(minutes=settings.repeat_minutes),
        clock.now,
        sounds,
        chooser,
    )


def _published(knowledge: Knowledge, directory: Directory) -> Iterable[str]:
    """公开的文字：知识里的答案，名录里机构的联系方式。"""
    yield from (entry.answer for entry in knowledge.entries.values())
    for table in directory.rows.values():
        for located in table.values():
            yield from located.row.values()


def _limits(settings: Settings) -> Limits:
    return Limits(
        settings.open_contacts,
        settings.schools_per_person,
        settings.registrations_per_day,
    )


def cache_folder(settings: Settings) -> Path:
    """训练结果的缓存放在数据目录里，删掉也无妨。"""
    return settings.data_dir / "cache"
