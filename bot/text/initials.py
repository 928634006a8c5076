"""只打声母的词（msc 是秘书处）：按知识里常用的词猜。"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from .pinyin import reading

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LATIN = re.compile(r"[a-z]+")
_TYPED = re.compile(
    r"(?<![A-Za-z0-9@./_+-])[b-df-hj-np-tw-z]{2,5}(?![A-Za-z0-9@./_+-])"
)
"""全是声母、没有元音的一小段。"""
LONGEST = 5
FEWEST = 3
"""至少出现这么多次才算常用的词。"""
COHESION = 10.0
"""两个字连着出现的次数，至少是凑巧连着的这么多倍。"""
WHOLE = 0.6
"""长的词：在它前后少一个字的那段里，至少有这么大一部分就是它。"""
CLEAR = 2.0
"""最常用的至少是第二的这么多倍才替他写出来；不然照原样。"""


class Initials:
    """由一批句子学会：这几个声母多半是哪个词。

    参数:
        texts: 这个领域的句子；里面的英文字母不当作声母
    """

    def __init__(self, texts: Iterable[str]) -> None:
        counts: Counter[str] = Counter()
        latin: set[str] = set()
        for text in texts:
            latin.update(_LATIN.findall(text.lower()))
            for run in _HAN.findall(text):
                for size in range(1, LONGEST + 1):
                    counts.update(run[i : i + size] for i in range(len(run) - size + 1))
        total = max(sum(n for word, n in counts.items() if len(word) == 1), 1)
        spelt: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for word, count in counts.items():
            if len(word) > 1 and count >= FEWEST and _coheres(word, counts, total):
                spelt[_initials(word)].append((count, word))
        self._words = {
            typed: max(words)[1]
            for typed, words in spelt.items()
            if typed not in latin and _clear(sorted(words, reverse=True))
        }

    def read(self, text: str) -> str:
        """句子里的声母换成猜出的词；整句没有一个汉字的不看。"""
        if _HAN.search(text) is None:
            return text
        return _TYPED.sub(lambda found: self._words.get(found[0], found[0]), text)


def _coheres(word: str, counts: Counter[str], total: int) -> bool:
    """像是一个词，不是凑巧挨着的字。"""
    if len(word) == 2:
        chance = counts[word[0]] * counts[word[1]] / total
        return counts[word] >= COHESION * chance
    shorter = min(counts[word[:-1]], counts[word[1:]])
    longer = max(counts[word[:-1]], counts[word[1:]])
    return counts[word] >= WHOLE * shorter and counts[word] >= 0.1 * longer


def _clear(words: list[tuple[int, str]]) -> bool:
    return len(words) == 1 or words[0][0] >= CLEAR * words[1][0]


def _initials(word: str) -> str:
    return "".join(reading(char)[0] for char in word)
