"""由条款写成答案与问题：只摘原话，不改写。"""

import re

from .matching import bare, is_heading

_LONG = 220
_SENTENCES = re.compile(r"(?<=[。；！？])|\n")
_SUBJECT = re.compile(
    r"^(?P<subject>[^，。；：:、]{2,16}?)"
    r"(?=由|为(?!了)|须|应|在(?!校)|于|不(?!得.{0,2}的)|按|以|可|将|是|需|要求|改为|改|统一|实行|执行|每|最多|最少|至)"
)
_CONNECTIVE = re.compile(r"^(?:其中|同时|另外|此外|本年度|各校|各学校|\d{4}年度?|请)+")
_DOERS = re.compile(r"(?:学校|院校|教师|老师|学生|组织|部门|单位)$")
_ASKING = (
    (re.compile(r"\d月\d|日内|日前"), "是什么时候"),
    (re.compile(r"[\d一二三四五六七八九十百]+\s*(?:[元个名人次份页]|%|MB)"), "是多少"),
    (re.compile(r"https?://|@|群"), "是哪个"),
)
_FACTS = re.compile(r"https?://[\w./?=&%#:~+-]+|[\w.+-]+@[\w.-]+|\d[\d.:：-]*")


def answer_from(text: str, question: str, before: str = "") -> str:
    """一段里答得了的几句：短的整段，长的取像的几句。

    参数:
        question: 要答的问题；像它，比像原来的答案要紧
        before: 原来的答案
    """
    whole = bare(text)
    heading, _, below = whole.partition("\n")
    if below and is_heading(heading):
        whole = below
    sentences = [s.strip() for s in _SENTENCES.split(whole) if s.strip()]
    if len(whole) <= _LONG or len(sentences) < 2:
        return whole
    scores = [2 * _shared(s, question) + _shared(s, before) for s in sentences]
    least = max(scores) * 0.6
    kept = [s for s, score in zip(sentences, scores, strict=True) if score >= least]
    return "\n".join(kept[:4])


def question_from(text: str, heading: str) -> str:
    """没有条目问过的一条，写成一个问题：说的是什么，怎么规定。"""
    first, _, below = bare(text).strip().partition("\n")
    if below and is_heading(first):
        return f"{first}有什么规定？"
    whole = _CONNECTIVE.sub("", first)
    match = _SUBJECT.match(whole)
    last = heading.split(" ")[-1] if heading else ""
    subject = match["subject"] if match else re.split(r"[，。；：:]", whole)[0][:16]
    if len(subject) < 4 and last:
        subject = f"{last}：{subject}"
    asked = "要做什么" if _DOERS.search(subject) else _asked(whole)
    return f"{subject}{asked}？"


def _asked(text: str) -> str:
    """由答的是什么，定怎么问。"""
    for pattern, words in _ASKING:
        if pattern.search(text):
            return words
    return "有什么规定"


def says_the_same(before: str, after: str) -> bool:
    """两个答案说的是一样的：数字、日期、网址都一样，字也差不多。"""
    if set(_FACTS.findall(before)) != set(_FACTS.findall(after)):
        return False
    a, b = _pairs(before), _pairs(after)
    return len(a & b) >= 0.6 * min(len(a), len(b)) if a and b else before == after


def _shared(sentence: str, like: str) -> float:
    a, b = _pairs(sentence), _pairs(like)
    return len(a & b) / (len(a) ** 0.5 or 1)


def _pairs(text: str) -> set[str]:
    plain = re.sub(r"\W", "", text)
    return {plain[n : n + 2] for n in range(len(plain) - 1)}
