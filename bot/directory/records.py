"""名录的记录：每张表一种，表头、单元格写法与校验都写在字段旁边。"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias

from bot import clock
from bot.text import contacts
from bot.text.contacts import Invalid

LONGEST_TEXT = 500
SEPARATOR = "；"
"""一格里有几个值时的分隔号；读的时候也认半角分号和换行。"""
DISABLED = "停用"
CONFIDENCES = ("确定", "很可能", "待核实")
LEVELS = ("初级", "中级", "高级")
EVIDENCE = ("强", "中", "弱")
"""等级依据：平台公开查询；院校网页；第三方文字。"""


@dataclass(frozen=True, slots=True)
class Cell:
    """一种单元格：怎么读，怎么写；读不懂时 `read` 抛 `ValueError`，消息是中文。"""

    read: Callable[[str], Any]
    write: Callable[[Any], str]


def tidy(text: str) -> str:
    """去掉首尾空白与不可见字符，其余照原样。"""
    return "".join(c for c in text if unicodedata.category(c) != "Cf").strip()


def split(text: str) -> tuple[str, ...]:
    """拆开一格里的几个值，重复的只留一个。"""
    parts = (part.strip() for part in re.split(r"[；;\n]", text))
    return tuple(dict.fromkeys(part for part in parts if part))


def _number(text: str) -> int:
    if not text.isdecimal():
        raise ValueError(f"「{text}」应当是整数")
    return int(text)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"「{text}」不是日期，请写成 2020-04-14") from None


def _one_of(choices: tuple[str, ...]) -> Cell:
    def read(text: str) -> str:
        if text and text not in choices:
            raise ValueError(f"「{text}」只能是{'、'.join(choices)}或空着")
        return text

    return Cell(read, str)


def _each(check: Callable[[str], str]) -> Cell:
    return Cell(lambda text: tuple(check(part) for part in split(text)), _join)


def _join(values: tuple[str, ...]) -> str:
    return SEPARATOR.join(values)


def _level(text: str) -> str:
    if text not in LEVELS:
        raise ValueError(f"「{text}」只能是{'、'.join(LEVELS)}")
    return text


def _checked(check: Callable[[str], str]) -> Callable[[str], str]:
    """与登记同一种验法；这里一次说许多格，要带上原文。"""

    def read(text: str) -> str:
        try:
            return check(text)
        except Invalid as error:
            raise ValueError(f"「{text}」不对：{error}") from None

    return read


def _postcode(text: str) -> str:
    """六位邮编。"""
    if text and not re.fullmatch(r"\d{6}", text):
        raise ValueError(f"「{text}」不是 6 位邮编")
    return text


def _text(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"有 {len(text)} 个字，最多 {LONGEST_TEXT} 个")
    return text


def _past(text: str) -> date:
    day = _date(text)
    if day > clock.local(clock.now()).date():
        raise ValueError(f"「{text}」还没到")
    return day


check_mobile = _checked(contacts.mobile)
check_landline = _checked(contacts.landline)
check_email = _checked(contacts.email)
TEXT = Cell(_text, str)
TEXTS = _each(str)
NUMBER = Cell(_number, str)
DATE = Cell(_date, date.isoformat)
PAST = Cell(_past, date.isoformat)


def column(header: str, cell: Cell = TEXT, *, required: bool = False) -> Any:
    """一列：表头、单元格种类、是否必填。"""
    return field(metadata={"column": (header, cell, required)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """一份来源文件。"""

    name: str = column("来源", required=True)
    title: str = column("标题", required=True)
    day: date = column("日期", DATE, required=True)  # noqa: RUF009


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """一批证书；两个数供核对。"""

    number: int = column("批次", NUMBER, required=True)
    name: str = column("名称", required=True)
    aliases: tuple[str, ...] = column("别名", TEXTS)
    certificates: int = column("证书数", NUMBER, required=True)
    organisations: int = column("机构数", NUMBER, required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """一个方向，如数控、养老。"""

    name: str = column("方向", required=True)
    aliases: tuple[str, ...] = column("别名", TEXTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """一家培训评价组织；`printed` 是与现写法不同的原文。"""

    name: str = column("机构", required=True)
    aliases: tuple[str, ...] = column("别名", TEXTS)
    printed: str = column("机构原文")
    confidence: str = column("可信度", _one_of(CONFIDENCES))
    source: str = column("来源", required=True)
    note: str = column("说明")
    status: str = column("状态", _one_of((DISABLED,)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """一个职业技能等级证书；`levels` 只记有依据的。"""

    name: str = column("证书", required=True)
    batch: int = column("批次", NUMBER, required=True)
    number: int = column("序号", NUMBER, required=True)
    organisation: str = column("机构", required=True)
    present_issuer: str = column("现颁证机构")
    aliases: tuple[str, ...] = column("别名", TEXTS)
    fields: tuple[str, ...] = column("方向", TEXTS)
    levels: tuple[str, ...] = column("等级", _each(_level))
    evidence: str = column("等级依据", _one_of(EVIDENCE))
    level_source: str = column("等级来源")
    printed: str = column("证书原文")
    printed_organisation: str = column("机构原文")
    confidence: str = column("可信度", _one_of(CONFIDENCES))
    source: str = column("来源", required=True)
    note: str = column("说明")
    status: str = column("状态", _one_of((DISABLED,)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """一份文件里的一处联系方式，可以供几个证书共用。"""

    id: str = column("编号", required=True)
    certificates: tuple[str, ...] = column("证书", TEXTS, required=True)
    people: tuple[str, ...] = column("联系人", TEXTS)
    position: str = column("职务")
    phones: tuple[str, ...] = column("固定电话", _each(check_landline))
    mobiles: tuple[str, ...] = column("手机", _each(check_mobile))
    emails: tuple[str, ...] = column("邮箱", _each(check_email))
    printed_emails: str = column("邮箱原文")
    email_note: str = column("邮箱说明")
    fax: str = column("传真", Cell(lambda t: t and check_landline(t), str))
    address: str = column("地址")
    postcode: str = column("邮编", Cell(_postcode, str))
    confidence: str = column("可信度", _one_of(CONFIDENCES))
    source: str = column("来源", required=True)
    as_of: date = column("截至", PAST, required=True)  # noqa: RUF009
    note: str = column("说明")
    status: str = column("状态", _one_of((DISABLED,)))

    @property
    def is_reachable(self) -> bool:
        """有没有一种联系得上的办法。"""
        return bool(self.phones or self.mobiles or self.emails)

    @property
    def is_pairing_unsure(self) -> bool:
        """几个人几个手机，原表没有写明谁对应哪个。"""
        return len(self.people) > 1 and len(self.mobiles) > 1


@dataclass(frozen=True, slots=True)
class Column:
    """一列。"""

    attribute: str
    header: str
    cell: Cell
    required: bool


@dataclass(frozen=True, slots=True)
class Table:
    """一张表：文件名、工作表名与记录。"""

    name: str
    file: str
    record: type[Any]

    @property
    def columns(self) -> tuple[Column, ...]:
        """全部列，第一列是主键。"""
        return _columns(self.record)

    @property
    def headers(self) -> list[str]:
        """表头。"""
        return [column.header for column in self.columns]

    @property
    def key(self) -> str:
        """主键的表头。"""
        return self.columns[0].header


@lru_cache
def _columns(record: type[Any]) -> tuple[Column, ...]:
    return tuple(Column(f.name, *f.metadata["column"]) for f in fields(record))


DOCUMENTS = Table("来源", "sources.csv", Document)
BATCHES = Table("批次", "batches.csv", Batch)
FIELDS = Table("方向", "fields.csv", Field)
ORGANISATIONS = Table("机构", "organisations.csv", Organisation)
CERTIFICATES = Table("证书", "certificates.csv", Certificate)
CONTACTS = Table("联系人", "contacts.csv", Contact)
TABLES = (CERTIFICATES, ORGANISATIONS, CONTACTS, FIELDS, BATCHES, DOCUMENTS)

Row: TypeAlias = Mapping[str, str]
"""一行：表头 → 单元格文字。"""
