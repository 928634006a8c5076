"""问时间：开着、没开、已过、不知道；闲聊不接话。"""

import csv
from dataclasses import replace
from datetime import datetime

import pytest

from bot import clock
from bot.answering import Question, Turn
from bot.answering.arbiter import ANSWER
from bot.deadlines import DeadlinesSource
from bot.knowledge import Lexicon
from tests.paths import KNOWLEDGE
from tests.weighing import weighed

from .conftest import Bureau
from .test_reminders import ADD, at

LEXICON = Lexicon(KNOWLEDGE / "lexicon")
EVALUATION = KNOWLEDGE.parent / "tests" / "evaluation"


def ask(text: str, region: str | None = None, now: datetime | None = None) -> Question:
    named = LEXICON.regions.find(text)
    return Question(text, named or region, now or clock.now(), named_region=named)


def answer(source: DeadlinesSource, question: Question) -> str:
    (best,) = weighed(source, question)
    assert best.confidence >= 0.5
    found = source.answer(best.key, question)
    assert found
    return found.text


ABOUT_NOW = [
    "现在能申报吗",
    "今年还能申报吗",
    "申报开始了吗",
    "申报截止了没有",
    "申报还有几天截止",
    "离申报截止还有多久",
]
THIS_YEAR = [
    "今年什么时候申报",
    "请问今年啥时候可以申报啊",
    "2027年什么时候申报",
    "下次申报是几号",
]


@pytest.mark.parametrize("text", ABOUT_NOW + THIS_YEAR)
async def test_present_questions_come_first(bureau: Bureau, text: str) -> None:
    (nothing,) = weighed(bureau.source, ask(text, "山东"))
    assert nothing.confidence >= (0.9 if text in ABOUT_NOW else 0.5)
    assert nothing.ours >= 0.8
    await bureau.do(ADD)
    (known,) = weighed(bureau.source, ask(text, "山东"))
    assert known.confidence > max(nothing.confidence, 0.95)


async def test_not_yet_open_and_over(bureau: Bureau) -> None:
    await bureau.do(ADD)
    question = "现在能申报吗"
    before = answer(bureau.source, ask(question, "山东", at("2027-03-01 10:00")))
    assert "还不能申报" in before
    assert "还有 13 天" in before
    during = answer(bureau.source, ask(question, "山东", at("2027-06-01 10:00")))
    assert "能申报" in during
    assert "还有 9 天截止" in during
    assert "来源：鲁教〔2027〕1号" in during
    last = answer(bureau.source, ask("还有几天截止", "山东", at("2027-06-10 10:00")))
    assert "今天截止" in last
    after = answer(bureau.source, ask(question, "山东", at("2027-06-11 00:00")))
    assert "已在2027年6月10日（周四）结束" in after


async def test_history_is_called_over_with_whom_to_ask(bureau: Bureau) -> None:
    text = answer(bureau.source, ask("现在能申报吗", "山东"))
    assert "没有现在或将来的申报安排" in text
    assert "早已结束" in text
    assert "0531-51793642" in text


async def test_another_region_is_never_given_as_ours(bureau: Bureau) -> None:
    await bureau.do(ADD)
    for region in ("广西", "江苏"):
        text = answer(bureau.source, ask("今年什么时候申报", region))
        assert "3月14日" not in text
        assert "没有资料" in text
    side_by_side = answer(bureau.source, ask("今年什么时候申报"))
    assert "山东：" in side_by_side
    assert "广西：没有资料" in side_by_side


async def test_past_years_are_left_to_the_notices(bureau: Bureau) -> None:
    await bureau.do(ADD)
    for text in ("山东2022年申报什么时候", "山东20年申报几号截止"):
        assert all(c.confidence <= 0.45 for c in weighed(bureau.source, ask(text)))


ONLY_TIME = [
    "什么时候开始申报",
    "申报到几号为止",
    "几月几号截止啊",
    "啥时候能报呀",
    "窗口还开着吗",
    "申报还剩几天",
    "现在可以申报1+x了吗",
    "第一次申报是什么时候",
    "申报通道关了没",
]


@pytest.mark.parametrize("text", ONLY_TIME)
async def test_what_is_set_beats_identical_old_notices(
    bureau: Bureau, text: str
) -> None:
    """往年通知里有一模一样的问题，把握可以到九成九；有现在的安排就由这里答。"""
    await bureau.do(ADD)
    (found,) = weighed(bureau.source, ask(text, "山东"))
    assert found.confidence >= 0.95
    assert "2027年3月14日" in answer(bureau.source, ask(text, "山东"))
    assert all(
        candidate.confidence < found.confidence
        for candidate in weighed(bureau.source, ask(text, "广西"))
    )


async def test_a_place_may_go_by_another_name(bureau: Bureau) -> None:
    await bureau.do(ADD)
    assert "2027年3月14日" in answer(bureau.source, ask("青岛现在能申报吗"))
    assert list(weighed(bureau.source, ask("青岛高职现在能申报吗"))) == []


@pytest.mark.parametrize(
    "text",
    [
        "三星级学校能申报吗",
        "没有实训室可以申报吗",
        "技工院校现在能不能申报",
        "今年中职能报几个证书",
        "申报审核什么时候出来",
        "考核计划什么时候申报",
        "申报截止前要盖章吗",
        "平台打不开了吗",
        "双周报截止后还能补交吗",
        "双周报里的数据统计到几号",
        "双周报多久交一次",
        "双周报交给谁",
    ],
)
async def test_other_matters_are_left_to_the_notices(bureau: Bureau, text: str) -> None:
    await bureau.do(ADD)
    await bureau.do("双周报 设置 山东 首次截止 2027-01-08 17:00")
    assert list(weighed(bureau.source, ask(text, "山东"))) == []


async def test_undated_questions_are_left_to_the_notices_when_nothing_is_set(
    bureau: Bureau,
) -> None:
    for text in ("什么时候开始申报", "能申报吗", "双周报周几交", "几号截止"):
        for candidate in weighed(bureau.source, ask(text, "山东")):
            assert candidate.confidence < ANSWER, text


async def test_past_years_stay_with_the_notices_even_when_something_is_set(
    bureau: Bureau,
) -> None:
    await bureau.do(ADD)
    for text in ("2022年什么时候申报", "去年几号截止", "第三批什么时候申报"):
        (found,) = weighed(bureau.source, ask(text, "山东"))
        assert found.confidence < 0.5, text


async def test_make_up_only_while_there_is_one(bureau: Bureau) -> None:
    await bureau.do(ADD)
    question = ask("还能补报吗", "山东", at("2026-11-26 10:00"))
    assert list(weighed(bureau.source, question)) == []
    await bureau.do("窗口 新增 山东 2026年补报 11月20日至12月3日")
    text = answer(bureau.source, question)
    assert "能补报" in text
    assert "2026年补报" in text
    assert "第一次" not in text
    after = ask("申报截止了吗", "山东", at("2026-12-04 09:00"))
    text = answer(bureau.source, after)
    assert text.index("「2026年补报」已在") < text.index("还不能申报")
    assert "2027年3月14日" in text


async def test_a_year_or_a_round_that_is_not_planned(bureau: Bureau) -> None:
    await bureau.do(ADD)
    second = answer(bureau.source, ask("第二次申报什么时候", "山东"))
    assert "没有第二次的安排。知道的有：" in second
    assert "2027年第一次申报" in second
    later = answer(bureau.source, ask("2028年什么时候申报", "山东"))
    assert "没有2028年的安排" in later


async def test_when_to_finish(bureau: Bureau) -> None:
    question = ask("培训考核最晚什么时候做完", "山东")
    assert list(weighed(bureau.source, question)) == []
    await bureau.do("窗口 新增 山东 2027年培训与考核 截至12月31日")
    for text in (question.text, "考核啥时候截止"):
        assert "2027年12月31日" in answer(bureau.source, ask(text, "山东"))
    assert list(weighed(bureau.source, ask("汇总表几号上报", "山东"))) == []


async def test_biweekly_report(bureau: Bureau) -> None:
    unknown = answer(bureau.source, ask("这次双周报什么时候交", "山东"))
    assert "还没有设置" in unknown
    assert weighed(bureau.source, ask("双周报哪天交啊"))[0].confidence < 0.5
    await bureau.do("双周报 设置 山东 首次截止 2027-01-08 17:00")
    for text in (
        "下一次双周报什么时候要交",
        "双周报几号截止",
        "双周报啥时候交",
        "双周报截止时间",
        "双周报周几交",
    ):
        (found,) = weighed(bureau.source, ask(text, "山东"))
        assert found.confidence >= 0.95
        known = answer(bureau.source, ask(text, "山东"))
        assert "2027年1月8日（周五）17:00截止，还有 46 天截止" in known


async def test_only_a_region_after_a_time_question(bureau: Bureau) -> None:
    await bureau.do(ADD)
    turn = Turn("今年什么时候申报", "deadlines", "WHEN", "广西")
    question = Question("那山东呢", "山东", clock.now(), "山东", previous=turn)
    assert "3月14日" in answer(bureau.source, question)


def after(question: str, key: str, said: str, region: str = "山东") -> Question:
    """刚答过时间，接着又问一句。"""
    turn = Turn(said, "deadlines", key, region)
    return replace(ask(question, region), previous=turn)


async def test_the_next_period_and_the_one_after(bureau: Bureau) -> None:
    await bureau.do("双周报 设置 山东 首次截止 2027-01-08 17:00")
    said = "双周报几号截止"
    first = answer(bureau.source, after("再下一次呢", "REPORT", said))
    assert "2027年1月22日" in first
    assert "本期" not in first
    (found,) = weighed(bureau.source, after("那再下一期呢", "REPORT+1", said))
    assert found.key == "REPORT+2"
    assert "2027年2月5日" in answer(bureau.source, after("下下次呢", "REPORT", said))
    assert "2027年1月8日" in answer(bureau.source, after("到几号为止", "REPORT", said))
    assert list(weighed(bureau.source, ask("再下一次呢", "山东"))) == []


async def test_the_window_after_this_one(bureau: Bureau) -> None:
    said = "今年什么时候申报"
    await bureau.do(ADD)
    unknown = answer(bureau.source, after("再下一次呢", "WHEN", said))
    assert "还不知道" in unknown
    assert "3月14日" not in unknown
    await bureau.do("窗口 新增 山东 2027年第二次申报 8月20日至12月20日")
    later = answer(bureau.source, after("再下一次什么时候", "WHEN", said))
    assert "8月20日" in later
    assert "3月14日" not in later


@pytest.mark.parametrize("text", ["到几号为止", "什么时候截止呢", "截止时间呢"])
async def test_the_other_end_of_the_window(bureau: Bureau, text: str) -> None:
    await bureau.do(ADD)
    question = after(text, "WHEN", "几号开始申报")
    assert "6月10日" in answer(bureau.source, question)


@pytest.mark.parametrize(
    "text", ["下次双周报什么时候交", "下次申报是几号", "下一次开会什么时候", "下次注意"]
)
async def test_what_names_its_own_matter_does_not_follow(
    bureau: Bureau, text: str
) -> None:
    await bureau.do(ADD)
    await bureau.do("双周报 设置 山东 首次截止 2027-01-08 17:00")
    alone = [c.key for c in weighed(bureau.source, ask(text, "山东"))]
    for key in ("WHEN", "REPORT"):
        followed = weighed(bureau.source, after(text, key, "几号"))
        assert [c.key for c in followed] == alone


async def test_ambiguous_questions_are_answered_only_when_addressed(
    bureau: Bureau,
) -> None:
    (found,) = weighed(bureau.source, ask("还有几天截止", "山东"))
    assert found.confidence >= 0.5
    assert found.ours >= 0.5


def test_chatter_is_never_answered(bureau: Bureau) -> None:
    lines = (EVALUATION / "chatter.txt").read_text(encoding="utf-8").splitlines()
    answered = [
        line
        for line in lines
        for candidate in weighed(bureau.source, ask(line.strip()))
        if candidate.confidence >= 0.5
    ]
    assert answered == []


def test_other_questions_are_left_to_others(bureau: Bureau) -> None:
    """别的问题里，只有问今年何时申报的归这里答。"""
    ours = {"gen-this-year", "gen-after-2022"}
    for name in ("questions.tsv", "unaddressed.tsv"):
        with (EVALUATION / name).open(encoding="utf-8") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                question = ask(row["question"], row["region"] or None)
                taken = any(
                    c.confidence >= 0.5 for c in weighed(bureau.source, question)
                )
                assert not taken or ours & set(row["expected"].split("|")), row


async def test_ones_own_story_is_not_what_is_asked(bureau: Bureau) -> None:
    await bureau.do(ADD)
    question = ask("去年没报过，今年什么时候申报", "山东")
    assert "3月14日" in answer(bureau.source, question)
