"""答疑插件对人说的话。"""

from collections.abc import Sequence

from bot import clock
from bot.answering import OpenQuestion
from bot.answering.receipts import short
from bot.knowledge import Change, Entry, LocalEdit
from bot.wording import no_such_number, not_your_region, which_number

USAGE_UNSOLVED = "没解决 —— 答案没用？引用它发这三个字，转给秘书处"
USAGE_PERSON = "转人工 [问题] —— 请秘书处值班的老师来答"
USAGE_TEACH = "教 问题 = 答案 —— 立刻学会"
USAGE_CORRECT = "更正 答案 —— 引用助手的答案发，换成新的"
USAGE_WITHDRAW = "撤销教 编号 —— 撤销一次教或更正"
USAGE_UNANSWERED = "未答 —— 看没答上来的问题"
USAGE_ANSWER = "答 编号 答案 —— 发回原群并学会"

USAGE_TAUGHT = "教过的 —— 看教过、更正过的"
LIST_FIRST = "编号从 1 数起，以最近列给您的为准：请先发「未答」看一遍。"
NOTHING_TAUGHT = "还没有教过，也没有更正过。"
TAUGHT_SHOWN = 20

UNSOLVED = ("没解决", "没有解决", "还是不行")
FOR_A_PERSON = ("转人工", "找人工", "人工客服", "人工")
COMPLAINTS = (
    "没用", "不对", "答错了", "答非所问", "不是这个", "没有解决问题", "没帮助",
)  # fmt: skip
"""对着助手说的，也当“没解决”。"""

TEACH_HOW = "请这样写：教 问题 = 答案。例如：教 说明会几点开 = 周五下午3点，线上"
TEACH_WHERE = "这是教给哪个地区的？请在绑定了地区的群里教，或请管理员绑定地区。"
CORRECT_HOW = "请引用助手发的那条答案，再发：更正 新的答案"
WITHDRAW_HOW = (
    f"{which_number('撤销教 12')}（发「教过的」可以看到；教会时的回复里也有，带着 #）"
)
ANSWER_HOW = "请这样写：答 编号 答案。编号发「未答」可以看到"
WHAT_FOR_A_PERSON = (
    "要转给秘书处的老师，请把问题写在后面，比如：转人工 平台提示学校不存在。"
)
WHAT_UNSOLVED = "请引用没用的那条答案发「没解决」，或把问题再说详细些。"


def one_at_a_time(count: int) -> str:
    """一句话里教了几条。"""
    return f"这里像是教了 {count} 条，一条也没记。请一条一条发：教 问题 = 答案"


def cannot_see(kinds: Sequence[str]) -> str:
    """只发来看不到内容的东西。"""
    what = "、".join(kinds)
    return f"我看不到{what}里的内容。请把要问的打成文字发来，比如屏幕上提示的那句话。"


def by_words(answer: str, kinds: Sequence[str]) -> str:
    """照打的字答了，一起发来的没有看到。"""
    what = "、".join(kinds)
    return f"{answer}\n（{what}我看不到，这是照您打的字答的。）"


def attached(kinds: Sequence[str]) -> str:
    """转给秘书处时，说明还附着什么。"""
    return f"（附{'、'.join(kinds)}，在原来的消息里）"


def handed_on(told: str, kinds: Sequence[str]) -> str:
    """照字答不了，连同看不到的一起转给秘书处。"""
    return f"我看不到{'、'.join(kinds)}里的内容，连同您的话转给秘书处了。{told}"


def unsolved(number: int, told: int, guide: str) -> str:
    """说没解决、要找人工之后。

    参数:
        told: 告诉了秘书处的几个人；没有人收得到私聊为 0
    """
    if told:
        return (
            f"已记下（编号 #{number}），也私聊告诉了秘书处的 {told} 位老师，"
            f"答复会发到这里。着急的话：{guide}。"
        )
    return (
        f"已记下（编号 #{number}），等秘书处来看；现在没有值班的人收得到我的私聊，"
        f"请直接找人：{guide}。"
    )


def cannot_correct(entries: Sequence[Entry]) -> str:
    """引用的答案不能更正。"""
    if not entries:
        return (
            "那条消息不是常见问题的答案，没法更正。联系人、电话有变请用「更新联系人」，"
            "别的可用「教 问题 = 答案」另教一条。"
        )
    if len(entries) > 1:
        return "那条消息并排了几个地区的答案，请到本地区的群里问一次再更正。"
    return not_your_region(entries[0].source.region)


def withdrawn(change: Change, edit: LocalEdit) -> str:
    """撤销之后：撤的是哪一条，现在怎么答。"""
    gone = f"「{short(edit.question)}」→ {short(edit.answer)}（{edit.region}）"
    if change.entry is None:
        return f"已撤销 {gone}，不再这样答。"
    return f"已撤销 {gone}，恢复为：{short(change.entry.answer)}"


def no_such(number: str) -> str:
    """没有这个本地编号。"""
    return f"{no_such_number(number, '教或更正')}撤销过的不算；发「教过的」看现有的。"


def no_question(number: str) -> str:
    """没有这个未答问题。"""
    return f"{no_such_number(number, '问题')}发「未答」看现有的。"


def unanswered(rows: Sequence[OpenQuestion]) -> str:
    """未答问题的清单。"""
    if not rows:
        return "没有待处理的问题。"
    lines = [f"待处理 {len(rows)} 个："]
    for number, row in enumerate(rows, start=1):
        times = f"，问了{row.times}次" if row.times > 1 else ""
        when = clock.local(row.asked_at)
        lines.append(
            f"{number}. {short(row.text)}"
            f"（{row.region or '地区不明'}，{when:%m-%d}{times}）"
        )
    lines.append("回答请发：答 编号 答案；不用答的：未答 划掉 编号")
    return "\n".join(lines)


def dismissed(questions: Sequence[str]) -> str:
    """不答、划掉几个未答问题之后。"""
    shown = "、".join(f"「{short(question)}」" for question in questions[:5])
    more = f"等 {len(questions)} 个" if len(questions) > 5 else ""
    return f"已划掉{shown}{more}，不再列出（没有发消息给提问的人）。"


def taught(page: Sequence[LocalEdit], total: int) -> str:
    """教过的与更正过的，新的在前，一共 `total` 条。"""
    if not page:
        return NOTHING_TAUGHT
    lines = [
        f"{number}. {short(edit.question)} → {short(edit.answer)}（{edit.region}）"
        for number, edit in enumerate(page, start=1)
    ]
    more = f"（只列了最近 {len(page)} 条）" if total > len(page) else ""
    head = f"教过和更正过 {total} 条{more}："
    return "\n".join([head, *lines, "不要的请发：撤销教 编号"])
