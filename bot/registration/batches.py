"""一本登记表：先出示读到的各行与有误的各行，确认之后一起登记。"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.confirming import After, Proposal, Slip, settle_with
from bot.confirming import Kind as ConfirmingKind
from bot.errors import AssistantError
from bot.messages import Person, Place

from . import sheet_wording, store
from .admission import Admission
from .drafts import Draft
from .fields import Field, Kind
from .notices import Change, Herald
from .records import school_key
from .service import Registrations
from .sheets import SheetRow

BATCH = "registration-sheet"


def batch_slip(rows: Sequence[SheetRow], person: Person) -> Slip:
    """一本登记表；有误的各行只记下为什么。"""
    payload = {
        "rows": [
            {
                "number": row.number,
                "values": {f.value: v for f, v in row.values.items()},
                "skipped": list(row.skipped),
            }
            for row in rows
            if not row.wrong
        ],
        "wrong": [[row.number, list(row.wrong)] for row in rows if row.wrong],
    }
    return Slip(BATCH, payload, f"registration-sheet:{person.platform}:{person.id}")


class BatchKind(ConfirmingKind):
    """一本登记表：确认后能登记的一起登记，在一个事务里。"""

    name = BATCH
    titles = ("登记表", "批量登记")

    def __init__(
        self, service: Registrations, admission: Admission, herald: Herald
    ) -> None:
        self._service = service
        self._admission = admission
        self._herald = herald

    async def show(self, proposal: Proposal, place: Place) -> str:
        """读到的与有误的。"""
        payload = proposal.payload
        shown = sheet_wording.preview(
            _values(payload), _notes(payload), payload["wrong"], masked=place.is_group
        )
        return f"{shown}\n{settle_with(proposal.number)}"

    def brief(self, proposal: Proposal, place: Place) -> str:
        """几所。"""
        return sheet_wording.brief(len(proposal.payload["rows"]))

    async def apply(
        self, session: AsyncSession, proposal: Proposal, by: Person
    ) -> After:
        """各行存成登记；同校已有别人登记的，要单独登记、等他们同意。"""
        changes: list[Change] = []
        held: list[str] = []
        for values in _values(proposal.payload):
            draft = await store.rebased(session, _draft(values, by, proposal.place))
            await self._admission.check(session, draft)
            if await self._admission.holders(session, draft):
                held.append(draft.values[Field.SCHOOL])
                continue
            changes.append(await self._service.save(session, draft, self._herald))
        if not changes:
            raise AssistantError(sheet_wording.all_held(held))

        async def after() -> str:
            self._herald.hurry()
            for change in changes:
                await self._service.saved(change)
            return sheet_wording.saved([c.record for c in changes], held)

        return after

    def dropped(self, proposal: Proposal, place: Place) -> str:
        """不登记了。"""
        return sheet_wording.DROPPED


def too_many(rows: Sequence[SheetRow], admission: Admission, person: Person) -> bool:
    """一个人登记不了这么多所；管这些地区的秘书处不限。"""
    schools = {
        (region, school_key(row.values.get(Field.SCHOOL, "")))
        for row in rows
        if not row.wrong
        and not admission.manages(person, region := row.values[Field.REGION])
    }
    return len(schools) > admission.limits.schools


def _values(payload: Mapping[str, Any]) -> list[dict[Field, str]]:
    return [store.fields_of(row["values"]) for row in payload["rows"]]


def _notes(payload: Mapping[str, Any]) -> list[tuple[int, Sequence[str]]]:
    return [(row["number"], row["skipped"]) for row in payload["rows"]]


def _draft(values: Mapping[Field, str], by: Person, place: Place) -> Draft:
    now = clock.now()
    return Draft(Kind.CONTACT, by, place, values, {}, now, now)
