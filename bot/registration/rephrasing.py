"""把改正的口气换成“名目：内容”：手机错了，是…；把…改成…；不是…，是…；…删掉。"""

import re
from functools import lru_cache

from bot.text import TAIL_QUESTION

from .fields import Form
from .labels import label_names
from .others import MISTAKEN

_PLEASE = r"(?:请|麻烦|帮我?|帮忙|那就?|我要|我想|需要|老师|您?好){0,8}"
_WRONG = r"(?:发|打|写|填|输|弄|报|说|登记)?错(?:了|啦)?"
_RIGHT = r"(?:我们?|我校|学校)?(?:应该?|正确的|现在|其实)?(?:改成|改为|换成|是|为)?"
_SORRY = (
    r"(?:(?:不好意思|抱歉|对不起|[哦噢嗯啊]|哎呀|等等|刚才|刚刚|我|上面|前面|那个|的)"
    r"[,，。\s!]*)*"
)
_PLACES = r"[一二两三\d](?:位|个)(?:数字?|字)?"
_EXCUSE = re.compile(
    rf"\A{_SORRY}(?:{_WRONG}(?:{_PLACES})?|不对|"
    rf"(?:少|漏|多)(?:打|写|发|填|输)?了?(?:{_PLACES}|个?\w)|"
    r"(?:更正|改正|纠正|修改|更新|改|换)(?:一下|个)?(?![\u4e00-\u9fff]))"
    rf"(?:[,，。:：\s!~]+|(?=是|应该|\d)){_RIGHT}[:：\s]*"
)
_HESITANT = re.compile(
    r"\A(?:应该|其实|正确的?|改成|改为|换成)(?:是|叫|为|算)?(.+?)(?:吧|的)?[。.!]?\Z"
)
_NOT_BUT = re.compile(
    r"(?<!是)不是([^,，。\s不是]{1,20})[,，。\s]*(?:而|应该?|我?们?)*是(?!不是)[:：]?"
)
_BUT_NOT = re.compile(r"[,，。\s]{1,8}(?:而?不是|不叫)[^,，。\s吗]{1,20}[。!]?\Z")

Rewriting = tuple[re.Pattern[str], str]


def rephrase(text: str, form: Form) -> tuple[str, bool]:
    """把一条消息里的改正换成直接的说法。

    返回:
        （换过的文字，是不是在改正）
    """
    plain = TAIL_QUESTION.sub("", text) or text
    changed = False
    for pattern, instead in (*_labelled(form), *_PLAIN):
        plain, times = pattern.subn(instead, plain)
        changed = changed or times > 0
    return plain, changed


_NOW_CALLED = re.compile(
    r"\A.*?(?:(?:改|更|换)了?名字?|升格|合并|转设)[^,，。]{0,6}?[,，。\s]*"
    r"(?:现在|如今|以后|新名字?)?(?:改|就|都)?(?:叫做?|为|成)[:：]?"
    r"(?P<name>[\u4e00-\u9fff()]{2,20}(?:学院|大学|学校|中专|职校|技校))[了啦咯哈呀的。!~]*\Z"
)
"""“学校升格了，现在叫……”。"""


_PLAIN: tuple[Rewriting, ...] = (
    (_NOW_CALLED, r"院校名称:\g<name>"),
    (_EXCUSE, ""),
    (_HESITANT, r"\1"),
    (_NOT_BUT, ":"),
    (_BUT_NOT, ""),
)


@lru_cache(maxsize=4)
def _labelled(form: Form) -> tuple[Rewriting, ...]:
    """提到了名目的几种改法。"""
    names = sorted(label_names(form), key=len, reverse=True)
    what = rf"(?:我的?|联系人的?|学校的?)?(?P<what>{'|'.join(map(re.escape, names))})"
    gone = r"(?:删掉?了?|删除|去掉|去除|清空|不要了?|不填了?|不留了?|撤掉|取消)"
    became = r"(?:成|为|到|做|是)?[:：\s]*"
    added = (
        r"(?:补|加|添)(?:充|上)?(?:一?[个下])?[吧呗哈了]*(?:[:：,，是\s]+|(?=[\da-z]))"
    )
    return tuple(
        (re.compile(pattern, re.I), instead)
        for pattern, instead in (
            (
                rf"\A[^,，。]{{0,6}}?{what}(?:刚才|刚刚|之前|我|都|也)*(?:忘记?|漏|没|少)了?"
                rf"(?:填|写|报|登|发)?上?[了啦啊呀]*[,，。!\s]*{_PLEASE}[再要]?{added}",
                r"\g<what>:",
            ),
            (rf"\A{_PLEASE}{what}{_PLEASE}[再要]?{added}(?=\S)", r"\g<what>:"),
            (
                rf"(?:我|刚才|之前|上面|登记){{0,4}}的?{what}(?:我|刚才|之前|上面){{0,4}}{_WRONG}"
                rf"[,，。\s!]*{_RIGHT}[:：\s]*(?=\S)",
                r"\g<what>:",
            ),
            (
                # “联系人陈例不对，是陈示例”
                rf"{what}[:=是为]{{0,2}}[^\s,，。;；:：是]{{2,40}}?[,，\s]*"
                rf"(?:{MISTAKEN}[啊哦]?[,，。!\s]+)+(?:应该?|正确的?)?是[:：\s]*(?=\S)",
                r"\g<what>:",
            ),
            (
                rf"{_PLEASE}[把将]{what}(?:给我|帮我|都)?(?:改|换|更|变)[正新更换]*"
                rf"(?:一下[,，\s]*)?[改换]?{became}",
                r"\g<what>:",
            ),
            (
                rf"\A{_PLEASE}(?:修改|更改|更正|更新|更换|变更|改|换|补充|补|加上|添加|增加)"
                r"(?:一下|下)?"
                rf"{what}{became}(?=\S)",
                r"\g<what>:",
            ),
            (
                rf"{what}(?:要|得|也)?(?:改|换|更新|更正|变更)(?:一?下|一个|了)"
                rf"[,，:：\s]*{_RIGHT}[:：\s]*(?=[0-9A-Za-z\u4e00-\u9fff])",
                r"\g<what>:",
            ),
            (
                rf"{what}(?:(?:我|这里|就)+(?:填|写|用|报)(?:的是|成|为|的)?|"
                r"(?:填|写|用|报)(?:的是|成|为)|(?:填|写)(?![到错不在完好哪什啥法]))[:：\s]*",
                r"\g<what>:",
            ),
            (rf"\A{_PLEASE}[把将]?{what}{gone}吧?[。!]?\Z", r"\g<what>:无"),
            (
                rf"\A{_PLEASE}(?:删掉?|删除|去掉|去除|清空|不要|不填|不留)"
                rf"(?:这个|我的|那个|一下)?{what}吧?[。!]?\Z",
                r"\g<what>:无",
            ),
        )
    )
