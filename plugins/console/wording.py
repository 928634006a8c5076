"""文件库页面上的话。"""

from collections.abc import Mapping

from bot.documents import Brought, Draft, Imported, Proposed, Settled, telling

CLOSED = "助手还没有准备好，请稍后刷新。"
TITLE = "文件库"
SUBTITLE = "导入通知与指南，助手马上照它回答；逐处定下它改动了什么"
DROP = "把文件拖到这里，或点一下选文件"
KINDS = "Word、PDF、Excel、网页、文字都行，最大 50 MB"
TOO_LARGE = "文件太大，最多 50 MB，请只发要用的部分"
NO_DOCUMENTS = "还没有导入过文件"
HOW = (
    ("1", "把新通知、新指南拖到左边，核对是哪里、哪一年的，点「导入」"),
    ("2", "助手马上就能据它回答，并列出它改动了哪些旧答案、日期、联系方式"),
    ("3", "旧答案、新答案、依据的原话并排，一处处点「接受」或「不改」，随时可以撤销"),
)
NOTHING_PROPOSED = "这份文件没有提出改动，助手已经可以据它回答。"
ALL_SETTLED = "都定了。"
NOW = "现在"
AFTER = "改为"
ANSWER = "答案"
GROUNDS = "依据"
UNSURE = "把握不大，请细看"
PRIVATE = "有个人号码"
NOT_THERE = "（现在没有）"
REGIONS_HINT = "哪个地区的"
YEAR_HINT = "哪一年"
EMPTY_ANSWER = "答案不能是空的"
WAITING = "排队等着读"
COMPARING = "正在比对旧答案……"
ONLY_OPEN = "只看没定的"
UNDO_HINT = "文件不再算数，它带来的答案、日期、名录改动全部撤掉。"


def reading(seconds: int, page: tuple[int, int] | None) -> str:
    """正在读。"""
    if page:
        return telling.page_read(*page)
    return f"正在读，{seconds} 秒" if seconds > 1 else "正在读……"


def facts(draft: Draft) -> str:
    """读到了什么，一行。"""
    document = draft.reading.document
    sections = sum(1 for section in document.walk() if section.label)
    tables = sum(1 for _ in document.tables())
    day = document.day
    told = [
        document.number,
        document.issuer,
        f"{day.year}年{day.month}月{day.day}日" if day else "",
        f"{document.pages} 页" if document.pages else "",
        f"{sections} 条" if sections else "",
        f"{tables} 张表" if tables else "",
    ]
    return " · ".join(filter(None, told))


def not_evident(draft: Draft) -> str:
    """文件里看不出来的，请人写明。"""
    missing = [
        word
        for word, known in ((REGIONS_HINT, draft.region), (YEAR_HINT, draft.year))
        if not known
    ]
    return f"文件里看不出{'、'.join(missing)}，请写明。" if missing else ""


def brought(done: Brought) -> str:
    """导入之后。"""
    count = sum(done.counts.values())
    told = f"，提出 {count} 处改动" if count else "，没有提出改动"
    return f"已导入{done.imported.cited}{told}"


def scope(imported: Imported) -> str:
    """哪里哪年的。"""
    return f"{imported.region} · {imported.year}年 · 编号 #{imported.number}"


def left(count: int) -> str:
    """还有几处没定。"""
    return f"{count} 处没定" if count else "都定了"


def progress(settled: int, total: int) -> str:
    """定了几处。"""
    return f"已定 {settled} / {total} 处"


def take_sure(count: int) -> str:
    """一次接受。"""
    return f"接受有把握的 {count} 处"


def refuse_rest(count: int) -> str:
    """一次不改。"""
    return f"没定的 {count} 处都不改"


def ask_take(sure: int, doubtful: int, private: int) -> str:
    """一次接受之前问一声。"""
    lines = [f"接受 {sure} 处，助手马上照新的回答。每一处之后都还能撤销。"]
    if doubtful:
        lines.append(f"把握不大的 {doubtful} 处不在内，请逐处看。")
    if private:
        lines.append(f"答案里有个人号码的 {private} 处不在内，要逐处点。")
    return "\n".join(lines)


def ask_refuse(count: int) -> str:
    """一次不改之前问一声。"""
    return f"{count} 处都不改，旧答案照旧。之后还能一处处重新定。"


def ask_private(hidden: tuple[str, ...], region: str) -> str:
    """答案里有个人的号码。"""
    whose = "所有地区" if region == "全国" else region
    return (
        f"这条答案里有像是个人的号码、邮箱或住址：{'、'.join(hidden)}。"
        f"接受之后，{whose}的人问到都会读到它。本人同意公开的再接受；"
        "不同意的，点「改」去掉号码。"
    )


def ask_undo(imported: Imported) -> str:
    """撤销导入之前问一声。"""
    return f"撤销{imported.cited}的导入？{UNDO_HINT}"


def settled(done: Settled) -> str:
    """接受之后，办不了的说明为什么。"""
    head = f"接受了 {len(done.done)} 处。" if done.done else ""
    return "\n".join(filter(None, [head, *done.problems]))


def grounds(one: Proposed) -> str:
    """依据哪一条、第几页。"""
    page = f"，第 {one.suggestion.page} 页" if one.suggestion.page else ""
    return f"{one.suggestion.label or '开头'}{page}"


def kinds(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    """各种改动与几处：（哪一种，怎么写）；头一个是全部。"""
    every = sum(counts.values())
    return [("", f"全部 {every}"), *((k, f"{k} {n}") for k, n in counts.items())]
