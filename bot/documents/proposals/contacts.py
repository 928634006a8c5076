"""文件里的联系人表：与名录相比，哪些证书的联系方式变了。"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot.directory import CONTACTS, Directory, Edit, Kind, Row, canonical
from bot.errors import KnowledgeError
from bot.reading import Document, rows_of
from bot.text import normalise
from bot.text.contacts import EMAIL_IN_TEXT, MOBILE, PHONE_IN_TEXT

_COLUMNS = (
    (re.compile(r"证书"), "证书"),
    (re.compile(r"联系人|姓名|负责人"), "联系人"),
    (re.compile(r"职务|岗位"), "职务"),
    (re.compile(r"电话|手机|联系方式|号码|座机"), "号码"),
    (re.compile(r"邮箱|邮件|e-?mail", re.I), "邮箱"),
    (re.compile(r"传真"), "传真"),
)
_NAME_TAIL = re.compile(r"(?:职业技能)?(?:等级)?证书$")
_SEPARATOR = "；"
_HAN = r"[\u4e00-\u9fff]"
_SPACED = re.compile(rf"(?<!{_HAN})({_HAN}) ({_HAN})(?!{_HAN})")


@dataclass(frozen=True, slots=True)
class Difference:
    """一个证书的联系方式与名录不同。

    参数:
        missing: 名录里没有这个证书
    """

    certificate: str
    edits: tuple[Edit, ...]
    quote: str
    label: str
    page: int
    missing: bool = False


def differences(document: Document, directory: Directory) -> Iterator[Difference]:
    """一份文件的联系人表与名录相比。"""
    known = {
        normalise(name): one.name
        for one in directory.snapshot.catalogue.certificates.values()
        for name in (one.name, *one.aliases)
    }
    for section, block in document.tables():
        for row in rows_of(block):
            told = _told(row)
            if told is None:
                continue
            written, values = told
            name = known.get(normalise(written))
            quote = "；".join(f"{k}：{v}" for k, v in row.items())
            if name is None:
                yield Difference(written, (), quote, section.label, block.page, True)
            elif edits := _edits(directory, name, values, document.day):
                yield Difference(name, tuple(edits), quote, section.label, block.page)


def contact_of(row: Mapping[str, str]) -> dict[str, str] | None:
    """表格的一行说了谁的什么；不是联系人表的为 `None`。"""
    told = _told(row)
    return None if told is None else {"证书": told[0], **told[1]}


def _told(row: Mapping[str, str]) -> tuple[str, dict[str, str]] | None:
    found: dict[str, str] = {}
    for header, cell in row.items():
        for pattern, name in _COLUMNS:
            if pattern.search(header):
                found[name] = f"{found[name]} {cell}" if name in found else cell
                break
    written = _NAME_TAIL.sub("", "".join(found.get("证书", "").split()))
    if not written or not (found.keys() & {"号码", "邮箱"}):
        return None
    return written, _values(found)


def _values(found: Mapping[str, str]) -> dict[str, str]:
    """名录的写法：人、职务、固定电话、手机、邮箱。"""
    values: dict[str, str] = {}
    people = _people(found.get("联系人", ""))
    if people:
        values["联系人"] = _SEPARATOR.join(people)
    position = found.get("职务", "").strip()
    if position not in ("", "无"):
        values["职务"] = " ".join(position.split())
    written = PHONE_IN_TEXT.finditer(_tight(found.get("号码", "")))
    numbers = ["".join(match[0].split()) for match in written]
    mobiles = [number for number in numbers if MOBILE.fullmatch(number)]
    emails = EMAIL_IN_TEXT.findall(_rejoined(found.get("邮箱", "")))
    kinds = {
        "手机": mobiles,
        "固定电话": [number for number in numbers if number not in mobiles],
        "邮箱": ["".join(email.split()) for email in emails],
    }
    for header, several in kinds.items():
        if several:
            values[header] = _SEPARATOR.join(dict.fromkeys(several))
    return values


def _people(text: str) -> list[str]:
    """几个人；“李 凯”是两个字的名字中间空了格。"""
    plain = _SPACED.sub(r"\1\2", text)
    return [part for part in re.split(r"[\s、,，;；/]+", plain) if part]


def _rejoined(text: str) -> str:
    """一格里排成几行、断在中间的邮箱接起来。"""
    tokens: list[str] = []
    for token in re.split(r"[\s;；,，、]+", text):
        if tokens and token and "@" not in token and token.isascii():
            tokens[-1] += token
        elif token:
            tokens.append(token)
    return " ".join(tokens)


def _tight(text: str) -> str:
    return re.sub(r"(?<=\d)\s*-\s*(?=\d)", "-", text)


def _edits(
    directory: Directory, name: str, values: Row, day: date | None
) -> list[Edit]:
    """名录里这个证书的各处联系方式要改的格；已有同样内容的不改。"""
    located = directory.contact_rows(Kind.CERTIFICATE, name)
    if len(located) != 1:
        return []
    row = canonical(CONTACTS, located[0].row)
    if day and row["截至"] >= day.isoformat():
        # 名录里的不比它旧
        return []
    shown = canonical(CONTACTS, {**row, **values})
    after = {h: shown[h] for h in values if row.get(h, "") != shown[h]}
    if not after:
        return []
    edit = Edit(
        CONTACTS.name, row[CONTACTS.key], {h: row.get(h, "") for h in after}, after
    )
    try:
        directory.check([edit])
    except KnowledgeError:
        return []
    return [edit]
