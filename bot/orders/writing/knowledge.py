"""教、更正、撤销教、教过的；未答、答、划掉；没解决。"""

import re

from bot.access import Role
from bot.orders import wording
from bot.orders.models import Manner, Missing, Order, Told
from bot.orders.slots import after_colon, bare, numbers_in

_ASKED = r"(?:问题?|[Qq]|提问)"
_SAID = r"(?:答案?|回答|回复|答复|[Aa])"
_TEACHING = tuple(
    re.compile(pattern, re.S)
    for pattern in (
        rf"(?:^|[\s，,。:：]){_ASKED}(?:是)?\s*[:：]\s*(?P<q>.+?)[\s，,。;；]*{_SAID}(?:是|为)?\s*[:：](?P<a>.+)",
        rf"[:：]\s*(?P<q>.+?)[\s？?，,。;；]+{_SAID}(?:是|为)?\s*[:：](?P<a>.+)",
        rf"^(?P<q>.+?)[\s？?，,。;；]+{_SAID}(?:是|为)?\s*[:：](?P<a>.+)",
        r"^(?P<q>.+?)\s*(?:[=＝]>?|→|->)\s*(?P<a>.+)",
        r"(?:有人|谁|老师们?|别人|大家|以后|再有人|如果).{0,6}?(?:问起?|咨询)(?:到|你)?[:：「『“\"]?"
        r"(?P<q>.+?)[」』”\"？?]?[，,\s]*(?:你?就|都|统一|直接)?(?:说|答复?|回复?|告诉[他她]们?|回答)[:：]?(?P<a>.+)",
        rf"^(?P<q>.+?)[，,。;；\s？?]+(?:{_SAID}|就说|就答|应该?说)(?:是|为)?[:：]?(?P<a>.+)",
        r"[:：]\s*(?P<q>[^:：\n]+?[？?])\s*(?P<a>\S.+)",
        r"[:：]\s*(?P<q>[^:：\n]+?)\s*[:：]\s*(?P<a>.+)",
        r"^(?P<q>[^:：\n]+?[？?])\s*(?P<a>\S.+)",
        r"^(?P<q>[^:：\n]+?)\s*[:：]\s*(?P<a>.+)",
    )
)
_TEACH_LEAD = (
    r"^(?:请?(?:帮我|给你|再)?(?:教(?:你|一下|给你|它)?|记(?:住|一下|下来?|着)?|学(?:习|会|一下|着)?|"
    r"收录|录入|新增|添加|增加|补充|加|存)(?:一[条个下]|[个条]|上)?(?:新)?(?:知识|问答|问题|答案|QA|qa)?"
    r"(?:一[条个下])?)[\s，,:：。]*"
)
_RIGHT = re.compile(
    r"(?:应该?是|应当是|应为|改成|改为|换成|更正为|更正成|纠正为|正确(?:答案|的)?(?:应该)?是|其实是|实际是|答案是|"
    r"现在是|现在|新的是|应改成|应该改成)[:：\s]*(?P<a>.+)$",
    re.S,
)
_ANSWERING = re.compile(
    r"(?:^|[^\d])(?:编号|第)?\s*[#＃]?(?:\d{1,4}|[一二三四五六七八九十]{1,3})\s*[个条号问题位]*\s*(?:的?(?:问题|那[个条]))?"
    r"(?:的?(?:答案|答复|回复|回答)?(?:是|为)?|就?(?:说|答|回|告诉(?:[他她]们?|老师)?|写))?"
    r"[\s:：，,。、.=＝]*(?:答案?|答复|回复|回答)?(?:是|为)?[\s:：，,]*(?P<a>\S.*)$",
    re.S,
)
_LONGEST_QUESTION = 100


async def _teach(told: Told) -> str:
    text = bare(told.text, _TEACH_LEAD)
    for pattern in _TEACHING:
        for said in (told.text, text):
            if match := pattern.search(said):
                question = bare(match["q"], _TEACH_LEAD).strip('「『“"”』」=＝')
                answer = match["a"].strip().strip("「『“”』」")
                if question and answer and len(question) <= _LONGEST_QUESTION:
                    return f"教 {question} = {answer}"
    raise Missing(wording.WHAT_TO_TEACH)


async def _correct(told: Told) -> str:
    match = _RIGHT.search(told.text)
    answer = match["a"].strip() if match else after_colon(told.text)[1]
    if not answer:
        raise Missing(wording.CORRECT_TO_WHAT)
    return f"更正 {answer}"


async def _undo(told: Told) -> str:
    if numbers := numbers_in(told.text):
        return f"撤销教 {numbers[0]}"
    last = told.facts.last_taught(told.message.person)
    if last is None:
        raise Missing(wording.UNDO_WHICH)
    return f"撤销教 {last.number}"


async def _taught(told: Told) -> str:
    return "教过的"


async def _unanswered(told: Told) -> str:
    return "未答"


async def _answer(told: Told) -> str:
    numbers = numbers_in(after_colon(told.text)[0]) or numbers_in(told.text)
    if not numbers:
        raise Missing(wording.ANSWER_WHICH)
    _, answer = after_colon(told.text)
    if not answer:
        match = _ANSWERING.search(told.text)
        answer = bare(match["a"]) if match else ""
    if not answer:
        raise Missing(wording.ANSWER_WHAT)
    return f"答 {numbers[0]} {answer}"


async def _drop(told: Told) -> str:
    numbers = numbers_in(told.text)
    if not numbers and re.search(r"全部|所有|都|清空", told.text):
        return "未答 划掉 全部"
    if not numbers:
        raise Missing(wording.DROP_WHICH)
    return f"未答 划掉 {' '.join(map(str, numbers))}"


async def _unsolved(told: Told) -> str:
    return "没解决"


_LIGHT, _ASKING = Manner.LIGHT, Manner.ASKING
ORDERS = (
    Order(
        "teach", "教我一条", "教", _teach, manner=_LIGHT, pattern="教 问题 = 答案"
    ),
    Order(
        "correct", "更正我刚才的答案", "更正", _correct,
        manner=_LIGHT, pattern="更正 新的答案",
    ),
    Order(
        "teach-undo", "撤销教过的", "撤销教", _undo,
        manner=_ASKING, pattern="撤销教 编号",
    ),
    Order("taught-list", "看教过我什么", "教过的", _taught),
    Order("unanswered-list", "看没答上来的问题", "未答", _unanswered),
    Order(
        "unanswered-answer", "答一个没答上来的问题", "答", _answer,
        manner=_ASKING, pattern="答 编号 答案",
    ),
    Order(
        "unanswered-drop", "划掉没答上来的问题", "未答", _drop,
        manner=_ASKING, pattern="未答 划掉 编号",
    ),
    Order("unsolved", "把没解决的问题转给秘书处", "没解决", _unsolved, Role.EVERYONE),
)  # fmt: skip
