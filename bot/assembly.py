"""把各部分装在一起；先装别人要用的，后装用别人的。"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple, TypeVar

from bot import clock
from bot.access import Access
from bot.alarm import Alarm
from bot.answering import (
    LEARNT,
    LEARNT_CONFIDENCE,
    POSTED,
    Arbiter,
    Calibrator,
    Calling,
    Chooser,
    Conversation,
    DeliveredAnswers,
    FaqSource,
    Memory,
    Teaching,
    UnansweredQuestions,
    may_post,
    open_chooser,
)
from bot.background import Background
from bot.broadcast import Broadcasts, Contents
from bot.confirming import Desk
from bot.deadlines import Deadlines, DeadlinesSource, Timer, read_calendar
from bot.directory import CertificateNaming, Directory, Spoken
from bot.documents import (
    Accepting,
    Imports,
    Library,
    Originals,
    PassagesSource,
    Proposing,
    Relating,
    Reminding,
    names_in,
)
from bot.groups import Groups
from bot.housekeeping import Housekeeping
from bot.kinds import register_kinds
from bot.knowledge import Knowledge, Lexicon
from bot.listing import Shown
from bot.orders import (
    LEARNT_ORDERS,
    LEARNT_REACTIONS,
    Clerk,
    Facts,
    Hearing,
    Obedience,
    Responses,
)
from bot.outbox import DeliveryService, Pace, parse_webhooks
from bot.outgoing import Gateways
from bot.parts import Parts
from bot.registration import Checks, Limits, Registrations
from bot.settings import Settings
from bot.storage import Database, Derived
from bot.text import Masker, SoundReader

Made = TypeVar("Made", bound=Parts)


async def assemble(
    make: Callable[..., Made],
    settings: Settings,
    cache: Path,
    gateways: Gateways | None,
    opened: AsyncExitStack,
    *,
    hurry: bool,
    learning: bool,
) -> Made:
    """逐个装好；已打开的记在 `opened` 里，后面的失败了也关得掉。"""
    files = settings.knowledge_dir
    derived = Derived(cache, files)
    ground = await _ground(settings, gateways, opened, derived)
    database, access, groups, desk, lexicon, knowledge = ground
    faq = FaqSource(knowledge, lexicon, cache, files / LEARNT)
    if learning:
        await faq.prepare(hurry=hurry)
    opened.push_async_callback(faq.close)
    directory = await Directory.open(
        database, files / "directory", lexicon.regions, Spoken.load(files)
    )
    delivery, broadcasts = await _sending(settings, ground, gateways, opened)
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
    library = await _library(settings, ground, directory)
    registration.on_forgotten(library.forgotten)
    faq.has_year = library.has_year
    faq.newest_year = library.newest_year
    relating = Relating(library, knowledge, faq.near)
    passages = PassagesSource(library, relating, faq.near)
    faq.clause = passages.clause
    sources = [faq, directory.source, DeadlinesSource(deadlines), passages]
    weigh = Calibrator.load(files / LEARNT_CONFIDENCE) if learning else Calibrator({})
    arbiter = Arbiter(sources, weigh)
    masker = Masker(
        lambda: _published(knowledge, directory),
        lambda: (knowledge.entries, directory.snapshot),
        registration.conceal,
    )
    chooser = _chooser(settings, directory, opened)
    conversation = _conversation(settings, ground, directory, arbiter, masker, chooser)
    opened.push_async_callback(conversation.delivered.close)
    imports = Imports(
        database,
        library,
        Proposing(knowledge, deadlines, directory, faq.near, conversation.pose),
        Accepting(knowledge, faq, deadlines, directory),
        masker,
    )
    await imports.load()
    passages.replacing = imports.replacing
    hearing = Hearing(
        lexicon.orders,
        lexicon.regions,
        cache / "orders",
        files / LEARNT_ORDERS,
        derived,
    )
    if learning:
        await hearing.prepare(lexicon.chatter, knowledge.asked())
    responses = derived.of(
        "responses", lambda: Responses.open(files / LEARNT_REACTIONS, lexicon.reactions)
    )
    obedience, shown = Obedience(), Shown()
    facts = Facts(
        access,
        deadlines,
        knowledge,
        broadcasts,
        directory,
        imports,
        lexicon.regions,
        shown,
    )
    background = Background()
    opened.push_async_callback(background.stop)
    parts = make(
        settings=settings,
        database=database,
        access=access,
        groups=groups,
        desk=desk,
        lexicon=lexicon,
        knowledge=knowledge,
        faq=faq,
        directory=directory,
        conversation=conversation,
        teaching=Teaching(knowledge, faq, conversation, delivery, masker),
        calling=Calling(database, conversation.unanswered, delivery, groups, masker),
        registration=registration,
        delivery=delivery,
        broadcasts=broadcasts,
        deadlines=deadlines,
        timer=timer,
        clerk=Clerk(
            hearing,
            responses,
            access,
            groups,
            desk,
            conversation,
            lexicon,
            facts,
            obedience,
        ),
        imports=imports,
        passages=passages,
        originals=Originals(library, knowledge, passages),
        reminding=Reminding(database, imports, delivery),
        background=background,
        housekeeping=Housekeeping(
            database,
            desk,
            registration,
            conversation.unanswered,
            knowledge,
            masker,
            settings.data_dir,
            timedelta(days=settings.backup_days),
        ),
        gateways=gateways,
        shown=shown,
        obedience=obedience,
    )
    register_kinds(parts)
    return parts


class _Ground(NamedTuple):
    """别的都要用的。"""

    database: Database
    access: Access
    groups: Groups
    desk: Desk
    lexicon: Lexicon
    knowledge: Knowledge


async def _ground(
    settings: Settings,
    gateways: Gateways | None,
    opened: AsyncExitStack,
    derived: Derived,
) -> _Ground:
    words = settings.knowledge_dir / "lexicon"
    lexicon = derived.of("lexicon", lambda: Lexicon(words))
    database = await Database.open(settings.database)
    opened.push_async_callback(database.close)
    database.on_trouble = Alarm(settings.superusers, lambda: gateways).sound
    access, groups = Access(database, settings.superusers), Groups(database)
    await access.load()
    await groups.load()
    desk = Desk(database, lexicon.assents)
    await desk.load()
    knowledge = Knowledge(database, settings.knowledge_dir / "faq", derived=derived)
    await knowledge.load()
    return _Ground(database, access, groups, desk, lexicon, knowledge)


async def _sending(
    settings: Settings,
    ground: _Ground,
    gateways: Gateways | None,
    opened: AsyncExitStack,
) -> tuple[DeliveryService, Broadcasts]:
    delivery = DeliveryService(
        ground.database,
        ground.access,
        ground.groups,
        lambda: gateways,
        pace=Pace(settings.send_pause_min, settings.send_pause_max),
        webhooks=parse_webhooks(settings.wecom_webhooks),
    )
    delivery.entrust(POSTED, may_post)
    await delivery.load()
    opened.push_async_callback(delivery.stop)
    contents = Contents(lambda: gateways, settings.data_dir / "broadcast")
    await contents.prune()
    broadcasts = Broadcasts(
        delivery.outbox,
        delivery.courier,
        ground.desk,
        ground.access,
        ground.groups,
        contents,
    )
    return delivery, broadcasts


async def _library(
    settings: Settings, ground: _Ground, directory: Directory
) -> Library:
    return await Library.open(
        ground.database,
        settings.data_dir / "documents",
        ground.lexicon.regions,
        names_in(directory),
    )


def _chooser(
    settings: Settings, directory: Directory, opened: AsyncExitStack
) -> Chooser | None:
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
    return chooser


def _conversation(
    settings: Settings,
    ground: _Ground,
    directory: Directory,
    arbiter: Arbiter,
    masker: Masker,
    chooser: Chooser | None,
) -> Conversation:
    database, knowledge = ground.database, ground.knowledge
    catalogue = directory.snapshot.catalogue
    names = (*catalogue.certificates, *catalogue.organisations, *catalogue.people)
    taught = (e for e in knowledge.entries.values() if e.id not in knowledge.files)
    said = [text for e in taught for text in (*e.wordings, e.answer)]
    sounds = knowledge.derived.of(
        "sounds", lambda: _sounds(knowledge, names, said), *names, *said
    )
    return Conversation(
        arbiter,
        Memory(timedelta(minutes=settings.memory_minutes)),
        ground.groups,
        ground.lexicon,
        UnansweredQuestions(database, masker, timedelta(days=settings.unanswered_days)),
        DeliveredAnswers(database, masker),
        timedelta(minutes=settings.repeat_minutes),
        clock.now,
        sounds,
        chooser,
    )


def _sounds(
    knowledge: Knowledge, names: Sequence[str], said: Sequence[str]
) -> SoundReader:
    """从拼音、声母猜字：照文件里的、教过的和名录里的字词。"""
    files = knowledge.files.values()
    texts = [*(text for e in files for text in (*e.wordings, e.answer)), *said]
    return SoundReader((*names, *texts), texts)


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
