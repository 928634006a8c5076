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

SCHOOL_TYPES = ("中职", "高职", "本科层次职业教育试点学校", "应用型本科")
"""院校类型的四种取值（2020年汇总表注2、2019年汇总表注2）。"""

LEVELS = ("初级", "中级", "高级")

PERSONAL = frozenset(
    {
        Field.NAME,
        Field.PHONE,
        Field.EMAIL,
        Field.ADDRESS,
        Field.POSITION,
        Field.PRINCIPAL,
        Field.PRINCIPAL_PHONE,
    }
)
"""属于个人的字段，撤销登记时必须删净。"""


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


INNER_LABELS: dict[Field, str] = {
    Field.USCC: "统一社会信用代码 社会统一信用代码 社会信用代码 统一信用代码 信用代码",
    Field.CODE: "院校代码 学校代码 学院代码 院校标识码 学校标识码 机构标识码 "
    "十位识别码 10位识别码 10位数识别码 学校识别码 院校识别码 标识码 识别码",
    Field.WEBSITE: "院校网址 学校网址 学校官网 学校网站 院校网站 网址 官网 网站 主页",
    Field.ADDRESS: "详细地址 学校地址 院校地址 单位地址 通讯地址 通信地址 联系地址 "
    "地址",
    Field.NAME: "具体联系人及手机 联系人及手机 联系人姓名 校级联系人姓名 老师姓名 "
    "教师姓名 校级联系人 具体联系人 联系老师 联系人 姓名 名字 我叫",
    Field.PHONE: "联系人手机号码 联系人手机号 联系人手机 联系人电话 联系手机 手机号码 "
    "手机号 手机 移动电话 联系电话 联系方式 电话号码 电话",
    Field.EMAIL: "联系人邮箱 电子邮箱 电子邮件 邮箱地址 邮件地址 邮箱 邮件 e-mail "
    "email",
    Field.CERTIFICATE: "参与试点证书及等级 证书及等级 参与试点证书 试点证书 证书名称 "
    "证书",
    Field.MAJOR_COUNT: "参与试点专业数量 试点专业数量 专业数量 专业个数 专业数",
    Field.MAJORS: "参与试点专业名称 试点专业名称 专业名称 试点专业",
    Field.SIZE: "参与试点学生规模 试点学生规模 学生规模 参与学生数 学生人数 学生数 "
    "试点人数 规模 人数",
    Field.PRINCIPAL_PHONE: "院校校长手机 校长手机号码 校长手机号 校长手机 校长电话",
    Field.PRINCIPAL: "院校校长及手机 院校校长 校长及手机 校长姓名",
    Field.REMARK: "学校情况备注 备注",
}
"""出现在哪里都当作名目的写法，以空格隔开。"""

START_LABELS: dict[Field, str] = {
    Field.REGION: "所属地区 所在地区 地区 省份 所在省 所属省",
    Field.SCHOOL: "院校名称 学校名称 单位名称 院校全称 学校全称 试点院校名称 试点院校 "
    "校名",
    Field.TYPE: "院校类型 学校类型 院校类别 学校类别 学校性质 院校性质 办学层次 类型 "
    "类别 性质",
    Field.POSITION: "部门/职务 部门及职务 部门和职务 部门职务 所在部门 工作部门 部门 "
    "职务 职位 岗位 科室",
    Field.CITY: "所属城市 所在城市 所属地市 所在地市 所属市 所在市 地市 城市",
    Field.LEVEL: "证书等级 等级 级别",
}
"""在一段的开头才当作名目的写法。"""

COLON_LABELS: dict[Field, str] = {
    Field.SCHOOL: "院校 学校 单位 学院",
    Field.NAME: "负责人 专业负责人 老师 教师",
    Field.CITY: "市",
    Field.MAJORS: "专业",
    Field.PRINCIPAL: "校长",
}
"""后面隔开了才当作名目的写法。"""

IGNORED_LABELS = (
    "办公室电话 办公电话 固定电话 座机号 座机 传真 邮政编码 邮编 QQ号码 QQ号 QQ 微信号 "
    "微信"
)
"""不收的内容的名目：它后面的值不当作别的字段。"""
