"""一个最小的 NoneBot 应用，只为试沙盒：把听到的话引用着说回来。

用法：`python -m tests.sandbox.echo_app 端口 [令牌]`
"""

import base64
import sys
from types import SimpleNamespace

import nonebot
from nonebot.adapters import Bot, Event
from nonebot.adapters.onebot import v11, v12

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)


async def answer_v11(bot: v11.Bot, event: v11.MessageEvent) -> None:
    """群里要 @ 才答；私聊总答。"""
    if not event.is_tome():
        return
    text = event.get_plaintext().strip()
    quote = v11.MessageSegment.reply(event.message_id)
    if text == "图":
        await bot.send(event, quote + v11.MessageSegment.image(PIXEL))
    elif text == "不同意":
        await bot.call_api("no_such_action")
    elif text.startswith("全体"):
        await bot.send(event, v11.MessageSegment.at("all") + " 开会了")
    else:
        await bot.send(event, quote + v11.MessageSegment.text(f"听到：{text}"))


async def answer_v12(bot: v12.Bot, event: v12.MessageEvent) -> None:
    """与 v11 相同。"""
    if not event.is_tome():
        return
    text = event.get_plaintext().strip()
    if text == "图":
        file = await bot.upload_file(type="data", name="图.png", data=PIXEL)
        await bot.send(event, v12.MessageSegment.image(file["file_id"]))
        return
    quote = v12.MessageSegment.reply(event.message_id)
    await bot.send(event, quote + v12.MessageSegment.text(f"听到：{text}"))


def main(port: int, token: str | None) -> None:
    """启动，直到被终止。"""
    nonebot.init(
        _env_file=None,
        driver="~fastapi",
        host="127.0.0.1",
        port=port,
        log_level="INFO",
        api_timeout=3,
        onebot_v11_access_token=token,
        onebot_v12_access_token=token,
    )
    driver = nonebot.get_driver()
    driver.register_adapter(v11.Adapter)
    driver.register_adapter(v12.Adapter)
    plugin = nonebot.load_plugin("plugins.sandbox")
    assert plugin is not None, "沙盒插件没有加载成功"
    settings = SimpleNamespace(
        host="127.0.0.1",
        port=port,
        onebot_v11_access_token=token,
        onebot_v12_access_token=token,
    )
    assistant = SimpleNamespace(settings=settings, sandboxed=False)

    @driver.on_startup
    async def _start() -> None:
        for hook in plugin.module.routes.starters:
            await hook(assistant)

    @driver.on_shutdown
    async def _stop() -> None:
        for hook in plugin.module.routes.stoppers:
            await hook(assistant)

    @nonebot.on_message().handle()
    async def _answer(bot: Bot, event: Event) -> None:
        if isinstance(bot, v11.Bot) and isinstance(event, v11.MessageEvent):
            await answer_v11(bot, event)
        elif isinstance(bot, v12.Bot) and isinstance(event, v12.MessageEvent):
            await answer_v12(bot, event)

    nonebot.run()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)
