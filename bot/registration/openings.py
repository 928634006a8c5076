"""登记的开场与收尾：我来登记、联系人登记、【登记】、……请登记；整个认出，不混进内容。"""

import re
from dataclasses import dataclass

from .people import may_be_name

_GAP = r"[\s,，。.;；:：、!！~～…]*"
_POLITE = (
    rf"(?:(?:大家|各位|老师|领导|群主|管理员|秘书处|小?助手|在[吗么不]在?|[给帮替]我们?(?:学校)?|您们?|你们?|好|早上|上午|中午|下午|"
    r"晚上|打扰|不好意思|抱歉|嗯|呃|那个|那|啊|(?<!\S)@\S+|请问?|烦请|麻烦|劳烦|帮忙|帮我|帮|"
    r"刚才|刚刚|发错|打错|写错|了|重新|再|先|来|也|我们?|我校|本校|本人|想|要|申请|现在|今天|"
    rf"补一?个?|以上|给|把|在此|这里|特此|报一?下|说一?下){_GAP})"
)
_NOT_ASKING = (
    r"(?!人[是为:：]|列表|成功|时间|截止|过|号|系统|平台|流程|情况|"
    r"\s*(?:删除|合并|恢复|通过|不通过|试点))"
)
"""“登记成功了”“登记截止到哪天”说的不是要登记，“登记 删除”是别的口令。"""
_ACT = rf"(?:报名|注册|新增|添加|增加|补充?|报备|更新|变更)?登[ ]?个?记{_NOT_ASKING}"
_OF = (
    r"(?:校级|学校|院校|本校|我校|我们?|1\+[xX](?:证书)?|试点|工作|的|新|一?[位名个]|"
    r"职业技能|等级)*"
)
_PERSON = r"(?:联系人|联络人|联络员|对接人)(?!是|为|叫)"
_WHOLE = r"(?:(?:的)?(?:登记)?(?:信息|资料|情况|表格?|内容))?"
_AFTER = r"(?:一?下子?|一[次遍]|报名|如下|[啊啦呀了哈吧哦呢的呗])*"
_ASKING = (
    rf"(?:{_ACT}(?:一?下)?(?:{_OF}{_PERSON})?{_WHOLE}{_AFTER}"
    rf"|{_OF}{_PERSON}{_OF}(?:报名)?登记{_NOT_ASKING}{_WHOLE}{_AFTER}"
    rf"|(?:新增|添加|增加){_OF}{_PERSON}{_WHOLE}{_AFTER})"
)
_START = re.compile(
    rf"\A{_GAP}[/／]?{_POLITE}{{0,12}}[【\[《#]?{_ASKING}[】\]》#]?{_GAP}"
)
_MIDDLE = re.compile(
    r"(?:(?<=[让叫]我)来|(?<![\u4e00-\u9fff])(?:我们?)?(?:来|想|要|过来)+|"
    r"(?<![\u4e00-\u9fff])(?:替|代|帮)(?:我?们?的?同事|领导)?"
    r"(?P<whom>[\u4e00-\u9fff]{1,6}?)(?:老师|同志)?)"
    r"登记(?:一?下|的)?(?=[\s,，。;；:：]|$)|"
    r"(?<![^\s,，。;；!！])(?:我们?)?(?:学校|校)?(?:也|就|先|请|麻烦|帮忙|帮我|给我){0,3}"
    r"登记(?:一?下|上)(?:吧|哈|哦|啊|了|呗|哒)?(?=[\s,，。;；:：!！]|$)"
)
_LONGEST = 80
"""开场、收尾最多这么长。"""
_THANKS = r"(?:谢谢|多谢|感谢|辛苦|老师|您|你|大家|了|啦|哈|🙏|🌹|\[[^\[\]]{1,4}\])"
_RECORD = rf"(?:{_ASKING}|录入|收录|录一?下|登一?下)"
_END = re.compile(
    rf"(?:{_GAP}|(?<=[\s,，。;；]))(?<![已经会是行否能要不没过])"
    rf"(?:{_POLITE}{{1,10}}[【\[]?{_RECORD}|(?<=[\s,，。;；、\n】\])）])[【\[]?{_ASKING})"
    rf"[】\]]?(?:{_GAP}{_THANKS})*{_GAP}\Z"
)


@dataclass(frozen=True, slots=True)
class Opened:
    """一条要登记的消息。

    参数:
        text: 去掉开场与收尾之后的内容
    """

    text: str


def opened(text: str) -> Opened | None:
    """有登记的开场或收尾；没有为 `None`。"""
    rest, found = text.strip(), False
    if match := _START.match(rest, 0, _LONGEST):
        rest, found = rest[match.end() :].strip(), True
    head, tail = rest[:-_LONGEST], rest[-_LONGEST:]
    if match := _END.search(tail):
        rest, found = f"{head}{tail[: match.start()]}".strip(), True
    if match := _MIDDLE.search(rest):
        whom = match["whom"] or ""
        named = f"联系人：{whom}" if may_be_name(whom, asked=True) else ""
        rest = f"{rest[: match.start()]}\n{named}\n{rest[match.end() :]}".strip()
        found = True
    return Opened(rest) if found else None
