"""检索：一句问话进，排好序的单元与把关的判断出。"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.text import Equivalents

from .corpus import PLAIN, Unit, flatten, renewal
from .features import ALIKE, CLOSEST, COUNT, MANY, bent, index_features
from .fitting import Linear
from .gates import GATES, Found, Gates, Judgement, evidence
from .index import Asked, Index, renew_index
from .sparse import Floats, Ints

SAME_COSINE = 0.999
"""字组余弦到这么高，就是同一句话。"""
SAME_BONUS = 10.0


@dataclass(frozen=True, slots=True)
class Hit:
    """一个命中的单元。

    参数:
        unit: 检索单元
        score: 排序得分，只在同一句问话内可比
        text: 单元里最像问话的说法
    """

    unit: Unit
    score: float
    text: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """一句问话的检索结果。

    参数:
        hits: 得分从高到低
        judgement: 把关的判断
        facts: 把关的证据
    """

    hits: tuple[Hit, ...]
    judgement: Judgement
    facts: Floats


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Matcher:
    """训练好的检索器，不可变；知识变动时整个换掉。

    参数:
        units: 检索单元
        indexes: 按字组与按拼音组的两份索引
        classifier: 多类线性分类器；刚教过新条目、还没重新训练时为空
        full: 含分类器得分的排序权重
        quick: 不含分类器得分的排序权重
        equivalents: 问话里的同义说法怎样换，与 `units` 的一样
    """

    units: tuple[Unit, ...]
    indexes: tuple[Index, Index]
    firsts: Ints
    classifier: Floats | None
    full: Linear
    quick: Linear
    gates: Gates
    equivalents: Equivalents = PLAIN

    def rank(
        self, question: str, limit: int = 8, preference: Floats | None = None
    ) -> Ranking:
        """检索一句（未折叠的）问话。

        参数:
            limit: 最多几个命中
            preference: 文字以外的偏好，逐单元加到排序得分上
        """
        text = self.equivalents.fold(question)
        chars = self.indexes[0]
        asked = chars.encoder.ask(text)
        features, similarity = self.features(text, asked)
        scores = self.score(features)
        if preference is not None:
            scores = scores + preference
        order = np.argsort(-scores)[:limit]
        hits = tuple(
            Hit(self.units[i], float(scores[i]), self._closest(int(i), similarity))
            for i in order
        )
        domain = self.gates.domain.score(text)
        facts = self.facts(asked, scores, features, similarity, domain)
        return Ranking(hits, self.gates.judge(facts), facts)

    def facts(
        self,
        asked: Asked,
        scores: Floats,
        features: Floats,
        similarity: Floats,
        domain: float,
        without: int | None = None,
    ) -> Floats:
        """把关的证据。

        参数:
            domain: 像本领域的程度
            without: 训练用，当作没有这个单元
        """
        chars = self.indexes[0]
        starts = chars.bm25.starts
        holders = starts[asked.grams + 1] - starts[asked.grams]
        if without is not None:
            holders = holders - np.isin(asked.grams, chars.entry_counts.row(without)[0])
        top = int(np.argmax(scores))
        best = self.firsts[top] + int(np.argmax(similarity[self._strings(top)]))
        found = Found(
            top, scores, features[top], chars.entry_counts.row(top)[0], holders > 0,
            chars.strings.row(best),
        )  # fmt: skip
        return evidence(chars, asked, found, domain)

    def features(self, text: str, asked: Asked) -> tuple[Floats, Floats]:
        """问话对各单元的特征，及与各句的字组余弦。

        参数:
            text: 折叠后的问话
            asked: 字组方式下的问话
        """
        chars, pinyin = self.indexes
        result = np.zeros((len(self.units), COUNT), dtype=np.float32)
        width = ALIKE // 2
        piece, similarity, direction = index_features(chars, asked, self.firsts)
        result[:, :width] = piece
        sounds = pinyin.encoder.ask(text)
        result[:, width:ALIKE] = index_features(pinyin, sounds, self.firsts)[0]
        result[:, ALIKE] = self._sizes()
        if self.classifier is not None:
            result[:, -1] = direction @ self.classifier[:-1] + self.classifier[-1]
        return result, similarity

    def score(self, features: Floats) -> Floats:
        """各单元的排序得分。"""
        if self.classifier is None:
            scores = self.quick(bent(features[:, :-1]))
        else:
            scores = self.full(bent(features))
        return scores + SAME_BONUS * (features[:, CLOSEST] > SAME_COSINE)

    def with_units(self, units: Sequence[Unit]) -> "Matcher":
        """换一批单元而不重新训练：没变的照搬，词表外的字组补进倒排。"""
        changed = renewal(self.units, units)
        chars, pinyin = (renew_index(index, changed) for index in self.indexes)
        _, _, firsts = flatten(units)
        domain = self.gates.domain.widened(changed.fresh)
        return replace(
            self,
            units=tuple(units),
            indexes=(chars, pinyin),
            firsts=firsts,
            classifier=None,
            gates=replace(self.gates, domain=domain),
        )

    def learnt(self) -> dict[str, Linear]:
        """学来的几个小模型。"""
        gates = {name: getattr(self.gates, name) for name in GATES}
        return {"full": self.full, "quick": self.quick, **gates}

    def _sizes(self) -> Floats:
        """各单元说法数的对数，够多就一样。"""
        sizes = np.diff(self.firsts, append=self.indexes[0].strings.height)
        return np.log(np.minimum(sizes, MANY))

    def _strings(self, unit: int) -> slice:
        return slice(self.firsts[unit], self.firsts[unit] + len(self.units[unit].texts))

    def _closest(self, unit: int, similarity: Floats) -> str:
        return self.units[unit].texts[int(np.argmax(similarity[self._strings(unit)]))]
