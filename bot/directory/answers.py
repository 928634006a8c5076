"""由名录写出答案：问到的一项在前，其余从简，注明截至何时。"""

import re
from collections.abc import Iterable, Sequence

from . import wording
from .catalogue import Catalogue
from .contact_lines import REACHING, ContactLines
from .matches import Kind
from .phrases import Attribute
from .records import LEVELS, Certificate, Contact

NAMES_SHOWN = 12
"""一条消息里最多列几个证书名。"""
_NAMING = {Attribute.PHONE, Attribute.CONTACT, Attribute.POSITION, Attribute.LEVEL}
"""问了这几项，就不再另说联系人是谁。"""
_BRIEFLY = (Attribute.ISSUER,)
"""几个证书一起说、又没问哪一项时，各说这一项。"""
_ADDRESS = re.compile(r"[ ，]*https?://[\w./?=&-]+")
FEW = 5
"""清单里不超过这么多个证书的，各是哪家的也写上：多半接着就要问。"""


class Writer:
    """按一份名录写答案。"""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._lines = ContactLines(catalogue)

    def certificate(self, name: str, asked: Sequence[Attribute]) -> str | None:
        """一个证书；没有这个证书则为 `None`。"""
        certificate = self._catalogue.certificates.get(name)
        if certificate is None:
            return None
        contacts = self._catalogue.contacts_of(name)
        notes = certificate.note if not asked or Attribute.ISSUER in asked else ""
        footer = self._lines.footer(contacts, notes)
        return _joined([*self._certificate(certificate, asked), *footer])

    def organisation(self, name: str, asked: Sequence[Attribute]) -> str | None:
        """一家机构；没有则为 `None`。"""
        organisation = self._catalogue.organisations.get(name)
        if organisation is None:
            return None
        contacts = self._catalogue.contacts_at(name)
        footer = self._lines.footer(contacts, organisation.note)
        if list(asked) == [Attribute.CERTIFICATES]:
            footer = footer[1:]
        return _joined([*self._organisation(name, asked), *footer])

    def several(
        self, kind: str, names: Sequence[str], asked: Sequence[Attribute]
    ) -> str | None:
        """几个证书或几家机构一起说，相同的说明与日期只写一次。"""
        lines: list[str] = []
        footers: list[str] = []
        for name in names:
            if kind == Kind.CERTIFICATE:
                certificate = self._catalogue.certificates.get(name)
                if certificate is None:
                    continue
                contacts = self._catalogue.contacts_of(name)
                lines.extend(self._certificate(certificate, asked or _BRIEFLY))
            elif name in self._catalogue.organisations:
                contacts = self._catalogue.contacts_at(name)
                lines.extend(self._organisation(name, asked))
            else:
                continue
            footers.extend(self._lines.footer(contacts, ""))
        return _joined([*lines, *dict.fromkeys(footers)]) or None

    def number(self, digits: str, contacts: Sequence[Contact]) -> str:
        """一个号码登记在哪里；是传真的说明是传真。"""
        faxes = [c for c in contacts if digits == re.sub(r"\D", "", c.fax)]
        only_fax = len(faxes) == len(contacts)
        return self._owner(wording.registered(digits, is_fax=only_fax), contacts)

    def email(self, address: str) -> str | None:
        """一个邮箱登记在哪里；原文印错的，说明对的是哪个。没有则为 `None`。"""
        contacts = self._catalogue.emails.get(address)
        if not contacts:
            return None
        right = [e for c in contacts for e in c.emails]
        if address in [e.lower() for e in right]:
            return self._owner(wording.registered(address), contacts)
        return self._owner(wording.misprinted(address, dict.fromkeys(right)), contacts)

    def person(self, name: str, asked: Sequence[Attribute]) -> str | None:
        """一个联系人；没有则为 `None`。"""
        contacts = self._catalogue.people.get(name)
        if not contacts:
            return None
        wanted = [a for a in asked if a in REACHING] or [Attribute.PHONE]
        fresh = self._freshest(contacts)
        lines: list[str] = []
        for contact in fresh:
            position = f"，{contact.position}" if contact.position else ""
            lines.append(
                f"{'、'.join(contact.certificates)}"
                f"（{self._issuer_of(contact)}{position}）"
            )
            lines.extend(self._lines.asked([contact], wanted, whose=False))
        return _joined([f"【{name}】", *lines, *self._lines.footer(fresh, "")])

    def names(
        self,
        certificates: Sequence[Certificate],
        title: str,
        asked: Sequence[Attribute] = (),
        *,
        topic: str,
    ) -> str:
        """一串证书名；太多时只列前几个，说明怎样看全；另问了哪一项就请写明是哪个。"""
        shown = certificates[:NAMES_SHOWN]
        issuers = {certificate.organisation for certificate in certificates}
        head = wording.list_head(title, len(certificates), len(issuers))
        whose = Attribute.ISSUER in asked or len(certificates) <= FEW
        listed = "、".join(
            f"{c.name}（{c.organisation}）" if whose else c.name for c in shown
        )
        batches = self._by_batch(certificates)
        more = wording.list_more(title) if len(certificates) > len(shown) else "。"
        text = f"{head}{batches}：{listed}{more}" if certificates else f"{head}。"
        text += f"\n{self.origin(certificates, topic)}"
        if left := [a for a in asked if a is not Attribute.ISSUER]:
            text += wording.which_one([wording.ATTRIBUTE_NAMES[a] for a in left])
        return text

    def origin(self, certificates: Iterable[Certificate], topic: str) -> str:
        """清单据哪份文件、截至何时；方向是谁归的。"""
        names = dict.fromkeys(certificate.source for certificate in certificates)
        documents = [self._catalogue.documents[name] for name in names]
        told = [
            wording.list_from(document.title, document.day) for document in documents
        ]
        if "field:" in topic:
            told.append(wording.FIELDS_OURS)
        return "".join(told)

    def table(self, certificates: Iterable[Certificate]) -> list[str]:
        """清单的各行：证书与机构。"""
        return [
            f"{number}. {certificate.name}｜{certificate.organisation}"
            for number, certificate in enumerate(certificates, 1)
        ]

    def _certificate(
        self, certificate: Certificate, asked: Sequence[Attribute]
    ) -> list[str]:
        """标题与各项，不含末尾的说明。"""
        contacts = self._catalogue.contacts_of(certificate.name)
        batch = self._catalogue.batches[certificate.batch].name
        head = f"【{certificate.name}】（{batch}）"
        if not asked:
            known = self._lines.known(contacts)
            levels = self._levels(certificate, brief=True)
            return [head, self._issuer(certificate), *known, levels]
        reaching = [attribute for attribute in asked if attribute in REACHING]
        lines: list[str] = []
        for attribute in asked:
            if attribute in reaching[:1]:
                lines.extend(self._lines.asked(contacts, reaching))
            elif attribute not in reaching:
                lines.extend(self._item(certificate, attribute))
        if Attribute.ISSUER not in asked:
            lines.append(self._issuer(certificate))
        if not _NAMING & set(asked):
            lines.append(self._lines.people(contacts))
        return [head, *dict.fromkeys(lines)]

    def _organisation(self, name: str, asked: Sequence[Attribute]) -> list[str]:
        """标题与各项，不含末尾的说明。"""
        issued = self._catalogue.issued_by(name)
        groups = self._grouped(self._catalogue.contacts_at(name))
        listed = "、".join(certificate.name for certificate in issued)
        certificates = f"证书（{len(issued)}个）：{listed}"
        reaching = [attribute for attribute in asked if attribute in REACHING]
        lines = [] if reaching else [certificates]
        if reaching:
            for covered, members in groups.items():
                if len(groups) > 1:
                    lines.append(f"◇ {'、'.join(covered)}")
                lines.extend(self._lines.asked(members, reaching))
        elif len(groups) > 1:
            lines.extend(
                f"◇ {'、'.join(covered)}：{self._lines.brief(members[0])}"
                for covered, members in groups.items()
            )
        else:
            for members in groups.values():
                lines.extend(
                    [self._lines.people(members)]
                    if asked
                    else self._lines.known(members)
                )
        if Attribute.LEVEL in asked:
            lines.extend(
                f"{certificate.name}：{self._levels(certificate, brief=True)}"
                for certificate in issued
            )
        return [f"【{name}】", *lines, *([certificates] if reaching else [])]

    def _owner(self, title: str, contacts: Sequence[Contact]) -> str:
        lines = [title]
        for contact in self._freshest(contacts):
            position = f"（{contact.position}）" if contact.position else ""
            unsure = wording.PAIRING_UNSURE if contact.is_pairing_unsure else ""
            people = "、".join(contact.people)
            told = (
                f"{people}{position}{unsure}" if people else "",
                self._issuer_of(contact),
                self._lines.as_of(contact, contact.source),
            )
            certificates = "、".join(contact.certificates)
            lines.append(f"· {certificates}：{'，'.join(filter(None, told))}")
        return _joined([*lines, wording.REPORT])

    def _freshest(self, contacts: Sequence[Contact]) -> list[Contact]:
        """同样的证书只留最新的一处。"""
        found: dict[tuple[str, ...], Contact] = {}
        for contact in sorted(contacts, key=self._catalogue.freshness, reverse=True):
            found.setdefault(contact.certificates, contact)
        return list(found.values())

    def _grouped(
        self, contacts: Sequence[Contact]
    ) -> dict[tuple[str, ...], list[Contact]]:
        """一家机构的各处，分管的证书 → 新旧几处。"""
        groups: dict[tuple[str, ...], list[Contact]] = {}
        for contact in contacts:
            groups.setdefault(contact.certificates, []).append(contact)
        return groups

    def _by_batch(self, certificates: Sequence[Certificate]) -> str:
        """跨几批的，各批几个。"""
        if len(certificates) <= NAMES_SHOWN:
            return ""
        counts = [
            f"{batch.name}{count}个"
            for batch in self._catalogue.batches.values()
            if (count := sum(c.batch == batch.number for c in certificates))
        ]
        return f"（{'、'.join(counts)}）" if len(counts) > 1 else ""

    def _issuer_of(self, contact: Contact) -> str:
        return self._catalogue.certificates[contact.certificates[0]].organisation

    def _issuer(self, certificate: Certificate) -> str:
        line = f"评价组织：{certificate.organisation}"
        if certificate.present_issuer:
            line += f"；现列在 {certificate.present_issuer}"
        return line

    def _item(self, certificate: Certificate, attribute: Attribute) -> list[str]:
        match attribute:
            case Attribute.LEVEL:
                return [self._levels(certificate, brief=False)]
            case Attribute.BATCH:
                batch = self._catalogue.batches[certificate.batch].name
                return [wording.batch(batch, certificate.number)]
            case Attribute.ISSUER:
                return [self._issuer(certificate)]
            case _:
                return []

    def _levels(self, certificate: Certificate, *, brief: bool) -> str:
        found = "、".join(certificate.levels)
        complete = len(certificate.levels) == len(LEVELS)
        weak = "（依据较弱）" if certificate.evidence == "弱" else ""
        source = certificate.level_source
        shown = _ADDRESS.sub("", source) if brief else source
        if complete:
            line = f"等级：{found}{weak}（{shown}），{wording.BY_STANDARD}"
        elif found:
            line = (
                f"等级：查到有{found}{weak}（{shown}）；"
                f"其余未查到。{wording.USUAL_LEVELS}"
            )
        else:
            line = f"等级：{wording.USUAL_LEVELS}"
        return line if brief else f"{line}\n{wording.LEVELS_WHERE}"


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(line for line in lines if line)
