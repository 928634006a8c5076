"""一条消息由谁来答：先是进行中的对话，再是口令，最后当作提问。"""

import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from bot import wording
from bot.access import Role
from bot.messages import Message, Reply

if TYPE_CHECKING:
    from bot.assistant import Assistant

Handler: TypeAlias = Callable[["Assistant", Message], Awaitable[Reply | None]]
"""处理一条消息；返回 `None` 表示这条不归它管，交给下一个。"""
WordHandler: TypeAlias = Callable[["Assistant", Message, str], Awaitable[Reply | None]]
"""处理一个口令；第三个参数是口令后面的文字。"""
Hook: TypeAlias = Callable[["Assistant"], Awaitable[None]]

_SEPARATOR = r"[\s:：,，]"
_REFUSALS = {
    Role.SECRETARIAT: wording.SECRETARIAT_ONLY,
    Role.SUPERUSER: wording.SUPERUSER_ONLY,
}
LONGEST_QUESTION = 2_000
"""再长的话不会是一个问题；口令后面的正文（如广播）可以更长。"""
LONGEST_MESSAGE = 20_000
"""再长的一概不看：没有人这样说话，看它只会耽误别人。"""


@dataclass(frozen=True, slots=True)
class Word:
    """一个口令。

    参数:
        names: 写法，第一个是正式的
        usage: 帮助里的一行；空的不列出
        role: 至少要有的角色
        glued: 后面的文字可以不隔开，如 `绑定地区广西`
    """

    names: tuple[str, ...]
    handler: WordHandler
    usage: str
    role: Role
    glued: bool


@dataclass(slots=True)
class Routes:
    """一个插件登记的全部入口。"""

    words: list[Word] = field(default_factory=list)
    dialogues: list[tuple[int, Handler]] = field(default_factory=list)
    questions: list[Handler] = field(default_factory=list)
    starters: list[Hook] = field(default_factory=list)
    stoppers: list[Hook] = field(default_factory=list)

    def word(
        self,
        *names: str,
        usage: str = "",
        role: Role = Role.EVERYONE,
        glued: bool = False,
    ) -> Callable[[WordHandler], WordHandler]:
        """登记一个口令。"""

        def register(handler: WordHandler) -> WordHandler:
            self.words.append(Word(names, handler, usage, role, glued))
            return handler

        return register

    def dialogue(self, order: int = 50) -> Callable[[Handler], Handler]:
        """登记一种进行中的对话；`order` 小的先问。"""

        def register(handler: Handler) -> Handler:
            self.dialogues.append((order, handler))
            return handler

        return register

    def question(self, handler: Handler) -> Handler:
        """登记提问的处理者。"""
        self.questions.append(handler)
        return handler

    def on_start(self, hook: Hook) -> Hook:
        """登记启动后要做的事。"""
        self.starters.append(hook)
        return hook

    def on_stop(self, hook: Hook) -> Hook:
        """登记停止前要做的事。"""
        self.stoppers.append(hook)
        return hook


class Router:
    """把各插件的入口合在一起，为每条消息找到处理者。"""

    def __init__(self, routes: Iterable[Routes]) -> None:
        collected = list(routes)
        self.words = [word for item in collected for word in item.words]
        pairs = [pair for item in collected for pair in item.dialogues]
        self._dialogues = [handler for _, handler in sorted(pairs, key=lambda p: p[0])]
        self._questions = [handler for item in collected for handler in item.questions]
        self.starters = [hook for item in collected for hook in item.starters]
        self.stoppers = [hook for item in collected for hook in item.stoppers]
        self._by_name: dict[str, list[Word]] = {}
        for word in self.words:
            for name in word.names:
                self._by_name.setdefault(name.lower(), []).append(word)
        longest_first = sorted(self._by_name, key=len, reverse=True)
        names = "|".join(re.escape(name) for name in longest_first)
        self._pattern = re.compile(rf"[/／]?({names})" if names else r"(?!)", re.I)

    async def handle(self, assistant: "Assistant", message: Message) -> Reply | None:
        """处理一条消息，返回要发的回复；`None` 表示沉默。"""
        if len(message.text) > LONGEST_MESSAGE:
            return _too_long(message)
        for dialogue in self._dialogues:
            if (reply := await dialogue(assistant, message)) is not None:
                return reply
        matched, reply = await self._command(assistant, message)
        if matched:
            return reply
        if len(message.text) > LONGEST_QUESTION:
            return _too_long(message)
        for question in self._questions:
            if (reply := await question(assistant, message)) is not None:
                return reply
        return None

    async def _command(
        self, assistant: "Assistant", message: Message
    ) -> tuple[bool, Reply | None]:
        match = self._pattern.match(message.text)
        if match is None:
            return False, None
        rest = message.text[match.end() :]
        separated = not rest or re.match(_SEPARATOR, rest) is not None
        role = assistant.access.rights(message.person).role
        for word in self._by_name[match[1].lower()]:
            if not (separated or word.glued):
                continue
            if role < word.role:
                refusal = _REFUSALS[word.role].format(word=word.names[0])
                return True, Reply(refusal) if message.addressed else None
            argument = re.sub(rf"^{_SEPARATOR}+", "", rest).rstrip()
            reply = await word.handler(assistant, message, argument)
            if reply is not None:
                return True, reply
        return False, None


def _too_long(message: Message) -> Reply | None:
    return Reply(wording.TOO_LONG) if message.addressed else None
