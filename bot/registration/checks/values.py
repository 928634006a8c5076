"""各种值的验证：院校名称、类型、代码、姓名、地址、专业等。"""

import re

from bot.registration.fields import LEVELS, SCHOOL_TYPES
from bot.registration.people import ADDRESSED, HONORIFICS, SURNAME, is_position
from bot.registration.vocabulary import GENERIC_SCHOOL, TYPE_DOUBTFUL, TYPE_SYNONYMS
from bot.text import Regions, is_courtesy
from bot.text.contacts import Invalid, check_digits
from bot.text.names import COMMON_SURNAMES, COMPOUND, NOT_NAMES, SURNAMES

_HAN = "\u4e00-\u9fff"
_PLACEHOLDERS = frozenset(
    "待定 暂定 未定 同前 附件 本人 我 自己 保密 不详 "
    "未知 办公室 校办 党办 待补 待填 待报 老师 教师 联系人 负责人 姓名 全名 "
    "名字 变更 更换 调整 变动 同上 如上".split()
)
"""填在姓名处、却不是姓名的。"""
_SAID = frozenset(word for word in NOT_NAMES if word[0] in "那没还")
_TALK = re.compile("[了吗呢吧的没还是我你您他她它这那哪谁啥们]|什么|怎么")


_LEVEL = re.compile(
    r"(?:公办|民办)?(?:(?:应用型|职业)?本科|中专|中职|高职|高专|大专|专科|职高|技校)+"
    r"(?:层次|类型?|性质|学校|院校|的)*"
)


def school(raw: str) -> str:
    """院校名称：要全称。"""
    text = re.sub(r"\s+", "", raw).replace("(", "（").replace(")", "）")
    text = re.sub(r"^[我你他她](?:们|那边|这边)?[是在]", "", text)
    if not re.search(rf"[{_HAN}]{{2}}", text):
        raise Invalid("请写院校的中文全称")
    if len(text) < 4 or GENERIC_SCHOOL.fullmatch(text):
        raise Invalid("请写院校的全称，与法人证书一致")
    if re.search(r"(?:公司|集团|协会|学会|工厂|医院|[厅局厂店])$", text):
        raise Invalid("这不像院校的名称，请写院校的全称")
    if _LEVEL.fullmatch(text):
        raise Invalid("这是办学层次，请写院校的全称")
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
    short = host.lower().startswith("www.") and host.count(".") < 2
    if short or not re.fullmatch(
        rf"(?:[\w\-{_HAN}]+\.)+(?:[A-Za-z]{{2,}}|[{_HAN}]{{2,4}})", host
    ):
        raise Invalid("看不出网址，应像 www.example.edu.cn")
    return text


def person_name(raw: str) -> str:
    """姓名：汉字（可带间隔号）或外文名。"""
    text = re.sub(r"[•・‧．.](?=[\u4e00-\u9fff])", "·", raw.strip())
    if ADDRESSED.fullmatch(text) or re.fullmatch(rf"[小老]{SURNAME}", text):
        raise Invalid("这里只有称呼，请写联系人的全名")
    if text in _PLACEHOLDERS or re.match("详?见|参见|同上|如上", text):
        raise Invalid("这里还没有姓名，请写联系人的全名")
    if text in TYPE_SYNONYMS or is_position(text):
        raise Invalid("这是部门或职务，请写联系人的全名")
    text = re.sub(rf"(?<=[{_HAN}]{{2}})(?:{HONORIFICS})$", "", text)
    for position, char in enumerate(text, start=1):
        if char.isdigit():
            raise Invalid(f"第 {position} 个字是 {char}，姓名里不应有数字")
    han = rf"[{_HAN}\u3400-\u4dbf〇\U00020000-\U0002ffff]"
    whole = re.fullmatch(rf"{han}{{2,8}}|{han}{{1,8}}(?:·{han}{{1,8}}){{1,3}}", text)
    talk = _TALK.search(text, 1 if text[0] in SURNAMES else 0)
    if whole and not talk and text not in _SAID and not is_courtesy(text):
        if _two_people(text):
            raise Invalid("像是两个人的姓名，只能填一位，请写联系人的全名")
        return text
    shouted = (text.isupper() or text.islower()) and " " not in text
    if re.fullmatch(r"[A-Za-z][A-Za-z .'\-]{1,39}", text) and not shouted:
        return text
    if len(text) < 2:
        raise Invalid("姓名太短，请写联系人的全名")
    raise Invalid("看不出姓名，请只写联系人的全名")


def _two_people(text: str) -> bool:
    """“张三李四”：四个字，第三个又是常见的姓，前面也不是复姓。"""
    return (
        re.fullmatch(rf"{SURNAME}[{_HAN}][{COMMON_SURNAMES}][{_HAN}]", text) is not None
        and re.match(COMPOUND, text) is None
    )


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
    if re.search(r"^们|我们?(?:是|在)|[是在]我", text):
        raise Invalid("部门/职务没有读清，请单独写，如 部门 教务处")
    return text


def city(raw: str, regions: Regions) -> str:
    """所属市：地级行政区写成正名，别的照写。"""
    text = re.sub(r"\s+", "", raw)
    if (known := regions.place(text)) and known.city:
        return known.city
    rest = regions.split(text)[1]
    if re.fullmatch(rf"[{_HAN}]{{2,8}}(?:[市州盟]|地区)", rest):
        return rest
    if re.fullmatch(rf"[{_HAN}]{{2,4}}", rest) and not rest.endswith(("县", "区")):
        return f"{rest}市"
    raise Invalid("请写地级市的名字，如 南宁市")


def region(raw: str, regions: Regions) -> str:
    """地区：省级行政区。"""
    text = re.sub(r"\s+", "", raw)
    found = regions.named(text) or regions.leading(text)
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
    found = re.fullmatch(r"约?(-?\d+)\s*(?:个|人|名|余人)?", raw.strip())
    if not found:
        raise Invalid(f"{what}请写阿拉伯数字的整数")
    if int(found[1][:6]) <= 0:
        raise Invalid(f"{what}应大于 0")
    if len(found[1]) > 5:
        raise Invalid(f"{what}太大了，请核对")
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
