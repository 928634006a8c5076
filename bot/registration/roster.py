"""名单：登记过的学校与它们的联系人，在内存里，供双周报核对谁交了。"""

from collections.abc import Iterable, Sequence

from bot.deadlines import School
from bot.messages import Person

from .fields import Kind
from .records import Record


class Roster:
    """登记过的学校；一条变动只更新一条。"""

    def __init__(self) -> None:
        self._records: dict[int, tuple[str, str, Person]] = {}
        self._schools: dict[str, dict[str, dict[int, Person]]] = {}
        self._of: dict[Person, dict[int, str]] = {}

    def put(self, record: Record) -> None:
        """记下一条登记，替换它原来的样子；只记联系人。"""
        if record.kind is not Kind.CONTACT:
            return
        self.remove([record.id])
        region, school, owner = record.region, record.school, record.owner
        self._records[record.id] = region, school, owner
        schools = self._schools.setdefault(region, {})
        schools.setdefault(school, {})[record.id] = owner
        self._of.setdefault(owner, {})[record.id] = school

    def remove(self, ids: Iterable[int]) -> None:
        """去掉几条；没有的不管。"""
        for number in ids:
            if (known := self._records.pop(number, None)) is None:
                continue
            region, school, owner = known
            holders = self._schools[region][school]
            del holders[number], self._of[owner][number]
            if not holders:
                del self._schools[region][school]
            if not self._of[owner]:
                del self._of[owner]

    def schools(self, region: str) -> Sequence[School]:
        """一个地区登记过的学校，按名称排好；先登记的人算联系人。"""
        found = self._schools.get(region, {})
        return [School(name, held[min(held)]) for name, held in sorted(found.items())]

    def school_of(self, person: Person) -> str | None:
        """这个人是哪所学校的联系人，以最近登记的为准。"""
        held = self._of.get(person)
        return held[max(held)] if held else None
