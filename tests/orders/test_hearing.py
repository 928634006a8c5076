"""听是要办哪件事：带着的学习结果是新的，提问和闲聊不当作要办事。"""

from pathlib import Path

import pytest

from bot.answering.retrieval import fingerprint
from bot.answering.retrieval.shipped import load
from bot.assistant import Assistant
from bot.knowledge import Lexicon
from bot.messages import Message, Person, Place, PlaceKind
from bot.orders import LEARNT_ORDERS, ORDERS, Hearing
from bot.orders.blanks import blank
from tests.conftest import PROJECT

KNOWLEDGE = PROJECT / "knowledge"
FEWEST = 30


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(KNOWLEDGE / "lexicon")


def test_what_was_learnt_is_of_these_phrasings(lexicon: Lexicon) -> None:
    path = KNOWLEDGE / LEARNT_ORDERS
    hearing = Hearing(lexicon.orders, lexicon.regions, Path("nowhere"), path)
    units = hearing.units()
    assert load(path, fingerprint(units), units) is not None


def test_every_order_is_said_in_many_ways_by_several_hands(lexicon: Lexicon) -> None:
    for order, hands in lexicon.orders.orders.items():
        assert sum(map(len, hands.values())) >= FEWEST, order
    said = {*lexicon.orders.orders}
    assert {*ORDERS} <= said
    # 查证书、查机构另有人答，例句只用来分清
    assert said - {*ORDERS} == {"certificates-list", "organisation-find"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("窗口3延到6月20日", "窗口1延到12月5号"),
        ("教你一条：说明会几点开？答：下午三点", "教你一条：食堂在哪"),
        ("给20001授权，广西的", "给30005授权，山东的"),
        ("桂东示例职业技术学院双周报已交", "桂西样例学院双周报已交"),
        ("BIM的电话换成010-12345678", "BIM的电话换成13900001111"),
    ],
)
def test_what_varies_is_blanked(lexicon: Lexicon, one: str, other: str) -> None:
    assert blank(one, lexicon.regions) == blank(other, lexicon.regions)


def _message(text: str, user: str, *, addressed: bool = True) -> Message:
    from bot import clock

    group = Place("qq", PlaceKind.GROUP, "1")
    person = Person("qq", user)
    return Message("10001", group, person, text, "m", addressed, clock.now())


def _taken(assistant: Assistant, texts: list[str], **said: bool) -> list[str]:
    """其中当作要办事的。"""
    meant = [
        (text, assistant.clerk.meant(_message(text, "40001", **said))) for text in texts
    ]
    return [text for text, found in meant if found and found.taken]


async def test_questions_are_not_orders(shipped: Assistant) -> None:
    """知识里各人的问法，抽样听一遍。"""
    assert _taken(shipped, shipped.knowledge.asked()[::53]) == []


async def test_chatter_is_rarely_an_order(shipped: Assistant) -> None:
    """闲聊对着助手说，也很少当真。"""
    chatter = shipped.lexicon.chatter.chatter[::11]
    assert len(_taken(shipped, chatter)) <= len(chatter) // 50
    assert _taken(shipped, chatter, addressed=False) == []


async def test_nothing_unaddressed_is_heard_from_others(shipped: Assistant) -> None:
    for text in ("谁导出一下表格发我", "导出登记", "恢复双周报"):
        assert shipped.clerk.meant(_message(text, "40001", addressed=False)) is None


@pytest.mark.parametrize(
    "text", ["怎么登记双周报", "导出的表发给谁", "双周报什么时候交", "登记要盖章吗"]
)
async def test_a_question_about_an_order_stays_a_question(
    shipped: Assistant, text: str
) -> None:
    assert shipped.clerk.meant(_message(text, "40001")) is None


@pytest.mark.parametrize(
    "text",
    [
        "双周报暂停了的话，之前欠的还要补吗？",
        "如果把双周报停了，欠的要不要补",
        "把登记撤销了以后还能再登吗",
        "提醒恢复了吗？",
        "窗口删掉的话老师们看得到吗",
    ],
)
async def test_asking_about_a_change_changes_nothing(
    shipped: Assistant, text: str
) -> None:
    message = _message(text, "40001")
    await shipped.access.grant(message.person, "广西", Person("qq", "1"))
    assert shipped.clerk.meant(message) is None


@pytest.mark.parametrize(
    "text",
    ["能不能帮我把双周报停一下？", "把双周报先停一停好吗", "双周报可以帮我先停一停吗"],
)
async def test_a_request_may_sound_like_a_question(
    shipped: Assistant, text: str
) -> None:
    message = _message(text, "40002")
    await shipped.access.grant(message.person, "广西", Person("qq", "1"))
    meant = shipped.clerk.meant(message)
    assert meant is not None
    assert meant.order.name == "report-pause"
