"""教、更正、答之后对人说的话，与发回原处的答复。"""

from collections.abc import Sequence

from bot.confirming import settle_with
from bot.knowledge import Change

INSTEAD = "改那条"
SOURCES = {"directory": "名录", "deadlines": "申报日历"}
"""常见问题以外的来源怎么称呼。"""
CHANGE_HOW = {
    "directory": "名录里的要改，请用「更新联系人」",
    "deadlines": "日期要改，请用「窗口 修改」「窗口 新增」",
}
REACH_HOW = "没送到的话会在这里说一声；要知道是哪一条，请先私聊我发一句话"
GONE = "要更正的那一条已经没有了，什么也没改。"
MAX_SHOWN = 40


def taught(change: Change, region: str, also: Sequence[str] = (), year: int = 0) -> str:
    """教会之后。

    参数:
        also: 换哪些说法也会这样答
        year: 答案里的日期没写年份，按哪年记的；0 为不必说
    """
    if change.kind == "更正":
        return (
            f"这个问题原来有答案，已更正（编号 #{change.number}）。\n"
            f"原来：{short(change.before or '')}\n要恢复请发：撤销教 #{change.number}"
        )
    lines = [f"学会了（{region}，编号 #{change.number}），现在就能答。"]
    if entry := change.entry:
        lines.append(f"问：{short(entry.question)}\n答：{short(entry.answer)}")
    if also:
        lines.append(f"这样问也会答：{'；'.join(map(short, also))}")
    if year:
        lines.append(
            f"答案里的日期没写年份，按{year}年记；不是的话，写上年份再教一次。"
        )
    return "\n".join([*lines, f"要撤销请发：撤销教 #{change.number}"])


def corrected(change: Change) -> str:
    """更正之后。"""
    question = change.entry.question if change.entry else ""
    return (
        f"已更正「{question}」（编号 #{change.number}）。\n"
        f"原来：{short(change.before or '')}\n要恢复请发：撤销教 #{change.number}"
    )


def already_answered(number: str) -> str:
    """这个未答问题处理过了。"""
    return f"编号 {number} 的问题已经答过了。要改答案，请用：更正，或 教 问题 = 答案。"


def posted(question: str, answer: str) -> str:
    """发回原处的答案；群里会 @ 问的人。"""
    return f"您问的「{short(question)}」，秘书处答复：\n{answer}"


def called(number: int, where: str, question: str, answer: str) -> str:
    """请值班的人来：私聊里的一行。

    参数:
        answer: 说没用的那条答案；没有为空
    """
    lines = [f"有人要找人工（{where}），编号 #{number}：", f"问：{short(question)}"]
    if answer:
        lines.append(f"助手答的：{short(answer)}（说没解决）")
    lines.append(f"答复请发：答 #{number} 答案")
    return "\n".join(lines)


def answered(change: Change | None, places: int, *, reaches: bool) -> str:
    """答完之后给秘书处的回执。

    参数:
        change: 记下的知识；不知该算哪个地区的，没有记
        reaches: 能不能私聊告诉他没送到
    """
    where = "原处" if places == 1 else f"问过的 {places} 处"
    if change:
        kept = f"已记为知识（编号 #{change.number}）"
    else:
        kept = "没有记为知识（不知算哪个地区的，请到那个地区的群里「教」）"
    told = "没送到的话会私聊告诉您" if reaches else REACH_HOW
    return f"{kept}，正发回{where}；{told}。"


def asks_first(
    hidden: Sequence[str], region: str | None, places: int, number: int
) -> str:
    """答案里有个人的号码：记下之前先问。

    参数:
        hidden: 遮住的号码
        region: 记为哪个地区的知识；不记为 `None`
        places: 还要发回几处
    """
    readers = []
    if region:
        whose = "所有地区" if region == "全国" else region
        readers.append(f"{whose}的人在群里、私聊里问到，都会读到它")
    if places:
        readers.append(f"还要发回问过的 {places} 处")
    return (
        f"这条答案里有像是个人的号码、邮箱或住址：{'、'.join(hidden)}。"
        f"记下之后，{'；'.join(readers)}。\n"
        f"本人同意公开的，{settle_with(number)}，去掉号码再发一次。"
    )


def collides(
    title: str, answer: str, number: int, source: str, *, changeable: bool
) -> str:
    """与已有的像是同一问：改那条还是新增。

    参数:
        source: 已有的在哪个来源里；常见问题的为空
        changeable: 已有的那条归这个地区改
    """
    where = SOURCES.get(source, "已有的答案里")
    change = CHANGE_HOW.get(source, "那条是全国的，不归这里改")
    if changeable:
        change = f"改那条，回「{INSTEAD}」"
    return (
        f"这与{where}的「{short(title)}」像是同一问，现在答的是：{short(answer)}\n"
        f"{change}；另教一条，{settle_with(number)}。"
    )


def brief(question: str, *, private: bool) -> str:
    """等着确认的一行。"""
    why = "答案里有个人号码" if private else "与已有的像是同一问"
    return f"{why}：{short(question)}"


def short(text: str) -> str:
    """一行里放得下的样子。"""
    flat = " ".join(text.split())
    return flat if len(flat) <= MAX_SHOWN else flat[:MAX_SHOWN] + "…"
