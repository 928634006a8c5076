"""把口语里绕的说法换成直接的：由某某负责、我姓某叫某某、在某处工作。"""

import re
from functools import partial

from .people import POSITION_WORDS, SURNAME, may_be_name

_WORK = (
    r"1\+[xX](?:证书)?(?:制度)?(?:的|试点|工作|项目|事务|事情|事宜|事项|事儿?|这一?块|方面|业务|"
    r"相关|全部)*"
)
_SINCE = r"(?:以后|今后|往后|现在|目前|今年|本学期|从现在起|即日起|后续|现)?"
_DOES = (
    rf"(?:来|具体|全面|继续|统一|一直|专门)*(?:负责|对接|联系|接手|接任|接管|担任|牵头)"
    rf"(?:对接|联系|联络|落实|{_WORK}|工作|相关事宜|事宜|这一?块|联系人|此事)*"
)
_NAME = rf"(?P<name>{SURNAME}[\u4e00-\u9fff]{{1,3}}?)(?:老师|同志|主任|处长|科长)?"
_REWRITINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (
            rf"{_SINCE}(?:我们?|本|学)?校?的?(?:{_WORK}|这项工作|这一?块)?的?{_SINCE}"
            rf"[改现都统一]{{0,4}}由{_NAME}{_DOES}",
            r",联系人:\g<name>,",
        ),
        (
            rf"{_SINCE}(?:我们?|本|学)?(?:学校|校)?的?(?:{_WORK})?{_SINCE}[改现都]{{0,3}}"
            rf"由我(?:本人)?{_DOES}",
            ",",
        ),
        (
            rf"(?:现在|现|已经?)?(?:改|换|变更|更换|调整)(?:[成为]了?我?|我){_NAME}"
            r"(?=[\s,，。;；(\d]|$)",
            r",联系人:\g<name>,",
        ),
        (
            rf"(?:担任|当|任)(?P<place>{POSITION_WORDS})(?=[\s,，。;；(\d]|$)",
            r",部门:\g<place>,",
        ),
        (r"(?<=\d)[,，\s]*而?不是[\d \-]{7,}", " "),
        (rf"(?<=\))的?{_WORK}", ","),
        (
            rf"(?:我?们?)?{_SINCE}(?:主要|同时|具体){{0,3}}"
            r"(?:负责|分管|主管|主抓|专管)(?:我们?|本)?"
            rf"(?:学校|校)?的?{_WORK}的?",
            ",",
        ),
        (rf"{_SINCE}(?:就|都)?是?我(?:来)?{_DOES}(?=[,，。;；\s]|$)", ","),
        (
            rf"我?姓(?P<family>{SURNAME})[,，]?(?:名字?)?叫"
            r"(?P<name>(?P=family)[\u4e00-\u9fff]{1,2}?)"
            r"(?:[\u4e00-\u9fff]{2}(?P=family))?"
            r"(?=[,，。;；\s]|$|然后|手机|电话|联系|邮箱)",
            r",姓名:\g<name>,",
        ),
        (
            rf"(?:我|俺)?姓(?P<family>{SURNAME})[,，]?名字?叫?(?P<given>[\u4e00-\u9fff]{{1,2}})"
            r"(?=[,，。;；\s]|$)",
            r",姓名:\g<family>\g<given>,",
        ),
        (
            rf"在(?P<place>{POSITION_WORDS})(?:做|当|任|担任)(?P<title>{POSITION_WORDS})",
            r",部门:\g<place> \g<title>,",
        ),
        (rf"在(?P<place>{POSITION_WORDS})(?:工作|任职|上班|这边)", r",部门:\g<place>,"),
        (rf"办公室?在(?P<place>{POSITION_WORDS})", r",部门:\g<place>,"),
        (
            rf"(?:我叫|姓名[:：]?)(?P<name>(?P<family>{SURNAME})[\u4e00-\u9fff]{{1,2}})"
            r"[\u4e00-\u9fff]{1,4}的(?P=family)(?=[,，。;；\s]|$|手机|电话|联系|邮箱)",
            r",姓名:\g<name>,",
        ),
        (
            rf"(?<![或也可就])(?:有事|联系时?|直接|请)*[找联]系?{_NAME}(?:就好|就行|就可以|即可|就成)了?"
            r"(?=[\s,，。;；(!]|$)",
            r",联系人:\g<name>,",
        ),
        (r"以(?P<number>1[3-9][\d \-]{9,13})为准", r" \g<number> "),
        (r"\([\u4e00-\u9fff]{1,4}的[\u4e00-\u9fff]\)", ","),
        (r"(?<=[\u4e00-\u9fff\d])然后(?=[\u4e00-\u9fff])", ","),
    )
)


def unframe(text: str) -> str:
    """换成直接的说法。

    参数:
        text: 规整过的文字
    """
    for pattern, instead in _REWRITINGS:
        text = pattern.sub(partial(_instead, instead), text)
    return text


def _instead(instead: str, found: re.Match[str]) -> str:
    """“改成高职”里的高职不是姓名，照旧。"""
    name = found.groupdict().get("name")
    if name and not may_be_name(name, asked=True):
        return found[0]
    return found.expand(instead)
