"""谁登记得了、谁同意、秘书处怎么整理：说给人看的话。"""

from collections.abc import Mapping, Sequence

from bot.messages import Person
from bot.text.echoing import quoted_name

from .fields import Field
from .masking import shown
from .records import Record
from .wording import label

NO_ANONYMOUS = "匿名时认不出您是谁，登记不了；请不要匿名，或私聊我。"
NOT_YOURSELF = "这要由本校已登记的联系人或秘书处同意，您自己确认不了。"
NO_LONGER = "您已不是这所院校登记的联系人，不能替它同意。"


def too_many_schools(limit: int) -> str:
    """一个人登记的院校太多。"""
    return f"一个人最多登记 {limit} 所院校，没有存；确实负责更多的，请联系秘书处。"


def too_many_today(limit: int) -> str:
    """一天登记的太多。"""
    return f"一天最多新登记 {limit} 条，没有存；请明天再登记，或联系秘书处。"


def waiting(school: str, number: int) -> str:
    """第二位联系人：在等同意。"""
    return (
        f"{school}已有别人登记的联系人。已转给对方和秘书处，有一方同意就生效，"
        f"到时私聊告诉您（编号 {number}）。不登记了请回：取消 {number}"
    )


def asked_to_join(
    values: Mapping[Field, str], person: Person, number: int, masked: bool
) -> str:
    """问同不同意第二位联系人。"""
    name, phone = (
        shown(field, values.get(field, ""), masked)
        for field in (Field.NAME, Field.PHONE)
    )
    return (
        f"有人要登记为{values.get(Field.SCHOOL, '')}的联系人：{name}（{phone}，"
        f"账号 {person.id}）。现在还没有生效。\n"
        f"是本校的人请回：确认 {number}；不是、不认识请回：取消 {number}"
    )


def joining_brief(school: str) -> str:
    """等着同意的登记的一行。"""
    return f"登记为{school}的第二位联系人"


def joined(school: str) -> str:
    """告诉本人：同意了。"""
    return f"您登记为{school}的联系人，已经同意，现在生效。发「我的登记」查看。"


def not_let_in(school: str) -> str:
    """告诉本人：没有同意。"""
    return (
        f"您登记为{school}的联系人，没有得到同意，填的内容已删除。有疑问请联系秘书处。"
    )


def let_in(record: Record) -> str:
    """同意之后，对同意的人说。"""
    return f"已同意，{record.school}多了一位联系人；已告诉他。"


def joining_dropped(school: str) -> str:
    """取消之后。"""
    return f"登记为{school}的联系人这件事已取消，填的内容已删除。"


def waiting_line(draft_values: Mapping[Field, str], number: int, masked: bool) -> str:
    """自己的登记里，等着同意的一条。"""
    name = shown(Field.NAME, draft_values.get(Field.NAME, ""), masked)
    return (
        f"等着同意：{draft_values.get(Field.SCHOOL, '')} {name}（编号 {number}，"
        f"不登记了请回：取消 {number}）"
    )


CANNOT_MERGE = "合并要两条同类的登记，现在少了一条，或一条是联系人、一条是试点情况。"
FEW = 5
"""不多的，回执里逐个写出。"""
NO_LONGER_THERE = "这几条登记已经没有了，什么也没改。"
TEND_HOW = (
    "请带上编号或校名，如：登记 删除 2、登记 删除 2-4、登记 恢复 2。"
    "编号以最近列给您的「登记列表」为准；恢复的发「登记 恢复」看。"
)
MERGE_HOW = "请带上两个编号，如：登记 合并 2 3（3 并进 2）。编号在「登记列表」里。"
NOTHING_REMOVED = "没有秘书处删去、还能恢复的登记（删去 30 天之内可以恢复）。"
NOBODY_ASKS = "没有等着同意的登记。"


def tending(action: str, records: Sequence[Record], *, same: bool, masked: bool) -> str:
    """秘书处整理之前：动哪几条。"""
    lines = [f"· {_line(record, masked)}（编号 #{record.id}）" for record in records]
    if action == "合并" and len(records) == 2:
        into = records[0]
        what = (
            "是同一位联系人：前一条缺的由后一条补上，删去后一条"
            if same
            else f"把后一条归到{into.school}，两位联系人都留着"
        )
        return "\n".join([f"将合并两条登记（{what}）：", *lines])
    kept = "，30 天之内可以恢复" if action == "删除" else ""
    return "\n".join(
        [f"将{action} {len(records)} 条登记{kept}，并告诉登记的人：", *lines]
    )


def _line(record: Record, masked: bool) -> str:
    return f"{record.region} {record.school} {label(record, masked)}"


def _numbered(records: Sequence[Record], masked: bool) -> list[str]:
    return [f"{n}. {_line(record, masked)}" for n, record in enumerate(records, 1)]


def tending_brief(action: str, count: int) -> str:
    """整理的一行。"""
    return f"{action} {count} 条登记"


def tended(action: str, records: Sequence[Record]) -> str:
    """整理之后。"""
    names = "、".join(dict.fromkeys(record.school for record in records))
    if action == "删除":
        numbers = [f"#{record.id}" for record in records]
        gone = " ".join(numbers if len(numbers) <= FEW else ["编号"])
        return f"已删除：{names}。30 天之内可以恢复：登记 恢复 {gone}"
    return f"已{action}：{names}。"


def told_tended(action: str, record: Record) -> str:
    """告诉登记的人：秘书处动了他的登记。"""
    doing = {"删除": "删除了", "恢复": "恢复了", "合并": "合并整理了"}[action]
    return (
        f"秘书处{doing}您在{record.school}的登记。发「我的登记」查看；"
        "有出入请联系本地区秘书处。"
    )


def to_choose(records: Sequence[Record], masked: bool) -> str:
    """有好几条像的，要编号。"""
    lines = _numbered(records, masked)
    return "\n".join(["有好几条，请带上编号：", *lines])


def removed(records: Sequence[Record], masked: bool) -> str:
    """秘书处删去、还能恢复的。"""
    lines = _numbered(records, masked)
    return "\n".join(["30 天之内删去的，恢复请发：登记 恢复 编号", *lines])


def asking(lines: Sequence[tuple[str, str]]) -> str:
    """等着同意的：（院校，账号）。"""
    listed = [
        f"{n}. {school}（账号 {who}）" for n, (school, who) in enumerate(lines, 1)
    ]
    how = "同意请发：登记 通过 编号；不同意：登记 不通过 编号"
    return "\n".join([f"等着同意的 {len(lines)} 件：", *listed, how])


def no_such_record(text: str) -> str:
    """管得到的登记里没有。"""
    named = quoted_name(text, "这一条")
    return f"您管的登记里没有{named}。编号发「登记列表」看。"
