"""联系方式与单位代码：手机、固定电话、邮箱、统一社会信用代码，各只有一种验法。"""

import re
import unicodedata
from datetime import date

from email_validator import EmailNotValidError, validate_email
from rapidfuzz.distance import OSA
from stdnum.cn import uscc


class Invalid(ValueError):
    """值无效；消息是给填写人看的理由，不含原文。

    参数:
        reason: 错在哪里、怎么改
        secret: 原文不该留下，如身份证号
    """

    def __init__(self, reason: str, *, secret: bool = False) -> None:
        super().__init__(reason)
        self.secret = secret


MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(
    r"(?:(?P<area>010|02\d|0[3-9]\d\d)-?(?P<local>\d{7,8})|"
    r"(?P<free>[48]00)-?(?P<first>\d{3,4})-?(?P<last>\d{3,4}))(?:-(?P<inner>\d{1,6}))?"
)
PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]")
"""省级行政区划代码的样子（GB/T 2260 前两位）。"""

EMAIL_IN_TEXT = re.compile(r"(?<![\w.+-])[\w.+-]+@ ?[\w-]+(?:\.[\w-]+)+", re.A)
"""话里的一个邮箱，对不对另说。"""
PHONE_IN_TEXT = re.compile(
    r"(?<!\d)(?:\+? ?86[ -]?)?(?P<number>1[3-9]\d(?:[ -]?\d{4}){2}|"
    r"\(?0\d{2,3}\)?[ -]?\d{7,8}|[48]00-?\d{3}-?\d{4})"
    r"(?:[ -]*(?:转|分机) ?\d{1,6}|-\d{1,6})?(?!\d)"
)
"""话里的一个手机号或固定电话；`number` 不含国家代码和分机。"""

_LIKE_DIGITS = {"O": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "B": "8"}
MAIL_DOMAINS = (
    "qq.com 163.com 126.com 139.com 189.cn sina.com sohu.com foxmail.com gmail.com "
    "outlook.com hotmail.com yeah.net aliyun.com 188.com vip.qq.com live.com icloud.com"
).split()
_BAD_ENDINGS = frozenset(
    "con cmo ocm comm cim vom xom coom cpm cm om conm c0m comn cnm ccom ner nte".split()
)
"""把 com、net 打错的；.cm、.om 是别国的，这里也都是打错的。"""
_CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def mobile(raw: str) -> str:
    """手机号：11 位，1 开头，第 2 位 3—9；去掉空格、横线和国家代码。

    异常:
        Invalid: 错在哪里
    """
    text = unicodedata.normalize("NFKC", raw)
    digits = re.sub(r"[\s.\-‐–—()+]", "", text)
    if re.search("[*xX]{2}", digits):
        how = "被星号遮住" if "*" in digits else "被遮住"
        raise Invalid(f"中间{how}了，请写完整的 11 位")
    if LANDLINE.fullmatch(re.sub(r"\s", "", text)):
        raise Invalid("这是座机号，这里要手机号，请写 11 位的手机号")
    if re.fullmatch(r"0\d{3,9}|[2-8]\d{6,7}", digits):
        raise Invalid("像是没写全的座机号，这里要手机号，请写 11 位的手机号")
    if digits.startswith(("0086", "86")) and len(digits) > 11:
        digits = digits.removeprefix("00").removeprefix("86")
    check_digits(digits)
    if (short := 11 - len(digits)) != 0:
        wrong = f"少 {short} 位" if short > 0 else f"多 {-short} 位"
        raise Invalid(f"手机号应是 11 位，读到 {len(digits)} 位，{wrong}")
    if digits[0] != "1":
        raise Invalid(f"第 1 位是 {digits[0]}，手机号第 1 位应是 1")
    if digits[1] not in "3456789":
        raise Invalid(f"第 2 位是 {digits[1]}，手机号第 2 位应是 3—9")
    return digits


def landline(raw: str) -> str:
    """固定电话，写成 `010-68607719`、`0771-1234567-8`、`400-860-0591`。

    异常:
        Invalid: 错在哪里
    """
    text = unicodedata.normalize("NFKC", raw)
    text = re.sub(r"[\s()]|^\+?\s*86(?=[-\s]?0)", "", re.sub("转|分机", "-", text))
    found = LANDLINE.fullmatch(re.sub("-+", "-", text))
    if MOBILE.fullmatch(text.replace("-", "")):
        raise Invalid("这是手机号，这里要固定电话，如 010-68607719")
    if found is None:
        raise Invalid("看不出固定电话，请带区号，如 010-68607719")
    free = f"{found['first']}{found['last']}"
    if found["free"] and len(free) != 7:
        raise Invalid("400、800 电话应是 10 位，如 400-860-0591")
    parts = (found["free"], free[:3], free[3:]) if found["free"] else found.group(1, 2)
    return "-".join(part for part in (*parts, found["inner"]) if part)


def email(raw: str) -> str:
    """邮箱；像是打错了的，说明对的可能是什么。

    异常:
        Invalid: 错在哪里
    """
    written = unicodedata.normalize("NFKC", raw).strip()
    if re.match(r"[\w.+-]+\s+[\w.+-]+\s*@", written):
        joined = re.sub(r"\s+", "", written)
        raise Invalid(f"@ 前面有空格，是不是 {joined}")
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", raw))
    text = text.removeprefix("mailto:")
    local, at, domain = text.partition("@")
    if not at:
        raise Invalid("邮箱里没有 @，应像 zhangsan@example.com")
    if "@" in domain:
        raise Invalid("邮箱里有两个 @，请去掉一个")
    if not local:
        raise Invalid("@ 前面没有内容，请写全")
    if not domain:
        raise Invalid("@ 后面没有内容，请写全，如 @qq.com")
    if any(mark in domain for mark in ",，"):
        raise Invalid(f"@ 后面有逗号，是不是 {re.sub('[,，]', '.', domain)}")
    if ".." in text:
        raise Invalid("有连着的两个点，请去掉一个")
    if found := re.search(r"[^\x21-\x7e]", text):
        position = found.start() + 1
        raise Invalid(f"第 {position} 个字是「{found[0]}」，邮箱里应是字母、数字和符号")
    _check_ending(domain.lower())
    try:
        checked = validate_email(text, check_deliverability=False)
        # 国际域名照写法留着：xn-- 开头的换成原文，就有这里不收的字了
        return checked.ascii_email or checked.normalized
    except EmailNotValidError:
        raise Invalid(_what_is_wrong(local, domain)) from None


def _check_ending(domain: str) -> None:
    stem, dot, ending = domain.rpartition(".")
    if not dot:
        known = next((d for d in MAIL_DOMAINS if d.split(".")[0] == domain), None)
        hint = f"，是不是 {known}" if known else "，应像 qq.com"
        raise Invalid(f"@ 后面缺少 .com 之类的结尾{hint}")
    if ending in _BAD_ENDINGS:
        raise Invalid(f"结尾 .{ending} 像是写错了，是不是 {_mended(stem, ending)}")
    if domain.endswith(".cn.com"):
        raise Invalid(f"结尾 .cn.com 像是写错了，是不是 {stem}")
    if ending.isdecimal():
        raise Invalid(f"@ 后面的结尾是 {ending}，应像 .com、.cn")


def _mended(stem: str, ending: str) -> str:
    """打错的结尾多半本来是什么：edu.con 是 edu.cn，163.con 是 163.com。"""
    known = next((d for d in MAIL_DOMAINS if d.rpartition(".")[0] == stem), None)
    if known:
        return known
    if stem.rpartition(".")[2] in ("edu", "gov", "org", "net", "com", "ac"):
        return f"{stem}.cn"
    return f"{stem}.net" if ending in ("ner", "nte") else f"{stem}.com"


def _what_is_wrong(local: str, domain: str) -> str:
    label = r"[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?"
    if not re.fullmatch(rf"(?:{label}\.)+{label}", domain):
        return "@ 后面的写法不对，应像 zhangsan@example.com"
    if local.startswith(".") or local.endswith("."):
        return "@ 前面的写法不对，不能以点开头或结尾"
    return "@ 前面的写法不对，应像 zhangsan@example.com"


def email_cautions(address: str) -> list[str]:
    """有效、但域名像是写错的，只提醒。"""
    domain = address.rpartition("@")[2]
    near = next((d for d in MAIL_DOMAINS if OSA.distance(d, domain) == 1), None)
    if near is None or domain in MAIL_DOMAINS:
        return []
    return [f"邮箱域名 {domain} 是不是 {near}？没错就不用管"]


def credit_code(raw: str) -> str:
    """统一社会信用代码（GB 32100-2015）：18 位，校验位要符合。

    异常:
        Invalid: 错在哪里；像身份证号的，原文不该留下
    """
    code = re.sub(r"[\s.\-‐–—]", "", unicodedata.normalize("NFKC", raw)).upper()
    if is_identity(code):
        raise Invalid(
            "这像身份证号，没有收下，也没有保存；这里要的是单位的统一社会信用代码",
            secret=True,
        )
    if len(code) != 18:
        raise Invalid(f"统一社会信用代码应是 18 位，读到 {len(code)} 位")
    if code in "0123456789" * 3 or len(set(code)) <= 2:
        raise Invalid("像是随手填的数字，请对照法人证书填写")
    for position, sign in enumerate(code, start=1):
        if 3 <= position <= 8 and sign not in "0123456789":
            raise Invalid(
                f"第 {position} 位是{_described(sign)}，第 3—8 位是行政区划，应是数字"
            )
        if sign not in _CODE_SIGNS:
            hint = _digit_meant(sign)
            raise Invalid(
                f"第 {position} 位是{_described(sign)}，信用代码里没有这个字{hint}"
            )
    expected = uscc.calc_check_digit(code[:17])
    if code[17] != expected:
        where = (
            "第 9—17 位自身的校验相符，多半错在前 8 位或第 18 位"
            if organisation_check(code[8:17])
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


def check_digits(digits: str) -> None:
    """全是数字；把 0 写成 O 之类的，说明在第几位。

    异常:
        Invalid: 第几位不是数字
    """
    for position, sign in enumerate(digits, start=1):
        if sign not in "0123456789":
            hint = _digit_meant(sign)
            raise Invalid(f"第 {position} 位是{_described(sign)}，应是数字{hint}")


def _described(sign: str) -> str:
    is_letter = sign.isascii() and sign.isalpha()
    return f"字母 {sign}" if is_letter else f"「{sign}」"


def _digit_meant(sign: str) -> str:
    guess = _LIKE_DIGITS.get(sign.upper())
    return f"，是不是数字 {guess}" if guess else ""
