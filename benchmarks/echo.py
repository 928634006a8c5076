"""光秃秃的 NoneBot 回声应用，作往返速度的对照：同样的适配器与驱动，有话必回。

用法：HOST=127.0.0.1 PORT=端口 python -m benchmarks.echo
"""

import os

import nonebot
from nonebot.adapters.onebot import v11

ANSWER = "收到。这是一句固定的回答，长短与常见的答案差不多。\n——对照用的回声应用"


async def answer(bot: v11.Bot, event: v11.MessageEvent) -> None:
    """不管说什么都回同一句；与助手一样，群聊里引用来话。"""
    in_group = isinstance(event, v11.GroupMessageEvent)
    await bot.send(event, ANSWER, reply_message=in_group)


def main() -> None:
    """启动，直到被终止。"""
    nonebot.init(
        _env_file=None,
        driver="~fastapi",
        host=os.environ["HOST"],
        port=int(os.environ["PORT"]),
        log_level="WARNING",
    )
    nonebot.get_driver().register_adapter(v11.Adapter)
    nonebot.on_message(handlers=[answer])
    nonebot.run()


if __name__ == "__main__":
    main()
