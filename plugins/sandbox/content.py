"""沙盒消息的内容：文字、@、图片、文件、合并转发。"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

_URL = re.compile(r"https?://[\w\-.~:/?#\[\]@!$&'()*+,;=%]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class TextPart:
    """一段文字，永远按原样显示。"""

    text: str


@dataclass(frozen=True, slots=True)
class AtPart:
    """提到某人；`user_id` 为 `all` 时是全体成员。"""

    user_id: str
    name: str

    @property
    def is_all(self) -> bool:
        """是否提到全体成员。"""
        return self.user_id == "all"


@dataclass(frozen=True, slots=True)
class ImagePart:
    """一张图片。

    参数:
        blob: 存在沙盒里的内容编号；外部图片没有
        url: 外部图片的网址，沙盒不联网，只显示网址
        name: 文件名
    """

    blob: str | None
    url: str = ""
    name: str = "图片"


@dataclass(frozen=True, slots=True)
class FilePart:
    """一个文件；`blob` 为空表示内容取不到。"""

    name: str
    blob: str | None
    size: int = 0


@dataclass(frozen=True, slots=True)
class ForwardPart:
    """合并转发的聊天记录：每条是发言人与内容。"""

    entries: tuple[tuple[str, str], ...]


Part: TypeAlias = TextPart | AtPart | ImagePart | FilePart | ForwardPart


def plain_text(parts: Iterable[Part]) -> str:
    """内容的纯文字写法，用于列表预览、引用和复制。

    参数:
        parts: 消息内容

    返回:
        图片和文件写成 `[图片]`、`[文件] 名字`
    """
    return "".join(_plain(part) for part in parts)


def _plain(part: Part) -> str:
    match part:
        case TextPart(text):
            return text
        case AtPart(_, name):
            return f"@{name}"
        case ImagePart():
            return "[图片]"
        case FilePart(name=name):
            return f"[文件] {name}"
        case ForwardPart():
            return "[聊天记录]"


def merge_text(parts: Iterable[Part]) -> tuple[Part, ...]:
    """把相邻的文字合成一段，去掉空文字。

    参数:
        parts: 消息内容
    """
    merged: list[Part] = []
    for part in parts:
        if isinstance(part, TextPart):
            if not part.text:
                continue
            if merged and isinstance(last := merged[-1], TextPart):
                merged[-1] = TextPart(last.text + part.text)
                continue
        merged.append(part)
    return tuple(merged)


def split_mentions(text: str, people: Sequence[tuple[str, str]]) -> tuple[Part, ...]:
    """把文字里的 `@名字` 变成真正的 @。

    参数:
        text: 输入框里的文字
        people: 可以 @ 的人：名字与号

    返回:
        消息内容；没有提到任何人时只有一段文字
    """
    by_name = {name: user_id for name, user_id in people if name}
    if not by_name or "@" not in text:
        return merge_text([TextPart(text)])
    names = sorted(by_name, key=len, reverse=True)
    pattern = re.compile("@(" + "|".join(re.escape(name) for name in names) + ")")
    parts: list[Part] = []
    position = 0
    for match in pattern.finditer(text):
        parts.append(TextPart(text[position : match.start()]))
        parts.append(AtPart(by_name[match[1]], match[1]))
        position = match.end()
    parts.append(TextPart(text[position:]))
    return merge_text(parts)


def split_links(text: str) -> list[tuple[str, bool]]:
    """把文字切成普通文字与网址。

    参数:
        text: 一段文字

    返回:
        依次是片段与“是否网址”
    """
    pieces: list[tuple[str, bool]] = []
    position = 0
    for match in _URL.finditer(text):
        url = match[0].rstrip(".,;:!?)]}")
        end = match.start() + len(url)
        if match.start() > position:
            pieces.append((text[position : match.start()], False))
        pieces.append((url, True))
        position = end
    if position < len(text):
        pieces.append((text[position:], False))
    return pieces
