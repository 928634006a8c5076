"""只有一种说法的（刚教的）夹在说法多的中间，换个说法也找得到。"""

from dataclasses import replace

from bot.answering.retrieval import Unit
from bot.assistant import Assistant

EVERY = 4
ASKED = 5


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
    found = [[hit.unit.key for hit in lean.rank(text, 3).hits] for text, _ in asked]
    first = sum(keys[0] == key for keys, (_, key) in zip(found, asked, strict=True))
    near = sum(key in keys for keys, (_, key) in zip(found, asked, strict=True))
    assert first > 0.5 * len(asked)
    assert near > 0.7 * len(asked)


def _lean(unit: Unit) -> Unit:
    return replace(unit, texts=unit.texts[:1], authors=unit.authors[:1])
