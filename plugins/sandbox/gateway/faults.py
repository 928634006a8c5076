"""故障：让模拟网关像真的网关那样出毛病。"""

import random
from enum import StrEnum


class FaultMode(StrEnum):
    """发送类调用的结局。"""

    NORMAL = "normal"
    DROP = "drop"
    """收下但不回应，也没有送达。"""
    TIMEOUT_DELIVERED = "timeout_delivered"
    """已送达，却回报超时。"""
    TIMEOUT_LOST = "timeout_lost"
    """没有送达，回报超时。"""
    ERROR = "error"
    """回报参数错误。"""
    REMOVED = "removed"
    """回报已被移出群。"""

    @property
    def label(self) -> str:
        """中文说明。"""
        return _LABELS[self]


_LABELS = {
    FaultMode.NORMAL: "一切正常",
    FaultMode.DROP: "不回应，也没送达",
    FaultMode.TIMEOUT_DELIVERED: "已送达，却报超时",
    FaultMode.TIMEOUT_LOST: "没送达，报超时",
    FaultMode.ERROR: "报参数错误",
    FaultMode.REMOVED: "报已被移出群",
}


class Faults:
    """一个网关当前的故障设置。

    参数:
        seed: 随机种子，给定后每次相同
    """

    def __init__(self, seed: int | None = None) -> None:
        self._random = random.Random(seed)
        self.mode = FaultMode.NORMAL
        self.probability = 1.0
        self.remaining: int | None = None

    def set(
        self,
        mode: FaultMode,
        *,
        probability: float = 1.0,
        next_calls: int | None = None,
    ) -> None:
        """换一种故障。

        参数:
            mode: 故障
            probability: 每次发送出故障的概率
            next_calls: 只对接下来几次发送有效，之后恢复正常；`None` 为一直

        异常:
            ValueError: 概率不在 0 到 1 之间，或次数小于 1
        """
        if not 0 <= probability <= 1:
            raise ValueError("概率应在 0 到 1 之间")
        if next_calls is not None and next_calls < 1:
            raise ValueError("次数至少是 1")
        self.mode = mode
        self.probability = probability
        self.remaining = next_calls

    def clear(self) -> None:
        """恢复正常。"""
        self.set(FaultMode.NORMAL)

    def draw(self) -> FaultMode:
        """这一次发送的结局。"""
        mode = self.mode
        if mode is FaultMode.NORMAL:
            return mode
        if self.remaining is not None:
            self.remaining -= 1
            if self.remaining <= 0:
                self.mode, self.remaining = FaultMode.NORMAL, None
        if self.probability < 1 and self._random.random() >= self.probability:
            return FaultMode.NORMAL
        return mode

    def describe(self) -> str:
        """一句中文说明，正常时为空。"""
        if self.mode is FaultMode.NORMAL:
            return ""
        if self.remaining is not None:
            return f"{self.mode.label}（接下来 {self.remaining} 次）"
        if self.probability < 1:
            return f"{self.mode.label}（{self.probability:.0%}）"
        return self.mode.label
