"""广播：先预览，确认后逐群发，随时可看可停。"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import clock
from bot.access import Access
from bot.errors import AssistantError
from bot.groups import Groups, GroupSettings
from bot.messages import Message, Person, Place, PlaceKind

from . import wording
from .courier import Courier
from .models import TEXT_LIMIT, Form, Outgoing, Status
from .outbox import Outbox
from .pictures import save_pictures
from .proposals import Proposal, Proposals, ProposalStatus
from .splitting import split

KIND = "broadcast"
_FLAGS = {
    "全体": Form.MENTION_ALL,
    "@全体": Form.MENTION_ALL,
    "@全体成员": Form.MENTION_ALL,
    "公告": Form.NOTICE,
    "群公告": Form.NOTICE,
}
_BY_TROUBLE = (
    Status.FAILED,
    Status.UNKNOWN,
    Status.EXPIRED,
    Status.CANCELLED,
    Status.SENDING,
    Status.PENDING,
    Status.SENT,
)


class BroadcastError(AssistantError):
    """广播不了；消息说明原因。"""


@dataclass(frozen=True, slots=True)
class Draft:
    """一条广播的内容；`regions` 为空是发起人管的全部群。"""

    text: str
    regions: tuple[str, ...] = ()
    form: Form = Form.MESSAGE
    images: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupOutcome:
    """一个群的结果；长消息的几段合看，取最差的。"""

    name: str
    status: Status
    reason: str


@dataclass(frozen=True, slots=True)
class Progress:
    """一次广播的进度，没发成的群在前。"""

    number: int
    counts: dict[Status, int]
    groups: tuple[GroupOutcome, ...]


def read_draft(argument: str, named: Callable[[str], str | None]) -> Draft:
    """读“广播”后面的文字：开头可以有 [全体]、[公告]、地区，其余是内容。

    参数:
        named: 整段文字是某个地区的叫法时，给出这个地区
    """
    form, regions, rest = Form.MESSAGE, (), argument.strip()
    while rest:
        match = re.match(r"[\[【](.+?)[\]】]\s*|(\S+)(?:\s+|$)", rest)
        if match is None:
            break
        token = (match[1] or match[2]).strip()
        places = [named(part) for part in re.split(r"[,，、]", token)]
        if token in _FLAGS:
            form = _FLAGS[token]
        elif not regions and all(places):
            regions = tuple(dict.fromkeys(place for place in places if place))
        else:
            break
        rest = rest[match.end() :]
    return Draft(rest.strip(), regions, form)


class Broadcasts:
    """广播的发起、确认、查看与停止。

    参数:
        pictures: 存图片的文件夹
    """

    def __init__(
        self,
        outbox: Outbox,
        courier: Courier,
        proposals: Proposals,
        access: Access,
        groups: Groups,
        pictures: Path,
    ) -> None:
        self._outbox = outbox
        self._courier = courier
        self._proposals = proposals
        self._access = access
        self._groups = groups
        self._pictures = pictures

    async def propose(self, draft: Draft, message: Message) -> str:
        """预览；内容取自口令后的文字、引用的消息与图片。

        异常:
            BroadcastError: 没有内容、没有权限或没有群
            PictureError: 图片存不下来
        """
        draft = await self._complete(draft, message)
        rights = self._access.rights(message.person)
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
        payload: dict[str, Any] = {
            "text": draft.text,
            "form": draft.form,
            "images": [str(path) for path in draft.images],
            "places": [[g.place.platform, g.place.kind, g.place.id] for g in groups],
        }
        number = await self._proposals.create(KIND, payload, message)
        parts = len(split(draft.text, TEXT_LIMIT)) if draft.text else 1
        resting = self._courier.pace.is_quiet(clock.now())
        return wording.broadcast_preview(
            number, draft, len(groups), self._seconds(groups, parts), parts, resting
        )

    async def _complete(self, draft: Draft, message: Message) -> Draft:
        text = draft.text
        if message.quote and not text:
            text = message.quote.text.strip()
            if not text and not message.images:
                raise BroadcastError(wording.QUOTE_UNREADABLE)
        if not text and not message.images:
            raise BroadcastError(wording.NO_CONTENT)
        images = await save_pictures(message.images, self._pictures)
        return Draft(text, draft.regions, draft.form, tuple(images))

    def _seconds(self, groups: Sequence[GroupSettings], parts: int) -> float:
        """最忙的那个账号要发多久。"""
        lanes = Counter(self._courier.route(group.place) for group in groups)
        return self._courier.pace.seconds(max(lanes.values()) * parts)

    async def confirm(self, proposal: Proposal, by: Person) -> str:
        """确认：放进发件箱。发出时还会再查一次确认人的权限。

        异常:
            BroadcastError: 别人先处理了，或没有权限
        """
        places = [
            Place(platform, PlaceKind(kind), group_id)
            for platform, kind, group_id in proposal.payload["places"]
        ]
        groups = [self._groups.get(place) for place in places]
        self._check(groups, by)
        if not await self._proposals.settle(proposal.id, ProposalStatus.CONFIRMED, by):
            raise BroadcastError(f"编号 {proposal.id} 刚刚已被处理。")
        now = clock.now()
        await self._outbox.put(
            Outgoing(
                f"{KIND}:{proposal.id}",
                "1",
                place,
                proposal.payload["text"],
                now,
                images=tuple(Path(path) for path in proposal.payload["images"]),
                form=Form(proposal.payload["form"]),
                by=by,
            )
            for place in places
        )
        parts = len(split(proposal.payload["text"], TEXT_LIMIT))
        return wording.broadcast_started(
            proposal.id, len(places), self._seconds(groups, parts)
        )

    def _check(self, groups: Sequence[GroupSettings], by: Person) -> None:
        rights = self._access.rights(by)
        refused = {
            g.region or "未绑定地区" for g in groups if not rights.covers(g.region)
        }
        if refused:
            raise BroadcastError(wording.not_yours(sorted(refused)))

    async def progress(self, number: int) -> Progress | None:
        """一次广播的进度；没有这次广播则为 `None`。"""
        deliveries = await self._outbox.deliveries(f"{KIND}:{number}")
        if not deliveries:
            return None
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
        outcomes.sort(key=lambda o: (_BY_TROUBLE.index(o.status), o.name))
        counted = Counter(outcome.status for outcome in outcomes)
        counts = {status: counted[status] for status in _BY_TROUBLE[::-1]}
        shown = {status: number for status, number in counts.items() if number}
        return Progress(number, shown, tuple(outcomes))

    async def stop(self, number: int, by: Person) -> int | None:
        """停掉还没发的，返回停了几条；没有这次广播则为 `None`。

        异常:
            BroadcastError: 没有权限
        """
        deliveries = await self._outbox.deliveries(f"{KIND}:{number}")
        if not deliveries:
            return None
        self._check([self._groups.get(d.place) for d in deliveries], by)
        return await self._outbox.cancel(f"{KIND}:{number}", wording.STOPPED)
