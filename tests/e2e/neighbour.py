"""测试用的邻居插件：有自己的设置、要超级用户的口令、会出错的口令、插不插嘴的响应器。"""

from contextlib import suppress

import nonebot
from nonebot.adapters import Bot, Event
from nonebot.exception import ActionFailed
from nonebot.permission import SUPERUSER
from pydantic import BaseModel


class Config(BaseModel):
    """设置，来自 .env。"""

    weather_city: str = "没有读到设置"
    weather_days: list[int] = []


config = nonebot.get_plugin_config(Config)

weather = nonebot.on_command("天气")
secret = nonebot.on_command("机密", permission=SUPERUSER)
relay = nonebot.on_keyword({"360浏览器"}, priority=2, block=False)
broken = nonebot.on_command("出错")
listener = nonebot.on_message(priority=1, block=False)
heard: list[str] = []


@weather.handle()
async def tell_weather() -> None:
    """报天气。"""
    await weather.finish(f"{config.weather_city}晴，{len(config.weather_days)} 天")


@secret.handle()
async def tell_secret() -> None:
    """只告诉超级用户。"""
    await secret.finish(f"听到过 {len(heard)} 句")


@relay.handle()
async def pass_on(bot: Bot, event: Event) -> None:
    """转给别人，不是回答说话的人。"""
    text = event.get_plaintext()
    await bot.call_api("send_private_msg", user_id=20000, message=text)
    with suppress(ActionFailed):
        await bot.call_api("send_like", user_id=int(event.get_user_id()), times=1)


@broken.handle()
async def fail() -> None:
    """出错。"""
    raise RuntimeError("邻居自己的毛病")


@listener.handle()
async def listen(event: Event) -> None:
    """只听不答，不拦着别人。"""
    heard.append(event.get_plaintext())
