"""逐个字段的验证：有效就返回规整后的值，无效就说清楚错在哪里。"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.registration import addresses, codes
from bot.registration.fields import Field
from bot.text import Regions, contacts
from bot.text.contacts import Invalid

from . import values as texts

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
                return texts.region(text, self.regions)
            case Field.CITY:
                return texts.city(text, self.regions)
            case Field.CERTIFICATE:
                return self._certificate(texts.certificate(text))
            case _:
                return _VALIDATORS[field](text)

    def cautions(self, values: Mapping[Field, str]) -> list[str]:
        """有效但值得再看一眼的地方，只提醒。"""
        found: list[str] = []
        region = values.get(Field.REGION)
        if code := values.get(Field.CODE):
            kind = values.get(Field.TYPE)
            found += codes.code_cautions(code, region, kind, self.regions)
        code = values.get(Field.USCC)
        if code and not contacts.organisation_check(code[8:17]):
            found.append(
                "信用代码第 9—17 位（组织机构代码）自身的校验不符，请对照证书核对"
            )
        if mail := values.get(Field.EMAIL):
            found += contacts.email_cautions(mail)
        where = self.regions.leading(values.get(Field.CITY, ""))
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
    Field.SCHOOL: texts.school,
    Field.TYPE: texts.school_type,
    Field.USCC: contacts.credit_code,
    Field.CODE: codes.school_code,
    Field.WEBSITE: addresses.website,
    Field.ADDRESS: texts.address,
    Field.NAME: texts.person_name,
    Field.PHONE: contacts.mobile,
    Field.EMAIL: contacts.email,
    Field.POSITION: texts.position,
    Field.LEVEL: texts.level,
    Field.MAJORS: texts.majors,
    Field.MAJOR_COUNT: texts.major_count,
    Field.SIZE: texts.size,
    Field.PRINCIPAL: texts.person_name,
    Field.PRINCIPAL_PHONE: contacts.mobile,
    Field.REMARK: texts.remark,
}
