"""办事：用自己的话说的，听成口令去办。"""

from nonebot.plugin import PluginMetadata

from bot import HOMEPAGE
from bot.assistant import Assistant
from bot.chat.matching import listen
from bot.messages import Message, Reply
from bot.routing import Routes

__plugin_meta__ = PluginMetadata(
    name="办事",
    description="不用记口令：用自己的话说要办什么，听懂了就办，要紧的先复述",
    usage="直接说，如：这个群是广西的，帮我绑一下",
    type="application",
    homepage=HOMEPAGE,
    supported_adapters={"~onebot.v11", "~onebot.v12"},
)

routes = Routes()


@routes.observer
async def heard(assistant: Assistant, message: Message) -> None:
    """刚用口令办过哪方面的事，接下来的话多半还是说它。"""
    if said := assistant.words.read(message.text):
        assistant.clerk.heard(message, said.name)


@routes.completion
async def complete(assistant: Assistant, message: Message) -> Reply | None:
    """补上刚问他的那一样。"""
    is_word = assistant.words.begins(message.text)
    return await assistant.clerk.complete(message, is_word=is_word)


@routes.order
async def take(assistant: Assistant, message: Message) -> Reply | None:
    """听成口令去办。"""
    return await assistant.clerk.take(message)


matchers = listen(routes)
