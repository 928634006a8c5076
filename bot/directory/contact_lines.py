"""联系方式的各行：哪一项、截至何时、存疑的照实说。"""

from collections.abc import Iterable, Sequence

from . import wording
from .catalogue import Catalogue
from .phrases import Attribute
from .records import Contact

COLUMNS = {
    Attribute.CONTACT: ("联系人", "people"),
    Attribute.PHONE: ("固定电话", "phones"),
    Attribute.EMAIL: ("邮箱", "emails"),
    Attribute.FAX: ("传真", "fax"),
    Attribute.ADDRESS: ("地址", "address"),
    Attribute.POSTCODE: ("邮编", "postcode"),
}
_USUAL = (Attribute.CONTACT, Attribute.PHONE, Attribute.EMAIL)
REACHING = (*COLUMNS, Attribute.POSITION)
"""属于联系方式的各项。"""
_WITH = {Attribute.CONTACT: (Attribute.PHONE, Attribute.EMAIL)}
"""问了这一项，那几项也一起说。"""


class ContactLines:
    """按一份名录写联系方式；各方法的 `contacts` 是同一处的，新的在前。"""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def known(self, contacts: Sequence[Contact]) -> list[str]:
        """登记了的各项；不常问的只说有哪几项。"""
        lines = [self._line(contacts, attribute) for attribute in _USUAL]
        others = [
            wording.ATTRIBUTE_NAMES[attribute]
            for attribute in COLUMNS
            if attribute not in _USUAL and self._line(contacts, attribute)
        ]
        told = wording.also(others) if others else ""
        return [line for line in (*lines, told) if line]

    def asked(
        self,
        contacts: Sequence[Contact],
        attributes: Iterable[Attribute],
        *,
        whose: bool = True,
    ) -> list[str]:
        """问到的各项，没有的也说没有；`whose` 时电话后面说是谁的。"""
        wanted = list(attributes)
        lines = [
            self._line(contacts, each) or self._none(contacts, each)
            for attribute in wanted
            for each in (attribute, *_WITH.get(attribute, ()))
        ]
        named = {Attribute.CONTACT, Attribute.POSITION} & set(wanted)
        if whose and Attribute.PHONE in wanted and not named:
            lines.append(self._line(contacts, Attribute.CONTACT))
        return list(dict.fromkeys(line for line in lines if line))

    def people(self, contacts: Sequence[Contact]) -> str:
        """联系人和电话，一行。"""
        return f"联系人：{self.brief(contacts[0])}" if contacts else ""

    def brief(self, contact: Contact) -> str:
        """名字和一种电话。"""
        numbers = contact.phones or contact.mobiles or contact.emails
        return f"{'、'.join(contact.people)} {'、'.join(numbers)}".strip()

    def as_of(self, contact: Contact, source: str) -> str:
        """截至何时、据什么。"""
        day = self._catalogue.freshness(contact)
        said = wording.as_of(contact.as_of, source)
        return said if day == contact.as_of else wording.partly_updated(said, day)

    def footer(self, contacts: Sequence[Contact], note: str) -> list[str]:
        """说明与截至日期。"""
        if not contacts:
            return [note]
        first = contacts[0]
        title = self._catalogue.documents[first.source].title
        notes = "；".join(dict.fromkeys(filter(None, [note, first.note])))
        return [
            f"注：{notes}" if notes else "",
            f"{self.as_of(first, title)}。{wording.REPORT}",
        ]

    def _line(self, contacts: Sequence[Contact], attribute: Attribute) -> str:
        if attribute is Attribute.PHONE:
            return self._phones(contacts)
        if attribute is Attribute.POSITION:
            return self._position(contacts)
        header, name = COLUMNS[attribute]
        contact = next((c for c in contacts if getattr(c, name)), None)
        if contact is None:
            return ""
        value = getattr(contact, name)
        shown = value if isinstance(value, str) else "、".join(value)
        if attribute is Attribute.CONTACT and contact.position:
            shown += f"（{contact.position}）"
        if attribute is Attribute.EMAIL:
            shown += self._email_note(contact)
        label = wording.ATTRIBUTE_NAMES[attribute]
        return f"{label}：{shown}{self._dated(contacts, contact, header)}"

    def _none(self, contacts: Sequence[Contact], attribute: Attribute) -> str:
        """没有的一项：原文件没登记，或后来清空了。"""
        header = COLUMNS.get(attribute, ("职务",))[0]
        cleared = [
            day
            for contact in contacts
            if (day := self._catalogue.updated.get((contact.id, header)))
        ]
        name = wording.ATTRIBUTE_NAMES[attribute]
        return wording.cleared(name, max(cleared)) if cleared else wording.none(name)

    def _position(self, contacts: Sequence[Contact]) -> str:
        contact = next((c for c in contacts if c.position), None)
        if contact is None:
            return ""
        dated = self._dated(contacts, contact, "职务")
        return f"联系人：{'、'.join(contact.people)}（{contact.position}）{dated}"

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
        shared = len(contact.people) > 1 and len(contact.emails) > 1
        notes = [wording.EMAILS_UNSURE] if shared else []
        if (contact.id, "邮箱") not in self._catalogue.updated:
            notes.append(contact.email_note)
            if contact.printed_emails:
                notes.append(f"原文印作 {contact.printed_emails}")
        told = "；".join(note for note in notes if note)
        return f"（{told}）" if told else ""

    def _dated(self, contacts: Sequence[Contact], contact: Contact, header: str) -> str:
        """这一项若不是末尾那个日期的，单独注明。"""
        day = self._catalogue.updated.get((contact.id, header))
        if day is not None:
            return f"（{day.isoformat()} 秘书处更新）"
        if contact is not contacts[0]:
            return f"（{contact.as_of.isoformat()}，{contact.source}）"
        return ""
