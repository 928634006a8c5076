"""模拟的网关：自己一个进程般活着，客户端被杀了它照样把手上的消息送到。"""

import asyncio
import json
import random
import time
from collections import defaultdict
from dataclasses import dataclass, field


@dataclass
class GatewayServer:
    """按行收 JSON；每条消息可能正常、送到却报超时、没送到也报超时。

    参数:
        unknown: 两种超时各自的概率
        delay: 送到之前最多耽搁几秒
    """

    seed: int = 7
    unknown: float = 0.05
    delay: float = 0.004
    ledger: dict[str, list[tuple[str, str, float]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    timeouts: int = 0

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._next_id = 0
        self._server: asyncio.Server | None = None
        self._late: set[asyncio.Task[None]] = set()

    async def start(self) -> int:
        """开始监听，返回端口。"""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """送完手上的，停止监听。"""
        await asyncio.gather(*self._late)
        if self._server:
            self._server.close()

    def greet(self, group: str) -> None:
        """助手以前在这个群里说过话。"""
        self._deliver(group, "大家好", time.time() - 3600)

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            while line := await reader.readline():
                if not line.endswith(b"\n"):
                    break
                answer = await self._answer(json.loads(line))
                writer.write(json.dumps(answer).encode() + b"\n")
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()

    async def _answer(self, request: dict[str, str]) -> dict[str, object]:
        group = request["group"]
        if request["action"] == "history":
            recent = self.ledger[group][-int(request["count"]) :]
            return {"messages": recent}
        fate = self._random.random()
        if fate < self.unknown:
            self.timeouts += 1
            return {"timeout": True}
        # 已经到了网关手上：无论客户端是死是活，过一会儿都会送到
        task = asyncio.create_task(self._later(group, request["text"]))
        self._late.add(task)
        task.add_done_callback(self._late.discard)
        if fate < 2 * self.unknown:
            self.timeouts += 1
            return {"timeout": True}
        await task
        return {"id": self.ledger[group][-1][0]}

    async def _later(self, group: str, text: str) -> None:
        await asyncio.sleep(self._random.uniform(0, self.delay))
        self._deliver(group, text, time.time())

    def _deliver(self, group: str, text: str, at: float) -> None:
        self._next_id += 1
        self.ledger[group].append((str(self._next_id), text, at))
