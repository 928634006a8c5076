"""只打拼音、没有选字的话，只打声母的词：按知识里常用的字词猜出原来的话。"""

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from .initials import Initials
from .pinyin import readings

_WORD = re.compile(r"(?<![\w.@/-])[a-zA-Z]+(?![\w.@/-])", re.ASCII)
"""不挨着别的字母、数字，也不是网址、邮箱的一串字母。"""
_ONLY_LETTERS = re.compile(r"[a-zA-Z\d\s,.;:!?，。？！、']+")
FEWEST = 3
"""整句都是字母的，少于这么多个音节，不当作拼音。"""
FEWEST_AMONG = 2
"""夹在字里的，总要有一处连着这么多个音节。"""
SHORTEST = 3
"""夹在字里的单个音节，少于这么多个字母的不认。"""
CHOICES = 12
"""一个音节最多考虑几个字。"""
_UNSEEN = math.log(0.02)
"""两个字没有连着出现过，退到单看后一个字时的折扣。"""


class SoundReader:
    """由一批句子学会从拼音猜字：维特比算法，看一个字与前一个字连用的次数。

    参数:
        texts: 这个领域的句子
        terms: 里面的词可能有人只打声母
    """

    def __init__(self, texts: Iterable[str], terms: Iterable[str] = ()) -> None:
        self._initials = Initials(terms)
        self._single: Counter[str] = Counter()
        self._pairs: Counter[str] = Counter()
        for text in texts:
            self._single.update(char for char in text if _is_character(char))
            self._pairs.update(a + b for a, b in itertools.pairwise(text))
        spelt: defaultdict[str, list[str]] = defaultdict(list)
        for char, _ in self._single.most_common():
            for sound in dict.fromkeys(readings(char)):
                spelt[sound].append(char)
        self._spelt = {sound: chars[:CHOICES] for sound, chars in spelt.items()}
        self._longest = max(map(len, self._spelt), default=0)
        self._total = max(self._single.total(), 1)

    def read(self, text: str) -> str:
        """拼音换成猜出的字，声母换成词；不是的照原样。

        整句都是字母的，有一个词不是拼音，就多半是外文。
        """
        only = _ONLY_LETTERS.fullmatch(text) is not None
        words = list(_WORD.finditer(text))
        split = [self._split(word[0].lower()) for word in words]
        if only and None in split:
            return text
        runs = _runs(text, words, split)
        sounds = [len(spoken) for _, _, spoken in runs]
        if only and sum(sounds) < FEWEST:
            return text
        if not only and max(sounds, default=0) < FEWEST_AMONG:
            return self._initials.read(text)
        for start, end, spoken in reversed(runs):
            if only or len(spoken) > 1 or end - start >= SHORTEST:
                around = text[:start].rstrip()[-1:], text[end:].lstrip()[:1]
                text = text[:start] + self._spell(spoken, *around) + text[end:]
        return text if only else self._initials.read(text)

    def _split(self, word: str) -> list[str] | None:
        """切成最少的音节；切不开为 `None`。"""
        best: list[list[str] | None] = [[]]
        for end in range(1, len(word) + 1):
            found: list[str] | None = None
            for start in range(max(0, end - self._longest), end):
                before, sound = best[start], word[start:end]
                if before is None or sound not in self._spelt:
                    continue
                if found is None or len(before) + 1 < len(found):
                    found = [*before, sound]
            best.append(found)
        return best[-1]

    def _spell(self, sounds: list[str], before: str = "", after: str = "") -> str:
        """最可能的字；前后挨着的字也看。"""
        paths = {before if _is_character(before) else "": (0.0, "")}
        for sound in sounds:
            longer: dict[str, tuple[float, str]] = {}
            for char in self._spelt[sound]:
                longer[char] = max(
                    (score + self._chance(last, char), words + char)
                    for last, (score, words) in paths.items()
                )
            paths = longer
        if _is_character(after) and self._single[after]:
            paths = {
                last: (score + self._chance(last, after), words)
                for last, (score, words) in paths.items()
            }
        return max(paths.values())[1]

    def _chance(self, last: str, char: str) -> float:
        """一个字后面接另一个字的对数概率。"""
        pair = self._pairs[last + char] if last else 0
        if pair:
            return math.log(pair / self._single[last])
        return math.log(self._single[char] / self._total) + (_UNSEEN if last else 0.0)


def _runs(
    text: str, words: Sequence[re.Match[str]], split: Sequence[list[str] | None]
) -> list[tuple[int, int, list[str]]]:
    """连着的几个拼音（中间只隔空白）：从哪到哪，是哪些音节。"""
    runs: list[tuple[int, int, list[str]]] = []
    for word, sounds in zip(words, split, strict=True):
        if sounds is None:
            continue
        if runs and not text[runs[-1][1] : word.start()].strip():
            start, _, earlier = runs.pop()
            runs.append((start, word.end(), [*earlier, *sounds]))
        else:
            runs.append((word.start(), word.end(), sounds))
    return runs


def _is_character(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"
