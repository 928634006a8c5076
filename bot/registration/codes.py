"""院校代码的验证。"""

import re

from bot.text import Regions
from bot.text.contacts import Invalid, check_digits

from .fields import SECONDARY
from .numbers import SCHOOL_CATEGORIES


def school_code(raw: str) -> str:
    """院校代码（学校标识码）：10 位数字；类别与省份只提醒。"""
    digits = re.sub(r"[\s.\-‐–—]", "", raw)
    check_digits(digits)
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
