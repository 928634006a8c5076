"""忘掉一个人：问过的话、答案的记录与称呼。"""

from dataclasses import replace

from sqlalchemy import select

from bot.answering import DeliveredAnswers, Given, UnansweredQuestions, forget
from bot.messages import Person
from bot.storage import Database
from bot.storage.tables import Delivered, Unanswered
from bot.text import Masker, fold

from .conftest import EDITOR, GROUP, TEACHER, message

PHONE, MAIL, NAME = "13800138000", "Zhang@example.com", "张三丰"
SECRETS = {PHONE: "138****8000", MAIL: "Z***@example.com", NAME: ""}
OTHER_PLATFORM = replace(TEACHER, platform="wechat")


class AsIs(Masker):
    """记下之前还不遮的时候，已经记着的。"""

    def mask(self, text: str) -> str:
        return text


async def _ask(database: Database, person: Person, *texts: str) -> None:
    """没答上过，也答上过。"""
    unanswered = UnansweredQuestions(database, AsIs())
    delivered = DeliveredAnswers(database, AsIs())
    for text in texts:
        asked = replace(message(text), person=person)
        place = replace(GROUP, platform=person.platform)
        await unanswered.add(replace(asked, place=place), text, None)
        delivered.add(place, person, f"m-{text}", Given(text, ()))
    await delivered.close()


async def _forget(database: Database, secrets: dict[str, str]) -> None:
    async with database.write() as session:
        await forget(session, TEACHER, secrets)


async def _left(database: Database) -> tuple[set[tuple[str, str]], set[str]]:
    """（没答上的问题与称呼，答上的问题）。"""
    async with database.read() as session:
        asked = await session.execute(select(Unanswered.text, Unanswered.user_name))
        given = await session.scalars(select(Delivered.question))
        return {(text, name) for text, name in asked}, set(given)


async def test_own_questions_with_personal_data_are_deleted(database: Database) -> None:
    await _ask(database, TEACHER, "张三丰登不上", "13600136000怎么换", "第几页")
    await _forget(database, SECRETS)
    assert await _left(database) == ({("第几页", "")}, {"第几页"})


async def test_others_keep_their_questions_without_the_number(
    database: Database,
) -> None:
    await _ask(
        database, EDITOR, f"{PHONE}是谁的", "zhang@example.com对吗", "张三丰是谁"
    )
    await _forget(database, SECRETS)
    asked, given = await _left(database)
    assert asked == {
        ("138****8000是谁的", EDITOR.name),
        ("Z***@example.com对吗", EDITOR.name),
        ("张三丰是谁", EDITOR.name),
    }
    assert given == {"张三丰是谁"}
    async with database.read() as session:
        rows = (await session.scalars(select(Unanswered))).all()
    assert all(row.folded == fold(row.text) for row in rows)


async def test_the_same_id_elsewhere_is_somebody_else(database: Database) -> None:
    await _ask(database, OTHER_PLATFORM, "张三丰登不上")
    await _forget(database, SECRETS)
    assert await _left(database) == (
        {("张三丰登不上", OTHER_PLATFORM.name)},
        {"张三丰登不上"},
    )


async def test_wildcards_in_a_secret_mean_themselves(database: Database) -> None:
    await _ask(database, EDITOR, "占100%吗", "占1000吗")
    await _forget(database, {"0%": "*"})
    asked, given = await _left(database)
    assert {text for text, _ in asked} == {"占10*吗", "占1000吗"}
    assert given == {"占1000吗"}
