"""读之前：规整文字，铺开贴来的表，取出问的话与别人，把口语换成直接的说法。"""

import re

from bot.text import is_question, simplified, tell_apart
from bot.text.grams import sounds_of

from .fields import Field, Form
from .framing import unframe
from .labels import label_names, labels_by_sound
from .others import former_names, set_apart
from .rephrasing import rephrase
from .result import Reading
from .scanning import clean
from .tables import pasted
from .vocabulary import SCHOOL_ENDING

_TOLD = re.compile(rf"\d{{5}}|@|[:=]\s*\S|{SCHOOL_ENDING.pattern}")
"""问的话里有这些的，也许在说自己的情况。"""


_LABELLED_LINE = re.compile(
    r"^(?P<label>[\u4e00-\u9fff]{2,6})(?P<colon>[ \t]*[:：])", re.M
)
_SPOKEN_MAIL = re.compile(
    r"(?P<name>[\w.]+?)\s*(?:艾特|爱特)\s*(?P<host>[A-Za-z0-9]+(?:点[A-Za-z0-9]+)+)",
    re.A,
)
"""语音里念出来的邮箱：“chen艾特example点com”。"""
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
    text = _SPOKEN_MAIL.sub(_written_mail, simplified(text))
    text, former = former_names(_spelt(text, form))
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


def _written_mail(found: re.Match[str]) -> str:
    return f"{found['name']}@{found['host'].replace('点', '.')}"


def _spelt(text: str, form: Form) -> str:
    """行首写成同音字的名目（“性名：”“手几：”）改过来。"""
    known = label_names(form)
    by_sound = labels_by_sound(form)

    def right(found: re.Match[str]) -> str:
        said = found["label"]
        name = by_sound.get(sounds_of(said)) if said.lower() not in known else None
        return f"{name or said}{found['colon']}"

    return _LABELLED_LINE.sub(right, text)


def _without_questions(text: str) -> tuple[str, list[str]]:
    """（不问的话，问的话）；整条都在问，或问话里说了情况的，不拆开。"""
    told, asked = tell_apart(text)
    if not (told and asked) or _TOLD.search(asked):
        return text, []
    return told, [asked]
