"""教、更正、撤销教、教过的；未答、答、划掉；没解决。"""

import re

from bot.access import Role
from bot.confirming import swap_in
from bot.knowledge import LocalEdit
from bot.listing import TAUGHT
from bot.orders import wording
from bot.orders.models import Elsewhere, Manner, Missing, Order, Told
from bot.orders.slots import (
    after_colon,
    bare,
    first_number,
    likeness,
    numbered_in,
    numbers_in,
    quoted,
    without_dates,
)
from bot.text.swapping import figure_swapped

_ASKED = r"(?:问题?|[Qq]|提问)"
_SAID = r"(?:答案?|回答|回复|答复|[Aa])"
_THEN = (
    r"(?:[，,。\s」』”\"？?]+[嗯呃哦啊]*(?:那?你|请|标准|就|都|统一|直接|一律)*"
    r"|[嗯呃哦啊]*(?:那?你|请)*(?:就|都|统一|直接|一律)+)"
)
"""问的说完了，接下来是怎么答。"""
_TELL = (
    r"(?:(?:跟|和|给|对|同)(?:[他她]们?|人家|大家|老师们?))?"
    r"(?:回答|回复|答复|告诉(?:[他她]们?|人家|大家|老师们?)|说|讲|甩|答|回)"
)
_TEACHING = tuple(
    re.compile(pattern, re.S)
    for pattern in (
        r"[「『“](?P<q>[^」』”]+)[」』”][^「『“]*[「『“](?P<a>[^」』”]+)[」』”]",
        rf"{_ASKED}(?:是|为|的是)[:：]?(?P<q>[^，,。]+)[，,。\s]+(?:答案?|回答|答复|答的)(?:是|为)[:：]?(?P<a>.+)",
        rf"(?:^|[\s，,。:：]){_ASKED}(?:是)?\s*[:：]\s*(?P<q>.+?)[\s，,。;；]*{_SAID}(?:是|为)?\s*[:：](?P<a>.+)",
        rf"[:：]\s*(?P<q>.+?)[\s？?，,。;；]+{_SAID}(?:是|为)?\s*[:：](?P<a>.+)",
        rf"^(?P<q>.+?)[\s？?，,。;；]+{_SAID}(?:是|为)?\s*[:：](?P<a>.+)",
        r"^(?P<q>.+?)\s*(?:[=＝]>?|→|->)\s*(?P<a>.+)",
        r"(?:有人|谁|老师们?|别人|大家|以后|再有人|如果).{0,8}?(?:问起?|咨询)(?:到|你)?[:：「『“\"]?"
        rf"(?P<q>.+?)(?:的时候|的话|时)?[」』”\"？?]?{_THEN}{_TELL}(?:是|为)?[:：]?(?P<a>.+)",
        rf"^(?P<q>.+?)[，,。;；\s？?]+(?:{_SAID}|就说|就答|应该?说)(?:是|为)?[:：]?(?P<a>.+)",
        r"[:：]\s*(?P<q>[^:：\n]+?[？?])\s*(?P<a>\S.+)",
        r"[:：]\s*(?P<q>[^:：\n]+?)\s*[:：](?!//)\s*(?P<a>.+)",
        r"^(?P<q>[^:：\n]+?[？?])\s*(?P<a>\S.+)",
        r"^(?P<q>[^:：\n]+?)\s*[:：](?!//)\s*(?P<a>.+)",
        r"^[「『“\"](?P<q>[^」』”\"]+)[」』”\"]\s*(?P<a>\S.+)",
        r"^(?P<q>[^，,]+?(?:吗|么|不能?|没有?|谁|哪里?|多少|时候|咋办|怎么办|什么))[，,\s]+(?P<a>.+)",
        rf"{_ASKED}(?:是|为|的是)[:：]?(?P<q>[^，,。]+)[，,。\s]+(?P<a>.+)",
    )
)
_TEACH_LEAD = (
    r"^(?:请?(?:帮我|给你|再)?(?:教(?:你|一下|给你|它)?|记(?:住|一下|下来?|着)?|学(?:习|会|一下|下|着)|"
    r"收录|录入|新增|添加|增加|补充|加|存)(?:一[条个下]|[个条]|上)?(?:新)?(?:知识|问答|问题|答案|QA|qa)?"
    r"(?:一[条个下])?)[\s，,:：。]*"
)
_ASKS_ABOUT = (
    r"^(?:以后|下次|再|往后|凡是?|只要)*(?:有人|谁|老师们?|院校|学校)?(?:来)?(?:问起?|问[到及]|询[及问])"
    r"(?:的是)?[\s:：，,]*"
)
_LEADING = re.compile(
    r"(?:收|加|记|教|学|新|补充?|录)[^，,]{0,4}?(?:[一个条下]|知识点?|问答|你|住|着)|新?知识点?|"
    r"(?:你|请)?(?:收录|记住|记着|学习|补充)(?:一下)?|更正|答案?|问题?"
)
_OPENING = re.compile(
    rf"^(?:{_LEADING.pattern})[:：，,]\s*|都这么$|^问答[:：]\s*|[，,。\s]+(?:往后|以后|今后|下次|再有人问)$|者$|者?[，,]+(?:统一|一律)(?:答复|回复|回答)$"
)
_KEEP_IT = (
    r"[，,。？?\s]*(?:请|麻烦)?(?:你)?(?:予以?)?(?:把)?(?:这一?条|它)?"
    r"(?:存起来|记住(?:了吗)?|学会|记下来?|收录|备存)[。？?！]*$"
)
_ROUGHLY = (
    r"[，,。\s]*(?:差不多)?(?:就|大概)是?(?:这个?意思|这样子?|这么回事)"
    r"[啊呀吧了哈。!！]*$"
)
_TOPIC_FIRST = re.compile(
    r"^(?P<q>(?:[\u4e00-\u9fff]{2,4}的[，,]\s*)?[^，,。？?]{4,40})[，,]\s*(?P<a>.{2,})$",
    re.S,
)
"""“再记个：山东的，去考点的交通补贴，各校自己定”：先说是什么事。"""
_PUT_RIGHT = (
    r"(?:[，,。]?(?:请|麻烦|帮忙)?(?:你)?(?:按这个)?"
    r"(?:更正|改正|改过来|修改|更新|处理)(?:一下|过来)?"
    r"|[，,。](?:请|麻烦|帮忙|帮我|给|你|把它)*改一?[改下])[吧哈啊呗]*[。！]*$"
)
_RIGHT = re.compile(
    r"(?:应该?是|应当是|应为|改成|改为|换成|更正为|更正成|纠正为|正确(?:答案|的)?(?:应该)?是|其实是|实际是|答案是|"
    r"现在是|现在|新的是|应改成|应该改成)[:：\s]*(?P<a>.+)$",
    re.S,
)
_COMPLAINT = re.compile(
    r"^(?:.{0,14}?(?:错了|写错|答错|不对|不准确?|不准|有误|有问题|要改|过时|过期|老黄历|偏了|瞎说|不是这[样个]|"
    r"别误导人)[啊呀吧的了]*|(?:纠错|勘误|更正|纠正|改)(?:一?下)?(?:(?:这个|这条|你刚答的|你刚才答的)(?:答案|回答)?)?)"
    r"[，,。:：\s]+"
)
_ANSWER_IS = re.compile(
    r"(?:答案|回答|答复|回复)(?:内容)?(?:是|为|写)[:：]?(?P<a>.+)$|"
    r"^[^:：]{0,24}?(?:答|回复|说)[^:：]{0,4}[:：](?P<b>.+)$",
    re.S,
)
_SAYING = (
    r"^(?:的)?那位老师[，,]",
    r"^(?:的|这?[条个]|那[条个]|号|问题?|位|题|提问的)+",
    r"^(?:我(?:来|知道|晓得|答|回)?[，,]?)",
    r"^(?:请|就|再|来|给|帮我)?(?:统一)?(?:补个|补充)?(?:答案|答复|回复|回答|答|回|说|写|告诉(?:那位|这位)?(?:[他她]们?|老师)?|让[他她])"
    r"(?:是|为|一下|下)?",
    r"^了(?=[:：])",
    r"^[\s:：，,。、.=＝是]+",
)
_POINTING = re.compile(
    r"[这那][个条位些]?|[你您我他她们]|[回答][复他]?|告诉|跟|说|问题?|老师|不用管?|划掉|"
    r"就|行|一下|[\W\d]"
)
_REPLY_TO = re.compile(
    r"(?<=[，,。\s个条位的])(?:你|您|请|就|帮我|直接)*(?:回复?|答复?|告诉|跟)(?:他|她|人家|那位|老师)+"
    r"(?:们)?(?:(?:就?[说讲]|一声|一下)+[，,。\s]*|[，,。\s]+)"
)
"""“……那个，你回她”。"""
_LONGEST_QUESTION = 100
_SHORT_VALUE = 8


async def _teach(told: Told) -> str:
    text = bare(told.text, _TEACH_LEAD)
    for pattern in _TEACHING:
        for said in (told.text, text):
            if match := pattern.search(said):
                question = bare(match["q"], _TEACH_LEAD, _ASKS_ABOUT).removeprefix("的")
                question = _OPENING.sub("", question).strip('「『“"”』」=＝')
                answer = bare(match["a"], _KEEP_IT, _ROUGHLY).strip("「『“”』」")
                if answer and _is_question(question):
                    return f"教 {question} = {answer}"
    lead = re.match(_TEACH_LEAD, told.text)
    topic = _TOPIC_FIRST.match(text) if lead else None
    if topic and _is_question(topic["q"]):
        told.notes.append(wording.TOPIC_FIRST)
        return f"教 {topic['q']} = {bare(topic['a'], _KEEP_IT)}"
    raise Missing(wording.WHAT_TO_TEACH)


def _is_question(text: str) -> bool:
    """像一个问题，不是“收一条”这样的开头，也没有夹着别的话。"""
    if not 1 < len(text) <= _LONGEST_QUESTION or _LEADING.fullmatch(text):
        return False
    mixed = r"[「『“”』」]|^(?:因为|请)|[你我]记|记下|告诉你|就这么"
    return re.search(mixed, text) is None


async def _correct(told: Told) -> str:
    answer = bare(corrected_to(told.text), _PUT_RIGHT, r"才[对是行]$")
    if question := _question_named(told.text):
        if not answer:
            raise Missing(wording.CORRECT_TO_WHAT)
        return f"教 {question} = {answer}"
    entry = told.facts.entry(told.answered) if told.answered else None
    if told.answered is not None and entry is None:
        if not answer:
            raise Missing(wording.CORRECT_TO_WHAT)
        return f"更正 {answer}"
    # 引用的不是答案（如“学会了”）：说的是刚教的
    about = entry or told.facts.last_taught(told.message.person)
    whole = amended(about.answer, answer, told.text) if about else answer
    if not whole:
        raise Missing(wording.CORRECT_TO_WHAT)
    if about is None:
        if told.message.quote is None:
            raise Missing(wording.CORRECT_WHICH)
        return f"更正 {answer}"
    told.notes.append(wording.replacing(about.question, about.answer))
    return f"更正 {whole}" if entry else f"教 {about.question} = {whole}"


def _question_named(text: str) -> str:
    """“纠错。问「……」，答案改为……”里的问题；没有为空。"""
    match = re.search(
        rf"{_ASKED}(?:的是|的|到)?[:：]?[「『“\"](?P<q>[^」』”\"]+)", text
    )
    return match["q"].strip() if match and _is_question(match["q"]) else ""


def amended(before: str, said: str, text: str) -> str:
    """更正之后整条答案怎么写；看不出为空。

    参数:
        said: 读出来的新答案；只是其中一段、又只有数目不同的，在原处换上
        text: 整句话：“是309，6跟9看反了”“还要带复印件，补进去”
    """
    if said:
        return figure_swapped(before, said) or _by_clause(before, said) or said
    if (swap := swap_in(text)) and swap.adds:
        return swap.applied(before) or ""
    return _by_clause(before, text)


def _by_clause(before: str, text: str) -> str:
    """“是309，6和9看反了”：短短一句里的数换上，后面是缘由；不是为空。"""
    for clause in re.split(r"[，,。！!；;\s]+", text):
        value = re.sub(r"^(?:应该?)?是|[了啊呀哈吧]$", "", clause)
        if 0 < len(value) <= _SHORT_VALUE and (
            whole := figure_swapped(before, value)
        ) not in (None, before):
            return whole
    return ""


def corrected_to(text: str) -> str:
    """更正成什么：应该是、改成、冒号后面的，或说完“错了”之后的；没说为空。"""
    if match := re.search(r"(?<!不)是(?P<a>[^，,。]+?)(?:而)?不是[^，,。]+$", text):
        return match["a"].strip()
    if match := re.search(r"不是[^，,。]+?[，,]?(?:而)?是(?P<a>[^，,。]+)$", text):
        return match["a"].strip()
    if match := _RIGHT.search(text):
        return match["a"].strip().strip('"“”「」。')
    if colon := after_colon(text)[1]:
        return colon
    rest = _COMPLAINT.sub("", text)
    rest = _COMPLAINT.sub("", rest) if rest != text else ""
    return bare(rest, r"^(?:应该?)?是(?!谁|什么|哪|不)")


async def _undo(told: Told) -> str:
    edit = _edit_meant(told)
    if edit is None:
        raise Missing(wording.UNDO_WHICH)
    told.notes.append(f"「{edit.question}」")
    return f"撤销教 #{edit.number}"


def _edit_meant(told: Told) -> LocalEdit | None:
    """说的是教过的哪一条：编号，说到的那件事，刚教的。"""
    edits = told.facts.taught(told.message.person)
    if numbers := numbered_in(told.text):
        key = told.facts.lasting(told.message, TAUGHT, numbers[0])
        return next((edit for edit in edits if f"#{edit.number}" == key), None)
    scored = [(likeness(edit.question, told.text), edit) for edit in edits]
    score, best = max(scored, key=lambda pair: pair[0], default=(0, None))
    if score > 1:
        return best
    recent = re.search(r"刚|[上这]一?[条个次]|上条|最近|手滑|教错|记住的那", told.text)
    last = told.facts.last_taught(told.message.person)
    return last if recent or len(edits) == 1 else None


async def _taught(told: Told) -> str:
    return "教过的"


async def _unanswered(told: Told) -> str:
    return "未答"


async def _answer(told: Told) -> str:
    head, text = _replying(told.text)
    number, rest = first_number(without_dates(head if text else told.text))
    if text:
        rest = text
        if number is None:
            number = told.facts.asking_about(told.message, _about(head))
    if number is None and told.facts.none_unanswered(told.message):
        raise Elsewhere(wording.NONE_UNANSWERED)
    if number is None:
        raise Missing(wording.ANSWER_WHICH)
    answer = quoted(told.text) or _answer_in(rest)
    if not answer:
        raise Missing(wording.ANSWER_WHAT)
    if question := told.facts.question(told.message, number):
        told.notes.append(f"「{question}」")
    return f"答 {number} {answer}"


def _replying(text: str) -> tuple[str, str]:
    """说的是哪个问题，怎么答：“牌子那个 你回她 照原样做”；没有分开说的后面为空。"""
    head, answer = after_colon(text)
    if not answer and (match := _REPLY_TO.search(text)):
        return text[: match.start()], text[match.end() :]
    return head, answer


def _about(text: str) -> list[str]:
    """话里点到的题目：去掉“那个”“你回他”这些，剩下的几段。"""
    return _POINTING.split(text)


def _answer_in(rest: str) -> str:
    """编号后面的话里，哪些是答案。"""
    if match := _ANSWER_IS.search(rest):
        return bare(match["a"] or match["b"])
    return bare(rest, *_SAYING)


async def _drop(told: Told) -> str:
    numbers = numbers_in(told.text)
    if not numbers and re.search(r"全部|所有|都|清空|全清|归零", told.text):
        return "未答 划掉 全部"
    if not numbers:
        about = told.facts.asking_about(told.message, _about(told.text))
        if about is None:
            raise Missing(wording.DROP_WHICH)
        numbers = [about]
        told.notes.append(f"「{told.facts.question(told.message, about)}」")
    return f"未答 划掉 {' '.join(map(str, numbers))}"


async def _unsolved(told: Told) -> str:
    return "没解决"


_LIGHT, _ASKING = Manner.LIGHT, Manner.ASKING
ORDERS = (
    Order(
        "teach", "教我一条", "教", _teach, manner=_LIGHT, pattern="教 问题 = 答案",
        asked=True, acts="add",
    ),
    Order(
        "correct", "更正我刚才的答案", "更正", _correct,
        manner=_ASKING, pattern="更正 新的答案", asked=True, acts="change",
        about="teach",
    ),
    Order(
        "teach-undo", "撤销教过的", "撤销教", _undo,
        manner=_ASKING, pattern="撤销教 编号", acts="remove",
    ),
    Order(
        "taught-list", "看教过我什么", "教过的", _taught,
        asked=True, shows=True, about="teach",
    ),
    Order(
        "unanswered-list", "看没答上来的问题", "未答", _unanswered,
        asked=True, shows=True,
    ),
    Order(
        "unanswered-answer", "答一个没答上来的问题", "答", _answer,
        manner=_ASKING, pattern="答 编号 答案", asked=True, acts="send",
    ),
    Order(
        "unanswered-drop", "划掉没答上来的问题", "未答", _drop,
        manner=_ASKING, pattern="未答 划掉 编号", acts="remove",
    ),
    Order(
        "unsolved", "把没解决的问题转给秘书处", "没解决", _unsolved, Role.EVERYONE,
        asked=True,
    ),
)  # fmt: skip
