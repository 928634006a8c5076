"""整条读完再看一遍：被空格断开的校名，漏了的姓名，写坏了的邮箱。"""

import re
from dataclasses import replace
from typing import NamedTuple

from bot.text import Regions
from bot.text.contacts import MAIL_DOMAINS

from .fields import Field
from .others import CHIEF, NUMBER, Other
from .people import (
    ALSO_WORDS,
    HONORIFICS,
    POSITION_WORDS,
    SURNAME,
    fits_name,
    may_be_name,
)
from .result import Candidate, Reading
from .scanning import BREAK

_ONLY_CALLED = re.compile(rf"(?:{SURNAME}(?:{HONORIFICS})|[小老]{SURNAME})")
_AROUND_NAME = re.compile(
    rf"^(?:的|我是|我叫|叫|{POSITION_WORDS})+|(?:{HONORIFICS}|的|吧|哈)+$"
)


class Join(NamedTuple):
    """一个像人名的词紧跟着一个校名，合起来也是校名。"""

    name: Candidate
    school: Candidate
    joined: str


def look_again(
    candidates: list[Candidate],
    reading: Reading,
    joins: list[Join],
    text: str,
    regions: Regions,
) -> list[tuple[Field, str]]:
    """改过候选的写法，返回还要添上的。"""
    leftover = reading.leftover
    _join_schools(candidates, joins)
    _set_titled_apart(candidates, reading, text)
    _doubt_names(candidates, leftover)
    _mend_mail(candidates, leftover, text)
    name = _take_name(candidates, leftover, text, regions)
    place = _take_region(candidates, reading.asked, regions)
    found = [(Field.NAME, name), (Field.REGION, place)]
    return [(field, raw) for field, raw in found if raw]


def _join_schools(candidates: list[Candidate], joins: list[Join]) -> None:
    """另有一个人名的，“桂东 示例职业学院”里的桂东就不是人名。"""
    for name, school, joined in joins:
        others = {c.raw for c in candidates if c.field is Field.NAME}
        if others - {name.raw}:
            place = candidates.index(school)
            candidates[place] = Candidate(Field.SCHOOL, joined)
            candidates.remove(name)


def _set_titled_apart(candidates: list[Candidate], reading: Reading, text: str) -> None:
    """另有联系人的，后面的“校长周范例”“处长是李范例 139…”说的是别人。"""
    names = [c for c in candidates if c.field is Field.NAME and not c.labelled]
    for name in names[1:] if len(names) > 1 else []:
        found = re.search(
            rf"({CHIEF}|{POSITION_WORDS})[是:]?{re.escape(name.raw)}"
            rf"(?:[ \t(:,，]{{0,2}}({NUMBER}))?",
            text,
        )
        if found is None:
            continue
        gone = {name.raw, found[1], found[2]}
        candidates[:] = [c for c in candidates if c.raw not in gone]
        reading.others.append(Other(found[1], name.raw, found[2] or ""))


def _take_name(
    candidates: list[Candidate], leftover: list[str], text: str, regions: Regions
) -> str | None:
    """学校、手机号都有了，只差姓名：取出没看懂的里面像人名的；没有则为 `None`。"""
    known = {candidate.field: candidate for candidate in candidates}
    if Field.NAME in known or not {Field.SCHOOL, Field.PHONE} <= known.keys():
        return None
    plain = {text: _AROUND_NAME.sub("", text) for text in leftover}
    left = [text for text in leftover if fits_name(plain[text])]
    if len(left) == 1 and len(plain[left[0]]) <= 6:
        leftover.remove(left[0])
        return plain[left[0]]
    if almost := _almost_name(leftover, text):
        return almost
    city, home = known.get(Field.CITY), regions.leading(known[Field.SCHOOL].raw)
    if city and not city.labelled and may_be_name(city.raw, asked=False):
        # 校名说明不在那里的，“金华”“安康”是人名
        if home not in (None, regions.named(city.raw)):
            candidates.remove(city)
            return city.raw
    return None


def _almost_name(leftover: list[str], text: str) -> str | None:
    """写得不成姓名的姓名：“陈老师”“小陈”“陈”“陈示1例”，好指出来。"""
    for piece in leftover:
        digits = re.search(r"\d", piece) and fits_name(re.sub(r"\d+", "", piece))
        if re.fullmatch(SURNAME, piece) or (digits and len(piece) < 7):
            leftover.remove(piece)
            return piece
    pieces = BREAK.split(text)
    return next((piece for piece in pieces if _ONLY_CALLED.fullmatch(piece)), None)


def _mend_mail(candidates: list[Candidate], leftover: list[str], text: str) -> None:
    """邮箱前面紧挨着的字母，多半是断开的前半；没有 @ 的域名，多半是漏了 @。"""
    mails = [c for c in candidates if c.field is Field.EMAIL]
    for word in [word for word in leftover if re.fullmatch(r"[A-Za-z0-9._]+", word)]:
        for mail in mails:
            torn = re.search(rf"{re.escape(word)}[ \t]+{re.escape(mail.raw)}", text)
            if torn:
                candidates[candidates.index(mail)] = replace(mail, raw=torn[0])
                leftover.remove(word)
                return
    sites = [c for c in candidates if c.field is Field.WEBSITE and not c.labelled]
    for site in sites:
        host = site.raw.lower()
        known = host in MAIL_DOMAINS
        bare = not host.startswith(("http", "www")) and ".edu." not in host
        if known or (bare and not mails):
            torn = re.search(rf"[\w.]*[ \t]*{re.escape(site.raw)}", text, re.A)
            candidates[candidates.index(site)] = Candidate(
                Field.EMAIL, torn[0].strip() if torn else site.raw
            )
            return


def _take_region(
    candidates: list[Candidate], asked: list[str], regions: Regions
) -> str | None:
    """“青海的也可以登记吧？”说了是哪里的；话里另说了地区的不用，没有为 `None`。"""
    if any(c.field in (Field.REGION, Field.CITY) for c in candidates):
        return None
    for question in asked:
        place = regions.leading(question)
        if place and re.match(r"[的这也我]", regions.after_place(question)):
            return place
    return None


def _doubt_names(candidates: list[Candidate], leftover: list[str]) -> None:
    """“陈示例 …（别弄混）”：有更像人名的，姓也是平常字的就不是。"""
    names = [c for c in candidates if c.field is Field.NAME and not c.labelled]
    doubtful = [c for c in names if c.raw[0] in ALSO_WORDS]
    if len(doubtful) < len(names):
        for name in doubtful:
            candidates.remove(name)
            leftover.append(name.raw)
