"""读之前：规整文字，铺开贴来的表，取出问的话与别人，把口语换成直接的说法。"""

import re

from bot.text import is_question, simplified, tell_apart

from .fields import Field, Form
from .framing import unframe
from .others import former_names, set_apart
from .rephrasing import rephrase
from .result import Reading
from .scanning import clean
from .tables import pasted
from .vocabulary import SCHOOL_ENDING

_TOLD = re.compile(rf"\d{{5}}|@|[:=]\s*\S|{SCHOOL_ENDING.pattern}")
"""问的话里有这些的，也许在说自己的情况。"""


_SAME_NUMBER = re.compile(
    r"(?:(?:微信|[vV]信|QQ|qq)号?[也就]?(?:是|和|与)?同(?:手机|电话)?号?|同(?:手机|电话)号?)"
    r"(?=$|[,，。;；\s!！])"
)
"""“微信同手机”：不是另一个号码。"""


def prepare(text: str, form: Form) -> tuple[str, Reading]:
    """读之前要做的。

    参数:
        text: 去掉口令后的原文

    返回:
        （可以逐段去读的文字，先知道的：别人、问的话、是不是在问、在改正）
    """
    table = pasted(text) if Field.EMAIL in form.fields else None
    if table and len(table.rows) == 1:
        text = f"{table.before}\n{table.unrolled(table.rows[0])}\n{table.after}"
    text, former = former_names(simplified(text))
    said = _SAME_NUMBER.sub("", clean(text))
    plain, asked = _without_questions(said)
    # 先问的、后面又没说学校：整条还是在问
    first = bool(asked) and said.startswith(asked[0])
    question = is_question(plain) or (first and not SCHOOL_ENDING.search(plain))
    plain, others = set_apart(plain, chiefs=Field.PRINCIPAL not in form.fields)
    plain, correcting = rephrase(unframe(plain), form)
    return plain, Reading(
        others=[*former, *others], asked=asked, question=question, correcting=correcting
    )


def _without_questions(text: str) -> tuple[str, list[str]]:
    """（不问的话，问的话）；整条都在问，或问话里说了情况的，不拆开。"""
    told, asked = tell_apart(text)
    if not (told and asked) or _TOLD.search(asked):
        return text, []
    return told, [asked]
