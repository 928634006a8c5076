"""名录：更新联系人、撤销更新、更新记录。"""

import re

from bot.directory import levels_in
from bot.directory.phrases import BATCH
from bot.orders import wording
from bot.orders.models import Manner, Missing, Order, Told
from bot.orders.slots import bare, numbers_in, without_request, written
from bot.text import Regions
from bot.text.contacts import EMAIL_IN_TEXT, PHONE_IN_TEXT

_LEAD = (
    r"^(?:请?(?:帮我|帮忙)?(?:更新|修改|改|更改|变更|调整|登记)(?:一下|下)?"
    r"(?:名录里?的?|联系人|通讯录)?[\s，,:：]*)",
    r"^(?:把|将)",
    r"^(?:名录里?的?|通讯录里?的?)",
    r"[，,]?(?:更新|改|变更|换|修改)(?:一下|下|过来|掉|好)$",
)
_CHANGED = re.compile(
    r"(?:已经?)?(?:换人了|换了|变了|变更了|改了|更换了|有变动?|调整了)[，,：:\s]*"
    r"(?:新的?|现在|改成|改为|换成)?(?:是|为|叫)?"
)
_ASIDE = re.compile(
    r"(?:不对|错了|少一位|停用了?|停机了?|空号了?|说|他们|老师|那家|那边|离职了?|不在了|现在|以后|记(?:一下)?$|换人了?|"
    r"联络(?=邮箱|电话|手机|座机)|(?:^|[，,\s])(?:联系人变更|新)(?=[，,\s]|邮箱|电话|手机|座机|号)|是$)"
)
_MADE = re.compile(
    r"换(?=[^成为人了])|(?:更新|改|换|变更|调整)(?:成|为)了?|现在是|新的是|应该?是|变成"
)


_BESIDE = r"(?<=[\u4e00-\u9fffA-Za-z]){region}(?:这边|那边|那里|这里|方面|片区|地区)的?"
"""“中车行广西那边的电话”：地区不是名字的一部分。"""


def _without_place(text: str, regions: Regions) -> str:
    """去掉跟在名字后面的地区；名录里的联系方式是全国共用的。"""
    found = regions.find(text)
    if not found:
        return text
    return re.sub(_BESIDE.format(region=re.escape(found)), " ", text)


_ADDED = re.compile(
    r"^(?:请|麻烦|帮我|帮忙)*(?:给|为|替|在)?(?P<who>[^，,:：]{2,30}?)(?:证书|项目)?的?"
    r"(?:[那这][里边儿]|里|名下|下面)?"
    r"(?:再|多|也)*(?:增加|新增|添加|补充|增补|加上?|添)了?(?:[一1两二2]?[名位个])?(?:新的?)?联系人[是叫为]?[:：，,\s]*"
)
"""“为某证书增加一名联系人：……”"""


_MAIL = re.compile(r"电邮|电子邮[箱件]|e-?mail|伊妹儿", re.I)
_STRAY = re.compile(r"(?<=\s)(?:请|咧|啦|哩|哈|嘛|呗|了)+(?=\s)")
_IN_CHARGE = re.compile(
    r"(?:换成?|改由|由|交给)(?P<taken>[\u4e00-\u9fff]{2,4}?)(?:老师)?(?:来)?(?:负责|接手|对接|管)(?:了)?|"
    r"[，,\s](?:现在|以后|现|改由|由)+(?P<name>[\u4e00-\u9fff]{2,4}?)(?:老师)?(?:来)?负责(?:了)?"
    r"|[，,\s](?:现在|现|新的)(?:是|为|换成)(?P<now>[\u4e00-\u9fff]{2,4}?)(?:老师)?"
    r"(?=[，,\s]*(?:手机|电话|邮箱|座机|\d{3}|$))"
    r"|[，,\s](?:现在|以后|改)找(?P<found>[\u4e00-\u9fff]{2,4}?)(?:老师)?(?=[，,\s\d]|$)"
)
"""“换人了，现在秦示例负责”。"""
_UNCHANGED = re.compile(
    r"(?:联系人|负责人|邮箱|电话|手机|座机|地址|别的|其他|其余)都?[没不未](?:有|用)?(?:换|变|改|动)[了嗯啊呀的]*"
)
"""“邮箱没换”。"""
_NO_VALUE = re.compile(
    r"(?:联系人|负责人|邮箱|电话|手机|地址|传真|邮编|联系方式)"
    r"(?:的|也|都|得|要|该|需|改|换|更|新|动|变|了|一?下|\s)*$"
)
"""“邮箱也要改”：没说改成什么。"""


async def _update(told: Told) -> str:
    text = _without_place(written(told.text), told.regions)
    text = _ADDED.sub(r"\g<who> 增加 联系人 ", text)
    text = _IN_CHARGE.sub(lambda m: f" 联系人 {next(filter(None, m.groups()))} ", text)
    text = bare(without_request(_UNCHANGED.sub(" ", text)), *_LEAD)
    text = _ASIDE.sub(" ", _MADE.sub(" ", _CHANGED.sub(" ", text))).rstrip("了的 。")
    text = _STRAY.sub("", re.sub(r"[→，,;；]", " ", _MAIL.sub("邮箱", text)))
    if not re.search(r"\d{5,}|@|联系人|负责人|邮箱|电话|手机|地址|传真|邮编", text):
        raise Missing(wording.UPDATE_WHAT)
    if _NO_VALUE.search(text):
        raise Missing(wording.UPDATE_TO_WHAT)
    return f"更新联系人 {' '.join(text.split())}"


async def _undo(told: Told) -> str:
    numbers = numbers_in(told.text)
    number = (
        numbers[0] if numbers else await told.facts.last_update(told.message.person)
    )
    if number is None:
        raise Missing(wording.UNDO_UPDATE_WHICH)
    return f"撤销更新 {number}"


async def _history(told: Told) -> str:
    return "更新记录"


_NAME_ENDS = (
    r"(?=是(?:由)?[\u4e00-\u9fff()]{2,30}(?:公司|集团|协会|学会|研究院|中心|出版社|联盟)"
    r"|[\s，,。；;、“”「」『』\":：]|$)"
)
"""名称说完了：后面是标点，或“是某某公司的”。"""
_NAMED = re.compile(
    r"(?:证书名?称?|证)?(?:名字?|名称)?(?:叫做?|名为|名叫|是叫|名称[:：是]|名[:：])\s*"
    rf"[“「『\"]?(?P<name>[^\s，,。；;、“”「」『』\":：]{{2,24}}?){_NAME_ENDS}"
)
_QUOTED_NAME = re.compile(r"[“「『\"](?P<name>[^”」』\"]{2,24})[”」』\"]")
_GIVEN = re.compile(
    r"(?:新增|增加|增列|添加|补录|补上|收录|录入|加进|新出|多|加|添|补|收|新)(?:了|个|一个|上|进|入|到)*"
    r"(?:职业技能等级)?证书?[哈啊呀呢吧嘛哦]?[:：\s，,]+[“「『\"]?(?P<name>[^\s，,。；;、”」』\":：]{2,24})"
)
_ORGANISATION = re.compile(
    r"(?:评价组织|评价机构|组织(?=是|为|叫|[:：])|机构|发证的?(?:单位|机构)?|颁证的?(?:单位|机构)?)(?:名称)?(?:就?是|为|叫|[:：])?\s*"
    r"(?P<name>[^\s，,。；;、]{2,30})"
)
_COMPANY = re.compile(
    r"(?P<name>[\u4e00-\u9fffA-Za-z()]{2,26}"
    r"(?:公司|集团|协会|学会|研究院|研究中心|出版社|联盟|促进会))"
)
_PERSON = re.compile(
    r"(?:联系人|负责人|联系老师|找)(?:是|叫|为|[:：])?\s*(?P<name>[\u4e00-\u9fff·]{2,4}?)"
    r"(?=老师|电话|手机|邮箱|座机|[\s，,。；;、\d]|$)"
)
_TRIMMED = re.compile(r"(?:的?证书?|的)$|^(?:.*(?:是由?)(?=.{4,})|一?个|是|叫)")


async def _add(told: Told) -> str:
    """写成“名录新增 …”；缺了的一句话问全。"""
    text = written(told.text)
    place = next((m for p in _NAMES if (m := p.search(text))), None)
    name = _TRIMMED.sub("", place["name"]) if place else ""
    name = "" if _NOT_NAME.search(name) else name
    issuer = _ORGANISATION.search(text) or _COMPANY.search(text)
    batch = BATCH.search(text)
    numbers = [match[0] for match in PHONE_IN_TEXT.finditer(text)]
    mails = EMAIL_IN_TEXT.findall(text)
    if not (name or issuer):
        raise Missing(wording.ADD_CERTIFICATE)
    person, levels = _PERSON.search(text), levels_in(text)
    company = _TRIMMED.sub("", issuer["name"]) if issuer else ""
    needed = (
        ("证书叫什么", name),
        ("是哪家评价组织的", company),
        ("第几批", batch and batch[0]),
        ("联系人、电话或邮箱", " ".join([*numbers, *mails])),
    )
    lacking = [what for what, given in needed if not given]
    if lacking or batch is None:
        read = [given for _, given in needed if given]
        raise Missing(wording.addition_lacks(read, lacking))
    parts = [
        name,
        f"机构 {company}",
        f"批次 第{batch['number']}批" if batch["number"] != "首" else "批次 首批",
        f"等级 {'、'.join(levels)}" if levels else "",
        f"联系人 {person['name']}" if person else "",
        f"电话 {' '.join(numbers)}" if numbers else "",
        f"邮箱 {' '.join(mails)}" if mails else "",
    ]
    return f"名录新增 {' '.join(filter(None, parts))}"


_NOT_NAME = re.compile("名录|目录|证书册|名册|补[上一]|添上|录入|收录|加[进上]")
"""“新批了个证书，名录里给补一条”：没有说名称。"""
_NAMES = (_QUOTED_NAME, _NAMED, _GIVEN)
_TITLE = "更新名录里的联系方式"
_PATTERN = "更新联系人 证书或机构 项目 新内容"
ORDERS = (
    Order(
        "contact-update", _TITLE, "更新联系人", _update,
        manner=Manner.RESTATED, pattern=_PATTERN,
    ),
    Order(
        "directory-add", "往名录里加证书", "名录新增", _add,
        manner=Manner.RESTATED, pattern="名录新增 证书名 机构 … 批次 … 电话 …",
        acts="add",
    ),
    Order(
        "contact-undo", "撤销名录的更新", "撤销更新", _undo,
        manner=Manner.ASKING, pattern="撤销更新 编号", acts="remove",
    ),
    Order(
        "contact-history", "看名录改过什么", "更新记录", _history,
        asked=True, shows=True,
    ),
)  # fmt: skip
