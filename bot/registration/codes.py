"""号码与代码的验证：手机号、院校代码、统一社会信用代码。"""

import re
from datetime import date

from stdnum.cn import uscc

from bot.text import Regions

from .fields import SECONDARY
from .invalid import Invalid
from .numbers import LANDLINE, PROVINCE, SCHOOL_CATEGORIES

_CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_LIKE_DIGITS = {"O": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "B": "8"}


def _describe(char: str) -> str:
    if char.isascii() and char.isalpha():
        return f"字母 {char}"
    return f"“{char}”"


def _digits_only(digits: str) -> None:
    for position, char in enumerate(digits, start=1):
        if char in "0123456789":
            continue
        guess = _LIKE_DIGITS.get(char.upper())
        hint = f"，是不是数字 {guess}" if guess else ""
        raise Invalid(f"第 {position} 位是{_describe(char)}，应是数字{hint}")


def phone(raw: str) -> str:
    """手机号：11 位，1 开头，第 2 位 3—9。"""
    digits = re.sub(r"[\s.\-‐–—()+]", "", raw)
    if "*" in digits:
        raise Invalid("中间被星号遮住了，请发完整的 11 位（可以私聊我）")
    if LANDLINE.fullmatch(re.sub(r"\s", "", raw)):
        raise Invalid("这是座机号；登记表要的是联系人的手机号，请再发 11 位的手机号")
    if re.fullmatch(r"0\d{3,9}", digits) or re.fullmatch(r"[2-8]\d{6,7}", digits):
        raise Invalid("像是没写全的座机号；登记表要的是手机号，请发 11 位的手机号")
    if digits.startswith(("0086", "86")) and len(digits) > 11:
        digits = digits.removeprefix("00").removeprefix("86")
    _digits_only(digits)
    if (short := 11 - len(digits)) != 0:
        wrong = f"少 {short} 位" if short > 0 else f"多 {-short} 位"
        raise Invalid(f"手机号应是 11 位，读到 {len(digits)} 位，{wrong}")
    if digits[0] != "1":
        raise Invalid(f"第 1 位是 {digits[0]}，手机号第 1 位应是 1")
    if digits[1] not in "3456789":
        raise Invalid(f"第 2 位是 {digits[1]}，手机号第 2 位应是 3—9")
    return digits


def school_code(raw: str) -> str:
    """院校代码（学校标识码）：10 位数字；类别与省份只提醒。"""
    digits = re.sub(r"[\s.\-‐–—]", "", raw)
    _digits_only(digits)
    if len(digits) == 5:
        raise Invalid(
            "这像 5 位的高校代码，这里要 10 位的学校标识码；"
            f"广西高校一般是 41450{digits}、山东是 41370{digits}，请核对后发 10 位的"
            if digits[0] != "0"
            else "院校代码应是 10 位，读到 5 位"
        )
    if len(digits) != 10:
        raise Invalid(f"院校代码应是 10 位，读到 {len(digits)} 位")
    return digits


def credit_code(raw: str) -> str:
    """统一社会信用代码（GB 32100-2015）：18 位，校验位要符合。"""
    code = re.sub(r"[\s.\-‐–—]", "", raw).upper()
    if is_identity(code):
        raise Invalid(
            "这像身份证号，没有收下，也没有保存；这里要的是单位的统一社会信用代码",
            secret=True,
        )
    if len(code) != 18:
        raise Invalid(f"统一社会信用代码应是 18 位，读到 {len(code)} 位")
    if code in "0123456789" * 3 or len(set(code)) <= 2:
        raise Invalid("像是随手填的数字，请对照法人证书填写")
    for position, char in enumerate(code, start=1):
        if 3 <= position <= 8 and char not in "0123456789":
            raise Invalid(
                f"第 {position} 位是{_describe(char)}，第 3—8 位是行政区划，应是数字"
            )
        if char not in _CODE_LETTERS:
            guess = _LIKE_DIGITS.get(char)
            hint = f"，是不是数字 {guess}" if guess else ""
            raise Invalid(
                f"第 {position} 位是{_describe(char)}，信用代码里没有这个字{hint}"
            )
    expected = uscc.calc_check_digit(code[:17])
    if code[17] != expected:
        inner = organisation_check(code[8:17])
        where = (
            "第 9—17 位自身的校验相符，多半错在前 8 位或第 18 位"
            if inner
            else "第 9—17 位自身的校验也不符，多半错在这一段"
        )
        raise Invalid(
            f"校验不符：按前 17 位算第 18 位应是 {expected}，读到 {code[17]}；{where}"
        )
    return code


def is_identity(code: str) -> bool:
    """像不像身份证号：省份、出生日期都说得通；末位写错了的也算。"""
    if uscc.is_valid(code) or not PROVINCE.match(code):
        return False
    if found := re.fullmatch(r"\d{6}(\d{4})(\d\d)(\d\d)\d{3}[\dX]", code):
        year = int(found[1])
    elif found := re.fullmatch(r"\d{6}(\d\d)(\d\d)(\d\d)\d{3}", code):
        year = 1900 + int(found[1])
    else:
        return False
    try:
        return 1900 <= date(year, int(found[2]), int(found[3])).year <= 2030
    except ValueError:
        return False


def organisation_check(code: str) -> bool:
    """主体标识码末位的校验（GB 11714）。"""
    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(letters.index(c) * w for c, w in zip(code[:8], weights, strict=True))
    return "0123456789X0"[(11 - total % 11) % 11] == code[8]


def code_cautions(
    code: str, region: str | None, kind: str | None, regions: Regions
) -> list[str]:
    """院校代码与地区、类型合不合。"""
    found: list[str] = []
    category = SCHOOL_CATEGORIES.get(code[:2])
    province = regions.codes.get(code[2:4])
    if category is None:
        found.append(f"院校代码前两位 {code[:2]} 不是常见的类别（中职 36，高校 41）")
    elif kind == SECONDARY and code[:2] in ("41", "42"):
        found.append(f"院校代码前两位 {code[:2]} 是{category}，与“中职”不一致，请核对")
    elif kind not in (None, SECONDARY) and code[:2] == "36":
        found.append(f"院校代码前两位 36 是中等职业学校，与“{kind}”不一致，请核对")
    if province is None:
        found.append(f"院校代码第 3、4 位 {code[2:4]} 不是省级区划（广西 45，山东 37）")
    elif region and province != region:
        found.append(
            f"院校代码第 3、4 位 {code[2:4]} 是{province}，登记的地区是{region}，请核对"
        )
    return found
