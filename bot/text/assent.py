"""一句话是不是在答应或不要：好、可以、发吧；算了、先不发。"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pydantic import BaseModel, ConfigDict

_LONGEST = 20
_ASKING = re.compile(r"[?？]|[吗么呢]\W*$")


@dataclass(frozen=True, slots=True)
class Assent:
    """答应或不要。

    参数:
        yes: 答应为真，不要为假
        plain: 一听就是在说眼前这件事；“好”“算了”这样的不算
    """

    yes: bool
    plain: bool


class Assents(BaseModel):
    """答应与不要的各种说法，见 `knowledge/lexicon/assent.yaml`。"""

    model_config = ConfigDict(extra="forbid", frozen=True)

    plain_yes: frozenset[str]
    plain_no: frozenset[str]
    soft_yes: frozenset[str]
    soft_no: frozenset[str]
    wrong: frozenset[str]
    neither: frozenset[str]
    filler: frozenset[str]

    @cached_property
    def _token(self) -> re.Pattern[str]:
        every = (
            self.plain_yes | self.plain_no | self.soft_yes | self.soft_no
            | self.wrong | self.neither | self.filler
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
        return self._judge(self._token.findall(bare), bare)

    def _judge(self, tokens: list[str], bare: str) -> Assent | None:
        if "".join(tokens) != bare or self._any(tokens, self.neither):
            return None
        if self._any(tokens, self.plain_no):
            return Assent(yes=False, plain=True)
        if self._any(tokens, self.wrong):
            # 只说不对，没说不要：也许接着要改
            return None
        if self._any(tokens, self.soft_no):
            # “不用，好的”两样都有：宁可不办
            return Assent(yes=False, plain=False)
        if self._any(tokens, self.plain_yes):
            return Assent(yes=True, plain=True)
        if self._any(tokens, self.soft_yes):
            return Assent(yes=True, plain=False)
        return None

    @staticmethod
    def _any(tokens: Iterable[str], words: frozenset[str]) -> bool:
        return any(token in words for token in tokens)
