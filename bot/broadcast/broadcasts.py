"""广播：先预览，确认后逐群发，随时可看可停。"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.access import Access
from bot.delivery import Proposal, Proposals, ProposalStatus, Then
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
from .models import Draft, Forecast, GroupOutcome, Progress, Stopped
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
        proposals: Proposals,
        access: Access,
        groups: Groups,
        clippings: Contents,
    ) -> None:
        self._outbox = outbox
        self._courier = courier
        self._proposals = proposals
        self._access = access
        self._groups = groups
        self._clippings = clippings

    async def propose(self, draft: Draft, message: Message) -> str:
        """预览；内容取自口令后的文字、引用的消息与图片。

        异常:
            BroadcastError: 没有内容、没有权限或没有群
            PictureError: 图片存不下来
        """
        groups = self._targets(draft, message.person)
        text, images = await self._clippings.gather(draft.text, message)
        draft = replace(draft, text=text, images=tuple(images))
        if draft.form is Form.NOTICE and not 0 < len(text) <= NOTICE_LIMIT:
            raise BroadcastError(wording.notice_length(NOTICE_LIMIT))
        payload: dict[str, Any] = {
            "text": draft.text,
            "form": draft.form,
            "images": [str(path) for path in draft.images],
            "places": [[g.place.platform, g.place.kind, g.place.id] for g in groups],
        }
        number = await self._proposals.create(KIND, payload, message)
        outlook = await look_ahead(self._outbox, self._courier, groups, text)
        by_region = Counter(group.region or "" for group in groups)
        return wording.broadcast_preview(number, draft, by_region, outlook)

    def _targets(self, draft: Draft, by: Person) -> list[GroupSettings]:
        """要发到的群。"""
        rights = self._access.rights(by)
        refused = [region for region in draft.regions if not rights.covers(region)]
        if refused:
            raise BroadcastError(wording.not_yours(refused))
        groups = [
            group
            for group in self._groups.all(draft.regions or None)
            if rights.covers(group.region)
        ]
        if not groups:
            raise BroadcastError(wording.NO_GROUPS)
        return groups

    async def confirm(self, proposal: Proposal, by: Person) -> str:
        """确认：放进发件箱。发出时还会再查一次确认人的权限。

        异常:
            BroadcastError: 别人先处理了，或没有权限
        """
        groups = self._groups_of(proposal)
        self._check(groups, by)
        text = proposal.payload["text"]
        outlook = await look_ahead(self._outbox, self._courier, groups, text)
        items = _items(proposal, groups, outlook, by, hours=self._courier.pace.hours)

        async def enqueue(session: AsyncSession) -> None:
            await self._outbox.put_within(session, items)

        await self._settle(proposal, ProposalStatus.CONFIRMED, by, enqueue)
        self._outbox.changed.set()
        return wording.broadcast_started(proposal.id, len(groups), outlook)

    async def cancel(self, proposal: Proposal, by: Person) -> str:
        """取消还没确认的；自己发起的，或管着它要去的全部群的人才行。

        异常:
            BroadcastError: 别人先处理了，或没有权限
        """
        if by != proposal.author:
            self._check(self._groups_of(proposal), by)
        await self._settle(proposal, ProposalStatus.CANCELLED, by)
        return wording.broadcast_cancelled(proposal.id)

    async def _settle(
        self,
        proposal: Proposal,
        status: ProposalStatus,
        by: Person,
        then: Then | None = None,
    ) -> None:
        if not await self._proposals.settle(proposal.id, status, by, then):
            raise BroadcastError(wording.already_settled(proposal.id))

    def _groups_of(self, proposal: Proposal) -> list[GroupSettings]:
        return [
            self._groups.get(Place(platform, PlaceKind(kind), group_id))
            for platform, kind, group_id in proposal.payload["places"]
        ]

    def _check(self, groups: Sequence[GroupSettings], by: Person) -> None:
        rights = self._access.rights(by)
        refused = {
            g.region or "未绑定地区" for g in groups if not rights.covers(g.region)
        }
        if refused:
            raise BroadcastError(wording.not_yours(sorted(refused)))

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
            BroadcastError: 没有权限
        """
        what = f"{KIND}:{number}"
        deliveries = await self._outbox.deliveries(what)
        if not deliveries:
            return None
        if not await self._is_own(number, deliveries, by):
            self._check([self._groups.get(d.place) for d in deliveries], by)
        cancelled = await self._outbox.cancel(what, wording.STOPPED)
        left = [d.status for d in await self._outbox.deliveries(what)]
        in_doubt = left.count(Status.UNKNOWN) + left.count(Status.SENDING)
        return Stopped(cancelled, in_doubt)

    async def _is_own(
        self, number: int, deliveries: Sequence[Delivery], by: Person
    ) -> bool:
        proposal = await self._proposals.get(number)
        confirmed = any(delivery.by == by for delivery in deliveries)
        return confirmed or (proposal is not None and proposal.author == by)


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
            f"{KIND}:{proposal.id}",
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
        )
        for group in groups
    ]
