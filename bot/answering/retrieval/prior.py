"""排序与把关的起点：在随程序的（说法多的）知识上学来的权重。

知识少时练习题不够学出好的权重；从这里学起，数据容许走多远就走多远。
"""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from .fitting import Linear
from .gates import GATES

Learnt: TypeAlias = Mapping[str, Linear]
"""各个小模型：full、quick 是含与不含分类器得分的排序，其余是几道门。"""
NAMES = ("full", "quick", *GATES)
PRIOR_FILE = Path(__file__).with_name("prior.npz")
"""随引擎带着；改了特征或证据以后用 `python -m bot learn prior` 重新学。"""


def pack(learnt: Learnt) -> dict[str, Any]:
    """摊成一个个数组，好存成 npz。"""
    return {
        f"{name}.{field.name}": np.array(getattr(learnt[name], field.name))
        for name in NAMES
        for field in fields(Linear)
    }


def unpack(arrays: Mapping[str, Any]) -> dict[str, Linear]:
    """由数组装回来。

    异常:
        KeyError: 缺了
    """
    return {name: _linear(arrays, name) for name in NAMES}


def _linear(arrays: Mapping[str, Any], name: str) -> Linear:
    mean, spread, weights, bias = (arrays[f"{name}.{f.name}"] for f in fields(Linear))
    return Linear(mean, spread, weights, float(bias))


def save(path: Path, learnt: Learnt) -> None:
    """存作起点。

    异常:
        OSError: 写不了
    """
    with path.open("wb") as file:
        np.savez_compressed(file, **pack(learnt))


def _read() -> dict[str, Linear]:
    with np.load(PRIOR_FILE, allow_pickle=False) as arrays:
        return unpack(arrays)


PRIOR = _read()
