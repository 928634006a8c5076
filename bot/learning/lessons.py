"""学把握的例子：几种处境里，各人的问法与不该回答的话，各来源给出什么，答哪个对。"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import groupby

from loguru import logger

from bot import clock
from bot.answering import FaqSource, Found, Question, Turn
from bot.answering.scope import pose
from bot.directory import ABSENT
from bot.directory.evidence import DirectoryEvidence
from bot.knowledge import FILES, LOCAL_PREFIX, Entry, Lexicon, LookupKind

from .fitting import Example, Prior
from .lookups import DATES, QUIET, Asked
from .practice import Practice, questions, thinned
from .truths import Truth, answered, is_unclear, looked_up, none_right
from .worlds import REGIONS, World

AT = datetime(2027, 5, 12, 10, tzinfo=clock.ZONE)
"""练习时的“现在”：知识里的窗口都已过去。"""
MOST = {
    "known": 250, "asked": 500, "taken": 250, "retold": 200, "unlike": 200,
    "other": 300, "idle": 300, "after": 3000,
}  # fmt: skip
"""每类最多几句。"""
SHARES = {
    "known": (0.0, 0.1, 0.5),
    "asked": (1.0, 1.0, 1.0),
    "taken": (2.4, 1.0, 1.2),
    "retold": (0.3, 0.3, 0.1),
    "unlike": (0.5, 0.0, 0.0),
    "other": (1.2, 1.0, 0.6),
    "foreign": (0.2, 0.4, 0.2),
    "idle": (0.3, 1.0, 5.0),
    "names": (1.0, 0.4, 0.6),
    "lists": (0.5, 0.2, 0.3),
    "said": (0.6, 0.2, 0.0),
    "absent": (0.6, 0.2, 0.0),
    "unknown": (0.6, 0.2, 0.3),
    "quiet": (0.25, 0.2, 0.3),
    "dates": (0.6, 0.3, 0.5),
    "follow": (0.25, 0.2, 0.2),
    "after": (0.3, 0.2, 0.2),
    "codes": (0.05, 0.1, 0.1),
    "else": (0.9, 0.0, 0.7),
}
"""各类的份量：学答哪个、是不是本领域、该不该开口。"""
PRIOR: Prior = {
    ("faq", "answers", "chance"): 1.0,
    ("faq", "answers", "nothing"): 1.0,
    ("faq", "ours", "ours"): 1.0,
    ("faq", "clear", "clear"): 1.0,
}
"""常见问题的检索自己估过一遍，从它估的学起。"""


class Lessons:
    """把问话放进各种处境，看各来源给出什么。

    参数:
        taught: 拿走的条目由秘书处教了回去的处境
        coded: 答案里写着号码、邮箱的条目，与怎样问它是谁的
        unheard: 让名录只懂得别的作者的套话；没有作者的，全部都懂
    """

    def __init__(
        self,
        practice: Practice,
        lexicon: Lexicon,
        worlds: Sequence[World],
        taught: World,
        coded: Sequence[tuple[Entry, str]],
        unheard: Callable[[str], None],
    ) -> None:
        self._practice = practice
        self._lexicon = lexicon
        self._worlds = worlds
        self._taught = taught
        self._coded = coded
        self._unheard = unheard

    def all(self, asked: Sequence[Asked]) -> list[Example]:
        """全部例子。"""
        found = [
            *self._of_faq(),
            *self._of_other_regions(),
            *self._of_unlike(),
            *self._of_background(),
            *self._of_lookups(asked),
            *self._of_other_matters(asked),
            *self._of_codes(),
        ]
        logger.info("学把握：{} 个例子", len(found))
        return found

    def _of_faq(self) -> Iterator[Example]:
        """藏起来的问法：条目留着的、拿走的、由秘书处教了回去的；与一字不差的。"""
        practice = self._practice
        everyone = frozenset(p.author for e in practice.taken for p in e.phrasings)
        kinds = (
            ("known", practice.kept, frozenset({FILES}), self._worlds),
            ("asked", practice.kept, practice.hidden, (*self._worlds, self._taught)),
            ("taken", practice.taken, everyone, self._worlds),
            ("retold", practice.taken, everyone, (self._taught,)),
        )
        for group, entries, authors, worlds in kinds:
            every = questions(entries, authors, MOST[group], AT, self._lexicon)
            for entry, question in every:
                yield from self._asked(entry, question, group, worlds)

    def _asked(
        self, entry: Entry, question: Question, group: str, worlds: Sequence[World]
    ) -> Iterator[Example]:
        """各处境里问一条：答它，或文件里说它的那一段。"""
        for place, world in enumerate(worlds):
            right = self._ids(entry), world.passages.get(entry.matter, set())
            truth = partial(answered, right=right)
            yield from _examples(
                world, question, group, truth, place, speaks=group != "taken"
            )

    def _of_other_regions(self) -> Iterator[Example]:
        """答过一条，接着问别的地区的：同一件事在那里也有资料。"""
        kept = self._practice.kept
        for entry in kept:
            before = Turn(entry.question, FaqSource.name, entry.id, entry.source.region)
            regions = {one.source.region for one in kept if one.matter == entry.matter}
            for region in sorted(regions & {*REGIONS} - {entry.source.region}):
                question = replace(
                    pose(f"{region}{entry.question}", region, AT, self._lexicon),
                    previous=before,
                    again=True,
                )
                yield from self._asked(entry, question, "follow", self._worlds)

    def _of_other_matters(self, asked: Sequence[Asked]) -> Iterator[Example]:
        """查过名录，接着问别的事：话里也有“邮箱”“名字”，问的却不是刚查的。"""
        turns = [one.question.previous for one in asked if one.question.previous]
        kept, hidden = self._practice.kept, self._practice.hidden
        every = questions(kept, hidden, MOST["after"], AT, self._lexicon)
        for number, (entry, question) in enumerate(every):
            question = replace(question, previous=turns[number % len(turns)])
            found = _look(self._worlds[0], question)
            if any(_follows(one) for one in found):
                yield from self._asked(entry, question, "after", self._worlds)

    def _of_codes(self) -> Iterator[Example]:
        """问号码、邮箱是谁的：名录里没有，一条的答案里写着。"""
        for number, (entry, text) in enumerate(self._coded):
            question = pose(text, (None, *REGIONS)[number % 3], AT, self._lexicon)
            yield from self._asked(entry, question, "codes", self._worlds)

    def _of_unlike(self) -> Iterator[Example]:
        """写明不该由一条来答的：别的也许答得了。"""
        pairs = [(e, text) for e in self._practice.kept for text in e.unlike]
        for entry, text in thinned(pairs, MOST["unlike"]):
            question = pose(text, None, AT, self._lexicon)
            found = _look(self._worlds[0], question)
            wrong = self._ids(entry)
            others = {
                place
                for place, one in enumerate(found)
                if one.source == FaqSource.name and wrong.isdisjoint(one.key.split(","))
            }
            yield Example("unlike", found, frozenset(others), True, True, None)

    def _of_background(self) -> Iterator[Example]:
        """闲聊与别的提问：都不该答。"""
        background = self._practice.background
        kinds = (("other", background.other_questions), ("idle", background.chatter))
        for group, texts in kinds:
            for number, text in enumerate(thinned(texts, MOST[group])):
                region = (None, *REGIONS)[number % 3]
                question = pose(text, region, AT, self._lexicon)
                for place, world in enumerate((*self._worlds, self._taught)):
                    yield from _examples(
                        world,
                        question,
                        group,
                        none_right,
                        place,
                        ours=False,
                        speaks=False,
                    )

    def _of_lookups(self, asked: Sequence[Asked]) -> Iterator[Example]:
        """查名录、问时间的；问的人的套话都没有学过。"""
        for author, own in groupby(asked, lambda one: one.lookup.author):
            self._unheard(author)
            for one in own:
                yield from self._looked_up(one)
        self._unheard("")

    def _looked_up(self, one: Asked) -> Iterator[Example]:
        kind = one.lookup.kind
        speaks = kind not in (*QUIET, LookupKind.REMARK, LookupKind.ELSE)
        for place, world in enumerate(self._worlds):
            yield from _examples(
                world,
                one.question,
                _pointed(one) if one.said else _group(kind),
                partial(looked_up, one),
                place,
                ours=kind is not LookupKind.FOREIGN,
                speaks=speaks,
            )

    def _ids(self, entry: Entry) -> set[str]:
        """同一件事的各条；教的也算。"""
        practice = self._practice
        every = (*practice.kept, *practice.taken)
        ids = {one.id for one in every if one.matter == entry.matter}
        return ids | {f"{LOCAL_PREFIX}{name}" for name in ids}


def _examples(
    world: World,
    question: Question,
    group: str,
    truth: Truth,
    place: int,
    *,
    ours: bool = True,
    speaks: bool = True,
) -> Iterator[Example]:
    """同一句，被点名时一个例子；没被点名的，几种处境轮着来，免得太多。"""
    for addressed in (True, False)[: 2 if place == len(question.text) % 2 else 1]:
        found = _look(world, replace(question, addressed=addressed))
        right, nothing = truth(found)
        if len(right) > 1 and not addressed:
            # 说不准该答哪个的，也就说不准该不该开口
            continue
        told = None if addressed else speaks and not is_unclear(found, right)
        yield Example(group, found, frozenset(right), nothing, ours, told)


def _look(world: World, question: Question) -> tuple[Found, ...]:
    return tuple(f for source in world.sources for f in source.candidates(question))


def _follows(one: Found) -> bool:
    return isinstance(one.evidence, DirectoryEvidence) and bool(one.evidence.follows)


def _pointed(one: Asked) -> str:
    """没说名称的，算哪一类。"""
    return "absent" if ABSENT in one.names else "said"


def _group(kind: LookupKind) -> str:
    """算哪一类。"""
    if kind in (LookupKind.ELSE, LookupKind.REMARK):
        return "else"
    if kind in (LookupKind.FOLLOWING, LookupKind.FOLLOWING_DATES):
        return "follow"
    if kind in DATES:
        return "dates"
    if kind is LookupKind.LIST:
        return "lists"
    if kind is LookupKind.UNKNOWN:
        return "unknown"
    if kind is LookupKind.FOREIGN:
        return "foreign"
    return "quiet" if kind in QUIET else "names"
