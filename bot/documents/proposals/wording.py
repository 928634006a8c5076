"""提出改动时对人说的话。"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.deadlines import Window
from bot.directory import Edit


def window(window: Window) -> str:
    """一个窗口的起止。"""
    opens = f"{window.opens}至" if window.opens else "截止"
    return f"{window.kind}：{opens}{window.closes}"


def pack(window: Window) -> dict[str, Any]:
    """存进提出的改动。"""
    return {
        "title": window.title,
        "kind": window.kind.value,
        "opens": str(window.opens) if window.opens else "",
        "closes": str(window.closes),
        "notice": window.notice,
    }


def contact(edits: Sequence[Edit]) -> tuple[str, str]:
    """联系方式改前、改后。"""

    def told(cells: Mapping[str, str]) -> str:
        return "；".join(f"{header}：{v or '（空）'}" for header, v in cells.items())

    before = "；".join(told(edit.before or {}) for edit in edits)
    return before, "；".join(told(edit.after) for edit in edits)


def contact_title(certificate: str, *, missing: bool) -> str:
    """谁的联系方式。"""
    tail = "（名录里没有这个证书，要先在名录里加上）" if missing else ""
    return f"{certificate}的联系方式{tail}"


def not_in_directory(title: str) -> str:
    """名录里没有的证书，接受不了。"""
    return f"{title.partition('（')[0]}：名录里没有这个证书，没有改。"


def channel_title(name: str, count: int) -> str:
    """几条答案里写着旧的。"""
    return f"{name}换了，另有 {count} 条答案里写着旧的"


def monthly_title(what: str) -> str:
    """每月报一次。"""
    return f"{what}每月报一次"


def biweekly(due: str) -> str:
    """现在的双周报。"""
    return f"双周报，下一期截止 {due}"


def monthly(what: str, day: int, first: str, count: int, *, ends: bool) -> str:
    """接受之后怎样提醒。"""
    tail = "；双周报停止提醒" if ends else ""
    return f"{what}：每月{day}日截止，从{first}起提醒 {count} 次{tail}"


def nothing_to_move(before: str) -> str:
    """已经没有写着旧的了。"""
    return f"没有答案还写着 {before}，没有改。"
