"""读文件的时候对人说的话：读到哪里，读到了什么。"""

from bot.reading import Section

from .shelf import Draft


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


def page_read(done: int, total: int) -> str:
    """扫描的认到第几页。"""
    return f"正在认字，第 {done} 页，共 {total} 页"


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
