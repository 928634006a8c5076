"""读懂“名录新增”：叫什么、哪家的、第几批，怎么联系；机构没有收的一并加上。"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from bot.errors import AssistantError
from bot.text import normalise

from . import wording
from .edits import Edit
from .matches import Kind, Quality, leading
from .phrases import BATCH, batch_number
from .records import (
    BATCHES,
    CERTIFICATES,
    CONTACTS,
    DOCUMENTS,
    LEVELS,
    ORGANISATIONS,
    SEPARATOR,
    Row,
)
from .service import Directory
from .updating import HEADERS, Proposed, after_labels, set_value, trimmed

UNNUMBERED = "0"
"""不照公布的表加的，没有序号，也不知道那一批一共几个。"""
_OWN = {
    "评价组织": "机构",
    "机构": "机构",
    "批次": "批次",
    "等级": "等级",
}
_LABELS = sorted({**HEADERS, **_OWN}, key=len, reverse=True)
_LABEL = re.compile(rf"(?<![^\s,，;；、])({'|'.join(_LABELS)})(?=[\s:：])")
_LEVEL = re.compile(r"[初中高](?=级|[、和,，及/]?[初中高])")


@dataclass(frozen=True, slots=True)
class Addition:
    """要加的一个证书。

    参数:
        batch: 第几批
        contact: 联系方式各列
    """

    name: str
    organisation: str
    batch: int
    levels: tuple[str, ...]
    contact: Row


def read_addition(text: str) -> Addition:
    """读一条“证书名 机构 某某公司 批次 第四批 联系人 … 电话 …”。

    异常:
        AssistantError: 缺了必有的，或号码不像号码；消息说还差什么
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    labels = list(_LABEL.finditer(plain))
    name = trimmed(plain[: labels[0].start()] if labels else plain)
    said: dict[str, str] = {}
    contact: dict[str, str] = {}
    for label, written in after_labels(plain, labels):
        value = trimmed(written)
        if label in _OWN:
            said[_OWN[label]] = value
        elif value:
            set_value(contact, HEADERS[label], value)
    batch = BATCH.search(said.get("批次", ""))
    reached = any(contact.get(header) for header in ("固定电话", "手机", "邮箱"))
    lacking = [
        what
        for what, given in (
            ("证书名称", name),
            ("评价组织", said.get("机构")),
            ("第几批", batch),
            ("电话或邮箱", reached),
        )
        if not given
    ]
    if lacking or batch is None:
        raise AssistantError(wording.addition_lacks(lacking))
    levels = levels_in(said.get("等级", ""))
    return Addition(name, said["机构"], batch_number(batch), levels, contact)


def levels_in(text: str) -> tuple[str, ...]:
    """“初、中级”“初中高三级”说的是哪几级，依次。"""
    said = {f"{found[0]}级" for found in _LEVEL.finditer(text)}
    return tuple(level for level in LEVELS if level in said)


def propose_addition(directory: Directory, text: str, today: date) -> Proposed:
    """把一条“名录新增”变成改动。

    异常:
        AssistantError: 没读懂，或名录里已经有了
        KnowledgeError: 加了以后各表对不上
    """
    wanted = read_addition(text)
    catalogue = directory.snapshot.catalogue
    same = [
        match.entity.name
        for match in directory.snapshot.index.exact(normalise(wanted.name))
        if match.entity.kind is Kind.CERTIFICATE
    ]
    if same:
        raise AssistantError(wording.already_listed(same[0]))
    organisation = _known_organisation(directory, wanted.organisation)
    source = f"{wording.TOLD_BY}{today.isoformat()}"
    rows = [
        (DOCUMENTS.name, source, {"标题": wording.TOLD_TITLE, "日期": str(today)}),
        (BATCHES.name, str(wanted.batch), _batch(wanted.batch)),
        (ORGANISATIONS.name, organisation, {"来源": source}),
        (CERTIFICATES.name, wanted.name, _certificate(wanted, organisation, source)),
        (
            CONTACTS.name,
            f"{source}-{wanted.name}",
            {
                "证书": wanted.name,
                **wanted.contact,
                "来源": source,
                "截至": today.isoformat(),
            },
        ),
    ]
    keys = {table.name: table.key for table in (DOCUMENTS, BATCHES, ORGANISATIONS)}
    keys |= {CERTIFICATES.name: CERTIFICATES.key, CONTACTS.name: CONTACTS.key}
    edits = [
        Edit(sheet, key, None, {keys[sheet]: key, **row})
        for sheet, key, row in rows
        if key not in directory.rows[sheet]
    ]
    directory.check(edits)
    is_new = organisation not in catalogue.organisations
    notes = [wording.new_organisation(organisation)] if is_new else []
    return Proposed(edits, wording.new_certificate(wanted.name), notes)


def _known_organisation(directory: Directory, said: str) -> str:
    """名录里有的写成全名；没有的照原样。"""
    found = leading(directory.snapshot.index.find(normalise(said)))
    known = [
        match.entity.name
        for match in found
        if match.entity.kind is Kind.ORGANISATION and match.quality is Quality.EXACT
    ]
    return known[0] if len(known) == 1 else said


def _batch(number: int) -> Row:
    name = wording.BATCH_NAMES[number - 1]
    return {"名称": name, "证书数": UNNUMBERED, "机构数": UNNUMBERED}


def _certificate(wanted: Addition, organisation: str, source: str) -> Row:
    row = {
        "批次": str(wanted.batch),
        "序号": UNNUMBERED,
        "机构": organisation,
        "来源": source,
    }
    if wanted.levels:
        row |= {
            "等级": SEPARATOR.join(wanted.levels),
            "等级来源": wording.TOLD_TITLE,
        }
    return row
