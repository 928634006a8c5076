"""企业微信群机器人：对着本机的 HTTP 服务试。"""

import json
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bot.broadcast import PictureError
from bot.broadcast.contents import prune_pictures, save_pictures
from bot.errors import NotConnected, SendFailed, SendUnknown, StartupError
from bot.messages import Reply
from bot.outbox import (
    DeliveryService,
    Lane,
    Outgoing,
    Pace,
    Status,
    WebhookChannel,
    parse_webhooks,
)
from bot.outbox.webhook import Webhook
from bot.text.splitting import utf8_size

from .conftest import Office


class Wecom(ThreadingHTTPServer):
    """假的企业微信：记下请求，按吩咐回答。"""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.received: list[dict] = []
        self.answers: list[tuple[int, str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/cgi-bin/webhook/send?key=k"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Wecom)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append(json.loads(body))
        answers = self.server.answers
        status, text = answers.pop(0) if answers else (200, '{"errcode": 0}')
        self.send_response(status)
        self.end_headers()
        self.wfile.write(text.encode())

    def do_GET(self) -> None:
        kind = "image/png" if self.path.endswith(".png") else "text/html"
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(b"\x89PNG picture")

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def wecom() -> Iterator[Wecom]:
    server = Wecom()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def _hook(wecom: Wecom) -> Webhook:
    return Webhook("广西工作群", "广西", wecom.url)


async def test_sends_text_and_picture(wecom: Wecom, tmp_path: Path) -> None:
    channel = WebhookChannel([_hook(wecom)])
    picture = tmp_path / "a.png"
    picture.write_bytes(b"\x89PNG")
    await channel.send(_hook(wecom).place, Reply("请按时申报"))
    await channel.send(_hook(wecom).place, Reply("", images=(picture,)))
    await channel.close()
    assert wecom.received[0] == {"msgtype": "text", "text": {"content": "请按时申报"}}
    assert wecom.received[1]["msgtype"] == "image"


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (200, '{"errcode": 45009}', NotConnected),
        (200, '{"errcode": -1}', NotConnected),
        (200, '{"errcode": 45033}', NotConnected),
        (429, "too many", NotConnected),
        (200, '{"errcode": 93000}', SendFailed),
        (200, '{"errcode": 40001}', SendFailed),
        (502, "bad gateway", SendUnknown),
        (404, "<html>", SendFailed),
    ],
)
async def test_tells_outcomes_apart(
    wecom: Wecom, status: int, body: str, error: type[Exception]
) -> None:
    channel = WebhookChannel([_hook(wecom)])
    wecom.answers = [(status, body)]
    with pytest.raises(error):
        await channel.send(_hook(wecom).place, Reply("通知"))
    await channel.close()


async def test_nobody_listening_is_not_delivered() -> None:
    hook = Webhook("一", "广西", "http://127.0.0.1:9/send")
    channel = WebhookChannel([hook])
    with pytest.raises(NotConnected):
        await channel.send(hook.place, Reply("通知"))
    await channel.close()


async def test_twenty_a_minute(wecom: Wecom) -> None:
    channel = WebhookChannel([_hook(wecom)])
    for _ in range(20):
        await channel.send(_hook(wecom).place, Reply("通知"))
    with pytest.raises(NotConnected, match="20 条"):
        await channel.send(_hook(wecom).place, Reply("通知"))
    await channel.close()
    assert len(wecom.received) == 20


async def test_outbox_delivers_in_pieces_of_2048_bytes(
    wecom: Wecom, office: Office
) -> None:
    hook = _hook(wecom)
    service = DeliveryService(
        office.database,
        office.access,
        office.groups,
        lambda: None,
        pace=Pace(0, 0),
        webhooks=[hook],
    )
    await service.load()
    assert [g.region for g in office.groups.all(["广西"])] == ["广西"]
    text = "\n".join("申报通知" * 20 for _ in range(20))
    item = Outgoing("test:1", "1", hook.place, text, office.hands.now)
    await service.outbox.put([item])
    await service.courier.oversee()
    lane = Lane("wecom", hook.name)
    while await service.courier.send_one(lane) is not None:
        pass
    pieces = [request["text"]["content"] for request in wecom.received]
    assert "\n".join(pieces) == text
    assert all(utf8_size(piece) <= 2048 for piece in pieces)
    rows = await service.outbox.deliveries("test:1")
    assert {row.status for row in rows} == {Status.SENT}
    await service.stop()


async def test_pictures_are_kept_before_their_address_dies(
    wecom: Wecom, tmp_path: Path
) -> None:
    base = f"http://127.0.0.1:{wecom.server_port}"
    (saved,) = await save_pictures([f"{base}/a.png"], tmp_path / "new")
    assert saved.suffix == ".png"
    assert saved.read_bytes() == b"\x89PNG picture"
    with pytest.raises(PictureError, match="不是图片"):
        await save_pictures([f"{base}/page"], tmp_path)
    with pytest.raises(PictureError, match="最多 9 张"):
        await save_pictures([f"{base}/a.png"] * 10, tmp_path)
    with pytest.raises(PictureError, match="取不下来"):
        await save_pictures(["http://127.0.0.1:9/a.png"], tmp_path)


def test_settings_are_checked() -> None:
    line = "广西工作群|广西|https://example.com/send?key=k"
    assert parse_webhooks([line])[0].region == "广西"
    for wrong in (["只有名称"], [line, line], ["甲|广西|ftp://x"]):
        with pytest.raises(StartupError, match="WECOM_WEBHOOKS"):
            parse_webhooks(wrong)


async def test_webhook_taken_out_of_the_settings_gets_nothing(
    wecom: Wecom, office: Office
) -> None:
    place = _hook(wecom).place
    for hooks, there in (([_hook(wecom)], True), ([], False), ([_hook(wecom)], True)):
        service = DeliveryService(
            office.database,
            office.access,
            office.groups,
            lambda: None,
            webhooks=hooks,
        )
        await service.load()
        assert office.groups.get(place).active is there
        await service.stop()


def test_old_pictures_are_cleared_away(tmp_path: Path) -> None:
    old, new = tmp_path / "old.png", tmp_path / "new.png"
    for path in (old, new):
        path.write_bytes(b"x")
    os.utime(old, (0, 0))
    prune_pictures(tmp_path)
    assert not old.exists()
    assert new.exists()
