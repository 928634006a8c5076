"""把各样话写成口令：一件事一个写法，读东西用现成的读法。"""

from bot.orders.models import Order

from . import (
    broadcast,
    deadlines,
    directory,
    documents,
    elsewhere,
    groups,
    knowledge,
    registration,
    windows,
)

ORDERS: dict[str, Order] = {
    order.name: order
    for part in (
        groups,
        knowledge,
        windows,
        deadlines,
        broadcast,
        directory,
        registration,
        documents,
        elsewhere,
    )
    for order in part.ORDERS
}
"""能办的全部：例句里的叫法 → 怎么办。"""
