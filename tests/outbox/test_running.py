"""在跑着的助手上：太长的回复拆开发，引用的图片取得到。"""

import threading
from collections.abc import AsyncIterator, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import pytest_asyncio

from bot.outgoing import TEXT_LIMIT
from tests.e2e.conftest import MakeProcess, make_data, make_process
from tests.e2e.stage import SECRETARIAT, Stage, opened

__all__ = ["make_data", "make_process"]


class _Pictures(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        self.wfile.write(b"\x89PNG")

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def pictures() -> Iterator[str]:
    """放图片的地方。"""
    server = HTTPServer(("127.0.0.1", 0), _Pictures)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest_asyncio.fixture
async def stage(make_process: MakeProcess, pictures: str) -> AsyncIterator[Stage]:
    """一个舞台，网关说图片都在 `pictures`。"""
    async with opened(make_process()) as found:
        found.v11.http_base = pictures
        await found.appoint()
        await found.bound("山东")
        yield found


async def test_long_reply_and_quoted_picture(stage: Stage) -> None:
    private = stage.private(SECRETARIAT)
    text = "\n".join(f"{n}、各校请于周五下班前补齐材料。" for n in range(1, 150))
    sent = await private.tell(SECRETARIAT, f"广播 {text}")
    await private.reply(after=sent)
    while "没错请回" not in private.gateway.replies(private.place, after=sent)[-1].text:
        await private.reply(after=private.gateway.replies(private.place)[-1].message_id)
    said = [b.text for b in private.gateway.replies(private.place, after=sent)]
    assert len(said) > 1
    assert max(map(len, said)) <= TEXT_LIMIT
    assert text in "\n".join(said)

    picture = await private.gateway.say(
        private.place, SECRETARIAT, "", images=[b"\x89PNG"]
    )
    await private.reply(after=picture)
    preview = await private.ask(SECRETARIAT, "广播", quote=picture)
    assert "附 1 张图片" in preview.text
