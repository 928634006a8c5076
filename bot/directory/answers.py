"""由名录写出答案：问到的一项在前，其余从简，注明截至何时。"""

from collections.abc import Iterable, Sequence

from . import wording
from .catalogue import Catalogue
from .records import LEVELS, Certificate, Contact
from .words import Attribute

NAMES_SHOWN = 12
"""一条消息里最多列几个证书名。"""
_COLUMNS = {
    Attribute.CONTACT: ("联系人", "people"),
    Attribute.PHONE: ("固定电话", "phones"),
    Attribute.EMAIL: ("邮箱", "emails"),
    Attribute.FAX: ("传真", "fax"),
    Attribute.ADDRESS: ("地址", "address"),
    Attribute.POSTCODE: ("邮编", "postcode"),
}


class Writer:
    """按一份名录写答案。"""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def certificate(self, name: str, asked: Sequence[Attribute]) -> str | None:
        """一个证书；没有这个证书则为 `None`。"""
        certificate = self._catalogue.certificates.get(name)
        if certificate is None:
            return None
        contacts = self._catalogue.contacts_of(name)
        head = f"【{name}】{self._batch(certificate)}"
        if not asked:
            lines = [
                self._issuer(certificate),
                *self._contact_lines(contacts, _COLUMNS),
                self._levels(certificate, brief=True),
            ]
            return _joined([head, *lines, *self._footer(contacts, certificate.note)])
        lines = [
            line
            for attribute in asked
            for line in self._certificate_item(certificate, contacts, attribute)
        ]
        lines.extend(self._rest(certificate, contacts, asked))
        notes = certificate.note if Attribute.ISSUER in asked else ""
        return _joined([head, *lines, *self._footer(contacts, notes)])

    def organisation(self, name: str, asked: Sequence[Attribute]) -> str | None:
        """一家机构；没有则为 `None`。"""
        organisation = self._catalogue.organisations.get(name)
        if organisation is None:
            return None
        issued = self._catalogue.issued_by(name)
        contacts = self._catalogue.contacts_at(name)
        certificates = f"证书（{len(issued)}个）：{_names(issued)}"
        footer = self._footer(contacts, organisation.note)
        if list(asked) == [Attribute.CERTIFICATES]:
            people = self._people(contacts)
            return _joined([f"【{name}】", certificates, people, *footer[1:]])
        wanted = [attribute for attribute in asked if attribute in _COLUMNS]
        lines = [] if wanted else [certificates]
        lines.extend(self._grouped_contacts(contacts, wanted))
        if Attribute.LEVEL in asked:
            lines.extend(
                f"{certificate.name}：{self._levels(certificate, brief=True)}"
                for certificate in issued
            )
        if wanted:
            lines.append(certificates)
        return _joined([f"【{name}】", *lines, *footer])

    def owner(self, title: str, contacts: Sequence[Contact]) -> str:
        """一个号码、邮箱或人登记在哪里。"""
        lines = [title]
        seen: set[tuple[str, ...]] = set()
        for contact in sorted(contacts, key=self._catalogue.freshness, reverse=True):
            if contact.certificates in seen:
                continue
            seen.add(contact.certificates)
            position = f"（{contact.position}）" if contact.position else ""
            unsure = wording.PAIRING_UNSURE if contact.is_pairing_unsure else ""
            day = self._as_of(contact, contact.source)
            lines.append(
                f"· {'、'.join(contact.certificates)}：{'、'.join(contact.people)}"
                f"{position}{unsure}，{self._issuer_of(contact)}，{day}"
            )
        return _joined([*lines, wording.REPORT])

    def person(self, name: str, asked: Sequence[Attribute]) -> str | None:
        """一个联系人；没有则为 `None`。"""
        contacts = self._catalogue.people.get(name)
        if not contacts:
            return None
        fresh = sorted(contacts, key=self._catalogue.freshness, reverse=True)
        lines: list[str] = []
        seen: set[tuple[str, ...]] = set()
        for contact in fresh:
            if contact.certificates in seen:
                continue
            seen.add(contact.certificates)
            position = f"，{contact.position}" if contact.position else ""
            lines.append(
                f"{'、'.join(contact.certificates)}"
                f"（{self._issuer_of(contact)}{position}）"
            )
            wanted = [a for a in asked if a in _COLUMNS]
            lines.extend(self._contact_lines([contact], wanted or (Attribute.PHONE,)))
        return _joined([f"【{name}】", *lines, *self._footer(fresh, "")])

    def names(
        self,
        certificates: Sequence[Certificate],
        title: str,
        asked: Sequence[Attribute] = (),
    ) -> str:
        """一串证书名；太多时只列前几个，说明怎样看全；另问了哪一项就请写明是哪个。"""
        shown = certificates[:NAMES_SHOWN]
        rest = len(certificates) - len(shown)
        listed = "、".join(certificate.name for certificate in shown)
        more = f" 等。发「证书列表 {title}」看全部。" if rest else "。"
        text = f"{title}共 {len(certificates)} 个证书：{listed}{more}"
        if asked:
            text += wording.which_one([wording.ATTRIBUTE_NAMES[a] for a in asked])
        return text

    def table(self, certificates: Iterable[Certificate]) -> list[str]:
        """清单的各行：证书与机构。"""
        return [
            f"{number}. {certificate.name}｜{certificate.organisation}"
            for number, certificate in enumerate(certificates, 1)
        ]

    def _issuer_of(self, contact: Contact) -> str:
        return self._catalogue.certificates[contact.certificates[0]].organisation

    def _batch(self, certificate: Certificate) -> str:
        return f"（{self._catalogue.batches[certificate.batch].name}）"

    def _issuer(self, certificate: Certificate) -> str:
        line = f"评价组织：{certificate.organisation}"
        if certificate.present_issuer:
            line += f"；现列在 {certificate.present_issuer}"
        return line

    def _certificate_item(
        self,
        certificate: Certificate,
        contacts: Sequence[Contact],
        attribute: Attribute,
    ) -> list[str]:
        match attribute:
            case Attribute.LEVEL:
                return [self._levels(certificate, brief=False)]
            case Attribute.BATCH:
                batch = self._catalogue.batches[certificate.batch].name
                return [f"批次：{batch}第{certificate.number}个"]
            case Attribute.ISSUER:
                return [self._issuer(certificate)]
            case Attribute.CERTIFICATES:
                return []
            case _:
                return self._contact_lines(contacts, (attribute,), complete=True)

    def _rest(
        self,
        certificate: Certificate,
        contacts: Sequence[Contact],
        asked: Sequence[Attribute],
    ) -> list[str]:
        """没问到的，一行带过。"""
        lines: list[str] = []
        if Attribute.ISSUER not in asked:
            lines.append(self._issuer(certificate))
        reachable = {Attribute.PHONE, Attribute.CONTACT}
        if not reachable & set(asked) and Attribute.LEVEL not in asked:
            lines.append(self._people(contacts))
        return lines

    def _levels(self, certificate: Certificate, *, brief: bool) -> str:
        found = "、".join(certificate.levels)
        complete = len(certificate.levels) == len(LEVELS)
        weak = "（依据较弱）" if certificate.evidence == "弱" else ""
        if complete:
            line = f"等级：{found}{weak}（{certificate.level_source}）"
        elif found:
            line = (
                f"等级：查到有{found}{weak}（{certificate.level_source}）；"
                f"其余未查到。{wording.USUAL_LEVELS}"
            )
        else:
            line = f"等级：{wording.USUAL_LEVELS}"
        return line if brief else f"{line}\n{wording.LEVELS_WHERE}"

    def _people(self, contacts: Sequence[Contact]) -> str:
        """联系人和电话，一行。"""
        if not contacts:
            return ""
        contact = contacts[0]
        numbers = contact.phones or contact.mobiles
        return f"联系人：{'、'.join(contact.people)} {'、'.join(numbers)}"

    def _grouped_contacts(
        self, contacts: Sequence[Contact], asked: Sequence[Attribute]
    ) -> list[str]:
        """一家机构的各处联系方式；分管不同证书的分开说，没点名哪项就说有的。"""
        groups: dict[tuple[str, ...], list[Contact]] = {}
        for contact in contacts:
            groups.setdefault(contact.certificates, []).append(contact)
        lines: list[str] = []
        for certificates, members in groups.items():
            if len(groups) > 1:
                lines.append(f"◇ {'、'.join(certificates)}")
            lines.extend(
                self._contact_lines(members, asked or _COLUMNS, complete=bool(asked))
            )
        return lines

    def _contact_lines(
        self,
        contacts: Sequence[Contact],
        asked: Iterable[Attribute],
        *,
        complete: bool = False,
    ) -> list[str]:
        """各项联系方式；`complete` 时没有的项也说没有。"""
        lines: list[str] = []
        for attribute in asked:
            line = self._contact_line(contacts, attribute)
            if line:
                lines.append(line)
            elif complete and attribute is not Attribute.POSTCODE:
                name = wording.ATTRIBUTE_NAMES[attribute]
                lines.append(f"{name}：原文件没有登记")
            if attribute is Attribute.CONTACT and complete:
                lines.extend(
                    self._contact_lines(contacts, (Attribute.PHONE, Attribute.EMAIL))
                )
        return list(dict.fromkeys(lines))

    def _contact_line(self, contacts: Sequence[Contact], attribute: Attribute) -> str:
        if attribute is Attribute.PHONE:
            return self._phones(contacts)
        header, name = _COLUMNS[attribute]
        contact = next((c for c in contacts if getattr(c, name)), None)
        if contact is None:
            return ""
        value = getattr(contact, name)
        shown = value if isinstance(value, str) else "、".join(value)
        if attribute is Attribute.CONTACT and contact.position:
            shown += f"（{contact.position}）"
        if attribute is Attribute.EMAIL:
            shown += self._email_note(contact)
        return (
            f"{wording.ATTRIBUTE_NAMES[attribute]}：{shown}"
            f"{self._dated(contacts, contact, header)}"
        )

    def _phones(self, contacts: Sequence[Contact]) -> str:
        contact = next((c for c in contacts if c.phones or c.mobiles), None)
        if contact is None:
            return ""
        lines: list[str] = []
        if contact.phones:
            dated = self._dated(contacts, contact, "固定电话")
            lines.append(f"电话：{'、'.join(contact.phones)}{dated}")
        if contact.mobiles:
            unsure = wording.PAIRING_UNSURE if contact.is_pairing_unsure else ""
            dated = self._dated(contacts, contact, "手机")
            lines.append(f"手机：{'、'.join(contact.mobiles)}{unsure}{dated}")
        return "\n".join(lines)

    def _email_note(self, contact: Contact) -> str:
        if (contact.id, "邮箱") in self._catalogue.updated:
            return ""
        printed = (
            f"；原文印作 {contact.printed_emails}" if contact.printed_emails else ""
        )
        if contact.email_note:
            return f"（{contact.email_note}{printed}）"
        return f"（{printed[1:]}）" if printed else ""

    def _dated(self, contacts: Sequence[Contact], contact: Contact, header: str) -> str:
        """这一项若不是末尾那个日期的，单独注明。"""
        day = self._catalogue.updated.get((contact.id, header))
        if day is not None:
            return f"（{day.isoformat()} 秘书处更新）"
        if contact is not contacts[0]:
            return f"（{contact.as_of.isoformat()}，{contact.source}）"
        return ""

    def _footer(self, contacts: Sequence[Contact], note: str) -> list[str]:
        if not contacts:
            return [note]
        first = contacts[0]
        title = self._catalogue.documents[first.source].title
        notes = "；".join(dict.fromkeys(filter(None, [note, first.note])))
        return [
            f"注：{notes}" if notes else "",
            f"{self._as_of(first, title)}。{wording.REPORT}",
        ]

    def _as_of(self, contact: Contact, source: str) -> str:
        day = self._catalogue.freshness(contact)
        said = wording.as_of(contact.as_of, source)
        return said if day == contact.as_of else wording.partly_updated(said, day)


def _names(certificates: Sequence[Certificate]) -> str:
    return "、".join(certificate.name for certificate in certificates)


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(line for line in lines if line)
