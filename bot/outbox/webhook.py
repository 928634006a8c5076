"""企业微信群机器人：只能发、不能收的一种群。

据企业微信文档：每个机器人每分钟最多 20 条，一条文字最多 2048 字节，图片不超过 2 MB。
"""

import asyncio
import base64
import hashlib
import time
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bot.errors import NotConnected, SendFailed, SendUnknown, StartupError
from bot.groups import Groups
from bot.messages import WEBHOOK_PLATFORM, Place, PlaceKind, Reply
from bot.outgoing import History, pieces

from . import wording

PER_MINUTE = 20
IMAGE_BYTES = 2 * 1024 * 1024
TIMEOUT = 15.0
_BUSY = {-1, 45009, 45033}
"""系统繁忙、调用太频、并发太多：这一条没有收，过一会儿再发。"""
_GONE = {93000, 93004, 93008}


@dataclass(frozen=True, slots=True)
class Webhook:
    """一个群机器人；`url` 含密钥，不写进日志。"""

    name: str
    region: str
    url: str

    @property
    def place(self) -> Place:
        """它所在的群。"""
        return Place(WEBHOOK_PLATFORM, PlaceKind.GROUP, self.name)


def parse_webhooks(lines: Iterable[str]) -> list[Webhook]:
    """读设置里的群机器人。

    异常:
        StartupError: 写法不对，或名称重复
    """
    hooks: dict[str, Webhook] = {}
    for line in lines:
        parts = [part.strip() for part in line.split("|")]
        if len(parts) != 3 or not all(parts) or not parts[2].startswith("http"):
            raise StartupError(
                "WECOM_WEBHOOKS 每项写成「名称|地区|网址」，各项用逗号隔开，"
                "如 广西工作群|广西|https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…"
            )
        if parts[0] in hooks:
            raise StartupError(f"WECOM_WEBHOOKS 里有两个都叫「{parts[0]}」")
        hooks[parts[0]] = Webhook(*parts)
    return list(hooks.values())


class WebhookChannel:
    """全部群机器人；每个机器人自成一个账号，各走各的队。"""

    def __init__(self, hooks: Iterable[Webhook]) -> None:
        self.hooks = {hook.name: hook for hook in hooks}
        self._client = httpx.AsyncClient(timeout=TIMEOUT)
        self._recent: dict[str, deque[float]] = {}

    def places(self) -> set[Place]:
        """全部机器人所在的群。"""
        return {hook.place for hook in self.hooks.values()}

    async def register(self, groups: Groups) -> None:
        """把它们记作群，提醒与广播就能发到。"""
        for hook in self.hooks.values():
            await groups.seen(hook.place, hook.name)
            if groups.get(hook.place).region != hook.region:
                await groups.bind(hook.place, hook.region)

    async def close(self) -> None:
        """关闭连接。"""
        await self._client.aclose()

    def accounts(self, place: Place) -> Sequence[str]:
        """机器人的名称就是账号。"""
        return [place.id] if place.id in self.hooks else []

    async def group_ids(self, platform: str, account: str) -> frozenset[str] | None:
        """一个机器人只在一个群里。"""
        return frozenset({account} & self.hooks.keys())

    async def send(
        self, place: Place, reply: Reply, *, account: str = "", quote: str = ""
    ) -> str:
        """发一条文字或一张图片；没有消息号可返回。异常同 `Gateways.send`。"""
        hook = self.hooks.get(place.id)
        if hook is None:
            raise SendFailed(wording.NO_SUCH_WEBHOOK, removed=True)
        if reply.images:
            contents = [await asyncio.to_thread(_image, reply.images[0])]
        else:
            texts = pieces(reply.text, place.platform)
            contents = [{"msgtype": "text", "text": {"content": t}} for t in texts]
        for content in contents:
            self._take_turn(hook.name)
            await self._post(hook, content)
        return ""

    def _take_turn(self, name: str) -> None:
        recent = self._recent.setdefault(name, deque())
        now = time.monotonic()
        while recent and now - recent[0] >= 60:
            recent.popleft()
        if len(recent) >= PER_MINUTE:
            raise NotConnected(wording.WEBHOOK_FULL)
        recent.append(now)

    async def _post(self, hook: Webhook, content: dict[str, Any]) -> None:
        try:
            response = await self._client.post(hook.url, json=content)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise NotConnected(wording.WEBHOOK_UNREACHABLE) from error
        except httpx.HTTPError as error:
            raise SendUnknown(wording.WEBHOOK_SILENT) from error
        except httpx.InvalidURL as error:
            raise SendFailed(wording.WEBHOOK_WRONG_ADDRESS) from error
        if response.status_code == 429:
            raise NotConnected(wording.WEBHOOK_TOO_OFTEN)
        if response.status_code >= 500:
            raise SendUnknown(wording.webhook_failed(response.status_code))
        try:
            code = int(response.json()["errcode"])
        except (ValueError, KeyError, TypeError) as error:
            raise SendFailed(wording.not_wecom(response.status_code)) from error
        if code in _BUSY:
            raise NotConnected(wording.WEBHOOK_BUSY)
        if code:
            gone = code in _GONE
            reason = wording.WEBHOOK_GONE if gone else wording.webhook_refused(code)
            raise SendFailed(reason, removed=gone)

    async def history(
        self, place: Place, *, account: str = "", count: int = 20
    ) -> History | None:
        """只能发，查不了历史。"""
        return None

    async def mention_all_quota(self, place: Place, *, account: str = "") -> int:
        """群机器人 @ 所有人没有次数限制，但这里不用。"""
        return 0

    async def mention_all(
        self, place: Place, reply: Reply, *, account: str = ""
    ) -> str:
        """不支持。"""
        raise SendFailed(wording.WEBHOOK_CANNOT_MENTION_ALL)

    async def notice(self, place: Place, text: str, *, account: str = "") -> None:
        """不支持。"""
        raise SendFailed(wording.WEBHOOK_CANNOT_POST_NOTICE)


def _image(path: Path) -> dict[str, Any]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SendFailed(wording.PICTURE_UNREADABLE) from error
    if len(data) > IMAGE_BYTES:
        raise SendFailed(wording.PICTURE_TOO_LARGE)
    digest = hashlib.md5(data, usedforsecurity=False).hexdigest()
    encoded = base64.b64encode(data).decode()
    return {"msgtype": "image", "image": {"base64": encoded, "md5": digest}}
