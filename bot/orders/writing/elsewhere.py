"""口令里没有的事：说明在哪里办。"""

from bot.orders import wording
from bot.orders.models import Elsewhere, Order, Told, Writer


def _pointing(text: str) -> Writer:
    """办不了，只说在哪里办。"""

    async def write(told: Told) -> str:
        raise Elsewhere(text)

    return write


ORDERS = (
    Order("roster-change", "改双周报的名单", "名单", _pointing(wording.ROSTER_IS_READ)),
    Order("console", "打开管理页面", "页面", _pointing(wording.PAGES), asked=True),
)  # fmt: skip
