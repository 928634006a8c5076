"""登记的聊天界面：登记校级联系人与试点情况，秘书处查找与导出。"""

from nonebot.plugin import PluginMetadata

from bot import HOMEPAGE
from bot.chat.matching import listen

from . import (
    drafting,
    filling,
    opening,
    own,
    pictures,
    secretariat,
    sheets,
    tending,
)
from .routes import routes as routes

__plugin_meta__ = PluginMetadata(
    name="登记",
    description="用一条消息登记校级联系人与试点情况，秘书处查找与导出",
    usage="登记 院校 类型 姓名 手机号；我的登记；修改登记 字段 值；撤销登记",
    type="application",
    homepage=HOMEPAGE,
    supported_adapters={"~onebot.v11", "~onebot.v12"},
)
__all__ = [
    "drafting",
    "filling",
    "matchers",
    "opening",
    "own",
    "pictures",
    "routes",
    "secretariat",
    "sheets",
    "tending",
]

matchers = listen(routes)
