"""发出每一条之前问一遍：现在发什么，还是因为什么不发了。"""

from collections.abc import Callable, Iterable
from typing import Protocol, TypeAlias

from bot.access import Access, Role
from bot.groups import Groups
from bot.messages import Person, Place

from . import wording
from .models import Content, Delivery, Refusal

Review: TypeAlias = Callable[[Delivery], Content | Refusal]
"""认领之前看一条：现在发这个，或因为什么不发了。"""
MayStill: TypeAlias = Callable[[Access, Delivery, Person], bool]
"""托办的人现在还能不能让助手发这一条。"""


class Checks(Protocol):
    """送信时要问的事。"""

    def review(self, delivery: Delivery) -> Content | Refusal:
        """现在发什么，或为什么不发；认领一条之前只问一次。"""
        ...

    async def removed(self, place: Place) -> None:
        """助手已不在这个群。"""
        ...


class HouseChecks:
    """群与权限再查一次，其余问放它进来的功能；被移出的群停用。"""

    def __init__(self, access: Access, groups: Groups) -> None:
        self._access = access
        self._groups = groups
        self._reviews: dict[str, Review] = {}
        self._rights: dict[str, MayStill] = {}

    def register(self, prefixes: Iterable[str], review: Review) -> None:
        """`what` 这样开头的，由谁看。"""
        self._reviews |= dict.fromkeys(prefixes, review)

    def entrust(self, prefix: str, may_still: MayStill) -> None:
        """`what` 这样开头的，托办的人的权限由 `may_still` 看，不看群的地区。"""
        self._rights[prefix] = may_still

    def review(self, delivery: Delivery) -> Content | Refusal:
        """现在发什么，或为什么不发；没有人要看的照放进来的发。"""
        group = self._groups.get(delivery.place)
        if delivery.place.is_group and not group.active:
            return Refusal(wording.NOT_IN_GROUP)
        if delivery.by and not self._may_still(delivery, delivery.by):
            return Refusal(wording.NO_LONGER_ALLOWED)
        for prefix, review in self._reviews.items():
            if delivery.what.startswith(prefix):
                return review(delivery)
        return delivery.content

    def _may_still(self, delivery: Delivery, by: Person) -> bool:
        """托办的人现在还有没有权限：群看它的地区，私聊只要还是秘书处。"""
        for prefix, may_still in self._rights.items():
            if delivery.what.startswith(prefix):
                return may_still(self._access, delivery, by)
        rights, place = self._access.rights(by), delivery.place
        if not place.is_group:
            return rights.role >= Role.SECRETARIAT
        return rights.covers(self._groups.get(place).region)

    async def removed(self, place: Place) -> None:
        """停用这个群。"""
        if place.is_group:
            await self._groups.deactivate(place)
