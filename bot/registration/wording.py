"""登记时说给人看的话。"""

from collections.abc import Sequence

from bot import clock
from bot.messages import Place

from .drafts import Draft, Record, completeness
from .fields import CONTACT_FORM, FORMS, SCHOOL_TYPES, TITLES, Field, Kind
from .masking import mask, mask_problem
from .reading import Reading
from .service import Confirmation, Version

PRIVACY = (
    "隐私：只存上面这些，用于本地区试点工作联系，本人和本地区秘书处可见；"
    "发「撤销登记」即删除。"
)
START = (
    "登记校级联系人：一条消息发给我即可，顺序、标点随意。\n"
    f"必填：院校名称、院校类型（{'、'.join(SCHOOL_TYPES)}）、联系人姓名、联系人手机号\n"
    "选填：统一社会信用代码、院校代码（10 位）、院校网址、详细地址、联系人邮箱、"
    "部门/职务、所属市\n"
    "例：登记 桂东示例职业技术学院 高职 张三 13800138000"
)
START_PILOT = (
    "登记试点情况：一个证书等级一条，带上名目更准。\n"
    "必填：院校名称、院校类型、证书、等级、专业（全部列出）、学生规模（整十数）\n"
    "选填：校长姓名和手机、联系人（专业负责人）姓名和手机、所属市（高职不填）、备注\n"
    "例：登记试点 物流管理 初级 专业：现代物流管理、电子商务 规模：50 "
    "校长：李四 13900139000 联系人：张三 13800138000"
)
BETTER_PRIVATE = "群里大家都看得到，建议私聊我发。"
RECALLED = "原消息里有个人信息，已替您撤回。"
PLEASE_RECALL = "原消息里有个人信息，建议您长按撤回。"
NOTHING_READ = "没看出要登记的内容。发「登记」看怎么填。"
NOTHING_YET = "您还没有登记。发「登记」开始，一条消息就行。"
NOTHING_PILOT = "您还没有登记试点情况。发「登记试点」开始。"
NOTHING_TO_CHANGE = "您还没有登记，改不了；发「登记」开始。"
HOW_TO_CHANGE = "要改什么？例：修改登记 手机 13900139000"
NOTHING_TO_WITHDRAW = "您没有登记，不用撤销。"
DRAFT_DROPPED = "没确认的草稿已删除。"
IN_PRIVATE = "完整内容请私聊我看。"
NO_REGIONS = "您还没有可管理的地区，请联系管理员授权。"
EXPORTING = "正在生成工作簿，请稍等…"
EXPORT_FAILED = "工作簿没有写成，请检查数据目录的空间与权限后再试。"
ALREADY = "已经登记好了，不用再确认。发「我的登记」可查看。"


def _shown(field: Field, value: str, masked: bool) -> str:
    return mask(field, value) if masked else value


def card(
    draft: Draft,
    reading: Reading | None,
    here: Place,
    peers: Sequence[Record] = (),
) -> str:
    """草稿卡片：读懂的、有误的、还缺的、要留意的，以及下一步。"""
    masked = here.is_group
    lines = [f"【{draft.form.title}草稿】{_begun(draft, here)}"]
    lines += _understood(draft, masked)
    for field, problem in draft.problems.items():
        raw = mask_problem(field, problem.raw) if masked else problem.raw
        lines.append(f"✘ {TITLES[field]}「{raw}」：{problem.reason}")
    if draft.missing:
        lines.append("○ 还缺：" + "、".join(map(_asked, draft.missing)))
    lines += [f"！{caution}" for caution in _cautions(draft, reading, masked)]
    lines += _about_peers(draft, peers)
    lines.append(_next(draft))
    if draft.base is None:
        lines.append(PRIVACY)
    return "\n".join(lines)


def _begun(draft: Draft, here: Place) -> str:
    if draft.place == here:
        return ""
    where = "群里" if draft.place.is_group else "私聊"
    return f"（{clock.local(draft.created_at):%m月%d日 %H:%M} 在{where}开始）"


def _understood(draft: Draft, masked: bool) -> list[str]:
    if draft.base is not None:
        lines = [f"修改第 {draft.base.version} 版（{draft.base.school}）"]
        for field, (before, after) in draft.changed.items():
            old = _shown(field, before, masked) if before else "空"
            new = _shown(field, after, masked) if after else "空"
            lines.append(f"✔ {TITLES[field]}：{old} → {new}")
        return lines
    return [
        f"✔ {TITLES[field]}：{_shown(field, value, masked)}"
        for field, value in draft.values.items()
        if field not in draft.problems
    ]


def _asked(field: Field) -> str:
    if field is Field.TYPE:
        return f"院校类型（{'、'.join(SCHOOL_TYPES)}）"
    if field is Field.REGION:
        return "地区（如 广西、山东）"
    return TITLES[field]


def _cautions(draft: Draft, reading: Reading | None, masked: bool) -> list[str]:
    found = draft.cautions
    if reading is None:
        return found
    if reading.landlines:
        found.append("座机没有收，登记的是手机号")
    if reading.leftover and masked:
        found.append(f"有 {len(reading.leftover)} 处没看懂，请带上名目再发")
    elif reading.leftover:
        shown = "、".join(f"“{part[:20]}”" for part in reading.leftover[:5])
        found.append(f"没看懂{shown}；有用的请带上名目再发，如“职务 …”")
    return found


def _about_peers(draft: Draft, peers: Sequence[Record]) -> list[str]:
    if draft.kind is Kind.PILOT:
        entry = [
            r
            for r in peers
            if r.values.get(Field.CERTIFICATE) == draft.values.get(Field.CERTIFICATE)
            and r.values.get(Field.LEVEL) == draft.values.get(Field.LEVEL)
        ]
        return ["！本校这个证书等级已有人登记，确认后两条并存"] if entry else []
    mine = [r for r in peers if r.owner == draft.person]
    others = [r for r in peers if r.owner != draft.person]
    lines = []
    if mine:
        lines.append(
            f"！您已登记本校联系人 {brief(mine[0])}，确认后这是第二位；"
            "要替换请「取消」后发「修改登记」"
        )
    if others:
        lines.append(
            f"！本校已有联系人 {brief(others[0])}（别人登记的），不会被覆盖；"
            "确认后并存，并告知对方和秘书处"
        )
    return lines


def _next(draft: Draft) -> str:
    if draft.ready:
        done, total = completeness(draft.values, draft.form)
        return (
            f"都齐了（完整度 {done}/{total}）。回复「确认」保存；"
            "要改直接发，不要了回「取消」。"
        )
    done, total = completeness(draft.values, draft.form)
    what = "改正的" if draft.problems and not draft.missing else "缺的和改正的"
    return f"完整度 {done}/{total}。直接回复{what}内容就行，其余不用重发。"


def brief(record: Record) -> str:
    """一位联系人的简称，遮盖过的。"""
    name, phone = record.values.get(Field.NAME, ""), record.values.get(Field.PHONE, "")
    return f"{mask(Field.NAME, name)}（{mask(Field.PHONE, phone)}）"


def refused(confirmation: Confirmation, here: Place) -> str:
    """还不能确认：重新出示卡片。"""
    return "还不能确认：\n" + card(confirmation.draft, None, here)


def saved(confirmation: Confirmation) -> str:
    """确认之后的回执。"""
    record = confirmation.record
    assert record is not None
    what = "已登记" if record.version == 1 else f"已保存为第 {record.version} 版"
    done, total = completeness(record.values, FORMS[record.kind])
    lines = [f"{what}：{record.school}，完整度 {done}/{total}。"]
    others = [r for r in confirmation.peers if r.owner != record.owner]
    if others and record.kind is Kind.CONTACT:
        lines.append(f"本校还有别人登记的联系人 {brief(others[0])}，两条并存。")
    word = "我的登记" if record.kind is Kind.CONTACT else "我的试点"
    lines.append(f"发「{word}」查看" + _later(record.kind))
    return "\n".join(lines)


def _later(kind: Kind) -> str:
    if kind is Kind.CONTACT:
        return "，「修改登记 手机 …」修改，「撤销登记」删除。"
    return "，「撤销试点 序号」删除；要改就再发一条「登记试点」。"


def listing(
    records: Sequence[Record], masked: bool, histories: Sequence[Sequence[Version]] = ()
) -> str:
    """一个人的登记，逐条列出；私聊里带各版的时间。"""
    blocks = []
    for number, record in enumerate(records, start=1):
        lines = [f"{number}. {record.school}（第 {record.version} 版）"]
        for field, value in record.values.items():
            if field is not Field.SCHOOL:
                lines.append(f"{TITLES[field]}：{_shown(field, value, masked)}")
        if histories:
            lines.append("历次：" + _history(histories[number - 1]))
        blocks.append("\n".join(lines))
    if masked:
        blocks.append(IN_PRIVATE)
    return "\n".join(blocks)


def _history(versions: Sequence[Version]) -> str:
    parts, before = [], {}
    for version in versions:
        changed = [
            TITLES[f]
            for f in Field
            if before and before.get(f, "") != version.values.get(f, "")
        ]
        what = f" 改{'、'.join(changed)}" if changed else ""
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


def label(record: Record) -> str:
    """一条登记的短名，遮盖过的。"""
    if record.kind is Kind.CONTACT:
        return brief(record)
    values = record.values
    return f"{values.get(Field.CERTIFICATE, '')} {values.get(Field.LEVEL, '')}"


def withdrawn(records: Sequence[Record]) -> str:
    """撤销之后的回执。"""
    schools = "、".join(dict.fromkeys(record.school for record in records))
    return f"已撤销：{schools}。登记的内容和历次版本都已删除，只留下撤销这件事的记录。"


def dropped(draft: Draft) -> str:
    """放弃草稿之后的回执。"""
    kept = "，原来的登记没动" if draft.base else ""
    return f"已取消这份{draft.form.title}草稿{kept}。"


def replaced(draft: Draft) -> str:
    """换了院校，旧草稿作废。"""
    school = draft.values.get(Field.SCHOOL, "")
    return f"（{school}那份没确认的草稿已作废，以下是新的）"


def contact_gone(records: Sequence[Record]) -> str:
    """告诉秘书处：联系人撤销了。"""
    schools = "、".join(dict.fromkeys(record.school for record in records))
    return f"{schools}的一位联系人撤销了登记，其个人信息已删除。"


def no_such_region(text: str) -> str:
    """认不出的地区。"""
    return f"没有“{text}”这个地区，请写省级地区的名字，如 导出登记 广西"


def found(total: int, records: Sequence[Record], term: str, masked: bool) -> str:
    """登记列表。"""
    if not total:
        return f"没有含“{term}”的登记。" if term else "还没有登记。"
    lines = [
        f"共 {total} 条" + (f"，列出前 {len(records)} 条" * (total > len(records)))
    ]
    for record in records:
        values = record.values
        parts = [record.region, record.school, values.get(Field.TYPE, "")]
        for field in (Field.NAME, Field.PHONE, Field.EMAIL):
            if value := values.get(field):
                parts.append(_shown(field, value, masked))
        done, of = completeness(values, CONTACT_FORM)
        lines.append("· " + " ".join([*parts, f"{done}/{of}"]))
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


def not_your_region(region: str) -> str:
    """不在权限内的地区。"""
    return f"您没有{region}的权限，只能导出自己管理的地区。"


def second_contact(record: Record) -> str:
    """告诉原联系人与秘书处：同校多了一位联系人。"""
    return (
        f"{record.school}新登记了一位联系人 {brief(record)}，原有的登记未动。"
        "有出入请联系对方或秘书处。"
    )


def contact_changed(record: Record, before: Record) -> str:
    """告诉同校联系人与秘书处：联系人换了。"""
    return (
        f"{before.school}的联系人由 {brief(before)} 改为 {brief(record)}"
        + (f"，院校名称改为{record.school}" if before.school != record.school else "")
        + "。"
    )
