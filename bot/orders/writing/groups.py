"""群与授权：绑定地区、答疑模式、授权、帮助。"""

import re

from bot.access import NATIONWIDE, Role
from bot.groups import MODE_NOTES, Mode
from bot.orders import wording
from bot.orders.models import Elsewhere, Manner, Missing, Order, Told
from bot.orders.slots import joined, region_in, regions_in
from bot.text import is_question

_UNCALLED = re.compile(
    r"不用(?:等人|再|先)?(?:@|艾特|点名|叫)|(?:没|没有|不)(?:@|艾特|点名)也"
)
_CALLED = re.compile(
    r"@|艾特|点名|点到|没人[^，,]{0,4}[点喊叫圈]|叫你|喊你|点你|提到|叫到|圈你|(?:别|不要|不用|少)(?:再)?(?:主动|自动|随便|老|乱)|"
    r"(?:问|找)(?:到)?你[^，,]{0,3}[再才]|被动|手动|喊到|喊的|呼叫|cue"
)
_NOW = r"(?:换成|换到|改成|改为|改到|应该?是|现在|归到?|绑到?|设成|设为)"
_NOT_THIS = re.compile(r"不是[^\s，,。]{2,4}|[^\s，,。]{2,4}(?:以前|之前|原来)")
_OFF = re.compile(
    r"关|闭嘴|静|安静|静音|禁言|别(?:再)?(?:说|答|回|吭|出|吱)|不要(?:再)?(?:说|答|回|出)|"
    r"不用(?:再)?(?:说|答|回)|停|下线|休息|歇|off"
)
_AUTO = re.compile(
    r"自动|主动|直接|开|恢复|放开|解除|可以(?:说|答|回|出)|继续|正常|随时|有问必答|on|"
    r"(?:有人|谁|老师们?)问[^，,]{0,4}[就都][^，,]{0,2}[答回应]"
)


async def _help(told: Told) -> str:
    return "帮助"


async def _bind(told: Told) -> str:
    region = _region(told)
    if region is None and is_question(told.text):
        raise Elsewhere(wording.bound_now(told.region))
    if region is None:
        raise Missing(wording.WHICH_REGION)
    return f"绑定地区 {region}"


def _rebinds(told: Told) -> bool:
    """本群已经绑了别的地区：口令会先问一遍。"""
    return told.region not in (None, _region(told))


def _region(told: Told) -> str | None:
    """绑到哪里；说到不止一个地区的，要听得出是哪一个。"""
    named = regions_in(_NOT_THIS.sub("", told.text), told.regions)
    if len(named) < 2:
        return region_in(told.text, told.regions)
    chosen = [r for r in named if re.search(rf"{_NOW}[^，,。]{{0,4}}{r}", told.text)]
    return chosen[0] if len(chosen) == 1 else None


async def _mode(told: Told) -> str:
    mode = mode_in(told.text)
    if mode is None:
        raise Missing(wording.WHICH_MODE)
    told.glosses.append(MODE_NOTES[mode])
    return f"答疑模式 {mode}"


def mode_in(text: str) -> Mode | None:
    """说的是哪一种：“没@你就别说话”是点名，“不用@也可以答”是自动。"""
    if _UNCALLED.search(text):
        return Mode.AUTO
    if _CALLED.search(text):
        return Mode.MENTION
    if _OFF.search(text) and "自动" not in re.sub(r"(?:关|停)[^，,]*自动", "", text):
        return Mode.OFF
    return Mode.AUTO if _AUTO.search(text) else None


async def _grant(told: Told) -> str:
    who = _who(told)
    if who is None:
        raise Missing(wording.GRANT_WHOM)
    return joined("授权", who, _range(told) or told.region)


async def _revoke(told: Told) -> str:
    who = _who(told) or _just_granted(told)
    if who is None:
        raise Missing(wording.REVOKE_WHOM)
    return joined("撤权", who, _range(told))


def _just_granted(told: Told) -> str | None:
    """刚在这里授权的那个人。"""
    match = re.match(r"授权 (?P<who>\S+)", told.before)
    if match is None:
        return None
    told.notes.append(wording.GRANTED_BEFORE)
    return match["who"]


async def _grants(told: Told) -> str:
    return "授权列表"


def _who(told: Told) -> str | None:
    """@ 的人，或写出的号。"""
    if told.message.mentions:
        return told.message.mentions[0].id
    match = re.search(r"(?<!\d)\d{4,12}(?!\d)", told.text)
    return match[0] if match else None


def _range(told: Told) -> str | None:
    if re.search(r"全国|全部地区|所有地区|各省", told.text):
        return NATIONWIDE
    return region_in(told.text, told.regions)


_LIGHT, _ASKING, _BOSS = Manner.LIGHT, Manner.ASKING, Role.SUPERUSER
ORDERS = (
    Order("help", "看我能做什么", "帮助", _help, Role.EVERYONE, asked=True),
    Order(
        "group-bind", "给本群绑定地区", "绑定地区", _bind,
        manner=_LIGHT, pattern="绑定地区 广西", acts="bind", restates=_rebinds,
    ),
    Order(
        "group-mode", "改答疑模式", "答疑模式", _mode,
        manner=_LIGHT, pattern="答疑模式 点名", acts="change",
    ),
    Order(
        "rights-grant", "授权", "授权", _grant, _BOSS, _ASKING, "授权 @人 广西",
        acts="grant",
    ),
    Order(
        "rights-revoke", "收回权限", "撤权", _revoke, _BOSS, _ASKING, "撤权 @人",
        acts="remove",
    ),
    Order(
        "rights-list", "看授权了谁", "授权列表", _grants, _BOSS,
        asked=True, shows=True,
    ),
)  # fmt: skip
