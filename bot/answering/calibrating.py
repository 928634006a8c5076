"""把握：由各来源给的凭据估量，候选之间一起比；权重由例子学来（见 `bot/learning`）。

每个来源一组权重，三样各一套：
- 它就是所问的：全部候选连同“都不是”一起做 softmax，所以各来源的把握可比，合起来不过一；
- 问话属于本领域；
- 没被点名也该这样答。
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np

from bot.errors import KnowledgeError

from .retrieval.fitting import sigmoid
from .sources import Candidate, Found

LEARNT_CONFIDENCE = Path("learnt") / "confidence.json"
"""在知识文件夹里的位置；写成文字，人也看得懂。"""
HEADS = ("answers", "ours", "clear")
TENTATIVE = 0.45
"""只当作最接近的，把握最多这么大：不到一半，不够当作答案。"""
_MOST = 25.0

Named: TypeAlias = Mapping[str, Mapping[str, float]]
"""一个来源的权重：哪一样（`HEADS`）→ 凭据的名字 → 权重；`BIAS` 是截距。"""
BIAS = "(bias)"


@dataclass(frozen=True, slots=True)
class _Weights:
    """一个来源的权重：凭据的名字，与（三样 x 凭据加一）的矩阵。"""

    names: tuple[str, ...]
    matrix: np.ndarray


class Calibrator:
    """学好的估量。

    参数:
        sources: 来源名 → 权重
    """

    def __init__(self, sources: Mapping[str, Named]) -> None:
        self._sources = {name: _packed(own) for name, own in sources.items()}

    @classmethod
    def load(cls, path: Path) -> "Calibrator":
        """读学好的。

        异常:
            KnowledgeError: 没有，或坏了
        """
        try:
            return cls(json.loads(path.read_text("utf-8")))
        except (OSError, ValueError, KeyError, AttributeError) as error:
            raise KnowledgeError(
                [
                    f"{path.name}：读不了（{error}），"
                    "请运行 python -m bot learn confidence"
                ]
            ) from error

    def __call__(self, found: Sequence[Found]) -> list[Candidate]:
        """各候选的把握；次序不变，被顶替的由顶替它的代替。"""
        fresh = {one.replaces: one for one in found if one.replaces}
        rivals = [one for one in found if not one.replaces]
        if not rivals:
            return []
        logits = np.stack([self._logits(one) for one in rivals])
        confidence = chances(logits[:, 0])
        others = sigmoid(logits[:, 1:])
        told: list[Candidate] = []
        for one, chance, (ours, clear) in zip(
            rivals, confidence.tolist(), others.tolist(), strict=True
        ):
            shown = fresh.get(one.key, one)
            clear = 0.0 if shown.quiet else clear
            chance = min(chance, TENTATIVE) if shown.tentative else chance
            told.append(
                Candidate(
                    shown.source,
                    shown.key,
                    shown.title,
                    chance,
                    ours,
                    clear,
                    untold=shown.untold,
                )
            )
        return told

    def _logits(self, one: Found) -> np.ndarray:
        """三样的对数几率。"""
        weights = self._sources[one.source]
        if weights.names != one.evidence.names():
            raise KnowledgeError(
                [f"{one.source} 的凭据变了，请运行 python -m bot learn confidence"]
            )
        return weights.matrix @ np.array([*one.evidence.values(), 1.0])


def chances(logits: np.ndarray) -> np.ndarray:
    """各候选就是所问的概率；“都不是”的对数几率是零。"""
    told = np.exp(np.clip(logits, -_MOST, _MOST))
    return told / (1.0 + told.sum())


def _packed(own: Named) -> _Weights:
    names = tuple(name for name in own[HEADS[0]] if name != BIAS)
    rows = [[own[head][name] for name in (*names, BIAS)] for head in HEADS]
    return _Weights(names, np.array(rows))


def named(names: Sequence[str], matrix: np.ndarray) -> dict[str, dict[str, float]]:
    """学好的一组权重写成有名字的。"""
    return {
        head: {
            name: round(float(value), 4)
            for name, value in zip((*names, BIAS), row, strict=True)
        }
        for head, row in zip(HEADS, matrix, strict=True)
    }
