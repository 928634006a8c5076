"""群里说了个人信息的：能撤回就撤回，不能就劝撤回。"""

from bot.assistant import Assistant
from bot.errors import SendError
from bot.messages import Message, Reply
from bot.registration import wording


async def out_of_the_group(
    assistant: Assistant, message: Message, text: str, *, meant: bool = True
) -> Reply:
    """回复；群里的另把原话撤回。

    参数:
        text: 回复的话，群里的已经遮住
        meant: 确是对助手说的；不是的从不撤回
    """
    if not message.place.is_group:
        return Reply(text)
    if meant and await _recall(assistant, message):
        text = f"{text}\n{wording.RECALLED}"
        return Reply(text, quote=False, mention=(message.person,))
    return Reply(f"{text}\n{wording.PLEASE_RECALL}")


async def _recall(assistant: Assistant, message: Message) -> bool:
    if assistant.gateways is None or not message.message_id:
        return False
    try:
        return await assistant.gateways.recall(
            message.place, message.message_id, account=message.account
        )
    except SendError:
        return False
