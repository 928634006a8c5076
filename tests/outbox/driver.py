"""被反复杀掉的进程：打开发件箱，一直发。

用法: python driver.py 数据库地址 网关端口

标准输入每来一行就分出一个子进程去发，打印它的进程号，等它被杀。
分出来省下每次启动解释器的时间，子进程照样是真的被 kill -9。
"""

import asyncio
import json
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.errors import NotConnected, SendUnknown
from bot.messages import Place, Reply
from bot.outbox import AccountRoutes, Content, Courier, Delivery, Outbox, Pace
from bot.outgoing import History, SentMessage
from bot.storage import Database


class SocketChannel:
    """经套接字连到模拟的网关。"""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._turn = asyncio.Lock()

    async def _ask(self, **request: str) -> dict:
        async with self._turn:
            if self._streams is None:
                self._streams = await asyncio.open_connection("127.0.0.1", self._port)
            reader, writer = self._streams
            writer.write(json.dumps(request).encode() + b"\n")
            line = await reader.readline()
        if not line:
            raise NotConnected("网关断开了")
        return json.loads(line)

    def accounts(self, place: Place) -> Sequence[str]:
        return ["10001"]

    async def group_ids(self, platform: str, account: str) -> frozenset[str] | None:
        return None

    async def send(
        self, place: Place, reply: Reply, *, account: str = "", quote: str = ""
    ) -> str:
        answer = await self._ask(action="send", group=place.id, text=reply.text)
        if "timeout" in answer:
            raise SendUnknown("网关超时")
        return answer["id"]

    async def history(
        self, place: Place, *, account: str = "", count: int = 20
    ) -> History | None:
        answer = await self._ask(action="history", group=place.id, count=str(count))
        messages = tuple(
            SentMessage(message_id, text, datetime.fromtimestamp(at, UTC))
            for message_id, text, at in answer["messages"]
        )
        return History(messages, messages[0].at if messages else None)

    async def mention_all_quota(self, place: Place, *, account: str = "") -> int:
        return 0

    async def mention_all(
        self, place: Place, reply: Reply, *, account: str = ""
    ) -> str:
        raise SendUnknown("用不到")

    async def notice(self, place: Place, text: str, *, account: str = "") -> None:
        raise SendUnknown("用不到")


class Silent:
    """什么都不反对。"""

    def review(self, delivery: Delivery) -> Content:
        return delivery.content

    async def removed(self, place: Place) -> None:
        raise AssertionError("没有群被移出")


async def main(url: str, port: int) -> None:
    channel = SocketChannel(port)
    database = await Database.open(url)
    pace = Pace(
        shortest=0,
        longest=0,
        glance=0,
        hours=False,
        settle_after=timedelta(seconds=0.3),
        break_for=timedelta(seconds=0.5),
    )
    courier = Courier(
        Outbox(database), AccountRoutes(database), lambda _: channel, Silent(), pace
    )
    await courier.start()
    print("ready", flush=True)  # noqa: T201
    await asyncio.Event().wait()


if __name__ == "__main__":
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            asyncio.run(main(sys.argv[1], int(sys.argv[2])))
        print("pid", pid, flush=True)  # noqa: T201
        os.waitpid(pid, 0)
