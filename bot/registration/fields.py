"""登记表与汇总表的字段：名目、必填与否、各种写法。"""

from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """一个字段；值是存进数据库的名字。"""

    REGION = "region"
    SCHOOL = "school"
    TYPE = "type"
    USCC = "uscc"
    CODE = "code"
    WEBSITE = "website"
    ADDRESS = "address"
    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    POSITION = "position"
    CITY = "city"
    CERTIFICATE = "certificate"
    LEVEL = "level"
    MAJORS = "majors"
    MAJOR_COUNT = "major_count"
    SIZE = "size"
    PRINCIPAL = "principal"
    PRINCIPAL_PHONE = "principal_phone"
    REMARK = "remark"


TITLES: dict[Field, str] = {
    Field.REGION: "地区",
    Field.SCHOOL: "院校名称",
    Field.TYPE: "院校类型",
    Field.USCC: "统一社会信用代码",
    Field.CODE: "院校代码",
    Field.WEBSITE: "院校网址",
    Field.ADDRESS: "详细地址",
    Field.NAME: "联系人姓名",
    Field.PHONE: "联系人手机号",
    Field.EMAIL: "联系人邮箱",
    Field.POSITION: "部门/职务",
    Field.CITY: "所属市",
    Field.CERTIFICATE: "证书",
    Field.LEVEL: "等级",
    Field.MAJORS: "专业名称",
    Field.MAJOR_COUNT: "专业数量",
    Field.SIZE: "学生规模",
    Field.PRINCIPAL: "校长姓名",
    Field.PRINCIPAL_PHONE: "校长手机",
    Field.REMARK: "学校情况备注",
}
"""界面与工作簿上的名目。"""

SECONDARY, VOCATIONAL = "中职", "高职"
SCHOOL_TYPES = (SECONDARY, VOCATIONAL, "本科层次职业教育试点学校", "应用型本科")
"""院校类型的四种取值（2020年汇总表注2、2019年汇总表注2）。"""

LEVELS = ("初级", "中级", "高级")

PHONE_OF = {Field.NAME: Field.PHONE, Field.PRINCIPAL: Field.PRINCIPAL_PHONE}
"""谁的姓名与谁的手机。"""
PEOPLE = frozenset(PHONE_OF)
PHONES = frozenset(PHONE_OF.values())
NUMERIC = PHONES | {Field.CODE, Field.USCC}
"""凭形状认得出的号码。"""
WEB = frozenset({Field.EMAIL, Field.WEBSITE})
COUNTS = frozenset({Field.SIZE, Field.MAJOR_COUNT})

REACHING = PHONES | {Field.EMAIL}
"""凭它就能找到人。"""
SENSITIVE = REACHING | {Field.ADDRESS}
"""出现在群里就该撤回的。"""
PERSONAL = SENSITIVE | PEOPLE | {Field.POSITION}
"""属于个人的字段，撤销登记时必须删净。"""
ANNOUNCED = REACHING | {Field.REGION, Field.SCHOOL, Field.NAME}
"""改了要告知同校的人与秘书处的。"""


class Kind(StrEnum):
    """表的种类。"""

    CONTACT = "contact"
    PILOT = "pilot"


@dataclass(frozen=True, slots=True)
class Form:
    """一张表。

    参数:
        kind: 种类
        title: 草稿卡片上的名字
        required: 必填字段，按询问的顺序
        optional: 选填字段，计入完整度
    """

    kind: Kind
    title: str
    required: tuple[Field, ...]
    optional: tuple[Field, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """全部字段，按界面与工作簿的顺序。"""
        chosen = {*self.required, *self.optional}
        return tuple(field for field in Field if field in chosen)


CONTACT_FORM = Form(
    Kind.CONTACT,
    "登记",
    required=(Field.REGION, Field.SCHOOL, Field.TYPE, Field.NAME, Field.PHONE),
    optional=(
        Field.USCC,
        Field.CODE,
        Field.WEBSITE,
        Field.ADDRESS,
        Field.EMAIL,
        Field.POSITION,
        Field.CITY,
    ),
)
"""校级联系人登记表；前九项来自广西 2021 年指南的注册信息。"""

PILOT_FORM = Form(
    Kind.PILOT,
    "试点情况",
    required=(
        Field.REGION,
        Field.SCHOOL,
        Field.TYPE,
        Field.CERTIFICATE,
        Field.LEVEL,
        Field.MAJORS,
        Field.SIZE,
    ),
    optional=(
        Field.MAJOR_COUNT,
        Field.PRINCIPAL,
        Field.PRINCIPAL_PHONE,
        Field.NAME,
        Field.PHONE,
        Field.CITY,
        Field.REMARK,
    ),
)
"""试点院校情况汇总表的一行（2020 年附件 3；备注一栏来自 2019 年附件 2）。"""

FORMS = {form.kind: form for form in (CONTACT_FORM, PILOT_FORM)}
