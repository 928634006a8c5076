"""名录作为一种回答的来源：给出候选与凭据，写出答案。"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.answering import Answer, Found, Question
from bot.text import Regions, is_question, normalise

from . import evidence, wording
from .answers import Writer
from .catalogue import Catalogue
from .comparing import compare
from .describing import Descriptions, Sought
from .evidence import DirectoryEvidence
from .following import LONGEST_LOOSE, Followed, Follower
from .index import EntityIndex
from .listing import names_a_list
from .matches import SOURCE, Entity, Key, Kind, Match, Quality
from .phrases import Attribute
from .records import Certificate, Contact
from .request import Reader, Request
from .spoken import Spoken
from .trail import read_trail

MAX_CHOICES = 3


@dataclass(frozen=True)
class Snapshot:
    """某一刻的名录与由它建的一切，不再改变。"""

    catalogue: Catalogue
    index: EntityIndex
    reader: Reader
    writer: Writer
    descriptions: Descriptions

    @classmethod
    def of(cls, catalogue: Catalogue, regions: Regions, spoken: Spoken) -> "Snapshot":
        """由名录建索引。"""
        index = EntityIndex(catalogue, regions)
        reader = Reader(catalogue, index, spoken.talk.without(index.names()))
        descriptions = Descriptions(catalogue, spoken.sayings, spoken.plain)
        return cls(catalogue, index, reader, Writer(catalogue), descriptions)


class Holder(Protocol):
    """持有当前名录的。"""

    @property
    def snapshot(self) -> Snapshot:
        """当前的名录。"""
        ...


class DirectorySource:
    """名录来源；名录不分地区。"""

    name = SOURCE

    def __init__(self, holder: Holder) -> None:
        self._holder = holder

    def candidates(self, question: Question) -> Sequence[Found]:
        """这句问话的候选，更像的在前。"""
        request = self._holder.snapshot.reader.read(question.text)
        if request.numbers or request.emails:
            return self._owners(request)
        followed = self._follow(question)
        if followed is not None and not followed.unread:
            return self._followed(followed)
        if question.joined and request.aside:
            # 连着上一问的：没读懂的就是这一句自己的话
            return []
        found = [*self._followed(followed), *self._afresh(question, request)]
        return [*found, *self._described(question, request, found)]

    def _afresh(self, question: Question, request: Request) -> list[Found]:
        """光凭这一句自己的话。"""
        if request.listed and not request.matches:
            key = Key("list", request.listed.topic, request.listed.attributes)
            size = len(self.listed(key.name)[0])
            proof = evidence.of_list(
                request.listed, size, request, addressed=question.addressed
            )
            return self._kept([key], proof)
        if by_field := self._by_field(request):
            return by_field
        if request.matches:
            return self._named(request, addressed=question.addressed)
        if near := evidence.worth_asking(request)[:MAX_CHOICES]:
            return self._offered(near, request, addressed=question.addressed)
        catalogue = self._holder.snapshot.catalogue
        missing = evidence.of_missing(catalogue, question.text, request)
        if missing is not None or not question.addressed:
            return self._kept([Key("none", request.asked)], missing)
        return self._loosely(request, question.text)

    def _described(
        self, question: Question, request: Request, before: Sequence[Found]
    ) -> list[Found]:
        """没说名称，说的像哪几个证书、哪个方向；已经是候选的不重复。"""
        listing = names_a_list(question.text)
        asking = request.attributes or request.in_context or listing
        if not (question.addressed and asking) or _is_read(request):
            return []
        snapshot = self._holder.snapshot
        told = snapshot.reader.told(question.text)
        known = {Key.read(one.key).name for one in before}
        found: list[Found] = []
        for one in snapshot.descriptions.certificates(told).best():
            key = _key(Entity(Kind.CERTIFICATE, one.name), request.attributes)
            if key.name not in known:
                proof = evidence.of_described(one, request, listing=listing)
                found.append(self._found(key, proof))
        for one in snapshot.descriptions.fields(told).best():
            key = Key("list", f"field:{one.name}")
            if key.name not in known:
                proof = evidence.of_described(one, request, listing=listing, field=True)
                found.append(self._found(key, proof))
        return found

    def _loosely(self, request: Request, text: str) -> list[Found]:
        """没有别的可答，话里却说到一个方向、几个名称里都有的词。"""
        named = set(request.attributes) - {Attribute.CERTIFICATES}
        loose = self._holder.snapshot.reader.lists.within(request.asked)
        if loose is None or named:
            return []
        if loose.topic.startswith("name:") and not evidence.asks_for_list(text):
            # 名称里的词日常也用：没说要清单的不算
            return []
        proof = evidence.of_loose(loose, text, request)
        return self._kept([Key("list", loose.topic)], proof)

    def _followed(self, followed: Followed | None) -> list[Found]:
        if followed is None:
            return []
        return [self._found(followed.key, evidence.of_followed(followed))]

    def _follow(self, question: Question) -> Followed | None:
        """接着刚才的问；没被点名的，要听得出是在问。"""
        previous, snapshot = question.previous, self._holder.snapshot
        if question.joined or not (question.addressed or is_question(question.words)):
            return None
        if len(normalise(question.words)) > LONGEST_LOOSE:
            return None
        reader = snapshot.reader
        trail = read_trail(
            question.trail, snapshot.catalogue, snapshot.index, reader.lists
        )
        follower, before = Follower(reader), previous.question if previous else ""
        followed = follower.read(
            question.words, trail, before, correcting=question.correcting
        )
        if followed is None and question.addressed:
            return follower.loosely(question.words, trail)
        return followed

    def look_up(self, text: str, kind: Kind) -> list[Key]:
        """明说要查时的全部对得上的候选；`kind` 类的优先。"""
        request = self._holder.snapshot.reader.name(text)
        if request.numbers or request.emails:
            return [*_owner_keys(request)]
        if request.listed and not request.matches:
            return [Key("list", request.listed.topic)]
        sure = request.matches and request.matches[0].quality > Quality.PIECE
        if request.leftover or not sure:
            return []
        same = [match for match in request.matches if match.entity.kind is kind]
        chosen = same or list(request.matches)
        return [_key(match.entity, request.attributes) for match in chosen]

    def near(self, text: str) -> tuple[str, list[Key]]:
        """明说要查而没有时：查的是什么，相近的有哪些。"""
        request = self._holder.snapshot.reader.name(text)
        found = dict.fromkeys((*request.matches, *evidence.close(request.near)))
        keys = [_key(match.entity, ()) for match in list(found)[:MAX_CHOICES]]
        return request.asked or text.strip(), keys

    def answer(self, key: str, question: Question) -> Answer | None:
        """某个候选的答案。"""
        read = Key.read(key)
        text = self.say(read)
        if text is not None and read.kind == Kind.CERTIFICATE and question.addressed:
            request = self._holder.snapshot.reader.read(question.text)
            absent = (wording.not_found(name, []) for name in request.absent)
            guessed = [wording.GUESSED] if self._is_guessed(key, question) else []
            text = "\n".join([*guessed, text, *absent])
        missing = read.kind == "none" or text in (wording.NO_NUMBER, wording.NO_EMAIL)
        return None if text is None else Answer(text, found=not missing)

    def _is_guessed(self, key: str, question: Question) -> bool:
        """没说它的名称，由说的行当、活计猜的。"""
        found = (one for one in self.candidates(question) if one.key == key)
        return any(
            isinstance(one.evidence, DirectoryEvidence) and bool(one.evidence.described)
            for one in found
        )

    def say(self, key: Key) -> str | None:
        """写出一个候选的答案；对象已不在名录里则为 `None`。"""
        writer = self._holder.snapshot.writer
        match key.kind:
            case Kind.CERTIFICATE | Kind.ORGANISATION if len(key.names) > 1:
                return writer.several(key.kind, key.names, key.attributes)
            case Kind.CERTIFICATE:
                return writer.certificate(key.name, key.attributes)
            case Kind.ORGANISATION:
                return writer.organisation(key.name, key.attributes)
            case Kind.PERSON:
                return writer.person(key.name, key.attributes)
            case "number":
                found = self.owners_of_number(key.name)
                return writer.number(key.name, found) if found else wording.NO_NUMBER
            case "email":
                return writer.email(key.name) or wording.NO_EMAIL
            case "none":
                return wording.not_found(key.name, [])
            case "same":
                return self._compared(key)
            case "list":
                found, title = self.listed(key.name)
                if len(found) == 1:
                    return writer.certificate(found[0].name, key.attributes)
                return writer.names(found, title, key.attributes, topic=key.name)
            case _:
                return None

    def _compared(self, key: Key) -> str:
        """是不是同一个；另外还问了哪几项的，接着说。"""
        catalogue = self._holder.snapshot.catalogue
        what, *others = key.attributes
        told = compare(catalogue, key.names, what)
        if not others or not set(key.names) <= set(catalogue.certificates):
            return told
        writer = self._holder.snapshot.writer
        return f"{told}\n{writer.several(Kind.CERTIFICATE, key.names, others)}"

    def topic(self, text: str) -> str | None:
        """「证书列表」后面的词是什么的清单；都不是则为 `None`。"""
        return self._holder.snapshot.reader.lists.topic(text)

    def listed(self, topic: str) -> tuple[list[Certificate], str]:
        """一个清单的证书与题目，如（…，`第三批`）。"""
        return self._holder.snapshot.reader.lists.of(topic)

    def owners_of_number(self, digits: str) -> list[Contact]:
        """登记了这个号码的各处；没写区号也认。"""
        numbers = self._holder.snapshot.catalogue.numbers
        if digits in numbers or len(digits) > 8:
            return numbers.get(digits, [])
        return [
            contact
            for number, contacts in numbers.items()
            if number.startswith("0") and number.endswith(digits)
            for contact in contacts
        ]

    def title(self, key: Key) -> str:
        """列给人选时的一句话。"""
        if key.kind == "list":
            return wording.list_of(self.listed(key.name)[1])
        if key.kind in ("number", "email"):
            return f"{key.name} 是谁的"
        if key.kind == "none":
            return wording.is_there(key.name)
        if key.kind == "same":
            return f"{'、'.join(key.names)}是不是{wording.SAME_AS[key.attributes[0]]}"
        names = [wording.ATTRIBUTE_NAMES[a] for a in key.attributes]
        about = "、".join(names) or wording.CONTACT_DETAILS
        return f"{'、'.join(key.names)}的{about}"

    def _found(self, key: Key, proof: DirectoryEvidence, instead_of: str = "") -> Found:
        title = self.title(key)
        if instead_of:
            title = wording.instead(title, instead_of)
        return Found(
            SOURCE,
            str(key),
            title,
            proof,
            quiet=proof.is_quiet,
            tentative=proof.is_unsure,
        )

    def _kept(
        self, keys: Sequence[Key], proof: DirectoryEvidence | None
    ) -> list[Found]:
        """没有凭据的不作候选。"""
        return [self._found(key, proof) for key in keys] if proof else []

    def _offered(
        self, matches: Sequence[Match], request: Request, *, addressed: bool
    ) -> list[Found]:
        """不分上下的几个；只是相近的，说明问的那个名录里没有。"""
        unlike = matches[0].quality is Quality.NEAR
        missing = request.asked if unlike else ""
        found: list[Found] = []
        sought = self._sought(request)
        for match in matches[:MAX_CHOICES]:
            proof = evidence.of_match(
                match,
                request,
                len(matches),
                MAX_CHOICES,
                sought.of(match.entity.name),
                addressed=addressed,
            )
            if proof is not None:
                key = _key(match.entity, request.attributes)
                found.append(self._found(key, proof, missing))
        return found

    def _sought(self, request: Request) -> Sought:
        """话里说的行当、活计各像哪个证书；名称对得上的也看。"""
        return self._holder.snapshot.descriptions.certificates([request.asked])

    def _owners(self, request: Request) -> list[Found]:
        """号码或邮箱是谁的；名录里有而又像在问，话里有别的字也答。"""
        emails = self._holder.snapshot.catalogue.emails
        found: list[Found] = []
        for key in _owner_keys(request):
            known = bool(
                self.owners_of_number(key.name)
                if key.kind == "number"
                else emails.get(key.name)
            )
            # “有个……打给我，是骗子不”：没有登记也要照实说
            asking = request.querying and (known or request.calling)
            plain = request.looking_up or (known and not request.leftover)
            if asking or plain:
                proof = evidence.of_owner(
                    known=known, asking=asking, calling=asking and request.calling
                )
                found.append(self._found(key, proof))
        return found

    def _by_field(self, request: Request) -> list[Found]:
        """只说了一个方向、没说是哪个证书：证书少就请人选，多就列出来。"""
        matches = request.matches
        sure = matches and matches[0].quality > Quality.PART
        lists = self._holder.snapshot.reader.lists
        field = None if sure else lists.field(request.asked)
        if field is None:
            return []
        certificates = self.listed(f"field:{field}")[0]
        if [m.entity.name for m in matches] == [c.name for c in certificates]:
            return []
        if request.attributes and len(certificates) <= MAX_CHOICES:
            keys = [_key(Entity(Kind.CERTIFICATE, c.name), request.attributes)
                    for c in certificates]  # fmt: skip
            return self._kept(keys, evidence.of_field(request))
        if 1 < len(matches) <= MAX_CHOICES:
            return []
        key = Key("list", f"field:{field}", request.attributes)
        return self._kept([key], evidence.of_field(request))

    def _named(self, request: Request, *, addressed: bool) -> list[Found]:
        matches, attributes = _preferred(request.matches), request.attributes
        issued = attributes == (Attribute.CERTIFICATES,)
        kinds = {match.entity.kind for match in matches}
        together = (issued or request.joint) and len(matches) <= MAX_CHOICES
        if not together or len(kinds) > 1:
            return self._offered(matches, request, addressed=addressed)
        # 一起问的，看最没有对准的那个
        weakest = min(matches, key=lambda match: (match.quality, match.score))
        kind, names = weakest.entity.kind, [match.entity.name for match in matches]
        if kind is Kind.PERSON and len(names) > 1:
            # 几个人一起问的，说他们各管的证书
            kind, names = Kind.CERTIFICATE, self._kept_by(names)
            if not 0 < len(names) <= MAX_CHOICES:
                return self._offered(matches, request, addressed=addressed)
        described = self._sought(request).of(weakest.entity.name)
        proof = evidence.of_match(
            weakest, request, 1, MAX_CHOICES, described, addressed=addressed
        )
        return self._kept([Key(kind, "|".join(names), attributes)], proof)

    def _kept_by(self, people: Sequence[str]) -> list[str]:
        """几个人管的证书。"""
        known = self._holder.snapshot.catalogue.people
        return list(
            dict.fromkeys(
                name
                for person in people
                for contact in known[person]
                for name in contact.certificates
            )
        )


def _is_read(request: Request) -> bool:
    """名称对上了、要的清单听清了，别的字也读懂了；说的是机构、人；或另有办法反问。"""
    if any(m.entity.kind is not Kind.CERTIFICATE for m in request.matches):
        return True
    if request.listed:
        return not request.listed.leftover
    if request.matches:
        return not (request.leftover or request.aside)
    return bool(evidence.worth_asking(request))


def _key(entity: Entity, attributes: Sequence[Attribute]) -> Key:
    if entity.kind is Kind.ORGANISATION:
        attributes = [a for a in attributes if a is not Attribute.ISSUER]
    return Key(entity.kind, entity.name, tuple(attributes))


def _preferred(matches: Sequence[Match]) -> Sequence[Match]:
    """几个只对上一部分的，证书优先：老师问的多半是证书。"""
    if matches[0].quality > Quality.PART:
        return matches
    certificates = [m for m in matches if m.entity.kind is Kind.CERTIFICATE]
    return certificates or matches


def _owner_keys(request: Request) -> list[Key]:
    keys = [Key("email", email) for email in request.emails]
    keys.extend(Key("number", number) for number in request.numbers)
    return keys[:MAX_CHOICES]
