"""谁登记得了：匿名的不行，一个人有个数，同校的第二位要有人同意。"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, confirming
from bot.access import Access
from bot.errors import AssistantError
from bot.messages import Person
from bot.storage.tables import RegistrationAudit

from . import store, telling
from .drafts import Draft
from .fields import Field, Kind
from .records import Record, school_key

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """登记的限度。

    参数:
        open_contacts: 同校的第二位联系人不用谁同意
        schools: 一个人最多登记几所院校
        daily: 一个人一天最多新登记几条
    """

    open_contacts: bool = False
    schools: int = 3
    daily: int = 40


class Admission:
    """存下一份草稿之前问一遍；管这个地区的秘书处替人登记，不受限制。"""

    def __init__(self, access: Access, limits: Limits) -> None:
        self._access = access
        self.limits = limits

    def manages(self, person: Person, region: str) -> bool:
        """管这个地区登记的秘书处。"""
        return self._access.rights(person).covers(region)

    async def check(self, session: AsyncSession, draft: Draft) -> None:
        """这个人还能不能再登记这一条。

        异常:
            AssistantError: 不能；消息说明为什么
        """
        person = draft.person
        if person.is_anonymous:
            raise AssistantError(telling.NO_ANONYMOUS)
        if self.manages(person, draft.values.get(Field.REGION, "")):
            return
        schools = {_school(record) for record in await store.owned(session, person)}
        waiting = await store.waiting_of(session, person)
        schools |= {_school(each) for each in waiting}
        if draft.base is not None:
            schools -= {_school(draft.base)}
        if len(schools | {_school(draft)}) > max(self.limits.schools, len(schools)):
            raise AssistantError(telling.too_many_schools(self.limits.schools))
        if draft.base is None and await _asked(session, person) >= self.limits.daily:
            raise AssistantError(telling.too_many_today(self.limits.daily))

    async def holders(self, session: AsyncSession, draft: Draft) -> list[Record]:
        """要由哪些人同意：同校已有的联系人；不用谁同意为空。"""
        region = draft.values.get(Field.REGION, "")
        if draft.kind is not Kind.CONTACT or self.limits.open_contacts:
            return []
        held = await store.same_school(session, draft)
        is_theirs = any(record.owner == draft.person for record in held)
        return [] if is_theirs or self.manages(draft.person, region) else held


def _school(what: Draft | Record) -> tuple[str, str]:
    values = what.values
    return values.get(Field.REGION, ""), school_key(values.get(Field.SCHOOL, ""))


async def _asked(session: AsyncSession, person: Person) -> int:
    """一天之内新登记、请求加入了几条，撤销了的、没得到同意的也算。"""
    since = clock.now() - DAY
    added = await session.scalar(
        select(func.count()).where(
            RegistrationAudit.platform == person.platform,
            RegistrationAudit.user_id == person.id,
            RegistrationAudit.action.startswith(store.ADDED),
            RegistrationAudit.at >= since,
        )
    )
    # 同意了的，已经算在新登记里
    return (added or 0) + await confirming.unfulfilled(
        session, person, store.WAITING, since
    )
