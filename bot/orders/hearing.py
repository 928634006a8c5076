"""听一句话是要办哪件事：与听问题的是同一套检索，加一个线性分类，由各人的说法学来。

会变的先换成记号（见 `blanks`）；在问怎么办的、闲聊的，是练习时的“不该回答”。
检索分得清别的话，遇到没见过的说法把握偏小；分类相反，两个一起听。
"""

import asyncio
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from loguru import logger

from bot.answering.retrieval import (
    Matcher,
    MatcherCache,
    TrainingProcess,
    Unit,
    fingerprint,
    shipped,
)
from bot.answering.retrieval.sparse import Floats
from bot.knowledge.lexicon import Chatter, OrderPhrasings
from bot.storage import Derived
from bot.text import Regions, fold

from .blanks import blank
from .classifying import Classifier, Example, name_of

LEARNT_ORDERS = Path("learnt") / "orders.npz"
LEARNT_CLASSES = Path("learnt") / "classes.npz"
"""在知识文件夹里的位置。"""
NONE = ""
"""哪件事都不是。"""
HALF = 0.5
NEAR_MISSES = 3
"""很像要办事的话，一句抵几句。"""
DIMENSIONS = 96
"""潜在语义留几维：几十件事用不着答疑那么多。"""
OTHERS = 1500
"""练习用的别的话，最多这么多句；再多也不更准。"""

_OPENING = re.compile(r"^(?:另外?|还有|再有|此外|对了)[:：]\s*")
"""“另：”后面才是要办的事。"""
_CLAUSES = re.compile(r"(?<=[。！!？?；;，,~～…\n])\s*(?=\S)")
STORY, SHORTEST_TAIL, MOST_TAILS = 50, 6, 5
"""话有这么长，前面可能是缘由、后面才是吩咐：从末尾数，最多试这么多个分句起头，至少这么多字。"""
MOST_SURE, CLEARER = 0.55, 1.5
"""只听后面的，把握再大也要复述一遍；比听整句的大这么多倍才算。"""
UNHEARD = 0.2
"""整句听着另有一件，把握有这么多，就不只听后面的。"""
LIKELY, UNLIKELY = 1.0, 100.0
"""刚说过的那方面、不必想的，排序得分上加减多少。"""


@dataclass(frozen=True, slots=True)
class Heard:
    """听出来的。

    参数:
        order: 要办的事
        confidence: 就是要办它的把握，已校准
        clear: 没对着助手说也可以当真的把握
    """

    order: str
    confidence: float
    clear: float


class Hearing:
    """听要办哪件事。

    参数:
        said: 各人的说法
        cache: 训练结果的缓存文件夹
        learnt: 随知识带着的学习结果
        derived: 由知识算出来的各样东西
    """

    def __init__(
        self,
        said: OrderPhrasings,
        regions: Regions,
        cache: Path,
        learnt: Path,
        derived: Derived | None = None,
    ) -> None:
        self._said = said
        self._regions = regions
        self._derived = derived or Derived()
        self._cache = MatcherCache(cache)
        self._learnt = learnt
        self._matcher: Matcher | None = None
        self._classifier: Classifier | None = None

    async def prepare(self, background: Chatter, asked: Iterable[str]) -> None:
        """读入学习结果；没有就现在学。

        参数:
            background: 闲聊与别的提问
            asked: 知识里各人的问法
        """
        units = self.units()
        name = fingerprint(units)
        ready = await asyncio.to_thread(
            shipped.ready, self._cache, self._learnt, name, units
        )
        if ready is None:
            logger.info("正在学习怎样听懂要办的事（{} 种），约半分钟……", len(units))
            everything = self._background(background, asked)
            training = TrainingProcess(self._cache)
            try:
                ready = await asyncio.to_thread(training.train, units, everything, name)
            except asyncio.CancelledError:
                training.stop()
                raise
        self._matcher = ready
        self._classifier = self._derived.of(
            "classes", lambda: self._classes(background, asked)
        )

    def _classes(self, background: Chatter, asked: Iterable[str]) -> Classifier:
        def learn() -> Classifier:
            return Classifier.learn(self._examples(background, asked))

        path = self._learnt.with_name(LEARNT_CLASSES.name)
        return Classifier.open(path, name_of(self._said_here()), learn)

    def learn_classes(
        self, background: Chatter, asked: Iterable[str], path: Path
    ) -> None:
        """学一遍线性分类，存成随知识带着的那份。

        异常:
            OSError: 写不了
        """
        classifier = Classifier.learn(self._examples(background, asked))
        classifier.save(path, name_of(self._said_here()))

    def _said_here(self) -> list[Example]:
        """各句与它是哪件事；写明不是的，哪件都不是。"""
        own = [(text, unit.key) for unit in self.units() for text in unit.texts]
        near = [text for texts in self._said.others.values() for text in texts]
        return own + [(blank(text, self._regions), NONE) for text in near]

    def _examples(self, background: Chatter, asked: Iterable[str]) -> list[Example]:
        """练习用的：另加闲聊与提问。"""
        other = [
            *_thinned([*asked], 2 * OTHERS),
            *_thinned(background.other_questions, OTHERS),
            *_thinned(background.chatter, OTHERS),
        ]
        strange = [(blank(text, self._regions), NONE) for text in other]
        return self._said_here() + strange

    def learn(self, background: Chatter, asked: Iterable[str], path: Path) -> None:
        """学一遍，存成随知识带着的那份。

        异常:
            OSError: 写不了
        """
        units = self.units()
        everything = self._background(background, asked)
        arrays = shipped.learn(
            units,
            everything,
            fingerprint(units),
            alone=True,
            dimensions=DIMENSIONS,
        )
        shipped.save(path, arrays)

    def hear(
        self,
        text: str,
        likely: Collection[str] = (),
        unlikely: Collection[str] = (),
        *,
        tails: bool = False,
    ) -> Heard | None:
        """听一句；还没学好为 `None`。

        参数:
            tails: 前面可能是缘由，后面才是吩咐，只听后面的也算
            likely: 刚说过的那方面的事，差不多时先想到它们
            unlikely: 不必想的事
        """
        if self._matcher is None:
            return None
        preference = np.array(
            [
                LIKELY * (unit.key in likely) - UNLIKELY * (unit.key in unlikely)
                for unit in self._matcher.units
            ]
        )
        said = _OPENING.sub("", text)
        whole = self._heard(self._matcher, said, preference, likely, unlikely)
        if not tails or len(said) < STORY or whole.confidence >= HALF:
            return whole
        later = [
            self._heard(self._matcher, tail, preference, likely, unlikely)
            for tail in _tails(said)
        ]
        best = max(later, key=lambda one: one.confidence, default=whole)
        same = best.order == whole.order or whole.confidence < UNHEARD
        if not same or best.confidence < CLEARER * whole.confidence:
            return whole
        return Heard(best.order, min(best.confidence, MOST_SURE), whole.clear)

    def _heard(
        self,
        matcher: Matcher,
        text: str,
        preference: Floats,
        likely: Collection[str],
        unlikely: Collection[str],
    ) -> Heard:
        """听一句，或一句的后面几个分句。"""
        plain = blank(text, self._regions)
        ranking = matcher.rank(plain, 1, preference)
        judged = ranking.judgement
        heard = Heard(ranking.hits[0].unit.key, judged.present, judged.clear)
        return self._classified(heard, plain, likely, unlikely)

    def _classified(
        self,
        heard: Heard,
        plain: str,
        likely: Collection[str],
        unlikely: Collection[str],
    ) -> Heard:
        """分类也听一遍：同一件的，把握取中；不是同一件的，分类要有一半的把握。"""
        if self._classifier is None:
            return heard
        labels, chances = self._classifier.labels, self._classifier.chances(plain)
        worth = [
            np.exp(LIKELY) * (label in likely) + (label not in likely)
            for label in labels
        ]
        chances = chances * np.array(worth, dtype=np.float32)
        chances /= chances.sum()
        best = int(chances.argmax())
        order, chance = labels[best], float(chances[best])
        if order == heard.order:
            middle = (heard.confidence + chance) / 2
            return replace(heard, confidence=max(heard.confidence, middle))
        if order == NONE or order in unlikely or chance < max(HALF, heard.confidence):
            return heard
        return Heard(order, chance, 0.0)

    def units(self) -> list[Unit]:
        """每件事一个检索单元。"""
        return self._derived.of(self._learnt.stem, self._make_units)

    def _make_units(self) -> list[Unit]:
        units: list[Unit] = []
        for order, hands in self._said.orders.items():
            authors: dict[str, str] = {}
            for author, phrasings in hands.items():
                for text in phrasings:
                    authors.setdefault(fold(blank(text, self._regions)), author)
            own = tuple(authors), (), tuple(authors.values())
            units.append(Unit(order, (order,), *own))
        return units

    def _background(self, background: Chatter, asked: Iterable[str]) -> Chatter:
        """不是要办事的话：闲聊、提问，和写明不是的。"""

        def blanked(texts: Iterable[str]) -> list[str]:
            return [blank(text, self._regions) for text in texts]

        near = blanked(text for own in self._said.others.values() for text in own)
        questions = _thinned([*asked, *background.other_questions], 2 * OTHERS)
        everyday = blanked([*questions, *background.chatter])
        return Chatter(
            chatter=everyday,
            other_questions=near * NEAR_MISSES + everyday[: 2 * OTHERS : 2],
            everyday=background.everyday,
        )


def _tails(text: str) -> list[str]:
    """去掉前面几个分句剩下的，短的在前。"""
    places = [match.end() for match in _CLAUSES.finditer(text)][::-1][:MOST_TAILS]
    return [text[at:] for at in places if len(text) - at >= SHORTEST_TAIL]


def _thinned(texts: Sequence[str], count: int) -> list[str]:
    """每隔几句取一句。"""
    return list(texts[:: -(-len(texts) // count) or 1])
