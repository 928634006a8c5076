"""照真通知的样子编的文件：里面有什么都知道；地名、学校、人名全是虚构的。"""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Clause:
    """一条：编号、写法与下面的各条。"""

    number: str
    text: str
    children: "tuple[Clause, ...]" = ()
    heading: bool = False
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Written:
    """一份编的文件。

    参数:
        merged: 表里第一列（机构）相同的几行合并成一格
    """

    name: str
    title: str
    number: str
    issuer: str
    day: date
    addressees: tuple[str, ...]
    lead: str
    clauses: tuple[Clause, ...]
    attachments: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = ()
    notes: tuple[str, ...] = field(default=())


def _c(number: str, text: str, *children: Clause, heading: bool = False) -> Clause:
    return Clause(number, text, children, heading)


_CONTACTS = (
    ("序号", "培训评价组织名称", "职业技能等级证书名称", "联系人", "办公电话", "手机", "电子邮箱"),
    ("1", "桂东示例教育科技有限公司", "示例设备运维", "陈示例", "0774-5550101", "13900000101", "chen@example.com"),
    ("2", "桂东示例教育科技有限公司", "示例数据标注", "陈示例", "0774-5550101", "13900000101", "chen@example.com"),
    ("3", "云岭样本评价中心（有限合伙）", "样本仓储管理", "李样本", "0871-5550102", "13900000102", "li@example.org"),
    ("4", "东海模拟人力资源服务有限公司", "模拟客户服务与管理", "王模拟", "0532-5550103", "13900000103", "wang@example.net"),
)  # fmt: skip
_SUMMARY = (
    ("序号", "学校名称", "学校类型", "参与试点证书及等级", "参与试点学生规模", "备注"),
    ("1", "桂东示例职业技术学院", "高职", "示例设备运维（中级）", "120", "省级示范"),
    ("2", "桂东样本中等专业学校", "中职", "样本仓储管理（初级）", "60", "无"),
)
NOTICE = Written(
    name="notice",
    title="关于做好2027年1+X证书制度试点申报工作的通知",
    number="桂示职成〔2027〕12号",
    issuer="广西壮族自治区示例教育厅",
    day=date(2027, 3, 5),
    addressees=("各市示例教育局", "各高等职业学校"),
    lead="为做好2027年度1+X证书制度试点工作，结合我区实际，现就申报有关事项通知如下：",
    clauses=(
        _c(
            "一、", "申报范围",
            _c("（一）", "本年度可申报第一批至第五批的全部证书，每所学校最多申报十五个证书。"),
            _c("（二）", "开设相关专业且近三年连续招生的职业院校均可申报，技工学校不在申报范围之内。"),
            heading=True,
        ),
        _c(
            "二、", "申报时间",
            _c("1.", "第一次申报时间为2027年3月15日至2027年5月20日，逾期平台自动关闭。"),
            _c("2.", "第二次申报时间为2027年9月1日至11月30日，届时不再另行发文通知。"),
            heading=True,
        ),
        _c(
            "三、", "材料要求",
            _c(
                "（一）", "佐证材料",
                _c("1.", "佐证材料统一为PDF格式，单个文件不超过20MB，文件名写明证书名称。"),
                _c("2.", "下列内容应当写清：",
                   _c("（1）", "实训场地的面积与工位数；"),
                   _c("（2）", "授课教师的姓名与职称。")),
                heading=True,
            ),
            _c("（二）", "汇总表于2027年5月31日前以电子版报送，不再报送纸质材料。"),
            heading=True,
        ),
        _c(
            "四、", "联系方式",
            _c("1.", "工作群为示例QQ群600000001，进群请注明学校名称和姓名。"),
            _c("2.", "联系人：陈示例，电话0771-5550123，邮箱guide@example.com。"),
            heading=True,
        ),
    ),
    attachments=(
        ("培训评价组织联系人信息表", _CONTACTS),
        ("试点院校情况汇总表", _SUMMARY),
    ),
)  # fmt: skip
GUIDE = Written(
    name="guide",
    title="2027年1+X证书制度试点申报指南",
    number="",
    issuer="云岭示例省1+X证书制度试点秘书处",
    day=date(2027, 2, 20),
    addressees=(),
    lead="为方便各院校开展申报工作，特编写本指南，请对照办理，有疑问的可以向秘书处咨询。",
    clauses=tuple(
        _c(
            number, heading,
            *(_c(f"（{'一二三四'[n]}）", text) for n, text in enumerate(texts)),
            heading=True,
        )
        for number, heading, texts in (
            ("一、", "账号管理", (
                "首次申报的学校向秘书处提交学校代码与全称，由秘书处开通账号后方可登录平台。",
                "忘记密码的，由校级管理员在登录页自助重置，不需要再联系秘书处办理。",
            )),
            ("二、", "填报要点", (
                "同一证书的不同等级合并为一条填报，在等级栏中同时勾选需要的各个等级。",
                "培训人数填写本学年预计参加考核的人数，必须是十的整数倍，不得为零。",
                "浏览器请使用最新版本的谷歌或者火狐，不要使用兼容模式打开申报平台。",
            )),
            ("三、", "审核与公示", (
                "省厅在截止后二十个工作日内完成审核，结果在厅网站公示五个工作日。",
                "审核未通过的可在公示期内申请复核一次，复核结论为最终结论。",
            )),
            ("四、", "过程管理", (
                "双周报改为月报，于每月二十五日前在平台填写，不再通过邮箱报送。",
                "年度总结于2027年12月10日前报送，格式见平台下载专区。",
            )),
        )
    ),
)  # fmt: skip
REPLY = Written(
    name="reply",
    title="关于调整试点证书考核费用标准的函",
    number="云示教函〔2026〕7号",
    issuer="云岭示例省教育厅",
    day=date(2026, 11, 2),
    addressees=("各有关培训评价组织",),
    lead="经研究，现将考核费用标准的调整事项函告如下，请遵照执行。",
    clauses=(
        _c("一、", "初级考核费用每人不超过200元，中级不超过300元，高级不超过400元。"),
        _c("二、", "新标准自2027年1月1日起执行，此前已经收取的费用不再退补。"),
        _c("三、", "未经公示的收费项目一律不得向学生收取，违反规定的暂停考核资格。"),
    ),
)
PLAN = Written(
    name="plan",
    title="东海示例市2027年1+X证书师资培训工作方案",
    number="东示教职〔2027〕3号",
    issuer="东海示例市教育局",
    day=date(2027, 1, 18),
    addressees=("各中等职业学校",),
    lead="为提高试点教师的培训与考核能力，制定本工作方案，请各校认真组织实施。",
    clauses=(
        _c(
            "一、", "培训对象与时间",
            _c("1.", "每个试点证书选派两名专任教师参加，已取得考评员资格的教师不再重复参加。"),
            _c("2.", "培训时间为2027年7月12日至7月18日，报到时间为7月11日下午。"),
            heading=True,
        ),
        _c(
            "二、", "培训内容",
            _c("1.", "证书标准解读，",
               _c("（1）", "技能等级的划分与要求；"), _c("（2）", "考核站点的设置要求。")),
            _c("2.", "教学资源的建设与使用，由评价组织派员现场讲授并答疑。"),
            heading=True,
        ),
        _c("三、", "报名回执于2027年6月30日前发至邮箱train@example.com，过期不再受理。"),
    ),
    attachments=(("培训名额分配表", (
        ("序号", "学校名称", "证书名称", "名额"),
        ("1", "东海示例工业学校", "示例设备运维", "2"),
        ("2", "东海样本商贸学校", "样本仓储管理", "2"),
        ("3", "东海模拟护理学校", "模拟客户服务与管理", "1"),
    )),),
)  # fmt: skip
ALL = (NOTICE, GUIDE, REPLY, PLAN)


def labels(written: Written) -> list[str]:
    """各条从头数下来的编号。"""
    found: list[str] = []

    def walk(clauses: tuple[Clause, ...], above: str) -> None:
        for clause in clauses:
            short = clause.number.rstrip("、.")
            label = f"{above}{short}"
            found.append(label)
            walk(clause.children, label)

    walk(written.clauses, "")
    many = len(written.attachments) > 1
    found += [
        f"附件{n}" if many else "附件" for n in range(1, len(written.attachments) + 1)
    ]
    return found


def texts(written: Written) -> dict[str, str]:
    """编号 → 这一条自己的文字。"""
    found: dict[str, str] = {}

    def walk(clauses: tuple[Clause, ...], above: str) -> None:
        for clause in clauses:
            short = clause.number.rstrip("、.")
            # 1.1 这样的，编号里已经写着上一级
            label = short if "." in short else f"{above}{short}"
            found[label] = clause.text
            walk(clause.children, label)

    walk(written.clauses, "")
    return found
