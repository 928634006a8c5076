"""几处共用的：引用的是哪条答案，说的是哪个地区，教会一条。"""

from bot.access import NATIONWIDE
from bot.acting import acts_on
from bot.answering import Given, Lesson
from bot.assistant import Assistant
from bot.messages import Message, Reply

from . import wording


async def give(assistant: Assistant, message: Message, lesson: Lesson) -> Reply:
    """教、更正或答；答案里有个人号码的先问。"""
    if slip := assistant.teaching.slip(lesson):
        return await assistant.desk.propose(slip, message)
    try:
        told = await assistant.teaching.give(lesson, message.person, message.place)
    except KeyError:
        return Reply(wording.cannot_correct(()))
    return Reply(told)


async def quoted(assistant: Assistant, message: Message) -> Given | None:
    if message.quote is None:
        return None
    return await assistant.conversation.delivered.find(
        message.place, message.quote.message_id
    )


def region_of(assistant: Assistant, message: Message) -> str | None:
    return assistant.groups.get(message.place).region


def region_to_edit(assistant: Assistant, message: Message) -> str | None:
    """教的内容算哪个地区的：群所属的，否则是此人唯一管的地区。"""
    rights = assistant.access.rights(message.person)
    here = region_of(assistant, message)
    mine = here if rights.covers(here) else None
    return acts_on(rights, None, mine) or (NATIONWIDE if rights.everywhere else None)
