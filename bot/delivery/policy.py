"""送信时的规矩：每一条发出之前问一遍，该不该发、发什么。"""

from collections.abc import Callable
from typing import Protocol, TypeAlias

from bot.access import Access, Role
from bot.groups import Groups
from bot.messages import Person, Place

from . import wording
from .models import Content, Delivery

Check: TypeAlias = Callable[[Delivery], str]
"""不该发的原因，可以发则为空。"""
Compose: TypeAlias = Callable[[Delivery], Content | None]
"""现在发该是什么内容；`None` 为照放进来的发。"""


class Policy(Protocol):
    """送信时要问的事。"""

    def objection(self, delivery: Delivery) -> str:
        """现在不该发的原因；可以发则为空。"""
        ...

    def content(self, delivery: Delivery) -> Content | None:
        """现在发该是什么内容；`None` 为照放进来的发。"""
        ...

    async def removed(self, place: Place) -> None:
        """助手已不在这个群。"""
        ...


class HousePolicy:
    """权限再查一次；别的功能可以反对、可以换内容；被移出的群停用。

    属性:
        checks: 别的功能登记的反对
        composers: `what` 这样开头的，由谁在发的时候定内容
    """

    def __init__(self, access: Access, groups: Groups) -> None:
        self._access = access
        self._groups = groups
        self.checks: list[Check] = []
        self.composers: dict[str, Compose] = {}

    def objection(self, delivery: Delivery) -> str:
        """现在不该发的原因；可以发则为空。"""
        group = self._groups.get(delivery.place)
        if delivery.place.is_group and not group.active:
            return wording.NOT_IN_GROUP
        if delivery.by and not self._may_still(delivery.by, delivery.place):
            return wording.NO_LONGER_ALLOWED
        return next((why for check in self.checks if (why := check(delivery))), "")

    def content(self, delivery: Delivery) -> Content | None:
        """现在发该是什么内容；`None` 为照放进来的发。"""
        for prefix, compose in self.composers.items():
            if delivery.what.startswith(prefix):
                return compose(delivery)
        return None

    def _may_still(self, by: Person, place: Place) -> bool:
        """托办的人现在还有没有权限：群看它的地区，私聊只要还是秘书处。"""
        rights = self._access.rights(by)
        if not place.is_group:
            return rights.role >= Role.SECRETARIAT
        return rights.covers(self._groups.get(place).region)

    async def removed(self, place: Place) -> None:
        """停用这个群。"""
        if place.is_group:
            await self._groups.deactivate(place)
