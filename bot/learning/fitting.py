"""由例子学权重：答的是哪个（几个候选连同“都不是”一起比），是不是本领域，该不该开口。"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.answering import HEADS, Found, named
from bot.answering.retrieval.fitting import adam, sigmoid

ROUNDS = 400
RATE = 0.05
PULL = 5e-5
"""把权重拉向起点的力；例子少的凭据走不远。"""


Shares = Mapping[str, tuple[float, float, float]]
"""哪一类例子 → 学三样各占多大份量；每类不论多少，合起来占这么多。"""
Prior = Mapping[tuple[str, str, str], float]
"""（来源，哪一样，凭据）→ 从多少学起；没写的从零。"""


@dataclass(frozen=True, slots=True)
class Example:
    """一句话，与各来源给它的候选。

    参数:
        group: 哪一类
        right: 第几个候选是对的；答哪个都行的有几个
        nothing: 都不答也对
        ours: 属于本领域
        speaks: 没被点名也该开口；被点名时的例子为 `None`
    """

    group: str
    found: tuple[Found, ...]
    right: frozenset[int]
    nothing: bool
    ours: bool
    speaks: bool | None


@dataclass(frozen=True, slots=True)
class _Rows:
    """全部候选摊成一个大矩阵：每个来源占几列，末列是它的截距。"""

    features: np.ndarray
    firsts: np.ndarray
    example: np.ndarray
    source: np.ndarray
    right: np.ndarray


def fit(examples: Sequence[Example], shares: Shares, prior: Prior) -> dict[str, Any]:
    """学好的权重，供 `Calibrator`。"""
    kept = [one for one in examples if one.found]
    names = {f.source: f.evidence.names() for one in kept for f in one.found}
    starts = _starts(names)
    called = [one for one in kept if one.speaks is None]
    uncalled = [one for one in kept if one.speaks is not None]
    fitted: list[np.ndarray] = []
    for place, head in enumerate(HEADS):
        own = uncalled if head == "clear" else called
        weights = _weights([one.group for one in own], shares, place)
        home = _home(head, names, starts, prior)
        fitted.append(_fit_head(head, own, _rows(own, names, starts), weights, home))
    learnt: dict[str, Any] = {}
    for source, own in names.items():
        columns = slice(starts[source], starts[source] + len(own) + 1)
        learnt[source] = named(own, np.stack([w[columns] for w in fitted]))
    return learnt


def _weights(groups: Sequence[str], shares: Shares, place: int) -> np.ndarray:
    """各例子的份量。"""
    sizes = Counter(groups)
    weights = np.array([shares[group][place] / sizes[group] for group in groups])
    return weights / weights.sum()


def _fit_head(
    head: str,
    examples: Sequence[Example],
    rows: _Rows,
    shares: np.ndarray,
    home: np.ndarray,
) -> np.ndarray:
    match head:
        case "answers":
            nothing = np.array([one.nothing for one in examples], dtype=float)
            return _fit_choice(rows, nothing, shares, home)
        case "ours":
            ours = np.array([one.ours for one in examples])[rows.example]
            return _fit_yes(rows, ours.astype(float), shares, home)
        case _:
            speaks = np.array([bool(one.speaks) for one in examples])[rows.example]
            return _fit_yes(rows, (speaks & rows.right).astype(float), shares, home)


def _fit_choice(
    rows: _Rows, nothing: np.ndarray, shares: np.ndarray, home: np.ndarray
) -> np.ndarray:
    """条件逻辑回归：对的那几个（或都不是）的概率之和最大。"""

    def gradient(weights: np.ndarray) -> np.ndarray:
        told = np.exp(np.clip(rows.features @ weights, -25, 25))
        every = 1 + np.add.reduceat(told, rows.firsts)
        good = nothing + np.add.reduceat(told * rows.right, rows.firsts)
        good = np.maximum(good, 1e-12)
        chance = told / every[rows.example]
        wanted = told * rows.right / good[rows.example]
        slope = rows.features.T @ (shares[rows.example] * (chance - wanted))
        return slope + PULL * (weights - home)

    return adam(gradient, home, ROUNDS, RATE)


def _fit_yes(
    rows: _Rows, labels: np.ndarray, shares: np.ndarray, home: np.ndarray
) -> np.ndarray:
    """逻辑回归；一句话里每个来源只看头一个候选。"""
    width = rows.source.max() + 1
    _, leading = np.unique(rows.example * width + rows.source, return_index=True)
    weight = shares[rows.example[leading]]
    features, labels = rows.features[leading], labels[leading]

    def gradient(weights: np.ndarray) -> np.ndarray:
        error = (sigmoid(features @ weights) - labels) * weight
        return features.T @ error + PULL * (weights - home)

    return adam(gradient, home, ROUNDS, RATE)


def _starts(names: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """各来源从第几列起。"""
    starts: dict[str, int] = {}
    for source, own in names.items():
        starts[source] = sum(len(names[s]) + 1 for s in starts)
    return starts


def _rows(
    examples: Sequence[Example],
    names: Mapping[str, Sequence[str]],
    starts: Mapping[str, int],
) -> _Rows:
    sizes = [len(one.found) for one in examples]
    width = sum(len(own) + 1 for own in names.values())
    features = np.zeros((sum(sizes), width), dtype=np.float32)
    order = {source: number for number, source in enumerate(names)}
    every = [(one, n, f) for one in examples for n, f in enumerate(one.found)]
    for row, (_, _, found) in enumerate(every):
        start, values = starts[found.source], [*found.evidence.values(), 1.0]
        features[row, start : start + len(values)] = values
    return _Rows(
        features,
        np.cumsum([0, *sizes[:-1]]),
        np.repeat(np.arange(len(examples)), sizes),
        np.array([order[found.source] for _, _, found in every]),
        np.array([n in one.right for one, n, _ in every]),
    )


def _home(
    head: str,
    names: Mapping[str, Sequence[str]],
    starts: Mapping[str, int],
    prior: Prior,
) -> np.ndarray:
    home = np.zeros(sum(len(own) + 1 for own in names.values()))
    for source, own in names.items():
        for place, name in enumerate(own):
            home[starts[source] + place] = prior.get((source, head, name), 0.0)
    return home
