"""沙盒里反复用到的小件：头像。"""

from bot.pages import label

from .people import ASSISTANT_NAME, ChatPlace, Protocol

_COLOURS = (
    "#3aa6b9", "#2fa37c", "#8b6cd9", "#3d8bfd", "#d9617a",
    "#e08a2c", "#b5713d", "#5b7fd6", "#7c8f3f",
)  # fmt: skip


def avatar(
    name: str, user_id: str, classes: str = "", *, assistant: bool = False
) -> None:
    """头像：名字的第一个字，颜色由号决定；助手是 1+X。"""
    if assistant or name == ASSISTANT_NAME:
        label("1+X", f"sb-avatar sb-bot {classes}")
        return
    face = label(name[:1], f"sb-avatar {classes}")
    face.style(f"background:{_colour(user_id)}")


def place_avatar(place: ChatPlace) -> None:
    """会话的头像：群是圆角方块，微信群是绿的。"""
    if not place.is_group:
        label("1+X", "sb-avatar sb-square sb-bot")
        return
    wechat = place.protocol is Protocol.V12
    colour = "#2aae67" if wechat else _colour(place.id)
    face = label(place.name[:1], "sb-avatar sb-square")
    face.style(f"background:{colour}")


def _colour(user_id: str) -> str:
    """由号里的数字定颜色，相邻的号颜色不同。"""
    digits = "".join(filter(str.isdecimal, user_id)) or "0"
    return _COLOURS[int(digits[-9:]) % len(_COLOURS)]
