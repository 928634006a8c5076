"""一件事办的是哪个地区的：写明的，否则群的，否则此人只管一个的；管不着就怎么说。"""

from bot.access import NATIONWIDE, Rights
from bot.errors import AssistantError
from bot.text import Regions
from bot.wording import UNBOUND, not_your_region, unknown_region, which_region


class Refused(AssistantError):
    """做不了；消息说明原因。"""


def region_named(regions: Regions, text: str) -> str | None:
    """整段文字是某个地区（或全国）的叫法时，返回它。"""
    return NATIONWIDE if text.strip() == NATIONWIDE else regions.named(text)


def region_written(regions: Regions, text: str, example: str) -> str:
    """整段文字写的是哪个地区（或全国）。

    参数:
        example: 认不出时，给人看的写法

    异常:
        Refused: 认不出
    """
    region = region_named(regions, text)
    if region is None:
        raise Refused(unknown_region(text.strip(), example))
    return region


def acts_on(rights: Rights, named: str | None, here: str | None) -> str | None:
    """办的是哪个地区的；看不出为 `None`。

    参数:
        named: 写明的
        here: 群所属的
    """
    only = next(iter(rights.regions)) if len(rights.regions) == 1 else None
    return named or here or only


def refusal(rights: Rights, *regions: str | None) -> str:
    """这些地区里有管不着的，怎么说；都管得着为空。`None` 是没有绑定地区的。"""
    refused = dict.fromkeys(r or UNBOUND for r in regions if not rights.covers(r))
    return not_your_region(*refused) if refused else ""


def require(rights: Rights, *regions: str | None) -> None:
    """这些地区都要管得着。

    异常:
        Refused: 有管不着的
    """
    if said := refusal(rights, *regions):
        raise Refused(said)


def take_region(
    regions: Regions, rights: Rights, text: str, here: str | None, example: str
) -> tuple[str, str]:
    """办的是哪个地区的，与写明地区之外余下的文字。

    参数:
        text: 口令后的文字，地区写在最前面
        here: 群所属的
        example: 看不出时，给人看的写法

    异常:
        Refused: 看不出是哪个地区，或管不着
    """
    head, _, rest = text.partition(" ")
    named = region_named(regions, head)
    region = acts_on(rights, named, here)
    if region is None:
        raise Refused(which_region(example))
    require(rights, region)
    return region, (rest if named else text).strip()
