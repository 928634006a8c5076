"""只指了一下、没说是什么的：引用一句再说“这个怎么弄”，或问完单独 @ 一下。"""

import re
from dataclasses import replace
from datetime import datetime

from bot.messages import Message
from bot.text import plain

from .memory import Memory

_POINTING = re.compile(
    r"(?:(?:请问|老师|那|你看|帮忙?看?看?|看一?下)[,，]?)*"
    r"(?:[这那]个?|上面[这那]?个?|他这个?)?(?:问题|情况|事|是)?"
    r"(?:(?:要|该|应该|得)?(?:怎么|咋|如何|怎样)个?(?:办|弄|整|搞|做|处理|解决|回事|答|回)?|"
    r"[什啥]么?情况)?"
    r"(?:呢|啊|呀|吗|了|的|一?下)*[?？!！。]*"
)


def pointed_at(message: Message, memory: Memory, now: datetime) -> Message:
    """换成所指的那一句；说了是什么的、没点名的照原样。"""
    text = message.text.strip()
    if not message.addressed or _POINTING.fullmatch(text) is None:
        return message
    quote = message.quote
    if quote is not None and not quote.by_assistant and quote.text.strip():
        return replace(message, text=plain(quote.text))
    if text or quote is not None:
        return message
    heard = memory.just_heard(message.place, message.person, now)
    return replace(message, text=heard) if heard else message
