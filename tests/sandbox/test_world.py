"""沙盒世界：会话、记录、内容。"""

from pathlib import Path

import pytest

from plugins.sandbox.blobs import BlobError, BlobStore
from plugins.sandbox.content import (
    AtPart,
    TextPart,
    plain_text,
    split_links,
    split_mentions,
)
from plugins.sandbox.gateway.wire_v11 import raw_message, read_message
from plugins.sandbox.people import Protocol
from plugins.sandbox.talk import Bubble
from plugins.sandbox.world import Change, World


def test_private_history_depends_on_persona() -> None:
    world = World()
    first, second = world.personas[:2]
    world.post(world.private(first), first, [TextPart("你好")])
    assert [item.text for item in world.history(world.private(first))] == ["你好"]
    assert world.history(world.private(second)) == []


def test_history_is_bounded_and_quotes_survive() -> None:
    world = World(history_limit=3)
    group, persona = world.place("guangxi"), world.persona(20001)
    first = world.post(group, persona, [TextPart("第一条")])
    quote = world.quoted(first.message_id)
    for index in range(4):
        world.post(group, persona, [TextPart(str(index))], quote=quote)
    assert len(world.history(group)) == 3
    assert world.find(first.message_id) is None
    assert quote is not None
    assert quote.text == "第一条"


def test_message_ids_are_unique_across_protocols() -> None:
    world = World(history_limit=5000)
    persona = world.persona(20001)
    places = [world.place("guangxi"), world.place("wechat")]
    ids = {
        world.post(place, persona, [TextPart("。")]).message_id
        for _ in range(2000)
        for place in places
    }
    assert len(ids) == 4000


def test_a_broken_listener_does_not_disturb_others() -> None:
    world = World()
    heard: list[Change] = []

    def broken(change: Change, bubble: Bubble | None) -> None:
        raise RuntimeError("坏了")

    world.listen(broken)
    stop = world.listen(lambda change, bubble: heard.append(change))
    world.add_persona("陆老师(示例)")
    stop()
    world.add_persona("黄老师(示例)")
    assert heard == [Change.PEOPLE]


def test_new_people_get_fresh_ids() -> None:
    world = World()
    first, second = world.add_persona("陆老师(示例)"), world.add_persona("黄老师")
    assert first.number != second.number
    assert world.add_persona("陆老师(示例)") == first
    assert world.find_persona(Protocol.V12, f"wx_{first.number}") == first
    after_restart = World()
    assert after_restart.add_persona("黄老师").number == second.number


def test_typed_names_become_mentions() -> None:
    people = [("韦老师(示例)", "20001"), ("韦", "1"), ("全体成员", "all")]
    parts = split_mentions("授权 @韦老师(示例) 广西", people)
    assert parts == (
        TextPart("授权 "),
        AtPart("20001", "韦老师(示例)"),
        TextPart(" 广西"),
    )
    assert plain_text(parts) == "授权 @韦老师(示例) 广西"
    assert split_mentions("邮箱 a@b.cn", people) == (TextPart("邮箱 a@b.cn"),)


def test_links_end_before_chinese_punctuation() -> None:
    text = "看 https://a.cn/x?y=1。再看 http://b.cn/,好"
    assert [piece for piece, is_link in split_links(text) if is_link] == [
        "https://a.cn/x?y=1",
        "http://b.cn/",
    ]
    assert "".join(piece for piece, _ in split_links(text)) == text


def test_blobs_are_bounded(tmp_path: Path) -> None:
    store = BlobStore(max_total=10)
    first, second = store.add(b"12345678", "a"), store.add(b"12345678", "b")
    assert store.get(first.id) is None
    assert store.get(second.id) == second
    file = tmp_path / "表 格.xlsx"
    file.write_bytes(b"PK")
    assert store.load(file.as_uri()).name == "表 格.xlsx"
    assert store.load("base64://UEs=", "x").data == b"PK"
    for bad in ("base64://!!", str(tmp_path / "没有"), "http://example.com/a.png"):
        with pytest.raises(BlobError):
            store.load(bad)


def test_only_pictures_are_shown_inline() -> None:
    store = BlobStore()
    assert not store.add(b"<svg onload=alert(1)>", "a.svg").inline
    assert not store.add(b"<script>", "a.png").inline
    assert store.add(b"\x89PNG\r\n\x1a\n", "a").inline


def test_string_messages_parse_codes_like_a_real_gateway() -> None:
    world = World()
    parts, _ = read_message("[CQ:at,qq=all] 开会&#91;1&#93;", world)
    assert parts[0] == TextPart("")
    assert parts[1] == AtPart("all", "全体成员")
    assert plain_text(parts) == "@全体成员 开会[1]"
    parts, _ = read_message("[CQ:at,qq=all]", world, literal=True)
    assert parts == [TextPart("[CQ:at,qq=all]")]


def test_raw_message_escapes_text() -> None:
    segments = [
        {"type": "at", "data": {"qq": "1"}},
        {"type": "text", "data": {"text": "[CQ:at,qq=all]"}},
    ]
    assert raw_message(segments) == "[CQ:at,qq=1]&#91;CQ:at,qq=all&#93;"
