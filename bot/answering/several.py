"""一条消息里的几个问题：分开来，各答各的。"""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.text import WANTING_TOO, is_question

from .arbiter import ANSWER, Arbiter, Decision, Outcome
from .sources import Question

MOST = 3
LIKELY = 0.3
"""一条消息里拆出来的一问，单独看最少要有的把握；几问里至少一个够当作答案来答。"""
_SHORTEST = 4
_PIECE = re.compile(r"[^?？;；。!！\n,，]+[?？]*")
_ALSO = r"另外|还有|再就是|再问(?:一下|下)?|顺便(?:问(?:一下|下)?)?"
_JOINING = re.compile(rf"^(?:{_ALSO}|以及|和|[两二三几]\w?(?:事|问题))[,，:：]?")
_WITHIN = re.compile(_ALSO)
_WANTING = re.compile(rf"{WANTING_TOO}|[发给报查]一?[下个](?:给我)?[吧呗哈]?$")
_UNIT = r"[\d月日号批年个级次份名位人种项家条页+＋xX加]"
_FIRST = re.compile(
    rf"(?:^|(?<=[\s，,。:：；;])|(?<=[\u4e00-\u9fff])(?<!第))[(（]?"
    rf"(?:1[\s、.．)）:：]*(?!{_UNIT})|一[、.．)）])|①"
)
_NEXT = re.compile(
    rf"(?<=[\s，,。；;？?])[(（]?(?:(?P<digit>[2-4])[\s、.．)）:：]*(?!{_UNIT})"
    r"|(?P<word>[二三四])[、.．)）])|(?P<ring>[②③④])"
)
_LEAD = re.compile(r"[^:：，,]{2,12}[:：，,]")


def split(text: str) -> list[str]:
    """分成一个个问题；不成问题的半句并到后一个里，末尾的并到前一个里。"""
    parts: list[str] = []
    waiting = ""
    for piece in _pieces(text):
        said = piece.rstrip("?？")
        waiting = f"{waiting}，{said}" if waiting else _JOINING.sub("", said)
        if _asks(piece) and len(waiting) >= _SHORTEST:
            parts.append(waiting)
            waiting = ""
    if waiting and parts:
        parts[-1] += f"，{waiting}"
    return parts


def _pieces(text: str) -> Iterator[str]:
    """按标点断开；“怎么注册另外佐证什么格式”两头都是问题的，在中间断开。"""
    for piece in filter(None, map(str.strip, _PIECE.findall(_unnumbered(text)))):
        begun = 0
        for joint in _WITHIN.finditer(piece, 1):
            before, after = piece[begun : joint.start()], piece[joint.end() :]
            if all(len(p) >= _SHORTEST and _asks(p) for p in (before, after)):
                yield before
                begun = joint.start()
        yield piece[begun:]


def _asks(text: str) -> bool:
    """在问，或在要：“群号也要”。"""
    return is_question(text) or _WANTING.search(text) is not None


def _unnumbered(text: str) -> str:
    """“1怎么传 2传几个”：编了号的几问，号换成问号、分号；不是编号的照旧。"""
    first = _FIRST.search(text)
    after = [m for m in _NEXT.finditer(text) if first and m.start() > first.start()]
    if not after or next(filter(None, after[0].groups())) not in "2二②":
        return text
    for found in reversed(after):
        text = f"{text[: found.start()].rstrip()}？{text[found.end() :]}"
    return f"{_FIRST.sub('；', text, count=1)}？"


def _lead(first: str) -> str:
    """“20年那批：双师要几成？”：几个问题共同的前提；没有为空。"""
    lead = _LEAD.match(first)
    return lead[0] if lead and not is_question(lead[0]) else ""


def _read(
    question: Question, part: str, lead: str, arbiter: Arbiter
) -> tuple[Question, Decision]:
    """一个问题与裁决：单独看，或连着共同的前提看，取更有把握的。"""
    texts = [part] if not lead or part.startswith(lead) else [part, f"{lead}{part}"]
    asked = [replace(question, words=text, previous=None) for text in texts]
    read = [(one, arbiter.decide(one, addressed=True)) for one in asked]
    return max(read, key=lambda one: one[1].chance)


def read_several(
    question: Question, whole: Decision, arbiter: Arbiter
) -> list[tuple[Question, Decision]]:
    """各个问题与对它们的裁决；其实是一个问题、或有哪个不知问什么的，为空。"""
    parts = split(question.words)
    if not 2 <= len(parts) <= MOST:
        return []
    lead = _lead(parts[0])
    every = [_read(question, part, lead, arbiter) for part in parts]
    # 顺口一句玩笑，不妨碍答别的
    read = [one for one in every if one[1].outcome is not Outcome.OFF_TOPIC]
    if len(read) < 2:
        return []
    best = [decision.chance for _, decision in read]
    if min(best) < LIKELY or max(best) < ANSWER:
        return []
    keys = {(d.best.source, d.best.key) for _, d in read}
    weakest = min(best)
    same = len(keys) < len(read)
    is_part = (whole.best.source, whole.best.key) in keys if whole.candidates else True
    if same or not (is_part or whole.best.confidence < weakest):
        return []
    return read
