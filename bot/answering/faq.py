"""常见问题这个来源：检索、按地区与年份取舍、成文。"""

import asyncio
import math
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from loguru import logger

from bot.knowledge import Entry, Knowledge, Lexicon, is_taught
from bot.memory import give_back

from . import scope, wording
from .coverage import Coverage, Covered, codes_in, leading
from .nearness import FaqEvidence, Near, weigh_hits
from .retrieval import (
    Hit,
    Matcher,
    MatcherCache,
    Ranking,
    TrainingProcess,
    Unit,
    by_matter,
    fingerprint,
    make_unit,
    make_units,
    prior,
    shipped,
    train,
)
from .sources import Answer, Found, Question


class FaqSource:
    """常见问题。

    参数:
        cache: 训练结果的缓存文件夹
        learnt: 随知识带着的学习结果，可以没有
    """

    name = "faq"

    def __init__(
        self,
        knowledge: Knowledge,
        lexicon: Lexicon,
        cache: Path,
        learnt: Path | None = None,
    ) -> None:
        self._knowledge = knowledge
        self._lexicon = lexicon
        self._cache = MatcherCache(cache)
        self._learnt = learnt
        self._training = TrainingProcess(self._cache)
        self._matcher: Matcher | None = None
        self._scopes = scope.UnitScopes([], lexicon)
        self._written: Mapping[tuple[str, ...], Unit] = {}
        self._by_key: Mapping[str, Unit] = {}
        self._coverage = Coverage({})
        self._asked: tuple[Question, Sequence[Near]] | None = None
        self._changes = 0
        self._learned = 0
        self._stale = asyncio.Event()
        self._turn = asyncio.Lock()
        self._worker: asyncio.Task[None] | None = None
        self.has_year: Callable[[str | None, int], bool] = lambda _region, _year: False
        """别处（如导入的文件）有没有一个地区某年的资料。"""
        self.newest_year: Callable[[str | None], int | None] = lambda _region: None
        """别处一个地区最新的资料是哪一年的。"""
        self.clause: Callable[[Question, int], str] = lambda _question, _year: ""
        """别处那一年的资料里，与问话最近的一段。"""
        knowledge.on_change(self._note_change)

    async def prepare(self, *, hurry: bool = False) -> None:
        """读入缓存的训练结果；没有就现在训练。

        参数:
            hurry: 没有正好对得上的，先用最近的一份顶上，后台再训练
        """
        self._written = self._read_units()
        units = self._units()
        self._stale.clear()
        ready = await asyncio.to_thread(self._ready, units)
        older = None
        if hurry and ready is None:
            older = await asyncio.to_thread(self._cache.load_latest)
        if ready is not None:
            self.use(ready)
        elif older is None:
            try:
                self.use(await asyncio.to_thread(self._load_or_train, units))
            except asyncio.CancelledError:
                self._training.stop()
                raise
        else:
            self.use(await asyncio.to_thread(older.with_units, units))
            self._stale.set()
        self._worker = asyncio.create_task(self._keep_fresh())

    async def refresh(self) -> None:
        """知识刚变动：立刻可检索，重新训练留给后台。"""
        async with self._turn:
            changes, units = self._changes, self._units()
            quick = await asyncio.to_thread(self.matcher.with_units, units)
            # 后台可能已经学完（如撤销后回到学过的样子），别拿临时的盖掉它
            if self._learned < changes:
                self.use(quick)
        await asyncio.to_thread(give_back)

    async def close(self) -> None:
        """停下后台训练。"""
        self._training.stop()
        if self._worker is not None:
            self._worker.cancel()
            with suppress(asyncio.CancelledError):
                await self._worker

    @property
    def matcher(self) -> Matcher:
        """当前的检索器。"""
        if self._matcher is None:
            raise RuntimeError("还没有 prepare")
        return self._matcher

    def candidates(self, question: Question) -> Sequence[Found]:
        """检索并按地区、年份取舍。"""
        return [self._found(near) for near in self.near(question)]

    def near(self, question: Question) -> Sequence[Near]:
        """知识里像所问的，更像的在前；同一句问话只检索一次。"""
        if self._asked is None or self._asked[0] is not question:
            self._asked = question, self._near(question)
        return self._asked[1]

    def _near(self, question: Question) -> Sequence[Near]:
        if (same := self._same_matter(question)) is not None:
            return (same,)
        matcher, text = self.matcher, self._fold(question.text)
        if not question.addressed and matcher.gates.is_far(text):
            return ()
        preference = self._scopes.preference(question)
        ranking = matcher.rank(question.text, preference=preference)
        named = question.named_region
        elsewhere = named is not None and named not in self._lexicon.regions.names
        covered = self._coverage.of(text, codes_in(question.text))
        ranking = self._with_covering(ranking, covered)
        members = [self._members(hit.unit) for hit in ranking.hits]
        weighed = weigh_hits(ranking, text, members, covered)
        found: list[Near] = []
        for entries, (chance, evidence) in zip(members, weighed, strict=True):
            if not entries:
                continue
            chosen = scope.choose(entries, question, self._lexicon)
            away = chosen.foreign or chosen.missing_year is not None
            found.append(Near(chosen.entries, chance, evidence, elsewhere or away))
        return found

    def _with_covering(
        self, ranking: Ranking, covered: Mapping[str, Covered]
    ) -> Ranking:
        """添上写着问话里的字最多的几条。"""
        units = [
            self._by_key[key]
            for key in leading(covered, (hit.unit.key for hit in ranking.hits))
        ]
        added = (Hit(unit, -math.inf, unit.texts[0]) for unit in units)
        return replace(ranking, hits=(*ranking.hits, *added))

    def _found(self, near: Near) -> Found:
        title = wording.title(near.entries)
        quiet = near.is_away or bool(near.evidence.unlike)
        return Found(self.name, near.key, title, near.evidence, quiet=quiet)

    def _entries(self, key: str) -> list[Entry]:
        """一个候选的条目；已不存在的略过。"""
        return [e for i in key.split(",") if (e := self._knowledge.entries.get(i))]

    def _same_matter(self, question: Question) -> Near | None:
        """换了地区、年份再问的：同一件事在那里、那年也有资料的，就用它。"""
        previous = question.previous
        if not question.again or previous is None or previous.source != self.name:
            return None
        matters = {entry.matter for entry in self._entries(previous.key)}
        members = [e for e in self._knowledge.entries.values() if e.matter in matters]
        if not members:
            return None
        chosen = scope.choose(members, question, self._lexicon)
        if chosen.foreign:
            return None
        return Near(chosen.entries, 1.0, FaqEvidence(again=1.0))

    def answer(self, key: str, question: Question) -> Answer | None:
        """把选中的条目写成答案。"""
        entries = self._entries(key)
        if not entries:
            return None
        chosen = scope.choose(entries, question, self._lexicon)
        newest = self._outdated(chosen, question)
        if newest is not None:
            chosen = replace(chosen, missing_year=None)
        text = wording.faq_answer(
            chosen,
            question,
            known=question.region in self._lexicon.regions.names,
            elsewhere=self._is_elsewhere(chosen, question),
        )
        others = self._knowledge.entries.values()
        if scope.stands_in(chosen, question, others, self._lexicon):
            text = f"{wording.national(question.region)}\n{text}"
        if newest is not None:
            clause = self.clause(question, newest)
            text = f"{wording.outdated(newest, clause)}\n{text}"
        regions = {entry.source.region for entry in entries}
        region = regions.pop() if len(regions) == 1 else None
        return Answer(text, tuple(entry.id for entry in entries), region)

    def _is_elsewhere(self, chosen: scope.Chosen, question: Question) -> bool:
        year = chosen.missing_year
        return year is not None and self.has_year(question.region, year)

    def _outdated(self, chosen: scope.Chosen, question: Question) -> int | None:
        """本地区的旧条目，而有更新的文件：那是哪一年的；问的就是旧年份为 `None`。"""
        newest = self.newest_year(question.region)
        if newest is None or scope.stated_year(question) not in (None, newest):
            return None
        own = [
            entry
            for entry in chosen.entries
            if entry.source.region == question.region
            or (entry.is_national and entry.says_nothing)
        ]
        years = [entry.source.year for entry in own if not is_taught(entry)]
        return newest if years and max(years) < newest else None

    def use(self, matcher: Matcher) -> None:
        """换上一个检索器。"""
        self._matcher, self._asked = matcher, None
        members = [self._members(unit) for unit in matcher.units]
        self._scopes = scope.UnitScopes(members, self._lexicon)
        self._by_key = {unit.key: unit for unit in matcher.units}
        self._coverage = Coverage(
            {
                unit.key: [text for one in own for text in (*one.wordings, one.answer)]
                for unit, own in zip(matcher.units, members, strict=True)
            }
        )

    def _members(self, unit: Unit) -> list[Entry]:
        entries = self._knowledge.entries
        return [entry for i in unit.members if (entry := entries.get(i))]

    def _fold(self, text: str) -> str:
        return self._lexicon.equivalents.fold(text)

    def _units(self) -> list[Unit]:
        """现在的检索单元；条目都照文件、没改过的，不必再折叠。"""
        files = self._knowledge.files

        def unit(key: str, members: Sequence[Entry]) -> Unit:
            written = self._written.get(tuple(entry.id for entry in members))
            if written and all(files[entry.id] is entry for entry in members):
                return written
            return make_unit(key, members, self._lexicon.equivalents)

        groups = by_matter(self._knowledge.entries.values())
        return [unit(key, members) for key, members in groups.items()]

    def _read_units(self) -> Mapping[tuple[str, ...], Unit]:
        """照文件的检索单元，按条目编号。"""
        files, equivalents = self._knowledge.files, self._lexicon.equivalents
        units = self._knowledge.derived.of(
            "units", lambda: make_units(files.values(), equivalents)
        )
        return {unit.members: unit for unit in units}

    def _note_change(self) -> None:
        self._changes += 1
        self._asked = None
        self._stale.set()

    async def _keep_fresh(self) -> None:
        while True:
            await self._stale.wait()
            self._stale.clear()
            # 刚教的先查得到、先答复教的人，再来学
            async with self._turn:
                changes, units = self._changes, self._units()
            try:
                trained = await asyncio.to_thread(self._load_or_train, units)
            except Exception:
                # 一次学不成，不能让以后教的都学不进去
                logger.exception("重新学习出错，先用着旧的，知识再变动时重学")
                continue
            if changes == self._changes:
                self._learned = changes
                self.use(trained)
                logger.info("知识有变动，已重新学习（{} 个问题）", len(units))
            # 没用上的也要放下：下次学之前它一直占着
            del trained
            await asyncio.to_thread(give_back)

    def _name(self, units: Sequence[Unit]) -> str:
        """这批单元的训练结果叫什么：内容一样，名字就一样。"""
        chatter = self._lexicon.chatter
        return fingerprint(
            units, *chatter.chatter, *chatter.other_questions, *chatter.everyday
        )

    def learn(self, path: Path) -> None:
        """学一遍，存成随知识带着的那份。

        异常:
            OSError: 写不了
        """
        units = self._units()
        arrays = shipped.learn(
            units,
            self._lexicon.chatter,
            self._name(units),
            equivalents=self._lexicon.equivalents,
        )
        shipped.save(path, arrays)

    def learn_prior(self, path: Path) -> None:
        """从零学一遍，排序与把关的权重存作别的知识的起点。

        异常:
            OSError: 写不了
        """
        matcher = train(
            self._units(),
            self._lexicon.chatter,
            prior={},
            equivalents=self._lexicon.equivalents,
        )
        prior.save(path, matcher.learnt())

    def _ready(self, units: Sequence[Unit]) -> Matcher | None:
        """不用学就有的：缓存的，或随知识带着的。"""
        name, lexicon = self._name(units), self._lexicon
        if self._learnt is None:
            return self._cache.load(name)
        given = units, lexicon.chatter, lexicon.equivalents
        return shipped.ready(self._cache, self._learnt, name, *given)

    def _load_or_train(self, units: Sequence[Unit]) -> Matcher:
        if (ready := self._ready(units)) is not None:
            return ready
        name = self._name(units)
        logger.info("正在学习知识（{} 个问题），约一分钟……", len(units))
        return self._training.train(units, self._lexicon.chatter, name)
