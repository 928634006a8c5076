"""数字串的认法：把隔开的几组拼起来，猜它是手机号、座机、院校代码还是信用代码。"""

import re
from enum import StrEnum

from stdnum.cn import uscc

from bot.text.contacts import LANDLINE, MOBILE, PROVINCE


class Shape(StrEnum):
    """凭形状认出的内容。"""

    PHONE = "phone"
    LANDLINE = "landline"
    CODE = "code"
    USCC = "uscc"
    EMAIL = "email"
    WEBSITE = "website"


SCHOOL_CATEGORIES: dict[str, str] = {
    "11": "幼儿园",
    "21": "普通小学",
    "22": "成人小学",
    "31": "普通初中",
    "32": "职业初中",
    "33": "成人初中",
    "34": "普通高中",
    "35": "成人高中",
    "36": "中等职业学校",
    "37": "工读学校",
    "41": "普通高校",
    "42": "成人高校",
    "51": "特殊教育学校",
    "91": "科研机构",
    "92": "民办其他高教机构",
    "93": "中等职业培训机构",
}
"""院校代码第 1、2 位的学校类别（《学校（机构）代码管理办法》，2011）。"""

_LONG_GROUP = 9
"""这么长的一组自成一个号码，不与旁边的拼。"""
_MOST_GROUPS = 18
"""一个号码最多隔成这么多组：一位一位地写的统一社会信用代码。"""


def looks_like_code(digits: str) -> bool:
    """开头四位是不是学校类别加省级区划。"""
    return digits[:2] in SCHOOL_CATEGORIES and PROVINCE.match(digits, 2) is not None


def split_runs(groups: list[str]) -> list[tuple[Shape | None, int]]:
    """把隔开的几组数字字母切成一个个号码。

    参数:
        groups: 依次相邻、以空格或短横隔开的各组

    返回:
        每个号码的（形状，占几组）；认不出形状的为 `None`
    """
    found: list[tuple[Shape | None, int]] = []
    start = 0
    while start < len(groups):
        shape, size = _longest_exact(groups[start:])
        if shape is None:
            size = _short_groups(groups[start:])
            shape = guess("".join(groups[start : start + size]))
        elif shape is Shape.PHONE and size > 1 and _one_more(groups[start + size :]):
            # “138 0013 8000 1”多写了一位，不是一个号码加一个 1
            size += 1
        found.append((shape, size))
        start += size
    return found


def _one_more(rest: list[str]) -> bool:
    return len(rest) == 1 and len(rest[0]) < 4 and rest[0].isdecimal()


def _longest_exact(groups: list[str]) -> tuple[Shape | None, int]:
    for size in range(min(len(groups), _MOST_GROUPS), 0, -1):
        part = groups[:size]
        if size > 1 and any(len(group) >= _LONG_GROUP for group in part):
            continue
        joined = "".join(part)
        if MOBILE.fullmatch(joined):
            return Shape.PHONE, size
        if LANDLINE.fullmatch("-".join(part)) and joined.isdecimal():
            return Shape.LANDLINE, size
        if len(joined) == 10 and joined.isdecimal() and looks_like_code(joined):
            return Shape.CODE, size
        if len(joined) == 18 and joined[:2].isdecimal() and uscc.is_valid(joined):
            return Shape.USCC, size
    return None, 0


def _short_groups(groups: list[str]) -> int:
    """拼不成正确号码时，取开头连着的短组。"""
    size = 1
    if len(groups[0]) < _LONG_GROUP:
        while size < len(groups) and len(groups[size]) < _LONG_GROUP:
            size += 1
    return size


def guess(text: str) -> Shape | None:
    """猜一个写得不对的号码本来是什么；猜不出为 `None`。"""
    if not text.isascii():
        return None
    if re.fullmatch(r"1\d{2}[*xX]{2,}\d{2,4}", text):
        return Shape.PHONE
    digits = text.upper().replace("O", "0").replace("I", "1").replace("L", "1")
    if not text.isalnum() or sum(char.isdecimal() for char in text) < 6:
        return None
    if 15 <= len(text) <= 20 and digits[0].isdecimal():
        return Shape.USCC
    if not digits.isdecimal():
        return None
    if 8 <= len(digits) <= 12 and looks_like_code(digits) and digits[0] != "1":
        return Shape.CODE
    if len(digits) == 11 and digits[0] == "1":
        return Shape.PHONE
    if 9 <= len(digits) <= 13 and re.match(r"1[3-9]", digits):
        return Shape.PHONE
    if re.fullmatch(r"0\d{8,10}", digits):
        return Shape.LANDLINE
    return Shape.CODE if len(digits) == 10 else None
