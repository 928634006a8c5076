"""只有一种说法的（刚教的）夹在说法多的中间，换个说法也找得到。

`taught.txt` 是四十条编出来的教，各带几种陌生人的问法；只用来开发，不作盲测。
"""

from dataclasses import replace
from pathlib import Path

from bot.answering.retrieval import Matcher, Unit
from bot.assistant import Assistant

EVERY = 4
ASKED = 5
LESSONS = Path(__file__).with_name("taught.txt")


def test_a_single_wording_is_not_drowned(shipped: Assistant) -> None:
    matcher = shipped.faq.matcher
    taught = {unit.key: unit for unit in matcher.units[::EVERY]}
    lean = matcher.with_units(
        [_lean(u) if u.key in taught else u for u in matcher.units]
    )
    asked = [
        (text, key)
        for key, unit in taught.items()
        for text in unit.texts[1 :: max(1, len(unit.texts) // ASKED)]
    ]
    first, near = _found(lean, asked)
    assert first > 0.5
    assert near > 0.7


def test_lessons_are_found_by_strangers(shipped: Assistant) -> None:
    """教的是知识里没有过的事，问的人用自己的话。"""
    matcher = shipped.faq.matcher
    fold = matcher.equivalents.fold
    lessons = _lessons()
    units = [Unit(text, ("local",), (fold(text),)) for text in lessons]
    asked = [(text, key) for key, ways in lessons.items() for text in ways]
    first, near = _found(matcher.with_units([*matcher.units, *units]), asked)
    assert first > 0.55
    assert near > 0.75


def _found(matcher: Matcher, asked: list[tuple[str, str]]) -> tuple[float, float]:
    """首选就是的、前三个里有的各占多少。"""
    keys = [[hit.unit.key for hit in matcher.rank(text, 3).hits] for text, _ in asked]
    pairs = list(zip(keys, (key for _, key in asked), strict=True))
    first = sum(found[0] == key for found, key in pairs)
    return first / len(asked), sum(key in found for found, key in pairs) / len(asked)


def _lessons() -> dict[str, list[str]]:
    """教的问题 → 别人怎样问。"""
    lessons: dict[str, list[str]] = {}
    for line in LESSONS.read_text("utf-8").splitlines():
        if line.startswith("  "):
            lessons[[*lessons][-1]].append(line.strip())
        else:
            lessons[line.partition(" = ")[0]] = []
    return lessons


def _lean(unit: Unit) -> Unit:
    return replace(unit, texts=unit.texts[:1], authors=unit.authors[:1])
