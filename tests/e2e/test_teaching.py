"""秘书处教它：未答、答、教、更正、撤销教，以及老师说没解决。"""

import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing

import pytest

from plugins.sandbox.people import Protocol

from .conftest import MakeProcess
from .stage import COORDINATOR, SECRETARIAT, TEACHER, Chat, Stage, opened

CLEAR = "360浏览器打不开申报平台怎么办？"


@pytest.fixture(scope="module")
async def school(make_small_process: MakeProcess) -> AsyncIterator[Stage]:
    """教学用的舞台，秘书处已授权。"""
    async with opened(make_small_process()) as shared:
        await shared.appoint()
        yield shared


@pytest.fixture(params=list(Protocol))
def chat(request: pytest.FixtureRequest, school: Stage) -> Chat:
    """一个没绑定地区的新群，QQ 与微信各试一遍。"""
    return school.group(request.param)


def number_of(text: str) -> str:
    """回执里的编号。"""
    found = re.search(r"编号 (#\d+)", text)
    assert found, text
    return found[1]


async def unanswered(school: Stage) -> dict[str, str]:
    """秘书处看到的未答问题：问题 → 编号。"""
    listed = await school.private(SECRETARIAT).ask(SECRETARIAT, "未答")
    rows = re.findall(r"^(\d+)\. (.+)（[^（]+，\d\d-\d\d.*）$", listed.text, re.M)
    return {text: number for number, text in rows}


async def test_unknown_question_is_kept_answered_and_learnt(
    school: Stage, chat: Chat, unknown_questions: list[str]
) -> None:
    asker = school.newcomer()
    # 教过别的之后把握会有些变化，多备几个，问到答不上来的为止
    while True:
        unknown = unknown_questions.pop()
        refusal = await chat.ask(asker, unknown)
        if "没有资料" in refusal.text:
            break
    assert "已记下" in refusal.text
    number = (await unanswered(school))[unknown]
    answer = "已请示：按校历安排，四月第三周。"
    receipt = await school.private(SECRETARIAT).ask(
        SECRETARIAT, f"答 {number} {answer}"
    )
    assert "正发回原处" in receipt.text
    posted = await chat.reply(after=refusal.message_id)
    assert chat.mention(asker) in posted.parts
    assert unknown in posted.text
    assert answer in posted.text
    again = await school.private(SECRETARIAT).ask(SECRETARIAT, f"答 {number} 又答")
    assert "已经答过" in again.text
    assert unknown not in await unanswered(school)
    known = await chat.ask(school.newcomer(), unknown)
    assert known.text.startswith(answer)
    assert "秘书处答复" in known.text


async def test_unsolved_answers_are_kept(school: Stage, chat: Chat) -> None:
    question = f"佐证材料传什么格式{'呀' if chat.gateway is school.v11 else '呢'}"
    answered = await chat.ask(TEACHER, question)
    own = await chat.overhear(TEACHER, "没解决")
    assert "已记下" in own.text
    assert question in await unanswered(school)
    detail = "没解决 上传一直转圈"
    quoting = await chat.tell(COORDINATOR, detail, quote=answered.message_id)
    assert "已记下" in (await chat.reply(after=quoting)).text
    assert f"{question}（上传一直转圈）" in await unanswered(school)


async def test_a_question_may_be_struck_off(school: Stage, chat: Chat) -> None:
    answered = await chat.ask(TEACHER, "佐证材料传什么格式")
    detail = f"没解决 划掉测试{chat.place.id}"
    await chat.reply(after=await chat.tell(TEACHER, detail, quote=answered.message_id))
    open_ = await unanswered(school)
    [number] = [open_[text] for text in open_ if f"划掉测试{chat.place.id}" in text]
    desk = school.private(SECRETARIAT)
    gone = await desk.ask(SECRETARIAT, f"未答 划掉 {number}")
    assert "已划掉" in gone.text
    assert not any(
        f"划掉测试{chat.place.id}" in text for text in await unanswered(school)
    )


async def test_nothing_to_be_unsolved(chat: Chat) -> None:
    await chat.silence(COORDINATOR, "没解决")
    assert "引用" in (await chat.ask(COORDINATOR, "没解决")).text


async def test_taught_answer_is_known_at_once_and_can_be_withdrawn(
    school: Stage, chat: Chat
) -> None:
    question = f"线上说明会{chat.place.id}的会议号"
    taught = await chat.overhear(SECRETARIAT, f"教 {question} = 895 662 013")
    number = number_of(taught.text)
    assert (await chat.ask(TEACHER, question)).text.startswith("895 662 013")
    changed = await chat.overhear(SECRETARIAT, f"教 {question}＝改到 771 204")
    assert "895 662 013" in changed.text
    assert (await chat.ask(TEACHER, question)).text.startswith("改到 771 204")
    restored = await chat.overhear(SECRETARIAT, f"撤销教 {number_of(changed.text)}")
    assert "恢复为" in restored.text
    assert (await chat.ask(TEACHER, question)).text.startswith("895 662 013")
    gone = await chat.overhear(SECRETARIAT, f"撤销教 {number}")
    assert "已撤销" in gone.text
    assert "895 662 013" not in (await chat.ask(TEACHER, question)).text
    again = await chat.overhear(SECRETARIAT, f"撤销教 {number}")
    assert "没有编号" in again.text


async def test_correcting_by_quoting_and_restoring(school: Stage, chat: Chat) -> None:
    original = await chat.ask(TEACHER, CLEAR)
    quoting = await chat.tell(
        SECRETARIAT, "更正 请改用新版Edge浏览器。", quote=original.message_id
    )
    corrected = await chat.reply(after=quoting)
    assert "已更正" in corrected.text
    assert "兼容模式" in corrected.text
    now = await chat.ask(TEACHER, CLEAR)
    assert now.text.startswith("【广西】请改用新版Edge浏览器。")
    assert "秘书处更正" in now.text
    number = number_of(corrected.text)
    await chat.ask(SECRETARIAT, f"撤销教 {number}")
    assert (await chat.ask(TEACHER, CLEAR)).text == original.text


async def test_only_answers_can_be_corrected(chat: Chat) -> None:
    asked = await chat.tell(TEACHER, "大家好")
    quoting = await chat.gateway.say(
        chat.place, SECRETARIAT, "更正 别的", at_assistant=True, quote=asked
    )
    assert "引用助手" in (await chat.reply(after=quoting)).text


async def test_side_by_side_answers_are_corrected_at_home(school: Stage) -> None:
    deadline = "申报什么时候截止？"
    elsewhere, home = school.group(), await school.bound("山东")
    both = await elsewhere.ask(TEACHER, deadline)
    quoting = await elsewhere.tell(SECRETARIAT, "更正 改了", quote=both.message_id)
    assert "本地区的群" in (await elsewhere.reply(after=quoting)).text
    one = await home.ask(TEACHER, deadline)
    quoting = await home.tell(SECRETARIAT, "更正 延到2023年", quote=one.message_id)
    number = number_of((await home.reply(after=quoting)).text)
    text = (await elsewhere.ask(TEACHER, deadline)).text
    assert "【山东】延到2023年" in text
    assert "【广西】" in text
    await home.ask(SECRETARIAT, f"撤销教 {number}")


async def test_every_edit_has_who_when_before_and_after(school: Stage) -> None:
    group = await school.bound("广西")
    question = "留痕测试的会议室在几楼"
    first = await group.ask(SECRETARIAT, f"教 {question} = 三楼")
    second = await group.ask(SECRETARIAT, f"教 {question} = 五楼")
    await group.ask(SECRETARIAT, f"撤销教 {number_of(second.text)}")
    with closing(sqlite3.connect(school.process.data / "assistant.db")) as database:
        rows = database.execute(
            "SELECT kind, before, after, platform, user_id, place_id, at IS NOT NULL"
            " FROM edits WHERE entry = ? ORDER BY id",
            (f"local-{number_of(first.text).lstrip('#')}",),
        ).fetchall()
    who = ("qq", "20003", group.place.id, 1)
    assert rows == [
        ("教", None, "三楼", *who),
        ("更正", "三楼", "五楼", *who),
        ("撤销", "五楼", None, *who),
    ]


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("教", "教 问题 = 答案"), ("教 只有问题", "教 问题 = 答案"),
        ("撤销教 甲", "撤销教 12"), ("撤销教 999999", "没有编号 999999"),
        ("答", "答 编号 答案"), ("答 999999 好", "没有编号 999999"),
    ],
)  # fmt: skip
async def test_wrong_usage_is_explained(chat: Chat, said: str, hint: str) -> None:
    # 私聊里还会收到转人工的通知
    assert hint in (await chat.ask(SECRETARIAT, said)).text


async def test_a_lesson_tells_what_else_it_answers(school: Stage, chat: Chat) -> None:
    thing = f"培训说明会{chat.place.id}"
    taught = await chat.overhear(SECRETARIAT, f"教 {thing}几点开 = 周五下午3点，线上")
    assert f"{thing}什么时候开" in taught.text
    assert "按2026年记" in taught.text or "没写年份" in taught.text
    for rewording in (
        f"{thing}几点开呀",
        f"{thing}什么时候开",
        f"周五的{thing}几点开始",
    ):
        assert "下午3点" in (await chat.ask(TEACHER, rewording)).text
    await chat.ask(SECRETARIAT, f"撤销教 {number_of(taught.text)}")


async def test_a_lesson_like_a_known_one_asks_which(school: Stage) -> None:
    home = await school.bound("广西")
    original = (await home.ask(TEACHER, CLEAR)).text
    asked = await home.ask(SECRETARIAT, f"教 {CLEAR}呢 = 请换新版浏览器。")
    assert "像是同一问" in asked.text
    assert "改那条" in asked.text
    changed = await home.ask(SECRETARIAT, "改那条")
    assert "已更正" in changed.text
    assert "请换新版浏览器" in (await home.ask(TEACHER, CLEAR)).text
    await home.ask(SECRETARIAT, f"撤销教 {number_of(changed.text)}")
    assert (await home.ask(TEACHER, CLEAR)).text == original


async def test_several_lessons_at_once_are_refused(chat: Chat) -> None:
    lines = "教 甲问题怎么办 = 找甲\n教 乙问题怎么办 = 找乙"
    refused = await chat.ask(SECRETARIAT, lines)
    assert "2 条" in refused.text
    assert "找甲" not in (await chat.ask(TEACHER, "甲问题怎么办")).text
