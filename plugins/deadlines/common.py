"""几个口令共用的：口令的写法、说的是哪个地区。"""

from bot.access import NATIONWIDE
from bot.assistant import Assistant
from bot.deadlines import replies
from bot.errors import AssistantError
from bot.messages import Message


class Refused(AssistantError):
    """做不了；消息说明原因。"""


def forms(word: str, action: str) -> tuple[str, str]:
    """子口令的两种写法：隔开或连着。"""
    return f"{word} {action}", f"{word}{action}"


def region_named(assistant: Assistant, text: str) -> str | None:
    """整段文字是某个地区（或全国）的叫法时，返回它。"""
    if text.strip() == NATIONWIDE:
        return NATIONWIDE
    return assistant.lexicon.regions.named(text)


def take_region(
    assistant: Assistant, message: Message, argument: str, word: str
) -> tuple[str, str]:
    """说的是哪个地区，与余下的文字：写明的，否则群的，否则他只管一个的。

    异常:
        Refused: 看不出是哪个地区，或没有它的权限
    """
    head, _, rest = argument.partition(" ")
    region = region_named(assistant, head)
    rights = assistant.access.rights(message.person)
    if region is None:
        rest = argument
        region = assistant.groups.get(message.place).region
    if region is None and len(rights.regions) == 1:
        region = next(iter(rights.regions))
    if region is None:
        raise Refused(replies.ask_region(word))
    if not rights.covers(region):
        raise Refused(replies.not_yours(region))
    return region, rest.strip()
