"""接着刚才的问：“电话呢”“装调呢”“里面跟养老有关的那个”“这两个是同一家吗”。"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.text import normalise

from .matches import Clarity, Key, Kind, Quality
from .phrases import BATCH, FILLERS, Attribute, batch_number
from .pointers import (
    BACK,
    DIGITS,
    ITS_CERTIFICATES,
    ITS_HOUSE,
    OF_THE_HOUSE,
    ORDINAL,
    OTHER,
    POINTING,
    PRONOUN,
    RELATED,
    SAME,
    SAME_FIELD,
    THE_HOUSE,
    TOGETHER,
    WHICH_OF_THEM,
    WITHIN,
)
from .request import Reader, Request
from .trail import MOST_NAMED, ONE, Trail, certificates, is_one, suiting

LONGEST = 24
"""规整后更长的，不是接着刚才的问。"""
LONGEST_LOOSE = 40
"""只听出问哪一项的，再长就是另起一问。"""
SHORTEST_FRAGMENT = 2
NOT_OF_A_PERSON = frozenset({Attribute.LEVEL, Attribute.BATCH})
"""问一个人的这几项，问的是他管的证书的。"""
COMPARED = frozenset({Attribute.ISSUER, Attribute.BATCH, Attribute.CONTACT})
"""比的就是这几样，不必另说。"""
HOUSED = frozenset({Kind.CERTIFICATE, Kind.PERSON, "same", "number", "email"})
"""说到它们的，“他家”指的是它们的评价组织。"""


@dataclass(frozen=True, slots=True)
class Followed:
    """接着问的是什么。

    参数:
        points: 话里就指着刚才谈过的
        unread: 没读懂的字数
    """

    key: Key
    points: bool = False
    unread: int = 0


@dataclass(frozen=True, slots=True)
class Follower:
    """读接着问的话。"""

    reader: Reader

    def read(
        self, text: str, trail: Trail, before: str, *, correcting: bool
    ) -> Followed | None:
        """问的是什么；不是接着问的为 `None`。

        参数:
            before: 上一问的话
            correcting: 是在改口：换一个，问的还是刚才那一项
        """
        asked = normalise(text)
        if not asked or len(asked) > LONGEST:
            return None
        readings = [self._compared]
        if trail.keys:
            readings += [self._back, self._ordinal, self._within]
        if trail.just_said:
            readings += [self._other, self._its]
        found = (key for reading in readings if (key := reading(asked, trail)))
        if (key := next(found, None)) is not None:
            return Followed(key, points=True)
        key = None
        if trail.just_said:
            key = self._only_attributes(asked, trail) or self._of_batch(
                asked, trail, before
            )
        if key is None and (trail.just_said or correcting):
            key = self._another(asked, trail, before, correcting=correcting)
        return Followed(key) if key else None

    def loosely(self, text: str, trail: Trail) -> Followed | None:
        """“邮箱念给我”“手机也留了没”：听得出问哪一项，别的字没有都读懂。"""
        if not trail.just_said or len(normalise(text)) > LONGEST_LOOSE:
            return None
        unread, attributes = self.reader.further(text)
        key = self._about(trail, attributes) if attributes else None
        return Followed(key, unread=unread) if key else None

    def _compared(self, asked: str, trail: Trail) -> Key | None:
        """“这两个是同一家吗”：话里点名的几个，或谈过的最后几个。"""
        found = SAME.search(asked)
        if found is None:
            return None
        rest = f"{asked[: found.start()]} {asked[found.end() :]}"
        named = [match.entity.name for match in self.reader.read(rest).matches]
        if not named and TOGETHER.sub("", rest).strip():
            return None
        count = 3 if re.search("三[个家]", rest) else 2
        names = named if named else trail.latest(count)
        if not 1 < len(names) <= MOST_NAMED:
            return None
        what = Attribute.ISSUER
        if "批" in found["what"]:
            what = Attribute.BATCH
        elif re.search("人|老师", found["what"]):
            what = Attribute.CONTACT
        others = [a for a in self.reader.split(rest)[1] if a not in COMPARED]
        return Key("same", "|".join(names), (what, *others))

    def _back(self, asked: str, trail: Trail) -> Key | None:
        """“还是刚才光伏的”：回到谈过的那个；没说哪一项，两次问过的都说。"""
        found = BACK.match(asked)
        if found is None:
            return None
        fragment, attributes = self._split(found["rest"])
        if not (fragment or attributes):
            return None
        for key in trail.ones():
            if not fragment or trail.fitting(fragment, trail.shown(key)):
                both = dict.fromkeys((*trail.attributes, *key.attributes))
                return key.asking(attributes or both)
        return None

    def _ordinal(self, asked: str, trail: Trail) -> Key | None:
        """“第二个的电话”：列出来的第几个。"""
        found, listed = ORDINAL.match(asked), trail.listed()
        if found is None:
            return None
        number = "1" if found["first"] else found["number"]
        place = (DIGITS.get(number) or int(number)) if number else len(listed)
        attributes = self._asked_for(found["rest"], trail)
        if attributes is not None and not listed and trail.just_said:
            # 就这一个证书，第几位联系人都在它的答案里
            return self._about(trail, attributes)
        if attributes is None or not 0 < place <= len(listed):
            return None
        return certificates([listed[place - 1]], attributes)

    def _within(self, asked: str, trail: Trail) -> Key | None:
        """“里面跟养老有关的那个联系谁”：在列出来的里面挑。"""
        found = WITHIN.match(asked) or WHICH_OF_THEM.match(asked)
        if found is None:
            return None
        rest, listed = asked[found.end() :], trail.listed()
        batch = BATCH.search(rest)
        fragment, attributes = self._split(BATCH.sub("", rest))
        if batch:
            listed = trail.in_batch(listed, batch_number(batch))
        elif not fragment:
            return None
        return certificates(
            trail.fitting(fragment, listed) if fragment else listed, attributes
        )

    def _other(self, asked: str, trail: Trail) -> Key | None:
        """“另一个的电话呢”：两个里没说的那个，更早谈过的，或同一家的另一个。"""
        found = OTHER.match(asked)
        attributes = self._asked_for(found["rest"], trail) if found else None
        if found is None or attributes is None:
            return None
        current = trail.shown(trail.last)
        if len(current) == 2:
            return certificates(current, attributes)
        several = bool(found["several"] or found["others"])
        for listed in map(trail.shown, trail.keys):
            left = [one for one in listed if one not in current]
            picked = 0 < len(left) < len(listed)
            if picked and (len(listed) == 2 or several):
                return certificates(left, attributes)
        if several:
            return None
        ones = trail.ones()
        if is_one(trail.last) and len(ones) > 1 and not found["kin"]:
            return ones[1].asking(attributes)
        if kin := trail.kin():
            return certificates([one.name for one in kin], attributes)
        # 就这一个证书，而联系人有两位：两位都在它的答案里
        return self._about(trail, attributes)

    def _its(self, asked: str, trail: Trail) -> Key | None:
        """“他那个证书叫什么”“他们单位叫什么”“那个证书的邮箱”：说的是刚才那个。"""
        key, found = trail.last, PRONOUN.match(asked)
        named = trail.shown(key)
        if SAME_FIELD.match(asked) and key.kind == Kind.CERTIFICATE and named:
            fields = trail.catalogue.certificates[named[0]].fields
            return Key("list", f"field:{fields[0]}") if fields else None
        if found is None:
            found = POINTING.match(asked)
            rest = self._split(asked[found.end() :]) if found else ("", ())
            return self._about(trail, rest[1]) if rest[1] and not rest[0] else None
        rest = asked[found.end() :]
        request = self.reader.read(rest)
        if request.attributes and not request.asked and not request.listed:
            return self._about(trail, request.attributes)
        if request.matches:
            return None
        if ITS_CERTIFICATES.search(rest):
            asks_house = (
                OF_THE_HOUSE.search(asked)
                if key.kind != Kind.PERSON
                else (ITS_HOUSE.search(asked) or THE_HOUSE.match(asked))
            )
            if key.kind in HOUSED and asks_house and named:
                houses = dict.fromkeys(
                    trail.catalogue.certificates[name].organisation for name in named
                )
                # 刚说不是同一家的，“他家”是最后一家
                issuer = next(reversed(houses) if key.kind == "same" else iter(houses))
                return Key(Kind.ORGANISATION, issuer, (Attribute.CERTIFICATES,))
            return self._about(trail, ())
        return (
            self._about(trail, [Attribute.ISSUER]) if ITS_HOUSE.search(rest) else None
        )

    def _only_attributes(self, asked: str, trail: Trail) -> Key | None:
        """“电话呢”：只说了哪一项。"""
        request = self.reader.read(asked)
        if request.matches or request.asked or request.leftover or request.listed:
            return None
        return self._about(trail, request.attributes) if request.attributes else None

    def _of_batch(self, asked: str, trail: Trail, before: str) -> Key | None:
        """“我问的是二批”：同一份清单、同一个叫法里那一批的。"""
        found = BATCH.search(asked)
        rest = FILLERS.sub("", BATCH.sub("", asked))
        listed = self.reader.read(asked).listed is not None
        # “三批的是哪几个”没说证书，问的是刚列的里面
        if found is None or rest.strip("里面中") or (listed and "证" in asked):
            return None
        number, key = batch_number(found), trail.last
        if listed and key.kind != "list":
            return None
        if key.kind == "list":
            kept = [p for p in key.name.split("+") if p.partition(":")[1]]
            kept = [part for part in kept if not part.startswith("batch:")]
            return Key("list", "+".join([f"batch:{number}", *kept]), key.attributes)
        names = trail.shown(key)
        if len(names) < 2:
            again = self.reader.read(before)
            keys = [Key(m.entity.kind, m.entity.name) for m in again.matches]
            names = list(dict.fromkeys(n for one in keys for n in trail.shown(one)))
        return certificates(trail.in_batch(names, number), key.attributes)

    def _another(
        self, asked: str, trail: Trail, before: str, *, correcting: bool
    ) -> Key | None:
        """“那物流管理呢”“阿里的呢”“装调呢”：换一个，问的还是那一项。"""
        request = self.reader.read(asked)
        if request.listed or request.numbers or request.emails:
            return None
        wanted = request.attributes or trail.attributes
        if correcting and not wanted:
            wanted = self.reader.read(before).attributes
        if _is_named(request):
            return self._named(request, trail, wanted, correcting=correcting)
        fragment, _ = self._split(asked)
        if len(fragment) < SHORTEST_FRAGMENT or not trail.keys:
            return None
        chosen = trail.fitting_list(fragment)
        if not chosen and wanted:
            chosen = trail.alike(fragment)
        return certificates(chosen, wanted)

    def _named(
        self,
        request: Request,
        trail: Trail,
        wanted: tuple[Attribute, ...],
        *,
        correcting: bool,
    ) -> Key | None:
        """说准了一个名称，问的还是那一项；刚列过清单的，机构指其中它的那几个。"""
        kind, name = request.matches[0].entity
        picking = bool(trail.keys) and trail.last.kind == "list"
        briefly = request.matches[0].clarity < Clarity.UNMISTAKABLE
        if picking and briefly and kind is Kind.ORGANISATION:
            listed = set(trail.shown(trail.last))
            own = [c.name for c in trail.catalogue.issued_by(name) if c.name in listed]
            return certificates(own, wanted)
        again = request.following or correcting or picking
        if request.attributes or not (again and wanted):
            return None
        return Key(kind, name, suiting(kind, wanted))

    def _about(self, trail: Trail, attributes: Iterable[Attribute]) -> Key | None:
        """刚说的那个的另一项；只说过号码的，是登记它的那几个证书。"""
        last, asked = trail.last, tuple(attributes)
        of_certificates = last.kind == Kind.PERSON and not NOT_OF_A_PERSON.isdisjoint(
            asked
        )
        if of_certificates or last.kind in ("number", "email", "same"):
            return certificates(trail.shown(last), asked)
        if last.kind in ONE and len(last.names) <= MOST_NAMED:
            return last.asking(asked)
        return None

    def _asked_for(self, rest: str, trail: Trail) -> tuple[Attribute, ...] | None:
        """所问的项，没说就是刚才的；还有别的字的为 `None`。"""
        fragment, attributes = self._split(rest)
        return None if fragment else attributes or trail.attributes

    def _split(self, text: str) -> tuple[str, tuple[Attribute, ...]]:
        """拆成名称里的几个字与所问的项。"""
        return self.reader.split(RELATED.sub(" ", text))


def _is_named(request: Request) -> bool:
    """说准了一个名称。"""
    one = request.matches[0] if len(request.matches) == 1 else None
    return one is not None and one.quality >= Quality.TYPO and not request.leftover
