"""刚出示的一件要改一处：哪一项（或原来的哪几个字），改成什么。"""

import re
from dataclasses import dataclass

from bot.text.swapping import is_quantity, is_value, last_value, swapped

_END = r"(?:[，,。.!！~～\s]|[吧哈啊呀哦了]|就行|才对|麻烦.{0,6}|谢谢|重[新发].{0,4})*$"
_LEAD = re.compile(
    r"\s*(?:(?:等等|等下|等一下|慢着|哎呀?|啊|哦|噢|唉|呀)+[，,。!！\s]*)*"
    r"(?P<noun>[^\s，,。；;!！:：]{0,8}?)"
    r"(?:不对|不是的?|有误|[说写弄搞打记填输按点敲发]?错|[漏少多][了掉]?[一两]?个?字|[不没]+)(?:[了啦啊呀吧的哈]|不对)*(?:[，,。;；!！\s]+|(?=应?该?是))"
)
_AFTER = re.compile(
    r"[，,。!！\s]+(?:刚才?|我|又|给)*[说写弄搞打记填输看按点敲发]错(?:了|啦|日[期子]|时间|数).{0,4}$"
)
"""先说改成什么，后说写错了。"""
_BECOMES = (
    r"(?:(?:再|要|得|应该?|帮我|给我)*"
    r"(?:[改换挪调][成为到]|更正为|[推延]迟?[到至]|提前到|顺延到|→|->))"
)
_IS = r"(?:应该?是|应为|应该?(?=[在叫填写])|是)"
_SWAP = re.compile(
    rf"(?:请|麻烦)?(?:你|您)?(?:把|将)?(?P<what>[^，,。；;]{{0,24}}?){_BECOMES}[\s:：，,]*(?P<value>.+)",
    re.S,
)
_NOT_BUT = re.compile(
    r"(?:.*[，,。\s]|[^，,。；;\s]{0,14}?)(?<!是)不是(?P<what>[^，,。；;]{1,20}?)[，,。；;\s]*(?:而)?(?:应该?)?是(?P<value>[^，,。；;]+)"
)
_EQUALS = re.compile(
    rf"(?P<what>[^，,。；;\s]{{0,20}}?){_IS}[\s:：]*(?P<value>.+)", re.S
)


_BUT_NOT = re.compile(
    r"(?:.*[，,。\s])?[^，,。；;\s]{0,10}?(?:应该?)?(?<!不)是(?P<value>[^，,。；;]+?)"
    r"[，,。；;\s]+(?:而)?不是(?P<what>[^，,。；;]{1,20})"
)
_REASON = re.compile(r"(?P<value>[^，,。；;！!]+)[，,。；;！!]+(?P<reason>.+)", re.S)
_ADDING = re.compile(
    r"(?:[^，,。:：]{0,6}?(?:后[头面]|最后|末尾|结尾|下面|另外)[再还]?|[再还])(?:给我|帮我|要|得)?"
    r"(?:补|加|添)(?:充|上)?(?:一?[句条行段]|一下)?(?:话)?(?:说)?[:：，,\s]+(?P<value>.+)",
    re.S,
)
"""“后头再补一句：会议号当天早上发”。"""
_ADDING_IT = re.compile(
    r"(?:[哎哦噢啊诶]|还有|对了|另外|[，,\s])*(?P<value>.{2,}?)[，,。；;\s]*"
    r"(?:把)?(?:这|那)[一]?(?:句|条|点|个|段)话?(?:也|再|都)*(?:给我?|帮我)?"
    r"(?:补|加|添|写)(?:充|上|进去?|到后面|在后面)+[啊呀吧了哈。!！]*",
    re.S,
)
"""“还有资料费自己掏，这句也给加进去”。"""
_PUT_IN = re.compile(
    r"(?P<value>.{2,}?)[，,。;；\s]+(?:也|再|给我?|帮我)*(?:补|加|添)(?:充)?(?:进去?|上去?)[啊呀吧了哈。!！]*",
    re.S,
)
_LACKING = re.compile(
    r"(?:[^，,。;；\s]*(?:等[下等]|[这那]一?[条个句]|还?[差缺少漏]|忘了)[^，,。;；\s]*[，,。;；\s]+)+"
)
"""“考评员证那条还差一样 要连复印件一起寄 补进去”：头里说的是哪一条、差什么。"""
_INSTEAD = re.compile(
    r"(?:.*[，,。\s])?(?P<what>[^，,。；;\s]{1,12}?)(?:不要|不用|去掉|拿掉|不行)了?[，,。；;\s]+"
    r"(?:换|改)[成为到]?\s*(?P<value>[^，,。；;\s]+)"
)
"""“中间那个5天不要 换7天”。"""
_TURNED = re.compile(r"(?:^|[，,。；;\s])(?:改|换)(?P<value>[^，,。；;\s]+)")
"""“哎 改2点半”：改字后面就是日子、钟点、号码或数。"""
_REST_STAYS = re.compile(
    r"(?:时间|地[点方]|日[期子]|别的|其[他余它]|号码)[^，,。]{0,2}[没不](?:有|用)?(?:变|改|动).*$",
    re.S,
)
"""“是六楼会议室时间没变”：后面说的是不改的。"""
_PUT = re.compile(
    r"(?:^|[，,。；;\s])(?P<what>[^，,。；;\s]{0,8}?)(?:写成?|填成?|用|放[在到]|定[在到]|留|换成?)"
    r"(?P<value>[^，,。；;\s]+)"
)


@dataclass(frozen=True, slots=True)
class Swap:
    """要改的一处。

    参数:
        what: 哪一项，或原来的哪几个字；没说为空
        value: 改成什么
        adds: 不换，在末尾添上
    """

    what: str
    value: str
    adds: bool = False

    def applied(self, text: str) -> str | None:
        """改过的一段话；说不清是哪一处为 `None`。"""
        if not self.adds:
            done = swapped(text, self.what, self.value)
            return done if done != text else None
        joint = "" if not text or text[-1] in "。！!？?；;\n" else "。"
        return f"{text}{joint}{self.value}" if text else None


def swap_in(text: str) -> Swap | None:
    """“日子错了，是14号”“两点半改成三点”“不对，地点改成三楼”；不是为 `None`。"""
    if found := _ADDING.fullmatch(text.strip()) or _ADDING_IT.fullmatch(text.strip()):
        return Swap("", found["value"], adds=True)
    if (found := _PUT_IN.fullmatch(text.strip())) and (lack := _LACKING.match(text)):
        value = found["value"][lack.end() :].strip()
        return Swap("", value, adds=True) if value else None
    text, after = _AFTER.subn("", text)
    lead = _LEAD.match(text)
    body = text[lead.end() :] if lead else text
    noun = lead["noun"] if lead else ""
    for pattern in (_NOT_BUT, _BUT_NOT, _INSTEAD):
        if found := pattern.fullmatch(text.strip()):
            return _change(found["what"], found["value"])
    if found := _SWAP.match(body) or _moved(body):
        return _change(found["what"] or noun, found["value"])
    turned = _TURNED.search(body)
    if turned and (is_value(turned["value"]) or is_quantity(turned["value"])):
        return _change(noun, turned["value"])
    if lead is None and not after:
        return None
    if found := _EQUALS.match(body):
        return _change(found["what"] or noun, found["value"])
    field, space, value = body.strip().partition(" ")
    return _change(field, value) if space else _change(noun, body)


def _moved(text: str) -> re.Match[str] | None:
    """“14号没人收，推到15号”：先说缘由，后一句说改成哪个日子、钟点。"""
    for clause in re.split(r"[，,。；;！!\s]+", text)[1:]:
        found = _SWAP.match(clause)
        if found and not found["what"] and is_value(re.sub(_END, "", found["value"])):
            return found
    return None


def loose_swap(text: str) -> Swap | None:
    """听得出是要改一处时，改成什么：照上面的说法，或“写……”“放到……”，或最后说到的值。"""
    if found := swap_in(text) or _put(text):
        return found
    value = last_value(text)
    return Swap("", value) if value else None


def _put(text: str) -> Swap | None:
    found = _PUT.search(text)
    return _change(found["what"], found["value"]) if found else None


def _change(what: str, value: str) -> Swap | None:
    value = _REST_STAYS.sub("", value.strip())
    value = _without_reason(re.sub(_END, "", value))
    what = re.sub(r"^(?:[a-z嗯呃额唔哦啊哎]+[\s，,…]+)+", "", what.strip(" 的"))
    return Swap(what, value) if value else None


def _without_reason(value: str) -> str:
    """“四点，三点还有个会”：头一句就是一个日子、钟点或号码，后面说的是缘由。"""
    found = _REASON.match(value)
    if found is None or is_value(re.sub(_END, "", found["reason"])):
        return value
    head = re.sub(_END, "", found["value"])
    return head if is_value(head) or is_quantity(head) else value
