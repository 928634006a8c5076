"""逐个字段的验证：有效就返回规整后的值，无效就说清楚错在哪里。"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.registration.fields import SECONDARY, Field
from bot.registration.numbers import SCHOOL_CATEGORIES
from bot.text import Regions, contacts
from bot.text.contacts import Invalid

from . import values

_FULL_TITLE = re.compile(r"^1\+[xX](?:证书)?|(?:职业技能)?(?:等级)?证书$")


class CertificateNames(Protocol):
    """证书名录：由别处提供。"""

    def find(self, text: str) -> str | None:
        """文字所说的那个证书的正式名称；认不出或不止一个为 `None`。"""
        ...

    def suggestions(self, text: str) -> Sequence[str]:
        """相近的几个正式名称，最像的在前。"""
        ...


@dataclass(frozen=True, slots=True)
class Checks:
    """各字段的验证。

    参数:
        regions: 地区表
        certificates: 证书名录；没有时证书照写，不核对
    """

    regions: Regions
    certificates: CertificateNames | None = None

    def validate(self, field: Field, raw: str) -> str:
        """验证一个字段。

        返回:
            规整后的值

        异常:
            Invalid: 无效，消息说明错在哪里、怎么改
        """
        text = raw.strip()
        match field:
            case Field.REGION:
                return values.region(text, self.regions)
            case Field.CITY:
                return values.city(text, self.regions)
            case Field.CERTIFICATE:
                return self._certificate(values.certificate(text))
            case _:
                return _VALIDATORS[field](text)

    def cautions(self, filled: Mapping[Field, str]) -> list[str]:
        """有效但值得再看一眼的地方，只提醒。"""
        found: list[str] = []
        region = filled.get(Field.REGION)
        if code := filled.get(Field.CODE):
            found += _of_category(code, filled.get(Field.TYPE))
            found += _of_province(code[2:4], region, self.regions)
        code = filled.get(Field.USCC)
        if code and not contacts.organisation_check(code[8:17]):
            found.append(
                "信用代码第 9—17 位（组织机构代码）自身的校验不符，请对照证书核对"
            )
        if mail := filled.get(Field.EMAIL):
            found += contacts.email_cautions(mail)
        where = self.regions.leading(filled.get(Field.CITY, ""))
        if where and region and where != region:
            found.append(f"所属市在{where}，登记的地区是{region}，请核对")
        return found

    def official(self, text: str) -> str | None:
        """证书的正式名称；“1+X…职业技能等级证书”这样的全称也认。"""
        if self.certificates is None:
            return None
        find = self.certificates.find
        return find(text) or find(_FULL_TITLE.sub("", text))

    def _certificate(self, text: str) -> str:
        if self.certificates is None:
            return text
        if found := self.official(text):
            return found
        near = "、".join(self.certificates.suggestions(text))
        hint = f"，是不是 {near}" if near else ""
        raise Invalid(f"名录里没有这个证书{hint}；请写证书全名")


_VALIDATORS: Mapping[Field, Callable[[str], str]] = {
    Field.SCHOOL: values.school,
    Field.TYPE: values.school_type,
    Field.USCC: contacts.credit_code,
    Field.CODE: values.school_code,
    Field.WEBSITE: values.website,
    Field.ADDRESS: values.address,
    Field.NAME: values.person_name,
    Field.PHONE: contacts.mobile,
    Field.EMAIL: contacts.email,
    Field.POSITION: values.position,
    Field.LEVEL: values.level,
    Field.MAJORS: values.majors,
    Field.MAJOR_COUNT: values.major_count,
    Field.SIZE: values.size,
    Field.PRINCIPAL: values.person_name,
    Field.PRINCIPAL_PHONE: contacts.mobile,
    Field.REMARK: values.remark,
}


def _of_category(code: str, kind: str | None) -> list[str]:
    """院校代码的类别与院校类型合不合。"""
    written, category = code[:2], SCHOOL_CATEGORIES.get(code[:2])
    if category is None:
        return [f"院校代码前两位 {written} 不是常见的类别（中职 36，高校 41）"]
    unlike = ("41", "42") if kind == SECONDARY else ("36",)
    if kind and written in unlike:
        what = f"院校代码前两位 {written} 是{category}"
        return [f"{what}，与「{kind}」不一致，请核对"]
    return []


def _of_province(written: str, region: str | None, regions: Regions) -> list[str]:
    """院校代码的省份与登记的地区合不合。"""
    province, where = regions.codes.get(written), f"院校代码第 3、4 位 {written} "
    if province is None:
        return [f"{where}不是省级区划（广西 45，山东 37）"]
    if region and province != region:
        return [f"{where}是{province}，登记的地区是{region}，请核对"]
    return []
