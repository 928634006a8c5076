"""适用范围：几个地区、几个年份各有答案时怎么取。"""

import itertools
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.access import NATIONWIDE
from bot.answering.scope import choose, is_foreign, named_year, pose
from bot.answering.sources import Question
from bot.answering.wording import faq_answer
from bot.assistant import Assistant
from bot.knowledge import Entry, Lexicon, Source
from tests.weighing import weighed

from .conftest import NOON

REGIONS = ("广西", "山东", NATIONWIDE)


def entry(region: str, year: int) -> Entry:
    """某地区某一年的一条。"""
    source = Source(title="通知", short="通知", region=region, year=year)
    return Entry(id=f"{region}-{year}", question="问", answer="答", source=source)


ALL = [entry(region, year) for region, year in itertools.product(REGIONS, (2020, 2022))]
_members = st.lists(st.sampled_from(ALL), min_size=1, unique_by=lambda e: e.id)


def asked(text: str = "什么时候", region: str | None = None) -> Question:
    """一句问话。"""
    return Question(text, region, NOON)


@given(_members, st.sampled_from(["广西", "山东", "湖南"]))
def test_a_known_region_gets_its_own(
    lexicon: Lexicon, members: list[Entry], region: str
) -> None:
    chosen = choose(members, asked(region=region), lexicon)
    held = {item.source.region for item in members}
    best = next((r for r in (region, NATIONWIDE) if r in held), None)
    assert chosen.foreign == (best is None) == is_foreign(chosen.entries, region)
    if best is not None:
        [only] = chosen.entries
        assert only.source.region == best
        years = [m.source.year for m in members if m.source.region == best]
        assert only.source.year == max(years)


@given(_members)
def test_an_unknown_region_gets_one_of_each(
    lexicon: Lexicon, members: list[Entry]
) -> None:
    chosen = choose(members, asked(), lexicon)
    regions = [item.source.region for item in chosen.entries]
    assert sorted(regions) == sorted({item.source.region for item in members})
    assert NATIONWIDE not in regions[:-1]
    assert not chosen.foreign


def test_a_named_year_wins(lexicon: Lexicon) -> None:
    for text in ("2020年的呢", "20年什么时候", "第三批什么时候"):
        chosen = choose(ALL, asked(text, "山东"), lexicon)
        assert [item.id for item in chosen.entries] == ["山东-2020"]
        assert chosen.missing_year is None
    chosen = choose(ALL, asked("2035年什么时候", "山东"), lexicon)
    assert [item.id for item in chosen.entries] == ["山东-2022"]
    assert chosen.missing_year == 2035


def test_a_year_never_takes_it_out_of_the_region(lexicon: Lexicon) -> None:
    members = [entry("广西", 2021), entry("山东", 2022)]
    chosen = choose(members, asked("2022年什么时候", "广西"), lexicon)
    assert [item.id for item in chosen.entries] == ["广西-2021"]
    assert (chosen.foreign, chosen.missing_year) == (False, 2022)


def silent(region: str, year: int, **also: object) -> Entry:
    """某地区某一年的一条，说的是文件没有写。"""
    return entry(region, year).model_copy(update={"section": "一（未载）", **also})


def test_where_the_region_says_nothing_the_nation_stands_in(lexicon: Lexicon) -> None:
    members = [silent("广西", 2021), entry("山东", 2022), entry(NATIONWIDE, 2019)]
    chosen = choose(members, asked(region="广西"), lexicon)
    assert [item.id for item in chosen.entries] == ["广西-2021", "全国-2019"]
    assert not chosen.foreign
    told = faq_answer(chosen, asked(region="广西"), known=True)
    assert told == "答\n——通知 一（未载）\n全国的规定：\n答\n——通知"
    chosen = choose(members, asked(region="山东"), lexicon)
    assert [item.id for item in chosen.entries] == ["山东-2022"]


@pytest.mark.parametrize(
    "national",
    [
        {"answer": "通知没有写这一条。"},
        {"section": "一（未载）"},
        {"until": date(2019, 9, 20)},
        {"answer": "至少50%。"},
    ],
)
def test_what_is_over_or_says_nothing_either_does_not(
    lexicon: Lexicon, national: dict[str, object]
) -> None:
    other = entry(NATIONWIDE, 2019).model_copy(update=national)
    told = silent("广西", 2021, answer="没有写；2019年全国的是50%。")
    chosen = choose([told, other], asked(region="广西"), lexicon)
    assert [item.id for item in chosen.entries] == ["广西-2021"]


def test_the_year_spoken_of_is_kept_to(lexicon: Lexicon) -> None:
    question = replace(asked("要几份", "山东"), topic="2020年几号截止")
    chosen = choose(ALL, question, lexicon)
    assert [item.id for item in chosen.entries] == ["山东-2020"]
    assert chosen.missing_year is None
    asks_other = replace(question, words="2022年要几份")
    [other] = choose(ALL, asks_other, lexicon).entries
    assert other.id == "山东-2022"


def test_a_year_the_nation_says_nothing_of_does_not_leave_the_region(
    lexicon: Lexicon,
) -> None:
    nothing = entry(NATIONWIDE, 2020).model_copy(update={"answer": "手册没有规定。"})
    question = asked("2020年什么时候", "广西")
    chosen = choose([entry("广西", 2021), nothing], question, lexicon)
    assert [item.id for item in chosen.entries] == ["广西-2021"]
    assert chosen.missing_year == 2020


async def test_a_rule_of_the_nation_is_said_to_be_one(shipped: Assistant) -> None:
    entries = shipped.knowledge.entries.values()
    ruled = {e.matter for e in entries if not e.is_national}
    for item in entries:
        question = Question(item.question, "广西", NOON)
        answer = shipped.faq.answer(item.id, question)
        assert answer is not None
        stands_in = item.is_national and not item.says_nothing and item.matter in ruled
        assert answer.text.startswith("广西的文件没有写") == stands_in


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2022年", 2022), ("22年申报", 2022), ("21年级的学生", None), ("3年制", None),
        ("电话0531-20221234", None), ("第二批的", 2019), ("什么时候", None),
        ("去年的", NOON.year - 1), ("今年的", NOON.year),
    ],
)  # fmt: skip
def test_years_in_a_question(lexicon: Lexicon, text: str, year: int | None) -> None:
    assert named_year(asked(text), lexicon) == year


def test_a_region_in_the_text_beats_the_group(lexicon: Lexicon) -> None:
    question = pose("青岛的学校几号截止", "广西", NOON, lexicon)
    assert (question.region, question.named_region) == ("山东", "山东")
    assert pose("几号截止", "广西", NOON, lexicon).region == "广西"


@pytest.mark.parametrize("region", ["广西", "山东", "湖南"])
def test_no_region_ever_gets_another_ones_answer_as_its_own(
    shipped: Assistant, region: str
) -> None:
    """真实知识的每一条：在别的地区问它，要么有本地或全国的答案，要么注明出处。"""
    labelled = 0
    for item in shipped.knowledge.entries.values():
        question = Question(item.question, region, NOON)
        for candidate in weighed(shipped.faq, question):
            answer = shipped.faq.answer(candidate.key, question)
            assert answer is not None
            used = [shipped.knowledge.entries[i] for i in answer.entries]
            if {e.source.region for e in used} <= {region, NATIONWIDE}:
                assert "【" not in answer.text.splitlines()[0]
                continue
            labelled += 1
            assert answer.text.startswith(f"没有{region}的资料")
            for e in used:
                assert f"【{e.source.region}】{e.answer}" in answer.text
    assert labelled > 0
