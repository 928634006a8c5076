"""要清单或个数的问话：哪一批、哪家机构、哪个方向，或名称里有某个词。"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.text import normalise

from .catalogue import Catalogue
from .index import EntityIndex
from .matches import MARKED, Kind, Match, Mention, Quality, leading, restore
from .phrases import (
    BATCH,
    COUNTING,
    FILLERS,
    LIST_TOPIC,
    LIST_WHAT,
    LISTING,
    NAMED_WITH,
    OF_FIELD,
    WHOSE_EACH,
    Attribute,
    batch_number,
)
from .records import Certificate
from .sounds import units
from .talk import Talk
from .unread import telling

ALL = "all"
SHORTEST_WORD = 2
_GENERAL = re.compile(r"(技术|工程|应用|一体化|专业)+$")
"""“软件技术专业”说的是软件方向。"""
MOST_SHARED = 8
"""一个词出现在这么多个以内的名称里，才说明是哪一类。"""
MOST_UNREAD = 2
"""说到一家机构、要它的证书，有这么多个字没读懂也还算。"""
_AROUND_OWNER = re.compile(
    r"[名旗]下|手[里上下]|负责|联系|对接|管|合作|可以|它?家|[出能跟和与给干弄颁发]"
)
"""说到一家机构时，它前后不改变所要的清单的字。"""


@dataclass(frozen=True, slots=True)
class Listed:
    """要的清单。

    参数:
        topic: 如 `batch:1`、`field:数控`、`batch:1+field:汽车`、`name:5g`、`all`
        owners: 要的是这几家机构、这个人的证书
        leftover: 没读懂的字数
        counting: 只问有几个
        attributes: 还要说的项，如各是哪家的
    """

    topic: str = ""
    owners: tuple[Match, ...] = ()
    leftover: int = 0
    counting: bool = False
    attributes: tuple[Attribute, ...] = ()


class ListReader:
    """按一份名录认清单。

    参数:
        talk: 套话，名称里也有的词已经去掉
    """

    def __init__(self, catalogue: Catalogue, index: EntityIndex, talk: Talk) -> None:
        self._catalogue = catalogue
        self._index = index
        self._talk = talk
        self._fields = {
            normalise(name): field.name
            for field in catalogue.fields.values()
            for name in (field.name, *field.aliases)
        }
        self._shared = Counter(
            word for name in catalogue.certificates for word in _pieces(normalise(name))
        )

    def field(self, text: str) -> str | None:
        """一个方向的名称或别名；两个叫法连着写、后面带“技术”之类也认。"""
        plain = normalise(text)
        for topic in (plain, _GENERAL.sub("", plain)):
            if name := self._fields.get(topic):
                return name
            for place in range(2, len(topic) - 1):
                begun = self._fields.get(topic[:place])
                if begun and begun == self._fields.get(topic[place:]):
                    return begun
        return None

    def sharing(self, text: str, count: int) -> list[str]:
        """话里最长的、正好这么多个证书的名称里有的几个字，是哪几个证书。"""
        words = [w for w in _pieces(text) if self._shared.get(w) == count]
        word = max(words, key=len, default="")
        known = self._catalogue.certificates
        return [name for name in known if word and word in normalise(name)]

    def inside_fields(self, text: str) -> list[range]:
        """话里各个方向的名称占的位置；`text` 是规整过的。"""
        starts = ((name, text.find(name)) for name in self._fields)
        return [range(at, at + len(name)) for name, at in starts if at >= 0]

    def within(self, text: str) -> Listed | None:
        """话里说到的方向，或几个证书的名称里都有的词；越长越准，没有则为 `None`。"""
        plain = normalise(text)
        for length in range(len(plain), SHORTEST_WORD - 1, -1):
            for start in range(len(plain) - length + 1):
                word = plain[start : start + length]
                topic = self._topic_of(word)
                if topic is not None:
                    return Listed(topic, leftover=len(units(plain)) - len(units(word)))
        return None

    def _topic_of(self, word: str) -> str | None:
        if field := self._fields.get(word):
            return f"field:{field}"
        shared = self._shared.get(word, 0)
        return f"name:{word}" if 1 < shared <= MOST_SHARED else None

    def find(self, masked: str, mentions: Sequence[Mention]) -> Listed | None:
        """这句话要的清单；不是要清单则为 `None`。

        参数:
            masked: 名称换成了记号的问话
            mentions: 各处名称
        """
        owners = tuple(
            match
            for mention in mentions
            for match in mention.matches
            if match.entity.kind is not Kind.CERTIFICATE
        )
        named = WHOSE_EACH.sub(" ", masked)
        if named != masked and (listed := self.find(named, mentions)):
            return replace(listed, attributes=(Attribute.ISSUER,))
        if topic := self._written_in(masked, mentions):
            return Listed(topic, counting=COUNTING.search(masked) is not None)
        batches = [batch_number(match) for match in BATCH.finditer(masked)]
        rest = BATCH.sub(" ", masked)
        counting = COUNTING.search(rest) is not None
        if batches and not mentions and LIST_WHAT.search(rest):
            return self._of_batches(batches, LIST_WHAT.sub(" ", rest), counting)
        found = LISTING.search(rest)
        if found is None:
            return None
        rest = COUNTING.sub(" ", LISTING.sub(" ", rest))
        rest = telling(rest, self._talk)
        if owners:
            left = _AROUND_OWNER.sub("", LIST_TOPIC.sub("", MARKED.sub("", rest)))
            unread = len(units(left))
            if unread > MOST_UNREAD:
                return None
            return Listed(owners=owners, leftover=unread, counting=counting)
        listed = self._by_topic(restore(rest, mentions), counting)
        if (listed is None or listed.topic == ALL) and not found[0].endswith("谁"):
            if field := self._field_beside(restore(masked, mentions)):
                return Listed(f"field:{field}", counting=counting)
        return listed

    def _field_beside(self, text: str) -> str | None:
        """别的话里说到的一个方向：“我们会计系能报的证”“汽修的，和车有关的证”。"""
        found = [
            (place.start(), name)
            for name in self._fields
            for place in re.finditer(re.escape(name) + OF_FIELD, text)
        ]
        # 离要清单的话最近的
        return self._fields[max(found)[1]] if found else None

    def of(self, topic: str) -> tuple[list[Certificate], str]:
        """一个清单的证书与题目，如（…，`第三批`）。"""
        found = list(self._catalogue.certificates.values())
        titles: list[str] = []
        for part in topic.split("+"):
            kind, _, name = part.partition(":")
            match kind:
                case "batch":
                    found = [c for c in found if c.batch == int(name)]
                    titles.append(self._catalogue.batches[int(name)].name)
                case "field":
                    found = [c for c in found if name in c.fields]
                    titles.append(name)
                case "org":
                    found = [c for c in found if c.organisation == name]
                    titles.append(name)
                case "name":
                    found = [c for c in found if name in normalise(c.name)]
                    titles.append(f"「{name}」相关")
                case _:
                    titles.append("前三批")
        return found, "".join(titles)

    def topic(self, text: str) -> str | None:
        """「证书列表」后面的词是什么的清单；都不是则为 `None`。"""
        word = re.sub(
            r"(类|方向|专业|相关)?的?(证书)?(列表|名单)?$", "", normalise(text)
        )
        if not word or word in ("全部", "所有", "前三批"):
            return ALL
        batch = BATCH.fullmatch(word) or re.fullmatch(
            r"(?P<number>[1-9一二三四])", word
        )
        if batch:
            number = batch_number(batch)
            return f"batch:{number}" if number in self._catalogue.batches else None
        if field := self.field(word):
            return f"field:{field}"
        issuers = [
            m for m in self._index.exact(word) if m.entity.kind is Kind.ORGANISATION
        ]
        if len(issuers) == 1:
            return f"org:{issuers[0].entity.name}"
        return self._containing(word)

    def _written_in(self, masked: str, mentions: Sequence[Mention]) -> str | None:
        """“带焊接的有几个”：明说了名称里要有的几个字。"""
        found = NAMED_WITH.search(masked)
        if found is None:
            return None
        word = restore(found["word"], mentions)
        if len(word) < SHORTEST_WORD and found["letter"]:
            # 说明了是一个字：“带云字的”
            return self._sharing(word)
        field = self.field(word)
        return f"field:{field}" if field else self._containing(word)

    def _of_batches(
        self, numbers: list[int], rest: str, counting: bool
    ) -> Listed | None:
        if any(number not in self._catalogue.batches for number in numbers):
            return None
        left = FILLERS.sub("", LIST_TOPIC.sub("", COUNTING.sub("", rest)))
        left = left.replace(" ", "")
        topic = ALL if len(numbers) > 1 else f"batch:{numbers[0]}"
        field = self.field(left)
        if field and len(numbers) == 1:
            return Listed(f"{topic}+field:{field}", counting=counting)
        return Listed(topic, leftover=len(units(left)), counting=counting)

    def _by_topic(self, whole: str, counting: bool) -> Listed | None:
        trimmed = LIST_TOPIC.sub("", whole)
        for topic in (whole, trimmed):
            if field := self.field(topic):
                return Listed(f"field:{field}", counting=counting)
        if not trimmed:
            return Listed(ALL, counting=counting)
        if topic := self._containing(trimmed):
            return Listed(topic, counting=counting)
        found = leading(self._index.find(trimmed))
        if found and found[0].quality is Quality.TYPO:
            issuers = [m for m in found if m.entity.kind is Kind.ORGANISATION]
            if issuers:
                return Listed(owners=tuple(issuers), counting=counting)
        return None

    def _containing(self, word: str) -> str | None:
        """名称里有这个词的几个证书；只有一个时多半说的就是它，不算清单。"""
        if len(word) < SHORTEST_WORD or self._index.exact(word):
            return None
        return self._sharing(word)

    def _sharing(self, text: str) -> str | None:
        """名称里有这几个字的，不止一个才算清单。"""
        names = [n for n in self._catalogue.certificates if text in normalise(n)]
        return f"name:{text}" if len(names) > 1 else None


def asks_for_list(text: str) -> bool:
    """带着要清单的字眼。"""
    return names_a_list(text) or LIST_WHAT.search(normalise(text)) is not None


def names_a_list(text: str) -> bool:
    """明说了要清单、个数；只有“证”“各”这样的字不算。"""
    plain = normalise(text)
    return any(pattern.search(plain) is not None for pattern in (LISTING, COUNTING))


def _pieces(name: str) -> set[str]:
    """一个名称里的各个词：两个字以上的片段。"""
    ends = range(SHORTEST_WORD, len(name) + 1)
    return {name[start:end] for end in ends for start in range(end - 1)}
