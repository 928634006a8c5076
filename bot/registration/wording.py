"""登记时说给人看的话；草稿卡片在 `cards`。"""

from collections.abc import Callable, Mapping, Sequence

from bot import clock
from bot.text.echoing import quoted_name

from .fields import CONTACT_FORM, FORMS, SCHOOL_TYPES, TITLES, Field, Kind
from .masking import mask_change, shown
from .records import Record, Version, changed, completeness

PRIVACY = {
    Kind.CONTACT: "隐私：只存上面这些，用于本地区试点工作联系，本人和本地区秘书处可见；"
    "发「撤销登记」即删除。",
    Kind.PILOT: "隐私：只存上面这些，用于本地区试点工作，本人和本地区秘书处可见；"
    "发「撤销试点」删除这一行，「撤销登记」删去其中全部姓名和手机号。",
}
OWN_WORDS = {
    Kind.CONTACT: ("我的登记", "修改登记", "撤销登记"),
    Kind.PILOT: ("我的试点", "修改试点", "撤销试点"),
}
START = {
    Kind.CONTACT: (
        "登记校级联系人：一条消息发给我即可，顺序、标点随意。\n"
        f"必填：院校名称、院校类型（{'、'.join(SCHOOL_TYPES)}）、联系人姓名、"
        "联系人手机号\n"
        "选填：统一社会信用代码、院校代码（10 位）、院校网址、详细地址、联系人邮箱、"
        "部门/职务、所属市\n"
        "例：登记 桂东示例职业技术学院 高职 张三 13800138000"
    ),
    Kind.PILOT: (
        "登记试点情况：一个证书等级一条，带上名目更准。\n"
        "必填：院校名称、院校类型、证书、等级、专业（全部列出）、学生规模（整十数）\n"
        "选填：校长姓名和手机、联系人（专业负责人）姓名和手机、所属市（高职不填）、备注\n"
        "例：登记试点 物流管理 初级 专业：现代物流管理、电子商务 规模：50 "
        "校长：李四 13900139000 联系人：张三 13800138000"
    ),
}
SHALL_I = (
    "要登记吗？我先照登记读了一遍：没错回「确认」，不登记回「取消」，读到的就删掉。"
)
STILL_OPEN = "您还有一份没确认的草稿："
BETTER_PRIVATE = "群里大家都看得到，建议私聊我发；在群里发请@我。"
RECALLED = "原消息里有个人信息，已替您撤回。"
PLEASE_RECALL = "原消息里有个人信息，建议您长按撤回。"
NO_PICTURES = (
    "图片里的字我还认不了，没有登记；请打成文字发来，或私聊发填好的登记表（.xlsx）。"
)
NOTHING_READ = "没看出要登记的内容。发「登记」看怎么填。"
NOTHING_YET = {
    Kind.CONTACT: "您还没有登记。发「登记」开始，一条消息就行。",
    Kind.PILOT: "您还没有登记试点情况。发「登记试点」开始。",
}
NOTHING_TO_CHANGE = {
    Kind.CONTACT: "您还没有登记，改不了；发「登记」开始。",
    Kind.PILOT: "您还没有登记试点情况，改不了；发「登记试点」开始。",
}
HOW_TO_CHANGE = {
    Kind.CONTACT: "要改什么？例：修改登记 手机 13900139000",
    Kind.PILOT: "要改什么？例：修改试点 规模 60",
}
NOTHING_TO_WITHDRAW = "您没有登记，不用撤销。"
NOT_READY = "还不能确认："
DRAFT_DROPPED = "没确认的草稿已删除。"
ONLY_PILOTS_LEFT = (
    "您报的试点情况里，姓名和手机号都已删除，其余内容留着；整行删除请发「撤销试点」。"
)
IN_PRIVATE = "完整内容请私聊我看。"
USAGE_CONTACT = "登记 院校 类型 姓名 手机号 … —— 登记校级联系人"
USAGE_PILOT = "登记试点 证书 等级 专业 规模 … —— 报汇总表的一行"
USAGE_MINE = "我的登记 —— 看自己登记的内容"
USAGE_MY_PILOT = "我的试点 —— 看自己报的试点情况"
USAGE_CHANGE = "修改登记 字段 值 —— 改自己的登记"
USAGE_CHANGE_PILOT = "修改试点 [序号] 字段 值 —— 改自己报的一行"
USAGE_WITHDRAW = "撤销登记 —— 删除自己的登记"
USAGE_WITHDRAW_PILOT = "撤销试点 序号 —— 删除自己报的一行"
USAGE_LISTING = "登记列表 [词] —— 查本地区的登记"
USAGE_EXPORT = "导出登记 [地区] —— 私聊发来登记名册"
USAGE_SUMMARY = "导出汇总表 [地区] [2019] —— 私聊发来试点院校情况汇总表"
EXPORTING = "正在生成工作簿，请稍等…"


def blank_form(blank: Sequence[Field]) -> str:
    """发来的是一张空表：哪几项空着。"""
    names = "、".join(TITLES[field] for field in dict.fromkeys(blank))
    return f"这张表还空着：{names}。填好再发给我，一条消息就行；选填的可以不填。"


def brief(record: Record, masked: bool = True) -> str:
    """一位联系人的简称，如 `张*（138****8000）`。"""
    name, phone = record.values.get(Field.NAME, ""), record.values.get(Field.PHONE, "")
    return f"{shown(Field.NAME, name, masked)}（{shown(Field.PHONE, phone, masked)}）"


def label(record: Record, masked: bool = True) -> str:
    """一条登记的短名。"""
    return brief(record, masked) if record.kind is Kind.CONTACT else record.entry


def saved(record: Record, peers: Sequence[Record]) -> str:
    """确认之后的回执。"""
    what = "已登记" if record.version == 1 else f"已保存为第 {record.version} 版"
    done, total = completeness(record.values, FORMS[record.kind])
    lines = [f"{what}：{record.school}，完整度 {done}/{total}。"]
    others = [r for r in peers if r.owner != record.owner]
    if others and record.kind is Kind.CONTACT:
        lines.append("本校还有别人登记的联系人，两条并存。")
    see, change, withdraw = OWN_WORDS[record.kind]
    lines.append(f"发「{see}」查看，「{change} …」修改，「{withdraw}」删除。")
    return "\n".join(lines)


def listing(
    records: Sequence[Record], masked: bool, histories: Sequence[Sequence[Version]] = ()
) -> str:
    """一个人的登记，逐条列出；私聊里带各版的时间。"""
    blocks = []
    for number, record in enumerate(records, start=1):
        lines = [f"{number}. {record.school}（第 {record.version} 版）"]
        for field, value in record.values.items():
            if field is not Field.SCHOOL:
                lines.append(f"{TITLES[field]}：{shown(field, value, masked)}")
        if histories:
            lines.append("历次：" + _history(histories[number - 1]))
        blocks.append("\n".join(lines))
    if masked:
        blocks.append(IN_PRIVATE)
    return "\n".join(blocks)


def _history(versions: Sequence[Version]) -> str:
    parts: list[str] = []
    before: Mapping[Field, str] = {}
    for version in versions:
        news = changed(before, version.values) if before else {}
        what = f" 改{'、'.join(TITLES[f] for f in news)}" if news else ""
        at = clock.local(version.at)
        parts.append(f"第 {version.number} 版 {at:%Y-%m-%d %H:%M}{what}")
        before = version.values
    return "；".join(parts[-5:])


def which(word: str, records: Sequence[Record]) -> str:
    """有好几条，要说明是哪一条。"""
    lines = [
        f"{number}. {record.school} {label(record)}"
        for number, record in enumerate(records, start=1)
    ]
    return f"您有 {len(records)} 条，请带上序号，如「{word} 1」：\n" + "\n".join(lines)


def withdrawn(records: Sequence[Record]) -> str:
    """撤销之后的回执。"""
    schools = "、".join(dict.fromkeys(record.school for record in records))
    return f"已撤销：{schools}。登记的内容和历次版本都已删除，只留下撤销这件事的记录。"


def dropped(title: str, changing: bool) -> str:
    """放弃草稿之后的回执。"""
    kept = "，原来的登记没动" if changing else ""
    return f"已取消这份{title}草稿{kept}。"


def replaced(values: Mapping[Field, str]) -> str:
    """另起了一份，旧草稿作废。"""
    whose = " ".join(filter(None, (values.get(Field.SCHOOL), values.get(Field.NAME))))
    return f"（{whose}那份没确认的草稿已作废，以下是新的）"


def draft_brief(title: str, school: str, *, changing: bool) -> str:
    """一份草稿的一行。"""
    what = f"修改{title}" if changing else title
    return f"{what}草稿" + (f"（{school}）" if school else "")


def withdrawal(records: Sequence[Record], *, leaving: bool, masked: bool) -> str:
    """撤销之前：会删去什么。"""
    if not records:
        return (
            "将删去您没确认的草稿，以及试点情况里的姓名和手机号、已由秘书处删去的登记。"
        )
    lines = [f"撤销登记：将删去 {len(records)} 条，删了找不回来："]
    lines += [f"· {record.school} {label(record, masked)}" for record in records]
    if leaving:
        lines.append("您没确认的草稿、试点情况里的姓名和手机号也一并删去。")
    return "\n".join(lines)


def withdrawal_brief(count: int) -> str:
    """撤销的一行。"""
    return f"撤销 {count} 条登记" if count else "删去没确认的草稿"


def contact_gone(record: Record) -> str:
    """告诉同校的人与秘书处：联系人撤销了。"""
    return f"{record.school}的一位联系人撤销了登记，其个人信息已删除。"


def found(
    total: int,
    records: Sequence[Record],
    term: str,
    masked: bool,
    marked: Callable[[str, str], str],
) -> str:
    """登记列表。

    参数:
        marked: 某地区的某校怎么写，不在院校名单里的注明
    """
    if not total:
        return (
            f"没有含{quoted_name(term, '这些字')}的登记。" if term else "还没有登记。"
        )
    lines = [
        f"共 {total} 条" + (f"，列出前 {len(records)} 条" * (total > len(records)))
    ]
    for number, record in enumerate(records, start=1):
        values = record.values
        parts = [
            record.region,
            marked(record.region, record.school),
            values.get(Field.TYPE, ""),
        ]
        for field in (Field.NAME, Field.PHONE, Field.EMAIL):
            if value := values.get(field):
                parts.append(shown(field, value, masked))
        done, of = completeness(values, CONTACT_FORM)
        line = " ".join([*parts, f"{done}/{of}"])
        lines.append(f"{number}. {line}")
    if masked:
        lines.append(IN_PRIVATE)
    elif total > len(records):
        lines.append("加一个词可以缩小范围，全部请发「导出登记」。")
    return "\n".join(lines)


def exported(what: str, count: int, region: str) -> str:
    """导出之后的回执。"""
    return f"{what}（{region}）共 {count} 条，请查收；含个人信息，勿转发到群里。"


def nothing_to_export(region: str) -> str:
    """没有可导出的。"""
    return f"{region}还没有可导出的内容。"


def newly_registered(record: Record, masked: bool) -> str:
    """告诉同校的人与秘书处：多了一位联系人，或同一行有两人报。"""
    if record.kind is Kind.PILOT:
        return (
            f"{record.school}的 {record.entry} 已有两人各报了一行，两行并存，"
            "请核对后由一方「撤销试点」。"
        )
    return (
        f"{record.school}新登记了一位联系人 {brief(record, masked)}，原有的登记未动。"
        "有出入请联系对方或秘书处。"
    )


def contact_changed(
    record: Record,
    before: Record,
    news: Mapping[Field, tuple[str, str]],
    masked: bool,
) -> str:
    """告诉同校的人与秘书处：登记改了什么。"""
    lines = [
        f"{before.school}（{before.region}）{label(before, masked)} 的登记有改动："
    ]
    for field, (old, new) in news.items():
        shown_old, shown_new = mask_change(field, old, new, masked)
        lines.append(f"{TITLES[field]}：{shown_old} → {shown_new}")
    return "\n".join(lines)
