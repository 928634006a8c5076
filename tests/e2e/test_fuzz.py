"""乱七八糟的帧：无论收到什么，进程都活着，之后照常回答。"""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from .conftest import MakeProcess
from .process import AssistantProcess
from .stage import SUPERUSERS, TEACHER, opened

EXAMPLES, FRAMES = 100, 10
"""每次 100 批，每批 10 帧；v11 一次、v12 两次，一共三千帧。"""
RECONNECT_SECONDS = 30
HUGE = 10**30

_scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([HUGE, -HUGE, 2**63, 0, -1])
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["帮助", "授权 1 全国", "教 a = b", "\ud800", "\x00", "小助手"])
)
_json = st.recursive(
    _scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
_segments = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(
                ["text", "at", "reply", "image", "mention", "mention_all", "怪"]
            ),
            "data": st.dictionaries(
                st.sampled_from(
                    ["text", "qq", "id", "user_id", "message_id", "file", "url"]
                ),
                _scalars,
                max_size=3,
            ),
        }
    )
    | _json,
    max_size=4,
)
_V11_EVENT = {
    "time": 1795312800, "self_id": 10009000, "post_type": "message",
    "message_type": "group", "sub_type": "normal", "user_id": 20002,
    "group_id": 30003, "message_id": 5, "real_seq": "7", "font": 14,
    "raw_message": "在吗", "message": [{"type": "text", "data": {"text": "在吗"}}],
    "sender": {"user_id": 20002, "nickname": "张三", "card": "张三", "role": "member"},
}  # fmt: skip
_V12_EVENT = {
    "id": "u-1", "time": 1795312800.0, "type": "message", "detail_type": "group",
    "sub_type": "", "self": {"platform": "wechat", "user_id": "wxid_bot"},
    "message_id": "6283", "user_id": "wxid_a", "group_id": "1@chatroom",
    "message": [{"type": "text", "data": {"text": "在吗"}}], "alt_message": "在吗",
}  # fmt: skip
_KINDS = st.sampled_from(
    ["message", "meta_event", "meta", "notice", "request", "message_sent", "无"]
)


def _spoilt(event: dict[str, Any]) -> st.SearchStrategy[str]:
    """一个好事件，弄坏若干项：缺了、类型不对、换了种类、加了怪东西。"""
    changes = st.fixed_dictionaries(
        {},
        optional={
            **dict.fromkeys(event, _scalars | _json),
            "message": _segments | _json,
            "post_type": _KINDS,
            "type": _KINDS,
            "status": _json,
            "echo": _scalars,
        },
    )
    missing = st.lists(st.sampled_from(sorted(event)), max_size=2)
    return st.builds(
        lambda changed, gone: json.dumps(
            {k: v for k, v in (event | changed).items() if k not in gone}
        ),
        changes,
        missing,
    )


_answers = st.fixed_dictionaries(
    {"echo": _scalars | st.integers(0, 500).map(str)},
    optional={"status": _json, "retcode": _json, "data": _json, "message": _json},
).map(json.dumps)
_deep = st.builds(
    lambda depth, pair: pair[0] * depth + pair[1] * depth,
    st.sampled_from([10, 900, 20_000]),
    st.sampled_from([("[", "]"), ('{"a":', "}"), ("[", "")]),
)
_frames = (
    st.binary(max_size=60)
    | st.text(max_size=60)
    | _json.map(json.dumps)
    | _answers
    | _deep
    | st.sampled_from(["", "null", "[]", "{}", "1" * 5000, "NaN", '{"time": 1e999}'])
)


class Assailant:
    """不停地发怪帧的连接；被断开就再连。

    参数:
        url: 助手的地址
        headers: 请求头
        greeting: 连上后先说的
    """

    def __init__(self, url: str, headers: dict[str, str], greeting: str = "") -> None:
        self._url = url
        self._headers = headers
        self._greeting = greeting
        self._socket: ClientConnection | None = None
        self.sent = 0

    def send(self, frame: str | bytes) -> None:
        """发一帧；断开了就重连再发。"""
        for _ in range(3):
            socket = self._socket or self._connect()
            try:
                socket.send(_encodable(frame))
            except ConnectionClosed:
                self._socket = None
                continue
            self.sent += 1
            return
        raise AssertionError("连上就断，发不出去")

    def close(self) -> None:
        """断开。"""
        if self._socket is not None:
            self._socket.close()

    def _connect(self) -> ClientConnection:
        deadline = time.monotonic() + RECONNECT_SECONDS
        while True:
            try:
                self._socket = connect(
                    self._url,
                    additional_headers=self._headers,
                    proxy=None,
                    close_timeout=1,
                    # 它在别的线程里用随机数，会打乱造帧的
                    ping_interval=None,
                    legacy=True,
                )
            except InvalidStatus:
                # 助手还没发觉上一条连接已断，不让同一个号再连
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)
            else:
                if self._greeting:
                    self._socket.send(self._greeting)
                return self._socket


def _encodable(frame: str | bytes) -> str | bytes:
    """孤立的代理字符编不成 UTF-8 文字帧，换成它的转义写法。"""
    if isinstance(frame, str):
        return frame.encode("utf-8", "backslashreplace").decode()
    return frame


@pytest.fixture(scope="module")
def target(make_process: MakeProcess) -> Iterator[AssistantProcess]:
    """挨打的助手。"""
    process = make_process(SUPERUSERS=SUPERUSERS, LOG_LEVEL="ERROR")
    process.start()
    yield process
    process.stop()


def assail(assailant: Assailant, event: dict[str, Any]) -> None:
    """发一千帧。"""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(st.lists(_spoilt(event) | _frames, min_size=FRAMES, max_size=FRAMES))
    def batch(frames: list[str | bytes]) -> None:
        for frame in frames:
            assailant.send(frame)

    try:
        batch()
    finally:
        assailant.close()
    assert assailant.sent >= EXAMPLES * FRAMES


def test_v11_frames(target: AssistantProcess) -> None:
    url = f"ws://{target.base}/onebot/v11/ws"
    assail(Assailant(url, {"X-Self-ID": "10009000"}), _V11_EVENT)
    assert target.alive


def test_v12_frames(target: AssistantProcess) -> None:
    bot = {"self": _V12_EVENT["self"], "online": True}
    version = {"impl": "x", "version": "1", "onebot_version": "12"}
    connected = {
        "id": "u-0", "time": 1795312800.0, "type": "meta", "detail_type": "connect",
        "sub_type": "", "version": version,
    }  # fmt: skip
    online = connected | {
        "detail_type": "status_update",
        "status": {"good": True, "bots": [bot]},
    }
    url = f"ws://{target.base}/onebot/v12/ws"
    assail(Assailant(url, {}, json.dumps(connected)), online | _V12_EVENT)
    assail(Assailant(url, {}, json.dumps(connected)), online)
    assert target.alive


async def test_it_still_answers(target: AssistantProcess) -> None:
    assert target.alive
    async with opened(target) as stage:
        for gateway in (stage.v11, stage.v12):
            chat = stage.group(gateway.protocol)
            reply = await chat.ask(TEACHER, "360浏览器打不开申报平台怎么办？")
            assert "兼容模式" in reply.text
