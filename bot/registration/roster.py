"""名单：登记过的学校与它们的联系人，在内存里，供双周报核对谁交了。"""

from collections.abc import Iterable, Sequence

from bot.deadlines import School
from bot.messages import Person

from .drafts import Record
from .fields import Kind


class Roster:
    """登记过的学校；登记变动后整个换掉。"""

    def __init__(self) -> None:
        self._schools: dict[str, dict[str, Person]] = {}
        self._of: dict[Person, str] = {}

    def replace(self, records: Iterable[Record]) -> None:
        """换成这些登记；同一所学校先登记的人算联系人，一个人以最近的登记为准。"""
        self._schools, self._of = {}, {}
        contacts = [record for record in records if record.kind is Kind.CONTACT]
        for record in sorted(contacts, key=lambda record: record.id):
            schools = self._schools.setdefault(record.region, {})
            schools.setdefault(record.school, record.owner)
            self._of[record.owner] = record.school

    def schools(self, region: str) -> Sequence[School]:
        """一个地区登记过的学校，按名称排好。"""
        found = self._schools.get(region, {})
        return [School(name, person) for name, person in sorted(found.items())]

    def school_of(self, person: Person) -> str | None:
        """这个人是哪所学校的联系人。"""
        return self._of.get(person)
