"""答疑：回答提问，教、更正、撤销教，处理没答上来的问题。"""

from nonebot.plugin import PluginMetadata

from bot import HOMEPAGE
from bot.chat.matching import listen

from . import asking, teaching, waiting
from .routes import routes as routes

__plugin_meta__ = PluginMetadata(
    name="答疑",
    description="回答1+X试点的问题；秘书处可以随时教它、更正它",
    usage="直接提问；教 问题 = 答案；更正 答案；未答；答 编号 答案",
    type="application",
    homepage=HOMEPAGE,
    supported_adapters={"~onebot.v11", "~onebot.v12"},
)

__all__ = ["asking", "matchers", "routes", "teaching", "waiting"]

matchers = listen(routes)
