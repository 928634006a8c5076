"""把收到的话变成问话：写法统一，带上地区与说过的。"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.groups import Groups
from bot.knowledge import Lexicon
from bot.messages import Message
from bot.text import SoundReader, plain

from .memory import Memory
from .picking import picked_and_more
from .pointing import pointed_at
from .scope import pose
from .sources import Question, Turn


class Posing:
    """由消息、群的地区与记忆，得出问话。

    参数:
        sounds: 认只打了拼音的话
    """

    def __init__(
        self,
        groups: Groups,
        lexicon: Lexicon,
        memory: Memory,
        now: Callable[[], datetime],
        sounds: SoundReader,
    ) -> None:
        self._groups = groups
        self._lexicon = lexicon
        self._memory = memory
        self._now = now
        self._sounds = sounds

    def written(self, text: str) -> str:
        """平常的写法：繁体、全角、“一加叉”、只打了拼音的，都写成一样。"""
        return self._sounds.read(plain(text))

    def heard(self, message: Message) -> Message:
        """写法统一了，“这个怎么弄”换成所指的那一句。"""
        message = replace(message, text=self.written(message.text))
        return pointed_at(message, self._memory, self._now())

    def pose(self, text: str, region: str | None) -> Question:
        """一句没有上下文的问话。"""
        return pose(self.written(text), region, self._now(), self._lexicon)

    def question(self, message: Message) -> Question:
        """带上说过的；“第二个的邮箱”先当作选了第二个。"""
        kept = self._memory.recall(message.place, message.person, self._now())
        turn, text = kept.turn if kept else None, message.text
        if kept is not None and (picked := picked_and_more(text, kept.offered)):
            chosen, text = picked
            region = turn.region if turn else None
            turn = Turn(kept.asked, chosen.source, chosen.key, region)
        region = self._groups.get(message.place).region
        if turn is not None and not message.place.is_group:
            region = turn.region
        return replace(
            self.pose(text, region),
            addressed=message.addressed,
            previous=turn if turn and turn.question else None,
            earlier=kept.earlier if kept else (),
        )

    def asked_before(self, message: Message, text: str) -> Question:
        """列候选时的那句问话。"""
        named = self._lexicon.regions.find(text)
        question = replace(self.question(message), words=text, previous=None)
        return replace(question, region=named or question.region, named_region=named)
