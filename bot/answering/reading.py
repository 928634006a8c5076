"""一条消息怎么读、怎么裁决：先听是不是要办事，再当作提问，只裁决一次。"""

from dataclasses import dataclass, replace

from bot.knowledge import Lexicon
from bot.messages import Message
from bot.text import is_question

from .arbiter import Arbiter
from .following import Reading, read_follow_up
from .posing import Posing
from .several import LIKELY
from .sources import Question

SHORTEST = 6
"""最后一行有这么多个字，才单独当作一问来读。"""


@dataclass(slots=True)
class Heard:
    """收到的一条。

    参数:
        message: 写法统一、换成所指的那一句之后的
        question: 照原话的问话
        followed: 读成追问的；不是追问为 `None`
        read: 最终读成的；还没有裁决为 `None`
    """

    message: Message
    question: Question
    followed: Reading | None = None
    read: Reading | None = None
    has_followed: bool = False


class Readings:
    """把消息读成问话；刚读过的那一条记着，不再读一遍。"""

    def __init__(self, arbiter: Arbiter, lexicon: Lexicon, posing: Posing) -> None:
        self._arbiter = arbiter
        self._lexicon = lexicon
        self._posing = posing
        self._latest: tuple[Message, Heard] | None = None

    def hear(self, message: Message) -> Heard:
        """收下一条。"""
        if self._latest is None or self._latest[0] is not message:
            said = self._posing.heard(message)
            self._latest = message, Heard(said, self._posing.question(said))
        return self._latest[1]

    def follow_up(self, heard: Heard) -> Reading | None:
        """读成追问；不是追问为 `None`。"""
        if not heard.has_followed:
            heard.followed = read_follow_up(
                heard.question, self._arbiter, self._lexicon
            )
            heard.has_followed = True
        return heard.followed

    def read(self, heard: Heard) -> Reading:
        """读成追问，或另起一问。"""
        if heard.read is None:
            heard.read = self.follow_up(heard) or self._anew(heard)
        return heard.read

    def forget(self) -> None:
        """答过了：再来同样的一条，要重新读。"""
        self._latest = None

    def _anew(self, heard: Heard) -> Reading:
        asked, addressed = heard.question, heard.message.addressed
        whole = Reading(asked, self._arbiter.decide(asked, addressed=addressed))
        end = _asked_at_the_end(asked.words) if addressed else ""
        if not end:
            return whole
        alone = replace(asked, words=end)
        last = Reading(alone, self._arbiter.decide(alone, addressed=True))
        if last.decision.chance >= LIKELY:
            # 单独看也像一问，问的就是它：贴的那段往往与知识里的原话一样，比得不公平
            return last
        return max(whole, last, key=lambda one: one.decision.chance)


def _asked_at_the_end(text: str) -> str:
    """前面贴了一段（转发的通知、聊天记录），问的在最后一行；不是为空。"""
    lines = [line for line in map(str.strip, text.splitlines()) if line]
    last = lines[-1] if len(lines) > 1 else ""
    return last if len(last) >= SHORTEST and is_question(last) else ""
