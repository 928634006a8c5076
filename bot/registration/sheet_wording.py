"""一本登记表：说给人看的话。"""

from collections.abc import Mapping, Sequence

from .fields import Field
from .masking import shown
from .records import Record

LISTED = 20
"""各类最多列出几行。"""
DROPPED = "已取消，这本登记表没有登记，读到的内容已删除。"
OR_IMPORT = "（照登记表读的。不是登记、要当文件据它回答的，请发「导入」。）"
NOTHING_RIGHT = "这本登记表里没有一行可以登记："
TOO_MANY_ROWS = "这本登记表行数太多，没有读；请分成几本，每本 500 行以内。"


def preview(
    rows: Sequence[Mapping[Field, str]],
    notes: Sequence[tuple[int, Sequence[str]]],
    wrong: Sequence[tuple[int, Sequence[str]]],
    *,
    masked: bool,
) -> str:
    """确认之前。

    参数:
        rows: 能登记的各行
        notes: 其中先不存的选填项，按表里的行号
        wrong: 不登记的各行与原因
    """
    head = f"读到 {len(rows) + len(wrong)} 行，可以登记 {len(rows)} 行"
    lines = [head + (f"，{len(wrong)} 行有误、不登记：" if wrong else "：")]
    lines += [f"· {_whose(values, masked)}" for values in rows[:LISTED]]
    if len(rows) > LISTED:
        lines.append(f"· …… 另有 {len(rows) - LISTED} 行")
    lines += wrong_lines(wrong)
    for number, skipped in notes:
        lines += [f"！第 {number} 行先不存 {said}" for said in skipped]
    return "\n".join(lines)


def wrong_lines(wrong: Sequence[tuple[int, Sequence[str]]]) -> list[str]:
    """不登记的各行与原因。"""
    lines = [
        f"✘ 第 {number} 行：{'；'.join(reasons)}" for number, reasons in wrong[:LISTED]
    ]
    if len(wrong) > LISTED:
        lines.append(f"✘ …… 另有 {len(wrong) - LISTED} 行")
    return lines


def _whose(values: Mapping[Field, str], masked: bool) -> str:
    kept = [values.get(f, "") for f in (Field.REGION, Field.SCHOOL, Field.TYPE)]
    kept += [shown(f, values.get(f, ""), masked) for f in (Field.NAME, Field.PHONE)]
    return " ".join(filter(None, kept))


def brief(count: int) -> str:
    """一行。"""
    return f"登记表里的 {count} 行"


def saved(records: Sequence[Record], held: Sequence[str]) -> str:
    """确认之后。"""
    text = f"已登记 {len(records)} 条。发「我的登记」查看。"
    return f"{text}\n{_held(held)}" if held else text


def all_held(held: Sequence[str]) -> str:
    """一行也没有登记成。"""
    return f"没有登记：{_held(held)}"


def _held(held: Sequence[str]) -> str:
    names = "、".join(dict.fromkeys(held))
    how = "要登记请单独发「登记 …」，等对方或秘书处同意。"
    return f"{names}已有别人登记的联系人，{how}"
