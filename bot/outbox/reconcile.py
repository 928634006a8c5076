"""下落不明的一条，到底送到没有：从网关的历史里找。"""

from collections.abc import Collection
from datetime import timedelta
from enum import Enum

from bot.outgoing import History, SentMessage
from bot.text import normalise

from .models import Delivery, Form

CLOCK_SKEW = timedelta(seconds=60)
"""网关与本机的时钟最多差这么多。"""
HISTORY_COUNT = 100


class Finding(Enum):
    """在历史里查的结果。"""

    THERE = "送到了"
    NOT_THERE = "确实没有"
    CANNOT_TELL = "历史不够长，看不出"


def look_for(
    delivery: Delivery, history: History, taken: Collection[str]
) -> tuple[Finding, str]:
    """在历史里找一条，返回结果与消息号。

    只有历史够长、早于发送的时刻时，找不到才算没有送到。

    参数:
        taken: 已经对上别的记录的消息号
    """
    sent_at = delivery.sending_at
    if sent_at is None:
        return Finding.NOT_THERE, ""
    if not is_findable(delivery):
        return Finding.CANNOT_TELL, ""
    for message in history.own:
        free = not message.message_id or message.message_id not in taken
        if message.at >= sent_at - CLOCK_SKEW and free and _same(delivery, message):
            return Finding.THERE, message.message_id
    reaches_back = history.since is not None and history.since < sent_at - CLOCK_SKEW
    return (Finding.NOT_THERE if reaches_back else Finding.CANNOT_TELL), ""


def is_findable(delivery: Delivery) -> bool:
    """能否在聊天历史里认出来：群公告不在历史里，只有图片的没有文字可比。"""
    return delivery.form is not Form.NOTICE and bool(normalise(delivery.text))


def _same(delivery: Delivery, message: SentMessage) -> bool:
    wanted, found = normalise(delivery.text), normalise(message.text)
    if found == wanted:
        return True
    # 历史里 @ 的人写在正文前面，怎么写各网关不同
    mentions = bool(delivery.mention) or delivery.form is Form.MENTION_ALL
    before = found.removesuffix(wanted)
    return mentions and before != found and before.lstrip().startswith("@")
