"""答疑对人说的话，集中在这里。"""

import re
from collections.abc import Sequence

from bot import clock
from bot.knowledge import Entry
from bot.text import Speech

from .scope import Chosen
from .sources import Candidate, Question

GREETING = (
    "在的。直接问1+X试点的事就行，比如「360浏览器打不开平台怎么办」。发「帮助」看用法。"
)
SAY_MORE = "请把问题说完整些，比如「佐证材料传什么格式」。"
WELCOME = "不客气，有问题随时问。"
ANSWERED = "「{}」"
NATIONAL = "全国的规定："
"""本地区的文件没有写，另附的。"""
NOT_SO = "不是这样："
"""问话里先认定的，与答案不合。"""
NEAREST = "没有找到一模一样的，最接近的是：\n1. {}"
BESIDE = "2. {}"
"""最接近的之外，第二个也答上。"""
KEPT = "问题已记下，转给秘书处。"
OFF_TOPIC = "这个不在1+X试点的资料里，我答不了。发「帮助」看我能答什么。"


def faq_answer(
    chosen: Chosen, question: Question, *, known: bool, elsewhere: bool = False
) -> str:
    """一条答案，或几个地区的答案并排。

    参数:
        known: 问的地区有本地资料
        elsewhere: 那一年的资料有，只是没有说到这件事
    """
    entries = chosen.entries
    region = question.region
    parts: list[str] = []
    if chosen.foreign:
        parts.append(f"没有{region}的资料。下面是别处的规定，仅供参考：")
    elif question.named_region and not known:
        parts.append(f"没有{region}本地的资料。下面是全国的规定：")
    elif chosen.missing_year is not None:
        years = "、".join(dict.fromkeys(f"{e.source.year}年" for e in entries))
        year = f"{chosen.missing_year}年的资料"
        said = f"{year}里没有找到这一条" if elsewhere else f"没有{year}"
        parts.append(f"{said}。下面是{years}的：")
    beside = len(entries) > 1 and (region is None or chosen.foreign)
    labelled = beside or chosen.foreign
    for entry in entries:
        named = labelled or (region is None and not entry.is_national)
        label = f"【{entry.source.region}】" if named else ""
        if entry.is_national and len(entries) > 1 and not beside:
            label = f"{NATIONAL}\n"
        parts.append(f"{label}{entry.answer}{_over(entry, question)}\n{_source(entry)}")
    return "\n".join(parts)


def national(region: str | None) -> str:
    """这件事别的省各有规定，本省的文件没写。"""
    return f"{region}的文件没有写这一条。下面是全国的："


def outdated(newest: int, clause: str) -> str:
    """旧年份的条目，本地区有更新的文件而没有提出它的改动。

    参数:
        clause: 更新的文件里最近的一段；没有近的为空
    """
    if not clause:
        return f"{newest}年的文件里没有对上这一条，下面是以前的，请以{newest}年的为准："
    return (
        f"{newest}年的文件里最接近的是：\n{clause}\n"
        f"以前的答案如下，与上面不同的以{newest}年的为准："
    )


def title(entries: Sequence[Entry]) -> str:
    """一个候选列给人看的名目：几个地区合着答的，用话题作名目。"""
    first = next((e for e in entries if e.is_national), entries[0])
    if entries[0].leaves_open and len(entries) == 2 and first is entries[1]:
        # 本地区的没有写，另附全国的规定
        return entries[0].question
    if len(entries) == 1 or first.is_national or first.topic is None:
        return first.question
    regions = "、".join(entry.source.region for entry in entries)
    return f"{first.topic}（{regions}）"


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


def framed(
    text: str, offered: Sequence[Candidate], *, nearest: bool, beside: str = ""
) -> str:
    """没有十分把握的答案：先说答的是哪一问，再附上别的读法。

    参数:
        offered: 所答的与别的读法；十分有把握的只有它自己，照原样说
        nearest: 多半不是一模一样的问题
        beside: 第二个也答上的，是它的答案
    """
    best, others = offered[0], offered[1:]
    heading = NEAREST if nearest else ANSWERED if others else ""
    lines = [heading.format(best.title)] if heading else []
    lines.append(text)
    if beside:
        lines += [BESIDE.format(others[0].title), beside]
    answered = 2 if beside else 1
    if rest := offered[answered:]:
        picks = (f"回 {i}：{c.title}" for i, c in enumerate(rest, start=answered + 1))
        lines.append(("都不是？" if beside else "不是这个？") + "　".join(picks))
    return "\n".join(lines)


def civil(speech: Speech, text: str) -> str:
    """不是提问，该怎么应；只应一声的、只发个表情的，不必再应，为空。"""
    match speech:
        case Speech.HELLO:
            return GREETING
        case Speech.THANKS:
            return WELCOME
        case Speech.NOTHING if re.search(r"[\w?？]", text):
            return SAY_MORE
        case _:
            return ""


def home(region: str, *, known: bool) -> str:
    """私聊里说了自己是哪里的。"""
    if known:
        return f"好的，接下来按{region}的资料答您。"
    return f"好的。手头没有{region}本地的资料，能答的是全国的规定。"


def choose_within(count: int) -> str:
    """选的号不在候选里。"""
    return f"请回 1 到 {count} 之间的数字；都不是就回「都不是」，或换个说法再问。"


def unknown(guide: str) -> str:
    """没有资料。"""
    return f"这个问题没有资料，不乱答。{guide}。"
