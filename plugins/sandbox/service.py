"""沙盒整体：一个世界，两个网关。"""

import asyncio

from .gateway import SimulatedGateway, V11Gateway, V12Gateway
from .people import ChatPlace, Protocol
from .world import World

V11_SELF_ID = "10001000"
V12_SELF_ID = "wx_assistant"
_WILDCARD_HOSTS = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1"}


class Sandbox:
    """一个运行中的沙盒。

    参数:
        host: 助手监听的地址
        port: 助手监听的端口
        v11_token: OneBot v11 的访问令牌
        v12_token: OneBot v12 的访问令牌
    """

    def __init__(
        self, host: str, port: int, v11_token: str | None, v12_token: str | None
    ) -> None:
        base = f"{_reachable(host)}:{port}"
        self.world = World()
        self.gateways: dict[Protocol, SimulatedGateway] = {
            Protocol.V11: V11Gateway(
                f"ws://{base}/onebot/v11/ws",
                v11_token,
                V11_SELF_ID,
                world=self.world,
                http_base=f"http://{base}",
            ),
            Protocol.V12: V12Gateway(
                f"ws://{base}/onebot/v12/ws",
                v12_token,
                V12_SELF_ID,
                world=self.world,
                http_base=f"http://{base}",
            ),
        }

    def gateway(self, place: ChatPlace) -> SimulatedGateway:
        """管这个会话的网关。"""
        return self.gateways[place.protocol]

    async def start(self) -> None:
        """让网关在后台连接，立即返回。"""
        for gateway in self.gateways.values():
            await gateway.start()

    async def stop(self) -> None:
        """断开全部网关。"""
        await asyncio.gather(*(item.stop() for item in self.gateways.values()))


def _reachable(host: str) -> str:
    """监听地址换成本机能连的写法。"""
    if host in _WILDCARD_HOSTS:
        return _WILDCARD_HOSTS[host]
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
