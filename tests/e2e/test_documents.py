"""秘书处经网关发来文件：私聊的文件段、群文件的通知，回一句「导入」就能据它回答。"""

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from plugins.sandbox.gateway import V11Gateway
from plugins.sandbox.gateway.actions import Params, action
from plugins.sandbox.people import Protocol
from plugins.sandbox.world import World
from tests.documents import made, written

from .conftest import MakeProcess
from .stage import SECRETARIAT, WAIT, Stage, opened
from .test_frames import frame, said, text

GROUP = 790_100


class Quiet(SimpleHTTPRequestHandler):
    """不往屏幕上写的文件服务器。"""

    def log_message(self, format: str, *args: object) -> None:
        """不写。"""


class Disk(V11Gateway):
    """有群文件的网关。"""

    base = ""

    @action("get_group_file_url")
    async def _address(self, params: Params) -> dict[str, Any]:
        assert params["busid"] == 102
        return {"url": f"{self.base}/{params['file_id'].strip('/')}"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """放着两份文件的网址。"""
    folder = tmp_path_factory.mktemp("disk")
    made.as_docx(written.NOTICE, folder)
    made.as_pdf(written.GUIDE, folder)
    handler = partial(Quiet, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
async def stage(make_small_process: MakeProcess) -> AsyncIterator[Stage]:
    """秘书处已授权的舞台。"""
    async with opened(make_small_process()) as shared:
        await shared.appoint()
        yield shared


@pytest.fixture(scope="module")
async def disk(stage: Stage, served: str) -> AsyncIterator[Disk]:
    """有群文件的网关，已连上。"""
    url = f"ws://{stage.process.base}/onebot/v11/ws"
    world = World()
    world.add_group(str(GROUP), "示例群", Protocol.V11)
    gateway = Disk(url, None, "10009050", "qq", world)
    gateway.base = served
    await gateway.start()
    await gateway.wait_connected(WAIT)
    yield gateway
    await gateway.stop()


async def told(gateway: V11Gateway, event: dict[str, Any], count: int) -> list[str]:
    """报上一帧，等助手说几句。"""
    before = gateway.counters.actions["send_msg"]
    await gateway.send_raw(json.dumps(event))
    await gateway.wait_for_call("send_msg", count=before + count, timeout=WAIT)
    calls = [call for call in gateway.calls if call.action == "send_msg"]
    return [said(call) for call in calls[-count:]]


async def test_a_file_sent_in_private_is_imported(
    stage: Stage, disk: Disk, served: str
) -> None:
    who = {"user_id": SECRETARIAT.number}
    path = Path("notice.docx")
    file = {"file": path.name, "url": f"{served}/{path.name}", "file_id": "/n"}
    sent = frame(stage, [{"type": "file", "data": file}], **who)
    await disk.send_raw(json.dumps(sent | {"self_id": int(disk.self_id)}))
    await asyncio.sleep(0.5)
    order = frame(stage, "导入", **who) | {"self_id": int(disk.self_id)}
    progress, done = await told(disk, order, 2)
    assert "正在读「notice.docx」" in progress
    assert f"已导入《{written.NOTICE.title}》" in done
    question = frame(stage, "佐证材料要什么格式？", **who)
    (answer,) = await told(disk, question | {"self_id": int(disk.self_id)}, 1)
    assert "单个文件不超过20MB" in answer


async def test_a_group_file_is_imported(stage: Stage, disk: Disk) -> None:
    notice = {
        "post_type": "notice", "notice_type": "group_upload",
        "time": int(time.time()), "self_id": int(disk.self_id), "group_id": GROUP,
        "user_id": SECRETARIAT.number,
        "file": {"id": "/guide.pdf", "name": "指南.pdf", "size": 9000, "busid": 102},
    }  # fmt: skip
    await disk.send_raw(json.dumps(notice))
    await asyncio.sleep(0.5)
    called = {"type": "at", "data": {"qq": disk.self_id}}
    order = frame(
        stage, [called, text(" 导入 广西")], user_id=SECRETARIAT.number,
        message_type="group", sub_type="normal", group_id=GROUP,
        self_id=int(disk.self_id),
    )  # fmt: skip
    progress, done = await told(disk, order, 2)
    assert "正在读「指南.pdf」" in progress
    assert f"已导入《{written.GUIDE.title}》" in done
    assert "广西2027年" in done
