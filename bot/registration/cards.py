"""草稿卡片：读懂的、有误的、还缺的、要留意的，以及下一步。"""

import re
from collections.abc import Sequence

from bot import clock
from bot.messages import Place

from .checks import Checks
from .drafts import Draft
from .fields import SCHOOL_TYPES, TITLES, Field, Kind
from .masking import hide_words, mask_change, mask_problem, shown
from .others import Other
from .records import Record, completeness
from .result import Reading
from .wording import PRIVACY, brief


def card(
    draft: Draft,
    reading: Reading | None,
    here: Place,
    checks: Checks,
    peers: Sequence[Record] = (),
    *,
    open_contacts: bool = False,
    unknown_school: str | None = None,
) -> str:
    """一张卡片。

    参数:
        reading: 刚读到的；只是重看草稿时为 `None`
        here: 在哪里出示：群里一律遮盖
        peers: 同校的其他登记；别人的只说有，不说是谁
        open_contacts: 同校的第二位联系人不用谁同意
        unknown_school: 校名不在院校名单里，要提醒的话
    """
    masked = here.is_group
    lines = [f"【{draft.form.title}草稿】{_begun(draft, here)}"]
    lines += _understood(draft, masked)
    for field, problem in draft.problems.items():
        raw = mask_problem(field, problem.raw) if masked else problem.raw
        later = "" if field in draft.blocking else "（选填，不改就先不存这一项）"
        lines.append(f"✘ {TITLES[field]}「{raw}」：{problem.reason}{later}")
    if draft.missing:
        lines.append("○ 还缺：" + "、".join(map(_asked, draft.missing)))
    if unknown_school:
        lines.append(f"！{unknown_school}")
    cautions = [*checks.cautions(draft.values), *_of_reading(reading, masked)]
    lines += [f"！{caution}" for caution in cautions]
    lines += _about_peers(draft, peers, open_contacts=open_contacts)
    lines.append(_next(draft, here))
    if draft.base is None:
        lines.append(PRIVACY[draft.kind])
    return "\n".join(lines)


def _begun(draft: Draft, here: Place) -> str:
    begun = draft.begun or draft.place
    if begun == here:
        return ""
    where = "群里" if begun.is_group else "私聊"
    return f"（{clock.local(draft.created_at):%m月%d日 %H:%M} 在{where}开始）"


def _understood(draft: Draft, masked: bool) -> list[str]:
    if draft.base is None:
        return [
            f"✔ {TITLES[field]}：{shown(field, value, masked)}"
            for field, value in draft.values.items()
            if field not in draft.problems
        ]
    base = draft.base
    whose = shown(Field.NAME, base.entry, masked and base.kind is Kind.CONTACT)
    lines = [f"修改第 {base.version} 版（{base.school} {whose}）"]
    for field, (before, after) in draft.changed.items():
        old, new = mask_change(field, before, after, masked)
        lines.append(f"✔ {TITLES[field]}：{old} → {new}")
    return lines


def _asked(field: Field) -> str:
    if field is Field.TYPE:
        return f"院校类型（{'、'.join(SCHOOL_TYPES)}）"
    if field is Field.REGION:
        return "地区（如 广西、山东）"
    return TITLES[field]


def _of_reading(reading: Reading | None, masked: bool) -> list[str]:
    """刚读到的里面要留意的：没有收的、别人的、没用上的。"""
    found: list[str] = []
    if reading is None:
        return found
    if reading.unwanted:
        found.append("、".join(dict.fromkeys(reading.unwanted)) + "没有收，这里用不着")
    if reading.others:
        people = "；".join(_other(other, masked) for other in reading.others)
        found.append(f"另外说到的没有登记：{people}；要登记请另发一条")
    if parts := [*reading.leftover, *reading.unused, *reading.asked]:
        said = "、".join(f"「{hide_words(p) if masked else p[:30]}」" for p in parts)
        found.append(f"没用上：{said}；有用的请带上名目再发，如「职务 …」")
    return found


def _other(other: Other, masked: bool) -> str:
    name = shown(Field.NAME, other.name, masked)
    number = shown(Field.PHONE, re.sub(r"[ -]", "", other.number), masked)
    return " ".join(filter(None, (other.role, name, number)))


def _about_peers(
    draft: Draft, peers: Sequence[Record], *, open_contacts: bool
) -> list[str]:
    if draft.base is not None:
        return []
    if draft.kind is Kind.PILOT:
        same = [peer for peer in peers if peer.entry == draft.entry]
        told = "！本校这个证书等级已有人登记，确认后两条并存，并告知对方和秘书处"
        return [told] if same else []
    mine = [r for r in peers if r.owner == draft.person]
    others = [r for r in peers if r.owner != draft.person]
    lines = []
    if mine:
        lines.append(
            f"！您已登记本校联系人 {brief(mine[0])}，确认后这是第二位；"
            "要替换请「取消」后发「修改登记」"
        )
    if others and (open_contacts or mine):
        lines.append(
            "！本校已有别人登记的联系人，不会被覆盖；确认后并存，并告知对方和秘书处"
        )
    elif others:
        lines.append(
            "！本校已有别人登记的联系人：确认后先问对方和秘书处，有一方同意才生效"
        )
    return lines


def _next(draft: Draft, here: Place) -> str:
    done, total = completeness(draft.values, draft.form)
    how = "请@我（或私聊我）发" if here.is_group else "直接回复"
    if draft.ready:
        send = "@我发" if here.is_group else "直接发"
        return (
            f"都齐了（完整度 {done}/{total}）。回复「确认」保存；"
            f"要改{send}，不要了回「取消」。"
        )
    what = "改正的" if draft.problems and not draft.missing else "缺的和改正的"
    return f"完整度 {done}/{total}。{how}{what}内容，其余不用重发。"
