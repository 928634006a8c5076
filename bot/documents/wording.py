"""文件库对人说的话。"""

from .models import Section
from .results import Brought
from .shelf import Draft, Imported, Stored


def same_file(number: int, title: str) -> str:
    """同一个文件又来一次。"""
    return f"这份文件导入过了，是编号 {number}《{title}》，不用再导。"


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


def quoted(passage: Stored, document: Imported, missing_year: int | None) -> str:
    """引一段原文。

    参数:
        missing_year: 问的是这一年，而没有那一年的文件
    """
    lines = [passage.text, f"——{place_of(passage, document)}"]
    if missing_year:
        lines.insert(0, f"没有{missing_year}年的资料，下面是{document.year}年的：")
    return "\n".join(lines)


def whose(region: str) -> str:
    """不知道问的人是哪里的：说明是哪里的规定。"""
    return f"【{region}】"


def not_evident_here(region: str | None, year: int | None) -> str:
    """命令行里看不出是哪里、哪一年的。"""
    missing = [w for w, known in (("地区", region), ("年份", year)) if not known]
    options = (("--region 广西", region), ("--year 2027", year))
    example = " ".join(option for option, known in options if not known)
    return f"文件里看不出{'、'.join(missing)}，请写明，如 {example}。没有导入。"


def reading(name: str, place: int, count: int) -> str:
    """正在读。"""
    which = f"（{place}/{count}）" if count > 1 else ""
    return f"正在读 {name}{which}……"


def read(draft: Draft) -> str:
    """读到了什么。"""
    document = draft.reading.document
    sections = [section for section in document.walk() if section.label]
    tables = list(document.tables())
    facts = [
        f"《{document.title or draft.file_name}》",
        document.number,
        document.issuer,
        f"{document.day:%Y-%m-%d}" if document.day else "",
        draft.region or "地区看不出",
        f"{draft.year}年" if draft.year else "年份看不出",
        f"{document.pages}页" if document.pages else "",
        f"{len(sections)}条",
        f"{len(tables)}张表" if tables else "",
    ]
    return "，".join(filter(None, facts))


def outline(draft: Draft) -> str:
    """各条的样子，供核对。"""
    lines = [_outlined(section) for section in draft.reading.document.walk()]
    return "\n".join([*filter(None, lines), "这次只读，没有导入。"])


def _outlined(section: Section) -> str:
    texts = [block.text for block in section.blocks if block.text and not block.rows]
    text = section.heading or next(iter(texts), "")
    rows = [f"[表 {len(b.rows)} 行]" for b in section.blocks if b.rows]
    shown = text if len(text) <= 40 else f"{text[:40]}…"
    return "  ".join(filter(None, (section.label, shown, *rows)))


CONTACTS_NATIONWIDE = "名录是全国共用的，要管全国的人来接受"
HOW_TO_SETTLE = (
    "「导入 查看」逐处看，「接受 1 3-5」「接受 全部」「改 2 新的答案」「拒绝 其余」"
)


def brought(done: Brought) -> str:
    """导入之后。"""
    imported = done.imported
    head = (
        f"已导入{imported.cited}（编号 {imported.number}，{imported.region}"
        f"{imported.year}年），分成 {done.passages} 段，现在就能据它回答。"
    )
    if not done.counts:
        return f"{head}没有提出改动。"
    told = "、".join(f"{kind}{count}处" for kind, count in done.counts.items())
    return (
        f"{head}\n提出：{told}。{HOW_TO_SETTLE}。整份不要了：撤销导入 {imported.number}"
    )
