"""广播：先预览，确认后逐群发，随时可看可停。"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.access import Access
from bot.acting import refusal, require
from bot.confirming import After, Desk, Proposal, SecretariatKind, Slip
from bot.groups import Groups, GroupSettings
from bot.messages import Message, Person, Place, PlaceKind
from bot.outbox import (
    LATE_AFTER,
    LATE_ROOM,
    Courier,
    Delivery,
    Form,
    Outbox,
    Outgoing,
    Status,
    earliest,
)
from bot.outgoing import TEXT_LIMIT

from . import wording
from .contents import Contents
from .forecast import look_ahead
from .models import CORRECTION, Draft, Forecast, GroupOutcome, Progress, Stopped
from .options import BroadcastError

KIND = "broadcast"
LIFETIME = timedelta(hours=24)
"""轮到它发起，一天还没发出去的作废。"""
NOTICE_LIMIT = TEXT_LIMIT - LATE_ROOM
"""群公告不能拆开。"""
_BY_TROUBLE = (
    Status.FAILED,
    Status.UNKNOWN,
    Status.EXPIRED,
    Status.CANCELLED,
    Status.SENDING,
    Status.PENDING,
    Status.SENT,
)


class Broadcasts:
    """广播的发起、确认、取消、查看与停止。"""

    def __init__(
        self,
        outbox: Outbox,
        courier: Courier,
        desk: Desk,
        access: Access,
        groups: Groups,
        contents: Contents,
    ) -> None:
        self._outbox = outbox
        self._courier = courier
        self._desk = desk
        self._access = access
        self._groups = groups
        self._contents = contents

    async def compose(self, draft: Draft, message: Message) -> Slip:
        """要确认的一次广播；内容取自口令后的文字、引用的消息与图片。

        异常:
            Refused: 没有权限
            BroadcastError: 没有内容，或没有群
            PictureError: 图片存不下来
        """
        groups = self._targets(draft, message.person)
        text, images = await self._contents.gather(draft.text, message)
        _check_notice(draft.form, text)
        payload: dict[str, Any] = {
            "text": text,
            "form": draft.form,
            "regions": list(draft.regions),
            "images": [str(path) for path in images],
            "places": [[g.place.platform, g.place.kind, g.place.id] for g in groups],
        }
        return Slip(KIND, payload)

    async def preview(self, proposal: Proposal) -> str:
        """会发什么、发到哪些群、要多久。"""
        groups = self.groups_of(proposal)
        payload = proposal.payload
        draft = Draft(
            payload["text"],
            tuple(payload.get("regions", ())),
            Form(payload["form"]),
            tuple(map(Path, payload["images"])),
        )
        forecast = await look_ahead(self._outbox, self._courier, groups, draft.text)
        by_region = Counter(group.region or "" for group in groups)
        return wording.broadcast_preview(proposal.number, draft, by_region, forecast)

    def _targets(self, draft: Draft, by: Person) -> list[GroupSettings]:
        """要发到的群。"""
        rights = self._access.rights(by)
        require(rights, *draft.regions)
        groups = [
            group
            for group in self._groups.all(draft.regions or None)
            if rights.covers(group.region)
        ]
        if not groups:
            raise BroadcastError(wording.NO_GROUPS)
        return groups

    async def enqueue(
        self, session: AsyncSession, proposal: Proposal, by: Person
    ) -> After:
        """放进发件箱，写进这个事务；发出时还会再查一次确认人的权限。"""
        groups = self.groups_of(proposal)
        text = proposal.payload["text"]
        forecast = await look_ahead(self._outbox, self._courier, groups, text)
        items = _items(proposal, groups, forecast, by, hours=self._courier.pace.hours)
        await self._outbox.put_within(session, items)

        async def after() -> str:
            self._outbox.changed.set()
            return wording.broadcast_started(proposal.number, len(groups), forecast)

        return after

    def groups_of(self, proposal: Proposal) -> list[GroupSettings]:
        """要发到的群。"""
        return [
            self._groups.get(Place(platform, PlaceKind(kind), group_id))
            for platform, kind, group_id in proposal.payload["places"]
        ]

    async def progress(self, number: int, by: Person) -> Progress | None:
        """一次广播的进度；没有这次广播、或与他无关则为 `None`。"""
        deliveries = await self._outbox.deliveries(f"{KIND}:{number}")
        rights = self._access.rights(by)
        if not await self._is_own(number, deliveries, by):
            deliveries = [
                delivery
                for delivery in deliveries
                if rights.covers(self._groups.get(delivery.place).region)
            ]
        if not deliveries:
            return None
        outcomes = self._outcomes(deliveries)
        counted = Counter(outcome.status for outcome in outcomes)
        shown = {s: counted[s] for s in _BY_TROUBLE[::-1] if counted[s]}
        return Progress(number, shown, tuple(outcomes))

    async def latest(self, by: Person) -> int | None:
        """与此人有关的最近一次；没有为 `None`。"""
        for what in await self._outbox.latest(f"{KIND}:"):
            number = int(what.removeprefix(f"{KIND}:"))
            if await self.progress(number, by) is not None:
                return number
        return None

    async def regions_of(self, number: int) -> list[str]:
        """一次广播发到了哪些地区的群；有没绑定地区的群，就说不清，为空。"""
        places = {d.place for d in await self._outbox.deliveries(f"{KIND}:{number}")}
        regions = {self._groups.get(place).region for place in places}
        return [] if None in regions else sorted(filter(None, regions))

    async def text_of(self, number: int) -> str:
        """一次广播发的是什么；没有这次广播为空。"""
        deliveries = await self._outbox.deliveries(f"{KIND}:{number}")
        return deliveries[0].text if deliveries else ""

    def _outcomes(self, deliveries: Sequence[Delivery]) -> list[GroupOutcome]:
        by_place: dict[Place, list[tuple[int, str]]] = {}
        for delivery in deliveries:
            rank = _BY_TROUBLE.index(delivery.status)
            by_place.setdefault(delivery.place, []).append((rank, delivery.reason))
        outcomes = [
            GroupOutcome(
                self._groups.get(place).name or place.id, _BY_TROUBLE[rank], reason
            )
            for place, parts in by_place.items()
            for rank, reason in [min(parts)]
        ]
        return sorted(outcomes, key=lambda o: (_BY_TROUBLE.index(o.status), o.name))

    async def stop(self, number: int, by: Person) -> Stopped | None:
        """停掉还没发的；没有这次广播则为 `None`。

        发起人与确认人总能停自己的；别人要管着它要去的全部群。

        异常:
            Refused: 没有权限
        """
        what = f"{KIND}:{number}"
        deliveries = await self._outbox.deliveries(what)
        if not deliveries:
            return None
        if not await self._is_own(number, deliveries, by):
            groups = [self._groups.get(delivery.place) for delivery in deliveries]
            require(self._access.rights(by), *(group.region for group in groups))
        cancelled = await self._outbox.cancel(what, wording.STOPPED)
        left = [d.status for d in await self._outbox.deliveries(what)]
        in_doubt = left.count(Status.UNKNOWN) + left.count(Status.SENDING)
        return Stopped(cancelled, in_doubt)

    async def _is_own(
        self, number: int, deliveries: Sequence[Delivery], by: Person
    ) -> bool:
        proposal = await self._desk.get(number)
        confirmed = any(delivery.by == by for delivery in deliveries)
        return confirmed or (proposal is not None and proposal.author == by)


class BroadcastKind(SecretariatKind):
    """一次广播：提出的人，或管着它要去的全部群的人，可以确认。"""

    name = KIND
    titles = ("广播",)

    def __init__(self, broadcasts: Broadcasts, access: Access) -> None:
        super().__init__(access)
        self._broadcasts = broadcasts

    def acts(self, proposal: Proposal) -> frozenset[str]:
        """发；更正的也是改。"""
        is_correction = self.written(proposal).startswith(CORRECTION)
        return frozenset({"send", "change"} if is_correction else {"send"})

    async def show(self, proposal: Proposal, place: Place) -> str:
        """预览。"""
        return await self._broadcasts.preview(proposal)

    def brief(self, proposal: Proposal, place: Place) -> str:
        """内容的开头与群数。"""
        payload = proposal.payload
        return wording.broadcast_brief(payload["text"], len(payload["places"]))

    def refusal(self, proposal: Proposal, by: Person) -> str:
        """管着要去的全部群才行。"""
        groups = self._broadcasts.groups_of(proposal)
        return refusal(self._access.rights(by), *(group.region for group in groups))

    async def apply(
        self, session: AsyncSession, proposal: Proposal, by: Person
    ) -> After:
        """放进发件箱。"""
        return await self._broadcasts.enqueue(session, proposal, by)

    def written(self, proposal: Proposal) -> str:
        """要发的文字。"""
        return proposal.payload["text"]

    async def amend(
        self, proposal: Proposal, text: str, by: Person
    ) -> Mapping[str, Any]:
        """换文字。"""
        _check_notice(Form(proposal.payload["form"]), text)
        return {**proposal.payload, "text": text}


def _check_notice(form: Form, text: str) -> None:
    if form is Form.NOTICE and not 0 < len(text) <= NOTICE_LIMIT:
        raise BroadcastError(wording.notice_length(NOTICE_LIMIT))


def _items(
    proposal: Proposal,
    groups: Sequence[GroupSettings],
    forecast: Forecast,
    by: Person,
    *,
    hours: bool,
) -> list[Outgoing]:
    now = clock.now()
    starts = earliest(now) if hours else now
    takes = timedelta(seconds=forecast.seconds)
    # 一夜隔开的两头都算正常：排到第二天早上的不是补发
    takes += timedelta(days=1) if forecast.overnight else timedelta()
    return [
        Outgoing(
            f"{KIND}:{proposal.number}",
            "1",
            group.place,
            proposal.payload["text"],
            starts,
            images=tuple(Path(path) for path in proposal.payload["images"]),
            form=Form(proposal.payload["form"]),
            expires_at=starts + takes + LIFETIME,
            mark_late=True,
            late_after=takes + LATE_AFTER,
            by=by,
            ordered_in=proposal.place,
        )
        for group in groups
    ]
