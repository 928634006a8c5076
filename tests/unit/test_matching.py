"""检索与把关：用真实知识训练出来的检索器。"""

import pickle
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering import Outcome, Question
from bot.answering.retrieval import EVIDENCE, Unit, fingerprint, make_units
from bot.answering.retrieval.corpus import flatten
from bot.answering.retrieval.index import Asked, Encoder, build_index
from bot.assistant import Assistant
from bot.knowledge import Entry
from bot.text import fold
from tests.weighing import weighed

from .conftest import NOON

CHATTER = ("收到", "好的谢谢老师", "中午吃什么", "明天八点集合", "[玫瑰]", "哈哈哈")


def decide(assistant: Assistant, text: str, *, addressed: bool) -> Outcome:
    """对一句话的裁决。"""
    question = Question(text, None, NOON)
    return assistant.conversation.arbiter.decide(question, addressed=addressed).outcome


@pytest.mark.parametrize("text", CHATTER)
def test_chatter_is_silence(shipped: Assistant, text: str) -> None:
    assert decide(shipped, text, addressed=False) is Outcome.SILENT


def test_a_known_wording_finds_its_own_entry(shipped: Assistant) -> None:
    """照知识里的说法一字不差地问，首选一定是它自己。"""
    matcher = shipped.faq.matcher
    astray = [
        text
        for unit in matcher.units
        for text in unit.texts
        if text not in matcher.rank(text, 1).hits[0].unit.texts
    ]
    assert astray == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gets_sane_figures(shipped: Assistant, text: str) -> None:
    ranking = shipped.faq.matcher.rank(text)
    assert 0 <= ranking.judgement.ours <= 1
    assert 0 <= ranking.judgement.present <= 1
    assert len(ranking.facts) == len(EVIDENCE)
    scores = [hit.score for hit in ranking.hits]
    assert scores == sorted(scores, reverse=True)
    for candidate in weighed(shipped.faq, Question(text, None, NOON)):
        assert 0 <= candidate.confidence <= 1


def test_new_entries_are_found_before_retraining(shipped: Assistant) -> None:
    matcher = shipped.faq.matcher
    taught = Unit("#x", ("local-1",), (fold("鬯魆灪龗在几楼"),))
    wider = matcher.with_units([*matcher.units, taught])
    assert wider.rank("鬯魆灪龗在几楼").hits[0].unit == taught
    before, after = (m.rank("360浏览器打不开").hits[0] for m in (matcher, wider))
    assert after.unit == before.unit


def test_only_what_changed_is_computed(
    shipped: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """教一条只算这一条，多少条目都一样；撤掉一条什么都不算。"""
    matcher = shipped.faq.matcher
    computed: list[str] = []
    ask = Encoder.ask

    def counting(encoder: Encoder, text: str) -> Asked:
        computed.append(text)
        return ask(encoder, text)

    monkeypatch.setattr(Encoder, "ask", counting)
    first, second, *others = matcher.units
    longer = replace(first, texts=(*first.texts, "新说法"))
    taught = Unit("#x", ("local-1",), ("新问题",))
    matcher.with_units(matcher.units[:-1])
    assert computed == []
    matcher.with_units([second, longer, *others, taught])
    assert computed == 2 * [*longer.texts, "新问题"]


def test_renewing_gives_what_building_gives(shipped: Assistant) -> None:
    """照搬的与从头算的一样：次序换过、少了、多了都行。"""
    matcher = shipped.faq.matcher
    first, second, *others = matcher.units
    units = [*others, replace(first, texts=(*first.texts, "新说法")), second]
    texts, owners, _ = flatten(units)
    for index in matcher.with_units(units).indexes:
        encoder = index.encoder
        missing = len(encoder.idf) - len(encoder.basis)
        padded = replace(encoder, basis=np.pad(encoder.basis, ((0, missing), (0, 0))))
        built = build_index(padded, padded.ask_all(texts), owners, len(units))
        assert (index.by_gram.starts == built.by_gram.starts).all()
        assert (index.by_gram.columns == built.by_gram.columns).all()
        assert np.allclose(index.by_gram.values, built.by_gram.values)
        assert np.allclose(index.bm25.values, built.bm25.values)
        assert np.allclose(index.entry_idf, built.entry_idf)


def test_a_matcher_survives_pickling(shipped: Assistant) -> None:
    matcher = shipped.faq.matcher
    copy = pickle.loads(pickle.dumps(matcher))
    one, other = matcher.rank("佐证材料传什么"), copy.rank("佐证材料传什么")
    assert one.hits == other.hits
    assert (one.facts == other.facts).all()


def test_entries_of_one_topic_make_one_unit(shipped: Assistant) -> None:
    entries = list(shipped.knowledge.entries.values())
    units = make_units(entries)
    assert sorted(i for unit in units for i in unit.members) == sorted(
        entry.id for entry in entries
    )
    topics = {entry.topic for entry in entries if entry.topic}
    lonely = sum(entry.topic is None for entry in entries)
    assert len(units) == len(topics) + lonely


def test_fingerprints_follow_the_wordings(shipped: Assistant) -> None:
    def mark(entries: list[Entry]) -> str:
        return fingerprint(make_units(entries))

    entries = list(shipped.knowledge.entries.values())
    first, *others = entries
    reworded = first.model_copy(update={"variants": (*first.variants, "新说法")})
    answered = first.model_copy(update={"answer": "新答案"})
    assert mark([reworded, *others]) != mark(entries)
    assert mark([answered, *others]) == mark(entries)
