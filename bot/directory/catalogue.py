"""名录：读好、互相对得上的全部记录，只读。"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.errors import KnowledgeError
from bot.text import normalise

from .records import (
    BATCHES,
    CERTIFICATES,
    CONTACTS,
    DISABLED,
    DOCUMENTS,
    FIELDS,
    ORGANISATIONS,
    TABLES,
    Batch,
    Certificate,
    Contact,
    Document,
    Field,
    Organisation,
    Table,
)
from .tables import Located, Rows, parse, read_folder

_ATTRIBUTES = {column.header: column.attribute for column in CONTACTS.columns}


@dataclass
class Catalogue:
    """名录。

    参数:
        updated: （联系方式编号，表头）→ 秘书处更新这一项的日期
    """

    certificates: dict[str, Certificate]
    organisations: dict[str, Organisation]
    contacts: dict[str, Contact]
    fields: dict[str, Field]
    batches: dict[int, Batch]
    documents: dict[str, Document]
    updated: Mapping[tuple[str, str], date] = field(default_factory=dict)

    @cached_property
    def _of_organisation(self) -> dict[str, list[Certificate]]:
        return _grouped((c.organisation, c) for c in self.certificates.values())

    @cached_property
    def _of_certificate(self) -> dict[str, list[Contact]]:
        pairs = [(name, c) for c in self.contacts.values() for name in c.certificates]
        grouped = _grouped(pairs)
        for contacts in grouped.values():
            contacts.sort(key=self.freshness, reverse=True)
        return grouped

    @cached_property
    def numbers(self) -> dict[str, list[Contact]]:
        """电话、手机、传真的数字 → 登记它的各处。"""
        return _grouped(
            (re.sub(r"\D", "", number), contact)
            for contact in self.contacts.values()
            for number in dict.fromkeys(
                (*contact.mobiles, *contact.phones, *filter(None, [contact.fax]))
            )
        )

    @cached_property
    def emails(self) -> dict[str, list[Contact]]:
        """小写邮箱（含原文印错的）→ 登记它的各处。"""
        pairs: list[tuple[str, Contact]] = []
        for contact in self.contacts.values():
            printed = re.sub(r"\s", "", contact.printed_emails)
            for address in dict.fromkeys((*contact.emails, printed)):
                if address:
                    pairs.append((address.lower(), contact))
        return _grouped(pairs)

    @cached_property
    def people(self) -> dict[str, list[Contact]]:
        """姓名 → 登记其人的各处。"""
        return _grouped(
            (person, contact)
            for contact in self.contacts.values()
            for person in contact.people
        )

    @cached_property
    def endings(self) -> tuple[str, ...]:
        """证书的名称常用的结尾两个字。"""
        return tuple({normalise(name)[-2:] for name in self.certificates})

    def freshness(self, contact: Contact) -> date:
        """这处联系方式最近一次确认的日期；清空一项不算。"""
        changes = [
            day
            for (key, header), day in self.updated.items()
            if key == contact.id and getattr(contact, _ATTRIBUTES[header])
        ]
        return max([contact.as_of, *changes])

    def issued_by(self, organisation: str) -> list[Certificate]:
        """一家机构的证书。"""
        return self._of_organisation.get(organisation, [])

    def contacts_of(self, certificate: str) -> list[Contact]:
        """一个证书的各处联系方式，新的在前。"""
        return self._of_certificate.get(certificate, [])

    def contacts_at(self, organisation: str) -> list[Contact]:
        """一家机构的各处联系方式，新的在前，不重复。"""
        found = {
            contact.id: contact
            for certificate in self.issued_by(organisation)
            for contact in self.contacts_of(certificate.name)
        }
        return sorted(found.values(), key=self.freshness, reverse=True)

    def in_batch(self, number: int) -> list[Certificate]:
        """一批证书，按序号。"""
        found = [c for c in self.certificates.values() if c.batch == number]
        return sorted(found, key=lambda certificate: certificate.number)


def build(
    rows: Rows,
    updated: Mapping[tuple[str, str], date] | None = None,
    found: Iterable[str] = (),
) -> Catalogue:
    """由各表的行建名录，停用的不收。

    参数:
        found: 读表时已经发现的错误，一起说

    异常:
        KnowledgeError: 某格不对，或各表对不上，逐项说明
    """
    problems = list(found)
    records: dict[str, dict[str, Any]] = {}
    for table in TABLES:
        parsed = {
            key: record
            for key, located in rows[table.name].items()
            if (record := parse(table, located, problems)) is not None
            and getattr(record, "status", "") != DISABLED
        }
        records[table.name] = parsed
    complete = not problems
    _cross_check(rows, records, problems)
    if complete:
        # 有一行读不懂时，缺它的那些不算错
        _check_covered(rows, records, problems)
    if problems:
        raise KnowledgeError(problems)
    return Catalogue(
        certificates=records[CERTIFICATES.name],
        organisations=records[ORGANISATIONS.name],
        contacts=records[CONTACTS.name],
        fields=records[FIELDS.name],
        batches={batch.number: batch for batch in records[BATCHES.name].values()},
        documents=records[DOCUMENTS.name],
        updated=updated or {},
    )


def check(folder: Path) -> str:
    """检查名录文件：格式、互相引用、各批的个数；返回一行概况。

    异常:
        KnowledgeError: 有任何错误，逐项带文件与行号
    """
    rows = read_folder(folder)
    catalogue = build(rows)
    problems: list[str] = []
    for batch in catalogue.batches.values():
        where = rows[BATCHES.name][str(batch.number)].where
        certificates = catalogue.in_batch(batch.number)
        issuers = {certificate.organisation for certificate in certificates}
        for header, expected, actual in (
            ("证书数", batch.certificates, len(certificates)),
            ("机构数", batch.organisations, len(issuers)),
        ):
            if expected != actual:
                problems.append(f"{where} {header}：写的是 {expected}，数出来 {actual}")
    if problems:
        raise KnowledgeError(problems)
    return (
        f"名录：{len(catalogue.certificates)} 个证书，"
        f"{len(catalogue.organisations)} 家机构，{len(catalogue.contacts)} 处联系方式"
    )


def _grouped(pairs: Any) -> dict[Any, list[Any]]:
    groups: dict[Any, list[Any]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


def _cross_check(
    rows: Rows, records: dict[str, dict[str, Any]], problems: list[str]
) -> None:
    def refer(located: Located, header: str, names: Any, table: Table) -> None:
        for name in names:
            row = rows[table.name].get(name)
            if row is None or row.row.get("状态") == DISABLED:
                problems.append(f"{located.where} {header}：没有「{name}」这一项")

    certificates: dict[str, Certificate] = records[CERTIFICATES.name]
    for key, certificate in certificates.items():
        located = rows[CERTIFICATES.name][key]
        refer(located, "机构", [certificate.organisation], ORGANISATIONS)
        refer(located, "批次", [str(certificate.batch)], BATCHES)
        refer(located, "方向", certificate.fields, FIELDS)
        refer(located, "来源", [certificate.source], DOCUMENTS)
        if certificate.levels and not certificate.level_source:
            problems.append(f"{located.where} 等级来源：写了等级就要写来源")
    for key, organisation in records[ORGANISATIONS.name].items():
        located = rows[ORGANISATIONS.name][key]
        refer(located, "来源", [organisation.source], DOCUMENTS)
    for key, contact in records[CONTACTS.name].items():
        located = rows[CONTACTS.name][key]
        refer(located, "证书", contact.certificates, CERTIFICATES)
        refer(located, "来源", [contact.source], DOCUMENTS)
        issuers = {
            certificates[name].organisation
            for name in contact.certificates
            if name in certificates
        }
        if len(issuers) > 1:
            problems.append(f"{located.where} 证书：分属{'、'.join(issuers)}，请分行写")
    _check_numbers(rows, certificates, problems)
    _check_names(rows, records, problems)


def _check_numbers(
    rows: Rows, certificates: dict[str, Certificate], problems: list[str]
) -> None:
    """公布的表一家机构一个序号，也有一个证书一个序号的：不同机构不会同号。"""
    owners: dict[tuple[int, int], Certificate] = {}
    for key, certificate in certificates.items():
        if not certificate.number:
            # 发消息加的，没有公布的序号
            continue
        place = certificate.batch, certificate.number
        other = owners.setdefault(place, certificate)
        if other.organisation != certificate.organisation:
            where = rows[CERTIFICATES.name][key].where
            problems.append(f"{where} 序号：与「{other.name}」相同，而机构不同")


def _check_names(
    rows: Rows, records: dict[str, dict[str, Any]], problems: list[str]
) -> None:
    """同一张表里名称与别名不得互撞；机构的别名可以共用，问到时并列。"""
    for table in (CERTIFICATES, FIELDS, ORGANISATIONS):
        owners: dict[str, str] = {}
        for key, record in records[table.name].items():
            names = [record.name]
            if table is not ORGANISATIONS:
                names.extend(record.aliases)
            for name in dict.fromkeys(map(normalise, names)):
                other = owners.setdefault(name, key)
                if other != key:
                    where = rows[table.name][key].where
                    problems.append(f"{where} 别名：「{name}」与「{other}」的相同")
                if not name:
                    problems.append(f"{rows[table.name][key].where} 别名：没有文字")


def _check_covered(
    rows: Rows, records: dict[str, dict[str, Any]], problems: list[str]
) -> None:
    """每家机构有证书，每个证书有联系方式。"""
    contacts: Iterable[Contact] = records[CONTACTS.name].values()
    listed = {name for contact in contacts for name in contact.certificates}
    reached = {
        name
        for contact in contacts
        if contact.is_reachable
        for name in contact.certificates
    }
    certificates = records[CERTIFICATES.name]
    issuers = {certificate.organisation for certificate in certificates.values()}
    for key in certificates:
        where = rows[CERTIFICATES.name][key].where
        if key not in listed:
            problems.append(f"{where}：联系人表里没有「{key}」的联系方式")
        elif key not in reached:
            problems.append(f"「{key}」的电话、手机、邮箱至少要留一项")
    for key in records[ORGANISATIONS.name]:
        if key not in issuers:
            where = rows[ORGANISATIONS.name][key].where
            problems.append(f"{where}：证书表里没有「{key}」的证书")
