"""候选的编号：是什么、叫什么、问哪几项，如 `cert:物流管理#phone+email`。"""

from collections.abc import Iterable
from dataclasses import dataclass

from .phrases import Attribute


@dataclass(frozen=True, slots=True)
class Key:
    """一个候选。

    参数:
        kind: cert、org、person、number、email、list、none
        name: 名称、号码，或清单的题目如 `field:数控`；几个名称用 `|` 隔开
        attributes: 问的各项
    """

    kind: str
    name: str
    attributes: tuple[Attribute, ...] = ()

    def __str__(self) -> str:
        tail = "+".join(attribute.value for attribute in self.attributes)
        return f"{self.kind}:{self.name}" + (f"#{tail}" if tail else "")

    @property
    def names(self) -> list[str]:
        """各个名称。"""
        return self.name.split("|")

    @classmethod
    def read(cls, text: str) -> "Key":
        """读回编号。"""
        kind, _, rest = text.partition(":")
        name, _, tail = rest.rpartition("#") if "#" in rest else (rest, "", "")
        attributes = tuple(Attribute(part) for part in tail.split("+") if part)
        return cls(kind, name, attributes)

    def asking(self, attributes: Iterable[Attribute]) -> "Key":
        """同一个对象，换问别的项。"""
        return Key(self.kind, self.name, tuple(attributes))
