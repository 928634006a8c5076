"""说“双周报已交”的是哪所学校、哪个地区。"""

import re
from collections.abc import Iterable

from bot.access import Rights, Role
from bot.acting import Refused, refusal
from bot.messages import Person

from . import replies
from .service import Deadlines

SHORTEST = 4
"""校名开头的几个字，够认出是哪一所。"""


class Schools:
    """登记过的学校，各在哪些地区。

    参数:
        regions: 有资料的地区
    """

    def __init__(self, deadlines: Deadlines, regions: Iterable[str]) -> None:
        self._registered = deadlines.schools
        self._regions = tuple(dict.fromkeys([*deadlines.store.reports, *regions]))

    def has(self, school: str) -> bool:
        """登记过这所学校。"""
        return bool(self._coordinators(school))

    def mentioned(self, rights: Rights, text: str) -> str:
        """话里用简称说到的一所（“桂北示例那边交了”）；没有、不止一所为空。"""
        found = {
            known.name
            for region in self._regions
            if rights.covers(region)
            for known in self._registered.schools(region)
            if known.name[:SHORTEST] in text or self._is_short_for(known.name, text)
        }
        return found.pop() if len(found) == 1 else ""

    def _is_short_for(self, name: str, text: str) -> bool:
        """“歌圩那家”：去掉地区，校名开头的两个字，后面紧跟着“那家”“学院”。"""
        for region in self._regions:
            name = name.removeprefix(region)
        return (
            re.search(rf"{re.escape(name[:2])}(?:那[家所边个]|学[院校]|职[院校])", text)
            is not None
        )

    def meant(
        self, person: Person, rights: Rights, named: str, here: str | None
    ) -> tuple[str, str]:
        """哪所学校、哪个地区；联系人不说校名就是本校。

        参数:
            named: 说出的校名，可为空
            here: 群所属的地区

        异常:
            Refused: 不是联系人，没有这所学校，管不着，或几个地区都有
        """
        own = self._registered.school_of(person)
        school = named or own
        if school is None or (school != own and rights.role < Role.SECRETARIAT):
            raise Refused(replies.NOT_COORDINATOR)
        found = self._coordinators(school)
        if not found:
            raise Refused(replies.unknown_school(school))
        mine = [region for region, known in found.items() if known == person]
        likely = [r for r in found if r == here] or mine or list(found)
        allowed = [r for r in likely if school == own or rights.covers(r)]
        if not allowed:
            raise Refused(refusal(rights, likely[0]))
        if len(allowed) > 1:
            raise Refused(replies.several_regions(school, allowed))
        return school, allowed[0]

    def _coordinators(self, school: str) -> dict[str, Person | None]:
        """哪些地区登记过这所学校，各是谁联系。"""
        return {
            region: known.coordinator
            for region in self._regions
            for known in self._registered.schools(region)
            if known.name == school
        }
