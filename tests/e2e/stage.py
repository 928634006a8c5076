"""舞台：一个助手进程、连着它的两个模拟网关，以及台上的会话与人。"""

import asyncio
import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from plugins.sandbox.content import AtPart, Part
from plugins.sandbox.gateway import V11Gateway, V12Gateway
from plugins.sandbox.people import PERSONAS, ChatPlace, Persona, Protocol
from plugins.sandbox.talk import Bubble
from plugins.sandbox.world import World

from .process import AssistantProcess

Gateway: TypeAlias = V11Gateway | V12Gateway
TEACHER, COORDINATOR, SECRETARIAT, SUPERUSER = PERSONAS
SUPERUSERS = '["20000", "wechat:wx_20000"]'
WAIT = 30
"""等回复的宽限，秒；正常只要零点几秒。"""
HELP_HEAD = "直接提问就行"
_numbers = itertools.count(700_001)


@dataclass(frozen=True)
class Chat:
    """台上的一个会话，经某个网关。"""

    gateway: Gateway
    place: ChatPlace

    async def tell(
        self, who: Persona, text: str | Sequence[Part], *, quote: str | None = None
    ) -> str:
        """说一句，不指名助手；返回消息号。"""
        return await self.gateway.say(self.place, who, text, quote=quote)

    async def ask(
        self, who: Persona, text: str | Sequence[Part], *, quote: str | None = None
    ) -> Bubble:
        """指名助手说一句，等它的第一句回复。"""
        sent = await self.gateway.say(
            self.place, who, text, at_assistant=self.place.is_group, quote=quote
        )
        return await self.reply(after=sent)

    async def overhear(self, who: Persona, text: str) -> Bubble:
        """不指名地说一句，等它主动回复。"""
        return await self.reply(after=await self.tell(who, text))

    async def reply(self, *, after: str) -> Bubble:
        """某条消息之后助手的第一句。"""
        return await self.gateway.wait_for_reply(self.place, after=after, timeout=WAIT)

    async def silence(self, who: Persona, *texts: str) -> None:
        """说几句不指名的，确认助手一句没答：随后求助，等到的只有帮助。"""
        sent = [await self.tell(who, text) for text in texts]
        await self.still_silent(after=sent[0])

    async def still_silent(self, *, after: str) -> None:
        """确认助手在某条消息之后没有说过话。"""
        await self.ask(COORDINATOR, "帮助")
        await asyncio.sleep(0.2)
        said = [item.text for item in self.gateway.replies(self.place, after=after)]
        assert len(said) == 1, said
        assert said[0].startswith(HELP_HEAD)

    def mention(self, who: Persona) -> AtPart:
        """@ 某人。"""
        return AtPart(who.id_in(self.gateway.protocol), who.name)

    def sent_segments(self) -> list[dict[str, Any]]:
        """助手经这个网关发到本会话的全部消息段，取自收到的原始帧。"""
        return [
            segment
            for call in self.gateway.calls
            if "message" in call.params
            and str(call.params.get("group_id", "")) == self.place.id
            for segment in call.params["message"]
        ]


@dataclass
class Stage:
    """一个助手进程与连着它的网关。

    参数:
        process: 助手进程，已启动
    """

    process: AssistantProcess
    world: World = field(default_factory=World)

    def __post_init__(self) -> None:
        self.v11 = self.v11_gateway("10009000")
        self.v12 = V12Gateway(
            f"ws://{self.process.base}/onebot/v12/ws",
            None,
            "wxid_bot",
            "wechat",
            self.world,
        )

    def v11_gateway(self, self_id: str, world: World | None = None) -> V11Gateway:
        """另一个 QQ 账号的网关，还没有开始连接。"""
        url = f"ws://{self.process.base}/onebot/v11/ws"
        return V11Gateway(url, None, self_id, "qq", world or self.world)

    def group(self, protocol: Protocol = Protocol.V11) -> Chat:
        """一个谁也没说过话的新群。"""
        number = next(_numbers)
        is_v11 = protocol is Protocol.V11
        place = self.world.add_group(
            str(number) if is_v11 else f"{number}@chatroom", f"测试群{number}", protocol
        )
        return Chat(self.v11 if is_v11 else self.v12, place)

    def private(self, who: Persona, protocol: Protocol = Protocol.V11) -> Chat:
        """与某人的私聊。"""
        gateway = self.v11 if protocol is Protocol.V11 else self.v12
        return Chat(gateway, self.world.private(who, protocol))

    def newcomer(self, name: str = "") -> Persona:
        """一个新来的老师。"""
        return self.world.add_persona(name or f"新老师{next(_numbers)}")

    async def bound(self, region: str, protocol: Protocol = Protocol.V11) -> Chat:
        """一个绑定了地区的新群。"""
        chat = self.group(protocol)
        reply = await chat.ask(SUPERUSER, f"绑定地区 {region}")
        assert f"已绑定{region}" in reply.text
        return chat

    async def appoint(self, region: str = "全国") -> None:
        """授予秘书处的人权限，QQ 与微信各一次。"""
        for protocol in Protocol:
            target = SECRETARIAT.id_in(protocol)
            private = self.private(SUPERUSER, protocol)
            reply = await private.ask(SUPERUSER, f"授权 {target} {region}")
            assert target in reply.text

    async def connect(self) -> None:
        """让两个网关连上。"""
        for gateway in (self.v11, self.v12):
            await gateway.start()
            await gateway.wait_connected(WAIT)

    async def disconnect(self) -> None:
        """断开两个网关。"""
        await asyncio.gather(self.v11.stop(), self.v12.stop())

    async def restart(self) -> None:
        """在同一个数据目录上再启动，等网关自己重连。"""
        await asyncio.to_thread(self.process.start)
        for gateway in (self.v11, self.v12):
            await gateway.wait_connected(WAIT)


@asynccontextmanager
async def opened(process: AssistantProcess) -> AsyncIterator[Stage]:
    """连上助手，没启动的先启动；用完停下。"""
    if not process.alive:
        await asyncio.to_thread(process.start)
    stage = Stage(process)
    try:
        await stage.connect()
        yield stage
    finally:
        await stage.disconnect()
        if process.alive:
            await asyncio.to_thread(process.stop)
