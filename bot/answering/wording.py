"""答疑对人说的话，集中在这里。"""

from collections.abc import Sequence

from bot import clock
from bot.knowledge import Entry

from .sources import Candidate, Question

GREETING = (
    "在的。直接问1+X试点的事就行，比如“360浏览器打不开平台怎么办”。发「帮助」看用法。"
)
SAY_MORE = "请把问题说完整些，比如“佐证材料传什么格式”。"
KEPT = "问题已记下，转给秘书处。"
OFF_TOPIC = "这个不在1+X试点的资料里，我答不了。发「帮助」看我能答什么。"


def faq_answer(entries: Sequence[Entry], question: Question, *, foreign: bool) -> str:
    """一条答案，或几个地区的答案并排。"""
    parts: list[str] = []
    if foreign:
        parts.append(f"没有{question.region}的资料。下面是别处的规定，仅供参考：")
    labelled = len(entries) > 1 or foreign
    for entry in entries:
        label = f"【{entry.source.region}】" if labelled else ""
        parts.append(f"{label}{entry.answer}{_over(entry, question)}\n{_source(entry)}")
    return "\n".join(parts)


def _over(entry: Entry, question: Question) -> str:
    today = clock.local(question.asked_at).date()
    if entry.until is None or today <= entry.until:
        return ""
    day = entry.until
    return f"\n（已结束：截止日{day.year}年{day.month}月{day.day}日已过）"


def _source(entry: Entry) -> str:
    section = f" {entry.section}" if entry.section else ""
    return f"——{entry.source.short}{section}"


def offer(candidates: Sequence[Candidate]) -> str:
    """列出候选，请人选号。"""
    lines = [f"{i}. {c.title}" for i, c in enumerate(candidates, start=1)]
    return "\n".join(["您是想问（回数字即可）：", *lines])


def unknown(guide: str) -> str:
    """没有资料。"""
    return f"这个问题没有资料，不乱答。{guide}。"
