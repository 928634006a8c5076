"""名目：各字段在消息里的叫法，以及怎样认出一处名目。"""

import re
from functools import lru_cache

from bot.text.grams import sounds_of

from .fields import Field, Form

INNER_LABELS: dict[Field, str] = {
    Field.USCC: "统一社会信用代码 社会统一信用代码 社会信用代码 统一信用代码 信用代码 "
    "学校代码证号 机构代码证号 代码证号",
    Field.CODE: "院校代码 学校代码 学院代码 院校标识码 学校标识码 机构标识码 "
    "十位识别码 10位识别码 10位数识别码 学校识别码 院校识别码 标识码 识别码",
    Field.WEBSITE: "院校网址 学校网址 学校官网 学校网站 院校网站 官方网站 官方网址 "
    "校网 网址 官网 网站 主页",
    Field.ADDRESS: "详细地址 学校地址 院校地址 单位地址 通讯地址 通信地址 联系地址 "
    "地址",
    Field.NAME: "具体联系人及手机 联系人及手机 联系人姓名 校级联系人姓名 老师姓名 "
    "教师姓名 校级联系人 具体联系人 联络员 联系老师 对接老师 负责老师 经办老师 "
    "主联系人 第一联系人 联系人 对接人 "
    "经办人 填报人 联络人 登记人 负责同志 全名 真名 姓名 名字 我叫 name",
    Field.PHONE: "联络手机 联络电话 主联系人手机 主联系人电话 "
    "联系人手机号码 联系人手机号 联系人手机 联系人电话 联系手机 手机号码 "
    "手机号 手机 移动电话 联系电话 联系方式 电话号码 电话 tel phone mobile",
    Field.EMAIL: "联络邮箱 主联系人邮箱 "
    "联系人邮箱 电子邮箱 电子邮件 邮箱地址 邮件地址 邮箱 邮件 电邮 e-mail "
    "email mail",
    Field.POSITION: "联系人职务 联系人部门 联系人岗位 联系人职位 联系人所在部门",
    Field.CERTIFICATE: "参与试点证书及等级 证书及等级 参与试点证书 试点证书 证书名称",
    Field.MAJOR_COUNT: "参与试点专业数量 试点专业数量 专业数量 专业个数 专业数",
    Field.MAJORS: "参与试点专业名称 试点专业名称 专业名称 试点专业",
    Field.SIZE: "参与试点学生规模 试点学生规模 学生规模 参与学生数 参与学生 学生人数 "
    "学生数 "
    "试点人数 规模 人数",
    Field.PRINCIPAL_PHONE: "院校校长手机 校长手机号码 校长手机号 校长手机 校长电话",
    Field.PRINCIPAL: "院校校长及手机 院校校长 校长及手机 校长姓名",
    Field.REMARK: "学校情况备注 备注",
}
"""出现在哪里都当作名目的写法，以空格隔开。"""

START_LABELS: dict[Field, str] = {
    Field.REGION: "所属地区 所在地区 地区 省份 所在省 所属省",
    Field.SCHOOL: "所在学校 所在院校 所在单位 所属学校 工作单位 全称 "
    "院校名称 学校名称 单位名称 院校全称 学校全称 单位全称 试点院校名称 试点院校 "
    "校名 school",
    Field.TYPE: "院校类型 学校类型 办学类型 校别 type 院校类别 学校类别 学校性质 "
    "院校性质 办学层次 "
    "学校层次 院校层次 层次 单位性质 单位类型 单位类别 类型 类别 性质",
    Field.POSITION: "部门/职务 部门及职务 部门和职务 部门职务 所在部门 "
    "工作部门 部门 所在处室 处室 职务 职位 岗位 科室",
    Field.CITY: "所属城市 所在城市 所属地市 所在地市 所属市 所在市 地市 城市",
    Field.CODE: "代码",
    Field.PHONE: "号码",
    Field.CERTIFICATE: "证书",
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
    "办公室电话 办公电话 校办电话 院办电话 处办电话 科室电话 部门电话 "
    "学校电话 单位电话 值班电话 总机 固定电话 座机号码 座机号 座机 固话 "
    "传真 邮政编码 邮编 备注 QQ号码 QQ号 QQ 微信号 微信 "
    "备用手机号 备用手机 备用电话 备用邮箱 "
    "备用联系人邮箱 备用联系人手机 备用联系人电话 其他电话 身份证号码 身份证号 身份证 "
    "性别 填报日期 填表日期 填报时间"
)
"""不收的内容的名目：它后面的值不当作别的字段。"""


@lru_cache(maxsize=4)
def label_names(form: Form) -> dict[str, Field | None]:
    """一张表用得着的全部名目（小写）→ 字段；不收的为 `None`。"""
    names: dict[str, Field | None] = {}
    for name, field, _ in _listed(form):
        names.setdefault(name.lower(), field)
    return names


@lru_cache(maxsize=4)
def labels_by_sound(form: Form) -> dict[tuple[str, ...], str]:
    """逐字的读音 → 名目：写成同音字的也认得；一个字的不算。"""
    return {sounds_of(name): name for name in label_names(form) if len(name) > 1}


@lru_cache(maxsize=4)
def label_pattern(form: Form) -> re.Pattern[str]:
    """认出一处名目：前面的编号、后面的括号和冒号都算在内。"""
    listed = sorted(_listed(form), key=lambda part: -len(part[0]))
    joined = "|".join(_one_label(name, mode) for name, _, mode in listed)
    return re.compile(rf"{_NUMBERING}(?P<label>{joined}){_TAIL}", re.I)


_NOT_A_TITLE = (
    r"(?!登记|报备|备案|申报|报送|确认[单表书]|回执|统计|汇总|一览|表|信息|情况|名单|名册|资料|"
    r"变更(?!为)|变动|更换(?!为)|调整(?!为)|有变)"
)
"""“联系人登记表”“联系人信息”是标题，不是名目。"""
_NUMBERING = (
    r"(?:(?<![0-9A-Za-z])\d{1,2}[.、)][ \t]*|(?:(?<=[\n\]】;,])|\A)\d{1,2}[ \t]*)?"
)
_TAIL = (
    r"[哦噢啊呀嘛嘞咯]?(?:(?:及|和|与|、|/)(?:职务|部门|电话|手机号?|联系方式|邮箱))?\*?(?:\((?![^()\n]*(?:@|\d{5}))[^()\n]{0,40}\))?\s*"
    r"(?P<mark>(?:应该?)?(?:改为|改成|换成|更正为|更改为|变更为|登记为|登记成|设为|定为|确定为|就?是|为|叫|就写)"
    r"[ \t]*|[:=]\s*)?"
)


def _listed(form: Form) -> list[tuple[str, Field | None, str]]:
    tables = ((INNER_LABELS, "i"), (START_LABELS, "s"), (COLON_LABELS, "c"))
    found: list[tuple[str, Field | None, str]] = [
        (name, field, mode)
        for table, mode in tables
        for field, names in table.items()
        if field in form.fields
        for name in names.split()
    ]
    return found + [(name, None, "i") for name in IGNORED_LABELS.split()]


def _one_label(name: str, mode: str) -> str:
    escaped = re.escape(name)
    if name.isascii():
        return rf"(?<![A-Za-z0-9.@\-]){escaped}(?![A-Za-z.@])"
    if mode == "i":
        return escaped + _NOT_A_TITLE
    # 前面是汉字就不是名目，如“校企合作单位”；“我校类型”“某某学院类型”除外
    opening = r"(?<![\u4e00-\u9fffA-Za-z])"
    if mode == "s":
        after = (
            r"(?<=[的校们家])(?<!别的)(?<!其他的)|(?<=学[院校])|(?<=[大中]学)|"
            r"(?<=[处科部室])(?=职[务位])"
        )
        opening = rf"(?:{opening}|{after})"
    closing = r"(?=\s*\*?(?:\([^()\n]{0,40}\))?\s*(?:[:=\s【\[「]|是|为|改|叫)|$)"
    return opening + escaped + (closing if mode == "c" else "")
