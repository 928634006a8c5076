"""三个小模型：列表式线性排序、逻辑回归、多类线性分类；都只用 numpy。"""

from dataclasses import dataclass

import numpy as np

from .sparse import Floats, Ints


@dataclass(frozen=True, slots=True)
class Linear:
    """先标准化再加权求和：`(x - mean) / spread @ weights + bias`。"""

    mean: Floats
    spread: Floats
    weights: Floats
    bias: float

    def __call__(self, features: Floats) -> Floats:
        """对最后一维求得分。"""
        return (features - self.mean) / self.spread @ self.weights + self.bias


def fit_ranker(features: Floats, truth: Ints, *, rounds: int = 300) -> Linear:
    """学一组权重，让真条目的得分在候选中最高（列表式 softmax）。

    参数:
        features: 问句数 x 候选数 x 特征数
        truth: 各问句真条目在候选中的位置

    来源: Cao 等 2007 (ListNet) 的 top-1 损失。
    """
    mean, spread = _scale(features)
    scaled = (features - mean) / spread
    rows = np.arange(len(truth))

    def gradient(weights: Floats) -> Floats:
        chance = _softmax(scaled @ weights)
        chance[rows, truth] -= 1
        return np.einsum("ij,ijk->k", chance, scaled) / len(truth) + 1e-3 * weights

    start = np.full(features.shape[-1], 0.3, dtype=np.float32)
    return Linear(mean, spread, _adam(gradient, start, rounds, 0.1), 0.0)


def fit_logistic(
    features: Floats, labels: Floats, sample_weights: Floats, *, rounds: int = 450
) -> Linear:
    """逻辑回归；得分是对数几率。"""
    mean, spread = _scale(features)
    scaled = (features - mean) / spread
    padded = np.concatenate([scaled, np.ones((len(scaled), 1))], axis=1)
    padded = padded.astype(np.float32)
    share = sample_weights / sample_weights.sum()

    def gradient(weights: Floats) -> Floats:
        error = (sigmoid(padded @ weights) - labels) * share
        decay = 1e-3 * weights
        decay[-1] = 0
        return padded.T @ error + decay

    start = np.zeros(padded.shape[1], dtype=np.float32)
    weights = _adam(gradient, start, rounds, 0.05)
    return Linear(mean, spread, weights[:-1], float(weights[-1]))


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
        chance = _softmax(padded @ weights)
        chance[rows, owners] -= 1
        return padded.T @ chance / len(points) + decay * weights

    start = np.zeros((padded.shape[1], count), dtype=np.float32)
    return _adam(gradient, start, rounds, 0.3)


def sigmoid(values: Floats) -> Floats:
    """逻辑函数，输入截断以免溢出。"""
    return (1 / (1 + np.exp(-np.clip(values, -30, 30)))).astype(np.float32)


def _softmax(scores: Floats) -> Floats:
    """就地算，不另占内存。"""
    scores -= scores.max(axis=1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=1, keepdims=True)
    return scores


def _scale(features: Floats) -> tuple[Floats, Floats]:
    axes = tuple(range(features.ndim - 1))
    spread = np.maximum(features.std(axis=axes), 1e-6)
    return features.mean(axis=axes).astype(np.float32), spread.astype(np.float32)


def _adam(gradient, start: Floats, rounds: int, rate: float) -> Floats:
    weights = start.copy()
    first = np.zeros_like(weights)
    second = np.zeros_like(weights)
    for step in range(1, rounds + 1):
        slope = gradient(weights)
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope * slope
        scaled = first / (1 - 0.9**step) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
        weights = (weights - rate * (1 - step / (rounds + 1)) * scaled).astype(
            np.float32
        )
    return weights
