"""把秘书处的答复发回问过的地方。"""

from datetime import timedelta

from bot import clock
from bot.access import Access, Role
from bot.messages import Person, Place
from bot.outbox import Delivery, Outgoing
from bot.storage.tables import Unanswered

from .unanswered import place_of

POSTED = "answer"
"""答复在发件箱里的名字；后面跟着答的人凭哪个地区的权限答的。"""
LASTS = timedelta(days=3)
"""发不出去时，等网关多久。"""


def posting(
    row: Unanswered, text: str, region: str | None, by: Person, ordered_in: Place
) -> Outgoing:
    """发回一处的答复；问的人等着，安静时段也发。

    参数:
        region: 答的人凭哪个地区的权限；不知是哪里的问题，秘书处的人都答得，为 `None`
    """
    now, place = clock.now(), place_of(row)
    asker = Person(row.platform, row.user_id, row.user_name)
    return Outgoing(
        f"{POSTED}:{region}" if region else POSTED,
        str(row.id),
        place,
        text,
        now,
        mention=(asker,) if place.is_group else (),
        expires_at=now + LASTS,
        urgent=True,
        by=by,
        ordered_in=ordered_in,
    )


def may_post(access: Access, delivery: Delivery, by: Person) -> bool:
    """答得了这个问题的人，答复在哪里问的就可以发到哪里，不看那个群是哪里的。"""
    rights, region = access.rights(by), delivery.what.partition(":")[2]
    return rights.covers(region) if region else rights.role >= Role.SECRETARIAT
