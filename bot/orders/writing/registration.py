"""登记：开始、看、改、撤销；秘书处的名单、导出、整理。"""

import re

from bot.access import Role
from bot.listing import ASKING, REGISTRATIONS, REMOVED
from bot.orders import wording
from bot.orders.models import Manner, Missing, Order, Told, Writer
from bot.orders.slots import (
    bare,
    joined,
    numbered_in,
    numbers_in,
    region_in,
    without_request,
    written,
)

_SCHOOL = re.compile(
    r"[^\W\d_，,。的了是们把将删查看给在有登记合并]{2,20}(?:学院|大学|学校|中专|职校|职院|工校)"
)
_THAT_SCHOOL = re.compile(
    r"(?<![^\W\d_])(?:帮我|请|查|看|一下|下|问|麻烦)*"
    r"(?P<name>[^\W\d_]{2,12}?)[那这]个?(?:学校|院校|学院|大学)"
)
_NO_NAME = re.compile(
    r"哪|多少|几|所有|全部|有没|我们|本校|这|那|离开|假|错|冒用|名义|一个|同|各|谁|别的学校|其他"
)
_LEADING = re.compile(
    r"^(?:请|移除|删?除|准?予|通过|麻烦|恢复|还有|加|批准|同意|因为|我?想?找|下|帮忙?)+"
)
_SECOND = re.compile(r"第[二2]\s*(?:个|位)?(?:副)?(?:联系人|联系|人|位)?")
_FIELDS = (
    ("院校类型", r"(?:学校|院校)类型|类型"),
    ("手机号", r"手机号?码?|电话号?码?|号码|新号"),
    ("邮箱", r"邮箱|邮件|email|e-mail"),
    ("QQ", r"qq号?|扣扣"),
    ("微信", r"微信号?"),
    ("职务", r"职务|职位|岗位"),
    ("部门", r"部门|科室|处室"),
    ("院校", r"学校名?称?|院校名?称?|校名"),
    ("姓名", r"姓名|名字|名"),
    ("地址", r"地址"),
)
_VALUE = (
    (r"(?<!\d)1[3-9]\d{9}(?!\d)", "手机号"),
    (r"[A-Za-z\d_.+\-]+@[A-Za-z\d\-]+(?:\.[A-Za-z\d\-]+)+", "邮箱"),
)
_NEW = re.compile(r"新|改|换|成|为|是")
_CLAUSES = 2
"""一份登记至少隔成几处。"""
MERGE = "登记 合并"
_LISTS = {"登记 恢复": REMOVED, "登记 通过": ASKING}
"""口令里的编号是哪份清单的，其余的是登记列表的。"""
_INTO = re.compile(r"[并合][到进入]")
"""“把5并到3里”：留下的是3。"""
_MADE = (
    r"(?:已经?)?(?:改成了?|改为了?|换成了?|变成了?|更新为|更正为|修改为|调整为|应该?是|现在是|"
    r"新的?(?:号码?)?是|现在叫|改名叫|叫|[:：→]|换了|改(?!正|过来|一下)|换|是|为)\s*"
)


def _just(word: str) -> Writer:
    """口令后面什么也不跟的。"""

    async def write(told: Told) -> str:
        return word

    return write


async def _begin(told: Told) -> str:
    """开始登记；校名、姓名等已经说了的，连着写上。"""
    return f"登记 {told.text}" if _is_filled(told) else "登记"


def _is_filled(told: Told) -> bool:
    """话里已经是一份登记的内容：有校名，分了几句。"""
    school = _SCHOOL.search(told.text)
    named = school is not None and not _NO_NAME.search(school[0])
    return named and len(re.findall(r"[，,。；;\s]+\S", told.text)) >= _CLAUSES


async def _change(told: Told) -> str:
    text = without_request(written(told.text))
    for pattern, field in _VALUE:
        found = list(re.finditer(pattern, text))
        fresh = [m for m in found if _NEW.search(text[: m.start()][-6:])]
        if found:
            return f"修改登记 {field} {(fresh or found)[-1][0]}"
    for field, names in _FIELDS:
        match = re.search(rf"(?:{names})(?P<rest>.*)$", text, re.I | re.S)
        if match is not None:
            if value := _new_value(match["rest"]):
                return f"修改登记 {field} {value}"
            raise Missing(wording.change_field_to_what(field))
    raise Missing(wording.CHANGE_WHICH_FIELD)


def _new_value(rest: str) -> str:
    """字段名后面说的新内容；“是甲不是乙”是甲。"""
    if match := re.search(r"是(?P<right>[^，,不]+)[，,]?不是", rest):
        return match["right"].strip()
    parts = re.split(_MADE, rest)
    return bare(parts[-1], r"(?:了|的)$") if len(parts) > 1 else ""


def _school(text: str) -> str | None:
    """点名的学校；“哪些学校”“这个学校”不是。"""
    match = _SCHOOL.search(text)
    named = _LEADING.sub("", match[0]) if match else ""
    return named if len(named) > 3 and not _NO_NAME.search(named) else None


def _regional(word: str) -> Writer:
    """口令后面只跟地区的。"""

    async def write(told: Told) -> str:
        return joined(word, region_in(told.text, told.regions))

    return write


async def _mine(told: Told) -> str:
    """自己的；秘书处点名问一个学校的，是查名单。"""
    if told.facts.tends(told.message.person):
        match = _THAT_SCHOOL.search(told.text)
        if school := match["name"] if match else _school(told.text):
            return f"登记列表 {school}"
    return "我的登记"


async def _list(told: Told) -> str:
    match = _THAT_SCHOOL.search(told.text)
    return joined("登记列表", match["name"] if match else _school(told.text))


async def _summary(told: Told) -> str:
    year = re.search(r"20(?:19|20)", told.text)
    region = region_in(told.text, told.regions)
    return joined("导出汇总表", region, year[0] if year else None)


def _tending(word: str, fewest: int, asking: str) -> Writer:
    """对几条登记做一件事：编号，或校名。"""

    async def write(told: Told) -> str:
        numbers = numbered_in(_SECOND.sub(" ", told.text))
        if word == MERGE and _INTO.search(told.text):
            numbers.reverse()
        if len(numbers) >= max(fewest, 1):
            kind = _LISTS.get(word, REGISTRATIONS)
            lasting = [told.facts.lasting(told.message, kind, n) for n in numbers]
            return joined(word, *lasting)
        if school := _school(told.text):
            return f"{word} {school}"
        if not fewest:
            return word
        raise Missing(asking)

    return write


async def _withdraw_pilot(told: Told) -> str:
    numbers = numbers_in(told.text)
    return joined("撤销试点", str(numbers[0]) if numbers else None)


async def _change_pilot(told: Told) -> str:
    text = bare(written(told.text), r"^(?:请?帮我)?(?:修改|改)?(?:我报的|我的)?试点的?")
    return f"修改试点 {re.sub(r'(?:改成|改为|换成)', ' ', text)}"


_ALL, _ASKING = Role.EVERYONE, Manner.ASKING
ORDERS = (
    Order(
        "registration-begin", "登记校级联系人", "登记", _begin, _ALL, asked=True,
        restates=_is_filled,
    ),
    Order(
        "registration-mine", "看自己的登记", "我的登记", _mine, _ALL,
        asked=True,
    ),
    Order(
        "registration-change", "改自己的登记", "修改登记", _change, _ALL,
        pattern="修改登记 手机 13900000000",
    ),
    Order(
        "registration-withdraw", "撤销自己的登记", "撤销登记", _just("撤销登记"), _ALL
    ),
    Order(
        "registration-list", "看登记了哪些学校", "登记列表", _list,
        asked=True, shows=True,
    ),
    Order("registration-export", "导出登记名册", "导出登记", _regional("导出登记")),
    Order(
        "summary-export", "导出汇总表", "导出汇总表", _summary, about="registration"
    ),
    Order(
        "registration-delete", "删去登记", "登记 删除",
        _tending("登记 删除", 1, wording.DELETE_WHICH), pattern="登记 删除 编号",
    ),
    Order(
        "registration-merge", "合并两条登记", "登记 合并",
        _tending(MERGE, 2, wording.MERGE_WHICH), pattern="登记 合并 编号 编号",
    ),
    Order(
        "registration-restore", "恢复删去的登记", "登记 恢复",
        _tending("登记 恢复", 0, ""),
    ),
    Order(
        "registration-approve", "同意第二位联系人", "登记 通过",
        _tending("登记 通过", 0, ""), manner=_ASKING, lists=True, asked=True,
    ),
    Order("pilot-register", "登记试点情况", "登记试点", _just("登记试点"), _ALL),
    Order(
        "pilot-mine", "看自己报的试点", "我的试点", _just("我的试点"), _ALL, asked=True
    ),
    Order("pilot-change", "改自己报的试点", "修改试点", _change_pilot, _ALL),
    Order("pilot-withdraw", "撤销自己报的试点", "撤销试点", _withdraw_pilot, _ALL),
)  # fmt: skip
