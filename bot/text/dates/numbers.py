"""日期里的数：阿拉伯数字或汉字。"""

import re

from .models import DateError, NotUnderstood

CHINESE = "〇零一二两三四五六七八九十廿"
NUMBER = rf"(?:\d{{1,2}}|[{CHINESE}]{{1,3}})"
YEAR = r"(?:\d{4}|\d{2}|[〇零一二三四五六七八九]{4})"
_DIGITS = "〇一二三四五六七八九"
_NEAR = 10


def number_of(text: str) -> int:
    """一百以内的数。

    异常:
        DateError: 不是规范的数
    """
    if text.isdecimal():
        return int(text)
    plain = text.replace("两", "二").replace("零", "〇").replace("廿", "二十")
    match = re.fullmatch(r"([二三四五六七八九])?(十)?([一二三四五六七八九])?|〇", plain)
    if match is None or (match[1] and match[3] and not match[2]):
        raise NotUnderstood(f"没看懂数字「{text}」，请用阿拉伯数字写。")
    if not match[2]:
        return _DIGITS.index(match[1] or match[3] or "〇")
    tens = _DIGITS.index(match[1]) if match[1] else 1
    return tens * 10 + (_DIGITS.index(match[3]) if match[3] else 0)


def counted(text: str) -> int:
    """从一数起的数，如月、日。

    异常:
        DateError: 是零，或不是规范的数
    """
    number = number_of(text)
    if number == 0:
        raise DateError("日期里的月、日从 1 数起，请核对。")
    return number


def year_of(text: str, this_year: int) -> int:
    """四位或两位的年份；两位的只认今年前后十年。

    异常:
        DateError: 两位的年份离今年太远
    """
    if not text.isdecimal():
        text = "".join(str(_DIGITS.index(c)) for c in text.replace("零", "〇"))
    if len(text) == 4:
        return int(text)
    year = 2000 + int(text)
    if abs(year - this_year) > _NEAR:
        raise DateError(f"「{text}年」是哪一年？请写四位的年份。")
    return year
