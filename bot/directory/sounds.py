"""名称的音：把文字切成带读音的单位，算两串单位差多少，接住同音、近音、漏字、颠倒。"""

import itertools
import operator
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from bot.text import tokens
from bot.text.pinyin import is_han, readings

HOMOPHONE = 0.1
NEAR_SOUND = 0.25
LATIN_TYPO = 0.3
SWAPPED = 0.4
SCRAMBLED = 0.45
MISSING = 0.45
REPEATED = 0.3
EXTRA = 0.9
GLUE = 0.1
"""一个虚字（与、和、及、的）多了或少了。"""
ALIEN = MISSING + EXTRA
"""换成了不相干的字：多半是另一个名称，不是错字。"""

MOST_INITIALS = 64
"""多音字多的名称，首字母的读法最多留这么多种。"""
SHORT_NAME = 4
SHORTEST_SPELLED = 4
LONGEST_PREFIX = 4
LONG_PART = 4
"""同音的一段至少这么长，才不是碰巧。"""

_GLUE = frozenset("与和及的于")
_NEAR = (
    (re.compile(r"^([zcs])h"), r"\1"),
    (re.compile(r"^[nr](?=[aeiouv])"), "l"),
    (re.compile(r"^f|^hu(?=[aio])"), "h"),
    (re.compile(r"([aei])ng$"), r"\1n"),
)


class Unit(NamedTuple):
    """一个字与它的读音；只给了拼音时 `char` 为空，字母数字两者相同。"""

    char: str
    sound: str


def units(text: str) -> tuple[Unit, ...]:
    """切成单位；`text` 是规整过的。四个字母以上且能拼读的字母串按拼音切开。"""
    found: list[Unit] = []
    for piece in tokens(text):
        if is_han(piece):
            found.append(Unit(piece, readings(piece)[0]))
        else:
            found.extend(_letters(piece))
    return tuple(found)


def sound_of(piece: str) -> str:
    """一个字的读音，近音并为一个；字母、数字照抄。"""
    return _near(readings(piece)[0]) if is_han(piece) else piece


def spell(letters: str) -> tuple[str, ...]:
    """把一串字母切成拼音音节，音节少的优先；切不开则为空。"""
    known = _syllables()
    best: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(1, len(letters) + 1):
        endings = [
            (*best[start], letters[start:end])
            for start in range(max(0, end - 6), end)
            if start in best and letters[start:end] in known
        ]
        if endings:
            best[end] = min(endings, key=len)
    return best.get(len(letters), ())


def initials(text: str) -> set[str]:
    """每个字读音的首字母，字母与数字照抄；有多音字就有几种。"""
    found = [""]
    for piece in tokens(text):
        letters = list(dict.fromkeys(sound[0] for sound in readings(piece))) or [piece]
        if len(found) * len(letters) > MOST_INITIALS:
            del letters[1:]
        found = [begun + letter for begun in found for letter in letters]
    return set(found)


def grams(named: Sequence[Unit]) -> set[str]:
    """供粗选的读音一元、二元组；近音并为一个。"""
    near = [_near(unit.sound) for unit in named]
    return {*near, *(f"{a} {b}" for a, b in itertools.pairwise(near))}


def allowance(length: int, *, is_word: bool = False) -> float:
    """这么长的名称，差多少仍算同一个。

    短的差一处就可能是别的词，更严；`is_word` 是本来就像日常的词的，只许同音与颠倒。
    """
    if length <= SHORT_NAME:
        return (0.1 if is_word else 0.12) * length
    return min(0.15 * length, 1.3)


def distance(asked: Sequence[Unit], name: Sequence[Unit]) -> float:
    """把问的改成名称要付多少；带相邻颠倒的加权编辑距离。

    字都一样、只是次序乱了的，另有一个固定的价。
    """
    before: list[float] = []
    missing = [_missing(unit) for unit in name]
    above = [0.0, *itertools.accumulate(missing)]
    for i, unit in enumerate(asked):
        extra = _extra(asked, i)
        row = [above[0] + extra]
        for j, other in enumerate(name):
            cost = above[j] if unit == other else above[j] + _exchange(unit, other)
            cost = min(cost, above[j + 1] + extra, row[j] + missing[j])
            if i and j and _same(unit, name[j - 1]) and _same(asked[i - 1], other):
                wrong = _exchange(unit, name[j - 1]) + _exchange(asked[i - 1], other)
                cost = min(cost, before[j - 1] + SWAPPED + wrong)
            row.append(cost)
        before, above = above, row
    if above[-1] > SCRAMBLED and sorted(asked) == sorted(name):
        return SCRAMBLED
    return above[-1]


def contains(name: Sequence[Unit], part: Sequence[Unit]) -> tuple[bool, bool]:
    """（整段相连地出现，按次序跳着出现）；够长时同音也算出现，短的要字字相同。"""
    size = len(part)
    same = _same if size >= LONG_PART or _is_spelled(part) else operator.eq
    joined = any(
        all(same(a, b) for a, b in zip(part, name[start:], strict=False))
        for start in range(len(name) - size + 1)
    )
    if joined:
        return True, True
    rest = iter(name)
    return False, all(any(same(unit, other) for other in rest) for unit in part)


def shared(asked: Sequence[Unit], name: Sequence[Unit]) -> float:
    """问的有几成字也在名称里；只有音同的不算。"""
    chars = {unit.char for unit in name}
    sounds = {unit.sound for unit in name}
    known = [
        unit.char in chars if unit.char else unit.sound in sounds for unit in asked
    ]
    return sum(known) / len(known)


def _letters(piece: str) -> list[Unit]:
    """一串字母或数字；能拼读的按拼音切开，前面带着英文词的（webqianduan）也切。"""
    if len(piece) < SHORTEST_SPELLED or not piece.isalpha():
        return [Unit(piece, piece)]
    for start in range(LONGEST_PREFIX + 1):
        rest = piece[start:]
        if len(rest) < SHORTEST_SPELLED or not (spelled := spell(rest)):
            continue
        head = [Unit(piece[:start], piece[:start])] if start else []
        return [*head, *(Unit("", syllable) for syllable in spelled)]
    return [Unit(piece, piece)]


def _is_spelled(part: Sequence[Unit]) -> bool:
    return all(unit.char == "" for unit in part)


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    sounds = {readings(chr(code))[0] for code in range(0x4E00, 0x9FA6)}
    return frozenset(s for s in sounds if s.isascii() and (len(s) > 1 or s in "ae"))


@lru_cache(maxsize=4096)
def _near(sound: str) -> str:
    for pattern, standard in _NEAR:
        sound = pattern.sub(standard, sound)
    return sound


def _same(a: Unit, b: Unit) -> bool:
    return a.sound == b.sound or (a.char != "" and a.char == b.char)


@lru_cache(maxsize=1 << 17)
def _exchange(a: Unit, b: Unit) -> float:
    if a == b or (a.char and a.char == b.char):
        return 0.0
    if a.sound == b.sound:
        return HOMOPHONE if a.char and b.char else 0.0
    if a.sound in readings(b.char) or b.sound in readings(a.char):
        # 多音字里有罕用的读音，两边都写了字就不当作同音
        return NEAR_SOUND if a.char and b.char else HOMOPHONE
    if is_han(a.char) or is_han(b.char):
        return NEAR_SOUND if _near(a.sound) == _near(b.sound) else ALIEN
    if a.char.isdigit() or b.char.isdigit() or max(len(a.sound), len(b.sound)) < 3:
        return ALIEN
    return LATIN_TYPO if OSA.distance(a.sound, b.sound) <= 1 else ALIEN


@lru_cache(maxsize=16384)
def _missing(unit: Unit) -> float:
    if unit.char in _GLUE:
        return GLUE
    return MISSING if is_han(unit.char) else EXTRA


def _extra(asked: Sequence[Unit], i: int) -> float:
    if asked[i].char in _GLUE:
        return GLUE
    if asked[i].char and not is_han(asked[i].char):
        return ALIEN
    repeats = any(asked[i] == asked[k] for k in (i - 1, i + 1) if 0 <= k < len(asked))
    return REPEATED if repeats else EXTRA
