"""三个小模型：列表式线性排序、逻辑回归、多类线性分类；都只用 numpy。"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .sparse import Floats, Ints

PRIOR_WORTH = 10.0
"""起点顶多少句练习题：练习题越多，学出来的离起点可以越远。"""


@dataclass(frozen=True, slots=True)
class Linear:
    """先标准化再加权求和：`(x - mean) / spread @ weights + bias`。"""

    mean: Floats
    spread: Floats
    weights: Floats
    bias: float

    def __call__(self, features: Floats) -> Floats:
        """对最后一维求得分。"""
        return self.scaled(features) @ self.weights + self.bias

    def scaled(self, features: Floats) -> Floats:
        """标准化。"""
        return (features - self.mean) / self.spread


def fit_ranker(
    features: Floats,
    truth: Ints,
    worth: Floats,
    prior: Linear | None,
    rising: int = 0,
    *,
    rounds: int = 300,
) -> Linear:
    """学一组权重，让真条目的得分在候选中最高（列表式 softmax）。

    参数:
        features: 问句数 x 候选数 x 特征数
        truth: 各问句真条目在候选中的位置
        worth: 各问句算几句
        prior: 从哪里学起，练习题少时离它不远；没有就从零学起
        rising: 前这么多个特征的权重不为负

    来源: Cao 等 2007 (ListNet) 的 top-1 损失。
    """
    prior = prior or _blank(features)
    scaled = prior.scaled(features)
    rows = np.arange(len(truth))
    pull = PRIOR_WORTH / worth.sum()
    share = (worth / worth.sum()).astype(np.float32)

    def gradient(weights: Floats) -> Floats:
        chance = softmax(scaled @ weights)
        chance[rows, truth] -= 1
        slope = np.einsum("ij,ijk->k", chance * share[:, None], scaled)
        return slope + pull * (weights - prior.weights)

    least = np.where(np.arange(len(prior.weights)) < rising, 0, -np.inf)
    weights = adam(gradient, prior.weights, rounds, 0.1, least)
    return Linear(prior.mean, prior.spread, weights, 0.0)


def fit_logistic(
    features: Floats,
    labels: Floats,
    sample_weights: Floats,
    prior: Linear | None,
    drills: int,
    *,
    rounds: int = 450,
) -> Linear:
    """逻辑回归；得分是对数几率。

    参数:
        prior: 从哪里学起；没有就从零学起
        drills: 练习题有多少句，越少离起点越近
    """
    prior = prior or _blank(features)
    scaled = prior.scaled(features)
    padded = np.concatenate([scaled, np.ones((len(scaled), 1))], axis=1)
    padded = padded.astype(np.float32)
    share = sample_weights / sample_weights.sum()

    def gradient(weights: Floats) -> Floats:
        error = (sigmoid(padded @ weights) - labels) * share
        return padded.T @ error + pull * (weights - home)

    # 从零走起，走不远就停：门槛宁可平缓，陌生人的话比练习题离得远
    start = np.zeros(padded.shape[1], dtype=np.float32)
    home = np.append(prior.weights, prior.bias).astype(np.float32)
    pull = PRIOR_WORTH / drills
    weights = adam(gradient, start, rounds, 0.05)
    return Linear(prior.mean, prior.spread, weights[:-1], float(weights[-1]))


def fit_classifier(
    points: Floats, owners: Ints, count: int, *, rounds: int = 45
) -> Floats:
    """多类逻辑回归的权重（(d + 1) x count，末行是偏置）。

    参数:
        points: 归一后的坐标（句数 x d）
    """
    padded = np.ones((len(points), points.shape[1] + 1), dtype=np.float32)
    padded[:, :-1] = points
    rows = np.arange(len(owners))
    # 等价于常用写法 C=10：正则除以样本数
    decay = np.full((padded.shape[1], 1), 0.1 / len(points), dtype=np.float32)
    decay[-1] = 0

    def gradient(weights: Floats) -> Floats:
        chance = softmax(padded @ weights)
        chance[rows, owners] -= 1
        return padded.T @ chance / len(points) + decay * weights

    start = np.zeros((padded.shape[1], count), dtype=np.float32)
    return adam(gradient, start, rounds, 0.3)


def sigmoid(values: Floats) -> Floats:
    """逻辑函数，输入截断以免溢出。"""
    return (1 / (1 + np.exp(-np.clip(values, -30, 30)))).astype(np.float32)


def softmax(scores: Floats) -> Floats:
    """对最后一维，就地算，不另占内存。"""
    scores -= scores.max(axis=-1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=-1, keepdims=True)
    return scores


def _blank(features: Floats) -> Linear:
    """按这些特征标准化，还没有权重。"""
    axes = tuple(range(features.ndim - 1))
    mean = features.mean(axis=axes).astype(np.float32)
    spread = np.maximum(features.std(axis=axes), 1e-6).astype(np.float32)
    return Linear(mean, spread, np.zeros_like(mean), 0.0)


def adam(
    gradient: Callable[[Floats], Floats],
    start: Floats,
    rounds: int,
    rate: float,
    least: Floats | float = -np.inf,
) -> Floats:
    """由梯度一步步走到最好处，步子越来越小；权重不小于 `least`。"""
    weights = start.copy()
    first = np.zeros_like(weights)
    second = np.zeros_like(weights)
    for step in range(1, rounds + 1):
        slope = gradient(weights)
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope * slope
        scaled = first / (1 - 0.9**step) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
        weights = weights - rate * (1 - step / (rounds + 1)) * scaled
        weights = np.maximum(weights, least).astype(np.float32)
    return weights
