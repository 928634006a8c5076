"""全部插件的入口，与助手运行时一样。"""

from bot.routing import Router
from plugins import (
    broadcast,
    confirming,
    deadlines,
    directory,
    documents,
    faq,
    groups,
    orders,
    registration,
)

ROUTES = [
    plugin.routes
    for plugin in (
        groups, confirming, faq, directory, deadlines, broadcast, registration,
        orders,
        documents,
    )
]  # fmt: skip


def whole_router() -> Router:
    """装着全部插件的路由。"""
    return Router(ROUTES)
