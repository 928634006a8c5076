"""逐个字段的验证：有效就返回规整后的值，无效就说清楚错在哪里。"""

import re
from collections.abc import Callable, Mapping

from email_validator import EmailNotValidError, validate_email
from rapidfuzz.distance import OSA
from stdnum.cn import ric, uscc

from .fields import LEVELS, SCHOOL_TYPES, Field
from .numbers import LANDLINE, SCHOOL_CATEGORIES
from .people import ADDRESSED, HONORIFICS
from .places import PROVINCE_CODES, city_named, region_named, region_of, split_region
from .vocabulary import GENERIC_SCHOOL, TYPE_DOUBTFUL, TYPE_SYNONYMS

_HAN = "\u4e00-\u9fff"
_CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_LIKE_DIGITS = {"O": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "B": "8"}
_MAIL_DOMAINS = (
    "qq.com 163.com 126.com 139.com 189.cn sina.com sohu.com foxmail.com gmail.com "
    "outlook.com hotmail.com yeah.net aliyun.com 188.com vip.qq.com live.com icloud.com"
).split()
_BAD_TLDS = frozenset(
    "con cmo ocm comm cim vom xom coom cpm om conm c0m comn cnm ccom ner nte".split()
)


class Invalid(ValueError):
    """值无效；消息是给填写人看的理由，不含原文。"""


def validate(field: Field, raw: str) -> str:
    """验证一个字段。

    返回:
        规整后的值

    异常:
        Invalid: 无效，消息说明错在哪里、怎么改
    """
    return _VALIDATORS[field](raw.strip())


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
        raise Invalid("这是座机号，请发 11 位的手机号")
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
    if ric.is_valid(code) and not uscc.is_valid(code):
        raise Invalid("这像身份证号，没有收下；这里要的是单位的统一社会信用代码")
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
        inner = _organisation_check(code[8:17])
        where = (
            "第 9—17 位自身的校验相符，多半错在前 8 位或第 18 位"
            if inner
            else "第 9—17 位自身的校验也不符，多半错在这一段"
        )
        raise Invalid(
            f"校验不符：按前 17 位算第 18 位应是 {expected}，读到 {code[17]}；{where}"
        )
    return code


def _organisation_check(code: str) -> bool:
    """主体标识码末位的校验（GB 11714）。"""
    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(letters.index(c) * w for c, w in zip(code[:8], weights, strict=True))
    return "0123456789X0"[(11 - total % 11) % 11] == code[8]


def email(raw: str) -> str:
    """邮箱；域名像是写错的给出提示。"""
    text = re.sub(r"\s+", "", raw).removeprefix("mailto:")
    local, at, domain = text.partition("@")
    if not at:
        raise Invalid("邮箱里没有 @")
    if "@" in domain:
        raise Invalid("邮箱里有两个 @")
    if not local:
        raise Invalid("@ 前面没有内容")
    if not domain:
        raise Invalid("@ 后面没有内容，请写全，如 @qq.com")
    if any(mark in domain for mark in ",，"):
        fixed = re.sub("[,，]", ".", domain)
        raise Invalid(f"@ 后面有逗号，是不是 {fixed}")
    if ".." in text:
        raise Invalid("有连着的两个点")
    if found := re.search(r"[^\x21-\x7e]", text):
        position = found.start() + 1
        raise Invalid(f"第 {position} 个字是“{found[0]}”，邮箱里应是字母、数字和符号")
    _check_domain(domain.lower())
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        part = "@ 前面" if _domain_ok(domain) else "@ 后面"
        raise Invalid(f"{part}的写法不对，应像 zhangsan@example.com") from None


def _domain_ok(domain: str) -> bool:
    label = r"[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?"
    return re.fullmatch(rf"(?:{label}\.)+{label}", domain) is not None


def _check_domain(domain: str) -> None:
    stem, dot, tld = domain.rpartition(".")
    if not dot:
        known = next((d for d in _MAIL_DOMAINS if d.split(".")[0] == domain), None)
        hint = f"，是不是 {known}" if known else "，应像 qq.com"
        raise Invalid(f"@ 后面缺少 .com 之类的结尾{hint}")
    if tld in _BAD_TLDS:
        raise Invalid(f"没有 .{tld} 这样的域名，是不是 {stem}.com")
    if tld.isdecimal():
        raise Invalid(f"@ 后面的结尾是 {tld}，应像 .com、.cn")


def website(raw: str) -> str:
    """网址；可以不带 http。"""
    text = raw.strip()
    if re.search(r"[,，]", text):
        raise Invalid(f"网址里有逗号，是不是 {re.sub('[,，]', '.', text)}")
    if "@" in text:
        raise Invalid("这像邮箱，网址应像 www.example.edu.cn")
    if found := re.match(r"https?(?!s?://)", text, re.I):
        rest = text[found.end() :].lstrip(":;/\\")
        raise Invalid(f"{found[0]} 后面应是 ://，是不是 {found[0].lower()}://{rest}")
    host = re.sub(r"^https?://", "", text, flags=re.I).split("/")[0].split(":")[0]
    if not re.fullmatch(
        rf"(?:[\w\-{_HAN}]+\.)+(?:[A-Za-z]{{2,}}|[{_HAN}]{{2,4}})", host
    ):
        raise Invalid("看不出网址，应像 www.example.edu.cn")
    return text


def school(raw: str) -> str:
    """院校名称：要全称。"""
    text = re.sub(r"\s+", "", raw).replace("(", "（").replace(")", "）")
    if not re.search(rf"[{_HAN}]{{2}}", text):
        raise Invalid("请写院校的中文全称")
    if len(text) < 4 or GENERIC_SCHOOL.fullmatch(text):
        raise Invalid("请写院校的全称，与法人证书一致")
    if len(text) > 40:
        raise Invalid(f"院校名称太长，读到 {len(text)} 个字，请只写全称")
    if re.search(r"\d{5,}", text):
        raise Invalid("院校名称里有号码，请分开写")
    return text


def school_type(raw: str) -> str:
    """院校类型：四种之一；说不清的问回去。"""
    text = re.sub(r"[\s()（）\"“”]|公办|民办|公立|私立|独立设置的?", "", raw)
    for word in (text, text.removesuffix("类"), text.removesuffix("院校")):
        if word in TYPE_SYNONYMS:
            return TYPE_SYNONYMS[word]
        if word in TYPE_DOUBTFUL:
            raise Invalid(TYPE_DOUBTFUL[word])
    raise Invalid("院校类型请回其中一个：" + "、".join(SCHOOL_TYPES))


def person_name(raw: str) -> str:
    """姓名：汉字（可带间隔号）或外文名。"""
    text = re.sub(r"[•・‧．.](?=[\u4e00-\u9fff])", "·", raw.strip())
    if ADDRESSED.fullmatch(text):
        raise Invalid("这里只有称呼，请写联系人的全名")
    text = re.sub(rf"(?<=[{_HAN}]{{2}})(?:{HONORIFICS})$", "", text)
    for position, char in enumerate(text, start=1):
        if char.isdigit():
            raise Invalid(f"第 {position} 个字是 {char}，姓名里不应有数字")
    if re.fullmatch(rf"[{_HAN}\u3400-\u4dbf〇·\U00020000-\U0002ffff]{{2,15}}", text):
        return text
    if re.fullmatch(r"[A-Za-z][A-Za-z .'\-]{1,39}", text):
        return text
    if len(text) < 2:
        raise Invalid("姓名太短，请写联系人的全名")
    raise Invalid("看不出姓名，请只写联系人的全名")


def address(raw: str) -> str:
    """详细地址：要写到路（街、镇）和门牌。"""
    text = re.sub(r"\s+", " ", raw).replace(",", "，")
    if len(text) < 6 or not re.search(
        r"[路街道巷弄号村镇乡屯栋楼]|园区|开发区|大学城", text
    ):
        raise Invalid("请写到路（街、镇）和门牌号，如 南宁市青秀区某某路1号")
    if len(text) > 100:
        raise Invalid(f"详细地址太长，读到 {len(text)} 个字，请在 100 字以内")
    return text


def position(raw: str) -> str:
    """部门、职务：一到三十个字。"""
    text = re.sub(r"\s+", " ", raw).strip()
    if len(text) > 30:
        raise Invalid(f"部门/职务太长，读到 {len(text)} 个字，请在 30 字以内")
    if re.search(r"\d{7,}", text):
        raise Invalid("部门/职务里有号码，请分开写")
    return text


def city(raw: str) -> str:
    """所属市：广西、山东的补全“市”字，别处的照写。"""
    text = re.sub(r"\s+", "", raw)
    if known := city_named(text):
        return known
    rest = split_region(text)[1]
    if re.fullmatch(rf"[{_HAN}]{{2,8}}(?:[市州盟]|地区)", rest):
        return rest
    if re.fullmatch(rf"[{_HAN}]{{2,4}}", rest) and not rest.endswith(("县", "区")):
        return f"{rest}市"
    raise Invalid("请写地级市的名字，如 南宁市")


def region(raw: str) -> str:
    """地区：省级行政区。"""
    text = re.sub(r"\s+", "", raw)
    found = region_named(text) or region_of(text)
    if found is None:
        raise Invalid("请写省级地区的名字，如 广西、山东")
    return found


def level(raw: str) -> str:
    """等级：初级、中级、高级之一，一行一个。"""
    found = list(
        dict.fromkeys(re.findall(r"[初中高](?=级|$|[、,，/和及初中高\s])", raw))
    )
    if len(found) > 1:
        raise Invalid("一行只填一个等级，请每个等级各发一条")
    if not found:
        raise Invalid("等级请回其中一个：" + "、".join(LEVELS))
    return f"{found[0]}级"


def majors(raw: str) -> str:
    """专业名称：全部列出，以顿号隔开；重复的只留一个。"""
    names = [re.sub(r"\s+", "", n) for n in re.split(r"[、,，;；/\s|]+", raw)]
    names = list(dict.fromkeys(name for name in names if name))
    if not names or not all(re.search(rf"[{_HAN}]", name) for name in names):
        raise Invalid("请列出全部专业的名称，以顿号隔开")
    if too_long := next((name for name in names if len(name) > 30), None):
        raise Invalid(f"有个专业名称长达 {len(too_long)} 个字，请用顿号把各专业隔开")
    return "、".join(names)


def _whole_number(raw: str, what: str) -> str:
    found = re.fullmatch(r"约?(\d{1,6})\s*(?:个|人|名|余人)?", raw.strip())
    if not found:
        raise Invalid(f"{what}请写阿拉伯数字")
    if int(found[1]) == 0:
        raise Invalid(f"{what}应大于 0")
    return str(int(found[1]))


def major_count(raw: str) -> str:
    """专业数量：正整数。"""
    return _whole_number(raw, "专业数量")


def size(raw: str) -> str:
    """学生规模：正整数；是否整十由表的规则定。"""
    return _whole_number(raw, "学生规模")


def remark(raw: str) -> str:
    """学校情况备注：二百字以内。"""
    if len(raw) > 200:
        raise Invalid(f"备注太长，读到 {len(raw)} 个字，请在 200 字以内")
    return raw


def certificate(raw: str) -> str:
    """证书：这里只管长短，名录另查。"""
    text = re.sub(r"\s+", "", raw)
    if not 2 <= len(text) <= 40:
        raise Invalid("请写证书的全名")
    return text


_VALIDATORS: Mapping[Field, Callable[[str], str]] = {
    Field.REGION: region,
    Field.SCHOOL: school,
    Field.TYPE: school_type,
    Field.USCC: credit_code,
    Field.CODE: school_code,
    Field.WEBSITE: website,
    Field.ADDRESS: address,
    Field.NAME: person_name,
    Field.PHONE: phone,
    Field.EMAIL: email,
    Field.POSITION: position,
    Field.CITY: city,
    Field.CERTIFICATE: certificate,
    Field.LEVEL: level,
    Field.MAJORS: majors,
    Field.MAJOR_COUNT: major_count,
    Field.SIZE: size,
    Field.PRINCIPAL: person_name,
    Field.PRINCIPAL_PHONE: phone,
    Field.REMARK: remark,
}


def cautions(values: Mapping[Field, str]) -> list[str]:
    """有效但值得再看一眼的地方，只提醒。"""
    found: list[str] = []
    if code := values.get(Field.CODE):
        found += _code_cautions(code, values.get(Field.REGION), values.get(Field.TYPE))
    if (code := values.get(Field.USCC)) and not _organisation_check(code[8:17]):
        found.append("信用代码第 9—17 位（组织机构代码）自身的校验不符，请对照证书核对")
    if mail := values.get(Field.EMAIL):
        domain = mail.rpartition("@")[2]
        near = next((d for d in _MAIL_DOMAINS if OSA.distance(d, domain) == 1), None)
        if near and domain not in _MAIL_DOMAINS:
            found.append(f"邮箱域名 {domain} 是不是 {near}？没错就不用管")
    where = region_of(values.get(Field.CITY, ""))
    if where and where != values.get(Field.REGION, where):
        found.append(f"所属市在{where}，登记的地区是{values[Field.REGION]}，请核对")
    return found


def _code_cautions(code: str, region: str | None, kind: str | None) -> list[str]:
    found: list[str] = []
    category = SCHOOL_CATEGORIES.get(code[:2])
    province = PROVINCE_CODES.get(code[2:4])
    if category is None:
        found.append(f"院校代码前两位 {code[:2]} 不是常见的类别（中职 36，高校 41）")
    elif kind == "中职" and code[:2] in ("41", "42"):
        found.append(f"院校代码前两位 {code[:2]} 是{category}，与“中职”不一致，请核对")
    elif kind not in (None, "中职") and code[:2] == "36":
        found.append(f"院校代码前两位 36 是中等职业学校，与“{kind}”不一致，请核对")
    if province is None:
        found.append(f"院校代码第 3、4 位 {code[2:4]} 不是省级区划（广西 45，山东 37）")
    elif region and province != region:
        found.append(
            f"院校代码第 3、4 位 {code[2:4]} 是{province}，登记的地区是{region}，请核对"
        )
    return found
