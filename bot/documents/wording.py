"""文件库对人说的话。"""

from collections.abc import Iterable, Mapping, Sequence

from bot.access import NATIONWIDE
from bot.confirming import settle_with

from .proposals import Proposed
from .results import Brought, Settled
from .shelf import Imported, Stored


def same_file(number: int, title: str) -> str:
    """同一个文件又来一次。"""
    return f"这份文件导入过了，是编号 #{number}《{title}》，不用再导。"


def not_evident(region: str | None, year: int | None) -> str:
    """看不出是哪里、哪一年的：问，不猜。"""
    missing = [w for w, known in (("哪个地区", region), ("哪一年", year)) if not known]
    example = " ".join(w for w, k in (("广西", region), ("2027年", year)) if not k)
    return f"文件里看不出是{'、'.join(missing)}的，请写明，如：导入 {example}"


def cannot_keep(reason: str) -> str:
    """原件存不下。"""
    return f"原件存不下（{reason}），没有导入。"


def no_file(name: str) -> str:
    """没有这个文件。"""
    return f"没有 {name} 这个文件。"


def place_of(passage: Stored, document: Imported) -> str:
    """一段在哪里：《……》三（二）2，第4页。"""
    label = passage.label
    page = f"，第{passage.page}页" if passage.page else ""
    return f"{document.cited}{label}{page}"


def quoted(
    passage: Stored, rows: Sequence[str], document: Imported, missing_year: int | None
) -> str:
    """引一段原文。

    参数:
        rows: 它说到的表里问到的几行
        missing_year: 问的是这一年，而没有那一年的文件
    """
    lines = [passage.text, *rows, f"——{place_of(passage, document)}"]
    if missing_year:
        lines.insert(0, f"没有{missing_year}年的资料，下面是{document.year}年的：")
    return "\n".join(lines)


def whose(region: str) -> str:
    """不知道问的人是哪里的：说明是哪里的规定。"""
    return f"【{region}】"


CONTACTS_NATIONWIDE = "名录是全国共用的，要管全国的人来接受"
HOW_TO_SETTLE = (
    "「导入 查看」逐处看，「接受 1 3-5」「接受 全部」「改 2 新的答案」「拒绝 其余」"
)


def brought(done: Brought) -> str:
    """导入之后。"""
    imported = done.imported
    head = (
        f"已导入{imported.cited}（编号 #{imported.number}，{imported.region}"
        f"{imported.year}年），分成 {done.passages} 段，现在就能据它回答。"
    )
    if not done.counts:
        return f"{head}没有提出改动。"
    told = "、".join(f"{kind}{count}处" for kind, count in done.counts.items())
    undo = f"整份不要了：撤销导入 #{imported.number}"
    return f"{head}\n提出：{told}。{HOW_TO_SETTLE}。{undo}"


USAGE_IMPORT = (
    "导入 [地区 年份] —— 发了文件之后发，从此据它回答；导入 查看、接受、改、拒绝"
)
USAGE_UNDO = "撤销导入 编号 —— 撤销一份文件与它带来的全部改动"
USAGE_ORIGINAL = "原文 —— 引用助手的答案发，看它依据的原文"
WHICH_FILE = (
    "没看到要导入的文件：请先把文件（docx、pdf、xlsx、html、txt）发到这里，再发「导入」，"
    "或引用那个文件发「导入」。"
)
NOTHING_OPEN = "没有等着定的改动。发「导入 列表」看导入过的文件。"
NO_DOCUMENTS = "还没有导入过文件。把文件发到这里，再发「导入」。"
UNDO_HOW = "请带上编号，如：撤销导入 3。编号发「导入 列表」可以看到。"
CHANGE_HOW = "请这样写：改 2 新的答案"
NO_GATEWAY = "现在取不到文件，请在机器上用 python -m bot import 导入。"
NO_ANSWER_TO_SHOW = "请引用助手发的那条答案，再发：原文"
SHOWN = 6
"""一次列几处。"""


def reading_now(name: str) -> str:
    """正在读，别急。"""
    return f"正在读「{name}」，扫描件要久些，读完告诉您……"


def may_import(name: str) -> str:
    """秘书处发来一个文件。"""
    return f"收到「{name}」。要据它回答，请发「导入」；看不出地区年份的我会问。"


def seen(text: str, answer: str) -> str:
    """照图里的字答的。"""
    shown = text if len(text) <= 60 else f"{text[:60]}…"
    return f"图里写着：{shown}\n{answer}"


def not_understood(rest: str) -> str:
    """「导入」后面的话读不懂。"""
    return f"没看懂「{rest}」。请写地区与年份，如：导入 广西 2027年"


def listed(documents: Sequence[Imported], left: Mapping[int, int]) -> str:
    """导入过的文件。"""
    lines = [
        f"{number}. {one.cited}　{one.region} {one.year}年"
        + (f"　还有 {count} 处没定" if (count := left.get(one.number)) else "")
        for number, one in enumerate(documents, start=1)
    ]
    return "\n".join([*lines, "逐处看：导入 查看 编号1；不要了：撤销导入 1"])


def shown(imported: Imported, page: Sequence[Proposed], left: int) -> str:
    """列出几处。"""
    head = f"{imported.cited}还有 {left} 处没定："
    more = ""
    if page and left > len(page):
        more = f"往下看：导入 查看 {page[-1].number + 1}-{page[-1].number + SHOWN}。"
    lines = [_one(item, full=len(page) == 1) for item in page]
    return "\n\n".join([head, *lines, f"{more}{HOW_TO_SETTLE}"])


def _one(item: Proposed, *, full: bool) -> str:
    one = item.suggestion
    unsure = "" if one.sure else "（把握不大，请细看）"
    page = f"，第{one.page}页" if one.page else ""
    lines = [f"{item.number}. {one.kind}「{one.title}」{unsure}"]
    if one.before:
        lines.append(f"现在：{_cut(one.before, full)}")
    lines.append(f"{'改为' if one.before else '答案'}：{_cut(one.after, full)}")
    where = f"{one.label or '开头'}{page}"
    lines.append(f"依据 {where}" + (f"：{one.quote}" if full else ""))
    return "\n".join(lines)


def _cut(text: str, full: bool) -> str:
    flat = " ".join(text.split())
    return text if full or len(flat) <= 90 else f"{flat[:90]}…"


def accepted(settled: Settled, doubtful: Sequence[int] = ()) -> str:
    """接受之后。

    参数:
        doubtful: 说“全部”时，把握不大、留着没接受的
    """
    head = f"接受了 {len(settled.done)} 处，现在就照新的答。" if settled.done else ""
    left = f"还有 {settled.left} 处没定。" if settled.left else "都定了。"
    lines = [f"{head}{left}", *settled.problems]
    if doubtful:
        which = spans(doubtful)
        lines.append(
            f"其中第 {which} 处把握不大，没有接受：发「导入 查看 {which}」细看，"
            f"对的发「接受 {which}」，不对的发「拒绝 {which}」。"
        )
    return "\n".join(filter(None, lines))


def asks_private(hidden: Mapping[int, Sequence[str]], region: str, number: int) -> str:
    """答案里有个人的号码：接受之前先问。

    参数:
        hidden: 序号 → 遮住的号码
    """
    whose = "所有地区" if region == NATIONWIDE else region
    found = dict.fromkeys(one for several in hidden.values() for one in several)
    first = min(hidden, default=0)
    return (
        f"第 {spans(hidden)} 处的答案里有像是个人的号码、邮箱或住址："
        f"{'、'.join(found)}。接受之后，{whose}的人在群里、私聊里问到，都会读到它。\n"
        f"本人同意公开的，{settle_with(number)}，去掉号码再接受：改 {first} 新的答案"
    )


def asks_private_brief(numbers: Sequence[int]) -> str:
    """几件事一起列出时的一行。"""
    return f"接受第 {spans(numbers)} 处（答案里有个人号码）"


def spans(numbers: Iterable[int]) -> str:
    """几个序号，接着的连起来：`1 3-5`。"""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return " ".join(str(r[0]) if len(r) == 1 else f"{r[0]}-{r[-1]}" for r in runs)


def refused(settled: Settled) -> str:
    """拒绝之后。"""
    left = f"还有 {settled.left} 处没定。" if settled.left else "都定了。"
    return f"不改 {len(settled.done)} 处。{left}"


def amended(number: int) -> str:
    """改了答案。"""
    return f"第 {number} 处的答案改好了，还没有接受。接受请发：接受 {number}"


def no_such_item(number: int) -> str:
    """没有这一处，或不是能改的。"""
    return f"没有等着定的第 {number} 处，或它不是问答，改不了。"


def no_such_document(number: str) -> str:
    """没有这份文件。"""
    return f"没有编号 {number} 的文件。发「导入 列表」看现有的。"


def undone(imported: Imported, problems: Sequence[str]) -> str:
    """撤销导入之后。"""
    head = (
        f"已撤销{imported.cited}（编号 #{imported.number}，{imported.region}"
        f"{imported.year}年）的导入，它带来的改动也都撤了。"
    )
    return "\n".join([head, *problems])


def reminder(imported: Imported, left: int) -> str:
    """每天提醒一次。"""
    return (
        f"您导入的{imported.cited}（编号 #{imported.number}）还有 {left} 处改动没定。"
        f"发「导入 查看 #{imported.number}」看。"
    )


def original(place: str, text: str) -> str:
    """答案依据的原文。"""
    return f"{text}\n——{place}"


def not_imported(source: str, section: str) -> str:
    """答案出自的文件没有导入。"""
    where = f"「{source}」{section}"
    return (
        f"这个答案出自{where}。这份文件没有导入，没有原文；请向发文单位或秘书处索取。"
    )


NO_ORIGINAL = "这条答案不是照文件的条款写的，没有原文可看。"
