"""收齐例子，学一遍，存进知识文件夹。"""

import asyncio
import json
import tempfile
from functools import partial
from pathlib import Path

from bot.answering import LEARNT, LEARNT_CONFIDENCE, FaqSource
from bot.assistant import Assistant
from bot.directory import (
    LEARNT_PLAIN,
    LEARNT_TALK,
    SAYINGS,
    Directory,
    Spoken,
    read_sayings,
)
from bot.knowledge import Lookup, lookup_paths, read_lookups
from bot.settings import Settings

from .fitting import Example, fit
from .lessons import AT, PRIOR, SHARES, Lessons
from .lookups import Asked, Filling, filled, owner_questions
from .practice import practise, thinned
from .said import Said
from .talk import Talks
from .worlds import REGIONS, bare_world, busy_world, taught_world

OTHERS = 8_000
"""学套话时，问别的事的话最多这么多句。"""


async def learn_confidence(settings: Settings) -> Path:
    """学套话与把握，存进知识文件夹，返回把握存在哪里。

    异常:
        KnowledgeError: 知识文件有误
        OSError: 写不了
    """
    files = settings.knowledge_dir
    lookups = read_lookups(lookup_paths(files / "lookups"))
    with tempfile.TemporaryDirectory() as data:
        apart = settings.model_copy(
            update={"data_dir": Path(data), "database_url": None}
        )
        assistant = await Assistant.open(apart, learning=False)
        try:
            others = [*assistant.knowledge.asked()]
            talks = Talks(lookups, thinned(others, OTHERS))
            said = Said(read_sayings(files / SAYINGS), lookups, others)
            examples = await _gather(assistant, settings, lookups, talks, said)
        finally:
            await assistant.close()
    weights = await asyncio.to_thread(fit, examples, SHARES, PRIOR)
    path = files / LEARNT_CONFIDENCE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(weights, ensure_ascii=False, indent=1) + "\n", "utf-8")
    for place, words in ((LEARNT_TALK, talks.whole.words), (LEARNT_PLAIN, said.plain)):
        (files / place).write_text("\n".join(sorted(words)) + "\n", "utf-8")
    return path


async def _gather(
    assistant: Assistant,
    settings: Settings,
    lookups: list[Lookup],
    talks: Talks,
    said: Said,
) -> list[Example]:
    """全部例子。"""
    files, directory = settings.knowledge_dir, assistant.directory
    lexicon, cache = assistant.lexicon, settings.data_dir / "cache"
    whole = FaqSource(assistant.knowledge, lexicon, cache, files / LEARNT)
    await whole.prepare()
    practice = await practise(files / "faq", whole, lexicon)
    await whole.close()
    worlds = (
        bare_world(assistant, practice),
        busy_world(assistant, practice, files / "faq", AT),
    )
    catalogue = directory.snapshot.catalogue
    coded = [*owner_questions(lookups, practice.kept, catalogue)]
    unheard = partial(_unheard, directory, talks, said)
    taught = taught_world(assistant, practice)
    lessons = Lessons(practice, lexicon, worlds, taught, coded, unheard)
    unheard("")
    asked = _filled(assistant, lookups, said)
    return await asyncio.to_thread(lambda: [*lessons.all(asked)])


def _filled(assistant: Assistant, lookups: list[Lookup], said: Said) -> list[Asked]:
    """填上名称的问法，轮着放在各地区的群里。"""
    directory = assistant.directory
    filling = Filling(directory.snapshot.catalogue, said)
    return [
        one
        for number, lookup in enumerate(lookups)
        for one in filled(
            lookup,
            filling,
            directory.source,
            (*REGIONS, None)[number % 3],
            AT,
            assistant.lexicon,
        )
    ]


def _unheard(directory: Directory, talks: Talks, said: Said, author: str) -> None:
    directory.hear(Spoken(talks.without(author), said.without(author), said.plain))
