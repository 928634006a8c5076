"""不说名称的说法：拿一位作者的来填另一位的问法，名录当时只懂得别人的说法。"""

import random
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from bot.directory import Saying
from bot.knowledge import Lookup
from bot.text import char_grams, normalise

_AFTER = ("", "", "的那个证", "那个证", "的证书")
"""说法后面常跟着的。"""
OFTEN = 20
"""问别的事时说过这么多次的，才看是不是问什么都常说。"""


class Said:
    """各人的说法。

    参数:
        sayings: 全部说法
        lookups: 问法；每位作者配一位说法的作者
        asked: 问别的事的话
    """

    def __init__(
        self,
        sayings: Sequence[Saying],
        lookups: Iterable[Lookup],
        asked: Collection[str],
    ) -> None:
        self._sayings = sayings
        self.plain = _plain_grams(sayings, asked)
        hands = sorted({one.author for one in sayings})
        authors = sorted({one.author for one in lookups})
        self._hands = {
            author: hands[number % len(hands)]
            for number, author in enumerate(authors)
            if hands
        }

    def without(self, author: str) -> Sequence[Saying]:
        """除去配给这位作者的那一位，别人的说法。"""
        hand = self._hands.get(author)
        return [one for one in self._sayings if one.author != hand]

    def fill(
        self, author: str, among: Collection[str], chance: random.Random
    ) -> tuple[str, str] | None:
        """怎样指着说其中的一个（填在空里的字），说的是哪一个；没有说法为 `None`。

        参数:
            author: 谁的问法
        """
        hand = self._hands.get(author)
        own = [o for o in self._sayings if o.author == hand and o.name in among]
        if not own:
            return None
        one = chance.choice(own)
        return one.text.rstrip("的") + chance.choice(_AFTER), one.name


def _plain_grams(sayings: Sequence[Saying], asked: Collection[str]) -> frozenset[str]:
    """问什么都常说的字组：在说法里还没有在问别的事的话里常见。"""
    here, there = (
        Counter(gram for text in texts for gram in set(char_grams(normalise(text))))
        for texts in ([one.text for one in sayings], asked)
    )
    share = len(asked) / max(len(sayings), 1)
    return frozenset(g for g, n in there.items() if n >= max(OFTEN, here[g] * share))
