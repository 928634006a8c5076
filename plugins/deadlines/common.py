"""几个口令共用的：口令的写法、说的是哪个地区、这个人管得着什么。"""

from bot import acting
from bot.assistant import Assistant
from bot.deadlines import Managed
from bot.messages import Message


def forms(word: str, action: str) -> tuple[str, str]:
    """子口令的两种写法：隔开或连着。"""
    return f"{word} {action}", f"{word}{action}"


def take_region(
    assistant: Assistant, message: Message, argument: str, word: str
) -> tuple[str, str]:
    """说的是哪个地区，与余下的文字。

    异常:
        Refused: 看不出是哪个地区，或没有它的权限
    """
    return acting.take_region(
        assistant.lexicon.regions,
        assistant.access.rights(message.person),
        argument,
        assistant.groups.get(message.place).region,
        f"{word} 山东 …",
    )


def managed(assistant: Assistant, message: Message) -> Managed:
    """这个人管得着的窗口与提醒。"""
    rights = assistant.access.rights(message.person)
    return Managed(assistant.deadlines, assistant.lexicon.regions, rights)
