"""逐个字段的验证：有效就返回规整后的值，无效就说清楚错在哪里。"""

from collections.abc import Callable, Mapping

from . import addresses, codes, texts
from .fields import Field
from .invalid import Invalid as Invalid
from .places import region_of


def validate(field: Field, raw: str) -> str:
    """验证一个字段。

    返回:
        规整后的值

    异常:
        Invalid: 无效，消息说明错在哪里、怎么改
    """
    return _VALIDATORS[field](raw.strip())


_VALIDATORS: Mapping[Field, Callable[[str], str]] = {
    Field.REGION: texts.region,
    Field.SCHOOL: texts.school,
    Field.TYPE: texts.school_type,
    Field.USCC: codes.credit_code,
    Field.CODE: codes.school_code,
    Field.WEBSITE: addresses.website,
    Field.ADDRESS: texts.address,
    Field.NAME: texts.person_name,
    Field.PHONE: codes.phone,
    Field.EMAIL: addresses.email,
    Field.POSITION: texts.position,
    Field.CITY: texts.city,
    Field.CERTIFICATE: texts.certificate,
    Field.LEVEL: texts.level,
    Field.MAJORS: texts.majors,
    Field.MAJOR_COUNT: texts.major_count,
    Field.SIZE: texts.size,
    Field.PRINCIPAL: texts.person_name,
    Field.PRINCIPAL_PHONE: codes.phone,
    Field.REMARK: texts.remark,
}


def cautions(values: Mapping[Field, str]) -> list[str]:
    """有效但值得再看一眼的地方，只提醒。"""
    found: list[str] = []
    if code := values.get(Field.CODE):
        found += codes.code_cautions(
            code, values.get(Field.REGION), values.get(Field.TYPE)
        )
    if (code := values.get(Field.USCC)) and not codes.organisation_check(code[8:17]):
        found.append("信用代码第 9—17 位（组织机构代码）自身的校验不符，请对照证书核对")
    if mail := values.get(Field.EMAIL):
        found += addresses.mail_cautions(mail)
    where = region_of(values.get(Field.CITY, ""))
    if where and where != values.get(Field.REGION, where):
        found.append(f"所属市在{where}，登记的地区是{values[Field.REGION]}，请核对")
    return found
