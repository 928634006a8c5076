"""一句话是不是在答应或不要：好、可以、发吧；算了、先不发。"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pydantic import BaseModel, ConfigDict

from .grams import sounds_of

_LONGEST = 20
_SHORTEST_SOUND = 3
_LONGEST_ACT = 3
"""“删了吧”：光说要办的，不超过这么几个字；再长的像口令（“撤销登记”）。"""
_ASKING = re.compile(r"[?？]|[吗么呢]\W*$")
_CLAUSE = re.compile(r"[，,。；;！!\s]+")
_MORE = re.compile(
    r"\d|[是改换应为成只:：]|(?<![又还])要|[发删登填](?!$)|谁|什么|哪|怎么|咋|几[个点号]"
)
"""说了不要，又说到别的内容：也许是要改，或另有要问的。"""


@dataclass(frozen=True, slots=True)
class Assent:
    """答应或不要。

    参数:
        yes: 答应为真，不要为假
        plain: 一听就是在说眼前这件事；“好”“算了”这样的不算
        acts: 又说了一遍要办的是哪些事：“对，去掉”
        turns: 说“不”的词（停、撤掉）也可能就是要办的事：在这些事上是照办
        affirmed: 另外明说了对、好
    """

    yes: bool
    plain: bool
    acts: frozenset[str] = frozenset()
    turns: frozenset[str] = frozenset()
    affirmed: bool = False


class Assents(BaseModel):
    """答应与不要的各种说法，见 `knowledge/lexicon/assent.yaml`。"""

    model_config = ConfigDict(extra="forbid", frozen=True)

    plain_yes: frozenset[str]
    plain_no: frozenset[str]
    soft_yes: frozenset[str]
    soft_no: frozenset[str]
    wrong: frozenset[str]
    neither: frozenset[str]
    unchanged: frozenset[str]
    filler: frozenset[str]
    acts: dict[str, frozenset[str]]

    @cached_property
    def _token(self) -> re.Pattern[str]:
        every = (
            self.plain_yes | self.plain_no | self.soft_yes | self.soft_no
            | self.wrong | self.neither | self.unchanged | self.filler
            | frozenset().union(*self.acts.values())
        )  # fmt: skip
        return re.compile("|".join(map(re.escape, sorted(every, key=len)[::-1])))

    def read(self, text: str) -> Assent | None:
        """整句话就是答应或不要的，是哪一种；都不是为 `None`。"""
        if len(text) > 3 * _LONGEST or _ASKING.search(text):
            return None
        plain = unicodedata.normalize("NFKC", text).lower()
        bare = "".join(char for char in plain if char.isalnum() or char == "👌")
        if not bare or len(bare) > _LONGEST:
            return None
        said = self._judge(self._token.findall(bare), bare)
        if said is None and (meant := self._by_sound.get(sounds_of(bare))):
            return self._judge([meant], meant)
        return said or self._mistyped(bare)

    def _mistyped(self, bare: str) -> Assent | None:
        """前面听得懂，末了打成了同音字的（“算了先布发”）。"""
        for start in range(1, len(bare) - _SHORTEST_SOUND + 1):
            head, meant = bare[:start], self._by_sound.get(sounds_of(bare[start:]))
            tokens = self._token.findall(head)
            if meant and "".join(tokens) == head:
                return self._judge([*tokens, meant], head + meant)
        return None

    @cached_property
    def _by_sound(self) -> dict[tuple[str, ...], str]:
        """打成了同音字的（“确任”）：读音 → 本来的词；一个字的不认。"""
        words = sorted(self.plain_yes | self.plain_no)
        return {sounds_of(word): word for word in words if len(word) > 1}

    def begins(self, text: str) -> tuple[Assent, bool] | None:
        """开头说了要不要，后面还有话：要不要，与后面是否只是缘由；不是为 `None`。"""
        if len(text) > 3 * _LONGEST or "?" in unicodedata.normalize("NFKC", text):
            return None
        clauses = [clause for clause in _CLAUSE.split(text) if clause]
        for end in range(len(clauses) - 1, 0, -1):
            said = self.read("，".join(clauses[:end]))
            if said is not None and (said.acts or (said.plain and not said.yes)):
                return said, not _MORE.search("，".join(clauses[end:]))
        return None

    def opens_yes(self, text: str) -> bool:
        """头一句就是答应：“对，就是他”。"""
        clauses = [clause for clause in _CLAUSE.split(text) if clause]
        said = self.read(clauses[0]) if clauses else None
        return said is not None and said.yes

    def _judge(self, tokens: list[str], bare: str) -> Assent | None:
        if "".join(tokens) != bare or self._any(tokens, self.neither):
            return None
        if self._any(tokens, self.plain_yes):
            # “不用改，直接发”：不用的是改
            tokens = [token for token in tokens if token not in self.unchanged]
        refusing = [token for token in tokens if token in self.plain_no]
        acts = self._acts(token for token in tokens if token not in self.plain_no)
        if refusing:
            turns = [self._acts([token]) for token in refusing]
            affirmed = self._any(tokens, self.plain_yes | self.soft_yes)
            return Assent(
                yes=False,
                plain=True,
                acts=acts,
                turns=frozenset.intersection(*turns),
                affirmed=affirmed,
            )
        if self._any(tokens, self.wrong):
            # 只说不对，没说不要：也许接着要改
            return None
        if self._any(tokens, self.soft_no):
            # “不用，好的”两样都有：宁可不办
            return Assent(yes=False, plain=False, acts=acts)
        if self._any(tokens, self.plain_yes):
            return Assent(yes=True, plain=not acts, acts=acts)
        short = acts and len(bare) <= _LONGEST_ACT
        if short or self._any(tokens, self.soft_yes):
            return Assent(yes=True, plain=False, acts=acts)
        return None

    def _acts(self, tokens: Iterable[str]) -> frozenset[str]:
        """说到的是哪些事。"""
        said = set(tokens)
        return frozenset(act for act, words in self.acts.items() if said & words)

    @staticmethod
    def _any(tokens: Iterable[str], words: frozenset[str]) -> bool:
        return any(token in words for token in tokens)
