"""怎样写都一样：繁体、全角、看不见的字、“一加叉”、只打拼音、几个问题连着问。"""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.answering import Memory
from bot.answering.pointing import pointed_at
from bot.answering.several import split
from bot.messages import Quote
from bot.text import SoundReader, fold, plain
from bot.text.initials import Initials

from .conftest import NOON, message

SOUNDS = SoundReader(["证书在哪里查", "密码忘了找谁", "佐证材料什么格式", "在哪查证书"])


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("佐證材料要什麼格式", "佐证材料要什么格式"),
        ("１＋Ｘ　试点", "1+X 试点"),
        ("一加叉证书", "1+X证书"),
        ("1十X证书", "1+X证书"),
        ("一加艾克斯", "1+X"),
        ("佐\u200b证\ufe0f材料", "佐证材料"),
        ("佐证材料什么格式呢", "佐证材料什么格式"),
    ],
)
def test_ways_of_writing_are_one(written: str, same: str) -> None:
    assert fold(written) == fold(same)


def test_what_people_read_keeps_its_punctuation() -> None:
    assert plain("格式？PDF，還是JPG！") == "格式？PDF，还是JPG！"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("zhengshu zai na cha", "证书在哪查"),
        ("mima wang le zhao shei", "密码忘了找谁"),
        ("BIM", "BIM"),
        ("hello world", "hello world"),
        ("查zhengshu", "查证书"),
    ],
)
def test_bare_pinyin_is_read(typed: str, read: str) -> None:
    assert SOUNDS.read(typed) == read


TERMS = Initials(
    [
        "秘书处的电话是多少",
        "秘书处在哪里",
        "找秘书处要账号",
        "BIM证书找谁",
        "密码忘了问秘书处",
        "忘了密码",
        "改密码要多久",
        "初始密码是什么",
        "XP能用吗",
    ]
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("msc在哪", "秘书处在哪"),
        ("mm忘了", "密码忘了"),
        ("bim找谁", "bim找谁"),
        ("MM忘了", "MM忘了"),
        ("xp能装吗", "xp能装吗"),
        ("http://mm.com打不开", "http://mm.com打不开"),
        ("qdx是谁", "qdx是谁"),
    ],
)
def test_initials_are_read_as_the_usual_word(typed: str, read: str) -> None:
    assert TERMS.read(typed) == read


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("怎么注册，另外佐证要什么格式", ["怎么注册", "佐证要什么格式"]),
        ("传什么格式？最多传几个？", ["传什么格式", "最多传几个"]),
        ("我们学校去年没报过，今年要怎么报", ["我们学校去年没报过，今年要怎么报"]),
        ("都弄好了，谢谢", []),
        ("佐证1什么格式 2最多传几个文件", ["佐证，什么格式", "最多传几个文件"]),
        ("两件事：1、怎么注册 2、佐证要什么格式", ["怎么注册", "佐证要什么格式"]),
        ("省厅的座机发一下，顺便群号也要", ["省厅的座机发一下", "群号也要"]),
        ("1+X什么时候申报 2022年的呢", ["1+X什么时候申报 2022年的呢"]),
        ("第1批 2个证书有哪些", ["第1批 2个证书有哪些"]),
    ],
)
def test_several_questions_are_told_apart(text: str, parts: list[str]) -> None:
    assert split(text) == parts


def test_what_is_quoted_is_asked() -> None:
    memory = Memory(timedelta(minutes=5))
    quote = Quote("1", "佐证材料什么格式")
    asked = replace(message("这个怎么弄？"), quote=quote)
    assert pointed_at(asked, memory, NOON).text == "佐证材料什么格式"
    own = replace(message("报名时间呢"), quote=quote)
    assert pointed_at(own, memory, NOON) is own


def test_a_bare_call_within_a_minute_asks_what_was_just_said() -> None:
    memory = Memory(timedelta(minutes=5))
    called = message("")
    memory.hear(called.place, called.person, "佐证材料什么格式", NOON)
    later = NOON + timedelta(seconds=30)
    assert pointed_at(called, memory, later).text == "佐证材料什么格式"
    assert pointed_at(called, memory, later) is called
    memory.hear(called.place, called.person, "佐证材料什么格式", NOON)
    assert pointed_at(called, memory, NOON + timedelta(minutes=2)).text == ""
