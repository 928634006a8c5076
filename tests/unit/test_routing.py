"""路由：对话、口令、提问的先后与权限。"""

from dataclasses import dataclass
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.access import Rights, Role
from bot.assistant import Assistant
from bot.messages import Message, Person, Reply
from bot.routing import LONGEST_QUESTION, Router, Routes
from bot.words import LONGEST_MESSAGE

from .conftest import message


@dataclass
class Listener:
    """只会认角色、在听有没有出声的助手。"""

    role: Role

    @property
    def access(self) -> "Listener":
        return self

    @property
    def desk(self) -> "Listener":
        return self

    @property
    def clerk(self) -> "Listener":
        return self

    def rights(self, person: Person) -> Rights:
        return Rights(self.role)

    def did(self, message: Message, reply: Reply) -> None:
        pass

    def spoke(self, message: Message) -> None:
        pass


def assistant(role: Role = Role.EVERYONE) -> Assistant:
    """路由用得到的那一点。"""
    return cast(Assistant, Listener(role))


@pytest.fixture
def router() -> Router:
    """几个口令、两种对话、一个提问。"""
    routes = Routes()

    @routes.word("教", "teach", usage="教 问题 = 答案", role=Role.SECRETARIAT)
    async def teach(_: Any, message: Message, argument: str) -> Reply:
        return Reply(f"教:{argument}")

    @routes.word("教学", glued=True)
    async def course(_: Any, message: Message, argument: str) -> Reply:
        return Reply(f"教学:{argument}")

    @routes.word("查")
    async def pass_by(_: Any, message: Message, argument: str) -> Reply | None:
        return None

    @routes.word("查", role=Role.SUPERUSER)
    async def look_up(_: Any, message: Message, argument: str) -> Reply:
        return Reply(f"查:{argument}")

    @routes.desk
    async def late(_: Any, message: Message) -> Reply | None:
        return Reply("后") if message.text.startswith("对话") else None

    @routes.dialogue
    async def early(_: Any, message: Message) -> Reply | None:
        return Reply("先") if message.text == "对话" else None

    @routes.question
    async def ask(_: Any, message: Message) -> Reply:
        return Reply(f"问:{message.text}")

    return Router([routes])


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("教 甲 = 乙", "教:甲 = 乙"), ("/教 甲", "教:甲"), ("／教：甲", "教:甲"),
        ("教，甲 ", "教:甲"), ("TEACH\n甲\n乙", "教:甲\n乙"), ("教", "教:"),
        ("教学甲", "教学:甲"), ("教学 甲", "教学:甲"),
        ("教书", "问:教书"), ("请教 甲", "问:请教 甲"), ("//教 甲", "问://教 甲"),
        ("对话", "先"), ("对话二", "后"), ("甲", "问:甲"),
    ],
)  # fmt: skip
async def test_who_answers(router: Router, said: str, answer: str) -> None:
    reply = await router.handle(assistant(Role.SECRETARIAT), message(said))
    assert reply is not None
    assert reply.text == answer


async def test_refusal_is_polite_or_silent(router: Router) -> None:
    addressed = await router.handle(assistant(), message("teach 甲"))
    assert addressed is not None
    assert addressed.text.startswith("「教」只有秘书处能用")
    assert await router.handle(assistant(), message("教 甲", addressed=False)) is None


async def test_a_handler_that_passes_leaves_it_to_the_next(router: Router) -> None:
    reply = await router.handle(assistant(Role.SUPERUSER), message("查 甲"))
    assert reply is not None
    assert reply.text == "查:甲"


async def test_endless_text_is_not_a_question(router: Router) -> None:
    endless = "长" * (LONGEST_QUESTION + 1)
    answered = await router.handle(assistant(), message(endless))
    assert answered is not None
    assert "太长" in answered.text
    assert await router.handle(assistant(), message(endless, addressed=False)) is None
    taught = await router.handle(assistant(Role.SUPERUSER), message(f"教 {endless}"))
    assert taught is not None
    assert taught.text == f"教:{endless}"
    refused = await router.handle(
        assistant(Role.SUPERUSER), message(f"教 {'长' * LONGEST_MESSAGE}")
    )
    assert refused is not None
    assert "太长" in refused.text


async def test_one_character_that_is_many_counts_as_many(router: Router) -> None:
    answered = await router.handle(assistant(), message("\ufdfa" * 500))
    assert answered is not None
    assert "太长" in answered.text


async def test_word_says_how_much_may_follow_it() -> None:
    routes = Routes()

    @routes.word("找", longest=3)
    async def find(_: Assistant, __: Message, argument: str) -> Reply:
        return Reply(f"找:{argument}")

    router = Router([routes])
    found = await router.handle(assistant(), message("找 一二三"))
    assert found is not None
    assert found.text == "找:一二三"
    refused = await router.handle(assistant(), message("找 一二三四"))
    assert refused is not None
    assert "太长" in refused.text
    whispered = message("找 一二三四", addressed=False)
    assert await router.handle(assistant(), whispered) is None


async def test_without_any_routes_everything_is_silence() -> None:
    assert await Router([]).handle(assistant(), message("教 甲")) is None


@given(st.text())
async def test_any_text_gets_somewhere(text: str) -> None:
    routes = Routes()

    @routes.word("(a|b)*", "教.", glued=True)
    async def word(_: Any, message: Message, argument: str) -> Reply:
        return Reply("口令")

    @routes.question
    async def ask(_: Any, message: Message) -> Reply:
        return Reply("问")

    reply = await Router([routes]).handle(assistant(), message(text))
    assert reply is not None
    body = text[1:] if text[:1] in ("/", "／") else text
    is_word = body.lower().startswith(("(a|b)*", "教."))
    assert reply.text == ("口令" if is_word else "问")
